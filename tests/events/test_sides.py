from __future__ import annotations

import pytest
from tests.events.country import knowledge, role
from tests.events.told import ARMY, CIVILIANS, FIGHTERS, HELPERS, REBELS

from saksi.events.sides import NOBODY, Party, Sides, party_of, standing
from saksi.records import Span

SIDES = Sides(knowledge())
DAY = "2016-05-20"


def of(*names: str, day: str | None = DAY) -> Party:
    return SIDES.of_ids(names, day)


def words(*texts: str, kind: str = "group", day: str | None = DAY) -> Party:
    return SIDES.party([role(text, kind) for text in texts], day)


def stands(one: str, other: str, day: str | None = DAY) -> str:
    found = standing(of(one, day=day), of(other, day=day))
    assert found == standing(of(other, day=day), of(one, day=day))
    return found


# Bodies and allies


@pytest.mark.parametrize(("one", "other", "found"), [
    ("army", "army", "same"), ("army", "ministry", "body"), ("air-force", "ministry", "body"),
    ("omar-dal", "army", "body"), ("river-brigade", "hill-brigade", "body"), ("ostan", "army", "body"),
    ("home-guard", "army", "allied"), ("nordian-army", "army", "allied"), ("nordia", "westria", "allied"),
    ("sandia", "river-brigade", "allied"), ("river-brigade", "army", "other"), ("anna-bek", "ostan", "body")])
def test_how_actors_stand_to_one_another(one: str, other: str, found: str) -> None:
    assert stands(one, other) == found


def test_allies_of_allies_are_nobodys_allies() -> None:
    assert stands("sandia", "river-brigade") == stands("sandia", "dune-army") == "allied"
    assert stands("river-brigade", "dune-army") == "other"


def test_states_that_sit_in_one_league_are_not_of_one_body() -> None:
    assert "league" not in of("ostan").bodies
    assert "league" not in of("nordia").bodies


def test_a_relation_holds_only_while_it_is_in_force() -> None:
    assert stands("river-brigade", "hill-brigade", "2016-06-30") == "body"
    assert stands("river-brigade", "hill-brigade", "2016-07-01") == "other"
    assert stands("river-brigade", "hill-brigade", "2014-12-31") == "other"
    assert stands("nordia", "army", "2015-08-31") == "other"
    assert stands("nordia", "army", "2015-09-01") == "allied"
    assert stands("river-brigade", "hill-brigade", None) == "body"


def test_who_fights_for_a_state_is_known() -> None:
    assert all(of(name).for_state for name in ("army", "ministry", "omar-dal", "home-guard"))
    assert not any(of(name).for_state for name in ("river-brigade", "dune-army", "exile"))


def test_parties_of_several_stand_with_whom_any_of_them_stands() -> None:
    assert standing(of("river-brigade", "army"), of("army")) == "same"
    assert standing(of("dune-army", "air-force"), of("ministry")) == "body"


# Words


@pytest.mark.parametrize("text", ["Ostani Army", "the Ostani Army", "الجيش الأستاني", "Армия Остана"])
def test_a_name_of_the_packs_is_its_actor_in_any_language(text: str) -> None:
    assert words(text, kind="organisation").ids == {"army"}


@pytest.mark.parametrize(("text", "kind"), [("soldiers", "state"), ("pemberontak", "armed"), ("боевики", "armed"),
                                            ("مدنيين", "civilian")])
def test_a_group_without_a_name_is_of_a_class_and_on_no_side(text: str, kind: str) -> None:
    party = words(text)
    assert party.classes == {kind}
    assert not party.ids
    assert not party.bodies
    assert not party.keys
    assert party.known


def test_names_on_no_list_are_compared_by_their_skeletons() -> None:
    rim, photographer = words("Reem Salim", kind="person"), words("фотограф Рим Салим", kind="person")
    assert standing(rim, words("ريم سالم", kind="person")) == "same"
    assert standing(rim, photographer) == "same"
    assert standing(rim, words("Reem Saad", kind="person")) == "unknown"
    assert not words("Reem Salim", kind="group").keys


def test_a_pronoun_is_who_it_stands_for_unless_its_words_speak_of_others() -> None:
    assert SIDES.party([role("they", id="saksi:actor/army")], DAY).ids == {"army"}
    astray = SIDES.party([role("the rebels", id="saksi:actor/army")], DAY)
    assert astray.ids == frozenset()
    assert astray.classes == {"armed"}
    assert SIDES.party([role("the rebels", id="saksi:actor/river-brigade")], DAY).ids == {"river-brigade"}


def test_what_words_do_not_say_their_antecedent_says() -> None:
    stood = SIDES.party([role("those", antecedent=Span("militants", 0, 9))], DAY)
    assert stood.classes == {"armed"}


def test_an_id_on_no_list_is_left_out() -> None:
    assert words("somebody") is SIDES.party([role("somebody", id="saksi:actor/nobody-knows")], DAY) is NOBODY


@pytest.mark.parametrize(("one", "other", "found"), [
    ("soldiers", "солдаты", "class"), ("soldiers", "rebels", "other_class"), ("warga", "жители", "class"),
    ("warga", "rebels", "other_class"), ("soldiers", "they", "unknown")])
def test_classes_agree_or_not(one: str, other: str, found: str) -> None:
    assert standing(words(one), words(other)) == found


def test_a_named_actor_is_of_the_class_that_it_fights_for() -> None:
    assert standing(of("army"), words("soldiers")) == "class"
    assert standing(of("home-guard"), words("soldiers")) == "class"
    assert standing(of("home-guard"), words("rebels")) == "other_class"
    assert standing(of("river-brigade"), words("rebels")) == "class"
    assert standing(of("river-brigade"), words("soldiers")) == "other_class"
    assert standing(of("army"), words("residents")) == "other_class"


# Outlets


def test_an_outlet_is_on_the_side_that_its_pack_gives_it() -> None:
    assert standing(SIDES.outlet("saksi:outlet/front-news"), of("exile")) == "allied"
    assert standing(SIDES.outlet("saksi:outlet/ostan-tv"), of("ostan")) == "body"
    assert SIDES.outlet("saksi:outlet/the-times").bodies == {"outlet:the-times"}
    assert SIDES.outlet("saksi:outlet/no-such-paper") is NOBODY


# Parties


def test_one_party_is_one_object() -> None:
    assert of("army") is of("saksi:actor/army") is Sides(knowledge()).of_ids(["army"], DAY)
    assert of() is NOBODY
    assert party_of(Party()) is NOBODY
    assert not NOBODY.known


def test_standing_does_not_depend_on_which_comes_first() -> None:
    listed = [NOBODY, ARMY, HELPERS, REBELS, FIGHTERS, CIVILIANS, words("Reem Salim", kind="person"), of("army")]
    for one in listed:
        for other in listed:
            assert standing(one, other) == standing(other, one)
