"""Running cores for tests: the real engine on a store in memory, with a clock that stands until it is set."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

from tests.support.room import LI, NOON, RULES, profiles
from zz110_tui.client.local import LocalLink
from zz110_tui.core import commands as c
from zz110_tui.core.desks import SYSTEM, Actor
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.service.clock import ManualClock
from zz110_tui.service.engine import Engine
from zz110_tui.service.pastdesk import PastDesk
from zz110_tui.store.journal import Journal
from zz110_tui.store.memory import MemoryJournal


class Running:
    """An engine with its clock and a way to make links; ids are counted, so that a run can be repeated."""

    def __init__(self, engine: Engine, clock: ManualClock, journal: Journal) -> None:
        self.engine = engine
        self.clock = clock
        self.journal = journal
        self.past: PastDesk | None = None
        self._ids = count(1)

    def link(self, actor: Actor = LI) -> LocalLink:
        return LocalLink(self.engine, actor, lambda: f"{actor.desk}-{next(self._ids)}", self.past)

    async def pass_time(self, ms: int) -> None:
        """Move the clock, stopping at each deadline on the way."""
        end = self.clock.now() + ms
        while (due := self.engine.next_due()) <= end:
            self.clock.set(max(due, self.clock.now()))
            await self.engine.run_due()
        self.clock.set(end)


@asynccontextmanager
async def running(
    journal: Journal | None = None, *, units: int = 6, rules: Rulebook = RULES, at: int = NOON
) -> AsyncIterator[Running]:
    journal = journal or MemoryJournal("drill")
    clock = ManualClock(at)
    engine = Engine(journal, rules, clock)
    await engine.start(timers=False)
    room = Running(engine, clock, journal)
    if units and not engine.board.units:
        await engine.submit(c.AdoptCity("test", "hash", profiles(units)), SYSTEM)
    try:
        yield room
    finally:
        await engine.stop()
