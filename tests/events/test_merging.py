from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.events.told import ARMY, CAMP, DAY, HELPERS, HOSPITAL, REBELS, TOWN, VILLAGE, told, wars

from saksi.events.event import events
from saksi.events.judgements import Judgement
from saksi.events.merging import Merging
from saksi.events.sides import Party, party_of
from saksi.events.sighting import OPEN, Sighting


def merged(sightings: Iterable[Sighting], judgements: Iterable[Judgement] = ()) -> Merging:
    merging = Merging(judgements=judgements)
    merging.add(sightings)
    return merging


def groups(merging: Merging) -> set[frozenset[str]]:
    return {frozenset(one.id for one in group.claims) for group in merging.groups()}


def shown(merging: Merging) -> list[object]:
    return [event.as_dict() for event in events(merging)]


# What belongs together


def test_two_outlets_on_one_strike_are_one_event() -> None:
    assert groups(merged([told("a", doer=ARMY), told("b", doer=ARMY)])) == {frozenset("ab")}


@pytest.mark.parametrize("other", [told("b", place=VILLAGE), told("b", day=4), told("b", place=HOSPITAL),
                                   told("b", "control.captured", doer=REBELS)])
def test_another_place_day_or_deed_is_another_event(other: Sighting) -> None:
    assert groups(merged([told("a", doer=ARMY), other])) == {frozenset("a"), frozenset("b")}


def test_a_claim_about_the_town_joins_the_one_about_the_camp_in_it() -> None:
    assert groups(merged([told("a", doer=ARMY), told("b", place=TOWN, doer=ARMY)])) == {frozenset("ab")}


def test_a_claim_about_the_town_does_not_put_two_places_in_it_together() -> None:
    found = groups(merged([told("a"), told("b", place=HOSPITAL), told("c", place=TOWN)]))
    assert not any({"a", "b"} <= group for group in found)


def test_a_claim_without_a_day_joins_what_its_report_can_know_of() -> None:
    undated = told("u", day=None, known=DAY + 1, doer=ARMY)
    assert groups(merged([told("a", doer=ARMY), undated])) == {frozenset("au")}
    assert groups(merged([told("a", day=9, doer=ARMY), undated])) == {frozenset("a"), frozenset("u")}


def test_a_claim_that_fits_two_events_joins_one_and_says_so() -> None:
    vague = told("v", place=TOWN)
    listed = merged([told("a"), told("b", place=HOSPITAL), vague]).groups()
    (holding,) = [group for group in listed if any(one.id == "v" for one in group.claims)]
    other = {"a": "b", "b": "a"}[min(one.id for one in holding.claims)]
    assert holding.also == {"v": (other,)}


def test_taken_lost_and_taken_again_are_three_events() -> None:
    first = [told(f"a{n}", "control.captured", 0, doer=ARMY, done_to=REBELS) for n in range(3)]
    lost = [told(f"b{n}", "control.captured", 1, doer=REBELS, done_to=ARMY) for n in range(3)]
    again = [told(f"c{n}", "control.captured", 5, doer=ARMY) for n in range(3)]
    assert groups(merged(first + lost + again)) == {
        frozenset(one.id for one in part) for part in (first, lost, again)}


def test_captures_four_days_apart_are_one_only_while_nobody_took_it_in_between() -> None:
    early, late = (told(name, "control.captured", day, doer=HELPERS) for name, day in (("a", 0), ("b", 2)))
    assert groups(merged([early, late])) == {frozenset("ab")}
    between = told("x", "control.captured", 1, doer=REBELS)
    assert groups(merged([early, late, between])) == {frozenset("a"), frozenset("b"), frozenset("x")}


# Properties


