"""The way itself: along which roads a car drives from one place to another, and where on it the car is when."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, pairwise

from zz110_tui.core.places import Point
from zz110_tui.gis.roadgraph import RoadGraph
from zz110_tui.gis.roadsnap import Spot
from zz110_tui.gis.roadtimes import Field, RoadTimes

Stretch = tuple[int, float, float]
"""An edge, and the shares of it between which it is driven."""


@dataclass(frozen=True, slots=True)
class Way:
    """Stretches of road in the order of driving. ``seconds`` from the start: at the start, at the first road, after
    each stretch, at the place itself."""

    start: Point
    end: Point
    stretches: tuple[Stretch, ...]
    seconds: tuple[float, ...]
    graph: RoadGraph

    @property
    def metres(self) -> float:
        """What is driven on roads, without the ground before and after."""
        return sum(float(self.graph.metres[edge]) * abs(last - first) for edge, first, last in self.stretches)

    def at(self, share: float) -> Point:
        """Where a car is after a share (0 to 1) of the time."""
        now = share * self.seconds[-1]
        leg = bisect_right(self.seconds, now) - 1
        if now <= 0:
            return self.start
        if leg >= len(self.seconds) - 1:
            return self.end
        part = (now - self.seconds[leg]) / (self.seconds[leg + 1] - self.seconds[leg])
        if 0 < leg <= len(self.stretches):
            edge, first, last = self.stretches[leg - 1]
            return _on_edge(self.graph, edge, first + part * (last - first))
        a, b = (self.start, self._road(0)) if leg == 0 else (self._road(-1), self.end)
        return Point(round(a.lon + (b.lon - a.lon) * part, 6), round(a.lat + (b.lat - a.lat) * part, 6))

    def _road(self, number: int) -> Point:
        """Where the way joins its first road, or leaves its last."""
        if not self.stretches:
            return self.end if number == 0 else self.start
        edge, first, last = self.stretches[number]
        return _on_edge(self.graph, edge, first if number == 0 else last)

    def points(self) -> tuple[Point, ...]:
        """The way as a line to draw."""
        line = [self.start]
        for edge, first, last in self.stretches:
            x, y = self.graph.shape(edge)
            shares = _shares(self.graph, edge)
            line.append(_on_edge(self.graph, edge, first))
            line += [self.graph.frame.at(float(x[i]), float(y[i])) for i, s in enumerate(shares) if first < s < last]
            line.append(_on_edge(self.graph, edge, last))
        line.append(self.end)
        return tuple(line[:1] + [b for a, b in pairwise(line) if a != b])


def way(net: RoadTimes, a: Point, b: Point, hour: int) -> Way:
    """The quickest way from ``a`` to ``b``; without stretches where it is a straight line (no road known)."""
    field = net.to(b, hour)
    whole = net.between(a, b, hour)
    stretches = tuple(_stretches(field, net.snap(a)))
    legs = [float(field.edge_s[edge]) * (last - first) for edge, first, last in stretches]
    ground = whole - field.access_s - sum(legs)
    if not stretches or ground < -1e-6:
        return Way(a, b, (), (0.0, whole), net.graph)
    return Way(a, b, stretches, tuple(accumulate([0.0, max(0.0, ground), *legs, field.access_s])), net.graph)


def _shares(graph: RoadGraph, edge: int) -> list[float]:
    """How far along an edge each of its vertices lies, 0 to 1."""
    line = int(graph.line[edge])
    run = graph.run[graph.begin[line] : graph.begin[line + 1]]
    shares = run / run[-1] if run[-1] > 0 else run
    return [float(share) for share in (1.0 - shares[::-1] if graph.back[edge] else shares)]


def _on_edge(graph: RoadGraph, edge: int, share: float) -> Point:
    import numpy as np

    x, y = graph.shape(edge)
    shares = _shares(graph, edge)
    return graph.frame.at(float(np.interp(share, shares, x)), float(np.interp(share, shares, y)))


def _stretches(field: Field, start: Spot) -> list[Stretch]:
    """Edges from the start to the place of the field, each the one that leads on quickest."""
    graph, edge_s, goal = field.graph, field.edge_s, field.spot
    if start.edge == goal.edge:
        along = _along(field, start.edge, start.share, goal.share)
        if along and field.at(start) >= _cost(field, along) + field.access_s - 1e-9:
            return along
    twin = int(graph.twin[start.edge])
    ahead: list[Stretch] = [(start.edge, start.share, 1.0)]
    behind: list[Stretch] = [(twin, 1 - start.share, 1.0)] if twin >= 0 else []
    after, before = int(graph.head[start.edge]), int(graph.tail[start.edge])
    on = (1 - start.share) * edge_s[start.edge] + field.seconds[after]
    back = start.share * edge_s[twin] + field.seconds[before] if twin >= 0 else float("inf")
    if twin < 0 and start.share == 0.0:
        back = field.seconds[before]
    way, node = (ahead, after) if on <= back else (behind, before)
    ends = {int(graph.tail[goal.edge]): (goal.edge, 0.0, goal.share)}
    if (goal_twin := int(graph.twin[goal.edge])) >= 0:
        ends.setdefault(int(graph.tail[goal_twin]), (goal_twin, 0.0, 1 - goal.share))
    elif goal.share == 1.0:
        ends.setdefault(int(graph.head[goal.edge]), (goal.edge, 1.0, 1.0))
    for _ in range(graph.nodes):
        last = ends.get(node)
        if last is not None and field.seconds[node] >= _cost(field, [last]) + field.access_s - 1e-9:
            return [*way, last]
        out = range(int(graph.first[node]), int(graph.first[node + 1]))
        edge = min(out, key=lambda e: float(edge_s[e] + field.seconds[graph.head[e]]))
        way.append((edge, 0.0, 1.0))
        node = int(graph.head[edge])
    return []


def _along(field: Field, edge: int, share: float, to: float) -> list[Stretch]:
    if to >= share:
        return [(edge, share, to)]
    twin = int(field.graph.twin[edge])
    return [(twin, 1 - share, 1 - to)] if twin >= 0 else []


def _cost(field: Field, stretches: list[Stretch]) -> float:
    return sum(float(field.edge_s[edge]) * (to - share) for edge, share, to in stretches)
