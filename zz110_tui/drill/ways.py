"""Ways that units drive in a drill: where one is between two places, and how long the way back takes.

Shared by the drill through the engine and by the laboratory's kernel, so that both give the same trips.
"""

from __future__ import annotations

from dataclasses import dataclass

from zz110_tui.core.places import Point
from zz110_tui.core.units import UnitKind
from zz110_tui.gis.geometry import Frame
from zz110_tui.gis.travel import Estimate, TravelModel

NOON = 12
LEAST_MS = 1_000
"""Two reports of a unit lie at least a second apart."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A way from one point to another between two times (UTC ms)."""

    start: Point
    end: Point
    leaves: int
    arrives: int

    def at(self, now: int, frame: Frame, travel: TravelModel | None = None) -> Point:
        """Where the unit is: before it leaves, on its way, or where that ended. It drives along the roads that
        ``travel`` knows, those of noon; along the straight line without."""
        if now >= self.arrives:
            return self.end
        if now <= self.leaves:
            return self.start
        share = (now - self.leaves) / (self.arrives - self.leaves)
        way = travel.way(self.start, self.end, NOON) if travel is not None else None
        if way is not None:
            return way.at(share)
        (x1, y1), (x2, y2) = frame.xy(self.start), frame.xy(self.end)
        return frame.at(x1 + (x2 - x1) * share, y1 + (y2 - y1) * share)


def standing(where: Point, now: int) -> Leg:
    """A unit that stays where it is."""
    return Leg(where, where, now, now)


def home(travel: TravelModel, here: Point, post: Point, kind: UnitKind, hour: int, now: int) -> Leg:
    """The way back to a post, without hurry."""
    return Leg(here, post, now, now + round(1_000 * travel.drive_s(here, post, kind, hour, calm=True)))


def whole_way_ms(estimate: Estimate, luck: float) -> int:
    """From dispatch to arrival, with the scatter of a standard normal value; room for every report in between."""
    return max(4 * LEAST_MS, round(1_000 * estimate.at_quantile(luck)))


def reports_ms(sign: int, set_out: int, total: int) -> tuple[int, int]:
    """When a unit signs and sets out, counted from dispatch: before it arrives, a second apart at least."""
    signed = _between(LEAST_MS, sign, total - 3 * LEAST_MS)
    return signed, _between(signed + LEAST_MS, set_out, total - LEAST_MS)


def _between(low: int, value: int, high: int) -> int:
    return max(low, min(value, high))
