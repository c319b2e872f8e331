"""Who belongs to whom: the bodies an actor is part of, whom it stands with, and what kind of force it is, on a day.

From the packs' relations as far as they are in force: *part of*, *member of*, *leads*, *succeeded* make one body;
*allied with* and *backs* make allies, one step and no further, since allies of allies soon are everybody. Those who
back the same side stand together; those whom one power backs do not on that account. An actor without a name is of a
class (a state's forces, an armed group, civilians) by its words, and its side stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from saksi.events.names import name_key, plain
from saksi.events.words import Words, words
from saksi.packs.load import Knowledge
from saksi.records import Role

_UP: Final = frozenset({"part_of", "member_of"})
_STATE: Final = frozenset({"armed_force", "government", "ministry", "police", "intelligence", "state"})
_ARMED: Final = frozenset({"armed_group", "militia", "coalition", "operations_room"})
_OFFICES: Final = frozenset({"spokesperson", "diplomat", "politician", "commander"})
_NO_SIDE: Final = frozenset({"", "neutral", "un", "independent", "private", "western-public", "gulf", "islamist"})
SIDE: Final = "side:"       # of a body that is a side as a whole
_EMPTY: Final[frozenset[str]] = frozenset()
_STATES_OWN: Final = frozenset({"state"})


@dataclass(frozen=True, slots=True, eq=False)
class Party:
    """Those who fill a role of a claim. Made by `Sides.party` and `party_of`: there, the same party is the same object.

    `ids` are resolved actors, `bodies` what they are part of (with themselves), `friends` whom these stand with,
    `aims` whom they support, `classes` state, armed, civilian; `keys` the names of those who are on no list.
    """

    ids: frozenset[str] = _EMPTY
    bodies: frozenset[str] = _EMPTY
    friends: frozenset[str] = _EMPTY
    aims: frozenset[str] = _EMPTY
    classes: frozenset[str] = _EMPTY
    keys: frozenset[str] = _EMPTY
    for_state: bool = False     # of a state's forces, or fighting with or for one

    @property
    def known(self) -> bool:
        """Whether anything is known of them."""
        return bool(self.ids or self.classes or self.keys)


NOBODY: Final = Party()
_parties: dict[tuple[object, ...], Party] = {}


def party_of(party: Party) -> Party:
    """The one object, in this process, for all parties with the content of this one."""
    key = (party.ids, party.bodies, party.friends, party.aims, party.classes, party.keys, party.for_state)
    return _parties.setdefault(key, party)


_parties[_EMPTY, _EMPTY, _EMPTY, _EMPTY, _EMPTY, _EMPTY, False] = NOBODY


def standing(one: Party, other: Party) -> str:
    """How two parties stand to one another: same, body, allied, class, other_class, other, unknown."""
    if one is other:
        return "same" if one.ids or one.keys else "class" if one.classes else "unknown"
    if one.ids and other.ids:
        if one.ids & other.ids:
            return "same"
        if shared := one.bodies & other.bodies:
            return "body" if any(not name.startswith(SIDE) for name in shared) else "allied"
        if one.friends & other.bodies or other.friends & one.bodies or one.aims & other.aims:
            return "allied"
        return "other"
    if one.keys and other.keys and _share_name(one.keys, other.keys):
        return "same"
    return _by_class(one, other)


def _share_name(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Whether one of some names is one of others, with a word more or less ("the photographer Reem Noor")."""
    if ones & others:
        return True
    words = [[frozenset(name.split()) for name in names] for names in (ones, others)]
    return any(one <= other or other <= one for one in words[0] for other in words[1])


def _by_class(one: Party, other: Party) -> str:
    """The standing of two parties of which one has no actor of the packs."""
    if not one.classes or not other.classes:
        return "unknown"
    if ("civilian" in one.classes) != ("civilian" in other.classes):
        return "other_class"
    if "civilian" in one.classes:
        return "class"
    named, unnamed = (one, other) if one.ids else (other, one)
    if not named.ids:
        return "class" if one.classes & other.classes else "other_class"
    if "state" in unnamed.classes:
        return "class" if named.for_state else "other_class"
    return "other_class" if named.for_state else "class"


