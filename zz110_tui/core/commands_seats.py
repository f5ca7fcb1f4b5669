"""Commands about the seats of the room: locked, freed, handed over; and personal data looked at."""

from __future__ import annotations

from zz110_tui.core.records import dataclass


@dataclass(frozen=True, slots=True)
class LockDesk:
    """Cover the desk (锁屏): nothing can be done from it until who locked it is back."""


@dataclass(frozen=True, slots=True)
class UnlockDesk:
    pass


@dataclass(frozen=True, slots=True)
class FreeDesk:
    """A supervisor frees a locked seat whose person does not come back."""

    desk: str
    reason: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """Hand this desk over (交接班) to the person ``to``; "" leaves the notes for whoever comes next."""

    to: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReadHandOver:
    """The notes left at this desk have been read."""


@dataclass(frozen=True, slots=True)
class Unmask:
    """See the caller's data of a report as they are; ``reason`` says why they are needed."""

    report: int
    reason: str
