"""The desk in a real pseudo terminal: what it leaves behind, what it survives, what it writes when nothing happens."""

from __future__ import annotations

import codecs
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
from contextlib import closing, contextmanager
from fcntl import ioctl
from pathlib import Path

import pyte
import pytest

from zz110_tui.core.facts import IncidentOpened
from zz110_tui.store.open import open_read_only

ROOT = Path(__file__).resolve().parents[2]
COLUMNS, ROWS = 100, 30
PATIENCE_S = 120.0
IDLE_S = 2.5
MOST_IDLE_BYTES_A_SECOND = 60
"""Nothing but the clock in the top line moves."""


class Terminal:
    """A process in a pseudo terminal, and the screen as a terminal emulator sees it."""

    def __init__(self, *arguments: str, term: str = "xterm-256color", answers: bool = False) -> None:
        self.master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        self.output = bytearray()
        self._screen = pyte.Screen(COLUMNS, ROWS)
        if answers:
            # A terminal that says where its cursor is, and that it is there.
            setattr(self._screen, "write_process_input", self.send)  # noqa: B010 (pyte's way to be answered)
        self._stream = pyte.ByteStream(self._screen)
        stale = {"COLUMNS": "80", "LINES": "24"}  # what a shell exported before its window was made larger
        env = {**os.environ, **stale, "TERM": term, "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "tests.station.desk_in_a_terminal", *arguments]
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, cwd=ROOT, env=env, start_new_session=True
        )

    def read(self, seconds: float) -> bytes:
        """What comes within a time, and what is there already; returns early when the other end is closed."""
        end, taken = time.monotonic() + seconds, bytearray()
        while select.select([self.master], [], [], max(0.0, end - time.monotonic()))[0]:
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

    def rest(self, most: int) -> bytes:
        """Until no more than that comes in :data:`IDLE_S`; what came then."""
        end = time.monotonic() + PATIENCE_S
        while len(came := self.read(IDLE_S)) > most:
            assert time.monotonic() < end, f"it never came to rest: {came!r}"
        return came

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
        return self.process.wait(timeout=PATIENCE_S)


@contextmanager
def terminal(*arguments: str, term: str = "xterm-256color", answers: bool = False) -> Iterator[Terminal]:
    made = Terminal(*arguments, term=term, answers=answers)
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


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
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
    with terminal("clock=stands") as desk:
        desk.wait_for(_ready)
        desk.send("n 打架 @F7\rn 抢劫 @G7\r")
        desk.wait_for(lambda text: "0002" in text)
        desk.rest(0)
        before = desk.text().splitlines()[1:-5]
        desk.send("n 打架 @胜利路")
        desk.wait_for(lambda text: "胜利西路" in text.replace(" ", ""))
        desk.send("\x15")
        desk.wait_for(lambda text: text.splitlines()[1:-5] == before)


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


def test_a_plain_terminal_is_asked_nothing_and_an_idle_desk_writes_only_its_clock() -> None:
    with terminal("terminal=plain", "glyphs=auto") as desk:
        desk.wait_for(_ready)
        idle = desk.rest(int(MOST_IDLE_BYTES_A_SECOND * IDLE_S))
        for query in (*QUERIES, b"\x1b[6n", b"\x1b[5n"):
            assert query not in desk.output
        assert b"\x07" not in idle


QUERIES = (b"$p", b"\x1b[c", b"\x1b[>c", b"\x1b[>1u", b"\x1b[?u", b"\x1b[>", b"\x1b]")
"""What old terminals print on the screen, and what changes how keys are sent."""


def test_the_usual_terminal_is_asked_only_what_a_vt100_knows_and_its_answers_are_not_typed() -> None:
    with terminal("glyphs=auto", answers=True) as desk:
        desk.wait_for(_ready)
        desk.send("n 打架")
        text = desk.wait_for(lambda text: "打架" in text.replace(" ", ""))
        for query in QUERIES:
            assert query not in desk.output
        for mouse in (b"?1000h", b"?1003h"):
            assert mouse not in desk.output, "the terminal's own copy must go on working"
        assert desk.output.count(b"\x1b[6n") == 6
        line = next(row for row in text.splitlines() if "打" in row)
        assert "[" not in line
        assert ";" not in line
        # It has said that its signs are narrow: now they are used.
        desk.send(" / 甲→乙")
        desk.wait_for(lambda text: "甲→乙" in text.replace(" ", ""))
    with terminal("glyphs=auto") as silent:
        silent.wait_for(_ready)
        silent.send("n 打架 / 甲→乙")
        silent.wait_for(lambda text: "甲>乙" in text.replace(" ", ""))


