"""What somebody's road data come to, whatever file they lie in: lines inside a box, with name, class and direction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from zz110_tui.core.places import Point
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.bilingual import both
from zz110_tui.gis.datum import from_datum
from zz110_tui.gis.features import RoadClass
from zz110_tui.gis.geometry import Box, Line

BAD_DATA, NO_INPUT = 65, 66
LONGEST_NAME = 80
MOST_VERTICES = 5_000_000
"""Points inside the box. Beijing has about two million; more is a country, not a city."""
LOOK_EVERY = 5_000
"""Rows or features between two looks at whether somebody wants to stop."""
MOST_SHIFT_DEG = 0.02
"""GCJ-02 and BD-09 lie at most 1.5 km from WGS-84: what is farther outside the box need not be converted."""

CLASSES = {
    "motorway": RoadClass.EXPRESSWAY,
    "trunk": RoadClass.TRUNK,
    "primary": RoadClass.TRUNK,
    "secondary": RoadClass.MAIN,
    "tertiary": RoadClass.MINOR,
    **{kind.value: kind for kind in RoadClass},
}
"""OpenStreetMap's ``highway`` without its ``_link``, and our own classes (``trunk`` means the same in both); every
other road is a lane."""
NOT_DRIVEN = frozenset(
    ("footway", "path", "steps", "cycleway", "bridleway", "corridor", "elevator",
     "platform", "construction", "proposed", "abandoned", "razed", "disused", "raceway",
     "bus_stop", "rest_area", "services", "escape", "via_ferrata", "no")
)  # fmt: skip
"""What OpenStreetMap calls ``highway`` and no car can use."""


class Stopped(Exception):
    """Somebody does not want to wait any longer; nothing was written."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line as it was drawn; a one-way one is driven from its first point to its last."""

    name: str
    name_en: str
    kind: RoadClass
    line: Line
    oneway: bool


@dataclass(slots=True)
class Reading:
    """One look at somebody's files. ``datum`` is theirs, ``box`` in WGS-84 is what is wanted of them.

    ``progress`` hears of bytes done and of how many (0: nobody knows); ``stop`` is asked now and then.
    """

    datum: str
    box: Box
    progress: Callable[[int, int], None] = lambda done, total: None
    stop: Callable[[], bool] = lambda: False
    lines_read: int = 0
    not_driven: int = 0
    vertices: int = 0
    _seen: int = field(default=0, init=False)

    def look(self, done: int, total: int) -> None:
        """Called for every row or feature. Raises Stopped."""
        self._seen += 1
        if self._seen % LOOK_EVERY == 0:
            self.progress(done, total)
            if self.stop():
                raise Stopped

    def place(self, lon: float, lat: float) -> Point | None:
        """A position of the file in WGS-84; None outside the box. Raises ValueError for numbers that are none."""
        box, shift = self.box, MOST_SHIFT_DEG
        if -180 <= lon <= 180 and -90 <= lat <= 90:
            far = not (box.west - shift <= lon <= box.east + shift and box.south - shift <= lat <= box.north + shift)
            if far:
                return None
        where = from_datum(self.datum, lon, lat)
        return where if box.holds(where.lon, where.lat) else None

    def runs(self, path: Path, line: Iterable[Point | None]) -> Iterator[Line]:
        """The parts of a line that lie inside the box. Raises Trouble when there are more than a city has."""
        run: list[Point] = []
        for where in (*line, None):
            if where is not None:
                run.append(where)
                continue
            if len(run) > 1:
                self.vertices += len(run)
                if self.vertices > MOST_VERTICES:
                    raise too_much(path)
                yield tuple(run)
            run = []


def class_of(highway: str) -> RoadClass | None:
    """The class of a road by what its file calls it; None for what is not driven."""
    plain = highway.strip().lower()
    if plain in NOT_DRIVEN:
        return None
    return CLASSES.get(plain.removesuffix("_link"), RoadClass.LANE)


def clean_name(text: object) -> str:
    """A name from outside: only what can be printed, and not for ever."""
    if not isinstance(text, str):
        return ""
    return "".join(letter for letter in text.strip() if letter.isprintable())[:LONGEST_NAME].strip()


def bad(path: Path, cause: str, remedy: str, exit_code: int = BAD_DATA) -> Trouble:
    """A file that cannot be used: why, and what to do."""
    title = both("路网文件不能用", "the road files cannot be used")
    return Trouble(title, f"{path.name}: {cause}", remedy, exit_code=exit_code)


def too_much(path: Path) -> Trouble:
    return bad(
        path,
        both(f"辖区一带的点多于 {MOST_VERTICES}", f"more than {MOST_VERTICES} points around the service area"),
        both("用更小的 --margin，或先裁出这座城市", "use a smaller --margin, or cut the city out first"),
    )


def cannot_read(path: Path, fault: OSError) -> Trouble:
    return bad(
        path,
        fault.strerror or both("读不到", "cannot be read"),
        both("核对文件名和权限", "check its name and who may read it"),
        NO_INPUT,
    )
