"""Resolution: which actor or place of the packs, or which place of the world, a name stands for.

Names are resolved over the whole report at once: what is certain (a pack's own name, a country named outright) votes
for the country the rest is sought in. A guess that nothing supports is left unresolved.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from saksi.mentions.candidates import Candidate
from saksi.packs.gazetteer import City, Gazetteer, name_key, world
from saksi.packs.load import Actor, Knowledge, Name, Place, load

_NEAR_LAT, _NEAR_LON = 1.35, 1.7     # degrees: 150 km north-south anywhere, east-west at 37 degrees north
_LEAST_SCORE = 0.5
_EARTH_KM = 6371.0088


@dataclass(slots=True)
class Setting:
    """What is known of a report before its names are resolved: hints and votes for countries, points already sure."""

    hints: frozenset[str]
    date: str | None
    votes: Counter[str]
    points: dict[tuple[float, float], None]  # in the order in which they were found

    @classmethod
    def of(cls, countries: Iterable[str], date: str | None) -> Setting:
        """The setting of a report with these hints."""
        return cls(frozenset(country.upper() for country in countries), date, Counter(), {})

    def leaning(self, country: str) -> float:
        """How much speaks for a country, from 0 to 1."""
        if country in self.hints:
            return 1.0
        total = sum(self.votes.values())
        return self.votes[country] / total if total else 0.0


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance between two points in degrees."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def in_force(start: str, end: str, date: str | None) -> bool:
    """Whether something valid from `start` to `end` holds on a date; ISO strings of any precision compare as text."""
    if not date:
        return True
    return (not start or start[:len(date)] <= date[:len(start)]) and (not end or date[:len(end)] <= end[:len(date)])


class Resolver:
    """Resolves names by the packs and the gazetteer."""

    def __init__(self, knowledge: Knowledge, gazetteer: Gazetteer) -> None:
        self.knowledge, self.gazetteer = knowledge, gazetteer

    # Actors

    def actor(self, names: Sequence[Name], setting: Setting) -> Candidate | None:
        """The actor that the names of one group of words stand for, the likeliest at the report's date."""
        scored = [self._actor(name, setting) for name in names if name.owner in {"actor", "outlet"}]
        found = [candidate for candidate in scored if candidate is not None]
        return max(found, key=lambda candidate: candidate.score, default=None)

    def _actor(self, name: Name, setting: Setting) -> Candidate | None:
        if name.owner == "outlet":
            outlet = self.knowledge.outlet(name.id)
            return outlet and Candidate("organisation", f"saksi:outlet/{outlet.id}", outlet.name, 0.75,
                                        ("outlet:name",), country=outlet.country or None, pack=outlet.pack,
                                        source=outlet.source)
        actor = self.knowledge.actor(name.id)
        if actor is None:
            return None
        score, why = {"name": 0.9, "alias": 0.85, "abbreviation": 0.75, "former": 0.8, "label": 0.8,
                      "short": 0.65, "metonym": 0.5}.get(name.kind, 0.7), [f"pack:{actor.pack}:{name.kind}"]
        if name.valid_from or name.valid_to:
            fits = in_force(name.valid_from, name.valid_to, setting.date)
            score += 0.05 if fits else -0.1
            why.append("name:in-use" if fits else "name:other-time")
        if not in_force(actor.valid_from, actor.valid_to, setting.date):
            score -= 0.2
            why.append("actor:other-time")
        lean = setting.leaning(actor.country) if actor.country else 0.0
        if name.kind == "short" and actor.kind != "person" and actor.country and not lean and (
                setting.hints or setting.votes):
            return None     # "government forces" in a report of another country
        if lean:
            score += 0.1 * lean
            why.append(f"country:{actor.country}")
        return Candidate(actor.kind, f"saksi:actor/{actor.id}", actor.name, round(min(score, 0.99), 3), tuple(why),
                         country=actor.country or None, pack=actor.pack, source=actor.source)

    def force_of(self, country: str) -> Candidate | None:
        """The armed forces of a state, for "Syrian soldiers"."""
        identifier = self.knowledge.forces.get(country)
        actor = self.knowledge.actor(identifier) if identifier else None
        return actor and Candidate("organisation", f"saksi:actor/{actor.id}", actor.name, 0.75,
                                   ("nationality+forces",), country=country, pack=actor.pack, source=actor.source)

    # Places

    def place(self, names: Sequence[Name], text: str, setting: Setting, *, headed: bool = False,
              placed: bool = False) -> Candidate | None:
        """The place that a name stands for. `headed`: beside a head word of a place; `placed`: where a place is
        looked for ("in …")."""
        found = self.places(names, text, setting, headed=headed, placed=placed)
        return found[0] if found and found[0].score >= _LEAST_SCORE else None

    def places(self, names: Sequence[Name], text: str, setting: Setting, *, headed: bool = False,
               placed: bool = False) -> list[Candidate]:
        """All places that a name may stand for, the likeliest first."""
        found: dict[str, Candidate] = {}
        divisions: set[str] = set()     # of which the name is but the short one: "Kyiv" is the city before the oblast
        for name in names:
            candidate = self._pack_place(name, setting, headed=headed)
            if candidate is not None and candidate.score > found.get(candidate.id, _NOWHERE).score:
                found[candidate.id] = candidate
                if name.kind == "short" and not headed and (candidate.precision_km or 0.0) >= _DIVISION_KM:
                    divisions.add(candidate.id)
        key = name_key(text)
        if len(key) > 2:
            cities = self.gazetteer.named([key]).get(key, ())
            for city in _worth_a_look(cities, setting):
                candidate = self._city(city, setting, placed=placed or headed)
                if not any(_same_spot(candidate, other) for other in found.values() if other.id not in divisions):
                    found[candidate.id] = candidate
        return sorted(found.values(), key=lambda candidate: -candidate.score)

    def _pack_place(self, name: Name, setting: Setting, *, headed: bool) -> Candidate | None:
        if name.owner == "corridor":
            corridor = self.knowledge.corridor(name.id)
            return corridor and Candidate("facility", f"saksi:corridor/{corridor.id}", corridor.name, 0.7,
                                          (f"pack:{corridor.pack}",), pack=corridor.pack, source=corridor.source)
        place = self.knowledge.place(name.id) if name.owner == "place" else None
        if place is None:
            return None
        score, why = 0.8, [f"pack:{place.pack}:{name.kind}"]
        if name.kind == "short" and not headed:
            score -= 0.25
            why.append("short:no-head")
        if name.kind == "name":
            score += 0.05
        lean = setting.leaning(place.country)
        score += 0.12 * lean - (0.25 if not lean and (setting.hints or setting.votes) else 0.0)
        if lean:
            why.append(f"country:{place.country}")
        if self._near((place.lat, place.lon), setting):
            score += 0.03
            why.append("near:report")
        return Candidate(_place_kind(place), f"saksi:place/{place.id}", place.name, round(min(score, 0.99), 3),
                         tuple(why), place.lat, place.lon, place.precision_km, place.country, place.pack, place.source)

    def _city(self, city: City, setting: Setting, *, placed: bool) -> Candidate:
        score, why = 0.25 + 0.05 * math.log10(max(city.population, 500) / 500), ["gazetteer"]
        if city.main:
            score += 0.05
        if placed:
            score += 0.15
            why.append("preposition")
        lean = setting.leaning(city.country)
        if lean:
            score += 0.3 * lean
            why.append(f"country:{city.country}")
        elif setting.hints or setting.votes:
            score -= 0.15
        if self._near((city.lat, city.lon), setting):
            score += 0.15
            why.append("near:report")
        return Candidate("place", f"geonames:{city.id}", city.name, round(max(0.0, min(score, 0.95)), 3), tuple(why),
                         city.lat, city.lon, round(1.0 + 0.6 * math.sqrt(city.population / 10000), 1), city.country,
                         "geonames", "GeoNames (CC BY 4.0)")

    def _near(self, point: tuple[float, float], setting: Setting) -> bool:
        """Whether a point lies within about 150 km of one that is sure: a box will do, without trigonometry."""
        lat, lon = point
        return any(abs(lat - other[0]) < _NEAR_LAT and abs(lon - other[1]) < _NEAR_LON and point != other
                   for other in islice(setting.points, 12))


