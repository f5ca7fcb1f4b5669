"""What a what-if costs: 200 hours for each of two alternatives from one board, and what it does to the desk meanwhile.

    python -m benchmarks.bench_whatif [--rounds N] [--json FILE]

``here`` is the simulation in this process, in seconds of the wall and of the processor; ``beside`` the same asked as a
desk asks it, of a process of its own, the first time (it has to start) and after that. Then how late a timer of the
event loop fires, which is how late a key is heard: at rest, while the process beside simulates, and, to compare, while
a thread of this process does.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import Awaitable
from dataclasses import asdict, dataclass
from pathlib import Path

from zz110_tui.config.bundled import bundled
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.core.board import Board
from zz110_tui.core.evolve import evolve
from zz110_tui.core.incidents import IncidentStage
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.core.whatif import Forecast, Option, Question, situation_of
from zz110_tui.drill.lab.foreseer import Foreseer
from zz110_tui.drill.lab.hour import foresee
from zz110_tui.drill.profile import Chances, load_profile
from zz110_tui.drill.simulation import run_shift
from zz110_tui.drill.world import travel_in
from zz110_tui.gis.city import City, load_city
from zz110_tui.store.memory import MemoryJournal

TARGET_S = 1.5
TIMER_S = 0.005
BUSY = 2


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds are medians over the rounds; delays of the loop in milliseconds."""

    rounds: int
    units: int
    under_way: int
    here_s: float
    here_cpu_s: float
    beside_first_s: float
    beside_s: float
    rest_p50_ms: float
    rest_p99_ms: float
    beside_p50_ms: float
    beside_p99_ms: float
    thread_p50_ms: float
    thread_p99_ms: float


def question_of(city: City, rules: Rulebook) -> Question:
    """An afternoon at work: the first moment with a slip that waits while some units drive and some are at a scene."""
    journal = MemoryJournal("drill")
    asyncio.run(run_shift(city, rules, days=1, seed=5, load=2.0, journal=journal))
    board = Board()
    for entry in journal.read(0):
        evolve(board, entry)
        waits = [i.number for i in board.incidents.values() if i.stage is IncidentStage.QUEUED]
        busy = [u for u in board.units.values() if u.incidents]
        free = sorted(u.call_sign for u in board.units.values() if u.available and not u.profile.second_line)
        if waits and len(busy) > BUSY and len(free) > BUSY:
            options = (Option((free[0],), waits[0]), Option((free[1],), waits[0]))
            return Question(situation_of(board, board.at + 1), options, waits[0], seed=1)
    raise AssertionError("there is no such moment")


async def delays(work: Awaitable[object]) -> list[float]:
    """How late (ms) a timer fires until the work is done."""
    task = asyncio.ensure_future(work)
    late = []
    while not task.done():
        began = time.perf_counter()
        await asyncio.sleep(TIMER_S)
        late.append((time.perf_counter() - began - TIMER_S) * 1000)
    await task
    return late


def percentiles(late: list[float]) -> tuple[float, float]:
    ordered = sorted(late)
    return round(statistics.median(ordered), 2), round(ordered[int(0.99 * (len(ordered) - 1))], 2)


async def measure(city: City, rules: Rulebook, question: Question, rounds: int) -> Figures:
    chances, travel = Chances(load_profile(), rules), travel_in(city)

    def here() -> Forecast | None:
        return foresee(question, city, rules, chances, travel)

    here()
    walls, cpus, beside = [], [], []
    assert city.folder is not None
    foreseer = Foreseer(city.folder, rules)
    began = time.perf_counter()
    await foreseer.ask(question, lambda runs: None)
    first = time.perf_counter() - began
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        here()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
        began = time.perf_counter()
        await foreseer.ask(question, lambda runs: None)
        beside.append(time.perf_counter() - began)
    rest = percentiles(await delays(asyncio.sleep(statistics.median(beside))))
    process = percentiles(await delays(foreseer.ask(question, lambda runs: None)))
    thread = percentiles(await delays(asyncio.to_thread(here)))
    await foreseer.close()
    return Figures(
        rounds, len(question.situation.units), sum(bool(u.incidents) for u in question.situation.units),
        round(statistics.median(walls), 3), round(statistics.median(cpus), 3), round(first, 3),
        round(statistics.median(beside), 3), *rest, *process, *thread,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--city", default="zhangzhou")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    city, rules = load_city(bundled("cities", args.city)), load_rulebook(bundled("rulebook"))
    question = question_of(city, rules)
    found = asyncio.run(measure(city, rules, question, args.rounds))
    print(f"{question.runs} runs of two alternatives, {found.units} units, {found.under_way} of them at work;")
    print(f"medians of {found.rounds}, target {TARGET_S:g} s")
    print(f"  here    {found.here_s:.2f} s on the wall, {found.here_cpu_s:.2f} s of the processor")
    print(f"  beside  {found.beside_s:.2f} s; the first time {found.beside_first_s:.2f} s")
    print("a timer of the loop is late by, p50 / p99 ms")
    print(f"  at rest {found.rest_p50_ms} / {found.rest_p99_ms}")
    print(f"  process {found.beside_p50_ms} / {found.beside_p99_ms}")
    print(f"  thread  {found.thread_p50_ms} / {found.thread_p99_ms}")
    if args.json is not None:
        document = {"target_s": TARGET_S, **asdict(found)}
        args.json.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
