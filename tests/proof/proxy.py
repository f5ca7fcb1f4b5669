"""A bad line between desks and their core: a proxy for Unix and TCP sockets that delays, drips, cuts and swallows.

Each connection draws its own fate from the seed. What is cut is cut in the middle of a frame as often as not; what is
swallowed is swallowed in one direction only, with the connection left open: neither side gets an error from its socket.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

CHUNK = 4_096

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Dialer = Callable[[], Awaitable[Streams]]


class Fate(StrEnum):
    CLEAN = "clean"
    SLOW = "slow"
    DRIP = "drip"
    CUT = "cut"
    SWALLOW_UP = "swallowed on the way up"
    SWALLOW_DOWN = "swallowed on the way down"


@dataclass(slots=True)
class Line:
    """One connection: what becomes of it after so many bytes, or so many seconds if fewer come."""

    fate: Fate
    after_bytes: int
    lasts_s: float
    delay_s: float
    carried: int = 0
    began: float = 0.0

    def due(self, now: float) -> bool:
        return self.carried >= self.after_bytes or now - self.began >= self.lasts_s


@dataclass(slots=True)
class BadProxy:
    """``dial`` opens a connection to the core. ``fates``: what may happen, each as likely as the others."""

    dial: Dialer
    seed: str
    fates: tuple[Fate, ...] = tuple(Fate)
    lasts_s: float = 3.0
    happened: Counter[str] = field(default_factory=Counter)
    quiet: bool = False
    _chance: random.Random = field(init=False)
    _servers: list[asyncio.Server] = field(default_factory=list)
    _running: dict[asyncio.Task[None], Line] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    async def listen_at(self, path: Path) -> None:
        self._servers.append(await asyncio.start_unix_server(self._accept, str(path)))

    async def listen_on(self, host: str = "127.0.0.1") -> int:
        """The TCP port."""
        server = await asyncio.start_server(self._accept, host, 0)
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    def calm(self) -> None:
        """From now on every new connection is clean. A line that swallows goes on doing so: TCP leaves no holes."""
        self.quiet = True

    def spoil(self, fate: Fate) -> None:
        """What is open now meets this fate with the next bytes."""
        for line in self._running.values():
            line.fate, line.after_bytes = fate, 0
            self.happened[fate.value] += 1

    async def close(self) -> None:
        for server in self._servers:
            server.close()
        for task in tuple(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = self._drawn()
        task = asyncio.get_running_loop().create_task(self._carry((reader, writer), line))
        self._running[task] = line
        task.add_done_callback(lambda done: self._running.pop(done, None))

    def _drawn(self) -> Line:
        chance = self._chance
        fate = Fate.CLEAN if self.quiet else chance.choice(self.fates)
        self.happened[fate.value] += 1
        return Line(fate, chance.randrange(2_000, 400_000), chance.uniform(0.2, self.lasts_s), chance.uniform(0, 0.03))

    async def _carry(self, desk: Streams, line: Line) -> None:
        line.began = asyncio.get_running_loop().time()
        try:
            core = await self.dial()
        except OSError:
            desk[1].transport.abort()
            return
        ways = [
            asyncio.create_task(self._one_way(desk[0], core[1], line, Fate.SWALLOW_UP)),
            asyncio.create_task(self._one_way(core[0], desk[1], line, Fate.SWALLOW_DOWN)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            for _, writer in (desk, core):
                with contextlib.suppress(AttributeError):
                    writer.transport.abort()

    async def _one_way(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, line: Line, swallowing: Fate
    ) -> None:
        loop = asyncio.get_running_loop()
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK):
                bad = line.due(loop.time())
                line.carried += len(data)
                if bad and line.fate is Fate.CUT:
                    writer.write(data[: len(data) // 2])
                    await writer.drain()
                    return
                if bad and line.fate is swallowing:
                    continue
                if line.fate is Fate.SLOW and not self.quiet:
                    await asyncio.sleep(line.delay_s)
                if bad and line.fate is Fate.DRIP and not self.quiet:
                    for at in range(0, len(data), 256):
                        writer.write(data[at : at + 256])
                        await asyncio.sleep(0.002)
                    continue
                writer.write(data)
                await writer.drain()


def to_socket(path: Path) -> Dialer:
    return lambda: asyncio.open_unix_connection(str(path))


def to_port(host: str, port: int) -> Dialer:
    return lambda: asyncio.open_connection(host, port)
