"""Support requests (支撑请求): a station asks the operations centre for help, and is answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.places import Place


class SupportKind(StrEnum):
    """What is asked for (支撑种类). LEAD: the station sends a clue to be worked on by joint operations (线索)."""

    LEAD = "lead"
    PEOPLE = "people"
    DRONE = "drone"
    VIDEO = "video"
    DATA = "data"
    OTHER = "other"


class SupportStage(StrEnum):
    """How far a request is. DECLINED and CLOSED are its ends; who asked is told either way."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    PROVIDED = "provided"
    CLOSED = "closed"
    DECLINED = "declined"
    ENTERED_IN_ERROR = "entered_in_error"


SUPPORT_OVER = (SupportStage.CLOSED, SupportStage.DECLINED, SupportStage.ENTERED_IN_ERROR)


@dataclass(frozen=True, slots=True)
class Support:
    """``station`` asks. ``result`` says whether it led to something. Times in UTC ms, 0 for "not yet"."""

    number: int
    kind: SupportKind
    priority: int
    station: str
    place: Place
    text: str
    incident: int
    desk: str
    person: str
    opened_at: int
    stage: SupportStage = SupportStage.ASKED
    answer: str = ""
    answered_at: int = 0
    provided_at: int = 0
    result: bool | None = None
    found: str = ""
    ended_at: int = 0
    version: int = 0

    @property
    def subject(self) -> Subject:
        return Subject(SubjectKind.SUPPORT, str(self.number))

    @property
    def open(self) -> bool:
        return self.stage not in SUPPORT_OVER
