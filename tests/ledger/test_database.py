"""Opening a ledger's database: what is there, what is not, what may not be written to, what is damaged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, func, insert, select, text
from tests.conftest import ROOT
from tests.ledger.postgresql import Server

from saksi.errors import LedgerError, UsageError
from saksi.ledger.database import Database, open_database
from saksi.ledger.derived import made
from saksi.ledger.place import Place, ledger_place
from saksi.ledger.schema import REVISION, evidence, metadata


def put(connection: Connection, *numbers: int) -> None:
    """Evidence whose content does not matter."""
    connection.execute(insert(evidence), [{"sha256": str(number), "size": 1, "bytes": b"x"} for number in numbers])


def kept(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.scalars(select(evidence.c.sha256).order_by(evidence.c.sha256)))


# -- tables ----------------------------------------------------------------------------------------------------------

def test_migrations_make_the_tables_of_the_schema(database: Database) -> None:
    def ours(name: str | None, kind: str, *_: object) -> bool:
        return not (kind == "table" and (name or "").startswith("search"))

    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours, "compare_type": True})
        assert compare_metadata(context, [metadata, made]) == []
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == REVISION
        connection.execute(text("SELECT count(*) FROM search"))


def test_a_ledger_is_opened_again_as_it_was(database: Database) -> None:
    with database.writing() as connection:
        put(connection, 1)
    for create in (False, True):
        again = open_database(database.place, create=create)
        assert kept(again) == ["1"]
        again.close()
    assert kept(database) == ["1"]


def test_a_ledger_of_a_newer_version_is_left_alone(database: Database) -> None:
    with database.writing() as connection:
        put(connection, 1)
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for create in (False, True):
        with pytest.raises(LedgerError, match=r"written by a newer Saksi .*9999.* Use that version or a later one"):
            open_database(database.place, create=create)
    with database.reading() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
    assert kept(database) == ["1"]


def test_tables_are_made_all_or_none(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_off(*_: object, **__: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as patched:
        patched.setattr("alembic.operations.Operations.create_index", broken_off)
        with pytest.raises(InterruptedError):
            open_database(place, create=True)
    with pytest.raises(LedgerError, match="there is no ledger"):
        open_database(place)
    open_database(place, create=True).close()
    open_database(place).close()


# -- transactions ----------------------------------------------------------------------------------------------------

def test_what_is_written_is_there_whole_or_not_at_all(database: Database) -> None:
    with database.writing() as connection:
        put(connection, 1, 2)
    with pytest.raises(LedgerError), database.writing() as connection:
        put(connection, 3, 4, 4)
    with database.writing() as connection:
        put(connection, 5)
    assert kept(database) == ["1", "2", "5"]


def test_whoever_reads_sees_one_state_while_another_writes(database: Database) -> None:
    with database.reading() as connection:
        before = connection.scalar(select(func.count()).select_from(evidence))
        with database.writing() as other:
            put(other, 1)
        assert connection.scalar(select(func.count()).select_from(evidence)) == before == 0
    assert kept(database) == ["1"]


def test_a_row_that_breaks_a_rule_is_told_in_one_line_without_what_it_holds(database: Database) -> None:
    with database.writing() as connection:
        put(connection, 31415)
    with pytest.raises(LedgerError, match="IntegrityError") as raised, database.writing() as connection:
        put(connection, 31415)
    assert "\n" not in str(raised.value)
    assert "31415" not in str(raised.value)


# -- places ----------------------------------------------------------------------------------------------------------

def test_the_place_is_that_named_else_that_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAKSI_LEDGER", raising=False)
    assert ledger_place() == Place(folder=Path("saksi-ledger"))
    monkeypatch.setenv("SAKSI_LEDGER", "elsewhere")
    assert ledger_place() == Place(folder=Path("elsewhere"))
    assert ledger_place("here") == Place(folder=Path("here"))
    monkeypatch.setenv("SAKSI_LEDGER", "postgresql://me@localhost/reports")
    assert ledger_place() == Place(url="postgresql://me@localhost/reports")
    assert ledger_place("postgres://localhost/reports").address == "postgresql+psycopg://localhost/reports"


@pytest.mark.parametrize(("named", "told"), [
    ("mysql://me:hush@localhost/x", "mysql:// is no kind of ledger"),
    ("postgresql+asyncpg://me:hush@localhost/x", "postgresql+asyncpg:// is no kind of ledger"),
    ("https://example.org/ledger", "https:// is no kind of ledger"),
    ("postgresql://me:hush@localhost:port/x", "not the address of a database"),
    ("postgresql://me:hu@sh@localhost/x", "not the address of a database"),
    ("x" * 300, "cannot be a ledger"),
])
def test_what_is_no_place_is_told(named: str, told: str) -> None:
    with pytest.raises(UsageError) as raised:
        ledger_place(named)
    assert told in str(raised.value)
    assert "hush" not in str(raised.value)
    assert "sh@" not in str(raised.value)


def test_a_file_is_no_ledger(tmp_path: Path) -> None:
    file = tmp_path / "ledger.txt"
    file.write_text("x")
    with pytest.raises(UsageError, match=r"is a file\. A ledger is a folder"):
        ledger_place(str(file))
    for create in (False, True):
        with pytest.raises(LedgerError):
            open_database(Place(folder=file), create=create)
        with pytest.raises(LedgerError):
            open_database(Place(folder=file / "below"), create=create)
    assert file.read_text() == "x"


def test_a_ledger_that_is_not_there_is_not_made_by_looking(place: Place) -> None:
    with pytest.raises(LedgerError, match=r"there is no ledger\. Make one by adding to it"):
        open_database(place)
    with pytest.raises(LedgerError, match="there is no ledger"):
        open_database(place)    # nothing was made the first time
    if place.folder is not None:
        assert not place.folder.exists()


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    place = Place(folder=tmp_path / "a ?mode=memory#%20%s" / "سجل")
    database = open_database(place, create=True)
    with database.writing() as connection:
        put(connection, 1)
    database.close()
    assert place.folder is not None
    assert [path.name for path in tmp_path.iterdir()] == ["a ?mode=memory#%20%s"]
    assert [path.name for path in place.folder.iterdir()] == ["ledger.sqlite"]
    again = open_database(Place(folder=Path(os.path.relpath(place.folder))))
    assert kept(again) == ["1"]
    again.close()


# -- PostgreSQL that does not answer -----------------------------------------------------------------------------------

@pytest.mark.parametrize("address", [
    "postgresql://me:hush@127.0.0.1:1/x", "postgresql://me@127.0.0.1:1/x?password=hush",
    "postgresql://me:hush@127.0.0.1:1/x?no_such_option=1",
])
def test_a_database_that_does_not_answer(address: str) -> None:
    with pytest.raises(LedgerError, match=r"the database does not answer .* Check that it runs") as raised:
        open_database(ledger_place(address), create=True)
    assert "hush" not in str(raised.value)
    assert "hush" not in repr(raised.value)
    assert "\n" not in str(raised.value)


def test_a_database_that_the_server_does_not_have(postgresql: Server) -> None:
    with pytest.raises(LedgerError, match=r'"no_such" does not exist'):
        open_database(Place(url=postgresql.url("no_such")), create=True)


def test_a_database_that_goes_away(postgresql_place: Place) -> None:
    database = open_database(postgresql_place, create=True)
    with pytest.raises(LedgerError, match="the database does not answer"):
        write_while_the_server_ends_it(database)
    assert kept(database) == []     # it is found again by the next that asks
    database.close()


def write_while_the_server_ends_it(database: Database) -> None:
    with database.writing() as connection:
        put(connection, 1)
        with database.reading() as other:
            pid = connection.scalar(text("SELECT pg_backend_pid()"))
            other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        put(connection, 2)


def test_a_writer_does_not_wait_for_ever(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("saksi.ledger.database.PATIENCE", 0.05)
    other = open_database(database.place)
    with database.writing() as connection:
        put(connection, 1)
        with pytest.raises(LedgerError, match="another process has been writing"), other.writing():
            pass
        assert kept(other) == []    # whoever reads does not wait
    with other.writing() as connection:
        put(connection, 2)
    assert kept(other) == ["1", "2"]
    other.close()


# -- what may not be written to ----------------------------------------------------------------------------------------

@pytest.fixture
def shut_ledger(sqlite_place: Place) -> Iterator[Place]:
    """A ledger with one row, whose permissions are given back in the end."""
    database = open_database(sqlite_place, create=True)
    with database.writing() as connection:
        put(connection, 1)
    database.close()
    folder = sqlite_place.folder
    assert folder is not None
    yield sqlite_place
    folder.chmod(0o755)


def with_permissions(code: str, place: Place) -> list[str]:
    """The lines that `code` prints when it is run, with the ledger's `place`, by someone to whom permissions apply."""
    lines = ["from pathlib import Path", "from tests.ledger.test_database import *",
             f"place = Place(folder=Path({str(place.folder)!r}))", code]
    # Root may do everything, unless it has given up that right.
    bounded = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    ran = subprocess.run([*bounded, sys.executable, "-B", "-c", "\n".join(lines)], capture_output=True, text=True,
                         check=False, timeout=60, cwd=ROOT)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


