from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.events.told import ARMY, CIVILIANS, HELPERS, REBELS, killed, told, wars

from saksi.events.disputes import KINDS, Dispute
from saksi.events.event import Event, events
from saksi.events.judgements import Judgement
from saksi.events.merging import Merging
from saksi.events.sighting import Sighting, Words
from saksi.events.words import Said


def event(*sightings: Sighting) -> Event:
    """The one event that the sightings are put into."""
    merging = Merging(judgements=[Judgement(sightings[0].claim, one.claim, "same") for one in sightings[1:]])
    merging.add(sightings)
    (made,) = events(merging)
    return made


def disputes(*sightings: Sighting, kind: str) -> list[Dispute]:
    return [dispute for dispute in event(*sightings).disputes if dispute.kind == kind]


# How many


@pytest.mark.parametrize("other", [killed(24, None), killed(30, 45), killed(38, 38), ()])
def test_what_is_vague_does_not_dispute_what_is_exact(other: tuple[object, ...]) -> None:
    assert not disputes(told("a", counts=killed(38, 38)), told("b", counts=other), kind="toll")


def test_thirteen_and_fourteen_differ_mildly_and_twenty_and_forty_five_do_not() -> None:
    (mild,) = disputes(told("a", counts=killed(13, 13)), told("b", counts=killed(14, 14)), kind="toll")
    (grave,) = disputes(told("a", counts=killed(20, 20)), told("b", counts=killed(45, 45)), kind="toll")
    assert 0 < mild.size < 0.2
    assert 0.5 < grave.size <= 1
    assert {value.value for value in grave.values} == {"20", "45"}
    assert {value.origins for value in grave.values} == {("origin of a",), ("origin of b",)}


def test_tolls_are_never_added_across_accounts() -> None:
    made = event(told("a", counts=killed(12, 12)), told("b", counts=killed(15, 15)), told("c", counts=killed(10, None)))
    assert dict(made.tolls) == {"killed": (10, None)}
    assert [account.values["killed"] for account in made.accounts] == [
        {"low": 12, "high": 12}, {"low": 15, "high": 15}, {"low": 10, "high": None}]


@given(wars())
def test_no_toll_is_higher_than_the_highest_that_anybody_says(war: list[Sighting]) -> None:
    merging = Merging()
    merging.add(war)
    highest = max((number.low or 0 for one in war for number in one.counts), default=0)
    for made in events(merging):
        assert all(low <= highest and (high is None or high <= highest) for low, high in made.tolls.values())


def test_one_origin_does_not_dispute_with_itself() -> None:
    assert not disputes(told("a", counts=killed(5, 5), origin="o"), told("b", counts=killed(9, 9), origin="o"),
                        kind="toll")


# Whether it happened, and who did it


def test_a_denial_is_shown_with_whose_it_is() -> None:
    (found,) = disputes(told("a", doer=ARMY), told("b", doer=ARMY, denied=True), kind="denial")
    assert found.field == "happened"
    assert found.size == 1.0
    assert {value.value: value.origins for value in found.values} == {
        "happened": ("origin of a",), "denied": ("origin of b",)}


def test_two_sides_that_blame_each_other_are_a_dispute_along_the_sides() -> None:
    blamed = [told("a", doer=REBELS, teller=ARMY, words=Words(who=("Rebels",))),
              told("b", doer=ARMY, teller=REBELS, words=Words(who=("Army",)))]
    (found,) = disputes(*blamed, kind="responsibility")
    assert found.along_sides is True
    assert {value.value for value in found.values} == {"Rebels", "Army"}


def test_who_names_nobody_disputes_nobody_and_allies_are_no_dispute_over_a_capture() -> None:
    assert not disputes(told("a", doer=ARMY, words=Words(who=("Army",))), told("b"), kind="responsibility")
    taken = [told("a", "control.captured", doer=ARMY, words=Words(who=("Army",))),
             told("b", "control.captured", doer=HELPERS, words=Words(who=("Helpers",)))]
    assert not disputes(*taken, kind="responsibility")


# When, where, how much of it, and to whom


def test_another_day_is_a_dispute_and_a_vaguer_time_is_not() -> None:
    taken = told("a", "control.captured", doer=ARMY)
    (found,) = disputes(taken, told("b", "control.captured", 1, doer=ARMY), kind="time")
    assert 0 < found.size < 0.5
    month = told("c", "control.captured", doer=ARMY, last=(taken.first or 0) + 20)
    assert not disputes(taken, month, kind="time")


def test_opposite_directions_are_a_dispute_on_the_place_and_near_ones_are_not() -> None:
    def lying(name: str, degrees: int) -> Sighting:
        return told(name, words=Words(said=Said(bearings=frozenset({degrees}))))

    (found,) = disputes(lying("a", 0), lying("b", 135), kind="place")
    assert {value.value for value in found.values} == {"north", "south-east"}
    assert not disputes(lying("a", 0), lying("b", 45), kind="place")


def test_most_of_a_place_disputes_the_place() -> None:
    def taken(name: str, extent: str | None) -> Sighting:
        return told(name, "control.captured", doer=ARMY, words=Words(said=Said(extent=extent)))

    (found,) = disputes(taken("a", None), taken("b", "most"), kind="control")
    assert found.size < 0.5
    assert not disputes(taken("a", None), taken("b", "whole"), kind="control")


def test_civilians_for_the_one_and_fighters_for_the_other() -> None:
    hit = [told("a", done_to=CIVILIANS, counts=killed(5, 5)), told("b", done_to=REBELS, counts=killed(5, 5))]
    assert [found.field for found in disputes(*hit, kind="characterisation")] == ["to whom"]


# All


@given(wars())
def test_disputes_are_of_the_contract(war: list[Sighting]) -> None:
    merging = Merging()
    merging.add(war)
    for made in events(merging):
        origins = {account.origin for account in made.accounts}
        for dispute in made.disputes:
            assert dispute.kind in KINDS
            assert 0.0 <= dispute.size <= 1.0
            assert len(dispute.values) > 1
            for value in dispute.values:
                assert set(value.origins) <= origins
                assert set(value.claims) <= set(made.claims)


@given(wars(), st.randoms(use_true_random=False))
def test_permuting_the_origins_permutes_the_accounts_and_nothing_else(war: list[Sighting], chance: object) -> None:
    names = sorted({one.origin for one in war})
    mixed = list(names)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    renamed = dict(zip(names, mixed, strict=True))

    def shape(sightings: list[Sighting], rename: dict[str, str]) -> list[object]:
        merging = Merging()
        merging.add(sightings)
        return [(made.id, made.title, made.claims, dict(made.tolls),
                 {rename[account.origin]: (account.claims, str(account.values)) for account in made.accounts},
                 sorted((d.field, d.kind, round(d.size, 6), d.along_sides,
                         sorted((str(v.value), sorted(rename[o] for o in v.origins)) for v in d.values))
                        for d in made.disputes)) for made in events(merging)]

    same = {name: name for name in names}
    assert shape([replace(one, origin=renamed[one.origin]) for one in war], same) == shape(war, renamed)
