"""How a fact changes the board. Total: it never refuses, and costs O(1) in the size of the board."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zz110_tui.core import facts as f
from zz110_tui.core.alarms import Alarm, Subject, SubjectKind, of_incident, of_report, of_unit
from zz110_tui.core.board import Board
from zz110_tui.core.deadlines import causes_of
from zz110_tui.core.desks import Desk, Duty
from zz110_tui.core.incidents import (
    LINKED,
    TRANSFERRED,
    Assignment,
    AssignmentStage,
    Incident,
    IncidentStage,
    Report,
    ReportEnd,
    ReportStage,
)
from zz110_tui.core.subjects import subjects_of
from zz110_tui.core.transitions import working_stage
from zz110_tui.core.units import Unit, UnitStatus
from zz110_tui.core.values import changed

Evolver = Callable[[Board, f.Entry, Any], None]

NOT_UNDOABLE = (
    f.CityAdopted,
    f.DeskOpened,
    f.DeskClosed,
    f.ReportReceived,
    f.AlarmRaised,
    f.AlarmTaken,
    f.AlarmCleared,
    f.StepUndone,
    f.SlipsFiled,
)
"""Facts that leave nothing to take back: somebody outside acted, or the room's own bookkeeping."""


def evolve(board: Board, entry: f.Entry) -> None:
    """Change the board by one journal entry. Entries come gap-free and in order."""
    fact = entry.fact
    subjects = subjects_of(fact)
    if entry.actor.duty is not Duty.SYSTEM and (
        not isinstance(fact, NOT_UNDOABLE) or _opens_a_step(board, entry, fact)
    ):
        for subject in subjects:
            board.remember(entry, subject)
    _EVOLVERS[type(fact)](board, entry, fact)
    board.position = entry.position
    board.at = entry.at
    for subject in subjects:
        if subject.kind is not SubjectKind.UNIT:
            board.tell(subject, entry)
        _end_alarms(board, subject)


def _opens_a_step(board: Board, entry: f.Entry, fact: f.Fact) -> bool:
    """A report that a desk enters itself is taken back with the slip it was entered for."""
    return isinstance(fact, f.ReportReceived) and not fact.source


def _end_alarms(board: Board, subject: Subject) -> None:
    """Drop the subject's alarms whose cause is gone; latched ones stay until cleared on purpose."""
    alarms = board.alarms_of(subject)
    if not alarms:
        return
    # A cause whose clock started again (the unit was heard from) is another cause.
    standing = {cause.key: cause.since for cause in causes_of(board, subject)}
    for alarm in alarms:
        if not alarm.latched and standing.get(alarm.key) != alarm.since:
            board.drop_alarm(alarm.key)


# -- the room --------------------------------------------------------------------------------------------------------


def _city_adopted(board: Board, entry: f.Entry, fact: f.CityAdopted) -> None:
    board.city, board.pack_hash = fact.city, fact.pack_hash
    named = {profile.call_sign for profile in fact.units}
    for call_sign in [c for c, unit in board.units.items() if c not in named and not unit.incidents]:
        board.drop_unit(call_sign)
    for profile in fact.units:
        known = board.units.get(profile.call_sign)
        if known is None:
            unit = Unit(profile, UnitStatus.FREE, entry.at, version=entry.position)
        else:
            unit = changed(known, profile=profile, version=entry.position)
        board.put_unit(unit)


def _desk_opened(board: Board, entry: f.Entry, fact: f.DeskOpened) -> None:
    board.desks[fact.desk] = Desk(fact.desk, fact.person, fact.duty, entry.at, True, entry.position)


def _desk_closed(board: Board, entry: f.Entry, fact: f.DeskClosed) -> None:
    desk = board.desks.get(fact.desk)
    if desk is not None:
        board.desks[fact.desk] = changed(desk, staffed=False, since=entry.at, version=entry.position)


# -- reports ---------------------------------------------------------------------------------------------------------


