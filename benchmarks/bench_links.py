"""A room over its socket and TLS for hours of compressed traffic: what in the core could grow, and whether it does.

    python -m benchmarks.bench_links [--minutes 12] [--desks 40] [--speed 480] [--json FILE]
    python -m benchmarks.bench_links --past STORE [--json FILE]

The core is the real server on a real store, in a process of its own, with a clock that runs ``--speed`` times as fast:
at 480, twelve minutes are four days, and closed slips are filed as they are after a day. Desks are whole clients
(``RemoteLink``) in four processes: half come over TLS with a password, half over the socket. Each stays for half a
minute or so, takes calls, sends units, closes slips, asks about the past, and goes; every fifth line is cut in the
middle, every tenth desk stops taking in until the core drops it, and somebody knocks with wrong passwords, nonsense and
silence all the time. Every ten seconds the core says how large everything in it is. At the end everybody has gone.

``--past STORE``: what a question costs the room. On a copy of a store with a long past, one desk gives commands while
nobody asks, and while four others ask for all slips there ever were, page after page; taking turns, medians of rounds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.room_crowd import OVER
from zz110_tui.client.dial import over_socket
from zz110_tui.client.past import LinkPast
from zz110_tui.client.remote import RemoteLink
from zz110_tui.core import commands as c
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.facts import IncidentOpened
from zz110_tui.core.places import Place

PROCESSES = 4
SAMPLE_S = 10.0
SETTLED = 1 / 3
"""Of the time; after it nothing may grow any more. At the usual speed that is when the first slips are filed twice."""
MOST_GROWTH = 1.15
EXPECTED = frozenset(f"{OVER}{code}" for code in ("left", "cut", "silent", "unheard", "too_slow"))
"""How a link may end here: lines are cut, and this machine may be so busy that a desk seems silent."""
GROWING = ("resident", "descriptors", "objects")
COUNTED = ("tasks", "links", "followers", "strangers", "tickets", "throttled", "children")


# -- the soak ----------------------------------------------------------------------------------------------------------


def started(module: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", f"benchmarks.{module}", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def asked(process: subprocess.Popen[str], words: str = "") -> dict[str, Any]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{words}\n")
    process.stdin.flush()
    said: dict[str, Any] = json.loads(process.stdout.readline())
    return said


def soak(folder: Path, minutes: float, count: int, speed: float) -> dict[str, Any]:
    room = started("room_core", str(folder), str(speed))
    assert room.stdout is not None
    port = room.stdout.readline().strip()
    before, began = asked(room), time.monotonic()
    places = -(-count // PROCESSES)
    crowd = [started("room_crowd", str(folder), port, str(n), str(places), str(minutes * 60)) for n in range(PROCESSES)]
    samples = []
    while time.monotonic() - began < minutes * 60:
        time.sleep(SAMPLE_S)
        samples.append({"s": round(time.monotonic() - began), **asked(room)})
    done: dict[str, int] = {}
    for each in crowd:
        out, _ = each.communicate()
        for what, number in json.loads(out).items():
            done[what] = done.get(what, 0) + number
    time.sleep(15)
    after = asked(room)
    trimmed = asked(room, "trim")
    room.communicate()
    return {
        "before": before,
        "samples": samples,
        "after": after,
        "trimmed": trimmed,
        "done": done,
        "exit": room.returncode,
    }


def judged(result: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    samples = result["samples"]
    third = max(1, int(len(samples) * SETTLED))
    early, late = samples[third : 2 * third], samples[-third:]
    growth = {name: _low(late, name) / _low(early, name) for name in GROWING}
    faults = [f"{name} grew x {times:.2f}" for name, times in growth.items() if times > MOST_GROWTH]
    after, before = result["after"], result["before"]
    faults += [f"{after[n]} {n} are left" for n in ("links", "followers", "strangers") if after[n]]
    if after["tasks"] > before["tasks"] + 2:
        faults.append(f"{after['tasks']} tasks, {before['tasks']} before anybody came")
    if after["descriptors"] > before["descriptors"] + 6:
        faults.append(f"{after['descriptors']} descriptors, {before['descriptors']} before anybody came")
    faults += ["the core died"] if result["exit"] else []
    faults += [
        f"{n} links {what}" for what, n in result["done"].items() if what.startswith(OVER) and what not in EXPECTED
    ]
    return growth, faults


def _low(samples: list[dict[str, Any]], name: str) -> float:
    """What it mostly is at least: checking one password takes 64 MB for a tenth of a second."""
    return float(statistics.quantiles((sample[name] for sample in samples), n=4)[0])


def show(result: dict[str, Any], growth: dict[str, Any], faults: list[str]) -> None:
    heads = ("entries", "incidents", "objects", *COUNTED, "descriptors")
    print("    s" + "".join(f"{head:>12}" for head in heads) + f"{'memory MB':>12}")
    samples = result["samples"]
    for each in [{"s": 0, **result["before"]}, *samples[:: max(1, len(samples) // 12)], {"s": -1, **result["after"]}]:
        when = f"{each['s']:>5}" if each["s"] >= 0 else "after"
        print(when + "".join(f"{each[head]:>12,}" for head in heads) + f"{each['resident'] / 1e6:>12.1f}")
    print("desks: " + ", ".join(f"{number:,} {what}" for what, number in sorted(result["done"].items())))
    print("the record: " + ", ".join(f"{n:,} {event}" for event, n in sorted(result["after"]["counts"].items())))
    print("from the middle third to the last: " + ", ".join(f"{name} x {times:.3f}" for name, times in growth.items()))
    given_back = (result["after"]["resident"] - result["trimmed"]["resident"]) / 1e6
    print(f"after everybody had gone {given_back:.1f} MB were kept by the allocator and in use by nobody")
    for fault in faults:
        print(f"FAULT {fault}")


# -- what a question costs ---------------------------------------------------------------------------------------------


async def cost(folder: Path, rounds: int = 5, each_s: float = 3.0) -> dict[str, Any]:
    actor = Actor("bench", "98", Duty.DISPATCH, "script")
    busy = await RemoteLink.connect(over_socket(folder / "s"), actor)
    askers = [
        await RemoteLink.connect(over_socket(folder / "s"), Actor("bench", f"9{n}", Duty.DISPATCH, "script"))
        for n in range(4)
    ]
    said = await busy.submit(c.OpenIncident("fight", Place("F7")))
    (number,) = [e.fact.incident for e in said.entries if isinstance(e.fact, IncidentOpened)]
    slips = 0

    async def ask(link: RemoteLink, until: float) -> None:
        nonlocal slips
        past = LinkPast(link)
        while time.monotonic() < until:
            slips += len(await past.find("打架", 0, 1 << 60, 1_000))

    async def work(until: float) -> list[float]:
        took = []
        while time.monotonic() < until:
            began = time.perf_counter()
            await busy.submit(c.AddNote(number, "记"))
            took.append((time.perf_counter() - began) * 1e3)
            await asyncio.sleep(0.005)
        return sorted(took)

    found: dict[str, list[tuple[float, float]]] = {"quiet": [], "asked": []}
    for _ in range(rounds):
        for name, column in found.items():
            until = time.monotonic() + each_s
            others = [asyncio.create_task(ask(link, until)) for link in askers] if name == "asked" else []
            took = await work(until)
            await asyncio.gather(*others)
            column.append((took[len(took) // 2], took[len(took) * 99 // 100]))
    for link in (busy, *askers):
        await link.close()
    made = {name: [statistics.median(each) for each in zip(*pairs, strict=True)] for name, pairs in found.items()}
    return {**made, "slips_per_s": slips / (rounds * each_s)}


def main() -> None:
    parser = argparse.ArgumentParser(description="A room over its socket and TLS for hours of compressed traffic.")
    parser.add_argument("--minutes", type=float, default=12.0)
    parser.add_argument("--desks", type=int, default=40)
    parser.add_argument("--speed", type=float, default=480.0)
    parser.add_argument("--past", type=Path, metavar="STORE", help="what a question costs the room, on a copy of it")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    options = parser.parse_args()
    figures, faults = measured(options)
    if options.json is not None:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    raise SystemExit(1 if faults else 0)


def measured(options: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    with tempfile.TemporaryDirectory(prefix="links-") as name:
        folder = Path(name)
        if options.past is None:
            result = soak(folder, options.minutes, options.desks, options.speed)
            growth, faults = judged(result)
            show(result, growth, faults)
            return {**result, "growth": growth, "faults": faults}, faults
        for end in ("", "-wal", ".history"):
            source = options.past.with_name(options.past.name + end)
            if source.exists():
                shutil.copy(source, folder / f"room.zz110{end}")
        room = started("room_core", str(folder), "1")
        assert room.stdout is not None
        room.stdout.readline()
        try:
            figures = asyncio.run(cost(folder))
        finally:
            room.communicate()
        for key, words in (("quiet", "nobody asks"), ("asked", "four desks ask all the time")):
            p50, p99 = figures[key]
            print(f"{words}: a command is acknowledged after p50 {p50:.2f} ms, p99 {p99:.2f} ms")
        print(f"slips told meanwhile: {figures['slips_per_s']:,.0f} a second")
        return figures, []


if __name__ == "__main__":
    main()
