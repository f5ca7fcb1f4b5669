"""Drills without a desk: a shift drawn from a city's profile, or a replay of recorded calls.

Event by event on a simulated clock, through the same engine, Links and commands as at a desk. The same seed gives the
same journal, byte for byte, on any machine: chance comes from :mod:`zz110_tui.drill.streams`, nothing asks the wall
clock, and times are whole milliseconds before they become facts.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from zz110_tui.client.local import LocalLink
from zz110_tui.config.problems import both
from zz110_tui.core import commands as c
from zz110_tui.core import facts as f
from zz110_tui.core.desks import Duty
from zz110_tui.core.figures import figures
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.core.slips import SlipCollector
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.units import UnitStatus
from zz110_tui.drill.attention import Attention
from zz110_tui.drill.callsfile import CallsFile
from zz110_tui.drill.clerks import Clerks
from zz110_tui.drill.crews import Crews
from zz110_tui.drill.demand import DAY_MS, Contact, Demand, Intent
from zz110_tui.drill.dispatching import Dispatchers
from zz110_tui.drill.errands import Errands
from zz110_tui.drill.filling import Fillers
from zz110_tui.drill.incoming import Incoming
from zz110_tui.drill.pace import Pace
from zz110_tui.drill.profile import Chances, Profile, load_profile
from zz110_tui.drill.result import DrillResult, ends_of, fingerprint, unit_work
from zz110_tui.drill.rows import CallRecord
from zz110_tui.drill.taking import Callers, Takers
from zz110_tui.drill.watching import WatchOfficer
from zz110_tui.drill.world import World
from zz110_tui.gis.city import City
from zz110_tui.service.clock import ManualClock
from zz110_tui.service.engine import Engine
from zz110_tui.store.journal import Journal
from zz110_tui.store.memory import MemoryJournal

SHIFT_START = date(2023, 1, 2)
"""A Monday of the calibration period."""

BREATH = 256
"""Steps after which the event loop gets a turn, so that Ctrl-C is heard and progress is shown."""


@dataclass(frozen=True, slots=True)
class DrillProgress:
    """``at`` is the simulated time; ``start`` and ``end`` are those of the calls (UTC ms). After ``end`` the room
    finishes what it has begun."""

    at: int
    start: int
    end: int
    calls: int
    facts: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a run is about."""

    kind: str
    city: City
    rules: Rulebook
    chances: Chances
    seed: int
    load: float
    second_line: bool
    fill_in: bool
    matters: bool
    start: int
    days: int

    @property
    def end(self) -> int:
        return self.start + self.days * DAY_MS


def _nothing(progress: DrillProgress) -> None:
    """Nobody watches."""


def _never() -> bool:
    return False


async def run_shift(
    city: City,
    rules: Rulebook,
    *,
    days: int = 1,
    seed: int = 0,
    load: float = 1.0,
    second_line: bool = False,
    fill_in: bool = False,
    matters: bool = False,
    speed: float | None = None,
    start: date = SHIFT_START,
    journal: Journal | None = None,
    profile: Profile | None = None,
    progress: Callable[[DrillProgress], None] = _nothing,
    stop: Callable[[], bool] = _never,
) -> DrillResult:
    """Draw the calls of some days of 24 hours and let a simulated room work on them until every call has ended.

    ``fill_in``: a supervisor follows the fill-in proposals. ``matters``: orders, warnings and the rest of the profile's
    ``[matters]`` come as well.

    ``speed`` None runs as fast as it goes, a number that many times as fast as the clock on the wall. ``journal`` has
    to be empty and of kind "drill"; without one the journal is kept in memory. ``stop`` is asked now and then and
    breaks the drill off. Raises Trouble, and DrillBug when a call has no end or two.
    """
    chances = Chances(profile or load_profile(), rules)
    plan = _Plan("shift", city, rules, chances, seed, load, second_line, fill_in, matters, midnight(city, start), days)
    contacts = Demand(city, chances, seed, load).contacts(plan.start, days)
    return await _Run(plan, contacts, journal, speed, progress, stop).run()


async def run_replay(
    city: City,
    rules: Rulebook,
    calls: CallsFile | Iterable[CallRecord],
    *,
    start: date,
    days: int = 1,
    seed: int = 0,
    second_line: bool = False,
    fill_in: bool = False,
    matters: bool = False,
    speed: float | None = None,
    journal: Journal | None = None,
    profile: Profile | None = None,
    progress: Callable[[DrillProgress], None] = _nothing,
    stop: Callable[[], bool] = _never,
) -> DrillResult:
    """Let a simulated room work on the calls that were recorded from ``start`` on, for some days of 24 hours.

    Nothing is made up about the calls: no second callers, no transfers but of what lies far outside the city. Otherwise
    as :func:`run_shift`. Raises Trouble when there are no calls in those days, or none of them lies in the city.
    """
    chances = Chances(profile or load_profile(), rules)
    plan = _Plan("replay", city, rules, chances, seed, 1.0, second_line, fill_in, matters, midnight(city, start), days)
    found = calls.read(plan.start, plan.end) if isinstance(calls, CallsFile) else calls
    chosen = [call for call in found if plan.start <= call.received_ms < plan.end]
    chosen.sort(key=lambda call: (call.received_ms, call.source))
    _check_calls(city, chosen, start, days)
    contacts = as_contacts(chosen, rules)
    return await _Run(plan, contacts, journal, speed, progress, stop).run()


