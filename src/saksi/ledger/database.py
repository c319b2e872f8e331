"""The database under a ledger: opened, checked for its version, read from and written to in whole transactions."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from saksi.errors import LedgerError, SaksiError
from saksi.ledger.place import Place
from saksi.ledger.schema import REVISION

PATIENCE: Final = 120  # seconds a writer waits for another; each holds the ledger for one batch only
_LOCK: Final = 0x5A4B5349    # PostgreSQL's advisory lock for the one writer
_ANSWER_SECONDS: Final = 10     # how long PostgreSQL may take to answer a first time
_DISK_FULL: Final = ("database or disk is full", "no space left", "disk i/o error", "could not extend file")
_READ_ONLY: Final = ("readonly database", "read-only transaction", "permission denied")
_IN_USE: Final = ("locked", "lock timeout")


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
                connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))
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
    # PostgreSQL says more in further lines, among it what the row held.
    cause = str(error.orig if isinstance(error, DBAPIError) else error).strip().partition("\n")[0]
    low = cause.lower()
    where = str(place)
    if any(words in low for words in _DISK_FULL):
        return LedgerError("the disk is full: what was not yet written is not in the ledger, nothing is half-written",
                           where=where, mend="Make room and give the command again; what is there is not added twice.")
    if any(words in low for words in _IN_USE):
        return LedgerError(f"another process has been writing for {PATIENCE} seconds", where=where,
                           mend="Wait for it to end, then try again.")
    if any(words in low for words in _READ_ONLY):
        return _not_writable(place)
    if "malformed" in low or "not a database" in low:
        return LedgerError(f"the database is damaged ({cause[:120]})", where=where,
                           mend="Restore the last backup: saksi restore BACKUP --ledger NEW")
    if "unable to open" in low:
        return LedgerError("the database file cannot be opened", where=where,
                           mend="Check that it is there, and the permissions of the folder.")
    if not place.folder and (isinstance(error, OperationalError) or "connection option" in low):
        return LedgerError(f"the database does not answer ({cause[:160]})", where=where,
                           mend="Check that it runs and that the address is right.")
    return LedgerError(f"the database failed ({type(error).__name__}: {cause[:160]})", where=where,
                       mend="Please report it; nothing is half-written.")


def open_database(place: Place, *, create: bool = False) -> Database:
    """The database at `place`, made (with `create`) or brought up to date if need be. Raises LedgerError."""
    if place.folder is not None:
        _prepare_folder(place, create=create)
    database = Database(_engine(place), place)
    try:
        found = _revision(database)
        if found is None and not create:
            raise _none_there(place)
        if found != REVISION:
            _upgrade(database, found)
    except BaseException:
        database.close()
        raise
    return database


def _none_there(place: Place) -> LedgerError:
    return LedgerError("there is no ledger", where=str(place),
                       mend="Make one by adding to it (saksi add FILE), or name another with --ledger.")


def _prepare_folder(place: Place, *, create: bool) -> None:
    """Make the folder and an empty file, if wanted; see whether it can be used. Raises LedgerError."""
    folder, file = place.folder, place.file
    assert folder is not None
    assert file is not None
    try:
        if create:
            folder.mkdir(parents=True, exist_ok=True)
        there = file.exists()
        if create and not _may_write(folder, file if there else folder):
            raise _not_writable(place)
        if create and not there:
            file.touch()
        elif not there:
            raise _none_there(place)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise LedgerError(f"the folder cannot be used ({reason})", where=str(place), mend="Name another with "
                          "--ledger.") from error


def _not_writable(place: Place) -> LedgerError:
    return LedgerError("may not be written to", where=str(place),
                       mend="Check the permissions, or use another --ledger.")


def _may_write(*paths: Path) -> bool:
    return all(os.access(path, os.W_OK) for path in paths)


def _engine(place: Place) -> Engine:
    if place.file is not None:
        return _sqlite(place.file)
    patience = {} if "connect_timeout" in make_url(place.address).query else {"connect_timeout": _ANSWER_SECONDS}
    try:
        return create_engine(place.address, pool_pre_ping=True, connect_args=patience)
    except ModuleNotFoundError as missing:
        raise LedgerError("PostgreSQL needs a driver that is not installed", where=str(place),
                          mend="Install it: pip install 'saksi[postgresql]'") from missing


def _sqlite(file: Path) -> Engine:
    engine = create_engine("sqlite://", poolclass=NullPool, creator=lambda: _connected(file))

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # IMMEDIATE: a writer waits for its turn here, not in the middle, where SQLite could only refuse.
        writing = connection.get_execution_options().get("saksi_writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _connected(file: Path) -> sqlite3.Connection:
    """A connection to the file, which is there: a file that has gone is not quietly made anew."""
    writable = _may_write(file, file.parent)
    mode = "mode=rw" if writable else "mode=ro"
    log, shared = (file.with_name(file.name + end) for end in ("-wal", "-shm"))
    if not writable and not shared.exists() and not (log.exists() and log.stat().st_size):
        mode += "&immutable=1"  # else SQLite would make files beside it; nobody is writing now
    connection = sqlite3.connect(f"file:{quote(str(file.absolute()))}?{mode}", uri=True, timeout=PATIENCE,
                                 check_same_thread=False, isolation_level=None)  # transactions begin as told above
    try:
        for setting in ("foreign_keys=ON", "cache_size=-65536", "mmap_size=268435456", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {setting}")
        if writable:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")   # what was told to be kept survives a power cut
    except sqlite3.Error:
        connection.close()
        raise
    return connection


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
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise LedgerError(f"was written by a newer Saksi (its tables have revision {found}, this one knows up to "
                          f"{REVISION})", where=str(database.place), mend="Use that version or a later one.")
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
