"""Taking nodes out of a net and putting them back changes no shortest time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

from zz110_tui.gis.roadcontract import ContractedSearch, search_over
from zz110_tui.gis.roadsearch import PlainSearch, TableSearch


def reference(n: int, edges: list[tuple[int, int, float]], seeds: list[tuple[int, float]]) -> np.ndarray:
    """The reference library over the same edges, with the seeds on a node of their own."""
    quickest: dict[tuple[int, int], float] = {}
    for tail, head, seconds in [*edges, *((n, node, seconds) for node, seconds in seeds)]:
        quickest[tail, head] = min(seconds, quickest.get((tail, head), float("inf")))
    rows, columns = zip(*quickest, strict=True)
    net = coo_matrix((list(quickest.values()), (rows, columns)), shape=(n + 1, n + 1)).tocsr()
    return np.asarray(dijkstra(net, indices=n))[:n]


@st.composite
def nets(draw: st.DrawFn) -> tuple[int, list[tuple[int, int, float]], list[tuple[int, float]]]:
    n = draw(st.integers(2, 40))
    node, seconds = st.integers(0, n - 1), st.integers(1, 600)
    edges = draw(st.lists(st.tuples(node, node, seconds.map(float)), min_size=1, max_size=3 * n))
    seeds = draw(st.lists(st.tuples(node, seconds.map(float)), min_size=1, max_size=3, unique_by=lambda seed: seed[0]))
    return n, edges, seeds


@settings(max_examples=150, deadline=None)
@given(nets())
def test_any_net_has_the_same_times(net: tuple[int, list[tuple[int, int, float]], list[tuple[int, float]]]) -> None:
    n, edges, seeds = net
    tail, head = (np.array([edge[i] for edge in edges], dtype=np.int64) for i in (0, 1))
    seconds = np.array([edge[2] for edge in edges])
    expected = reference(n, edges, seeds)
    for made in (ContractedSearch, PlainSearch, TableSearch):
        search = made(n, tail, head, seconds)
        assert search.times(seeds) == pytest.approx(expected, rel=1e-9)
        # Nothing of one question is left over in the next.
        assert search.times(seeds[:1]) == pytest.approx(reference(n, edges, seeds[:1]), rel=1e-9)


def test_a_large_net_is_searched_in_a_small_core() -> None:
    side = 60
    rng = np.random.default_rng(4)
    node = np.arange(side * side).reshape(side, side)
    tail = np.concatenate([node[:-1].ravel(), node[:, :-1].ravel()])
    head = np.concatenate([node[1:].ravel(), node[:, 1:].ravel()])
    kept = rng.random(len(tail)) < 0.65
    seconds = rng.uniform(5, 30, int(kept.sum()))
    both = np.concatenate([tail[kept], head[kept]]), np.concatenate([head[kept], tail[kept]]), np.tile(seconds, 2)
    search = search_over(side * side, *both)
    assert isinstance(search, ContractedSearch)
    assert search.core_nodes < 0.15 * side * side
    plain = PlainSearch(side * side, *both)
    for start in rng.integers(0, side * side, 10).tolist():
        assert search.times([(start, 0.0)]) == pytest.approx(plain.times([(start, 0.0)]), rel=1e-9)
    assert isinstance(search_over(10, np.array([0]), np.array([1]), np.array([1.0])), TableSearch)
