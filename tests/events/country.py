"""What packs would know of an invented country, for tests: Ostan, its army and allies, and two fronts against it."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from saksi.packs.load import Knowledge
from saksi.records import Role

# id, name, kind, category, country, side
_ACTORS: Final = (
    ("ostan", "Ostan", "organisation", "state", "OS", ""),
    ("government", "Government of Ostan", "organisation", "government", "OS", ""),
    ("army", "Ostani Army", "organisation", "armed_force", "OS", ""),
    ("air-force", "Ostani Air Force", "organisation", "armed_force", "", ""),
    ("ministry", "Ostani Ministry of Defence", "organisation", "ministry", "OS", ""),
    ("home-guard", "Home Guard", "organisation", "militia", "OS", ""),
    ("nordia", "Nordia", "organisation", "state", "ND", ""),
    ("nordian-army", "Nordian Army", "organisation", "armed_force", "ND", ""),
    ("westria", "Westria", "organisation", "state", "WE", ""),
    ("sandia", "Sandia", "organisation", "state", "SD", ""),
    ("river-front", "River Front", "organisation", "operations_room", "", ""),
    ("river-brigade", "River Brigade", "organisation", "armed_group", "", ""),
    ("hill-brigade", "Hill Brigade", "organisation", "armed_group", "", ""),
    ("dune-army", "Dune Army", "organisation", "armed_group", "", ""),
    ("league", "League of States", "organisation", "international_organisation", "", ""),
    ("omar-dal", "Omar Dal", "person", "commander", "OS", ""),
    ("anna-bek", "Anna Bek", "person", "spokesperson", "OS", ""),
    ("exile", "Yusuf Tan", "person", "politician", "", "rebels"),
)
_NAMES: Final = {
    "army": ("Ostani Army", "الجيش الأستاني", "Армия Остана"), "river-brigade": ("River Brigade", "لواء النهر"),
    "hill-brigade": ("Hill Brigade",), "ministry": ("Ministry of Defence",), "exile": ("Yusuf Tan",),
    "anna-bek": ("Anna Bek", "Анна Бек"), "nordia": ("Nordia",)}
# subject, relation, object, from, to
_RELATIONS: Final = (
    ("army", "part_of", "government", "", ""), ("ministry", "part_of", "government", "", ""),
    ("air-force", "part_of", "army", "", ""), ("omar-dal", "leads", "army", "2014-03", "2016-06"),
    ("home-guard", "allied_with", "army", "2013", ""),
    ("nordian-army", "part_of", "nordia", "", ""), ("nordia", "backs", "government", "2015-09", ""),
    ("westria", "backs", "government", "2015", ""),
    ("river-brigade", "member_of", "river-front", "2015-01", "2016-06"),
    ("hill-brigade", "member_of", "river-front", "2015-01", ""),
    ("sandia", "backs", "river-brigade", "", ""), ("sandia", "backs", "dune-army", "", ""),
    ("ostan", "member_of", "league", "", ""), ("nordia", "member_of", "league", "", ""),
)
# id, name, kind, degrees, radius, parent
_PLACES: Final = (
    ("north", "North Province", "province", 36.3, 37.2, 70.0, ""),
    ("marat", "Marat", "city", 36.2, 37.1, 8.0, "north"),
    ("camp", "Salt Camp", "camp", 36.22, 37.12, 0.5, "marat"),
    ("newton-north", "Newton North", "town", 36.6, 37.5, 2.0, "north"),
    ("newton-south", "Newton South", "town", 33.1, 36.2, 2.0, ""),
    ("all-ostan", "Ostan", "country", 35.0, 38.0, 500.0, ""),
)
_PLACE_NAMES: Final = (("marat", "Marat"), ("marat", "مرات"), ("marat", "Марат"), ("camp", "Salt Camp"),
                       ("newton-north", "Newton"), ("newton-south", "Newton"))


@cache
def knowledge() -> Knowledge:
    """What is known of Ostan."""
    end = ["", ""]
    tables: dict[str, Any] = {
        "actors": {row[0]: [*row, "", "", "", "own", "ostan"] for row in _ACTORS},
        "places": {row[0]: [*row, "OS", "own", "ostan"] for row in _PLACES},
        "corridors": {name: [name, title, "civilian", place, "", "", "", "", "", "", "own", "ostan"]
                      for name, title, place in (("camp-gate", "Salt Gate", "camp"), ("far-way", "Far Way", "?"))},
        "outlets": {name: [name, name, "", "en", country, "", "tv", side, "", "", "own", "ostan"]
                    for name, country, side in (("ostan-tv", "OS", "government"), ("front-news", "", "rebels"),
                                                ("the-times", "OS", "independent"))},
        "names": [["actor", name, text, "en", "name", *end] for name, texts in _NAMES.items() for text in texts]
        + [["actor", row[0], row[1], "en", "name", *end] for row in _ACTORS]
        + [["place", name, text, "en", "name", *end] for name, text in _PLACE_NAMES],
        "relations": [[*row, "", "own", "ostan"] for row in _RELATIONS],
        "forces": {"OS": "army", "ND": "nordian-army"}, "states": {"OS": "ostan", "ND": "nordia", "WE": "westria"}}
    return Knowledge(tables, "ostan")


def role(exact: str, kind: str = "group", **fields: Any) -> Role:
    """A role in some words."""
    return Role(exact, 0, len(exact), kind, **fields)
