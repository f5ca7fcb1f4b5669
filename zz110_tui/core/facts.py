"""Facts: what happened, in the past tense. The journal is a row of these and nothing else.

A fact carries everything that was resolved when it was decided (type, priority, place, numbers), so that ``evolve``
needs neither rulebook nor clock. ``at`` is when it happened, in UTC milliseconds; it differs from the entry's own time
only where something is entered afterwards (catch-up). Stored names and versions are in ``wire.names``.
"""

from __future__ import annotations

from zz110_tui.core.alarms import AlarmKind, Subject
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.facts_alarms import AlarmFact
from zz110_tui.core.facts_catchup import CaughtUp
from zz110_tui.core.facts_cover import CoverFact
from zz110_tui.core.facts_intake import LinkAttached, PriorityWeighed, QuestionAnswered, StepTicked
from zz110_tui.core.facts_matters import MatterFact
from zz110_tui.core.facts_seats import DataUnmasked, DeskFreed, DeskHandedOver, DeskLocked, DeskUnlocked, HandOverRead
from zz110_tui.core.incidents import AssignmentStage, Channel, Incident, Report, ReportEnd, Withdrawal
from zz110_tui.core.places import Place, Point
from zz110_tui.core.records import dataclass
from zz110_tui.core.units import Unit, UnitProfile, UnitStatus


@dataclass(frozen=True, slots=True)
class CityAdopted:
    """The room works with this city pack from now on; units that are not in it any more are retired."""

    city: str
    pack_hash: str
    units: tuple[UnitProfile, ...]


@dataclass(frozen=True, slots=True)
class DeskOpened:
    desk: str
    person: str
    duty: Duty


@dataclass(frozen=True, slots=True)
class DeskClosed:
    desk: str


@dataclass(frozen=True, slots=True)
class ReportReceived:
    report: int
    channel: Channel
    at: int
    caller: str = ""
    contact: str = ""
    place: Place = Place("")
    text: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ReportAnswered:
    report: int
    at: int


@dataclass(frozen=True, slots=True)
class ReportEnded:
    """``incident`` is the slip it opened or was linked to, 0 for none."""

    report: int
    end: ReportEnd
    at: int
    incident: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class IncidentOpened:
    incident: int
    report: int
    type: str
    priority: int
    place: Place
    text: str
    received_at: int
    at: int
    by_hand: bool = False
    """the priority was given by a person and is not the type's own"""


@dataclass(frozen=True, slots=True)
class IncidentAmended:
    """The slip was corrected; the values are those after the correction, all of them."""

    incident: int
    type: str
    priority: int
    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class IncidentHeld:
    incident: int
    until: int
    reason: str


@dataclass(frozen=True, slots=True)
class IncidentReleased:
    incident: int


@dataclass(frozen=True, slots=True)
class IncidentLinked:
    """``incident`` turned out to be part of ``to``: its reports go there, and it counts no more."""

    incident: int
    to: int
    reports: tuple[int, ...]
    at: int


@dataclass(frozen=True, slots=True)
class IncidentSplit:
    """``incident`` is an incident of its own again; ``reports`` go back to it."""

    incident: int
    out_of: int
    reports: tuple[int, ...]
    at: int


@dataclass(frozen=True, slots=True)
class UnitAssigned:
    incident: int
    unit: str
    at: int
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class StackActivated:
    """The unit is free for what was stacked behind its last incident."""

    incident: int
    unit: str
    at: int


@dataclass(frozen=True, slots=True)
class AssignmentAdvanced:
    """The unit signed, set out or arrived."""

    incident: int
    unit: str
    stage: AssignmentStage
    at: int


@dataclass(frozen=True, slots=True)
class UnitCleared:
    incident: int
    unit: str
    at: int


@dataclass(frozen=True, slots=True)
class UnitWithdrawn:
    """The unit left without clearing; ``in_favour_of`` is the incident or the unit that took its place, if any."""

    incident: int
    unit: str
    why: Withdrawal
    at: int
    reason: str = ""
    in_favour_of: str = ""


@dataclass(frozen=True, slots=True)
class LeadNamed:
    incident: int
    unit: str


@dataclass(frozen=True, slots=True)
class UnitContacted:
    """The unit was heard from on this incident, all well."""

    incident: int
    unit: str
    at: int


@dataclass(frozen=True, slots=True)
class IncidentHandled:
    incident: int
    disposition: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class IncidentTransferred:
    incident: int
    receiver: str
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class IncidentFinished:
    """Ended without being handled on the scene: advised, invalid, nuisance, cancelled, entered in error."""

    incident: int
    disposition: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class IncidentFedBack:
    """The feedback slip (反馈单): ``type`` is what it really was."""

    incident: int
    type: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class IncidentCalledBack:
    incident: int
    satisfied: bool
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class IncidentClosed:
    incident: int
    at: int


@dataclass(frozen=True, slots=True)
class IncidentReopened:
    incident: int
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class NoteAdded:
    """``unit`` is the unit it came from, empty for the desk's own."""

    incident: int
    text: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class UnitStatusChanged:
    unit: str
    status: UnitStatus
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class UnitPosted:
    """The unit was told to stand at a post; ``point`` is where that is."""

    unit: str
    post: str
    point: Point
    at: int


@dataclass(frozen=True, slots=True)
class AlarmRaised:
    kind: AlarmKind
    subject: Subject
    unit: str
    priority: int
    since: int
    at: int
    latched: bool = False


@dataclass(frozen=True, slots=True)
class AlarmTaken:
    key: str
    at: int


@dataclass(frozen=True, slots=True)
class AlarmCleared:
    """A latched alarm was cleared on purpose."""

    key: str
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class StepUndone:
    """An accepted command was taken back: these are the values that hold again."""

    command: str
    reports: tuple[Report, ...]
    incidents: tuple[Incident, ...]
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class SlipsFiled:
    """Closed slips left the live board; they stay in the journal and in the history."""

    incidents: tuple[int, ...]
    reports: tuple[int, ...]


Fact = (
    CityAdopted
    | DeskOpened
    | DeskClosed
    | ReportReceived
    | ReportAnswered
    | ReportEnded
    | IncidentOpened
    | IncidentAmended
    | IncidentHeld
    | IncidentReleased
    | IncidentLinked
    | IncidentSplit
    | UnitAssigned
    | StackActivated
    | AssignmentAdvanced
    | UnitCleared
    | UnitWithdrawn
    | LeadNamed
    | UnitContacted
    | IncidentHandled
    | IncidentTransferred
    | IncidentFinished
    | IncidentFedBack
    | IncidentCalledBack
    | IncidentClosed
    | IncidentReopened
    | NoteAdded
    | UnitStatusChanged
    | UnitPosted
    | AlarmRaised
    | AlarmTaken
    | AlarmCleared
    | AlarmFact
    | StepUndone
    | SlipsFiled
    | CaughtUp
    | DeskLocked
    | DeskUnlocked
    | DeskFreed
    | DeskHandedOver
    | HandOverRead
    | DataUnmasked
    | QuestionAnswered
    | StepTicked
    | LinkAttached
    | PriorityWeighed
    | CoverFact
    | MatterFact
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal: a fact, its gap-free ``position`` (from 1), who caused it and by which command.

    ``at`` is the core's clock when the command was decided (UTC ms).
    """

    position: int
    at: int
    actor: Actor
    command: str
    fact: Fact
