"""Decisions about taking a call: received, answered, opened as a slip, or ended without one."""

from __future__ import annotations

from zz110_tui.core import commands as c
from zz110_tui.core import facts as f
from zz110_tui.core.decisions.context import (
    Context,
    checked_text,
    checked_time,
    find_incident,
    live_report,
    refuse,
)
from zz110_tui.core.incidents import LOWEST_PRIORITY, IncidentStage, ReportEnd, ReportStage
from zz110_tui.core.places import Place
from zz110_tui.core.rulebook import IncidentType
from zz110_tui.core.terms import incident_no, key_of, report_no

ENDS_WITHOUT_SLIP = (ReportEnd.ADVISED, ReportEnd.INVALID, ReportEnd.NUISANCE, ReportEnd.ABANDONED)


def known_type(ctx: Context, code: str) -> IncidentType:
    found = ctx.rules.types.get(code)
    if found is None:
        raise refuse("no_such_type", type=code)
    return found


def known_priority(priority: int) -> int:
    if not 1 <= priority <= LOWEST_PRIORITY:
        raise refuse("bad_priority", priority=priority)
    return priority


def known_place(place: Place) -> Place:
    if not place.text.strip():
        raise refuse("place_missing")
    checked_text(place.text)
    return place


def receive_report(ctx: Context, cmd: c.ReceiveReport) -> tuple[f.Fact, ...]:
    if cmd.source:
        known = ctx.board.report_from(cmd.source)
        if known is not None:
            raise refuse("already_received", report=report_no(known.number))
    return (_received(ctx, cmd, checked_time(ctx, cmd.at)),)


def _received(ctx: Context, cmd: c.ReceiveReport, at: int) -> f.ReportReceived:
    for text in (cmd.caller, cmd.contact, cmd.source, cmd.place.text):
        checked_text(text)
    return f.ReportReceived(
        report=ctx.board.next_report,
        channel=cmd.channel,
        at=at,
        caller=cmd.caller,
        contact=cmd.contact,
        place=cmd.place,
        text=checked_text(cmd.text),
        source=cmd.source,
    )


def answer_report(ctx: Context, cmd: c.AnswerReport) -> tuple[f.Fact, ...]:
    report = live_report(ctx, cmd.report)
    if report.stage is not ReportStage.RECEIVED:
        raise refuse(
            "report_taken", report=report_no(report.number), desk=report.answered_desk, person=report.answered_by
        )
    return (f.ReportAnswered(report.number, ctx.now),)


def end_report(ctx: Context, cmd: c.EndReport) -> tuple[f.Fact, ...]:
    report = live_report(ctx, cmd.report)
    if cmd.end not in ENDS_WITHOUT_SLIP:
        raise refuse("no_such_disposition", disposition=cmd.end.value)
    return (f.ReportEnded(report.number, cmd.end, ctx.now, reason=checked_text(cmd.reason)),)


def open_incident(ctx: Context, cmd: c.OpenIncident) -> tuple[f.Fact, ...]:
    """Open a slip, on a report that waits or was answered, or on a new one made in the same step."""
    kind = known_type(ctx, cmd.type)
    priority = known_priority(cmd.priority or kind.priority)
    place = known_place(cmd.place)
    text = checked_text(cmd.text)
    made: list[f.Fact] = []
    if cmd.report:
        report = live_report(ctx, cmd.report)
        number, received_at = report.number, report.received_at
        if report.stage is ReportStage.RECEIVED:
            made.append(f.ReportAnswered(number, ctx.now))
    else:
        received_at = checked_time(ctx, cmd.received_at)
        receive = c.ReceiveReport(cmd.channel, cmd.caller, cmd.contact, place, text)
        received = _received(ctx, receive, received_at)
        number = received.report
        made += [received, f.ReportAnswered(number, received_at)]
    incident = ctx.board.next_incident
    made += [
        f.IncidentOpened(incident, number, kind.code, priority, place, text, received_at, ctx.now, cmd.priority != 0),
        f.ReportEnded(number, ReportEnd.SLIP, ctx.now, incident=incident),
    ]
    return tuple(made)


def link_report(ctx: Context, cmd: c.LinkReport) -> tuple[f.Fact, ...]:
    """Another caller about the same thing: the report joins the incident."""
    report = live_report(ctx, cmd.report) if cmd.report else None
    target = find_incident(ctx, cmd.to)
    if target.linked_to:
        raise refuse("linked_elsewhere", incident=incident_no(target.number), to=incident_no(target.linked_to))
    if target.stage is IncidentStage.CLOSED:
        raise refuse("incident_over", incident=incident_no(target.number), stage=key_of(target.stage))
    text = checked_text(cmd.text)
    if report is None:
        received = _received(ctx, c.ReceiveReport(cmd.channel, cmd.caller, cmd.contact, cmd.place, text), ctx.now)
        ended = f.ReportEnded(received.report, ReportEnd.LINKED, ctx.now, incident=target.number)
        return received, f.ReportAnswered(received.report, ctx.now), ended
    linked = f.ReportEnded(report.number, ReportEnd.LINKED, ctx.now, incident=target.number)
    return (linked, f.NoteAdded(target.number, text)) if text else (linked,)
