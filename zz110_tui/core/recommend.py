"""Whom to send, and what it costs: every unit that could go, by expected arrival, as the response plan prefers them.

A recommendation proposes; a person sends (product.md). First-line units come before second-line ones, which are offered
only when nobody of the first line is near (派出所二线车). Units on a lesser incident and those about to be free stand
below the free ones: they are never filled in, only shown. The hole a unit leaves is a column and never a reason to send
another: coverage-aware dispatch makes more calls late (performance.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from typing import Protocol

from zz110_tui.core.board import Board
from zz110_tui.core.coverage import Cover, GridLoss
from zz110_tui.core.incidents import Assignment, AssignmentStage, Incident
from zz110_tui.core.places import Point, distance_m
from zz110_tui.core.records import dataclass
from zz110_tui.core.rulebook import ResponsePlan, Rulebook, TurnOut
from zz110_tui.core.units import Unit, UnitKind, UnitStatus, whereabouts
from zz110_tui.core.values import changed
from zz110_tui.core.workload import NOTHING, Worked

FIRST_LINE_NEAR_S = 360.0
"""Second-line units are offered only when no first-line unit is expected within this time."""
KIND_PATIENCE_S = 180.0
"""A unit of the kind the plan asks for is preferred while it comes at most this much later than the nearest of all."""
AT_POST_M = 150.0
STALE_MS = 300_000
"""A position older than this is a guess, and the candidate says so."""
USUAL_SCENE_S = 1_500.0
"""How long a unit usually works on a scene (25 minutes) where nobody says better."""
SOON_S = 600.0
"""A unit on a scene is about to be free when it is expected to be done within this time."""
LEAST_LEFT_S = 120.0
"""A unit that is over its usual time is expected to need two more minutes: it has not cleared yet."""
TIRED_MS = 4 * 3_600_000
"""Four hours of work in one turn: somebody else's turn, if there is anybody else."""


class Arrival(Protocol):
    """A travel time: ``seconds`` is the median; ``gis.travel.Estimate`` is one."""

    @property
    def seconds(self) -> float: ...

    def chance_within(self, limit_s: float, /) -> float: ...


Travel = Callable[[Unit, Point], Arrival | None]
"""How long a unit needs to a point from where it is now; None where nobody can say."""


class Doing(StrEnum):
    """What a unit is doing that could be sent. The first two are free; the others are busy."""

    AT_POST = "at_post"
    OUT = "out"
    LESSER = "lesser"
    SOON_FREE = "soon_free"


