"""Drives one desk session over one line: reads, writes and keeps the beats, until it ends."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Awaitable, Callable

from zz110_tui.client.dial import Line, LineEnded
from zz110_tui.core.trouble import Trouble
from zz110_tui.wire.goodbyes import DEAF, Goodbye
from zz110_tui.wire.session import Ended, Outgoing
from zz110_tui.wire.session_desk import DeskEvent, DeskSession, ImageCame

TICK_MS = 250


def monotonic() -> int:
    """The driver's clock of sessions (ms)."""
    return time.monotonic_ns() // 1_000_000


class Talk:
    def __init__(
        self,
        session: DeskSession,
        on_event: Callable[[DeskEvent], None],
        on_image: Callable[[ImageCame], Awaitable[None]],
    ) -> None:
        self.session = session
        self._on_event = on_event
        self._on_image = on_image
        self._to_write = asyncio.Event()
        self._out: deque[Outgoing] = deque()
        self._idle: Line | None = None
        self._busy = False

    def wake(self) -> None:
        """The session has something to say: at once where nothing waits before it, otherwise in its turn."""
        line, out = self._idle, self._out
        if line is not None and self.session.over is None:
            out += self.session.take(monotonic())
            while out and line.send_now(out[0].data, out[0].text):
                out.popleft()
            if not out:
                return
        self._to_write.set()

    def noise(self) -> None:
        """Bytes came in."""
        self.session.noise(monotonic())

    async def run(self, line: Line) -> Goodbye:
        """Until the link ends; why it did."""
        line.straight(self._hear)
        helpers = [asyncio.create_task(self._write(line)), asyncio.create_task(self._tick(line))]
        session = self.session
        try:
            while session.ended() is None:
                message = await line.receive()
                self._busy = True
                event = session.receive(message, monotonic())
                if isinstance(event, ImageCame):
                    await self._handle_image(event)
                elif event is not None:
                    self._handle(event)
                self._busy = False
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

    def _hear(self, message: str) -> bool:
        """A message straight from the line, without a task that wakes for it. False: one before it is not done with."""
        if self._busy or self.session.over is not None:
            return False
        event = self.session.receive(message, monotonic())
        if event is not None:
            self._handle(event)
        self.wake()
        return True

    def _handle(self, event: DeskEvent) -> None:
        if isinstance(event, Ended):
            return
        try:
            self._on_event(event)
        except Trouble as trouble:
            self._damaged(trouble)

    async def _handle_image(self, event: ImageCame) -> None:
        try:
            await self._on_image(event)
        except Trouble as trouble:
            self._damaged(trouble)

    def _damaged(self, trouble: Trouble) -> None:
        self.session.end("damaged", what=f"{trouble.title}: {trouble.cause}")

    async def _write(self, line: Line) -> None:
        with contextlib.suppress(LineEnded):
            while True:
                self._to_write.clear()
                self._out += self.session.take(monotonic())
                while self._out:
                    out = self._out.popleft()
                    await line.send(out.data, out.text)
                if self.session.over is not None:
                    await line.close()
                    return
                if not self._to_write.is_set():
                    self._idle = line
                    await self._to_write.wait()
                    self._idle = None

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
