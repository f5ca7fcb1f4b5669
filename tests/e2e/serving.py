"""A ``zz110 serve`` in a process of its own, and links to it from the test."""

from __future__ import annotations

import asyncio
import signal
import statistics
import subprocess
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.e2e.conftest import Program
from zz110_tui.client.dial import Dial
from zz110_tui.client.remote import Options, RemoteLink
from zz110_tui.core import commands as c
from zz110_tui.core.desks import Actor
from zz110_tui.core.facts import Entry, IncidentOpened, UnitAssigned
from zz110_tui.core.places import Place


class Core:
    def __init__(self, program: Program, *options: str) -> None:
        self.process = subprocess.Popen(
            [*program.command, "serve", *options], stderr=subprocess.PIPE, env=program.env, cwd=program.home
        )
        assert self.process.stderr is not None
        self.said: list[str] = []
        for raw in self.process.stderr:
            self.said.append(raw.decode())
            if "在服务" in self.said[-1] or "serving" in self.said[-1]:
                return
        raise AssertionError(f"it did not come up: {''.join(self.said)}")

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """The exit code, and everything it said."""
        self.process.send_signal(number)
        _, rest = self.process.communicate(timeout=240)
        return self.process.returncode, "".join(self.said) + (rest or b"").decode()


@contextmanager
def core(program: Program, *options: str) -> Iterator[Core]:
    served = Core(program, *options)
    try:
        yield served
    finally:
        if served.process.poll() is None:
            served.end(signal.SIGKILL)


def socket_beside(program: Program) -> Path:
    return program.store.with_name(program.store.name + ".sock")


async def measure(
    dial: Dial, tickets: Sequence[Callable[[], Awaitable[str]] | None] = (None,) * 4, rounds: int = 20
) -> list[float]:
    """Milliseconds from sending a dispatch on one desk until each of three others has heard of it."""
    links = [
        await RemoteLink.connect(dial, Actor(f"p{n}", f"0{n}"), Options(ticket=ticket))
        for n, ticket in enumerate(tickets, 1)
    ]
    feeds = [await link.join() for link in links[1:]]
    loop = asyncio.get_running_loop()
    units = sorted(unit.profile.call_sign for unit in feeds[0].image.units)[:1]
    opened = await links[0].submit(c.OpenIncident("fight", Place("F7")))
    (incident,) = [e.fact.incident for e in opened.entries if isinstance(e.fact, IncidentOpened)]
    heard: list[float] = []

    async def hears(feed: Any, since: float) -> None:
        async for batch in feed:
            if any(_assigned(entry) for entry in batch):
                heard.append((loop.time() - since) * 1000)
                return

    for _ in range(rounds):
        began = loop.time()
        waiting = [asyncio.create_task(hears(feed, began)) for feed in feeds]
        assert (await links[0].submit(c.Dispatch(incident, tuple(units)))).accepted
        await asyncio.gather(*waiting)
        assert (await links[0].submit(c.MakeAvailable(tuple(units)))).accepted
    for link in links:
        await link.close()
    return heard


def _assigned(entry: Entry) -> bool:
    return isinstance(entry.fact, UnitAssigned)


def report(way: str, heard: list[float]) -> None:
    """Shown with ``pytest -s``: that everybody hears is the test; how soon, ``benchmarks.bench_core`` has."""
    ordered = sorted(heard)
    p99 = ordered[int(len(ordered) * 0.99)]
    print(f"\n{way}: a dispatch is on 3 other desks after p50 {statistics.median(heard):.1f} ms, p99 {p99:.1f} ms")  # noqa: T201
