"""How well two claims fit one happening: points, part by part, each with what was compared.

Points are added to a prior; at 0 and above two claims are taken to be about one happening. All weights stand in
`parameters.yaml`. `Matcher.points` is what merging uses, `Matcher.match` the same with its parts in words.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from saksi.events.parameters import Parameters, parameters
from saksi.events.sides import Party
from saksi.events.sighting import INFERRED, SAID, SPEECH, Number, Sighting, iso_day
from saksi.events.spots import Points, Spot, place_points, town_points
from saksi.events.who import Note, Who
from saksi.events.words import PORTION
from saksi.records import Json

SPANNING: Final = frozenset({"siege", "shields", "flight", "return", "hold"})
# Acts that can be of one scene even where they are no pair: a truce, and a death in the fire that broke it.
SCENE: Final = frozenset({
    "capture", "withdrawal", "hold", "combat", "assault", "strike", "blast", "shooting", "harm", "damage", "advance",
    "downing", "way_open", "way_attacked", "way_used", "way_barred", "halt", "halt_broken", "aid"})
_REMEMBERED: Final = 2_000_000      # pairs of places and parties whose points are kept, so that memory stays flat

# Of two kinds of claims: the points to start from, those by days, and those remembered by places and by parties.
_Kind = tuple[float, tuple[float, ...] | None, dict[tuple[int, int], float], dict[tuple[int, int], float]]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that was compared: its name, the points it gave, and what was found."""

    name: str
    points: float
    found: str

    def as_dict(self) -> Json:
        """For output."""
        return {"part": self.name, "points": round(self.points, 3), "found": self.found}


