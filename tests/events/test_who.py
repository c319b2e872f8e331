from __future__ import annotations

from dataclasses import replace

import pytest
from tests.events.told import ARMY, CIVILIANS, FIGHTERS, HELPERS, REBELS, told

from saksi.events.parameters import parameters
from saksi.events.sides import NOBODY, Party, party_of
from saksi.events.sighting import Sighting
from saksi.events.who import Who

VALUES = parameters()
WHO = Who(VALUES)
OFFICE = party_of(Party(frozenset({"office"}), frozenset({"office", "state-a"}), classes=frozenset({"state"})))


def points(one: Sighting, other: Sighting) -> float:
    """The points of two claims, the acts in alphabetic order."""
    first, second = sorted((one, other), key=lambda sighting: sighting.act)
    return WHO.points(first, second, None)


def said(one: Sighting, other: Sighting) -> dict[str, str]:
    """What is told of each part."""
    found: dict[str, str] = {}
    first, second = sorted((one, other), key=lambda sighting: sighting.act)
    noted: list[float] = []

    def note(name: str, worth: float, what: str) -> None:
        found[name] = what
        noted.append(worth)

    assert WHO.points(first, second, note) == pytest.approx(sum(noted))
    return found


def word(name: str, speakers: Party = NOBODY, to: Party = NOBODY, people: str = "", *, spokes: bool | None = None,
         answer: bool = False) -> Sighting:
    """What somebody says to somebody."""
    return replace(told(name), type="statement.denial" if answer else "statement.threat",
                   act="answer" if answer else "word", speakers=speakers, done_to=to,
                   people=frozenset(people.split()), spokes=spokes)


def taken(name: str, by: Party = NOBODY, of: Party = NOBODY) -> Sighting:
    return told(name, "control.captured", doer=by, done_to=of)


# Deeds


def test_the_closer_two_doers_stand_the_more_it_is_worth() -> None:
    army = told("a", doer=ARMY)
    others = [ARMY, OFFICE, HELPERS, NOBODY, FIGHTERS, REBELS]
    worths = [points(army, told("b", doer=other)) for other in others]
    assert worths == sorted(worths, reverse=True)
    assert len(set(worths)) == len(worths)
    assert worths[3] == 0


def test_both_roles_count() -> None:
    one = told("a", doer=ARMY, done_to=REBELS)
    assert points(one, told("b", doer=ARMY, done_to=REBELS)) == VALUES.doer.same + VALUES.done_to.same
    assert points(one, told("b", doer=ARMY, done_to=CIVILIANS)) == VALUES.doer.same + VALUES.done_to.other_class
    assert said(one, told("b", done_to=REBELS)) == {"who did it": "not known", "to whom": "the same"}


def test_a_fight_may_be_told_from_either_side_and_a_strike_may_not() -> None:
    def attack(type_: str, by: Party, on: Party) -> Sighting:
        return told("a", type_, doer=by, done_to=on)

    assert points(attack("battle.clash", ARMY, REBELS), attack("battle.clash", REBELS, ARMY)) > 0
    assert points(attack("attack.shelling", ARMY, REBELS), attack("attack.shelling", REBELS, ARMY)) < 0
    straight = points(attack("battle.clash", ARMY, REBELS), attack("battle.clash", ARMY, REBELS))
    assert straight > points(attack("battle.clash", ARMY, REBELS), attack("battle.clash", REBELS, ARMY))


def test_a_side_may_be_one_of_two_that_fight() -> None:
    both = party_of(Party(ARMY.ids | REBELS.ids, ARMY.bodies | REBELS.bodies))
    fight = told("a", "battle.clash", doer=both, mutual=True)
    assert points(fight, told("b", "battle.clash", done_to=REBELS)) == VALUES["one_of_two"]
    assert points(fight, told("b", "battle.clash", doer=both, mutual=True)) == VALUES.doer.same
    assert points(taken("a", ARMY), fight) == VALUES["one_of_two"]


def test_a_denial_answers_who_accused_that_side_and_not_who_accused_its_ally() -> None:
    denied = told("a", doer=ARMY, denied=True)
    assert points(denied, told("b", doer=ARMY)) == VALUES.accused.same
    assert points(denied, told("b", doer=HELPERS)) < 0 < points(told("a", doer=ARMY), told("b", doer=HELPERS))


def test_those_who_attack_are_not_those_who_die() -> None:
    strike, own = told("a", doer=ARMY), told("b", "violence.killing", done_to=ARMY)
    assert points(strike, own) == VALUES["own_side_hit"]
    assert points(strike, told("b", "violence.killing", done_to=REBELS)) == 0
    assert points(strike, replace(own, doer=ARMY)) == VALUES.doer.same


