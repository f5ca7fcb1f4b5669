"""What changes a matter: messages, orders, the ledger, the roster; and what happens to all of them alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zz110_tui.core import facts as f
from zz110_tui.core import facts_matters as m
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.board import Board
from zz110_tui.core.evolving import notices
from zz110_tui.core.evolving.mattering import put, put_subject
from zz110_tui.core.ledger import LedgerEntry, LedgerStage
from zz110_tui.core.matters import every
from zz110_tui.core.messages import Message, MessageStage
from zz110_tui.core.notices import BoloStage, WarningStage
from zz110_tui.core.orders import Errand, ErrandStage, Order, OrderStage, order_stage
from zz110_tui.core.roster import ROSTER, Roster
from zz110_tui.core.supports import Support, SupportStage
from zz110_tui.core.values import changed

# -- messages --------------------------------------------------------------------------------------------------------


def message_sent(board: Board, entry: f.Entry, fact: m.MessageSent) -> None:
    board.put_matter(
        Message(
            number=fact.message,
            priority=fact.priority,
            text=fact.text,
            incident=fact.incident,
            desk=entry.actor.desk,
            person=entry.actor.person,
            opened_at=fact.at,
            readers=fact.readers,
            version=entry.position,
        )
    )


def message_read(board: Board, entry: f.Entry, fact: m.MessageRead) -> None:
    message = board.matters.get(Subject(SubjectKind.MESSAGE, str(fact.message)))
    if not isinstance(message, Message):
        return
    name = (fact.reader.kind, fact.reader.id)
    readers = tuple(fact.reader if (r.kind, r.id) == name else r for r in message.readers)
    read = all(reader.read_at for reader in readers)
    board.put_matter(
        changed(
            message,
            readers=readers,
            stage=MessageStage.READ if read else message.stage,
            ended_at=fact.reader.read_at if read else 0,
            version=entry.position,
        )
    )


# -- orders ----------------------------------------------------------------------------------------------------------


def order_issued(board: Board, entry: f.Entry, fact: m.OrderIssued) -> None:
    board.put_matter(
        Order(
            number=fact.order,
            kind=fact.kind,
            priority=fact.priority,
            place=fact.place,
            text=fact.text,
            desk=entry.actor.desk,
            person=entry.actor.person,
            opened_at=fact.at,
            errands=tuple(Errand(one.unit, one.crew, fact.at) for one in fact.sent),
            due_at=fact.due_at,
            version=entry.position,
        )
    )


_TIME_OF = {
    ErrandStage.SIGNED: "signed_at",
    ErrandStage.EN_ROUTE: "en_route_at",
    ErrandStage.ON_SCENE: "on_scene_at",
    ErrandStage.DONE: "ended_at",
    ErrandStage.WITHDRAWN: "ended_at",
}


def _errand(board: Board, entry: f.Entry, number: int, unit: str, stage: ErrandStage, at: int) -> None:
    order = board.matters.get(Subject(SubjectKind.ORDER, str(number)))
    if not isinstance(order, Order):
        return
    times = {_TIME_OF[stage]: at}
    errands = tuple(changed(e, stage=stage, **times) if e.unit == unit else e for e in order.errands)
    over = not any(errand.live for errand in errands)
    board.put_matter(
        changed(
            order,
            errands=errands,
            stage=order_stage(errands),
            ended_at=at if over else 0,
            version=entry.position,
        )
    )


def order_advanced(board: Board, entry: f.Entry, fact: m.OrderAdvanced) -> None:
    _errand(board, entry, fact.order, fact.unit, fact.stage, fact.at)


def errand_done(board: Board, entry: f.Entry, fact: m.ErrandDone) -> None:
    _errand(board, entry, fact.order, fact.unit, ErrandStage.DONE, fact.at)


def errand_withdrawn(board: Board, entry: f.Entry, fact: m.ErrandWithdrawn) -> None:
    _errand(board, entry, fact.order, fact.unit, ErrandStage.WITHDRAWN, fact.at)


def order_done(board: Board, entry: f.Entry, fact: m.OrderDone) -> None:
    put(
        board,
        entry,
        SubjectKind.ORDER,
        fact.order,
        result=fact.result,
        caught=fact.caught,
        found=fact.text,
        ended_at=fact.at,
    )


# -- the ledger ------------------------------------------------------------------------------------------------------


def ledger_opened(board: Board, entry: f.Entry, fact: m.LedgerOpened) -> None:
    board.put_matter(
        LedgerEntry(
            number=fact.entry,
            kind=fact.kind,
            priority=fact.priority,
            place=fact.place,
            text=fact.text,
            incident=fact.incident,
            desk=entry.actor.desk,
            person=entry.actor.person,
            opened_at=fact.at,
            version=entry.position,
        )
    )


def ledger_assigned(board: Board, entry: f.Entry, fact: m.LedgerAssigned) -> None:
    put(
        board,
        entry,
        SubjectKind.LEDGER,
        fact.entry,
        stage=LedgerStage.ASSIGNED,
        holder=fact.holder,
        due_at=fact.due_at,
    )


def ledger_settled(board: Board, entry: f.Entry, fact: m.LedgerSettled) -> None:
    put(
        board,
        entry,
        SubjectKind.LEDGER,
        fact.entry,
        stage=LedgerStage.SETTLED,
        settled=fact.text,
        settled_at=fact.at,
        due_at=fact.due_at,
    )


def ledger_followed_up(board: Board, entry: f.Entry, fact: m.LedgerFollowedUp) -> None:
    stage = LedgerStage.FOLLOWED_UP if fact.holds else LedgerStage.ASSIGNED
    put(board, entry, SubjectKind.LEDGER, fact.entry, stage=stage, followed_up_at=fact.at, due_at=fact.due_at)


def ledger_closed(board: Board, entry: f.Entry, fact: m.LedgerClosed) -> None:
    put(board, entry, SubjectKind.LEDGER, fact.entry, stage=LedgerStage.CLOSED, ended_at=fact.at, due_at=0)


# -- the roster ------------------------------------------------------------------------------------------------------


def roster_set(board: Board, entry: f.Entry, fact: m.RosterSet) -> None:
    known = board.matters.get(ROSTER)
    before = known if isinstance(known, Roster) else Roster()
    board.put_matter(changed(before, squads=fact.squads, turns=fact.turns, version=entry.position))


def turn_begun(board: Board, entry: f.Entry, fact: m.TurnBegun) -> None:
    put_subject(board, entry, ROSTER, on=fact.squad, on_since=fact.at, next_at=fact.next_at)


# -- all of them -----------------------------------------------------------------------------------------------------

_WITHDRAWN = {
    SubjectKind.WARNING: WarningStage.WITHDRAWN,
    SubjectKind.SUPPORT: SupportStage.DECLINED,
    SubjectKind.BOLO: BoloStage.WITHDRAWN,
}


def matter_withdrawn(board: Board, entry: f.Entry, fact: m.MatterWithdrawn) -> None:
    matter = board.matters.get(fact.matter)
    if isinstance(matter, Order):
        for errand in matter.errands:
            if errand.live:
                _errand(board, entry, matter.number, errand.unit, ErrandStage.WITHDRAWN, fact.at)
        put_subject(board, entry, fact.matter, stage=OrderStage.WITHDRAWN, ended_at=fact.at)
    elif isinstance(matter, Support):
        put_subject(board, entry, fact.matter, stage=SupportStage.DECLINED, answer=fact.reason, ended_at=fact.at)
    elif fact.matter.kind in _WITHDRAWN:
        put_subject(board, entry, fact.matter, stage=_WITHDRAWN[fact.matter.kind], ended_at=fact.at)


def matter_noted(board: Board, entry: f.Entry, fact: m.MatterNoted) -> None:
    put_subject(board, entry, fact.matter)


def matters_restored(board: Board, entry: f.Entry, fact: m.MattersRestored) -> None:
    for matter in every(fact.matters):
        board.stands_again(matter.subject, matter.version, entry.position)
        board.put_matter(changed(matter, version=entry.position))


def matters_filed(board: Board, entry: f.Entry, fact: m.MattersFiled) -> None:
    for subject in fact.matters:
        for alarm in board.alarms_of(subject):
            board.drop_alarm(alarm.key)
        board.drop_matter(subject)


MATTER_EVOLVERS: dict[type, Callable[[Board, f.Entry, Any], None]] = {
    m.MessageSent: message_sent,
    m.MessageRead: message_read,
    m.OrderIssued: order_issued,
    m.OrderAdvanced: order_advanced,
    m.ErrandDone: errand_done,
    m.ErrandWithdrawn: errand_withdrawn,
    m.OrderDone: order_done,
    m.WarningPushed: notices.warning_pushed,
    m.WarningSigned: notices.warning_signed,
    m.WarningChecked: notices.warning_checked,
    m.WarningSupervised: notices.warning_supervised,
    m.WarningFedBack: notices.warning_fed_back,
    m.SupportAsked: notices.support_asked,
    m.SupportAccepted: notices.support_accepted,
    m.SupportProvided: notices.support_provided,
    m.SupportClosed: notices.support_closed,
    m.BoloPutOut: notices.bolo_put_out,
    m.NoticeLookedAt: notices.notice_looked_at,
    m.BoloSighted: notices.bolo_sighted,
    m.NoticeExpired: notices.notice_expired,
    m.LedgerOpened: ledger_opened,
    m.LedgerAssigned: ledger_assigned,
    m.LedgerSettled: ledger_settled,
    m.LedgerFollowedUp: ledger_followed_up,
    m.LedgerClosed: ledger_closed,
    m.RosterSet: roster_set,
    m.TurnBegun: turn_begun,
    m.MatterWithdrawn: matter_withdrawn,
    m.MatterNoted: matter_noted,
    m.MattersRestored: matters_restored,
    m.MattersFiled: matters_filed,
}
