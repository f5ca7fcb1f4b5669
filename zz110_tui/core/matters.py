"""Matters (事务): what the room follows beside calls: messages, orders, warnings, support requests, watch notices, the
ledger, the roster. One place for what all of them have in common on the board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from types import MappingProxyType

from zz110_tui.core.alarms import SubjectKind
from zz110_tui.core.ledger import LedgerEntry, LedgerStage
from zz110_tui.core.messages import Message, MessageStage, ReaderKind
from zz110_tui.core.notices import Bolo, BoloStage, WarningNotice, WarningStage
from zz110_tui.core.orders import Order, OrderStage
from zz110_tui.core.roster import Roster
from zz110_tui.core.supports import Support, SupportStage

Matter = Message | Order | WarningNotice | Support | Bolo | LedgerEntry | Roster

LETTERS = MappingProxyType(
    {
        SubjectKind.MESSAGE: "m",
        SubjectKind.ORDER: "t",
        SubjectKind.WARNING: "w",
        SubjectKind.SUPPORT: "s",
        SubjectKind.BOLO: "b",
        SubjectKind.LEDGER: "e",
    }
)
"""The letter before a matter's number: ``t12`` is an order (a task). No letter that passes for a digit is used."""

KINDS = (*LETTERS, SubjectKind.ROSTER)


@dataclass(frozen=True, slots=True)
class Matters:
    """Matters as one value, by family: what an image of the board and an undone step carry."""

    messages: tuple[Message, ...] = ()
    orders: tuple[Order, ...] = ()
    warnings: tuple[WarningNotice, ...] = ()
    supports: tuple[Support, ...] = ()
    bolos: tuple[Bolo, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    roster: tuple[Roster, ...] = ()


NO_MATTERS = Matters()


def every(matters: Matters) -> Iterator[Matter]:
    """All of them, family by family."""
    for field in fields(Matters):
        yield from getattr(matters, field.name)


def in_hand(matter: Matter) -> tuple[str, ...]:
    """The units that have something to do about it: on an order, with a warning to check, a message to read."""
    match matter:
        case Order():
            return tuple(errand.unit for errand in matter.errands if errand.live)
        case WarningNotice():
            return (matter.unit,)
        case Message():
            return tuple(reader.id for reader in matter.unread if reader.kind is ReaderKind.UNIT)
        case _:
            return ()


_FAMILIES: dict[type, str] = {
    Message: "messages",
    Order: "orders",
    WarningNotice: "warnings",
    Support: "supports",
    Bolo: "bolos",
    LedgerEntry: "ledger",
    Roster: "roster",
}


def matters_of(found: Iterable[Matter]) -> Matters:
    """The matters by family, each family by number."""
    families: dict[str, list[Matter]] = {}
    for matter in sorted(found, key=lambda m: m.number):
        families.setdefault(_FAMILIES[type(matter)], []).append(matter)
    return Matters(**{name: tuple(members) for name, members in families.items()})  # type: ignore[arg-type]


_VOID: dict[type, object] = {
    Message: MessageStage.ENTERED_IN_ERROR,
    Order: OrderStage.ENTERED_IN_ERROR,
    WarningNotice: WarningStage.ENTERED_IN_ERROR,
    Support: SupportStage.ENTERED_IN_ERROR,
    Bolo: BoloStage.ENTERED_IN_ERROR,
    LedgerEntry: LedgerStage.ENTERED_IN_ERROR,
}


def void(matter: Matter, now: int) -> Matter:
    """What a matter becomes when its making is taken back: it ends as entered in error. A roster is empty again."""
    if isinstance(matter, Roster):
        return Roster()
    return replace(matter, stage=_VOID[type(matter)], ended_at=now)  # type: ignore[arg-type]