def midnight(city: City, day: date) -> int:
    """The beginning of a day in the city (UTC ms)."""
    return round(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(city.timezone)).timestamp() * 1000)


def as_contacts(calls: Iterable[CallRecord], rules: Rulebook) -> Iterator[Contact]:
    """Recorded calls as callers of a drill, in their order."""
    return (_recorded(call, rules) for call in calls)


def _recorded(call: CallRecord, rules: Rulebook) -> Contact:
    kind = rules.types.get(call.type) or rules.types["other"]
    words = "；".join(part for part in (call.words, call.text) if part)[:4_000]
    return Contact(
        call.source,
        call.received_ms,
        Intent.SLIP,
        kind.category,
        kind.code,
        call.channel,
        call.point,
        call.place,
        words,
    )


def _check_calls(city: City, calls: list[CallRecord], start: date, days: int) -> None:
    if not calls:
        raise Trouble(
            both("这几天没有警情记录", "there are no calls in those days"),
            both(f"{start} 起 {days} 天（{city.timezone}）", f"{days} days from {start} ({city.timezone})"),
            both("用 zz110 calls info 看记录的起止日期", "zz110 calls info says from when to when there are calls"),
            exit_code=65,
        )
    if not any(call.point is not None and city.outline.holds(call.point) for call in calls):
        raise Trouble(
            both("没有一个警情在这个城市里", "none of the calls lies in this city"),
            both(f"城市包 {city.name}", f"city pack {city.name}"),
            both("换城市包，或用 zz110 city new 生成一个", "use another pack, or make one with zz110 city new"),
            exit_code=65,
        )


