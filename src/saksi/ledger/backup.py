"""The whole ledger in one portable file, and back into a new ledger, on either database.

A backup is an SQLite database with the ledger's tables as they stood at one moment, and a table `backup` with one note
in JSON: the revision of the tables, when it was made and with what, the head of the custody log, and for each table its
number of rows and a SHA-256 over them. Full-text search and events are left out: they are made anew from the rest.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Connection, Row, Table, TableClause, column, create_engine, func, insert, select, table
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateTable

from saksi.errors import LedgerError
from saksi.ledger import schema
from saksi.ledger.checks.fault import Progress
from saksi.ledger.checks.reports import UNREADABLE
from saksi.ledger.custody import Act, Head, broken, canonical
from saksi.ledger.custody_log import custody_head, entries, record
from saksi.ledger.database import Database, open_database
from saksi.ledger.fulltext import rebuild
from saksi.ledger.keep import tool
from saksi.ledger.moments import now
from saksi.ledger.place import Place
from saksi.ledger.whole_file import whole_file
from saksi.records import from_json

FORMAT: Final = "saksi backup 1"
ACTION: Final = "restored"

_ROWS: Final = 2000     # copied at a time …
_LARGE: Final = 16      # … of tables whose rows may be large
_LARGE_TABLES: Final = frozenset({"evidence", "texts"})
_NOTE: Final = table("backup", column("note"))


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: what its note says. `rows` are those of each table."""

    made_at: str
    made_with: str
    revision: str
    head: Head
    rows: Mapping[str, int]
    sums: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Restored:
    """A ledger that was made from a backup; what was already wrong with the custody log when the backup was made."""

    backup: Backup
    broken: tuple[tuple[int, str], ...]


def _quiet(_what: str, _done: int, _all: int) -> None:
    """Tell nobody how far it is."""


# -- making one --------------------------------------------------------------------------------------------------------

def backup(database: Database, path: Path, progress: Progress = _quiet) -> Backup:
    """Copy the ledger as it stands into a new file at `path`; others may go on writing.

    Raises LedgerError if there is a file already or it cannot be written; nothing is left behind then.
    """
    folder = database.place.folder
    if folder is not None and path.absolute().parent.resolve() == folder.resolve():
        raise LedgerError("is in the ledger's own folder, and would be lost with it", where=str(path),
                          mend="Name a file elsewhere, best on another disk.")
    with whole_file(path) as part, database.reading() as source, _opened(part, write=True) as target:
        rows, sums = {}, {}
        for name in schema.metadata.sorted_tables:
            with _writing(path):
                target.execute(CreateTable(name))
            made = _Sum()
            for batch in _batches(source, name, progress):
                made.add(batch)
                with _writing(path):
                    _put(target, name, batch)
            rows[name.name], sums[name.name] = made.rows, made.hash.hexdigest()
        note = Backup(now(), tool(), schema.FORM, custody_head(source), rows, sums)
        with _writing(path):
            target.exec_driver_sql("CREATE TABLE backup (note BLOB NOT NULL)")
            target.execute(insert(_NOTE), [{"note": _noted(note)}])
            target.exec_driver_sql("COMMIT")
    return note


def _noted(made: Backup) -> bytes:
    return canonical({"format": FORMAT, "made_at": made.made_at, "made_with": made.made_with,
                      "revision": made.revision, "head": [made.head.no, made.head.hash, made.head.at],
                      "rows": made.rows, "sums": made.sums})


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Errors of the file that is written, which are not the ledger's."""
    try:
        yield
    except SQLAlchemyError as failed:
        cause = str(failed.orig if isinstance(failed, DBAPIError) else failed).partition("\n")[0]
        raise LedgerError(f"cannot be written ({cause[:120]})", where=str(path),
                          mend="Make room, or name a file on another disk.") from failed


