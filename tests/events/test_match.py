from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from tests.events.told import ARMY, CAMP, DAY, HOSPITAL, REBELS, TOWN, VILLAGE, killed, told, wars

from saksi.events.match import Match, Matcher, Part
from saksi.events.parameters import parameters
from saksi.events.sighting import INFERRED, OPEN, SAID, Number, Sighting, Story
from saksi.events.spots import Spot
from saksi.events.words import PORTION

VALUES = parameters()
NEVER = VALUES["never"]
VAGUE: dict[str, Any] = {"place": TOWN}      # so that numbers and words are compared


def points(one: Sighting, other: Sighting) -> float:
    return Matcher().points(one, other)


def parts(one: Sighting, other: Sighting) -> dict[str, tuple[float, str]]:
    return {part.name: (part.points, part.found) for part in Matcher().match(one, other).parts}


def worth(name: str, one: Sighting, other: Sighting) -> float:
    """The points of one part; 0 where it is not told."""
    return parts(one, other).get(name, (0.0, ""))[0]


# All together


@given(wars(most=8))
def test_points_do_not_depend_on_which_claim_comes_first(war: list[Sighting]) -> None:
    matcher = Matcher()
    for one in war:
        for other in war:
            assert matcher.points(one, other) == matcher.points(other, one)
            assert matcher.match(one, other).points == pytest.approx(matcher.match(other, one).points)


@given(wars(most=8))
def test_points_are_those_of_the_match_and_these_the_sum_of_its_parts(war: list[Sighting]) -> None:
    matcher = Matcher()
    for one in war:
        for other in war:
            match = matcher.match(one, other)
            found = matcher.points(one, other)
            if match.points > NEVER / 2 or found > NEVER / 2:
                assert found == pytest.approx(match.points)
                if "whose dead" not in {part.name for part in match.parts}:     # see test_who.py
                    assert match.points == pytest.approx(sum(part.points for part in match.parts))


@given(wars(most=8))
def test_what_a_matcher_has_compared_before_changes_nothing(war: list[Sighting]) -> None:
    matcher = Matcher()
    for one in war:
        for other in war:
            assert matcher.points(one, other) == Matcher().points(one, other)


def test_two_claims_that_agree_in_all_are_one_and_such_that_agree_in_nothing_are_not() -> None:
    assert points(told("a", doer=ARMY), told("b", doer=ARMY)) > 0
    assert points(told("a", doer=ARMY), told("b", day=40, place=VILLAGE, doer=REBELS)) == NEVER


def test_the_score_is_a_half_where_the_points_are_none() -> None:
    assert Match(0.0, ()).score == 0.5
    assert Match(2.0, ()).score == pytest.approx(0.881, abs=1e-3)
    assert Match(-400.0, ()).score < 1e-9
    assert Match(1.23456, (Part("when", 0.98765, "the same day"),)).as_dict() == {
        "score": 0.775, "points": 1.235, "parts": [{"part": "when", "points": 0.988, "found": "the same day"}]}


# What


def test_one_type_is_worth_more_than_one_act_and_that_more_than_two_acts() -> None:
    strike = told("a")
    types = ["attack.airstrike", "attack.shelling", "violence.killing", "corridor.attacked"]
    assert worth("what", strike, told("b")) == VALUES.alike["attack.airstrike", "attack.airstrike"]
    assert worth("what", strike, told("b")) == max(worth("what", strike, told("b", name)) for name in types)
    assert worth("what", strike, told("b", types[1])) == VALUES.alike["attack.airstrike", "attack.shelling"]


def test_acts_that_are_no_pair_are_never_one_happening_unless_they_are_of_one_scene() -> None:
    arrest = replace(told("b"), type="detention.arrest", act="seizing")
    assert Matcher().match(told("a"), arrest).points == NEVER
    assert parts(told("a"), arrest)["what"][1] == "detention.arrest and attack.airstrike are never one happening"
    assert worth("what", told("a"), told("b", "corridor.opened")) == VALUES["unlisted"]


def test_what_is_denied_is_what_was_said_and_not_what_goes_with_it() -> None:
    def other(type_: str) -> float:
        return points(told("a"), told("b", type_, denied=True)) - points(told("a"), told("b", type_))

    assert other("attack.airstrike") == pytest.approx(VALUES["denial"])
    assert other("violence.killing") == pytest.approx(VALUES["denial"] + VALUES["denied_other_act"])


def test_words_may_be_about_a_deed_unless_somebody_says_them_to_somebody() -> None:
    word = replace(told("w"), type="statement.says", act="word", people=frozenset({"anna"}))
    assert worth("what", told("a"), word) == VALUES["about"]
    assert worth("what", told("a", "corridor.opened"), word) == VALUES["about_passage"]
    assert Matcher().match(told("a"), replace(word, done_to=REBELS)).points == NEVER


