"""Names on the map: each whole or not at all, none over another, the more important first."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

from zz110_tui.core.places import Point
from zz110_tui.gis.canvas import Role, spans
from zz110_tui.gis.city import City
from zz110_tui.gis.features import ROAD_CLASSES, Grid, Road
from zz110_tui.gis.geometry import Area, Box, Line
from zz110_tui.gis.view import View

XY = tuple[float, float]
NAMES_OF_MINOR_ROADS_BELOW_M = 22.0
NAMES_OF_MAIN_ROADS_BELOW_M = 60.0
LANDMARK_RANK = ("hospital", "government", "police", "university", "transport", "culture", "mall", "park", "school")


def columns(text: str) -> int:
    """Columns a text takes in a terminal; wide characters take two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


class Projection:
    """From degrees to cells of one view, fast."""

    def __init__(self, view: View) -> None:
        self.view = view
        frame = view.frame()
        self._lon, self._lat = view.centre.lon, view.centre.lat
        self._across = frame.east_m / view.metres_per_col
        self._down = frame.north_m / view.metres_per_row
        self._half_cols, self._half_rows = view.cols / 2, view.rows / 2

    def xy(self, p: Point) -> XY:
        return (p.lon - self._lon) * self._across + self._half_cols, (self._lat - p.lat) * self._down + self._half_rows

    def line(self, line: Line) -> list[XY]:
        lon, lat, across, down = self._lon, self._lat, self._across, self._down
        half_cols, half_rows = self._half_cols, self._half_rows
        return [((p.lon - lon) * across + half_cols, (lat - p.lat) * down + half_rows) for p in line]

    def sees(self, box: Box) -> bool:
        left, top = self.xy(Point(box.west, box.north))
        right, bottom = self.xy(Point(box.east, box.south))
        return right >= 0 and left <= self.view.cols and bottom >= 0 and top <= self.view.rows


class Labels:
    """Which cells symbols and names have taken."""

    def __init__(self, cols: int, rows: int) -> None:
        self.cols, self.rows = cols, rows
        self._taken: set[tuple[int, int]] = set()
        self._texts: list[tuple[int, int, str, Role]] = []

    def symbol(self, cell: tuple[int, int] | None, letter: str, role: Role) -> None:
        """One character in its cell, if that is in view and free."""
        if cell is not None and cell not in self._taken:
            self._taken.add(cell)
            self._texts.append((*cell, letter, role))

    def name(self, row: int, col: int, text: str, role: Role) -> bool:
        """A name from a cell to the right; False where it does not fit whole with a free cell on both sides."""
        width = columns(text)
        if not text or not 0 <= row < self.rows or col < 0 or col + width > self.cols:
            return False
        if any((row, at) in self._taken for at in range(col - 1, col + width + 1)):
            return False
        self._taken.update((row, at) for at in range(col, col + width))
        self._texts.append((row, col, text, role))
        return True

    def write(self, cells: list[list[tuple[str, Role]]]) -> None:
        """Put everything over what has been drawn."""
        for row, col, text, role in self._texts:
            at = col
            for letter in text:
                cells[row][at] = (letter, role)
                if columns(letter) == 2:
                    cells[row][at + 1] = ("", role)
                at += columns(letter)


def put_names(city: City, projection: Projection, labels: Labels, *, landmarks: bool, english: bool) -> None:
    """Names of grids, water, roads and landmarks, as far as they fit."""
    for grid in city.grids:
        _name_grid(city, grid, projection, labels, english)
    for road_class in ROAD_CLASSES:
        for road in city.roads:
            if road.kind is road_class and road.name.text:
                _name_road(road, projection, labels, english)
    for river in city.rivers:
        name = _text(river.name.text, river.name_en, english)
        if river.area is not None:
            _name_water(river.area, name, projection, labels)
        _name_line(river.lines, name, Role.NAME_WATER, projection, labels)
    if landmarks:
        ranked = sorted(city.landmarks, key=lambda landmark: _rank(landmark.kind))
        for landmark in ranked:
            cell = projection.view.cell_of(landmark.point)
            if cell is not None:
                _beside(*cell, _text(landmark.name.text, landmark.name_en, english), labels)


