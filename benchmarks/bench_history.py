"""What search, lists and figures cost on a long past beside a short one, as whole commands from the shell.

    python -m benchmarks.bench_history [--facts N] [--small STORE --big STORE] [--rounds N] [--json FILE]

Without stores it makes two, as ``bench_start``; the first question builds the history, which is measured apart (ten
million facts take some ten minutes). Commands and stores take turns. The bound is ``zz110 version``: the program's
start alone.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

SMALL = 10_000


@dataclass(frozen=True, slots=True)
class Line:
    """Median milliseconds of a whole command on both stores."""

    what: str
    short_ms: float
    long_ms: float
    ratio: float


def run(store: Path, *args: str) -> float:
    """Milliseconds of one command."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "zz110_tui", "--drill", "--store", str(store), *args],
        capture_output=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(args)}: {done.stderr.decode()}")
    return (time.perf_counter() - began) * 1000


def last_week(store: Path) -> tuple[str, str]:
    """The seven days that end with a store's last full day, as its user writes them."""
    asked = [
        sys.executable,
        "-m",
        "zz110_tui",
        "--drill",
        "--store",
        str(store),
        "journal",
        "tail",
        "-n",
        "1",
        "--json",
    ]
    at = json.loads(subprocess.run(asked, stdout=subprocess.PIPE, check=True).stdout)["at"]
    day = datetime.fromtimestamp(at / 1000, UTC).date()
    return str(day - timedelta(days=7)), str(day - timedelta(days=1))


def questions(store: Path) -> dict[str, Sequence[str]]:
    start, end = last_week(store)
    return {
        "zz110 version (the bound)": ("version",),
        "incident list": ("incident", "list"),
        "incident find 打架": ("incident", "find", "打架"),
        "incident find, two words": ("incident", "find", "江滨公园", "持刀"),
        "incident find, nothing": ("incident", "find", "没有这样的事"),
        "incident find, one week": ("incident", "find", "打架", "--from", start, "--to", end),
        "incident show 0042": ("incident", "show", "0042"),
        "figures of one week": ("figures", "--from", start, "--to", end),
        "figures of one week, page": ("figures", "--from", start, "--to", end, "--html"),
        "bulletin of one week": ("bulletin", "--from", start, "--to", end),
        "order show t1 (none there)": ("order", "show", "t1"),
        "report list": ("report", "list"),
        "alarm rate of the last day": ("alarm", "rate"),
        "journal tail, 20 entries": ("journal", "tail", "-n", "20"),
    }


def measure(small: Path, big: Path, rounds: int) -> list[Line]:
    asked = {store: questions(store) for store in (small, big)}
    took: dict[tuple[str, Path], list[float]] = {}
    for _ in range(rounds):
        for what in asked[small]:
            for store in (small, big):
                took.setdefault((what, store), []).append(run(store, *asked[store][what]))
    lines = []
    for what in asked[small]:
        short, long = statistics.median(took[what, small]), statistics.median(took[what, big])
        lines.append(Line(what, short, long, long / short))
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description="Search, lists and figures on a long past beside a short one.")
    parser.add_argument("--facts", type=int, default=300_000, help="of the big store that is made (default 300,000)")
    parser.add_argument("--small", type=Path)
    parser.add_argument("--big", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix=".bench-history-", dir=Path.cwd()) as folder:
        small, big = options.small, options.big
        if small is None or big is None:
            from benchmarks.big_store import make

            small, big = Path(folder) / "small.zz110", Path(folder) / "big.zz110"
            make(small, SMALL)
            make(big, options.facts)
        built = {store.name: run(store, "history", "update") / 1000 for store in (small, big)}
        lines = measure(small, big, options.rounds)

    print(f"history built or brought up in {', '.join(f'{name}: {s:.1f} s' for name, s in built.items())}")
    print(f"{'':28}{'short ms':>10}{'long ms':>10}{'ratio':>8}")
    for each in lines:
        print(f"{each.what:28}{each.short_ms:10.0f}{each.long_ms:10.0f}{each.ratio:8.2f}")
    if options.json is not None:
        figures = {"built_s": built, "lines": [asdict(each) for each in lines]}
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
