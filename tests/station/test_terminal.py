"""The desk in a real pseudo terminal: what it leaves behind, what it survives, what it writes when nothing happens."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fcntl import ioctl
from pathlib import Path

import pyte
import pytest

ROOT = Path(__file__).resolve().parents[2]
COLUMNS, ROWS = 100, 30
PATIENCE_S = 40.0
IDLE_S = 2.5
MOST_IDLE_BYTES_A_SECOND = 600
"""Nothing but the clock in the top line moves; Textual writes that line from its left edge."""


class Terminal:
    """A process in a pseudo terminal, and the screen as a terminal emulator sees it."""

    def __init__(self, *arguments: str) -> None:
        self.master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        self.output = bytearray()
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        stale = {"COLUMNS": "80", "LINES": "24"}  # what a shell exported before its window was made larger
        env = {**os.environ, **stale, "TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "tests.station.desk_in_a_terminal", *arguments]
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, env=env, start_new_session=True
        )

    def read(self, seconds: float) -> bytes:
        """What comes within a time; returns early when the other end is closed."""
        end, taken = time.monotonic() + seconds, bytearray()
        while (left := end - time.monotonic()) > 0:
            if select.select([self.master], [], [], left)[0]:
                try:
                    data = os.read(self.master, 65_536)
                except OSError:
                    break
                taken += data
                self._stream.feed(data)
        self.output += taken
        return bytes(taken)

    def wait_for(self, seen: Callable[[str], bool]) -> str:
        """Until the screen shows something."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            self.read(0.05)
            if seen(self.text()):
                return self.text()
        raise AssertionError(f"never seen; the screen is:\n{self.text()}")

    def text(self) -> str:
        # pyte puts an empty cell after a wide character.
        return "\n".join(self._screen.display)

    def send(self, data: str | bytes) -> None:
        os.write(self.master, data.encode() if isinstance(data, str) else data)

    def ended(self) -> int:
        """The exit code; what the process wrote last is read meanwhile."""
        end = time.monotonic() + PATIENCE_S
        while self.process.poll() is None and time.monotonic() < end:
            self.read(0.05)
        self.read(0.05)
        return self.process.wait(timeout=1)


@contextmanager
def terminal(*arguments: str) -> Iterator[Terminal]:
    made = Terminal(*arguments)
    try:
        yield made
    finally:
        if made.process.poll() is None:
            made.process.kill()
            made.process.wait()
        os.close(made.slave)
        os.close(made.master)


def _ready(text: str) -> bool:
    return "DRILL" in text and "F10" in text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_desk_and_leaves_the_terminal_as_it_was(number: signal.Signals) -> None:
    with terminal() as desk:
        desk.wait_for(_ready)
        desk.process.send_signal(number)
        assert desk.ended() == 128 + number
        assert termios.tcgetattr(desk.slave) == desk.before
        assert desk.output.rstrip().endswith(b"\x1b[?1049l\x1b[?25h")
        for restored in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l", b"\x1b[?7h"):
            assert restored in desk.output


def test_chinese_is_typed_pasted_and_shown_and_a_stray_byte_of_gbk_is_survived() -> None:
    with terminal() as desk:
        desk.wait_for(_ready)
        desk.send("n 打架斗殴群众围观 @F7".replace("斗殴群众围观", ""))
        desk.wait_for(lambda text: "立警情" in text.replace(" ", ""))
        desk.send("\r")
        desk.wait_for(lambda text: "0001" in text)
        desk.send("中文".encode("gbk"))
        desk.send("\x1b[200~nt 1 / 第一行\n第二行\x1b[201~")
        desk.wait_for(lambda text: "第二行" in text.replace(" ", ""))
        desk.send("\x15n 抢劫 @G7 / 五个以上的汉字一次上屏\r")
        desk.wait_for(lambda text: "0002" in text)
        assert desk.process.poll() is None


def test_what_the_list_of_choices_covered_comes_back_on_the_real_screen() -> None:
    with terminal() as desk:
        desk.wait_for(_ready)
        desk.send("n 打架 @F7\rn 抢劫 @G7\r")
        desk.wait_for(lambda text: "0002" in text)
        desk.read(2.5)  # until what is new is not brighter any more
        before = desk.text().splitlines()[1:-5]
        desk.send("n 打架 @胜利路")
        desk.wait_for(lambda text: "胜利西路" in text.replace(" ", ""))
        desk.send("\x15")
        desk.wait_for(lambda text: "胜利西路" not in text.replace(" ", ""))
        desk.read(0.3)
        after = desk.text().splitlines()[1:-5]
        assert [_steady(line) for line in after] == [_steady(line) for line in before]


def _steady(line: str) -> str:
    """A line without the digits of its clock."""
    return re.sub(r"\d+:\d\d", "0:00", line)


def test_the_desk_ends_when_its_terminal_is_gone() -> None:
    made = Terminal()
    try:
        made.wait_for(_ready)
        os.close(made.slave)
        os.close(made.master)
        assert made.process.wait(timeout=PATIENCE_S) != 0
    finally:
        if made.process.poll() is None:
            made.process.kill()


def test_a_crash_shows_no_caller_and_exits_with_an_error() -> None:
    with terminal("crash") as desk:
        desk.wait_for(_ready)
        desk.send("rp 电话 tel=13912342207 / 有人打架\r")
        assert desk.ended() == 1
        after = bytes(desk.output).decode("utf-8", "replace").split("\x1b[?1049l")[-1]
        assert "RuntimeError" in after
        assert "worklist" in after or "desk_in_a_terminal" in after
        assert "13912342207" not in after
        assert termios.tcgetattr(desk.slave) == desk.before


def test_start_up_asks_the_terminal_nothing_and_an_idle_desk_writes_only_its_clock() -> None:
    with terminal() as desk:
        desk.wait_for(_ready)
        desk.read(1.0)
        for query in (b"?2026$p", b"?2048$p", b"\x1b[6n", b"\x1b[c", b"\x1b[>1u", b"\x1b[?u"):
            assert query not in desk.output
        for mouse in (b"?1000h", b"?1003h"):
            assert mouse not in desk.output, "the terminal's own copy must go on working"
        idle = desk.read(IDLE_S)
        assert len(idle) / IDLE_S <= MOST_IDLE_BYTES_A_SECOND
        assert b"\x07" not in idle
