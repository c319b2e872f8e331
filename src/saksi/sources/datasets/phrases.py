"""Names in free words, as people code them: "Syrian government forces and Liwa al-Quds", "X camp, north of Y".

The words are read as a report's would be, so that coded and machine-read claims name the same actors and places; what
is a name as a whole is looked up. Offsets of the mentions are those within the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from saksi.mentions.resolve import Candidate, kilometres
from saksi.records import Mention
from saksi.sources.datasets.crosswalk import crosswalk
from saksi.sources.datasets.names import NOTE, SPEAKERS, Hints, Names, mention

_AND: Final = re.compile(r"\s*(?:[,;&]|\band\b)\s*")
_OR: Final = re.compile(r"\s*/\s*")
_TITLE: Final = re.compile(r"(?:(?:Gen|Lt|Maj|Brig|Col|Capt|Cmdr|Adm|Sgt|Dr|Mr|Mrs|Ms|Prof|Sen|Amb|Rep)\.\s*)+")
_AGENTS: Final = SPEAKERS | {"platform", "nationality", "facility", "place", "weapon"}
_PLACES: Final = frozenset({"place", "facility"})
_FAR_KM: Final = 150.0  # a place said to be near another does not lie farther away


@dataclass(frozen=True, slots=True)
class Placed:
    """A place that a value names; `around` are the words that put a thing near or in it, as offsets in the value."""

    mention: Mention
    around: tuple[int, int] | None = None


def agents(value: str, names: Names, hints: Hints) -> tuple[Mention, ...]:
    """Who or what a value names, in its order."""
    return tuple(_each(value, names, hints, _AGENTS))


def speakers(value: str, names: Names, hints: Hints) -> tuple[Mention, ...]:
    """Who speaks: "SANA and Reuters" are two, "A. Name, commander of …" is one."""
    head = value.partition(",")[0]
    rest = _AND.split(value[len(head):])[-1].strip()
    is_list = bool(rest) and names.outlet(rest) is not None
    return tuple(_each(value if is_list else head.rstrip(), names, hints, SPEAKERS))


def places(value: str, names: Names, hints: Hints) -> tuple[tuple[Placed, ...], tuple[Mention, ...]]:
    """The places that a value names, and those it only locates them by ("…, north of Aleppo")."""
    own = value.partition(",")[0]
    read = [one for one in names.read("in ", value, hints) if one.kind in _PLACES]
    context = tuple(one for one in read if one.start > len(own) and one.lat is not None)
    found = []
    for start, end in _parts(own, read):
        placed = _placed(own, start, end, [one for one in read if one.start >= start and one.end <= end])
        if placed.mention.id is None and (known := names.place(own[start:end], hints)):
            placed = Placed(_at(own[start:end], start, known))      # a name in another script than it is read in
        found.append(replace(placed, mention=_close(placed.mention, context)))
    return tuple(found), context


def _each(value: str, names: Names, hints: Hints, kinds: frozenset[str]) -> Iterator[Mention]:
    if known := names.body(value, hints):
        yield mention(value, 0, known)
        return
    read = [one for one in names.read("", value, hints) if one.kind in _AGENTS]
    parts = list(_parts(value, read))
    for start, end in parts:
        exact = value[start:end]
        if known := _one_of(exact, names, hints):
            yield mention(exact, start, known)
            continue
        found = _first([one for one in read if one.start >= start and one.end <= end], kinds)
        if found is not None and found.kind == "nationality":
            # "Russian and government jets": the noun stands behind the last
            found = _first(names.read("", f"{exact} {value[slice(*parts[-1])].rsplit(None, 1)[-1]}", hints), kinds)
        if found is None or found.kind == "nationality":
            yield mention(exact, start, None, _kind_of(exact))
        else:
            yield replace(found, exact=exact, start=start, end=end)


def _one_of(text: str, names: Names, hints: Hints) -> Candidate | None:
    """The actor of a name, or of alternative names ("A / B"): the one in use at the time."""
    forms = _OR.split(_TITLE.sub("", text))
    known = [found for form in forms if (found := names.body(form, hints))]
    if not known or len(known) < len(forms):
        return None
    return next((one for one in known if names.in_use(one, hints.date)), known[0])


def _first(inside: Sequence[Mention], kinds: frozenset[str]) -> Mention | None:
    """What a part of a value stands for: its first noun group; if that has no name of its own, the body it is of."""
    fitting = [one for one in inside if one.kind in kinds or one.kind == "nationality"]
    first = fitting[0] if fitting else None
    if first is None or first.id or first.kind not in {"group", "person"}:
        return first
    body = next((one for one in fitting if one.kind == "organisation" and one.id), None)
    return first if body is None else replace(first, id=body.id, name=body.name)


def _kind_of(exact: str) -> str:
    """The kind of what nobody knows: a thing by its noun, a name by its capital, else people."""
    if exact.rsplit(None, 1)[-1].lower() in crosswalk().things:
        return "facility"
    return "organisation" if exact[:1].isupper() or " " not in exact else "group"


def _parts(value: str, read: Iterable[Mention]) -> Iterator[tuple[int, int]]:
    """The parts of an enumeration, without notes in brackets; what is one name to the reader is not parted."""
    taken = list(read)
    cuts = [(0, 0), *(match.span() for match in _AND.finditer(value)
                      if not any(one.start < match.end() and one.end > match.start() for one in taken)),
            (len(value), len(value))]
    for (_, after), (before, _) in pairwise(cuts):
        part = NOTE.sub("", value[after:before])
        start = after + len(part) - len(part.lstrip())
        if part.strip():
            yield start, start + len(part.strip())


def _placed(own: str, start: int, end: int, inside: Sequence[Mention]) -> Placed:
    """The place in one part of a value: the longest name, not the words around it that the reader counts in."""
    named = [one for one in inside if one.id and one.lat is not None]
    bare = [one for one in named if not any(other.id == one.id and len(other.exact) < len(one.exact)
                                            for other in named)]
    found = max(bare, key=lambda one: len(one.exact), default=None)
    if found is None:
        return Placed(Mention(own[start:end], start, end, next((one.kind for one in inside), "place")))
    before = own[start:found.start].rstrip()
    if not before:
        return Placed(found)
    reach = max(crosswalk().around.get(word.lower(), 0.0) for word in before.split())
    wider = replace(found, precision_km=round((found.precision_km or 0.0) + reach, 1))
    return Placed(wider, (start, start + len(before)))


def _at(exact: str, start: int, known: Candidate) -> Mention:
    """The mention of a place by its whole name."""
    return Mention(exact, start, start + len(exact), known.kind, known.id, known.name, score=known.score, lat=known.lat,
                   lon=known.lon, precision_km=known.precision_km, country=known.country)


def _close(one: Mention, context: Iterable[Mention]) -> Mention:
    """The mention, left unresolved if it was put far from every place that it is said to be near."""
    points = [(near.lat, near.lon) for near in context if near.lat is not None and near.lon is not None]
    if one.lat is None or one.lon is None or not points:
        return one
    reach = _FAR_KM + (one.precision_km or 0.0)
    if any(kilometres((one.lat, one.lon), point) <= reach for point in points):
        return one
    return Mention(one.exact, one.start, one.end, one.kind)
