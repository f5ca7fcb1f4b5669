"""The life of a call as product.md draws it, with every exit."""

from __future__ import annotations

import pytest

from tests.support.room import CROSSING, LI, NOON, WANG, Room
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import of_incident
from zz110_tui.core.incidents import AssignmentStage, Channel, IncidentStage, ReportEnd, ReportStage, Withdrawal
from zz110_tui.core.places import Place
from zz110_tui.core.units import UnitStatus


def test_from_the_first_ring_to_the_closed_slip_every_time_is_kept() -> None:
    room = Room()
    report = room.ring()
    received = room.now
    room.do(c.AnswerReport(report))
    answered = room.now
    room.do(c.OpenIncident("fight", CROSSING, report=report, text="两人持刀"))
    opened = room.now
    (number,) = room.board.incidents
    room.dispatch(number, "03")
    dispatched = room.now
    for stage in (AssignmentStage.SIGNED, AssignmentStage.EN_ROUTE, AssignmentStage.ON_SCENE):
        room.do(c.Advance(("03",), stage))
        assert room.incident(number).stage.value == stage.value
    room.do(c.Clear(units=("03",), disposition="mediated", text="双方和解"))
    handled = room.now
    room.do(c.FeedBack(number, type="noise"))
    room.do(c.CallBack(number, satisfied=True))
    room.do(c.CloseIncident(number))

    incident = room.incident(number)
    assert (incident.received_at, incident.opened_at) == (received, opened)
    assert (incident.handled_at, incident.closed_at) == (handled, room.now)
    assert incident.stage is IncidentStage.CLOSED
    assert (incident.type, incident.final_type, incident.disposition) == ("fight", "noise", "mediated")
    assert room.report(report).answered_at == answered
    assert (room.report(report).answered_desk, room.report(report).answered_by) == ("03", "Li")
    assert room.report(report).end is ReportEnd.SLIP
    a = room.assignment(number, "03")
    assert dispatched == a.dispatched_at < a.signed_at < a.en_route_at < a.on_scene_at < a.ended_at == handled
    assert room.unit("03").available
    told = [type(e.fact).__name__ for e in room.board.chronology(of_incident(number))]
    assert told[0] == "IncidentOpened"
    assert told[-1] == "IncidentClosed"


def test_a_slip_without_a_report_makes_its_own() -> None:
    room = Room()
    number = room.fight()
    (report,) = room.incident(number).reports
    assert room.report(report).stage is ReportStage.ENDED
    assert room.report(report).incident == number
    assert room.report(report).contact == "13912342207"


def test_two_desks_cannot_answer_the_same_call() -> None:
    room = Room()
    report = room.ring()
    room.do(c.AnswerReport(report), WANG)
    assert room.refused(c.AnswerReport(report), LI) == "report_taken"


@pytest.mark.parametrize("end", [ReportEnd.ADVISED, ReportEnd.INVALID, ReportEnd.NUISANCE, ReportEnd.ABANDONED])
def test_a_report_may_end_without_a_slip_and_is_kept(end: ReportEnd) -> None:
    room = Room()
    report = room.ring()
    room.do(c.EndReport(report, end, "查无此事"))
    assert room.report(report).end is end
    assert room.refused(c.EndReport(report, end)) == "report_over"
    assert room.refused(c.OpenIncident("fight", CROSSING, report=report)) == "report_over"


def test_the_same_source_is_received_once() -> None:
    room = Room()
    room.ring("wechat-77")
    assert room.refused(c.ReceiveReport(Channel.WECHAT, source="wechat-77")) == "already_received"


def test_a_slip_needs_a_place_a_known_type_and_a_priority_that_exists() -> None:
    room = Room()
    assert room.refused(c.OpenIncident("fight", Place("  "))) == "place_missing"
    assert room.refused(c.OpenIncident("ufo", CROSSING)) == "no_such_type"
    assert room.refused(c.OpenIncident("fight", CROSSING, priority=9)) == "bad_priority"
    assert room.refused(c.OpenIncident("fight", CROSSING, text="x" * 5000)) == "text_too_long"
    assert room.refused(c.OpenIncident("fight", CROSSING, received_at=room.now + 60_000)) == "bad_time"


