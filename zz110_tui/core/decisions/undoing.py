"""Taking back the last step of a desk: a new, recorded, opposite step, where nothing has happened since."""

from __future__ import annotations

from dataclasses import replace

from zz110_tui.core import commands as c
from zz110_tui.core import facts as f
from zz110_tui.core.alarms import Subject, SubjectKind, of_incident
from zz110_tui.core.board import Step
from zz110_tui.core.decisions.alarms import undo_shelf
from zz110_tui.core.decisions.context import Context, Refused, refuse
from zz110_tui.core.facts_matters import MattersRestored
from zz110_tui.core.incidents import ENTERED_IN_ERROR, Incident, IncidentStage, Report, ReportEnd, ReportStage
from zz110_tui.core.matters import matters_of, void
from zz110_tui.core.terms import key_of, key_of_fact, subject_no


def undo(ctx: Context, cmd: c.Undo) -> tuple[f.Fact, ...]:
    """What the step changed is put back as it was; what it created ends as entered in error. Nothing is erased."""
    step = _step(ctx, cmd.command)
    for subject, left in step.left.items():
        version = ctx.board.version(subject)
        if version == 0 or version > left:
            raise _overtaken(ctx, subject, left)
    reports, incidents = list(step.reports), list(step.incidents)
    for subject in step.created:
        if subject.kind is SubjectKind.REPORT:
            reports.append(_void_report(ctx, ctx.board.reports[int(subject.id)]))
        elif subject.kind is SubjectKind.INCIDENT:
            incidents.append(_void_incident(ctx, ctx.board.incidents[int(subject.id)]))
    undone = f.StepUndone(step.command, tuple(reports), tuple(incidents), tuple(step.units))
    matters = [*step.matters, *(void(ctx.board.matters[s], ctx.now) for s in step.created if s in ctx.board.matters)]
    restored = (MattersRestored(matters_of(matters)),) if matters else ()
    return (undone, *restored, *undo_shelf(ctx, step))


def _step(ctx: Context, command: str) -> Step:
    steps = ctx.board.steps.get(ctx.actor.desk, [])
    for step in reversed(steps):
        if not command or step.command == command:
            return step
    raise refuse("nothing_to_undo")


def _void_report(ctx: Context, report: Report) -> Report:
    return replace(
        report, stage=ReportStage.ENDED, end=ReportEnd.ENTERED_IN_ERROR, ended_at=ctx.now, incident=report.incident
    )


def _void_incident(ctx: Context, incident: Incident) -> Incident:
    return replace(
        incident,
        stage=IncidentStage.CLOSED,
        disposition=ENTERED_IN_ERROR,
        closed_at=ctx.now,
        held_until=0,
    )


def _overtaken(ctx: Context, subject: Subject, left: int) -> Refused:
    """Say what happened to the subject since, and who did it."""
    name = subject_no(subject)
    where = subject
    if subject.kind is SubjectKind.UNIT:
        unit = ctx.board.units.get(subject.id)
        if unit is not None and unit.incidents:
            where = of_incident(unit.incidents[0])
    since = [e for e in ctx.board.chronology(where) if e.position > left]
    last = since[-1] if since else None
    return refuse(
        "undo_overtaken",
        subject=name,
        desk=last.actor.desk if last else "",
        person=last.actor.person if last else "",
        what=key_of_fact(last.fact) if last else key_of(where.kind),
    )
