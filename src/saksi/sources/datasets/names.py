"""Names in coded data: which actor, outlet or place of the packs and the gazetteer they stand for.

A cell is looked up as the name that it is, and as what is left of it without the additions that datasets make; where
that finds nothing, its words are read as a report's would be. What neither tells stays unresolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from saksi.mentions.resolve import Candidate, Resolver, Setting, in_force, kilometres
from saksi.packs.gazetteer import name_key, world
from saksi.packs.load import Name
from saksi.reader import Reader
from saksi.records import Mention, Report
from saksi.sources.datasets.crosswalk import crosswalk

NOTE: Final = re.compile(r"\s*\([^()]*\)\s*$")
SPEAKERS: Final = frozenset({"organisation", "group", "person"})
_FORCES: Final = re.compile(r"(Military|Police) Forces of (.+?)(?: \([^)]*\))?(?: (\D+))?")
_SORT: Final = re.compile(r"\s+(?:town|city|village|district|sub-?district|province|governorate|region|camp"
                          r"|neighbou?rhood|area)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hints:
    """What helps to resolve a name: the countries it is about (ISO 3166 alpha-2) and the day it was used."""

    countries: tuple[str, ...] = ()
    date: str | None = None

    def setting(self) -> Setting:
        """The setting of a report with these hints."""
        return Setting.of(self.countries, self.date)


class Names:
    """Looks names up, with the packs of a reader. Offsets of the mentions it gives are those within the name."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self._knowledge = reader, reader.knowledge
        self._resolver = Resolver(reader.knowledge, world())
        self._index: dict[str, list[Name]] = {}
        self._adjectives: dict[str, list[str]] = {}
        for name in self._knowledge.names:
            self._index.setdefault(name_key(name.text), []).append(name)
            if name.owner == "nationality" and name.language == "en" and name.kind == "adjective":
                self._adjectives.setdefault(name.id, []).append(name.text)
        self.read = lru_cache(maxsize=20_000)(self._read)

    def actor(self, text: str, hints: Hints) -> Candidate | None:
        """The actor or outlet that bears exactly this name."""
        return self._resolver.actor(self._named(text), hints.setting())

    def body(self, text: str, hints: Hints) -> Candidate | None:
        """The actor or outlet that bears this name, with or without the edition ("Al-Alam English")."""
        return next((found for form in _editions(text) if (found := self.actor(form, hints))), None)

    def outlet(self, text: str) -> Candidate | None:
        """The outlet that bears this name, with or without the edition."""
        return next((found for form in _editions(text) if (found := self._resolver.actor(
            [name for name in self._named(form) if name.owner == "outlet"], Hints().setting()))), None)

    def country(self, text: str) -> str | None:
        """The country (ISO 3166 alpha-2) of a state's name; of "Yemen (North Yemen)" that before the bracket."""
        for form in _forms(text):
            for name in self._index.get(name_key(form), ()):
                actor = self._knowledge.actor(name.id) if name.owner == "actor" else None
                if actor is not None and actor.category == "state" and actor.country:
                    return actor.country
        return None

    def in_use(self, candidate: Candidate, date: str | None) -> bool:
        """Whether there was such an actor at the time."""
        actor = self._knowledge.actor(candidate.id.rpartition("/")[2])
        return actor is not None and in_force(actor.valid_from, actor.valid_to, date)

    def coded_actor(self, value: str, hints: Hints) -> Mention:
        """The actor that a table's cell names as a whole: "Military Forces of Syria (2000-2024)", "JFS: …"."""
        if value.lower().startswith(crosswalk().unnamed):
            return Mention(value, 0, len(value), "group")
        found = self._forces(value, hints)
        for form in _forms(value):
            found = found or self.actor(form, hints)
        return mention(value, 0, found) if found is not None else self._described(value, hints)

    def place(self, text: str, hints: Hints) -> Candidate | None:
        """The place of the packs that bears exactly this name, in any script; "Town - Quarter" is the quarter."""
        for form in _place_forms(text):
            named = [name for name in self._named(form) if name.owner == "place"]
            found = self._resolver.place(named, form, hints.setting(), headed=True) if named else None
            if found is not None:
                return found
        return None

    def coded_place(self, value: str, point: tuple[float, float], radius_km: float, hints: Hints) -> Candidate | None:
        """The place that a cell names, if it lies where the table has it: within its radius and the place's own."""
        for form in _place_forms(value):
            for found in self._resolver.places(self._named(form), form, hints.setting(), headed=True):
                if found.lat is not None and found.lon is not None and kilometres(
                        point, (found.lat, found.lon)) <= radius_km + (found.precision_km or 0.0):
                    return found
        return None

    def _named(self, text: str) -> list[Name]:
        """The names that are written so; abbreviations with the same capitals only."""
        return [name for name in self._index.get(name_key(text), ())
                if name.kind != "abbreviation" or name.text == text]

    def _forces(self, value: str, hints: Hints) -> Candidate | None:
        """ "Military Forces of Syria (2000-2024) Air Force": the air force, else the armed forces of Syria."""
        said = _FORCES.fullmatch(value)
        country = self.country(said[2]) if said else None
        if said is None or country is None:
            return None
        unit = said[3] or ("police" if said[1] == "Police" else "")
        for adjective in self._adjectives.get(country, ()) if unit else ():
            if found := self.actor(f"{adjective} {unit}", hints):
                return found
        return self._resolver.force_of(country) if said[1] == "Military" else None

    def _described(self, value: str, hints: Hints) -> Mention:
        """ "Opposition Rebels (Syria)": what "Syrian Opposition Rebels" would be in a report."""
        bare = NOTE.sub("", value)
        said = value[len(bare):].strip(" ()")
        adjectives = self._adjectives.get(self.country(said) or "", [])[:1] if said else []
        year = replace(hints, date=hints.date[:4] if hints.date else None)  # so that few forms are read many times
        for form in (*(f"{adjective} {bare}" for adjective in adjectives), bare):
            if known := self.actor(form, hints):
                return mention(value, 0, known)
            whole = next((one for one in self.read("", form, year) if len(one.exact) == len(form)), None)
            if whole is not None and whole.id and whole.kind in SPEAKERS:
                return replace(whole, exact=value, start=0, end=len(value))
        return Mention(value, 0, len(value), "organisation")

    def _read(self, before: str, value: str, hints: Hints) -> tuple[Mention, ...]:
        """What a reader finds in `value`, standing behind the words `before`, in the order of the text."""
        report = Report(before + value, language="en", published=hints.date, countries=hints.countries)
        shift = len(before)
        found = (replace(one, start=one.start - shift, end=one.end - shift, antecedent=None)
                 for one in self._reader.read(report).mentions if one.start >= shift)
        return tuple(sorted(found, key=lambda one: (one.start, -one.end)))


