"""Judgements when a report has been read again: carried over to the same words, or left behind; never lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from tests.ledger.filled import of
from tests.samples import ENGLISH, arabic, at, english

from saksi.ledger import schema
from saksi.ledger.carrying import Carried, carried, in_force, left_behind
from saksi.ledger.database import Database
from saksi.ledger.judgements import corrected, judge, withdraw
from saksi.ledger.keep import Ready, keep, keep_readings
from saksi.ledger.rows import read_rows
from saksi.records import Claim, Quote, Reading, Role, Span

FIRST = english()
SHELLING, KILLING, FORECAST = FIRST.claims


@pytest.fixture
def ledger(database: Database) -> Database:
    """A ledger with one report in English (number 1) and one in Arabic."""
    keep(database, [Ready(of(one), read_rows(one)) for one in (FIRST, arabic())], "Ayu")
    return database


def otherwise(claim: Claim, **fields: Any) -> Claim:
    """What another reader makes of the same report: the claim with other fields, and so with another id."""
    kept = {name: getattr(claim, name) for name in Claim.__slots__ if name != "id"}
    return Claim.about(FIRST.report.sha256, **kept | fields)


def read_as(database: Database, *claims: Claim) -> None:
    """Read the English report again, with these claims."""
    keep_readings(database, [(1, read_rows(Reading(FIRST.report, "en", FIRST.mentions, claims, version="next")))],
                  "Ayu")


def said(database: Database, *claims: Claim, as_of: str | None = None) -> list[Any]:
    with database.reading() as connection:
        found = in_force(connection, [(claim.id, 1) for claim in claims], as_of)
    return [found.get(claim.id) for claim in claims]


def behind(database: Database, **options: Any) -> list[Carried]:
    with database.reading() as connection:
        return left_behind(connection, **options)


def test_a_judgement_goes_on_with_the_claim_that_has_the_same_trigger(ledger: Database) -> None:
    made = judge(ledger, SHELLING.id, "reject", by="Ana", reason="a drill")
    now = otherwise(SHELLING, actors=(), quote=Quote.at(ENGLISH, 0, 60))
    other = otherwise(SHELLING, trigger=Span(*at(ENGLISH, "killing")))
    read_as(ledger, other, now, KILLING)
    none, found, third = said(ledger, other, now, KILLING)
    assert (none, third) == (None, None)
    assert (found.judgement, found.original, found.claim) == (made, SHELLING, now.id)
    assert str(found) == (f"rejected by Ana on {made.at[:10]}: a drill (in an earlier reading, of “Rebels shelled the "
                          "Handarat camp on Thursday”)")
    assert behind(ledger) == []


def test_without_a_trigger_the_quotes_have_to_share_most_of_their_words(ledger: Database) -> None:
    judge(ledger, FORECAST.id, "reject", by="Ana", reason="a boast")
    start = ENGLISH.index('"They')
    near, far = (otherwise(FORECAST, quote=Quote.at(ENGLISH, start, start + length)) for length in (45, 12))
    read_as(ledger, far)
    assert said(ledger, far) == [None]
    assert [one.original for one in behind(ledger)] == [FORECAST]
    read_as(ledger, near, far)
    assert [one and one.claim for one in said(ledger, near, far)] == [near.id, None]
    assert behind(ledger) == []


def test_it_does_not_go_to_a_claim_of_another_type_unless_the_person_said_that_type(ledger: Database) -> None:
    strike = otherwise(SHELLING, type="attack.airstrike")
    judge(ledger, SHELLING.id, "accept", by="Ana")
    read_as(ledger, strike)
    assert said(ledger, strike) == [None]
    made = judge(ledger, SHELLING.id, "correct", by="Ana", reason="from the air",
                 correction={"type": "attack.airstrike", "actors": ["military source"]})
    found, = said(ledger, strike)
    assert found.judgement == made
    assert [role.exact for role in corrected(strike, found.judgement, ENGLISH).actors] == ["military source"]


def test_one_judgement_goes_to_one_claim_and_each_claim_gets_one(ledger: Database) -> None:
    judge(ledger, SHELLING.id, "reject", by="Ana", reason="no")
    twice = [otherwise(SHELLING, actors=()), otherwise(SHELLING, targets=())]
    read_as(ledger, *twice)
    assert sum(one is not None for one in said(ledger, *twice)) == 1
    judge(ledger, twice[0].id, "accept", by="Ana")
    judge(ledger, twice[1].id, "accept", by="Ana")
    merged = otherwise(SHELLING, actors=(), targets=())
    read_as(ledger, merged)
    assert [one is not None for one in said(ledger, merged)] == [True]
    assert len(behind(ledger)) == 2
    assert len(behind(ledger, limit=1)) == 1


def test_what_a_person_says_of_the_claim_itself_goes_first(ledger: Database) -> None:
    judge(ledger, SHELLING.id, "reject", by="Ana", reason="no")
    now = otherwise(SHELLING, actors=())
    read_as(ledger, now)
    own = judge(ledger, now.id, "accept", by="Budi")
    assert said(ledger, now) == [own]
    withdraw(ledger, now.id, by="Budi", reason="a slip")
    assert said(ledger, now)[0].judgement.by == "Ana"


def test_it_goes_on_through_several_readings_and_back_with_the_claim_itself(ledger: Database) -> None:
    made = judge(ledger, SHELLING.id, "reject", by="Ana", reason="no")
    for actors in ((), (Role(*at(ENGLISH, "military source"), "person"),)):
        now = otherwise(SHELLING, actors=actors)
        read_as(ledger, now)
        assert said(ledger, now)[0].judgement == made
    read_as(ledger, SHELLING)
    assert said(ledger, SHELLING) == [made]
    with ledger.reading() as connection:
        assert carried(connection, [1, 2]) == []


def test_a_withdrawn_judgement_is_not_carried(ledger: Database) -> None:
    judge(ledger, SHELLING.id, "reject", by="Ana", reason="no")
    now = otherwise(SHELLING, actors=())
    read_as(ledger, now)
    withdraw(ledger, SHELLING.id, by="Ana", reason="a slip")
    assert said(ledger, now) == [None]
    assert behind(ledger) == []


def test_what_was_carried_at_a_moment(ledger: Database) -> None:
    made = judge(ledger, SHELLING.id, "reject", by="Ana", reason="no")
    now = otherwise(SHELLING, actors=())
    read_as(ledger, now)
    with ledger.reading() as connection:
        at_that = connection.scalars(select(schema.superseded.c.at)).first()
    taken = withdraw(ledger, SHELLING.id, by="Ana", reason="a slip")
    assert said(ledger, now, as_of=made.at) == [None]       # the claim was not there yet
    assert said(ledger, SHELLING, as_of=made.at) == [made]
    assert said(ledger, now, as_of=at_that)[0].judgement == made
    assert said(ledger, now, as_of=taken.at) == [None]


def test_other_reports_are_not_touched(ledger: Database) -> None:
    claim, = arabic().claims
    made = judge(ledger, claim.id, "accept", by="Ana")
    judge(ledger, SHELLING.id, "reject", by="Ana", reason="no")
    read_as(ledger)
    with ledger.reading() as connection:
        assert carried(connection, [2]) == []
        assert in_force(connection, [(claim.id, 2)]) == {claim.id: made}
    assert [(one.claim, one.report_no) for one in behind(ledger)] == [(None, 1)]


def test_claims_that_quote_nothing(ledger: Database) -> None:
    bare = replace(FORECAST, quote=Quote("", 0, 0))
    one, other = otherwise(bare), otherwise(bare, modality="planned")
    read_as(ledger, one)
    judge(ledger, one.id, "reject", by="Ana", reason="no")
    read_as(ledger, other)
    assert said(ledger, other) == [None]
    assert [left.original for left in behind(ledger)] == [one]
