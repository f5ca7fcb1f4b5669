"""Alarms: rows, not messages. What, since when, who owns it; it stays until its cause is gone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing on the board: ``report 17``, ``incident 142``, ``unit 07``."""

    kind: SubjectKind
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


def of_report(number: int) -> Subject:
    return Subject(SubjectKind.REPORT, str(number))


def of_incident(number: int) -> Subject:
    return Subject(SubjectKind.INCIDENT, str(number))


def of_unit(call_sign: str) -> Subject:
    return Subject(SubjectKind.UNIT, call_sign)


@dataclass(frozen=True, slots=True)
class Alarm:
    """A raised alarm. ``unit`` says which unit is late on an incident, where the kind is about one.

    ``since`` is when the clock of the cause began, ``raised_at`` when the limit passed (UTC ms). ``owner`` is the
    desk that took it, empty while nobody did. ``latched`` ones end only when cleared on purpose.
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

    @property
    def key(self) -> str:
        return alarm_key(self.kind, self.subject, self.unit)


def alarm_key(kind: AlarmKind, subject: Subject, unit: str = "") -> str:
    """The name of an alarm in commands and facts, such as ``undispatched:incident:142``."""
    return f"{kind}:{subject}" + (f":{unit}" if unit else "")
