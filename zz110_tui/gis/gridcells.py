"""A service area as cells to draw grids from: each cell a piece of ground with its area, its people and its calls."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zz110_tui.core.places import Point
from zz110_tui.gis.city import City
from zz110_tui.gis.hull import Cell, around, connected
from zz110_tui.gis.tiling import shape_of

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon

    Shape = Polygon | MultiPolygon

CELLS_PER_GRID = 110
"""How finely borders can run: more cells even out better and take longer."""
SMALLEST_M, LARGEST_M = 40.0, 1500.0
LEAST_SHARE = 0.25
"""A cell of which less than this lies in the area goes to its neighbour."""
SPLIT = 5
"""A place that calls come from is spread over so many times so many spots of its square."""
TOUCH_M = 1.0
"""Pieces of ground with less common border than this only touch."""

Load = tuple[float, float, float]
"""Shares of the whole service area: of its ground, of its people, of its calls."""


@dataclass(frozen=True, eq=False)
class Part:
    """A part of the service area that hangs together, as cells ``size_m`` wide. ``shapes`` are the pieces of ground in
    metres around the city's middle; together they are the part."""

    size_m: float
    shapes: Mapping[Cell, Shape]
    loads: Mapping[Cell, Load]


def cut(city: City, count: int, people: Iterable[tuple[Point, float]] = ()) -> list[Part]:
    """The parts of a service area, the largest first, cut for ``count`` grids together."""
    outline = shape_of(city.outline, city.frame)
    outline = outline if outline.is_valid else outline.buffer(0)
    size = min(LARGEST_M, max(SMALLEST_M, math.sqrt(outline.area / (CELLS_PER_GRID * count))))
    pieces = sorted(getattr(outline, "geoms", [outline]), key=lambda piece: -piece.area)
    grounds = [_ground(piece, size) for piece in pieces]
    folk = _weights(city, grounds, size, ((point, weight, 0.0) for point, weight in people))
    calls = _weights(city, grounds, size, ((s.point, s.weight, city.demand.spread_m) for s in city.demand.points))
    return [
        Part(
            size,
            ground,
            {
                cell: (shape.area / outline.area, folk.get((number, cell), 0.0), calls.get((number, cell), 0.0))
                for cell, shape in ground.items()
            },
        )
        for number, ground in enumerate(grounds)
    ]


def _ground(piece: Polygon, size: float) -> dict[Cell, Shape]:
    """A part of the area cut into cells; scraps at its edge go to the cell beside them with the longest border."""
    import numpy as np
    import shapely

    west, south, east, north = piece.bounds
    columns = range(math.floor(west / size), math.ceil(east / size))
    rows = range(math.floor(south / size), math.ceil(north / size))
    cells = [(i, j) for i in columns for j in rows]
    i, j = np.array(cells, dtype=float).T
    boxes = shapely.box(i * size, j * size, (i + 1) * size, (j + 1) * size)
    shapely.prepare(piece)
    cuts = shapely.intersection(boxes, piece)
    whole: dict[Cell, Shape] = {}
    scraps: list[tuple[Cell, Polygon]] = []
    for cell, shape in zip(cells, cuts.tolist(), strict=True):
        bits = [bit for bit in getattr(shape, "geoms", [shape]) if bit.geom_type == "Polygon" and bit.area > 0]
        bits.sort(key=lambda bit: -bit.area)
        if bits and bits[0].area >= LEAST_SHARE * size * size:
            whole[cell] = bits.pop(0)
        scraps += [(cell, bit) for bit in bits]
    if not whole:  # a part smaller than a cell
        return {max(scraps, key=lambda scrap: scrap[1].area)[0]: piece}
    main = max(connected(whole), key=len)
    scraps += [(cell, whole.pop(cell)) for cell in sorted(whole.keys() - main)]  # type: ignore[misc]
    _give_scraps(whole, scraps)
    return whole


def _give_scraps(whole: dict[Cell, Shape], scraps: list[tuple[Cell, Polygon]]) -> None:
    """Each scrap joins a cell it has a border with; in rounds, because some only touch other scraps."""
    while scraps:
        left = []
        for cell, scrap in scraps:
            near = [other for other in (cell, *around(cell)) if other in whole]
            border = {other: scrap.boundary.intersection(whole[other].boundary).length for other in near}
            best = max(border, key=lambda other: border[other], default=None)
            if best is None or border[best] < TOUCH_M:
                left.append((cell, scrap))
            else:
                whole[best] = _joined(whole[best], scrap)
        if len(left) == len(scraps):  # nothing has a border with a cell that was kept: the nearest one
            for cell, scrap in left:
                nearest = min(whole, key=lambda other: (math.dist(cell, other), other))
                whole[nearest] = _joined(whole[nearest], scrap)
            return
        scraps = left


def _joined(one: Shape, other: Polygon) -> Shape:
    from shapely import unary_union

    joined = unary_union([one, other])
    assert joined.geom_type in ("Polygon", "MultiPolygon")
    return joined  # type: ignore[return-value]


def spread(x: float, y: float, wide: float) -> list[tuple[float, float]]:
    """A place as spots over its square, which is ``wide`` metres wide; itself where it has none."""
    if wide <= 0:
        return [(x, y)]
    steps = [((step + 0.5) / SPLIT - 0.5) * wide for step in range(SPLIT)]
    return [(x + east, y + north) for east in steps for north in steps]


def _weights(
    city: City, grounds: list[dict[Cell, Shape]], size: float, spots: Iterable[tuple[Point, float, float]]
) -> dict[tuple[int, Cell], float]:
    """Weights by part and cell, adding up to 1. A spot is a point, its weight, and the width of its square in metres;
    one outside every cell counts for the nearest one."""
    owners = {cell: number for number, ground in reversed(list(enumerate(grounds))) for cell in ground}
    known = sorted(owners)
    found: dict[tuple[int, Cell], float] = {}
    nearest: dict[Cell, Cell] = {}
    for point, weight, wide in spots:
        around_it = spread(*city.frame.xy(point), wide)
        for x, y in around_it:
            cell = (math.floor(x / size), math.floor(y / size))
            if cell not in owners and cell not in nearest:
                nearest[cell] = min(known, key=lambda other, here=cell: (math.dist(here, other), other))  # type: ignore[misc]
            cell = nearest.get(cell, cell)
            key = owners[cell], cell
            found[key] = found.get(key, 0.0) + weight / len(around_it)
    total = sum(found.values())
    return {key: weight / total for key, weight in found.items()} if total > 0 else {}
