"""Clusters that hold up: average linkage within connected components, with pairs that cannot be together.

Two clusters are joined while the mean of the points between all their claims is not below 0, the best pair first
(UPGMA; Sokal and Michener 1958), so that no chain of single good links holds together what does not belong together.
The result depends on the claims alone, not on the order in which they came: ties are settled by ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Pairs = set[tuple[int, int]]
Links = Sequence[Mapping[int, float]]


def linkage(weights: Sequence[int], links: Links) -> list[list[int]]:
    """The clusters of the nodes 0…n-1, each sorted, in the order of their first node.

    `weights` say for how many claims a node stands; `links` has for each node the points with those after it. Two nodes
    between which there is no link cannot be together.
    """
    return _Linkage(weights, links).result()


class _Linkage:
    """Average linkage on its way, by chains of nearest neighbours (Murtagh 1983): two clusters that are one another's
    nearest are joined, which gives what joining the best pair of all gives.

    A cluster is known by its smallest node; `_sums` has for each the points with every other that it could be one with.
    """

    def __init__(self, weights: Sequence[int], links: Links) -> None:
        self._clusters = {node: [node] for node in range(len(weights))}
        self._sizes = dict(enumerate(weights))
        self._sums: list[dict[int, float]] = [{} for _ in weights]
        for one, others in enumerate(links):
            for other, points in others.items():
                self._sums[one][other] = self._sums[other][one] = points * weights[one] * weights[other]

    def result(self) -> list[list[int]]:
        """The clusters when no two can be joined any more."""
        for start in range(len(self._sums)):
            chain = [start] if start in self._clusters else []
            while chain:
                nearest = self._nearest(chain[-1], chain[-2] if len(chain) > 1 else None)
                if nearest is None:
                    chain.pop()     # nothing can be joined to it
                elif len(chain) > 1 and nearest == chain[-2]:
                    one, other = sorted((chain.pop(), chain.pop()))
                    self._join(one, other)
                    if not chain:
                        chain.append(one)
                else:
                    chain.append(nearest)
        return [sorted(nodes) for _, nodes in sorted(self._clusters.items())]

    def _nearest(self, one: int, before: int | None) -> int | None:
        """The cluster with the best mean that is not below 0; of equals the one before in the chain, then the
        smallest."""
        best, found, sizes = -1.0, None, self._sizes
        for other, total in self._sums[one].items():
            if total >= 0.0:
                mean = round(total / sizes[other], 9)
                if mean > best or (mean == best and (other == before or (found != before and (
                        found is None or other < found)))):
                    best, found = mean, other
        return found

    def _join(self, one: int, other: int) -> None:
        """`other` becomes part of `one`."""
        self._clusters[one] += self._clusters.pop(other)
        self._sizes[one] += self._sizes.pop(other)
        ours, theirs = self._sums[one], self._sums[other]
        self._sums[other] = {}
        del ours[other]
        for third in [name for name in ours if name not in theirs]:
            del ours[third], self._sums[third][one]
        for third, total in theirs.items():
            if third != one:
                del self._sums[third][other]
                if third in ours:
                    ours[third] = self._sums[third][one] = ours[third] + total


def components(nodes: Iterable[int], edges: Mapping[int, Iterable[int]]) -> list[list[int]]:
    """The connected components, each sorted, in the order of their first node."""
    seen: set[int] = set()
    found = []
    for start in nodes:
        if start in seen:
            continue
        seen.add(start)
        waiting, component = [start], []
        while waiting:
            node = waiting.pop()
            component.append(node)
            for other in edges.get(node, ()):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        found.append(sorted(component))
    return found
