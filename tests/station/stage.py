"""A desk on a stage: the real app, the real engine on a store in memory, the shipped city, a clock that stands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from textual.pilot import Pilot

from tests.support.engines import Running, running
from tests.support.waiting import PATIENCE_S
from tools.screen_story import FewRuns
from zz110_tui.config.bundled import bundled
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.core import commands as c
from zz110_tui.core.answers import Answer
from zz110_tui.core.desks import SYSTEM, Actor, Duty
from zz110_tui.core.incidents import Incident
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.gis.city import City, load_city
from zz110_tui.gis.gazetteer import Gazetteer
from zz110_tui.gis.travel import travel_of
from zz110_tui.station.app import DeskApp
from zz110_tui.station.desk import Desk
from zz110_tui.station.room import Room
from zz110_tui.station.tourroom import TourRoom
from zz110_tui.station.ui import Page
from zz110_tui.store.journal import Journal

MONDAY = 1_700_447_527_000
"""Monday 20 November 2023, 10:32:07 in Shanghai (UTC ms)."""

WIDE, SMALL = (160, 50), (80, 24)


@cache
def city() -> City:
    return load_city(bundled("cities", "zhangzhou"))


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer(city())


@cache
def rulebook() -> Rulebook:
    return load_rulebook(bundled("rulebook"))


class Stage:
    """``type`` and ``press`` are what a person does; ``text`` is what he sees."""

    def __init__(self, core: Running, app: DeskApp, pilot: Pilot[Any]) -> None:
        self.core = core
        self.app = app
        self.pilot = pilot
        self.other = core.link(Actor("王", "02", Duty.DISPATCH, "keyboard"))

    @property
    def desk(self) -> Desk:
        return self.app.desk

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, line: str) -> None:
        """Letters as an input method sends them: one key event each."""
        for letter in line:
            self.app.press(letter, letter)
        await self.settle()

    async def enter(self, line: str) -> None:
        await self.type(line)
        await self.press("enter")

    async def do(self, command: c.Command) -> Answer:
        """Something another desk does."""
        answer = await self.other.submit(command)
        assert answer.accepted, answer.refusal
        await self.settle()
        return answer

    async def pass_time(self, seconds: float) -> None:
        await self.core.pass_time(int(seconds * 1000))
        await self.settle()
        self.app.tick()
        await self.settle()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something that happens beside the keys. A desk that has crashed never gets there: its bug is raised
        at once. Raises TimeoutError when it does not come true."""
        async with asyncio.timeout(PATIENCE_S):
            while not holds():
                if self.app._exception is not None:
                    raise self.app._exception
                await self.pilot.pause()
                await asyncio.sleep(0.002)

    async def resize(self, width: int, height: int) -> None:
        """Another size of the window; Textual arranges it when a timer of its own has run, and draws it after that."""
        await self.pilot.resize_terminal(width, height)
        screen = self.app.screen
        await self.until(lambda: screen.size == (width, height) == screen._compositor.size)

    async def settle(self) -> None:
        """Until everything on its way has come to the screen."""
        await self.pilot.pause()
        await self.until(lambda: not self.desk.ui.sending)
        self.app.paint_now()
        await self.pilot.pause()

    def lines(self) -> list[str]:
        """The screen as the compositor would write it, after the line filters."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines())

    def page(self) -> Page:
        return self.desk.ui.page

    def choosing(self) -> bool:
        return self.desk.ui.choosing

    def said(self) -> str:
        return self.desk.ui.said.text

    def incident(self, number: int) -> Incident:
        return self.core.engine.board.incidents[number]


@asynccontextmanager
async def stage(
    size: tuple[int, int] = WIDE,
    language: str = "zh",
    journal: Journal | None = None,
    *,
    tour: Callable[[Running], TourRoom] | None = None,
    **options: Any,
) -> AsyncIterator[Stage]:
    async with running(journal, units=0, rules=rulebook(), at=MONDAY) as core:
        town = city()
        await core.engine.submit(c.AdoptCity(town.name, town.pack_hash, town.units), SYSTEM)
        link = core.link(Actor("李", "03", Duty.DISPATCH, "keyboard"))
        await link.submit(c.OpenDesk(Duty.DISPATCH))
        usual: dict[str, Any] = {"glyphs": "full", "colour": "true", "foreseer": FewRuns(town, rulebook())}
        options = {**usual, "tour": tour(core) if tour is not None else None, **options}
        room = Room(link, town, gazetteer(), travel_of(town), rulebook(), language=language, **options)
        app = DeskApp(room, clock_runs=False)
        async with app.run_test(size=size) as pilot:
            scene = Stage(core, app, pilot)
            app.desk.coverage.warm = True
            await scene.settle()
            yield scene
