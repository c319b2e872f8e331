"""Names in coded data stand for the same actors and places as those in reports."""

from __future__ import annotations

import pytest

from saksi.sources.datasets.names import Hints, Names
from saksi.sources.datasets.phrases import agents, places, speakers
from saksi.sources.datasets.publisher import publisher

SYRIA = Hints(("SY",), "2016-09-25")
ANYWHERE = Hints((), "2016-09-25")


@pytest.mark.parametrize(("value", "identifier"), [
    ("Military Forces of Syria (2000-2024)", "syrian-armed-forces"),
    ("Military Forces of Russia (2000-) Air Force", "russian-aerospace-forces"),
    ("JFS: Jabhat Fateh al-Sham", "jabhat-fatah-al-sham"),
    ("QSD: Syrian Democratic Forces", "syrian-democratic-forces"),
    ("Islamic State (Syria)", "islamic-state"), ("Opposition Rebels (Syria)", "syrian-opposition"),
    ("Government of Syria", "syrian-government"), ("IS", "islamic-state"), ("Hezbollah", "hezbollah"),
    ("River Brigade", None), ("Unidentified Armed Group (Syria)", None), ("Civilians (Syria)", None),
    ("is", None), ("Military Forces of Riverland (2000-)", None), ("Police Forces of Riverland", None), ("()", None),
])
def test_actors_of_tables(names: Names, value: str, identifier: str | None) -> None:
    found = names.coded_actor(value, SYRIA)
    assert found.id == (identifier and f"saksi:actor/{identifier}")
    assert (found.exact, found.start, found.end) == (value, 0, len(value))


@pytest.mark.parametrize(("value", "point", "radius", "identifier"), [
    ("Handarat Camp", (36.28, 37.15), 5.0, "saksi:place/handarat-camp"),
    ("Handarat village", (36.28, 37.15), 2.0, "saksi:place/handarat"),
    ("Aleppo - Karm al-Qaterji", (36.20, 37.18), 5.0, "saksi:place/karm-al-qaterji"),
    ("Handarat Camp", (33.5, 36.3), 5.0, None), ("Handarat Camp", (33.5, 36.3), 500.0, "saksi:place/handarat-camp"),
    ("Stonebridge", (36.2, 37.1), 5.0, None),
])
def test_places_of_tables(names: Names, value: str, point: tuple[float, float], radius: float,
                          identifier: str | None) -> None:
    found = names.coded_place(value, point, radius, SYRIA)
    assert (found and found.id) == identifier


@pytest.mark.parametrize(("text", "country"), [
    ("Syria", "SY"), ("Russia (Soviet Union)", "RU"), ("Indonesia", "ID"), ("Riverland", None), ("Aleppo", None),
])
def test_countries(names: Names, text: str, country: str | None) -> None:
    assert names.country(text) == country


@pytest.mark.parametrize(("value", "found"), [
    ("Syrian government forces and Liwa al-Quds",
     [("Syrian government forces", "syrian-armed-forces"), ("Liwa al-Quds", "liwa-al-quds")]),
    ("Hezbollah, Liwa al-Quds; Ahrar al-Sham",
     [("Hezbollah", "hezbollah"), ("Liwa al-Quds", "liwa-al-quds"), ("Ahrar al-Sham", "ahrar-al-sham")]),
    ("Jabhat al-Nusra / Jabhat Fateh al-Sham",
     [("Jabhat al-Nusra / Jabhat Fateh al-Sham", "jabhat-fatah-al-sham")]),
    ("Russian and government jets", [("Russian", "russian-aerospace-forces"), ("government jets", "syrian-air-force")]),
    ("many residents & unarmed fighters", [("many residents", None), ("unarmed fighters", None)]),
    ("people (5 children)", [("people", None)]), ("Russian Ministry of Defence", [
        ("Russian Ministry of Defence", "russian-defence-ministry")]),
    ("River Brigade", [("River Brigade", None)]), ("crossing", [("crossing", None)]), ("", []),
])
def test_actors_in_free_words(names: Names, value: str, found: list[tuple[str, str | None]]) -> None:
    mentions = agents(value, names, SYRIA)
    assert [(one.exact, one.id and one.id.rpartition("/")[2]) for one in mentions] == found
    assert all(value[one.start:one.end] == one.exact for one in mentions)


def test_of_two_names_the_one_in_use_counts(names: Names) -> None:
    value = "Jabhat al-Nusra / Jabhat Fateh al-Sham"
    (earlier,), (later,) = (agents(value, names, Hints(("SY",), date)) for date in ("2016-03-01", "2016-10-01"))
    assert (earlier.id, later.id) == ("saksi:actor/jabhat-al-nusra", "saksi:actor/jabhat-fatah-al-sham")


@pytest.mark.parametrize(("value", "kind"), [
    ("civilians", "group"), ("crossing", "facility"), ("Syrian rebels", "group"), ("River Brigade", "organisation")])
def test_kinds_of_who_has_no_name_or_one_nobody_knows(names: Names, value: str, kind: str) -> None:
    (found,) = agents(value, names, SYRIA)
    assert found.kind == kind


