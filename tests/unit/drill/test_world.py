"""What everybody in a drill shares: the order of the agenda, where units are, what is too far."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.support.scenes import city, rulebook
from zz110_tui.core import commands as c
from zz110_tui.core.desks import Duty
from zz110_tui.core.incidents import Channel
from zz110_tui.core.places import Point
from zz110_tui.core.rulebook import Category
from zz110_tui.drill.demand import Contact, Intent
from zz110_tui.drill.profile import Chances, load_profile
from zz110_tui.drill.ways import Leg
from zz110_tui.drill.world import UNKNOWN_PLACE, Agenda, World
from zz110_tui.service.clock import ManualClock
from zz110_tui.service.engine import Engine
from zz110_tui.store.memory import MemoryJournal

NOON = round(datetime(2023, 5, 1, 4, tzinfo=UTC).timestamp() * 1000)
A, B = Point(117.65, 24.51), Point(117.66, 24.52)


@pytest.fixture
async def world() -> World:
    clock = ManualClock(NOON)
    engine = Engine(MemoryJournal("drill"), rulebook(), clock)
    await engine.start(timers=False)
    world = World(city(), rulebook(), Chances(load_profile(), rulebook()), 1, engine, clock, as_recorded=False)
    await world.send(world.link("教官", "trainer", Duty.TRAIN), c.AdoptCity("x", "hash", city().units))
    return world


def contact(where: Point | None, place: str = "某处") -> Contact:
    return Contact(f"{where}", NOON, Intent.SLIP, Category.OTHER, "other", Channel.PHONE, where, place)


async def test_what_was_planned_first_comes_first_at_the_same_time() -> None:
    agenda = Agenda()
    came: list[str] = []

    def plan(at: int, name: str) -> None:
        async def happen() -> None:
            came.append(name)

        agenda.plan(at, happen)

    for at, name in ((20, "c"), (10, "a"), (10, "b"), (5, "first")):
        plan(at, name)
    assert agenda.next_at() == 5
    while agenda.next_at() is not None:
        await agenda.take()()
    assert came == ["first", "a", "b", "c"]


async def test_a_unit_is_at_its_post_on_its_way_or_where_that_ended(world: World) -> None:
    unit = city().units[0]
    assert world.position(unit.call_sign, NOON) == unit.post_point
    world.legs[unit.call_sign] = Leg(A, B, NOON + 10_000, NOON + 30_000)
    assert world.position(unit.call_sign, NOON) == A
    assert world.position(unit.call_sign, NOON + 30_000) == B
    half = world.position(unit.call_sign, NOON + 20_000)
    roads = city().road_times
    assert roads is not None
    assert roads.snap(half).metres < 1  # along the road, as far from one end as from the other by the clock
    there, on = roads.between(A, half, 12), roads.between(half, B, 12)
    assert there == pytest.approx(on, rel=0.02)
    assert there + on == pytest.approx(roads.between(A, B, 12), rel=0.01)


async def test_the_hour_is_the_citys_own(world: World) -> None:
    assert world.hour(NOON) == 12


async def test_a_place_inside_has_grid_and_cell_and_one_outside_is_a_place_all_the_same(world: World) -> None:
    inside = world.place(contact(city().units[0].post_point))
    assert inside.grid
    assert inside.cell
    outside = world.place(contact(Point(117.5, 24.4)))
    assert (outside.grid, outside.point) == ("", Point(117.5, 24.4))
    assert world.place(contact(None, "")).text == UNKNOWN_PLACE
    assert world.place(contact(Point(117.51, 24.41), "")).text == "117.51000,24.41000"


async def test_what_lies_far_outside_is_too_far_and_what_nobody_knows_is_not(world: World) -> None:
    box = city().outline.box
    assert not world.is_far(box.middle)
    assert not world.is_far(None)
    assert not world.is_far(Point(box.west - 0.01, box.middle.lat))
    assert world.is_far(Point(box.west - 0.3, box.middle.lat))


async def test_a_refusal_is_counted(world: World) -> None:
    await world.send(world.link("教官", "trainer2", Duty.SUPERVISE), c.CloseIncident(99))
    assert world.refusals == {"CloseIncident: no_such_incident": 1}