class _Run:
    """One drill, from an empty journal to its result."""

    def __init__(
        self,
        plan: _Plan,
        contacts: Iterator[Contact],
        journal: Journal | None,
        speed: float | None,
        progress: Callable[[DrillProgress], None],
        stop: Callable[[], bool],
    ) -> None:
        if speed is not None and not 0 < speed <= 1e6:
            raise Trouble(
                both(f"倍速 {speed:g} 不行", f"a speed of {speed:g} is not possible"),
                "",
                both("写 max，或 0 到 1000000 之间的数", "write max, or a number above 0 and up to 1000000"),
                exit_code=64,
            )
        self._plan = plan
        self._speed = speed
        self._progress = progress
        self._stop = stop
        self._journal: Journal = journal if journal is not None else MemoryJournal("drill")
        self._contacts = contacts
        self._collector = SlipCollector()
        self._alarms: dict[str, int] = {}
        self._ended: dict[int, int] = {}
        self._ears: dict[type, list[Callable[[Any], None]]] = {
            f.AlarmRaised: [self._count_alarm],
            f.ReportEnded: [self._count_end],
        }
        self._attention = Attention()
        self._began = time.perf_counter()
        _check_journal(self._journal)
        self._clock = ManualClock(plan.start)
        self._engine = Engine(self._journal, plan.rules, self._clock)

    async def run(self) -> DrillResult:
        plan, engine = self._plan, self._engine
        await engine.start(timers=False)
        try:
            world = World(plan.city, plan.rules, plan.chances, plan.seed, engine, self._clock, plan.kind == "replay")
            self._world = world
            self._feed = await engine.join()
            self._callers = Callers(world, self._contacts)
            self._takers, self._dispatchers = Takers(world), Dispatchers(world)
            crews, clerks = Crews(world), Clerks(world)
            self._fillers = Fillers(world) if plan.fill_in else None
            fillers = () if self._fillers is None else (self._fillers,)
            watch = WatchOfficer(world) if plan.matters else None
            officers = () if watch is None else (watch,)
            offices = (self._takers, self._dispatchers, crews, clerks, *fillers, Errands(world), *officers)
            for office in (*offices, self._attention):
                for kind, ear in office.ears().items():
                    self._ears.setdefault(kind, []).append(ear)
            await self._man_the_room(world.link("教官", "trainer", Duty.TRAIN))
            for desk in (self._takers, self._dispatchers, clerks, *officers):
                await desk.start()
            if plan.matters:
                Incoming(world, plan.start, plan.days, plan.load).begin()
            self._callers.start()
            self._hear()
            complete = await self._go()
        finally:
            await engine.stop()
        return self._result(complete)

    async def _man_the_room(self, trainer: LocalLink) -> None:
        plan = self._plan
        await self._world.send(trainer, c.AdoptCity(plan.city.name, plan.city.pack_hash, plan.city.units))
        off = tuple(u.call_sign for u in plan.city.units if u.second_line and not plan.second_line)
        if len(off) == len(plan.city.units):
            raise Trouble(
                both("没有可派的警力", "there is nobody to send"),
                both(f"城市包 {plan.city.name} 只有二线车", f"the pack {plan.city.name} has second-line units only"),
                both("加上 --second-line", "add --second-line"),
                exit_code=64,
            )
        if off:
            await self._world.send(trainer, c.SetStatus(off, UnitStatus.OFF_DUTY, "二线不参加"))

    # -- time ------------------------------------------------------------------------------------------------------

    async def _go(self) -> bool:
        """From event to event until nobody has anything left to do. False when it was broken off."""
        agenda, engine = self._world.agenda, self._engine
        pace = Pace(self._clock, self._speed) if self._speed is not None else None
        steps = 0
        while (event := agenda.next_at()) is not None:
            due = engine.next_due()
            step = max(min(event, due), self._clock.now())
            if pace is not None and not await pace.reached(step):
                self._hear()
                if self._stop():
                    return False
                continue
            self._clock.set(step)
            if due <= step and due < event:
                await engine.run_due()
            else:
                await agenda.take()()
            self._hear()
            steps += 1
            if steps % BREATH == 0:
                self._tell()
                await asyncio.sleep(0)
                self._hear()  # what a person did meanwhile
                if self._stop():
                    return False
        self._tell()
        return True

    def _hear(self) -> None:
        """Everybody hears what happened; what they plan goes on the agenda, nothing is sent meanwhile."""
        entries = self._feed.take()
        if entries:
            self._collector.on_entries(entries, self._engine.board)
            for entry in entries:
                for ear in self._ears.get(type(entry.fact), ()):
                    ear(entry.fact)

    def _count_alarm(self, fact: f.AlarmRaised) -> None:
        self._alarms[fact.kind.value] = self._alarms.get(fact.kind.value, 0) + 1

    def _count_end(self, fact: f.ReportEnded) -> None:
        self._ended[fact.report] = self._ended.get(fact.report, 0) + 1

    def _tell(self) -> None:
        plan = self._plan
        self._progress(
            DrillProgress(self._clock.now(), plan.start, plan.end, self._callers.made, self._engine.board.position)
        )

    # -- the result ------------------------------------------------------------------------------------------------

    def _result(self, complete: bool) -> DrillResult:
        plan, world, board = self._plan, self._world, self._engine.board
        slips, contacts = self._collector.slips(board), self._collector.contacts(board)
        ends = ends_of(tuple(world.contacts), world.reports, contacts, slips, self._ended) if complete else ()
        end = plan.end if complete else min(max(self._clock.now(), plan.start + 1), plan.end)
        units = unit_work(
            slips, (u.call_sign for u in board.units.values() if u.status is UnitStatus.FREE), plan.start, end
        )
        head = self._journal.head
        return DrillResult(
            kind=plan.kind,
            city=plan.city.name,
            pack_hash=plan.city.pack_hash,
            rules_hash=fingerprint(*_inputs_of(plan.rules)),
            profile_hash=fingerprint(msgspec.to_builtins(plan.chances.profile)),
            seed=plan.seed,
            load=plan.load,
            second_line=plan.second_line,
            fill_in=plan.fill_in,
            matters=plan.matters,
            moves=0 if self._fillers is None else self._fillers.moves,
            start=plan.start,
            days=plan.days,
            ended=self._clock.now(),
            complete=complete,
            calls=self._callers.made,
            ends=ends,
            figures=figures(slips, contacts, plan.rules),
            units=units,
            utilisation=round(sum(u.busy for u in units) / len(units), 6) if units else 0.0,
            most_waiting_slips=self._dispatchers.most_waiting,
            most_waiting_calls=self._takers.most_ringing,
            alarms=tuple(sorted(self._alarms.items())),
            attended=self._attention.counted(),
            refusals=tuple(sorted(world.refusals.items())),
            facts=head.position,
            head_position=head.position,
            head_hash=head.hash.hex(),
            wall_s=round(time.perf_counter() - self._began, 3),
        )


def _inputs_of(rules: Rulebook) -> tuple[object, ...]:
    """What of a rulebook a drill depends on, in a fixed order."""
    tables = (rules.types, rules.dispositions, rules.receivers)
    return (*([table[key] for key in sorted(table)] for table in tables), sorted(rules.limits.items()), rules.hold_ms)


def _check_journal(journal: Journal) -> None:
    if journal.stamp.kind == "drill" and journal.head.position == 0:
        return
    raise Trouble(
        both("这个库不能用来推演", "this store cannot be used for a drill run"),
        both("它是实战库，或已有记录", "it is a live store, or there is something in it already"),
        both("用一个新的库：--store 路径", "use a new one: --store PATH"),
        exit_code=73,
    )
