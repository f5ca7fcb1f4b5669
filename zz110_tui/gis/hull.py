"""The ground a city covers, found from its calls: square cells where calls come from, in one piece, without holes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zz110_tui.core.places import Point, point
from zz110_tui.gis.geometry import Frame, frame_around

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Cell = tuple[int, int]
SIDES = ((1, 0), (0, 1), (-1, 0), (0, -1))
AROUND = (*SIDES, (1, 1), (-1, 1), (-1, -1), (1, -1))

FEWEST_CELLS, MOST_CELLS = 240, 1800
CALLS_IN_A_CELL = 8
"""Few calls make few, large cells: a cell should say something about its place."""
SMALLEST_CELL_M, LARGEST_CELL_M = 60.0, 1500.0
KEPT_SHARE = 0.98
"""Share of the calls that the city is drawn around; the rest are strays and faulty positions."""
CORE_SHARE = 0.995
SMALL_PIECE = 0.003
"""A piece with fewer of the calls than this is dropped, a larger one is joined to the main piece."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """Square cells in metres around a middle. Cell (i, j) reaches from ``i * size_m`` to ``(i + 1) * size_m`` east."""

    frame: Frame
    size_m: float

    def cell_at(self, where: Point) -> Cell:
        x, y = self.frame.xy(where)
        return math.floor(x / self.size_m), math.floor(y / self.size_m)

    def corner(self, i: float, j: float) -> Point:
        return self.frame.at(i * self.size_m, j * self.size_m)

    def middle_xy(self, cell: Cell) -> tuple[float, float]:
        return (cell[0] + 0.5) * self.size_m, (cell[1] + 0.5) * self.size_m

    def middle(self, cell: Cell) -> Point:
        return self.frame.at(*self.middle_xy(cell))


def around(cell: Cell, steps: Iterable[Cell] = SIDES) -> Iterator[Cell]:
    return ((cell[0] + i, cell[1] + j) for i, j in steps)


def lattice_for(lons: Floats, lats: Floats) -> Lattice:
    """Cells of a size that gives a city enough of them to draw with, each with some calls in it."""
    import numpy as np

    wanted = max(FEWEST_CELLS, min(MOST_CELLS, len(lons) // CALLS_IN_A_CELL))
    edge = (1 - CORE_SHARE) / 2 * 100
    west, east = np.percentile(lons, [edge, 100 - edge])
    south, north = np.percentile(lats, [edge, 100 - edge])
    frame = frame_around(point(float((west + east) / 2), float((south + north) / 2)))
    inside = (lons >= west) & (lons <= east) & (lats >= south) & (lats <= north)
    x, y = (lons[inside] - frame.middle.lon) * frame.east_m, (lats[inside] - frame.middle.lat) * frame.north_m
    size = math.sqrt(max(1.0, float((east - west) * frame.east_m * (north - south) * frame.north_m)) / wanted)
    for _ in range(4):  # calls do not fill their box: shrink the cells until enough of them hold calls
        size = min(LARGEST_CELL_M, max(SMALLEST_CELL_M, size))
        found = len(np.unique(np.floor(x / size).astype(np.int64) * 1_000_003 + np.floor(y / size).astype(np.int64)))
        size *= math.sqrt(max(0.25, min(4.0, found / wanted)))
    return Lattice(frame, min(LARGEST_CELL_M, max(SMALLEST_CELL_M, round(size))))


def count_calls(lattice: Lattice, lons: Floats, lats: Floats) -> dict[Cell, int]:
    """Calls by cell, in the order of the cells."""
    import numpy as np

    frame, size = lattice.frame, lattice.size_m
    i = np.floor((lons - frame.middle.lon) * frame.east_m / size).astype(np.int64)
    j = np.floor((lats - frame.middle.lat) * frame.north_m / size).astype(np.int64)
    cells, counts = np.unique(np.stack([i, j], axis=1), axis=0, return_counts=True)
    return {(int(a), int(b)): int(n) for (a, b), n in zip(cells.tolist(), counts.tolist(), strict=True)}


def ground(calls: dict[Cell, int]) -> set[Cell]:
    """The cells of the city: where the dense 98 % of calls are, joined to one piece, with its gaps and holes closed."""
    total, reached = sum(calls.values()), 0
    kept: set[Cell] = set()
    for cell, count in sorted(calls.items(), key=lambda item: (-item[1], item[0])):
        if reached >= KEPT_SHARE * total:
            break
        kept.add(cell)
        reached += count
    kept = _closed(kept)
    pieces = sorted(connected(kept), key=lambda piece: (-sum(calls.get(cell, 0) for cell in piece), min(piece)))
    whole = set(pieces[0])
    for piece in pieces[1:]:
        if sum(calls.get(cell, 0) for cell in piece) >= SMALL_PIECE * total:
            whole |= piece | _bridge(whole, piece)
    return _without_holes(whole)


def _closed(cells: set[Cell]) -> set[Cell]:
    """The cells with gaps of one or two cells between them filled (a morphological closing)."""
    grown = cells | {step for cell in cells for step in around(cell, AROUND)}
    return cells | {cell for cell in grown if all(step in grown for step in around(cell, AROUND))}


def connected(cells: Iterable[Cell]) -> list[set[Cell]]:
    """The pieces a set of cells falls into, neighbours sharing a side."""
    left = set(cells)
    pieces = []
    for start in sorted(left):
        if start not in left:
            continue
        piece, edge = {start}, [start]
        left.discard(start)
        while edge:
            for step in around(edge.pop()):
                if step in left:
                    left.discard(step)
                    piece.add(step)
                    edge.append(step)
        pieces.append(piece)
    return pieces


def _bridge(one: set[Cell], other: set[Cell]) -> set[Cell]:
    """The cells of a short way between two pieces, side by side."""
    starts = _rim(one)
    (i, j), (to_i, to_j) = min(((_nearest(starts, b), b) for b in _rim(other)), key=lambda pair: (_steps(*pair), pair))
    way: set[Cell] = set()
    while (i, j) != (to_i, to_j):
        if abs(to_i - i) >= abs(to_j - j):
            i += 1 if to_i > i else -1
        else:
            j += 1 if to_j > j else -1
        way.add((i, j))
    return way


def _steps(a: Cell, b: Cell) -> int:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _nearest(cells: list[Cell], to: Cell) -> Cell:
    return min(cells, key=lambda cell: (_steps(cell, to), cell))


def _rim(cells: set[Cell]) -> list[Cell]:
    return sorted(cell for cell in cells if any(step not in cells for step in around(cell)))


def _without_holes(cells: set[Cell]) -> set[Cell]:
    """The cells and everything they enclose: a lake inside a city belongs to somebody's grid."""
    west, east = min(i for i, _ in cells) - 1, max(i for i, _ in cells) + 1
    south, north = min(j for _, j in cells) - 1, max(j for _, j in cells) + 1
    outside, edge = {(west, south)}, [(west, south)]
    while edge:
        for step in around(edge.pop()):
            i, j = step
            if west <= i <= east and south <= j <= north and step not in cells and step not in outside:
                outside.add(step)
                edge.append(step)
    box = ((i, j) for i in range(west, east + 1) for j in range(south, north + 1))
    return {cell for cell in box if cell not in outside}
