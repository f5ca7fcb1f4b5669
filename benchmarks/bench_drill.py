"""What a simulated month costs, beside what its facts cost the bare core and the bare journal in the same run.

    python -m benchmarks.bench_drill [--city PACK] [--days N] [--rounds N] [--seed S] [--json FILE]

Three works take turns, so that a busy machine is busy for all of them alike: the drill itself (people, chance,
recommendation, engine, timers, journal in memory), the same entries through ``evolve`` alone, and the same entries into
a journal in memory alone. The last two are the lower bound: no drill can be faster than both together.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

from zz110_tui.config.bundled import bundled
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.core.board import Board
from zz110_tui.core.evolve import evolve
from zz110_tui.core.facts import Entry
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.drill.profile import pack_profile
from zz110_tui.drill.result import DrillResult
from zz110_tui.drill.simulation import run_shift
from zz110_tui.gis.city import City, load_city
from zz110_tui.store.memory import MemoryJournal


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: the best round (seconds on the wall and of the processor)."""

    what: str
    wall_s: float
    cpu_s: float
    facts_per_s: float
    calls_per_s: float


def timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def evolve_all(entries: Sequence[Entry]) -> None:
    board = Board()
    for entry in entries:
        evolve(board, entry)


def append_all(batches: Sequence[Sequence[Entry]]) -> None:
    journal = MemoryJournal("drill")
    for batch in batches:
        journal.append(batch)


def line(what: str, rounds: Sequence[tuple[float, float]], result: DrillResult) -> Line:
    wall, cpu = min(rounds)
    return Line(what, round(wall, 3), round(cpu, 3), round(result.facts / wall), round(result.calls / wall))


def measure(
    city: City, rules: Rulebook, pack: Path, days: int, seed: int, count: int
) -> tuple[list[Line], DrillResult]:
    rounds: dict[str, list[tuple[float, float]]] = {"drill": [], "evolve": [], "append": []}
    heads: set[str] = set()
    result: DrillResult | None = None
    for _ in range(count):
        journal = MemoryJournal("drill")
        wall, cpu = time.perf_counter(), time.process_time()
        result = asyncio.run(run_shift(city, rules, days=days, seed=seed, journal=journal, profile=pack_profile(pack)))
        rounds["drill"].append((time.perf_counter() - wall, time.process_time() - cpu))
        heads.add(result.head_hash)
        entries = list(journal.read())
        batches = [list(group) for _, group in groupby(entries, key=lambda entry: entry.command)]
        rounds["evolve"].append(timed(lambda entries=entries: evolve_all(entries)))  # type: ignore[misc]
        rounds["append"].append(timed(lambda batches=batches: append_all(batches)))  # type: ignore[misc]
    if len(heads) != 1 or result is None:
        raise SystemExit(f"one seed gave {len(heads)} journals")
    names = {"drill": "the whole drill", "evolve": "its facts: evolve alone", "append": "its facts: journal alone"}
    return [line(said, rounds[name], result) for name, said in names.items()], result


def main() -> None:
    parser = argparse.ArgumentParser(description="Simulated calls and facts per second, beside the bare core.")
    parser.add_argument("--city", type=Path, default=bundled("cities", "zhangzhou"), help="a city pack")
    parser.add_argument("--days", type=int, default=30, help="simulated days (default 30)")
    parser.add_argument("--rounds", type=int, default=3, help="how often to measure; the best counts (default 3)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    options = parser.parse_args()

    rules = load_rulebook(bundled("rulebook"))
    city = load_city(options.city)
    lines, result = measure(city, rules, options.city, options.days, options.seed, options.rounds)
    bound = lines[1].wall_s + lines[2].wall_s

    print(f"{city.name}, {options.days} days, seed {options.seed}: {result.calls} calls, {result.facts} facts")
    print(f"{'':28}{'wall s':>10}{'cpu s':>10}{'facts/s':>12}{'calls/s':>10}{'x bound':>10}")
    for each in lines:
        print(
            f"{each.what:28}{each.wall_s:10.2f}{each.cpu_s:10.2f}"
            f"{each.facts_per_s:12,}{each.calls_per_s:10,}{each.wall_s / bound:10.2f}"
        )
    on_time = result.figures.from_dispatched.within_5_min
    print(f"within 5 min of dispatch {on_time.share:.4f} ({on_time.low:.4f} to {on_time.high:.4f})")
    print(f"head {result.head_hash}")
    if options.json is not None:
        figures = {
            "city": city.name,
            "days": options.days,
            "seed": options.seed,
            "calls": result.calls,
            "facts": result.facts,
            "head_hash": result.head_hash,
            "bound_s": round(bound, 3),
            "lines": [asdict(each) for each in lines],
        }
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
