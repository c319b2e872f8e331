"""What a reading is doubted for, and how much."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.samples import ENGLISH, at, english

from saksi.ledger.weighing import LEAST, MOST, reasons, weight, weights
from saksi.records import Claim, Count, Mention, Quote, Reading, Report, Role, Time, Voice

READING = english()
SHELLING, KILLING, FORECAST = READING.claims
PLAIN = replace(SHELLING, actors=(Role(*at(ENGLISH, "Rebels"), "organisation", "saksi:actor/x", "X"),), confidence=0.9)


def why(claim: Claim, *mentions: Mention) -> str:
    """The reasons to look at the only claim of a reading."""
    found, = reasons(Reading(READING.report, "en", mentions, (claim,)))
    return "; ".join(reason.words for reason in found)


def camp(score: float, candidates: int | None = None) -> Mention:
    role = SHELLING.targets[0]
    return Mention(role.exact, role.start, role.end, "facility", role.id, role.name, candidates, score)


def test_nothing_to_doubt() -> None:
    assert why(PLAIN, camp(0.9)) == ""
    assert weights(Reading(READING.report, "en", (), (PLAIN,))) == (0,)


@pytest.mark.parametrize(("fields", "reason"), [
    ({"confidence": 0.4}, "the reader is not sure (0.40)"),
    ({"polarity": "negated"}, "it is read as negated"),
    ({"attribution": (Voice("denies"),)}, "somebody denies or doubts it"),
    ({"attribution": (Voice("reports"), Voice("doubts"))}, "somebody denies or doubts it"),
    ({"attribution": (Voice("reports"), Voice("claims"))}, "2 voices within one another"),
    ({"actors": ()}, "nobody is named as doing it"),
    ({"actors": SHELLING.actors}, "nobody known is named as doing it"),
    ({"places": (), "targets": ()}, "no known place is named")])
def test_reasons_of_a_claim(fields: dict[str, Any], reason: str) -> None:
    assert reason in why(replace(PLAIN, **fields))
    assert reason not in why(PLAIN)


@pytest.mark.parametrize(("mention", "reason"), [
    (camp(0.5), "“the Handarat camp” is taken for Handarat camp (score 0.50)"),
    (camp(0.75, 3), "“the Handarat camp” is taken for Handarat camp (score 0.75, one of 3)"),
    (camp(0.75, 1), ""), (camp(0.75), ""), (camp(0.9, 3), ""), (replace(camp(0.5), id=None), "")])
def test_names_that_are_a_near_thing(mention: Mention, reason: str) -> None:
    assert why(PLAIN, mention) == reason


def test_a_hand_coded_claim_is_not_doubted_for_its_confidence() -> None:
    assert why(replace(PLAIN, confidence=0.1, external_id="id1-1")) == ""


def test_only_what_happens_somewhere_needs_somebody_and_a_place() -> None:
    assert why(replace(FORECAST, confidence=0.9)) == ""


def test_the_less_sure_the_heavier_and_never_more_than_all() -> None:
    claims = [replace(PLAIN, confidence=sure) for sure in (0.6, 0.4, 0.2)]
    one, other, third = weights(Reading(READING.report, "en", (), tuple(claims)))
    assert LEAST <= one < other < third
    found, = reasons(Reading(READING.report, "en", (), (claims[2],)))
    assert weight(found * 9) == MOST
    worst = replace(claims[2], polarity="negated", actors=(), attribution=(Voice("denies"), Voice("claims")))
    listed, = reasons(Reading(READING.report, "en", (), (worst,)))
    assert [reason.weight for reason in listed] == sorted((reason.weight for reason in listed), reverse=True)
    assert weight(listed) == min(MOST, sum(reason.weight for reason in listed))


# -- tolls -------------------------------------------------------------------------------------------------------------

TOLLS = "The camp lost 12 men. Later 15 men, or 12 to 20 men, or 12 women, were said to have died in the camp and hill."


def toll(words: str, low: int | None, high: int | None, **fields: Any) -> Claim:
    start = TOLLS.index(words)
    count = Count(words, start, start + len(words), fields.pop("what", "killed"), low, high, fields.pop("of", None))
    place = Role(*at(TOLLS, fields.pop("place", "camp")), "place")
    return Claim.about(Report(TOLLS).sha256, kind="condition", type="condition.shortage",
                       quote=Quote.at(TOLLS, start, start + len(words)), counts=(count,), places=(place,),
                       confidence=0.9, **fields)


def differ(*claims: Claim) -> list[bool]:
    return ["elsewhere in the report" in " ".join(reason.words for reason in found)
            for found in reasons(Reading(Report(TOLLS), "en", (), claims))]


def test_tolls_that_cannot_both_be_right() -> None:
    one, other = toll("12 men", 12, 12), toll("15 men", 15, 15)
    assert differ(one, other) == [True, True]
    found, _ = reasons(Reading(Report(TOLLS), "en", (), (one, other)))
    assert found[0].words == "“12 men” killed here, “15 men” elsewhere in the report"
    between = replace(FORECAST, quote=Quote("", 0, 0), actors=(), attribution=())
    assert differ(one, between, other) == [True, False, True]


@pytest.mark.parametrize("other", [
    toll("12 to 20 men", 12, 20), toll("15 men", None, 15), toll("15 men", 15, 15, what="injured"),
    toll("15 men", 15, 15, place="hill"), toll("15 men", 15, 15, time=Time("2016-09-28", "2016-09-29")),
    toll("12 men", 15, 15), toll("15 men", 15, 15, of="women")])
def test_tolls_that_can(other: Claim) -> None:
    one = toll("12 men", 12, 12, time=Time("2016-09-29", "2016-09-30"), of="men")
    assert differ(one, other) == [False, False]


def test_a_dataset_of_many_tolls_is_weighed_too() -> None:
    claims = tuple(replace(toll("12 men", 12, 12), external_id=str(number)) for number in range(3000))
    assert weights(Reading(Report(TOLLS), "en", (), claims)) == (0,) * 3000
