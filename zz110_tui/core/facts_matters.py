"""Facts about matters: messages, orders, warnings, support requests, watch notices, the ledger, the roster.

As in ``facts``, each carries everything that was resolved when it was decided; ``at`` is when it happened (UTC ms).
"""

from __future__ import annotations

from zz110_tui.core.alarms import Subject
from zz110_tui.core.ledger import LedgerKind
from zz110_tui.core.matters import Matters
from zz110_tui.core.messages import Reader
from zz110_tui.core.notices import About, Warrant
from zz110_tui.core.orders import ErrandStage, OrderKind
from zz110_tui.core.places import Place
from zz110_tui.core.records import dataclass
from zz110_tui.core.roster import Squad
from zz110_tui.core.supports import SupportKind


@dataclass(frozen=True, slots=True)
class MessageSent:
    message: int
    priority: int
    text: str
    incident: int
    readers: tuple[Reader, ...]
    at: int


@dataclass(frozen=True, slots=True)
class MessageRead:
    """``reader.read_at`` is when."""

    message: int
    reader: Reader


@dataclass(frozen=True, slots=True)
class SentOnOrder:
    """One unit of an order, and how many people it is."""

    unit: str
    crew: int


@dataclass(frozen=True, slots=True)
class OrderIssued:
    order: int
    kind: OrderKind
    priority: int
    place: Place
    text: str
    sent: tuple[SentOnOrder, ...]
    due_at: int
    at: int


@dataclass(frozen=True, slots=True)
class OrderAdvanced:
    order: int
    unit: str
    stage: ErrandStage
    at: int


@dataclass(frozen=True, slots=True)
class ErrandDone:
    """One unit did its part of an order."""

    order: int
    unit: str
    at: int


@dataclass(frozen=True, slots=True)
class ErrandWithdrawn:
    """One unit was taken off an order."""

    order: int
    unit: str
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class OrderDone:
    """The feedback of the last unit out: what came of the whole order."""

    order: int
    result: bool | None
    caught: int
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class WarningPushed:
    warning: int
    grade: int
    about: About
    place: Place
    text: str
    warrant: Warrant
    unit: str
    at: int


@dataclass(frozen=True, slots=True)
class WarningSigned:
    warning: int
    at: int


@dataclass(frozen=True, slots=True)
class WarningChecked:
    warning: int
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class WarningSupervised:
    warning: int
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class WarningFedBack:
    warning: int
    result: bool | None
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class SupportAsked:
    support: int
    kind: SupportKind
    priority: int
    station: str
    place: Place
    text: str
    incident: int
    at: int


@dataclass(frozen=True, slots=True)
class SupportAccepted:
    support: int
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class SupportProvided:
    support: int
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class SupportClosed:
    support: int
    result: bool | None
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class BoloPutOut:
    bolo: int
    priority: int
    about: About
    place: Place
    text: str
    warrant: Warrant
    at: int


@dataclass(frozen=True, slots=True)
class NoticeLookedAt:
    """Somebody saw the words of a warning or a watch notice: who, is the entry's actor."""

    notice: Subject
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class BoloSighted:
    bolo: int
    text: str
    unit: str
    place: Place
    at: int


@dataclass(frozen=True, slots=True)
class NoticeExpired:
    """Its end came by itself."""

    notice: Subject
    at: int


@dataclass(frozen=True, slots=True)
class LedgerOpened:
    entry: int
    kind: LedgerKind
    priority: int
    place: Place
    text: str
    incident: int
    at: int


@dataclass(frozen=True, slots=True)
class LedgerAssigned:
    entry: int
    holder: str
    due_at: int
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class LedgerSettled:
    entry: int
    text: str
    due_at: int
    at: int


@dataclass(frozen=True, slots=True)
class LedgerFollowedUp:
    """``holds`` false: it is assigned anew, to be settled again by ``due_at``."""

    entry: int
    holds: bool
    text: str
    due_at: int
    at: int


@dataclass(frozen=True, slots=True)
class LedgerClosed:
    entry: int
    at: int


@dataclass(frozen=True, slots=True)
class RosterSet:
    """All squads in their order, and how many turns a day has."""

    squads: tuple[Squad, ...]
    turns: int


@dataclass(frozen=True, slots=True)
class TurnBegun:
    """``squad`` is on; ``next_at`` is when the next turn begins, 0 where turns are not timed."""

    squad: str
    next_at: int
    at: int


@dataclass(frozen=True, slots=True)
class MatterWithdrawn:
    """Called off; of a support request: declined."""

    matter: Subject
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class MatterNoted:
    matter: Subject
    text: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class MattersRestored:
    """Beside ``StepUndone``: the matters of the step that was taken back, as they are again."""

    matters: Matters


@dataclass(frozen=True, slots=True)
class MattersFiled:
    """Matters that ended long ago left the live board; they stay in the journal."""

    matters: tuple[Subject, ...]


NOTICE_FACTS = (WarningPushed, WarningChecked, WarningSupervised, WarningFedBack, BoloPutOut, BoloSighted)
"""Facts whose ``text`` may be seen only by who has recorded a look (product.md, Boundaries)."""

MatterFact = (
    MessageSent
    | MessageRead
    | OrderIssued
    | OrderAdvanced
    | ErrandDone
    | ErrandWithdrawn
    | OrderDone
    | WarningPushed
    | WarningSigned
    | WarningChecked
    | WarningSupervised
    | WarningFedBack
    | SupportAsked
    | SupportAccepted
    | SupportProvided
    | SupportClosed
    | BoloPutOut
    | NoticeLookedAt
    | BoloSighted
    | NoticeExpired
    | LedgerOpened
    | LedgerAssigned
    | LedgerSettled
    | LedgerFollowedUp
    | LedgerClosed
    | RosterSet
    | TurnBegun
    | MatterWithdrawn
    | MatterNoted
    | MattersRestored
    | MattersFiled
)
