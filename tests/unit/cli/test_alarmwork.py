"""``zz110 alarm rate`` reads of a journal only what the period needs."""

from __future__ import annotations

import pytest

from tests.support.engines import running
from tests.support.room import LI, RULES
from tests.unit.service.test_engine import FIGHT
from zz110_tui.cli.alarmwork import alarms_of
from zz110_tui.core.alarmrate import raised_in
from zz110_tui.core.facts import AlarmRaised
from zz110_tui.store.memory import MemoryJournal

HOUR = 3_600_000


@pytest.mark.parametrize("hours", range(5))
async def test_the_alarms_of_a_period_are_those_of_the_whole_journal_within_it(hours: int) -> None:
    journal = MemoryJournal("drill")
    async with running(journal) as room:
        begin = room.clock.now()
        for _ in range(4):
            await room.link(LI).submit(FIGHT)
            await room.pass_time(HOUR)
        every = raised_in(journal.read())
        assert len(every) == 4
        start, end = begin + hours * HOUR, begin + (hours + 2) * HOUR
        assert alarms_of(journal, start, end) == [r for r in every if start <= r.at < end]
        assert alarms_of(journal, 0, begin) == []
        raised = [e for e in journal.read() if isinstance(e.fact, AlarmRaised)]
        assert alarms_of(journal, raised[0].at, raised[0].at + 1) == every[:1], "the first moment counts, the last not"
        assert RULES.limits_for(2).undispatched < HOUR


async def test_a_journal_without_entries_has_none() -> None:
    assert alarms_of(MemoryJournal("drill"), 0, 1) == []
