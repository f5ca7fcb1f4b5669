"""The drill's own people going on from a board that somebody else left, with what is under way as it was drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from tests.support.scenes import city, rulebook
from zz110_tui.core import commands as c
from zz110_tui.core.incidents import AssignmentStage
from zz110_tui.core.whatif import Option
from zz110_tui.drill.carryon import CarryOn
from zz110_tui.drill.clerks import Clerks
from zz110_tui.drill.crews import Crews
from zz110_tui.drill.demand import Contact
from zz110_tui.drill.dispatching import Dispatchers
from zz110_tui.drill.profile import Chances, load_profile
from zz110_tui.drill.taking import Callers, Takers
from zz110_tui.drill.world import Office, World
from zz110_tui.service.clock import ManualClock
from zz110_tui.service.engine import Engine
from zz110_tui.service.subscribers import Subscription
from zz110_tui.store.memory import MemoryJournal


async def go_on(
    journal: MemoryJournal,
    now: int,
    seed: int,
    carry: CarryOn,
    contacts: Sequence[Contact],
    option: Option,
    until: int,
) -> None:
    """Let a drill's room work on from the end of a journal, which grows by what they do."""
    clock = ManualClock(now)
    engine = Engine(journal, rulebook(), clock)
    await engine.start(timers=False)
    world = World(city(), rulebook(), Chances(load_profile(), rulebook()), seed, engine, clock, as_recorded=False)
    feed = await engine.join()
    callers, takers, dispatchers, crews = (
        Callers(world, iter(contacts)),
        Takers(world),
        Dispatchers(world),
        Crews(world),
    )
    hear = _hearing(feed, (takers, dispatchers, crews, Clerks(world)))
    for desk in (takers, dispatchers):
        await desk.start()
    hear()
    _crews_go_on(world, crews, carry)
    await _calls_go_on(world, takers, carry)
    if option.units:
        await world.send(dispatchers._free[0], c.Dispatch(option.incident, option.units))
    hear()
    for number, held in carry.waiting:
        if held:
            world.agenda.plan(held, partial(_enqueue, dispatchers, number))
        elif engine.board.incidents[number].stage.value == "queued":
            dispatchers._enqueue(number)
    callers.start()
    await _go(world, clock, hear, until)
    await engine.stop()


def _hearing(feed: Subscription, offices: Sequence[Office]) -> Callable[[], None]:
    ears: dict[type, list[Callable[[Any], None]]] = {}
    for office in offices:
        for kind, ear in office.ears().items():
            ears.setdefault(kind, []).append(ear)

    def hear() -> None:
        for entry in feed.take():
            for ear in ears.get(type(entry.fact), ()):
                ear(entry.fact)

    return hear


async def _go(world: World, clock: ManualClock, hear: Callable[[], None], until: int) -> None:
    engine = world.engine
    while (event := world.agenda.next_at()) is not None and event <= until:
        due = engine.next_due()
        step = max(min(event, due), clock.now())
        clock.set(step)
        if due <= step and due < event:
            await engine.run_due()
        else:
            await world.agenda.take()()
        hear()


async def _enqueue(dispatchers: Dispatchers, number: int) -> None:
    dispatchers._enqueue(number)


def _crews_go_on(world: World, crews: Crews, carry: CarryOn) -> None:
    world.legs.update(carry.legs)
    for way in carry.ways:
        world.legs[way.unit] = way.leg
        report = partial(crews._report, way.incident, way.unit, way.sent_at, AssignmentStage.ON_SCENE)
        world.agenda.plan(way.leg.arrives, report)
    for number, done in carry.done.items():
        crews._done_at[number] = done
        world.agenda.plan(done, partial(crews._finish, number, done, "mediated"))
    for unit, number, at in carry.leaving:
        world.agenda.plan(at, partial(crews._support_leaves, number, unit))


async def _calls_go_on(world: World, takers: Takers, carry: CarryOn) -> None:
    board = world.board
    for call in (*carry.answered, *carry.ringing):
        world.contacts[board.reports[call.report].source] = call.contact
        world.reports[call.contact.key] = call.report
    for call in carry.answered:
        link = next(link for link in takers._free if link.actor.desk == call.desk)
        takers._free.remove(link)
        stream = world.stream("talk", call.contact.key)
        world.agenda.plan(call.until, partial(takers._finish, link, call.contact, call.report, stream))
    for call in carry.ringing:
        world.agenda.plan(call.until, partial(Callers(world, iter(()))._give_up, call.contact))
        takers._ringing.append(call.report)
    takers._assign()
