"""Decisions about what units report: signed, en route, on scene, clear, available, on and off duty."""

from __future__ import annotations

from zz110_tui.core import commands as c
from zz110_tui.core import facts as f
from zz110_tui.core.decisions.context import (
    Context,
    checked_reason,
    checked_text,
    checked_time,
    current,
    find_incident,
    find_unit,
    named_units,
    open_incident,
    refuse,
)
from zz110_tui.core.decisions.dispatching import next_of_stack
from zz110_tui.core.incidents import (
    ENTERED_IN_ERROR,
    LINKED,
    TRANSFERRED,
    Assignment,
    AssignmentStage,
    Incident,
    Withdrawal,
)
from zz110_tui.core.terms import incident_no, key_of
from zz110_tui.core.transitions import ASSIGNMENT, UNIT, AssignmentMove, UnitMove, after
from zz110_tui.core.units import UnitStatus

GIVEN_BY_THE_CORE = (LINKED, TRANSFERRED, ENTERED_IN_ERROR)
"""Dispositions that come with a step of their own (link, transfer, undo): clearing cannot give them."""

_MOVE_TO = {
    AssignmentStage.SIGNED: AssignmentMove.SIGN,
    AssignmentStage.EN_ROUTE: AssignmentMove.SET_OUT,
    AssignmentStage.ON_SCENE: AssignmentMove.ARRIVE,
}


def advance(ctx: Context, cmd: c.Advance) -> tuple[f.Fact, ...]:
    """Units signed, set out or arrived; a step back is not possible (``undo`` is)."""
    made: list[f.Fact] = []
    for call_sign in named_units(cmd.units):
        incident, assignment = current(ctx, call_sign, cmd.incident)
        _check_step(incident, assignment, _MOVE_TO[cmd.stage], cmd.stage)
        last = max(assignment.dispatched_at, assignment.signed_at, assignment.en_route_at)
        at = checked_time(ctx, cmd.at, last)
        made.append(f.AssignmentAdvanced(incident.number, call_sign, cmd.stage, at))
    return tuple(made)


def _check_step(incident: Incident, a: Assignment, move: AssignmentMove, wanted: AssignmentStage) -> None:
    if after(ASSIGNMENT, a.stage, move) is None:
        raise refuse(
            "step_not_possible",
            unit=a.unit,
            incident=incident_no(incident.number),
            stage=key_of(a.stage),
            wanted=key_of(wanted),
        )


def contact(ctx: Context, cmd: c.Contact) -> tuple[f.Fact, ...]:
    made: list[f.Fact] = []
    for call_sign in named_units(cmd.units):
        incident, _ = current(ctx, call_sign)
        made.append(f.UnitContacted(incident.number, call_sign, ctx.now))
    return tuple(made)


def clear(ctx: Context, cmd: c.Clear) -> tuple[f.Fact, ...]:
    """Units are done. The last one out says how the incident ended; units not yet there are stood down with it."""
    incident, leaving = _who_clears(ctx, cmd)
    number = incident.number
    if cmd.disposition and (cmd.disposition in GIVEN_BY_THE_CORE or cmd.disposition not in ctx.rules.dispositions):
        raise refuse("no_such_disposition", disposition=cmd.disposition)
    text = checked_text(cmd.text)
    made: list[f.Fact] = []
    for a in leaving:
        at = checked_time(ctx, cmd.at, a.on_scene_at)
        made.append(f.UnitCleared(number, a.unit, at))
    rest = [a for a in incident.assignments if not a.over and a not in leaving]
    still_working = [a.unit for a in rest if a.live]
    if cmd.units and still_working:
        if cmd.disposition:
            unit, others = "、".join(cmd.units), "、".join(still_working)
            raise refuse("others_still_there", incident=incident_no(number), others=others, unit=unit)
        if text:
            made.append(f.NoteAdded(number, text, leaving[0].unit))
        return (*made, *_stacks(ctx, number, leaving))
    if not cmd.disposition:
        raise refuse("disposition_missing", unit=leaving[-1].unit, incident=incident_no(number))
    made += [f.UnitWithdrawn(number, a.unit, Withdrawal.INCIDENT_ENDED, ctx.now) for a in rest]
    made.append(f.IncidentHandled(number, cmd.disposition, text, checked_time(ctx, cmd.at)))
    return (*made, *_stacks(ctx, number, [*leaving, *rest]))


