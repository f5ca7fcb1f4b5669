"""How far somebody may have got since they left: the search area that grows with time.

The speeds are what a person in flight keeps up through a town, not what a record says: on foot a run that becomes a
walk, an electric bicycle, a car in traffic. The area is the bound: nobody is outside it, most are well inside.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zz110_tui.core.places import Point, distance_m
from zz110_tui.gis.city import City


class Pace(StrEnum):
    """How a suspect left."""

    FOOT = "foot"
    BIKE = "bike"
    CAR = "car"


METRES_PER_SECOND = {Pace.FOOT: 2.2, Pace.BIKE: 6.5, Pace.CAR: 11.0}
"""8, 23 and 40 km/h."""
LEAST_M = 150.0


@dataclass(frozen=True, slots=True)
class SearchArea:
    """``along_m``: how far along the roads; ``straight_m``: how far that usually is in a straight line; both in metres.
    ``grids`` are the grids that the larger circle touches, the nearest first."""

    centre: Point
    pace: Pace
    elapsed_s: float
    along_m: float
    straight_m: float
    grids: tuple[str, ...]


def search_area(city: City, centre: Point, pace: Pace, elapsed_s: float) -> SearchArea:
    """Where somebody may be who left a place some seconds ago."""
    along = max(LEAST_M, elapsed_s * METRES_PER_SECOND[pace])
    touched = []
    for grid in city.grids:
        border = (distance_m(centre, p) for ring in grid.area.rings for p in ring)
        nearest = 0.0 if grid.area.holds(centre) else min(border)
        if nearest <= along:
            touched.append((nearest, grid.id))
    return SearchArea(
        centre, pace, elapsed_s, along, along / city.travel.detour, tuple(grid for _, grid in sorted(touched))
    )
