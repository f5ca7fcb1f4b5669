"""The ledger (纠纷、隐患台账): a dispute or a hazard followed to its end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.places import Place


class LedgerKind(StrEnum):
    DISPUTE = "dispute"
    HAZARD = "hazard"


class LedgerStage(StrEnum):
    """Found, assigned, mediated or mended, followed up, closed. A follow-up may assign it anew."""

    FOUND = "found"
    ASSIGNED = "assigned"
    SETTLED = "settled"
    FOLLOWED_UP = "followed_up"
    CLOSED = "closed"
    ENTERED_IN_ERROR = "entered_in_error"


LEDGER_OVER = (LedgerStage.CLOSED, LedgerStage.ENTERED_IN_ERROR)


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """``holder`` has to deal with it. ``due_at`` (UTC ms) is when its next step is due: to be settled while it is
    assigned, to be followed up while it is settled; 0 while nothing is. ``incident`` is where it came from."""

    number: int
    kind: LedgerKind
    priority: int
    place: Place
    text: str
    incident: int
    desk: str
    person: str
    opened_at: int
    holder: str = ""
    due_at: int = 0
    stage: LedgerStage = LedgerStage.FOUND
    settled: str = ""
    settled_at: int = 0
    followed_up_at: int = 0
    ended_at: int = 0
    version: int = 0

    @property
    def subject(self) -> Subject:
        return Subject(SubjectKind.LEDGER, str(self.number))

    @property
    def open(self) -> bool:
        return self.stage not in LEDGER_OVER
