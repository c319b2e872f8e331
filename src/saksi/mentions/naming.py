"""Naming: what kind of thing each noun group of a report is, and which actor or place it stands for.

Done over the whole report at once, in three rounds: what the packs and head nouns say outright; then capitalised names
that nothing knows (places of the world, people, bodies); then second mentions ("they", "the camp").
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Sequence

from saksi.languages.lexicon import Lexicon
from saksi.mentions.chunks import AGENTS, Chunk, is_definite
from saksi.mentions.resolve import Candidate, Resolver, Setting
from saksi.mentions.units import Unit, joined
from saksi.packs.gazetteer import name_key
from saksi.packs.load import Knowledge, Name

_PLACE_SLOTS = frozenset({"in", "from", "to", "over"})
_REMEMBERED = 400   # noun groups back that a second mention may stand for: a bound, so that long texts cost no more
_DEFINITE = 2       # units of a definite noun without anything else: "the group", "kelompok itu"
_SMALL_KM = 5.0     # a place up to this radius is small enough for "the camp" to mean the one within it


class PlaceWords:
    """The words that the names of each place hold in one language, looked up once."""

    def __init__(self, lexicon: Lexicon, knowledge: Knowledge) -> None:
        self._lexicon, self._knowledge = lexicon, knowledge
        self._known: dict[str, frozenset[str]] = {}

    def of(self, identifier: str) -> frozenset[str]:
        """The keys of all words in the names of the place."""
        found = self._known.get(identifier)
        if found is None:
            found = self._known[identifier] = frozenset(
                word for name in self._knowledge.names_of.get(identifier, ()) if name.language == self._lexicon.code
                for word in self._lexicon.keys(name.text).split(" "))
        return found


class Naming:
    """The naming of one report. `text` is the report's; `units` are all its units."""

    def __init__(self, text: str, units: Sequence[Unit], lexicon: Lexicon, resolver: Resolver,
                 setting: Setting, words: PlaceWords) -> None:
        self.text, self.units, self.lexicon, self.words = text, units, lexicon, words
        self.resolver, self.setting = resolver, setting
        # by the identity of names, which live as long as the packs: cheaper than their seven fields
        self._places: dict[tuple[str, tuple[int, ...], bool, bool], Candidate | None] = {}
        self._actors: dict[tuple[int, ...], Candidate | None] = {}
        self.people: set[str] = set()       # folded last words of people's names seen in full

    def place(self, names: Sequence[Name], text: str, *, headed: bool = False,
              placed: bool = False) -> Candidate | None:
        """The place that a name stands for in this report; a name asked for again has the same answer."""
        key = (text, tuple(map(id, names)), headed, placed)
        if key not in self._places:
            self._places[key] = self.resolver.place(names, text, self.setting, headed=headed, placed=placed)
        return self._places[key]

    def actor(self, names: Sequence[Name]) -> Candidate | None:
        """The actor that a name stands for in this report; a name asked for again has the same answer."""
        key = tuple(map(id, names))
        if key not in self._actors:
            self._actors[key] = self.resolver.actor(names, self.setting)
        return self._actors[key]

    def exact(self, chunk: Chunk) -> str:
        """The characters of a noun group."""
        return self.text[self.units[chunk.first].start:self.units[chunk.last - 1].end]

    def run(self, found: Sequence[Chunk]) -> None:
        """Names every group of the report, in text order."""
        self._vote(found)
        for chunk in found:
            self._known(chunk)
        self._unknown([chunk for chunk in found if not chunk.kind and chunk.unit.tag in "UNu"])
        for chunk in found:
            self._settle(chunk)
        for one, other in itertools.pairwise(found):
            self._appose(one, other)

    # Votes

    def _vote(self, found: Sequence[Chunk]) -> None:
        """Countries that the report names outright: states, nationalities, unambiguous places of the packs."""
        knowledge = self.resolver.knowledge
        for chunk in found:
            for _, name in chunk.names:
                if name.owner == "nationality" and name.id:
                    self.setting.votes[name.id] += 1
                elif name.owner == "actor" and (actor := knowledge.actor(name.id)) and actor.country and \
                        name.kind != "short":
                    self.setting.votes[actor.country] += 1
                elif name.owner == "place" and name.kind != "short" and (place := knowledge.place(name.id)):
                    self.setting.votes[place.country] += 1
                    if place.precision_km < 30:
                        self.setting.points[place.lat, place.lon] = None

    # What is known outright

    def _known(self, chunk: Chunk) -> None:
        names = [name for index, name in chunk.names if index == chunk.head]
        others = [(index, name) for index, name in chunk.names if index != chunk.head]
        if chunk.unit.tag in "Nj" and names:
            self._name(chunk, names)
        elif chunk.unit.tag == "h":
            self._headed(chunk, others)

    def _name(self, chunk: Chunk, names: list[Name]) -> None:
        if all(name.owner == "nationality" for name in names):
            chunk.kind = "nationality"
            chunk.id = None
            return
        placed = chunk.slot in _PLACE_SLOTS
        actor = self.actor(names)
        place = self.place(names, self.exact(chunk), placed=placed)
        state = actor is not None and self._is_state(actor)
        if actor is not None and place is not None:
            metonym = all(name.kind == "metonym" for name in names if name.owner == "actor")
            if metonym or (state and placed):
                chunk.stands_for = actor
                self._take(chunk, place)
                return
        best = actor or place
        if actor is not None and state and placed:
            chunk.kind, chunk.id, chunk.name = "place", actor.id, actor.name
            chunk.stands_for = actor
            return
        if best is not None:
            if place is not None and actor is not None and place.score > actor.score + 0.15:
                best = place
            self._take(chunk, best)
            if best is place and actor is not None:
                chunk.stands_for = actor

    def is_nation(self, name: Name) -> bool:
        """Whether a name is a country's: in "the Palestinian camp" it says whose, not which."""
        knowledge = self.resolver.knowledge
        actor = knowledge.actor(name.id) if name.owner == "actor" else None
        place = knowledge.place(name.id) if name.owner == "place" else None
        return name.owner == "nationality" or (actor is not None and actor.category == "state") or (
            place is not None and place.kind == "country")

    def _is_state(self, actor: Candidate) -> bool:
        known = self.resolver.knowledge.actor(actor.id.rpartition("/")[2])
        return known is not None and known.category == "state"

    def _take(self, chunk: Chunk, candidate: Candidate) -> None:
        if not chunk.kind or chunk.unit.tag in "NU":
            chunk.kind = candidate.kind
        chunk.id, chunk.name = candidate.id, candidate.name
        if chunk.unit.headword is not None and not chunk.sub:
            chunk.sub = str(chunk.unit.headword.data.get("sub", ""))
        if candidate.kind in {"place", "facility"}:
            chunk.place = candidate
            if candidate.lat is not None and candidate.lon is not None and (candidate.precision_km or 99) < 30:
                self.setting.points[candidate.lat, candidate.lon] = None
        else:
            chunk.place = None
        if candidate.kind == "person":
            self.people.add(self.units[chunk.last - 1].word.fold)

    def _headed(self, chunk: Chunk, others: list[tuple[int, Name]]) -> None:
        """A group whose head says what it is; a name inside may say which one."""
        actors = [name for _, name in others if name.owner == "actor"]
        if chunk.kind in {"place", "facility"} and chunk.sub not in {"position", "corridor"}:
            self._headed_place(chunk, others)
            return
        if chunk.sub == "position" or chunk.kind in {"organisation", "group", "platform"}:
            candidate = self.actor([name for name in actors if name.kind != "metonym"])
            if candidate is not None and not self._is_state(candidate) and not self._only_describes(chunk, others):
                if candidate.kind == "organisation":
                    chunk.id, chunk.name = candidate.id, candidate.name
                    if chunk.sub == "position":
                        chunk.kind = "organisation"
                return
            self._nationality(chunk, others)
        elif chunk.kind == "person":
            self._titled(chunk, others)

    def _only_describes(self, chunk: Chunk, others: list[tuple[int, Name]]) -> bool:
        """Whether the name inside only says who stands behind ("Russian-backed fighters") or that it is so called."""
        last = max((index for index, _ in others), default=-1)
        if last + 1 < chunk.last:
            follower = self.units[last + 1]
            return follower.tag in "avVu" and joined(self.text, self.units, last + 1)
        return False

    def _nationality(self, chunk: Chunk, others: list[tuple[int, Name]]) -> None:
        countries = [name.id for _, name in others if name.owner == "nationality" and name.id]
        states = [name.id for _, name in others if name.owner == "actor" and
                  (actor := self.resolver.knowledge.actor(name.id)) is not None and actor.category == "state"]
        if states and not countries:
            actor = self.resolver.knowledge.actor(states[0])
            countries = [actor.country] if actor else []
        official = chunk.unit.word.entry("h")
        if countries and official is not None and official.data.get("state"):
            candidate = self.resolver.force_of(countries[0])
            if candidate is not None:
                chunk.id, chunk.name = candidate.id, candidate.name

    def _headed_place(self, chunk: Chunk, others: list[tuple[int, Name]]) -> None:
        nations = {index for index, name in others if self.is_nation(name)}
        names = [name for index, name in others if name.owner in {"place", "corridor"} and index not in nations]
        spelt = "" if nations and not names else self._name_part(chunk)
        if not names and not spelt:
            return
        headed = [name for name in names if self._kind_agrees(name, chunk)] or names
        candidate = self.place(headed, spelt, headed=True)
        if candidate is None:
            return
        if chunk.kind == "facility" and candidate.kind == "place" and not self._kind_agrees_id(candidate, chunk):
            chunk.place = None      # a hospital of a town is not the town
            return
        chunk.id, chunk.name, chunk.place = candidate.id, candidate.name, candidate

    def name_units(self, chunk: Chunk) -> tuple[int, int] | None:
        """The units from the first to the last name in a group."""
        parts = [index for index in range(chunk.first, chunk.last) if self.units[index].tag in "UN"]
        return (parts[0], parts[-1] + 1) if parts else None

    def _name_part(self, chunk: Chunk) -> str:
        parts = self.name_units(chunk)
        return self.text[self.units[parts[0]].start:self.units[parts[1] - 1].end] if parts else ""

    def _kind_agrees(self, name: Name, chunk: Chunk) -> bool:
        place = self.resolver.knowledge.place(name.id)
        return place is not None and self.bears_head(place.id, chunk)

    def _kind_agrees_id(self, candidate: Candidate, chunk: Chunk) -> bool:
        return self.bears_head(candidate.id.rpartition("/")[2], chunk)

    def bears_head(self, identifier: str, chunk: Chunk) -> bool:
        """Whether any name of the place in this language holds the head word ("camp")."""
        words = chunk.unit.word.key.split(" ")
        return words[-1 if self.lexicon.modifiers == "before" else 0] in self.words.of(identifier)

    def _titled(self, chunk: Chunk, others: list[tuple[int, Name]]) -> None:
        people = [name for _, name in others if name.owner == "actor"
                  and (actor := self.resolver.knowledge.actor(name.id)) is not None and actor.kind == "person"]
        candidate = self.actor(people)
        if candidate is not None:
            chunk.id, chunk.name = candidate.id, candidate.name
        if self.units[chunk.last - 1].tag in "UN":
            self.people.add(self.units[chunk.last - 1].word.fold)

    # Capitalised names that no pack knows

    def _unknown(self, found: Sequence[Chunk]) -> None:
        wanted = {name_key(self._stripped(chunk)): chunk for chunk in found if self._may_be_place(chunk)}
        self.resolver.gazetteer.named(key for key in wanted if len(key) > 2)
        for chunk in found:
            if not self._may_be_place(chunk):
                continue
            placed = chunk.slot in _PLACE_SLOTS or chunk.slot == "on"
            names = [name for index, name in chunk.names if index == chunk.head]
            candidate = self.place(names, self._stripped(chunk), placed=placed)
            if candidate is not None and name_key(self._stripped(chunk)) not in self.people:
                self._take(chunk, candidate)

    def _stripped(self, chunk: Chunk) -> str:
        """The capitalised part of a group at its end, without article or adjectives."""
        first = chunk.last - 1
        while first > chunk.first and self.units[first - 1].tag in "UN":
            first -= 1
        return self.text[self.units[first].start:self.units[chunk.last - 1].end]

    def _may_be_place(self, chunk: Chunk) -> bool:
        if chunk.unit.tag == "U":
            return True
        return chunk.unit.tag == "u" and not self.lexicon.capitals and chunk.slot in _PLACE_SLOTS

    # What is left

    def _settle(self, chunk: Chunk) -> None:
        if chunk.kind or chunk.pronoun:
            return
        unit = chunk.unit
        if unit.tag == "U" and self.lexicon.capitals:
            last = self.units[chunk.last - 1]
            length = sum(1 for index in range(chunk.first, chunk.last) if self.units[index].tag == "U")
            written = self.text[last.start:last.end]
            if written.isupper() and len(written) > 1:
                chunk.kind = "organisation"
            elif chunk.slot == "in" and last.word.fold not in self.people:
                chunk.kind = "place"    # where it stands says so, though nobody knows where it is
            elif last.word.fold in self.people or (length >= 2 and chunk.slot not in _PLACE_SLOTS):
                chunk.kind = "person"


    def _appose(self, one: Chunk, other: Chunk) -> None:
        """ "the foreign minister, Mr X,": an office and the name that follows it are one person."""
        if one.kind == "person" == other.kind and one.id is None and other.id is not None and \
                one.unit.tag == "h" and other.first - one.last <= 1 and (
                    other.first == one.last or self.units[one.last].tag == ","):
            one.id, one.name = other.id, other.name


