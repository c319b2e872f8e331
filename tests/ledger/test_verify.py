"""Whatever is changed in a ledger past Saksi is named: which item, and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Table
from tests.ledger.filled import fill
from tests.ledger.tampering import column, edited, put, rows, swap_entries, tamper
from tests.ledger.written import captured, many, reading

from saksi.errors import UsageError
from saksi.ledger import schema
from saksi.ledger.add import add
from saksi.ledger.checks import holding
from saksi.ledger.checks.chain import noted_head
from saksi.ledger.checks.fault import Fault
from saksi.ledger.custody import Act, Head, digest
from saksi.ledger.custody_log import custody_head, entries, record
from saksi.ledger.database import Database
from saksi.ledger.fulltext import index
from saksi.ledger.indexed import indexed
from saksi.ledger.verify import verify


@pytest.fixture
def ids(database: Database) -> list[str]:
    """The reports of a ledger with something of everything in it."""
    return fill(database)


LONG_AGO = "2001-01-01T00:00:00.000000Z"


def found(database: Database) -> list[str]:
    return [str(fault) for fault in verify(database)]


def only(database: Database) -> Fault:
    (fault,) = verify(database)
    return fault


def kinds(database: Database) -> set[tuple[str, str]]:
    return {(fault.kind, fault.id) for fault in verify(database)}


def claim_of(database: Database, no: int) -> str:
    return next(row.id for row in rows(database, schema.claims) if row.no == no)


@pytest.mark.usefixtures("ids")
def test_a_ledger_that_was_left_alone_has_no_fault(database: Database) -> None:
    told: list[tuple[str, int, int]] = []
    assert list(verify(database, progress=lambda *progress: told.append(progress))) == []
    assert told == [("custody entries", 11, 11), ("evidence", 4, 4), ("reports", 3, 3)]


def test_an_empty_ledger_has_no_fault(database: Database) -> None:
    assert found(database) == []


def test_a_report_without_words_need_not_be_in_the_index(database: Database) -> None:
    assert len(list(add(database, [captured("… ؟ !")], reading(), "Ayu"))) == 1
    assert found(database) == []


def test_reports_are_looked_at_in_parts(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "_REPORTS", 2)
    ids = [item.id for item in add(database, many(5), reading(), "Ayu")]    # type: ignore[union-attr]
    assert found(database) == []
    column(database, schema.reports, 4, "title", "Another")
    assert (only(database).kind, only(database).id) == ("report", ids[3])


@pytest.mark.usefixtures("ids")
class TestEvidence:
    def test_one_bit_flipped(self, database: Database) -> None:
        row = rows(database, schema.evidence)[1]
        content = bytes([row.bytes[0] ^ 1, *row.bytes[1:]])
        with database.writing() as connection:
            connection.execute(schema.evidence.update().where(schema.evidence.c.sha256 == row.sha256)
                               .values(bytes=content))
        fault = only(database)
        assert (fault.kind, fault.id, fault.severity) == ("evidence", row.sha256, "error")
        assert fault.what.startswith("the bytes are not those that were captured")

    def test_its_size(self, database: Database) -> None:
        tamper(database, "UPDATE evidence SET size = size + 1 WHERE sha256 = :name",
               name=rows(database, schema.evidence)[0].sha256)
        assert "column size" in only(database).what

    def test_taken_out(self, database: Database) -> None:
        capture = rows(database, schema.captures)[0]
        tamper(database, "DELETE FROM evidence WHERE sha256 = :name", name=capture.sha256)
        assert (only(database).kind, only(database).id) == ("evidence", capture.sha256)

    def test_put_in(self, database: Database) -> None:
        put(database, schema.evidence, sha256=digest(b"x"), size=1, bytes=b"x")
        assert {fault.what.partition(":")[0] for fault in verify(database)} == {
            "the bytes are not those that were captured", "no capture speaks of it"}

    def test_much_of_it_is_hashed_in_parts(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        from saksi.ledger.checks import evidence

        monkeypatch.setattr(evidence, "_BYTES", 1)
        monkeypatch.setattr(evidence, "_ROWS", 3)
        assert found(database) == []


class TestReports:
    def test_another_text(self, database: Database, ids: list[str]) -> None:
        text = rows(database, schema.texts)[0].text
        column(database, schema.texts, 1, "text", text.replace(b"12 to 15", b"22 to 25"))
        assert ("report", ids[0]) in kinds(database)
        assert any(f"report {ids[0]}: its text was changed" in line for line in found(database))

    def test_another_record(self, database: Database, ids: list[str]) -> None:
        stored = rows(database, schema.reports)[0].record
        column(database, schema.reports, 1, "record", stored.replace(b"Morning", b"Evening"))
        assert any(f"report {ids[0]}: its record was changed" in line for line in found(database))

    def test_another_record_that_has_its_digest(self, database: Database, ids: list[str]) -> None:
        row = rows(database, schema.reports)[0]
        changed = row.record.replace(b"Morning", b"Evening")
        column(database, schema.reports, 1, "record", changed)
        column(database, schema.reports, 1, "digest", digest(changed, rows(database, schema.texts)[0].text))
        assert any(f"report {ids[0]}: its record was changed" in line for line in found(database))

    def test_a_column(self, database: Database, ids: list[str]) -> None:
        for name, value in {"title": "Another", "published": "2016-09-29", "known_from": "2017-01-01", "url": "x",
                            "recorded_at": LONG_AGO, "language": None, "text_sha256": "0" * 64, "digest": "0" * 64,
                            "outlet_key": "eveningpost"}.items():
            with edited(database, schema.reports, 1, name, value):
                fault = next(verify(database))
            assert (fault.kind, fault.id) == ("report", ids[0])
            assert fault.severity == ("warning" if name == "outlet_key" else "error")
            assert f"column {name}" in fault.what

    def test_its_id(self, database: Database, ids: list[str]) -> None:
        column(database, schema.reports, 1, "id", "r_0123456789abcdef")
        lines = found(database)
        assert any(f"report r_0123456789abcdef: its content has the id {ids[0]}" in line for line in lines)
        assert any(f"report {ids[0]}: is gone" in line for line in lines)

    def test_its_row_taken_out(self, database: Database, ids: list[str]) -> None:
        tamper(database, "DELETE FROM reports WHERE no = 2")
        lines = found(database)
        assert any(f"report {ids[1]}: is gone: entry 3 of the custody log tells that it was captured by Ayu" in line
                   for line in lines)
        assert any("report number 2: is gone, while of it there are 1 captures, 1 readings, 1 claims" in line
                   for line in lines)

    def test_all_of_it_taken_out(self, database: Database, ids: list[str]) -> None:
        tamper(database, "DELETE FROM roles WHERE claim_no IN (SELECT no FROM claims WHERE report_no = 2)",
               "DELETE FROM claims WHERE report_no = 2", "DELETE FROM readings WHERE report_no = 2",
               "DELETE FROM evidence WHERE sha256 IN (SELECT sha256 FROM captures WHERE report_no = 2)",
               "DELETE FROM captures WHERE report_no = 2", "DELETE FROM texts WHERE report_no = 2",
               "DELETE FROM copies", "DELETE FROM reports WHERE no = 2")
        assert (only(database).kind, only(database).id) == ("report", ids[1])

    def test_its_text_taken_out(self, database: Database, ids: list[str]) -> None:
        tamper(database, "DELETE FROM texts WHERE report_no = 3")
        assert str(only(database)).startswith(f"report {ids[2]}: its text is gone")

    def test_a_record_that_cannot_be_read(self, database: Database, ids: list[str]) -> None:
        for stored in (b"", b"[]", b"{}}", b'{"published":[1]}', b"\xff", b"[" * 100_000):
            with edited(database, schema.reports, 1, "record", stored):
                assert ("report", ids[0]) in kinds(database)


class TestCaptures:
    def test_a_column(self, database: Database, ids: list[str]) -> None:
        for name, value in {"address": "https://other.example", "method": "file", "captured_at": LONG_AGO,
                            "headers": b"[]", "media_type": "text/plain", "tool": "another 1.0", "notes": b"[]",
                            "part": "line 1", "digest": "0" * 64}.items():
            with edited(database, schema.captures, 2, name, value):
                assert ("capture", f"2 of {ids[1]}") in kinds(database), name

    def test_taken_out(self, database: Database, ids: list[str]) -> None:
        sha256 = rows(database, schema.captures)[3].sha256
        tamper(database, "DELETE FROM captures WHERE no = 4", "DELETE FROM evidence WHERE sha256 = :name", name=sha256)
        fault = only(database)
        assert (fault.kind, fault.id) == ("capture", f"of {ids[0]}")
        assert "entry 7 of the custody log" in fault.what
        assert sha256 in fault.what

    def test_given_to_another_report(self, database: Database, ids: list[str]) -> None:
        column(database, schema.captures, 4, "report_no", 2)
        assert kinds(database) == {("capture", f"4 of {ids[1]}"), ("capture", f"of {ids[0]}")}

    def test_put_in(self, database: Database, ids: list[str]) -> None:
        row = rows(database, schema.captures)[1]._asdict()
        put(database, schema.captures, **(row | {"no": 9, "report_no": 3}))
        assert str(only(database)).startswith(f"capture 9 of {ids[2]}: no custody entry tells of it")


class TestReadings:
    def test_a_column(self, database: Database, ids: list[str]) -> None:
        for name, value in {"engine": "other", "version": "9", "data": "x", "language": "id", "digest": "0" * 64,
                            "read_at": LONG_AGO}.items():
            with edited(database, schema.readings, 2, name, value):
                fault = next(verify(database))
            assert (fault.kind, fault.id) == ("reading", f"2 of {ids[1]}")
            assert f"column {name}" in fault.what

    def test_another_record(self, database: Database, ids: list[str]) -> None:
        stored = rows(database, schema.readings)[0].record
        column(database, schema.readings, 1, "record", stored.replace(b"a note", b"a vote"))
        assert str(only(database)).startswith(f"reading 1 of {ids[0]}: its record was changed")

    def test_a_mention_that_does_not_stand_there(self, database: Database, ids: list[str]) -> None:
        stored = json.loads(rows(database, schema.readings)[0].record)
        stored["mentions"][0]["exact"] = "the Handarat damp"
        column(database, schema.readings, 1, "record", json.dumps(stored).encode())
        assert any(f"reading 1 of {ids[0]}: its record cannot be read" in line for line in found(database))

    def test_taken_out(self, database: Database, ids: list[str]) -> None:
        tamper(database, "DELETE FROM readings WHERE no = 2")
        assert kinds(database) == {("reading", f"2 of {ids[1]}"), ("claim", claim_of(database, 4))}

    def test_put_in(self, database: Database, ids: list[str]) -> None:
        row = rows(database, schema.readings)[1]._asdict()
        put(database, schema.readings, **(row | {"no": 9, "report_no": 3}))
        lines = found(database)
        assert any(f"reading 9 of {ids[2]}: no custody entry tells of it" in line for line in lines)


@pytest.mark.usefixtures("ids")
class TestClaims:
    def stored(self, database: Database, no: int) -> Any:
        return next(row for row in rows(database, schema.claims) if row.no == no)

    def test_an_edited_record(self, database: Database) -> None:
        row = self.stored(database, 2)
        column(database, schema.claims, 2, "record", row.record.replace(b'"low":12', b'"low":92'))
        faults = list(verify(database))
        assert {(fault.kind, fault.id) for fault in faults} == {("claim", row.id)}
        assert faults[0].what == "its record was changed"

    def test_an_edited_record_that_has_its_hash(self, database: Database, ids: list[str]) -> None:
        row = self.stored(database, 2)
        changed = row.record.replace(b'"low":12', b'"low":92')
        column(database, schema.claims, 2, "record", changed)
        column(database, schema.claims, 2, "sha256", digest(changed))
        assert {("claim", row.id), ("reading", f"1 of {ids[0]}")} == kinds(database)

    def test_other_reasons_that_do_not_enter_the_id(self, database: Database, ids: list[str]) -> None:
        row = self.stored(database, 1)
        changed = row.record.replace(b"actor:subject", b"actor:passive")
        column(database, schema.claims, 1, "record", changed)
        column(database, schema.claims, 1, "sha256", digest(changed))
        assert str(only(database)).startswith(f"reading 1 of {ids[0]}: its record was changed, or one of its claims")

    def test_words_that_the_report_does_not_have(self, database: Database) -> None:
        row = self.stored(database, 1)
        record = json.loads(row.record)
        record["actors"][0]["exact"] = "Nobody"
        column(database, schema.claims, 1, "record", json.dumps(record).encode())
        assert f"claim {row.id}: quotes 'Nobody', which does not stand at 0 to 6 of its report" in "\n".join(
            found(database))

    def test_a_column(self, database: Database) -> None:
        row = self.stored(database, 1)
        for name, value in {"kind": "control", "type": "attack.other", "polarity": "negated", "modality": "possible",
                            "confidence": 0.1, "valid_start": None, "valid_end": "2019-01-01", "external_id": "x",
                            "known_from": "2001-01-01", "language": "ru", "recorded_at": LONG_AGO,
                            "outlet_key": "x", "voice": None}.items():
            with edited(database, schema.claims, 1, name, value):
                fault = only(database)
            assert (fault.kind, fault.id) == ("claim", row.id)
            assert fault.severity == ("warning" if name in {"outlet_key", "voice"} else "error")
            assert f"column {name}" in fault.what

    def test_its_id(self, database: Database) -> None:
        name = self.stored(database, 1).id
        column(database, schema.claims, 1, "id", "c_0123456789abcdef")
        assert kinds(database) == {("claim", "c_0123456789abcdef"), ("claim", name)}

    def test_taken_out(self, database: Database, ids: list[str]) -> None:
        name = self.stored(database, 1).id
        tamper(database, "DELETE FROM roles WHERE claim_no = 1", "DELETE FROM claims WHERE no = 1")
        lines = found(database)
        assert any(f"claim {name}: is gone: reading 1 of {ids[0]} found it" in line for line in lines)
        assert any(line.startswith(f"reading 1 of {ids[0]}: its record was changed, or one of its claims")
                   for line in lines)

    def test_put_in(self, database: Database, ids: list[str]) -> None:
        row = self.stored(database, 4)._asdict()
        put(database, schema.claims, **(row | {"no": 99, "id": "c_0123456789abcdef", "reading_no": 1, "report_no": 1}))
        assert kinds(database) >= {("claim", "c_0123456789abcdef"), ("reading", f"1 of {ids[0]}")}
        assert any("is not among those that reading" in line for line in found(database))

    def test_put_in_without_a_reading(self, database: Database) -> None:
        row = self.stored(database, 4)._asdict()
        put(database, schema.claims, **(row | {"no": 99, "id": "c_0123456789abcdef", "reading_no": 77}))
        assert "its reading 77 is not there" in "\n".join(found(database))

    def test_two_that_change_places(self, database: Database, ids: list[str]) -> None:
        column(database, schema.claims, 1, "no", 100)
        tamper(database, "UPDATE roles SET claim_no = 100 WHERE claim_no = 1")
        assert only(database).id == f"1 of {ids[0]}"

    def test_a_role(self, database: Database) -> None:
        change = "UPDATE roles SET {0} = :value WHERE claim_no = 1 AND field = 'places'"
        before = next(row for row in rows(database, schema.roles) if (row.claim_no, row.field) == (1, "places"))
        for name, value in {"entity_id": "saksi:place/elsewhere", "lat": 10.0, "lon": None, "precision_km": 99.0,
                            "kind": "group", "key": "elsewhere"}.items():
            tamper(database, change.format(name), value=value)
            fault = only(database)
            assert (fault.kind, fault.id) == ("claim", claim_of(database, 1))
            assert fault.severity == ("warning" if name == "key" else "error")
            assert "its role places 1" in fault.what
            tamper(database, change.format(name), value=getattr(before, name))

    def test_a_role_taken_out_and_one_put_in(self, database: Database) -> None:
        tamper(database, "UPDATE roles SET field = 'victims' WHERE claim_no = 1 AND field = 'places'")
        assert {fault.id for fault in verify(database)} == {claim_of(database, 1)}
        assert {fault.what.partition(" ")[0] for fault in verify(database)} == {"its", "is"}

    def test_roles_of_nothing(self, database: Database) -> None:
        tamper(database, "INSERT INTO roles (claim_no, field, position, kind, key) VALUES (88, 'actors', 0, 'x', 'x')")
        assert str(only(database)).startswith("database table roles: 1 rows are about claims that are not there")

    def test_brought_back(self, database: Database) -> None:
        (row,) = rows(database, schema.superseded)
        tamper(database, "DELETE FROM superseded")
        assert (only(database).kind, only(database).id) == ("claim", claim_of(database, row.claim_no))
        assert "counts as current" in only(database).what

    def test_put_away(self, database: Database) -> None:
        put(database, schema.superseded, claim_no=1, reading_no=4, at="2016-10-02T00:00:00.000000Z")
        assert (only(database).kind, only(database).id) == ("claim", claim_of(database, 1))
        assert "counts as superseded, while no custody entry tells of it" in only(database).what

    def test_put_away_earlier_than_it_was(self, database: Database) -> None:
        tamper(database, "UPDATE superseded SET at = '2016-10-02T00:00:00.000000Z'")
        assert "counts as superseded since 2016-10-02" in only(database).what


@pytest.mark.usefixtures("ids")
def test_a_report_that_cannot_be_searched(database: Database, ids: list[str]) -> None:
    with database.writing() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("INSERT INTO search(search) VALUES ('delete-all')")
            index(connection, [(no, indexed("", "words", ())) for no in (1, 3)])
        else:
            connection.exec_driver_sql("DELETE FROM search WHERE rowid >= 2048 AND rowid < 3072")
    fault = only(database)
    assert (fault.kind, fault.id, fault.severity) == ("report", ids[1], "warning")
    assert fault.what == "is not in the full-text index"


class TestLinks:
    def test_a_column(self, database: Database, ids: list[str]) -> None:
        for name, value in {"kind": "near", "similarity": 0.9, "detail": b"{}", "recorded_at": LONG_AGO,
                            "other_no": 3}.items():
            with edited(database, schema.copies, 2, name, value):
                assert {(fault.kind, fault.id.partition("~")[0]) for fault in verify(database)} == {("copy", ids[1])}

    def test_taken_out(self, database: Database, ids: list[str]) -> None:
        tamper(database, "DELETE FROM copies")
        assert str(only(database)).startswith(f"copy {ids[1]}~{ids[0]}: is gone: entry 10 of the custody log")

    def test_put_in(self, database: Database, ids: list[str]) -> None:
        (row,) = rows(database, schema.copies)
        put(database, schema.copies, **(row._asdict() | {"report_no": 3}))
        assert str(only(database)).startswith(f"copy {ids[2]}~{ids[0]}: no custody entry tells of the link")

    def test_to_nothing(self, database: Database, ids: list[str]) -> None:
        column(database, schema.copies, 2, "other_no", 9)
        assert ("copy", f"{ids[1]}~number 9") in kinds(database)


@pytest.mark.usefixtures("ids")
class TestJudgements:
    def test_a_column(self, database: Database) -> None:
        for name, value in {"verdict": "accept", "reason": "x", "by": "Chandra", "at": LONG_AGO, "correction": b"{}",
                            "digest": "0" * 64}.items():
            with edited(database, schema.judgements, 1, name, value):
                assert (only(database).kind, only(database).id) == ("judgement", f"1 on {claim_of(database, 1)}")

    def test_a_judgement_with_its_digest(self, database: Database) -> None:
        from saksi.ledger.judgements import judgement_digest

        column(database, schema.judgements, 1, "reason", "because")
        (row,) = rows(database, schema.judgements)
        column(database, schema.judgements, 1, "digest", judgement_digest(row._asdict()))
        assert "was changed: it is not what was said" in only(database).what

    def test_taken_out(self, database: Database) -> None:
        tamper(database, "DELETE FROM judgements")
        assert "is gone: entry 11 of the custody log tells that Budi made it" in str(only(database))

    def test_put_in(self, database: Database) -> None:
        (row,) = rows(database, schema.judgements)
        put(database, schema.judgements, **(row._asdict() | {"no": 2}))
        assert str(only(database)).startswith("judgement 2 on")
        assert "no custody entry tells of it" in only(database).what


@pytest.mark.usefixtures("ids")
class TestCustody:
    def test_a_column(self, database: Database) -> None:
        for name, value in {"by": "nobody", "at": LONG_AGO, "detail": b"{}", "hash": "0" * 64, "previous": "0" * 64,
                            "action": "seen", "subject": "r_0"}.items():
            with edited(database, schema.custody, 3, name, value):
                assert ("custody", "entry 3") in kinds(database), name

    def test_a_row_taken_out(self, database: Database, ids: list[str]) -> None:
        tamper(database, "DELETE FROM custody WHERE no = 3")
        lines = found(database)
        assert any(line.startswith("custody entry 4: entry 3 missing before it") for line in lines)
        assert any(line.startswith(f"capture 2 of {ids[1]}: no custody entry tells of it") for line in lines)

    def test_two_that_change_places(self, database: Database) -> None:
        swap_entries(database, 3, 5)
        assert {("custody", "entry 3"), ("custody", "entry 5")} <= kinds(database)

    def test_the_tail_cut_off(self, database: Database) -> None:
        tamper(database, "DELETE FROM custody WHERE no >= 8")
        lines = found(database)
        assert not any(line.startswith("custody") for line in lines)   # what is left of the chain holds by itself
        assert any(line.startswith("reading 4 of") and "no custody entry tells of it" in line for line in lines)
        assert any(line.startswith("judgement 1 on") and "no custody entry tells of it" in line for line in lines)

    def test_the_tail_cut_off_with_all_it_tells_of(self, database: Database) -> None:
        noted = self.head(database)
        tamper(database, "DELETE FROM custody WHERE no = 11", "DELETE FROM judgements")
        assert found(database) == []
        (fault,) = verify(database, heads=[noted])
        assert fault.id == "entry 11"
        assert fault.what == "was noted as the head, while the log ends with entry 10"

    def test_a_log_written_anew(self, database: Database) -> None:
        noted = self.head(database)
        with database.reading() as connection:
            told = list(entries(connection))
        tamper(database, "DELETE FROM custody")
        with database.writing() as connection:
            record(connection, [Act(entry.action, entry.subject, json.loads(entry.detail)) for entry in told], "Eka")
        assert [fault.id for fault in verify(database, heads=[noted]) if fault.kind == "custody"] == ["entry 11"]

    def test_a_head_that_was_noted(self, database: Database) -> None:
        noted = self.head(database)
        with database.writing() as connection:
            record(connection, [Act("seen", "x", {})], "Ayu")
        assert list(verify(database, heads=[noted, self.head(database)])) == []

    def head(self, database: Database) -> Head:
        with database.reading() as connection:
            end = custody_head(connection)
        return noted_head(f"{end.no}:{end.hash.upper()}")


@pytest.mark.parametrize("text", ["", "5", "5:abc", ":" + "0" * 64, "0:" + "0" * 64, "-1:" + "0" * 64,
                                  "9" * 30 + ":" + "0" * 64])
def test_what_is_no_head(text: str) -> None:
    with pytest.raises(UsageError, match="no head of a custody log"):
        noted_head(text)


# What only SQLite lets happen: other kinds of values in a column, and a file that a disk has changed.

@pytest.fixture
def sqlite(request: pytest.FixtureRequest) -> Iterator[Database]:
    from saksi.ledger.database import open_database

    database = open_database(request.getfixturevalue("sqlite_place"), create=True)
    fill(database)
    yield database
    database.close()


KEPT = [table for table in schema.metadata.sorted_tables if table.name in {
    "evidence", "reports", "texts", "captures", "readings", "claims", "copies", "judgements", "custody"}]
NOT_KEPT = {"doubt", "given_id", "outlet_key", "voice"}   # for searching and sorting only


@pytest.mark.parametrize("table", KEPT, ids=lambda table: table.name)
def test_any_value_in_any_column_is_named(sqlite: Database, table: Table) -> None:
    key = next(iter(table.primary_key.columns)).name
    first = repr(getattr(rows(sqlite, table)[0], key))
    names = [column.name for column in table.c if not column.primary_key and column.name not in NOT_KEPT]
    for name in names:
        for value in ("x", b"\xff", 7):
            before = stored(sqlite, f'SELECT "{name}" FROM {table.name} WHERE {key} = {first}')
            stored(sqlite, f'UPDATE {table.name} SET "{name}" = ? WHERE {key} = {first}', value)
            assert any(fault.severity == "error" for fault in verify(sqlite)), (name, value)
            stored(sqlite, f'UPDATE {table.name} SET "{name}" = ? WHERE {key} = {first}', before)
    assert list(verify(sqlite)) == []


def stored(sqlite: Database, command: str, *values: Any) -> Any:
    """What a command gives, past SQLAlchemy's types."""
    with sqlite.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        connection.rollback()
        raw.execute("PRAGMA foreign_keys=OFF")
        found = raw.execute(command, values).fetchone()
        return found and found[0]


