"""Which claims are compared at all: those that share a place, a day and a family, a report, or a speaker and a day.

A claim is kept under a few keys and looks under a few more, so that the work grows with the number of claims and not
with its square. A family is a set of acts that can be one happening with one another. Claims that say the same in all
that is compared, as copies and wires do, are one `Profile` and are compared once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from saksi.events.match import SPANNING
from saksi.events.parameters import Parameters
from saksi.events.sides import SIDE, Party
from saksi.events.sighting import OPEN, SAID, SPEECH, Sighting
from saksi.events.spots import Nearby, Spot, place_points, town_points

Key = tuple[object, ...]
Block = tuple[str, Spot]    # a family and a place

_CONTROL, _HELD, _FIGHT, _PEOPLE, _WAYS, _SPAN = "control", "held", "fight", "people", "ways", "span"
_ABOUT: Final = "about"     # words about a happening, under the place and day they name
_FAMILY: Final = {
    **dict.fromkeys(("capture", "withdrawal"), _CONTROL), "hold": _HELD,
    **dict.fromkeys(("combat", "assault", "strike", "blast", "shooting", "harm", "damage", "advance", "downing"),
                    _FIGHT),
    **dict.fromkeys(("seizing", "release", "search", "crowd"), _PEOPLE),
    **dict.fromkeys(("way_open", "way_attacked", "way_used", "way_barred", "halt", "halt_broken", "aid"), _WAYS),
    **dict.fromkeys(("siege", "shields", "flight", "return"), _SPAN)}
BY_PARTY: Final = frozenset({"word", "answer", "talks", "sanction", "founding"})
# How many days before its report a happening without a date is looked for.
_OPEN_DAYS: Final = {_CONTROL: 31, _HELD: 31}
_OPEN_ELSE: Final = 8
_VAGUEST: Final = 400   # days of a vague time beyond which it is looked for nowhere
_MONTH: Final = 30
_NONE: Final[frozenset[str]] = frozenset()


def family(act: str) -> str:
    """The family of an act; an act that can be one happening only with its like is a family of its own."""
    return _FAMILY.get(act, act)


def is_firm(one: Sighting, parameters: Parameters) -> bool:
    """Whether a claim can found an event: it says what, and where and when precisely, or who speaks to whom and when.

    The others (vague, undated, placed by the words around, denials, words about a happening, who holds a place) join
    an event or stand among themselves.
    """
    if one.precise:
        return not one.denied and one.act != "hold"
    if one.act in {"hold", "answer"} or one.first is None:
        return False
    if one.act == "word":
        return bool(one.people or one.speakers.ids) and one.done_to.known
    if one.denied or one.dated == OPEN:
        return False
    if one.grain > parameters["soft_grain_days"] and one.act not in SPANNING:
        return False
    if one.act in BY_PARTY:
        return bool(one.doer.ids or one.done_to.ids)
    return bool(one.spots) and one.placed == SAID


class Profile:
    """Claims that say the same in all that is compared. `first` is the one with the smallest id; `number` tells
    profiles apart in the order in which they were made, which no result depends on."""

    __slots__ = ("first", "members", "number")

    def __init__(self, one: Sighting, number: int) -> None:
        self.first = one
        self.members = [one]
        self.number = number

    def add(self, one: Sighting) -> None:
        """Take one more in."""
        self.members.append(one)
        if one.id < self.first.id:
            self.first = one


def signature(one: Sighting) -> Key:
    """What is compared of a claim, but for its place in its report."""
    key = (one.kind_number, one.place_number, one.party_number, one.first, one.last)
    if one.precise:
        return key
    return (*key, one.dated, one.counts, one.speakers, one.people, one.content, one.language, one.known, one.story)


class Ground:
    """What indexes have in common: which places are near one another, and what each act and each family looks for."""

    def __init__(self, parameters: Parameters) -> None:
        self.places = Nearby(place_points, parameters["slack_km"], parameters)
        self.towns = Nearby(town_points, parameters["passage_km"], parameters)
        self.families = _families(parameters)
        self.looks = {name: tuple(others.items()) for name, others in self.families.items()}


class Index:
    """Profiles by place, family and day, and by speaker and day."""

    def __init__(self, ground: Ground) -> None:
        self._places, self._towns = ground.places, ground.towns
        self._looks, self._families = ground.looks, ground.families
        self._at: dict[str, dict[Spot, dict[int, list[Profile]]]] = {}
        self._by: dict[Key, list[Profile]] = {}

    def add(self, profile: Profile) -> None:
        """Keep a profile."""
        one = profile.first
        if one.act in BY_PARTY:
            for key in _voice_keys(one):
                self._by.setdefault(key, []).append(profile)
        name = _ABOUT if one.act in SPEECH else _FAMILY.get(one.act, one.act)
        parts = _months(one) if name == _SPAN else _days(one)
        there = self._at.get(name)
        if there is None:
            there = self._at[name] = {}
        for spot in _spots(one):
            days = there.get(spot)
            if days is None:
                days = there[spot] = {}
                self._places.add(spot)
                if name in {_WAYS, _ABOUT}:
                    self._towns.add(spot)
            for part in parts:
                kept = days.get(part)
                if kept is None:
                    days[part] = [profile]
                else:
                    kept.append(profile)

    def blocks(self) -> list[Block]:
        """The families and places under which happenings are kept."""
        return [(name, spot) for name, there in self._at.items()
                if name in self._families and name not in BY_PARTY for spot in there]

    def pairs(self, block: Block) -> Iterator[tuple[list[Profile], list[Profile]]]:
        """The profiles of a block by day, with those of this and other blocks that they may be one happening with. Over
        all blocks each two lists come once; a list comes with itself."""
        name, spot = block
        days = self._at[name][spot]
        for other, reach in self._families[name].items():
            there = self._at.get(other)
            if there is None or other < name:
                continue
            step = 1 if other == _SPAN else reach
            for near in (self._towns if name == other == _WAYS else self._places).add(spot):
                theirs = there.get(near)
                if theirs is None or (other == name and near.number < spot.number):
                    continue
                own = other == name and near is spot
                for day, kept in days.items():
                    for part in range(day if own else day - step, day + step + 1):
                        mates = theirs.get(part)
                        if mates is not None:
                            yield kept, mates

    def found(self, one: Sighting) -> list[Profile]:
        """The profiles that a claim may be one happening with. What finds is found: of two claims that can be one,
        each finds the other."""
        lists: list[list[Profile]] = []
        looks = self._looks.get(family(one.act), ())
        if one.act in BY_PARTY:
            reach = max((reach for _, reach in looks), default=0)
            lists += [kept for key in _voice_looks(one, reach) if (kept := self._by.get(key))]
        if one.spots or one.story.spots:
            self._found_there(one, looks, lists)
        if len(lists) == 1:
            return lists[0]
        return list(dict.fromkeys(profile for kept in lists for profile in kept))

    def _found_there(self, one: Sighting, looks: Sequence[tuple[str, int]], lists: list[list[Profile]]) -> None:
        """Add what is kept under the places near a claim."""
        if one.act in SPEECH:
            looks, wide = [(name, 0) for name in self._at if name != _ABOUT], frozenset({_WAYS})
        else:
            looks = (*looks, (_ABOUT, 0))
            wide = frozenset({_WAYS, _ABOUT}) if family(one.act) == _WAYS else _NONE
        places = self._near(self._places, one)
        towns = self._near(self._towns, one) if wide else places
        for name, reach in looks:
            there = self._at.get(name)
            if there is None:
                continue
            parts = _months(one, reach) if name == _SPAN else _days(one, reach)
            for spot in towns if name in wide else places:
                days = there.get(spot)
                if days is None or not parts:
                    continue
                if len(days) < len(parts):
                    first, last = parts[0], parts[-1]
                    lists.extend(kept for part, kept in days.items() if first <= part <= last)
                else:
                    lists.extend(kept for part in parts if (kept := days.get(part)))

    @staticmethod
    def _near(nearby: Nearby, one: Sighting) -> Iterable[Spot]:
        spots = _spots(one)
        if len(spots) == 1:
            return nearby.add(spots[0])
        return dict.fromkeys(near for spot in spots for near in nearby.add(spot))


def _spots(one: Sighting) -> tuple[Spot, ...]:
    """The places of a claim, with those told before where it names none itself."""
    return one.spots if one.placed == SAID else (*one.spots, *one.story.spots)


def _voice_keys(one: Sighting) -> Iterator[Key]:
    """Who speaks, for whom and to whom, on each day; of talks and the like who takes part."""
    own, to = _names(one.speakers if one.act in SPEECH else one.doer), _names(one.done_to)
    for day in _days(one):
        if one.act not in SPEECH:
            yield from (("party", name, day) for name in dict.fromkeys(own + to))
            continue
        for name in own:
            yield "all", name, day
            if not one.people:
                yield "office", name, day
        yield from (("by", name, day) for name in _themselves(one.speakers))
        yield from (("to", name, other, day) for name in own for other in to)


def _voice_looks(one: Sighting, reach: int) -> Iterator[Key]:
    """Where the same speaker is looked for, his office where he is named, all of it where he is not, and an answer."""
    own, to = _names(one.speakers if one.act in SPEECH else one.doer), _names(one.done_to)
    for day in _days(one, reach):
        if one.act not in SPEECH:
            yield from (("party", name, day) for name in dict.fromkeys(own + to))
            continue
        yield from (("office" if one.people else "all", name, day) for name in own)
        yield from (("by", name, day) for name in _themselves(one.speakers))
        yield from (("to", other, name, day) for name in own for other in to)


def _themselves(party: Party) -> list[str]:
    return sorted(party.ids | party.keys)


def _names(party: Party) -> list[str]:
    """The names under which a party is looked for: its bodies and those on no list, but not sides as wholes."""
    return [name for name in sorted(party.bodies | party.keys) if not name.startswith(SIDE)]


def _families(parameters: Parameters) -> dict[str, dict[str, int]]:
    """The families to look through for each family, with the days on either side beyond which nothing can be one: as
    far from the one to the other as back, so that what finds is found."""
    least = -parameters["prior"] - parameters["best_case"]
    found: dict[str, dict[str, int]] = {}
    for (one, other), days in parameters.days.items():
        reach = max((gap for gap, points in enumerate(days) if points >= least), default=0)
        if one == other == "capture":
            reach = max(reach, int(parameters["reporting_window_days"]))
        reach += int(parameters["approximate_days"])
        for here, there in ((family(one), family(other)), (family(other), family(one))):
            looks = found.setdefault(here, {})
            looks[there] = max(looks.get(there, 0), reach)
    return found


def _days(one: Sighting, reach: int = 0) -> Sequence[int]:
    """The days of a claim and as many on either side; without a date those before its report."""
    if one.first is None or one.last is None:
        if one.known is None:
            return ()
        return range(one.known - _OPEN_DAYS.get(family(one.act), _OPEN_ELSE) - reach, one.known + 2 + reach)
    return range(one.first - reach, one.last + reach + 1) if one.last - one.first <= _VAGUEST else ()


def _months(one: Sighting, reach: int = 0) -> Sequence[int]:
    """The stretches of 30 days of a claim."""
    if one.first is None or one.last is None:
        days = _days(one, reach)
        return range(days[0] // _MONTH, days[-1] // _MONTH + 1) if days else ()
    return range((one.first - reach) // _MONTH, (one.last + reach) // _MONTH + 1)
