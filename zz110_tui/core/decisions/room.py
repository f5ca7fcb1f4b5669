"""Decisions about the room itself: its city, its desks, and what leaves the live board."""

from __future__ import annotations

from zz110_tui.core import commands as c
from zz110_tui.core import facts as f
from zz110_tui.core.alarms import of_incident
from zz110_tui.core.decisions.context import Context, refuse
from zz110_tui.core.decisions.matters import ended_before
from zz110_tui.core.desks import Duty
from zz110_tui.core.incidents import IncidentStage, ReportStage
from zz110_tui.core.terms import key_of


def adopt_city(ctx: Context, cmd: c.AdoptCity) -> tuple[f.Fact, ...]:
    """A store belongs to one city; the same pack again changes nothing, a newer pack of it is adopted."""
    if ctx.board.city and ctx.board.city != cmd.city:
        raise refuse("city_differs", city=ctx.board.city)
    if ctx.board.pack_hash == cmd.pack_hash:
        return ()
    return (f.CityAdopted(cmd.city, cmd.pack_hash, cmd.units),)


def open_desk(ctx: Context, cmd: c.OpenDesk) -> tuple[f.Fact, ...]:
    desk = ctx.board.desks.get(ctx.actor.desk)
    if desk is not None and desk.staffed and desk.locked_at and desk.person != ctx.actor.person:
        raise refuse("desk_locked", desk=desk.id, person=desk.person)
    if desk is not None and desk.staffed and (desk.person, desk.duty) == (ctx.actor.person, cmd.duty):
        return ()
    return (f.DeskOpened(ctx.actor.desk, ctx.actor.person, cmd.duty),)


def close_desk(ctx: Context, cmd: c.CloseDesk) -> tuple[f.Fact, ...]:
    desk = ctx.board.desks.get(ctx.actor.desk)
    if desk is None or not desk.staffed:
        return ()
    return (f.DeskClosed(ctx.actor.desk),)


def file_slips(ctx: Context, cmd: c.FileSlips) -> tuple[f.Fact, ...]:
    """Closed slips leave the live board; a linked one stays while the incident it belongs to is live."""
    if ctx.actor.duty is not Duty.SYSTEM:
        raise refuse("not_yours_to_do", duty=key_of(ctx.actor.duty))
    board = ctx.board
    old = {
        i.number
        for i in board.incidents.values()
        if i.stage is IncidentStage.CLOSED
        and i.closed_at < cmd.closed_before
        and not board.alarms_of(of_incident(i.number))
    }
    old = {n for n in old if board.incidents[n].linked_to in old or board.incidents[n].linked_to not in board.incidents}
    reports = tuple(
        r.number
        for r in sorted(board.reports.values(), key=lambda r: r.number)
        if r.stage is ReportStage.ENDED
        and r.ended_at < cmd.closed_before
        and (r.incident in old or r.incident not in board.incidents)
    )
    matters = ended_before(board, cmd.closed_before)
    if not old and not reports:
        return matters
    return (f.SlipsFiled(tuple(sorted(old)), reports), *matters)
