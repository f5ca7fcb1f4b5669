"""What a month costs in the laboratory, by policy, beside what its calls cost to be drawn and its chance to be hashed.

    python -m benchmarks.bench_lab [--city PACK] [--load N] [--rounds N] [--json FILE]

The works take turns, so that a busy machine is busy for all of them alike; seconds are of the processor. The bound is
what no kernel can leave out: the calls of the month, drawn, and one search of the roads for every trip.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from zz110_tui.config.bundled import bundled
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.drill.demand import Contact, Demand
from zz110_tui.drill.lab.compare import policy_named
from zz110_tui.drill.lab.fleet import fleet
from zz110_tui.drill.lab.kernel import Kernel, Outcome
from zz110_tui.drill.profile import Chances, pack_profile
from zz110_tui.drill.simulation import SHIFT_START, midnight
from zz110_tui.drill.world import travel_in
from zz110_tui.gis.city import load_city

POLICIES = ("closest", "fill-in", "second-line", "both")
DAYS = 30
TARGET_S = 3.0
"""A simulated month with fill-in (performance.md)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One work: seconds of the processor, the median and the best of the rounds."""

    what: str
    median_s: float
    best_s: float
    trips: int = 0
    moves: int = 0


class Month:
    def __init__(self, pack: Path, load: float, seed: int) -> None:
        self.city, self.rules = load_city(pack), load_rulebook(bundled("rulebook"))
        self.chances, self.travel = Chances(pack_profile(pack), self.rules), travel_in(self.city)
        self.load, self.seed = load, seed
        self.contacts = self.draw()

    def draw(self) -> list[Contact]:
        demand = Demand(self.city, self.chances, self.seed, self.load, named=False)
        return list(demand.contacts(midnight(self.city, SHIFT_START), DAYS))

    def run(self, name: str) -> Outcome:
        policy = policy_named(name)
        units = fleet(self.city, self.travel, 0, second_line=policy.second_line)
        kernel = Kernel(self.city, self.rules, self.chances, self.travel, policy, units, self.seed)
        return kernel.run(self.contacts)

    def searches(self) -> None:
        """One search for each call, to where it comes from."""
        roads = self.travel.roads
        for contact in self.contacts:
            if roads is not None and contact.point is not None:
                roads.to(contact.point, 15)


def timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def measure(month: Month, rounds: int) -> list[Line]:
    works: dict[str, Callable[[], object]] = {"draw the calls": month.draw, "search the roads": month.searches}
    outcomes = {name: month.run(name) for name in POLICIES}
    for name in POLICIES:
        works[name] = partial(month.run, name)
    taken: dict[str, list[float]] = {what: [] for what in works}
    for _ in range(rounds):
        for what, work in works.items():
            taken[what].append(timed(work))
    lines = []
    for what, seconds in taken.items():
        found = outcomes.get(what)
        trips, moves = (len(found.trips), found.moves) if found is not None else (0, 0)
        lines.append(Line(what, round(statistics.median(seconds), 3), round(min(seconds), 3), trips, moves))
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--city", default="zhangzhou")
    parser.add_argument("--load", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    lines = measure(Month(bundled("cities", args.city), args.load, args.seed), args.rounds)
    print(f"{DAYS} days at {args.load:g}x; target with fill-in {TARGET_S:g} s")
    print(f"{'':18}{'median s':>10}{'best s':>10}{'trips':>8}{'moves':>8}")
    for line in lines:
        print(f"{line.what:18}{line.median_s:10.2f}{line.best_s:10.2f}{line.trips or '':>8}{line.moves or '':>8}")
    if args.json is not None:
        document = {"days": DAYS, "load": args.load, "target_s": TARGET_S, "lines": [asdict(line) for line in lines]}
        args.json.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