def _report_received(board: Board, entry: f.Entry, fact: f.ReportReceived) -> None:
    board.next_report = max(board.next_report, fact.report + 1)
    board.put_report(
        Report(
            number=fact.report,
            channel=fact.channel,
            received_at=fact.at,
            caller=fact.caller,
            contact=fact.contact,
            place=fact.place,
            text=fact.text,
            source=fact.source,
            version=entry.position,
        )
    )


def _report_answered(board: Board, entry: f.Entry, fact: f.ReportAnswered) -> None:
    report = board.reports[fact.report]
    board.put_report(
        changed(
            report,
            stage=ReportStage.ANSWERED,
            answered_at=fact.at,
            answered_by=entry.actor.person,
            answered_desk=entry.actor.desk,
            version=entry.position,
        )
    )


def _report_ended(board: Board, entry: f.Entry, fact: f.ReportEnded) -> None:
    report = board.reports[fact.report]
    board.put_report(
        changed(
            report,
            stage=ReportStage.ENDED,
            end=fact.end,
            end_reason=fact.reason,
            ended_at=fact.at,
            incident=fact.incident,
            version=entry.position,
        )
    )
    if fact.end is ReportEnd.LINKED:
        _put(board, entry, fact.incident, reports=(*board.incidents[fact.incident].reports, fact.report))


# -- incidents -------------------------------------------------------------------------------------------------------


def _put(board: Board, entry: f.Entry, number: int, **changes: Any) -> Incident:
    incident = changed(board.incidents[number], version=entry.position, **changes)
    board.put_incident(incident)
    return incident


def _incident_opened(board: Board, entry: f.Entry, fact: f.IncidentOpened) -> None:
    board.next_incident = max(board.next_incident, fact.incident + 1)
    board.put_incident(
        Incident(
            number=fact.incident,
            type=fact.type,
            priority=fact.priority,
            place=fact.place,
            text=fact.text,
            received_at=fact.received_at,
            opened_at=fact.at,
            fresh_at=fact.at,
            reports=(fact.report,) if fact.report else (),
            version=entry.position,
        )
    )


def _incident_amended(board: Board, entry: f.Entry, fact: f.IncidentAmended) -> None:
    _put(board, entry, fact.incident, type=fact.type, priority=fact.priority, place=fact.place, text=fact.text)


def _incident_held(board: Board, entry: f.Entry, fact: f.IncidentHeld) -> None:
    _put(board, entry, fact.incident, held_until=fact.until, hold_reason=fact.reason)


def _incident_released(board: Board, entry: f.Entry, fact: f.IncidentReleased) -> None:
    _put(board, entry, fact.incident, held_until=0, hold_reason="", fresh_at=entry.at)


def _move_reports(board: Board, entry: f.Entry, numbers: tuple[int, ...], to: int, end: ReportEnd) -> None:
    for number in numbers:
        report = board.reports.get(number)
        if report is not None:
            board.put_report(changed(report, incident=to, end=end, version=entry.position))


def _incident_linked(board: Board, entry: f.Entry, fact: f.IncidentLinked) -> None:
    _put(
        board,
        entry,
        fact.incident,
        stage=IncidentStage.CLOSED,
        disposition=LINKED,
        linked_to=fact.to,
        closed_at=fact.at,
        held_until=0,
    )
    _put(board, entry, fact.to, reports=(*board.incidents[fact.to].reports, *fact.reports))
    _move_reports(board, entry, fact.reports, fact.to, ReportEnd.LINKED)


def _incident_split(board: Board, entry: f.Entry, fact: f.IncidentSplit) -> None:
    _put(
        board,
        entry,
        fact.incident,
        stage=IncidentStage.QUEUED,
        disposition="",
        linked_to=0,
        closed_at=0,
        fresh_at=fact.at,
        reports=fact.reports,
    )
    left = tuple(r for r in board.incidents[fact.out_of].reports if r not in fact.reports)
    _put(board, entry, fact.out_of, reports=left)
    _move_reports(board, entry, fact.reports, fact.incident, ReportEnd.SLIP)


