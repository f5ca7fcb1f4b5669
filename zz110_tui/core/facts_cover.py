"""Facts about cover: what has happened when somebody filled in, or a ring was closed."""

from __future__ import annotations

from zz110_tui.core.commands_cover import Hold
from zz110_tui.core.places import Point
from zz110_tui.core.records import dataclass


@dataclass(frozen=True, slots=True)
class UnitFilledIn:
    """A unit was told to move to a post that covers a hole. ``leaves`` is the post it had; the shares (per mille of all
    calls reached within ``radius_s`` seconds) are why."""

    unit: str
    post: str
    point: Point
    leaves: str
    grid: str
    before: int
    after: int
    radius_s: int
    at: int


@dataclass(frozen=True, slots=True)
class RingClosed:
    """Units were told which way out to hold around an incident; ``open`` are the places for which nobody was there."""

    incident: int
    centre: Point
    holds: tuple[Hold, ...]
    open: tuple[str, ...]
    at: int


CoverFact = UnitFilledIn | RingClosed
