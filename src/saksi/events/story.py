"""The story of a report: which claim an answer is about, and what was told before a claim without day or place."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from saksi.events.sighting import OPEN, SAID, SPEECH, Sighting, Story
from saksi.records import Claim

_REACTIONS: Final = frozenset({"statement.condemnation", "statement.rejection", "statement.acceptance"})
_TOLD_BEFORE: Final = 600   # characters within which the place told last still holds
_DENIED_BACK: Final = 4     # happenings back of which one may be what is denied
_ANSWERED: Final = 300      # characters back in which what is condemned or rejected was told
_OWN_SENTENCE: Final = 12   # characters between a verb of denial and what is denied


def answering(made: list[tuple[Claim, Sighting | None]]) -> list[Sighting]:
    """The sightings of a report, each answer with the claim that it is about.

    A denial or accusation is about what is denied or said right after it, within its own sentence; else about the
    happening told last before it. What is condemned, rejected or accepted is the statement told last before, else the
    way out or truce.
    """
    found: list[Sighting] = []
    for at, (_, one) in enumerate(made):
        if one is None:
            continue
        about = _about(one, made, at, found) if one.at >= 0 else None
        found.append(replace(one, about=about.id) if about else one)
    return found


def _about(one: Sighting, made: list[tuple[Claim, Sighting | None]], at: int,
           before: list[Sighting]) -> Sighting | None:
    if one.act == "answer":
        for claim, other in made[at + 1:at + 3]:
            if 0 <= claim.quote.start - one.until <= _OWN_SENTENCE and claim.kind != "statement":
                return other if other is not None and other.act not in SPEECH else None
        return next((other for other in reversed(before) if other.act not in SPEECH | {"hold"}), None)
    if one.act == "hold" and one.dated == OPEN:     # who holds a place now is told after who has taken it
        return next((other for other in reversed(before) if other.act == "capture"
                     and (not one.spots or not other.spots or set(one.spots) & set(other.spots))), None)
    if one.type in _REACTIONS:
        near = [other for other in before if one.at - other.until <= _ANSWERED]
        return next((other for other in reversed(near) if other.act == "word"), None) or \
            next((other for other in reversed(before)
                  if other.kind == "corridor" or other.type.startswith("truce.")), None)
    return None


def telling(sightings: list[Sighting]) -> list[Sighting]:
    """The sightings of a report, those without a time or place of their own with what was told last before them."""
    days: Sighting | None = next((one for one in sightings if _tells_day(one)), None)
    places: list[Sighting] = []
    made = []
    for sighting in sightings:
        one = sighting
        if one.at >= 0 and one.act not in SPEECH and (one.dated == OPEN or one.placed != SAID):
            told = days if one.dated == OPEN and (one.kind == "corridor" or not one.denied) else None
            # What is denied may be any of what was told; anything else goes on where the story is.
            reach = places[-_DENIED_BACK:] if one.denied else [place for place in places[-1:]
                                                               if one.at - place.until <= _TOLD_BEFORE]
            spots = tuple(dict.fromkeys(spot for place in reversed(reach) for spot in place.spots))
            one = replace(one, story=Story(told.first if told else None, told.last if told else None,
                                           spots if one.placed != SAID else ()))
        made.append(one)
        days = one if _tells_day(one) else days
        if one.placed == SAID and one.act not in SPEECH:
            places.append(one)
    return made


def _tells_day(one: Sighting) -> bool:
    return one.dated == SAID and one.grain <= 2 and one.act not in SPEECH
