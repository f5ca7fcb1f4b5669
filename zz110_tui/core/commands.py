"""Commands: what somebody wants. ``decide`` turns one into facts, or refuses it.

They name things exactly (an incident number, a call sign): finding out which one a person meant is the work of
``language``. ``at`` 0 means "now, by the core's clock"; another value is a time entered afterwards (UTC ms).
"""

from __future__ import annotations

from zz110_tui.core.alarms import AlarmKind, Subject
from zz110_tui.core.commands_alarms import AlarmCommand
from zz110_tui.core.commands_catchup import CatchUp
from zz110_tui.core.commands_cover import CoverCommand
from zz110_tui.core.commands_intake import AnswerQuestion, AttachLink, TickSteps, WeighPriority
from zz110_tui.core.commands_matters import MatterCommand
from zz110_tui.core.commands_seats import FreeDesk, HandOver, LockDesk, ReadHandOver, UnlockDesk, Unmask
from zz110_tui.core.desks import Duty
from zz110_tui.core.incidents import AssignmentStage, Channel, ReportEnd
from zz110_tui.core.places import NOWHERE, Place, Point
from zz110_tui.core.records import dataclass
from zz110_tui.core.units import UnitProfile, UnitStatus


@dataclass(frozen=True, slots=True)
class AdoptCity:
    city: str
    pack_hash: str
    units: tuple[UnitProfile, ...]


@dataclass(frozen=True, slots=True)
class OpenDesk:
    duty: Duty


@dataclass(frozen=True, slots=True)
class CloseDesk:
    pass


@dataclass(frozen=True, slots=True)
class ReceiveReport:
    """A contact came in by some channel and waits for an answer. ``source`` is the sender's id; twice is once."""

    channel: Channel
    caller: str = ""
    contact: str = ""
    place: Place = NOWHERE
    text: str = ""
    source: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class AnswerReport:
    report: int


@dataclass(frozen=True, slots=True)
class EndReport:
    """End a report that needs no slip of its own: advised, invalid, nuisance, abandoned."""

    report: int
    end: ReportEnd
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """Open a slip. ``report`` 0 makes a report of its own, by ``channel``; ``priority`` 0 takes the type's."""

    type: str
    place: Place
    report: int = 0
    priority: int = 0
    text: str = ""
    channel: Channel = Channel.PHONE
    caller: str = ""
    contact: str = ""
    received_at: int = 0


@dataclass(frozen=True, slots=True)
class AmendIncident:
    """Correct a slip; None leaves a field as it is."""

    incident: int
    type: str | None = None
    priority: int | None = None
    place: Place | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Send units. ``stage`` is how far they already are by radio (派警 ``d``, ``de`` en route, ``do`` on scene).

    ``stack`` allows a busy unit to take the incident after what it does now. ``text`` is what the units are told with
    it, kept as a note.
    """

    incident: int
    units: tuple[str, ...]
    stage: AssignmentStage = AssignmentStage.DISPATCHED
    stack: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Advance:
    """Units signed, set out or arrived. ``incident`` 0 means the one each works on."""

    units: tuple[str, ...]
    stage: AssignmentStage
    incident: int = 0
    at: int = 0


@dataclass(frozen=True, slots=True)
class Contact:
    """A unit on an incident was heard from: all well."""

    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clear:
    """Units are done. No units means all that work on the incident; the last one out needs a disposition."""

    incident: int = 0
    units: tuple[str, ...] = ()
    disposition: str = ""
    text: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class MakeAvailable:
    """Units are free: stood down from what they were sent to, or back from out of service."""

    units: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SetStatus:
    """Units come on duty (FREE), go off duty, or fall out of service."""

    units: tuple[str, ...]
    status: UnitStatus
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """``arriving`` takes over from ``leaving``; where both are on incidents, they swap."""

    leaving: str
    arriving: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PreEmpt:
    """Take a unit from a lesser incident for a more urgent one."""

    unit: str
    incident: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NameLead:
    incident: int
    unit: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Let a queued incident wait until a time; ``until`` 0 means the rulebook's usual span."""

    incident: int
    until: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    incident: int


@dataclass(frozen=True, slots=True)
class LinkIncident:
    """``incident`` is the same thing as ``to``: every caller kept, one slip counted."""

    incident: int
    to: int


@dataclass(frozen=True, slots=True)
class LinkReport:
    """Another caller about ``to``. ``report`` 0 makes a report of its own; ``text`` with a report is kept as a note."""

    report: int
    to: int
    text: str = ""
    channel: Channel = Channel.PHONE
    caller: str = ""
    contact: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Split:
    """A linked incident is one of its own after all."""

    incident: int


@dataclass(frozen=True, slots=True)
class Transfer:
    incident: int
    receiver: str
    reason: str


@dataclass(frozen=True, slots=True)
class Finish:
    """End an incident that nobody handles on the scene: advised, invalid, nuisance, cancelled."""

    incident: int
    disposition: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class FeedBack:
    """The feedback slip; ``type`` "" keeps the intake class."""

    incident: int
    type: str = ""
    text: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class CallBack:
    incident: int
    satisfied: bool
    text: str = ""


@dataclass(frozen=True, slots=True)
class CloseIncident:
    incident: int


@dataclass(frozen=True, slots=True)
class Reopen:
    incident: int
    reason: str


@dataclass(frozen=True, slots=True)
class AddNote:
    incident: int
    text: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class MoveToPost:
    unit: str
    post: str
    point: Point


@dataclass(frozen=True, slots=True)
class RaiseAlarm:
    """A deadline passed (from the core's timers), or a unit pressed its emergency button."""

    kind: AlarmKind
    subject: Subject
    unit: str = ""


@dataclass(frozen=True, slots=True)
class TakeAlarm:
    key: str


@dataclass(frozen=True, slots=True)
class ClearAlarm:
    """Clear a latched alarm on purpose."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the desk's last step, or the named command of that desk."""

    command: str = ""


@dataclass(frozen=True, slots=True)
class FileSlips:
    """Move slips that closed before a time out of the live board (from the core's timers)."""

    closed_before: int


Command = (
    AdoptCity
    | OpenDesk
    | CloseDesk
    | ReceiveReport
    | AnswerReport
    | EndReport
    | OpenIncident
    | AmendIncident
    | Dispatch
    | Advance
    | Contact
    | Clear
    | MakeAvailable
    | SetStatus
    | Exchange
    | PreEmpt
    | NameLead
    | Hold
    | Release
    | LinkIncident
    | LinkReport
    | Split
    | Transfer
    | Finish
    | FeedBack
    | CallBack
    | CloseIncident
    | Reopen
    | AddNote
    | MoveToPost
    | RaiseAlarm
    | TakeAlarm
    | ClearAlarm
    | AlarmCommand
    | Undo
    | FileSlips
    | CatchUp
    | LockDesk
    | UnlockDesk
    | FreeDesk
    | HandOver
    | ReadHandOver
    | Unmask
    | AnswerQuestion
    | TickSteps
    | AttachLink
    | WeighPriority
    | CoverCommand
    | MatterCommand
)
