"""Who is meant by the name of an outlet, an agency or a speaker: one key for all the names that the packs know it by.

Some appear twice in the packs, as an outlet and as an organisation (a monitor, a ministry's website), and some outlets
in several editions: these are one speaker each. Who is in no pack is known by the folded name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from saksi import plainyaml
from saksi.packs.gazetteer import name_key
from saksi.packs.load import Actor, Knowledge, Name, Outlet, load
from saksi.text.fold import bare

Kind = Literal["outlet", "agency", "organisation", "person", "group"]

ACTOR: Final = "saksi:actor/"
OUTLET: Final = "saksi:outlet/"

_FIRM: Final = frozenset({"name", "alias"})     # kinds of names that nobody else bears
_RANK: Final = {"name": 0, "alias": 1, "abbreviation": 2, "former": 3, "short": 4}
_OWN_SITES: Final = frozenset({"government_site"})      # kinds of outlets that are their owner speaking
_HEADS_SPEAK: Final = frozenset({"monitor", "ngo", "civil_defence"})    # bodies whose head is their voice
_HEAD: Final = frozenset({"leads", "founded"})
_WORD: Final = re.compile(r"\w+(?:['’.-]\w+)*")
_LONGEST: Final = 8     # words of a name


@dataclass(frozen=True, slots=True)
class Speaker:
    """An outlet, body or person by its key; `office` is what the packs say of a person or who stands behind it."""

    key: str
    name: str
    kind: Kind
    office: str = ""


@lru_cache(maxsize=1)
def wordings() -> dict[str, Any]:
    """The words of `voices.yaml`."""
    found: dict[str, Any] = plainyaml.load(Path(__file__).with_name("voices.yaml").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=4)
def speakers(packs: tuple[Path, ...] = ()) -> Speakers:
    """The speakers that the installed packs know, and the user's own `packs`."""
    return Speakers(load(packs))


