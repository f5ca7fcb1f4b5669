"""Lines from standard input, one at a time, while a core runs beside: a pipe, a file or a person typing.

A thread of its own reads, because a file cannot be waited for on an event loop and a read that waits cannot be
interrupted. It reads the descriptor itself: a thread that sleeps in Python's buffered stdin would hang the exit.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

LONGEST_LINE = 64 * 1024
"""Bytes. The longest text of one field is 4,000 characters; a longer line is no line of the desk."""

CHUNK = 64 * 1024
WAITING = 4
"""Chunks read ahead at most: whoever writes faster than the core works has to wait."""


@dataclass(frozen=True, slots=True)
class Line:
    """``fault`` is ``""``, ``too_long`` or ``bad_bytes``; ``text`` is then as much as may be shown."""

    number: int
    text: str
    fault: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing to do: an empty line, or a remark."""
        return not self.fault and (not self.text.strip() or self.text.lstrip().startswith("#"))


class Splitter:
    """From chunks of bytes to lines, holding no more than one line's worth."""

    def __init__(self, encoding: str = "utf-8") -> None:
        self._encoding = encoding
        self._rest = b""
        self._skipping = False
        self._number = 0

    def feed(self, chunk: bytes) -> Iterator[Line]:
        """The lines that ``chunk`` completes."""
        *whole, rest = (self._rest + chunk).split(b"\n")
        self._rest = b""
        for raw in whole:
            if self._skipping:
                self._skipping = False
            else:
                yield self._line(raw)
        if self._skipping:
            return
        if len(rest) > LONGEST_LINE:
            yield self._line(rest)
            self._skipping = True
        else:
            self._rest = rest

    def end(self) -> Iterator[Line]:
        """A last line without an end of line."""
        if self._rest and not self._skipping:
            yield self._line(self._rest)
        self._rest = b""

    def _line(self, raw: bytes) -> Line:
        self._number += 1
        if len(raw) > LONGEST_LINE:
            return Line(self._number, raw[:80].decode(self._encoding, "replace"), "too_long")
        try:
            text = raw.removesuffix(b"\r").decode(self._encoding)
        except UnicodeDecodeError:
            return Line(self._number, raw.decode(self._encoding, "replace"), "bad_bytes")
        return Line(self._number, text.removeprefix("\ufeff") if self._number == 1 else text)


class Incoming:
    """The lines of a descriptor as an asynchronous iterator. ``stop`` ends it after the line at hand."""

    def __init__(self, descriptor: int, encoding: str = "utf-8") -> None:
        self._descriptor = descriptor
        self._splitter = Splitter(encoding)
        self._chunks: asyncio.Queue[bytes] = asyncio.Queue()
        self._room = threading.Semaphore(WAITING)
        self._stopped = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self.fault: OSError | None = None
        threading.Thread(target=self._read, name="zz110-lines", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    async def __aiter__(self) -> AsyncIterator[Line]:
        while True:
            chunk = await self._next()
            if self._stopped.is_set():
                return  # half a line that waits for its other half is not done
            for line in self._splitter.feed(chunk) if chunk else self._splitter.end():
                yield line
                if self._stopped.is_set():
                    return
            if not chunk:
                return

    async def _next(self) -> bytes:
        """The next chunk; empty at the end of the input and when stopped."""
        getting = asyncio.ensure_future(self._chunks.get())
        stopping = asyncio.ensure_future(self._stopped.wait())
        done, waiting = await asyncio.wait((getting, stopping), return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        if getting not in done:
            return b""
        self._room.release()
        return getting.result()

    def _read(self) -> None:
        while True:
            try:
                chunk = os.read(self._descriptor, CHUNK)
            except OSError as fault:
                self.fault = fault
                chunk = b""
            self._room.acquire()
            try:
                self._loop.call_soon_threadsafe(self._chunks.put_nowait, chunk)
            except RuntimeError:
                return  # the loop is gone, and with it everybody who wanted lines
            if not chunk:
                return
