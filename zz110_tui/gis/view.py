"""A window on the map: which part of the city a rectangle of terminal cells shows.

A terminal cell is taken to be twice as high as wide, so a row covers twice the metres of a column.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from zz110_tui.core.places import Point, distance_m, point
from zz110_tui.gis.city import City
from zz110_tui.gis.geometry import Area, Box, Frame, box_of, frame_around

CELL_ASPECT = 2.0
"""Height of a terminal cell over its width."""
CLOSEST_M, FARTHEST_M = 2.0, 2000.0
"""Metres per column: from a house front to a province."""
FIT_MARGIN = 1.04


@dataclass(frozen=True, slots=True)
class View:
    """The map around ``centre``, ``metres_per_col`` to a column, on ``cols`` by ``rows`` cells."""

    centre: Point
    metres_per_col: float
    cols: int
    rows: int

    @property
    def metres_per_row(self) -> float:
        return self.metres_per_col * CELL_ASPECT

    def frame(self) -> Frame:
        return frame_around(self.centre)

    def box(self) -> Box:
        """The part of the earth the view shows."""
        x, y = self.cols / 2 * self.metres_per_col, self.rows / 2 * self.metres_per_row
        frame = self.frame()
        return box_of((frame.at(-x, -y), frame.at(x, y)))

    def cell_of(self, where: Point) -> tuple[int, int] | None:
        """Row and column of the cell that shows a point, or None outside the view."""
        x, y = self.frame().xy(where)
        col = int(x / self.metres_per_col + self.cols / 2 + 1000) - 1000  # floor, also just left of the view
        row = int(self.rows / 2 - y / self.metres_per_row + 1000) - 1000
        return (row, col) if 0 <= row < self.rows and 0 <= col < self.cols else None

    def point_of(self, row: float, col: float) -> Point:
        """The point in the middle of a cell."""
        x = (col + 0.5 - self.cols / 2) * self.metres_per_col
        y = (self.rows / 2 - row - 0.5) * self.metres_per_row
        return self.frame().at(x, y)


def fit(outline: Area, cols: int, rows: int) -> View:
    """The closest view that shows a whole area."""
    box = outline.box
    frame = frame_around(box.middle)
    across = (box.east - box.west) * frame.east_m
    down = (box.north - box.south) * frame.north_m / CELL_ASPECT
    metres = max(across / max(1, cols), down / max(1, rows)) * FIT_MARGIN
    return View(box.middle, _within_reason(metres), max(1, cols), max(1, rows))


def zoom(view: View, factor: float, about: Point | None = None) -> View:
    """Closer by a factor (below 1: farther away). ``about`` keeps its place on the screen."""
    metres = _within_reason(view.metres_per_col / factor)
    if about is None:
        return replace(view, metres_per_col=metres)
    kept = metres / view.metres_per_col
    lon = about.lon + (view.centre.lon - about.lon) * kept
    lat = about.lat + (view.centre.lat - about.lat) * kept
    return replace(view, centre=point(lon, lat), metres_per_col=metres)


def pan(view: View, cols: float, rows: float) -> View:
    """The view moved by cells: positive to the right and down."""
    frame = view.frame()
    return replace(view, centre=frame.at(cols * view.metres_per_col, -rows * view.metres_per_row))


def go_to(view: View, where: Point) -> View:
    """The view with another point in its middle."""
    return replace(view, centre=where)


def resize(view: View, cols: int, rows: int) -> View:
    """The same place at the same scale on a larger or smaller screen."""
    return replace(view, cols=max(1, cols), rows=max(1, rows))


def _within_reason(metres: float) -> float:
    return max(CLOSEST_M, min(FARTHEST_M, metres))


@lru_cache(maxsize=8)
def rulers(city: City, view: View) -> tuple[str, tuple[str, ...]]:
    """Names of the map cells along the top and the left side: one line of ``cols`` characters, a label for each row.

    A letter stands over the middle of its map cell; where cells are too narrow for their letters, some are left out.
    """
    cells = city.cells
    top, side = [" "] * view.cols, [""] * view.rows
    free = 0
    for column in range(cells.columns):
        letters = cells.name(column, 0)[:-1]
        spot = view.cell_of(Point(cells.middle(cells.name(column, 0)).lon, view.centre.lat))
        if spot is not None and spot[1] >= free and spot[1] + len(letters) <= view.cols:
            top[spot[1] : spot[1] + len(letters)] = letters
            free = spot[1] + len(letters) + 1
    for row in range(cells.rows):
        spot = view.cell_of(Point(view.centre.lon, cells.middle(cells.name(0, row)).lat))
        if spot is not None and not side[spot[0]]:
            side[spot[0]] = str(row + 1)
    return "".join(top), tuple(side)


def scale_words(view: View, *, english: bool = False) -> str:
    """How much of the city the view shows, in words: ``宽 10.5 公里`` or ``10.5 km wide``."""
    west, east = view.point_of(view.rows / 2, -0.5), view.point_of(view.rows / 2, view.cols - 0.5)
    km = distance_m(west, east) / 1000
    return f"{km:.1f} km wide" if english else f"宽 {km:.1f} 公里"
