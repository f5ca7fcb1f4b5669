"""The shapes of a city pack: do its grids tile its outline, and do things lie where they say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from zz110_tui.gis.city import City
from zz110_tui.gis.findings import Finding, finding
from zz110_tui.gis.tiling import neighbours_of, shape_of

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon

    Shape = Polygon | MultiPolygon

SLIVER_M2 = 100.0
"""Rounding to six decimals leaves slivers of a few square metres along shared borders."""
BORDER_M = 5.0
LOPSIDED = 5.0


def check_shapes(city: City) -> Iterator[Finding]:
    """Broken, overlapping, straying or torn grids, holes between them, and wrong neighbours."""
    outline = shape_of(city.outline, city.frame)
    shapes: dict[str, Shape] = {grid.id: shape_of(grid.area, city.frame) for grid in city.grids}
    yield from _broken(outline, shapes)
    sound = {name: shape if shape.is_valid else _mended(shape) for name, shape in shapes.items()}
    outline = outline if outline.is_valid else _mended(outline)
    yield from _tiling(city, outline, sound)
    yield from _sizes(sound)
    yield from _neighbours(city, sound)
    yield from _in_their_grids(city, sound)


def _mended(shape: Shape) -> Shape:
    mended: Shape = shape.buffer(0)
    return mended


def _broken(outline: Shape, shapes: dict[str, Shape]) -> Iterator[Finding]:
    from shapely.validation import explain_validity

    for name, shape in [("outline", outline), *shapes.items()]:
        if not shape.is_valid:
            yield finding("broken_shape", name, explain_validity(shape))


def _tiling(city: City, outline: Shape, shapes: dict[str, Shape]) -> Iterator[Finding]:
    from shapely import unary_union

    for (one, a), (other, b) in combinations(shapes.items(), 2):
        if a.intersects(b) and (shared := a.intersection(b).area) > SLIVER_M2:
            yield finding("overlap", f"{one}, {other}", f"{shared:.0f}")
    for gap in _parts(outline.difference(unary_union(list(shapes.values())))):
        if gap.area > SLIVER_M2:
            middle = city.frame.at(*gap.representative_point().coords[0])
            yield finding("hole", f"{middle.lon:.5f},{middle.lat:.5f}", f"{gap.area:.0f}")
    for name, shape in shapes.items():
        if (beyond := shape.difference(outline).area) > SLIVER_M2:
            yield finding("outside", name, f"{beyond:.0f}")


def _sizes(shapes: dict[str, Shape]) -> Iterator[Finding]:
    mean = sum(shape.area for shape in shapes.values()) / len(shapes)
    for name, shape in shapes.items():
        if (pieces := sum(part.area > SLIVER_M2 for part in _parts(shape))) > 1:
            yield finding("pieces", name, str(pieces))
        if not mean / LOPSIDED <= shape.area <= mean * LOPSIDED:
            yield finding("lopsided", name, f"{shape.area / 1e6:.3f}")


def _parts(shape: object) -> list[Polygon]:
    return [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon"]


def _neighbours(city: City, shapes: dict[str, Shape]) -> Iterator[Finding]:
    real = neighbours_of(shapes)
    for grid in city.grids:
        wrong = sorted(set(grid.neighbours) ^ set(real[grid.id]))
        if wrong:
            yield finding("not_neighbours", grid.id, ", ".join(wrong))


def _in_their_grids(city: City, shapes: dict[str, Shape]) -> Iterator[Finding]:
    """Posts and demand points lie in the grid they name; on a border either side will do."""
    from shapely import Point as Spot

    named = [(post.id, post.grid, post.point) for post in city.posts]
    named += [(f"demand point {i}", spot.grid, spot.point) for i, spot in enumerate(city.demand.points, 1)]
    for name, grid_id, where in named:
        shape = shapes.get(grid_id)
        if shape is None:
            if name.startswith("demand"):
                yield finding("unknown", name, f"grid '{grid_id}'")
        elif shape.distance(Spot(city.frame.xy(where))) > BORDER_M:
            yield finding("wrong_grid", name, grid_id)
