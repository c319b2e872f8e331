"""The whole ledger goes into one file and comes back, on either database; what is no whole backup is refused."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from tests.ledger.filled import BY, fill
from tests.ledger.tampering import column, rows
from tests.ledger.written import captured, many, reading

from saksi.errors import LedgerError
from saksi.ledger import backup as backing_up
from saksi.ledger import schema
from saksi.ledger.add import add
from saksi.ledger.backup import backup, restore
from saksi.ledger.custody_log import custody_head
from saksi.ledger.database import Database, open_database
from saksi.ledger.place import Place
from saksi.ledger.verify import verify


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where the ledger is restored, on each database."""
    if request.param == "sqlite":
        return Place(folder=tmp_path / "restored")
    found: Place = request.getfixturevalue("postgresql_target")
    return found


@pytest.fixture
def postgresql_target(request: pytest.FixtureRequest) -> Iterator[Place]:
    with request.getfixturevalue("postgresql").place() as place:
        yield place


@pytest.fixture
def saved(tmp_path: Path, sqlite_place: Place) -> Path:
    """The backup of a ledger with something of everything in it."""
    database = open_database(sqlite_place, create=True)
    fill(database)
    backup(database, tmp_path / "saved")
    database.close()
    return tmp_path / "saved"


def content(database: Database) -> dict[str, list[Any]]:
    return {table.name: list(rows(database, table)) for table in schema.metadata.sorted_tables}


def test_what_was_saved_comes_back(database: Database, target: Place, tmp_path: Path) -> None:
    fill(database)
    told: list[tuple[str, int, int]] = []
    made = backup(database, tmp_path / "saved", lambda *progress: told.append(progress))
    before = content(database)
    assert made.rows == {name: len(found) for name, found in before.items()}
    assert ("custody", 11, 11) in told
    restored = restore(tmp_path / "saved", target, "Budi")
    assert restored.backup == made
    assert restored.broken == ()
    again = open_database(target)
    after = content(again)
    entry = after["custody"].pop()
    assert after == before
    assert (entry.action, entry.subject, entry.by) == ("restored", made.head.hash, "Budi")
    assert list(verify(again, heads=[made.head])) == []
    again.close()


def test_the_restored_ledger_can_be_searched_and_goes_on(saved: Path, target: Place) -> None:
    restore(saved, target, BY)
    database = open_database(target)
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM search")).scalar_one() >= 3
    assert [item.outcome for item in add(database, many(2), reading(), BY)] == ["kept"] * 2  # type: ignore[union-attr]
    assert list(verify(database)) == []
    database.close()


def test_an_empty_ledger(database: Database, target: Place, tmp_path: Path) -> None:
    backup(database, tmp_path / "saved")
    assert restore(tmp_path / "saved", target, BY).backup.head.no == 0


def test_it_is_copied_in_parts(database: Database, target: Place, tmp_path: Path,
                               monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backing_up, "_ROWS", 2)
    monkeypatch.setattr(backing_up, "_LARGE", 1)
    fill(database)
    made = backup(database, tmp_path / "saved")
    assert restore(tmp_path / "saved", target, BY).backup.sums == made.sums


def test_a_backup_of_a_backup_is_the_same(saved: Path, target: Place, tmp_path: Path) -> None:
    first = restore(saved, target, BY).backup
    database = open_database(target)
    second = backup(database, tmp_path / "again")
    database.close()
    assert {name for name, made in second.sums.items() if made != first.sums[name]} == {"custody"}


def test_others_may_write_meanwhile(database: Database, target: Place, tmp_path: Path) -> None:
    """What is added while a backup is made is not in it, in no table."""
    fill(database)
    added: list[Any] = []

    def write(_what: str, _done: int, _all: int) -> None:
        if not added:
            added.extend(add(database, [captured("Rebels shelled the bridge.", id="late")], reading(), BY))

    with database.reading() as connection:
        head = custody_head(connection)
    assert backup(database, tmp_path / "saved", write).head == head
    assert len(added) == 1
    restore(tmp_path / "saved", target, BY)
    again = open_database(target)
    assert list(verify(again)) == []
    assert len(rows(again, schema.reports)) == 3
    again.close()


def test_a_ledger_that_does_not_agree_comes_back_as_it_is(database: Database, target: Place, tmp_path: Path) -> None:
    fill(database)
    column(database, schema.custody, 3, "by", "nobody")
    faults = list(verify(database))
    backup(database, tmp_path / "saved")
    assert restore(tmp_path / "saved", target, BY).broken == ((3, "was changed after it was written"),)
    again = open_database(target)
    assert list(verify(again)) == faults
    again.close()


def test_a_record_that_cannot_be_read_comes_back_as_it_is(database: Database, target: Place, tmp_path: Path) -> None:
    fill(database)
    column(database, schema.readings, 2, "record", b"{")
    backup(database, tmp_path / "saved")
    restore(tmp_path / "saved", target, BY)
    again = open_database(target)
    assert rows(again, schema.readings)[1].record == b"{"
    faults = {(fault.kind, fault.severity) for fault in verify(again)}
    assert faults == {("reading", "error"), ("report", "warning")}
    again.close()


