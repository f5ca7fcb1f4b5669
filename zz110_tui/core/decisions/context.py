"""What every decision reads, and the checks that several of them share."""

from __future__ import annotations

from dataclasses import dataclass

from zz110_tui.core.alarms import of_incident
from zz110_tui.core.board import Board
from zz110_tui.core.desks import Actor
from zz110_tui.core.facts import StackActivated, UnitAssigned
from zz110_tui.core.incidents import Assignment, Incident, IncidentStage, Report, ReportStage
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.core.terms import incident_no, key_of, report_no
from zz110_tui.core.transitions import INCIDENT, IncidentMove, after
from zz110_tui.core.units import Unit, UnitStatus

TEXT_LIMIT = 4_000
"""Longest free text of one field, in characters."""


class Refused(Exception):
    """Carries a refusal out of a decision; never leaves ``decide``."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


@dataclass(slots=True)
class Context:
    board: Board
    actor: Actor
    now: int
    rules: Rulebook


def refuse(code: str, **values: str | int) -> Refused:
    return Refused(Refusal(code, tuple((name, str(value)) for name, value in values.items())))


def find_report(ctx: Context, number: int) -> Report:
    report = ctx.board.reports.get(number)
    if report is None:
        raise refuse("no_such_report", report=report_no(number))
    return report


def live_report(ctx: Context, number: int) -> Report:
    """A report that has not ended."""
    report = find_report(ctx, number)
    if report.stage is ReportStage.ENDED:
        end = key_of(report.end) if report.end else ""
        raise refuse("report_over", report=report_no(number), end=end)
    return report


def find_incident(ctx: Context, number: int) -> Incident:
    incident = ctx.board.incidents.get(number)
    if incident is None:
        raise refuse("no_such_incident", incident=incident_no(number))
    return incident


def open_incident(ctx: Context, number: int) -> Incident:
    """An incident somebody still has to send to, work on or wait for."""
    incident = find_incident(ctx, number)
    if not incident.open:
        raise refuse("incident_over", incident=incident_no(number), stage=key_of(incident.stage))
    return incident


_STEP_BEFORE = {
    IncidentMove.HANDLE: "os / cl",
    IncidentMove.FEED_BACK: "cl",
    IncidentMove.CALL_BACK: "fb",
    IncidentMove.CLOSE: "fb",
    IncidentMove.REOPEN: "cl",
    IncidentMove.SPLIT: "link",
}


def check_move(incident: Incident, move: IncidentMove) -> IncidentStage:
    """The stage the move leads to; refused where the table does not have it."""
    stage = after(INCIDENT, incident.stage, move)
    if stage is not None:
        return stage
    number, now = incident_no(incident.number), key_of(incident.stage)
    if incident.stage is IncidentStage.CLOSED or move not in _STEP_BEFORE:
        raise refuse("incident_over", incident=number, stage=now)
    raise refuse("wrong_stage", incident=number, stage=now, first=_STEP_BEFORE[move])


def find_unit(ctx: Context, call_sign: str) -> Unit:
    unit = ctx.board.units.get(call_sign)
    if unit is None:
        raise refuse("no_such_unit", unit=call_sign)
    return unit


def sendable_unit(ctx: Context, call_sign: str) -> Unit:
    """A unit on duty and in service; it may be busy."""
    unit = find_unit(ctx, call_sign)
    if unit.status is not UnitStatus.FREE:
        raise refuse("unit_not_on_duty", unit=call_sign, status=key_of(unit.status))
    return unit


def named_units(call_signs: tuple[str, ...]) -> tuple[str, ...]:
    """The call signs once each, in the order given; refused when there is none."""
    if not call_signs:
        raise refuse("no_unit_named")
    return tuple(dict.fromkeys(call_signs))


def current(ctx: Context, call_sign: str, number: int = 0) -> tuple[Incident, Assignment]:
    """The incident a unit works on (or the named one) and its live assignment there."""
    unit = find_unit(ctx, call_sign)
    candidates = (number,) if number else unit.incidents
    for n in candidates:
        incident = find_incident(ctx, n)
        assignment = incident.assignment(call_sign)
        if assignment is not None and assignment.live:
            return incident, assignment
    if number:
        raise refuse("unit_not_on_incident", unit=call_sign, incident=incident_no(number))
    raise refuse("unit_not_assigned", unit=call_sign)


def busy(ctx: Context, unit: Unit) -> Refused:
    """The refusal for a unit that is on something else, saying who sent it there."""
    number = unit.incidents[0]
    incident = ctx.board.incidents[number]
    assignment = incident.assignment(unit.call_sign)
    desk = person = ""
    for entry in reversed(ctx.board.chronology(of_incident(number))):
        if isinstance(entry.fact, UnitAssigned | StackActivated) and entry.fact.unit == unit.call_sign:
            desk, person = entry.actor.desk, entry.actor.person
            break
    return refuse(
        "unit_busy",
        unit=unit.call_sign,
        incident=incident_no(number),
        stage=key_of(assignment.stage) if assignment else "",
        desk=desk,
        person=person,
    )


def checked_text(text: str) -> str:
    if len(text) > TEXT_LIMIT:
        raise refuse("text_too_long", limit=TEXT_LIMIT)
    return text.strip()


def checked_reason(text: str) -> str:
    if not text.strip():
        raise refuse("reason_missing")
    return checked_text(text)


def checked_time(ctx: Context, at: int, not_before: int = 0) -> int:
    """``at`` or, for 0, now; refused when later than now or before what it follows."""
    if not at:
        return ctx.now
    if at > ctx.now or at < not_before:
        raise refuse("bad_time", time=_clock(at), after=_clock(not_before) if not_before else "…")
    return at


def _clock(at: int) -> str:
    """A time in a refusal; screens write it in the room's own time zone."""
    return f"time:{at}"
