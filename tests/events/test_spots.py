from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.events.told import CAMP, HOSPITAL, TOWN, VILLAGE

from saksi.events.parameters import parameters
from saksi.events.spots import Nearby, Spot, kilometres, place_points, spot_of, town_points

VALUES = parameters()


def at(lat: float | None, lon: float | None, radius: float = 1.0, name: str = "", **fields: object) -> Spot:
    """A place with an id where it has a name."""
    return Spot(f"saksi:place/{name}" if name else None, "", name, lat, lon, radius, **fields)  # type: ignore[arg-type]


def stands(one: Spot, other: Spot) -> str:
    return place_points(one, other, VALUES)[1]


@st.composite
def places(draw: st.DrawFn) -> list[Spot]:
    """Places in a few clumps, one of them on either side of the line where the dates change."""
    made = []
    for number in range(draw(st.integers(2, 14))):
        lat, lon = draw(st.sampled_from([(0.0, 0.0), (36.2, 37.1), (-44.0, 179.9), (-44.0, -179.9), (64.0, 40.0)]))
        spread = draw(st.sampled_from([0.01, 0.2, 3.0]))
        lat += spread * draw(st.floats(-1, 1))
        lon = (lon + spread * draw(st.floats(-1, 1)) + 180) % 360 - 180
        radius = draw(st.sampled_from([0.0, 0.5, 2.0, 8.0, 14.0, 60.0, 250.0, 400.0]))
        named = draw(st.booleans())
        made.append(Spot(f"saksi:place/p{number}" if named else None, draw(st.sampled_from(["", "mrt", "kfr"])), "",
                         lat, lon, radius, area=draw(st.booleans())))
    return made


# Distances


@pytest.mark.parametrize(("one", "other", "distance"), [
    ((0, 0), (0, 1), 111.19), ((10, 50), (11, 50), 111.19), ((60, 0), (60, 1), 55.6), ((0, 179.5), (0, -179.5), 111.19),
    ((36.2, 37.1), (36.2, 37.1), 0.0), ((90, 0), (-90, 0), 20015.1)])
def test_distances_are_along_the_globe(one: tuple[float, float], other: tuple[float, float], distance: float) -> None:
    assert kilometres(at(*one), at(*other)) == pytest.approx(distance, rel=2e-3, abs=1e-6)


def test_there_is_no_distance_to_what_is_on_no_map() -> None:
    assert kilometres(CAMP, at(None, None)) is None
    assert kilometres(at(36.0, None), CAMP) is None


def test_one_place_is_one_object() -> None:
    def made(name: str) -> Spot:
        return spot_of(at(1.0, 2.0, name=name))

    assert made("one") is made("one")
    assert made("one") is not made("two")


def test_a_country_is_too_wide_to_tell_where_and_a_province_is_not() -> None:
    assert at(35, 38, 400.0).wide
    assert not at(35, 38, 70.0).wide


# Whether two are one


def test_a_place_is_itself_and_worth_less_the_wider_it_is() -> None:
    assert place_points(CAMP, CAMP, VALUES)[0] > place_points(TOWN, TOWN, VALUES)[0] > \
        place_points(at(36, 37, 70.0, "p"), at(36, 37, 70.0, "p"), VALUES)[0]
    assert stands(at(1, 1, name="p"), at(5, 5, name="p")) == "the same place"


def test_a_name_on_no_map_is_one_with_itself_and_perhaps_with_a_place_so_called() -> None:
    name, same = Spot(None, "mrt", "Marat"), Spot(None, "mrt", "Марат")
    assert stands(name, same) == "the same name"
    assert stands(name, Spot("saksi:place/p", "mrt", "Marat", 1.0, 1.0)) == "the same name"
    other = place_points(name, Spot(None, "kfr", "Kafr"), VALUES)
    assert other == (VALUES["two_names"], "different names, not both on the map")
    assert stands(Spot("x", "mrt", "Marat"), Spot("y", "mrt", "Marat")) != "the same name"


