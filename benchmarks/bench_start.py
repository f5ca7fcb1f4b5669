"""What a core's start costs on a long past beside a short one, in one run.

    python -m benchmarks.bench_start [--facts N] [--small STORE --big STORE] [--rounds N] [--json FILE]

Without stores it makes two: 10 thousand facts, and ``--facts`` (a million unless said otherwise; ten million take five
minutes and 4 GB). A start is what ``zz110 serve`` does before it answers: open the store as its one writer, check the
end of the chain, take the board from the newest snapshot and what follows, wind up the timers. Each is measured in a
process of its own, the two stores in turn: warm, and with the store's pages dropped from the system's cache ("cold").
The bound is the same process doing nothing but its imports.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

SMALL = 10_000

ONE_START = """
import json, resource, sys, time
from pathlib import Path
from zz110_tui.config.bundled import bundled
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.service.recovery import recover
from zz110_tui.service.timers import Timers
from zz110_tui.store.open import open_journal
rules = load_rulebook(bundled("rulebook"))
began = time.perf_counter()
facts = replayed = 0
if sys.argv[1]:
    journal = open_journal(sys.argv[1], "drill", create=False)
    board, snapshot = recover(journal)
    Timers(rules).start(board)
    facts, replayed = board.position, board.position - snapshot
took = time.perf_counter() - began
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"ms": took * 1000, "memory_mb": memory / 1024, "facts": facts, "replayed": replayed}))
"""


@dataclass(frozen=True, slots=True)
class Line:
    """Medians of all rounds; ``times`` is the big store's as a multiple of the small one's."""

    what: str
    facts: int
    replayed: int
    warm_ms: float
    cold_ms: float
    memory_mb: float


def start_once(store: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-c", ONE_START, store], stdout=subprocess.PIPE, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def forget(store: Path) -> None:
    """Drop the store's pages from the system's cache."""
    descriptor = os.open(store, os.O_RDONLY)
    try:
        os.fsync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


def measure(stores: dict[str, Path | None], rounds: int) -> list[Line]:
    warm: dict[str, list[dict[str, float]]] = {}
    cold: dict[str, list[dict[str, float]]] = {}
    for _ in range(rounds):
        for what, store in stores.items():
            if store is not None:
                forget(store)
            cold.setdefault(what, []).append(start_once(str(store or "")))
            warm.setdefault(what, []).append(start_once(str(store or "")))
    return [
        Line(
            what,
            int(runs[0]["facts"]),
            int(runs[0]["replayed"]),
            statistics.median(run["ms"] for run in runs),
            statistics.median(run["ms"] for run in cold[what]),
            statistics.median(run["memory_mb"] for run in runs),
        )
        for what, runs in warm.items()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description="A core's start on a long past beside a short one.")
    parser.add_argument(
        "--facts", type=int, default=1_000_000, help="of the big store that is made (default a million)"
    )
    parser.add_argument("--small", type=Path)
    parser.add_argument("--big", type=Path)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix=".bench-start-", dir=Path.cwd()) as folder:
        small, big = options.small, options.big
        if small is None or big is None:
            from benchmarks.big_store import make

            small, big = Path(folder) / "small.zz110", Path(folder) / "big.zz110"
            make(small, SMALL)
            make(big, options.facts)
        lines = measure({"imports alone": None, "short past": small, "long past": big}, options.rounds)

    print(f"{'':16}{'facts':>12}{'replayed':>10}{'warm ms':>10}{'cold ms':>10}{'MB':>8}")
    for each in lines:
        print(
            f"{each.what:16}{each.facts:12,}{each.replayed:10,}{each.warm_ms:10.1f}{each.cold_ms:10.1f}"
            f"{each.memory_mb:8.1f}"
        )
    _, short, long = lines
    warm, cold = long.warm_ms / short.warm_ms, long.cold_ms / short.cold_ms
    print(f"long / short: warm {warm:.2f}, cold {cold:.2f}, memory {long.memory_mb / short.memory_mb:.2f}")
    if options.json is not None:
        figures = {"lines": [asdict(each) for each in lines], "warm_ratio": warm, "cold_ratio": cold}
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
