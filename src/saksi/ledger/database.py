"""The database under a ledger: opened, checked for its version, read from and written to in whole transactions."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from saksi.errors import LedgerError, SaksiError
from saksi.ledger.place import Place
from saksi.ledger.schema import REVISION

_PATIENCE: Final = 120  # seconds a writer waits for another; each holds the ledger for one batch only
_LOCK: Final = 0x5A4B5349    # PostgreSQL's advisory lock for the one writer
_DISK_FULL: Final = ("database or disk is full", "no space left", "disk i/o error", "could not extend file")
_READ_ONLY: Final = ("readonly database", "read-only transaction", "unable to open database file", "permission denied")


class Database:
    """A ledger's database. `reading` sees one state throughout; `writing` is one writer's turn, all or nothing."""

    def __init__(self, engine: Engine, place: Place) -> None:
        self.engine, self.place = engine, place

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite, which has its own full-text search."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the ledger as it stood at its first query."""
        options = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self._told(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The only writer's connection; what it wrote is there when the block ends, or nothing of it is."""
        with self._told(), self.engine.connect().execution_options(saksi_writing=True) as connection, \
                connection.begin():
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield connection

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of the database in words of the ledger."""
        try:
            yield
        except SQLAlchemyError as error:
            raise told(error, self.place) from error


def told(error: SQLAlchemyError, place: Place) -> SaksiError:
    """What went wrong with the database at `place`, in one line."""
    cause = " ".join(str(error.orig if isinstance(error, DBAPIError) else error).split())
    low = cause.lower()
    where = str(place)
    if any(words in low for words in _DISK_FULL):
        return LedgerError("the disk is full: what was not yet written is not in the ledger, nothing is half-written",
                           where=where, mend="Make room and give the command again; what is there is not added twice.")
    if "locked" in low:
        return LedgerError(f"another process has been writing for {_PATIENCE} seconds", where=where,
                           mend="Wait for it to end, then try again.")
    if any(words in low for words in _READ_ONLY):
        return LedgerError("may not be written to", where=where, mend="Check the permissions, or use another --ledger.")
    if "malformed" in low or "not a database" in low:
        return LedgerError(f"the database is damaged ({cause[:120]})", where=where,
                           mend="Restore the last backup: saksi restore BACKUP --ledger NEW")
    if isinstance(error, OperationalError) and not place.folder:
        return LedgerError(f"the database does not answer ({cause[:160]})", where=where,
                           mend="Check that it runs and that the address is right.")
    return LedgerError(f"the database failed ({type(error).__name__}: {cause[:160]})", where=where,
                       mend="Please report it; nothing is half-written.")


def open_database(place: Place, *, create: bool = False) -> Database:
    """The database at `place`, made (with `create`) or brought up to date if need be. Raises LedgerError."""
    if place.folder is not None:
        _prepare_folder(place, create=create)
    database = Database(_engine(place), place)
    found = _revision(database)
    if found == REVISION:
        return database
    if found is None and not create:
        database.close()
        raise _none_there(place)
    _upgrade(database, found)
    return database


def _none_there(place: Place) -> LedgerError:
    return LedgerError("there is no ledger", where=str(place),
                       mend="Make one by adding to it (saksi add FILE), or name another with --ledger.")


def _prepare_folder(place: Place, *, create: bool) -> None:
    folder, file = place.folder, place.file
    assert folder is not None
    assert file is not None
    if not file.exists():
        if not create:
            raise _none_there(place)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LedgerError(f"the folder cannot be made ({error.strerror})", where=str(place),
                              mend="Name another with --ledger.") from error
    if create and not (os.access(folder, os.W_OK) and (not file.exists() or os.access(file, os.W_OK))):
        raise LedgerError("may not be written to", where=str(place), mend="Check the permissions, or use another "
                          "--ledger.")


def _engine(place: Place) -> Engine:
    if place.folder is None:
        try:
            return create_engine(place.address, pool_pre_ping=True)
        except ModuleNotFoundError as missing:
            raise LedgerError("PostgreSQL needs a driver that is not installed", where=str(place),
                              mend="Install it: pip install 'saksi[postgresql]'") from missing
    return _sqlite(place.address, place.file)


def _sqlite(address: str, file: Path | None) -> Engine:
    read_only = file is not None and file.exists() and not os.access(file, os.W_OK)
    # A file that may not be written is opened as it is: WAL would need files beside it.
    url = f"sqlite:///file:{file}?mode=ro&immutable=1&uri=true" if read_only else address
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": _PATIENCE, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None   # transactions begin where SQLAlchemy says, see below
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA cache_size=-65536")
        connection.execute("PRAGMA mmap_size=268435456")
        connection.execute("PRAGMA temp_store=MEMORY")
        if not read_only:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")   # what was told to be kept survives a power cut

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # IMMEDIATE: a writer waits for its turn here, not in the middle, where SQLite could only refuse.
        writing = connection.get_execution_options().get("saksi_writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _revision(database: Database) -> str | None:
    """The revision of the database's tables; None if it has none."""
    with database.reading() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found


def _upgrade(database: Database, found: str | None) -> None:
    """Bring the tables up to date. Raises LedgerError for tables of a newer Saksi, which are left alone."""
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        database.close()
        raise LedgerError(f"was written by a newer Saksi (its tables have revision {found}, this one knows up to "
                          f"{REVISION})", where=str(database.place), mend="Use that version or a later one.")
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
