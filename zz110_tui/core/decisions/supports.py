"""Decisions about support requests and the ledger."""

from __future__ import annotations

from zz110_tui.core import commands_matters as c
from zz110_tui.core import facts as f
from zz110_tui.core import facts_matters as m
from zz110_tui.core.alarms import SubjectKind
from zz110_tui.core.decisions.context import Context, checked_reason, checked_text, refuse
from zz110_tui.core.decisions.matters import about_incident, check, find, later, priority
from zz110_tui.core.ledger import LedgerEntry
from zz110_tui.core.supports import Support
from zz110_tui.core.transitions_matters import LEDGER, SUPPORT, LedgerMove, SupportMove

FOLLOW_UP_MS = 7 * 86_400_000
"""What was settled is followed up within a week, when nobody says otherwise."""


def ask(ctx: Context, cmd: c.AskSupport) -> tuple[f.Fact, ...]:
    if not checked_text(cmd.station):
        raise refuse("station_missing")
    checked_text(cmd.place.text)
    text = checked_reason(cmd.text)
    number = ctx.board.next_number(SubjectKind.SUPPORT)
    about = about_incident(ctx, cmd.incident)
    grade = priority(cmd.priority)
    return (m.SupportAsked(number, cmd.kind, grade, cmd.station.strip(), cmd.place, text, about, ctx.now),)


def _support(ctx: Context, number: int) -> Support:
    return find(ctx, Support, SubjectKind.SUPPORT, number)


def accept(ctx: Context, cmd: c.AcceptSupport) -> tuple[f.Fact, ...]:
    support = _support(ctx, cmd.support)
    check(support, SUPPORT, SupportMove.ACCEPT, "fb / close")
    return (m.SupportAccepted(support.number, checked_text(cmd.text), ctx.now),)


def provide(ctx: Context, cmd: c.ProvideSupport) -> tuple[f.Fact, ...]:
    support = _support(ctx, cmd.support)
    check(support, SUPPORT, SupportMove.PROVIDE, "ack")
    return (m.SupportProvided(support.number, checked_reason(cmd.text), ctx.now),)


def close(ctx: Context, cmd: c.CloseSupport) -> tuple[f.Fact, ...]:
    support = _support(ctx, cmd.support)
    check(support, SUPPORT, SupportMove.CLOSE, "fb")
    return (m.SupportClosed(support.number, cmd.result, checked_text(cmd.text), ctx.now),)


def open_ledger(ctx: Context, cmd: c.OpenLedger) -> tuple[f.Fact, ...]:
    text = checked_reason(cmd.text)
    if not cmd.place.text.strip():
        raise refuse("place_missing")
    checked_text(cmd.place.text)
    number = ctx.board.next_number(SubjectKind.LEDGER)
    about = about_incident(ctx, cmd.incident)
    return (m.LedgerOpened(number, cmd.kind, priority(cmd.priority), cmd.place, text, about, ctx.now),)


def _entry(ctx: Context, number: int) -> LedgerEntry:
    return find(ctx, LedgerEntry, SubjectKind.LEDGER, number)


def assign(ctx: Context, cmd: c.AssignLedger) -> tuple[f.Fact, ...]:
    entry = _entry(ctx, cmd.entry)
    check(entry, LEDGER, LedgerMove.ASSIGN, "cb")
    holder = checked_text(cmd.holder)
    if not holder:
        raise refuse("holder_missing")
    return (m.LedgerAssigned(entry.number, holder, later(ctx, cmd.due_at), checked_text(cmd.text), ctx.now),)


def settle(ctx: Context, cmd: c.SettleLedger) -> tuple[f.Fact, ...]:
    entry = _entry(ctx, cmd.entry)
    check(entry, LEDGER, LedgerMove.SETTLE, "cb")
    due = later(ctx, cmd.due_at) or ctx.now + FOLLOW_UP_MS
    return (m.LedgerSettled(entry.number, checked_reason(cmd.text), due, ctx.now),)


def follow_up(ctx: Context, cmd: c.FollowUpLedger) -> tuple[f.Fact, ...]:
    """What does not hold is assigned anew to who had it, to be settled again within the same week."""
    entry = _entry(ctx, cmd.entry)
    check(entry, LEDGER, LedgerMove.HOLDS if cmd.holds else LedgerMove.BREAKS, "cl")
    text = checked_text(cmd.text) if cmd.holds else checked_reason(cmd.text)
    due = 0 if cmd.holds else ctx.now + FOLLOW_UP_MS
    return (m.LedgerFollowedUp(entry.number, cmd.holds, text, due, ctx.now),)


def close_ledger(ctx: Context, cmd: c.CloseLedger) -> tuple[f.Fact, ...]:
    entry = _entry(ctx, cmd.entry)
    check(entry, LEDGER, LedgerMove.CLOSE, "cb")
    return (m.LedgerClosed(entry.number, ctx.now),)
