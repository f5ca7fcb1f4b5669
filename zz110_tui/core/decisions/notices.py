"""Decisions about warnings and watch notices: what makes one lawful, each step, each look."""

from __future__ import annotations

from dataclasses import replace

from zz110_tui.core import commands_matters as c
from zz110_tui.core import facts as f
from zz110_tui.core import facts_matters as m
from zz110_tui.core.alarms import SubjectKind
from zz110_tui.core.decisions.context import (
    Context,
    checked_reason,
    checked_text,
    checked_time,
    find_unit,
    refuse,
    sendable_unit,
)
from zz110_tui.core.decisions.matters import check, find, find_subject, priority
from zz110_tui.core.notices import LONGEST_MS, Bolo, WarningNotice, Warrant
from zz110_tui.core.places import Place
from zz110_tui.core.terms import subject_no
from zz110_tui.core.transitions_matters import BOLO, WARNING, BoloMove, WarningMove


def lawful(ctx: Context, warrant: Warrant) -> Warrant:
    """Case number, legal basis, approver and an end within 90 days: without any of them there is no notice."""
    for name in ("case", "basis", "approver"):
        if not checked_text(getattr(warrant, name)):
            raise refuse(f"warrant_no_{name}")
    if not warrant.ends_at:
        raise refuse("warrant_no_end", days=LONGEST_MS // 86_400_000)
    if not ctx.now < warrant.ends_at <= ctx.now + LONGEST_MS:
        raise refuse("bad_end", days=LONGEST_MS // 86_400_000)
    return replace(warrant, case=warrant.case.strip(), basis=warrant.basis.strip(), approver=warrant.approver.strip())


def _what(text: str, place: Place) -> str:
    checked_text(place.text)
    return checked_reason(text)


def push_warning(ctx: Context, cmd: c.PushWarning) -> tuple[f.Fact, ...]:
    warrant, text = lawful(ctx, cmd.warrant), _what(cmd.text, cmd.place)
    if not cmd.unit:
        raise refuse("no_unit_named")
    unit = sendable_unit(ctx, cmd.unit).call_sign
    number = ctx.board.next_number(SubjectKind.WARNING)
    return (m.WarningPushed(number, priority(cmd.grade), cmd.about, cmd.place, text, warrant, unit, ctx.now),)


def _warning(ctx: Context, number: int) -> WarningNotice:
    return find(ctx, WarningNotice, SubjectKind.WARNING, number)


def sign_warning(ctx: Context, cmd: c.SignWarning) -> tuple[f.Fact, ...]:
    warning = _warning(ctx, cmd.warning)
    check(warning, WARNING, WarningMove.SIGN, "os / fb")
    return (m.WarningSigned(warning.number, checked_time(ctx, cmd.at, warning.opened_at)),)


def check_warning(ctx: Context, cmd: c.CheckWarning) -> tuple[f.Fact, ...]:
    warning = _warning(ctx, cmd.warning)
    check(warning, WARNING, WarningMove.CHECK, "")
    at = checked_time(ctx, cmd.at, max(warning.opened_at, warning.signed_at))
    return (m.WarningChecked(warning.number, checked_text(cmd.text), at),)


def supervise_warning(ctx: Context, cmd: c.SuperviseWarning) -> tuple[f.Fact, ...]:
    warning = _warning(ctx, cmd.warning)
    check(warning, WARNING, WarningMove.SUPERVISE, "os")
    return (m.WarningSupervised(warning.number, checked_reason(cmd.text), ctx.now),)


def feed_back_warning(ctx: Context, cmd: c.FeedBackWarning) -> tuple[f.Fact, ...]:
    warning = _warning(ctx, cmd.warning)
    check(warning, WARNING, WarningMove.FEED_BACK, "os")
    at = checked_time(ctx, cmd.at, warning.checked_at)
    return (m.WarningFedBack(warning.number, cmd.result, checked_text(cmd.text), at),)


def put_out_bolo(ctx: Context, cmd: c.PutOutBolo) -> tuple[f.Fact, ...]:
    warrant, text = lawful(ctx, cmd.warrant), _what(cmd.text, cmd.place)
    number = ctx.board.next_number(SubjectKind.BOLO)
    return (m.BoloPutOut(number, priority(cmd.priority), cmd.about, cmd.place, text, warrant, ctx.now),)


def look(ctx: Context, cmd: c.LookAtNotice) -> tuple[f.Fact, ...]:
    """Each look is recorded, also of a notice that has ended, and also the tenth by the same desk."""
    notice = find_subject(ctx, cmd.notice)
    if not isinstance(notice, WarningNotice | Bolo):
        raise refuse("no_such_matter", matter=subject_no(cmd.notice))
    return (m.NoticeLookedAt(notice.subject, checked_text(cmd.reason), ctx.now),)


def report_sighting(ctx: Context, cmd: c.ReportSighting) -> tuple[f.Fact, ...]:
    bolo = find(ctx, Bolo, SubjectKind.BOLO, cmd.bolo)
    check(bolo, BOLO, BoloMove.SIGHT, "")
    if cmd.unit:
        find_unit(ctx, cmd.unit)
    return (m.BoloSighted(bolo.number, _what(cmd.text, cmd.place), cmd.unit, cmd.place, ctx.now),)
