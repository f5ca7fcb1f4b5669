"""The past for a desk: filed slips from the history beside the store, where the store is on this machine.

Everything is asked in one thread of its own, so that a disk never holds a screen up. A history that is far behind its
journal is not brought up by a desk: it answers from what it has.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

from zz110_tui.cli.history import place_of, slip_in
from zz110_tui.cli.joining import core_named
from zz110_tui.cli.surroundings import Surroundings
from zz110_tui.client.past import PastSlip
from zz110_tui.core.figures import MissBudget, from_dispatched, from_received, miss_budgets
from zz110_tui.core.incidents import Incident
from zz110_tui.core.trouble import Trouble
from zz110_tui.service.historian import CHUNK, catch_up
from zz110_tui.store.history import History, history_of
from zz110_tui.store.journal import JournalReader
from zz110_tui.store.open import open_read_only

T = TypeVar("T")


@dataclass(slots=True)
class _Open:
    journal: JournalReader
    history: History


class StorePast:
    """Opened by the first question, in its thread."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._thread = ThreadPoolExecutor(1, "zz110-past")
        self._open: _Open | None = None

    async def find(self, words: str, start: int, end: int, limit: int) -> tuple[Incident, ...]:
        return await self._in_thread(lambda: self._find(words, start, end, limit))

    async def budgets(self, start: int, end: int, headline_clock: str) -> tuple[MissBudget, ...]:
        return await self._in_thread(lambda: self._budgets(start, end, headline_clock))

    async def slip(self, number: int) -> PastSlip | None:
        return await self._in_thread(lambda: self._slip(number))

    async def close(self) -> None:
        await self._in_thread(self._close)
        self._thread.shutdown(wait=False)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    # -- in the thread -------------------------------------------------------------------------------------------------

    def _ready(self) -> _Open:
        """The history, as new as it may be made here. Raises Trouble where it cannot be read."""
        if self._open is None:
            journal = open_read_only(self._around.store)
            try:
                self._open = _Open(journal, History(place_of(self._around)))
            except BaseException:
                journal.close()
                raise
        journal, history = self._open.journal, self._open.history
        state = history.state()
        if journal.head.position - (state.position if state is not None else 0) <= CHUNK:
            catch_up(journal, history, self._around.rules)
        elif state is None:
            raise Trouble(
                "历史还没有算出 / the history was never computed",
                str(history_of(self._around.store)),
                "zz110 history update",
            )
        return self._open

    def _find(self, words: str, start: int, end: int, limit: int) -> tuple[Incident, ...]:
        history = self._ready().history
        numbers = history.find(words, limit, start, end) if words.strip() else history.newest(limit, start, end)
        found = (history.slip(number) for number in numbers)
        return tuple(kept.incident for kept in found if kept is not None)

    def _budgets(self, start: int, end: int, headline_clock: str) -> tuple[MissBudget, ...]:
        slips, _ = self._ready().history.figures(start, end)
        return miss_budgets(slips, from_received if headline_clock == "received" else from_dispatched)

    def _slip(self, number: int) -> PastSlip | None:
        here = self._ready()
        found = slip_in(here.history, self._around, here.journal, number)
        return None if found is None else PastSlip(found.incident, found.reports, found.chronology)

    def _close(self) -> None:
        if self._open is not None:
            self._open.history.close()
            self._open.journal.close()
            self._open = None


@asynccontextmanager
async def filed_past(around: Surroundings) -> AsyncIterator[StorePast | None]:
    """The past of a desk while it is open; None where the store is on another machine."""
    past = None if core_named(around) else StorePast(around)
    try:
        yield past
    finally:
        if past is not None:
            await past.close()
