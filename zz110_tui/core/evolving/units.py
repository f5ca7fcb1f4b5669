"""What changes a unit, and its work on an incident."""

from __future__ import annotations

from zz110_tui.core import facts as f
from zz110_tui.core.board import Board
from zz110_tui.core.evolving.changing import put_assignment, put_incident, put_unit, settle
from zz110_tui.core.incidents import Assignment, AssignmentStage
from zz110_tui.core.values import changed


def unit_assigned(board: Board, entry: f.Entry, fact: f.UnitAssigned) -> None:
    incident = board.incidents[fact.incident]
    stage = AssignmentStage.STACKED if fact.stacked else AssignmentStage.DISPATCHED
    sent = Assignment(fact.unit, stage, fact.at, contact_at=fact.at)
    settle(board, entry, incident, (*incident.assignments, sent))
    unit = board.units[fact.unit]
    put_unit(board, entry, fact.unit, incidents=(*unit.incidents, fact.incident), status_at=entry.at)


def stack_activated(board: Board, entry: f.Entry, fact: f.StackActivated) -> None:
    put_assignment(
        board,
        entry,
        fact.incident,
        fact.unit,
        stage=AssignmentStage.DISPATCHED,
        dispatched_at=fact.at,
        contact_at=fact.at,
    )
    unit = board.units[fact.unit]
    first = (fact.incident, *(n for n in unit.incidents if n != fact.incident))
    put_unit(board, entry, fact.unit, incidents=first, status_at=entry.at)


_TIME_OF = {
    AssignmentStage.SIGNED: "signed_at",
    AssignmentStage.EN_ROUTE: "en_route_at",
    AssignmentStage.ON_SCENE: "on_scene_at",
}


def assignment_advanced(board: Board, entry: f.Entry, fact: f.AssignmentAdvanced) -> None:
    times = {_TIME_OF[fact.stage]: fact.at}
    put_assignment(board, entry, fact.incident, fact.unit, stage=fact.stage, contact_at=fact.at, **times)
    place = board.incidents[fact.incident].place
    known = board.units.get(fact.unit)
    # An arrival that is entered afterwards does not move a unit that has reported from elsewhere since.
    latest = known is None or fact.at >= known.position_at
    if fact.stage is AssignmentStage.ON_SCENE and place.point is not None and latest:
        put_unit(board, entry, fact.unit, position=place.point, position_at=fact.at, status_at=entry.at)
    else:
        put_unit(board, entry, fact.unit, status_at=entry.at)


def _leave(board: Board, entry: f.Entry, incident: int, unit: str) -> None:
    now = board.units.get(unit)
    if now is not None:
        rest = tuple(n for n in now.incidents if n != incident)
        put_unit(board, entry, unit, incidents=rest, status_at=entry.at)


def unit_cleared(board: Board, entry: f.Entry, fact: f.UnitCleared) -> None:
    incident = board.incidents[fact.incident]
    current = incident.assignment(fact.unit)
    if current is not None:
        over = changed(current, stage=AssignmentStage.CLEARED, ended_at=fact.at, contact_at=fact.at)
        assignments = tuple(over if a is current else a for a in incident.assignments)
        if any(a.live for a in assignments):
            settle(board, entry, incident, assignments)
        else:
            # The last one out: IncidentHandled follows in the same step and says how it ended.
            put_incident(board, entry, fact.incident, assignments=assignments)
    _leave(board, entry, fact.incident, fact.unit)


def unit_withdrawn(board: Board, entry: f.Entry, fact: f.UnitWithdrawn) -> None:
    put_assignment(
        board,
        entry,
        fact.incident,
        fact.unit,
        stage=AssignmentStage.WITHDRAWN,
        ended_at=fact.at,
        withdrawal=fact.why,
    )
    _leave(board, entry, fact.incident, fact.unit)


def lead_named(board: Board, entry: f.Entry, fact: f.LeadNamed) -> None:
    put_incident(board, entry, fact.incident, lead=fact.unit)


def unit_contacted(board: Board, entry: f.Entry, fact: f.UnitContacted) -> None:
    put_assignment(board, entry, fact.incident, fact.unit, contact_at=fact.at)


def unit_status_changed(board: Board, entry: f.Entry, fact: f.UnitStatusChanged) -> None:
    put_unit(board, entry, fact.unit, status=fact.status, reason=fact.reason, status_at=fact.at)


def unit_posted(board: Board, entry: f.Entry, fact: f.UnitPosted) -> None:
    unit = board.units.get(fact.unit)
    if unit is not None:
        profile = changed(unit.profile, post=fact.post, post_point=fact.point)
        put_unit(board, entry, fact.unit, profile=profile)
