"""Disputes: the fields of an event on which its accounts differ, how much, and whether the sides line up with it.

What is vague is not different: "dozens" does not dispute 38, "in September" not the 24th, an account that names nobody
not one that does. Numbers are compared per account and never added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from saksi.events.accounts import TOLLS, Range, claims_of, settled
from saksi.events.match import SPANNING, Matcher
from saksi.events.sides import NOBODY, SIDE, Party
from saksi.events.sighting import SAID, SPEECH, Sighting, day_after, iso_day
from saksi.events.spots import place_points
from saksi.events.words import PORTION
from saksi.records import Json

KINDS: Final = ("denial", "responsibility", "toll", "time", "place", "control", "characterisation")
_DONE_BY: Final = frozenset({"strike", "assault", "blast", "shooting", "harm", "damage", "way_attacked", "way_barred",
                             "halt_broken", "seizing", "shields", "looting", "torture", "downing", "capture"})
_FIRE: Final = frozenset({"strike", "assault", "blast", "way_attacked", "halt_broken"})
_ALIKE: Final = frozenset({"same", "body", "allied", "class"})
_POINTS: Final = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
_OF: Final = {"civilian": "civilians", "armed": "fighters", "state": "soldiers", PORTION: "some of them"}
_UNSAID: Final = "the place"


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values that accounts give a field, with whose they are; `by` names those who say it in so many words
    where that is not the origin, `claims` are those that say it."""

    value: Any
    origins: tuple[str, ...]
    claims: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()

    def as_dict(self) -> Json:
        """The contract's form."""
        made: Json = {"value": self.value, "origins": list(self.origins), "claims": list(self.claims)}
        return made | {name: list(names) for name, names in (("by", self.by), ("outlets", self.outlets)) if names}


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field on which accounts differ: its kind, how much (0..1), the values, and whether the sides of the conflict
    line up with them (None where too little is known of who says what)."""

    field: str
    kind: str
    size: float
    along_sides: bool | None
    values: tuple[Value, ...]

    def as_dict(self) -> Json:
        """The contract's form."""
        return {"field": self.field, "kind": self.kind, "size": round(self.size, 3), "along_sides": self.along_sides,
                "values": [value.as_dict() for value in self.values]}


Said = dict[Any, list[Sighting]]


def disputes(sightings: Iterable[Sighting], act: str, matcher: Matcher) -> tuple[Dispute, ...]:
    """The disputes of an event whose main act is `act`, the largest first."""
    seeking = _Seeking(sorted(sightings, key=lambda one: one.id), act, matcher)
    return tuple(sorted(seeking.all(), key=lambda dispute: (-round(dispute.size, 3), dispute.kind, dispute.field)))