class Reason(StrEnum):
    """Why a candidate stands where it stands, or what to know before sending it."""

    NEAREST = "nearest"
    PLAN_KIND = "plan_kind"
    SECOND_LINE = "second_line"
    LEAVES_HOLE = "leaves_hole"
    STALE_POSITION = "stale_position"
    ASSUMED_AT_POST = "assumed_at_post"
    NO_ROAD = "no_road"
    OWN_GRID = "own_grid"
    NEIGHBOUR = "neighbour"
    SMALL_CREW = "small_crew"
    WORKED_MUCH = "worked_much"
    TO_PRE_EMPT = "to_pre_empt"
    TO_STACK = "to_stack"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known around an incident. Each part may be missing, and its columns are then empty.

    ``priority`` of the incident (1 to 4): with it, units on lesser incidents and units about to be free are listed too.
    ``hour`` is local. ``cover`` is what the free units cover now. ``worked`` is what each unit has done this turn.
    """

    priority: int = 0
    grid: str = ""
    hour: int = -1
    cover: Cover | None = None
    worked: Mapping[str, Worked] = field(default_factory=dict)
    usual_scene_s: float = USUAL_SCENE_S


UNKNOWN = Circumstances()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that could be sent. Chances run from 0 to 1, times are in seconds from now.

    ``low`` and ``high`` are the times that one arrival in ten undercuts and exceeds. ``hole`` is the home grid that
    would have no free first-line unit of its own left, empty if there is none. ``lost`` is the share of all calls that
    nobody free reaches in time any more when the unit leaves, ``losses`` the grids it is lost in. ``incident`` is what
    a busy unit works on (0: it is free), ``free_in`` when it is expected to be done with it; its arrival counts from
    now, so that it has waited for that already. ``worked`` is what it has done this turn.
    """

    unit: str
    kind: UnitKind
    seconds: float
    chance_5min: float
    chance_10min: float
    doing: Doing
    hole: str
    second_line: bool
    reasons: tuple[Reason, ...]
    low: float = 0.0
    high: float = 0.0
    crew: int = 0
    incident: int = 0
    free_in: float = 0.0
    worked: Worked = NOTHING
    lost: float = 0.0
    losses: tuple[GridLoss, ...] = ()

    @property
    def free(self) -> bool:
        """It can be sent without leaving or waiting for anything."""
        return self.incident == 0


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What a turn-out asks for and the candidates do not have: ``found`` of ``wanted`` units of a kind (None: any),
    with at least ``crew`` people."""

    kind: UnitKind | None
    crew: int
    wanted: int
    found: int


def recommend(
    board: Board,
    rules: Rulebook,
    point: Point,
    type_code: str,
    travel: Travel,
    now: int,
    limit: int = 5,
    around: Circumstances = UNKNOWN,
) -> tuple[Candidate, ...]:
    """Units for an incident of a type at a point, best first: those the plan's first turn-out takes, then the other
    free ones by expected arrival, then the busy ones that could be had.

    ``now`` in UTC ms. Empty when nobody could be sent, or nobody can say how long any would take.
    """
    free = [unit for unit in board.units.values() if unit.available]
    arrivals = _arrivals(free, point, travel)
    plan = rules.plan_for(type_code, around.priority, around.grid, around.hour)
    wanted = {turn.kind: turn.crew for turn in plan.first if turn.kind is not None}
    homes = Counter(unit.profile.home_grid for unit in free if not unit.profile.second_line)
    ranked = [
        _candidate(unit, arrival, nearest=i == 0, wanted=wanted, homes=homes, around=around, now=now)
        for i, (unit, arrival) in enumerate(arrivals)
    ]
    first = pick(ranked, plan)
    by_name = {candidate.unit: candidate for candidate in ranked}
    rest = [candidate for candidate in ranked if candidate.unit not in first]
    busy = _busy(board, point, travel, wanted, around, now) if around.priority else ()
    chosen = [*(by_name[unit] for unit in first), *rest, *busy][:limit]
    return tuple(_with_losses(candidate, around.cover) for candidate in chosen)


def pick(candidates: Iterable[Candidate], plan: ResponsePlan, turn: int = 1) -> tuple[str, ...]:
    """The call signs a turn-out would send (``turn`` 1, 2 or 3), from the free candidates; fewer when there are not
    enough.

    Where the plan asks for a kind, one of that kind (and crew) is taken unless it comes :data:`KIND_PATIENCE_S` later
    than the nearest of any kind; then, and where there is none, the nearest takes its place.
    """
    left = sorted((c for c in candidates if c.free), key=lambda candidate: (candidate.seconds, candidate.unit))
    chosen: list[str] = []
    # Places that ask for a kind choose first, so that a place open to any kind does not take the only fitting unit.
    for place in sorted(_places(plan, turn), key=lambda wanted: (wanted.kind is None, -wanted.crew)):
        if not left:
            break
        taken = next((c for c in left if _fits(c, place) and c.seconds <= left[0].seconds + KIND_PATIENCE_S), left[0])
        chosen.append(taken.unit)
        left.remove(taken)
    return tuple(chosen)


def _fits(candidate: Candidate, place: TurnOut) -> bool:
    return (place.kind is None or candidate.kind is place.kind) and candidate.crew >= place.crew


def shortfalls(candidates: Iterable[Candidate], plan: ResponsePlan, turn: int = 1) -> tuple[Shortfall, ...]:
    """What a turn-out asks for and the free candidates do not have, in the order of the plan."""
    left = [c for c in candidates if c.free]
    missing = []
    turns = _turn(plan, turn)
    for wanted in sorted(turns, key=lambda t: (t.kind is None, -t.crew)):
        fitting = [c for c in left if _fits(c, wanted)][: wanted.count]
        left = [c for c in left if c not in fitting]
        if len(fitting) < wanted.count:
            missing.append(Shortfall(wanted.kind, wanted.crew, wanted.count, len(fitting)))
    return tuple(missing)


def size(plan: ResponsePlan, turn: int = 1) -> int:
    """How many units the turn-outs up to and including ``turn`` send."""
    return sum(turn_out.count for number in range(1, turn + 1) for turn_out in _turn(plan, number))


def holes(board: Board, leaving: Iterable[str]) -> tuple[str, ...]:
    """The home grids that have a free first-line unit of their own now and would have none once these units leave."""
    gone = frozenset(leaving)
    free = [unit for unit in board.units.values() if unit.available and not unit.profile.second_line]
    kept = {unit.profile.home_grid for unit in free if unit.call_sign not in gone}
    return tuple(dict.fromkeys(u.profile.home_grid for u in free if u.profile.home_grid not in kept))


def _turn(plan: ResponsePlan, turn: int) -> Sequence[TurnOut]:
    return {1: plan.first, 2: plan.second, 3: plan.third}.get(turn, ())


def _places(plan: ResponsePlan, turn: int) -> list[TurnOut]:
    return [turn_out for turn_out in _turn(plan, turn) for _ in range(turn_out.count)]


def _arrivals(free: Iterable[Unit], point: Point, travel: Travel) -> list[tuple[Unit, Arrival]]:
    """By expected arrival, ties by call sign; the second line only when nobody of the first is near."""
    timed = []
    for unit in free:
        arrival = travel(unit, point)
        if arrival is not None:
            timed.append((unit, arrival))
    timed.sort(key=lambda pair: (pair[1].seconds, pair[0].call_sign))
    near = any(a.seconds <= FIRST_LINE_NEAR_S for unit, a in timed if not unit.profile.second_line)
    return [pair for pair in timed if not (near and pair[0].profile.second_line)]


# -- one candidate -----------------------------------------------------------------------------------------------------


def _candidate(
    unit: Unit,
    arrival: Arrival,
    *,
    nearest: bool,
    wanted: Mapping[UnitKind, int],
    homes: Counter[str],
    around: Circumstances,
    now: int,
) -> Candidate:
    where, assumed = whereabouts(unit, now)
    profile = unit.profile
    hole = profile.home_grid if not profile.second_line and homes[profile.home_grid] == 1 else ""
    reasons = [
        (Reason.NEAREST, nearest),
        *_known(unit, wanted, around),
        (Reason.LEAVES_HOLE, bool(hole)),
        (Reason.STALE_POSITION, not assumed and now - unit.position_at > STALE_MS),
        (Reason.ASSUMED_AT_POST, assumed),
        (Reason.NO_ROAD, _guessed(arrival)),
    ]
    at_post = distance_m(where, profile.post_point) <= AT_POST_M
    low, high = _spread(arrival)
    return Candidate(
        unit=unit.call_sign,
        kind=profile.kind,
        seconds=arrival.seconds,
        chance_5min=arrival.chance_within(300.0),
        chance_10min=arrival.chance_within(600.0),
        doing=Doing.AT_POST if at_post else Doing.OUT,
        hole=hole,
        second_line=profile.second_line,
        reasons=tuple(reason for reason, holds in reasons if holds),
        low=low,
        high=high,
        crew=profile.crew,
        worked=around.worked.get(unit.call_sign, NOTHING),
    )


def _known(unit: Unit, wanted: Mapping[UnitKind, int], around: Circumstances) -> list[tuple[Reason, bool]]:
    """What is to be said of a unit whether it is free or not."""
    profile, cover = unit.profile, around.cover
    fits = profile.kind in wanted and profile.crew >= wanted[profile.kind]
    near = cover.ground.neighbours.get(around.grid, ()) if cover is not None and around.grid else ()
    return [
        (Reason.PLAN_KIND, fits),
        (Reason.SMALL_CREW, profile.kind in wanted and not fits),
        (Reason.SECOND_LINE, profile.second_line),
        (Reason.OWN_GRID, bool(around.grid) and profile.home_grid == around.grid),
        (Reason.NEIGHBOUR, profile.home_grid in near),
        (Reason.WORKED_MUCH, around.worked.get(unit.call_sign, NOTHING).busy_ms >= TIRED_MS),
    ]


def _guessed(arrival: Arrival) -> bool:
    """Whether no road is known for the way, and its time is the straight line's."""
    return bool(getattr(arrival, "no_road", False))


