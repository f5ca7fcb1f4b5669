"""A desk on a store in memory, to be run in a real (pseudo) terminal: ``python -m tests.station.desk_in_a_terminal``.

Arguments: ``crash`` makes the desk stumble over a bug at the first new report; ``glyphs=auto`` and the like set what a
room has of that name; ``store=PATH`` keeps the journal in a file; with ``clock=stands`` no time passes.
"""

from __future__ import annotations

import asyncio
import sys
from itertools import count
from pathlib import Path
from typing import Any

from zz110_tui.client.local import LocalLink
from zz110_tui.config.bundled import bundled
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.core import commands as c
from zz110_tui.core.desks import SYSTEM, Actor
from zz110_tui.gis.city import load_city
from zz110_tui.gis.gazetteer import Gazetteer
from zz110_tui.gis.travel import travel_of
from zz110_tui.service.clock import ManualClock, SystemClock
from zz110_tui.service.engine import Engine
from zz110_tui.station.room import Room
from zz110_tui.station.run import open_desk
from zz110_tui.store.memory import MemoryJournal
from zz110_tui.store.open import open_journal


async def main() -> int:
    town, rules = load_city(bundled("cities", "zhangzhou")), load_rulebook(bundled("rulebook"))
    options = dict(argument.split("=", 1) for argument in sys.argv[1:] if "=" in argument)
    path = options.pop("store", "")
    journal = open_journal(Path(path), "drill") if path else MemoryJournal("drill")
    clock = ManualClock(SystemClock().now()) if options.pop("clock", "") == "stands" else SystemClock()
    engine = Engine(journal, rules, clock)
    await engine.start()
    await engine.submit(c.AdoptCity(town.name, town.pack_hash, town.units), SYSTEM)
    ids = count(1)
    link = LocalLink(engine, Actor("李", "03"), lambda: f"s{next(ids)}")
    looks: dict[str, Any] = {"glyphs": "full", "colour": "256", **options}
    room = Room(link, town, Gazetteer(town), travel_of(town), rules, drill=True, **looks)
    if "crash" in sys.argv[1:]:
        _break()
    try:
        return await open_desk(room)
    finally:
        await engine.stop()
        journal.close()


def _break() -> None:
    from zz110_tui.station.views import worklist

    def stumble(report: Any, *_: Any) -> Any:
        secret = report.contact
        raise RuntimeError(f"no row for {secret}")

    setattr(worklist, "_report_body", stumble)  # noqa: B010 (a bug is put in on purpose)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
