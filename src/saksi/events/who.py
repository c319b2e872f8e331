"""Points for who did it and to whom, and for words, who speaks to whom: how the parties of two claims stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from saksi.events.parameters import Parameters, Parties
from saksi.events.sequence import other_side
from saksi.events.sides import NOBODY, Party, standing
from saksi.events.sighting import SPEECH, Sighting
from saksi.events.spots import Points

Note = Callable[[str, float, str], None]    # told of each part: its name, the points, what was found

_STRIKES: Final = frozenset({"strike", "assault", "blast", "shooting"})
_ATTACKS: Final = frozenset({"way_attacked", "halt_broken"})
_TWO_SIDED: Final = frozenset({"combat", "talks"})
_EXCHANGE: Final = "detention.exchange"     # each side names the other as those it exchanged with
_OTHERS: Final = frozenset({"other", "other_class"})
_ALIKE: Final = frozenset({"same", "body", "allied", "class"})
_ONE: Final = frozenset({"same", "body"})
_NAMES: Final = {"same": "the same", "body": "of one body", "allied": "on one side", "class": "of one kind",
                 "unknown": "not known", "other_class": "of another kind", "other": "others"}


class Who:
    """Compares the parties of sightings; remembers how they stand to one another."""

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters
        self._never = parameters["never"]
        self._standing: dict[tuple[Party, Party], str] = {}

    def standing(self, one: Party, other: Party) -> str:
        """How two parties stand to one another."""
        if one is NOBODY or other is NOBODY:
            return "unknown"
        found = self._standing.get((one, other))
        if found is None:
            found = self._standing[one, other] = self._standing[other, one] = standing(one, other)
        return found

    def points(self, one: Sighting, other: Sighting, note: Note | None) -> float:
        """The points of two claims for who did it and to whom; the acts are in alphabetic order."""
        if one.act in SPEECH:       # "word" stands second
            return self._speech(one, other, note) if other.act in SPEECH else self._aside(one, other, note)
        if other.act in SPEECH:
            return self._aside(other, one, note)
        if one.act == "capture":
            return self._capture(one, other, note)
        if other.act == "capture":
            return self._capture(other, one, note)
        passage = self._parameters.passage
        if one.act != other.act and any(act in passage and act not in _ATTACKS for act in (one.act, other.act)):
            return 0.0      # who opens a way is not who fires on it
        straight = self._roles(one, other)
        hit = self._own_hit(one, other) if "harm" in {one.act, other.act} else 0.0
        if one.act in _TWO_SIDED or other.act in _TWO_SIDED or one.type == other.type == _EXCHANGE:
            cross = self._crossed(one, other)
            if sum(cross[:2]) > sum(straight[:2]):
                straight = cross
        if note:
            note("who did it", straight[0], _NAMES[straight[2]])
            note("to whom", straight[1], _NAMES[straight[3]])
            if hit:
                note("whose dead", hit, "those who attack are those who die")
        return straight[0] + straight[1] + hit

    def _own_hit(self, one: Sighting, other: Sighting) -> float:
        """Points where the dead of the one are of the side that attacks in the other."""
        harm, attack = (one, other) if one.act == "harm" else (other, one)
        if attack.act not in _STRIKES or harm.doer.known:
            return 0.0
        found = self.standing(harm.done_to, attack.doer)
        return self._parameters["own_side_hit"] if found in _ALIKE else 0.0

    def _roles(self, one: Sighting, other: Sighting) -> tuple[float, float, str, str]:
        did, suffered = self.standing(one.doer, other.doer), self.standing(one.done_to, other.done_to)
        values = self._parameters
        if one.denied != other.denied:
            return _worth(values.accused, did), _worth(values.done_to, suffered), did, suffered
        return _worth(values.doer, did), _worth(values.done_to, suffered), did, suffered

    def _crossed(self, one: Sighting, other: Sighting) -> tuple[float, float, str, str]:
        """The roles of a fight where the one account has its sides the other way round, or both in one role."""
        values = self._parameters
        if one.mutual or other.mutual:
            both, single = (one, other) if one.mutual else (other, one)
            named = _ALIKE & {self.standing(both.doer, single.doer), self.standing(both.doer, single.done_to)}
            if one.mutual and other.mutual:
                found = self.standing(one.doer, other.doer)
                return _worth(values.doer, found), 0.0, found, "unknown"
            return (values["one_of_two"], 0.0, "allied", "unknown") if named else (0.0, 0.0, "unknown", "unknown")
        did, suffered = self.standing(one.doer, other.done_to), self.standing(one.done_to, other.doer)
        share = values["crosswise"]
        return share * _worth(values.done_to, did), share * _worth(values.done_to, suffered), did, suffered

    def _capture(self, capture: Sighting, other: Sighting, note: Note | None) -> float:
        points, words = self._taking(capture, other)
        if note:
            note("who did it", points, words)
        if other.act not in {"capture", "harm"} or points <= self._never:
            return points
        suffered = self.standing(capture.done_to, other.done_to)
        worth = _worth(self._parameters.done_to, suffered)
        if other.act == "harm" and worth < 0:
            worth = 0.0     # both sides have losses
        if note:
            note("from whom", worth, _NAMES[suffered])
        return points + worth

    def _taking(self, capture: Sighting, other: Sighting) -> Points:
        """Points for who takes a place, against who takes, attacks, kills, leaves or holds there."""
        values = self._parameters
        did = self.standing(capture.doer, other.doer)
        if other.act == "capture":
            if other_side(capture, other):
                return values["captors_differ"], "it is taken by different sides"
            return _worth(values.doer, did), _NAMES[did]
        if other.act == "withdrawal":
            left = self.standing(capture.doer, other.done_to)
            if left in {"same", "body", "allied"}:
                return values["captors_differ"], "those who take it are those who leave"
            return _worth(values.done_to, self.standing(capture.done_to, other.done_to)), "who leaves it"
        if other.act == "hold":
            return (0.3 if did in _ALIKE else 0.0), "who holds it"
        if other.mutual:
            return (values["one_of_two"], "one of two who fight") if did in _ALIKE else (0.0, "not told who attacks")
        if did in _OTHERS:
            return values["loss_of_captor" if other.act == "harm" else "striker_lost"], "the other side's doing"
        if did == "unknown" and other.act != "harm":
            struck = self.standing(capture.doer, other.done_to)
            if struck in {"same", "body", "allied"} or (
                    struck == "class" and self.standing(capture.done_to, other.done_to) in _OTHERS):
                return values["striker_lost"], "those who take it are those who are struck"
            if other.act in {"combat", "assault"} and struck != "unknown":
                return values["loser_hit" if struck in _OTHERS else "captor_hit"], "whose losses they are"
        return _worth(values.doer, did), _NAMES[did]

    # Words said

    def _speech(self, one: Sighting, other: Sighting, note: Note | None) -> float:
        values = self._parameters
        points, words = self._speakers(one, other)
        if points > 0 and points != values["answered"]:
            aim = self.standing(one.done_to, other.done_to)
            points += _worth(values.done_to, aim)
        if note:
            note("who speaks", points, words)
        return points

    def _speakers(self, one: Sighting, other: Sighting) -> Points:
        values = self._parameters
        to, back = self.standing(one.speakers, other.done_to), self.standing(other.speakers, one.done_to)
        if to in _ONE and back in _ONE:
            return values["answered"], "the one addressed answers"
        if one.people and other.people:
            if one.people & other.people:
                return values["same_speaker"], "the same person speaks"
            if self.standing(one.speakers, other.speakers) in _ONE:
                return values["other_speaker"], "two persons speak"
        found = self.standing(one.speakers, other.speakers)
        if found in _ONE:
            if one.people or other.people:
                if one.spokes is not None and other.spokes is not None and one.spokes != other.spokes:
                    return values["other_speaker"], "a spokesman, and another person"
                return values["same_office"], "one is of the body that speaks"
            return values["same_body"], "the same body speaks"
        if (to in _ONE and not one.done_to.known) or (back in _ONE and not other.done_to.known):
            return values["answered"] / 2, "the one addressed speaks"
        return values["other_speakers"], "others speak"

    def _aside(self, word: Sighting, deed: Sighting, note: Note | None) -> float:
        """Points for words about a deed: whether those who speak or are spoken of have to do with it."""
        values = self._parameters
        parties = (deed.doer, deed.done_to)
        found = [self.standing(speaker, party) for speaker in (word.speakers, word.done_to) for party in parties]
        points = values["speaks_of_own"] if set(found) & {"same", "body", "allied"} else 0.0
        if word.act == "answer" and word.done_to.known and deed.doer.known:
            points += _worth(values.doer, self.standing(word.done_to, deed.doer))
        if note:
            note("who speaks", points, "of what concerns them" if points else "nothing ties them to it")
        return points


def _worth(parties: Parties, found: str) -> float:
    match found:
        case "same":
            return parties.same
        case "body":
            return parties.body
        case "allied":
            return parties.allied
        case "class":
            return parties.class_
        case "unknown":
            return parties.unknown
        case "other_class":
            return parties.other_class
        case _:
            return parties.other
