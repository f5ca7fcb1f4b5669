"""What a durable command costs in the bare store, beside what this disk asks for one fsync in the same run.

    python -m benchmarks.bench_journal [--folder DIR] [--seconds S] [--json FILE]

Rounds of the raw disk and of each batch size take turns, so that a busy machine is busy for all of them alike. A
command is one fact (a slip being opened, about 370 bytes). ``folder`` decides which disk is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.facts import Entry, IncidentOpened
from zz110_tui.core.places import Place, point
from zz110_tui.store.chain import verify
from zz110_tui.store.journal import Journal
from zz110_tui.store.open import open_journal
from zz110_tui.wire.codec import decode_entry, encode_entry

BATCHES = (1, 16, 64)
ROUNDS = 10
AT = 1_700_000_000_000
CLERK = Actor("李", "03", Duty.DISPATCH, "keyboard")
PLACE = Place("水仙大街118号", point(117.652, 24.513), "G05", "F7")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; ``fsyncs`` is its median as a multiple of the disk's own, in the same run."""

    what: str
    commands_per_s: float
    p50_ms: float
    p99_ms: float
    fsyncs: float


def entries(first: int, count: int) -> list[Entry]:
    return [
        Entry(n, AT + n, CLERK, f"03-{n:012d}", IncidentOpened(n, n, "fight", 1, PLACE, "两人持刀", AT, AT + n))
        for n in range(first, first + count)
    ]


def timed(work: Callable[[], object], seconds: float) -> list[float]:
    """How long each call took (seconds), called until the time is up."""
    took: list[float] = []
    end = time.perf_counter() + seconds
    while (start := time.perf_counter()) < end:
        work()
        took.append(time.perf_counter() - start)
    return took


class RawDisk:
    """The lower bound: a page is written behind the last one, and synced."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
        self._page = os.urandom(4096)

    def sync_one(self) -> None:
        os.write(self._file, self._page)
        os.fsync(self._file)

    def close(self) -> None:
        os.close(self._file)


def appending(journal: Journal, batch: int) -> Callable[[], object]:
    return lambda: journal.append(entries(journal.head.position + 1, batch))


def line(what: str, took: list[float], batch: int, fsync_s: float) -> Line:
    ordered = sorted(took)
    p50 = statistics.median(ordered)
    p99 = ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    return Line(what, batch * len(took) / sum(took), p50 * 1e3, p99 * 1e3, p50 / fsync_s)


def measure_store(folder: Path, seconds: float) -> tuple[list[Line], float, float]:
    """The table, microseconds to verify an entry, and bytes of the store for each entry."""
    disk = RawDisk(folder / "raw")
    journals = {batch: open_journal(folder / f"{batch}.zz110", "drill") for batch in BATCHES}
    memory = open_journal(":memory:", "drill")
    took: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        share = seconds / ROUNDS / (len(BATCHES) + 2)
        took.setdefault("fsync", []).extend(timed(disk.sync_one, share))
        took.setdefault("memory", []).extend(timed(appending(memory, 1), share))
        for batch, journal in journals.items():
            took.setdefault(f"{batch}", []).extend(timed(appending(journal, batch), share))
            journal.rest()
    fsync = statistics.median(took["fsync"])
    lines = [line("disk: one page, one fsync", took["fsync"], 1, fsync)]
    lines += [line(f"store: {batch} a commit", took[f"{batch}"], batch, fsync) for batch in BATCHES]
    lines.append(line("memory: 1 a commit", took["memory"], 1, fsync))

    biggest = journals[BATCHES[-1]]
    start = time.perf_counter()
    verdict = verify(biggest.rows(0, 20_000))
    verify_us = (time.perf_counter() - start) / verdict.head.position * 1e6
    if not verdict.intact:
        raise SystemExit("the store does not verify")
    total = biggest.head.position
    for journal in journals.values():
        journal.close()
    disk.close()
    return lines, verify_us, (folder / f"{BATCHES[-1]}.zz110").stat().st_size / total


def measure_codec() -> tuple[float, float, int]:
    """Microseconds to encode and to decode one entry (the best of several rounds), and its bytes."""
    (entry,) = entries(1, 1)
    payload = encode_entry(entry)
    best: list[float] = []
    for work in (lambda: encode_entry(entry), lambda: decode_entry(payload)):
        rounds = []
        for _ in range(7):
            start = time.perf_counter()
            for _ in range(5_000):
                work()
            rounds.append((time.perf_counter() - start) / 5_000 * 1e6)
        best.append(min(rounds))
    return best[0], best[1], len(payload)


def main() -> None:
    parser = argparse.ArgumentParser(description="Durable commands per second in the bare store, beside fsync.")
    parser.add_argument(
        "--folder", type=Path, default=Path.cwd(), help="where the store is made: on the disk to measure"
    )
    parser.add_argument("--seconds", type=float, default=10.0, help="how long to measure (default 10)")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix=".bench-journal-", dir=options.folder) as folder:
        lines, verify_us, stored_bytes = measure_store(Path(folder), options.seconds)
    encode_us, decode_us, payload_bytes = measure_codec()

    print(f"{'':28}{'commands/s':>12}{'p50 ms':>10}{'p99 ms':>10}{'x fsync':>10}")
    for each in lines:
        print(f"{each.what:28}{each.commands_per_s:12,.0f}{each.p50_ms:10.3f}{each.p99_ms:10.3f}{each.fsyncs:10.2f}")
    print(f"an entry: encode {encode_us:.1f} µs, decode {decode_us:.1f} µs, verify {verify_us:.1f} µs")
    print(f"an entry: {payload_bytes} bytes, {stored_bytes:.0f} in the store with hash, index and pages")
    if options.json is not None:
        figures = {
            "lines": [asdict(each) for each in lines],
            "encode_us": encode_us,
            "decode_us": decode_us,
            "verify_us": verify_us,
            "payload_bytes": payload_bytes,
            "stored_bytes": stored_bytes,
        }
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