def _incident_handled(board: Board, entry: f.Entry, fact: f.IncidentHandled) -> None:
    _put(
        board,
        entry,
        fact.incident,
        stage=IncidentStage.HANDLED,
        disposition=fact.disposition,
        disposition_text=fact.text,
        handled_at=fact.at,
        held_until=0,
    )


def _incident_transferred(board: Board, entry: f.Entry, fact: f.IncidentTransferred) -> None:
    _put(
        board,
        entry,
        fact.incident,
        stage=IncidentStage.HANDLED,
        disposition=TRANSFERRED,
        disposition_text=fact.reason,
        receiver=fact.receiver,
        handled_at=fact.at,
        held_until=0,
    )


def _incident_finished(board: Board, entry: f.Entry, fact: f.IncidentFinished) -> None:
    _put(
        board,
        entry,
        fact.incident,
        stage=IncidentStage.CLOSED,
        disposition=fact.disposition,
        disposition_text=fact.text,
        closed_at=fact.at,
        held_until=0,
    )


def _incident_fed_back(board: Board, entry: f.Entry, fact: f.IncidentFedBack) -> None:
    _put(board, entry, fact.incident, stage=IncidentStage.FED_BACK, final_type=fact.type, fed_back_at=fact.at)


def _incident_called_back(board: Board, entry: f.Entry, fact: f.IncidentCalledBack) -> None:
    _put(
        board,
        entry,
        fact.incident,
        stage=IncidentStage.CALLED_BACK,
        satisfied=fact.satisfied,
        called_back_at=fact.at,
    )


def _incident_closed(board: Board, entry: f.Entry, fact: f.IncidentClosed) -> None:
    _put(board, entry, fact.incident, stage=IncidentStage.CLOSED, closed_at=fact.at)


def _incident_reopened(board: Board, entry: f.Entry, fact: f.IncidentReopened) -> None:
    incident = board.incidents[fact.incident]
    _put(
        board,
        entry,
        fact.incident,
        stage=IncidentStage.QUEUED,
        disposition="",
        disposition_text="",
        receiver="",
        satisfied=None,
        handled_at=0,
        fed_back_at=0,
        called_back_at=0,
        closed_at=0,
        fresh_at=fact.at,
        reopened=incident.reopened + 1,
    )


def _note_added(board: Board, entry: f.Entry, fact: f.NoteAdded) -> None:
    incident = board.incidents[fact.incident]
    if fact.unit and incident.assignment(fact.unit) is not None:
        _assignment(board, entry, fact.incident, fact.unit, contact_at=entry.at)
    else:
        _put(board, entry, fact.incident)


# -- units on incidents ----------------------------------------------------------------------------------------------


def _assignment(board: Board, entry: f.Entry, number: int, unit: str, **changes: Any) -> None:
    """Change the unit's assignment that is not over, and let the incident's stage and lead follow."""
    incident = board.incidents[number]
    current = incident.assignment(unit)
    if current is None:
        return
    assignments = tuple(changed(a, **changes) if a is current else a for a in incident.assignments)
    _settle(board, entry, incident, assignments)


def _settle(board: Board, entry: f.Entry, incident: Incident, assignments: tuple[Assignment, ...]) -> None:
    stage = working_stage(assignments) if incident.open else incident.stage
    live = [a.unit for a in assignments if a.live]
    lead = incident.lead if incident.lead in live else next(iter(live), incident.lead)
    fell_back = stage is IncidentStage.QUEUED and incident.stage is not IncidentStage.QUEUED
    board.put_incident(
        changed(
            incident,
            assignments=assignments,
            stage=stage,
            lead=lead,
            fresh_at=entry.at if fell_back else incident.fresh_at,
            held_until=incident.held_until if stage is IncidentStage.QUEUED else 0,
            version=entry.position,
        )
    )


