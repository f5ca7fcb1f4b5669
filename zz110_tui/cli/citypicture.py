"""A city twice beside each other, before and after, as one SVG that needs nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from zz110_tui.cli.exits import CANNOT_CREATE
from zz110_tui.cli.plots import safe
from zz110_tui.config.problems import both, shown
from zz110_tui.core.places import Point
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.city import City
from zz110_tui.gis.features import RoadClass
from zz110_tui.gis.geometry import Area, Line

WIDTH, GAP, HEAD, LINE, MARGIN = 620, 30, 64, 20, 12
"""Pixels: the width of one map, the gap between the two, the room above them, and a line of words below."""
MOST_VERTICES = 40_000
"""Of a large city only the roads that lead somewhere are drawn."""
ROADS = {
    RoadClass.EXPRESSWAY: 2.2,
    RoadClass.TRUNK: 1.8,
    RoadClass.MAIN: 1.3,
    RoadClass.MINOR: 0.8,
    RoadClass.LANE: 0.4,
}

STYLE = (
    "svg{font:13px system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;background:#fff}text{fill:#222}"
    ".h{font-size:17px;font-weight:600}.b{font-weight:600}.s{font-size:11px}.road{fill:none;stroke:#c8c8c8}"
    ".edge{fill:none;stroke:#555;stroke-width:1.2}.water{fill:#dbe9f4;stroke:none}.halo{paint-order:stroke;"
    "stroke:#fff;stroke-width:3px;stroke-linejoin:round}"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One kind of sign in the legend and on the map: ``shape`` is ``square``, ``ring``, ``cross`` or ``post``, so that
    nothing is told by colour alone."""

    shape: str
    colour: str
    words: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One map: its title, lines of words below it, fills by area, signs at points, and names at points."""

    title: str
    words: Sequence[str]
    areas: Sequence[tuple[Area, str]]
    signs: Sequence[tuple[Point, Mark]]
    names: Sequence[tuple[Point, str]]


class _Map:
    """Where a point of the city lies on the first of the maps, in pixels."""

    def __init__(self, city: City) -> None:
        self.city = city
        box = city.outline.box
        west, south = city.frame.xy(Point(box.west, box.south))
        east, north = city.frame.xy(Point(box.east, box.north))
        self._west, self._north = west, north
        self.scale = (WIDTH - 2 * MARGIN) / max(east - west, 1.0)
        self.height = (north - south) * self.scale + 2 * MARGIN

    def at(self, point: Point) -> tuple[float, float]:
        x, y = self.city.frame.xy(point)
        return MARGIN + (x - self._west) * self.scale, MARGIN + (self._north - y) * self.scale

    def path(self, line: Line, *, closed: bool = False) -> str:
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(self.at, line)) + ("Z" if closed else "")

    def outline(self, area: Area) -> str:
        return "".join(self.path(ring, closed=True) for ring in area.rings)


def picture(city: City, title: str, panels: Sequence[Panel], legend: Sequence[Mark]) -> str:
    """The whole drawing."""
    there = _Map(city)
    words = max(len(panel.words) for panel in panels)
    high = HEAD + there.height + LINE * (words + 2) + MARGIN
    wide = len(panels) * WIDTH + (len(panels) - 1) * GAP
    size = f'viewBox="0 0 {wide} {high:.0f}" width="{wide}" height="{high:.0f}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{safe(title)}"><style>{STYLE}</style>',
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<text x="{MARGIN}" y="26" class="h">{safe(title)}</text><defs><g id="ground">',
    ]
    parts += _ground(there)
    parts.append(f'</g><clipPath id="map"><rect width="{WIDTH}" height="{there.height:.0f}"/></clipPath></defs>')
    for number, panel in enumerate(panels):
        parts.append(f'<g transform="translate({number * (WIDTH + GAP)} {HEAD})">')
        parts += _panel(there, panel)
        parts.append("</g>")
    x = float(MARGIN)
    for mark in legend:
        y = high - MARGIN - 4
        parts.append(f'{_sign(x + 6, y - 4, mark)}<text x="{x + 18:.0f}" y="{y:.0f}">{safe(mark.words)}</text>')
        x += 40 + 13 * sum(0.6 if letter.isascii() else 1.0 for letter in mark.words)
    return "".join([*parts, "</svg>\n"])


def _ground(there: _Map) -> Iterator[str]:
    """Water and roads, which are the same before and after."""
    city = there.city
    for river in city.rivers:
        if river.area is not None:
            yield f'<path class="water" d="{there.outline(river.area)}" fill-rule="evenodd"/>'
    lines = sum(len(line) for road in city.roads for line in road.lines)
    large = lines > MOST_VERTICES
    for kind, wide in ROADS.items():
        if large and kind in (RoadClass.MINOR, RoadClass.LANE):
            continue
        path = "".join(there.path(line) for road in city.roads if road.kind is kind for line in road.lines)
        if path:
            yield f'<path class="road" stroke-width="{wide}" d="{path}"/>'


def _panel(there: _Map, panel: Panel) -> Iterator[str]:
    yield f'<text x="{MARGIN}" y="-12" class="b">{safe(panel.title)}</text>'
    for area, colour in panel.areas:
        yield f'<path d="{there.outline(area)}" fill="{colour}" fill-opacity="0.4" fill-rule="evenodd"/>'
    yield '<use href="#ground" clip-path="url(#map)"/>'
    for area, _ in panel.areas:
        yield f'<path class="edge" d="{there.outline(area)}"/>'
    for point, mark in panel.signs:
        yield _sign(*there.at(point), mark)
    for point, name in panel.names:
        x, y = there.at(point)
        yield f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" class="s halo">{safe(name)}</text>'
    for number, line in enumerate(panel.words, 1):
        yield f'<text x="{MARGIN}" y="{there.height + LINE * number:.0f}">{safe(line)}</text>'


def _square(x: float, y: float, colour: str) -> str:
    return f'<rect x="{x - 2.5:.1f}" y="{y - 2.5:.1f}" width="5" height="5" fill="{colour}"/>'


def _ring(x: float, y: float, colour: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="none" stroke="{colour}" stroke-width="2"/>'


def _cross(x: float, y: float, colour: str) -> str:
    way = f"M{x - 4:.1f} {y - 4:.1f}l8 8M{x - 4:.1f} {y + 4:.1f}l8 -8"
    return f'<path d="{way}" stroke="{colour}" stroke-width="2.4"/>'


def _post(x: float, y: float, colour: str) -> str:
    return (
        f'<path d="M{x:.1f} {y - 8:.1f}l7 13h-14z" fill="{colour}" stroke="#fff" stroke-width="1.2" '
        'stroke-linejoin="round"/>'
    )


_SHAPES: dict[str, Callable[[float, float, str], str]] = {
    "square": _square,
    "ring": _ring,
    "cross": _cross,
    "post": _post,
}


def _sign(x: float, y: float, mark: Mark) -> str:
    return _SHAPES[mark.shape](x, y, mark.colour)


def grid_areas(city: City, colours: Iterable[str]) -> list[tuple[Area, str]]:
    return [(grid.area, colour) for grid, colour in zip(city.grids, colours, strict=True)]


def write_picture(path: Path, drawing: str) -> None:
    """Raises Trouble when the file cannot be written."""
    try:
        path.write_text(drawing, encoding="utf-8")
    except OSError as error:
        raise Trouble(
            both("图写不了", "the picture cannot be written"),
            f"{shown(str(path))}: {error.strerror}",
            both("换一个可写的位置", "choose a place that can be written to"),
            exit_code=CANNOT_CREATE,
        ) from error
