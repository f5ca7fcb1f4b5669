"""What a command costs through the whole core with forty desks listening, beside the bare store and the disk.

    python -m benchmarks.bench_core [--folder DIR] [--seconds S] [--desks N] [--slow MS…] [--json FILE]

This process, the core, the desks, and for their bound a server that only echoes. Durable status changes go through
decide, append, evolve and publish while every desk follows over its own socket; the bare store appends the same facts
in the same process, and the raw disk syncs a page, taking turns, so that a busy machine is busy for all of them alike.
Then forty desks work over their sockets; then one desk creates, assigns and reports, and another one sees it. Last,
how soon is acknowledged where a sync takes so many milliseconds longer (``--slow``), as on the disks of people.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.bench_journal import RawDisk
from zz110_tui.client.dial import over_socket
from zz110_tui.client.remote import RemoteLink
from zz110_tui.client.replica import Replica
from zz110_tui.core import commands as c
from zz110_tui.core.desks import Actor
from zz110_tui.core.facts import IncidentOpened
from zz110_tui.core.incidents import AssignmentStage
from zz110_tui.core.places import Place
from zz110_tui.core.units import UnitStatus

UNITS = 200
PAUSE_S = 0.016
"""So long the one desk has waited until the other one saw what it did, before it reports."""

AIM_SHARE = "≥ 30 %"
AIM_ACK = "p99 ≤ 5 x fsync p50"
AIM_ONE = "≤ 1 / 5 ms"
AIM_DESKS = "≥ 5,000/s, p99 ≤ 50 ms"
AIM_SEEN = "p99 ≤ 100 ms"
AIM_MEMORY = "≤ 200 MB"


class Asked:
    """A process that answers each line with one JSON line."""

    def __init__(self, *command: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("a process of the benchmark died; what it said is above")
        said: dict[str, Any] = json.loads(line)
        return said

    def ask(self, line: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self.hear()

    def end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)


def percentiles(took: list[float]) -> dict[str, float]:
    ordered = sorted(took)
    return {
        "p50": statistics.median(ordered) * 1e3,
        "p99": ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)] * 1e3,
    }


async def one_desk(socket: Path, rounds: int) -> dict[str, dict[str, float]]:
    """Milliseconds: a desk creates, assigns and reports; another desk's board shows the assignment."""
    link = await RemoteLink.connect(over_socket(socket), Actor("one", "71"))
    other = await RemoteLink.connect(over_socket(socket), Actor("other", "72"))
    feed = await other.join()
    replica = Replica(feed.image)
    took: dict[str, list[float]] = {"create": [], "assign": [], "status": [], "seen": []}

    async def sees(incident: int, began: float) -> None:
        async for entries in feed:
            replica.apply(entries)
            if incident in replica.board.units["200"].incidents:
                took["seen"].append(time.perf_counter() - began)
                return

    await link.submit(c.SetStatus(("200",), UnitStatus.FREE))
    for _ in range(rounds):
        began = time.perf_counter()
        answer = await link.submit(c.OpenIncident("fight", Place("F7"), text="两人持刀"))
        took["create"].append(time.perf_counter() - began)
        (incident,) = [e.fact.incident for e in answer.entries if isinstance(e.fact, IncidentOpened)]
        began = time.perf_counter()
        seeing = asyncio.create_task(sees(incident, began))
        if not (await link.submit(c.Dispatch(incident, ("200",)))).accepted:
            raise SystemExit("the unit cannot be sent")
        took["assign"].append(time.perf_counter() - began)
        await seeing
        began = time.perf_counter()
        await link.submit(c.Advance(("200",), AssignmentStage.ON_SCENE))
        took["status"].append(time.perf_counter() - began)
        await link.submit(c.Clear(incident, disposition="mediated"))
    await link.close()
    await other.close()
    return {name: percentiles(values) for name, values in took.items()}


