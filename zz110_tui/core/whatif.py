"""What if: two things that could be done now, and what the next hour would look like after each. Values only.

The hour itself is simulated in ``drill.lab.hour``; a desk asks for it through a port, from whatever board it has.
"""

from __future__ import annotations

from collections.abc import Mapping

from zz110_tui.core.board import Board
from zz110_tui.core.incidents import Incident, Report, ReportStage
from zz110_tui.core.places import Point
from zz110_tui.core.records import dataclass
from zz110_tui.core.statistics import Interval
from zz110_tui.core.units import Unit, UnitStatus

RUNS = 200
"""How often the hour is simulated for each alternative."""
HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to do now: ``units`` are sent to ``incident``; or the one unit moves to the post ``post`` at ``point``;
    or, without units, nobody does anything yet."""

    units: tuple[str, ...] = ()
    incident: int = 0
    post: str = ""
    point: Point | None = None

    @property
    def moves(self) -> bool:
        return self.point is not None


@dataclass(frozen=True, slots=True)
class Situation:
    """As much of a board as decides the next hour, at ``now`` (UTC ms)."""

    now: int
    units: tuple[Unit, ...]
    incidents: tuple[Incident, ...]
    reports: tuple[Report, ...]
    next_incident: int


@dataclass(frozen=True, slots=True)
class Question:
    """Two alternatives from one situation. ``incident`` is whose arrival is looked at, 0 for none. ``clock`` is
    ``received`` or ``dispatched``: by which arrivals count as late. ``load`` is times the usual number of calls. The
    same question has the same answer."""

    situation: Situation
    options: tuple[Option, Option]
    incident: int = 0
    seed: int = 0
    runs: int = RUNS
    clock: str = "received"
    load: float = 1.0


@dataclass(frozen=True, slots=True)
class Arrivals:
    """When the first unit is at the incident, in seconds from now, over the runs in which somebody came at all
    (``came``, a share from 0 to 1): the median, and what one in ten undercuts and exceeds. The chances (0 to 1) count
    from when the incident was received."""

    came: float
    median_s: float
    low_s: float
    high_s: float
    within_5: float
    within_10: float


@dataclass(frozen=True, slots=True)
class Side:
    """What the hour looks like after one alternative. ``late_5`` and ``late_10`` are arrivals over 5 and 10 minutes,
    ``uncovered`` the minutes each grid is without cover; ``arrivals`` None where no incident was asked about."""

    arrivals: Arrivals | None
    late_5: Interval
    late_10: Interval
    uncovered: Mapping[str, float]

    @property
    def uncovered_minutes(self) -> float:
        return sum(self.uncovered.values())


@dataclass(frozen=True, slots=True)
class Forecast:
    """Both sides, and the second less the first, run by run, with intervals of 95 %: ``late_5`` and ``late_10`` in
    arrivals, ``uncovered`` in minutes over all grids, ``arrival_s`` in seconds over the runs in which somebody came
    either way (None where there are none). ``took_s`` is the wall time."""

    question: Question
    sides: tuple[Side, Side]
    late_5: Interval
    late_10: Interval
    uncovered: Interval
    arrival_s: Interval | None
    took_s: float = 0.0


def sure(difference: Interval) -> int:
    """-1 where a difference is surely below 0, 1 where it is surely above, 0 where the interval holds 0."""
    if difference.low is None or difference.high is None or difference.low <= 0.0 <= difference.high:
        return 0
    return -1 if difference.high < 0 else 1


def situation_of(board: Board, now: int) -> Situation:
    """What of a board goes into the question: units on duty, open incidents, calls that have not ended."""
    return Situation(
        now,
        tuple(u for _, u in sorted(board.units.items()) if u.status is UnitStatus.FREE),
        tuple(i for _, i in sorted(board.incidents.items()) if i.open),
        tuple(r for _, r in sorted(board.reports.items()) if r.stage is not ReportStage.ENDED),
        board.next_incident,
    )
