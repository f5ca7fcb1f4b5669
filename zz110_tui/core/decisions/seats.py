"""Decisions about the seats of the room: lock, unlock, free, hand over; and about personal data looked at."""

from __future__ import annotations

from zz110_tui.core import commands_seats as c
from zz110_tui.core import facts_seats as f
from zz110_tui.core.decisions.context import Context, checked_reason, checked_text, find_report, refuse
from zz110_tui.core.desks import Desk
from zz110_tui.core.incidents import IncidentStage, ReportStage

NAME_LIMIT = 40
Made = tuple[f.DeskLocked | f.DeskUnlocked | f.DeskFreed | f.DeskHandedOver | f.HandOverRead | f.DataUnmasked, ...]


def own_desk(ctx: Context) -> Desk:
    """The desk that acts, staffed."""
    desk = ctx.board.desks.get(ctx.actor.desk)
    if desk is None or not desk.staffed:
        raise refuse("desk_not_staffed", desk=ctx.actor.desk)
    return desk


def lock_desk(ctx: Context, _: c.LockDesk) -> Made:
    desk = own_desk(ctx)
    return () if desk.locked_at else (f.DeskLocked(desk.id, ctx.actor.person, ctx.now),)


def unlock_desk(ctx: Context, _: c.UnlockDesk) -> Made:
    """By who locked it, and nobody else."""
    desk = own_desk(ctx)
    if not desk.locked_at:
        return ()
    if ctx.actor.person != desk.person:
        raise refuse("desk_locked", desk=desk.id, person=desk.person)
    return (f.DeskUnlocked(desk.id, ctx.actor.person, ctx.now),)


def free_desk(ctx: Context, cmd: c.FreeDesk) -> Made:
    desk = ctx.board.desks.get(cmd.desk)
    if desk is None or not desk.locked_at:
        raise refuse("desk_not_locked", desk=cmd.desk)
    return (f.DeskFreed(desk.id, desk.person, checked_reason(cmd.reason), ctx.now),)


def hand_over(ctx: Context, cmd: c.HandOver) -> Made:
    """With what is open in the room now, so that the next one can check it."""
    desk = own_desk(ctx)
    to, note = cmd.to.strip(), checked_text(cmd.note)
    if len(to) > NAME_LIMIT:
        raise refuse("text_too_long", limit=NAME_LIMIT)
    if to == desk.person:
        raise refuse("same_person", person=to)
    if not to and not note:
        raise refuse("hand_over_empty")
    board = ctx.board
    reports = tuple(n for n in sorted(board.reports) if board.reports[n].stage is not ReportStage.ENDED)
    incidents = tuple(n for n in sorted(board.incidents) if board.incidents[n].stage is not IncidentStage.CLOSED)
    return (f.DeskHandedOver(desk.id, desk.person, to, note, reports, incidents, len(board.alarms), ctx.now),)


def read_hand_over(ctx: Context, _: c.ReadHandOver) -> Made:
    """Only somebody else than who wrote them has read them."""
    desk = own_desk(ctx)
    notes = ctx.board.hand_overs.get(desk.id, ())
    if not notes:
        raise refuse("nothing_to_read")
    others = [note.position for note in notes if note.leaving != ctx.actor.person]
    if not others:
        raise refuse("own_notes", person=ctx.actor.person)
    return (f.HandOverRead(desk.id, ctx.actor.person, max(others), ctx.now),)


def unmask(ctx: Context, cmd: c.Unmask) -> Made:
    report = find_report(ctx, cmd.report)
    return (f.DataUnmasked(report.number, report.incident, checked_reason(cmd.reason), ctx.now),)
