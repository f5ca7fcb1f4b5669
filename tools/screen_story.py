"""An afternoon in the dispatch room, told to a core in memory: what the screenshots and the text goldens show.

The same words in the same order on a clock that is set by hand: the same screen, byte for byte, on every machine.
"""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import count

from tools.story_of_matters import matters_of_the_day
from zz110_tui.client.local import LocalLink
from zz110_tui.config.bundled import bundled
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.core import commands as c
from zz110_tui.core.desks import SYSTEM, Actor, Duty
from zz110_tui.core.facts import Entry
from zz110_tui.core.incidents import AssignmentStage, Channel
from zz110_tui.core.places import Place
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.core.units import UnitStatus
from zz110_tui.core.whatif import Forecast, Question
from zz110_tui.drill.lab.hour import foresee
from zz110_tui.drill.profile import Chances, load_profile
from zz110_tui.gis.city import City, load_city
from zz110_tui.gis.gazetteer import Gazetteer
from zz110_tui.gis.travel import travel_of
from zz110_tui.service.clock import ManualClock
from zz110_tui.service.engine import Engine
from zz110_tui.station.room import Room
from zz110_tui.store.memory import MemoryJournal

FEW = 30
"""Runs of the hour on the screen of a what-if."""
NOW = int(datetime(2023, 11, 20, 6, 32, 7, tzinfo=UTC).timestamp() * 1000)
"""Monday 14:32:07 in Shanghai, when the screenshots are taken."""

EARLIER = (
    ("traffic_accident", "漳州一中", "accident_settled"),
    ("neighbour_dispute", "芝山中心小学", "mediated"),
    ("lockout", "碧湖小学", "helped"),
    ("ebike_theft", "漳州市图书馆", "case_filed"),
    ("noise", "工人文化宫", "advised_on_scene"),
    ("sick_person", "东岳庙", "hospital"),
    ("consumer_dispute", "芗剧院", "mediated"),
    ("parking", "漳州二中", "settled_on_scene"),
    ("drunk_help", "南山寺", "helped"),
    ("theft", "龙文中学", "gone_on_arrival"),
    ("domestic_dispute", "石亭中心小学", "mediated"),
    ("traffic_accident", "步文中心小学", "accident_settled"),
)


