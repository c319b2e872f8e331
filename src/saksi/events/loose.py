"""The other claims, which leave open where, when or what: each joins the one cluster of firm claims that it fits, if
any. Those left over are clustered among themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from saksi.events.candidates import BY_PARTY, Ground, Index, Key, Profile
from saksi.events.clusters import components, linkage
from saksi.events.firm import Cluster, Firm
from saksi.events.judgements import Judged
from saksi.events.match import Matcher
from saksi.events.reports import Reports
from saksi.events.sighting import Sighting
from saksi.events.spread import spread


class Loose:
    """All claims that are not firm: what each has joined, and the clusters of those that have joined nothing."""

    def __init__(self, matcher: Matcher, judged: Judged, reports: Reports, ground: Ground, firm: Firm,
                 processes: int) -> None:
        self._matcher, self._judged, self._reports, self._firm = matcher, judged, reports, firm
        self._processes = processes
        self._index = Index(ground)
        self._all: dict[str, Sighting] = {}
        self._joined: dict[str, Cluster | None] = {}
        self._near: dict[str, tuple[Cluster, ...]] = {}         # what else each fits nearly as well
        self._left: dict[str, tuple[str, ...]] = {}             # clusters of those left over

    def names(self) -> Iterable[str]:
        """The ids of all."""
        return self._all

    def joined(self, name: str) -> Cluster | None:
        """What one has joined."""
        return self._joined[name]

    def near(self, name: str) -> tuple[Cluster, ...]:
        """What else one fits nearly as well."""
        return self._near.get(name, ())

    def left(self, name: str) -> tuple[str, ...]:
        """Those left over that one is with, itself among them, the first first."""
        return self._left.get(name, (name,))

    # Taking in

    def add(self, loose: Iterable[Sighting]) -> None:
        """Keep claims; they join nothing before `settle`."""
        for one in loose:
            self._all[one.id] = one
            self._joined[one.id] = None
            self._index.add(Profile(one, 0))

    def held_against(self, tops: Iterable[int]) -> set[str]:
        """The claims that are held against firm ones of some components."""
        found: set[str] = set()
        for top in tops if self._all else ():
            for profile in self._firm.component(top):
                found.update(second.first.id for second in self._index.found(profile.first))
                for member in profile.members:
                    found.update(other.id for other in self._reports.beside(member) if other.id in self._all)
        return found

    def settle(self, open_: Iterable[str]) -> None:
        """Join some claims anew, and cluster those that this leaves over, or no longer does, with those around them."""
        names = sorted(open_, key=self._place)
        changed = set()
        for name, found in zip(names, spread(self._best_of, names, self._processes), strict=True):
            clusters = [self._firm.cluster(number) for number in found]
            if bool(clusters) == (name in self._left):
                changed.add(name)
            self._joined[name] = clusters[0] if clusters else None
            self._near[name] = tuple(clusters[1:])
        self._settle_left(changed)

    def _place(self, name: str) -> tuple[int, int, str, int, int, str]:
        """Where and when a claim stands, so that those that are compared with the same lie together."""
        one = self._all[name]
        return one.place_number, one.first or one.known or 0, one.act, one.last or 0, one.party_number, name

    # Joining

    def _best_of(self, names: Sequence[str]) -> list[list[int]]:
        """For each of some claims, a profile's number of the cluster that it joins, then of those it fits nearly as
        well; nothing where it fits none."""
        made = []
        known: list[Profile] = []
        before: Key = ()
        for name in names:
            one = self._all[name]
            looked = (one.act, one.place_number, one.first, one.last, one.known if one.first is None else None,
                      one.party_number if one.act in BY_PARTY else None)
            if looked != before:
                known, before = self._firm.index.found(one), looked
            made.append(self._best(one, known))
        return made

    def _best(self, one: Sighting, near: Iterable[Profile]) -> list[int]:
        """As `_best_of` for one claim, with the firm claims that it may be one happening with."""
        parameters = self._matcher.parameters
        held: dict[Cluster, float] = {}
        for profile, points in self._held(one, near).items():
            cluster = self._firm.cluster(profile)
            held[cluster] = max(held.get(cluster, points), points)
        apart = self._judged.apart(one.claim) if self._judged.any else frozenset[str]()
        scored = sorted((-round(points, 9), -cluster.size, cluster.first, cluster.profiles[0].number)
                        for cluster, points in held.items() if points >= parameters["attach"]
                        and not self._parted(one, apart, cluster))
        return [number for points, _, _, number in scored if points < scored[0][0] + parameters["also_margin"]]

    @staticmethod
    def _parted(one: Sighting, apart: frozenset[str], cluster: Cluster) -> bool:
        """Whether a claim cannot be with a cluster: a person said so, or it takes back what was taken there."""
        back = one.story.reverses
        return bool(apart or back) and any(
            member.id == back or member.claim in apart for member in cluster.sightings())

    def _held(self, one: Sighting, near: Iterable[Profile]) -> dict[Profile, float]:
        """The firm claims that a claim may join, with the points of each; those in its report count for that."""
        matcher = self._matcher
        points, least = matcher.points, matcher.parameters["attach"]
        found = {profile: worth for profile in near if (worth := points(one, profile.first, near=False)) >= least}
        beside = self._reports.beside(one)
        for other in beside if len(beside) > 1 else ():
            profile = self._firm.profile(other.id)
            if profile is not None:
                worth = points(one, profile.first, near=False) + matcher.near(one, other)
                found[profile] = max(found.get(profile, worth), worth)
        return found

    # Those left over

    def _settle_left(self, changed: set[str]) -> None:
        """Cluster those left over in the neighbourhood of claims that have come to be so, or no longer are."""
        reached: dict[str, tuple[str, ...]] = {}
        waiting = sorted(changed)
        known = dict(zip(waiting, spread(self._all_beside, waiting, self._processes), strict=True))
        while waiting:
            name = waiting.pop()
            if name in reached:
                continue
            reached[name] = beside = known[name] if name in known else self._beside(name)
            waiting.extend(beside)
            waiting.extend(self._left.get(name, ()))
        for name in reached:
            self._left.pop(name, None)
        names = sorted(name for name in reached if self._is_left(name))
        place = {name: at for at, name in enumerate(names)}
        edges = {place[name]: [place[other] for other in reached[name] if other in place] for name in names}
        for component in components(range(len(names)), edges):
            sightings = [self._all[names[node]] for node in component]
            for nodes in self._clusters(sightings):
                members = tuple(sightings[node].id for node in nodes)
                self._left.update(dict.fromkeys(members, members))

    def _is_left(self, name: str) -> bool:
        return self._joined[name] is None and self._all[name].act != "answer"

    def _all_beside(self, names: Sequence[str]) -> list[tuple[str, ...]]:
        return [self._beside(name) for name in names]

    def _beside(self, name: str) -> tuple[str, ...]:
        """The claims left over that match one well."""
        one = self._all[name]
        if one.act == "answer":
            return ()
        others = {profile.first.id for profile in self._index.found(one)}
        others.update(other.id for other in self._reports.beside(one) if other.id in self._all)
        return tuple(other for other in sorted(others) if other != name and self._is_left(other)
                     and self._matcher.points(one, self._all[other]) >= 0.0)

    def _clusters(self, sightings: list[Sighting]) -> list[list[int]]:
        """The clusters of some claims left over, by their places."""
        if len(sightings) == 1:
            return [[0]]
        never = self._matcher.parameters["never"]
        links = [{to: points for to in range(at + 1, len(sightings))
                  if (points := self._matcher.points(one, sightings[to])) > never} for at, one in enumerate(sightings)]
        if self._judged.any:
            for first, second in self._judged.pairs((one.claim, at) for at, one in enumerate(sightings)):
                links[first].pop(second, None)
        return linkage([1] * len(sightings), links)
