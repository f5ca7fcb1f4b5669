"""What changes an incident, from the slip to its end."""

from __future__ import annotations

from zz110_tui.core import facts as f
from zz110_tui.core.board import Board
from zz110_tui.core.evolving.changing import put_assignment, put_incident
from zz110_tui.core.incidents import LINKED, TRANSFERRED, Incident, IncidentStage, ReportEnd
from zz110_tui.core.values import changed


def incident_opened(board: Board, entry: f.Entry, fact: f.IncidentOpened) -> None:
    board.next_incident = max(board.next_incident, fact.incident + 1)
    board.put_incident(
        Incident(
            number=fact.incident,
            type=fact.type,
            priority=fact.priority,
            place=fact.place,
            text=fact.text,
            received_at=fact.received_at,
            opened_at=fact.at,
            fresh_at=fact.at,
            reports=(fact.report,) if fact.report else (),
            priority_by_hand=fact.by_hand,
            version=entry.position,
        )
    )


def incident_amended(board: Board, entry: f.Entry, fact: f.IncidentAmended) -> None:
    before = board.incidents[fact.incident]
    put_incident(
        board,
        entry,
        fact.incident,
        type=fact.type,
        priority=fact.priority,
        place=fact.place,
        text=fact.text,
        priority_by_hand=before.priority_by_hand or fact.priority != before.priority,
    )


def incident_held(board: Board, entry: f.Entry, fact: f.IncidentHeld) -> None:
    put_incident(board, entry, fact.incident, held_until=fact.until, hold_reason=fact.reason)


def incident_released(board: Board, entry: f.Entry, fact: f.IncidentReleased) -> None:
    put_incident(board, entry, fact.incident, held_until=0, hold_reason="", fresh_at=entry.at)


def _move_reports(board: Board, entry: f.Entry, numbers: tuple[int, ...], to: int, end: ReportEnd) -> None:
    for number in numbers:
        report = board.reports.get(number)
        if report is not None:
            board.put_report(changed(report, incident=to, end=end, version=entry.position))


def incident_linked(board: Board, entry: f.Entry, fact: f.IncidentLinked) -> None:
    put_incident(
        board,
        entry,
        fact.incident,
        stage=IncidentStage.CLOSED,
        disposition=LINKED,
        linked_to=fact.to,
        closed_at=fact.at,
        held_until=0,
    )
    put_incident(board, entry, fact.to, reports=(*board.incidents[fact.to].reports, *fact.reports))
    _move_reports(board, entry, fact.reports, fact.to, ReportEnd.LINKED)


def incident_split(board: Board, entry: f.Entry, fact: f.IncidentSplit) -> None:
    put_incident(
        board,
        entry,
        fact.incident,
        stage=IncidentStage.QUEUED,
        disposition="",
        linked_to=0,
        closed_at=0,
        fresh_at=fact.at,
        reports=fact.reports,
    )
    left = tuple(r for r in board.incidents[fact.out_of].reports if r not in fact.reports)
    put_incident(board, entry, fact.out_of, reports=left)
    _move_reports(board, entry, fact.reports, fact.incident, ReportEnd.SLIP)


def incident_handled(board: Board, entry: f.Entry, fact: f.IncidentHandled) -> None:
    put_incident(
        board,
        entry,
        fact.incident,
        stage=IncidentStage.HANDLED,
        disposition=fact.disposition,
        disposition_text=fact.text,
        handled_at=fact.at,
        held_until=0,
    )


def incident_transferred(board: Board, entry: f.Entry, fact: f.IncidentTransferred) -> None:
    put_incident(
        board,
        entry,
        fact.incident,
        stage=IncidentStage.HANDLED,
        disposition=TRANSFERRED,
        disposition_text=fact.reason,
        receiver=fact.receiver,
        handled_at=fact.at,
        held_until=0,
    )


def incident_finished(board: Board, entry: f.Entry, fact: f.IncidentFinished) -> None:
    put_incident(
        board,
        entry,
        fact.incident,
        stage=IncidentStage.CLOSED,
        disposition=fact.disposition,
        disposition_text=fact.text,
        closed_at=fact.at,
        held_until=0,
    )


def incident_fed_back(board: Board, entry: f.Entry, fact: f.IncidentFedBack) -> None:
    put_incident(board, entry, fact.incident, stage=IncidentStage.FED_BACK, final_type=fact.type, fed_back_at=fact.at)


def incident_called_back(board: Board, entry: f.Entry, fact: f.IncidentCalledBack) -> None:
    put_incident(
        board,
        entry,
        fact.incident,
        stage=IncidentStage.CALLED_BACK,
        satisfied=fact.satisfied,
        called_back_at=fact.at,
    )


def incident_closed(board: Board, entry: f.Entry, fact: f.IncidentClosed) -> None:
    put_incident(board, entry, fact.incident, stage=IncidentStage.CLOSED, closed_at=fact.at)


def incident_reopened(board: Board, entry: f.Entry, fact: f.IncidentReopened) -> None:
    incident = board.incidents[fact.incident]
    put_incident(
        board,
        entry,
        fact.incident,
        stage=IncidentStage.QUEUED,
        disposition="",
        disposition_text="",
        receiver="",
        satisfied=None,
        handled_at=0,
        fed_back_at=0,
        called_back_at=0,
        closed_at=0,
        fresh_at=fact.at,
        reopened=incident.reopened + 1,
    )


def note_added(board: Board, entry: f.Entry, fact: f.NoteAdded) -> None:
    incident = board.incidents[fact.incident]
    if fact.unit and incident.assignment(fact.unit) is not None:
        put_assignment(board, entry, fact.incident, fact.unit, contact_at=entry.at)
    else:
        put_incident(board, entry, fact.incident)
