"""The laboratory's kernel and the drill through the real engine give the same trips on the same calls."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.scenes import city, rulebook
from zz110_tui.core import facts as f
from zz110_tui.core.incidents import AssignmentStage
from zz110_tui.drill.demand import DAY_MS, Demand
from zz110_tui.drill.lab.kernel import Kernel, Outcome
from zz110_tui.drill.lab.policies import BUILT_IN
from zz110_tui.drill.profile import Chances, load_profile
from zz110_tui.drill.rows import CallRecord
from zz110_tui.drill.simulation import SHIFT_START, as_contacts, midnight, run_replay, run_shift
from zz110_tui.drill.world import travel_in
from zz110_tui.store.memory import MemoryJournal

Trip = tuple[str, str, int, int]


def trips_of(journal: MemoryJournal) -> list[Trip]:
    """Key of the call, unit, dispatched, arrived: of every unit that arrived, in the order of arrival."""
    caller: dict[int, str] = {}
    about: dict[int, str] = {}
    sent: dict[str, int] = {}
    trips: list[Trip] = []
    for entry in journal.read(0):
        match entry.fact:
            case f.ReportReceived(report=report, source=source):
                caller[report] = source
            case f.IncidentOpened(incident=number, report=report):
                about[number] = caller[report]
            case f.UnitAssigned(unit=unit, at=at):
                sent[unit] = at
            case f.AssignmentAdvanced(incident=number, unit=unit, stage=AssignmentStage.ON_SCENE, at=at):
                trips.append((about[number], unit, sent[unit], at))
            case _:
                pass
    return trips


def kernel(seed: int, policy: str, *, as_recorded: bool = False) -> Kernel:
    chosen = BUILT_IN[policy]
    units = [unit for unit in city().units if chosen.second_line or not unit.second_line]
    chances = Chances(load_profile(), rulebook())
    return Kernel(city(), rulebook(), chances, travel_in(city()), chosen, units, seed, as_recorded=as_recorded)


@pytest.mark.parametrize(
    ("seed", "load", "policy"), [(1, 1.0, "closest"), (2, 3.0, "closest"), (3, 5.0, "second-line"), (4, 0.3, "closest")]
)
def test_the_same_calls_give_the_same_trips(seed: int, load: float, policy: str) -> None:
    days = 2
    journal = MemoryJournal("drill")
    second = BUILT_IN[policy].second_line
    drill = asyncio.run(
        run_shift(city(), rulebook(), days=days, seed=seed, load=load, second_line=second, journal=journal)
    )
    contacts = Demand(city(), Chances(load_profile(), rulebook()), seed, load).contacts(
        midnight(city(), SHIFT_START), days
    )
    outcome = kernel(seed, policy).run(contacts)
    assert list(outcome.trips) == trips_of(journal)
    assert len(outcome.trips) > 20
    rate = drill.figures.from_dispatched.within_5_min
    assert (within(outcome, 300_000), len(outcome.arrivals)) == (rate.hits, rate.of)


def test_recorded_calls_give_the_same_trips() -> None:
    start = midnight(city(), SHIFT_START)
    drawn = Demand(city(), Chances(load_profile(), rulebook()), 9, 2.0).contacts(start, 1)
    calls = [
        CallRecord(contact.key, contact.at, point=contact.point, place=contact.place, type=contact.type)
        for contact in drawn
        if contact.at < start + DAY_MS
    ]
    journal = MemoryJournal("drill")
    asyncio.run(run_replay(city(), rulebook(), calls, start=SHIFT_START, days=1, seed=9, journal=journal))
    outcome = kernel(9, "closest", as_recorded=True).run(as_contacts(calls, rulebook()))
    assert list(outcome.trips) == trips_of(journal)
    assert len(outcome.trips) > 100


def within(outcome: Outcome, limit_ms: int) -> int:
    return sum(arrival.from_dispatched <= limit_ms for arrival in outcome.arrivals)