def link_second_mentions(found: Sequence[Chunk], naming: Naming) -> None:
    """Pronouns and short definite groups take the identity of what they stand for, where only one thing fits."""
    seen: deque[Chunk] = deque(maxlen=_REMEMBERED)
    for chunk in found:
        if chunk.pronoun and chunk.sub == "third":
            chunk.antecedent = _for_pronoun(chunk, seen)
            if chunk.antecedent is not None:
                meant = chunk.antecedent.stands_for or chunk.antecedent
                chunk.kind, chunk.sub = meant.kind, chunk.antecedent.sub
                chunk.id, chunk.name = meant.id, meant.name
        elif chunk.id is None and chunk.kind in {"place", "facility", "organisation", "person"} and \
                not _name_inside(chunk, naming):
            earlier = _same_head(chunk, seen, naming)
            earlier = earlier or _any_group(chunk, seen, naming)
            if earlier is not None:
                chunk.antecedent = earlier
                chunk.id, chunk.name, chunk.place = earlier.id, earlier.name, earlier.place
            elif chunk.kind in {"facility", "place"} and chunk.sub == "" and chunk.unit.tag == "h":
                _part_of_named(chunk, seen, naming)
        seen.append(chunk)


def _name_inside(chunk: Chunk, naming: Naming) -> bool:
    """Whether a name in the group tells it from others; a nation's does not ("the Palestinian camp")."""
    nations = {index for index, name in chunk.names if naming.is_nation(name)}
    return any(naming.units[index].tag in "UN" and index not in nations for index in range(chunk.first, chunk.last))


