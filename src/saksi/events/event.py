"""Events: a group of claims about one happening, with its accounts side by side and what they dispute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from saksi.events.accounts import TOLLS, Account, Range, accounts, claims_of, hull
from saksi.events.candidates import is_firm
from saksi.events.disputes import Dispute, disputes
from saksi.events.match import Matcher
from saksi.events.merging import Group, Merging
from saksi.events.sighting import SAID, SPEECH, Sighting, day_after, iso_day
from saksi.events.spots import Spot
from saksi.events.titles import When, title
from saksi.records import Json, content_id

# What names an event where its claims are of several acts: the first of these that is among them.
_RANK: Final = ("capture", "way_attacked", "strike", "assault", "blast", "shooting", "combat", "siege", "seizing",
                "release", "crowd", "halt", "way_open", "way_used", "way_barred", "aid", "withdrawal", "advance",
                "harm", "damage")


@dataclass(frozen=True, slots=True)
class Event:
    """Claims about one happening. `tolls` are the lowest and highest over all accounts, never sums; `also` names for a
    claim the other events that it fits nearly as well; `unsure` are pairs of claims that a person was not sure of.

    The id is the hash of the id of the claim that was known first (by the day of its report, then by id): it stays when
    later claims are added. A claim stands once, however many reports print it.
    """

    id: str
    kind: str
    type: str
    title: str
    claims: tuple[str, ...]
    external_ids: tuple[str, ...]
    places: tuple[Spot, ...]
    time: When
    accounts: tuple[Account, ...]
    disputes: tuple[Dispute, ...]
    tolls: Mapping[str, Range] = field(default_factory=dict)
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unsure: tuple[tuple[str, str], ...] = ()

    def as_dict(self) -> Json:
        """The contract's form."""
        return {"id": self.id, "kind": self.kind, "type": self.type, "title": self.title, "claims": list(self.claims),
                "external_ids": list(self.external_ids), "places": [_place(spot) for spot in self.places],
                "time": self.time.as_dict(), "accounts": [account.as_dict() for account in self.accounts],
                "disputes": [dispute.as_dict() for dispute in self.disputes],
                "tolls": {what: {"low": low, "high": high} for what, (low, high) in self.tolls.items()},
                "also": {claim: list(events) for claim, events in self.also.items()},
                "unsure": [list(pair) for pair in self.unsure]}


def _place(spot: Spot) -> Json:
    pairs = {"id": spot.id, "name": spot.name, "lat": spot.lat, "lon": spot.lon,
             "precision_km": spot.radius_km if spot.lat is not None else None}
    return {name: value for name, value in pairs.items() if value is not None}


def events(merging: Merging) -> list[Event]:
    """All events of a merging, in the order of their time, then of their ids."""
    groups = merging.groups()
    ids = event_ids(groups)
    made = [event(group, merging.matcher, ids) for group in groups]
    return sorted(made, key=lambda one: (one.time.start or "9999", one.id))


def event_ids(groups: Iterable[Group]) -> dict[str, str]:
    """The id of the event of each group, by the id of the group's first sighting."""
    firsts = sorted(((_known_first(group.claims), group) for group in groups), key=lambda item: _known(item[0]))
    made: dict[str, str] = {}
    claims: set[str] = set()
    for first, group in firsts:     # two reports may share a claim and mean two happenings: the earlier has its name
        made[group.claims[0].id] = content_id("e_", [first.id if first.claim in claims else first.claim])
        claims.add(first.claim)
    return made


def _known_first(claims: Iterable[Sighting]) -> Sighting:
    return min(claims, key=_known)


def _known(one: Sighting) -> tuple[int, str]:
    return one.known if one.known is not None else date.max.toordinal(), one.id


def event(group: Group, matcher: Matcher, ids: Mapping[str, str]) -> Event:
    """The event of a group; `ids` has the event of every group by its first claim."""
    claims = group.claims
    main = _main(claims, matcher)
    core = [one for one in claims if one.act == main.act and not one.denied] or [main]
    places = _places(core) or _places(list(claims))
    when = _when(core)
    told = accounts(claims)
    return Event(ids[claims[0].id], main.kind, main.type, title(main, core, places, when), claims_of(claims),
                 tuple(sorted({one.external_id for one in claims if one.external_id})), places, when, told,
                 disputes(claims, main.act, matcher), _tolls(told),
                 _also(group, ids), group.unsure)


def _also(group: Group, ids: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The other events that claims of a group fit nearly as well."""
    found: dict[str, list[str]] = {}
    for one in group.claims:
        if one.id in group.also:
            found.setdefault(one.claim, []).extend(ids[other] for other in group.also[one.id])
    return {claim: tuple(dict.fromkeys(others)) for claim, others in found.items()}


def _main(claims: tuple[Sighting, ...], matcher: Matcher) -> Sighting:
    """The claim that names the event: of the weightiest act, of its most frequent type, firm if any is."""
    told = [one for one in claims if one.act not in SPEECH and not one.denied] or \
        [one for one in claims if one.act not in SPEECH] or list(claims)
    told = [one for one in told if one.act != "hold"] or told
    firm = [one for one in told if is_firm(one, matcher.parameters)] or told
    acts = {one.act for one in firm}
    act = next((act for act in _RANK if act in acts), min(acts))
    of_act = [one for one in firm if one.act == act]
    types = Counter(one.type for one in of_act)
    kind = min(types, key=lambda name: (-types[name], name))
    return min((one for one in of_act if one.type == kind), key=lambda one: (one.known or 0, one.id))


def _places(core: list[Sighting]) -> tuple[Spot, ...]:
    """The places that the claims name, the most frequent first."""
    named = Counter(spot for one in core for spot in one.spots if one.placed == SAID) or \
        Counter(spot for one in core for spot in one.spots)
    return tuple(sorted(named, key=lambda spot: (spot.id is None, -named[spot], spot.id or spot.key, spot.name)))


def _when(core: list[Sighting]) -> When:
    dated = [one for one in core if one.first is not None and one.last is not None and one.dated == SAID] or \
        [one for one in core if one.first is not None and one.last is not None]
    if not dated:
        return When()
    finest = min(one.grain for one in dated)
    spans = {(one.first or 0, one.last or 0) for one in dated if one.grain <= max(finest, 2)}
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    precision = min((one for one in dated if one.grain == finest), key=lambda one: one.id).words.precision
    return When(iso_day(first), day_after(last), precision or ("day" if finest <= 2 else None),
                len(spans) > 1 or any(one.approximate for one in dated))


def _tolls(told: Iterable[Account]) -> dict[str, Range]:
    """The lowest and highest over all accounts."""
    found: dict[str, list[Range]] = {}
    for account in told:
        for what in TOLLS:
            if what in account.values:
                found.setdefault(what, []).append((account.values[what]["low"], account.values[what]["high"]))
    return {what: over for what, ranges in found.items() if (over := hull(ranges)) is not None}
