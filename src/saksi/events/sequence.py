"""Sequences of control: a place cannot be taken twice by one side without having been lost in between.

Two rules. In one report, where a place is taken by one side and then by another, the second capture comes after the
first even where its time was only taken over from it (`narrated`). Between reports, captures of one place by one side
are two events where the other side takes the place in between (`Captures`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from saksi.events.sides import standing
from saksi.events.sighting import INFERRED, OPEN, SAID, Sighting
from saksi.events.spots import Spot

_OTHERS = frozenset({"other", "other_class"})


def other_side(one: Sighting, other: Sighting) -> bool:
    """Whether two captures are by different sides, as far as the takers or those they take it from tell."""
    if standing(one.doer, other.doer) in _OTHERS:
        return True
    if one.doer.known and other.doer.known:
        return False
    return standing(one.doer, other.done_to) in {"same", "body", "allied", "class"} or \
        standing(one.done_to, other.doer) in {"same", "body", "allied", "class"}


def narrated(sightings: list[Sighting]) -> list[Sighting]:
    """The sightings of one report with the order of its story: a place taken back is taken after it was taken."""
    made = list(sightings)
    last: Sighting | None = None
    for at, one in enumerate(sightings):
        if one.act != "capture" or one.denied:
            continue
        if last is not None and _taken_back(last, one):
            made[at] = _after(one, last)
        if made[at].last is not None:
            last = made[at]
    return made


def _taken_back(first: Sighting, then: Sighting) -> bool:
    """Whether `then` takes back what `first` took, with a time that is not its own."""
    if not set(first.spots) & set(then.spots) and then.placed == SAID and first.placed == SAID:
        return False
    borrowed = then.dated != SAID or (then.first, then.last) == (first.first, first.last)
    if not borrowed or first.last is None:
        return False
    if other_side(first, then):
        return True
    # Different words for those who took it, in one breath: nobody takes a place from himself.
    near = first.at >= 0 and max(first.at, then.at) <= min(first.until, then.until) + 3
    return near and not (first.doer.known and then.doer.known and standing(first.doer, then.doer) != "unknown") and \
        bool(then.words.who) and then.words.who != first.words.who


def _after(one: Sighting, earlier: Sighting) -> Sighting:
    """`one` at an open time from the end of `earlier` to the day of the report."""
    story = replace(one.story, first=None, last=None, reverses=earlier.id)
    if earlier.last is None or one.known is None or one.known < earlier.last:
        return replace(one, first=None, last=None, dated=OPEN, story=story)
    return replace(one, first=earlier.last, last=one.known, dated=INFERRED, story=story)


class Captures:
    """Captures, by place."""

    def __init__(self, captures: Iterable[Sighting]) -> None:
        self._at: dict[Spot, list[Sighting]] = {}
        for one in captures:
            if one.dated == SAID and not one.denied:
                for spot in one.spots:
                    self._at.setdefault(spot, []).append(one)

    def between(self, first: Sighting, then: Sighting) -> Sighting | None:
        """The capture by the other side that lies between two by one side, on other days than both; None if there is
        none."""
        if first.first is None or then.first is None:
            return None
        if first.first > then.first:
            first, then = then, first
        here = (other for spot in dict.fromkeys((*first.spots, *then.spots)) for other in self._at.get(spot, ()))
        return next((other for other in here if _lies_between(other, first, then) and other_side(first, other)
                     and other_side(then, other)), None)


def _lies_between(one: Sighting, first: Sighting, then: Sighting) -> bool:
    if one.first is None or one.last is None or first.last is None or then.first is None:
        return False
    return first.last < one.first and one.last < then.first
