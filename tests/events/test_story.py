from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.events.told import ACTS, CAMP, DAY, HOSPITAL, TOWN, VILLAGE, told

from saksi.events.parameters import parameters
from saksi.events.sighting import INFERRED, OPEN, Sighting, Story
from saksi.events.story import answering, telling
from saksi.records import Claim, Quote

ACT_OF = parameters().act_of


def at(name: str, start: int, type_: str = "attack.airstrike", **fields: Any) -> Sighting:
    """A sighting of 40 characters of report r, from `start` on."""
    one = told(name, type_ if type_ in ACTS else "attack.airstrike", report="r", at=start, until=start + 40, **fields)
    return replace(one, type=type_, act=ACT_OF[type_], kind=type_.partition(".")[0].replace("attack", "event"))


def about(*sightings: Sighting) -> dict[str, str | None]:
    """What each is about."""
    rows = []
    for one in sightings:
        kind = "statement" if one.type.startswith("statement.") else "event"
        rows.append((Claim(one.id, kind, one.type, Quote("x" * 40, one.at, one.at + 40)), one))
    return {one.id: one.about for one in answering([*rows])}


def story(*sightings: Sighting) -> Story:
    """The story of the last of some sightings."""
    return telling(list(sightings))[-1].story


# What an answer is about


def test_a_denial_is_about_what_is_said_right_after_it() -> None:
    found = about(at("old", 0), at("no", 100, "statement.denial"), at("what", 145))
    assert found == {"old": None, "no": "what", "what": None}


def test_a_denial_with_nothing_of_its_own_is_about_the_happening_told_last_before_it() -> None:
    found = about(at("old", 0), at("last", 50), at("word", 100, "statement.says"),
                  at("held", 150, "control.held"), at("no", 200, "statement.denial"), at("next", 300))
    assert found["no"] == "last"
    assert about(at("no", 0, "statement.accusation"))["no"] is None


def test_a_denial_of_what_is_no_sighting_is_about_nothing() -> None:
    denial = at("no", 100, "statement.denial")
    plan = Claim("plan", "event", "attack.airstrike", Quote("x" * 10, 145, 155))
    no = Claim("no", "statement", "statement.denial", Quote("x" * 40, 100, 140))
    made = answering([(Claim("a", "event", "attack.airstrike", Quote("x" * 40, 0, 40)), at("a", 0)),
                      (no, denial), (plan, None)])
    assert [(one.id, one.about) for one in made] == [("a", None), ("no", None)]


def test_who_holds_a_place_is_told_after_who_has_taken_it() -> None:
    def held(**fields: Any) -> Sighting:
        return at("now", 100, "control.held", **({"day": None} | fields))

    assert about(at("a", 0, "control.captured"), held())["now"] == "a"
    assert about(at("a", 0, "control.captured"), held(place=None))["now"] == "a"
    assert about(at("a", 0, "control.captured"), held(place=VILLAGE))["now"] is None
    assert about(at("a", 0, "control.captured"), held(day=2))["now"] is None
    assert about(at("a", 0), held())["now"] is None


def test_what_is_rejected_is_the_statement_before_else_the_way_out() -> None:
    way, offer = at("way", 0, "corridor.opened"), at("offer", 60, "statement.offer")
    assert about(way, offer, at("no", 120, "statement.rejection"))["no"] == "offer"
    assert about(way, at("no", 120, "statement.rejection"))["no"] == "way"
    assert about(way, offer, at("no", 900, "statement.condemnation"))["no"] == "way"
    assert about(at("a", 0), at("no", 120, "statement.condemnation"))["no"] is None


def test_rows_of_a_table_answer_nothing() -> None:
    row = replace(at("no", 0, "statement.denial"), at=-1, until=-1)
    assert answering([(Claim("a", "event", "attack.airstrike", Quote("x" * 40, 0, 40)), at("a", 0)),
                      (Claim("no", "statement", "statement.denial", Quote("", 0, 0)), row)])[1].about is None


# What was told before


def test_a_claim_without_day_or_place_goes_on_where_the_story_is() -> None:
    found = story(at("a", 0, place=VILLAGE), at("b", 100, day=2), at("u", 200, day=None, place=None))
    assert found == Story(DAY + 2, DAY + 2, (CAMP,))


def test_a_claim_with_day_and_place_needs_no_story() -> None:
    assert story(at("a", 0, place=VILLAGE), at("b", 100)) == Story()


def test_a_day_taken_over_needs_no_day_and_a_place_of_its_own_no_place() -> None:
    before = at("a", 0, place=VILLAGE)
    assert story(before, at("b", 100, placed=INFERRED)) == Story(None, None, (VILLAGE,))
    assert story(before, at("b", 100, day=None)) == Story(DAY, DAY, ())
    assert story(before, at("b", 100, dated=INFERRED)) == Story()


def test_the_first_day_that_is_told_later_holds_for_what_comes_before_it() -> None:
    made = telling([at("u", 0, day=None), at("b", 100, day=3)])
    assert made[0].story.first == DAY + 3


@pytest.mark.parametrize("vague", [at("a", 0, last=DAY + 9), at("a", 0, dated=INFERRED), at("a", 0, "statement.says")])
def test_a_vague_day_one_taken_over_and_that_of_a_statement_are_not_told(vague: Sighting) -> None:
    assert story(vague, at("u", 100, day=None)).first is None


def test_the_place_told_last_holds_for_a_while() -> None:
    assert story(at("a", 0), at("u", 600, place=None, placed=OPEN)).spots == (CAMP,)
    assert story(at("a", 0), at("u", 900, place=None, placed=OPEN)).spots == ()


def test_what_is_denied_may_be_any_of_the_last_four_that_were_told_the_last_one_first() -> None:
    before = [at(f"a{number}", 1_000 * number, place=place)
              for number, place in enumerate((TOWN, CAMP, HOSPITAL, CAMP, VILLAGE))]
    found = story(*before, at("u", 9_000, day=None, place=None, denied=True))
    assert found == Story(None, None, (VILLAGE, CAMP, HOSPITAL))


def test_statements_and_rows_of_a_table_have_no_story() -> None:
    said = at("b", 100, "statement.says", day=None, place=None)
    assert story(at("a", 0), said) == Story()
    assert story(at("a", 0), replace(at("b", 100, day=None), at=-1)) == Story()
