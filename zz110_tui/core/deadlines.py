"""Which alarms and timers a board implies.

A *cause* stands on the board (nobody answered this report); it becomes an alarm when its clock passes the rulebook's
limit. Causes need no clock and no rulebook, so ``evolve`` can end alarms; due times need the rulebook and are for the
core's timers and for the clocks on the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter

from zz110_tui.core.alarms import AlarmKind, Subject, SubjectKind
from zz110_tui.core.board import Board
from zz110_tui.core.causes import Cause
from zz110_tui.core.deadlines_matters import matter_causes
from zz110_tui.core.incidents import Assignment, AssignmentStage, Incident, IncidentStage, Report, ReportStage
from zz110_tui.core.records import dataclass
from zz110_tui.core.rulebook import Limits, Rulebook

DEFAULT_REPORT_PRIORITY = 2
"""A report nobody has answered yet may be anything; its clock runs as for priority 2."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A cause and when it is due (UTC ms)."""

    cause: Cause
    due: int


def causes_of(board: Board, subject: Subject) -> Iterator[Cause]:
    """The causes that stand on one subject, in a fixed order."""
    if subject.kind is SubjectKind.REPORT:
        report = board.reports.get(int(subject.id))
        if report is not None:
            yield from _report_causes(report, subject)
    elif subject.kind is SubjectKind.INCIDENT:
        incident = board.incidents.get(int(subject.id))
        if incident is not None:
            yield from _incident_causes(incident, subject)
    else:
        matter = board.matters.get(subject)
        if matter is not None:
            yield from matter_causes(matter)


def _report_causes(report: Report, subject: Subject) -> Iterator[Cause]:
    priority = DEFAULT_REPORT_PRIORITY
    if report.stage is ReportStage.RECEIVED:
        yield Cause(AlarmKind.UNANSWERED, subject, "", priority, report.received_at)
    elif report.stage is ReportStage.ANSWERED:
        yield Cause(AlarmKind.UNFILED, subject, "", priority, report.answered_at)


def _incident_causes(incident: Incident, subject: Subject) -> Iterator[Cause]:
    if incident.stage is IncidentStage.QUEUED:
        if incident.held_until:
            yield Cause(AlarmKind.HOLD_OVER, subject, "", incident.priority, incident.held_until)
        else:
            yield Cause(AlarmKind.UNDISPATCHED, subject, "", incident.priority, incident.fresh_at)
    elif incident.stage is IncidentStage.HANDLED:
        yield Cause(AlarmKind.UNFED_BACK, subject, "", incident.priority, incident.handled_at)
    if incident.open:
        for assignment in incident.assignments:
            if assignment.live:
                yield from _assignment_causes(incident, assignment, subject)


def _assignment_causes(incident: Incident, a: Assignment, subject: Subject) -> Iterator[Cause]:
    if a.stage is AssignmentStage.DISPATCHED:
        yield Cause(AlarmKind.UNSIGNED, subject, a.unit, incident.priority, a.dispatched_at)
    if a.stage in (AssignmentStage.DISPATCHED, AssignmentStage.SIGNED):
        yield Cause(AlarmKind.NOT_EN_ROUTE, subject, a.unit, incident.priority, a.dispatched_at)
    if a.stage is AssignmentStage.ON_SCENE:
        yield Cause(AlarmKind.NO_CONTACT, subject, a.unit, incident.priority, a.contact_at)
    else:
        yield Cause(AlarmKind.NOT_ARRIVED, subject, a.unit, incident.priority, a.dispatched_at)


_LIMIT_OF: Mapping[AlarmKind, Callable[[Limits], int]] = {
    AlarmKind.UNANSWERED: attrgetter("unanswered"),
    AlarmKind.UNFILED: attrgetter("unfiled"),
    AlarmKind.UNDISPATCHED: attrgetter("undispatched"),
    AlarmKind.HOLD_OVER: lambda _: 0,
    AlarmKind.UNSIGNED: attrgetter("unsigned"),
    AlarmKind.NOT_EN_ROUTE: attrgetter("not_en_route"),
    AlarmKind.NOT_ARRIVED: attrgetter("not_arrived"),
    AlarmKind.NO_CONTACT: attrgetter("no_contact"),
    AlarmKind.UNFED_BACK: attrgetter("unfed_back"),
    AlarmKind.EMERGENCY: lambda _: 0,
    AlarmKind.UNREAD: attrgetter("unread"),
    AlarmKind.UNSIGNED_ORDER: attrgetter("unsigned_order"),
    AlarmKind.UNSUPPORTED: attrgetter("unsupported"),
    AlarmKind.OVERDUE: lambda _: 0,
    AlarmKind.TURN_DUE: lambda _: 0,
    AlarmKind.NOTICE_END: lambda _: 0,
}


def limit_ms(kind: AlarmKind, limits: Limits) -> int:
    """How long a cause of this kind may last before it is an alarm (milliseconds)."""
    return _LIMIT_OF[kind](limits)


def deadlines_of(board: Board, subject: Subject, rules: Rulebook) -> Iterator[Deadline]:
    """When each standing cause of a subject is due."""
    for cause in causes_of(board, subject):
        yield Deadline(cause, cause.since + limit_ms(cause.kind, rules.limits_for(cause.priority)))
