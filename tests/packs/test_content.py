"""What the installed packs know: enough for a professional, and what the first reports ask for."""

from __future__ import annotations

from collections import defaultdict

import pytest

from saksi.mentions.resolve import kilometres
from saksi.packs.gazetteer import name_key as key
from saksi.packs.gazetteer import world
from saksi.packs.load import HERE, Knowledge, installed, load, rows

LANGUAGES = {"en", "id", "ar", "ru"}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def languages_of(owner: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for _, row in rows(HERE / "syria", f"{owner}_names"):
        found[row[owner]].add(row["language"])
    return found


def test_actors_of_syria_with_names_in_all_languages() -> None:
    assert sum(names >= LANGUAGES for names in languages_of("actor").values()) >= 150


def test_places_of_syria_beyond_the_gazetteer() -> None:
    """Places that GeoNames' populated places do not have: camps, quarters, hospitals, roads, hills."""
    beyond = 0
    for _, row in rows(HERE / "syria", "places"):
        point = (float(row["lat"]), float(row["lon"]))
        cities = world().named([key(row["name"])]).get(key(row["name"]), ())
        beyond += not any(kilometres(point, (city.lat, city.lon)) < 15 for city in cities)
    assert beyond >= 250


def test_outlets_with_owner_and_side() -> None:
    outlets = [row for _, row in rows(HERE / "syria", "outlets")]
    assert sum(bool(row["owner"] and row["side"] and row["source"]) for row in outlets) >= 60


def test_every_place_has_a_name_in_every_language() -> None:
    named = languages_of("place")
    lacking = [row["id"] for _, row in rows(HERE / "syria", "places") if len(LANGUAGES - named[row["id"]]) > 2]
    assert lacking == []


@pytest.mark.parametrize("identifier", [
    "syrian-armed-forces", "white-helmets", "jabhat-al-nusra", "jabhat-fatah-al-sham", "liwa-al-quds", "hezbollah",
    "russia", "united-states", "antony-blinken", "sohr",
])
def test_actors_of_the_first_story(knowledge: Knowledge, identifier: str) -> None:
    assert knowledge.actor(identifier) is not None


@pytest.mark.parametrize(("identifier", "lat", "lon"), [
    ("aleppo", 36.2, 37.16), ("handarat", 36.28, 37.15), ("handarat-camp", 36.28, 37.15), ("shuqayf", 36.26, 37.17),
])
def test_places_of_the_first_story(knowledge: Knowledge, identifier: str, lat: float, lon: float) -> None:
    place = knowledge.place(identifier)
    assert place is not None
    assert kilometres((place.lat, place.lon), (lat, lon)) <= 5
    assert 0 < place.precision_km <= 10


def test_parents_hold_their_parts(knowledge: Knowledge) -> None:
    """A place lies within or near the place it is part of."""
    far = []
    for parent, parts in knowledge.parts.items():
        whole = knowledge.place(parent)
        if whole is None or whole.pack != "syria":
            continue
        for part in parts:
            place = knowledge.place(part)
            assert place is not None
            distance = kilometres((place.lat, place.lon), (whole.lat, whole.lon))
            if distance > 1.5 * whole.precision_km + place.precision_km + 25:
                far.append((part, parent, round(distance)))
    assert far == []


def test_dates_of_designations_say_when() -> None:
    nusra = [row for _, row in rows(HERE / "syria", "designations") if row["actor"] == "jabhat-al-nusra"]
    assert {"world:united-nations", "world:united-states", "world:russia"} <= {row["designated_by"] for row in nusra}
    assert all(row["valid_from"] for row in nusra if row["designated_by"] == "world:united-nations")


def test_what_is_listed() -> None:
    packs = {pack.name: pack for pack in installed()}
    assert set(packs) >= {"world", "syria"}
    assert packs["syria"].counts["actors"] >= 150
    assert packs["syria"].licence


# The gazetteer

def test_a_name_is_found_however_it_is_spaced() -> None:
    for name in ("Deir ez-Zor", "Deir ez Zor", "DEIR EZ-ZOR", "deirezzor"):
        assert any(city.country == "SY" for city in world().named([key(name)])[key(name)]), name


@pytest.mark.parametrize(("name", "country"), [
    ("Idlib", "SY"), ("Алеппо", "SY"), ("حلب", "SY"), ("Jakarta", "ID"), ("Харьков", "UA"), ("صنعاء", "YE"),
])
def test_the_world_is_known_in_other_scripts(name: str, country: str) -> None:
    found = world().named([key(name)]).get(key(name), ())
    assert country in {city.country for city in found}
    assert [city.population for city in found] == sorted((city.population for city in found), reverse=True)


def test_what_nobody_is_called() -> None:
    assert world().named(["xqzvwrt", ""]) == {}


def test_more_names_than_one_query_takes() -> None:
    keys = [f"nosuchplace{number}" for number in range(2000)]
    assert list(world().named([*keys, "idlib"])) == ["idlib"]