def _text(chinese: str, english_text: str, english: bool) -> str:
    return english_text or chinese if english else chinese


def _rank(kind: str) -> int:
    return LANDMARK_RANK.index(kind) if kind in LANDMARK_RANK else len(LANDMARK_RANK)


def _beside(row: int, col: int, text: str, labels: Labels) -> None:
    """To the right of a symbol, or to its left, or above or below it."""
    width = columns(text)
    for to_row, to_col in (
        (row, col + 2),
        (row, col - 1 - width),
        (row - 1, col - width // 2),
        (row + 1, col - width // 2),
    ):
        if labels.name(to_row, to_col, text, Role.NAME_PLACE):
            return


def _name_grid(city: City, grid: Grid, projection: Projection, labels: Labels, english: bool) -> None:
    """Near the middle of the part of the grid that is in view."""
    view = projection.view
    spots = [projection.xy(spot.point) for spot in city.demand.points if spot.grid == grid.id]
    seen = [(x, y) for x, y in spots if 0 <= x < view.cols and 0 <= y < view.rows]
    if not seen:
        return
    x, y = (sum(values) / len(seen) for values in zip(*seen, strict=True))
    text = _text(grid.name.text, grid.name_en, english)
    for off in (0, -1, 1, -2, 2):
        if labels.name(int(y) + off, int(x) - columns(text) // 2, text, Role.NAME_GRID):
            return


def _name_road(road: Road, projection: Projection, labels: Labels, english: bool) -> None:
    metres = projection.view.metres_per_col
    rank = ROAD_CLASSES.index(road.kind)
    if (rank >= 3 and metres >= NAMES_OF_MINOR_ROADS_BELOW_M) or (rank == 2 and metres >= NAMES_OF_MAIN_ROADS_BELOW_M):
        return
    _name_line(road.lines, _text(road.name.text, road.name_en, english), Role.NAME_ROAD, projection, labels)


def _name_line(lines: Sequence[Line], text: str, role: Role, projection: Projection, labels: Labels) -> None:
    """On the line, at its middle in view or where else along it the name fits."""
    view = projection.view
    for line in lines:
        seen = [(x, y) for x, y in _dense(projection.line(line)) if 0 <= x < view.cols and 0 <= y < view.rows]
        if len(seen) < columns(text) // 2:
            continue
        for part in (2, 3, 1):
            x, y = seen[len(seen) * part // 4]
            if labels.name(int(y), int(x) - columns(text) // 2, text, role):
                return


def _dense(line: list[XY]) -> list[XY]:
    """Points along a line about a cell apart."""
    points: list[XY] = []
    for (x1, y1), (x2, y2) in pairwise(line):
        steps = max(1, min(400, int(max(abs(x2 - x1), abs(y2 - y1) * 2))))
        points += [(x1 + (x2 - x1) * i / steps, y1 + (y2 - y1) * i / steps) for i in range(steps)]
    return points


def _name_water(area: Area, text: str, projection: Projection, labels: Labels) -> None:
    """Where the water is widest in view, and wider than its name."""
    rings = [projection.line(ring) for ring in area.rings]
    widest = [
        (right - left, row, (left + right) / 2)
        for row in range(projection.view.rows)
        for left, right in _in_view(spans(rings, row + 0.5), projection.view.cols)
    ]
    for width, row, middle in sorted(widest, key=lambda place: (-place[0], place[1])):
        if width < columns(text) + 2:
            return
        if labels.name(row, int(middle) - columns(text) // 2, text, Role.NAME_WATER):
            return


def _in_view(pieces: Iterable[XY], cols: int) -> Iterable[XY]:
    return ((max(0.0, left), min(float(cols), right)) for left, right in pieces if right > 0 and left < cols)