class Sides:
    """The packs' actors as parties. Everything is looked up once for each month: relations change slowly."""

    def __init__(self, knowledge: Knowledge, lists: Words | None = None) -> None:
        self._knowledge, self._words = knowledge, lists or words()
        self._up: dict[str, list[tuple[str, str, str]]] = {}
        self._down: dict[str, list[tuple[str, str, str]]] = {}
        self._ties: dict[str, list[tuple[str, str, str, bool]]] = {}
        self._names: dict[str, str] = {}
        self._actors: dict[tuple[str, str], tuple[frozenset[str], frozenset[str], frozenset[str]]] = {}
        self._parties: dict[object, Party] = {}
        self._sides: dict[str, set[str]] = {}
        for identifier in {name.id for name in knowledge.names if name.owner == "actor"}:
            actor = knowledge.actor(identifier)
            if actor is not None and actor.side not in _NO_SIDE:
                self._sides.setdefault(actor.pack, set()).add(actor.side)
        self._relate()
        for name in knowledge.names:
            if name.owner == "actor" and name.kind in {"name", "alias", "label", "former"}:
                bare = plain(name.text)
                if " " in bare or " " not in name.text:     # "the Coalition" is one, a coalition may be any
                    self._names.setdefault(bare, name.id)

    def _relate(self) -> None:
        category = self._category
        for subject, relation, object_, start, end, *_ in self._knowledge.relations:
            if relation in _UP:
                if category(object_) == "international_organisation" or (
                        relation == "member_of" and category(subject) not in _ARMED):
                    continue
                self._link(subject, object_, start, end)
            elif relation in {"leads", "succeeded"}:
                self._link(subject, object_, start, end)
            elif relation in {"allied_with", "backs"}:
                self._ties.setdefault(subject, []).append((object_, start, end, True))
                self._ties.setdefault(object_, []).append((subject, start, end, relation == "allied_with"))

    def _link(self, lower: str, upper: str, start: str, end: str) -> None:
        self._up.setdefault(lower, []).append((upper, start, end))
        self._down.setdefault(upper, []).append((lower, start, end))

    def _kind(self, actor: str) -> str:
        found = self._knowledge.actor(actor)
        return found.kind if found else ""

    def _category(self, actor: str) -> str:
        found = self._knowledge.actor(actor)
        return found.category if found else ""

    # Outlets

    def outlet(self, identifier: str) -> Party:
        """The party of an outlet by its id: on the side that its pack gives it; for a state's own that state's."""
        found = self._knowledge.outlet(identifier.rpartition("/")[2])
        if found is None:
            return NOBODY
        bodies = {f"outlet:{found.id}"}
        if found.side in self._sides.get(found.pack, ()):
            bodies.add(f"side:{found.pack}:{found.side}")
        elif found.side not in _NO_SIDE and found.country in self._knowledge.states:
            bodies.add(self._knowledge.states[found.country])
        friends, aims = self._allies(bodies, "")
        return party_of(Party(frozenset({f"outlet:{found.id}"}), frozenset(bodies), frozenset(friends),
                              frozenset(aims)))

    # Actors

    def party(self, roles: Iterable[Role], day: str | None) -> Party:
        """The party that fills these roles on a day (ISO 8601, None: whenever)."""
        month, roles = (day or "")[:7], tuple(roles)
        key = (month, tuple((role.id, role.kind, role.exact, role.head, role.antecedent and role.antecedent.exact)
                            for role in roles))
        found = self._parties.get(key)
        if found is None:
            found = self._parties[key] = party_of(self._made(roles, month))
        return found

    def of_ids(self, ids: Iterable[str], day: str | None) -> Party:
        """The party of actors by id, with or without the prefix."""
        return party_of(self._gathered({one.rpartition("/")[2] for one in ids}, set(), set(), (day or "")[:7]))

    def _made(self, roles: Iterable[Role], month: str) -> Party:
        ids: set[str] = set()
        classes: set[str] = set()
        keys: set[str] = set()
        for role in roles:
            actor = self._resolved(role, month)
            if actor:
                ids.add(actor)
                continue
            said = self._words.classes(role.exact)
            if not said and role.antecedent:
                said = self._words.classes(role.antecedent.exact)
            key = self._key(role) if role.kind in {"person", "organisation"} else ""
            if key and said == _STATES_OWN:     # "Free Valley Army": what has a name of its own need not be a state's
                said = _EMPTY
            classes |= said
            if key and not said:
                keys.add(key)
        return self._gathered(ids, classes, keys, month)

    def _gathered(self, ids: set[str], classes: set[str], keys: set[str], month: str) -> Party:
        bodies: set[str] = set()
        friends: set[str] = set()
        aims: set[str] = set()
        for actor in sorted(ids):
            above, with_, for_ = self._standing(actor, month)
            bodies |= above
            friends |= with_
            aims |= for_
        kinds = {self._category(actor) for actor in ids}
        if kinds & _STATE:
            classes.add("state")
        if kinds & _ARMED or any(self._kind(actor) == "group" for actor in ids if not kinds & _STATE):
            classes.add("armed")
        state = bool(kinds & _STATE) or any(self._category(one) in {"armed_force", "government"} for one in aims)
        state = state or bool(bodies & self._home(ids)) or (
            not kinds & _ARMED and any(self._category(one) in _STATE for one in bodies))
        return Party(frozenset(ids), frozenset(bodies), frozenset(friends), frozenset(aims), frozenset(classes),
                     frozenset(keys), state)

    def _home(self, ids: set[str]) -> set[str]:
        """What the forces of these actors' own states belong to."""
        found: set[str] = set()
        for actor in ids:
            row = self._knowledge.actor(actor)
            force = self._knowledge.forces.get(row.country) if row and row.country else None
            if force:
                found |= self._walk(force, self._up, "") | self._labels(force)
        return found

    def _resolved(self, role: Role, month: str) -> str | None:
        """The bare id of the actor that a role names. What a pronoun or a common noun was taken to stand for is left
        out where its own words speak of another kind of force."""
        actor = role.id.rpartition("/")[2] if role.id else self._names.get(plain(role.exact))
        if actor is None or self._knowledge.actor(actor) is None:
            return None
        if role.id and not self._names_it(role.exact, actor):
            said = self._words.classes(role.exact)
            party = self._gathered({actor}, set(), set(), month)
            if said and _by_class(party, Party(classes=said)) == "other_class":
                return None
        return actor

    def _names_it(self, exact: str, actor: str) -> bool:
        """Whether some words hold a name of the actor."""
        words = plain(exact).split()
        return any(self._names.get(" ".join(words[at:end])) == actor
                   for at in range(len(words)) for end in range(at + 1, len(words) + 1))

    def _key(self, role: Role) -> str:
        own = frozenset(role.head.lower().split()) if role.head and role.head != role.exact else _EMPTY
        return name_key(role.exact, self._words.common | self._words.own | own)

    def _standing(self, actor: str, month: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """The bodies, friends and aims of one actor."""
        found = self._actors.get((actor, month))
        if found is None:
            bodies = self._walk(actor, self._up, month)
            family = set(bodies)
            for body in bodies:
                family |= self._walk(body, self._down, month) if self._category(body) not in {"state", ""} else set()
            friends, _ = self._allies(family, month)
            _, aims = self._allies(bodies, month)
            found = self._actors[actor, month] = (frozenset(bodies | self._labels(actor) | self._powers(actor)),
                                                  frozenset(friends), frozenset(aims))
        return found

    def _allies(self, actors: set[str], month: str) -> tuple[set[str], set[str]]:
        """Whom these actors stand with, and whom of those they support, with what the supported belong to."""
        friends: set[str] = set()
        aims: set[str] = set()
        for actor in actors:
            for other, start, end, wanted in self._ties.get(actor, ()):
                if _holds(start, end, month):
                    friends.add(other)
                    if wanted:
                        aims |= self._walk(other, self._up, month)
        return friends, aims

    def _walk(self, actor: str, edges: dict[str, list[tuple[str, str, str]]], month: str) -> set[str]:
        seen, waiting = {actor}, [actor]
        while waiting:
            for other, start, end in edges.get(waiting.pop(), ()):
                if other not in seen and _holds(start, end, month):
                    seen.add(other)
                    waiting.append(other)
        return seen

    def _labels(self, actor: str) -> set[str]:
        """What a person belongs to who is tied to nobody: the side that the pack names, else the state."""
        found = self._knowledge.actor(actor)
        if found is None:
            return set()
        if found.side not in _NO_SIDE:
            return {f"side:{found.pack}:{found.side}"}
        state = self._knowledge.states.get(found.country)
        return {state} if state and found.kind == "person" and found.category in _OFFICES else set()

    def _powers(self, actor: str) -> set[str]:
        """What a state acts through: its forces and what they are part of."""
        found = self._knowledge.actor(actor)
        force = self._knowledge.forces.get(found.country) if found and found.category == "state" else None
        return self._walk(force, self._up, "") if force else set()


def _holds(start: str, end: str, month: str) -> bool:
    """Whether something in force from `start` to `end` is so in a month; ISO strings of any precision."""
    if not month:
        return True
    return (not start or start[:len(month)] <= month[:len(start)]) and (not end or month[:len(end)] <= end[:len(month)])
