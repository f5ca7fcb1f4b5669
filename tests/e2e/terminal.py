"""A terminal of 160x50 with the real program in it, as a person sees it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pyte

from tests.e2e.conftest import Program

COLUMNS, ROWS = 160, 50
PATIENCE_S = 120.0


class Terminal:
    def __init__(self, program: Program, *args: str) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self.process = subprocess.Popen(
            [*program.command, *args],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=program.env,
            cwd=program.home,
            start_new_session=True,
        )
        os.close(slave)

    def type(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def text(self) -> str:
        """What stands on the screen; a wide character's second cell is nothing."""
        return "\n".join("".join(row[x].data for x in range(COLUMNS)) for row in self._screen.buffer.values())

    def wait_for(self, words: str) -> str:
        """The screen as soon as it shows these words. Fails when it never does."""
        end = time.monotonic() + PATIENCE_S
        while words not in self.text():
            left = end - time.monotonic()
            if left <= 0 or not self._read(left):
                raise AssertionError(f"{words!r} never came:\n{self.text()}")
        return self.text()

    def ended(self) -> int:
        """The exit code, when the program has ended by itself."""
        end = time.monotonic() + PATIENCE_S
        while (left := end - time.monotonic()) > 0 and self._read(left):
            pass
        assert left > 0, f"it did not end:\n{self.text()}"
        return self.process.wait(PATIENCE_S)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._master, 65_536)
        except OSError:
            return False  # the other side of the terminal is closed
        self._stream.feed(data)
        return bool(data)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._master)


@contextmanager
def terminal(program: Program, *args: str) -> Iterator[Terminal]:
    opened = Terminal(program, *args)
    try:
        yield opened
    finally:
        opened.close()