@contextmanager
def _opened(path: Path, *, write: bool = False) -> Iterator[Connection]:
    """The backup at `path`, in a transaction; whoever writes ends it."""
    mode = "rw" if write else "ro&immutable=1"

    def connected() -> sqlite3.Connection:
        made = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode={mode}", uri=True, isolation_level=None)
        if write:   # nobody sees the file before it is whole, and then it is put on disk
            made.execute("PRAGMA journal_mode=OFF")
            made.execute("PRAGMA synchronous=OFF")
        return made

    engine = create_engine("sqlite://", creator=connected, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            yield connection
    finally:
        engine.dispose()


# -- copying -----------------------------------------------------------------------------------------------------------

def _plain(name: Table) -> TableClause:
    """The table without its types: values pass as the databases have them."""
    return table(name.name, *(column(one.name) for one in name.c))


def _batches(source: Connection, name: Table, progress: Progress) -> Iterator[Sequence[Row[*tuple[Any, ...]]]]:
    """The rows of a table in order of its key, in flat memory."""
    plain = _plain(name)
    total = int(source.execute(select(func.count()).select_from(plain)).scalar_one())
    size = _LARGE if name.name in _LARGE_TABLES else _ROWS
    found = source.execute(select(plain).order_by(*(plain.c[key.name] for key in name.primary_key)),
                           execution_options={"yield_per": size})
    done = 0
    for rows in found.partitions():
        yield rows
        done += len(rows)
        progress(name.name, done, total)


def _put(target: Connection, name: Table, rows: Sequence[Row[*tuple[Any, ...]]]) -> None:
    target.execute(insert(_plain(name)), [row._asdict() for row in rows])


class _Sum:
    """The number of a table's rows, and a hash over them: of each value its kind, its length and itself."""

    def __init__(self) -> None:
        self.rows = 0
        self.hash = hashlib.sha256()

    def add(self, rows: Sequence[Row[*tuple[Any, ...]]]) -> None:
        """Add the next rows."""
        self.rows += len(rows)
        for row in rows:
            for value in row:
                content = value if isinstance(value, bytes) else repr(value).encode("utf-8", "surrogatepass")
                self.hash.update(b"%c%d:" % (ord(type(value).__name__[0]), len(content)))
                self.hash.update(content)


# -- bringing it back --------------------------------------------------------------------------------------------------

def restore(path: Path, place: Place, by: str, progress: Progress = _quiet) -> Restored:
    """Make a new ledger at `place` from the backup at `path`, which is checked first.

    Raises LedgerError for what is no backup, is damaged or of another revision, and for a ledger that holds something;
    nothing is restored then.
    """
    if place.file is not None and place.file.absolute() == path.absolute():
        raise LedgerError("is where the ledger itself would be", where=str(path),
                          mend="Name another folder with --ledger, or move the backup.")
    if not path.is_file():
        raise LedgerError("there is no such file", where=str(path), mend="Name a file that saksi backup has made.")
    with _opened(path) as source:
        note = _note(source, path)
        _check(source, note, path)
        fresh = place.file is not None and not place.file.exists()
        database = open_database(place, create=True)
        try:
            return Restored(note, _restore(source, note, database, by, progress))
        except BaseException:
            database.close()
            if fresh:
                _remove(place)
            raise
        finally:
            database.close()


def _note(source: Connection, path: Path) -> Backup:
    """What the backup says of itself. Raises LedgerError."""
    try:
        note = from_json(source.execute(select(_NOTE)).scalar_one())
        found = Backup(note["made_at"], note["made_with"], note["revision"], Head(*note["head"]), note["rows"],
                       note["sums"])
        known = note["format"] == FORMAT and found.revision == schema.FORM
    except (SQLAlchemyError, ValueError, KeyError, TypeError, AttributeError) as bad:
        raise LedgerError("is no backup of a ledger, or is damaged", where=str(path),
                          mend="Name a file that saksi backup has made.") from bad
    if not known:
        raise LedgerError(f"was made by {found.made_with}, whose tables have revision {found.revision} (here they have "
                          f"{schema.FORM})", where=str(path),
                          mend=f"Restore it with {found.made_with}; a later version brings that ledger up to date.")
    return found


def _check(source: Connection, note: Backup, path: Path) -> None:
    """Raise LedgerError if any table is not what was written."""
    for name in schema.metadata.sorted_tables:
        made = _Sum()
        cause: SQLAlchemyError | None = None
        try:
            for rows in _batches(source, name, _quiet):
                made.add(rows)
        except SQLAlchemyError as bad:
            cause = bad
        if cause or (made.rows, made.hash.hexdigest()) != (note.rows.get(name.name), note.sums.get(name.name)):
            raise LedgerError(f"is damaged: the table {name.name} is not what was written", where=str(path),
                              mend="Take another copy of the file, or an earlier backup. Nothing was restored.") \
                from cause


def _restore(source: Connection, note: Backup, database: Database, by: str,
             progress: Progress) -> tuple[tuple[int, str], ...]:
    with database.writing() as connection:
        for name in schema.metadata.sorted_tables:
            if connection.execute(select(_plain(name)).limit(1)).first() is not None:
                raise LedgerError("holds something already", where=str(database.place),
                                  mend="Restore into a new folder or an empty database: --ledger NEW")
        for name in schema.metadata.sorted_tables:
            _bring(source, connection, name, database.place, progress)
            there = connection.execute(select(func.count()).select_from(name)).scalar_one()
            assert there == note.rows[name.name]
        assert custody_head(connection) == note.head
        found = tuple(broken(entries(connection)))
        with suppress(*UNREADABLE), connection.begin_nested():
            rebuild(connection)     # a record that somebody has changed keeps nobody from the rest: verify names it
        record(connection, [Act(ACTION, note.head.hash, {"entry": note.head.no, "made_at": note.made_at,
                                                         "made_with": note.made_with})], by)
    return found


def _bring(source: Connection, target: Connection, name: Table, place: Place, progress: Progress) -> None:
    try:
        for rows in _batches(source, name, progress):
            _put(target, name, rows)
    except (IntegrityError, DataError) as unfit:
        raise LedgerError(f"the table {name.name} cannot be restored: it had been changed past Saksi, and does not fit",
                          where=str(place), mend="See what saksi verify says of the ledger that it is a backup of, and "
                          "take an earlier one.") from unfit


def _remove(place: Place) -> None:
    """Take away the empty ledger that was made for what could not be restored."""
    assert place.folder is not None
    assert place.file is not None
    for end in ("", "-wal", "-shm"):
        place.file.with_name(place.file.name + end).unlink(missing_ok=True)
    if not any(place.folder.iterdir()):
        place.folder.rmdir()
