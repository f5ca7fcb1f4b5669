"""Chinese map datums: GCJ-02 (what AMap, Tencent and most phones in China show) and BD-09 (Baidu) to WGS-84 and back.

Inside zz110 every point is WGS-84; other systems' points are converted where they come in, and each datum has a type of
its own so that mixing them is an error that the type checker finds. GCJ-02 is a published
disturbance of up to 700 m inside a box around China and nothing outside it; BD-09 is another on top of GCJ-02. There is
no formula for the way back: it is found by iteration, to a millimetre.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from zz110_tui.core.places import Point, point

KRASOVSKY_AXIS_M = 6_378_245.0
KRASOVSKY_ECCENTRICITY_SQUARED = 0.00669342162296594323
CHINA = (72.004, 137.8347, 0.8293, 55.8271)
"""West, east, south, north of the box inside which GCJ-02 differs."""
BAIDU_PI = math.pi * 3000.0 / 180.0
"""BD-09 multiplies by this; libraries that use plain pi here are 10 to 41 m off."""
DATUMS = ("wgs84", "gcj02", "bd09")
CLOSE_ENOUGH = 1e-10
MOST_ROUNDS = 40

LonLat = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Gcj02:
    """A position in GCJ-02, in degrees. It is no :class:`Point`, and has none of its names: what is meant for WGS-84
    refuses it before anything runs (mypy), and cannot read it when it does."""

    gcj_lon: float
    gcj_lat: float

    @classmethod
    def of(cls, where: Point) -> Gcj02:
        return cls(*wgs84_to_gcj02(where.lon, where.lat))

    def wgs84(self) -> Point:
        """Raises ValueError for numbers that are no position."""
        return _checked(gcj02_to_wgs84, self.gcj_lon, self.gcj_lat)


@dataclass(frozen=True, slots=True)
class Bd09:
    """A position in BD-09, in degrees; as :class:`Gcj02`, no :class:`Point`."""

    bd_lon: float
    bd_lat: float

    @classmethod
    def of(cls, where: Point) -> Bd09:
        return cls(*wgs84_to_bd09(where.lon, where.lat))

    def wgs84(self) -> Point:
        """Raises ValueError for numbers that are no position."""
        return _checked(bd09_to_wgs84, self.bd_lon, self.bd_lat)


def in_china(lon: float, lat: float) -> bool:
    """Whether GCJ-02 differs from WGS-84 here. The box takes in some of the neighbours, as the published one does."""
    west, east, south, north = CHINA
    return west <= lon <= east and south <= lat <= north


def wgs84_to_gcj02(lon: float, lat: float) -> LonLat:
    """GCJ-02 of a WGS-84 position, in degrees."""
    if not in_china(lon, lat):
        return lon, lat
    x, y = lon - 105.0, lat - 35.0
    root = math.sqrt(abs(x))
    waves = (20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
    north += (20 * math.sin(y * math.pi) + 40 * math.sin(y / 3 * math.pi)) * 2 / 3
    north += (160 * math.sin(y / 12 * math.pi) + 320 * math.sin(y / 30 * math.pi)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
    east += (20 * math.sin(x * math.pi) + 40 * math.sin(x / 3 * math.pi)) * 2 / 3
    east += (150 * math.sin(x / 12 * math.pi) + 300 * math.sin(x / 30 * math.pi)) * 2 / 3
    phi = math.radians(lat)
    bulge = 1 - KRASOVSKY_ECCENTRICITY_SQUARED * math.sin(phi) ** 2
    meridian = KRASOVSKY_AXIS_M * (1 - KRASOVSKY_ECCENTRICITY_SQUARED) / (bulge * math.sqrt(bulge))
    parallel = KRASOVSKY_AXIS_M / math.sqrt(bulge) * math.cos(phi)
    return lon + math.degrees(east / parallel), lat + math.degrees(north / meridian)


def gcj02_to_bd09(lon: float, lat: float) -> LonLat:
    """BD-09 of a GCJ-02 position, in degrees."""
    far = math.hypot(lon, lat) + 0.00002 * math.sin(lat * BAIDU_PI)
    turn = math.atan2(lat, lon) + 0.000003 * math.cos(lon * BAIDU_PI)
    return far * math.cos(turn) + 0.0065, far * math.sin(turn) + 0.006


def gcj02_to_wgs84(lon: float, lat: float) -> LonLat:
    """The WGS-84 position that :func:`wgs84_to_gcj02` maps here."""
    return _inverse(wgs84_to_gcj02, lon, lat) if in_china(lon, lat) else (lon, lat)


def bd09_to_gcj02(lon: float, lat: float) -> LonLat:
    """The GCJ-02 position that :func:`gcj02_to_bd09` maps here."""
    return _inverse(gcj02_to_bd09, lon, lat)


def bd09_to_wgs84(lon: float, lat: float) -> LonLat:
    return gcj02_to_wgs84(*bd09_to_gcj02(lon, lat))


def wgs84_to_bd09(lon: float, lat: float) -> LonLat:
    return gcj02_to_bd09(*wgs84_to_gcj02(lon, lat))


def from_datum(name: str, lon: float, lat: float) -> Point:
    """A point from coordinates in a named datum: ``wgs84``, ``gcj02`` or ``bd09``.

    Raises ValueError for another datum or for numbers that are no position on the earth.
    """
    match name.lower():
        case "wgs84":
            return point(lon, lat)
        case "gcj02":
            return Gcj02(lon, lat).wgs84()
        case "bd09":
            return Bd09(lon, lat).wgs84()
    raise ValueError(f"unknown datum {name!r}; known are {', '.join(DATUMS)}")


def _checked(convert: Callable[[float, float], LonLat], lon: float, lat: float) -> Point:
    point(lon, lat)  # refuses what is no position before anything is computed with it
    return point(*convert(lon, lat))


def _inverse(forward: Callable[[float, float], LonLat], lon: float, lat: float) -> LonLat:
    """Fixed-point iteration: the disturbance changes slowly, so each round gains about three digits."""
    at_lon, at_lat = lon, lat
    for _ in range(MOST_ROUNDS):
        there_lon, there_lat = forward(at_lon, at_lat)
        off_lon, off_lat = there_lon - lon, there_lat - lat
        at_lon, at_lat = at_lon - off_lon, at_lat - off_lat
        if abs(off_lon) < CLOSE_ENOUGH and abs(off_lat) < CLOSE_ENOUGH:
            break
    return at_lon, at_lat