def test_what_is_never_one_happening_has_the_same_points_both_ways() -> None:
    arrest = replace(told("b"), type="detention.arrest", act="seizing")
    assert points(told("a"), arrest) == Matcher().match(told("a"), arrest).points


# When


def test_the_more_days_between_the_less_and_then_never() -> None:
    def after(days: int, type_: str) -> float:
        return worth("when", told("a", type_), told("b", type_, day=days))

    assert after(0, "attack.airstrike") > after(1, "attack.airstrike") > after(2, "attack.airstrike")
    assert points(told("a"), told("b", day=3)) == NEVER
    assert after(3, "control.captured") > after(3, "battle.clash")
    assert parts(told("a"), told("b", day=1))["when"][1] == "1 day apart"


def test_about_a_day_reaches_a_day_farther() -> None:
    assert worth("when", told("a"), told("b", day=1, approximate=True)) == worth("when", told("a"), told("b"))
    assert points(told("a"), told("b", day=3, approximate=True)) > NEVER


def test_the_vaguer_a_time_the_less_it_says() -> None:
    worths = [worth("when", told("a"), told("b", last=DAY + days - 1)) for days in (1, 2, 7, 30, 300, 2_000)]
    assert worths == sorted(worths, reverse=True)
    assert len(set(worths)) == len(worths)
    months = [told(name, last=DAY + 29) for name in "ab"]
    assert worth("when", *months) == VALUES["as_vague"]


def test_a_time_taken_over_from_the_words_around_says_less() -> None:
    borrowed = told("b", dated=INFERRED)
    assert worth("when", told("a"), borrowed) == pytest.approx(
        VALUES["inferred"] * worth("when", told("a"), told("b")))
    assert worth("when", told("a"), replace(borrowed, first=DAY + 1, last=DAY + 1)) == \
        worth("when", told("a"), told("b", day=1))


def test_what_has_no_day_is_not_later_than_its_report() -> None:
    undated = told("u", day=None, known=DAY)
    assert points(undated, told("b", day=3)) == NEVER
    assert points(undated, told("b", day=1)) > NEVER
    assert worth("when", undated, told("b", day=0)) > worth("when", undated, told("b", day=-5)) > \
        worth("when", undated, told("b", day=-30))
    assert "0 days after" in parts(undated, told("b"))["when"][1]
    assert worth("when", undated, told("v", day=None, known=DAY)) == VALUES["both_undated"]
    assert worth("when", told("u", day=None, known=None), told("b")) == 0


def test_the_day_told_last_in_its_report_is_likelier() -> None:
    undated = told("u", day=None, known=DAY + 1, report="r", story=Story(DAY, DAY))
    assert worth("when", undated, told("b", report="r")) == pytest.approx(
        worth("when", undated, told("b", report="s")) + VALUES["told_last"])


def test_a_capture_taken_back_is_not_before_what_it_takes_back() -> None:
    back = told("b", "control.captured", story=Story(reverses="a"))
    assert points(back, told("x", "control.captured", day=-1)) == NEVER
    assert points(back, told("x", "control.captured", day=1)) > NEVER


def test_a_place_is_held_after_it_is_taken() -> None:
    taken = told("a", "control.captured", day=10)
    assert worth("when", taken, told("b", "control.held", day=14)) > 0
    assert worth("when", taken, told("b", "control.held", day=6)) == VALUES["held_before"]


# Where


def test_the_closest_of_several_places_counts() -> None:
    both = told("b", spots=(VILLAGE, CAMP), place=None, placed=SAID)
    assert worth("where", told("a"), both) == worth("where", told("a"), told("b"))
    assert worth("where", told("a"), told("b", place=VILLAGE)) == VALUES["apart"]


def test_without_a_place_nothing_is_said_for_or_against() -> None:
    assert parts(told("a"), told("b", place=None))["where"] == (
        VALUES["placeless"], "one of them names no place that tells it from others")


def test_a_place_taken_over_from_the_words_around_says_less_and_refuses_less() -> None:
    borrowed = told("b", placed=INFERRED)
    assert worth("where", told("a"), borrowed) == pytest.approx(
        VALUES["inferred"] * worth("where", told("a"), told("b")))
    assert worth("where", told("a", place=VILLAGE), borrowed) == VALUES["two_names"]
    told_before = told("b", place=None, placed=OPEN, story=Story(spots=(CAMP,)))
    assert worth("where", told("a"), told_before) == worth("where", told("a"), borrowed)
    assert parts(told("a"), told_before)["where"][1].endswith("(told before)")


def test_a_way_out_concerns_the_whole_town_and_a_strike_its_quarter() -> None:
    ways = [told("a", "corridor.opened"), told("b", "corridor.attacked", place=HOSPITAL)]
    assert worth("where", *ways) > 0 > worth("where", told("a"), told("b", place=HOSPITAL))


