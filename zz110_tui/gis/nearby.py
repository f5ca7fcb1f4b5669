"""Words for a position: what stands there, what it is near to, which way from it."""

from __future__ import annotations

import math

from zz110_tui.core.places import Point
from zz110_tui.gis.city import City
from zz110_tui.gis.features import Landmark, Road
from zz110_tui.gis.geometry import Line, box_of, foot_on_segment

AT_LANDMARK_M = 60.0
AT_JUNCTION_M = 45.0
ON_ROAD_M = 60.0
NEAR_LANDMARK_M = 1500.0
HOUSE_NUMBER_STEP = 2
_COMPASS = ("东", "东北", "北", "西北", "西", "西南", "南", "东南")
_COMPASS_EN = ("E", "NE", "N", "NW", "W", "SW", "S", "SE")


class Nearby:
    """Finds what is near a position. Plain scans: a few thousand names cost well under a millisecond each."""

    def __init__(self, city: City) -> None:
        self.city = city
        self._landmarks = [(*city.frame.xy(landmark.point), landmark) for landmark in city.landmarks]
        self._junctions = [(*city.frame.xy(junction.point), junction) for junction in city.junctions]
        self._english = {road.name.text: road.name_en for road in city.roads}
        margin = ON_ROAD_M / city.frame.east_m
        self._roads = []
        for road in city.roads:
            if road.name.text:
                for line in road.lines:
                    box = box_of(line)
                    bounds = (box.west - margin, box.south - margin, box.east + margin, box.north + margin)
                    self._roads.append((bounds, road, line))

    def words(self, where: Point, *, english: bool = False) -> str:
        """Never empty: where nothing has a name, the map cell or the coordinates."""
        x, y = self.city.frame.xy(where)
        landmark, landmark_m = self._landmark(x, y)
        if landmark is not None and landmark_m <= AT_LANDMARK_M:
            return _label(landmark, english)
        junction = min(self._junctions, key=lambda item: math.hypot(item[0] - x, item[1] - y), default=None)
        if junction is not None and math.hypot(junction[0] - x, junction[1] - y) <= AT_JUNCTION_M:
            names = junction[2].roads
            return _crossing([self._english.get(name) or name for name in names] if english else list(names))
        street = self._street(where, english)
        if street:
            return street
        if landmark is not None and landmark_m <= NEAR_LANDMARK_M:
            lx, ly = self.city.frame.xy(landmark.point)
            return _way(landmark, x - lx, y - ly, english)
        return self.city.cell_at(where) or f"{where.lon:.5f},{where.lat:.5f}"

    def _landmark(self, x: float, y: float) -> tuple[Landmark | None, float]:
        nearest = min(self._landmarks, key=lambda item: math.hypot(item[0] - x, item[1] - y), default=None)
        return (None, math.inf) if nearest is None else (nearest[2], math.hypot(nearest[0] - x, nearest[1] - y))

    def _street(self, where: Point, english: bool) -> str:
        """The nearest named road within reach, with the house number where the pack knows it."""
        best: tuple[float, Road, Line, float] | None = None
        for (west, south, east, north), road, line in self._roads:
            if west <= where.lon <= east and south <= where.lat <= north:
                off, share = self._on(where, line)
                if off <= ON_ROAD_M and (best is None or off < best[0]):
                    best = off, road, line, share
        if best is None:
            return ""
        _, road, line, share = best
        name = (road.name_en or road.name.text) if english else road.name.text
        if road.numbers is None or line is not road.lines[0]:
            return name
        first, last = road.numbers
        number = first + round((last - first) * share / HOUSE_NUMBER_STEP) * HOUSE_NUMBER_STEP
        number = max(min(first, last), min(max(first, last), number))
        return f"{number} {name}" if english else f"{name}{number}号"

    def _on(self, where: Point, line: Line) -> tuple[float, float]:
        """Metres off a polyline, and the share of its length at the nearest point."""
        px, py = self.city.frame.xy(where)
        best, at, run = math.inf, 0.0, 0.0
        x1, y1 = self.city.frame.xy(line[0])
        for end in line[1:]:
            x2, y2 = self.city.frame.xy(end)
            share, fx, fy = foot_on_segment(px, py, x1, y1, x2, y2)
            leg, off = math.hypot(x2 - x1, y2 - y1), math.hypot(px - fx, py - fy)
            if off < best:
                best, at = off, run + share * leg
            run += leg
            x1, y1 = x2, y2
        return best, at / run if run else 0.0


def _label(landmark: Landmark, english: bool) -> str:
    return (landmark.name_en or landmark.name.text) if english else landmark.name.text


def _crossing(names: list[str]) -> str:
    """The two roads that tell most: a road that changes its name at the junction is named once."""
    first = names[0]
    other = next((name for name in names[1:] if name[:2] != first[:2]), names[-1])
    joint = "x" if not first.isascii() else " x "
    return f"{first}{joint}{other}"


def _way(landmark: Landmark, dx: float, dy: float, english: bool) -> str:
    octant = round(math.atan2(dy, dx) / (math.pi / 4)) % 8
    metres = max(50, round(math.hypot(dx, dy) / 50) * 50)
    if english:
        return f"{metres} m {_COMPASS_EN[octant]} of {_label(landmark, True)}"
    return f"{landmark.name.text}{_COMPASS[octant]}{metres}米"
