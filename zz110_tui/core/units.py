"""Units (梯队、警力单元): what is sent, and what each is doing now."""

from __future__ import annotations

from enum import StrEnum

from zz110_tui.core.places import Point
from zz110_tui.core.records import dataclass


class UnitKind(StrEnum):
    """What can be sent (警力种类). The names are those of the service's own tables."""

    PATROL_RESPONSE = "patrol_response"
    MOBILE_RESERVE = "mobile_reserve"
    PLAIN_CLOTHES = "plain_clothes"
    ASSAULT_SQUAD = "assault_squad"
    STATION_UNIT = "station_unit"
    TRAFFIC = "traffic"
    SWAT = "swat"
    ARMED_POLICE = "armed_police"
    DRONE = "drone"
    WATER_RESCUE = "water_rescue"
    VOLUNTEERS = "volunteers"


class UnitStatus(StrEnum):
    """What a unit is doing when it is on no incident; on one, its assignment says."""

    OFF_DUTY = "off_duty"
    FREE = "free"
    OUT_OF_SERVICE = "out_of_service"


BACK_AFTER_MS = 900_000
"""A free unit of which nothing was heard for this long (15 minutes) is assumed back at its post."""


@dataclass(frozen=True, slots=True)
class UnitProfile:
    """A unit as the city pack describes it: it changes with the pack, not with the day.

    ``second_line`` marks a unit that is recommended only when no first-line unit is near (派出所二线车).
    """

    call_sign: str
    kind: UnitKind
    name: str
    crew: int
    home_grid: str
    post: str
    post_point: Point
    station: str = ""
    second_line: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit now. ``incidents`` are the numbers it is assigned to, the one it works on first.

    ``position`` is where it was last known to be, at ``position_at`` (UTC ms); None and 0 while nobody knows: then it
    is assumed at its post (:func:`whereabouts`). ``status_at`` and ``version`` tell when and by which journal position
    the unit last changed.
    """

    profile: UnitProfile
    status: UnitStatus = UnitStatus.OFF_DUTY
    status_at: int = 0
    reason: str = ""
    position: Point | None = None
    position_at: int = 0
    incidents: tuple[int, ...] = ()
    version: int = 0

    @property
    def call_sign(self) -> str:
        return self.profile.call_sign

    @property
    def available(self) -> bool:
        """Free to be sent without leaving anything."""
        return self.status is UnitStatus.FREE and not self.incidents


def whereabouts(unit: Unit, now: int) -> tuple[Point, bool]:
    """Where a unit most likely is at ``now`` (UTC ms), and whether that is only assumed: then it is its post."""
    silent = now - max(unit.position_at, unit.status_at)
    if unit.position is None or (not unit.incidents and silent > BACK_AFTER_MS):
        return unit.profile.post_point, True
    return unit.position, False
