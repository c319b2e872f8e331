from __future__ import annotations

from typing import Any

import pytest
from tests.events.told import ARMY, CAMP, CIVILIANS, DAY, FIGHTERS, HELPERS, REBELS, TOWN, VILLAGE, told

from saksi.events.sequence import Captures, narrated, other_side
from saksi.events.sides import NOBODY, Party
from saksi.events.sighting import INFERRED, OPEN, Sighting, Words


def taken(name: str, by: Party = NOBODY, of: Party = NOBODY, day: int | None = 0, **fields: Any) -> Sighting:
    return told(name, "control.captured", day, doer=by, done_to=of, **fields)


# Sides


@pytest.mark.parametrize(("one", "other", "differ"), [
    ((ARMY, NOBODY), (REBELS, NOBODY), True), ((ARMY, NOBODY), (ARMY, NOBODY), False),
    ((ARMY, NOBODY), (HELPERS, NOBODY), False), ((ARMY, NOBODY), (FIGHTERS, NOBODY), True),
    ((ARMY, NOBODY), (NOBODY, ARMY), True), ((NOBODY, REBELS), (REBELS, NOBODY), True),
    ((ARMY, NOBODY), (NOBODY, REBELS), False), ((NOBODY, NOBODY), (ARMY, NOBODY), False),
    ((ARMY, REBELS), (ARMY, ARMY), False), ((NOBODY, CIVILIANS), (NOBODY, ARMY), False)])
def test_captures_are_by_two_sides_as_far_as_takers_and_losers_tell(
        one: tuple[Party, Party], other: tuple[Party, Party], differ: bool) -> None:
    assert other_side(taken("a", *one), taken("b", *other)) is differ
    assert other_side(taken("b", *other), taken("a", *one)) is differ


# In one report


def test_a_place_taken_back_with_a_time_not_its_own_is_taken_after_it_was_taken() -> None:
    made = narrated([taken("a", ARMY, known=DAY + 4), taken("b", REBELS, dated=INFERRED, known=DAY + 4)])
    assert (made[1].first, made[1].last, made[1].dated) == (DAY, DAY + 4, INFERRED)
    assert made[1].story.reverses == "a"
    assert made[0].story.reverses is None
    assert made[0].dated != INFERRED


def test_a_place_taken_back_on_the_very_day_is_taken_back_too() -> None:
    assert narrated([taken("a", ARMY), taken("b", REBELS)])[1].story.reverses == "a"


@pytest.mark.parametrize("then", [
    taken("b", REBELS, day=1), taken("b", REBELS, place=VILLAGE), taken("b", HELPERS), taken("b", REBELS, denied=True),
    told("b", doer=REBELS)])
def test_another_day_or_place_the_same_side_a_denial_or_another_deed_takes_nothing_back(then: Sighting) -> None:
    assert narrated([taken("a", ARMY), then])[1] is then


def test_a_capture_without_a_place_of_its_own_may_take_back() -> None:
    assert narrated([taken("a", ARMY), taken("b", REBELS, place=None)])[1].story.reverses == "a"


def test_what_is_not_known_to_have_come_later_has_no_time() -> None:
    made = narrated([taken("a", ARMY, day=3), taken("b", REBELS, day=None, known=DAY)])
    assert (made[1].first, made[1].last, made[1].dated) == (None, None, OPEN)
    assert made[1].story.reverses == "a"


def test_a_denied_capture_is_no_step_of_the_story() -> None:
    made = narrated([taken("a", ARMY), taken("d", REBELS, denied=True), taken("b", REBELS)])
    assert made[2].story.reverses == "a"


def test_two_names_in_one_breath_are_two_takers() -> None:
    def breath(name: str, who: str, at: int) -> Sighting:
        return taken(name, at=at, until=at + 30, words=Words(who=(who,)))

    assert narrated([breath("a", "“они”", 0), breath("b", "“другие”", 20)])[1].story.reverses == "a"
    assert narrated([breath("a", "“они”", 0), breath("b", "“они”", 20)])[1].story.reverses is None
    assert narrated([breath("a", "“они”", 0), breath("b", "“другие”", 200)])[1].story.reverses is None


# Between reports


def test_the_capture_by_the_other_side_in_between_is_found_in_either_order() -> None:
    first, then, between = taken("a", ARMY), taken("b", HELPERS, day=4), taken("x", REBELS, day=2)
    captures = Captures([first, then, between])
    assert captures.between(first, then) is between
    assert captures.between(then, first) is between


@pytest.mark.parametrize("other", [
    taken("x", REBELS, day=0), taken("x", REBELS, day=4), taken("x", REBELS, day=5), taken("x", HELPERS, day=2),
    taken("x", REBELS, day=2, place=VILLAGE), taken("x", REBELS, day=2, denied=True),
    taken("x", REBELS, day=2, dated=INFERRED), taken("x", REBELS, day=None), taken("x", REBELS, day=1, last=DAY + 4)])
def test_nothing_else_lies_in_between(other: Sighting) -> None:
    first, then = taken("a", ARMY), taken("b", ARMY, day=4)
    assert Captures([first, then, other]).between(first, then) is None


def test_a_capture_of_a_place_of_either_lies_in_between() -> None:
    first, then = taken("a", ARMY, place=CAMP), taken("b", ARMY, day=4, place=TOWN)
    between = taken("x", REBELS, day=2, place=TOWN)
    assert Captures([between]).between(first, then) is between
    assert Captures([between]).between(first, taken("b", ARMY, day=None)) is None
