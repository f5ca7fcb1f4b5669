"""Decisions about sending units: dispatch, stacking, exchange, pre-emption."""

from __future__ import annotations

from zz110_tui.core import commands as c
from zz110_tui.core import facts as f
from zz110_tui.core.decisions.context import (
    Context,
    busy,
    checked_text,
    current,
    named_units,
    open_incident,
    refuse,
    sendable_unit,
)
from zz110_tui.core.incidents import AssignmentStage, Withdrawal
from zz110_tui.core.terms import incident_no

BY_RADIO = (AssignmentStage.DISPATCHED, AssignmentStage.EN_ROUTE, AssignmentStage.ON_SCENE)
"""How far a unit may already be when its dispatch is entered."""


def dispatch(ctx: Context, cmd: c.Dispatch) -> tuple[f.Fact, ...]:
    """Send all the named units, or none: a busy one is refused unless stacking was asked for."""
    incident = open_incident(ctx, cmd.incident)
    made: list[f.Fact] = []
    for call_sign in named_units(cmd.units):
        unit = sendable_unit(ctx, call_sign)
        if incident.assignment(call_sign) is not None:
            raise refuse("unit_already_there", unit=call_sign, incident=incident_no(incident.number))
        if unit.incidents and not cmd.stack:
            raise busy(ctx, unit)
        stacked = bool(unit.incidents)
        made.append(f.UnitAssigned(incident.number, call_sign, ctx.now, stacked))
        if not stacked and cmd.stage is not AssignmentStage.DISPATCHED:
            if cmd.stage not in BY_RADIO:
                raise ValueError(f"a dispatch cannot begin at {cmd.stage}")
            made.append(f.AssignmentAdvanced(incident.number, call_sign, cmd.stage, ctx.now))
    text = checked_text(cmd.text)
    return (*made, f.NoteAdded(incident.number, text)) if text else tuple(made)


def exchange(ctx: Context, cmd: c.Exchange) -> tuple[f.Fact, ...]:
    """One unit takes over from another; two that are both on incidents swap."""
    if cmd.leaving == cmd.arriving:
        raise refuse("same_unit")
    incident, _ = current(ctx, cmd.leaving)
    arriving = sendable_unit(ctx, cmd.arriving)
    if incident.assignment(cmd.arriving) is not None:
        raise refuse("unit_already_there", unit=cmd.arriving, incident=incident_no(incident.number))
    reason = checked_text(cmd.reason)
    leave = f.UnitWithdrawn(incident.number, cmd.leaving, Withdrawal.EXCHANGED, ctx.now, reason, cmd.arriving)
    arrive = f.UnitAssigned(incident.number, cmd.arriving, ctx.now)
    if not arriving.incidents:
        # The relief is sent before the other is withdrawn, so that the incident never falls back into the queue.
        return (arrive, leave, *next_of_stack(ctx, cmd.leaving, incident.number))
    other, _ = current(ctx, cmd.arriving)
    if other.assignment(cmd.leaving) is not None:
        raise refuse("unit_already_there", unit=cmd.leaving, incident=incident_no(other.number))
    return (
        leave,
        f.UnitWithdrawn(other.number, cmd.arriving, Withdrawal.EXCHANGED, ctx.now, reason, cmd.leaving),
        arrive,
        f.UnitAssigned(other.number, cmd.leaving, ctx.now),
    )


def pre_empt(ctx: Context, cmd: c.PreEmpt) -> tuple[f.Fact, ...]:
    """Take a unit from a lesser incident, which falls back into the queue when nobody else is on it."""
    target = open_incident(ctx, cmd.incident)
    sendable_unit(ctx, cmd.unit)
    there = target.assignment(cmd.unit)
    if there is not None and there.live:
        raise refuse("unit_already_there", unit=cmd.unit, incident=incident_no(target.number))
    lesser, _ = current(ctx, cmd.unit)
    if target.priority >= lesser.priority:
        raise refuse(
            "not_more_urgent",
            incident=incident_no(target.number),
            priority=target.priority,
            unit=cmd.unit,
            current=incident_no(lesser.number),
            current_priority=lesser.priority,
        )
    favour = incident_no(target.number)
    reason = checked_text(cmd.reason)
    leave = f.UnitWithdrawn(lesser.number, cmd.unit, Withdrawal.PRE_EMPTED, ctx.now, reason, favour)
    if there is not None:
        return (leave, f.StackActivated(target.number, cmd.unit, ctx.now))
    return (leave, f.UnitAssigned(target.number, cmd.unit, ctx.now))


def next_of_stack(ctx: Context, call_sign: str, leaving: int) -> tuple[f.Fact, ...]:
    """What was stacked behind the incident a unit leaves becomes its work at once."""
    for number in ctx.board.units[call_sign].incidents:
        if number == leaving:
            continue
        assignment = ctx.board.incidents[number].assignment(call_sign)
        if assignment is not None and assignment.stage is AssignmentStage.STACKED:
            return (f.StackActivated(number, call_sign, ctx.now),)
    return ()