_LOOKED_AT = 8  # namesakes of a place that are weighed, besides those in countries the report speaks of


def _worth_a_look(cities: Sequence[City], setting: Setting) -> list[City]:
    """The largest namesakes, and those in countries that the report leans to."""
    if len(cities) <= _LOOKED_AT:
        return list(cities)
    return [city for at, city in enumerate(cities) if at < _LOOKED_AT or setting.leaning(city.country) > 0]


_DIVISION_KM = 20.0     # a place wider than this is no town
_NOWHERE = Candidate("place", "", "", -1.0, ())
_FACILITIES = frozenset({"camp", "hospital", "road", "roundabout", "square", "crossing", "airport", "base", "dam",
                         "power_plant", "prison", "school", "mosque", "bridge", "market", "checkpoint",
                         "border_crossing", "citadel", "university", "factory", "garage", "industrial_area"})


def _place_kind(place: Place) -> str:
    return "facility" if place.kind in _FACILITIES else "place"


def _same_spot(one: Candidate, other: Candidate) -> bool:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    reach = max(5.0, 2 * (other.precision_km or 0.0)) if (other.precision_km or 0) < 40 else 40.0
    return one.country == other.country and kilometres((one.lat, one.lon), (other.lat, other.lon)) <= reach


# For `saksi resolve`

