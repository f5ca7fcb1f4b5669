"""The core of ``bench_links``, in a process of its own: the real server with everything around it, and its sizes.

python -m benchmarks.room_core FOLDER SPEED
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import apsw

from tests.support.tlsroom import CERTIFICATE, KEY, PASSWORD
from zz110_tui.config.bundled import bundled
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.core import commands as c
from zz110_tui.core.desks import SYSTEM, Duty
from zz110_tui.core.places import point
from zz110_tui.core.units import UnitKind, UnitProfile
from zz110_tui.server.counter import Counter
from zz110_tui.server.keeper import Keeper
from zz110_tui.server.passwords import hashed
from zz110_tui.server.people import Door
from zz110_tui.server.readings import resident_bytes
from zz110_tui.server.securityfile import SecurityFile
from zz110_tui.server.serving import Server
from zz110_tui.server.settings import Settings, Tls
from zz110_tui.server.tickets import Tickets
from zz110_tui.server.userfile import User, UserFile
from zz110_tui.service.engine import Engine
from zz110_tui.service.pastdesk import InProcess, PastDesk
from zz110_tui.store.open import open_journal

ACCOUNTS = 4
UNITS = 60


class Quick:
    """The machine's clock, so many times as fast."""

    def __init__(self, speed: float) -> None:
        self._began = time.time_ns() // 1_000_000
        self._since = time.monotonic()
        self._speed = speed

    def now(self) -> int:
        return self._began + int((time.monotonic() - self._since) * 1000 * self._speed)


class Silent:
    def note(self, event: str, **values: object) -> None:
        del event, values


def profiles() -> tuple[UnitProfile, ...]:
    spot = point(117.65, 24.51)
    return tuple(
        UnitProfile(f"{n:03d}", UnitKind.PATROL_RESPONSE, f"梯队{n:03d}", 4, "", "", spot) for n in range(1, UNITS + 1)
    )


async def core(folder: Path, speed: float) -> None:
    """Says its port, then a line of sizes whenever it is asked by a line; ends with its input."""
    store = folder / "room.zz110"
    engine = Engine(open_journal(store, "drill"), load_rulebook(bundled("rulebook")), Quick(speed))
    await engine.start()
    if not engine.board.units:
        await engine.submit(c.AdoptCity("bench", "hash", profiles()), SYSTEM)
    users = UserFile(folder / "room.zz110.users", create=True)
    kept = hashed(PASSWORD)
    for n in range(ACCOUNTS):
        if users.get(f"p{n}") is None:
            users.add(User(f"p{n}", f"民警{n}", (Duty.DISPATCH,), kept))
    keeper = Keeper(SecurityFile(folder / "room.zz110.security", create=True), Silent(), engine.clock.now)
    tickets = Tickets(lambda: time.monotonic_ns() // 1_000_000)
    counter = Counter(users, tickets, keeper, engine.clock.now, ())
    answering = [sys.executable, "-m", "zz110_tui.cli.answering", "--store", str(store), "--drill"]
    past = PastDesk(InProcess(answering), keeper.note)
    settings = Settings(socket=folder / "s", tls=Tls("localhost", 0, CERTIFICATE, KEY), backlog=1 << 20)
    server = Server(engine, settings, Door(users, tickets.redeem), keeper, counter, None, past)
    await server.start()
    print(server.port, flush=True)
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        if line.strip() == b"trim":
            # What the allocator keeps and nobody uses goes back to the system: what stays is in use.
            ctypes.CDLL(None).malloc_trim(0)
        print(json.dumps(sizes(server, engine, tickets, keeper)), flush=True)
    await server.stop()
    await past.close()
    await engine.stop()
    engine.journal.close()
    keeper.close()
    counter.close()


def sizes(server: Server, engine: Engine, tickets: Tickets, keeper: Keeper) -> dict[str, Any]:
    gc.collect()
    board = engine.board
    return {
        "resident": resident_bytes(),
        "sqlite": apsw.memory_used(),
        "descriptors": len(list(Path("/proc/self/fd").iterdir())),
        "objects": sys.getallocatedblocks(),
        "tasks": len(asyncio.all_tasks()),
        "links": server.desks,
        "followers": server.followers,
        "strangers": server.strangers,
        "tickets": len(tickets._sold),
        "throttled": len(keeper._throttle._of) + len(keeper._throttle._more),
        "children": len(Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()),
        "entries": board.position,
        "incidents": len(board.incidents),
        "reports": len(board.reports),
        "counts": dict(keeper.counts),
    }


if __name__ == "__main__":
    asyncio.run(core(Path(sys.argv[1]), float(sys.argv[2])))