def test_linking_keeps_every_caller_and_counts_one_slip() -> None:
    room = Room()
    first, second = room.fight(), room.fight()
    room.do(c.LinkIncident(second, first))
    assert room.incident(first).reports == (1, 2)
    assert room.incident(second).stage is IncidentStage.CLOSED
    assert room.report(2).incident == first
    assert room.report(2).end is ReportEnd.LINKED
    assert room.refused(c.Dispatch(second, ("01",))) == "incident_over"
    assert room.refused(c.LinkIncident(room.fight(), second)) == "linked_elsewhere"
    assert room.refused(c.LinkIncident(first, first)) == "same_incident"


def test_a_linked_incident_can_be_split_again_with_its_own_callers() -> None:
    room = Room()
    first, second = room.fight(), room.fight()
    room.do(c.LinkIncident(second, first))
    room.do(c.Split(second))
    assert room.incident(first).reports == (1,)
    assert room.incident(second).reports == (2,)
    assert room.incident(second).stage is IncidentStage.QUEUED
    assert room.report(2).incident == second
    assert room.refused(c.Split(second)) == "not_linked"


def test_a_second_caller_joins_an_incident_as_a_report() -> None:
    room = Room()
    number, report = room.fight(), room.ring()
    room.do(c.LinkReport(report, number))
    assert room.incident(number).reports == (1, report)
    assert room.report(report).end is ReportEnd.LINKED


def test_linking_an_incident_with_units_on_it_is_refused() -> None:
    room = Room()
    first, second = room.fight(), room.fight()
    room.dispatch(second, "01")
    assert room.refused(c.LinkIncident(second, first)) == "units_still_there"


def test_a_transfer_needs_a_reason_and_waits_for_the_receivers_answer() -> None:
    room = Room()
    number = room.fight("noise")
    assert room.refused(c.Transfer(number, "12345", " ")) == "reason_missing"
    assert room.refused(c.Transfer(number, "999", "x")) == "no_such_receiver"
    room.do(c.Transfer(number, "12345", "市政噪音"))
    assert room.incident(number).stage is IncidentStage.HANDLED
    assert room.incident(number).receiver == "12345"
    assert room.refused(c.CloseIncident(number)) == "wrong_stage"
    room.do(c.FeedBack(number, text="12345 已办"))
    room.do(c.CloseIncident(number))


@pytest.mark.parametrize("disposition", ["advised", "invalid", "nuisance", "cancelled"])
def test_an_incident_may_end_without_a_scene_and_stands_down_who_is_under_way(disposition: str) -> None:
    room = Room()
    number = room.fight()
    room.dispatch(number, "01")
    room.do(c.Finish(number, disposition, "报警人来电撤销"))
    assert room.incident(number).stage is IncidentStage.CLOSED
    assert room.incident(number).disposition == disposition
    assert room.assignment(number, "01").withdrawal is Withdrawal.INCIDENT_ENDED
    assert room.unit("01").available


def test_an_incident_with_somebody_on_scene_ends_by_clearing_only() -> None:
    room = Room()
    number = room.fight()
    room.to_scene(number, "01")
    assert room.refused(c.Finish(number, "cancelled")) == "somebody_on_scene"
    assert room.refused(c.Transfer(number, "12345", "x")) == "somebody_on_scene"
    assert room.refused(c.MakeAvailable(("01",))) == "somebody_on_scene"