def candidates(name: str, *, language: str | None = None, countries: Iterable[str] = (), date: str | None = None,
               packs: Sequence[object] = ()) -> list[Candidate]:
    """Everything that a name may stand for, the likeliest first: actors, outlets and places of the packs, places of
    the gazetteer; where nothing bears the name, the most similar names of the packs."""
    resolver = _resolver(tuple(packs))
    setting = Setting.of(countries, date)
    named = _by_key(tuple(packs)).get(name_key(name), [])
    if language:
        named = [item for item in named if item.language in {language, "en"}] or named
    found: dict[str, Candidate] = {}
    for candidate in [*(resolver._actor(item, setting) for item in named),
                      *resolver.places(named, name, setting, placed=True)]:
        if candidate is not None and candidate.score > found.get(candidate.id, _NOWHERE).score:
            found[candidate.id] = candidate
    if not found:
        found = {candidate.id: candidate for candidate in _similar(resolver, name, setting, tuple(packs))}
    return sorted(found.values(), key=lambda candidate: (-candidate.score, candidate.id))


@lru_cache(maxsize=4)
def _resolver(packs: tuple[object, ...]) -> Resolver:
    return Resolver(load(packs), world())  # type: ignore[arg-type]


@lru_cache(maxsize=4)
def _by_key(packs: tuple[object, ...]) -> dict[str, list[Name]]:
    index: dict[str, list[Name]] = {}
    for name in _resolver(packs).knowledge.names:
        index.setdefault(name_key(name.text), []).append(name)
    return index


def consonants(name: str) -> str:
    """The consonants of a name in Latin letters: what is left the same by most ways of writing it in another script."""
    from anyascii import anyascii

    latin = anyascii(name).lower()
    for old, new in (("kh", "h"), ("sh", "s"), ("dh", "d"), ("th", "t"), ("gh", "g"), ("ph", "f"), ("ou", "u"),
                     ("c", "k"), ("q", "k"), ("j", "g"), ("z", "s"), ("w", "v"), ("b", "p")):
        latin = latin.replace(old, new)
    kept = "".join(letter for letter in latin if letter.isalpha() and letter not in "aeiouy")
    return "".join(letter for index, letter in enumerate(kept) if index == 0 or kept[index - 1] != letter)


def _similar(resolver: Resolver, name: str, setting: Setting, packs: tuple[object, ...]) -> list[Candidate]:
    from rapidfuzz import fuzz, process

    key, bones = name_key(name), consonants(name)
    index = _by_key(packs)
    close = process.extract(key, list(index), scorer=fuzz.ratio, limit=8, score_cutoff=80)
    alike = {match for match, _, _ in close}
    if len(bones) >= 3:
        alike |= {other for other in index if abs(len(other) - len(key)) <= 3 and consonants(other) == bones}
    found: list[Candidate] = []
    for other in sorted(alike):
        near = fuzz.ratio(key, other) / 100
        for item in index[other]:
            candidate = resolver._actor(item, setting) or resolver._pack_place(item, setting, headed=False)
            if candidate is not None and item.owner != "nationality":
                score = round(candidate.score * (0.4 + 0.3 * near), 3)
                found.append(Candidate(candidate.kind, candidate.id, candidate.name, score,
                                       (*candidate.why, f"similar:{item.text}"), candidate.lat, candidate.lon,
                                       candidate.precision_km, candidate.country, candidate.pack, candidate.source))
    best: dict[str, Candidate] = {}
    for candidate in found:
        if candidate.score > best.get(candidate.id, _NOWHERE).score:
            best[candidate.id] = candidate
    return list(best.values())


__all__ = ["Actor", "Candidate", "Resolver", "Setting", "candidates", "kilometres"]