@dataclass(slots=True)
class Story:
    """A core with an afternoon in it, and the room of the desk that looks at it."""

    engine: Engine
    clock: ManualClock
    room: Room
    mine: LocalLink
    other: LocalLink

    async def go(self, command: c.Command, link: LocalLink | None = None) -> None:
        """Raises ValueError where the core refuses: the story has to be mended."""
        answer = await (link or self.mine).submit(command)
        if answer.refusal is not None:
            raise ValueError(f"{command}: {answer.refusal.sentence('en')}")

    async def wait(self, seconds: int) -> None:
        end = self.clock.now() + seconds * 1000
        while (due := self.engine.next_due()) <= end:
            self.clock.set(max(due, self.clock.now()))
            await self.engine.run_due()
        self.clock.set(end)

    async def until(self, before: int) -> None:
        """Wait until ``before`` seconds before the picture."""
        await self.wait(max(0, (NOW - self.clock.now()) // 1000 - before))

    def say(self, zh: str, en: str) -> str:
        return zh if self.room.language == "zh" else en

    def place(self, name: str) -> Place:
        """A place of the city under its name in the language of the desk."""
        gazetteer = self.room.gazetteer
        found = gazetteer.find(name, 1)[0].place
        landmark = next((mark for mark in gazetteer.city.landmarks if mark.name.text == name), None)
        if self.room.language == "zh" or landmark is None or found.point is None:
            return found
        return gazetteer.place(landmark.name_en, found.point)


_TOLD: dict[tuple[str, bool, bool, bool], tuple[Entry, ...]] = {}
"""Stories that were told before in this process: they are read again instead."""


@asynccontextmanager
async def afternoon(
    language: str = "zh",
    *,
    empty: bool = False,
    drill: bool = False,
    matters: bool = False,
    theme: str = "night",
    colour: str = "true",
    glyphs: str = "full",
) -> AsyncIterator[Story]:
    """The story up to 14:32:07, or a room where nothing has happened yet; ``matters`` adds orders and the like."""
    city, gazetteer, rules = _surroundings()
    known = _TOLD.get((language, empty, drill, matters))
    clock = ManualClock(NOW if empty or known else NOW - 2 * 3_600_000)
    journal = MemoryJournal("drill" if drill else "live")
    if known:
        journal.append(known)
    engine = Engine(journal, rules, clock)
    await engine.start(timers=False)
    ids = count(journal.head.position + 1)
    names = ("李建国", "王芳") if language == "zh" else ("Li Jianguo", "Wang Fang")
    links = [
        LocalLink(engine, Actor(name, f"0{n}"), lambda: f"s{next(ids)}") for n, name in ((3, names[0]), (2, names[1]))
    ]
    room = Room(
        links[0], city, gazetteer, travel_of(city), rules, language=language, theme=theme, colour=colour,
        glyphs=glyphs, drill=drill, foreseer=FewRuns(city, rules),
    )  # fmt: skip
    story = Story(engine, clock, room, links[0], links[1])
    if not known:
        await engine.submit(c.AdoptCity(city.name, city.pack_hash, city.units), SYSTEM)
        await links[0].submit(c.OpenDesk(Duty.DISPATCH))
        if not empty:
            await _earlier(story, city)
            if matters:
                await matters_of_the_day(story)
            await _now(story)
        assert clock.now() == NOW
        _TOLD[language, empty, drill, matters] = tuple(journal.read())
    try:
        yield story
    finally:
        await engine.stop()


class FewRuns:
    """What-if questions answered here and now, from so few runs that a screen can wait for them."""

    def __init__(self, city: City, rules: Rulebook) -> None:
        self._city = city
        self._rules = rules

    async def warm_up(self) -> None:
        """Nothing has to be started."""

    async def ask(self, question: Question, progress: Callable[[int], None]) -> Forecast:
        chances = Chances(load_profile(), self._rules)
        few = replace(question, runs=FEW)
        found = foresee(few, self._city, self._rules, chances, travel_of(self._city))
        assert found is not None
        return found


@cache
def _surroundings() -> tuple[City, Gazetteer, Rulebook]:
    city = load_city(bundled("cities", "zhangzhou"))
    return city, Gazetteer(city), load_rulebook(bundled("rulebook"))


async def _earlier(s: Story, city: City) -> None:
    """A quiet noon: one call after the other, most reached within five minutes."""
    dice = random.Random(110)
    units = [unit.call_sign for unit in city.units if not unit.second_line]
    for number, (kind, where, end) in enumerate(EARLIER, 1):
        unit = (units[number % len(units)],)
        await s.go(c.OpenIncident(kind, s.place(where), contact=f"139{dice.randrange(10**8):08d}"))
        await s.wait(dice.randrange(10, 40))
        await s.go(c.Dispatch(number, unit))
        await s.wait(dice.randrange(5, 20))
        await s.go(c.Advance(unit, AssignmentStage.SIGNED))
        await s.wait(dice.randrange(5, 30))
        await s.go(c.Advance(unit, AssignmentStage.EN_ROUTE))
        await s.wait(dice.randrange(70, 250))
        await s.go(c.Advance(unit, AssignmentStage.ON_SCENE))
        await s.wait(dice.randrange(60, 200))
        await s.go(c.Clear(number, disposition=end))
        if number <= len(EARLIER) - 2:
            await s.go(c.FeedBack(number))
            await s.go(c.CloseIncident(number))


async def _now(s: Story) -> None:
    """What is going on when the picture is taken."""
    first = len(EARLIER) + 1
    await s.until(560)
    await s.go(
        c.OpenIncident(
            "traffic_accident", s.place("漳州市博物馆"),
            text=s.say("两车追尾，占一条车道，无人受伤", "two cars, one lane blocked, nobody hurt"),
        ),
        s.other,
    )  # fmt: skip
    await s.go(c.Dispatch(first, ("12",)), s.other)
    await s.wait(25)
    await s.go(c.Advance(("12",), AssignmentStage.EN_ROUTE))
    await s.until(330)
    await s.go(c.Advance(("12",), AssignmentStage.ON_SCENE))
    await s.go(
        c.OpenIncident(
            "knife_attack", s.place("胜利路x延安路"), contact="13912342207", caller=s.say("陈小明", "Chen Xiaoming"),
            text=s.say("夜宵摊两伙人打架，一人持刀，已有人流血", "two groups at a food stall, a knife, one bleeding"),
        )
    )  # fmt: skip
    await s.go(c.Dispatch(first + 1, ("01", "05")))
    await s.wait(9)
    await s.go(c.Advance(("01", "05"), AssignmentStage.SIGNED))
    await s.wait(16)
    await s.go(c.Advance(("01", "05"), AssignmentStage.EN_ROUTE))
    await s.until(190)
    await s.go(c.Advance(("05",), AssignmentStage.ON_SCENE))
    note = s.say("持刀者已控制，一人手臂流血，请 120", "knife secured, one arm wound, ambulance please")
    await s.go(c.AddNote(first + 1, note, unit="05"))
    await s.go(
        c.ReceiveReport(Channel.PHONE, contact="13705961188", text=s.say("延安路有人打架", "fight on Yan'an Road"))
    )
    await s.go(c.AnswerReport(first + 2), s.other)
    await s.go(c.LinkReport(first + 2, first + 1), s.other)
    await s.until(115)
    await s.go(
        c.OpenIncident(
            "burglary", s.place("水仙大街118号"), contact="0596-2881234",
            text=s.say("店铺卷帘门被撬，现金约三千元", "shop shutter forced, about 3,000 yuan gone"),
        )
    )  # fmt: skip
    await _waiting(s, first)


async def _waiting(s: Story, first: int) -> None:
    """Two that wait for a unit, one on hold, two calls nobody answered yet, and a car that broke down."""
    await s.until(100)
    await s.go(
        c.OpenIncident(
            "hospital_disorder", s.place("漳州医院"), text=s.say("家属十余人堵急诊", "a dozen relatives block casualty")
        ),
        s.other,
    )
    await s.go(c.Dispatch(first + 3, ("06", "09")), s.other)
    await s.wait(12)
    await s.go(c.Advance(("06",), AssignmentStage.SIGNED))
    await s.until(70)
    noise = s.say("楼上装修，物业先去", "works upstairs, the warden goes first")
    await s.go(c.OpenIncident("construction_noise", s.place("漳州三中"), text=noise))
    await s.go(c.Hold(first + 4, reason=s.say("等物业回话", "waiting for the warden")))
    await s.go(c.SetStatus(("11",), UnitStatus.OUT_OF_SERVICE, s.say("换胎", "flat tyre")))
    await s.go(
        c.OpenIncident("missing_child", s.place("漳州古城"), text=s.say("男孩 5 岁，红外套", "boy of 5, red coat"))
    )
    await s.until(14)
    where = s.place("新华西路") if s.room.language == "zh" else s.place("威镇阁")
    text = s.say("有人在砸车", "somebody smashes cars")
    await s.go(c.ReceiveReport(Channel.PHONE, contact="13599991234", text=text, place=where))
    await s.until(5)
    await s.go(
        c.ReceiveReport(Channel.WECHAT, caller=s.say("林女士", "Ms Lin"), text=s.say("楼下烧烤噪音", "barbecue noise"))
    )
    await s.until(2)
    urgent = min(s.engine.board.alarms.values(), key=lambda alarm: (alarm.priority, alarm.raised_at), default=None)
    if urgent is not None:
        await s.go(c.TakeAlarm(urgent.key), s.other)
    await s.until(0)