def test_words_are_said_wherever_they_are_said() -> None:
    one, other = (replace(told(name, place=place), type="statement.says", act="word", speakers=ARMY)
                  for name, place in (("a", CAMP), ("b", VILLAGE)))
    assert "where" not in parts(one, other)
    assert points(one, other) > NEVER


# How many, in which words, how


@pytest.mark.parametrize(("one", "other", "name"), [
    (killed(13, 13), killed(13, 13), "equal_odd_count"), (killed(20, 20), killed(20, None), "equal_count"),
    (killed(2, 2), killed(2, 2), "equal_count"), (killed(10, None), killed(13, 13), "agreeing_count"),
    (killed(5, 9), killed(8, 12), "agreeing_count")])
def test_numbers_that_agree(one: tuple[Number, ...], other: tuple[Number, ...], name: str) -> None:
    assert worth("how many", told("a", counts=one, **VAGUE), told("b", counts=other, **VAGUE)) == VALUES[name]


def test_numbers_that_differ_say_the_more_against_it_the_farther_they_are_apart() -> None:
    def against(count: int) -> float:
        return worth("how many", told("a", counts=killed(10, 10), **VAGUE), told("b", counts=killed(count, count),
                                                                                 **VAGUE))

    assert 0 > against(11) > against(20) > against(90) > VALUES["differing_count"]
    assert against(20) == pytest.approx(VALUES["differing_count"] / 2)


def test_children_are_not_compared_with_all_the_dead_nor_the_hurt_with_the_dead() -> None:
    one = told("a", counts=killed(13, 13), **VAGUE)
    assert worth("how many", one, told("b", counts=killed(13, 13, PORTION), **VAGUE)) == 0
    assert worth("how many", one, told("b", counts=(Number("injured", 13, 13),), **VAGUE)) == 0
    assert worth("how many", one, told("b", counts=(Number("killed", None, 20),), **VAGUE)) == 0


def test_numbers_and_words_do_not_count_where_both_say_place_and_day() -> None:
    exact = [told(name, counts=killed(13, 13), content=frozenset({"market", "bread", "queue"})) for name in "ab"]
    assert points(*exact) == points(told("a"), told("b"))
    assert worth("how many", *exact) == worth("wording", *exact) == 0


def test_words_are_compared_in_one_language_only() -> None:
    def one(name: str, language: str, words: str) -> Sighting:
        return told(name, language=language, content=frozenset(words.split()), **VAGUE)

    bread = one("a", "id", "pasar roti antrean pagi")
    assert worth("wording", bread, one("b", "id", "pasar roti antrean")) == VALUES["wording"]
    assert worth("wording", bread, one("b", "id", "pasar siang hujan")) == pytest.approx(VALUES["wording"] / 3)
    assert worth("wording", bread, one("b", "ms", "pasar roti antrean")) == 0
    assert worth("wording", bread, one("b", "id", "pasar roti")) == 0
    assert parts(bread, one("b", "ru", "рынок хлеб очередь"))["wording"][1] == "not compared: id and ru"


def test_the_same_way_counts_even_of_exact_claims_and_another_way_says_nothing() -> None:
    one = told("a", ways=frozenset({"cluster"}))
    plain = points(told("a"), told("b"))
    assert points(one, told("b", ways=frozenset({"cluster", "napalm"}))) == pytest.approx(plain + VALUES["same_way"])
    assert points(one, told("b", ways=frozenset({"napalm"}))) == points(one, told("b")) == plain


# In one report


def test_the_nearer_in_one_report_the_likelier() -> None:
    def apart(characters: int, report: str = "r", type_: str = "attack.airstrike") -> float:
        return worth("report", told("a", type_, report="r", at=0, until=50),
                     told("b", type_, report=report, at=50 + characters, until=100 + characters))

    assert apart(-10) > apart(3) > apart(100) > apart(500) > apart(5_000) > 0
    assert apart(3, "s") == 0
    assert apart(5_000, type_="corridor.opened") == VALUES["near_passage"]


def test_rows_of_a_table_are_not_near_one_another() -> None:
    rows = [told(name, report="r") for name in "ab"]
    assert worth("report", *rows) == 0
    said = [replace(row, type="statement.says", act="word") for row in rows]
    assert worth("report", *said) == VALUES["one_report"]


def test_nearness_can_be_left_out() -> None:
    one, other = (told(name, report="r", at=0, until=9) for name in "ab")
    matcher = Matcher()
    assert matcher.points(one, other) - matcher.points(one, other, near=False) == pytest.approx(VALUES.near(-1))
    assert matcher.near(one, one) == 0


def test_a_place_on_no_map_can_be_any_other_but_hardly() -> None:
    unknown = told("b", place=Spot(None, "mrt", "Marat"))
    assert worth("where", told("a"), unknown) == VALUES["two_names"]
