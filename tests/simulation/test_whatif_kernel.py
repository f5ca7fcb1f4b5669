"""The hour that a what-if looks at, from a board: the kernel gives the trips that the drill's own people, on the real
engine, give from the same board on the same calls."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

import pytest

from tests.simulation.test_lab_kernel import Trip
from tests.support.continuing import go_on
from tests.support.scenes import city, rulebook
from zz110_tui.core import facts as f
from zz110_tui.core.board import Board
from zz110_tui.core.evolve import evolve
from zz110_tui.core.incidents import AssignmentStage, IncidentStage, ReportStage
from zz110_tui.core.whatif import Option, Situation, situation_of
from zz110_tui.drill.carryon import case_key
from zz110_tui.drill.demand import Contact
from zz110_tui.drill.lab.hour import AFTER_MS, Hour, Outlay
from zz110_tui.drill.lab.policies import BUILT_IN
from zz110_tui.drill.profile import Chances, load_profile
from zz110_tui.drill.simulation import run_shift
from zz110_tui.drill.world import travel_in
from zz110_tui.store.memory import MemoryJournal

HOUR_MS = 3_600_000


@cache
def chances() -> Chances:
    return Chances(load_profile(), rulebook())


Wanted = Callable[[Board], bool]


def room_when(wanted: Wanted, load: float) -> tuple[MemoryJournal, Board]:
    """A drill's journal as far as the board is as wanted, and that board."""
    whole = MemoryJournal("drill")
    asyncio.run(run_shift(city(), rulebook(), days=1, seed=5, load=load, journal=whole))
    board, journal = Board(), MemoryJournal("drill")
    for _, command in groupby(whole.read(0), key=lambda entry: entry.command):
        entries = list(command)
        journal.append(entries)
        for entry in entries:
            evolve(board, entry)
        if wanted(board):
            return journal, board
    raise AssertionError("there is no such moment")


def driving(board: Board) -> int:
    on_the_way = (AssignmentStage.DISPATCHED, AssignmentStage.SIGNED, AssignmentStage.EN_ROUTE)
    return sum(a.stage in on_the_way for i in board.incidents.values() if i.open for a in i.assignments)


def with_support(board: Board) -> bool:
    """Two units on one scene, and more of them on their way."""
    scenes = [sum(a.stage is AssignmentStage.ON_SCENE for a in i.assignments) for i in board.incidents.values()]
    return max(scenes, default=0) > 1 and driving(board) > 1


def with_callers(board: Board) -> bool:
    """Somebody rings, somebody talks, somebody drives, and a slip waits while a unit is free."""
    stages = {report.stage for report in board.reports.values()}
    return {ReportStage.RECEIVED, ReportStage.ANSWERED} <= stages and driving(board) > 0 and waits(board) > 0


def with_nobody_left(board: Board) -> bool:
    """Slips wait and nobody of the first line is free."""
    free = [u for u in board.units.values() if u.available and not u.profile.second_line]
    return not free and waits(board) > 2


def waits(board: Board) -> int:
    return sum(i.stage is IncidentStage.QUEUED for i in board.incidents.values())


def outlay_of(situation: Situation) -> Outlay:
    """A busy hour: it has to have some trips in it."""
    return Outlay(situation, city(), rulebook(), chances(), travel_in(city()), load=5.0)


def renamed(contacts: Sequence[Contact]) -> list[Contact]:
    """Keys that no call of the first drill has."""
    return [replace(c, key=f"w{c.key}", about=c.about and f"w{c.about}") for c in contacts]


def trips_after(journal: MemoryJournal, board: Board) -> list[Trip]:
    """Case, unit, dispatched, arrived, of every arrival since the board; cases are named as the kernel names them."""
    name = {number: case_key(number) for number in board.incidents}
    caller = {r.number: f"report {r.number}" for r in board.reports.values() if r.stage is not ReportStage.ENDED}
    sent = {a.unit: a.dispatched_at for i in board.incidents.values() for a in i.working}
    trips: list[Trip] = []
    for entry in journal.read(board.position):
        match entry.fact:
            case f.ReportReceived(report=report, source=source):
                caller[report] = source
            case f.IncidentOpened(incident=number, report=report):
                name[number] = caller[report]
            case f.UnitAssigned(unit=unit, at=at):
                sent[unit] = at
            case f.AssignmentAdvanced(incident=number, unit=unit, stage=AssignmentStage.ON_SCENE, at=at):
                trips.append((name[number], unit, sent[unit], at))
            case _:
                pass
    return trips


@pytest.mark.parametrize(("wanted", "load"), [(with_support, 3.0), (with_callers, 6.0), (with_nobody_left, 8.0)])
def test_from_a_board_the_kernel_and_the_drill_make_the_same_trips(wanted: Wanted, load: float) -> None:
    journal, board = room_when(wanted, load)
    now = board.at + 1
    situation = situation_of(board, now)
    outlay = outlay_of(situation)
    demand = outlay.demand.with_seed(77)
    carry, contacts = outlay.prospects.drawn(77, demand), renamed(outlay.contacts(demand))
    free = next((u.call_sign for u in situation.units if not u.incidents), "")
    waits = next((i.number for i in situation.incidents if i.stage is IncidentStage.QUEUED), 0)
    option = Option((free,), waits) if free and waits else Option()
    hour = Hour(outlay, BUILT_IN["closest"], 77, carry, option)
    hour.finish(contacts)
    asyncio.run(go_on(journal, now, 77, carry, contacts, option, now + HOUR_MS + AFTER_MS))
    trips = list(hour.outcome().trips)
    assert trips == trips_after(journal, board)
    assert len(trips) > 5
