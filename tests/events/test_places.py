from __future__ import annotations

from dataclasses import replace

import pytest
from tests.events.country import knowledge, role

from saksi.events.parameters import parameters
from saksi.events.places import Places, holds
from saksi.events.spots import Spot
from saksi.events.words import words
from saksi.records import Mention, Role, Span

PLACES = Places(knowledge(), parameters(), words().common)


def place(exact: str, kind: str = "place", **fields: object) -> Role:
    return role(exact, kind, **fields)


def spot(exact: str, kind: str = "place", *, first: bool = False, **fields: object) -> Spot | None:
    return PLACES.of_role(place(exact, kind, **fields), None, first=first)


def known(name: str) -> Spot:
    found = PLACES.of_id(f"saksi:place/{name}")
    assert found is not None
    return found


# Places that are known


def test_a_resolved_place_is_that_of_the_packs_with_all_that_it_is_part_of() -> None:
    camp = spot("the camp", id="saksi:place/camp")
    assert camp is known("camp")
    assert (camp.name, camp.lat, camp.radius_km) == ("Salt Camp", 36.22, 0.5)
    assert camp.within == {"saksi:place/marat", "saksi:place/north"}
    assert known("north").within == frozenset()


def test_cities_and_regions_are_areas_and_camps_and_towns_are_not() -> None:
    assert known("marat").area
    assert known("north").area
    assert not known("camp").area
    assert not known("newton-north").area


def test_a_mention_with_a_point_of_its_own_is_at_that_point() -> None:
    mention = Mention("Lira", 0, 4, "place", "geonames:12", "Lira", lat=1.0, lon=2.0, precision_km=9.0)
    found = PLACES.of_role(place("Lira", id="geonames:12", name="Lira"), mention)
    assert found is not None
    assert (found.id, found.lat, found.lon, found.radius_km, found.area) == ("geonames:12", 1.0, 2.0, 9.0, True)
    small = PLACES.of_role(place("Lira", id="geonames:12"), replace(mention, precision_km=None))
    assert small is not None
    assert (small.radius_km, small.area) == (0.0, False)


def test_an_id_without_a_point_is_a_place_on_no_map() -> None:
    found = spot("Nowhere", id="geonames:99", name="Nowhere")
    assert found is not None
    assert (found.id, found.lat, found.name) == ("geonames:99", None, "Nowhere")
    assert PLACES.of_id("saksi:place/nowhere") is None


def test_a_corridor_is_where_it_starts_and_else_itself() -> None:
    assert spot("the gate", id="saksi:corridor/camp-gate") is known("camp")
    far = spot("the way", id="saksi:corridor/far-way")
    assert far is not None
    assert (far.id, far.name, far.lat) == ("saksi:corridor/far-way", "Far Way", None)
    assert spot("the way", id="saksi:corridor/no-such-way") is None


@pytest.mark.parametrize("exact", ["Marat", "Марат", "مرات"])
def test_an_unresolved_name_that_one_place_bears_is_that_place(exact: str) -> None:
    assert spot(exact) is known("marat")


def test_a_name_that_two_places_bear_is_neither() -> None:
    found = spot("Newton")
    assert found is not None
    assert (found.id, found.lat) == (None, None)


# Names


def test_a_name_on_no_list_is_one_place_in_all_languages() -> None:
    keys = {found.key for text in ("Handarat", "the village of Handarat", "desa Handarat", "Хандарат", "حندرات")
            if (found := spot(text)) is not None}
    assert keys == {"ndrt"}
    assert spot("Handarat") is spot("Handarat")


@pytest.mark.parametrize("exact", ["the village", "desa", "деревня", "a house by the road", "القرية"])
def test_words_without_a_name_are_no_place(exact: str) -> None:
    assert spot(exact) is None


def test_a_capital_that_opens_a_sentence_is_no_name() -> None:
    assert spot("Farms") is not None
    assert spot("Farms", first=True) is None
    found = spot("Farms of Handarat", first=True)
    assert found is not None
    assert found.key == "ndrt"


def test_the_head_of_a_role_is_no_part_of_its_name() -> None:
    assert PLACES.name(place("Kafr Bridge", "facility", head="Bridge")) == PLACES.name(place("Kafr"))
    assert PLACES.name(place("Kafr Bridge", "facility")) != PLACES.name(place("Kafr"))


def test_groups_and_things_name_no_place_and_facilities_only_where_they_have_capitals() -> None:
    assert not PLACES.name(place("Handarat", "group"))
    assert not PLACES.name(place("Handarat", "thing"))
    assert PLACES.name(place("Handarat Mill", "facility"))
    assert PLACES.name(place("طاحون حندرات"))
    assert not PLACES.name(place("طاحون حندرات", "facility"))


def test_a_second_mention_is_the_place_that_it_stands_for() -> None:
    assert spot("the city", antecedent=Span("Marat", 0, 5)) is known("marat")


# Finer places


def test_a_place_holds_what_is_part_of_it_or_lies_in_it() -> None:
    camp, town = known("camp"), known("marat")
    assert holds(town, camp)
    assert holds(known("north"), camp)
    assert not holds(camp, town)
    assert holds(Spot(None, "", "", 36.2, 37.1, 8.0), Spot(None, "", "", 36.21, 37.1, 1.0))
    assert not holds(Spot(None, "", "", 36.2, 37.1, 8.0), Spot(None, "", "", 36.27, 37.1, 1.0))
    assert not holds(town, Spot(None, "ndrt", "Handarat"))
    assert not holds(camp, camp)
