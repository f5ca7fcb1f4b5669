"""What the desk costs: bytes to the terminal, keystroke to echo, first paint, processor and memory.

    python -m benchmarks.bench_desk [--seconds S] [--only NAME…] [--json FILE]

Each subject runs in a pseudo terminal of 160x50, drained as fast as it comes or at 64 or 9.6 kbit/s; the drain answers
``CSI 5 n`` when it gets there, as a terminal does. The bound is the same desk painted by a hand-written diff
(``desk_bound``); ``datatable`` is Textual's own widgets under the same load (``desk_stock``); ``command`` is the
installed ``zz110`` on a store of its own. Keys are rare Han characters: each is looked for in what comes back.
"""

from __future__ import annotations

import argparse
import json
import os
import pty
import random
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from fcntl import ioctl
from pathlib import Path
from statistics import quantiles

COLUMNS, ROWS = 160, 50
KEY_S = 0.25
LINE_LETTERS = 12
QUIET_S = 0.5
PAGE = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")
LEAST_SCREEN = 3_000
"""Bytes; less is not the first screen yet."""
LOST_S = 10.0
"""A key whose echo has not come after this time counts as this long."""


@dataclass(frozen=True, slots=True)
class Subject:
    """``rate`` is bytes a second that the line carries; 0 is as many as come."""

    name: str
    what: str
    load: str = "normal"
    rate: int = 0
    env: tuple[tuple[str, str], ...] = ()


SUBJECTS = (
    Subject("datatable", "datatable"),
    Subject("desk without the diff", "desk", env=(("ZZ110_CELL_DIFF", "0"),)),
    Subject("desk", "desk"),
    Subject("bound", "bound"),
    Subject("desk, storm", "desk", "storm"),
    Subject("bound, storm", "bound", "storm"),
    Subject("datatable, 64 kbit/s", "datatable", rate=8_000),
    Subject("desk, 64 kbit/s", "desk", rate=8_000),
    Subject("bound, 64 kbit/s", "bound", rate=8_000),
    Subject("desk, storm, 64 kbit/s", "desk", "storm", rate=8_000),
    Subject("desk, 9.6 kbit/s, low", "desk", rate=1_200, env=(("ZZ110_BENCH_BANDWIDTH", "low"),)),
)


@dataclass(slots=True)
class Line:
    """One line of the table; None where it was not measured. Times in milliseconds."""

    name: str
    first_ms: float | None = None
    first_kb: float | None = None
    idle_b_s: float | None = None
    kb_s: float | None = None
    echo_p50: float | None = None
    echo_p99: float | None = None
    effect_p50: float | None = None
    effect_p99: float | None = None
    cpu: float | None = None
    rss_mb: float | None = None


class Terminal:
    """A process in a pseudo terminal that is drained at a rate."""

    def __init__(self, command: Sequence[str], rate: int, env: dict[str, str]) -> None:
        self.master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.rate, self.total, self._tail = rate, 0, b""
        self.began = self.last = time.perf_counter()
        self._allowed = 0.0
        self._filled = self.began
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True
        )
        os.close(slave)

    def read(self, seconds: float) -> bytes:
        """What comes first within a time; empty if nothing does."""
        most = 65_536
        if self.rate:
            now = time.perf_counter()
            self._allowed = min(self._allowed + (now - self._filled) * self.rate, self.rate / 50)
            self._filled = now
            if self._allowed < 8:
                time.sleep(8 / self.rate)
                return b""
            most = int(self._allowed)
        if not select.select([self.master], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self.master, most)
        except OSError:
            return b""
        self._allowed -= len(data)
        self.total += len(data)
        self.last = time.perf_counter()
        seen = self._tail + data
        if count := seen.count(b"\x1b[5n"):
            os.write(self.master, b"\x1b[0n" * count)
        cut = seen[-3:]
        self._tail = cut[cut.rfind(b"\x1b") :] if b"\x1b" in cut else b""
        return data

    def until_quiet(self, most: float) -> None:
        end = time.perf_counter() + most
        while time.perf_counter() < end and (self.total < LEAST_SCREEN or time.perf_counter() - self.last < QUIET_S):
            self.read(0.05)

    def cpu_s(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def rss_mb(self) -> float:
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * PAGE / 1e6

    def end(self) -> None:
        self.rate = 0
        self.process.send_signal(signal.SIGTERM)
        end = time.perf_counter() + 5
        while self.process.poll() is None and time.perf_counter() < end:
            self.read(0.05)
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.master)


class Typist:
    """Types a letter now and then, and sometimes a whole slip, and notes when each is seen."""

    def __init__(self, terminal: Terminal, first: int, slips: bool) -> None:
        self.terminal, self.slips = terminal, slips
        self.echo: list[float] = []
        self.effect: list[float] = []
        self._wanted, self._sent, self._is_slip = b"", 0.0, False
        self._letters, self._number = 0, first
        self._tail = b""
        self._code = 0x9F00
        self._next = time.perf_counter()
        self._dice = random.Random(7)

    def go(self, data: bytes) -> None:
        now = time.perf_counter()
        if self._wanted:
            seen = self._tail + data
            if self._wanted in seen or now - self._sent > LOST_S:
                (self.effect if self._is_slip else self.echo).append(min(now - self._sent, LOST_S))
                self._wanted = b""
                self._next = now + KEY_S * self._dice.uniform(0.6, 1.4)
            self._tail = seen[-16:]
        elif now >= self._next:
            self._type(now)

    def _type(self, now: float) -> None:
        self._tail = b""
        if self._letters == LINE_LETTERS:
            self._letters = 0
            os.write(self.terminal.master, b"\x15")
            if self.slips:
                os.write(self.terminal.master, "n 打架 @胜利路x延安路".encode())
                self._next = now + 1.0
                self._letters = -1
            return
        if self._letters == -1:
            self._letters = 0
            self._is_slip = True
            self._wanted = f"{self._number:04d}".encode()
            self._number += 1
            self._sent = time.perf_counter()
            os.write(self.terminal.master, b"\r")
            return
        self._letters += 1
        self._is_slip = False
        letter = chr(self._code)
        self._code = 0x9F00 + (self._code + 1 - 0x9F00) % 0xA0
        self._wanted = letter.encode()
        self._sent = time.perf_counter()
        os.write(self.terminal.master, self._wanted)


