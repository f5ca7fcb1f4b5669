"""Between shapely's polygons in metres and our areas in degrees; only the pack tools come here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from zz110_tui.gis.geometry import Area, Frame, Line

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon

SHORTEST_BORDER_M = 50.0
"""Grids that only touch at a corner are no neighbours."""


def area_of(shape: Polygon | MultiPolygon, frame: Frame) -> Area:
    """A shape in metres as an area in degrees."""
    parts = getattr(shape, "geoms", [shape])
    return Area(tuple(_polygon(part, frame) for part in parts))


def _polygon(part: Polygon, frame: Frame) -> tuple[Line, ...]:
    rings = [part.exterior, *part.interiors]
    return tuple(tuple(frame.at(x, y) for x, y in ring.coords) for ring in rings)


def shape_of(area: Area, frame: Frame) -> Polygon | MultiPolygon:
    """An area in degrees as a shape in metres."""
    from shapely import MultiPolygon, Polygon

    parts = [
        Polygon([frame.xy(p) for p in outer], [[frame.xy(p) for p in hole] for hole in holes])
        for outer, *holes in area.polygons
    ]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def neighbours_of(shapes: Mapping[str, Polygon | MultiPolygon]) -> dict[str, tuple[str, ...]]:
    """For each grid the grids it shares a border with, in the order given."""
    tolerance = 1.0
    found: dict[str, tuple[str, ...]] = {}
    for name, shape in shapes.items():
        edge = shape.boundary.buffer(tolerance)
        found[name] = tuple(
            other
            for other, there in shapes.items()
            if other != name and edge.intersection(there.boundary).length >= SHORTEST_BORDER_M
        )
    return found
