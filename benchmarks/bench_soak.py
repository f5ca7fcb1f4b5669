"""Many simulated days through one core: its memory, its timers, and everything in it that could grow.

    python -m benchmarks.bench_soak [--days 8] [--load 5] [--crews 5] [--city PACK] [--seed S] [--json FILE]

A drill plays the city in this process; every command it sends, with its time, goes also to a core in a process of its
own: the real engine on a real store, with a subscriber that keeps up. That one is measured, without anything of the
drill in its memory. Each simulated hour every deadline that stands on its board is computed anew: one that has passed
and rang no alarm is a timer lost. At the end both journals must have the same head, or the two did not do the same.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any
from unittest.mock import patch

from zz110_tui.config.bundled import bundled
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.core.alarms import of_incident, of_report
from zz110_tui.core.answers import Answer
from zz110_tui.core.commands import Command
from zz110_tui.core.deadlines import deadlines_of
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.drill import simulation
from zz110_tui.drill.profile import pack_profile
from zz110_tui.gis.city import City, load_city
from zz110_tui.server.readings import resident_bytes
from zz110_tui.service.clock import ManualClock
from zz110_tui.service.engine import Engine
from zz110_tui.store.memory import MemoryJournal
from zz110_tui.store.open import open_journal
from zz110_tui.wire.codec import decode_command, encode_command

HOUR_MS = 3_600_000
SETTLED_DAYS = 2
"""After this everything that has a bound has reached it: closed slips are filed after a day."""

MOST_GROWTH = 1.10


class Recorded(Engine):
    """The drill's engine, which says to ``out`` what it is asked and when."""

    out: IO[str]
    _due = False

    async def submit(self, command: Command, actor: Actor, command_id: str = "", seen: int | None = None) -> Answer:
        if not self._due:
            who = (actor.person, actor.desk, actor.duty.value, actor.channel)
            said = {"at": self.clock.now(), "id": command_id, "seen": seen, "who": who}
            self.out.write(json.dumps({**said, "command": encode_command(command).decode()}) + "\n")
        return await super().submit(command, actor, command_id, seen)

    async def run_due(self) -> None:
        self.out.write(json.dumps({"at": self.clock.now()}) + "\n")
        self._due = True
        try:
            await super().run_due()
        finally:
            self._due = False


def lost_timers(engine: Engine) -> int:
    """Deadlines that have passed and rang no alarm."""
    board, now = engine.board, engine.clock.now()
    lost = 0
    for subject in (*map(of_report, board.reports), *map(of_incident, board.incidents)):
        rung = {(alarm.kind, alarm.unit, alarm.since) for alarm in board.alarms_of(subject)}
        for deadline in deadlines_of(board, subject, engine.rules):
            cause = deadline.cause
            if deadline.due < now and (cause.kind, cause.unit, cause.since) not in rung:
                lost += 1
    return lost


def sample(engine: Engine) -> dict[str, Any]:
    gc.collect()
    board = engine.board
    return {
        "at": engine.clock.now(),
        "resident": resident_bytes(),
        "objects": len(gc.get_objects()),
        "entries": board.position,
        "reports": len(board.reports),
        "incidents": len(board.incidents),
        "alarms": len(board.alarms),
        "lost": lost_timers(engine),
    }


async def core(store: Path) -> None:
    """The core that is measured: commands come in on standard input, samples go out."""
    lines = iter(sys.stdin)
    first = json.loads(next(lines))
    clock = ManualClock(first["at"])
    journal = open_journal(store, "drill")
    engine = Engine(journal, load_rulebook(bundled("rulebook")), clock)
    await engine.start(timers=False)
    feed = await engine.join()
    hour = first["at"] // HOUR_MS + 1
    for said in _all(first, lines):
        if said["at"] // HOUR_MS >= hour:
            hour = said["at"] // HOUR_MS + 1
            print(json.dumps(sample(engine)), flush=True)
        clock.set(max(clock.now(), said["at"]))
        if "command" in said:
            person, desk, duty, channel = said["who"]
            actor = Actor(person, desk, Duty(duty), channel)
            await engine.submit(decode_command(said["command"].encode()), actor, said["id"], said["seen"])
        else:
            await engine.run_due()
        feed.take()
    await engine.run_due()
    print(json.dumps({**sample(engine), "head": str(journal.head)}), flush=True)
    await engine.stop()
    journal.close()


