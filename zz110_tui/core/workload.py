"""How much each unit has worked this turn: the columns "fatigue" and "fairness" of a recommendation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zz110_tui.core.board import Board
from zz110_tui.core.incidents import AssignmentStage

TURN_MS = 8 * 3_600_000
"""A turn of duty (轮次) where no roster says otherwise."""


@dataclass(frozen=True, slots=True)
class Worked:
    """What a unit has done: how often it was sent, and how long it was busy (milliseconds)."""

    sent: int = 0
    busy_ms: int = 0


NOTHING = Worked()


def worked(board: Board, since: int, now: int) -> Mapping[str, Worked]:
    """What each unit has done on the incidents of the live board between two times (UTC ms); units that have done
    nothing are left out. Slips that have left the board are not counted: they are older than a turn."""
    sent: dict[str, int] = {}
    busy: dict[str, int] = {}
    for incident in board.incidents.values():
        for a in incident.assignments:
            if a.stage is AssignmentStage.STACKED or (a.over and a.ended_at <= since):
                continue
            if a.dispatched_at >= since:
                sent[a.unit] = sent.get(a.unit, 0) + 1
            begun, ended = max(a.dispatched_at, since), a.ended_at if a.over else now
            busy[a.unit] = busy.get(a.unit, 0) + max(0, min(ended, now) - begun)
    return {unit: Worked(sent.get(unit, 0), busy.get(unit, 0)) for unit in {*sent, *busy}}
