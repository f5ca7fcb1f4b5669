"""Facts about the seats of the room, and about personal data that somebody looked at."""

from __future__ import annotations

from zz110_tui.core.records import dataclass


@dataclass(frozen=True, slots=True)
class DeskLocked:
    desk: str
    person: str
    at: int


@dataclass(frozen=True, slots=True)
class DeskUnlocked:
    desk: str
    person: str
    at: int


@dataclass(frozen=True, slots=True)
class DeskFreed:
    """A supervisor freed the seat that ``person`` had locked: nobody sits there now."""

    desk: str
    person: str
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class DeskHandedOver:
    """``arriving`` sits there now ("" while nobody does yet). What was open in the room at that moment is named."""

    desk: str
    leaving: str
    arriving: str
    note: str
    reports: tuple[int, ...]
    incidents: tuple[int, ...]
    alarms: int
    at: int


@dataclass(frozen=True, slots=True)
class HandOverRead:
    """``person`` has read the notes left at the desk, up to the one of position ``upto``."""

    desk: str
    person: str
    upto: int
    at: int


@dataclass(frozen=True, slots=True)
class DataUnmasked:
    """Somebody looked at the caller's data of a report: who, when and where is the entry's, why is ``reason``."""

    report: int
    incident: int
    reason: str
    at: int
