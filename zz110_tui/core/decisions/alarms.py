"""Decisions about alarms: raised, taken, cleared, put on the shelf and back, risen."""

from __future__ import annotations

from zz110_tui.core import commands as c
from zz110_tui.core import commands_alarms as ca
from zz110_tui.core import facts as f
from zz110_tui.core import facts_alarms as fa
from zz110_tui.core.alarms import Alarm, AlarmKind, alarm_key, of_unit
from zz110_tui.core.board import Step
from zz110_tui.core.deadlines import deadlines_of
from zz110_tui.core.decisions.context import Context, checked_reason, find_unit, refuse
from zz110_tui.core.desks import Duty
from zz110_tui.core.rising import rise_due, supervisors
from zz110_tui.core.terms import key_of

MINUTE_MS = 60_000


def _find(ctx: Context, key: str) -> Alarm:
    alarm = ctx.board.alarms.get(key)
    if alarm is None:
        raise refuse("no_such_alarm", alarm=key)
    return alarm


def raise_alarm(ctx: Context, cmd: c.RaiseAlarm) -> tuple[f.Fact, ...]:
    """From the core's timers: only what is late indeed. From a unit or for it: the emergency button, which latches."""
    key = alarm_key(cmd.kind, cmd.subject, cmd.unit)
    if cmd.kind is AlarmKind.EMERGENCY:
        unit = find_unit(ctx, cmd.unit)
        subject = of_unit(unit.call_sign)
        if alarm_key(cmd.kind, subject, unit.call_sign) in ctx.board.alarms:
            return ()
        return (f.AlarmRaised(cmd.kind, subject, unit.call_sign, 1, ctx.now, ctx.now, latched=True),)
    if ctx.actor.duty is not Duty.SYSTEM:
        raise refuse("not_yours_to_do", duty=key_of(ctx.actor.duty))
    if key in ctx.board.alarms:
        return ()
    for deadline in deadlines_of(ctx.board, cmd.subject, ctx.rules):
        cause = deadline.cause
        if cause.kind is not AlarmKind.NOTICE_END and cause.key == key and deadline.due <= ctx.now:
            return (f.AlarmRaised(cause.kind, cause.subject, cause.unit, cause.priority, cause.since, ctx.now),)
    raise refuse("alarm_not_due")


def take_alarm(ctx: Context, cmd: c.TakeAlarm) -> tuple[f.Fact, ...]:
    alarm = _find(ctx, cmd.key)
    yours = (alarm.owner, alarm.owner_person) == (ctx.actor.desk, ctx.actor.person) and alarm.taken_at
    if yours and not alarm.untaken and alarm.shelf is None:
        raise refuse("alarm_yours")
    return (f.AlarmTaken(cmd.key, ctx.now),)


def clear_alarm(ctx: Context, cmd: c.ClearAlarm) -> tuple[f.Fact, ...]:
    alarm = _find(ctx, cmd.key)
    if not alarm.latched:
        raise refuse("alarm_not_latched")
    return (f.AlarmCleared(cmd.key, checked_reason(cmd.reason), ctx.now),)


def shelve_alarm(ctx: Context, cmd: ca.ShelveAlarm) -> tuple[f.Fact, ...]:
    """With a reason and for a time: what cannot wait is never out of sight."""
    alarm = _find(ctx, cmd.key)
    if not alarm.may_be_shelved:
        raise refuse("alarm_never_shelved", alarm=key_of(alarm.kind))
    rules = ctx.rules.alarms
    until = cmd.until or ctx.now + rules.shelf_ms
    if not ctx.now < until <= ctx.now + rules.most_shelf_ms:
        raise refuse("shelf_too_long", minutes=rules.most_shelf_ms // MINUTE_MS)
    reason = checked_reason(cmd.reason)
    return (fa.AlarmShelved(alarm.kind, alarm.subject, alarm.unit, until, reason, ctx.now),)


def unshelve_alarm(ctx: Context, cmd: ca.UnshelveAlarm) -> tuple[f.Fact, ...]:
    alarm = _find(ctx, cmd.key)
    if alarm.shelf is None:
        raise refuse("alarm_not_shelved")
    by_time = ctx.actor.duty is Duty.SYSTEM
    if by_time and ctx.now < alarm.shelf.until:
        raise refuse("alarm_not_due")
    return (fa.AlarmUnshelved(alarm.kind, alarm.subject, alarm.unit, by_time, ctx.now),)


def rise_alarm(ctx: Context, cmd: ca.RiseAlarm) -> tuple[f.Fact, ...]:
    """From the core's timers: only what is due indeed."""
    alarm = _find(ctx, cmd.key)
    if alarm.shelf is not None or ctx.now < rise_due(alarm, ctx.rules):
        raise refuse("alarm_not_due")
    to = supervisors(ctx.board)
    return (fa.AlarmRisen(alarm.kind, alarm.subject, alarm.unit, to, alarm.owner, ctx.now),)


def undo_shelf(ctx: Context, step: Step) -> tuple[fa.ShelfRestored, ...]:
    """What a step of the desk did with the shelf is taken back, where the alarm still stands as the step left it."""
    made = []
    for before, left in step.alarms:
        alarm = ctx.board.alarms.get(before.key)
        if alarm is None or (alarm.shelf, alarm.since) != (left, before.since):
            raise refuse("alarm_changed", alarm=key_of(before.kind))
        if before.shelf is not None and before.shelf.until <= ctx.now:
            raise refuse("shelf_over", alarm=key_of(before.kind))
        made.append(fa.ShelfRestored(alarm.kind, alarm.subject, alarm.unit, before.shelf, ctx.now))
    return tuple(made)
