"""What a room passes on: every follower hears every fact once and in order, however it is being told."""

from __future__ import annotations

import asyncio

from tests.support.engines import running
from tests.support.room import CROSSING, LI
from zz110_tui.core import commands as c
from zz110_tui.server.room import TOLD_AT_ONCE, Batch, Room
from zz110_tui.wire.codec import decode_entry


class Desk:
    """A follower that keeps the positions of what it is told, as they stand in the facts themselves."""

    def __init__(self, position: int) -> None:
        self.began = self.position = position
        self.heard: list[int] = []

    def take(self, batch: Batch) -> None:
        if batch.last <= self.position:
            return
        part = batch if batch.first == self.position + 1 else batch.after(self.position)
        self.heard += [decode_entry(payload).position for payload in part.payloads]
        self.position = part.last

    def push(self) -> None: ...

    def missed_something(self) -> None: ...


async def test_who_waits_for_an_answer_while_others_are_still_being_told_misses_nothing() -> None:
    async with running() as core:
        engine = core.engine
        room = await Room.open(engine)
        desks = [Desk(room.position) for _ in range(3 * TOLD_AT_ONCE)]
        for desk in desks:
            room.follow(desk)
        await engine.submit(c.OpenIncident("fight", CROSSING), LI)
        for n in range(6):
            await engine.submit(c.AddNote(1, f"第{n}句"), LI)
        room.bring(desks[0])
        await asyncio.sleep(0)
        behind = [desk for desk in desks if desk.position == desk.began]
        assert behind, "the room is in the middle of telling"

        await engine.submit(c.AddNote(1, "又一句"), LI)
        room.bring(behind[-1])
        assert behind[-1].heard == list(range(behind[-1].began + 1, engine.board.position + 1))
        room.flush()
        for desk in desks:
            assert desk.heard == list(range(desk.began + 1, engine.board.position + 1))
        room.close()
