"""Desks of ``bench_links``, some in one process: they come, work, are cut, stop taking in, knock, and go.

python -m benchmarks.room_crowd FOLDER PORT NUMBER PLACES SECONDS
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from benchmarks.raw_desks import RawDesk
from benchmarks.room_core import UNITS
from tests.support.tlsroom import CERTIFICATE, PASSWORD, answers
from zz110_tui.client.dial import Dial, Line, over_socket
from zz110_tui.client.login import Login, Where, over_tls
from zz110_tui.client.past import LinkPast
from zz110_tui.client.remote import Options, RemoteLink
from zz110_tui.client.replica import Replica
from zz110_tui.client.states import LinkState
from zz110_tui.core import commands as c
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.facts import IncidentOpened
from zz110_tui.core.incidents import AssignmentStage
from zz110_tui.core.places import Place, point
from zz110_tui.core.trouble import Trouble

OVER = "ended: "
"""How a link ended before its desk left, by the code of the goodbye."""


class Watched:
    """A way to dial, and the line that is open now."""

    def __init__(self, dial: Dial) -> None:
        self.now: Line | None = None
        self._dial = dial

    async def dial(self, on_data: Callable[[], None]) -> Line:
        self.now = await self._dial(on_data)
        return self.now


class Desks:
    """Some places of the room, each taken by one desk after the other."""

    def __init__(self, folder: Path, port: int, number: int, until: float) -> None:
        self.done: dict[str, int] = {}
        self._folder = folder
        self._place = Where("localhost", port, CERTIFICATE)
        self._number = number
        self._until = until
        self._chance = random.Random(f"links{number}")

    def _count(self, what: str) -> None:
        self.done[what] = self.done.get(what, 0) + 1

    def _lost(self, state: LinkState) -> None:
        if state.why is not None:
            self._count(f"{OVER}{state.why.code}")

    async def run(self, places: int) -> None:
        await asyncio.gather(*(self._sit(n) for n in range(places)), self._knock())

    def _over(self) -> bool:
        return time.monotonic() >= self._until

    async def _sit(self, place: int) -> None:
        await asyncio.sleep(self._chance.uniform(0, 10))
        while not self._over():
            try:
                await (self._gape() if self._chance.random() < 0.1 else self._work(place))
            except Trouble:
                self._count("troubles")
                await asyncio.sleep(1)

    async def _link(self, place: int, line: Watched) -> RemoteLink:
        actor = Actor(f"p{self._number}.{place}", f"{self._number}{place:02d}", Duty.DISPATCH, "script")
        if place % 2:
            login = Login(self._place, f"p{self._number}", answers(PASSWORD))
            return await RemoteLink.connect(line.dial, actor, Options(ticket=login.ticket))
        return await RemoteLink.connect(line.dial, actor)

    async def _work(self, place: int) -> None:
        """A desk that takes calls for a while; every fifth is cut on the way, and comes back by itself."""
        chance = self._chance
        line = Watched(over_tls(self._place) if place % 2 else over_socket(self._folder / "s"))
        link = await self._link(place, line)
        link.on_state = self._lost
        self._count("came")
        try:
            feed = await link.join()
            replica = Replica(feed.image)
            leaves = min(self._until, time.monotonic() + chance.uniform(15, 45))
            cut = chance.random() < 0.2
            while time.monotonic() < leaves:
                await self._one_call(link, f"{self._number * 12 + place % 12 + 1:03d}")
                replica.apply(feed.take())
                if chance.random() < 0.05:
                    await LinkPast(link).find("打架", 0, 1 << 60, 20)
                    self._count("questions")
                if cut and chance.random() < 0.2 and line.now is not None:
                    line.now.abort()
                    self._count("cut")
                await asyncio.sleep(chance.uniform(0.3, 1.5))
        finally:
            await link.close()

    async def _one_call(self, link: RemoteLink, unit: str) -> None:
        chance = self._chance
        spot = Place("胜利路x延安路", point(117.652, 24.513), "", "F7")
        opened = await link.submit(
            c.OpenIncident("fight", spot, text="两人打架", contact=f"139{chance.randrange(10**8):08d}")
        )
        numbers = [e.fact.incident for e in opened.entries if isinstance(e.fact, IncidentOpened)]
        if not numbers:
            return
        (number,) = numbers
        await link.submit(c.Dispatch(number, (unit,)))
        await link.submit(c.Advance((unit,), AssignmentStage.ON_SCENE))
        await link.submit(c.AddNote(number, "已到现场"))
        await link.submit(c.Clear(number, disposition="mediated"))
        for step in (c.FeedBack(number), c.CallBack(number, satisfied=True), c.CloseIncident(number)):
            await link.submit(step)
        self._count("calls")

    async def _gape(self) -> None:
        """Joins, and takes nothing in any more, until the core drops it or half a minute has passed."""
        loop = asyncio.get_running_loop()
        transport, desk = await loop.create_unix_connection(
            lambda: RawDesk(self._chance.randrange(1, UNITS)), str(self._folder / "s")
        )
        try:
            try:
                async with asyncio.timeout(10):
                    await desk.welcome
                    desk.join()
                    await desk.following
            except TimeoutError:
                self._count("not let in")
                return
            transport.pause_reading()
            for _ in range(30):
                if desk.ended or self._over():
                    break
                desk.beat()
                await asyncio.sleep(1)
            self._count("gaped")
        finally:
            transport.abort()

    async def _knock(self) -> None:
        """Wrong passwords, nonsense, and connections that say nothing."""
        while not self._over():
            await asyncio.sleep(self._chance.uniform(1, 3))
            with suppress(Trouble, OSError):
                match self._chance.randrange(3):
                    case 0:
                        await Login(self._place, f"x{self._chance.randrange(10**6)}", answers("wrong")).ticket()
                    case 1:
                        _, writer = await asyncio.open_unix_connection(str(self._folder / "s"))
                        writer.write(b"GET /nonsense HTTP/1.1\r\n\r\n")
                        await asyncio.sleep(0.1)
                        writer.close()
                    case _:
                        _, writer = await asyncio.open_connection("localhost", self._place.port)
                        await asyncio.sleep(self._chance.uniform(0, 8))
                        writer.close()
            self._count("knocks")


async def desks(folder: Path, port: int, number: int, places: int, seconds: float) -> None:
    crowd = Desks(folder, port, number, time.monotonic() + seconds)
    await crowd.run(places)
    print(json.dumps(crowd.done), flush=True)


if __name__ == "__main__":
    folder, port, number, places, seconds = sys.argv[1:]
    asyncio.run(desks(Path(folder), int(port), int(number), int(places), float(seconds)))
