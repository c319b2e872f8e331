"""Adding: what is new is kept with its evidence, what is there is left alone, what cannot be read is kept unread."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Table, func, select
from tests.ledger.written import captured, many, reading
from tests.samples import FakeReader

from saksi.errors import InputError, LanguageError, LedgerError
from saksi.ledger import add as adding
from saksi.ledger import keep as keeping
from saksi.ledger import schema
from saksi.ledger.add import add
from saksi.ledger.custody import Entry, broken
from saksi.ledger.database import Database
from saksi.ledger.encoding import bytes_text
from saksi.ledger.keep import Kept, Outcome
from saksi.ledger.rows import ReadRows, stored_claim, stored_report
from saksi.sources.captured import Captured
from saksi.sources.problem import Problem


def count(database: Database, table: Table) -> int:
    with database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def counts(database: Database) -> dict[str, int]:
    return {table.name: count(database, table) for table in schema.metadata.sorted_tables}


def entries(database: Database) -> list[Entry]:
    with database.reading() as connection:
        return [Entry(*row) for row in connection.execute(select(schema.custody).order_by(schema.custody.c.no))]


def only(database: Database, column: Any) -> Any:
    with database.reading() as connection:
        return connection.execute(select(column)).scalar_one()


def test_a_report_is_kept_whole(database: Database) -> None:
    item = captured("Rebels shelled the camp.", id="n1", url="https://news.example/1", title="Shelling")
    (kept,) = add(database, [item], reading(), "Ayu")
    assert isinstance(kept, Kept)
    assert (kept.outcome, kept.claims) == (Outcome.kept, 1)
    with database.reading() as connection:
        row = connection.execute(select(schema.reports, schema.texts.c.text).join(schema.texts)).one()
        claim = connection.execute(select(schema.claims)).one()
    assert row.id == kept.id
    assert stored_report(row.record, row.text) == item.report
    assert row.known_from == claim.known_from == "2016-10-02"
    assert stored_claim(claim.record) == FakeReader().read(item.report).claims[0]
    assert bytes(only(database, schema.evidence.c.bytes)) == item.evidence
    assert only(database, schema.captures.c.sha256) == hashlib.sha256(item.evidence).hexdigest()


def test_what_was_done_is_chained(database: Database) -> None:
    list(add(database, many(3), reading(), "Ayu"))
    log = entries(database)
    assert [entry.action for entry in log] == ["captured", "read"] * 3
    assert {entry.by for entry in log} == {"Ayu"}
    assert list(broken(log)) == []


def test_the_same_thing_twice_changes_nothing(database: Database) -> None:
    list(add(database, many(5), reading(), "Ayu"))
    before = counts(database)
    again = list(add(database, many(5) + many(2), reading(), "Budi"))
    assert [item.outcome for item in again if isinstance(item, Kept)] == [Outcome.known] * 7
    assert counts(database) == before


def test_what_is_there_is_not_read_again(database: Database) -> None:
    list(add(database, many(2), reading(), "Ayu"))

    def refuse(items: Iterator[Captured]) -> Iterator[ReadRows | Problem]:
        for item in items:
            raise AssertionError(item)
        yield from ()

    assert len(list(add(database, many(2), refuse, "Ayu"))) == 2


def test_twice_in_one_batch_is_once(database: Database) -> None:
    outcomes = [item.outcome for item in add(database, many(1) + many(1), reading(), "Ayu") if isinstance(item, Kept)]
    assert sorted(outcomes) == [Outcome.kept, Outcome.known]
    assert count(database, schema.claims) == 1


def test_other_bytes_of_one_report_are_one_more_capture(database: Database) -> None:
    text = "Rebels shelled the camp."
    list(add(database, [captured(text, evidence=b"<p>one</p>")], reading(), "Ayu"))
    (again,) = add(database, [captured(text, evidence=b"<p>two</p>")], reading(), "Ayu")
    assert isinstance(again, Kept)
    assert again.outcome is Outcome.captured_again
    after = counts(database)
    assert (after["reports"], after["captures"], after["evidence"], after["claims"]) == (1, 2, 2, 1)


def test_one_text_in_two_outlets_is_two_reports(database: Database) -> None:
    text = "Rebels shelled the camp."
    items = [captured(text, outlet=f"{name} Post") for name in ("Morning", "Evening")]
    list(add(database, items, reading(), "Ayu"))
    after = counts(database)
    assert (after["reports"], after["captures"], after["evidence"]) == (2, 2, 1)


def test_what_cannot_be_read_is_kept_and_read_later(database: Database) -> None:
    item = captured("Rebels shelled the camp.")

    def no_language(items: Iterator[Captured]) -> Iterator[ReadRows | Problem]:
        for _ in items:
            yield Problem(LanguageError("no language 'xx' is installed", where="n1"))

    problem, kept = add(database, [item], no_language, "Ayu")
    assert isinstance(problem, Problem)
    assert (problem.severity, problem.error.what) == ("warning", "kept, but not read: no language 'xx' is installed")
    assert isinstance(kept, Kept)
    assert (kept.outcome, kept.claims) == (Outcome.kept, 0)
    (again,) = add(database, [item], reading(), "Ayu")
    assert isinstance(again, Kept)
    assert (again.outcome, again.claims) == (Outcome.read_now, 1)


def test_problems_of_the_source_stand_among_the_rest(database: Database) -> None:
    bad = Problem(InputError("not JSON", where="x:3"))
    outcomes = list(add(database, [*many(1), bad, *many(2)], reading(), "Ayu"))
    assert bad in outcomes
    assert count(database, schema.reports) == 2


def test_any_character_a_report_can_have_is_kept(database: Database) -> None:
    text = "Rebels \x00 shelled \ud800 the camp \U0001f600."
    item = captured(text, evidence=b"{}", outlet="Post\x00\ud800", title="\ud800", id="a\x00", url="https://x.example/\x00")
    list(add(database, [item], reading(), "Ayu"))
    with database.reading() as connection:
        row = connection.execute(select(schema.reports.c.record, schema.texts.c.text).join(schema.texts)).one()
    assert bytes_text(row.text) == text
    assert stored_report(row.record, row.text) == item.report


def test_a_failure_leaves_nothing_of_its_batch(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    list(add(database, many(1), reading(), "Ayu"))
    before = counts(database)

    def full(*_: object, **__: object) -> None:
        raise LedgerError("the disk is full")

    monkeypatch.setattr(keeping, "record", full)
    with pytest.raises(LedgerError):
        list(add(database, many(4), reading(), "Ayu"))
    assert counts(database) == before


def test_batches_are_written_while_the_source_is_read(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "_BATCH", 2)
    seen = []
    outcomes = add(database, many(6), reading(), "Ayu")
    for _ in range(2):
        next(outcomes)
        seen.append(count(database, schema.reports))
    assert seen[0] < 6


def test_a_month_is_known_at_its_end_and_a_moment_in_utc(database: Database) -> None:
    list(add(database, [captured("Rebels shelled.", published="2016-10"),
                        captured("Rebels shelled.", published="2016-10-02T23:30:00-02:00"),
                        captured("Rebels shelled.", published="2016")], reading(), "Ayu"))
    with database.reading() as connection:
        found = set(connection.execute(select(schema.reports.c.known_from)).scalars())
    assert found == {"2016-10-31", "2016-10-03T01:30:00.000000Z", "2016-12-31"}


def test_an_unpublished_report_is_known_from_its_capture(database: Database) -> None:
    list(add(database, [captured("Rebels shelled.", published=None)], reading(), "Ayu"))
    assert only(database, schema.reports.c.known_from) == only(database, schema.captures.c.captured_at)