def _spread(arrival: Arrival) -> tuple[float, float]:
    """The times that one arrival in ten undercuts and exceeds; the median itself where nobody knows a spread."""
    at = getattr(arrival, "at_quantile", None)
    return (float(at(-TENTH)), float(at(TENTH))) if at is not None else (arrival.seconds, arrival.seconds)


TENTH = 1.2816
"""The standard normal value that one in ten exceeds."""


def _with_losses(candidate: Candidate, cover: Cover | None) -> Candidate:
    """With the hole the unit leaves: only for those that are shown, because it costs the most."""
    if cover is None or candidate.unit not in cover.reached or not candidate.free:
        return candidate
    return changed(candidate, lost=cover.loss(candidate.unit), losses=cover.losses((candidate.unit,)))


# -- busy ones ---------------------------------------------------------------------------------------------------------


def _busy(
    board: Board, point: Point, travel: Travel, wanted: Mapping[UnitKind, int], around: Circumstances, now: int
) -> list[Candidate]:
    """Units on a lesser incident, which may be left, and units that are about to be free; by expected arrival."""
    found = []
    for unit in board.units.values():
        if not unit.incidents or unit.status is not UnitStatus.FREE:
            continue
        incident = board.incidents.get(unit.incidents[0])
        assignment = incident.assignment(unit.call_sign) if incident is not None else None
        if incident is None or assignment is None or len(unit.incidents) > 1:
            continue
        lesser = incident.priority > around.priority
        free_in = _left_s(assignment, around.usual_scene_s, now)
        if not lesser and free_in > SOON_S:
            continue
        arrival = travel(unit, point)
        if arrival is not None:
            wait = 0.0 if lesser else free_in
            found.append(_busy_candidate(unit, incident, arrival, wait, wanted, around, lesser=lesser))
    found.sort(key=lambda c: (c.seconds, c.unit))
    return found


