"""Every accepted step can be taken back by a new, recorded step, while nothing has happened since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.support.room import CROSSING, LI, WANG, Room
from zz110_tui.core import commands as c
from zz110_tui.core.incidents import AssignmentStage, IncidentStage, ReportEnd, ReportStage
from zz110_tui.core.units import UnitStatus


def state(room: Room) -> tuple[object, ...]:
    """What the board says, without the marks of when it was last touched."""
    image = room.board.image()
    return (
        tuple(replace(r, version=0) for r in image.reports),
        tuple(replace(i, version=0) for i in image.incidents),
        tuple(replace(u, version=0) for u in image.units),
    )


STEPS: list[Callable[[int], c.Command]] = [
    lambda n: c.Dispatch(n, ("02", "03")),
    lambda n: c.Advance(("01",), AssignmentStage.SIGNED, n),
    lambda n: c.MakeAvailable(("01",)),
    lambda n: c.Exchange("01", "02"),
    lambda n: c.Finish(n, "cancelled", "撤销"),
    lambda n: c.Transfer(n, "12345", "市政"),
    lambda n: c.AmendIncident(n, priority=1),
    lambda n: c.SetStatus(("01",), UnitStatus.OUT_OF_SERVICE, "故障"),
    lambda n: c.NameLead(n, "04"),
    lambda n: c.AddNote(n, "嫌疑人向南"),
]


@pytest.mark.parametrize("step", STEPS)
def test_undo_puts_everything_back_as_it_was(step: Callable[[int], c.Command]) -> None:
    room = Room()
    number = room.fight()
    room.dispatch(number, "01", "04")
    before = state(room)
    room.do(step(number))
    taken_back = len(room.journal)
    room.do(c.Undo())
    assert state(room) == before
    assert len(room.journal) == taken_back + 1, "undo is a step of its own; nothing is erased"


def test_undoing_a_new_slip_ends_it_as_entered_in_error_and_its_number_is_not_used_again() -> None:
    room = Room()
    number = room.fight()
    room.do(c.Undo())
    assert room.incident(number).stage is IncidentStage.CLOSED
    assert room.incident(number).disposition == "entered_in_error"
    assert room.report(1).end is ReportEnd.ENTERED_IN_ERROR
    assert room.fight() == number + 1


def test_undoing_a_slip_gives_the_caller_back_to_the_desk() -> None:
    room = Room()
    report = room.ring("wx-1")
    room.do(c.AnswerReport(report))
    room.do(c.OpenIncident("fight", CROSSING, report=report))
    room.do(c.Undo())
    assert room.report(report).stage is ReportStage.ANSWERED
    assert room.report(report).incident == 0
    room.do(c.Undo())
    assert room.report(report).stage is ReportStage.RECEIVED


def test_a_step_that_was_overtaken_is_not_taken_back() -> None:
    room = Room()
    number = room.fight()
    room.do(c.Dispatch(number, ("01",)), LI)
    room.do(c.Advance(("01",), AssignmentStage.SIGNED), WANG)
    assert room.refused(c.Undo(), LI) == "undo_overtaken"
    room.do(c.Undo(), WANG)
    room.do(c.AddNote(number, "x"), WANG)
    assert room.refused(c.Undo(), LI) == "undo_overtaken"


def test_undo_takes_back_ones_own_steps_last_first_and_then_there_is_nothing() -> None:
    room = Room()
    number = room.fight()
    room.do(c.AmendIncident(number, priority=1))
    room.do(c.AmendIncident(number, priority=3))
    room.do(c.Undo())
    assert room.incident(number).priority == 1
    room.do(c.Undo())
    assert room.incident(number).priority == 2
    room.do(c.Undo())
    assert room.incident(number).disposition == "entered_in_error"
    assert room.refused(c.Undo()) == "nothing_to_undo"
    assert room.refused(c.Undo(), WANG) == "nothing_to_undo"


def test_undoing_a_link_gives_each_incident_its_own_caller_again() -> None:
    room = Room()
    first, second = room.fight(), room.fight()
    before = state(room)
    room.do(c.LinkIncident(second, first))
    room.do(c.Undo())
    assert state(room) == before


def test_undoing_a_clear_puts_the_unit_back_on_scene_and_the_stack_behind_it() -> None:
    room = Room()
    first, second = room.fight(), room.fight()
    room.to_scene(first, "01")
    room.dispatch(second, "01", stack=True)
    before = state(room)
    room.do(c.Clear(first, disposition="mediated"))
    room.do(c.Undo())
    assert state(room) == before