def _for_pronoun(chunk: Chunk, seen: Sequence[Chunk]) -> Chunk | None:
    """The last agent that stood as a subject within two sentences' reach."""
    # "In the United States, they are weighing …": the state is meant.
    if seen and seen[-1].stands_for is not None and seen[-1].slot == "in" and chunk.first - seen[-1].last <= 1:
        return seen[-1]
    reach = chunk.first - 60
    for earlier in reversed(seen):
        if earlier.first < reach:
            return None
        if earlier.kind in AGENTS and earlier.preposition < 0 and not earlier.pronoun and earlier.kind != "nationality":
            return earlier
    return None


def _same_head(chunk: Chunk, seen: Sequence[Chunk], naming: Naming) -> Chunk | None:
    """An earlier group with the same head word and a name, or a place whose name holds the head word."""
    if chunk.amount is not None or chunk.plural or chunk.last - chunk.first > 3:
        return None
    head = chunk.unit.word.key
    fits = [earlier for earlier in seen if earlier.id and earlier.unit.tag == "h" and earlier.unit.word.key == head]
    if not fits and chunk.kind in {"place", "facility"}:
        fits = [earlier for earlier in seen if earlier.id and earlier.place is not None and
                naming.bears_head(earlier.id.rpartition("/")[2], chunk)]
    if len({earlier.id for earlier in fits}) == 1:
        return fits[-1]
    return None