def _left_s(a: Assignment, usual_s: float, now: int) -> float:
    """How long a unit is expected to be busy yet (seconds): what is left of the usual time on the scene."""
    if a.stage is not AssignmentStage.ON_SCENE:
        return usual_s
    return max(LEAST_LEFT_S, usual_s - (now - a.on_scene_at) / 1000)


def _busy_candidate(
    unit: Unit,
    incident: Incident,
    arrival: Arrival,
    wait: float,
    wanted: Mapping[UnitKind, int],
    around: Circumstances,
    *,
    lesser: bool,
) -> Candidate:
    low, high = _spread(arrival)
    reasons = [
        *_known(unit, wanted, around),
        (Reason.NO_ROAD, _guessed(arrival)),
        (Reason.TO_PRE_EMPT, lesser),
        (Reason.TO_STACK, not lesser),
    ]
    return Candidate(
        unit=unit.call_sign,
        kind=unit.profile.kind,
        seconds=wait + arrival.seconds,
        chance_5min=arrival.chance_within(300.0 - wait) if wait < 300.0 else 0.0,
        chance_10min=arrival.chance_within(600.0 - wait) if wait < 600.0 else 0.0,
        doing=Doing.LESSER if lesser else Doing.SOON_FREE,
        hole="",
        second_line=unit.profile.second_line,
        reasons=tuple(reason for reason, holds in reasons if holds),
        low=wait + low,
        high=wait + high,
        crew=unit.profile.crew,
        incident=incident.number,
        free_in=wait,
        worked=around.worked.get(unit.call_sign, NOTHING),
    )
