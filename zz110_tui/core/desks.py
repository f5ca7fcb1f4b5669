"""Desks (席位): seats in the room, who sits there, and which duty it does."""

from __future__ import annotations

from enum import StrEnum

from zz110_tui.core.records import dataclass


class Duty(StrEnum):
    """What a desk, or a machine in its place, may do. ``SYSTEM`` is the core's own timers."""

    TAKE = "take"
    DISPATCH = "dispatch"
    SUPERVISE = "supervise"
    TRAIN = "train"
    AUDIT = "audit"
    ADMIN = "admin"
    UNIT = "unit"
    GATEWAY = "gateway"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the person, the desk, its duty, and the way the command came (``keyboard``, ``cli``, ``drill`` …)."""

    person: str
    desk: str
    duty: Duty = Duty.DISPATCH
    channel: str = "keyboard"


SYSTEM = Actor("", "core", Duty.SYSTEM, "timer")
"""The core acting by itself, when a deadline passes."""


_UNIT_SEAT = "unit "


def unit_seat(call_sign: str) -> str:
    """What stands for the desk where a unit itself reports: ``unit 03``. No seat of the room has such a name."""
    return f"{_UNIT_SEAT}{call_sign}"


def unit_at(seat: str) -> str:
    """The call sign of the unit that reports there; empty at a seat of the room."""
    return seat.removeprefix(_UNIT_SEAT) if seat.startswith(_UNIT_SEAT) else ""


@dataclass(frozen=True, slots=True)
class Desk:
    """A seat as the board shows it; ``since`` in UTC milliseconds."""

    id: str
    person: str
    duty: Duty
    since: int
    staffed: bool = True
    version: int = 0
    locked_at: int = 0
    """Since when it is locked (UTC ms), by its ``person``; 0 while it is not."""


@dataclass(frozen=True, slots=True)
class HandOverNote:
    """What ``leaving`` left at a desk for the next one, and what was open then. ``position`` is its entry's."""

    position: int
    leaving: str
    arriving: str
    text: str
    reports: tuple[int, ...]
    incidents: tuple[int, ...]
    alarms: int
    at: int
