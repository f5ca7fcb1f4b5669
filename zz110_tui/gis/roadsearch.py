"""Shortest times from a few seeds to every node, over one set of edge times."""

from __future__ import annotations

import operator
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zz110_tui.gis.roadgraph import Floats

    Ids = NDArray[np.int32] | NDArray[np.int64]

Seed = tuple[int, float]
"""A node, and the seconds at which it is reached."""


class PlainSearch:
    """Dijkstra's algorithm by rustworkx over the edges as they are."""

    def __init__(self, nodes: int, tail: Ids, head: Ids, seconds: Floats) -> None:
        import rustworkx as rx

        self._lengths = rx.digraph_dijkstra_shortest_path_lengths
        self._net = rx.PyDiGraph(multigraph=True)
        self._net.add_nodes_from([None] * (nodes + 1))
        self._net.add_edges_from(list(zip(tail.tolist(), head.tolist(), seconds.tolist(), strict=True)))
        self._nodes = nodes
        self._one_at_a_time = threading.Lock()

    def times(self, seeds: Iterable[Seed]) -> Floats:
        """Seconds to each node; infinite where none leads. The seeds hang on a node of their own while this runs, so
        that threads take turns: a desk asks while its first look at the cover is still being made."""
        import numpy as np

        start, net = self._nodes, self._net
        with self._one_at_a_time:
            net.add_edges_from([(start, node, seconds) for node, seconds in seeds])
            found = self._lengths(net, start, operator.pos)
            net.remove_edges_from([(start, node) for node in net.successor_indices(start)])
        times = np.full(start + 1, np.inf)
        times[np.fromiter(found.keys(), np.int64, len(found))] = np.fromiter(found.values(), np.float64, len(found))
        return times[:start]


class TableSearch:
    """For a small net: what was searched once from a node is kept, in the end a table of all nodes by all nodes."""

    def __init__(self, nodes: int, tail: Ids, head: Ids, seconds: Floats) -> None:
        self._search = PlainSearch(nodes, tail, head, seconds)
        self._rows: list[Floats | None] = [None] * nodes

    def times(self, seeds: Iterable[Seed]) -> Floats:
        """Seconds to each node; infinite where none leads. There is at least one seed."""
        import numpy as np

        first, *others = seeds
        times: Floats = self._row(first[0]) + first[1]
        for node, seconds in others:
            np.minimum(times, self._row(node) + seconds, out=times)
        return times

    def _row(self, node: int) -> Floats:
        row = self._rows[node]
        if row is None:
            row = self._rows[node] = self._search.times([(node, 0.0)])
        return row