def test_nothing_inside_suspends_the_desk_and_what_another_program_drew_is_drawn_over() -> None:
    with terminal() as desk:
        desk.wait_for(_ready)
        desk.process.send_signal(signal.SIGTSTP)
        desk.send("\x1a")  # Ctrl-Z
        desk.send("n 打架")
        desk.wait_for(lambda text: "打架" in text.replace(" ", ""))
        desk.process.send_signal(signal.SIGSTOP)
        desk._stream.feed(b"\x1b[2J\x1b[Hsomething else")
        desk.process.send_signal(signal.SIGCONT)
        desk.wait_for(lambda text: _ready(text) and "something else" not in text)
        assert "打架" in desk.text().replace(" ", "")


def test_the_window_may_change_its_size_at_any_moment() -> None:
    with terminal() as desk:
        for columns, rows in ((80, 24), (200, 60), (61, 17), (3, 2), (132, 43), (COLUMNS, ROWS)):
            ioctl(desk.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            desk.process.send_signal(signal.SIGWINCH) if desk.output else None
            desk._screen.resize(rows, columns)
            desk.read(0.15)
        desk.wait_for(_ready)
        assert desk.process.poll() is None


def test_a_terminal_that_takes_nothing_any_more_does_not_keep_the_desk_from_ending() -> None:
    with terminal() as desk:
        desk.wait_for(_ready)
        for _ in range(12):  # more than a pseudo terminal holds, and nobody reads
            ioctl(desk.slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS + 1, COLUMNS, 0, 0))
            desk.process.send_signal(signal.SIGCONT)
            select.select([], [], [], 0.05)
        desk.process.send_signal(signal.SIGTERM)
        assert desk.process.wait(timeout=PATIENCE_S) == 128 + signal.SIGTERM
        assert termios.tcgetattr(desk.slave) == desk.before


@pytest.mark.parametrize("term", ["linux", "vt100"])
def test_an_old_console_gets_ascii_and_no_colour_it_does_not_know(term: str) -> None:
    with terminal("glyphs=auto", "colour=auto", term=term) as desk:
        desk.wait_for(_ready)
        shown = bytes(desk.output)
        assert shown.isascii()
        codes = {code for sgr in re.findall(rb"\x1b\[([0-9;]*)m", shown) for code in sgr.split(b";") if code}
        allowed = {str(n).encode() for n in (0, 1, 2, 4, 7, *range(30, 38), 39, *range(40, 48), 49, 22, 24, 27)}
        assert codes <= (allowed if term == "linux" else {b"0", b"1", b"2", b"4", b"7"})


def test_a_gb18030_terminal_types_and_is_shown_chinese_in_its_own_code() -> None:
    with terminal("glyphs=auto", "encoding=gb18030") as desk:
        end = time.monotonic() + PATIENCE_S
        for waited, typed in (("派警", "n 打架 / 有人持刀"), ("持刀", "")):
            while waited.encode("gb18030") not in desk.output:
                assert time.monotonic() < end, f"{waited} never came"
                desk.read(0.1)
            desk.send(typed.encode("gb18030"))
        text = codecs.getincrementaldecoder("gb18030")().decode(desk.output)
        assert not [letter for letter in text if not letter.isascii() and len(letter.encode("gb18030")) != 2]


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGKILL])
def test_the_journal_is_whole_after_the_desk_was_ended(number: signal.Signals, tmp_path: Path) -> None:
    store = tmp_path / "drill.zz110"
    with terminal(f"store={store}") as desk:
        desk.wait_for(_ready)
        desk.send("n 打架 @F7\r")
        desk.wait_for(lambda text: "0001" in text)
        desk.process.send_signal(number)
        desk.ended()
    with closing(open_read_only(store)) as journal:
        facts = [entry.fact for entry in journal.read()]
        assert any(isinstance(fact, IncidentOpened) for fact in facts)


def test_a_thin_line_is_said() -> None:
    with terminal("bandwidth=low") as desk:
        desk.wait_for(lambda text: _ready(text) and ("窄带" in text.replace(" ", "") or "thin" in text))