class Speakers:
    """Speakers by id, by name and by address."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._by_key: dict[str, list[Name]] = {}
        for name in knowledge.names:
            if name.owner in {"actor", "outlet"} and name.kind in _RANK:
                self._by_key.setdefault(name_key(name.text), []).append(name)
        self._twins = dict(self._shared_names())
        self._editions = dict(self._extended_names())

    # By id

    def by_id(self, identifier: str) -> Speaker | None:
        """The speaker with the id that a record gives (``saksi:actor/…``, ``saksi:outlet/…``)."""
        if identifier.startswith(OUTLET):
            outlet = self._knowledge.outlet(identifier.removeprefix(OUTLET))
            return self._outlet(outlet) if outlet else None
        if identifier.startswith(ACTOR):
            actor = self._knowledge.actor(identifier.removeprefix(ACTOR))
            return self._actor(actor) if actor else None
        return None

    def speaks_for(self, speaker: Speaker) -> Speaker | None:
        """The body whose voice a person is, as the head of a monitor or a relief organisation is its."""
        for relation in self._heads.get(speaker.key.removeprefix(ACTOR), ()):
            actor = self._knowledge.actor(relation)
            if actor is not None and actor.category in _HEADS_SPEAK:
                return self._actor(actor)
        return None

    def _actor(self, actor: Actor) -> Speaker:
        kind: Kind = "person" if actor.kind == "person" else "group" if actor.kind == "group" else "organisation"
        return Speaker(ACTOR + actor.id, actor.name, kind, actor.description if kind == "person" else "")

    def _outlet(self, outlet: Outlet) -> Speaker:
        twin = self._twins.get(outlet.id)
        if twin is not None:
            actor = self._knowledge.actor(twin)
            assert actor is not None
            return self._actor(actor)
        whole = self._editions.get(outlet.id)
        if whole is not None:
            found = self._knowledge.outlet(whole)
            assert found is not None
            return self._outlet(found)
        return Speaker(OUTLET + outlet.id, outlet.name, "agency" if outlet.kind == "wire" else "outlet")

    @cached_property
    def _heads(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for relation in self._knowledge.relations:
            if relation.relation in _HEAD:
                found.setdefault(relation.subject, []).append(relation.object)
        return found

    # By name

    def outlet(self, name: str, *, surely: bool = False) -> Speaker | None:
        """The outlet, or the body that publishes, whose name this is: whole, or that of an edition of it.

        `surely` says that it is the name of an outlet, so that even "sana" in small letters can be but one.
        """
        words = name.split()
        if surely and (named := self._by_domain.get(name.lower())) is not None:
            return self._outlet(named)
        while words:
            found = self._named(" ".join(words), outlets=True, any_case=surely)
            if found is not None:
                return found
            shorter = _without_edition(words)
            if shorter is None:
                return None
            words = shorter
        return None

    def publisher(self, name: str) -> Speaker:
        """The outlet with this name, known or not."""
        found = self.outlet(name, surely=True)
        if found is not None:
            return found
        words = name.split()
        while (shorter := _without_edition(words)) is not None:
            words = shorter
        plain = " ".join(words)
        return Speaker("outlet:" + (name_key(plain) or name_key(name) or name), plain, "outlet")

    def at(self, url: str) -> Speaker | None:
        """The outlet that publishes at this address, by the longest domain that is known."""
        try:
            parts = urlsplit(url)
            host, path = (parts.hostname or "").removeprefix("www."), parts.path.strip("/").partition("/")[0]
        except ValueError:
            return None
        labels = host.split(".")
        for first in range(len(labels) - 1):
            domain = ".".join(labels[first:])
            found = self._by_domain.get(f"{domain}/{path}") or self._by_domain.get(domain)
            if found is not None:
                return self._outlet(found)
        return None

    def in_words(self, text: str) -> Iterator[tuple[Speaker | None, int, int]]:
        """What is named in a few words, with offsets, the longest names first: outlets and actors; states by their
        nationalities ("Syrian"); None for places."""
        words = [match.span() for match in _WORD.finditer(text)]
        at = 0
        while at < len(words):
            for last in range(min(len(words), at + _LONGEST), at, -1):
                named = text[words[at][0]:words[last - 1][1]]
                found = self._named(named) or self._state(named)
                if found is not None or name_key(named) in self._places:
                    yield found, words[at][0], words[last - 1][1]
                    at = last
                    break
            else:
                at += 1

    def _state(self, nationality: str) -> Speaker | None:
        identifier = self._nationalities.get(name_key(nationality))
        actor = self._knowledge.actor(identifier) if identifier else None
        return self._actor(actor) if actor is not None else None

    @cached_property
    def _nationalities(self) -> dict[str, str]:
        """The state of each word for a nationality."""
        return {name_key(name.text): self._knowledge.states[name.id] for name in self._knowledge.names
                if name.owner == "nationality" and name.id in self._knowledge.states}

    @cached_property
    def _places(self) -> frozenset[str]:
        return frozenset(name_key(name.text) for name in self._knowledge.names if name.owner == "place")

    def outlet_at_start(self, text: str) -> tuple[Speaker, str] | None:
        """The outlet whose name the text begins with, the longest, and the name as it stands there."""
        words = [match.span() for match in _WORD.finditer(text[:120])][:_LONGEST]
        for _, end in reversed(words):
            exact = text[words[0][0]:end]
            found = self._named(exact, outlets=True)
            if found is not None:
                return found, exact
        return None

    def _named(self, text: str, *, outlets: bool = False, any_case: bool = False) -> Speaker | None:
        """The speaker with just this name, only one that publishes if `outlets`, and then by a short name too.
        Abbreviations must stand in capitals, unless in `any_case`."""
        best: Name | None = None
        for name in self._by_key.get(name_key(text), ()):
            if outlets and not self._publishes(name):
                continue
            if name.kind == "short" and not (outlets and name.owner == "outlet"):
                continue
            if not any_case and name.text.isupper() and not text.isupper() and len(name.text) <= _SHORT:
                continue
            if best is None or _RANK[name.kind] < _RANK[best.kind]:
                best = name
        return self.by_id((OUTLET if best.owner == "outlet" else ACTOR) + best.id) if best is not None else None

    def _publishes(self, name: Name) -> bool:
        return name.owner == "outlet" or name.id in self._publishing

    @cached_property
    def _publishing(self) -> frozenset[str]:
        """The actors that publish under a name of their own."""
        return frozenset(self._twins.values())

    @cached_property
    def _by_domain(self) -> dict[str, Outlet]:
        return {outlet.domain: outlet for outlet in self._outlets if outlet.domain}

    @cached_property
    def _outlets(self) -> Sequence[Outlet]:
        ids = dict.fromkeys(name.id for name in self._knowledge.names if name.owner == "outlet")
        return [outlet for identifier in ids if (outlet := self._knowledge.outlet(identifier)) is not None]

    # Who is one

    def _shared_names(self) -> Iterator[tuple[str, str]]:
        """The outlets (by id) that are an actor (by id) too: both bear one name, or the outlet is its owner's own."""
        for names in self._by_key.values():
            actors = {name.id for name in names if name.owner == "actor" and name.kind in _FIRM}
            if len(actors) == 1:
                actor = actors.pop()
                yield from ((name.id, actor) for name in names if name.owner == "outlet" and name.kind in _FIRM)
        for outlet in self._outlets:
            if outlet.kind in _OWN_SITES:
                owners = {name.id for name in self._by_key.get(name_key(outlet.owner), ()) if name.owner == "actor"}
                if len(owners) == 1:
                    yield outlet.id, owners.pop()

    def _extended_names(self) -> Iterator[tuple[str, str]]:
        """The outlets (by id) that are an edition of another (by id): one name, a language after it, one country."""
        for outlet in self._outlets:
            shorter = _without_edition(outlet.name.split())
            names = self._by_key.get(name_key(" ".join(shorter)), ()) if shorter else ()
            for name in names:
                whole = self._knowledge.outlet(name.id) if name.owner == "outlet" else None
                if whole is not None and whole.id != outlet.id and whole.country == outlet.country:
                    yield outlet.id, whole.id
                    break


_SHORT: Final = 6   # letters of an abbreviation


def _without_edition(words: Sequence[str]) -> list[str] | None:
    """A name without the words at its end that tell an edition; None if there are none, or nothing else."""
    for size in (2, 1):
        if len(words) > size and bare(" ".join(words[-size:])).strip("().") in _editions():
            return list(words[:-size])
    return None


@lru_cache(maxsize=1)
def _editions() -> frozenset[str]:
    return folded(wordings()["editions"])


def folded(words: Iterable[str]) -> frozenset[str]:
    """Words of `voices.yaml` as they are compared."""
    return frozenset(map(bare, words))