def mention(exact: str, start: int, found: Candidate | None, otherwise: str = "organisation") -> Mention:
    """The mention of an actor, outlet or place by a whole name; of kind `otherwise` where nothing was found."""
    if found is None:
        return Mention(exact, start, start + len(exact), otherwise)
    return Mention(exact, start, start + len(exact), found.kind, found.id, found.name, score=found.score)


def without_edition(name: str) -> str:
    """The name of an outlet without that of its edition."""
    return list(_editions(name))[-1]


def _editions(name: str) -> Iterator[str]:
    """A name as it stands, then without what names an edition at its end."""
    words = name.split()
    yield " ".join(words)
    while len(words) > 1 and words[-1].lower() in crosswalk().editions:
        words.pop()
        yield " ".join(words)


def _forms(value: str) -> Iterator[str]:
    """A name as it stands, without its bracket, and each side of "SHORT: Name"."""
    bare = NOTE.sub("", value)
    yield from dict.fromkeys([value, bare, *(side.strip() for side in reversed(bare.split(":", 1)))])


def _place_forms(value: str) -> Iterator[str]:
    """A place's name as it stands, the more exact side of "Town - Quarter", and without "town" or "village"."""
    sides = [side.strip() for side in (value, *reversed(value.split(" - ")))]
    yield from dict.fromkeys(form for side in sides for form in (side, _SORT.sub("", side)) if form)