class TestNotSaved:
    def test_over_a_file(self, database: Database, tmp_path: Path) -> None:
        (tmp_path / "saved").write_text("kept")
        with pytest.raises(LedgerError, match="there is a file of that name already"):
            backup(database, tmp_path / "saved")
        assert (tmp_path / "saved").read_text() == "kept"

    def test_into_the_ledger_itself(self, tmp_path: Path, sqlite_place: Place) -> None:
        database = open_database(sqlite_place, create=True)
        assert sqlite_place.folder is not None
        with pytest.raises(LedgerError, match="would be lost with it"):
            backup(database, sqlite_place.folder / "saved")
        database.close()

    def test_in_no_folder(self, database: Database, tmp_path: Path) -> None:
        with pytest.raises(LedgerError, match="cannot be written"):
            backup(database, tmp_path / "none" / "saved")

    def test_on_a_full_disk(self, tmp_path: Path, sqlite_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        database = open_database(sqlite_place, create=True)
        fill(database)
        opened = backing_up.sqlite3.connect

        def small(*arguments: Any, **options: Any) -> sqlite3.Connection:
            made = opened(*arguments, **options)
            if ".part" in arguments[0]:
                made.execute("PRAGMA max_page_count=3")
            return made

        monkeypatch.setattr(backing_up.sqlite3, "connect", small)
        with pytest.raises(LedgerError, match=r"saved: cannot be written \(database or disk is full\)"):
            backup(database, tmp_path / "saved")
        database.close()
        assert [path.name for path in tmp_path.iterdir()] == ["ledger"]


class TestNotRestored:
    def refused(self, saved: Path, target: Place, match: str) -> None:
        with pytest.raises(LedgerError, match=match):
            restore(saved, target, BY)
        assert target.folder is None or not target.folder.exists()

    def test_over_a_ledger(self, saved: Path, target: Place) -> None:
        database = open_database(target, create=True)
        fill(database)
        before = content(database)
        with pytest.raises(LedgerError, match="holds something already"):
            restore(saved, target, BY)
        assert content(database) == before
        database.close()

    def test_twice(self, saved: Path, target: Place) -> None:
        restore(saved, target, BY)
        with pytest.raises(LedgerError, match="holds something already"):
            restore(saved, target, BY)

    def test_nothing(self, tmp_path: Path, target: Place) -> None:
        self.refused(tmp_path / "none", target, "there is no such file")

    def test_what_is_no_backup(self, tmp_path: Path, target: Place) -> None:
        for held in (b"", b"text", b"SQLite format 3\0" + bytes(4096)):
            (tmp_path / "file").write_bytes(held)
            self.refused(tmp_path / "file", target, "is no backup of a ledger, or is damaged")

    def test_a_ledger(self, saved: Path, sqlite_place: Place, target: Place) -> None:
        assert sqlite_place.file is not None
        self.refused(sqlite_place.file, target, "is no backup of a ledger")

    def test_a_file_that_is_cut_off(self, saved: Path, target: Place) -> None:
        os.truncate(saved, saved.stat().st_size // 2)
        self.refused(saved, target, "damaged")

    def test_one_bit_flipped(self, saved: Path, target: Place) -> None:
        held = bytearray(saved.read_bytes())
        place = held.index(b"<p>Rebels") + 5
        held[place] ^= 1
        saved.write_bytes(held)
        self.refused(saved, target, "is damaged: the table evidence is not what was written")

    @pytest.mark.parametrize("command", ["DELETE FROM claims WHERE no = 2", "UPDATE roles SET key = 'x'",
                                         "UPDATE reports SET title = NULL", "DROP TABLE bands",
                                         "UPDATE custody SET hash = 'x' WHERE no = 11",
                                         "UPDATE texts SET text = CAST(text AS TEXT)",
                                         "UPDATE reports SET title = CAST(X'FF' AS TEXT)"])
    def test_a_table_that_is_not_what_was_written(self, saved: Path, target: Place, command: str) -> None:
        with closing(sqlite3.connect(saved)) as connection:
            connection.execute(command)
            connection.commit()
        self.refused(saved, target, "is damaged: the table")

    def test_one_of_another_version(self, saved: Path, target: Place) -> None:
        with closing(sqlite3.connect(saved)) as connection:
            note = json.loads(connection.execute("SELECT note FROM backup").fetchone()[0])
            note |= {"revision": "9999", "made_with": "saksi 99.0"}
            connection.execute("UPDATE backup SET note = ?", [json.dumps(note).encode()])
            connection.commit()
        self.refused(saved, target, r"was made by saksi 99\.0, whose tables have revision 9999")

    def test_where_the_backup_is(self, saved: Path, tmp_path: Path) -> None:
        folder = tmp_path / "ledger2"
        folder.mkdir()
        file = saved.rename(folder / "ledger.sqlite")
        before = file.read_bytes()
        with pytest.raises(LedgerError, match="is where the ledger itself would be"):
            restore(file, Place(folder=folder), BY)
        assert file.read_bytes() == before

    def test_what_others_have_in_the_folder_stays(self, saved: Path, tmp_path: Path) -> None:
        folder = tmp_path / "folder"
        folder.mkdir()
        (folder / "notes.txt").write_text("mine")
        with closing(sqlite3.connect(saved)) as connection:
            note = json.loads(connection.execute("SELECT note FROM backup").fetchone()[0])
            connection.execute("PRAGMA foreign_keys=OFF")
            connection.execute("DELETE FROM evidence")
            note["rows"]["evidence"] = 0
            note["sums"]["evidence"] = backing_up._Sum().hash.hexdigest()
            connection.execute("UPDATE backup SET note = ?", [json.dumps(note).encode()])
            connection.commit()
        with pytest.raises(LedgerError, match="the table captures cannot be restored"):
            restore(saved, Place(folder=folder), BY)
        assert [path.name for path in folder.iterdir()] == ["notes.txt"]


def test_every_table_of_the_ledger_is_in_it(saved: Path) -> None:
    with closing(sqlite3.connect(saved)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert names == {table.name for table in schema.metadata.sorted_tables} | {"backup"}
