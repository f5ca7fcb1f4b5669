"""An alarm is a row that stands as long as its cause, and every cause has a deadline."""

from __future__ import annotations

import pytest

from tests.support.room import LI, RULES, WANG, Room
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import AlarmKind, Subject, of_incident, of_report, of_unit
from zz110_tui.core.deadlines import deadlines_of
from zz110_tui.core.desks import SYSTEM
from zz110_tui.core.incidents import AssignmentStage


def kinds(room: Room, subject: Subject) -> set[AlarmKind]:
    return {d.cause.kind for d in deadlines_of(room.board, subject, RULES)}


def ring_bell(room: Room, kind: AlarmKind, subject: Subject, unit: str = "") -> None:
    """Let the deadline pass and do what the core's timers do."""
    (due,) = [d.due for d in deadlines_of(room.board, subject, RULES) if d.cause.kind is kind and d.cause.unit == unit]
    room.now = due - 1_000
    room.do(c.RaiseAlarm(kind, subject, unit), SYSTEM)


def test_every_step_of_a_call_has_its_own_clock() -> None:
    room = Room()
    report = room.ring()
    assert kinds(room, of_report(report)) == {AlarmKind.UNANSWERED}
    room.do(c.AnswerReport(report))
    assert kinds(room, of_report(report)) == {AlarmKind.UNFILED}
    number = room.fight()
    subject = of_incident(number)
    assert kinds(room, subject) == {AlarmKind.UNDISPATCHED}
    room.dispatch(number, "01")
    assert kinds(room, subject) == {AlarmKind.UNSIGNED, AlarmKind.NOT_EN_ROUTE, AlarmKind.NOT_ARRIVED}
    room.do(c.Advance(("01",), AssignmentStage.SIGNED))
    assert kinds(room, subject) == {AlarmKind.NOT_EN_ROUTE, AlarmKind.NOT_ARRIVED}
    room.do(c.Advance(("01",), AssignmentStage.EN_ROUTE))
    assert kinds(room, subject) == {AlarmKind.NOT_ARRIVED}
    room.do(c.Advance(("01",), AssignmentStage.ON_SCENE))
    assert kinds(room, subject) == {AlarmKind.NO_CONTACT}
    room.do(c.Clear(number, disposition="mediated"))
    assert kinds(room, subject) == {AlarmKind.UNFED_BACK}
    room.do(c.FeedBack(number))
    assert kinds(room, subject) == set()


def test_an_alarm_stands_until_its_cause_is_gone() -> None:
    room = Room()
    number = room.fight()
    ring_bell(room, AlarmKind.UNDISPATCHED, of_incident(number))
    (key,) = room.board.alarms
    room.do(c.AddNote(number, "仍在等"))
    room.do(c.TakeAlarm(key))
    assert room.board.alarms[key].owner == "03"
    room.dispatch(number, "01")
    assert room.board.alarms == {}


def test_no_alarm_is_raised_before_its_time_twice_or_by_a_person() -> None:
    room = Room()
    number = room.fight()
    alarm = c.RaiseAlarm(AlarmKind.UNDISPATCHED, of_incident(number))
    assert room.refused(alarm, SYSTEM) == "alarm_not_due"
    room.now += 3_600_000
    assert room.refused(alarm, LI) == "not_yours_to_do"
    room.do(alarm, SYSTEM)
    assert room.do(alarm, SYSTEM) == ()


def test_taking_an_alarm_names_its_owner_and_another_desk_may_take_over() -> None:
    room = Room()
    number = room.fight()
    ring_bell(room, AlarmKind.UNDISPATCHED, of_incident(number))
    (key,) = room.board.alarms
    room.do(c.TakeAlarm(key), LI)
    assert room.refused(c.TakeAlarm(key), LI) == "alarm_yours"
    room.do(c.TakeAlarm(key), WANG)
    assert room.board.alarms[key].owner_person == "Wang"
    assert room.refused(c.ClearAlarm(key, "x")) == "alarm_not_latched"


def test_hearing_from_a_unit_on_scene_starts_its_clock_again() -> None:
    room = Room()
    number = room.fight()
    room.to_scene(number, "01")
    ring_bell(room, AlarmKind.NO_CONTACT, of_incident(number), "01")
    assert len(room.board.alarms) == 1
    room.do(c.Contact(("01",)))
    assert room.board.alarms == {}
    (deadline,) = deadlines_of(room.board, of_incident(number), RULES)
    assert deadline.due == room.now + RULES.limits_for(2).no_contact


def test_an_emergency_latches_until_cleared_on_purpose() -> None:
    room = Room()
    number = room.fight()
    room.to_scene(number, "01")
    room.do(c.RaiseAlarm(AlarmKind.EMERGENCY, of_unit("01"), "01"))
    (key,) = room.board.alarms
    room.do(c.Clear(number, disposition="mediated"))
    assert key in room.board.alarms
    assert room.refused(c.ClearAlarm(key, "")) == "reason_missing"
    room.do(c.ClearAlarm(key, "误触，已当面确认"))
    assert room.board.alarms == {}


def test_a_hold_rings_when_it_is_over() -> None:
    room = Room()
    number = room.fight()
    room.do(c.Hold(number, reason="等家属"))
    assert kinds(room, of_incident(number)) == {AlarmKind.HOLD_OVER}
    ring_bell(room, AlarmKind.HOLD_OVER, of_incident(number))
    room.do(c.Hold(number, reason="再等"))
    assert room.board.alarms == {}


@pytest.mark.parametrize("priority", [1, 2, 3, 4])
def test_the_limit_is_that_of_the_priority(priority: int) -> None:
    room = Room()
    number = room.fight(priority=priority)
    (deadline,) = deadlines_of(room.board, of_incident(number), RULES)
    assert deadline.due - deadline.cause.since == RULES.limits_for(priority).undispatched


def test_filing_takes_closed_slips_off_the_board_and_only_the_core_files() -> None:
    room = Room()
    first, second, third = room.handled(), room.fight(), room.fight()
    room.do(c.FeedBack(first))
    room.do(c.CloseIncident(first))
    room.do(c.LinkIncident(second, third))
    file = c.FileSlips(closed_before=room.now + 10_000)
    assert room.refused(file, LI) == "not_yours_to_do"
    room.do(file, SYSTEM)
    assert set(room.board.incidents) == {second, third}, "a linked slip stays while the one it belongs to is live"
    assert set(room.board.reports) == {2, 3}
    assert room.board.next_incident == 4
    assert room.do(file, SYSTEM) == ()
