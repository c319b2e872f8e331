from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.events.told import TOWN, killed, told, wars

from saksi.events.accounts import Account, accounts, claims_of, hull, refuses, settled
from saksi.events.sighting import INFERRED, Number, Sighting, Words
from saksi.events.words import PORTION, Said

BOUNDS = st.tuples(st.integers(0, 50), st.none() | st.integers(0, 50)).map(
    lambda pair: (pair[0], None if pair[1] is None else pair[0] + pair[1]))


def account(*sightings: Sighting) -> Account:
    """What one origin says."""
    (made,) = accounts(replace(one, origin="o") for one in sightings)
    return made


def settle(*ranges: tuple[int | None, int | None]) -> tuple[int, int | None] | None:
    return settled(Number("killed", low, high) for low, high in ranges)


# One for each origin


def test_each_origin_has_one_account_the_one_with_the_most_claims_first() -> None:
    made = accounts([told("a", origin="z"), told("b", origin="y"), told("c", origin="z"), told("d", origin="x")])
    assert [(one.origin, one.claims) for one in made] == [("z", ("a", "c")), ("x", ("d",)), ("y", ("b",))]


def test_a_claim_in_two_reports_is_one_claim_of_two_outlets() -> None:
    made = account(told("c@r1", outlet="News"), told("c@r2", outlet="Берег"), told("d@r2", outlet="Берег"))
    assert made.claims == ("c", "d")
    assert made.outlets == ("News", "Берег")
    assert claims_of([told("c@r1"), told("d"), told("c@r2")]) == ("c", "d")


def test_quotes_stand_with_their_claims_in_the_order_of_the_report() -> None:
    made = account(told("a", report="r", at=90, words=Words("وقتل آخرون")),
                   told("b", report="r", at=5, words=Words("قصفوا المخيم")), told("c", report="s", words=Words()))
    assert made.as_dict()["quotes"] == [{"claim": "b", "exact": "قصفوا المخيم"}, {"claim": "a", "exact": "وقتل آخرون"}]


@given(wars())
def test_every_claim_is_in_the_account_of_its_origin_and_no_other(war: list[Sighting]) -> None:
    made = accounts(war)
    assert sorted((one.origin, claim) for one in made for claim in one.claims) == \
        sorted((one.origin, one.claim) for one in war)


# What is said


def test_what_is_not_said_is_not_there() -> None:
    assert account(told("a", day=None, place=None)).values == {"happened": True, "what": ["attack.airstrike"]}


def test_who_whom_where_and_how_are_told_once_each() -> None:
    words = Words(who=("Army",), whom=("Rebels",))
    made = account(told("a", words=words, ways=frozenset({"napalm", "cluster"})), told("b", place=TOWN, words=words))
    assert made.values["who"] == ["Army"]
    assert made.values["whom"] == ["Rebels"]
    assert made.values["where"] == ["Camp", "Town"]
    assert made.values["way"] == ["cluster", "napalm"]


def test_times_and_places_taken_over_from_the_words_around_are_not_what_is_said() -> None:
    words = Words(start="2016-09-24", end="2016-09-25", precision="day")
    made = account(told("a", words=words))
    assert made.values["when"] == [
        {"start": "2016-09-24", "end": "2016-09-25", "precision": "day", "approximate": False}]
    borrowed = account(told("a", words=words, dated=INFERRED, placed=INFERRED))
    assert not {"when", "where"} & set(borrowed.values)


def test_it_happened_unless_all_is_denied_and_is_open_where_all_is_uncertain() -> None:
    assert account(told("a"), told("b", denied=True)).values["happened"] is True
    assert account(told("a", denied=True)).values["happened"] is False
    assert account(told("a", uncertain=True)).values["happened"] is None
    assert account(told("a", uncertain=True), told("b")).values["happened"] is True


def test_words_and_who_holds_a_place_do_not_say_that_it_happened() -> None:
    held = told("a", "control.held", words=Words(who=("Front",), said=Said(extent="most")))
    assert account(held).values == {"what": ["control.held"], "who": ["Front"], "where": ["Camp"], "extent": ["most"],
                                    "holds": ["Front"], "when": [
                                        {"start": None, "end": None, "precision": None, "approximate": False}]}
    word = replace(told("b"), type="statement.threat", act="word")
    assert "happened" not in account(word).values
    assert "where" not in account(word).values


def test_how_much_is_told_of_places_that_are_taken_and_not_of_those_that_are_hit() -> None:
    assert "extent" not in account(told("a", words=Words(said=Said(extent="part")))).values


# How many


def test_numbers_of_one_origin_are_never_added() -> None:
    made = account(told("a", counts=killed(20, None)), told("b", counts=killed(25, 25)))
    assert made.values["killed"] == {"low": 25, "high": 25}


def test_children_among_the_dead_are_not_the_dead() -> None:
    made = account(told("a", counts=(*killed(9, 9), *killed(4, 4, PORTION))))
    assert made.values["killed"] == {"low": 9, "high": 9}
    assert made.values["killed_among_them"] == {"low": 4, "high": 4}


def test_denied_numbers_are_no_toll_and_nobody_hurt_is_the_number_none() -> None:
    denied, none = told("a", counts=killed(5, 5), denied=True), told("b", counts=killed(0, 0), denied=True)
    assert refuses(denied)
    assert not refuses(none)
    assert not refuses(told("c", counts=killed(5, 5)))
    assert "killed" not in account(denied).values
    assert account(none).values["killed"] == {"low": 0, "high": 0}


@pytest.mark.parametrize(("ranges", "found"), [
    ([], None), ([(None, None)], None), ([(None, 5), (3, 3)], (3, 3)), ([(20, None), (25, 25)], (25, 25)),
    ([(10, 20), (15, 30)], (15, 20)), ([(5, 5), (9, 9)], (5, 9)), ([(20, None), (12, 12)], (12, None)),
    ([(20, None), (30, None)], (30, None))])
def test_numbers_come_to_what_all_allow_else_to_all_of_them(
        ranges: list[tuple[int | None, int | None]], found: tuple[int, int | None] | None) -> None:
    assert settle(*ranges) == found


@given(st.lists(BOUNDS, min_size=1, max_size=5))
def test_what_numbers_come_to_lies_within_their_hull(ranges: list[tuple[int, int | None]]) -> None:
    around, found = hull(ranges), settle(*ranges)
    assert around is not None
    assert found is not None
    assert around[0] <= found[0]
    assert around[1] is None or (found[1] is not None and found[0] <= found[1] <= around[1])


def test_a_hull_is_open_where_any_of_its_ranges_is() -> None:
    assert hull([]) is None
    assert hull([(3, 5), (1, 2)]) == (1, 5)
    assert hull([(3, 5), (4, None)]) == (3, None)
