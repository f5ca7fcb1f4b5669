"""The oath, put to the proof: scripted desks in real processes while the core is killed, its power cut, its disk
broken, its line spoilt; then a judge holds what every desk was told against the journal.

    python -m benchmarks.prove_kills [--wrong kill] [--desks 40] [--kills 200] [--seed S] [--json FILE] [--keep DIR]

``--wrong``: ``kill`` (kill -9 of the core at random moments), ``power`` (power cuts that drop unsynced writes),
``full``, ``write``, ``sync`` (a disk that is full, or fails writes or syncs, now and then), ``line`` (a bad line: cut
in the middle of frames, delayed, dripping, swallowed in one direction), or ``all`` one after another. ``--kills`` is
how often, for ``full``, ``write``, ``sync`` and ``line`` for how many seconds. The seed decides what the desks do and
what goes wrong; when exactly the operating system runs whom, nobody decides: a seed that failed is run again until it
fails again.
Exit code 1 where anything was lost, doubled, out of order or without its number or unit.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.proof.campaign import Campaign, Outcome, run

EVERYTHING = ("kill", "power", "full", "write", "sync", "line")


def percentile(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))] if values else 0.0


def told(campaign: Campaign, outcome: Outcome, took_s: float) -> dict[str, Any]:
    verdict = outcome.verdict
    return {
        "wrong": campaign.wrong,
        "desks": campaign.desks,
        "times": campaign.times,
        "seed": campaign.seed,
        "took_s": round(took_s, 1),
        "starts": outcome.starts,
        "happened": outcome.happened,
        "counts": verdict.counts,
        "answer_ms": {p: round(percentile(verdict.latencies_ms, float(p)), 2) for p in ("0.5", "0.99", "1.0")},
        "silence_s": {p: round(percentile(verdict.silences_s, float(p)), 2) for p in ("0.5", "0.99", "1.0")},
        "faults": verdict.faults,
    }


def show(figures: dict[str, Any]) -> None:
    counts = figures["counts"]
    print(
        f"{figures['wrong']:6} seed {figures['seed']}: {figures['desks']} desks, {figures['times']} times, "
        f"{figures['starts']} starts of the core, {figures['took_s']} s"
    )
    print("       " + ", ".join(f"{count:,} {what}" for what, count in counts.items()))
    if figures["happened"]:
        print("       lines: " + ", ".join(f"{count} {what}" for what, count in figures["happened"].items()))
    print(
        f"       an answer came after p50 {figures['answer_ms']['0.5']} ms, p99 {figures['answer_ms']['0.99']} ms; the "
        f"whole room was without an answer for p50 {figures['silence_s']['0.5']} s, "
        f"at most {figures['silence_s']['1.0']} s"
    )
    for fault in figures["faults"]:
        print(f"       FAULT {fault}")
    if not figures["faults"]:
        print("       nothing lost, doubled, out of order, or without its number or unit; every follower agrees")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill the core, cut its power, break its disk and its line; judge.")
    parser.add_argument("--wrong", choices=(*EVERYTHING, "all"), default="kill")
    parser.add_argument("--desks", type=int, default=40)
    parser.add_argument("--kills", type=int, default=200, help="how often, or for how many seconds")
    parser.add_argument("--seed", default="", help="a word; drawn and printed where none is given")
    parser.add_argument("--json", type=Path, help="write the figures here as well, also where something was found")
    parser.add_argument("--keep", type=Path, help="keep stores, histories and the core's log here")
    options = parser.parse_args()

    seed = options.seed or secrets.token_hex(4)
    found: list[dict[str, Any]] = []
    for wrong in EVERYTHING if options.wrong == "all" else (options.wrong,):
        campaign = Campaign(wrong, options.desks, options.kills, f"{seed}{wrong}" if options.wrong == "all" else seed)
        print(f"{wrong}: seed {campaign.seed} …", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="prove-") as temporary:
            folder = options.keep / campaign.seed if options.keep is not None else Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            began = time.monotonic()
            outcome = asyncio.run(run(campaign, folder))
        found.append(told(campaign, outcome, time.monotonic() - began))
        show(found[-1])
        if options.json is not None:
            options.json.parent.mkdir(parents=True, exist_ok=True)
            options.json.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    raise SystemExit(1 if any(figures["faults"] for figures in found) else 0)


if __name__ == "__main__":
    main()