@pytest.mark.parametrize(("value", "found"), [
    ("SANA", [("SANA", "sana")]), ("Al Mayadeen", [("Al Mayadeen", "al-mayadeen")]),
    ("Zakaria Malahifji, Fastaqim", [("Zakaria Malahifji", "zakaria-malahifji")]),
    ("Gen. Sergei Rudskoy", [("Gen. Sergei Rudskoy", "sergei-rudskoy")]),
    ("SANA, Reuters and TASS", [("SANA", "sana"), ("Reuters", "reuters"), ("TASS", "tass")]),
    ("rebels and the Syrian army", [("rebels", None), ("the Syrian army", "syrian-armed-forces")]),
    ("Reuters correspondent", [("Reuters correspondent", "reuters")]), ("local sources", [("local sources", None)]),
    ("Sami Nadir, teacher", [("Sami Nadir", None)]),
])
def test_speakers(names: Names, value: str, found: list[tuple[str, str | None]]) -> None:
    assert [(one.exact, one.id and one.id.rpartition("/")[2]) for one in speakers(value, names, SYRIA)] == found


@pytest.mark.parametrize(("value", "found", "around"), [
    ("Handarat camp, north of Aleppo", [("Handarat camp", "handarat-camp")], [None]),
    ("surroundings of al-Kindi hospital, Aleppo", [("al-Kindi hospital", "al-kindi-hospital")], ["surroundings of"]),
    ("three areas of Aleppo", [("Aleppo", "aleppo")], ["three areas of"]),
    ("Bustan al-Qasr and Castello road, Aleppo",
     [("Bustan al-Qasr", "bustan-al-qasr"), ("Castello road", "castello-road")], [None, None]),
    ("Stonebridge, west of Aleppo", [("Stonebridge", None)], [None]),
])
def test_places_in_free_words(names: Names, value: str, found: list[tuple[str, str | None]],
                              around: list[str | None]) -> None:
    placed, context = places(value, names, ANYWHERE)
    assert [(one.mention.exact, one.mention.id and one.mention.id.rpartition("/")[2]) for one in placed] == found
    assert [one.around and value[slice(*one.around)] for one in placed] == around
    assert all(value[one.start:one.end] == one.exact for one in (*context, *(one.mention for one in placed)))


@pytest.mark.parametrize(("value", "identifier"), [
    ("مخيم حندرات, north of Aleppo", "handarat-camp"), ("Бустан-аль-Каср, Aleppo", "bustan-al-qasr"),
    ("مشفى الكندي", "al-kindi-hospital"), ("لا مكان", None), ("Нигде", None),
])
def test_a_place_may_be_named_in_any_script(names: Names, value: str, identifier: str | None) -> None:
    (found,), _ = places(value, names, SYRIA)
    assert found.mention.id == (identifier and f"saksi:place/{identifier}")
    assert (found.mention.lat is not None) == (identifier is not None)
    assert value.startswith(found.mention.exact)


def test_around_a_place_is_less_exact_than_in_it(names: Names) -> None:
    (exact,), _ = places("al-Kindi hospital", names, SYRIA)
    (around,), _ = places("surroundings of al-Kindi hospital", names, SYRIA)
    assert (exact.mention.precision_km or 0) < (around.mention.precision_km or 0)
    assert (exact.mention.lat, exact.mention.lon) == (around.mention.lat, around.mention.lon)


def test_a_place_far_from_where_it_is_said_to_be_is_left_open(names: Names) -> None:
    (there,), _ = places("Handarat camp, north of Aleppo", names, ANYWHERE)
    (far,), context = places("Handarat camp, south of Moscow", names, ANYWHERE)
    assert there.mention.id is not None
    assert [one.exact for one in context] == ["Moscow"]
    assert far.mention.id is None
    assert far.mention.lat is None


@pytest.mark.parametrize(("value", "outlet", "wires"), [
    ("Reuters", "Reuters", []), ("Reuters (update)", "Reuters", []),
    ("Hilltop Post (Reuters copy)", "Hilltop Post", ["Reuters"]),
    ("Hilltop Post (Xinhua/Antara rewrite)", "Hilltop Post", ["Xinhua", "Antara"]),
    ("River Wire via Hilltop Post", "Hilltop Post", ["River Wire"]), ("Xinhua / China.org", "Xinhua", []),
    ("Hilltop Post (mirror)", "Hilltop Post", []), ("Al-Alam English (Al-Alam)", "Al-Alam English", []),
    ("Hilltop Post (Videosite)", "Hilltop Post", []),
])
def test_publishers_and_whose_text_they_print(names: Names, value: str, outlet: str, wires: list[str]) -> None:
    found = publisher(value, names)
    assert found.outlet.exact == outlet
    assert [wire.exact for wire in found.wires] == wires
    assert all(value[one.start:one.end] == one.exact for one in (found.outlet, *found.wires))


def test_an_actor_is_no_publisher(names: Names) -> None:
    assert names.body("Friends of Syria", SYRIA) is not None
    assert publisher("Friends of Syria", names).outlet.id is None
