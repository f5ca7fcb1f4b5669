"""A line between a desk and its core that can be cut at any moment, go dead without a word, or not be there at all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from zz110_tui.client.dial import Line, LineEnded, over_socket
from zz110_tui.core.trouble import Trouble


class BadLine:
    """Dial with :meth:`dial`. The switches act on the present line and on later ones."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.dead = False
        """Nothing gets through any more, in either direction, and nobody says so (a half-open network)."""
        self.unplugged = False
        """No new line can be opened."""
        self.cut_after: Callable[[str], bool] | None = None
        """Cut right after sending a text like this: it arrives, and its answer does not."""
        self.cut_before: Callable[[str], bool] | None = None
        """Cut instead of sending a text like this."""
        self.dialled = 0
        self.sent: list[str] = []
        self.heard: list[str] = []
        self._lines: list[_Watched] = []

    async def dial(self, on_data: Callable[[], None]) -> Line:
        self.dialled += 1
        if self.unplugged:
            raise Trouble("unreachable", "unplugged", "plug it in")
        line = _Watched(self, await over_socket(self.path)(lambda: None if self.dead else on_data()))
        self._lines.append(line)
        return line

    async def cut(self) -> None:
        """Cut what is open now."""
        for line in self._lines:
            line.ended.set()
            line.abort()
        self._lines.clear()


class _Watched:
    def __init__(self, switches: BadLine, line: Line) -> None:
        self._switches = switches
        self._line = line
        self.ended = asyncio.Event()

    async def send(self, data: bytes, text: bool) -> None:
        switches = self._switches
        if self.ended.is_set():
            raise LineEnded("cut")
        if switches.dead:
            return
        words = data.decode() if text else ""
        if switches.cut_before is not None and switches.cut_before(words):
            await self._end()
        await self._line.send(data, text)
        switches.sent.append(words)
        if switches.cut_after is not None and switches.cut_after(words):
            await self._end()

    def send_now(self, data: bytes, text: bool) -> bool:
        return False  # by send, where the switches are

    def straight(self, hear: Callable[[str], bool]) -> None:
        """By receive, where the switches are."""

    async def _end(self) -> None:
        self._switches.cut_after = self._switches.cut_before = None
        self.ended.set()
        # Closing, not aborting: what was sent does arrive.
        await self._line.close()
        raise LineEnded("cut")

    async def receive(self) -> str | bytes:
        while True:
            message = await self._line.receive()
            if self.ended.is_set():
                raise LineEnded("cut")
            if not self._switches.dead:
                self._switches.heard.append(message if isinstance(message, str) else "")
                return message

    async def close(self) -> None:
        if not self._switches.dead:
            await self._line.close()

    def abort(self) -> None:
        self.ended.set()
        self._line.abort()
