"""Decisions about paper slips: an outage leaves calls on paper, with their own times, to be entered afterwards."""

from __future__ import annotations

from zz110_tui.core import commands_catchup as cc
from zz110_tui.core import facts as f
from zz110_tui.core.decisions.context import Context, checked_text, find_unit, refuse
from zz110_tui.core.decisions.progress import GIVEN_BY_THE_CORE
from zz110_tui.core.decisions.taking import known_place, known_priority, known_type
from zz110_tui.core.facts_catchup import CaughtUp
from zz110_tui.core.incidents import AssignmentStage, ReportEnd
from zz110_tui.core.terms import incident_no, key_of
from zz110_tui.core.units import UnitStatus

DAY_MS = 86_400_000
OLDEST_MS = 7 * DAY_MS
"""Older paper is for the archive, not for the board."""


def catch_up(ctx: Context, cmd: cc.CatchUp) -> tuple[f.Fact, ...]:
    """The slip as if it had been entered then, and the mark that it was not."""
    kind = known_type(ctx, cmd.type)
    priority, place, text = (
        known_priority(cmd.priority or kind.priority),
        known_place(cmd.place),
        checked_text(cmd.text),
    )
    for words in (cmd.caller, cmd.contact, cmd.paper):
        checked_text(words)
    _check_times(ctx, cmd)
    _check_paper(ctx, cmd.paper)
    units = tuple(dict.fromkeys(cmd.units))
    for unit in units:
        _check_free_then(ctx, cmd, unit)
    _check_end(ctx, cmd)
    report, number, received = ctx.board.next_report, ctx.board.next_incident, cmd.received_at
    made: list[f.Fact] = [
        f.ReportReceived(report, cmd.channel, received, cmd.caller, cmd.contact, place, text),
        f.ReportAnswered(report, received),
        f.IncidentOpened(number, report, kind.code, priority, place, text, received, received),
        f.ReportEnded(report, ReportEnd.SLIP, received, incident=number),
        CaughtUp(number, report, cmd.paper.strip(), ctx.now),
    ]
    made += [f.UnitAssigned(number, unit, cmd.dispatched_at) for unit in units]
    if cmd.arrived_at:
        made += [f.AssignmentAdvanced(number, unit, AssignmentStage.ON_SCENE, cmd.arrived_at) for unit in units]
    if cmd.cleared_at:
        made += [f.UnitCleared(number, unit, cmd.cleared_at) for unit in units]
        made.append(f.IncidentHandled(number, cmd.disposition, "", cmd.cleared_at))
    return tuple(made)


def _check_times(ctx: Context, cmd: cc.CatchUp) -> None:
    """In the order in which things happen, none later than now, none older than paper may be."""
    if not cmd.received_at:
        raise refuse("time_missing", step="rcv")
    if ctx.now - cmd.received_at > OLDEST_MS:
        raise refuse("too_long_ago", time=f"time:{cmd.received_at}", days=OLDEST_MS // DAY_MS)
    if cmd.units and not cmd.dispatched_at:
        raise refuse("time_missing", step="dis")
    if (cmd.arrived_at or cmd.dispatched_at) and not cmd.units:
        raise refuse("no_unit_named")
    if cmd.cleared_at and not cmd.arrived_at:
        raise refuse("time_missing", step="arr")
    last = 0
    for at in (cmd.received_at, cmd.dispatched_at, cmd.arrived_at, cmd.cleared_at):
        if at and at > ctx.now:
            raise refuse("bad_time", time=f"time:{at}", after="…")
        if at and at < last:
            raise refuse("bad_time", time=f"time:{at}", after=f"time:{last}")
        last = at or last


def _check_paper(ctx: Context, paper: str) -> None:
    known = ctx.board.caught_up_from(paper.strip()) if paper.strip() else 0
    if known:
        raise refuse("paper_known", paper=paper.strip(), incident=incident_no(known))


def _check_free_then(ctx: Context, cmd: cc.CatchUp, call_sign: str) -> None:
    """A unit was not at two places at once; one that is still there must be free now."""
    unit = find_unit(ctx, call_sign)
    if not cmd.cleared_at and unit.status is not UnitStatus.FREE:
        raise refuse("unit_not_on_duty", unit=call_sign, status=key_of(unit.status))
    first, last = cmd.dispatched_at, cmd.cleared_at or ctx.now
    for incident in ctx.board.incidents.values():
        for a in incident.assignments:
            began = a.dispatched_at
            if a.unit == call_sign and began < last and (a.ended_at or ctx.now) > first:
                raise refuse("unit_busy_then", unit=call_sign, incident=incident_no(incident.number))


def _check_end(ctx: Context, cmd: cc.CatchUp) -> None:
    if bool(cmd.disposition) != bool(cmd.cleared_at):
        raise refuse("time_missing", step="clr") if cmd.disposition else refuse("paper_end_missing")
    known = cmd.disposition in ctx.rules.dispositions and cmd.disposition not in GIVEN_BY_THE_CORE
    if cmd.disposition and not known:
        raise refuse("no_such_disposition", disposition=cmd.disposition)
