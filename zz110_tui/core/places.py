"""Where something is: a point on the earth, and a place as people name it.

Every coordinate inside zz110 is WGS-84 in degrees, rounded to six decimals (0.11 m), so that the same place has the
same bytes on every machine. Conversions from other datums happen at the edge, in ``gis``.
"""

from __future__ import annotations

import math

from zz110_tui.core.records import dataclass

EARTH_RADIUS_M = 6_371_008.8
"""Mean earth radius in metres (IUGG)."""


@dataclass(frozen=True, slots=True)
class Point:
    """A WGS-84 position in degrees. Use :func:`point` to make one from untrusted numbers."""

    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where an incident is: the words people used, and what the gazetteer made of them.

    ``text`` is never empty for a placed incident. ``point`` is None while nobody knows better; ``grid`` and ``cell``
    are then empty. ``cell`` is the map cell name such as ``F7``.
    """

    text: str
    point: Point | None = None
    grid: str = ""
    cell: str = ""


NOWHERE = Place("")


def point(lon: float, lat: float) -> Point:
    """A point with coordinates rounded to six decimals.

    Raises ValueError for numbers that are not a position on the earth (NaN, out of range).
    """
    if not (math.isfinite(lon) and math.isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"not a WGS-84 position: {lon!r}, {lat!r}")
    return Point(round(lon, 6) + 0.0, round(lat, 6) + 0.0)


def distance_m(a: Point, b: Point) -> float:
    """Great-circle distance in metres (haversine; error against the ellipsoid below 0.5 %)."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half_lat = math.sin((lat_b - lat_a) / 2)
    half_lon = math.sin(math.radians(b.lon - a.lon) / 2)
    chord = half_lat * half_lat + math.cos(lat_a) * math.cos(lat_b) * half_lon * half_lon
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(chord)))
