"""One subject of ``bench_desk`` in its own process, on the terminal it was started on.

    python -m benchmarks.desk_scene desk|bound|datatable normal|storm

``desk`` is the product with its core; ``bound`` is the same desk, views and load, painted by a hand-written diff
without Textual; ``datatable`` is what Textual's own ``DataTable``, ``Static`` and ``Input`` make of the same load. It
begins at SIGUSR1 and goes on to the end (SIGTERM).
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from dataclasses import dataclass, replace
from itertools import count

from zz110_tui.client.local import LocalLink
from zz110_tui.config.bundled import bundled
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.core import commands as c
from zz110_tui.core.desks import SYSTEM, Actor, Duty
from zz110_tui.core.places import Place, Point
from zz110_tui.gis.city import load_city
from zz110_tui.gis.gazetteer import Gazetteer
from zz110_tui.gis.travel import travel_of
from zz110_tui.service.clock import SystemClock
from zz110_tui.service.engine import Engine
from zz110_tui.station.bell import BellRules
from zz110_tui.station.room import Room
from zz110_tui.store.memory import MemoryJournal


@dataclass(frozen=True, slots=True)
class Load:
    """``changes`` to rows a second; each of ``moving`` units takes another place ``moves`` times a second."""

    incidents: int
    units: int
    changes: float
    moving: int
    moves: float


LOADS = {"normal": Load(300, 15, 20, 15, 2), "storm": Load(500, 200, 35, 15, 1)}
"""A storm brings 50 facts a second: 35 changed slips and 15 units that move."""
ROADS = ("胜利西路", "延安北路", "水仙大街", "新华西路", "丹霞路", "建元东路", "九龙大道", "元光南路")
WORDS = ("邻里纠纷", "有人打架", "车辆刮擦", "老人走失", "店铺被盗", "噪声扰民", "醉酒闹事", "电话诈骗")


class World:
    """A core with a city full of work, and other desks that go on working."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.dice = random.Random(110)
        self.city = load_city(bundled("cities", "zhangzhou"))
        self.rules = load_rulebook(bundled("rulebook"))
        self.engine = Engine(MemoryJournal("drill"), self.rules, SystemClock())
        ids = count(1)
        self.mine = LocalLink(self.engine, Actor("李", "03", Duty.DISPATCH, "keyboard"), lambda: f"a{next(ids)}")
        self.other = LocalLink(self.engine, Actor("王", "02", Duty.DISPATCH, "keyboard"), lambda: f"b{next(ids)}")
        self.units = [unit.call_sign for unit in self.city.units]

    async def open(self) -> Room:
        load, town = self.load, self.city
        profiles = list(town.units)
        while len(profiles) < load.units:
            profiles.append(replace(profiles[len(profiles) % len(town.units)], call_sign=str(100 + len(profiles))))
        await self.engine.start()
        await self.engine.submit(c.AdoptCity(town.name, town.pack_hash, tuple(profiles)), SYSTEM)
        self.units = [profile.call_sign for profile in profiles]
        await self.mine.submit(c.OpenDesk(Duty.DISPATCH))
        kinds = list(self.rules.types)
        for n in range(load.incidents):
            place = Place(f"{self.dice.choice(ROADS)}{n}号", self.point())
            await self.other.submit(c.OpenIncident(kinds[n % len(kinds)], place, text=self.dice.choice(WORDS)))
        return Room(
            self.mine, town, Gazetteer(town), travel_of(town), self.rules,
            glyphs="full", colour="256", drill=True, bell=BellRules(on=False),
            bandwidth=os.environ.get("ZZ110_BENCH_BANDWIDTH", "auto"),
        )  # fmt: skip

    def point(self) -> Point:
        post = self.dice.choice(self.city.posts).point
        return Point(post.lon + self.dice.uniform(-0.01, 0.01), post.lat + self.dice.uniform(-0.01, 0.01))

    async def change(self) -> None:
        """Slips get other words, one after the other, evenly spread."""
        dice, every = self.dice, 1 / self.load.changes
        while True:
            number = dice.randint(1, self.load.incidents)
            text = f"{dice.choice(WORDS)}{dice.randrange(100)}"
            await self.other.submit(c.AmendIncident(number, text=text))
            await asyncio.sleep(every)

    async def move(self) -> None:
        """All that move, at once, as a position feed brings them."""
        while True:
            for unit in self.units[: self.load.moving]:
                await self.other.submit(c.MoveToPost(unit, self.dice.choice(self.city.posts).id, self.point()))
            await asyncio.sleep(1 / self.load.moves)

    def begin(self) -> None:
        self.tasks = [asyncio.create_task(self.change()), asyncio.create_task(self.move())]


async def desk(load: Load) -> int:
    from zz110_tui.station.run import open_desk

    world = World(load)
    room = await world.open()
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, world.begin)
    return await open_desk(room)


async def bound(load: Load) -> int:
    from benchmarks.desk_bound import paint_by_hand

    world = World(load)
    room = await world.open()
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, world.begin)
    return await paint_by_hand(room)


async def datatable(load: Load) -> int:
    from benchmarks.desk_stock import stock

    return await stock(load)


if __name__ == "__main__":
    what = {"desk": desk, "bound": bound, "datatable": datatable}[sys.argv[1]]
    sys.exit(asyncio.run(what(LOADS[sys.argv[2]])))
