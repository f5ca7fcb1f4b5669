"""What will be late next: deadlines that come within some minutes, and waiting slips that nobody can reach in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zz110_tui.core.alarms import AlarmKind, Subject, of_incident, of_report
from zz110_tui.core.board import Board
from zz110_tui.core.deadlines import Deadline, deadlines_of
from zz110_tui.core.incidents import Incident, IncidentStage, ReportStage
from zz110_tui.core.recommend import Travel
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.core.units import Unit

AHEAD_MS = 600_000
IN_TIME_MS = 300_000
"""The promise of the service: somebody there within five minutes."""
MOST_RECKONED = 30
"""Waiting slips whose arrivals are reckoned, the most urgent first: a desk in a storm has no time for more."""

_NOT_LATE = (AlarmKind.NOTICE_END,)
"""What ends by itself and is nobody's delay."""


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """A waiting slip that no free unit reaches by ``due`` (UTC ms). ``unit`` would be there first, at ``at``; empty
    and 0 where nobody is free."""

    incident: int
    priority: int
    due: int
    unit: str
    at: int


def coming(board: Board, rules: Rulebook, now: int, ahead_ms: int = AHEAD_MS) -> tuple[Deadline, ...]:
    """The deadlines that pass within ``ahead_ms`` of ``now``, the first of them first."""
    found = (
        deadline
        for subject in _open(board)
        for deadline in deadlines_of(board, subject, rules)
        if now < deadline.due <= now + ahead_ms and deadline.cause.kind not in _NOT_LATE
    )
    return tuple(sorted(found, key=lambda d: (d.due, d.cause.priority, d.cause.key)))


def _open(board: Board) -> Iterator[Subject]:
    yield from (of_report(r.number) for r in board.reports.values() if r.stage is not ReportStage.ENDED)
    yield from (of_incident(i.number) for i in board.incidents.values() if i.stage is not IncidentStage.CLOSED)
    yield from (matter.subject for matter in board.matters.values() if matter.open)


def out_of_reach(board: Board, travel: Travel, now: int, headline_clock: str = "received") -> tuple[OutOfReach, ...]:
    """Of the slips that wait for their first unit and are not over their five minutes yet: those that nobody free
    reaches in time, the most urgent first. On the clock from dispatch five minutes begin when somebody is sent. Where
    no arrival can be reckoned, nothing is claimed."""
    free = [unit for unit in board.units.values() if unit.available]
    waiting = sorted(
        (i for i in board.incidents.values() if _waits(i)), key=lambda i: (i.priority, i.received_at, i.number)
    )
    made = []
    for incident in waiting[:MOST_RECKONED]:
        due = (incident.received_at if headline_clock == "received" else now) + IN_TIME_MS
        first = _first(free, incident, travel, now)
        if due <= now or (first is None and free):
            continue
        if first is None:
            made.append(OutOfReach(incident.number, incident.priority, due, "", 0))
        elif first[0] > due:
            made.append(OutOfReach(incident.number, incident.priority, due, first[1], first[0]))
    return tuple(made)


def _waits(incident: Incident) -> bool:
    return incident.stage is IncidentStage.QUEUED and not incident.held_until and incident.place.point is not None


def _first(free: list[Unit], incident: Incident, travel: Travel, now: int) -> tuple[int, str] | None:
    """When the first of them would be there (UTC ms), and who that is."""
    point = incident.place.point
    if point is None:
        return None
    arrivals = ((unit, travel(unit, point)) for unit in free)
    return min(((now + round(a.seconds * 1000), u.call_sign) for u, a in arrivals if a is not None), default=None)