def test_that_those_who_attack_are_those_who_die_is_told_once() -> None:
    own = told("b", "violence.killing", done_to=ARMY)
    assert said(told("a", doer=ARMY), own)["whose dead"] == "those who attack are those who die"


def test_who_opens_a_way_is_not_who_fires_on_it() -> None:
    opened = told("a", "corridor.opened", doer=ARMY)
    assert points(opened, told("b", "corridor.attacked", doer=REBELS)) == 0
    assert points(opened, told("b", "corridor.opened", doer=REBELS)) < 0
    assert points(told("a", "corridor.attacked", doer=REBELS), told("b", doer=ARMY)) < 0


# Captures


def test_two_sides_do_not_take_a_place_in_one_happening() -> None:
    assert points(taken("a", ARMY), taken("b", REBELS)) == VALUES["captors_differ"]
    assert points(taken("a", ARMY), taken("b", of=ARMY)) == VALUES["captors_differ"]
    assert points(taken("a", ARMY), taken("b", HELPERS)) > 0


def test_who_loses_a_place_is_who_leaves_it() -> None:
    left = told("b", "movement.withdrawal", done_to=REBELS)
    assert points(taken("a", ARMY, REBELS), left) > 0
    assert points(taken("a", REBELS, ARMY), left) == VALUES["captors_differ"]


def test_who_takes_a_place_is_who_strikes_it() -> None:
    struck = told("b", doer=ARMY)
    assert points(taken("a", ARMY), struck) == VALUES.doer.same
    assert points(taken("a", REBELS), struck) == VALUES["striker_lost"]
    assert points(taken("a", ARMY), told("b", done_to=ARMY)) == VALUES["striker_lost"]


def test_both_sides_have_losses_where_a_place_is_taken() -> None:
    capture = taken("a", ARMY, REBELS)
    assert points(capture, told("b", "violence.killing", done_to=CIVILIANS)) == 0
    assert points(capture, told("b", "violence.killing", done_to=REBELS)) > 0
    assert points(capture, told("b", "violence.killing", doer=REBELS)) == VALUES["loss_of_captor"]


def test_fighting_with_unnamed_attackers_is_judged_by_whose_losses_it_tells() -> None:
    capture = taken("a", ARMY)
    assert points(capture, told("b", "battle.clash", done_to=REBELS)) == VALUES["loser_hit"]
    assert points(capture, told("b", "battle.clash")) == 0


def test_who_holds_a_place_is_who_took_it() -> None:
    assert points(taken("a", ARMY), told("b", "control.held", doer=HELPERS)) > 0
    assert points(taken("a", ARMY), told("b", "control.held", doer=REBELS)) == 0


# Words


def test_one_person_speaks_and_two_persons_of_one_body_do_not_say_one_thing() -> None:
    one = word("a", OFFICE, people="anna")
    assert points(one, word("b", OFFICE, people="anna omar")) == VALUES["same_speaker"]
    assert points(one, word("b", OFFICE, people="omar")) == VALUES["other_speaker"]
    assert points(one, word("b", OFFICE)) == VALUES["same_office"]
    assert points(word("a", OFFICE), word("b", OFFICE)) == VALUES["same_body"]
    assert points(one, word("b", REBELS)) == VALUES["other_speakers"]


def test_a_spokesman_is_not_another_person_of_his_office() -> None:
    named = word("a", OFFICE, people="omar", spokes=False)
    assert points(named, word("b", OFFICE, spokes=True)) == VALUES["other_speaker"]
    assert points(named, word("b", OFFICE, spokes=False)) == VALUES["same_office"]


def test_one_says_one_thing_to_one_side() -> None:
    to_rebels = word("a", ARMY, REBELS)
    assert points(to_rebels, word("b", ARMY, REBELS)) == VALUES["same_body"] + VALUES.done_to.same
    assert points(to_rebels, word("b", ARMY, CIVILIANS)) < points(to_rebels, word("b", ARMY))


def test_who_is_addressed_answers() -> None:
    assert points(word("a", ARMY, REBELS), word("b", REBELS, ARMY)) == VALUES["answered"]
    assert points(word("a", ARMY, REBELS), word("b", REBELS)) == VALUES["answered"] / 2
    assert points(word("a", ARMY, REBELS), word("b", REBELS, CIVILIANS)) == VALUES["other_speakers"]


def test_words_about_a_deed_concern_who_speaks_or_is_spoken_of() -> None:
    strike = told("s", doer=ARMY, done_to=REBELS)
    assert points(word("a", REBELS), strike) == VALUES["speaks_of_own"]
    assert points(word("a", CIVILIANS), strike) == 0
    assert points(word("a", answer=True, to=ARMY), strike) == VALUES["speaks_of_own"] + VALUES.doer.same
    assert points(word("a", ARMY, answer=True, to=CIVILIANS), strike) < VALUES["speaks_of_own"]
