"""Warnings (预警) and watch notices (布控, ``bolo``): graded notices about something, with what makes them lawful.

Both are about an event, a place, a vehicle, an object, or a person in a named case, and never about a group of people
(product.md, Boundaries). Each carries a :class:`Warrant` and ends by itself; each look at one is a fact.
"""

from __future__ import annotations

from enum import StrEnum

from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.places import Place
from zz110_tui.core.records import dataclass

LONGEST_MS = 90 * 86_400_000
"""A notice lasts 90 days at most; longer needs a new one, with a new approval."""

LOOK_MS = 600_000
"""A recorded look shows the notice's words to that desk for ten minutes; then another look has to be recorded."""


class About(StrEnum):
    """What a notice may be about (布控、预警对象). Of persons only those in a named case."""

    EVENT = "event"
    PLACE = "place"
    VEHICLE = "vehicle"
    OBJECT = "object"
    WANTED = "wanted"
    MISSING = "missing"
    IN_DANGER = "in_danger"


@dataclass(frozen=True, slots=True)
class Warrant:
    """What makes a notice lawful: case number, legal basis, who approved it, and when it ends by itself (UTC ms)."""

    case: str
    basis: str
    approver: str
    ends_at: int


@dataclass(frozen=True, slots=True)
class Look:
    """The last time a desk looked at a notice (UTC ms)."""

    desk: str
    person: str
    at: int


class WarningStage(StrEnum):
    """How far a warning is: pushed, signed, checked on the spot, supervised, fed back; then over."""

    PUSHED = "pushed"
    SIGNED = "signed"
    CHECKED = "checked"
    SUPERVISED = "supervised"
    FED_BACK = "fed_back"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    ENTERED_IN_ERROR = "entered_in_error"


WARNING_OVER = (
    WarningStage.FED_BACK,
    WarningStage.WITHDRAWN,
    WarningStage.EXPIRED,
    WarningStage.ENTERED_IN_ERROR,
)


class BoloStage(StrEnum):
    """A watch notice stands until somebody withdraws it or its end comes by itself."""

    STANDING = "standing"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    ENTERED_IN_ERROR = "entered_in_error"


@dataclass(frozen=True, slots=True)
class WarningNotice:
    """``grade`` 1 is red, 2 orange, 3 yellow, 4 blue. ``unit`` is who has to act on it. Times in UTC ms, 0: not yet."""

    number: int
    grade: int
    about: About
    place: Place
    text: str
    warrant: Warrant
    unit: str
    desk: str
    person: str
    opened_at: int
    stage: WarningStage = WarningStage.PUSHED
    signed_at: int = 0
    checked_at: int = 0
    supervised_at: int = 0
    result: bool | None = None
    found: str = ""
    looks: tuple[Look, ...] = ()
    ended_at: int = 0
    version: int = 0

    @property
    def subject(self) -> Subject:
        return Subject(SubjectKind.WARNING, str(self.number))

    @property
    def priority(self) -> int:
        return self.grade

    @property
    def open(self) -> bool:
        return self.stage not in WARNING_OVER


@dataclass(frozen=True, slots=True)
class Bolo:
    """A watch notice. ``sightings`` counts what was reported as seen."""

    number: int
    priority: int
    about: About
    place: Place
    text: str
    warrant: Warrant
    desk: str
    person: str
    opened_at: int
    stage: BoloStage = BoloStage.STANDING
    sightings: int = 0
    looks: tuple[Look, ...] = ()
    ended_at: int = 0
    version: int = 0

    @property
    def subject(self) -> Subject:
        return Subject(SubjectKind.BOLO, str(self.number))

    @property
    def open(self) -> bool:
        return self.stage is BoloStage.STANDING


Notice = WarningNotice | Bolo


def looked(looks: tuple[Look, ...], look: Look) -> tuple[Look, ...]:
    """The looks with this one as its desk's last."""
    return (*(other for other in looks if other.desk != look.desk), look)


def may_be_read(notice: Notice, desk: str, person: str, now: int) -> bool:
    """Whether a desk has recorded its look and may be shown the words: its own notice, or a look within ``LOOK_MS``."""
    if (notice.desk, notice.person) == (desk, person):
        return True
    return any((look.desk, look.person) == (desk, person) and now - look.at < LOOK_MS for look in notice.looks)
