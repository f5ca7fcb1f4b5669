"""The headline rate: how many of today's incidents were reached within five minutes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from zz110_tui.core.board import Board
from zz110_tui.core.incidents import Incident
from zz110_tui.language.scene import zone

FIVE_MINUTES = 300_000
Z95 = 1.959964
"""Standard normal quantile for a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Rate:
    """``hits`` out of ``count``, with Wilson's 95 % interval."""

    hits: int
    count: int

    @property
    def share(self) -> float:
        return self.hits / self.count if self.count else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson score interval (1927); from 0 to 1."""
        n = self.count
        if not n:
            return 0.0, 1.0
        centre = self.share + Z95 * Z95 / (2 * n)
        half = Z95 * math.sqrt(self.share * (1 - self.share) / n + Z95 * Z95 / (4 * n * n))
        whole = 1 + Z95 * Z95 / n
        return max(0.0, (centre - half) / whole), min(1.0, (centre + half) / whole)


def day_start(now: int, timezone: str) -> int:
    """Midnight of the room's day (UTC ms)."""
    here = datetime.fromtimestamp(now / 1000, zone(timezone))
    return int(here.replace(hour=0, minute=0, second=0, microsecond=0).timestamp() * 1000)


def five_minute_rate(board: Board, since: int, now: int, headline_clock: str) -> Rate:
    """Of the incidents received from ``since`` on: those whose first unit arrived within five minutes of the headline
    clock. One that is open, past five minutes and still without a unit on scene counts as late already."""
    hits = count = 0
    for incident in board.incidents.values():
        if incident.received_at < since or incident.linked_to:
            continue
        start = _start(incident, headline_clock)
        arrived = min((a.on_scene_at for a in incident.assignments if a.on_scene_at), default=0)
        if arrived:
            count += 1
            hits += arrived - start <= FIVE_MINUTES
        elif incident.open and start and now - start > FIVE_MINUTES:
            count += 1
    return Rate(hits, count)


def _start(incident: Incident, headline_clock: str) -> int:
    if headline_clock == "dispatched":
        return min((a.dispatched_at for a in incident.assignments if a.dispatched_at), default=0)
    return incident.received_at
