"""Reading again: what a newer reader no longer finds is superseded and stays; what it finds the same is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select
from tests.ledger.test_add import counts, entries
from tests.ledger.written import captured, many, reading
from tests.samples import FakeReader

from saksi.ledger import schema
from saksi.ledger.add import add
from saksi.ledger.custody import broken
from saksi.ledger.database import Database
from saksi.ledger.keep import Ready, keep
from saksi.ledger.reread import Reread, reread
from saksi.ledger.rows import ReadRows, read_rows
from saksi.records import Reading, Report


class Newer(FakeReader):
    """A later version, which takes a claim in a report with "hill 1" for none and another for more certain."""

    def read(self, report: Report) -> Reading:
        found = super().read(report)
        claims = [] if "hill 1 " in report.text else list(found.claims)
        if "hill 2 " in report.text:
            claims = [replace(claim, confidence=0.9) for claim in claims]
        return replace(found, claims=tuple(claims), version="newer")

    def reads_with(self, code: str) -> tuple[str, str, str]:
        return "lexical", "newer", ""


def again(database: Database, reader: FakeReader) -> int:
    def read(reports: Iterator[Report]) -> Iterator[ReadRows]:
        return (read_rows(reader.read(report)) for report in reports)

    outcomes = list(reread(database, reader.reads_with, read, "Ayu"))
    assert all(isinstance(outcome, Reread) for outcome in outcomes)
    return sum(outcome.changed for outcome in outcomes if isinstance(outcome, Reread))


def test_the_same_reader_reads_nothing_again(database: Database) -> None:
    list(add(database, many(3), reading(), "Ayu"))
    before = counts(database)
    assert again(database, FakeReader()) == 0
    assert counts(database) == before


def test_both_readings_stay(database: Database) -> None:
    list(add(database, many(4), reading(), "Ayu"))
    assert again(database, Newer()) == 4
    assert again(database, Newer()) == 0
    after = counts(database)
    assert (after["readings"], after["claims"], after["superseded"]) == (8, 5, 2)
    with database.reading() as connection:
        gone = set(connection.execute(select(schema.superseded.c.claim_no)).scalars())
        rows = connection.execute(select(schema.claims)).all()
    texts = {row.no: row.confidence for row in rows if row.no not in gone}
    assert len(texts) == 3
    assert sorted(texts.values()) == [0.5, 0.5, 0.9]
    assert list(broken(entries(database))) == []


def test_what_others_have_coded_is_not_read_again(database: Database) -> None:
    class Coded(FakeReader):
        def read(self, report: Report) -> Reading:
            return replace(super().read(report), engine="acled")

    list(add(database, many(2), reading(Coded()), "Ayu"))
    assert again(database, Newer()) == 0


def test_what_could_not_be_read_is_read(database: Database) -> None:
    keep(database, [Ready(captured("Rebels shelled the camp."), None)], "Ayu")
    assert again(database, Newer()) == 1
    assert counts(database)["claims"] == 1