def _all(first: dict[str, Any], lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    yield first
    for line in lines:
        yield json.loads(line)


def crewed(city: City, times: int) -> City:
    """The same city with each unit so many times: a room that can carry the load, instead of one that only queues."""
    units = [
        replace(unit, call_sign=f"{unit.call_sign}{chr(ord('A') + n)}" if n else unit.call_sign)
        for n in range(times)
        for unit in city.units
    ]
    return replace(city, units=tuple(units))


def soak(pack: Path, days: int, load: float, crews: int, seed: int, folder: Path) -> dict[str, Any]:
    """Samples, and whether both journals are the same."""
    command = [sys.executable, "-m", "benchmarks.bench_soak", "--core", str(folder / "soak.zz110")]
    told = folder / "samples.jsonl"
    with told.open("w", encoding="utf-8") as out:
        measured = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, text=True)
        assert measured.stdin is not None
        Recorded.out = measured.stdin
        journal = MemoryJournal("drill")
        rules, city = load_rulebook(bundled("rulebook")), crewed(load_city(pack), crews)
        began = time.perf_counter()
        with patch.object(simulation, "Engine", Recorded):
            asyncio.run(
                simulation.run_shift(
                    city, rules, days=days, load=load, seed=seed, journal=journal, profile=pack_profile(pack)
                )
            )
        measured.stdin.close()
        if measured.wait() != 0:
            raise SystemExit("the core that was measured died; what it said is above")
    samples = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
    took = time.perf_counter() - began
    return {"samples": samples, "same": samples[-1]["head"] == str(journal.head), "took_s": round(took, 1)}


def judged(result: dict[str, Any], days: int) -> dict[str, Any]:
    samples = result["samples"]
    began = samples[0]["at"]
    by_day: dict[int, dict[str, Any]] = {}
    for each in samples:
        day = (each["at"] - began) // (24 * HOUR_MS)
        best = by_day.setdefault(day, dict(each))
        for name in ("resident", "objects", "reports", "incidents", "alarms", "lost", "entries"):
            best[name] = max(best[name], each[name])
    settled = by_day[min(SETTLED_DAYS, days - 1)]
    last = by_day[days - 1]
    return {
        **{name: value for name, value in result.items() if name != "samples"},
        "days": [{"day": day, **{k: v for k, v in each.items() if k != "head"}} for day, each in by_day.items()],
        "lost_timers": sum(each["lost"] for each in samples),
        "growth_resident": last["resident"] / settled["resident"],
        "growth_objects": last["objects"] / settled["objects"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Many simulated days through one core.")
    parser.add_argument("--days", type=int, default=8)
    parser.add_argument("--load", type=float, default=5.0, help="times the usual number of calls (default 5)")
    parser.add_argument("--crews", type=int, default=5, help="times the units of the pack (default 5)")
    parser.add_argument("--city", type=Path, default=bundled("cities", "zhangzhou"), help="a city pack")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    parser.add_argument("--core", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.core is not None:
        asyncio.run(core(options.core))
        return
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        result = soak(options.city, options.days, options.load, options.crews, options.seed, Path(folder))
    figures = judged(result, options.days)
    heads = ("entries", "reports", "incidents", "alarms", "objects", "lost")
    print("day" + "".join(f"{head:>12}" for head in heads) + f"{'memory MB':>12}")
    for each in figures["days"]:
        counts = "".join(f"{each[head]:>12,}" for head in heads)
        print(f"{each['day'] + 1:>3}{counts}{each['resident'] / 1e6:>12.1f}")
    grown = f"memory x {figures['growth_resident']:.3f}, objects x {figures['growth_objects']:.3f}"
    same = "the same" if figures["same"] else "NOT the same"
    print(
        f"after day {SETTLED_DAYS + 1}: {grown}; timers lost {figures['lost_timers']}; "
        f"the journals are {same}; {figures['took_s']} s"
    )
    if options.json is not None:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    good = figures["same"] and not figures["lost_timers"] and figures["growth_resident"] <= MOST_GROWTH
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