def test_text_that_is_no_text(sqlite: Database) -> None:
    first = rows(sqlite, schema.reports)[0].id
    tamper(sqlite, "UPDATE custody SET \"by\" = CAST(X'FF41' AS TEXT) WHERE no = 2",
           "UPDATE reports SET title = CAST(X'C328' AS TEXT) WHERE no = 1")
    assert {("custody", "entry 2"), ("report", first)} <= kinds(sqlite)


def damage(sqlite: Database, name: str, start: int, content: bytes) -> None:
    """Overwrite a part of the first page of a table or an index."""
    file = sqlite.place.file
    assert file is not None
    with sqlite.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        page = connection.exec_driver_sql(f"SELECT rootpage FROM sqlite_master WHERE name = '{name}'").scalar_one()
        size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    with file.open("r+b") as out:
        out.seek((page - 1) * size + start % size)
        out.write(content)


def test_a_damaged_index(sqlite: Database) -> None:
    damage(sqlite, "ix_custody_subject", -20, b"zzzz")
    faults = list(verify(sqlite))
    assert (faults[0].kind, faults[0].id) == ("database", str(sqlite.place))
    assert "the file is damaged" in faults[0].what


def test_a_damaged_table_hides_nothing_else(sqlite: Database) -> None:
    sha256 = rows(sqlite, schema.evidence)[0].sha256
    tamper(sqlite, "UPDATE evidence SET size = 1 WHERE sha256 = :name", name=sha256)
    damage(sqlite, "judgements", 0, bytes([0x55]) * 64)
    told = kinds(sqlite)
    assert ("database", str(sqlite.place)) in told
    assert ("evidence", sha256) in told
