"""Lines about matters: messages, orders, warnings, support requests, watch notices, the ledger, the roster."""

from __future__ import annotations

from enum import StrEnum

from zz110_tui.core import commands as c
from zz110_tui.core import commands_matters as m
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.matters import Matter
from zz110_tui.core.messages import PRESSING, USUAL, Message, ReaderKind
from zz110_tui.core.notices import Warrant
from zz110_tui.core.orders import OrderKind
from zz110_tui.core.places import NOWHERE
from zz110_tui.core.roster import ROSTER, Squad
from zz110_tui.core.supports import SupportKind
from zz110_tui.core.terms import subject_no, term
from zz110_tui.core.units import UnitStatus
from zz110_tui.language.ask import Ask
from zz110_tui.language.matterwords import matter_words, open_matters
from zz110_tui.language.parsed import Choice, Query, Show
from zz110_tui.language.unitwords import EVERY

PUSHED_GRADE = 3
"""The grade of a warning when nobody says: yellow."""


def named(ask: Ask) -> Subject | None:
    """The matter that the line names."""
    subject: Subject | None = ask.values.get("no")
    return subject


def number(subject: Subject) -> int:
    return int(subject.id)


def no_text(ask: Ask) -> None:
    """Stop where text would be lost in silence."""
    if ask.text:
        ask.wrong("这一步不带文字", "this step takes no text", "备注用 nt", "for a note use nt")


def not_with(ask: Ask, *fields: str) -> None:
    """Stop at fields that mean nothing here."""
    for name in fields:
        if ask.has(name):
            ask.wrong(
                f"{name}= 在这里没有意思", f"{name}= means nothing here", f"? {ask.verb.short}", f"? {ask.verb.short}"
            )


def choose(ask: Ask, found: list[Matter]) -> Subject:
    """The only one, or a list to choose from."""
    if len(found) == 1:
        return found[0].subject
    if not found:
        ask.wrong("没有这样的事务", "there is no such matter", "看事务列表", "see the list of matters")
    choices = [Choice(ask.line.plus(subject_no(f.subject)), matter_words(f, ask.scene)) for f in found]
    return ask.missing("哪一件？写编号", "which one? write its number", choices)


# -- messages --------------------------------------------------------------------------------------------------------


def message(ask: Ask) -> c.Command:
    """To the units and desks named; about an incident, to the units on it where nobody else is named."""
    units: tuple[str, ...] = ask.values.get("u", ())
    board = ask.scene.board
    if EVERY in units:
        units = tuple(u.call_sign for u in board.units.values() if u.status is not UnitStatus.OFF_DUTY)
    desks: tuple[str, ...] = ask.values.get("to", ())
    incident = board.incidents.get(ask.number("i"))
    if incident is not None and not units and not desks:
        units = tuple(a.unit for a in incident.assignments if not a.over)
        if not units:
            ask.missing("发给谁？写警力，或 to=席位", "to whom? name units, or a desk with to=")
    if not units and not desks:
        ask.missing("发给谁？写警力，或 to=席位", "to whom? name units, or a desk with to=")
    priority = ask.number("p") or USUAL
    if priority <= PRESSING:
        ask.note("未读会报警", "unread it becomes an alarm")
    return m.SendMessage(ask.text, units, desks, priority, ask.number("i"))


def read(ask: Ask) -> c.Command:
    unit = ask.word("u")
    subject = named(ask)
    if subject is None:
        kind, name = (ReaderKind.UNIT, unit) if unit else (ReaderKind.DESK, ask.scene.who.desk)
        waiting = [
            matter
            for matter in open_matters(ask.scene, SubjectKind.MESSAGE)
            if isinstance(matter, Message) and any((r.kind, r.id) == (kind, name) for r in matter.unread)
        ]
        if not waiting:
            ask.wrong("没有未读消息", "no message is unread")
        subject = waiting[0].subject
    return m.ReadMessage(number(subject), unit)


# -- orders, warnings, watch notices ---------------------------------------------------------------------------------


def order(ask: Ask) -> c.Command:
    units = ask.units or ask.missing("给哪个警力？写呼号", "to which unit? write its call sign")
    kind: OrderKind = ask.values.get("k", OrderKind.COMMAND)
    return m.IssueOrder(kind, units, ask.text, ask.place or NOWHERE, ask.number("p") or 3, ask.number("until"))


def _warrant(ask: Ask) -> Warrant:
    return Warrant(ask.word("case"), ask.word("basis"), ask.word("who"), ask.number("until"))


def _kind(ask: Ask) -> None:
    """Stop where the kind has to be said yet, with all there are."""
    slot = ask.verb.slot("k")
    if ask.has("k") or slot is None or slot.among is None:
        return
    language = ask.scene.language
    choices = [Choice(ask.line.plus(_typed(v, language)), term(v, language)) for v in slot.among]
    ask.missing("哪一种？", "which kind?", choices)


