"""Driving times over a road graph: from everywhere to one place, from one place to everywhere, between two places.

A point is snapped onto the nearest road, not to the nearest crossing. The way from the point to that road is driven
over unknown ground: straight line times the detour factor, at the speed of a lane. Where both ends lie far from any
road, the same holds for the whole way if that is quicker. Speeds are by road class and hour of the day
(``[travel.road_kmh]`` and ``[travel.road_hours]`` of the pack) for a kind of unit that drives ``default_kmh``; other
kinds are proportional.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from zz110_tui.core.places import Point, distance_m
from zz110_tui.gis.features import NO_ROAD_M, ROAD_CLASSES, RoadClass, TravelRules
from zz110_tui.gis.roadcontract import ContractedSearch, search_over
from zz110_tui.gis.roadgraph import RoadGraph
from zz110_tui.gis.roadsearch import TableSearch
from zz110_tui.gis.roadsnap import RoadRaster, Spot, Spots

if TYPE_CHECKING:
    from zz110_tui.gis.roadgraph import Floats
    from zz110_tui.gis.roadway import Way

MOST_FIELDS = 256
MOST_FIELD_NODES = 4_000_000
"""Fields of one place are kept for the next question; at most this many, of this many nodes together (32 MB)."""
MOST_WAYS = 512
MOST_SAME = 2_000_000
"""Times to places that are asked about again and again (16 MB)."""
LARGE = 20_000
"""Nodes. Of a larger net only a few hours are kept ready to be searched."""

Speeds = tuple[float, ...]
"""Metres per second by road class, in the order of ROAD_CLASSES."""


@dataclass(frozen=True, eq=False)
class Field:
    """Driving times between one place and every node: to the place (``inbound``), or from it.

    ``seconds[i]`` is for node ``i``. The times of places between nodes come from :meth:`at`.
    """

    place: Point
    spot: Spot
    inbound: bool
    seconds: Floats
    access_s: float
    """From the place to its road; it is in ``seconds`` already."""
    edge_s: Floats
    """Seconds along each edge at this hour."""
    graph: RoadGraph

    def at(self, spot: Spot) -> float:
        """Driving seconds between a spot and the place, without what lies between the spot and its own point."""
        graph, edge, share = self.graph, spot.edge, spot.share
        tail, head, twin = graph.tail[edge], graph.head[edge], graph.twin[edge]
        there = float(self.edge_s[edge])
        back = float(self.edge_s[twin]) if twin >= 0 else float("inf")
        if self.inbound:
            best = min((1 - share) * there + float(self.seconds[head]), _times(share, back) + float(self.seconds[tail]))
            ahead = self.spot.share - share
        else:
            best = min(share * there + float(self.seconds[tail]), _times(1 - share, back) + float(self.seconds[head]))
            ahead = share - self.spot.share
        if edge == self.spot.edge:
            best = min(best, self.access_s + (ahead * there if ahead >= 0 else -ahead * back))
        return best

    def at_all(self, spots: Spots) -> Floats:
        """:meth:`at` for many spots at once, in their order."""
        import numpy as np

        graph, edge, share = self.graph, spots.edge, spots.share
        twin = graph.twin[edge]
        there = self.edge_s[edge]
        back = np.where(twin >= 0, self.edge_s[twin], np.inf)
        at_tail, at_head = self.seconds[graph.tail[edge]], self.seconds[graph.head[edge]]
        with np.errstate(invalid="ignore"):  # nothing of a way that does not exist is no number, which fmin passes over
            if self.inbound:
                ahead = self.spot.share - share
                best = np.fmin((1 - share) * there + at_head, np.where(share > 0, share * back, 0.0) + at_tail)
            else:
                ahead = share - self.spot.share
                best = np.fmin(share * there + at_tail, np.where(share < 1, (1 - share) * back, 0.0) + at_head)
            along = self.access_s + np.where(ahead >= 0, ahead * there, -ahead * back)
        same: Floats = np.where(edge == self.spot.edge, np.fmin(best, along), best)
        return same


def _times(share: float, seconds: float) -> float:
    return share * seconds if share > 0 else 0.0


class RoadTimes:
    """Driving times over one graph by the rules of one pack. The same question has the same answer."""

    def __init__(self, graph: RoadGraph, rules: TravelRules) -> None:
        self.graph = graph
        self.rules = rules
        self._fields: OrderedDict[tuple[Point, int, bool], Field] = OrderedDict()
        self._most = max(8, min(MOST_FIELDS, MOST_FIELD_NODES // max(1, graph.nodes)))
        self._same: OrderedDict[tuple[Point, int], Floats] = OrderedDict()
        self._same_spots: Spots | None = None
        self._speeds = [speeds_at(rules, hour) for hour in range(24)]
        # Hours at which all classes are equally much slower have the same shortest ways: one search serves them all.
        profiles: dict[Speeds, int] = {}
        self._profile: list[tuple[int, float]] = []
        for hour, speeds in enumerate(self._speeds):
            shape = tuple(round(speed / speeds[0], 9) for speed in speeds)
            first = profiles.setdefault(shape, hour)
            self._profile.append((first, self._speeds[first][0] / speeds[0]))
        self._search = lru_cache(maxsize=48 if graph.nodes < LARGE else 6)(self._make_search)
        self._edge_seconds = lru_cache(maxsize=24)(self._make_edge_seconds)
        self._ways = lru_cache(maxsize=MOST_WAYS)(self._find_way)

    @cached_property
    def raster(self) -> RoadRaster:
        return RoadRaster(self.graph)

    def snap(self, where: Point) -> Spot:
        """The nearest place on a road, and how many metres it is away from the point."""
        return self.raster.snap(where)

    def to(self, place: Point, hour: int) -> Field:
        """Driving times from every node to a place at a local hour of the day: one search."""
        return self._field(place, hour % 24, inbound=True)

    def away(self, place: Point, hour: int) -> Field:
        """Driving times from a place to every node."""
        return self._field(place, hour % 24, inbound=False)

    def between(self, a: Point, b: Point, hour: int) -> float:
        """Driving seconds from ``a`` to ``b``. Asking for many ``a`` and one ``b`` costs one search."""
        hour %= 24
        base, scale = self._profile[hour]
        return self._joined(a, self.snap(a), b, self._base_field(b, base, True), base) * scale

    def way(self, a: Point, b: Point, hour: int) -> Way:
        """The quickest way itself; the last ones asked for are kept."""
        return self._ways(a, b, hour % 24)

    def _find_way(self, a: Point, b: Point, hour: int) -> Way:
        from zz110_tui.gis.roadway import way

        return way(self, a, b, hour)

    def spots(self, points: Sequence[Point]) -> Spots:
        """Where many points meet the net: for whoever asks about the same ones again and again."""
        return self.raster.snap_all(points)

    def from_all(self, places: Sequence[Point], to: Point, hour: int) -> Floats:
        """Driving seconds from each of many places to one, in their order."""
        base, scale = self._profile[hour % 24]
        return self._with_access(self._base_field(to, base, True), self.raster.snap_all(places), base) * scale

    def to_each(self, place: Point, points: Sequence[Point] | Spots, hour: int) -> Floats:
        """Driving seconds from one place to each of many, in their order: what a unit there reaches, and when."""
        base, scale = self._profile[hour % 24]
        if isinstance(points, Spots):
            return self._to_same(place, points, base) * scale
        return self._with_access(self._base_field(place, base, False), self.raster.snap_all(points), base) * scale

    def _to_same(self, place: Point, spots: Spots, hour: int) -> Floats:
        """To spots that are asked about again and again: what was reckoned for one hour holds for all that slow alike,
        so that nothing is searched when the clock strikes."""
        if self._same_spots is not spots:
            self._same_spots = spots
            self._same.clear()
        key = place, hour
        found = self._same.get(key)
        if found is None:
            found = self._same[key] = self._with_access(self._base_field(place, hour, False), spots, hour)
            if len(self._same) * len(spots.points) > MOST_SAME:
                self._same.popitem(last=False)
        else:
            self._same.move_to_end(key)
        return found

    def _with_access(self, field: Field, spots: Spots, hour: int) -> Floats:
        """The times of a field at spots, and what lies between these and their points."""
        import numpy as np

        per_metre = self.rules.detour / self._speeds[hour][_LANE]
        seconds: Floats = field.at_all(spots) + spots.metres * per_metre
        if field.spot.metres > NO_ROAD_M:
            for i in np.flatnonzero(spots.metres > NO_ROAD_M).tolist():
                seconds[i] = min(seconds[i], distance_m(spots.points[i], field.place) * per_metre)
        return seconds

    def _joined(self, a: Point, spot: Spot, b: Point, field: Field, hour: int) -> float:
        lane = self._speeds[hour][_LANE]
        seconds = field.at(spot) + spot.metres * self.rules.detour / lane
        if spot.metres > NO_ROAD_M and field.spot.metres > NO_ROAD_M:
            seconds = min(seconds, distance_m(a, b) * self.rules.detour / lane)
        return seconds

    def _field(self, place: Point, hour: int, *, inbound: bool) -> Field:
        base, scale = self._profile[hour]
        found = self._base_field(place, base, inbound)
        if scale == 1.0:
            return found
        return Field(
            place, found.spot, inbound, found.seconds * scale, found.access_s * scale, found.edge_s * scale, self.graph
        )

    def _base_field(self, place: Point, hour: int, inbound: bool) -> Field:
        key = (place, hour, inbound)
        found = self._fields.get(key)
        if found is not None:
            with suppress(KeyError):  # another thread has just put it out
                self._fields.move_to_end(key)
            return found
        spot, graph, edge_s = self.snap(place), self.graph, self._edge_seconds(hour)
        access = spot.metres * self.rules.detour / self._speeds[hour][_LANE]
        edge, twin, share = spot.edge, graph.twin[spot.edge], spot.share
        tail, head, there = int(graph.tail[edge]), int(graph.head[edge]), float(edge_s[edge])
        back = float(edge_s[twin]) if twin >= 0 else float("inf")
        if inbound:
            seeds = [(tail, access + share * there), (head, access + _times(1 - share, back))]
        else:
            seeds = [(head, access + (1 - share) * there), (tail, access + _times(share, back))]
        seconds = self._search(hour, inbound).times([seed for seed in seeds if seed[1] < float("inf")])
        found = self._fields[key] = Field(place, spot, inbound, seconds, access, edge_s, graph)
        if len(self._fields) > self._most:
            self._fields.popitem(last=False)
        return found

    def _make_edge_seconds(self, hour: int) -> Floats:
        import numpy as np

        speeds = np.array(self._speeds[hour])
        seconds: Floats = self.graph.metres / speeds[self.graph.kind]
        return seconds

    def _make_search(self, hour: int, inbound: bool) -> TableSearch | ContractedSearch:
        graph = self.graph
        tail, head = (graph.head, graph.tail) if inbound else (graph.tail, graph.head)
        return search_over(graph.nodes, tail, head, self._edge_seconds(hour))


def speeds_at(rules: TravelRules, hour: int) -> Speeds:
    """Metres per second by road class at a local hour of the day."""
    by_class = dict(rules.road_hours)
    return tuple(
        kmh / 3.6 * by_class.get(kind, rules.hour_factors)[hour % 24]
        for kind, kmh in zip(ROAD_CLASSES, rules.road_kmh, strict=True)
    )


_LANE = ROAD_CLASSES.index(RoadClass.LANE)
