"""What the decisions about matters share; calling one off, noting, ending it by itself, filing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from zz110_tui.core import commands_matters as c
from zz110_tui.core import facts as f
from zz110_tui.core import facts_matters as m
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.board import Board
from zz110_tui.core.decisions.context import Context, checked_reason, find_incident, find_unit, named_units, refuse
from zz110_tui.core.desks import Duty
from zz110_tui.core.incidents import LOWEST_PRIORITY
from zz110_tui.core.matters import Matter
from zz110_tui.core.notices import Bolo, WarningNotice
from zz110_tui.core.orders import Errand, Order
from zz110_tui.core.roster import Roster
from zz110_tui.core.supports import Support
from zz110_tui.core.terms import key_of, subject_no
from zz110_tui.core.transitions import after
from zz110_tui.core.transitions_matters import BOLO, ERRAND, SUPPORT, WARNING, BoloMove, ErrandMove, SupportMove
from zz110_tui.core.transitions_matters import WarningMove as _WarningMove

M = TypeVar("M", bound=Matter)


def find(ctx: Context, family: type[M], kind: SubjectKind, number: int) -> M:
    """The matter; refused when it is not on the board."""
    subject = Subject(kind, str(number))
    matter = ctx.board.matters.get(subject)
    if not isinstance(matter, family):
        raise refuse("no_such_matter", matter=subject_no(subject))
    return matter


def find_subject(ctx: Context, subject: Subject) -> Matter:
    matter = ctx.board.matters.get(subject)
    if matter is None:
        raise refuse("no_such_matter", matter=subject_no(subject))
    return matter


def check(matter: Any, table: Mapping[tuple[Any, Any], Any], move: Any, first: str) -> None:
    """Refused where the table does not have the move; ``first`` says what to do before."""
    if after(table, matter.stage, move) is not None:
        return
    name, stage = subject_no(matter.subject), key_of(matter.stage)
    if not matter.open:
        raise refuse("matter_over", matter=name, stage=stage)
    raise refuse("matter_step", matter=name, stage=stage, first=first)


def priority(given: int) -> int:
    if not 1 <= given <= LOWEST_PRIORITY:
        raise refuse("bad_priority", priority=given)
    return given


def later(ctx: Context, at: int) -> int:
    """A time to come, or 0 for none."""
    if at and at <= ctx.now:
        raise refuse("time_gone", time=f"time:{at}")
    return at


def about_incident(ctx: Context, number: int) -> int:
    """An incident on the board, or 0 for none."""
    return find_incident(ctx, number).number if number else 0


def errand_of(order: Order, unit: str) -> Errand:
    errand = order.errand(unit)
    if errand is None or not errand.live:
        raise refuse("not_on_order", unit=unit, matter=subject_no(order.subject))
    return errand


def check_errand(order: Order, errand: Errand, move: ErrandMove) -> None:
    if after(ERRAND, errand.stage, move) is None:
        raise refuse("errand_step", unit=errand.unit, matter=subject_no(order.subject), stage=key_of(errand.stage))


def withdraw(ctx: Context, cmd: c.WithdrawMatter) -> tuple[f.Fact, ...]:
    matter = find_subject(ctx, cmd.matter)
    reason = checked_reason(cmd.reason)
    match matter:
        case Order():
            if not matter.open:
                raise refuse("matter_over", matter=subject_no(matter.subject), stage=key_of(matter.stage))
            if cmd.units:
                units = named_units(cmd.units)
                for unit in units:
                    errand_of(matter, unit)
                if len(units) < sum(errand.live for errand in matter.errands):
                    return tuple(m.ErrandWithdrawn(matter.number, unit, reason, ctx.now) for unit in units)
        case WarningNotice():
            check(matter, WARNING, _WarningMove.WITHDRAW, "")
        case Bolo():
            check(matter, BOLO, BoloMove.WITHDRAW, "")
        case Support():
            check(matter, SUPPORT, SupportMove.DECLINE, "fb / close")
        case _:
            raise refuse("not_withdrawn", matter=subject_no(matter.subject))
    return (m.MatterWithdrawn(matter.subject, reason, ctx.now),)


def note(ctx: Context, cmd: c.NoteMatter) -> tuple[f.Fact, ...]:
    matter = find_subject(ctx, cmd.matter)
    if cmd.unit:
        find_unit(ctx, cmd.unit)
    return (m.MatterNoted(matter.subject, checked_reason(cmd.text), cmd.unit),)


def end_notice(ctx: Context, cmd: c.EndNotice) -> tuple[f.Fact, ...]:
    """Its end comes by itself, and never before its time."""
    if ctx.actor.duty is not Duty.SYSTEM:
        raise refuse("not_yours_to_do", duty=key_of(ctx.actor.duty))
    notice = find_subject(ctx, cmd.notice)
    if not isinstance(notice, WarningNotice | Bolo) or not notice.open or notice.warrant.ends_at > ctx.now:
        return ()
    return (m.NoticeExpired(notice.subject, ctx.now),)


def ended_before(board: Board, at: int) -> tuple[m.MattersFiled, ...]:
    """The filing of what ended before ``at`` and has no alarm any more; nothing where there is nothing."""
    old = [
        matter
        for matter in board.matters.values()
        if not isinstance(matter, Roster)
        and not matter.open
        and matter.ended_at < at
        and not board.alarms_of(matter.subject)
    ]
    if not old:
        return ()
    old.sort(key=lambda matter: (matter.subject.kind.value, matter.number))
    return (m.MattersFiled(tuple(matter.subject for matter in old)),)
