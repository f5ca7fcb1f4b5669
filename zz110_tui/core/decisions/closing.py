"""Decisions about how an incident ends: transferred, finished, fed back, called back, closed, re-opened."""

from __future__ import annotations

from zz110_tui.core import commands as c
from zz110_tui.core import facts as f
from zz110_tui.core.decisions.context import (
    Context,
    check_move,
    checked_reason,
    checked_text,
    checked_time,
    find_incident,
    open_incident,
    refuse,
)
from zz110_tui.core.decisions.dispatching import next_of_stack
from zz110_tui.core.decisions.taking import known_type
from zz110_tui.core.incidents import (
    ADVISED,
    CANCELLED,
    INVALID,
    LINKED,
    NUISANCE,
    AssignmentStage,
    Incident,
    IncidentStage,
    Withdrawal,
)
from zz110_tui.core.terms import incident_no, key_of
from zz110_tui.core.transitions import IncidentMove

FINISHES = (ADVISED, INVALID, NUISANCE, CANCELLED)
"""Dispositions that end an incident which nobody handles on the scene."""


def _stand_down(ctx: Context, incident: Incident) -> list[f.Fact]:
    """Units on their way are stood down; one on scene has to clear with what it found."""
    there = next((a for a in incident.assignments if a.stage is AssignmentStage.ON_SCENE), None)
    if there is not None:
        raise refuse("somebody_on_scene", unit=there.unit, incident=incident_no(incident.number))
    made: list[f.Fact] = []
    for a in incident.assignments:
        if not a.over:
            made.append(f.UnitWithdrawn(incident.number, a.unit, Withdrawal.INCIDENT_ENDED, ctx.now))
            made += next_of_stack(ctx, a.unit, incident.number) if a.live else ()
    return made


def transfer(ctx: Context, cmd: c.Transfer) -> tuple[f.Fact, ...]:
    """Give it to who is competent. The slip stays open for the receiver's answer (the loop back), then is fed back."""
    incident = open_incident(ctx, cmd.incident)
    if cmd.receiver not in ctx.rules.receivers:
        raise refuse("no_such_receiver", receiver=cmd.receiver)
    check_move(incident, IncidentMove.TRANSFER)
    reason = checked_reason(cmd.reason)
    made = _stand_down(ctx, incident)
    return (*made, f.IncidentTransferred(incident.number, cmd.receiver, reason, ctx.now))


def finish(ctx: Context, cmd: c.Finish) -> tuple[f.Fact, ...]:
    incident = open_incident(ctx, cmd.incident)
    if cmd.disposition not in FINISHES:
        raise refuse("no_such_disposition", disposition=cmd.disposition)
    check_move(incident, IncidentMove.FINISH)
    text = checked_text(cmd.text)
    made = _stand_down(ctx, incident)
    return (*made, f.IncidentFinished(incident.number, cmd.disposition, text, ctx.now))


def feed_back(ctx: Context, cmd: c.FeedBack) -> tuple[f.Fact, ...]:
    """The feedback re-classifies separately from intake; it may be corrected until called back or closed."""
    incident = find_incident(ctx, cmd.incident)
    check_move(incident, IncidentMove.FEED_BACK)
    kind = known_type(ctx, cmd.type or incident.final_type or incident.type)
    at = checked_time(ctx, cmd.at, incident.handled_at)
    return (f.IncidentFedBack(incident.number, kind.code, checked_text(cmd.text), at),)


def call_back(ctx: Context, cmd: c.CallBack) -> tuple[f.Fact, ...]:
    incident = find_incident(ctx, cmd.incident)
    check_move(incident, IncidentMove.CALL_BACK)
    return (f.IncidentCalledBack(incident.number, cmd.satisfied, checked_text(cmd.text), ctx.now),)


def close_incident(ctx: Context, cmd: c.CloseIncident) -> tuple[f.Fact, ...]:
    incident = find_incident(ctx, cmd.incident)
    check_move(incident, IncidentMove.CLOSE)
    return (f.IncidentClosed(incident.number, ctx.now),)


def reopen(ctx: Context, cmd: c.Reopen) -> tuple[f.Fact, ...]:
    incident = find_incident(ctx, cmd.incident)
    if incident.disposition == LINKED and incident.stage is IncidentStage.CLOSED:
        raise refuse("incident_over", incident=incident_no(incident.number), stage=key_of(incident.stage))
    check_move(incident, IncidentMove.REOPEN)
    return (f.IncidentReopened(incident.number, checked_reason(cmd.reason), ctx.now),)