@dataclass(frozen=True, slots=True)
class Match:
    """How well two claims fit one happening: the sum of the points, and its parts."""

    points: float
    parts: tuple[Part, ...]

    @property
    def score(self) -> float:
        """The points as a share: 0.5 where they are 0."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.points))))

    def as_dict(self) -> Json:
        """For output."""
        return {"score": round(self.score, 3), "points": round(self.points, 3),
                "parts": [part.as_dict() for part in self.parts]}


class Matcher:
    """Compares sightings; remembers how places and parties stand to one another."""

    def __init__(self, values: Parameters | None = None) -> None:
        self.parameters = values or parameters()
        self._places: dict[tuple[Spot, Spot], Points] = {}
        self._towns: dict[tuple[Spot, Spot], Points] = {}
        self._who = Who(self.parameters)
        self._never = self.parameters["never"]
        self._prior, self._inferred = self.parameters["prior"], self.parameters["inferred"]
        self._approximate = int(self.parameters["approximate_days"])
        # What two claims get for their types, places and parties: the same few over and over.
        self._kinds: dict[tuple[int, int], _Kind] = {}
        self._remembered = 0

    def standing(self, one: Party, other: Party) -> str:
        """How two parties stand to one another."""
        return self._who.standing(one, other)

    def match(self, one: Sighting, other: Sighting) -> Match:
        """The match of two claims, with its parts."""
        parts: list[Part] = []
        points = self._points(one, other, note=lambda *part: parts.append(Part(*part)))
        return Match(points, tuple(parts))

    def points(self, one: Sighting, other: Sighting, *, near: bool = True) -> float:
        """The points of two claims; symmetric. `near`: whether it counts that both are in one report.

        As `match` gives them, but from what is remembered of other pairs as far as that goes.
        """
        if one.act > other.act:
            one, other = other, one
        known = self._kinds.get((one.kind_number, other.kind_number))
        if known is None:
            known = self._kind(one, other)
        total, days, places, parties = known
        never = self._never
        if total <= never:
            return never
        if one.grain == 1 == other.grain and days is not None and one.story is other.story:
            # Both say a day, as most do: what `_when` gives for them.
            gap = one.first - other.first  # type: ignore[operator]
            if gap < 0:
                gap = -gap
            if gap >= len(days):
                return never
            worth = days[gap]
            total += worth if worth <= 0.0 or one.dated == SAID == other.dated else worth * self._inferred
        else:
            total += self._when(one, other, None)
        if total <= never:
            return never
        where = (one.place_number, other.place_number)
        points = places.get(where)
        if points is None:
            points = self._remember(places, where, self._where(one, other, None))
        total += points
        if total <= never:
            return never
        who = (one.party_number, other.party_number)
        points = parties.get(who)
        if points is None:
            points = self._remember(parties, who, self._who.points(one, other, None))
        total += points
        if one.told and other.told and (not (one.precise and other.precise) or (one.ways and other.ways)):
            total += self._said(one, other, None)
        if near and one.report == other.report:
            total += self.near(one, other)
        return max(never, total)

    def _kind(self, one: Sighting, other: Sighting) -> _Kind:
        """What two kinds of claims start from; made and remembered."""
        found = self._kinds[one.kind_number, other.kind_number] = (*self._start(one, other), {}, {})
        return found

    def _remember(self, table: dict[tuple[int, int], float], pair: tuple[int, int], points: float) -> float:
        """The points of a pair, remembered."""
        self._remembered += 1
        if self._remembered > _REMEMBERED:
            self._remembered = 0
            for _, _, places, parties in self._kinds.values():
                places.clear()
                parties.clear()
        table[pair] = points
        return points

    def _start(self, one: Sighting, other: Sighting) -> tuple[float, tuple[float, ...] | None]:
        """The points of two claims for their types, and those by days where they depend on the types alone."""
        what = self._what(one, other)
        if what is None:
            return self._never, None
        start = self._prior + what + (self.parameters["denial"] if one.denied or other.denied else 0.0)
        if {one.act, other.act} == {"capture", "hold"}:
            return start, None
        days = self.parameters.days_between(one.act, other.act)
        slip = self._approximate if one.approximate or other.approximate else 0
        return start, (days[0],) * slip + days

    def _points(self, one: Sighting, other: Sighting, note: Note) -> float:
        """The points of two claims, each part of them told."""
        if one.act > other.act:
            one, other = other, one
        values = self.parameters
        what = self._what(one, other)
        if what is None:
            note("what", self._never, f"{one.type} and {other.type} are never one happening")
            return self._never
        total = values["prior"] + what
        note("prior", values["prior"], "before anything is compared")
        if one.denied or other.denied:
            total += values["denial"]
            note("denial", values["denial"], "what is denied has been said by somebody")
        note("what", what, f"{one.type} and {other.type}")
        total += self._when(one, other, note) + self._where(one, other, note) + self._who.points(one, other, note)
        total += self._said(one, other, note) + self.near(one, other, note)
        return max(total, self._never)

    # What

    def _what(self, one: Sighting, other: Sighting) -> float | None:
        values = self.parameters
        alike = values.alike.get((one.type, other.type))
        if alike is not None:
            return alike
        found = values.base.get((one.act, other.act))
        if found is not None:
            if (one.denied or other.denied) and one.act != other.act:
                found += values["denied_other_act"]     # what is denied is what was said, not what goes with it
            return found
        if (one.act in SPEECH) != (other.act in SPEECH):
            word = one if one.act in SPEECH else other
            if word.people and word.done_to.known:
                return None     # who speaks to whom is a happening of its own
            return values["about_passage" if {one.act, other.act} & values.passage else "about"]
        if one.act in SCENE and other.act in SCENE:
            return values["unlisted"]
        return None

    # When

    def _when(self, one: Sighting, other: Sighting, note: Note | None) -> float:
        values = self.parameters
        if one.first is None or other.first is None or one.last is None or other.last is None:
            points = self._undated(one, other)
        elif (one.story.reverses and other.last < one.first) or (other.story.reverses and one.last < other.first):
            points = self._never
        else:
            gap = max(0, other.first - one.last, one.first - other.last)
            if gap and (one.approximate or other.approximate):
                gap = max(0, gap - self._approximate)
            points = self._apart(one, other, gap) if gap else self._overlap(one, other)
        if points > 0 and INFERRED in {one.dated, other.dated}:
            points *= values["inferred"]
        if note:
            note("when", points, _days_in_words(one, other))
        return points

    def _apart(self, one: Sighting, other: Sighting, gap: int) -> float:
        """Points for two times some days apart."""
        if one.act == "capture" and other.act == "hold" and (other.first or 0) < (one.first or 0):
            return self.parameters["held_before"]
        table = self.parameters.days_between(one.act, other.act)
        return table[gap] if gap < len(table) else self._never

    def _overlap(self, one: Sighting, other: Sighting) -> float:
        """Points for two times that overlap: fewer, the vaguer the vaguer one is."""
        most = self.parameters.days_between(one.act, other.act)[0]
        longer = max(one.grain, other.grain)
        if longer <= 1 or (one.act in SPANNING and other.act in SPANNING):
            return most
        assert one.first is not None
        assert one.last is not None
        assert other.first is not None
        assert other.last is not None
        points = min(most, self.parameters.vague_days(longer))
        shared = min(one.last, other.last) - max(one.first, other.first) + 1
        return max(points, min(most, self.parameters["as_vague"])) if shared * 2 > longer else points

    def _undated(self, one: Sighting, other: Sighting) -> float:
        """Points where one does not say when: the day of its report tells something."""
        values = self.parameters
        if one.last is None and other.last is None:
            if one.known is None or other.known is None:
                return 0.0
            return min(values.undated_days(abs(one.known - other.known)), values["both_undated"])
        open_, dated = (one, other) if one.last is None else (other, one)
        if open_.known is None or dated.first is None or dated.last is None:
            return 0.0
        points = values.undated_days(open_.known - dated.first)
        story = open_.story
        if story.first is not None and story.last is not None and open_.report == dated.report and (
                points > self._never and story.first <= dated.last and dated.first <= story.last):
            points += values["told_last"]
        return points

    # Where

    def _where(self, one: Sighting, other: Sighting, note: Note | None) -> float:
        values = self.parameters
        if one.act in SPEECH and other.act in SPEECH:
            return 0.0
        found = self._between(one, other, one.spots, other.spots, INFERRED in {one.placed, other.placed})
        if one.placed != SAID or other.placed != SAID:
            told = self._between(one, other, (*one.spots, *one.story.spots), (*other.spots, *other.story.spots), True)
            found = max((points for points in (found, told) if points is not None), default=None)
        if found is None:
            found = values["placeless"], "one of them names no place that tells it from others"
        if note:
            note("where", *found)
        return found[0]

    def _between(self, one: Sighting, other: Sighting, places: tuple[Spot, ...], others: tuple[Spot, ...],
                 inferred: bool) -> Points | None:
        """Points for the closest two of some places; None where there are none."""
        if not places or not others:
            return None
        values = self.parameters
        passage = one.act in values.passage or other.act in values.passage
        points, words = max(self._place(a, b, town=passage) for a in places for b in others)
        if inferred:
            points = points * values["inferred"] if points > 0 else max(points, values["two_names"])
            words += " (told before)"
        return points, words

    def _place(self, one: Spot, other: Spot, *, town: bool) -> Points:
        memo = self._towns if town else self._places
        found = memo.get((one, other))
        if found is None:
            compare = town_points if town else place_points
            found = memo[one, other] = memo[other, one] = compare(one, other, self.parameters)
        return found

    # Counts, words, nearness

    def _said(self, one: Sighting, other: Sighting, note: Note | None) -> float:
        """Points for numbers and words; of two that both say place and day precisely, only for the way of doing it."""
        points = self._way(one, other, note)
        if one.precise and other.precise:
            if note:
                note("wording", 0.0, "numbers and words are not needed: both say the place and the day")
            return points
        if one.counts and other.counts:
            points += self._counts(one.counts, other.counts, note)
        return points + self._wording(one, other, note)

    def _way(self, one: Sighting, other: Sighting, note: Note | None) -> float:
        if not one.ways or not other.ways:
            return 0.0
        points = self.parameters["same_way"] if one.ways & other.ways else 0.0
        if note:
            note("way", points, f"{', '.join(sorted(one.ways))}; {', '.join(sorted(other.ways))}")
        return points

    def _counts(self, one: tuple[Number, ...], other: tuple[Number, ...], note: Note | None) -> float:
        found = [self._count(a, b) for a in one for b in other
                 if a.what == b.what and (a.of == PORTION) == (b.of == PORTION)]
        if not found:
            return 0.0
        points = max(found) if max(found) > 0 else min(found)
        if note:
            note("how many", points, f"{_numbers_in_words(one)}; {_numbers_in_words(other)}")
        return points

    def _count(self, one: Number, other: Number) -> float:
        values = self.parameters
        if one.low is None or other.low is None:
            return 0.0
        if one.low == other.low:
            return values["equal_odd_count" if one.low > 2 and one.low % 10 != 0 else "equal_count"]
        if (other.high is None or one.low <= other.high) and (one.high is None or other.low <= one.high):
            return values["agreeing_count"]
        return values["differing_count"] * (1.0 - min(one.low, other.low) / max(one.low, other.low))

    def _wording(self, one: Sighting, other: Sighting, note: Note | None) -> float:
        values = self.parameters
        if one.language != other.language:
            if note:
                note("wording", 0.0, f"not compared: {one.language or '?'} and {other.language or '?'}")
            return 0.0
        least = min(len(one.content), len(other.content))
        if least < values["wording_least"]:
            return 0.0
        share = len(one.content & other.content) / least
        worth = values["wording"] * share
        if one.act in SPEECH and other.act in SPEECH:
            worth = values["speech_wording"] * (share - values["speech_share"])
        if note:
            note("wording", worth, f"{share:.0%} of the words of the shorter ({one.language})")
        return worth

    def near(self, one: Sighting, other: Sighting, note: Note | None = None) -> float:
        """Points for standing close together in one report."""
        if one.report != other.report or one is other:
            return 0.0
        if one.at < 0 or other.at < 0:      # rows of a table: where they stand means nothing
            points = self.parameters["one_report"] if one.act in SPEECH and other.act in SPEECH else 0.0
            if note and points:
                note("report", points, "in one report")
            return points
        between = max(one.at, other.at) - min(one.until, other.until)
        points = self.parameters.near(between)
        if one.act in self.parameters.passage and other.act in self.parameters.passage:
            points = max(points, self.parameters["near_passage"])
        if note:
            apart = f"{between} characters apart" if between > 0 else "in one breath"
            note("report", points, f"in one report, {apart}")
        return points


def _days_in_words(one: Sighting, other: Sighting) -> str:
    """How the times of two claims stand to one another."""
    if one.first is None or other.first is None or one.last is None or other.last is None:
        open_, dated = (one, other) if one.last is None else (other, one)
        if dated.last is None:
            return "neither says when"
        after = "" if open_.known is None or dated.first is None else \
            f"; it was reported {open_.known - dated.first} days after {iso_day(dated.first)}"
        return f"one does not say when{after}"
    gap = max(0, other.first - one.last, one.first - other.last)
    if gap:
        return f"{gap} day{'s' * (gap > 1)} apart"
    longer = max(one.grain, other.grain)
    return "the same day" if longer <= 1 else f"the times overlap; one says {longer} days"


def _numbers_in_words(numbers: tuple[Number, ...]) -> str:
    return ", ".join(f"{number.low if number.low is not None else 'some'} {number.what}" for number in numbers)
