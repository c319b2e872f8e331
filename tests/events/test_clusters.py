from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from saksi.events.clusters import components, linkage


def test_a_chain_of_weak_links_does_not_hold() -> None:
    assert linkage([1, 1, 1], [{1: 1.0, 2: -3.0}, {2: 0.9}, {}]) == [[0, 1], [2]]


def test_what_has_no_link_is_never_together_however_well_the_rest_fits() -> None:
    assert linkage([1, 1, 1], [{1: 9.0}, {2: 8.0}, {}]) == [[0, 1], [2]]


def test_a_node_counts_for_all_its_claims() -> None:
    links = [{1: 2.0, 2: 5.0}, {2: -3.0}, {}]
    assert linkage([1, 1, 1], links) == [[0, 2], [1]]
    assert linkage([3, 1, 1], links) == [[0, 1, 2]]


def test_equal_points_are_settled_by_the_order_of_nodes() -> None:
    assert linkage([1, 1, 1], [{1: 1.0, 2: 1.0}, {}, {}]) == [[0, 1], [2]]


@given(st.integers(1, 7).flatmap(lambda count: st.tuples(
    st.lists(st.integers(1, 4), min_size=count, max_size=count),
    st.dictionaries(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(
        lambda pair: pair[0] < pair[1]), st.floats(-5, 5, allow_nan=False), max_size=count * count))))
def test_clusters_hold_up(drawn: tuple[list[int], dict[tuple[int, int], float]]) -> None:
    weights, points = drawn
    links: list[dict[int, float]] = [{} for _ in weights]
    for (one, other), worth in points.items():
        links[one][other] = worth
    clusters = linkage(weights, links)
    assert sorted(node for nodes in clusters for node in nodes) == list(range(len(weights)))
    for nodes in clusters:
        assert all(other in links[one] for at, one in enumerate(nodes) for other in nodes[at + 1:])
        total = sum(links[one][other] * weights[one] * weights[other]
                    for at, one in enumerate(nodes) for other in nodes[at + 1:])
        assert total >= -1e-6


def test_components_are_what_edges_connect() -> None:
    assert components(range(4), {0: [2], 2: [0]}) == [[0, 2], [1], [3]]
