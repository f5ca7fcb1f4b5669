"""Commands that are handed in without waiting: what is heard of them, and by whom."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from tests.support.room import LI, NOON, RULES, WANG
from tests.support.waiting import until
from tests.unit.service.test_engine import FIGHT, SlowDisk
from zz110_tui.core.answers import Answer
from zz110_tui.service.clock import ManualClock
from zz110_tui.service.engine import Engine
from zz110_tui.store.journal import Row
from zz110_tui.wire.codec import decode_entry


async def test_whoever_cannot_hear_his_answer_harms_nobody_else() -> None:
    disk = SlowDisk()
    disk.synced.set()
    engine = Engine(disk, RULES, ManualClock(NOON))
    await engine.start(timers=False)
    reported: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: reported.append(context["exception"]))
    bug = RuntimeError("a bug of the one who asked")

    def deaf(_outcome: object, _rows: object) -> None:
        raise bug

    engine.hand_in(FIGHT, LI, deaf, "first")
    answer = await engine.submit(FIGHT, WANG, "second")
    assert answer.accepted
    assert reported == [bug]
    assert (await engine.submit(FIGHT, LI, "first")).accepted, "it was done"
    await engine.stop()


async def test_an_answer_comes_with_the_rows_of_its_own_entries() -> None:
    disk = SlowDisk()
    engine = Engine(disk, RULES, ManualClock(NOON))
    await engine.start(timers=False)
    heard: dict[str, tuple[object, list[int]]] = {}

    def hear(outcome: object, rows: Sequence[Row]) -> None:
        assert isinstance(outcome, Answer)
        assert [decode_entry(row.payload) for row in rows] == list(outcome.entries)
        heard[outcome.command] = outcome, [row.position for row in rows]

    for name in ("one", "two", "three"):
        engine.hand_in(FIGHT, LI, hear, name)
    disk.synced.set()
    await until(lambda: len(heard) == 3)
    positions = [position for _, rows in heard.values() for position in rows]
    assert positions == list(range(1, engine.board.position + 1))
    await engine.stop()
