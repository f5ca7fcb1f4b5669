"""What the board has to show for a step of the tour to be possible, and when it shows that a step is done.

The tour follows the board: a step whose ground is taken away (undone, withdrawn, closed) is left for the one that lays
it, and what is there already is not asked for again.
"""

from __future__ import annotations

from collections.abc import Callable

from zz110_tui.core.alarms import AlarmKind
from zz110_tui.core.board import Board
from zz110_tui.core.incidents import Assignment, AssignmentStage, Incident, IncidentStage, ReportStage

Holds = Callable[[Board, str], bool]
"""A state of the board, looked at from a desk."""

_ON_THE_WAY = (AssignmentStage.EN_ROUTE, AssignmentStage.ON_SCENE)
_HANDLED = (IncidentStage.HANDLED, IncidentStage.FED_BACK, IncidentStage.CALLED_BACK)


def slip(board: Board) -> Incident | None:
    """The tour's slip: the newest that is not closed, else the newest of all."""
    live = [number for number, known in board.incidents.items() if known.stage is not IncidentStage.CLOSED]
    number = max(live or board.incidents, default=0)
    return board.incidents.get(number)


def _units(board: Board) -> list[Assignment]:
    known = slip(board)
    return [a for a in known.assignments if a.live] if known is not None and known.open else []


def answered(board: Board, desk: str) -> bool:
    """The desk has a call in hand."""
    calls = (report for report in board.reports.values() if report.stage is ReportStage.ANSWERED)
    return any(report.answered_desk == desk for report in calls)


def opened(board: Board, desk: str) -> bool:
    known = slip(board)
    return known is not None and known.open


def sent(board: Board, desk: str) -> bool:
    return bool(_units(board))


def signed(board: Board, desk: str) -> bool:
    return any(a.stage is not AssignmentStage.DISPATCHED for a in _units(board))


def on_the_way(board: Board, desk: str) -> bool:
    return any(a.stage in _ON_THE_WAY for a in _units(board))


def there(board: Board, desk: str) -> bool:
    return any(a.stage is AssignmentStage.ON_SCENE for a in _units(board))


def called_for_help(board: Board, desk: str) -> bool:
    return any(alarm.kind is AlarmKind.EMERGENCY for alarm in board.alarms.values())


def handled(board: Board, desk: str) -> bool:
    known = slip(board)
    return known is not None and known.stage in _HANDLED


def fed_back(board: Board, desk: str) -> bool:
    known = slip(board)
    return known is not None and known.stage in (IncidentStage.FED_BACK, IncidentStage.CALLED_BACK)


def called_back(board: Board, desk: str) -> bool:
    known = slip(board)
    return known is not None and known.stage is IncidentStage.CALLED_BACK


def closed(board: Board, desk: str) -> bool:
    known = slip(board)
    return known is not None and known.stage is IncidentStage.CLOSED


def anything(board: Board, desk: str) -> bool:
    return True
