"""What an acknowledgement pays while a process of its own brings the history up, as a serving core does once a minute.

    python -m benchmarks.bench_beside [--rounds N] [--entries N] [--folder DIR] [--json FILE]

A core works on a store of its own: one status change every ten milliseconds, each waited for. In turn nothing runs
beside it, and ``nice -n 19 zz110 history update`` does, with so many entries to take in as a busy minute leaves. Only
the changes made while that process lives are counted, and as many without it; both in one run, taking turns. On a busy
machine run it at real-time priority (``chrt -r 20``): the history's process does not inherit that.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.core_under_test import DESK, TWO, profiles
from zz110_tui.config.bundled import bundled
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.core import commands as c
from zz110_tui.core.desks import SYSTEM
from zz110_tui.service.clock import SystemClock
from zz110_tui.service.engine import Engine
from zz110_tui.store.open import open_journal

EVERY_S = 0.01
UNITS = 200


class Beside:
    def __init__(self, folder: Path) -> None:
        self._store = folder / "core.zz110"
        self.engine = Engine(open_journal(self._store, "drill"), load_rulebook(bundled("rulebook")), SystemClock())
        self._units = [profile.call_sign for profile in profiles(UNITS)]
        self._n = 0
        self.lasted_s: list[float] = []

    async def begin(self) -> None:
        await self.engine.start()
        await self.engine.submit(c.AdoptCity("bench", "bench", profiles(UNITS)), SYSTEM)

    async def _change(self) -> float:
        n, self._n = self._n, self._n + 1
        command = c.SetStatus((self._units[n % UNITS],), TWO[n // UNITS % 2], "")
        began = time.perf_counter()
        answer = await self.engine.submit(command, DESK, f"beside.{n}")
        assert len(answer.entries) == 1, answer
        return (time.perf_counter() - began) * 1000

    async def leave(self, entries: int) -> None:
        """What happened since the history was brought up last."""
        for start in range(0, entries, 64):
            await asyncio.gather(*(self._change() for _ in range(min(64, entries - start))))

    async def paced(self, until: asyncio.Future[int] | float) -> list[float]:
        """Milliseconds of each change, until a moment or the end of a process."""
        took: list[float] = []
        due = time.perf_counter()
        while not until.done() if isinstance(until, asyncio.Future) else time.perf_counter() < until:
            took.append(await self._change())
            due = max(due + EVERY_S, time.perf_counter())
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
        return took

    async def with_history(self) -> list[float]:
        began = time.perf_counter()
        command = [sys.executable, "-m", "zz110_tui", "--drill", "--store", str(self._store), "history", "update"]
        usual = ["chrt", "-o", "0"] if shutil.which("chrt") else []
        process = await asyncio.create_subprocess_exec(
            *usual, "nice", "-n", "19", *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
        )
        took = await self.paced(asyncio.ensure_future(process.wait()))
        assert process.returncode == 0, "the history was not brought up"
        self.lasted_s.append(time.perf_counter() - began)
        return took


async def measure(folder: Path, rounds: int, entries: int) -> dict[str, object]:
    beside = Beside(folder)
    await beside.begin()
    alone: list[float] = []
    together: list[float] = []
    await beside.with_history()
    beside.lasted_s.clear()
    for _ in range(rounds):
        await beside.leave(entries)
        together += await beside.with_history()
        alone += await beside.paced(time.perf_counter() + beside.lasted_s[-1])
    await beside.engine.stop()
    beside.engine.journal.close()
    return {
        "entries": entries,
        "history_s": statistics.median(beside.lasted_s),
        "alone": percentiles(alone),
        "together": percentiles(together),
    }


def percentiles(took: list[float]) -> dict[str, float]:
    cut = statistics.quantiles(took, n=100)
    return {"count": len(took), "p50": statistics.median(took), "p99": cut[98], "worst": max(took)}


def main() -> None:
    parser = argparse.ArgumentParser(description="What bringing the history up costs an acknowledgement.")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--entries", type=int, default=200, help="of a minute (default 200: a storm's)")
    parser.add_argument("--folder", type=Path, default=Path.cwd(), help="on the disk to measure")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix=".bench-beside-", dir=options.folder) as folder:
        figures = asyncio.run(measure(Path(folder), options.rounds, options.entries))
    print(f"{options.entries} entries are taken in {figures['history_s']:.2f} s at low priority")
    print(f"{'':24}{'count':>8}{'p50 ms':>10}{'p99 ms':>10}{'worst ms':>10}")
    for name, what in (("alone", "nothing beside it"), ("together", "the history beside it")):
        found = figures[name]
        assert isinstance(found, dict)
        print(f"{what:24}{found['count']:8.0f}{found['p50']:10.2f}{found['p99']:10.2f}{found['worst']:10.2f}")
    if options.json is not None:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
