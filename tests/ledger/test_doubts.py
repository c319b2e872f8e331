"""What is put before a person: the most worth first, with reasons, nothing that was judged already."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, insert, select
from tests.ledger.filled import of
from tests.ledger.written import many, reading
from tests.samples import arabic, english, hostile

from saksi.ledger import schema
from saksi.ledger.add import add
from saksi.ledger.database import Database
from saksi.ledger.doubts import Doubt, doubtful
from saksi.ledger.filters import parse
from saksi.ledger.judgements import judge, withdraw
from saksi.ledger.keep import Ready, keep, keep_readings
from saksi.ledger.rows import read_rows
from saksi.records import Claim

SHELLING, KILLING, FORECAST = english().claims


@pytest.fixture
def ledger(database: Database) -> Database:
    """A ledger with a report in English, one in Arabic and a hostile one."""
    keep(database, [Ready(of(one), read_rows(one)) for one in (english(), arabic(), hostile())], "Ayu")
    return database


def subjects(database: Database, wanted: str = "", **options: Any) -> list[str]:
    return [doubt.subject.id for doubt in doubtful(database, parse(wanted), **options)]


def the(database: Database, claim: Claim, **options: Any) -> Doubt:
    return next(doubt for doubt in doubtful(database, **options) if doubt.subject.id == claim.id)


def link(database: Database, similarity: float, one: int, other: int) -> str:
    """Link two reports as copies; the subject."""
    with database.writing() as connection:
        connection.execute(delete(schema.copies).where(schema.copies.c.report_no.in_((one, other)),
                                                       schema.copies.c.other_no.in_((one, other))))
        connection.execute(insert(schema.copies), [{
            "report_no": one, "other_no": other, "kind": "near", "similarity": similarity,
            "recorded_at": "2016-10-03", "detail": b"{}"}])
        names = {row.no: row.id for row in connection.execute(select(schema.reports.c.no, schema.reports.c.id))}
    return "~".join(sorted((names[one], names[other])))


def test_the_most_worth_comes_first_with_its_reasons(ledger: Database) -> None:
    found = doubtful(ledger)
    assert [doubt.weight for doubt in found] == sorted((doubt.weight for doubt in found), reverse=True)
    first = found[0]
    assert first.claim == KILLING
    assert first.reasons[:2] == ("the reader is not sure (0.50)", "it is read as negated")
    (name, report), = first.reports
    assert name.startswith("r_")
    assert report == english().report
    assert SHELLING.id not in {doubt.subject.id for doubt in found}     # 0.8 sure, its place known


def test_as_a_row_of_a_list(ledger: Database) -> None:
    row = the(ledger, KILLING).as_dict()
    assert row["words"] == "Rebels shelled the Handarat camp on Thursday, killing 12 to 15 civilians"
    assert (row["kind"], row["type"], row["outlet"], row["published"]) == ("claim", KILLING.type, "Morning Post",
                                                                           "2016-09-30")
    assert "it is read as negated" in row["why"]


def test_what_was_judged_is_not_there_until_that_is_withdrawn(ledger: Database) -> None:
    before = subjects(ledger)
    for claim, verdict in ((KILLING, "accept"), (FORECAST, "reject")):
        judge(ledger, claim.id, verdict, by="Ana", reason="why")
    assert subjects(ledger) == [name for name in before if name not in {KILLING.id, FORECAST.id}]
    withdraw(ledger, KILLING.id, by="Ana", reason="a slip")
    assert subjects(ledger) == [name for name in before if name != FORECAST.id]


def test_no_more_than_wanted(database: Database) -> None:
    list(add(database, many(30), reading(), "Ayu"))
    every = subjects(database, limit=100)
    assert len(set(every)) == 30
    assert len(doubtful(database)) == 20
    assert subjects(database, limit=7) == every[:7]


def test_a_filter(ledger: Database) -> None:
    link(ledger, 0.6, 1, 2)
    assert subjects(ledger, "language:ar") == [arabic().claims[0].id]
    assert set(subjects(ledger, 'outlet:"Morning Post"')) == {KILLING.id, FORECAST.id}
    assert subjects(ledger, "polarity:negated") == [KILLING.id]
    assert subjects(ledger, "type:control.captured") == []


def test_what_is_no_longer_read_is_not_there(ledger: Database) -> None:
    first = english()
    keep_readings(ledger, [(1, read_rows(replace(first, claims=first.claims[:1], version="2")))], "Ayu")
    assert not {KILLING.id, FORECAST.id} & set(subjects(ledger))


def test_what_somebody_else_was_not_sure_of(ledger: Database) -> None:
    judge(ledger, SHELLING.id, "unsure", by="Ana", reason="which camp?")
    assert SHELLING.id not in subjects(ledger, by="Ana")
    doubt = the(ledger, SHELLING, by="Budi")
    assert doubt.reasons[0] == "Ana is not sure: which camp?"
    assert doubtful(ledger, by="Budi")[0] == doubt
    assert subjects(ledger, "language:ar", by="Budi") == [arabic().claims[0].id]
    judge(ledger, SHELLING.id, "accept", by="Budi")
    assert SHELLING.id not in subjects(ledger, by="Citra")


def test_a_judgement_on_an_earlier_reading_is_put_first(ledger: Database) -> None:
    judge(ledger, SHELLING.id, "reject", by="Ana", reason="a drill")
    first = english()
    kept = {name: getattr(SHELLING, name) for name in Claim.__slots__ if name != "id"}
    now = Claim.about(first.report.sha256, **kept | {"targets": ()})
    keep_readings(ledger, [(1, read_rows(replace(first, claims=(now,), version="2")))], "Ayu")
    doubt = doubtful(ledger)[0]
    assert doubt.claim == now
    assert doubt.reasons[0].startswith("the report was read again since: rejected by Ana")
    assert "a drill (in an earlier reading, of “Rebels shelled" in doubt.reasons[0]
    judge(ledger, now.id, "reject", by="Ana", reason="still a drill")
    assert now.id not in subjects(ledger)


def test_reasons_are_those_of_now(database: Database) -> None:
    """A claim stays as it was, but what spoke against it may have gone with another claim."""
    first = english()
    other = replace(KILLING.counts[0], low=90, high=90, exact="15", start=KILLING.counts[0].end - 2)
    kept = {name: getattr(SHELLING, name) for name in Claim.__slots__ if name != "id"}
    one, two = (Claim.about(first.report.sha256, **kept | {
        "counts": (count,), "places": (), "confidence": 0.9, "type": type_})
        for count, type_ in ((KILLING.counts[0], "violence.killing"), (other, "attack.shelling")))
    keep(database, [Ready(of(first), read_rows(replace(first, claims=(one, two))))], "Ayu")
    assert "“12 to 15” killed here, “15” elsewhere in the report" in the(database, one).reasons
    keep_readings(database, [(1, read_rows(replace(first, claims=(one,), version="2")))], "Ayu")
    assert not any("elsewhere" in reason for reason in the(database, one).reasons)


def test_copies_that_are_hardly_alike(ledger: Database) -> None:
    near, far = link(ledger, 0.75, 1, 2), link(ledger, 0.55, 3, 1)
    link(ledger, 0.95, 2, 3)
    found = [doubt for doubt in doubtful(ledger) if doubt.subject.kind == "copy"]
    assert [doubt.subject.id for doubt in found] == [far, near]
    assert found[0].reasons == ("linked as copies (near), though only 55% alike",)
    assert found[0].weight > found[1].weight
    assert [report.id for _, report in found[1].reports] == ["r1", "r2"]
    judge(ledger, far, "reject", by="Ana", reason="another text")
    assert [name for name in subjects(ledger) if "~" in name] == [near]


def test_copies_beyond_those_that_were_judged(database: Database) -> None:
    list(add(database, many(30), reading(), "Ayu"))
    pairs = [link(database, 0.6, 1, other) for other in range(2, 27)]
    for pair in pairs[:-1]:
        judge(database, pair, "accept", by="Ana")
    with database.reading() as connection:
        judged = connection.scalars(select(schema.judgements.c.subject)).all()
    left, = {name for name in subjects(database, limit=100) if "~" in name}
    assert left not in judged


def test_an_empty_ledger(database: Database) -> None:
    assert doubtful(database) == []