def test_a_camp_is_in_its_town_and_two_places_in_one_town_are_two() -> None:
    assert stands(CAMP, TOWN) == "one is part of the other"
    assert place_points(CAMP, TOWN, VALUES)[0] > 0
    assert stands(CAMP, HOSPITAL).startswith("two places")
    assert place_points(CAMP, HOSPITAL, VALUES)[0] == VALUES["two_places"]
    assert place_points(CAMP, VILLAGE, VALUES)[0] == VALUES["apart"]


def test_areas_hold_what_lies_in_them_and_touch_what_does_not_quite() -> None:
    area = at(36.0, 37.0, 10.0)
    assert stands(area, at(36.05, 37.0, 1.0)) == "one lies in the other"
    touching = place_points(area, at(36.1, 37.0, 3.0), VALUES)
    assert touching[1] == "their areas overlap"
    assert touching[0] <= VALUES["touching"]
    assert stands(area, at(36.09, 37.11, 3.0)) == "14 km apart"
    assert stands(area, at(46.14, 37.0, 3.0)) == "more than 14 km apart"


def test_a_point_on_the_map_may_be_a_little_farther_than_its_radius() -> None:
    near, far = 2.0 + VALUES["slack_km"] - 0.1, 2.0 + VALUES["slack_km"] + 0.1
    assert place_points(at(0, 0), at(near / 111.195, 0), VALUES)[0] > VALUES["apart"]
    assert place_points(at(0, 0), at(far / 111.195, 0), VALUES)[0] == VALUES["apart"]


def test_ways_out_and_truces_concern_a_whole_town() -> None:
    assert town_points(CAMP, HOSPITAL, VALUES)[0] == VALUES["passage_place"]
    assert town_points(CAMP, VILLAGE, VALUES)[0] == VALUES["apart"]
    assert town_points(CAMP, CAMP, VALUES) == place_points(CAMP, CAMP, VALUES)
    province = at(36.27, 37.15, VALUES["passage_km"] + 1, "province")
    assert town_points(CAMP, province, VALUES) == place_points(CAMP, province, VALUES)


@given(places())
def test_points_of_two_places_do_not_depend_on_which_comes_first(spots: list[Spot]) -> None:
    for one in spots:
        for other in spots:
            assert place_points(one, other, VALUES) == place_points(other, one, VALUES)
            assert town_points(one, other, VALUES) == town_points(other, one, VALUES)


@given(places())
def test_places_whose_areas_meet_are_never_apart(spots: list[Spot]) -> None:
    for one in spots:
        for other in spots:
            distance = kilometres(one, other)
            assert distance is not None
            if distance <= one.radius_km + other.radius_km:
                assert place_points(one, other, VALUES)[0] > VALUES["apart"]


# What is near


@pytest.mark.parametrize(("compare", "reach"), [(place_points, "slack_km"), (town_points, "passage_km")])
@given(spots=places())
def test_nearby_finds_just_the_places_that_could_be_one(compare: object, reach: str, spots: list[Spot]) -> None:
    nearby = Nearby(compare, VALUES[reach], VALUES)  # type: ignore[arg-type]
    for spot in spots:
        nearby.add(spot)
    for one in spots:
        for other in spots:
            if one.wide or other.wide:
                continue        # found only by their names
            points = compare(one, other, VALUES)[0]  # type: ignore[operator]
            assert (other in nearby.add(one)) is (points >= VALUES["near_least"]), (one, other, points)


def test_names_on_no_map_are_near_their_like_only() -> None:
    nearby = Nearby(place_points, VALUES["slack_km"], VALUES)
    names = [Spot(None, "mrt", "Marat"), Spot(None, "mrt", "Марат"), Spot(None, "kfr", "Kafr"), Spot(None, "", "?")]
    for name in names:
        nearby.add(name)
    assert list(nearby.add(names[0])) == names[:2]
    assert [len(nearby.add(name)) for name in names] == [2, 2, 1, 1]


def test_a_longitude_is_as_long_as_the_latitude_lets_it_be() -> None:
    assert at(60, 0).degree_km == pytest.approx(at(0, 0).degree_km / 2)
    assert at(None, None).degree_km == at(0, 0).degree_km
    assert math.isclose(at(0, 0).degree_km, 110.5)