def _change_unit(board: Board, entry: f.Entry, call_sign: str, **changes: Any) -> None:
    unit = board.units.get(call_sign)
    if unit is not None:
        board.put_unit(changed(unit, version=entry.position, **changes))


def _unit_assigned(board: Board, entry: f.Entry, fact: f.UnitAssigned) -> None:
    incident = board.incidents[fact.incident]
    stage = AssignmentStage.STACKED if fact.stacked else AssignmentStage.DISPATCHED
    sent = Assignment(fact.unit, stage, fact.at, contact_at=fact.at)
    _settle(board, entry, incident, (*incident.assignments, sent))
    unit = board.units[fact.unit]
    _change_unit(board, entry, fact.unit, incidents=(*unit.incidents, fact.incident), status_at=entry.at)


def _stack_activated(board: Board, entry: f.Entry, fact: f.StackActivated) -> None:
    _assignment(
        board,
        entry,
        fact.incident,
        fact.unit,
        stage=AssignmentStage.DISPATCHED,
        dispatched_at=fact.at,
        contact_at=fact.at,
    )
    unit = board.units[fact.unit]
    first = (fact.incident, *(n for n in unit.incidents if n != fact.incident))
    _change_unit(board, entry, fact.unit, incidents=first, status_at=entry.at)


_TIME_OF = {
    AssignmentStage.SIGNED: "signed_at",
    AssignmentStage.EN_ROUTE: "en_route_at",
    AssignmentStage.ON_SCENE: "on_scene_at",
}


def _assignment_advanced(board: Board, entry: f.Entry, fact: f.AssignmentAdvanced) -> None:
    times = {_TIME_OF[fact.stage]: fact.at}
    _assignment(board, entry, fact.incident, fact.unit, stage=fact.stage, contact_at=fact.at, **times)
    place = board.incidents[fact.incident].place
    if fact.stage is AssignmentStage.ON_SCENE and place.point is not None:
        _change_unit(board, entry, fact.unit, position=place.point, position_at=fact.at, status_at=entry.at)
    else:
        _change_unit(board, entry, fact.unit, status_at=entry.at)


def _leave(board: Board, entry: f.Entry, incident: int, unit: str) -> None:
    now = board.units.get(unit)
    if now is not None:
        rest = tuple(n for n in now.incidents if n != incident)
        _change_unit(board, entry, unit, incidents=rest, status_at=entry.at)


def _unit_cleared(board: Board, entry: f.Entry, fact: f.UnitCleared) -> None:
    incident = board.incidents[fact.incident]
    current = incident.assignment(fact.unit)
    if current is not None:
        over = changed(current, stage=AssignmentStage.CLEARED, ended_at=fact.at, contact_at=fact.at)
        assignments = tuple(over if a is current else a for a in incident.assignments)
        if any(a.live for a in assignments):
            _settle(board, entry, incident, assignments)
        else:
            # The last one out: IncidentHandled follows in the same step and says how it ended.
            _put(board, entry, fact.incident, assignments=assignments)
    _leave(board, entry, fact.incident, fact.unit)


def _unit_withdrawn(board: Board, entry: f.Entry, fact: f.UnitWithdrawn) -> None:
    _assignment(
        board,
        entry,
        fact.incident,
        fact.unit,
        stage=AssignmentStage.WITHDRAWN,
        ended_at=fact.at,
        withdrawal=fact.why,
    )
    _leave(board, entry, fact.incident, fact.unit)


def _lead_named(board: Board, entry: f.Entry, fact: f.LeadNamed) -> None:
    _put(board, entry, fact.incident, lead=fact.unit)


def _unit_contacted(board: Board, entry: f.Entry, fact: f.UnitContacted) -> None:
    _assignment(board, entry, fact.incident, fact.unit, contact_at=fact.at)


def _unit_status_changed(board: Board, entry: f.Entry, fact: f.UnitStatusChanged) -> None:
    _change_unit(board, entry, fact.unit, status=fact.status, reason=fact.reason, status_at=fact.at)


