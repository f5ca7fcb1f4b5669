"""Alarms: rows, not messages. What, since when, who owns it; it stays until its cause is gone."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from zz110_tui.core.records import dataclass


class AlarmKind(StrEnum):
    """What can be late (警报). Each has one rule in ``deadlines``."""

    UNANSWERED = "unanswered"
    UNFILED = "unfiled"
    UNDISPATCHED = "undispatched"
    HOLD_OVER = "hold_over"
    UNSIGNED = "unsigned"
    NOT_EN_ROUTE = "not_en_route"
    NOT_ARRIVED = "not_arrived"
    NO_CONTACT = "no_contact"
    UNFED_BACK = "unfed_back"
    UNREAD = "unread"
    UNSIGNED_ORDER = "unsigned_order"
    UNSUPPORTED = "unsupported"
    OVERDUE = "overdue"
    TURN_DUE = "turn_due"
    NOTICE_END = "notice_end"
    EMERGENCY = "emergency"


class SubjectKind(StrEnum):
    """The kinds of thing on a board that have a version and a history."""

    REPORT = "report"
    INCIDENT = "incident"
    UNIT = "unit"
    MESSAGE = "message"
    ORDER = "order"
    WARNING = "warning"
    SUPPORT = "support"
    BOLO = "bolo"
    LEDGER = "ledger"
    ROSTER = "roster"

    __hash__ = str.__hash__
    """Subjects are keys of nearly everything on a board; Enum's own hash is a call of Python each time."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing on the board: ``report 17``, ``incident 142``, ``unit 07``."""

    kind: SubjectKind
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@lru_cache(2048)
def of_report(number: int) -> Subject:
    return Subject(SubjectKind.REPORT, str(number))


@lru_cache(2048)
def of_incident(number: int) -> Subject:
    return Subject(SubjectKind.INCIDENT, str(number))


@lru_cache(2048)
def of_unit(call_sign: str) -> Subject:
    return Subject(SubjectKind.UNIT, call_sign)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Why an alarm is out of the rows for a while (搁置), until when it is (UTC ms), and who put it there."""

    until: int
    reason: str
    desk: str
    person: str
    at: int


NEVER_SHELVED = frozenset({AlarmKind.EMERGENCY, AlarmKind.NO_CONTACT, AlarmKind.UNANSWERED})
"""Somebody calls and waits, or an officer is not heard from: no priority makes that wait on a shelf."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A raised alarm. ``unit`` says which unit is late on an incident, where the kind is about one.

    ``since`` is when the clock of the cause began, ``raised_at`` when the limit passed (UTC ms). ``owner`` is the
    desk that took it, empty while nobody did. ``latched`` ones end only when cleared on purpose.

    ``rises`` is how often it has risen (升级) since somebody last took it, because nobody did or because its cause
    still stood long after; ``risen_to`` are the supervisors' desks it was named to. ``back_at`` is when it came back
    from its last ``shelf``.
    """

    kind: AlarmKind
    subject: Subject
    unit: str
    priority: int
    since: int
    raised_at: int
    owner: str = ""
    owner_person: str = ""
    taken_at: int = 0
    latched: bool = False
    shelf: Shelf | None = None
    back_at: int = 0
    rises: int = 0
    risen_at: int = 0
    risen_to: tuple[str, ...] = ()

    @property
    def untaken(self) -> bool:
        """Whether it wants a hand: nobody took it, or it has risen since; and it is not on the shelf."""
        return self.shelf is None and (not self.owner or self.rises > 0)

    @property
    def urgency(self) -> int:
        """Its priority, one higher for each time it has risen; 1 is the most urgent."""
        return max(1, self.priority - self.rises)

    @property
    def may_be_shelved(self) -> bool:
        return not self.latched and self.priority > 1 and self.kind not in NEVER_SHELVED

    @property
    def key(self) -> str:
        return alarm_key(self.kind, self.subject, self.unit)


def subject_of_key(key: str) -> Subject | None:
    """What an alarm's key is about; None for a text that is no key."""
    _, kind, name, *_ = (*key.split(":"), "", "", "")
    return Subject(SubjectKind(kind), name) if kind in SubjectKind._value2member_map_ and name else None


def alarm_key(kind: AlarmKind, subject: Subject, unit: str = "") -> str:
    """The name of an alarm in commands and facts, such as ``undispatched:incident:142``."""
    return f"{kind}:{subject}" + (f":{unit}" if unit else "")
