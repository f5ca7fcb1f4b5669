"""The headline rate: how many of today's incidents were reached within five minutes."""

from __future__ import annotations

from datetime import datetime

from zz110_tui.core.board import Board
from zz110_tui.core.incidents import ENTERED_IN_ERROR, INVALID, LINKED, NUISANCE, Incident
from zz110_tui.core.statistics import Rate, rate_of
from zz110_tui.language.scene import zone

FIVE_MINUTES = 300_000
_NOT_COUNTED = (LINKED, ENTERED_IN_ERROR, INVALID, NUISANCE)
"""As in ``core.figures``: these were not incidents of their own."""


def day_start(now: int, timezone: str) -> int:
    """Midnight of the room's day (UTC ms)."""
    here = datetime.fromtimestamp(now / 1000, zone(timezone))
    return int(here.replace(hour=0, minute=0, second=0, microsecond=0).timestamp() * 1000)


def month_start(now: int, timezone: str) -> int:
    """Midnight of the first of the room's month (UTC ms)."""
    here = datetime.fromtimestamp(now / 1000, zone(timezone))
    return int(here.replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp() * 1000)


def five_minute_rate(board: Board, since: int, now: int, headline_clock: str) -> Rate:
    """Of the incidents received from ``since`` on: those whose first unit arrived within five minutes of the headline
    clock; those entered from paper are counted apart. One that is open, past five minutes and still without a unit on
    scene counts as late already."""
    hits = count = 0
    for incident in board.incidents.values():
        from_paper = board.was_caught_up(incident.number)
        if incident.received_at < since or incident.disposition in _NOT_COUNTED or from_paper:
            continue
        start = _start(incident, headline_clock)
        arrived = min((a.on_scene_at for a in incident.assignments if a.on_scene_at), default=0)
        if arrived:
            count += 1
            hits += arrived - start <= FIVE_MINUTES
        elif incident.open and start and now - start > FIVE_MINUTES:
            count += 1
    return rate_of(hits, count)


def _start(incident: Incident, headline_clock: str) -> int:
    if headline_clock == "dispatched":
        return min((a.dispatched_at for a in incident.assignments if a.dispatched_at), default=0)
    return incident.received_at
