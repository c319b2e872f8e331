"""Firm claims, which say what, where and when: compared with their like, joined into components, and clustered.

A component is what links of two claims each connect; clusters are made within components. A claim that is added
touches the components that it has links with, and no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from saksi.events.candidates import BY_PARTY, Block, Ground, Index, Key, Profile, signature
from saksi.events.clusters import linkage
from saksi.events.judgements import Judged
from saksi.events.match import Matcher
from saksi.events.reports import Reports
from saksi.events.sequence import Captures
from saksi.events.sighting import Sighting
from saksi.events.spread import spread

_AROUND: Final = 8      # sightings before and after in one report that are compared for standing close together
_NOTHING: Final[dict[Profile, tuple[str, ...]]] = {}

Also = dict[int, tuple[int, ...]]   # of a node, the clusters by number


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Firm claims that are one happening; `also` has the profiles among them that other clusters would take nearly as
    well, with the first claims of these."""

    profiles: tuple[Profile, ...]
    first: str      # the smallest id of its claims
    size: int
    also: dict[Profile, tuple[str, ...]]

    def sightings(self) -> Iterator[Sighting]:
        """The firm claims."""
        return (member for profile in self.profiles for member in profile.members)


class _Owners(dict[int, int]):
    """Which number stands for each; one that was not seen stands for itself."""

    def __missing__(self, number: int) -> int:
        self[number] = number
        return number


