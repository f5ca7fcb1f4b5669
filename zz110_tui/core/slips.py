"""What is kept of a call for the figures, when the live board has no room for it any more.

A closed slip leaves the board after a day. The collector takes what the figures need at the moment a slip closes or a
report ends, and takes it again if it is re-opened, split off or undone: the last state wins.
"""

from __future__ import annotations

from collections.abc import Iterable

from zz110_tui.core import facts as f
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.board import Board
from zz110_tui.core.incidents import Assignment, Channel, Incident, IncidentStage, Report, ReportEnd, ReportStage
from zz110_tui.core.records import dataclass
from zz110_tui.core.subjects import subjects_of


@dataclass(frozen=True, slots=True)
class Sent:
    """One unit on one slip. Times in UTC milliseconds, 0 for "not yet" or "never"."""

    unit: str
    dispatched_at: int
    signed_at: int
    en_route_at: int
    on_scene_at: int
    ended_at: int


@dataclass(frozen=True, slots=True)
class Slip:
    """An incident as the figures see it. Times in UTC milliseconds, 0 for "not yet" or "never".

    ``type`` is the class at intake and ``final_type`` what the feedback found ("" before). ``contacts`` counts its
    reports; ``channel`` is the first one's. ``dispatched_at`` and ``arrived_at`` are the first of any unit.
    """

    number: int
    type: str
    final_type: str
    priority: int
    grid: str
    channel: Channel
    contacts: int
    received_at: int
    opened_at: int
    dispatched_at: int
    arrived_at: int
    handled_at: int
    fed_back_at: int
    closed_at: int
    disposition: str
    receiver: str
    satisfied: bool | None
    reopened: int
    linked_to: int
    sent: tuple[Sent, ...]
    caught_up: bool = False
    """Entered from paper after an outage: its times are counted apart."""


@dataclass(frozen=True, slots=True)
class ContactEnd:
    """A report as the figures see it."""

    number: int
    channel: Channel
    received_at: int
    answered_at: int
    ended_at: int
    end: ReportEnd | None
    incident: int


_CHANGES_WHAT_IS_OVER = (
    f.ReportEnded,
    f.IncidentFinished,
    f.IncidentClosed,
    f.IncidentLinked,
    f.IncidentSplit,
    f.IncidentReopened,
    f.StepUndone,
)
"""Facts after which a slip or a report is over, or is not over any more."""


class SlipCollector:
    """Feed it every entry with the board as it is right after: ``evolve(board, e)``, ``on_entries((e,), board)``.

    Several entries at once are fine as long as the hour of filing does not lie between a slip's end and its filing,
    which the core keeps a day apart.
    """

    def __init__(self) -> None:
        self._slips: dict[int, Slip] = {}
        self._contacts: dict[int, ContactEnd] = {}

    def on_entries(self, entries: Iterable[f.Entry], board: Board) -> None:
        for entry in entries:
            if isinstance(entry.fact, _CHANGES_WHAT_IS_OVER):
                for subject in subjects_of(entry.fact):
                    self._take(subject, board)

    def _take(self, subject: Subject, board: Board) -> None:
        if subject.kind is SubjectKind.INCIDENT:
            incident = board.incidents.get(int(subject.id))
            if incident is None:
                return
            if incident.stage is IncidentStage.CLOSED:
                self._slips[incident.number] = slip_of(incident, board)
            else:
                self._slips.pop(incident.number, None)
        elif subject.kind is SubjectKind.REPORT:
            report = board.reports.get(int(subject.id))
            if report is None:
                return
            if report.stage is ReportStage.ENDED:
                self._contacts[report.number] = contact_of(report)
            else:
                self._contacts.pop(report.number, None)

    def start(self, board: Board) -> None:
        """Take what is over on a board that was not built entry by entry (from a snapshot)."""
        for incident in board.incidents.values():
            if incident.stage is IncidentStage.CLOSED:
                self._slips[incident.number] = slip_of(incident, board)
        for report in board.reports.values():
            if report.stage is ReportStage.ENDED:
                self._contacts[report.number] = contact_of(report)

    def slips(self, board: Board | None = None) -> tuple[Slip, ...]:
        """Every slip that is over, by number; with a board also those that are not."""
        found = dict(self._slips)
        if board is not None:
            found.update((n, slip_of(incident, board)) for n, incident in board.incidents.items() if n not in found)
        return tuple(found[number] for number in sorted(found))

    def contacts(self, board: Board | None = None) -> tuple[ContactEnd, ...]:
        """Every report that has ended, by number; with a board also those that have not."""
        found = dict(self._contacts)
        if board is not None:
            found.update((n, contact_of(report)) for n, report in board.reports.items() if n not in found)
        return tuple(found[number] for number in sorted(found))


def slip_of(incident: Incident, board: Board) -> Slip:
    first = next((board.reports[n] for n in incident.reports if n in board.reports), None)
    sent = tuple(map(_sent, incident.assignments))
    return Slip(
        number=incident.number,
        type=incident.type,
        final_type=incident.final_type,
        priority=incident.priority,
        grid=incident.place.grid,
        channel=first.channel if first is not None else Channel.PHONE,
        contacts=len(incident.reports),
        received_at=incident.received_at,
        opened_at=incident.opened_at,
        dispatched_at=min((s.dispatched_at for s in sent if s.dispatched_at), default=0),
        arrived_at=min((s.on_scene_at for s in sent if s.on_scene_at), default=0),
        handled_at=incident.handled_at,
        fed_back_at=incident.fed_back_at,
        closed_at=incident.closed_at,
        disposition=incident.disposition,
        receiver=incident.receiver,
        satisfied=incident.satisfied,
        reopened=incident.reopened,
        linked_to=incident.linked_to,
        sent=sent,
        caught_up=board.was_caught_up(incident.number),
    )


def _sent(a: Assignment) -> Sent:
    return Sent(a.unit, a.dispatched_at, a.signed_at, a.en_route_at, a.on_scene_at, a.ended_at)


def contact_of(report: Report) -> ContactEnd:
    return ContactEnd(
        number=report.number,
        channel=report.channel,
        received_at=report.received_at,
        answered_at=report.answered_at,
        ended_at=report.ended_at,
        end=report.end,
        incident=report.incident,
    )
