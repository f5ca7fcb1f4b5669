"""How long a unit needs to get there, and how sure that is.

A straight line times a detour factor, at a speed by kind of unit and hour of the day, plus a constant for turning out
(reading the order, starting the car). Real arrival times scatter around that with a log-normal spread. The numbers are
data of the city pack (``[travel]`` in ``city.toml``); the shipped ones are set so that the closest free of 15 units
reaches about 94 % of calls within five minutes of dispatch (product.md, calibration table).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from zz110_tui.core.places import Point, distance_m
from zz110_tui.core.units import UnitKind
from zz110_tui.gis.features import TravelRules

SHORTEST_S = 1.0
"""Nobody arrives before the second they were sent in."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A travel time: ``seconds`` is the median, ``spread`` the standard deviation of its logarithm."""

    seconds: float
    spread: float

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
    """Travel times by straight line and detour. Pure: the same question has the same answer."""

    def __init__(self, rules: TravelRules) -> None:
        self.rules = rules
        self._kmh = dict(rules.kmh)

    def metres_per_second(self, kind: UnitKind, at_hour: int) -> float:
        """Speed along the road at a local hour of the day (0 to 23)."""
        return self._kmh.get(kind, self.rules.default_kmh) / 3.6 * self.rules.hour_factors[at_hour % 24]

    def estimate(self, a: Point, b: Point, kind: UnitKind, at_hour: int) -> Estimate:
        """Travel time from ``a`` to ``b`` for a unit that is told now, at a local hour of the day."""
        drive = distance_m(a, b) * self.rules.detour / self.metres_per_second(kind, at_hour)
        return Estimate(max(SHORTEST_S, self.rules.turn_out_s + drive), self.rules.spread)

    def reach_m(self, seconds: float, kind: UnitKind, at_hour: int) -> float:
        """Straight-line metres a unit covers within a time: the radius of its ring (快速反应圈)."""
        drive = max(0.0, seconds - self.rules.turn_out_s)
        return drive * self.metres_per_second(kind, at_hour) / self.rules.detour
