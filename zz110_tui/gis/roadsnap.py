"""Where a point meets the road net: the nearest place on the nearest road, found through a raster of small squares."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zz110_tui.core.places import Point
from zz110_tui.gis.roadgraph import RoadGraph

if TYPE_CHECKING:
    from zz110_tui.gis.roadgraph import Floats, Ints

SQUARE_M = 200.0
AT_NODE_M = 10.0
"""This near to the end of its stretch a place is at the crossing: on a one-way street a decimetre must not decide over
a way round the block."""
MOST_SQUARES = 1_000_000
MOST_BLOCKS = 2048
MOST_REMEMBERED = 4096
"""Places remembered with their spot: posts, crossings and units that stand are asked for again and again."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the road net: ``share`` (0 to 1) of the way along ``edge``, ``metres`` from the point that was asked.

    At a share of 0 or 1 it is the node itself, from which every way leads on, also against a one-way ``edge``."""

    edge: int
    share: float
    metres: float


@dataclass(frozen=True, slots=True)
class Spots:
    """Many places on the net as columns, for whoever asks about the same ones again and again; see :class:`Spot`."""

    points: tuple[Point, ...]
    edge: Ints
    share: Floats
    metres: Floats


class RoadRaster:
    """Squares of the map, each with the stretches of road that touch its box."""

    def __init__(self, graph: RoadGraph) -> None:
        import numpy as np

        self.graph = graph
        count = len(graph.vertex_x)
        inner = np.ones(count, bool)
        inner[graph.begin[1:] - 1] = False
        a = np.flatnonzero(inner)  # a stretch is named by its first vertex
        x, y = graph.vertex_x, graph.vertex_y
        self._west, self._south = float(x.min()), float(y.min())
        wide, high = float(x.max()) - self._west, float(y.max()) - self._south
        self._side = max(SQUARE_M, math.sqrt(wide * high / MOST_SQUARES))
        self._columns, self._rows = int(wide // self._side) + 1, int(high // self._side) + 1
        west = ((np.minimum(x[a], x[a + 1]) - self._west) // self._side).astype(np.int64)
        east = ((np.maximum(x[a], x[a + 1]) - self._west) // self._side).astype(np.int64)
        south = ((np.minimum(y[a], y[a + 1]) - self._south) // self._side).astype(np.int64)
        north = ((np.maximum(y[a], y[a + 1]) - self._south) // self._side).astype(np.int64)
        across, up = east - west + 1, north - south + 1
        touched = across * up
        which = np.repeat(np.arange(len(a)), touched)
        step = np.arange(len(which)) - np.repeat(np.cumsum(touched) - touched, touched)
        square = (south[which] + step // across[which]) * self._columns + west[which] + step % across[which]
        order = np.argsort(square, kind="stable")
        self._stretches: Ints = a[which[order]].astype(np.int32)
        squares = self._columns * self._rows
        self._first = np.searchsorted(square[order], np.arange(squares + 1))
        self._line_of: Ints = np.repeat(np.arange(len(graph.begin) - 1), np.diff(graph.begin)).astype(np.int32)
        self._known: dict[Point, Spot] = {}
        self._blocks: dict[tuple[int, int, int, int], _Block] = {}

    def snap(self, where: Point) -> Spot:
        """The nearest place on any road, however far it is: ``metres`` says so."""
        spot = self._known.get(where)
        if spot is None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            spot = self._known[where] = self._find(*self.graph.frame.xy(where))
        return spot

    def snap_all(self, points: Sequence[Point]) -> Spots:
        """Where many points meet the net, in their order."""
        import numpy as np

        found = [self.snap(where) for where in points]
        return Spots(
            tuple(points),
            np.array([spot.edge for spot in found], dtype=np.int32),
            np.array([spot.share for spot in found], dtype=np.float64),
            np.array([spot.metres for spot in found], dtype=np.float64),
        )

    def _find(self, px: float, py: float) -> Spot:
        """Rings of squares around the point, until nothing outside them can be nearer."""
        side = self._side
        column, row = int((px - self._west) // side), int((py - self._south) // side)
        outside = max(0, -column, column - self._columns + 1, -row, row - self._rows + 1)
        reach = outside + 1
        while True:
            low, high = max(0, row - reach), min(self._rows - 1, row + reach)
            left, right = max(0, column - reach), min(self._columns - 1, column + reach)
            found = self._stretches_in(low, high, left, right) if low <= high and left <= right else None
            everything = low == 0 and high == self._rows - 1 and left == 0 and right == self._columns - 1
            if found is not None and len(found.vertex):
                spot = self._nearest(found, px, py)
                # Whatever is not in the block is at least this far away.
                sure = side * reach + min(px - self._west - column * side, (column + 1) * side - px + self._west)
                sure = min(sure, side * reach + min(py - self._south - row * side, (row + 1) * side - py + self._south))
                if spot.metres <= sure or everything:
                    return spot
                reach = max(reach + 1, math.ceil(spot.metres / side))
            else:
                reach *= 2

    def _stretches_in(self, low: int, high: int, left: int, right: int) -> _Block:
        """The stretches of a block of squares; of the small blocks around a square the last ones are kept."""
        key = (low, high, left, right)
        block = self._blocks.get(key)
        if block is None:
            import numpy as np

            a = np.concatenate(
                [
                    self._stretches[self._first[r * self._columns + left] : self._first[r * self._columns + right + 1]]
                    for r in range(low, high + 1)
                ]
            )
            x, y = self.graph.vertex_x, self.graph.vertex_y
            dx, dy = x[a + 1] - x[a], y[a + 1] - y[a]
            square = dx * dx + dy * dy
            block = _Block(a, x[a], y[a], dx, dy, square, np.where(square > 0, square, 1.0))
            if len(self._blocks) >= MOST_BLOCKS:
                self._blocks.clear()
            self._blocks[key] = block
        return block

    def _nearest(self, block: _Block, px: float, py: float) -> Spot:
        ex, ey = px - block.x, py - block.y
        part = ((ex * block.dx + ey * block.dy) / block.divide_by).clip(0.0, 1.0)
        away = (part * block.dx - ex) ** 2 + (part * block.dy - ey) ** 2
        best = int(away.argmin())
        vertex = int(block.vertex[best])
        line = int(self._line_of[vertex])
        edge = int(self.graph.forward[line])
        along = float(self.graph.run[vertex]) + float(part[best]) * math.sqrt(float(block.square[best]))
        whole = float(self.graph.metres[edge])
        share = along / whole if AT_NODE_M < along < whole - AT_NODE_M else float(along > whole / 2)
        return Spot(edge, share, math.sqrt(float(away[best])))


@dataclass(frozen=True, slots=True)
class _Block:
    """Stretches of road as columns: where each begins, where it leads, the square of its length."""

    vertex: Ints
    x: Floats
    y: Floats
    dx: Floats
    dy: Floats
    square: Floats
    divide_by: Floats
