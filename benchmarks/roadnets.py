"""Road nets for benchmarks: a city's own from ``../shared``, and made-up ones of any size."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from zz110_tui.core.places import Point
from zz110_tui.gis.features import Road, RoadClass, Spelling
from zz110_tui.gis.geometry import Box, frame_around
from zz110_tui.gis.roadfiles import read_roads
from zz110_tui.gis.roadgraph import RoadGraph, graph_of

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"
EDGES_EACH = 2.33
"""Directed edges for each node, as in the city's net."""
CLASSES = (RoadClass.LANE, RoadClass.LANE, RoadClass.LANE, RoadClass.MINOR, RoadClass.MINOR, RoadClass.MAIN)


def city_graph() -> RoadGraph | None:
    nodes, edges = SHARED / "jinan_roads_nodes.csv.gz", SHARED / "jinan_roads_edges.csv.gz"
    if not (nodes.exists() and edges.exists()):
        return None
    roads, _ = read_roads(nodes, edges, Box(-180, -90, 180, 90))
    return graph_of(roads)


def made_up_graph(nodes: int, seed: int = 1) -> RoadGraph:
    """Random places about 100 m apart, joined to their neighbours: a spanning tree and as many more as it takes."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import minimum_spanning_tree
    from scipy.spatial import Delaunay

    rng = np.random.default_rng(seed)
    side = 100.0 * nodes**0.5
    xy = rng.uniform(0, side, (nodes, 2))
    corners = Delaunay(xy).simplices
    pairs = np.unique(np.sort(np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]]), axis=1), axis=0)
    far = np.hypot(*(xy[pairs[:, 0]] - xy[pairs[:, 1]]).T)
    tree = minimum_spanning_tree(coo_matrix((far, (pairs[:, 0], pairs[:, 1])), shape=(nodes, nodes))).tocoo()
    more = rng.choice(len(pairs), max(0, int(nodes * (EDGES_EACH / 2 - 1))), replace=False)
    joined = {*zip(tree.row.tolist(), tree.col.tolist(), strict=True), *map(tuple, pairs[more].tolist())}
    frame = frame_around(Point(117.65, 24.51))
    at = [frame.at(float(x - side / 2), float(y - side / 2)) for x, y in xy]
    by_class: dict[RoadClass, list[tuple[Point, Point]]] = {}
    for number, (a, b) in enumerate(sorted(joined)):
        by_class.setdefault(CLASSES[number % len(CLASSES)], []).append((at[a], at[b]))
    graph = graph_of(Road(Spelling(""), "", kind, tuple(lines)) for kind, lines in by_class.items())
    assert graph is not None
    return graph
