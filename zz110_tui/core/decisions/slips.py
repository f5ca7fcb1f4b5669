"""Decisions about a slip while it is open: corrections, hold, link, split, lead, notes."""

from __future__ import annotations

from zz110_tui.core import commands as c
from zz110_tui.core import facts as f
from zz110_tui.core.decisions.context import (
    Context,
    check_move,
    checked_reason,
    checked_text,
    current,
    find_incident,
    find_unit,
    open_incident,
    refuse,
)
from zz110_tui.core.decisions.taking import known_place, known_priority, known_type
from zz110_tui.core.incidents import IncidentStage
from zz110_tui.core.terms import incident_no, key_of
from zz110_tui.core.transitions import IncidentMove


def amend_incident(ctx: Context, cmd: c.AmendIncident) -> tuple[f.Fact, ...]:
    """Correct an open slip; a slip that has ended is corrected by its feedback, or re-opened."""
    incident = open_incident(ctx, cmd.incident)
    amended = f.IncidentAmended(
        incident=incident.number,
        type=incident.type if cmd.type is None else known_type(ctx, cmd.type).code,
        priority=incident.priority if cmd.priority is None else known_priority(cmd.priority),
        place=incident.place if cmd.place is None else known_place(cmd.place),
        text=incident.text if cmd.text is None else checked_text(cmd.text),
    )
    same = (amended.type, amended.priority, amended.place, amended.text) == (
        incident.type,
        incident.priority,
        incident.place,
        incident.text,
    )
    return () if same else (amended,)


def hold(ctx: Context, cmd: c.Hold) -> tuple[f.Fact, ...]:
    """Only what waits can be put on hold, always until a time and for a reason: then its clock rings again."""
    incident = open_incident(ctx, cmd.incident)
    if incident.stage is not IncidentStage.QUEUED:
        others = "、".join(a.unit for a in incident.working)
        raise refuse("units_still_there", incident=incident_no(incident.number), others=others)
    until = cmd.until or ctx.now + ctx.rules.hold_ms
    if until <= ctx.now:
        raise refuse("bad_time", time=f"time:{until}", after=f"time:{ctx.now}")
    return (f.IncidentHeld(incident.number, until, checked_reason(cmd.reason)),)


def release(ctx: Context, cmd: c.Release) -> tuple[f.Fact, ...]:
    incident = open_incident(ctx, cmd.incident)
    if not incident.held_until:
        raise refuse("not_held", incident=incident_no(incident.number))
    return (f.IncidentReleased(incident.number),)


def link_incident(ctx: Context, cmd: c.LinkIncident) -> tuple[f.Fact, ...]:
    if cmd.incident == cmd.to:
        raise refuse("same_incident")
    incident = open_incident(ctx, cmd.incident)
    check_move(incident, IncidentMove.LINK)
    target = find_incident(ctx, cmd.to)
    if target.linked_to:
        raise refuse("linked_elsewhere", incident=incident_no(target.number), to=incident_no(target.linked_to))
    if target.stage is IncidentStage.CLOSED:
        raise refuse("incident_over", incident=incident_no(target.number), stage=key_of(target.stage))
    on_it = [a.unit for a in incident.assignments if not a.over]
    if on_it:
        raise refuse("units_still_there", incident=incident_no(incident.number), others="、".join(on_it))
    return (f.IncidentLinked(incident.number, target.number, incident.reports, ctx.now),)


def split(ctx: Context, cmd: c.Split) -> tuple[f.Fact, ...]:
    incident = find_incident(ctx, cmd.incident)
    if not incident.linked_to:
        raise refuse("not_linked", incident=incident_no(incident.number))
    check_move(incident, IncidentMove.SPLIT)
    target = find_incident(ctx, incident.linked_to)
    return (f.IncidentSplit(incident.number, target.number, incident.reports, ctx.now),)


def name_lead(ctx: Context, cmd: c.NameLead) -> tuple[f.Fact, ...]:
    incident = open_incident(ctx, cmd.incident)
    find_unit(ctx, cmd.unit)
    current(ctx, cmd.unit, incident.number)
    return () if incident.lead == cmd.unit else (f.LeadNamed(incident.number, cmd.unit),)


def add_note(ctx: Context, cmd: c.AddNote) -> tuple[f.Fact, ...]:
    """A note may be added at any time while the slip is on the board, ended or not."""
    incident = find_incident(ctx, cmd.incident)
    if cmd.unit:
        find_unit(ctx, cmd.unit)
    return (f.NoteAdded(incident.number, checked_reason(cmd.text), cmd.unit),)