TRY = """
try:
    print(kept(open_database(place)))
except LedgerError as error:
    print(error)
for create in (False, True):
    try:
        with open_database(place, create=create).writing() as connection:
            put(connection, 2)
    except LedgerError as error:
        print(error)
"""


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o644), (0o755, 0o444), (0o555, 0o444)],
                         ids=["folder", "file", "both"])
def test_a_ledger_that_may_only_be_read_is_read(shut_ledger: Place, folder_mode: int, file_mode: int) -> None:
    folder, file = shut_ledger.folder, shut_ledger.file
    assert folder is not None
    assert file is not None
    file.chmod(file_mode)
    folder.chmod(folder_mode)
    read, *written = with_permissions(TRY, shut_ledger)
    assert read == "['1']"
    told = f"{folder}: may not be written to. Check the permissions, or use another --ledger. [E60]"
    assert written == [told, told]
    assert [path.name for path in folder.iterdir()] == ["ledger.sqlite"]


def test_whoever_may_only_read_sees_what_another_has_just_written(shut_ledger: Place) -> None:
    assert shut_ledger.folder is not None
    database = open_database(shut_ledger)
    with database.reading() as open_all_the_time:
        open_all_the_time.execute(select(evidence))
        with database.writing() as connection:
            put(connection, 2)      # is in the log beside the file now, not yet in the file
        for path in shut_ledger.folder.iterdir():
            path.chmod(0o444)
        shut_ledger.folder.chmod(0o555)
        assert with_permissions(TRY, shut_ledger)[0] == "['1', '2']"


