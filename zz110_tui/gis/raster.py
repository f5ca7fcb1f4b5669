"""The city as rows of characters, each run with a role for the theme to colour.

Pure: the same city, view and layers give the same frame. What does not move is drawn once and remembered; units and
incidents go on top of it (:mod:`zz110_tui.gis.marks`). No text wider or taller than its cells ever comes out: names
appear whole or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from zz110_tui.core.records import dataclass
from zz110_tui.gis.canvas import AsciiCanvas, BrailleCanvas, Canvas, Role
from zz110_tui.gis.city import City
from zz110_tui.gis.features import ROAD_CLASSES, RoadClass
from zz110_tui.gis.geometry import Area, Line
from zz110_tui.gis.labels import Labels, Projection, put_names
from zz110_tui.gis.roadfile import NetFile
from zz110_tui.gis.view import View

XY = tuple[float, float]
Cell = tuple[str, Role]


class Layer(StrEnum):
    """What a map can show."""

    WATER = "water"
    ROADS = "roads"
    BORDERS = "borders"
    LANDMARKS = "landmarks"
    STATIONS = "stations"
    POSTS = "posts"
    NAMES = "names"
    COVER = "cover"
    """how well each part is covered now; the station draws it, because it changes with the units"""


class Glyphs(StrEnum):
    """Which characters the terminal shows well. Braille is of one width everywhere, box drawing is not."""

    ASCII = "ascii"
    BRAILLE = "braille"


DEFAULT_LAYERS = frozenset({Layer.WATER, Layer.ROADS, Layer.BORDERS, Layer.LANDMARKS, Layer.STATIONS, Layer.NAMES})

ROAD_ROLES = {
    RoadClass.EXPRESSWAY: Role.ROAD_TRUNK,
    RoadClass.TRUNK: Role.ROAD_TRUNK,
    RoadClass.MAIN: Role.ROAD_MAIN,
    RoadClass.MINOR: Role.ROAD_MINOR,
    RoadClass.LANE: Role.LANE,
}
ROAD_SHOWS_BELOW_M = {
    RoadClass.EXPRESSWAY: 2000.0,
    RoadClass.TRUNK: 400.0,
    RoadClass.MAIN: 125.0,
    RoadClass.MINOR: 62.0,
    RoadClass.LANE: 30.0,
}
"""A class of roads is drawn when a column covers fewer metres than this."""
LANDMARKS_BELOW_M = 42.0
STATIONS_BELOW_M = 130.0


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand side by side and share a role."""

    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawn map. A character of two columns is followed by an empty text in ``cells``, so that every row of cells
    has exactly as many entries as the view has columns."""

    view: View
    cells: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Run, ...], ...]

    def text(self) -> str:
        """The map without roles."""
        return "\n".join("".join(run.text for run in row).rstrip() for row in self.rows)


@lru_cache(maxsize=32)
def raster(
    city: City,
    view: View,
    layers: frozenset[Layer] = DEFAULT_LAYERS,
    glyphs: Glyphs = Glyphs.BRAILLE,
    *,
    english: bool = False,
) -> Frame:
    """The map of a city in a view. Remembered for the last views, so that moving units cost nothing here."""
    canvas: Canvas = (
        AsciiCanvas(view.cols, view.rows) if glyphs is Glyphs.ASCII else BrailleCanvas(view.cols, view.rows)
    )
    projection = Projection(view)
    if Layer.WATER in layers:
        _draw_water(city, projection, canvas)
    if Layer.ROADS in layers:
        _draw_roads(city, projection, canvas)
    if Layer.BORDERS in layers:
        for grid in city.grids:
            _draw_outline(grid.area, projection, canvas, Role.BORDER, dash=3)
        _draw_outline(city.outline, projection, canvas, Role.OUTLINE, dash=2)
    cells = canvas.cells()
    labels = Labels(view.cols, view.rows)
    _put_points(city, view, layers, glyphs, labels)
    if Layer.NAMES in layers:
        put_names(city, projection, labels, landmarks=_landmarks_show(view, layers), english=english)
    labels.write(cells)
    return frame_of(view, cells)


def frame_of(view: View, cells: Sequence[Sequence[Cell]]) -> Frame:
    """A frame from its cells."""
    return Frame(view, tuple(tuple(row) for row in cells), tuple(runs_of(row) for row in cells))


def runs_of(row: Sequence[Cell]) -> tuple[Run, ...]:
    """The runs of one row of cells."""
    runs: list[Run] = []
    text, role = "", Role.BLANK
    for letter, what in row:
        if what is not role and text:
            runs.append(Run(text, role))
            text = ""
        text, role = text + letter, what
    if text:
        runs.append(Run(text, role))
    return tuple(runs)


def _landmarks_show(view: View, layers: frozenset[Layer]) -> bool:
    return Layer.LANDMARKS in layers and view.metres_per_col < LANDMARKS_BELOW_M


def _draw_water(city: City, projection: Projection, canvas: Canvas) -> None:
    for river in city.rivers:
        if river.area is not None:
            for polygon in river.area.polygons:
                banks = [projection.line(ring) for ring in polygon]
                canvas.fill(banks, Role.WATER)
                for bank in banks:
                    canvas.line(bank, Role.WATER)
        for line in river.lines:
            _draw_line(line, projection, canvas, Role.WATER)


def _draw_roads(city: City, projection: Projection, canvas: Canvas) -> None:
    metres = projection.view.metres_per_col
    for road in city.roads:
        if metres < ROAD_SHOWS_BELOW_M[road.kind]:
            for line in road.lines:
                _draw_line(line, projection, canvas, ROAD_ROLES[road.kind])
    if city.net is not None:
        _draw_net(city.net, projection, canvas)


def _draw_net(net: NetFile, projection: Projection, canvas: Canvas) -> None:
    """Roads without a name stand in the net only."""
    from zz110_tui.gis.roadgraph import lines_in

    metres = projection.view.metres_per_col
    shown = [number for number, kind in enumerate(ROAD_CLASSES) if metres < ROAD_SHOWS_BELOW_M[kind]]
    for number, line in lines_in(net.lines, projection.view.box(), shown):
        _draw_line(line, projection, canvas, ROAD_ROLES[ROAD_CLASSES[number]])


def _draw_outline(area: Area, projection: Projection, canvas: Canvas, role: Role, dash: int) -> None:
    if projection.sees(area.box):
        for ring in area.rings:
            canvas.line(projection.line(ring), role, dash)


def _draw_line(line: Line, projection: Projection, canvas: Canvas, role: Role) -> None:
    canvas.line(projection.line(line), role)


def _put_points(city: City, view: View, layers: frozenset[Layer], glyphs: Glyphs, labels: Labels) -> None:
    """Symbols of stations, posts and landmarks; the more important first, since a cell holds one."""
    braille = glyphs is Glyphs.BRAILLE
    if Layer.STATIONS in layers and view.metres_per_col < STATIONS_BELOW_M:
        for station in city.stations:
            labels.symbol(view.cell_of(station.point), "⠿" if braille else "#", Role.STATION)
    if Layer.POSTS in layers:
        for post in city.posts:
            labels.symbol(view.cell_of(post.point), "⠛" if braille else "=", Role.POST)
    if _landmarks_show(view, layers):
        for landmark in city.landmarks:
            labels.symbol(view.cell_of(landmark.point), "⠶" if braille else "o", Role.PLACE)