@given(wars(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(war: list[Sighting], chance: object) -> None:
    mixed = list(war)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert shown(merged(mixed)) == shown(merged(war))


@given(wars())
def test_adding_twice_changes_nothing(war: list[Sighting]) -> None:
    merging = merged(war)
    before = shown(merging)
    merging.add(war)
    assert shown(merging) == before


@settings(max_examples=150)
@given(wars(), st.data())
def test_adding_bit_by_bit_is_a_rebuild(war: list[Sighting], data: st.DataObject) -> None:
    merging = Merging()
    waiting = data.draw(st.permutations(war))
    while waiting:
        count = data.draw(st.integers(1, len(waiting)))
        merging.add(waiting[:count])
        waiting = waiting[count:]
    assert shown(merging) == shown(merged(war))


@given(wars(most=9), st.randoms(use_true_random=False))
def test_adding_one_at_a_time_is_a_rebuild(war: list[Sighting], chance: object) -> None:
    mixed = list(war)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    merging = Merging()
    for one in mixed:
        merging.add([one])
    assert shown(merging) == shown(merged(war))


@given(wars())
def test_who_prints_a_claim_changes_no_group(war: list[Sighting]) -> None:
    renamed = [replace(one, origin=f"{one.origin} too", outlet="one for all") for one in war]
    assert groups(merged(renamed)) == groups(merged(war))


SWAPPED = {"army": "rebels", "rebels": "army", "state-a": "front", "front": "state-a"}


def swapped(party: Party) -> Party:
    """The party with two armed groups in one another's places."""
    def names(found: frozenset[str]) -> frozenset[str]:
        return frozenset(SWAPPED.get(name, name) for name in found)

    return party_of(replace(party, ids=names(party.ids), bodies=names(party.bodies), friends=names(party.friends),
                            aims=names(party.aims)))


def armed(party: Party) -> Party:
    """The party as an armed group: sides that differ in nothing but their names."""
    return party_of(replace(party, for_state=False, friends=frozenset(), aims=frozenset(), classes=frozenset(
        "armed" if name == "state" else name for name in party.classes)))


@given(wars())
def test_with_the_sides_swapped_the_groups_are_the_same(war: list[Sighting]) -> None:
    even = [replace(one, doer=armed(one.doer), done_to=armed(one.done_to)) for one in war]
    mirrored = [replace(one, doer=swapped(one.doer), done_to=swapped(one.done_to)) for one in even]
    assert groups(merged(mirrored)) == groups(merged(even))


@given(wars())
def test_every_claim_is_in_one_event_and_no_other(war: list[Sighting]) -> None:
    named = [one.id for group in merged(war).groups() for one in group.claims]
    assert sorted(named) == sorted(one.id for one in war)


# Judgements


@given(wars(), st.data())
def test_a_judgement_binds_whatever_comes_later(war: list[Sighting], data: st.DataObject) -> None:
    one, other = data.draw(st.permutations([sighting.id for sighting in war]))[:2]
    verdict = data.draw(st.sampled_from(["same", "different", "unsure"]))
    judgement = Judgement(one, other, verdict)
    half = len(war) // 2
    merging = merged(war[:half])
    merging.judge([judgement])
    merging.add(war[half:])
    assert shown(merging) == shown(merged(war, [judgement]))
    together = any({one, other} <= group for group in groups(merging))
    if verdict == "unsure":
        assert groups(merging) == groups(merged(war))
        assert any((one, other) in group.unsure for group in merging.groups())
    elif verdict == "same":
        assert together


def test_what_is_different_is_kept_apart_and_what_is_the_same_put_together() -> None:
    alike = [told("a", doer=ARMY), told("b", doer=ARMY)]
    assert groups(merged(alike, [Judgement("a", "b", "different")])) == {frozenset("a"), frozenset("b")}
    far = [told("a"), told("b", place=VILLAGE, day=9)]
    assert groups(merged(far, [Judgement("b", "a", "same")])) == {frozenset("ab")}


def test_a_judgement_names_a_claim_in_whichever_reports_it_stands() -> None:
    printed = [told("c_1@r1", doer=ARMY), told("c_1@r2", doer=ARMY), told("c_2@r3", place=VILLAGE)]
    (group,) = merged(printed, [Judgement("c_1", "c_2", "same")]).groups()
    assert [one.claim for one in group.claims] == ["c_1", "c_1", "c_2"]
    (event,) = events(merged(printed, [Judgement("c_1", "c_2", "same")]))
    assert event.claims == ("c_1", "c_2")
    found = groups(merged([*printed[:2], told("c_3@r4", doer=ARMY)], [Judgement("c_3", "c_1", "different")]))
    assert found == {frozenset({"c_1@r1", "c_1@r2"}), frozenset({"c_3@r4"})}


# Why


def test_why_names_claims_or_sightings_and_says_what_a_person_said() -> None:
    printed = [told("c_1@r1", doer=ARMY), told("c_1@r2", place=TOWN), told("c_2@r3", doer=ARMY)]
    merging = merged(printed)
    assert merging.why("c_1", "c_2") == merging.why("c_1@r1", "c_2")
    assert merging.why("c_1", "c_2").points > merging.why("c_1@r2", "c_2@r3").points
    assert merging.why("c_1", "c_2").points == pytest.approx(merging.matcher.points(printed[0], printed[2]))
    with pytest.raises(KeyError):
        merging.why("c_1", "c_9")
    merging.judge([Judgement("c_1", "c_2", "different")])
    assert merging.why("c_1", "c_2").parts[-1].name == "judgement"
    assert merging.why("c_1", "c_2").score < 0.01


def test_why_tells_of_a_capture_in_between() -> None:
    captures = [told("a", "control.captured", 0, doer=ARMY), told("b", "control.captured", 2, doer=ARMY),
                told("x", "control.captured", 1, doer=REBELS)]
    assert merged(captures).why("a", "b").parts[-1].name == "sequence"


def test_a_claim_without_a_place_of_its_own_is_not_firm() -> None:
    loose = told("u", place=None, doer=ARMY)
    assert loose.dated != OPEN
    assert CAMP not in loose.spots
    assert len(groups(merged([loose, told("v", place=None, doer=ARMY)]))) <= 2
