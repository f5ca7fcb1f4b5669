"""Drives one desk session over one line: reads, writes and keeps the beats, until it ends."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable

from zz110_tui.client.dial import Line, LineEnded
from zz110_tui.core.trouble import Trouble
from zz110_tui.wire.goodbyes import DEAF, Goodbye
from zz110_tui.wire.session import Ended
from zz110_tui.wire.session_desk import DeskEvent, DeskSession

TICK_MS = 250


def monotonic() -> int:
    """The driver's clock of sessions (ms)."""
    return time.monotonic_ns() // 1_000_000


class Talk:
    def __init__(self, session: DeskSession, on_event: Callable[[DeskEvent], Awaitable[None]]) -> None:
        self.session = session
        self._on_event = on_event
        self._line: Line | None = None
        self._to_write = asyncio.Event()

    def wake(self) -> None:
        """The session has something to say."""
        self._to_write.set()

    def noise(self) -> None:
        """Bytes came in."""
        self.session.noise(monotonic())

    async def run(self, line: Line) -> Goodbye:
        """Until the link ends; why it did."""
        self._line = line
        helpers = [asyncio.create_task(self._write(line)), asyncio.create_task(self._tick(line))]
        session = self.session
        try:
            while session.ended() is None:
                event = session.receive(await line.receive(), monotonic())
                if event is not None and not isinstance(event, Ended):
                    await self._handle(event)
                self.wake()
        except LineEnded:
            session.cut()
            self.wake()
        finally:
            # What is still to be said is said, but a line that takes nothing in holds nobody up.
            await asyncio.wait(helpers[:1], timeout=1.0)
            for helper in helpers:
                helper.cancel()
            await asyncio.gather(*helpers, return_exceptions=True)
            why = session.ended()
            if why is None or why.code in DEAF:
                line.abort()
            await line.close()
        assert why is not None
        return why

    async def _handle(self, event: DeskEvent) -> None:
        try:
            await self._on_event(event)
        except Trouble as trouble:
            self.session.end("damaged", what=f"{trouble.title}: {trouble.cause}")

    async def _write(self, line: Line) -> None:
        with contextlib.suppress(LineEnded):
            while True:
                self._to_write.clear()
                for out in self.session.take(monotonic()):
                    await line.send(out.data, out.text)
                if self.session.over is not None:
                    await line.close()
                    return
                await self._to_write.wait()

    async def _tick(self, line: Line) -> None:
        session = self.session
        while session.ended() is None:
            # Never long: what comes in may bring the next tick nearer than it was (the welcome does).
            await asyncio.sleep(min(TICK_MS, max(10, session.next_tick() - monotonic())) / 1000)
            end = session.tick(monotonic(), time.time_ns() // 1_000_000)
            if end is not None and end.goodbye.code in DEAF:
                # Nobody listens to a goodbye: waiting for it to be taken in would only keep the desk in the dark.
                line.abort()
            self.wake()
