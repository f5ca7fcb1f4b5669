"""What becomes late with matters, beside ``deadlines``: causes that stand on one matter, without clock or rulebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from zz110_tui.core.alarms import AlarmKind
from zz110_tui.core.causes import Cause
from zz110_tui.core.ledger import LedgerEntry
from zz110_tui.core.matters import Matter
from zz110_tui.core.messages import PRESSING, Message
from zz110_tui.core.notices import Bolo, Notice, WarningNotice, WarningStage
from zz110_tui.core.orders import ErrandStage, Order
from zz110_tui.core.roster import Roster
from zz110_tui.core.supports import Support, SupportStage


def matter_causes(matter: Matter) -> Iterator[Cause]:
    """The causes that stand on a matter, in a fixed order."""
    return _CAUSES[type(matter)](matter) if matter.open else iter(())


def _cause(kind: AlarmKind, matter: Matter, since: int, unit: str = "") -> Cause:
    return Cause(kind, matter.subject, unit, matter.priority, since)


def _message(message: Message) -> Iterator[Cause]:
    if message.priority <= PRESSING:
        yield _cause(AlarmKind.UNREAD, message, message.opened_at)


def _order(order: Order) -> Iterator[Cause]:
    for errand in order.errands:
        if errand.stage is ErrandStage.ISSUED:
            yield _cause(AlarmKind.UNSIGNED_ORDER, order, errand.issued_at, errand.unit)
    yield from _due(order)


def _warning(warning: WarningNotice) -> Iterator[Cause]:
    if warning.stage is WarningStage.PUSHED:
        yield _cause(AlarmKind.UNSIGNED_ORDER, warning, warning.opened_at, warning.unit)
    yield from _end(warning)


def _end(notice: Notice) -> Iterator[Cause]:
    yield _cause(AlarmKind.NOTICE_END, notice, notice.warrant.ends_at)


def _support(support: Support) -> Iterator[Cause]:
    if support.stage is SupportStage.ASKED:
        yield _cause(AlarmKind.UNSUPPORTED, support, support.opened_at)


def _due(matter: Order | LedgerEntry) -> Iterator[Cause]:
    if matter.due_at:
        yield _cause(AlarmKind.OVERDUE, matter, matter.due_at)


def _roster(roster: Roster) -> Iterator[Cause]:
    if roster.next_at:
        yield _cause(AlarmKind.TURN_DUE, roster, roster.next_at)


_CAUSES: Mapping[type, Callable[[Any], Iterator[Cause]]] = {
    Message: _message,
    Order: _order,
    WarningNotice: _warning,
    Bolo: _end,
    Support: _support,
    LedgerEntry: _due,
    Roster: _roster,
}
