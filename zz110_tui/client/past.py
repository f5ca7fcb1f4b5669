"""The past: slips that have left the board, as far as somebody on this machine can be asked for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from zz110_tui.core.facts import Entry
from zz110_tui.core.figures import MissBudget
from zz110_tui.core.incidents import Incident, Report


@dataclass(frozen=True, slots=True)
class PastSlip:
    """A slip as it was last seen, with its calls and everything that happened to it, oldest first."""

    incident: Incident
    reports: tuple[Report, ...]
    chronology: tuple[Entry, ...]


class Past(Protocol):
    """Who knows filed slips. Answers take as long as a disk does; nobody waits for them with a screen.

    Raises Trouble where the history cannot be read.
    """

    async def find(self, words: str, start: int, end: int, limit: int) -> tuple[Incident, ...]:
        """Slips received in a period (UTC ms, the end not in it) in which all the words occur, newest first; of the
        whole period where there are no words."""
        ...

    async def budgets(self, start: int, end: int, headline_clock: str) -> tuple[MissBudget, ...]:
        """How many arrivals later than 5 and than 10 minutes the slips of a period (UTC ms) allow, on one clock."""
        ...

    async def slip(self, number: int) -> PastSlip | None: ...

    async def close(self) -> None: ...
