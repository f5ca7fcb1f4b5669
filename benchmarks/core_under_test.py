"""A serving core in a process of its own, for ``bench_core``: it measures what only the inside can see, when asked.

    python -m benchmarks.core_under_test FOLDER UNITS [MS]

MS: how much longer each sync of its disk takes than that of the real one.

One JSON line on standard output answers each line on standard input: ``measure S`` (status changes through the whole
core for S seconds, 64 waiting at a time, and the bare store with the same facts, taking turns with the raw disk),
``memory`` (resident bytes), ``stop``.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.bench_journal import RawDisk, timed
from benchmarks.slow_disk import SlowDisk
from zz110_tui.config.bundled import bundled
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.core import commands as c
from zz110_tui.core.desks import SYSTEM, Actor, Duty
from zz110_tui.core.facts import Entry, UnitStatusChanged
from zz110_tui.core.places import point
from zz110_tui.core.units import UnitKind, UnitProfile, UnitStatus
from zz110_tui.server.serving import Server
from zz110_tui.server.settings import Settings
from zz110_tui.service.clock import SystemClock
from zz110_tui.service.engine import Engine
from zz110_tui.service.pauses import few_pauses
from zz110_tui.store.journal import Journal
from zz110_tui.store.sqlite import SqliteJournal

WAITING = 64
DESK = Actor("bench", "99", Duty.DISPATCH, "script")
TWO = (UnitStatus.OFF_DUTY, UnitStatus.FREE)
ROUNDS = 8


def profiles(count: int) -> tuple[UnitProfile, ...]:
    spot = point(117.65, 24.51)
    return tuple(
        UnitProfile(f"{n:03d}", UnitKind.PATROL_RESPONSE, f"梯队{n:03d}", 4, "", "", spot) for n in range(1, count + 1)
    )


class Core:
    def __init__(self, folder: Path, units: int, sync_s: float = 0.0) -> None:
        self._sync_s = sync_s
        self._slow = SlowDisk(sync_s) if sync_s else None
        vfs = self._slow.name if self._slow is not None else None
        self._units = [profile.call_sign for profile in profiles(units)][WAITING:]  # the first belong to the desks
        self._n = 0
        self.engine = Engine(
            SqliteJournal(folder / "core.zz110", "drill", vfs=vfs), load_rulebook(bundled("rulebook")), SystemClock()
        )
        self._bare = SqliteJournal(folder / "bare.zz110", "drill", vfs=vfs)
        self._disk = RawDisk(folder / "raw")

    def close(self) -> None:
        self.engine.journal.close()
        self._bare.close()

    def _sync(self) -> None:
        if self._sync_s:
            time.sleep(self._sync_s)
        self._disk.sync_one()

    def _next(self) -> c.Command:
        n, self._n = self._n, self._n + 1
        return c.SetStatus((self._units[n % len(self._units)],), TWO[n // len(self._units) % 2], "")

    async def _one_after_another(self, until: float, took: list[float]) -> None:
        while (began := time.perf_counter()) < until:
            answer = await self.engine.submit(self._next(), DESK, f"bench.{os.getpid()}.{self._n}")
            assert len(answer.entries) == 1, answer
            took.append(time.perf_counter() - began)

    async def _whole(self, seconds: float, waiting: int) -> tuple[list[float], float]:
        took: list[float] = []
        began = time.perf_counter()
        until = began + seconds
        await asyncio.gather(*(self._one_after_another(until, took) for _ in range(waiting)))
        return took, time.perf_counter() - began

    def _append(self, journal: Journal) -> Callable[[], object]:
        def append() -> None:
            head = journal.head.position
            entries = [
                Entry(
                    n,
                    1_700_000_000_000 + n,
                    DESK,
                    f"bench.{n}",
                    UnitStatusChanged(self._units[n % 7], TWO[n % 2], "", n),
                )
                for n in range(head + 1, head + 1 + WAITING)
            ]
            journal.append(entries)

        return append

    async def measure(self, seconds: float) -> dict[str, object]:
        whole: list[float] = []
        alone: list[float] = []
        spent = 0.0
        processor = 0.0
        bare: list[float] = []
        fsync: list[float] = []
        share = seconds / ROUNDS / 4
        for _ in range(ROUNDS):
            fsync += await asyncio.to_thread(timed, self._sync, share)
            bare += await asyncio.to_thread(timed, self._append(self._bare), share)
            self._bare.rest()
            before = time.process_time()
            took, lasted = await self._whole(share, WAITING)
            processor += time.process_time() - before
            whole, spent = whole + took, spent + lasted
            took, _ = await self._whole(share, 1)
            alone += took
        return {
            "whole_per_s": len(whole) / spent,
            "whole_cpu_us": processor / len(whole) * 1e6,
            "bare_per_s": WAITING * len(bare) / sum(bare),
            "ack_ms": _percentiles(whole),
            "ack_alone_ms": _percentiles(alone),
            "fsync_ms": _percentiles(fsync),
        }


def _percentiles(took: list[float]) -> dict[str, float]:
    ordered = sorted(took)
    return {
        "p50": statistics.median(ordered) * 1e3,
        "p99": ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)] * 1e3,
    }


def resident() -> int:
    """Bytes of this process in memory."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


async def answer_lines(core: Core, server: Server) -> None:
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := (await lines.readline()).decode().split():
        if line[0] == "stop":
            return
        said = (
            await core.measure(float(line[1]))
            if line[0] == "measure"
            else {"resident": resident(), "cpu_s": time.process_time()}
        )
        print(json.dumps({**said, "followers": server.followers, "position": core.engine.board.position}), flush=True)


async def main(folder: Path, units: int, sync_s: float) -> None:
    core = Core(folder, units, sync_s)
    await core.engine.start()
    await core.engine.submit(c.AdoptCity("bench", "bench", profiles(units)), SYSTEM)
    server = Server(core.engine, Settings(socket=folder / "core.sock"))
    await server.start()
    print(json.dumps({"serving": True}), flush=True)
    async with few_pauses(core.engine):
        await answer_lines(core, server)
    await server.stop()
    await core.engine.stop()
    core.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]) / 1e3 if len(sys.argv) > 3 else 0.0))
