"""Sightings as bytes, for keeping: what a report's claims are compared by, so that it need not be read again.

JSON (UTF-8) with the places and parties of the report once each; sightings refer to them by number. Nothing in it is
ever executed. A format of another version, or bytes that are no such thing, are refused.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any, Final

from saksi.errors import RecordError
from saksi.events.sides import Party, party_of
from saksi.events.sighting import NOTHING, PLAIN, UNTOLD, Number, Sighting, Story, Words
from saksi.events.spots import Spot, spot_of
from saksi.events.words import Said
from saksi.records import from_json, to_json

FORMAT: Final = "saksi-sightings-1"
_NONE: Final[frozenset[str]] = frozenset()


def written(sightings: Iterable[Sighting]) -> bytes:
    """The sightings of a report as bytes; the same sightings always give the same bytes."""
    spots: dict[Spot, int] = {}
    parties: dict[Party, int] = {}
    rows = [_row(one, spots, parties) for one in sightings]
    return to_json([FORMAT, [_text(_of_spot(spot)) for spot in spots],
                    [_text(_of_party(party)) for party in parties], rows])


class Kept:
    """Reads back what `written` gave. Equal places and parties are one object, over all calls."""

    def __init__(self) -> None:
        self._spots: dict[str, Spot] = {}
        self._parties: dict[str, Party] = {}

    def sightings(self, data: bytes) -> list[Sighting]:
        """The sightings, in the order in which they were written. Raises RecordError for anything else."""
        try:
            form, spots, parties, rows = from_json(data)
            if form != FORMAT:
                raise ValueError(form)
            places = [self._spots.get(text) or self._spot(text) for text in spots]
            sides = [self._parties.get(text) or self._party(text) for text in parties]
            return [_sighting(row, places, sides) for row in rows]
        except (ValueError, TypeError, IndexError) as error:
            raise RecordError(f"these are no sightings of the form {FORMAT}",
                              mend="Make them anew from the report's reading.") from error

    def _spot(self, text: str) -> Spot:
        id_, key, name, lat, lon, radius_km, within, area = from_json(text.encode())
        found = self._spots[text] = spot_of(Spot(id_, key, name, lat, lon, radius_km, frozenset(within), area))
        return found

    def _party(self, text: str) -> Party:
        ids, bodies, friends, aims, classes, keys, for_state = from_json(text.encode())
        found = self._parties[text] = party_of(Party(
            frozenset(ids), frozenset(bodies), frozenset(friends), frozenset(aims), frozenset(classes), frozenset(keys),
            for_state))
        return found


def _text(content: Sequence[Any]) -> str:
    return to_json(content).decode()


def _of_spot(spot: Spot) -> list[Any]:
    return [spot.id, spot.key, spot.name, spot.lat, spot.lon, spot.radius_km, sorted(spot.within), spot.area]


def _of_party(party: Party) -> list[Any]:
    return [*map(sorted, (party.ids, party.bodies, party.friends, party.aims, party.classes, party.keys)),
            party.for_state]


def _row(one: Sighting, spots: dict[Spot, int], parties: dict[Party, int]) -> list[Any]:
    def number(party: Party) -> int:
        return parties.setdefault(party, len(parties))

    def numbers(places: Iterable[Spot]) -> list[int]:
        return [spots.setdefault(spot, len(spots)) for spot in places]

    words, story = one.words, one.story
    return [
        one.id, one.report, one.origin, one.type, one.act, one.first, one.last, one.known, one.dated, one.approximate,
        numbers(one.spots), one.placed, number(one.doer), number(one.done_to), one.mutual, one.denied, one.uncertain,
        number(one.speakers), sorted(one.people), one.spokes, number(one.teller),
        [tuple(count) for count in one.counts], sorted(one.content), sorted(one.ways), one.language, one.outlet, one.at,
        one.until, one.about, one.kind, one.external_id,
        None if words is PLAIN else [words.quote, _of_said(words.said), words.labels, words.who, words.whom,
                                     words.start, words.end, words.precision, words.approximate],
        None if story is UNTOLD else [story.first, story.last, numbers(story.spots), story.reverses]]


def _of_said(said: Said) -> list[Any] | None:
    if said == NOTHING:
        return None
    return [sorted(said.classes), said.extent, sorted(said.bearings), sorted(said.ways), said.amounts,
            sorted(said.speech)]


def _sighting(row: list[Any], spots: Sequence[Spot], parties: Sequence[Party]) -> Sighting:
    (id_, report, origin, type_, act, first, last, known, dated, approximate, places, placed, doer, done_to, mutual,
     denied, uncertain, speakers, people, spokes, teller, counts, content, ways, language, outlet, at, until, about,
     kind, external_id, words, story) = row
    same = sys.intern       # the same few words over and over
    return Sighting(
        id_, same(report), same(origin), same(type_), same(act), first, last, known, dated, approximate,
        tuple([spots[place] for place in places]), placed, parties[doer], parties[done_to], mutual, denied, uncertain,
        parties[speakers], _set(people), spokes, parties[teller], tuple([Number(*count) for count in counts]),
        _set(content), _set(ways), language and same(language), outlet and same(outlet), at, until, about, same(kind),
        external_id, PLAIN if words is None else _words(*words),
        UNTOLD if story is None else Story(story[0], story[1], tuple([spots[place] for place in story[2]]), story[3]))


def _set(words: list[str]) -> frozenset[str]:
    return frozenset(map(sys.intern, words)) if words else _NONE


def _words(quote: str, said: list[Any] | None, labels: list[list[str]], who: list[str], *rest: Any) -> Words:
    whom, start, end, precision, approximate = rest
    return Words(quote, NOTHING if said is None else _said(*said), tuple([(exact, about) for exact, about in labels]),
                 tuple(who), tuple(whom), start, end, precision, approximate)


def _said(classes: list[str], extent: str | None, bearings: list[int], *rest: Any) -> Said:
    ways, amounts, speech = rest
    return Said(frozenset(classes), extent, frozenset(bearings), _set(ways),
                tuple([(low, high) for low, high in amounts]), _set(speech))
