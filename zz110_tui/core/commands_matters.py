"""Commands about matters: messages, orders, warnings, support requests, watch notices, the ledger, the roster.

As in ``commands``, they name things exactly, and ``at`` 0 means "now".
"""

from __future__ import annotations

from zz110_tui.core.alarms import Subject
from zz110_tui.core.ledger import LedgerKind
from zz110_tui.core.messages import USUAL
from zz110_tui.core.notices import About, Warrant
from zz110_tui.core.orders import ErrandStage, OrderKind
from zz110_tui.core.places import NOWHERE, Place
from zz110_tui.core.records import dataclass
from zz110_tui.core.roster import Squad
from zz110_tui.core.supports import SupportKind


@dataclass(frozen=True, slots=True)
class SendMessage:
    """Words to desks and units that each of them has to acknowledge as read; ``incident`` 0 is about none."""

    text: str
    units: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()
    priority: int = USUAL
    incident: int = 0


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """It was read: by the desk that says so, or by ``unit``, which read it back."""

    message: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class IssueOrder:
    """``due_at`` (UTC ms) is by when it has to be done, 0 for no such time."""

    kind: OrderKind
    units: tuple[str, ...]
    text: str
    place: Place = NOWHERE
    priority: int = 3
    due_at: int = 0


@dataclass(frozen=True, slots=True)
class AdvanceOrder:
    """Units signed an order, set out for it, or arrived."""

    order: int
    units: tuple[str, ...]
    stage: ErrandStage
    at: int = 0


@dataclass(frozen=True, slots=True)
class FinishOrder:
    """Units did what was ordered; no units means all that still work on it. The last one out says what came of it:
    ``result`` whether it led to something (None: not said), ``caught`` how many people, ``text`` what was found."""

    order: int
    units: tuple[str, ...] = ()
    result: bool | None = None
    caught: int = 0
    text: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class PushWarning:
    """``grade`` 1 to 4: red, orange, yellow, blue. ``unit`` is who has to check it on the spot."""

    grade: int
    about: About
    unit: str
    warrant: Warrant
    text: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class SignWarning:
    warning: int
    at: int = 0


@dataclass(frozen=True, slots=True)
class CheckWarning:
    """Checked on the spot (现场核查)."""

    warning: int
    text: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class SuperviseWarning:
    """A supervisor looked at how it was checked (督导)."""

    warning: int
    text: str


@dataclass(frozen=True, slots=True)
class FeedBackWarning:
    """What came of it ends the warning."""

    warning: int
    result: bool | None = None
    text: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class AskSupport:
    """A station asks for help; ``incident`` 0 is about none."""

    kind: SupportKind
    station: str
    text: str
    place: Place = NOWHERE
    priority: int = 3
    incident: int = 0


@dataclass(frozen=True, slots=True)
class AcceptSupport:
    """The centre will give it; ``text`` says how."""

    support: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class ProvideSupport:
    """The help was given."""

    support: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class CloseSupport:
    """Who asked confirms; ``result`` says whether it led to something (None: not said)."""

    support: int
    result: bool | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class PutOutBolo:
    """A watch notice (布控)."""

    about: About
    warrant: Warrant
    text: str
    place: Place = NOWHERE
    priority: int = 3


@dataclass(frozen=True, slots=True)
class LookAtNotice:
    """See the words of a warning or a watch notice: the look is recorded. ``reason`` says what for, if anything."""

    notice: Subject
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReportSighting:
    """What a watch notice is about was seen; ``place`` where, ``unit`` by whom ("" for others)."""

    bolo: int
    text: str
    unit: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class EndNotice:
    """A warning or watch notice whose end has come (from the core's timers)."""

    notice: Subject


@dataclass(frozen=True, slots=True)
class OpenLedger:
    """A dispute or a hazard was found; ``incident`` 0 did not come from one."""

    kind: LedgerKind
    text: str
    place: Place
    priority: int = 3
    incident: int = 0


@dataclass(frozen=True, slots=True)
class AssignLedger:
    """``holder`` has to settle it by ``due_at`` (UTC ms; 0: no such time)."""

    entry: int
    holder: str
    due_at: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class SettleLedger:
    """A dispute was mediated, a hazard mended. ``due_at`` is when it has to be followed up (0: in a week)."""

    entry: int
    text: str
    due_at: int = 0


@dataclass(frozen=True, slots=True)
class FollowUpLedger:
    """Somebody looked again: it holds, or (``holds`` false) it does not and is assigned anew."""

    entry: int
    holds: bool
    text: str = ""


@dataclass(frozen=True, slots=True)
class CloseLedger:
    entry: int


@dataclass(frozen=True, slots=True)
class SetSquad:
    """A squad and its units; no units takes the squad out of the roster. ``turns`` a day, 0 leaves them."""

    squad: Squad
    turns: int = 0


@dataclass(frozen=True, slots=True)
class ChangeTurn:
    """The turn of ``squad`` begins ("" for the next one): its units come on, the others' idle units go off."""

    squad: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawMatter:
    """Call off an order, a warning or a watch notice, or decline a support request. Always with the reason.

    ``units`` takes only these off an order; the others go on.
    """

    matter: Subject
    reason: str
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteMatter:
    """A note on a matter; ``unit`` says which unit it came from."""

    matter: Subject
    text: str
    unit: str = ""


MatterCommand = (
    SendMessage
    | ReadMessage
    | IssueOrder
    | AdvanceOrder
    | FinishOrder
    | PushWarning
    | SignWarning
    | CheckWarning
    | SuperviseWarning
    | FeedBackWarning
    | AskSupport
    | AcceptSupport
    | ProvideSupport
    | CloseSupport
    | PutOutBolo
    | LookAtNotice
    | ReportSighting
    | EndNotice
    | OpenLedger
    | AssignLedger
    | SettleLedger
    | FollowUpLedger
    | CloseLedger
    | SetSquad
    | ChangeTurn
    | WithdrawMatter
    | NoteMatter
)
