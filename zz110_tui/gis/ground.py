"""The ground that cover is reckoned on, and what a unit reaches from where it stands.

From a city pack: places where calls come from (the demand points), their grids, and the posts a unit can be told to
stand at. Where a pack knows of no demand the grids' own ground counts, one place a map cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from zz110_tui.core.coverage import Ground, Reach
from zz110_tui.core.fillin import StandingPlace
from zz110_tui.core.places import Point
from zz110_tui.core.units import UnitKind
from zz110_tui.gis.city import City
from zz110_tui.gis.travel import TravelModel

Away = Callable[[Point, UnitKind, int], Sequence[float]]
"""Seconds from a point to every place of a ground, for a kind of unit, at a local hour."""

REMEMBERED = 4096


class CoverGround:
    """A city's places, posts and reaches. ``ground`` and ``reach(hour)`` are what ``core.coverage`` asks for.

    What a unit of a kind reaches from a point is remembered: units stand at few posts, so the question is almost always
    an old one.
    """

    def __init__(self, city: City, travel: TravelModel) -> None:
        self.city = city
        self.travel = travel
        self.points, weights, grids = _places(city)
        self.ground = Ground(weights, grids, {grid.id: grid.neighbours for grid in city.grids})
        self.posts = tuple(
            StandingPlace(post.id, post.name.text or post.id, post.point, post.grid) for post in city.posts
        )
        xy = [city.frame.xy(point) for point in self.points]
        self._xs = [x for x, _ in xy]
        self._ys = [y for _, y in xy]
        self._reach = lru_cache(maxsize=REMEMBERED)(self._find)

    def reach(self, hour: int) -> Reach:
        """The places a unit reaches at a local hour of the day, as ``core.coverage`` asks for them."""

        def found(point: Point, kind: UnitKind, seconds: float) -> int:
            return self._reach(point, kind, seconds, hour)

        return found

    def _find(self, point: Point, kind: UnitKind, seconds: float, hour: int) -> int:
        metres = self.travel.reach_m(seconds, kind, hour)
        x0, y0 = self.city.frame.xy(point)
        limit = metres * metres
        bits = "".join(
            "1" if (x - x0) * (x - x0) + (y - y0) * (y - y0) <= limit else "0"
            for x, y in zip(reversed(self._xs), reversed(self._ys), strict=True)
        )
        return int(bits, 2) if bits else 0


def _places(city: City) -> tuple[tuple[Point, ...], list[float], list[str]]:
    if city.demand.points:
        spots = city.demand.points
        return tuple(s.point for s in spots), [s.weight for s in spots], [s.grid for s in spots]
    points, grids = [], []
    cells = city.cells
    for row in range(cells.rows):
        for column in range(cells.columns):
            middle = cells.middle(cells.name(column, row))
            grid = city.grid_at(middle)
            if grid is not None:
                points.append(middle)
                grids.append(grid.id)
    return tuple(points), [1.0] * len(points), grids


@lru_cache(maxsize=4)
def cover_ground(city: City, travel: TravelModel) -> CoverGround:
    """The ground of a city; made once."""
    return CoverGround(city, travel)
