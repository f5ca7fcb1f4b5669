"""Decisions about cover: filling in, sending to several incidents at once, closing a ring."""

from __future__ import annotations

from zz110_tui.core import commands_cover as cc
from zz110_tui.core import facts as f
from zz110_tui.core import facts_cover as fc
from zz110_tui.core.commands import Dispatch
from zz110_tui.core.decisions.context import (
    Context,
    Refused,
    busy,
    checked_reason,
    checked_text,
    find_unit,
    open_incident,
    refuse,
    sendable_unit,
)
from zz110_tui.core.decisions.dispatching import dispatch
from zz110_tui.core.incidents import AssignmentStage

MOST_IN_RING = 60
PER_MILLE = 1000


def fill_in(ctx: Context, cmd: cc.FillIn) -> tuple[f.Fact, ...]:
    """Only a free unit is moved, and only to another post than its own."""
    find_unit(ctx, cmd.unit)
    unit = sendable_unit(ctx, cmd.unit)
    if unit.incidents:
        raise busy(ctx, unit)
    post = checked_reason(cmd.post)
    if unit.profile.post_point == cmd.point:
        raise _there_already(ctx, cmd, post)
    before, after = _per_mille(cmd.before), _per_mille(cmd.after)
    return (
        fc.UnitFilledIn(
            cmd.unit,
            post,
            cmd.point,
            unit.profile.post,
            cmd.grid,
            before,
            after,
            max(0, cmd.radius_s),
            ctx.now,
        ),
    )


def _there_already(ctx: Context, cmd: cc.FillIn, post: str) -> Refused:
    """The refusal for a unit that has the post, saying which desk sent it there, where one did."""
    for entry in reversed(ctx.board.day_of(cmd.unit)):
        if isinstance(entry.fact, fc.UnitFilledIn | f.UnitPosted) and entry.fact.point == cmd.point:
            who = entry.actor
            return refuse("filled_in_already", unit=cmd.unit, post=post, desk=who.desk, person=who.person)
    return refuse("already_at_post", unit=cmd.unit, post=post)


def _per_mille(share: int) -> int:
    return min(PER_MILLE, max(0, share))


def dispatch_together(ctx: Context, cmd: cc.DispatchTogether) -> tuple[f.Fact, ...]:
    """Each as a dispatch of its own would be; a unit named twice cannot be in two places."""
    if not cmd.sendings:
        raise refuse("no_unit_named")
    named: set[str] = set()
    for sending in cmd.sendings:
        for unit in sending.units:
            if unit in named:
                raise refuse("unit_named_twice", unit=unit)
            named.add(unit)
    return tuple(fact for s in cmd.sendings for fact in dispatch(ctx, Dispatch(s.incident, s.units)))


def close_ring(ctx: Context, cmd: cc.CloseRing) -> tuple[f.Fact, ...]:
    """Whoever is not on the incident yet is sent to it; each is told its place. Units on other work are refused, and so
    are those that are at the scene: they are needed there."""
    incident = open_incident(ctx, cmd.incident)
    if not cmd.holds:
        raise refuse("no_unit_named")
    if len(cmd.holds) > MOST_IN_RING:
        raise refuse("ring_too_large", most=MOST_IN_RING)
    sent: list[f.Fact] = []
    named: set[str] = set()
    for hold in cmd.holds:
        if hold.unit in named:
            raise refuse("unit_named_twice", unit=hold.unit)
        named.add(hold.unit)
        unit = sendable_unit(ctx, hold.unit)
        there = incident.assignment(hold.unit)
        if there is None:
            if unit.incidents:
                raise busy(ctx, unit)
            sent.append(f.UnitAssigned(incident.number, hold.unit, ctx.now))
        elif there.stage is AssignmentStage.STACKED or unit.incidents[0] != incident.number:
            raise busy(ctx, unit)
        checked_reason(hold.place)
    places = tuple(checked_text(place) for place in cmd.open[:MOST_IN_RING])
    return (*sent, fc.RingClosed(incident.number, cmd.centre, cmd.holds, places, ctx.now))
