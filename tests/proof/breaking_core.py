"""A serving core in a process of its own, on a disk that breaks (``tests/simulation/disk.py``).

    python -m tests.proof.breaking_core FOLDER SOCKET SEED PLAN

``power``: some operations from now the power goes. What is on the platter then is in FOLDER + ``.after``, and the
process ends as a kill -9 would end it. ``full``, ``write``, ``sync``: the disk fails now and then for a moment and
works again; SIGTERM ends the core in good order, and FOLDER + ``.after`` is what a power cut after that would leave.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import sys
from pathlib import Path

import apsw

from tests.simulation.disk import Disk, Plan
from zz110_tui.config.bundled import bundled
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.core import commands as c
from zz110_tui.core.desks import SYSTEM
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.city import load_city
from zz110_tui.server.serving import Server
from zz110_tui.server.settings import Settings
from zz110_tui.service.clock import SystemClock
from zz110_tui.service.engine import Engine
from zz110_tui.service.pauses import few_pauses
from zz110_tui.store.sqlite import SqliteJournal

PLANS = {"full": Plan.FULL, "write": Plan.NO_WRITE, "sync": Plan.NO_SYNC}
KILLED = 137


class SuddenDeath(Disk):
    """When the power goes, what is on the platter is kept, and nothing of this process survives."""

    def __init__(self, folder: Path, seed: int, after: Path) -> None:
        super().__init__(folder, seed)
        self._after = after

    def _may_break(self, plans: set[Plan]) -> None:
        try:
            super()._may_break(plans)
        except apsw.IOError:
            if self.plan is Plan.POWER_CUT:
                self.after_power_cut(self._after)
                os._exit(KILLED)
            raise


async def _fail_now_and_then(disk: Disk, plan: Plan, chance: random.Random) -> None:
    while True:
        await asyncio.sleep(chance.uniform(0.05, 0.4))
        disk.fail_after(chance.randint(1, 20), plan, for_good=chance.random() < 0.5)
        await asyncio.sleep(chance.uniform(0.02, 0.2))
        disk.mend()


async def main(folder: Path, socket: Path, seed: int, plan: str) -> None:
    after = folder.with_name(folder.name + ".after")
    disk = SuddenDeath(folder, seed, after)
    chance = random.Random(seed)

    def opened() -> SqliteJournal:
        return SqliteJournal(folder / "store.zz110", "live", vfs=disk.vfs)

    if plan == "power":
        disk.fail_after(chance.randint(1, 2_500), Plan.POWER_CUT)
    engine = Engine(opened(), load_rulebook(bundled("rulebook")), SystemClock(), opened)
    await engine.start()
    city = load_city(bundled("cities", "zhangzhou"))
    await engine.submit(c.AdoptCity(city.name, city.pack_hash, city.units), SYSTEM)
    server = Server(engine, Settings(socket=socket))
    await server.start()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    failing = asyncio.create_task(_fail_now_and_then(disk, PLANS[plan], chance)) if plan in PLANS else None
    print("serving", flush=True)  # noqa: T201 - the parent waits for this word
    async with few_pauses(engine):
        await stop.wait()
    if failing is not None:
        failing.cancel()
    disk.plan = None
    await server.stop()
    with contextlib.suppress(Trouble):
        await engine.stop()
    engine.journal.close()
    disk.after_power_cut(after)


if __name__ == "__main__":
    _, where, listen, chosen, going_wrong = sys.argv
    Path(where).mkdir(exist_ok=True)
    asyncio.run(main(Path(where), Path(listen), int(chosen), going_wrong))