def _unit_posted(board: Board, entry: f.Entry, fact: f.UnitPosted) -> None:
    unit = board.units.get(fact.unit)
    if unit is not None:
        profile = changed(unit.profile, post=fact.post, post_point=fact.point)
        _change_unit(board, entry, fact.unit, profile=profile)


# -- alarms, undo, filing --------------------------------------------------------------------------------------------


def _alarm_raised(board: Board, entry: f.Entry, fact: f.AlarmRaised) -> None:
    board.put_alarm(Alarm(fact.kind, fact.subject, fact.unit, fact.priority, fact.since, fact.at, latched=fact.latched))


def _alarm_taken(board: Board, entry: f.Entry, fact: f.AlarmTaken) -> None:
    alarm = board.alarms.get(fact.key)
    if alarm is not None:
        board.put_alarm(changed(alarm, owner=entry.actor.desk, owner_person=entry.actor.person, taken_at=fact.at))


def _alarm_cleared(board: Board, entry: f.Entry, fact: f.AlarmCleared) -> None:
    board.drop_alarm(fact.key)


def _step_undone(board: Board, entry: f.Entry, fact: f.StepUndone) -> None:
    steps = board.steps.get(entry.actor.desk, [])
    board.steps[entry.actor.desk] = [step for step in steps if step.command != fact.command]
    for report in fact.reports:
        board.stands_again(of_report(report.number), report.version, entry.position)
        board.put_report(changed(report, version=entry.position))
    for incident in fact.incidents:
        board.stands_again(of_incident(incident.number), incident.version, entry.position)
        board.put_incident(changed(incident, version=entry.position))
    for unit in fact.units:
        board.stands_again(of_unit(unit.call_sign), unit.version, entry.position)
        board.put_unit(changed(unit, version=entry.position))


def _slips_filed(board: Board, entry: f.Entry, fact: f.SlipsFiled) -> None:
    gone = {of_incident(number) for number in fact.incidents}
    for number in fact.incidents:
        board.drop_incident(number)
    for number in fact.reports:
        board.drop_report(number)
    for key in [k for k, alarm in board.alarms.items() if alarm.subject in gone]:
        board.drop_alarm(key)


_EVOLVERS: dict[type, Evolver] = {
    f.CityAdopted: _city_adopted,
    f.DeskOpened: _desk_opened,
    f.DeskClosed: _desk_closed,
    f.ReportReceived: _report_received,
    f.ReportAnswered: _report_answered,
    f.ReportEnded: _report_ended,
    f.IncidentOpened: _incident_opened,
    f.IncidentAmended: _incident_amended,
    f.IncidentHeld: _incident_held,
    f.IncidentReleased: _incident_released,
    f.IncidentLinked: _incident_linked,
    f.IncidentSplit: _incident_split,
    f.UnitAssigned: _unit_assigned,
    f.StackActivated: _stack_activated,
    f.AssignmentAdvanced: _assignment_advanced,
    f.UnitCleared: _unit_cleared,
    f.UnitWithdrawn: _unit_withdrawn,
    f.LeadNamed: _lead_named,
    f.UnitContacted: _unit_contacted,
    f.IncidentHandled: _incident_handled,
    f.IncidentTransferred: _incident_transferred,
    f.IncidentFinished: _incident_finished,
    f.IncidentFedBack: _incident_fed_back,
    f.IncidentCalledBack: _incident_called_back,
    f.IncidentClosed: _incident_closed,
    f.IncidentReopened: _incident_reopened,
    f.NoteAdded: _note_added,
    f.UnitStatusChanged: _unit_status_changed,
    f.UnitPosted: _unit_posted,
    f.AlarmRaised: _alarm_raised,
    f.AlarmTaken: _alarm_taken,
    f.AlarmCleared: _alarm_cleared,
    f.StepUndone: _step_undone,
    f.SlipsFiled: _slips_filed,
}
