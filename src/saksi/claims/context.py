"""Context: what a clause leaves open comes from its sentence, then the paragraph, then the dateline - and says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from saksi.claims.line import Line, Pred, closing
from saksi.claims.voices import Scope
from saksi.mentions.chunks import Chunk
from saksi.mentions.times import When, parse_day
from saksi.records import Time

_PLACE_KINDS = frozenset({"place", "facility"})
_REACH = 3      # sentences back, or on, in the same paragraph
_BEHIND = 4     # units between a place and the wider one it lies in


@dataclass(slots=True)
class Setting:
    """What one sentence offers to clauses that leave something open."""

    places: list[Chunk] = field(default_factory=list)
    times: list[When] = field(default_factory=list)
    paragraph: int = 0
    brackets: list[tuple[int, int]] = field(default_factory=list)   # units


@dataclass(frozen=True, slots=True)
class Around:
    """The sentences before and after one, and the place of the report's dateline."""

    before: Sequence[Setting]
    after: Sequence[Setting]
    dateline: Chunk | None


def setting(line: Line, found: Sequence[Chunk], times: list[When], paragraph: int) -> Setting:
    """The places and times of a sentence that can stand for where and when."""
    places = [chunk for chunk in found if chunk.kind in _PLACE_KINDS and chunk.sub not in {"position", "corridor"}
              and not (chunk.id or "").startswith("saksi:corridor/")
              and (chunk.slot in {"in", "on", "to", "from"} or (chunk.id is not None and chunk.stands_for is None))]
    brackets = [(item.first, line.items[closing(line, at)].first) for at, item in enumerate(line.items)
                if item.kind == "("]
    open_air = [chunk for chunk in places if not any(first < chunk.first < last for first, last in brackets)]
    return Setting(open_air, times, paragraph, brackets)


def within(here: Setting, pred: Pred, scopes: Sequence[Scope]) -> Setting:
    """What a sentence offers to a clause inside somebody's words: not where and when these were said."""
    inner = [scope for scope in scopes if scope.first <= pred.index < scope.last]
    bracket = _bracket(here, pred)
    if bracket is not None:     # "(banned in X)" has nothing to do with when the sentence happens
        first, last = bracket
        return Setting([], [when for when in here.times if first <= when.first < last], here.paragraph, here.brackets)
    if not inner:
        return here
    first, last = inner[-1].first, inner[-1].last
    spoken = {id(chunk) for scope in inner if scope.pred is not None
              for chunks in scope.pred.args.values() for chunk in chunks}
    return Setting([chunk for chunk in here.places if id(chunk) not in spoken or first <= chunk.first < last],
                   [when for when in here.times if first <= when.first < last], here.paragraph, here.brackets)


def _bracket(here: Setting, pred: Pred) -> tuple[int, int] | None:
    """The brackets that a predicate stands in."""
    return next(((first, last) for first, last in here.brackets if first < pred.index < last), None)


def place_for(pred: Pred, own: Sequence[Chunk], here: Setting, around: Around) -> tuple[list[Chunk], str]:
    """Where a claim is placed that names no place itself, with the rule; an empty list if nothing tells."""
    where = [chunk for chunk in own if chunk.sub != "corridor"]
    if where:
        return [*own, *_wider(where, here)], "place:clause"
    found, rule = _inferred(pred, here, around)
    return [*own, *found], rule


def _wider(own: Sequence[Chunk], here: Setting) -> list[Chunk]:
    """The place on the map that stands right behind one that is on none ("in the village of X, Y province")."""
    if any(chunk.place is not None for chunk in own):
        return []
    last = max(chunk.last for chunk in own)
    known = [chunk for chunk in here.places if chunk.place is not None and 0 <= chunk.first - last <= _BEHIND]
    return known[:1]


def _inferred(pred: Pred, here: Setting, around: Around) -> tuple[list[Chunk], str]:
    located = [chunk for chunk in here.places if chunk.slot == "in"]
    if located:
        nearest = min(located, key=lambda chunk: (chunk.first < pred.index, abs(chunk.first - pred.index)))
        return _finest(located, nearest), "place:same-sentence"
    named = [chunk for chunk in here.places if chunk.id is not None and (
        chunk.preposition >= 0 or chunk.last <= pred.index)]
    if named:
        return [min(named, key=lambda chunk: abs(chunk.first - pred.index))], "place:same-sentence"
    for earlier in reversed(around.before[-_REACH:]):
        if earlier.paragraph == here.paragraph and (known := [c for c in earlier.places if c.id is not None]):
            return [known[-1]], "place:paragraph"
    for earlier in reversed(around.before):
        if known := [chunk for chunk in earlier.places if chunk.id is not None and chunk.slot == "in"]:
            return [known[-1]], "place:report"
    if around.dateline is not None:
        return [around.dateline], "place:dateline"
    for later in around.after[:_REACH]:
        if later.paragraph == here.paragraph and (
                known := [chunk for chunk in later.places if chunk.place is not None and chunk.slot == "in"]):
            return [known[0]], "place:paragraph-later"
    return [], ""


def _finest(located: list[Chunk], nearest: Chunk) -> list[Chunk]:
    """A place with those that stand right beside it ("in Jobar in Damascus")."""
    chosen = [nearest]
    chosen.extend(chunk for chunk in located if chunk is not nearest and 0 <= chunk.first - nearest.last <= 2)
    return chosen


def _one_day(time: Time) -> bool:
    """Whether an interval is no longer than a day: a longer or open one says little of the next sentence."""
    start, end = parse_day(time.start), parse_day(time.end)
    return start is not None and end is not None and (end - start).days <= 1


def time_for(pred: Pred, here: Setting, before: Sequence[Setting], clause: tuple[int, int]) -> tuple[When | None, str]:
    """When a claim is dated that names no time itself, with the rule; None if nothing tells."""
    inside = [when for when in here.times if clause[0] <= when.first < clause[1]]
    if inside:
        return min(inside, key=lambda when: abs(when.first - pred.index)), "time:clause"
    if here.times:
        return min(here.times, key=lambda when: abs(when.first - pred.index)), "time:same-sentence"
    for earlier in reversed(before[-1:]):
        if earlier.paragraph == here.paragraph and earlier.times:
            when = earlier.times[-1]
            if when.time.precision in {"day", "hour"} and not when.time.approximate and _one_day(when.time):
                return when, "time:sentence-before"
    return None, ""
