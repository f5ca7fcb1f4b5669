"""The ways out around a place (围堵): the fewest crossings that have to be held so that nobody gets past unseen.

On the pack's road net the crossings between an inner and an outer distance are candidates; the least set of them that
cuts every way from inside to outside is a minimum vertex cut, found by augmenting paths (Menger 1927, Ford and
Fulkerson 1956). A cut of a road net has few points, so a search for each of them is enough.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from zz110_tui.core.places import Point, distance_m
from zz110_tui.gis.geometry import Line

MOST_EXITS = 40
"""A ring with more ways out is no ring: the caller says so and asks for a smaller one."""

LONGEST_PIECE_M = 120.0
"""A straight piece of road gets points in between at about this distance: none is then longer than twice that."""
LEAST_WIDTH_M = 2.5 * LONGEST_PIECE_M
"""A ring has to be wider than the longest piece, or a road may jump over it."""

_State = tuple[Point, bool]
"""A point, and whether a way has gone through it already."""
Net = Mapping[Point, frozenset[Point]]


@dataclass(frozen=True, slots=True)
class Ring:
    """The crossings to hold, and how many metres from the centre the ring begins and ends."""

    exits: tuple[Point, ...]
    inner_m: float
    outer_m: float


def road_net(lines: Iterable[Line], longest_m: float = LONGEST_PIECE_M) -> dict[Point, frozenset[Point]]:
    """Vertices and what they are joined to. One-way roads are ways out both ways: who flees does not mind.

    A long straight piece gets points in between, so that a ring smaller than a block still crosses it somewhere.
    """
    joined: dict[Point, set[Point]] = {}
    for line in lines:
        for a, b in pairwise(line):
            before = a
            pieces = max(1, int(distance_m(a, b) / longest_m))
            for piece in range(1, pieces + 1):
                share = piece / pieces
                here = (
                    b
                    if piece == pieces
                    else Point(round(a.lon + (b.lon - a.lon) * share, 6), round(a.lat + (b.lat - a.lat) * share, 6))
                )
                if here != before:
                    joined.setdefault(before, set()).add(here)
                    joined.setdefault(here, set()).add(before)
                before = here
    return {point: frozenset(others) for point, others in joined.items()}


def ways_out(net: Net, centre: Point, inner_m: float, outer_m: float) -> Ring:
    """The fewest points of the net between two distances that cut every way from inside the inner to beyond the outer.

    Of cuts with the same number of points the one nearest to the centre, so that the ring is small. Empty when nothing
    inside is joined to anything outside (then the place is outside the net, or the net ends before). Raises ValueError
    for distances in the wrong order, and when more than :data:`MOST_EXITS` would be needed.
    """
    if not 0 <= inner_m <= outer_m - LEAST_WIDTH_M:
        raise ValueError(f"a ring is at least {LEAST_WIDTH_M:g} m wide")
    away = {point: distance_m(centre, point) for point in net}
    inside = {point for point, metres in away.items() if metres <= inner_m}
    if not inside and net:
        nearest = min(net, key=lambda point: (away[point], point.lon, point.lat))
        if away[nearest] >= outer_m:
            return Ring((), inner_m, outer_m)
        inside = {nearest}
    flow = _Flow(net, inside, {point for point, metres in away.items() if metres > outer_m})
    while flow.augment():
        if flow.paths > MOST_EXITS:
            raise ValueError(f"more than {MOST_EXITS} ways out")
    cut = flow.cut()
    return Ring(tuple(sorted(cut, key=lambda p: (away[p], p.lon, p.lat))), inner_m, outer_m)


class _Flow:
    """Vertex-disjoint ways from inside to outside. Each point is split into an entrance and a way out, joined once."""

    def __init__(self, net: Net, inside: set[Point], outside: set[Point]) -> None:
        self.paths = 0
        self._net = net
        self._inside = inside
        self._outside = outside
        self._ways: set[tuple[Point, Point]] = set()
        """Pieces of road that a way goes along, in its direction."""
        self._next: dict[Point, Point] = {}
        """On a way: the point after this one."""
        self._before: dict[Point, Point] = {}
        self._used: set[Point] = set()
        """Points between that a way goes through."""

    def _search(self) -> tuple[dict[_State, _State | None], _State | None]:
        """Breadth first over (point, whether we have gone through it). Ends at a point outside."""
        came: dict[_State, _State | None] = {(p, True): None for p in sorted_points(self._inside)}
        queue = deque(came)
        while queue:
            state = queue.popleft()
            point, through = state
            for step in self._steps(point, through):
                if step in came:
                    continue
                came[step] = state
                if step[0] in self._outside:
                    return came, step
                queue.append(step)
        return came, None

    def _steps(self, point: Point, through: bool) -> Iterable[tuple[Point, bool]]:
        if not through:
            # At the entrance of a point in use: only back along the way that came in, unless it is not in use.
            if point in self._used:
                back = self._before.get(point)
                if back is not None:
                    yield back, True
            else:
                yield point, True
            return
        if point in self._used:
            yield point, False  # undo going through
        for other in sorted_points(self._net[point]):
            if other in self._inside or self._next.get(point) == other:
                continue
            yield other, False

    def augment(self) -> bool:
        """One more way; whether there was one."""
        came, end = self._search()
        if end is None:
            return False
        states = [end]
        while (previous := came[states[-1]]) is not None:
            states.append(previous)
        states.reverse()
        added, dropped = [], []
        for (a, a_through), (b, b_through) in pairwise(states):
            if a == b:
                continue
            if a_through and not b_through:
                added.append((a, b))
            elif not a_through and b_through:
                dropped.append((b, a))
        self._ways = (self._ways - set(dropped)) | set(added)
        self._follow()
        self.paths += 1
        return True

    def _follow(self) -> None:
        """What the ways say about each point."""
        self._next, self._before, self._used = {}, {}, set()
        for a, b in self._ways:
            if a not in self._inside:
                self._next[a] = b
                self._used.add(a)
            if b not in self._outside:
                self._before[b] = a
                self._used.add(b)

    def cut(self) -> set[Point]:
        """The points whose entrance is reached but not their way out: nearest to the inside."""
        came, _ = self._search()
        return {
            point
            for point, through in came
            if not through and (point, True) not in came and point not in self._inside and point not in self._outside
        }


def sorted_points(points: Iterable[Point]) -> list[Point]:
    """In an order that is the same on every machine."""
    return sorted(points, key=lambda p: (p.lon, p.lat))
