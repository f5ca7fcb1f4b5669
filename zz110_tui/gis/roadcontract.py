"""One-to-all shortest times on a large road net, by taking nodes out of it and putting them back.

A node with few neighbours can be taken out of the net if its neighbours are joined by what the way through it cost: all
other shortest times stay what they were. Taking out all such nodes that do not touch each other is one *round*, and is
array arithmetic. What is left after some rounds is a core of a few per cent, which Dijkstra's algorithm (rustworkx)
searches; then the rounds come back in reverse order, each node at the least of "to a neighbour, and on from there".

This is node contraction (Geisberger, Sanders, Schultes, Delling: Contraction Hierarchies, WEA 2008) without witness
searches, its downward half swept over all nodes as in PHAST (Delling, Goldberg, Nowatzyk, Werneck, IPDPS 2011).
Exact: the times are those of Dijkstra's algorithm over all nodes, up to the order in which floats are added.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zz110_tui.gis.roadsearch import PlainSearch, Seed, TableSearch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zz110_tui.gis.roadgraph import Floats
    from zz110_tui.gis.roadsearch import Ids

    Wide = NDArray[np.int64]

MOST_NEIGHBOURS = 5
"""A node with more neighbours stays: the edges between them would outgrow those that were saved."""
FEWEST_NODES = 1_500
"""Below this a table of all nodes by all nodes takes 18 MB at most, and the next question is an addition."""
SMALLEST_ROUND = 0.02
"""A round that takes out a smaller share than this is the last."""
MOST_ROUNDS = 40


@dataclass(frozen=True, slots=True)
class _Round:
    """Nodes taken out together: ``nodes[i]`` reaches ``over[k, i]`` in ``cost[k, i]`` and is reached likewise."""

    nodes: Wide
    over: Wide
    cost: Floats


@dataclass(slots=True)
class _Net:
    """The edges that are left, no two of them parallel."""

    tail: Wide
    head: Wide
    seconds: Floats


class ContractedSearch:
    """Like :class:`PlainSearch`, an order of magnitude quicker on a net of many thousand nodes, slower to set up."""

    def __init__(self, nodes: int, tail: Ids, head: Ids, seconds: Floats) -> None:
        import numpy as np

        self._nodes = nodes
        self._rounds: list[_Round] = []
        self._leads: dict[int, list[Seed]] = {}
        self._down: list[tuple[Wide, Wide, Floats]] = []
        up: list[tuple[Wide, Wide, Floats]] = []
        net = _parallels_joined(_Net(tail.astype(np.int64), head.astype(np.int64), seconds), nodes)
        left = np.ones(nodes, bool)
        for number in range(MOST_ROUNDS):
            gone = _independent(net, nodes, left, number)
            if len(gone) < SMALLEST_ROUND * left.sum():
                break
            left[gone] = False
            out, into, net = _without(net, gone, nodes)
            self._rounds.append(_Round(gone, *_padded(into, gone, nodes)))
            up.append(out)
        self._up_of(up)
        self._core = np.flatnonzero(left)
        number_of = np.full(nodes, -1, dtype=np.int64)
        number_of[self._core] = np.arange(len(self._core))
        self._number_of = number_of
        self._search = PlainSearch(len(self._core), number_of[net.tail], number_of[net.head], net.seconds)

    @property
    def core_nodes(self) -> int:
        return len(self._core)

    def _up_of(self, up: list[tuple[Wide, Wide, Floats]]) -> None:
        """Where each node that was taken out leads to, among those taken out later: the way up from a seed."""
        import numpy as np

        if not up:
            self._up_first = np.zeros(self._nodes + 1, dtype=np.int64)
            self._up_head, self._up_cost = np.empty(0, np.int64), np.empty(0)
            return
        tail = np.concatenate([part[0] for part in up])
        order = np.argsort(tail, kind="stable")
        self._up_head = np.concatenate([part[1] for part in up])[order]
        self._up_cost = np.concatenate([part[2] for part in up])[order]
        self._up_first = np.searchsorted(tail[order], np.arange(self._nodes + 1))

    def times(self, seeds: Iterable[Seed]) -> Floats:
        """Seconds from the seeds to each node; infinite where none leads."""
        import numpy as np

        above = self._climbed(seeds)
        number_of = self._number_of
        inside = [(int(number_of[node]), seconds) for node, seconds in above.items() if number_of[node] >= 0]
        times = np.full(self._nodes + 1, np.inf)  # the last one stands for "no neighbour"
        times[self._core] = self._search.times(inside)
        for node, seconds in above.items():
            times[node] = min(times[node], seconds)
        for taken in reversed(self._rounds):
            best = times[taken.nodes]
            for over, cost in zip(taken.over, taken.cost, strict=True):
                np.minimum(best, times[over] + cost, out=best)
            times[taken.nodes] = best
        return times[: self._nodes]

    def _climbed(self, seeds: Iterable[Seed]) -> dict[int, float]:
        """The seeds, and what they reach among nodes taken out later and in the core."""
        above: dict[int, float] = {}
        climbing = [(seconds, node) for node, seconds in seeds]
        heapq.heapify(climbing)
        while climbing:
            seconds, node = heapq.heappop(climbing)
            if node in above:
                continue
            above[node] = seconds
            ways = slice(int(self._up_first[node]), int(self._up_first[node + 1]))
            for head, cost in zip(self._up_head[ways].tolist(), self._up_cost[ways].tolist(), strict=True):
                heapq.heappush(climbing, (seconds + cost, head))
        return above


def _parallels_joined(net: _Net, nodes: int) -> _Net:
    """The quickest of parallel edges; none from a node to itself."""
    import numpy as np

    key = net.tail * nodes + net.head
    order = np.lexsort((net.seconds, key))
    key, seconds = key[order], net.seconds[order]
    keep = np.concatenate([[True], key[1:] != key[:-1]]) & (key // nodes != key % nodes)
    return _Net(key[keep] // nodes, key[keep] % nodes, seconds[keep])


def _independent(net: _Net, nodes: int, left: NDArray[np.bool_], number: int) -> Wide:
    """Nodes with few neighbours, no two of them neighbours: each has fewer than any neighbour that could go as well."""
    import numpy as np

    pair = np.unique(np.concatenate([net.tail * nodes + net.head, net.head * nodes + net.tail]))
    here, there = pair // nodes, pair % nodes
    neighbours = np.bincount(here, minlength=nodes)
    # Equal ones are told apart by a mixed-up number, another in each round: neighbours in a row would wait in a row.
    mixed = (np.arange(nodes, dtype=np.int64) * 2_654_435_761 + number * 40_503) % 4_294_967_296
    rank = neighbours * 4_294_967_296 + mixed
    could = left & (neighbours <= MOST_NEIGHBOURS)
    rank[~could] = np.iinfo(np.int64).max
    best_beside = np.full(nodes, np.iinfo(np.int64).max)
    np.minimum.at(best_beside, here, rank[there])
    return np.flatnonzero(could & (rank < best_beside))


def _without(net: _Net, gone: Wide, nodes: int) -> tuple[tuple[Wide, Wide, Floats], tuple[Wide, Wide, Floats], _Net]:
    """The edges out of the nodes that go, those into them (as node, from, seconds), and the net without them."""
    import numpy as np

    goes = np.zeros(nodes, bool)
    goes[gone] = True
    out, into = np.flatnonzero(goes[net.tail]), np.flatnonzero(goes[net.head])
    into = into[np.argsort(net.head[into], kind="stable")]
    out = out[np.argsort(net.tail[out], kind="stable")]
    rest = ~(goes[net.tail] | goes[net.head])
    # Each edge into a node with each edge out of it.
    first = np.searchsorted(net.tail[out], net.head[into])
    many = np.searchsorted(net.tail[out], net.head[into], side="right") - first
    which_in = np.repeat(into, many)
    step = np.arange(len(which_in)) - np.repeat(np.cumsum(many) - many, many)
    which_out = out[np.repeat(first, many) + step]
    joined = _Net(
        np.concatenate([net.tail[rest], net.tail[which_in]]),
        np.concatenate([net.head[rest], net.head[which_out]]),
        np.concatenate([net.seconds[rest], net.seconds[which_in] + net.seconds[which_out]]),
    )
    ways_out = net.tail[out], net.head[out], net.seconds[out]
    ways_in = net.head[into], net.tail[into], net.seconds[into]
    return ways_out, ways_in, _parallels_joined(joined, nodes)


def _padded(edges: tuple[Wide, Wide, Floats], gone: Wide, nodes: int) -> tuple[Wide, Floats]:
    """For each node that goes its edges in columns, filled up with edges to nowhere (node ``nodes``)."""
    import numpy as np

    at, other, seconds = edges
    row = np.searchsorted(gone, at)
    first = np.searchsorted(at, gone)
    rank = np.arange(len(at)) - first[row]
    deep = int(rank.max()) + 1 if len(rank) else 1
    over = np.full((deep, len(gone)), nodes, dtype=np.int64)
    cost = np.zeros((deep, len(gone)))
    over[rank, row], cost[rank, row] = other, seconds
    return over, cost


def search_over(nodes: int, tail: Ids, head: Ids, seconds: Floats) -> TableSearch | ContractedSearch:
    """The quicker search for a net of this size."""
    if nodes < FEWEST_NODES:
        return TableSearch(nodes, tail, head, seconds)
    return ContractedSearch(nodes, tail, head, seconds)