def _who_clears(ctx: Context, cmd: c.Clear) -> tuple[Incident, list[Assignment]]:
    """The incident and the assignments on scene that end now."""
    if cmd.units:
        units = named_units(cmd.units)
        incident, _ = current(ctx, units[0], cmd.incident)
        leaving = [current(ctx, unit, incident.number)[1] for unit in units]
        for a in leaving:
            _check_step(incident, a, AssignmentMove.CLEAR, AssignmentStage.CLEARED)
        return incident, leaving
    incident = open_incident(ctx, cmd.incident)
    leaving = [a for a in incident.assignments if a.stage is AssignmentStage.ON_SCENE]
    if not leaving:
        raise refuse("nobody_on_scene", incident=incident_no(incident.number))
    return incident, leaving


def _stacks(ctx: Context, number: int, gone: list[Assignment]) -> tuple[f.Fact, ...]:
    """What was stacked behind the incident becomes the work of each unit that leaves it."""
    return tuple(fact for a in gone if a.live for fact in next_of_stack(ctx, a.unit, number))


def make_available(ctx: Context, cmd: c.MakeAvailable) -> tuple[f.Fact, ...]:
    """Stand units down from what they were sent to, or bring them back into service."""
    return tuple(fact for unit in named_units(cmd.units) for fact in _one_available(ctx, unit, cmd.reason))


def _one_available(ctx: Context, call_sign: str, reason: str) -> tuple[f.Fact, ...]:
    unit = find_unit(ctx, call_sign)
    text = checked_text(reason)
    if not unit.incidents:
        if unit.status is UnitStatus.FREE:
            raise refuse("already_free", unit=call_sign)
        return (_status_fact(ctx, call_sign, UnitMove.RETURN, UnitStatus.FREE, text),)
    number = unit.incidents[0]
    incident = find_incident(ctx, number)
    assignment = incident.assignment(call_sign)
    if assignment is not None and assignment.stage is AssignmentStage.ON_SCENE:
        if len(incident.working) == 1:
            raise refuse("somebody_on_scene", unit=call_sign, incident=incident_no(number))
        leave: f.Fact = f.UnitCleared(number, call_sign, ctx.now)
    else:
        leave = f.UnitWithdrawn(number, call_sign, Withdrawal.STOOD_DOWN, ctx.now, text)
    return (leave, *next_of_stack(ctx, call_sign, number))


def _status_fact(ctx: Context, call_sign: str, move: UnitMove, wanted: UnitStatus, reason: str) -> f.UnitStatusChanged:
    unit = find_unit(ctx, call_sign)
    if after(UNIT, unit.status, move) is not wanted:
        raise refuse("status_not_possible", unit=call_sign, status=key_of(unit.status), wanted=key_of(wanted))
    return f.UnitStatusChanged(call_sign, wanted, reason, ctx.now)


_STATUS_MOVE = {
    UnitStatus.FREE: UnitMove.COME_ON,
    UnitStatus.OFF_DUTY: UnitMove.GO_OFF,
    UnitStatus.OUT_OF_SERVICE: UnitMove.FALL_OUT,
}


def set_status(ctx: Context, cmd: c.SetStatus) -> tuple[f.Fact, ...]:
    """On duty, off duty, out of service. Falling out needs a reason and gives its incidents back to the queue."""
    made: list[f.Fact] = []
    for call_sign in named_units(cmd.units):
        unit = find_unit(ctx, call_sign)
        reason = checked_text(cmd.reason)
        if cmd.status is UnitStatus.OUT_OF_SERVICE:
            reason = checked_reason(cmd.reason)
            made += [f.UnitWithdrawn(n, call_sign, Withdrawal.OUT_OF_SERVICE, ctx.now, reason) for n in unit.incidents]
        elif unit.incidents and cmd.status is UnitStatus.OFF_DUTY:
            raise refuse(
                "status_not_possible",
                unit=call_sign,
                status=f"{incident_no(unit.incidents[0])}",
                wanted=key_of(cmd.status),
            )
        made.append(_status_fact(ctx, call_sign, _STATUS_MOVE[cmd.status], cmd.status, reason))
    return tuple(made)


def move_to_post(ctx: Context, cmd: c.MoveToPost) -> tuple[f.Fact, ...]:
    find_unit(ctx, cmd.unit)
    return (f.UnitPosted(cmd.unit, checked_reason(cmd.post), cmd.point, ctx.now),)