class Firm:
    """All firm claims, as profiles in components, and the clusters of these."""

    def __init__(self, matcher: Matcher, judged: Judged, reports: Reports, ground: Ground, processes: int) -> None:
        self._matcher, self._judged, self._reports, self._processes = matcher, judged, reports, processes
        self._window = int(matcher.parameters["reporting_window_days"])
        self.index = Index(ground)
        self._kept: dict[Key, Profile] = {}
        self._profiles: list[Profile] = []          # by their numbers
        self._profile_of: dict[str, Profile] = {}
        self._above: list[int] = []                 # for each profile one of its component, itself at the top
        self._below: dict[int, list[int]] = {}      # the profiles of each component of several, by the top
        self._clusters: list[Cluster | None] = []   # by the numbers of their profiles

    def profile(self, name: str) -> Profile | None:
        """The profile of a sighting; None for one that is not firm."""
        return self._profile_of.get(name)

    def cluster(self, profile: Profile | int) -> Cluster:
        """The cluster of a profile, or of its number, once it is settled."""
        found = self._clusters[profile if isinstance(profile, int) else profile.number]
        assert found is not None
        return found

    def clusters(self) -> Iterable[Cluster]:
        """All clusters."""
        return dict.fromkeys(cluster for cluster in self._clusters if cluster is not None)

    # Taking in

    def add(self, firm: Sequence[Sighting]) -> list[int]:
        """Keep firm claims; the tops of the components that they are in."""
        begun = bool(self._profiles)
        changed: dict[Profile, None] = {}
        for one in firm:
            profile = self._profile_of[one.id] = self._taken(one)
            if profile.first is one:    # which speaks for the profile from now on
                changed[profile] = None
        items: list[Profile | Block] = list(changed)
        if not begun:   # all are new: what lies in places is compared block by block, each two once
            items = [profile for profile in changed if not profile.first.spots or profile.first.act in BY_PARTY]
            items += self.index.blocks()
        for first, second in spread(self._links, items, self._processes):
            self._join(first, second)
        self._join_in_reports(firm)
        return sorted({self._top(self._profile_of[one.id].number) for one in firm})

    def _taken(self, one: Sighting) -> Profile:
        """The profile of a claim, made and kept if it is new."""
        key = signature(one)
        if self._judged.any and self._judged.parts(one.claim):
            key = (*key, one.claim)
        profile = self._kept.get(key)
        if profile is None and not one.precise and self._matcher.points(one, one, near=False) < 0:
            key = (*key, one.id)        # what is said is too little for two who say it to be one
            profile = self._kept.get(key)
        if profile is not None:
            profile.add(one)
            return profile
        profile = self._kept[key] = Profile(one, len(self._profiles))
        self._profiles.append(profile)
        self._above.append(profile.number)
        self._clusters.append(None)
        self.index.add(profile)
        return profile

    # Components

    def _compared(self, items: Iterable[Profile | Block]) -> Iterator[tuple[Profile, Iterable[Profile]]]:
        """Of profiles, or of the profiles of blocks, each with those that it is to be compared with."""
        for item in items:
            if isinstance(item, Profile):
                yield item, self.index.found(item.first)
                continue
            for ours, theirs in self.index.pairs(item):
                for at, profile in enumerate(ours):
                    yield profile, theirs if ours is not theirs else ours[at + 1:]

    def _links(self, items: Sequence[Profile | Block]) -> list[tuple[int, int]]:
        """Links between profiles, enough to connect all that are connected: what is so already is passed over."""
        owner = _Owners()
        links = []
        points, window = self._matcher.points, self._window
        for profile, others in self._compared(items):
            one, here = profile.first, profile.number
            while owner[here] != here:
                here = owner[here]
            for other in others:
                there = other.number
                while owner[there] != there:
                    owner[there] = there = owner[owner[there]]
                if here != there and (points(one, other.first, near=False) >= 0.0
                                      or _may_reverse(one, other.first, window)):
                    links.append((profile.number, other.number))
                    if here < there:
                        owner[there] = here
                    else:
                        owner[here] = here = there
        return links

    def _top(self, number: int) -> int:
        """The profile that stands for a profile's component."""
        above = self._above
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    def _join(self, one: int, other: int) -> None:
        """Make the components of two profiles one."""
        one, other = self._top(one), self._top(other)
        if one == other:
            return
        large, small = self._below.pop(one, [one]), self._below.pop(other, [other])
        if len(large) < len(small):
            one, other, large, small = other, one, small, large
        large += small
        self._above[other] = one
        self._below[one] = large

    def component(self, top: int) -> list[Profile]:
        """The profiles of a component, in the order of their first claims."""
        numbers = self._below.get(top)
        if numbers is None:
            return [self._profiles[top]]
        return sorted((self._profiles[number] for number in numbers), key=lambda profile: profile.first.id)

    def _join_in_reports(self, firm: Iterable[Sighting]) -> None:
        """Join firm claims that only their standing close together in a report makes one."""
        for listed in self._reports.several(firm):
            self._join_in_report(sorted(listed, key=lambda one: (one.at, one.until, one.id)))

    def _join_in_report(self, listed: list[Sighting]) -> None:
        for at, one in enumerate(listed):
            first = self._profile_of.get(one.id)
            for other in listed[at + 1:at + 1 + _AROUND] if first is not None else ():
                second = self._profile_of.get(other.id)
                if first is not None and second is not None and self._top(first.number) != self._top(
                        second.number) and self._matcher.points(one, other) >= 0.0:
                    self._join(first.number, second.number)

    # Clusters

    def settle(self, tops: Iterable[int]) -> None:
        """Make the clusters of some components anew."""
        several = []
        for top in tops:
            if top in self._below:
                several.append(top)
            else:
                (profile,) = self.component(top)
                self._clusters[top] = Cluster((profile,), profile.first.id, len(profile.members), _NOTHING)
        for top, (clusters, also) in zip(several, spread(self._clustered, several, self._processes), strict=True):
            self._keep(self.component(top), clusters, also)

    def _keep(self, component: list[Profile], clusters: list[list[int]], also: Also) -> None:
        """Keep the clusters of a component, given as the places of its profiles in their order."""
        firsts = [component[nodes[0]].first.id for nodes in clusters]
        for nodes, first in zip(clusters, firsts, strict=True):
            profiles = tuple(component[node] for node in nodes)
            cluster = Cluster(profiles, first, sum(len(profile.members) for profile in profiles),
                              {component[node]: tuple(firsts[at] for at in also[node])
                               for node in nodes if node in also} if also else _NOTHING)
            for profile in profiles:
                self._clusters[profile.number] = cluster

    def _clustered(self, tops: Sequence[int]) -> list[tuple[list[list[int]], Also]]:
        """The clusters of some components."""
        return [self._cluster(self.component(top)) for top in tops]

    def _cluster(self, profiles: list[Profile]) -> tuple[list[list[int]], Also]:
        """The clusters of a component's profiles, by their places, and those that a profile fits nearly as well."""
        links = self._points(profiles)
        self._add_nearness(profiles, links)
        self._part(profiles, links)
        count = len(profiles)
        if sum(map(len, links)) == count * (count - 1) // 2 and all(
                points >= 0.0 for others in links for points in others.values()):
            return [list(range(count))], {}
        clusters = linkage([len(profile.members) for profile in profiles], links)
        return clusters, self._fits_others(clusters, links) if len(clusters) > 1 else {}

    def _points(self, profiles: list[Profile]) -> list[dict[int, float]]:
        """For each profile the points with those after it that it can be together with.

        Only those near in time are compared: beyond the days that the acts of the component allow, the points are
        `never`, and a component of a town in the news goes on for years.
        """
        points, never = self._matcher.points, self._matcher.parameters["never"]
        reach = self._matcher.parameters.reaches(frozenset([profile.first.act for profile in profiles]))
        links: list[dict[int, float]] = [{} for _ in profiles]
        in_time = sorted((profile.first.first or 0, at) for at, profile in enumerate(profiles))
        for place, (_, at) in enumerate(in_time):
            one = profiles[at].first
            until = (one.last or 0) + reach[one.act]
            for first, to in in_time[place + 1:]:
                if first > until:
                    break
                worth = points(one, profiles[to].first, near=False)
                if worth > never:
                    if at < to:
                        links[at][to] = worth
                    else:
                        links[to][at] = worth
        return links

    def _add_nearness(self, profiles: list[Profile], links: list[dict[int, float]]) -> None:
        """Add what claims of two profiles have for standing in one report, as its mean over all their claims."""
        by_report: dict[str, list[tuple[int, Sighting]]] = {}
        for at, profile in enumerate(profiles):
            for member in profile.members:
                by_report.setdefault(member.report, []).append((at, member))
        sums: dict[tuple[int, int], list[float]] = {}
        for listed in by_report.values():
            for place, (one, member) in enumerate(listed):
                for other, second in listed[place + 1:]:
                    if other in links[one] and (worth := self._matcher.near(member, second)):
                        sums.setdefault((one, other), []).append(worth)
        for (one, other), worths in sums.items():
            links[one][other] += sum(sorted(worths)) / (len(profiles[one].members) * len(profiles[other].members))

    def _part(self, profiles: list[Profile], links: list[dict[int, float]]) -> None:
        """Take away the links between those that people have said are different, and captures between which the place
        was lost."""
        if self._judged.any:
            for one, other in self._judged.pairs((member.claim, at) for at, profile in enumerate(profiles)
                                                 for member in profile.members):
                links[one].pop(other, None)
        captures = Captures(profile.first for profile in profiles if profile.first.act == "capture")
        for at, others in enumerate(links):
            first = profiles[at].first
            if first.act == "capture":
                for to in [to for to in others if captures.between(first, profiles[to].first)]:
                    del others[to]

    def _fits_others(self, clusters: list[list[int]], links: list[dict[int, float]]) -> Also:
        """The profiles that another cluster would take nearly as well, with these clusters."""
        margin = self._matcher.parameters["also_margin"]
        cluster_of = {node: at for at, nodes in enumerate(clusters) for node in nodes}
        fits: list[dict[int, list[float]]] = [{} for _ in cluster_of]     # of each node, its points with each cluster
        for one, others in enumerate(links):
            for other, points in others.items():
                fits[one].setdefault(cluster_of[other], []).append(points)
                fits[other].setdefault(cluster_of[one], []).append(points)
        found = {}
        for node, worths in enumerate(fits):
            own = cluster_of[node]
            here = _mean(worths.pop(own, []))
            away = tuple(sorted(at for at, listed in worths.items() if len(listed) == len(clusters[at])
                                and (there := _mean(listed)) is not None and there >= 0.0
                                and (here is None or there > here - margin)))
            if away:
                found[node] = away
        return found


def _may_reverse(one: Sighting, other: Sighting, window: int) -> bool:
    """Whether two captures are of one place at about one time, so that each bears on the other's sequence."""
    return (one.act == other.act == "capture" and one.first is not None and other.first is not None
            and abs(one.first - other.first) <= window and bool(set(one.spots) & set(other.spots)))


def _mean(points: list[float]) -> float | None:
    return round(sum(sorted(points)) / len(points), 9) if points else None
