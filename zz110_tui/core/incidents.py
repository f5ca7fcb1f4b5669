"""Reports, incidents and assignments: the values of a call's life.

A *report* (接警单) is one contact from one caller or device; an *incident* (警情) is the thing that happened, with one
or more reports; an *assignment* (派警) is one unit on one incident with its own times. How far something is (its stage)
and how it ended (its end or disposition) are different things and never share an enumeration.
"""

from __future__ import annotations

from enum import StrEnum

from zz110_tui.core.intake import Given, Ticked
from zz110_tui.core.places import NOWHERE, Place
from zz110_tui.core.records import dataclass
from zz110_tui.core.weblinks import WebLink


class Channel(StrEnum):
    """How a report came in (报警方式)."""

    PHONE = "phone"
    SMS = "sms"
    WEB = "web"
    WECHAT = "wechat"
    ALARM = "alarm"
    MAP = "map"
    HOTLINE = "hotline"
    VIDEO = "video"
    COUNTER = "counter"
    PATROL = "patrol"


class ReportStage(StrEnum):
    RECEIVED = "received"
    ANSWERED = "answered"
    ENDED = "ended"


class ReportEnd(StrEnum):
    """How a report ended. SLIP: it opened an incident of its own, whose end is then the call's end."""

    SLIP = "slip"
    LINKED = "linked"
    ADVISED = "advised"
    INVALID = "invalid"
    NUISANCE = "nuisance"
    ABANDONED = "abandoned"
    ENTERED_IN_ERROR = "entered_in_error"


class IncidentStage(StrEnum):
    """How far an incident is. DISPATCHED to ON_SCENE say what its furthest unit does."""

    QUEUED = "queued"
    DISPATCHED = "dispatched"
    SIGNED = "signed"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    HANDLED = "handled"
    FED_BACK = "fed_back"
    CALLED_BACK = "called_back"
    CLOSED = "closed"


class AssignmentStage(StrEnum):
    """How far one unit is with one incident. STACKED waits behind what the unit does now."""

    STACKED = "stacked"
    DISPATCHED = "dispatched"
    SIGNED = "signed"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    CLEARED = "cleared"
    WITHDRAWN = "withdrawn"


class Withdrawal(StrEnum):
    """Why a unit left an incident without clearing it."""

    STOOD_DOWN = "stood_down"
    EXCHANGED = "exchanged"
    PRE_EMPTED = "pre_empted"
    OUT_OF_SERVICE = "out_of_service"
    INCIDENT_ENDED = "incident_ended"


WORKING = (IncidentStage.DISPATCHED, IncidentStage.SIGNED, IncidentStage.EN_ROUTE, IncidentStage.ON_SCENE)
"""Stages in which at least one unit works on the incident."""

LIVE_ASSIGNMENT = (
    AssignmentStage.DISPATCHED,
    AssignmentStage.SIGNED,
    AssignmentStage.EN_ROUTE,
    AssignmentStage.ON_SCENE,
)
"""Assignment stages in order of progress, in which the unit is busy with the incident."""

# Dispositions that the core itself gives or depends on; the others are data of the rulebook.
LINKED = "linked"
TRANSFERRED = "transferred"
ADVISED = "advised"
INVALID = "invalid"
NUISANCE = "nuisance"
CANCELLED = "cancelled"
ENTERED_IN_ERROR = "entered_in_error"

LOWEST_PRIORITY = 4
"""Priorities run from 1 (life in danger) to 4 (can wait)."""


@dataclass(frozen=True, slots=True)
class Report:
    """One contact (接警单). Times in UTC milliseconds, 0 for "not yet". ``source`` is the sender's own id."""

    number: int
    channel: Channel
    received_at: int
    stage: ReportStage = ReportStage.RECEIVED
    caller: str = ""
    contact: str = ""
    place: Place = NOWHERE
    text: str = ""
    source: str = ""
    answered_at: int = 0
    answered_by: str = ""
    answered_desk: str = ""
    end: ReportEnd | None = None
    end_reason: str = ""
    ended_at: int = 0
    incident: int = 0
    version: int = 0
    links: tuple[WebLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """One unit on one incident (派警). Times in UTC milliseconds, 0 for "not yet".

    ``contact_at`` is when the unit was last heard from on this incident (officer safety).
    """

    unit: str
    stage: AssignmentStage
    dispatched_at: int
    signed_at: int = 0
    en_route_at: int = 0
    on_scene_at: int = 0
    ended_at: int = 0
    withdrawal: Withdrawal | None = None
    contact_at: int = 0

    @property
    def live(self) -> bool:
        """The unit is busy with the incident (a stacked one is not yet)."""
        return self.stage in LIVE_ASSIGNMENT

    @property
    def over(self) -> bool:
        return self.stage in (AssignmentStage.CLEARED, AssignmentStage.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Incident:
    """The thing that happened (警情). Times in UTC milliseconds, 0 for "not yet".

    ``received_at`` is the first report's; ``type`` is the intake class and ``final_type`` what the feedback found.
    ``assignments`` keeps every assignment ever made, oldest first; ``lead`` is the call sign of the leading unit.
    ``answers`` are what the caller was asked and said, ``steps`` the ticked ones of the checklist, ``links`` the
    addresses of photographs and streams. A priority that was
    set by hand is changed by nobody but a person.
    ``fresh_at`` is when it last entered the queue (opened, re-opened, or left by its last unit).
    """

    number: int
    type: str
    priority: int
    place: Place
    received_at: int
    opened_at: int
    fresh_at: int
    text: str = ""
    stage: IncidentStage = IncidentStage.QUEUED
    reports: tuple[int, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    lead: str = ""
    held_until: int = 0
    hold_reason: str = ""
    disposition: str = ""
    disposition_text: str = ""
    receiver: str = ""
    linked_to: int = 0
    final_type: str = ""
    satisfied: bool | None = None
    handled_at: int = 0
    fed_back_at: int = 0
    called_back_at: int = 0
    closed_at: int = 0
    reopened: int = 0
    answers: tuple[Given, ...] = ()
    steps: tuple[Ticked, ...] = ()
    priority_by_hand: bool = False
    version: int = 0
    links: tuple[WebLink, ...] = ()

    @property
    def open(self) -> bool:
        """Somebody still has to send, work or wait for a unit."""
        return self.stage is IncidentStage.QUEUED or self.stage in WORKING

    @property
    def working(self) -> tuple[Assignment, ...]:
        """The assignments whose unit is busy with it now."""
        return tuple(a for a in self.assignments if a.live)

    def assignment(self, unit: str) -> Assignment | None:
        """The unit's assignment that is not over, if it has one."""
        for a in reversed(self.assignments):
            if a.unit == unit and not a.over:
                return a
        return None