class _Seeking:
    """The disputes among some claims."""

    def __init__(self, sightings: list[Sighting], act: str, matcher: Matcher) -> None:
        self._all, self._act, self._matcher = sightings, act, matcher
        self._values = matcher.parameters
        self._deeds = [one for one in sightings if one.act not in SPEECH]
        self._told = [one for one in self._deeds if not one.denied]

    def all(self) -> Iterator[Dispute]:
        """Every dispute there is."""
        for seek in (self._denial, self._responsibility, self._tolls, self._time, self._place, self._bearing,
                     self._control, self._amount, self._way, self._labels, self._victims, self._speech, self._reply):
            yield from seek()

    # Making

    def _dispute(self, field: str, kind: str, size: float, said: Said,
                 by: Callable[[Sighting], str | None] | None = None, *, outlets: bool = False) -> Dispute:
        values = tuple(
            Value(value, tuple(sorted(_origins(who))), tuple(sorted(claims_of(who))),
                  tuple(sorted(filter(None, {by(one) for one in who}))) if by else (),
                  tuple(sorted({one.outlet for one in who if one.outlet})) if outlets else ())
            for value, who in sorted(said.items(), key=lambda item: (-len(_origins(item[1])), str(item[0]))))
        return Dispute(field, kind, max(0.0, min(1.0, size)), self._along(list(said.values())), values)

    def _along(self, groups: list[list[Sighting]]) -> bool | None:
        """Whether those who say one thing are on one side and those who say another on the other."""
        tellers = [{self._teller(one) for one in group} - {NOBODY} for group in groups]
        opposed = False
        for one, other in combinations(tellers, 2):
            for first in one:
                for second in other:
                    found = self._matcher.standing(first, second)
                    if found in _ALIKE:
                        return False
                    opposed = opposed or found in {"other", "other_class"}
        return opposed or None

    def _teller(self, one: Sighting) -> Party:
        """Who vouches for a claim, if that is somebody with a side."""
        teller = one.speakers if one.act in SPEECH else one.teller
        sided = teller.classes & {"state", "armed"} or any(name.startswith(SIDE) for name in teller.bodies)
        return teller if sided else NOBODY

    def _of(self, acts: frozenset[str] | set[str]) -> list[Sighting]:
        return [one for one in self._told if one.act in acts]

    # Whether it happened

    def _denial(self) -> Iterator[Dispute]:
        acts: dict[str, tuple[list[Sighting], list[Sighting]]] = {}
        for one in self._deeds:
            if one.act != "hold":
                negative = one.denied or one.type == "corridor.unused"
                acts.setdefault(one.act, ([], []))[negative].append(one)
        self._spoken_denials(acts)
        for act, (told, denied) in sorted(acts.items()):
            if told and denied:
                main = act == self._act or self._act in SPEECH
                yield self._dispute("happened" if main else act, "denial",
                                    self._values.sizes["denial"] if main else self._values.sizes["way"] + 0.3,
                                    {"happened": told, "denied": denied}, _speaks)

    def _spoken_denials(self, acts: dict[str, tuple[list[Sighting], list[Sighting]]]) -> None:
        """Add denials in so many words ("the group denied the report") to what they deny."""
        known = {one.id: one for one in self._deeds}
        for one in self._all:
            if one.type != "statement.denial":
                continue
            about = known.get(one.about or "")
            if about is not None and about.denied and about.report == one.report:
                continue    # what it denies is a claim of its own
            act = about.act if about is not None else self._act
            acts.setdefault(act, ([], []))[1].append(one)

    # Who did it

    def _responsibility(self) -> Iterator[Dispute]:
        found: list[tuple[list[Party], list[Sighting]]] = []
        accused = [(one.done_to, one) for one in self._all if one.type == "statement.accusation"]
        for party, one in [*((one.doer, one) for one in self._of(_DONE_BY)), *accused]:
            if not party.ids and not party.classes:
                continue
            group = next((item for item in found if any(
                self._matcher.standing(party, other) in {"same", "body", "class"} for other in item[0])), None)
            if group is None:
                found.append(([party], [one]))
            else:
                group[0].append(party)
                group[1].append(one)
        if len(found) < 2:
            return
        opposed = all(self._matcher.standing(one, other) in {"other", "other_class"}
                      for (ours, _), (theirs, _) in combinations(found, 2) for one in ours for other in theirs)
        if not opposed and self._act == "capture":
            return      # which of several allies took a place is no dispute over who did
        size = self._values.sizes["responsibility" if opposed else "way"]
        said: Said = {}
        for _, who in found:
            names = dict.fromkeys(
                name for one in who for name in (one.words.whom if one.act == "answer" else one.words.who))
            said[", ".join(names) or "?"] = who
        if len(said) > 1 and len(_origins(one for who in said.values() for one in who)) > 1:
            yield self._dispute("who did it", "responsibility", size, said, _speaks)

    # How many

    def _tolls(self) -> Iterator[Dispute]:
        for what in TOLLS:
            for of, by_origin in self._counted(what).items():
                ranges = {origin: found for origin, who in by_origin.items()
                          if (found := settled(number for one in who for number in one.counts
                                               if number.what == what and (number.of == PORTION) == (of == PORTION)))}
                size = max((_distance(one, other) for one, other in combinations(ranges.values(), 2)), default=0.0)
                if size > 0.0:
                    said: Said = {}
                    for origin, (low, high) in ranges.items():
                        said.setdefault(_range(low, high), []).extend(by_origin[origin])
                    yield self._dispute(f"{what} ({_OF[of]})" if of else what, "toll", size, said)

    def _counted(self, what: str) -> dict[str, dict[str, list[Sighting]]]:
        """Claims with a toll, by the class of those counted and by origin."""
        found: dict[str, dict[str, list[Sighting]]] = {}
        for one in self._deeds:
            for number in one.counts:
                if number.what == what and number.low is not None and (not one.denied or number.high == 0):
                    found.setdefault(number.of, {}).setdefault(one.origin, []).append(one)
        portion = found.pop(PORTION, None)
        if "" in found and len(found) == 2:     # where only one class is counted, those without are of it too
            rest = found.pop("")
            (other,) = found.values()
            for origin, who in rest.items():
                other.setdefault(origin, []).extend(who)
        return found | ({PORTION: portion} if portion else {})

    # When and where

    def _time(self) -> Iterator[Dispute]:
        if self._act in SPANNING:
            return      # what goes on for long is told of at any time of it
        acts = {self._act} if self._act != "capture" else {"capture", "withdrawal"}
        types: dict[str, list[Sighting]] = {}
        for one in self._of(acts):
            if one.dated == SAID and one.first is not None:
                types.setdefault(one.type if self._act in self._values.passage else "", []).append(one)
        for dated in types.values():
            spans = {(one.first, one.last) for one in dated}
            gap = max((max(0, (b[0] or 0) - (a[1] or 0), (a[0] or 0) - (b[1] or 0)) for a, b in combinations(spans, 2)),
                      default=0)
            if gap and len(_origins(dated)) > 1:
                said: Said = {}
                for one in dated:
                    said.setdefault(_days(one), []).append(one)
                yield self._dispute("when", "time", 1.0 - (1.0 - self._values["day_size"]) ** gap, said)

    def _place(self) -> Iterator[Dispute]:
        placed = [one for one in self._of({self._act}) if one.placed == SAID and len(one.spots) == 1]
        apart = self._values["apart"]
        pairs = [(one, other) for one, other in combinations(placed, 2)
                 if one.type == other.type and one.origin != other.origin
                 and place_points(one.spots[0], other.spots[0], self._values)[0] <= apart]
        if pairs:
            said: Said = {}
            for one in dict.fromkeys(one for pair in pairs for one in pair):
                said.setdefault(one.spots[0].name, []).append(one)
            yield self._dispute("where", "place", 0.5, said)

    def _bearing(self) -> Iterator[Dispute]:
        told = [one for one in self._told if one.words.said.bearings]
        far = max((_turn(a, b) for one, other in combinations(told, 2) if one.origin != other.origin
                   for a in one.words.said.bearings for b in other.words.said.bearings), default=0.0)
        if far > self._values["bearing_close"]:
            said: Said = {}
            for one in told:
                for bearing in one.words.said.bearings:
                    said.setdefault(_POINTS[round(bearing / 45) % 8], []).append(one)
            yield self._dispute("where it lies", "place", far / 180.0, said)

    # Who holds it

    def _control(self) -> Iterator[Dispute]:
        taken = self._of({"capture"})
        if not taken:
            return
        said: Said = {}
        for one in taken:
            said.setdefault(one.words.said.extent or _UNSAID, []).append(one)
        for one in self._of({"hold"}):
            against = [capture for capture in taken
                       if self._matcher.standing(capture.doer, one.doer) in {"other", "other_class"}]
            before = one.last is not None and one.first is not None and any(
                capture.first is not None and one.first < capture.first for capture in taken)
            if against and not before:
                extent = one.words.said.extent
                said.setdefault("held by the other side" + (f" ({extent})" if extent else ""), []).append(one)
            elif not before and one.words.said.extent:
                said.setdefault(one.words.said.extent, []).append(one)
        sizes = self._values.control_sizes
        size = max((sizes["holder"] if str(value).startswith("held") else sizes.get(value, 0.0) for value in said),
                   default=0.0)
        if len(said) > 1 and size and len(_origins(one for who in said.values() for one in who)) > 1:
            yield self._dispute("control", "control", size, said)

    # How it is described

    def _amount(self) -> Iterator[Dispute]:
        fired = [one for one in self._of(_FIRE) if one.words.said.amounts]
        ranges = {one: (min(low for low, _ in one.words.said.amounts),
                        None if any(high is None for _, high in one.words.said.amounts)
                        else max(high or 0 for _, high in one.words.said.amounts)) for one in fired}
        size = max((_distance(ranges[one], ranges[other]) for one, other in combinations(fired, 2)
                    if one.origin != other.origin), default=0.0)
        if size > 0.0:
            said: Said = {}
            for one, (low, high) in ranges.items():
                said.setdefault(_range(low, high), []).append(one)
            yield self._dispute("how much fire", "characterisation", size * self._values.sizes["amount"], said)

    def _way(self) -> Iterator[Dispute]:
        fire = self._of(_FIRE)
        for way in sorted({way for one in fire for way in one.ways}):
            says = [one for one in fire if way in one.ways]
            silent = [one for one in fire if way not in one.ways and one.origin not in _origins(says)]
            if silent:
                yield self._dispute("way", "characterisation", self._values.sizes["way"],
                                    {way: says, "not said": silent})

    def _labels(self) -> Iterator[Dispute]:
        said: Said = {}
        for one in self._all:
            for exact, _ in one.words.labels:
                said.setdefault(exact, []).append(one)
        plain = [one for one in self._told if not one.words.labels and one.origin not in {
            other.origin for who in said.values() for other in who}]
        if plain and said:
            said["no loaded word"] = plain
        if len(said) > 1 and len(_origins(one for who in said.values() for one in who)) > 1:
            yield self._dispute("words", "characterisation", self._values.sizes["label"], said)

    def _victims(self) -> Iterator[Dispute]:
        said: Said = {}
        for one in self._of({"harm", "strike", "assault", "combat", "blast", "shooting"}):
            classes = one.done_to.classes
            if one.counts and classes:
                said.setdefault("civilians" if "civilian" in classes else "fighters", []).append(one)
        if len(said) > 1 and not _origins(said["civilians"]) & _origins(said["fighters"]):
            yield self._dispute("to whom", "characterisation", self._values.sizes["speech"], said)

    def _speech(self) -> Iterator[Dispute]:
        if self._act != "word":
            return
        said: Said = {}
        for one in self._all:
            if one.act == "word":
                for value in {one.type.partition(".")[2], *one.words.said.speech} - ({"says"} if one.words.said.speech
                                                                                     else set()):
                    said.setdefault(value, []).append(one)
        if len(said) > 1 and len({one.outlet or one.origin for who in said.values() for one in who}) > 1:
            yield self._dispute("what was said", "characterisation", self._values.sizes["speech"], said, _speaks,
                                outlets=True)

    def _reply(self) -> Iterator[Dispute]:
        """What the one side does and the other rejects or speaks of otherwise."""
        if self._act in SPEECH:
            return
        words = [one for one in self._all if one.act == "word" and self._teller(one) is not NOBODY]
        deeds = [one for one in self._told if one.doer.known]
        against = [one for one in words if deeds and any(
            self._matcher.standing(one.speakers, deed.doer) in {"other", "other_class"} for deed in deeds)]
        if against:
            origins = _origins(against)
            told = [one for one in self._told if one.origin not in origins]
            if told:
                yield self._dispute("what it is", "characterisation", self._values.sizes["reply"],
                                    {"as told": told, "spoken of otherwise": against}, _speaks)


def _origins(who: Iterable[Sighting]) -> set[str]:
    return {one.origin for one in who}


def _speaks(one: Sighting) -> str | None:
    """Who makes a statement, for people to read."""
    return ", ".join(one.words.who) if one.act in SPEECH and one.words.who else None


def _distance(one: Range, other: Range) -> float:
    """How far apart two ranges are, as a share of the larger number; 0 where they touch."""
    low, high = sorted((one, other), key=lambda item: item[0])
    if low[1] is None or low[1] >= high[0]:
        return 0.0
    return (high[0] - low[1]) / high[0]


def _range(low: int, high: int | None) -> str:
    if high is None:
        return f"{low} or more"
    return str(low) if low == high else f"{low} to {high}"


def _days(one: Sighting) -> str:
    if one.first is None or one.last is None:
        return "open"
    return iso_day(one.first) if one.first == one.last else f"{iso_day(one.first)} to {iso_day(one.last)}"


def _turn(one: int, other: int) -> float:
    """The angle between two bearings in degrees."""
    turn = abs(one - other) % 360
    return float(min(turn, 360 - turn))


__all__ = ["KINDS", "Dispute", "Value", "day_after", "disputes"]
