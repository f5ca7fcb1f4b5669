"""The road graph of Jinan from the shared data, as the product makes it. Tests skip where the data is absent."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from zz110_tui.gis.geometry import Box
from zz110_tui.gis.roadfiles import read_roads
from zz110_tui.gis.roadgraph import RoadGraph, graph_of

EVERYWHERE = Box(-180, -90, 180, 90)


@cache
def jinan(nodes: Path, edges: Path) -> RoadGraph:
    """8,700 nodes, 20,300 edges."""
    roads, _ = read_roads(nodes, edges, EVERYWHERE)
    graph = graph_of(roads)
    assert graph is not None
    return graph