async def echoed_after_pauses(socket: Path, rounds: int) -> list[float]:
    """One client of the library, nothing of ours, after pauses in which others took the processor and its caches."""
    from websockets.asyncio.client import unix_connect

    took: list[float] = []
    async with unix_connect(str(socket), "ws://zz110/link", compression=None, ping_interval=None) as connection:
        for _ in range(rounds):
            await asyncio.sleep(PAUSE_S)
            began = time.perf_counter()
            await connection.send(f'{{"k":"submit",{"x" * 200}')
            for _ in ("facts", "answer"):
                await connection.recv()
            took.append(time.perf_counter() - began)
    return took


def synced_after_pauses(folder: Path, rounds: int) -> list[float]:
    disk = RawDisk(folder / "paused")
    took: list[float] = []
    for _ in range(rounds):
        time.sleep(PAUSE_S)
        began = time.perf_counter()
        disk.sync_one()
        took.append(time.perf_counter() - began)
    disk.close()
    return took


def echo(socket: Path, desks: int, seconds: float) -> dict[str, Any]:
    """The same desks at a server that does nothing but answer: all of them, one alone, and one after pauses."""
    server = Asked("benchmarks.bare_echo", str(socket))
    server.hear()
    crowd = Asked("benchmarks.raw_desks", str(socket), str(desks))
    crowd.ask("follow")
    said = {"echoed": crowd.ask(f"work {seconds}"), "echoed_alone": crowd.ask(f"work {seconds / 2} 1")}
    said["echoed_paused"] = percentiles(asyncio.run(echoed_after_pauses(socket, 100)))
    said["synced_paused"] = percentiles(synced_after_pauses(socket.parent, 100))
    crowd.end()
    server.end()
    return said


def slow(folder: Path, desks: int, seconds: float, sync_ms: float) -> dict[str, Any]:
    """What only the inside can see, on a disk whose syncs take longer."""
    folder.mkdir()
    core = Asked("benchmarks.core_under_test", str(folder), str(UNITS), str(sync_ms))
    core.hear()
    crowd = Asked("benchmarks.raw_desks", str(folder / "core.sock"), str(desks))
    crowd.ask("follow")
    inside = core.ask(f"measure {seconds}")
    crowd.end()
    core.end()
    return inside


def measure(folder: Path, desks: int, seconds: float) -> dict[str, Any]:
    core = Asked("benchmarks.core_under_test", str(folder), str(UNITS))
    core.hear()
    empty = core.ask("memory")["resident"]
    crowd = Asked("benchmarks.raw_desks", str(folder / "core.sock"), str(desks))
    crowd.ask("follow")
    inside = core.ask(f"measure {seconds}")
    crowd.ask("work 1")
    before = core.ask("memory")
    working = crowd.ask(f"work {seconds / 2}")
    memory = core.ask("memory")
    commands = memory["position"] - before["position"]
    working["cpu_us"] = (memory["cpu_s"] - before["cpu_s"]) / commands * 1e6
    if working["alive"] != desks or memory["followers"] != desks:
        raise SystemExit(f"only {working['alive']} of {desks} desks are left, {memory['followers']} follow")
    alone = crowd.ask(f"work {seconds / 4} 1")
    bound = echo(folder / "echo.sock", desks, seconds / 2)
    one = asyncio.run(one_desk(folder / "core.sock", 200))
    crowd.end()
    core.end()
    return {
        "desks": desks,
        "inside": inside,
        "working": working,
        "alone": alone,
        **bound,
        "one": one,
        "memory_mb": memory["resident"] / 1e6,
        "memory_empty_mb": empty / 1e6,
        "commands": memory["position"],
    }


def spread(figures: dict[str, float]) -> str:
    return f"p50 {figures['p50']:.2f} ms, p99 {figures['p99']:.2f} ms"


