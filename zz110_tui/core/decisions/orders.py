"""Decisions about orders: issued to units, signed, under way, there, done."""

from __future__ import annotations

from zz110_tui.core import commands_matters as c
from zz110_tui.core import facts as f
from zz110_tui.core import facts_matters as m
from zz110_tui.core.alarms import SubjectKind
from zz110_tui.core.decisions.context import (
    Context,
    checked_text,
    checked_time,
    named_units,
    refuse,
    sendable_unit,
)
from zz110_tui.core.decisions.matters import check_errand, errand_of, find, later, priority
from zz110_tui.core.orders import Errand, ErrandStage, Order, OrderKind
from zz110_tui.core.terms import key_of, subject_no
from zz110_tui.core.transitions_matters import ErrandMove

AT_A_PLACE = (OrderKind.PATROL_CHECK, OrderKind.STANDING_POST, OrderKind.SCHOOL_GUARD)
"""Orders that say where; the others say what in words."""

MOST_CAUGHT = 10_000


def issue(ctx: Context, cmd: c.IssueOrder) -> tuple[f.Fact, ...]:
    """To units on duty, busy or free: an order waits for a call, never a call for an order."""
    units = [sendable_unit(ctx, call_sign) for call_sign in named_units(cmd.units)]
    text = checked_text(cmd.text)
    if cmd.kind in AT_A_PLACE and not cmd.place.text.strip():
        raise refuse("place_missing")
    if cmd.kind not in AT_A_PLACE and not text:
        raise refuse("reason_missing")
    checked_text(cmd.place.text)
    sent = tuple(m.SentOnOrder(unit.call_sign, unit.profile.crew) for unit in units)
    number = ctx.board.next_number(SubjectKind.ORDER)
    due = later(ctx, cmd.due_at)
    return (m.OrderIssued(number, cmd.kind, priority(cmd.priority), cmd.place, text, sent, due, ctx.now),)


_MOVE_TO = {
    ErrandStage.SIGNED: ErrandMove.SIGN,
    ErrandStage.EN_ROUTE: ErrandMove.SET_OUT,
    ErrandStage.ON_SCENE: ErrandMove.ARRIVE,
}


def advance(ctx: Context, cmd: c.AdvanceOrder) -> tuple[f.Fact, ...]:
    order = _open(ctx, cmd.order)
    made: list[f.Fact] = []
    for unit in named_units(cmd.units):
        errand = errand_of(order, unit)
        check_errand(order, errand, _MOVE_TO[cmd.stage])
        made.append(m.OrderAdvanced(order.number, unit, cmd.stage, checked_time(ctx, cmd.at, _last(errand))))
    return tuple(made)


def finish(ctx: Context, cmd: c.FinishOrder) -> tuple[f.Fact, ...]:
    """The last unit out says what came of it; of a joint operations order it has to."""
    order = _open(ctx, cmd.order)
    named = named_units(cmd.units) if cmd.units else tuple(e.unit for e in order.errands if e.live)
    leaving = [errand_of(order, unit) for unit in named]
    for errand in leaving:
        check_errand(order, errand, ErrandMove.FINISH)
    text = checked_text(cmd.text)
    if not 0 <= cmd.caught <= MOST_CAUGHT:
        raise refuse("bad_count", count=cmd.caught)
    done: list[f.Fact] = [
        m.ErrandDone(order.number, errand.unit, checked_time(ctx, cmd.at, _last(errand))) for errand in leaving
    ]
    others = [errand.unit for errand in order.errands if errand.live and errand.unit not in named]
    if others:
        if cmd.result is not None or cmd.caught:
            raise refuse("order_not_over", matter=subject_no(order.subject), others="、".join(others))
        return (*done, m.MatterNoted(order.subject, text, named[0])) if text else tuple(done)
    result = True if cmd.caught else cmd.result
    if order.kind is OrderKind.JOINT_OPS and result is None:
        raise refuse("result_missing", matter=subject_no(order.subject))
    return (*done, m.OrderDone(order.number, result, cmd.caught, text, checked_time(ctx, cmd.at)))


def _open(ctx: Context, number: int) -> Order:
    order = find(ctx, Order, SubjectKind.ORDER, number)
    if not order.open:
        raise refuse("matter_over", matter=subject_no(order.subject), stage=key_of(order.stage))
    return order


def _last(errand: Errand) -> int:
    """The last of the unit's own times on the order."""
    return max(errand.issued_at, errand.signed_at, errand.en_route_at, errand.on_scene_at)
