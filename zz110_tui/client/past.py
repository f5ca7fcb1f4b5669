"""The past: slips that have left the board, asked for over the link, whichever kind of link it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import msgspec

from zz110_tui.client.link import Link
from zz110_tui.core.alarms import SubjectKind
from zz110_tui.core.figures import MissBudget
from zz110_tui.core.incidents import Incident, Report
from zz110_tui.core.matters import Matter
from zz110_tui.wire.asking import (
    FOR_EVER,
    MOST_ITEMS,
    FindSlips,
    ListMatters,
    ListReports,
    ListSlips,
    MonthBudgets,
    OneSlip,
    PastSlip,
    Question,
    read_items,
)


class Past(Protocol):
    """Who knows filed slips. Answers take as long as a disk and a line do; nobody waits for them with a screen.

    Raises Trouble where the history cannot be read, or is not this desk's to read.
    """

    async def find(self, words: str, start: int, end: int, limit: int, *, place: bool = False) -> tuple[Incident, ...]:
        """Slips received in a period (UTC ms, the end not in it) in which all the words occur, newest first; of the
        whole period where there are no words. ``place``: a desk asks by itself what happened at a place before."""
        ...

    async def budgets(self, start: int, end: int, headline_clock: str) -> tuple[MissBudget, ...]:
        """How many arrivals later than 5 and than 10 minutes the slips of a period (UTC ms) allow, on one clock."""
        ...

    async def slip(self, number: int) -> PastSlip | None: ...


class LinkPast:
    """The past that a link's core knows."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def find(self, words: str, start: int, end: int, limit: int, *, place: bool = False) -> tuple[Incident, ...]:
        asked = FindSlips(words[:400], start, min(end, FOR_EVER), why="place" if place else "search")
        return await self._pages(asked, "skip", limit)

    async def budgets(self, start: int, end: int, headline_clock: str) -> tuple[MissBudget, ...]:
        clock: Any = headline_clock
        question = MonthBudgets(start, min(end, FOR_EVER), clock)
        return read_items(question, await self._link.ask(question))

    async def slip(self, number: int) -> PastSlip | None:
        question = OneSlip(number)
        slips = read_items(question, await self._link.ask(question))
        return slips[0] if slips else None

    async def slips(self, start: int = 0, end: int = FOR_EVER) -> tuple[Incident, ...]:
        """All slips of a period, by number."""
        return await self._pages(ListSlips(start, end), "after")

    async def reports(self, start: int = 0, end: int = FOR_EVER) -> tuple[Report, ...]:
        """All reports of a period, by number."""
        return await self._pages(ListReports(start, end), "after")

    async def matters(self, kind: SubjectKind) -> tuple[Matter, ...]:
        """All of one family, by number."""
        return await self._pages(ListMatters(kind.value), "after")

    async def _pages(self, question: Question, place: str, most: int | None = None) -> tuple[Any, ...]:
        """All pages of an answer, one after the other, up to ``most`` items."""
        found: list[Any] = []
        replaced: Callable[..., Any] = msgspec.structs.replace
        while most is None or len(found) < most:
            wanted = MOST_ITEMS if most is None else min(MOST_ITEMS, most - len(found))
            question = replaced(question, limit=wanted)
            page = await self._link.ask(question)
            found += read_items(question, page)
            if not page.next:
                break
            question = replaced(question, **{place: page.next})
        return tuple(found)
