"""The ground that cover is reckoned on, and what a unit reaches from where it stands.

From a city pack: places where calls come from (the demand points), their grids, and the posts a unit can be told to
stand at. Where a pack knows of no demand the grids' own ground counts, one place a map cell.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from zz110_tui.core.coverage import Ground, Reach
from zz110_tui.core.fillin import Outlook, Standing, StandingPlace
from zz110_tui.core.places import Point
from zz110_tui.core.units import UnitKind
from zz110_tui.gis.city import City
from zz110_tui.gis.travel import SHORTEST_S, TravelModel

if TYPE_CHECKING:
    from zz110_tui.gis.roadgraph import Floats
    from zz110_tui.gis.roadsnap import Spots
    from zz110_tui.gis.roadtimes import RoadTimes

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
        # A station's gate and a post on the same spot are one place to stand at.
        spots = {post.point: post for post in reversed(city.posts)}
        self.posts = tuple(
            StandingPlace(post.id, post.name.text or post.id, post.point, post.grid)
            for post in city.posts
            if spots[post.point] is post
        )
        xy = [city.frame.xy(point) for point in self.points]
        self._xs = [x for x, _ in xy]
        self._ys = [y for _, y in xy]
        self._on_roads: Spots | None = None
        self._reach = lru_cache(maxsize=REMEMBERED)(self._find)
        self._late = lru_cache(maxsize=REMEMBERED)(self._find_late)
        self._late_from_posts = lru_cache(maxsize=256)(self._find_late_from_posts)
        self._like: dict[UnitKind, UnitKind] = {}
        self.own = {unit.call_sign: unit.post_point for unit in city.units}
        """The post of each unit by the pack."""

    def reach(self, hour: int) -> Reach:
        """The places a unit reaches at a local hour of the day, as ``core.coverage`` asks for them."""

        def found(point: Point, kind: UnitKind, seconds: float) -> int:
            return self._reach(point, kind, seconds, hour)

        return found

    def outlook(self, standing: Sequence[Standing], hour: int, within_s: float) -> Outlook:
        """What to expect of calls, as ``core.fillin`` asks for it."""
        return _Expected(self, standing, hour % 24, within_s)

    def late(self, point: Point, kind: UnitKind, hour: int, within_s: float) -> Floats:
        """For each place the chance that a unit which stands at a point needs longer than some seconds."""
        return self._late(point, kind, hour, within_s)

    def late_from_posts(self, kind: UnitKind, hour: int, within_s: float) -> Floats:
        """A row of :meth:`late` for each post. Kinds that drive alike share theirs."""
        return self._late_from_posts(self.like(kind), hour, within_s)

    def like(self, kind: UnitKind) -> UnitKind:
        """One of the kinds that drive as fast as this one; the same for all of them."""
        found = self._like.get(kind)
        if found is None:
            pace = self.travel.pace
            found = self._like[kind] = next((k for k in UnitKind if pace(k) == pace(kind)), kind)
        return found

    def late_of(self, standing: Sequence[Standing], hour: int, within_s: float) -> Floats:
        """A row of :meth:`late` for each of some units; a new array. Nearly all of them stand at posts."""
        import numpy as np

        known = self.number_of_post
        by_kind: dict[UnitKind, Floats] = {}
        rows = np.empty((len(standing), len(self.points)))
        for number, unit in enumerate(standing):
            post = known.get(unit.point)
            if post is None:
                rows[number] = self.late(unit.point, unit.kind, hour, within_s)
                continue
            posts = by_kind.get(unit.kind)
            if posts is None:
                posts = by_kind[unit.kind] = self.late_from_posts(unit.kind, hour, within_s)
            rows[number] = posts[post]
        return rows

    @cached_property
    def number_of_post(self) -> dict[Point, int]:
        return {post.point: number for number, post in enumerate(self.posts)}

    def _find_late_from_posts(self, kind: UnitKind, hour: int, within_s: float) -> Floats:
        import numpy as np

        return np.array([self.late(post.point, kind, hour, within_s) for post in self.posts])

    @cached_property
    def weights(self) -> Floats:
        import numpy as np

        return np.array(self.ground.weights)

    def seconds(self, point: Point, kind: UnitKind, hour: int) -> Floats:
        """How long a unit that stands at a point needs to each place, turning out included."""
        import numpy as np

        rules, roads = self.travel.rules, self.travel.roads
        if roads is None:
            x0, y0 = self.city.frame.xy(point)
            metres = np.hypot(np.array(self._xs) - x0, np.array(self._ys) - y0) * rules.detour
            drive = metres / (self.travel.metres_per_second(kind, hour) * rules.emergency)
        else:
            drive = roads.to_each(point, self._spots(roads), hour) / self.travel.pace(kind)
        seconds: Floats = np.maximum(SHORTEST_S, rules.turn_out_s + drive)
        return seconds

    def _spots(self, roads: RoadTimes) -> Spots:
        """Where the places meet the net: found once."""
        if self._on_roads is None:
            self._on_roads = roads.spots(self.points)
        return self._on_roads

    def _find_late(self, point: Point, kind: UnitKind, hour: int, within_s: float) -> Floats:
        import numpy as np

        rules, seconds = self.travel.rules, self.seconds(point, kind, hour)
        if rules.spread <= 0:
            late: Floats = (seconds > within_s).astype(float)
            return late
        z = (math.log(within_s) - np.log(seconds)) / (rules.spread * math.sqrt(2))
        return np.array([0.5 * math.erfc(value) for value in z.tolist()])

    def _find(self, point: Point, kind: UnitKind, seconds: float, hour: int) -> int:
        import numpy as np

        within = self.seconds(point, kind, hour) <= seconds
        return int.from_bytes(np.packbits(within, bitorder="little").tobytes(), "little")


class _Expected:
    """An outlook: for each place the best unit, and the second best for when that one leaves.

    A unit that moves makes better what one unit more would there, and is missed in the places where it was the best.
    """

    def __init__(self, ground: CoverGround, standing: Sequence[Standing], hour: int, within_s: float) -> None:
        import numpy as np

        self._ground, self._standing = ground, standing
        self._hour, self._within_s = hour, within_s
        rows = ground.late_of(standing, hour, within_s)
        self._best = rows.min(0)
        self._who = (rows == self._best).argmax(0)
        if len(standing) > 1:
            rows[self._who, np.arange(rows.shape[1])] = np.inf
            self._second = rows.min(0)
        else:
            self._second = np.ones_like(self._best)
        self.late = float(ground.weights @ self._best)
        self._kinds = [ground.like(unit.kind) for unit in standing]
        self._fastest = max(set(self._kinds), key=ground.travel.pace)
        self._after_at: dict[tuple[int, UnitKind], list[float]] = {}
        self._asked: tuple[Point | None, int | None] = (None, None)

    def _row(self, place: Point, kind: UnitKind) -> Floats:
        return self._ground.late(place, kind, self._hour, self._within_s)

    def _at_posts(self) -> list[float]:
        """The share expected to be late with one unit more of the fastest kind at each post of the city."""
        import numpy as np

        rows = self._ground.late_from_posts(self._fastest, self._hour, self._within_s)
        late: list[float] = (np.minimum(self._best, rows) @ self._ground.weights).tolist()
        return late

    def added(self, places: Sequence[Point]) -> list[float]:
        known, late = self._ground.number_of_post, self._at_posts()
        posts = [known.get(place) for place in places]
        return [
            self._elsewhere(place) if post is None else late[post] for place, post in zip(places, posts, strict=True)
        ]

    def _elsewhere(self, place: Point) -> float:
        """What :meth:`added` is for a place that is no post."""
        import numpy as np

        return float(self._ground.weights @ np.minimum(self._best, self._row(place, self._fastest)))

    def _after(self, number: int, place: Point) -> Floats:
        import numpy as np

        rest = np.where(self._who == number, self._second, self._best)
        after: Floats = np.minimum(rest, self._row(place, self._standing[number].kind))
        return after

    def moved(self, number: int, place: Point) -> float:
        if place is not self._asked[0]:
            self._asked = (place, self._ground.number_of_post.get(place))
        post = self._asked[1]
        if post is None:
            return float(self._ground.weights @ self._after(number, place))
        kind = self._kinds[number]
        after = self._after_at.get((post, kind))
        if after is None:
            after = self._after_at[post, kind] = self._from_each(post, kind)
        return after[number]

    def _from_each(self, post: int, kind: UnitKind) -> list[float]:
        """What :meth:`moved` is for each of those who stand, if they were of a kind: what one unit more would do
        there, and what is missed where the one that came was the best."""
        import numpy as np

        weights = self._ground.weights
        row = self._ground.late_from_posts(kind, self._hour, self._within_s)[post]
        there = np.minimum(row, self._best)
        missed = np.bincount(self._who, (np.minimum(row, self._second) - there) * weights, len(self._standing))
        after: list[float] = (missed + weights @ there).tolist()
        return after

    def grid(self, number: int, place: Point) -> str:
        won = (self._ground.weights * (self._best - self._after(number, place))).tolist()
        by_grid: dict[str, float] = {}
        for grid, share in zip(self._ground.ground.grids, won, strict=True):
            by_grid[grid] = by_grid.get(grid, 0.0) + share
        return max(by_grid.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0.0))[0]


def seconds_to(travel: TravelModel, point: Point, places: Sequence[Point], kind: UnitKind, hour: int) -> list[float]:
    """How long a unit that stands at a point needs to each of many places: one search, where there are roads."""
    roads = travel.roads
    if roads is None:
        return [travel.estimate(point, place, kind, hour).seconds for place in places]
    drive = roads.to_each(point, places, hour) / travel.pace(kind)
    found: list[float] = (travel.rules.turn_out_s + drive).tolist()
    return found


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
