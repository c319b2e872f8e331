"""Merging: claims in, groups of claims about one happening out; as many at a time as there are, in any order.

Three steps. Firm claims, which say what, where and when, are clustered (`firm`). Each of the others joins the one
cluster that it fits, if any, and those left over are clustered among themselves (`loose`). A claim that is added
touches only the components that it is compared with, and the result is that of a rebuild: every step depends on the set
of claims alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from saksi.events.candidates import Ground, is_firm
from saksi.events.firm import Firm
from saksi.events.judgements import Judged, Judgement
from saksi.events.loose import Loose
from saksi.events.match import Match, Matcher, Part
from saksi.events.reports import Reports
from saksi.events.sequence import Captures
from saksi.events.sighting import Sighting
from saksi.events.spread import collector_paused

_DAYS: Final = 10_000_000   # more than there are


@dataclass(frozen=True, slots=True)
class Group:
    """Sightings of one happening, by id. `also` says of a sighting which other groups it fits nearly as well: each is
    named by its first sighting. `unsure` are pairs of claims, one of them here, of which a person was not sure."""

    claims: tuple[Sighting, ...]
    also: dict[str, tuple[str, ...]]
    unsure: tuple[tuple[str, str], ...] = ()


class Merging:
    """Merges claims. `add` takes more of them in, `judge` what people said of them, `groups` gives the result."""

    def __init__(self, matcher: Matcher | None = None, judgements: Iterable[Judgement] = (), *,
                 processes: int = 1) -> None:
        self.matcher = matcher or Matcher()
        self._processes = processes
        self._all: dict[str, Sighting] = {}
        self._begin(judgements)

    def _begin(self, judgements: Iterable[Judgement]) -> None:
        ground = Ground(self.matcher.parameters)
        self._judged = Judged(judgements)
        self._sighted: dict[str, list[str]] = {}    # of the claims that are judged, the sightings
        self._reports = Reports()
        self._firm = Firm(self.matcher, self._judged, self._reports, ground, self._processes)
        self._loose = Loose(self.matcher, self._judged, self._reports, ground, self._firm, self._processes)

    # In

    def add(self, sightings: Iterable[Sighting]) -> None:
        """Take claims in; those that are in already change nothing."""
        new = {one.id: one for one in sightings if one.id not in self._all}
        self._all.update(new)
        with collector_paused(len(new)):
            self._take(new.values())

    def judge(self, judgements: Iterable[Judgement]) -> None:
        """Take judgements in the place of those before; everything is settled anew."""
        self._begin(judgements)
        with collector_paused(len(self._all)):
            self._take(self._all.values())

    def _take(self, sightings: Iterable[Sighting]) -> None:
        """Take in sightings that are new."""
        # What is compared with one another lies together, in memory too.
        new = sorted(sightings, key=lambda one: one.place_number * _DAYS + (one.first or one.known or 0))
        firm: list[Sighting] = []
        loose: list[Sighting] = []
        for one in new:
            self._reports.add(one)
            if self._judged.any and one.claim in self._judged.claims:
                self._sighted.setdefault(one.claim, []).append(one.id)
            (firm if is_firm(one, self.matcher.parameters) else loose).append(one)
        touched = self._firm.add(firm)
        self._firm.settle(touched)
        open_ = self._loose.held_against(touched)
        self._loose.add(loose)
        self._loose.settle(open_ | {one.id for one in loose})

    # Out

    def groups(self) -> list[Group]:
        """All groups, in the order of their first sightings' ids."""
        with collector_paused(len(self._all)):
            return self._groups()

    def _groups(self) -> list[Group]:
        members, also = self._members()
        into = self._put_together()
        for own in list(members):
            if (lead := into(own)) != own:
                members.setdefault(lead, []).extend(members.pop(own))
        unsure: dict[str, list[tuple[str, str]]] = {}
        for pair in self._judged.unsure:
            named = [name for claim in pair for name in self._sighted.get(claim, ())]
            for own in dict.fromkeys(into(self._owner(name)) for name in named):
                unsure.setdefault(own, []).append(pair)
        for names in members.values():
            names.sort()
        fits: dict[str, dict[str, tuple[str, ...]]] = {}
        for name, others in also.items():
            own = into(self._owner(name))
            leads = {members[into(self._owner(other))][0] for other in others} - {members[own][0]}
            if leads:
                fits.setdefault(own, {})[name] = tuple(sorted(leads))
        made = [Group(tuple([self._all[name] for name in names]), fits.get(own, {}), tuple(unsure.get(own, ())))
                for own, names in members.items()]
        return sorted(made, key=lambda group: group.claims[0].id)

    def _members(self) -> tuple[dict[str, list[str]], dict[str, tuple[str, ...]]]:
        """The sightings of each group by its owner, a sighting of it; and of a sighting, the owners of the groups that
        it fits nearly as well."""
        members: dict[str, list[str]] = {}
        also: dict[str, tuple[str, ...]] = {}
        for cluster in self._firm.clusters():
            members[cluster.first] = [member.id for profile in cluster.profiles for member in profile.members]
            for profile, others in cluster.also.items():
                also.update(dict.fromkeys((member.id for member in profile.members), others))
        for name in self._loose.names():
            members.setdefault(self._owner(name), []).append(name)
            if near := self._loose.near(name):
                also[name] = tuple(cluster.first for cluster in near)
        return members, also

    def _owner(self, name: str) -> str:
        """The sighting by which the group of a sighting is known. Answers, and who is said to hold a place, go with
        what they are about."""
        profile = self._firm.profile(name)
        if profile is not None:
            return self._firm.cluster(profile).first
        one, joined = self._all[name], self._loose.joined(name)
        about = self._all.get(one.about) if one.about is not None else None
        if about is not None and about.about is None and (one.act in {"answer", "hold"} or joined is None):
            return self._owner(about.id)
        return joined.first if joined is not None else self._loose.left(name)[0]

    def _put_together(self) -> Callable[[str], str]:
        """What gives the owner of a group once groups of claims that people have said are the same have become one."""
        into: dict[str, str] = {}

        def root(name: str) -> str:
            while name in into:
                name = into[name]
            return name

        for pair in self._judged.same:
            if all(claim in self._sighted for claim in pair):
                roots = sorted({root(self._owner(name)) for claim in pair for name in self._sighted[claim]})
                into.update(dict.fromkeys(roots[1:], roots[0]))
        return root

    # Why

    def why(self, one: str, other: str) -> Match:
        """How well two claims fit one happening, with what else keeps them apart or together.

        They are named by the ids of claims or of sightings; of a claim that stands in several reports, the sighting
        that fits best is taken. Raises KeyError for one that was not added.
        """
        first, second = max(((first, second) for first in self._named(one) for second in self._named(other)),
                            key=lambda pair: self.matcher.points(*pair))
        match = self.matcher.match(first, second)
        parts = list(match.parts)
        never = self.matcher.parameters["never"]
        if first.act == second.act == "capture":
            captures = Captures(profile.first for profile in self._firm.index.found(first)
                                if profile.first.act == "capture")
            if (between := captures.between(first, second)) is not None:
                parts.append(Part("sequence", never, f"the other side took it in between ({between.claim})"))
        if second.claim in self._judged.apart(first.claim):
            parts.append(Part("judgement", never, "a person said that they are different"))
        elif first.claim != second.claim and self._judged.alike(first.claim) == self._judged.alike(second.claim):
            parts.append(Part("judgement", -never, "a person said that they are the same"))
        return Match(sum(part.points for part in parts), tuple(parts))

    def _named(self, name: str) -> list[Sighting]:
        """The sightings that a claim's or a sighting's id names."""
        if name in self._all:
            return [self._all[name]]
        found = [one for one in self._all.values() if one.claim == name]
        if not found:
            raise KeyError(name)
        return sorted(found, key=lambda one: one.id)