def _any_group(chunk: Chunk, seen: Sequence[Chunk], naming: Naming) -> Chunk | None:
    """ "the group": the last group or body named that is no state and no outlet."""
    entry = chunk.unit.word.entry("h")
    if chunk.kind != "organisation" or entry is None or not any(
            "name" in one.data for one in chunk.unit.word.entries["h"]) or chunk.amount is not None or \
            chunk.last - chunk.first != (1 if is_definite(chunk.unit) else _DEFINITE) or chunk.plural:
        return None
    for earlier in reversed(seen):
        if earlier.first and naming.units[earlier.first - 1].tag == "l":
            continue    # an alias: the one before is meant
        if earlier.id and earlier.kind in {"organisation", "group"} and "/outlet/" not in earlier.id:
            actor = naming.resolver.knowledge.actor(earlier.id.rpartition("/")[2])
            return earlier if actor is not None and actor.category == "armed_group" else None
    return None


def _part_of_named(chunk: Chunk, seen: Sequence[Chunk], naming: Naming) -> None:
    """A facility without a name ("the camp"): the one that the packs have within a place the report names."""
    knowledge = naming.resolver.knowledge
    named = {earlier.id.rpartition("/")[2] for earlier in seen if earlier.id and earlier.place is not None
             and (earlier.place.precision_km or 99) <= _SMALL_KM}
    fits = {part for place_id in named for part in knowledge.parts.get(place_id, ()) if naming.bears_head(part, chunk)}
    if len(fits) != 1:
        return
    place = knowledge.place(fits.pop())
    if place is None:
        return
    chunk.id, chunk.name = f"saksi:place/{place.id}", place.name
    chunk.place = Candidate("facility", chunk.id, place.name, 0.6, ("part-of-named-place",), place.lat, place.lon,
                            place.precision_km, place.country, place.pack, place.source)


__all__ = ["Naming", "link_second_mentions"]
