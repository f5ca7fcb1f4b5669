"""How long a unit needs to get there, and how sure that is.

Over the city's roads (:mod:`zz110_tui.gis.roadtimes`), or where a pack has none a straight line times a detour factor,
at a speed by kind of unit and hour of the day; plus a constant for turning out (reading the order, starting the car).
Real arrival times scatter around that with a log-normal spread. The numbers are data of the city pack (``[travel]`` in
``city.toml``); the shipped ones are set so that the closest free of 15 units reaches about 94 % of calls within five
minutes of dispatch (product.md, calibration table).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zz110_tui.core.places import Point, distance_m
from zz110_tui.core.units import Unit, UnitKind, whereabouts
from zz110_tui.gis.features import NO_ROAD_M, TravelRules

if TYPE_CHECKING:
    from zz110_tui.gis.city import City
    from zz110_tui.gis.roadtimes import RoadTimes
    from zz110_tui.gis.roadway import Way

FRESH_S = 60.0
"""A position this old is as good as a new one."""
UNSURE_PER_S = 0.1
MOST_UNSURE_S = 180.0
ASSUMED_UNSURE_S = 60.0
SHORTEST_S = 1.0
"""Nobody arrives before the second they were sent in."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A travel time: ``seconds`` is the median, ``spread`` the standard deviation of its logarithm. ``no_road`` where
    no road is known for the way or for a good part of it: then it is the straight line times the detour factor."""

    seconds: float
    spread: float
    no_road: bool = False

    def chance_within(self, limit_s: float) -> float:
        """Chance (0 to 1) of arriving within a limit."""
        if limit_s <= 0:
            return 0.0
        if self.spread <= 0:
            return 1.0 if self.seconds <= limit_s else 0.0
        return 0.5 * math.erfc((math.log(self.seconds) - math.log(limit_s)) / (self.spread * math.sqrt(2)))

    def at_quantile(self, z: float) -> float:
        """Seconds for a standard normal value ``z`` (0 is the median): how a simulation draws a travel time."""
        return self.seconds * math.exp(self.spread * z)


class TravelModel:
    """Travel times over the city's roads, or by straight line and detour where it has none. Pure: the same question has
    the same answer."""

    def __init__(self, rules: TravelRules, city: City | None = None) -> None:
        self.rules = rules
        self._city = city
        self._kmh = dict(rules.kmh)

    @property
    def roads(self) -> RoadTimes | None:
        """The road net these times are driven on, loaded when first asked for."""
        return self._city.road_times if self._city is not None else None

    def pace(self, kind: UnitKind) -> float:
        """How much faster than ``default_kmh`` a kind of unit drives on its way to a call: 1 is as fast."""
        return self._kmh.get(kind, self.rules.default_kmh) / self.rules.default_kmh * self.rules.emergency

    def metres_per_second(self, kind: UnitKind, at_hour: int) -> float:
        """Speed along the road at a local hour of the day (0 to 23), where the class of the road is not known."""
        return self._kmh.get(kind, self.rules.default_kmh) / 3.6 * self.rules.hour_factors[at_hour % 24]

    def drive_s(self, a: Point, b: Point, kind: UnitKind, at_hour: int, *, calm: bool = False) -> float:
        """Seconds at the wheel from ``a`` to ``b``; ``calm`` without light and siren. Many ``a`` and one ``b`` cost one
        search."""
        calmly = self.rules.emergency if calm else 1.0
        if (roads := self.roads) is not None:
            return roads.between(a, b, at_hour) / self.pace(kind) * calmly
        speed = self.metres_per_second(kind, at_hour) * self.rules.emergency
        return distance_m(a, b) * self.rules.detour / speed * calmly

    def way(self, a: Point, b: Point, at_hour: int) -> Way | None:
        """The roads from ``a`` to ``b``, in the times of a unit that drives ``default_kmh``; None where no road is
        known."""
        roads = self.roads
        return roads.way(a, b, at_hour) if roads is not None else None

    def estimate(self, a: Point, b: Point, kind: UnitKind, at_hour: int, unsure_s: float = 0.0) -> Estimate:
        """Travel time from ``a`` to ``b`` for a unit that is told now, at a local hour of the day.

        ``unsure_s`` is how far it may really be from ``a``, as a standard deviation in seconds of driving
        (:func:`unsure_of`): the median stays, the spread grows.
        """
        drive = self.drive_s(a, b, kind, at_hour)
        seconds = max(SHORTEST_S, self.rules.turn_out_s + drive)
        return Estimate(seconds, _widened(self.rules.spread, unsure_s / seconds), self.no_road(a, b))

    def no_road(self, a: Point, b: Point) -> bool:
        """Whether the way between two points is a guess by the straight line: without a net, or with an end that lies
        farther from any road than somebody would walk."""
        roads = self.roads
        return roads is None or max(roads.snap(a).metres, roads.snap(b).metres) > NO_ROAD_M

    def reach_m(self, seconds: float, kind: UnitKind, at_hour: int) -> float:
        """Straight-line metres a unit covers within a time, roads or not: the round sketch of its ring (快速反应圈)."""
        drive = max(0.0, seconds - self.rules.turn_out_s)
        return drive * self.metres_per_second(kind, at_hour) * self.rules.emergency / self.rules.detour


def unsure_of(unit: Unit, now: int) -> float:
    """How far a unit may be from where it is taken to be, as a standard deviation in seconds of driving.

    A unit that was just seen is where it was seen. An older position may have been left: the deviation grows with its
    age, by a tenth (it stands most of the time), up to three minutes. One of which nothing was heard is assumed at its
    post, and mostly is: a minute. These are estimates, not measurements; a feed of positions makes them superfluous.
    """
    _, assumed = whereabouts(unit, now)
    if assumed:
        return ASSUMED_UNSURE_S
    age_s = (now - unit.position_at) / 1000
    return min(MOST_UNSURE_S, max(0.0, age_s - FRESH_S) * UNSURE_PER_S)


def _widened(spread: float, relative: float) -> float:
    """Two independent errors of one log-normal time: the logarithm's variances add (Aitchison and Brown 1957)."""
    return math.sqrt(spread * spread + math.log1p(relative * relative)) if relative > 0 else spread


def travel_of(city: City) -> TravelModel:
    """The travel model of a city: over its roads, where its pack has any."""
    return TravelModel(city.travel, city)
