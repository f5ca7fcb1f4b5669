"""What a city pack describes: grids, stations, posts, roads, landmarks, cameras, alarm points and the demand for help.

All of it is data that changes with the pack and not with the day. Names carry their pinyin and initials as stored in
the pack, because computing them costs 190 ms and 60 MB.
"""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from zz110_tui.core.places import Point
from zz110_tui.core.records import dataclass
from zz110_tui.core.units import UnitKind
from zz110_tui.gis.geometry import Area, Line

HOURS_PER_WEEK = 168
NO_ROAD_M = 300.0
"""Beyond this from any road, nobody knows the ground: two such points may be joined across it."""


class RoadClass(StrEnum):
    """How important a road is; the map draws the first ones first."""

    EXPRESSWAY = "expressway"
    TRUNK = "trunk"
    MAIN = "main"
    MINOR = "minor"
    LANE = "lane"


HOUR_BANDS = ((0, 7), (7, 9), (9, 17), (17, 19), (19, 24))
"""Local hours of the day that roads are driven on alike: night, morning rush, day, evening rush, evening."""
ROAD_CLASSES: tuple[RoadClass, ...] = tuple(RoadClass)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name and how it is typed: ``漳州医院``, ``zhangzhouyiyuan``, ``zzyy``. Both spellings are lower case without
    blanks; they are empty for a name that is not Chinese."""

    text: str
    pinyin: str = ""
    initials: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid police area (网格警区). ``home_unit`` and ``station`` are ids of the same pack."""

    id: str
    name: Spelling
    name_en: str
    area: Area
    home_unit: str
    neighbours: tuple[str, ...]
    station: str


@dataclass(frozen=True, slots=True)
class Station:
    """A police station (派出所)."""

    id: str
    name: Spelling
    name_en: str
    point: Point
    address: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A standing place for a unit (停靠点、亮灯点)."""

    id: str
    name: Spelling
    name_en: str
    point: Point
    grid: str


@dataclass(frozen=True, slots=True)
class Road:
    """A named road, or the unnamed roads of one class together (then ``name.text`` is empty).

    Lines that cross share the vertex at the crossing. ``numbers`` are the first and last house number along the first
    line, or None where the pack does not know them. ``oneway`` are the numbers (from 0)
    of the lines that may only be driven from their first point to their last.
    """

    name: Spelling
    name_en: str
    kind: RoadClass
    lines: tuple[Line, ...]
    numbers: tuple[int, int] | None = None
    oneway: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Junction:
    """Where named roads meet. ``roads`` are their names in the order of the pack."""

    roads: tuple[str, ...]
    point: Point


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place people name. ``aliases`` are other names for the same place."""

    name: Spelling
    name_en: str
    kind: str
    point: Point
    aliases: tuple[Spelling, ...] = ()


@dataclass(frozen=True, slots=True)
class Camera:
    """A public camera: where it stands, and nothing about whom it sees."""

    id: str
    name: Spelling
    point: Point


@dataclass(frozen=True, slots=True)
class AlarmPoint:
    """A fixed alarm button or detector: bank, school, hospital, shop."""

    id: str
    name: Spelling
    kind: str
    point: Point


@dataclass(frozen=True, slots=True)
class River:
    """Open water: an area, or a line where it is narrow."""

    name: Spelling
    name_en: str
    area: Area | None = None
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class DemandPoint:
    """Calls come from around here. ``weight`` is the share of all calls; the weights of a pack add up to 1."""

    point: Point
    grid: str
    weight: float


@dataclass(frozen=True, slots=True)
class Demand:
    """How many calls, of which class, when and where.

    ``week`` holds 168 weights, Monday 00:00 local time first, with mean 1. ``dispersion`` is the variance of hourly
    counts over their mean (chi-square per degree of freedom): 1 is Poisson, real calls have 2.2 to 2.7.
    ``classes`` are shares by class name and add up to 1. ``spread_m`` is the size of a demand point: draw the call
    within half of it, east-west and north-south.
    """

    calls_per_day: float
    classes: tuple[tuple[str, float], ...]
    week: tuple[float, ...]
    dispersion: float
    points: tuple[DemandPoint, ...]
    spread_m: float
    source: str = ""

    def calls_per_hour(self, weekday: int, hour: int) -> float:
        """Expected calls in one hour; ``weekday`` 0 is Monday, local time."""
        return self.calls_per_day / 24 * self.week[weekday * 24 + hour]

    def grid_weights(self) -> dict[str, float]:
        """The share of all calls that comes from each grid, in the order of the pack."""
        weights: dict[str, float] = {}
        for spot in self.points:
            weights[spot.grid] = weights.get(spot.grid, 0.0) + spot.weight
        return weights


@dataclass(frozen=True, slots=True)
class TravelRules:
    """The numbers of ``[travel]`` in ``city.toml``; see :mod:`zz110_tui.gis.travel`."""

    detour: float = 1.35
    turn_out_s: float = 40.0
    spread: float = 0.25
    kmh: tuple[tuple[UnitKind, float], ...] = ()
    default_kmh: float = 32.0
    hour_factors: tuple[float, ...] = field(default=(1.0,) * 24)
    road_kmh: tuple[float, ...] = (60.0, 45.0, 38.0, 30.0, 20.0)
    """By class, in the order of ROAD_CLASSES, for a unit of a kind that drives ``default_kmh``."""
    road_hours: tuple[tuple[RoadClass, tuple[float, ...]], ...] = ()
    """Hour factors of the classes that have their own; the others keep ``hour_factors``."""
    emergency: float = 1.0
    """How much faster a unit drives with light and siren; 1 where the speeds are those of emergency driving already."""
