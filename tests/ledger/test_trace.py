"""Traces: who had it first, who repeats whom, as the ledger stood and as people have judged its links."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import insert, select, update
from tests.ledger.prints import BEHIND, LONGER, OTHER, WIRE, edited, put, read, report, shelling, voice

from saksi.errors import UsageError
from saksi.ledger import schema
from saksi.ledger.database import Database
from saksi.ledger.family import family
from saksi.ledger.judgements import judge
from saksi.ledger.keep import Ready, keep
from saksi.ledger.rows import read_rows
from saksi.ledger.trace import claim_origins, tells_the_same, trace
from saksi.records import Claim, Mention, Reading, Role, to_json
from saksi.sources.captured import Captured


def told(text: str, outlet: str, published: str, **fields: str) -> Reading:
    """A reading of a report that says in its own voice that rebels shelled the camp."""
    made = report(text, outlet, published, **fields)
    return read(made, shelling(made))


def quoting(words: str, outlet: str, published: str, kind: str = "person", identifier: str | None = None,
            mentions: tuple[Mention, ...] = (), day: str | None = "2016-10-01") -> Reading:
    """A reading of a report of its own that has the same from somebody."""
    text = f"In {outlet} of {published}: Rebels shelled the Stonebridge camp, {words} said. {' '.join(outlet * 9)}"
    made = report(text, outlet, published)
    return read(made, shelling(made, voice(text, words, kind, identifier), day=day), mentions=mentions)


def number(database: Database, name: str) -> int:
    with database.reading() as connection:
        return connection.execute(select(schema.reports.c.no).where(schema.reports.c.id == name)).scalar_one()


# -- reports -----------------------------------------------------------------------------------------------------------

def test_a_report_s_copies_are_shown_in_the_order_in_which_they_were_known(database: Database) -> None:
    echo, post, star, times = put(database, [
        report(edited(WIRE), "Echo", "2016-10-04"), report(WIRE, "Post", "2016-10-02"),
        report(LONGER + WIRE + BEHIND, "Star", "2016-10-03"), report(OTHER, "Times", "2016-10-01")])
    found = trace(database, echo)
    assert [step.report for step in found.steps] == [post, star, echo]
    assert [step.how for step in found.steps] == ["first", "near", "near"]
    assert [step.repeats for step in found.steps] == [None, post, post]
    assert found.first.outlet == "Post"
    assert found.origin.key == "outlet:post"
    assert {step.origin.key for step in found.steps} == {"outlet:post"}
    assert [step.report for step in trace(database, times).steps] == [times]


def test_where_a_copy_differs_from_the_one_it_repeats(database: Database) -> None:
    other = WIRE.replace("Twenty-three", "Thirty-one")
    post, echo = put(database, [report(WIRE, "Post", "2016-10-02"), report(other, "Echo", "2016-10-03")])
    step = trace(database, post).steps[1]
    assert step.report == echo
    assert step.similarity is not None
    assert [(one.here.exact, one.there.exact) for one in step.passages] == [("Thirty-one", "Twenty-three")]
    assert other[step.passages[0].here.start:step.passages[0].here.end] == "Thirty-one"


def test_a_digest_of_two_wires_does_not_make_them_one_family(database: Database) -> None:
    wire, council, digest = put(database, [
        report(WIRE, "Post", "2016-10-02"), report(OTHER, "Herald", "2016-10-02"),
        report(f"{WIRE} {OTHER}", "Star", "2016-10-03")])
    assert {step.report for step in trace(database, wire).steps} == {wire, digest}
    assert {step.report for step in trace(database, council).steps} == {council, digest}
    assert {step.report for step in trace(database, digest).steps} == {wire, council, digest}


def test_a_link_that_a_person_rejects_is_not_followed(database: Database) -> None:
    post, echo = put(database, [report(WIRE, "Post"), report(edited(WIRE), "Echo", "2016-10-03")])
    judge(database, f"{post}~{echo}", "reject", by="reviewer", reason="another shelling of the same camp")
    found = trace(database, echo)
    assert [step.report for step in found.steps] == [echo]
    assert found.origin.key == "outlet:echo"


def test_the_ledger_as_it_stood(database: Database) -> None:
    post, echo = put(database, [report(WIRE, "Post"), report(WIRE, "Echo", "2016-10-03")])
    with database.writing() as connection:
        connection.execute(update(schema.copies).values(recorded_at="2020-05-05T00:00:00.000000Z"))
    assert [step.report for step in trace(database, echo, as_of="2020-05-04").steps] == [echo]
    assert [step.report for step in trace(database, echo, as_of="2020-05-05").steps] == [post, echo]


def test_the_beginning_of_an_id_is_enough(database: Database) -> None:
    name, = put(database, [report(WIRE, "Post")])
    assert trace(database, name[:8]).subject == name


def test_a_claim_or_report_can_be_called_by_its_own_id(database: Database) -> None:
    made = report(WIRE, "Post", id="p1")
    coded = replace(shelling(made), external_id="p1-1")
    name, = put(database, [read(made, coded)])
    assert trace(database, "p1").subject == name
    assert trace(database, "p1-1").subject == coded.id
    put(database, [report(OTHER, "Echo", id="p1")])
    with pytest.raises(UsageError, match="may be"):
        trace(database, "p1")


@pytest.mark.parametrize("name", ["r_0000", "c_0000", "e_0000", "Post", ""])
def test_what_is_not_there_has_no_trace(database: Database, name: str) -> None:
    put(database, [report(WIRE, "Post")])
    with pytest.raises(UsageError):
        trace(database, name)


# -- claims ------------------------------------------------------------------------------------------------------------

def test_a_claim_is_traced_through_copies_and_quotations(database: Database) -> None:
    sohr = ("organisation", "saksi:actor/sohr")
    first, second, third, other = (
        quoting("The Syrian Observatory", "Post", "2016-10-02", *sohr),
        quoting("the Observatory", "Echo", "2016-10-03", *sohr),
        quoting("SOHR", "Star", "2016-10-03", "organisation", "saksi:outlet/sohr", day=None),
        quoting("SANA", "Times", "2016-10-02", "organisation", "saksi:outlet/sana"))
    names = put(database, [second, first, other, third])
    found = trace(database, second.claims[0].id)
    assert found.origin.key == "saksi:actor/sohr"
    assert {step.report for step in found.steps} == {names[0], names[1], names[3]}
    assert found.steps[0].report == names[1]
    assert [step.how for step in found.steps] == ["first", "same origin", "same origin"]
    assert {step.claim for step in found.steps} == {first.claims[0].id, second.claims[0].id, third.claims[0].id}
    assert {step.origin.key for step in found.steps} == {"saksi:actor/sohr"}


def test_a_claim_in_six_papers_with_one_wire_has_one_origin(database: Database) -> None:
    readings = [told(WIRE, "Post", "2016-10-02"), told(f"HILLTOWN (Reuters) - {WIRE}", "Herald", "2016-10-02"),
                told(edited(WIRE), "Echo", "2016-10-03"), told(LONGER + WIRE + BEHIND, "Star", "2016-10-03"),
                told(WIRE, "News Hour (Reuters copy)", "2016-10-04"), told(WIRE, "Times", "2016-10-05")]
    names = put(database, readings)
    with database.reading() as connection:
        origins = claim_origins(connection, [(reading.claims[0], number(database, name))
                                             for reading, name in zip(readings, names, strict=True)])
    assert {origin.key for origin in origins} == {"saksi:outlet/reuters"}
    found = trace(database, readings[5].claims[0].id)
    assert {step.report for step in found.steps} == set(names)
    assert all(step.repeats in names[:2] for step in found.steps[2:])


def test_a_copy_in_which_the_claim_was_not_read_is_shown_without_one(database: Database) -> None:
    post = told(WIRE, "Post", "2016-10-02")
    names = put(database, [post, report(WIRE, "Echo", "2016-10-03")])
    found = trace(database, post.claims[0].id)
    assert [(step.report, step.claim) for step in found.steps] == [(names[0], post.claims[0].id), (names[1], None)]
    assert found.steps[1].how == "identical"


def test_mentions_of_the_reading_tell_who_speaks(database: Database) -> None:
    words = "Представитель сирийской армии"
    reading = quoting(words, "Post", "2016-10-02")
    start = reading.report.text.index("сирийской")
    army = Mention("сирийской армии", start, start + 15, "organisation", "saksi:actor/syrian-armed-forces")
    reading = Reading(reading.report, "ru", (army,), reading.claims, version="test")
    put(database, [reading])
    assert trace(database, reading.claims[0].id).origin.key == "saksi:actor/syrian-armed-forces"


def test_a_translation_is_shown_as_one(database: Database) -> None:
    wire = f"HILLTOWN (Reuters) - {WIRE}"
    post = told(wire, "Post", "2016-10-02")
    other = report("Dilansir Reuters, pemberontak menembaki kamp Stonebridge pada Sabtu pagi.", "Harian", "2016-10-03",
                   language="id")
    names = put(database, [post, read(other, shelling(other, quote="pemberontak menembaki kamp Stonebridge"))])
    with database.writing() as connection:
        connection.execute(insert(schema.copies).values(
            report_no=2, other_no=1, kind="translation", similarity=0.8, recorded_at="2016-10-04T00:00:00.000000Z",
            detail=b"{}"))
    for subject in (post.claims[0].id, names[0]):
        found = trace(database, subject)
        assert [(step.report, step.how) for step in found.steps] == [(names[0], "first"), (names[1], "translation")]
        assert {step.origin.key for step in found.steps} == {"saksi:outlet/reuters"}
        assert found.steps[1].passages == ()


def test_a_trace_can_be_written_as_json(database: Database) -> None:
    post = told(WIRE, "Post", "2016-10-02")
    put(database, [post, told(edited(WIRE), "Echo", "2016-10-03")])
    data = trace(database, post.claims[0].id).as_dict()
    assert data["subject"] == post.claims[0].id
    assert [step["outlet"] for step in data["steps"]] == ["Post", "Echo"]
    assert data["steps"][1]["passages"]
    assert b"passages" in to_json(data)


# -- telling the same --------------------------------------------------------------------------------------------------

def claim(**fields: object) -> Claim:
    made = shelling(report(WIRE))
    return Claim(**{**{name: getattr(made, name) for name in made.__slots__}, **fields})  # type: ignore[arg-type]


def place(name: str) -> tuple[Role, ...]:
    return (Role(name, 0, len(name), "place", f"saksi:place/{name}"),)


DAY = "2016-10-02"


@pytest.mark.parametrize(("one", "other", "known", "same"), [
    (claim(), claim(), DAY, True),
    (claim(), claim(type="attack.airstrike"), DAY, False),
    (claim(), claim(polarity="negated"), DAY, False),
    (claim(places=place("hill")), claim(places=place("mill")), DAY, False),
    (claim(places=()), claim(places=()), DAY, False),
    (claim(), claim(actors=place("hill")), DAY, True),
    (claim(actors=place("mill")), claim(actors=place("hill")), DAY, False),
    (shelling(report(WIRE), day="2016-10-01"), shelling(report(WIRE), day="2016-09-20"), DAY, True),
    (shelling(report(WIRE), day=None), shelling(report(WIRE)), "2016-10-08", True),
    (shelling(report(WIRE), day=None), shelling(report(WIRE)), "2016-10-20", False),
])
def test_what_tells_the_same(one: Claim, other: Claim, known: str, same: bool) -> None:
    assert tells_the_same(one, other, DAY, known) is same


def test_the_text_of_a_coded_row_credits_nobody(database: Database) -> None:
    made = report("publisher: Post\nvia: SANA\nact: Rebels shelled the Stonebridge camp", "Post")
    reading = read(made, shelling(made))
    captured = Captured(made, b"row", "dataset", "rows.csv", reading=reading)
    keep(database, [Ready(captured, read_rows(reading))], "tester")
    assert trace(database, reading.claims[0].id).origin.key == "outlet:post"


# -- families ----------------------------------------------------------------------------------------------------------

def test_a_family_is_found_from_each_of_its_members(database: Database) -> None:
    names = put(database, [report(WIRE, f"Paper {n}", f"2016-10-{n + 1:02}") for n in range(20)])
    with database.reading() as connection:
        found = [family(connection, number(database, name)) for name in (names[0], names[7], names[19])]
    assert all([member.id for member in one.members] == names for one in found)
    assert [one.of.id for one in found] == [names[0], names[7], names[19]]
    assert all(one.near() == one.members for one in found)
