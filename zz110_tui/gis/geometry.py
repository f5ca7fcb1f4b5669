"""Plane geometry for a city: areas, lines and a local frame in metres.

A city is small (tens of kilometres), so one equirectangular frame around its middle is enough: at 25 degrees north and
15 km from the middle its distances differ from the great circle by less than 0.1 %. Nothing here needs a third-party
library, so that a pack loads in milliseconds; the pack *tools* use shapely instead.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from zz110_tui.core.places import EARTH_RADIUS_M, Point, point
from zz110_tui.core.records import dataclass

Line = tuple[Point, ...]
"""A polyline, or a ring whose first point is repeated at the end."""

METRES_PER_DEGREE = math.radians(1) * EARTH_RADIUS_M


@dataclass(frozen=True, slots=True)
class Box:
    """A bounding box in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        return self.west <= lon <= self.east and self.south <= lat <= self.north

    @property
    def middle(self) -> Point:
        return point((self.west + self.east) / 2, (self.south + self.north) / 2)


def box_of(points: Iterable[Point]) -> Box:
    """The smallest box around the points. Raises ValueError when there are none."""
    lons, lats = [], []
    for p in points:
        lons.append(p.lon)
        lats.append(p.lat)
    if not lons:
        raise ValueError("no points to put a box around")
    return Box(min(lons), min(lats), max(lons), max(lats))


@dataclass(frozen=True, slots=True)
class Frame:
    """Metres east and north of a middle point. ``x`` grows to the east, ``y`` to the north."""

    middle: Point
    east_m: float
    """metres per degree of longitude at the middle"""
    north_m: float
    """metres per degree of latitude"""

    def xy(self, p: Point) -> tuple[float, float]:
        return (p.lon - self.middle.lon) * self.east_m, (p.lat - self.middle.lat) * self.north_m

    def at(self, x: float, y: float) -> Point:
        return point(self.middle.lon + x / self.east_m, self.middle.lat + y / self.north_m)


def frame_around(middle: Point) -> Frame:
    """A local frame in metres around a point."""
    return Frame(middle, METRES_PER_DEGREE * math.cos(math.radians(middle.lat)), METRES_PER_DEGREE)


@dataclass(frozen=True)
class Area:
    """One or more polygons, each an outer ring followed by its holes. Rings are closed (first point = last point)."""

    polygons: tuple[tuple[Line, ...], ...]

    @cached_property
    def rings(self) -> tuple[Line, ...]:
        return tuple(ring for polygon in self.polygons for ring in polygon)

    @cached_property
    def box(self) -> Box:
        return box_of(p for ring in self.rings for p in ring)

    @cached_property
    def _edges(self) -> tuple[tuple[float, float, float, float], ...]:
        """Edges that are not level, the lower end first: two areas that share an edge then compute the same crossing,
        and a point on the border belongs to exactly one of them."""
        edges = []
        for ring in self.rings:
            for a, b in pairwise(ring):
                if a.lat < b.lat:
                    edges.append((a.lat, b.lat, a.lon, (b.lon - a.lon) / (b.lat - a.lat)))
                elif a.lat > b.lat:
                    edges.append((b.lat, a.lat, b.lon, (a.lon - b.lon) / (a.lat - b.lat)))
        return tuple(edges)

    def holds(self, p: Point) -> bool:
        """Whether the point lies inside (even-odd rule; half-open at the border)."""
        lon, lat = p.lon, p.lat
        if not self.box.holds(lon, lat):
            return False
        inside = False
        for low, high, foot, slope in self._edges:
            if low <= lat < high and lon < foot + (lat - low) * slope:
                inside = not inside
        return inside

    def square_metres(self, frame: Frame) -> float:
        """Area in square metres, holes taken out."""
        total = 0.0
        for outer, *holes in self.polygons:
            total += abs(ring_square_metres(outer, frame))
            total -= sum(abs(ring_square_metres(hole, frame)) for hole in holes)
        return total


def ring_square_metres(ring: Line, frame: Frame) -> float:
    """Signed area of a closed ring, positive when it runs anticlockwise."""
    xy = [frame.xy(p) for p in ring]
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(xy)) / 2


def length_m(line: Sequence[Point], frame: Frame) -> float:
    """Length of a polyline in metres."""
    xy = [frame.xy(p) for p in line]
    return sum(math.hypot(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(xy))


def along(line: Sequence[Point], share: float, frame: Frame) -> Point:
    """The point a share (0 to 1) of the way along a polyline."""
    xy = [frame.xy(p) for p in line]
    legs = [math.hypot(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(xy)]
    left = max(0.0, min(1.0, share)) * sum(legs)
    for (x1, y1), (x2, y2), leg in zip(xy, xy[1:], legs, strict=False):
        if left <= leg and leg > 0:
            part = left / leg
            return frame.at(x1 + (x2 - x1) * part, y1 + (y2 - y1) * part)
        left -= leg
    return line[-1]


def foot_on_segment(px: float, py: float, x1: float, y1: float, x2: float, y2: float) -> tuple[float, float, float]:
    """The point of a segment nearest to (px, py): its share along the segment, and x and y."""
    dx, dy = x2 - x1, y2 - y1
    square = dx * dx + dy * dy
    share = 0.0 if square == 0 else max(0.0, min(1.0, ((px - x1) * dx + (py - y1) * dy) / square))
    return share, x1 + dx * share, y1 + dy * share


def distance_to_line(p: Point, line: Sequence[Point], frame: Frame) -> float:
    """Metres from a point to the nearest part of a polyline; infinite for an empty line."""
    px, py = frame.xy(p)
    xy = [frame.xy(q) for q in line]
    if len(xy) == 1:
        return math.hypot(px - xy[0][0], py - xy[0][1])
    best = math.inf
    for (x1, y1), (x2, y2) in pairwise(xy):
        _, fx, fy = foot_on_segment(px, py, x1, y1, x2, y2)
        best = min(best, math.hypot(px - fx, py - fy))
    return best