def _typed(value: StrEnum, language: str) -> str:
    return term(value, language) if language == "zh" else value.value


def warning(ask: Ask) -> c.Command:
    _kind(ask)
    return m.PushWarning(
        ask.number("p") or PUSHED_GRADE, ask.values["k"], ask.unit(), _warrant(ask), ask.text, ask.place or NOWHERE
    )


def bolo(ask: Ask) -> c.Command:
    _kind(ask)
    return m.PutOutBolo(ask.values["k"], _warrant(ask), ask.text, ask.place or NOWHERE, ask.number("p") or 3)


def supervise(ask: Ask) -> c.Command:
    subject = named(ask) or choose(ask, open_matters(ask.scene, SubjectKind.WARNING))
    return m.SuperviseWarning(number(subject), ask.text)


# -- support requests, the ledger, the roster ------------------------------------------------------------------------


def support(ask: Ask) -> c.Command:
    kind: SupportKind = ask.values.get("k", SupportKind.OTHER)
    if not ask.word("who"):
        ask.missing("哪个单位请求？写 who=", "which station asks? write who=")
    place = ask.place or NOWHERE
    return m.AskSupport(kind, ask.word("who"), ask.text, place, ask.number("p") or 3, ask.number("i"))


def ledger(ask: Ask) -> c.Command:
    """A new entry; of one that is there, who has to deal with it."""
    subject = named(ask)
    if subject is not None:
        not_with(ask, "k", "at", "i", "p")
        if not ask.word("who"):
            ask.missing("交办给谁？写 who=", "assigned to whom? write who=")
        return m.AssignLedger(number(subject), ask.word("who"), ask.number("until"), ask.text)
    not_with(ask, "who", "until")
    _kind(ask)
    if ask.place is None:
        ask.missing("在哪里？写 @地点", "where? write @place")
    return m.OpenLedger(ask.values["k"], ask.text, ask.place, ask.number("p") or 3, ask.number("i"))


def roster(ask: Ask) -> c.Command | Query:
    """A squad with its units; alone, the question who is on."""
    if not ask.values:
        if ROSTER not in ask.scene.board.matters:
            ask.missing("还没有编班：ros 班名 警力", "there is no roster yet: ros NAME UNITS")
        return Show(ROSTER)
    name = ask.word("sq") or ask.missing("哪个班？写班名", "which squad? write its name")
    return m.SetSquad(Squad(name, ask.units), ask.number("turns"))


def turn(ask: Ask) -> c.Command:
    return m.ChangeTurn(ask.word("sq"))


# -- steps that calls and matters have in common ---------------------------------------------------------------------


def withdraw(ask: Ask, subject: Subject, units: tuple[str, ...] = ()) -> c.Command:
    return m.WithdrawMatter(subject, ask.text, units)


def feed_back(ask: Ask, subject: Subject) -> c.Command:
    not_with(ask, "t")
    match subject.kind:
        case SubjectKind.WARNING:
            not_with(ask, "u", "at")
            return m.FeedBackWarning(number(subject), ask.values.get("res"), ask.text)
        case SubjectKind.SUPPORT:
            not_with(ask, "u", "at", "res")
            return m.ProvideSupport(number(subject), ask.text)
        case _:
            not_with(ask, "res")
            return m.ReportSighting(number(subject), ask.text, ask.word("u"), ask.place or NOWHERE)


def finish(ask: Ask, subject: Subject) -> c.Command:
    not_with(ask, "d")
    if subject.kind is SubjectKind.LEDGER:
        not_with(ask, "u", "res", "ct")
        return m.SettleLedger(number(subject), ask.text, ask.number("until"))
    not_with(ask, "until")
    return m.FinishOrder(number(subject), ask.units, ask.values.get("res"), ask.number("ct"), ask.text)


def close(ask: Ask, subject: Subject) -> c.Command:
    if subject.kind is SubjectKind.SUPPORT:
        return m.CloseSupport(number(subject), ask.values.get("res"), ask.text)
    not_with(ask, "res")
    no_text(ask)
    return m.CloseLedger(number(subject))


def follow_up(ask: Ask, subject: Subject) -> c.Command:
    if not ask.has("ok"):
        ask.missing("满意还是不满意？", "does it hold? yes or no")
    return m.FollowUpLedger(number(subject), bool(ask.values["ok"]), ask.text)


def show(ask: Ask, subject: Subject) -> c.Command | Query:
    """A warning's or a watch notice's words are shown by a step that is recorded."""
    if subject.kind in (SubjectKind.WARNING, SubjectKind.BOLO):
        return m.LookAtNotice(subject, ask.text)
    no_text(ask)
    return Show(subject)