def show(figures: dict[str, Any]) -> None:
    inside, working, one, desks = figures["inside"], figures["working"], figures["one"], figures["desks"]
    fsync = inside["fsync_ms"]["p50"]
    share = inside["whole_per_s"] / inside["bare_per_s"]

    def row(what: str, value: str, aim: str = "") -> None:
        print(f"{what:40}{value:66}{aim}")

    row("disk: one page, one fsync", spread(inside["fsync_ms"]))
    row("bare store, 64 a commit", f"{inside['bare_per_s']:,.0f} commands/s")
    cost = f"{inside['whole_cpu_us']:.0f} µs of processor each"
    row(
        f"whole core, {desks} desks listening",
        f"{inside['whole_per_s']:,.0f} commands/s = {share:.0%}, {cost}",
        AIM_SHARE,
    )
    for what, name in (("64 waiting", "ack_ms"), ("one waiting", "ack_alone_ms")):
        times = f" = {inside[name]['p99'] / fsync:.1f} x fsync p50"
        row(f"  acknowledged, {what}", spread(inside[name]) + times, AIM_ACK)
    rate = f"{working['per_s']:,.0f} commands/s, p50 {working['p50_ms']:.1f} ms, p99 {working['p99_ms']:.1f} ms"
    row(f"{desks} desks work over their sockets", rate, AIM_DESKS)
    row(
        "  of the core's processor",
        f"{working['cpu_us']:.0f} µs each: {1e6 / working['cpu_us']:,.0f}/s of one processor",
    )
    alone = figures["alone"]
    times = f"p50 {alone['p50_ms']:.2f} ms, p99 {alone['p99_ms']:.2f} ms"
    row("one works, a client that costs nothing", times, AIM_ONE)
    echoed, echoed_alone = figures["echoed"], figures["echoed_alone"]
    times = f"p50 {echoed['p50_ms']:.1f} ms, p99 {echoed['p99_ms']:.1f} ms"
    row(f"bound: {desks} desks at a bare echo", f"{echoed['per_s']:,.0f}/s, {times}")
    row("bound: one at a bare echo", f"p50 {echoed_alone['p50_ms']:.2f} ms, p99 {echoed_alone['p99_ms']:.2f} ms")
    for what in ("create", "assign", "status"):
        row(f"one desk: {what}", spread(one[what]), AIM_ONE)
    row("  (the status came after a pause) bound:", "a bare echo " + spread(figures["echoed_paused"]))
    row("", "and one fsync " + spread(figures["synced_paused"]))
    row("another desk's board shows it", spread(one["seen"]), AIM_SEEN)
    facts = f"{figures['commands']:,} facts ({figures['memory_empty_mb']:.0f} MB at the start)"
    row("memory of the core", f"{figures['memory_mb']:.0f} MB with {desks} desks after {facts}", AIM_MEMORY)
    for sync_ms, within in figures["slow"].items():
        fsync, share = within["fsync_ms"]["p50"], within["whole_per_s"] / within["bare_per_s"]
        row(f"a disk {sync_ms} ms slower: its sync", spread(within["fsync_ms"]))
        row("  whole core", f"{within['whole_per_s']:,.0f} commands/s = {share:.0%} of its bare store", AIM_SHARE)
        for what, name in (("64 waiting", "ack_ms"), ("one waiting", "ack_alone_ms")):
            times = f" = {within[name]['p99'] / fsync:.1f} x fsync p50"
            row(f"  acknowledged, {what}", spread(within[name]) + times, AIM_ACK)


def main() -> None:
    parser = argparse.ArgumentParser(description="Durable commands through the whole core, beside the bare store.")
    parser.add_argument(
        "--folder", type=Path, default=Path.cwd(), help="where the store is made: on the disk to measure"
    )
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each of the two works lasts (default 8)")
    parser.add_argument("--desks", type=int, default=40)
    parser.add_argument("--slow", type=float, nargs="*", default=[1, 5], metavar="MS", help="syncs that take longer")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix=".bench-core-", dir=options.folder) as folder:
        figures = measure(Path(folder), options.desks, options.seconds)
        figures["slow"] = {
            f"{ms:g}": slow(Path(folder) / f"{ms:g}", options.desks, options.seconds / 2, ms) for ms in options.slow
        }
    show(figures)
    if options.json is not None:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