def test_what_was_just_written_is_not_passed_over_where_it_cannot_be_read(shut_ledger: Place, tmp_path: Path) -> None:
    assert shut_ledger.folder is not None
    copy = tmp_path / "copy"
    database = open_database(shut_ledger)
    with database.reading() as open_all_the_time:
        open_all_the_time.execute(select(evidence))
        with database.writing() as connection:
            put(connection, 2)
        shutil.copytree(shut_ledger.folder, copy)
    (copy / "ledger.sqlite-shm").unlink()   # without it SQLite has to write to read the log
    copy.chmod(0o555)
    assert "the database file cannot be opened" in with_permissions(TRY, Place(folder=copy))[0]
    copy.chmod(0o755)
    assert with_permissions(TRY, Place(folder=copy))[0] == "['1', '2']"


def test_a_folder_that_may_not_be_looked_into(shut_ledger: Place) -> None:
    assert shut_ledger.folder is not None
    shut_ledger.folder.chmod(0)
    told = f"{shut_ledger}: the folder cannot be used (Permission denied). Name another with --ledger. [E60]"
    assert with_permissions(TRY, shut_ledger) == [told, told, told]


def test_a_folder_in_which_no_ledger_may_be_made(shut_ledger: Place) -> None:
    assert shut_ledger.folder is not None
    shut_ledger.folder.chmod(0o555)
    *none, made = with_permissions(TRY, Place(folder=shut_ledger.folder / "below"))
    assert all("there is no ledger" in told for told in none)
    assert "the folder cannot be used (Permission denied)" in made


# -- what is damaged ---------------------------------------------------------------------------------------------------

def garbage(content: bytes) -> bytes:
    return b"This was a ledger. " * (len(content) // 19)


def half(content: bytes) -> bytes:
    return content[:len(content) // 2]


def first_page(content: bytes) -> bytes:
    return content[:4096]


def shuffled(content: bytes) -> bytes:
    return content[:4096] + content[4096:][::-1]


@pytest.mark.parametrize("harm", [garbage, half, first_page, shuffled])
@pytest.mark.parametrize("create", [False, True])
def test_a_damaged_file_is_told_and_left_as_it_is(sqlite_place: Place, harm: Callable[[bytes], bytes],
                                                  create: bool) -> None:
    database = open_database(sqlite_place, create=True)
    with database.writing() as connection:
        put(connection, *range(1000))
    database.close()
    file = sqlite_place.file
    assert file is not None
    damaged = harm(file.read_bytes())
    file.write_bytes(damaged)
    with pytest.raises(LedgerError, match=r"the database is damaged .* Restore the last backup"):
        read_all_of(open_database(sqlite_place, create=create))
    assert file.read_bytes() == damaged


def read_all_of(database: Database) -> None:
    with database.reading() as connection:
        for table in metadata.sorted_tables:
            connection.execute(select(table)).all()


def test_a_file_that_has_gone_is_not_quietly_made_anew(sqlite_place: Place) -> None:
    database = open_database(sqlite_place, create=True)
    assert sqlite_place.file is not None
    sqlite_place.file.unlink()
    with pytest.raises(LedgerError, match="the database file cannot be opened"), database.writing() as connection:
        put(connection, 1)
    assert not sqlite_place.file.exists()
