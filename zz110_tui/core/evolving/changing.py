"""How an incident, an assignment or a unit is put back with some values changed. For the evolvers alone."""

from __future__ import annotations

from typing import Any

from zz110_tui.core import facts as f
from zz110_tui.core.board import Board
from zz110_tui.core.incidents import Assignment, Incident, IncidentStage
from zz110_tui.core.transitions import working_stage
from zz110_tui.core.values import changed


def put_incident(board: Board, entry: f.Entry, number: int, **changes: Any) -> Incident:
    incident = changed(board.incidents[number], version=entry.position, **changes)
    board.put_incident(incident)
    return incident


def put_assignment(board: Board, entry: f.Entry, number: int, unit: str, **changes: Any) -> None:
    """Change the unit's assignment that is not over, and let the incident's stage and lead follow."""
    incident = board.incidents[number]
    current = incident.assignment(unit)
    if current is None:
        return
    assignments = tuple(changed(a, **changes) if a is current else a for a in incident.assignments)
    settle(board, entry, incident, assignments)


def settle(board: Board, entry: f.Entry, incident: Incident, assignments: tuple[Assignment, ...]) -> None:
    stage = working_stage(assignments) if incident.open else incident.stage
    live = [a.unit for a in assignments if a.live]
    lead = incident.lead if incident.lead in live else next(iter(live), incident.lead)
    fell_back = stage is IncidentStage.QUEUED and incident.stage is not IncidentStage.QUEUED
    board.put_incident(
        changed(
            incident,
            assignments=assignments,
            stage=stage,
            lead=lead,
            fresh_at=entry.at if fell_back else incident.fresh_at,
            held_until=incident.held_until if stage is IncidentStage.QUEUED else 0,
            version=entry.position,
        )
    )


def put_unit(board: Board, entry: f.Entry, call_sign: str, **changes: Any) -> None:
    unit = board.units.get(call_sign)
    if unit is not None:
        board.put_unit(changed(unit, version=entry.position, **changes))
