"""The figures of orders, warnings and support requests of a period: the joint operations and school guard lines of the
calibration table, and the bands of the weekly bulletin.

The bands are those of calls (``figures``): signing and turn-out count from when the order was issued or the warning
pushed; feedback counts from when the unit was there (the warning checked on the spot) to its feedback.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zz110_tui.core import facts as f
from zz110_tui.core.alarms import Subject
from zz110_tui.core.board import Board
from zz110_tui.core.figures import FEEDBACK_S, SIGNING_S, TURN_OUT_S
from zz110_tui.core.ledger import LedgerEntry, LedgerStage
from zz110_tui.core.matters import Matter
from zz110_tui.core.messages import Message, MessageStage
from zz110_tui.core.notices import WarningNotice, WarningStage
from zz110_tui.core.orders import Errand, ErrandStage, Order, OrderKind, OrderStage
from zz110_tui.core.roster import Roster
from zz110_tui.core.statistics import Bands, Rate, bands_of, rate_of
from zz110_tui.core.subjects import subjects_of
from zz110_tui.core.supports import Support, SupportKind, SupportStage

MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class SchoolGuard:
    """护学岗: a turn is one unit's stay at a school; person-turns count its crew; minutes are those it stood there."""

    person_turns: int
    turns: int
    minutes: int


@dataclass(frozen=True, slots=True)
class MatterFigures:
    """What is entered in error is not counted. Bands in seconds, shares from 0 to 1."""

    leads: Rate
    """Leads that became results, of those sent."""
    joint_ops: Rate
    """Joint operations orders with a result, of those carried out."""
    caught: int
    """People caught on joint operations orders."""
    school_guard: SchoolGuard
    orders: int
    orders_done: int
    warnings: int
    warnings_fed_back: Rate
    signing: Bands
    turn_out: Bands
    feedback: Bands
    supports_answered: Rate
    ledger_closed: Rate
    messages_read: Rate


class MatterCollector:
    """Feed it every entry with the board as it is right after; it keeps each matter as it was last."""

    def __init__(self) -> None:
        self._last: dict[Subject, Matter] = {}

    def on_entries(self, entries: Iterable[f.Entry], board: Board) -> None:
        for entry in entries:
            for subject in subjects_of(entry.fact):
                matter = board.matters.get(subject)
                if matter is not None:
                    self._last[subject] = matter

    def matters(self, start: int, end: int) -> tuple[Matter, ...]:
        """Those that began from ``start`` on and before ``end`` (UTC ms)."""
        return tuple(matter for matter in self._last.values() if start <= matter.opened_at < end)


def matter_figures(matters: Iterable[Matter]) -> MatterFigures:
    counted = [matter for matter in matters if not _in_error(matter)]
    orders = [m for m in counted if isinstance(m, Order)]
    warnings = [m for m in counted if isinstance(m, WarningNotice)]
    supports = [m for m in counted if isinstance(m, Support)]
    leads = [s for s in supports if s.kind is SupportKind.LEAD]
    ledger = [m for m in counted if isinstance(m, LedgerEntry)]
    messages = [m for m in counted if isinstance(m, Message)]
    joint = [o for o in orders if o.kind is OrderKind.JOINT_OPS and o.stage is OrderStage.DONE]
    errands = [errand for order in orders for errand in order.errands]
    answered = sum(s.stage is not SupportStage.ASKED for s in supports)
    return MatterFigures(
        leads=rate_of(sum(bool(s.result) for s in leads), len(leads)),
        joint_ops=rate_of(sum(bool(o.result) for o in joint), len(joint)),
        caught=sum(o.caught for o in joint),
        school_guard=_school_guard(orders),
        orders=len(orders),
        orders_done=sum(o.stage is OrderStage.DONE for o in orders),
        warnings=len(warnings),
        warnings_fed_back=rate_of(sum(w.stage is WarningStage.FED_BACK for w in warnings), len(warnings)),
        signing=bands_of(
            (
                *(e.signed_at - e.issued_at for e in errands if e.signed_at),
                *(w.signed_at - w.opened_at for w in warnings if w.signed_at),
            ),
            SIGNING_S,
        ),
        turn_out=bands_of(
            (
                *(e.en_route_at - e.issued_at for e in errands if e.en_route_at),
                *(w.checked_at - w.opened_at for w in warnings if w.checked_at),
            ),
            TURN_OUT_S,
        ),
        feedback=bands_of((*map(_stay, _stayed(errands)), *_fed_back(warnings)), FEEDBACK_S),
        supports_answered=rate_of(answered, len(supports)),
        ledger_closed=rate_of(sum(e.stage is LedgerStage.CLOSED for e in ledger), len(ledger)),
        messages_read=rate_of(sum(m.stage is MessageStage.READ for m in messages), len(messages)),
    )


def _in_error(matter: Matter) -> bool:
    return not isinstance(matter, Roster) and matter.stage.value == "entered_in_error"


def _stayed(errands: Iterable[Errand]) -> list[Errand]:
    """Those that were there, and did it."""
    return [e for e in errands if e.stage is ErrandStage.DONE and e.on_scene_at]


def _stay(errand: Errand) -> int:
    return errand.ended_at - errand.on_scene_at


def _fed_back(warnings: Iterable[WarningNotice]) -> list[int]:
    done = (w for w in warnings if w.stage is WarningStage.FED_BACK)
    return [w.ended_at - w.checked_at for w in done if w.checked_at]


def _school_guard(orders: Iterable[Order]) -> SchoolGuard:
    stood = _stayed(e for o in orders if o.kind is OrderKind.SCHOOL_GUARD for e in o.errands)
    minutes = sum(_stay(errand) for errand in stood) // MINUTE_MS
    return SchoolGuard(sum(errand.crew for errand in stood), len(stood), minutes)