def measure(subject: Subject, seconds: float) -> Line:
    made = Line(subject.name)
    command = [sys.executable, "-m", "benchmarks.desk_scene", subject.what, subject.load]
    terminal = Terminal(command, subject.rate, environment(dict(subject.env)))
    try:
        terminal.until_quiet(60)
        made.first_kb = terminal.total / 1000
        terminal.process.send_signal(signal.SIGUSR1)
        end = time.perf_counter() + 1.5
        while time.perf_counter() < end:
            terminal.read(0.02)
        incidents = {"normal": 300, "storm": 500}[subject.load]
        typist = Typist(terminal, incidents + 1, subject.what != "datatable")
        began, before, cpu = time.perf_counter(), terminal.total, terminal.cpu_s()
        while time.perf_counter() - began < seconds:
            typist.go(terminal.read(0.005))
        took = time.perf_counter() - began
        made.kb_s = (terminal.total - before) / took / 1000
        made.cpu = 100 * (terminal.cpu_s() - cpu) / took
        made.rss_mb = terminal.rss_mb()
        made.echo_p50, made.echo_p99 = percentiles(typist.echo)
        made.effect_p50, made.effect_p99 = percentiles(typist.effect)
    finally:
        terminal.end()
    return made


def measure_command(rounds: int) -> Line:
    """The installed command on a store of its own: the best start of some, and what it writes when nothing happens."""
    made = Line("command")
    with tempfile.TemporaryDirectory() as folder:
        command = [str(Path(sys.executable).with_name("zz110")), "--store", f"{folder}/s.zz110", "--config-dir", folder]
        starts = []
        for _ in range(rounds + 1):
            terminal = Terminal(command, 0, environment({}))
            try:
                # The first screen comes in one piece: it is complete when nothing follows at once.
                while time.perf_counter() - terminal.began < 10:
                    if not terminal.read(0.06) and terminal.total > LEAST_SCREEN:
                        break
                starts.append(1000 * (terminal.last - terminal.began))
                made.first_kb = terminal.total / 1000
                terminal.until_quiet(1.5)
                before, began = terminal.total, time.perf_counter()
                while time.perf_counter() - began < 3:
                    terminal.read(0.05)
                made.idle_b_s = (terminal.total - before) / 3
                made.rss_mb = terminal.rss_mb()
            finally:
                terminal.end()
        made.first_ms = min(starts[1:])
    return made


def measure_import() -> Line:
    """The bound of a start: the toolkit alone, imported."""
    best = LOST_S
    for _ in range(4):
        began = time.perf_counter()
        names = "textual.app, textual.widget, textual.screen, textual.drivers.linux_driver"
        subprocess.run([sys.executable, "-c", f"import {names}"], check=True, env=environment({}))
        best = min(best, time.perf_counter() - began)
    return Line("import textual, alone", first_ms=1000 * best)


def environment(more: dict[str, str]) -> dict[str, str]:
    env = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **more}
    # As installed: compiled once, not at every start.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env.setdefault("PYTHONPYCACHEPREFIX", f"{tempfile.gettempdir()}/zz110-bench-pyc")
    return env


def percentiles(times: list[float]) -> tuple[float | None, float | None]:
    if len(times) < 2:
        return (1000 * times[0], None) if times else (None, None)
    cuts = quantiles(times, n=100, method="inclusive")
    return 1000 * cuts[49], 1000 * cuts[98]


HEAD = ("subject", "first ms", "kB", "idle B/s", "kB/s", "echo p50", "p99", "effect p50", "p99", "CPU %", "RSS MB")


def table(lines: Sequence[Line]) -> str:
    rows: list[tuple[str, ...]] = [HEAD]
    for line in lines:
        values = list(asdict(line).values())
        rows.append((line.name, *("–" if v is None else f"{v:.1f}" if v < 100 else f"{v:.0f}" for v in values[1:])))
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))])
        for row in rows
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seconds", type=float, default=15)
    arguments.add_argument("--only", nargs="*", default=[], help="subjects by name")
    arguments.add_argument("--json", type=Path)
    asked = arguments.parse_args()
    wanted = [s for s in SUBJECTS if not asked.only or s.name in asked.only]
    lines = [] if asked.only and "command" not in asked.only else [measure_import(), measure_command(3)]
    for subject in wanted:
        lines.append(measure(subject, asked.seconds))
        print(table(lines[-1:]).splitlines()[-1], file=sys.stderr)
    print(table(lines))
    if asked.json:
        asked.json.write_text(json.dumps([asdict(line) for line in lines], indent=1) + "\n")


if __name__ == "__main__":
    main()
