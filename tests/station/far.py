"""A desk whose core is at the other end of a line that a test can break: the real app, socket, session and engine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.station.stage import MONDAY, SMALL, Stage, city, gazetteer, rulebook
from tests.support.badline import BadLine
from tests.support.engines import running
from tests.support.serving import Notes
from tests.support.waiting import until
from zz110_tui.client.outbox import Outbox, file_of
from zz110_tui.client.remote import Options, RemoteLink
from zz110_tui.core import commands as c
from zz110_tui.core.desks import SYSTEM, Actor, Duty
from zz110_tui.gis.travel import travel_of
from zz110_tui.server.serving import Server
from zz110_tui.server.settings import Settings
from zz110_tui.service.clock import ManualClock
from zz110_tui.station.app import DeskApp
from zz110_tui.station.room import Room
from zz110_tui.wire.session import DESK_LIMITS

LI = Actor("李", "03", Duty.DISPATCH, "keyboard")


class TimedLink(RemoteLink):
    """A link whose time is the core's clock, which the test moves: how long a busy machine takes is seen nowhere."""

    clock: ManualClock

    def now(self) -> int:
        return self.clock.now()

    def silence(self) -> int:
        return 0


class Far(Stage):
    """``line`` breaks; ``link`` is the desk's."""

    line: BadLine
    link: TimedLink

    async def lose(self) -> None:
        self.line.unplugged = True
        await self.line.cut()
        await until(lambda: bool(self.desk.ui.lost_at))
        await self.settle()

    async def come_back(self) -> None:
        self.line.unplugged = self.line.dead = False
        await until(lambda: not self.desk.ui.lost_at)
        await until(lambda: self.desk.board.position == self.core.engine.board.position)
        await self.settle()


def far_options(silent_ms: int) -> Options:
    return Options(limits=replace(DESK_LIMITS, silent_ms=silent_ms), resend=False)


@asynccontextmanager
async def far(
    folder: Path,
    size: tuple[int, int] = SMALL,
    language: str = "zh",
    actor: Actor = LI,
    silent_ms: int = 3_000,
    **options: Any,
) -> AsyncIterator[Far]:
    path = folder / "s.zz110.sock"
    async with running(units=0, rules=rulebook(), at=MONDAY) as core:
        town = city()
        await core.engine.submit(c.AdoptCity(town.name, town.pack_hash, town.units), SYSTEM)
        limits = replace(Settings().limits, beat_ms=100)
        server = Server(core.engine, Settings(socket=path, limits=limits), None, Notes())
        await server.start()
        line = BadLine(path)
        link = await TimedLink.connect(line.dial, actor, far_options(silent_ms))
        link.clock = core.clock
        await link.submit(c.OpenDesk(actor.duty))
        outbox = Outbox(file_of(folder / "outbox", str(path), actor.desk))
        options = {"glyphs": "full", "colour": "true", "outbox": outbox, **options}
        room = Room(link, town, gazetteer(), travel_of(town), rulebook(), language=language, **options)
        app = DeskApp(room, clock_runs=False)
        try:
            async with app.run_test(size=size) as pilot:
                desk = Far(core, app, pilot)
                desk.line, desk.link = line, link
                await until(lambda: desk.desk.board.position > 0)
                await desk.settle()
                yield desk
        finally:
            line.dead = False
            await link.close()
            await server.stop()
            await asyncio.sleep(0)