def test_a_reopened_incident_is_queued_again_with_its_history() -> None:
    room = Room()
    number = room.handled()
    assert room.refused(c.Reopen(number, "")) == "reason_missing"
    room.do(c.Reopen(number, "又打起来了"))
    incident = room.incident(number)
    assert incident.stage is IncidentStage.QUEUED
    assert (incident.disposition, incident.handled_at, incident.reopened) == ("", 0, 1)
    assert incident.fresh_at == room.now
    assert len(incident.assignments) == 1
    room.to_scene(number, "01")
    room.do(c.Clear(number, disposition="mediated"))
    assert room.incident(number).handled_at == room.now


def test_hold_is_for_what_waits_until_a_time_and_for_a_reason() -> None:
    room = Room()
    number = room.fight()
    assert room.refused(c.Hold(number)) == "reason_missing"
    assert room.refused(c.Hold(number, until=NOON, reason="x")) == "bad_time"
    room.do(c.Hold(number, reason="等家属"))
    assert room.incident(number).held_until == room.now + 900_000
    room.do(c.Release(number))
    assert room.incident(number).held_until == 0
    assert room.refused(c.Release(number)) == "not_held"
    room.do(c.Hold(number, reason="等家属"))
    room.dispatch(number, "01")
    assert room.incident(number).held_until == 0
    assert room.refused(c.Hold(number, reason="x")) == "units_still_there"


def test_a_slip_is_corrected_while_open_and_by_feedback_afterwards() -> None:
    room = Room()
    number = room.fight()
    room.do(c.AmendIncident(number, type="robbery", priority=1))
    assert (room.incident(number).type, room.incident(number).priority) == ("robbery", 1)
    assert room.do(c.AmendIncident(number, priority=1)) == ()
    room.to_scene(number, "01")
    room.do(c.Clear(number, disposition="mediated"))
    assert room.refused(c.AmendIncident(number, priority=3)) == "incident_over"


def test_what_does_not_exist_is_refused_by_name() -> None:
    room = Room()
    number = room.fight()
    assert room.refused(c.AnswerReport(99)) == "no_such_report"
    assert room.refused(c.AddNote(99, "x")) == "no_such_incident"
    assert room.refused(c.Dispatch(number, ("99",))) == "no_such_unit"
    assert room.refused(c.Dispatch(number, ())) == "no_unit_named"
    assert room.refused(c.TakeAlarm("nothing")) == "no_such_alarm"
    assert room.refused(c.AddNote(number, "  ")) == "reason_missing"


def test_feedback_may_be_corrected_but_not_skipped() -> None:
    room = Room()
    number = room.fight()
    assert room.refused(c.FeedBack(number)) == "wrong_stage"
    assert room.refused(c.CallBack(number, satisfied=True)) == "wrong_stage"
    number = room.handled()
    room.do(c.FeedBack(number))
    room.do(c.FeedBack(number, type="robbery"))
    assert room.incident(number).final_type == "robbery"


def test_units_come_on_and_go_off_duty() -> None:
    room = Room()
    room.do(c.SetStatus(("01",), UnitStatus.OFF_DUTY))
    number = room.fight()
    assert room.refused(c.Dispatch(number, ("01",))) == "unit_not_on_duty"
    assert room.refused(c.MakeAvailable(("01",))) == "status_not_possible"
    room.do(c.SetStatus(("01",), UnitStatus.FREE))
    room.dispatch(number, "01")
    assert room.refused(c.SetStatus(("01",), UnitStatus.OFF_DUTY)) == "status_not_possible"


def test_falling_out_of_service_gives_the_incident_back_to_the_queue() -> None:
    room = Room()
    number = room.fight()
    room.dispatch(number, "01")
    assert room.refused(c.SetStatus(("01",), UnitStatus.OUT_OF_SERVICE)) == "reason_missing"
    room.do(c.SetStatus(("01",), UnitStatus.OUT_OF_SERVICE, "车辆故障"))
    assert room.incident(number).stage is IncidentStage.QUEUED
    assert room.incident(number).fresh_at == room.now
    assert room.assignment(number, "01").withdrawal is Withdrawal.OUT_OF_SERVICE
    room.do(c.MakeAvailable(("01",)))
    assert room.unit("01").available
