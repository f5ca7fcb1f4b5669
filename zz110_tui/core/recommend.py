"""Whom to send: free units by expected arrival, as the response plan prefers them, and what each leaves uncovered.

A recommendation proposes; a person sends (product.md). First-line units come before second-line ones, which are offered
only when nobody of the first line is near (派出所二线车).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from zz110_tui.core.board import Board
from zz110_tui.core.places import Point, distance_m
from zz110_tui.core.rulebook import ResponsePlan, Rulebook, TurnOut
from zz110_tui.core.units import Unit, UnitKind, whereabouts

FIRST_LINE_NEAR_S = 360.0
"""Second-line units are offered only when no first-line unit is expected within this time."""
KIND_PATIENCE_S = 180.0
"""A unit of the kind the plan asks for is preferred while it comes at most this much later than the nearest of all."""
AT_POST_M = 150.0
STALE_MS = 300_000
"""A position older than this is a guess, and the candidate says so."""


class Arrival(Protocol):
    """A travel time: ``seconds`` is the median; ``gis.travel.Estimate`` is one."""

    @property
    def seconds(self) -> float: ...

    def chance_within(self, limit_s: float, /) -> float: ...


Travel = Callable[[Unit, Point], Arrival | None]
"""How long a unit needs to a point from where it is now; None where nobody can say."""


class Doing(StrEnum):
    """What a free unit is doing."""

    AT_POST = "at_post"
    OUT = "out"


class Reason(StrEnum):
    """Why a candidate stands where it stands, or what to know before sending it."""

    NEAREST = "nearest"
    PLAN_KIND = "plan_kind"
    SECOND_LINE = "second_line"
    LEAVES_HOLE = "leaves_hole"
    STALE_POSITION = "stale_position"
    ASSUMED_AT_POST = "assumed_at_post"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A free unit that could be sent. Chances run from 0 to 1.

    ``hole`` is the home grid that would have no free first-line unit of its own left, empty if there is none.
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


def recommend(
    board: Board, rules: Rulebook, point: Point, type_code: str, travel: Travel, now: int, limit: int = 5
) -> tuple[Candidate, ...]:
    """Free units for an incident of a type at a point, best first: those the plan's first turn-out takes, then the rest
    by expected arrival.

    ``now`` in UTC ms. Empty when no unit is free, or nobody can say how long any would take.
    """
    free = [unit for unit in board.units.values() if unit.available]
    arrivals = _arrivals(free, point, travel)
    kind = rules.types.get(type_code)
    plan = kind.plan if kind is not None else ResponsePlan()
    wanted = {turn.kind for turn in plan.first if turn.kind is not None}
    cover = Counter(unit.profile.home_grid for unit in free if not unit.profile.second_line)
    ranked = [
        _candidate(unit, arrival, nearest=i == 0, wanted=wanted, cover=cover, now=now)
        for i, (unit, arrival) in enumerate(arrivals)
    ]
    first = pick(ranked, plan)
    by_name = {candidate.unit: candidate for candidate in ranked}
    rest = [candidate for candidate in ranked if candidate.unit not in first]
    return tuple([*(by_name[unit] for unit in first), *rest][:limit])


def pick(candidates: Iterable[Candidate], plan: ResponsePlan, turn: int = 1) -> tuple[str, ...]:
    """The call signs a turn-out would send (``turn`` 1, 2 or 3), from candidates; fewer when there are not enough.

    Where the plan asks for a kind, one of that kind is taken unless it comes :data:`KIND_PATIENCE_S` later than the
    nearest of any kind; then, and where there is none, the nearest takes its place.
    """
    left = sorted(candidates, key=lambda candidate: (candidate.seconds, candidate.unit))
    chosen: list[str] = []
    # Places that ask for a kind choose first, so that a place open to any kind does not take the only fitting unit.
    for place in sorted(_places(plan, turn), key=lambda kind: kind is None):
        if not left:
            break
        taken = next((c for c in left if c.kind is place and c.seconds <= left[0].seconds + KIND_PATIENCE_S), left[0])
        chosen.append(taken.unit)
        left.remove(taken)
    return tuple(chosen)


def size(plan: ResponsePlan, turn: int = 1) -> int:
    """How many units the turn-outs up to and including ``turn`` send."""
    return sum(len(_places(plan, number)) for number in range(1, turn + 1))


def holes(board: Board, leaving: Iterable[str]) -> tuple[str, ...]:
    """The home grids that have a free first-line unit of their own now and would have none once these units leave."""
    gone = frozenset(leaving)
    free = [unit for unit in board.units.values() if unit.available and not unit.profile.second_line]
    kept = {unit.profile.home_grid for unit in free if unit.call_sign not in gone}
    return tuple(dict.fromkeys(u.profile.home_grid for u in free if u.profile.home_grid not in kept))


def _places(plan: ResponsePlan, turn: int) -> list[UnitKind | None]:
    turn_outs: tuple[TurnOut, ...] = {1: plan.first, 2: plan.second, 3: plan.third}.get(turn, ())
    return [turn_out.kind for turn_out in turn_outs for _ in range(turn_out.count)]


def _arrivals(free: list[Unit], point: Point, travel: Travel) -> list[tuple[Unit, Arrival]]:
    """By expected arrival, ties by call sign; the second line only when nobody of the first is near."""
    timed = []
    for unit in free:
        arrival = travel(unit, point)
        if arrival is not None:
            timed.append((unit, arrival))
    timed.sort(key=lambda pair: (pair[1].seconds, pair[0].call_sign))
    near = any(a.seconds <= FIRST_LINE_NEAR_S for unit, a in timed if not unit.profile.second_line)
    return [pair for pair in timed if not (near and pair[0].profile.second_line)]


def _candidate(
    unit: Unit,
    arrival: Arrival,
    *,
    nearest: bool,
    wanted: set[UnitKind],
    cover: Counter[str],
    now: int,
) -> Candidate:
    where, assumed = whereabouts(unit, now)
    profile = unit.profile
    hole = profile.home_grid if not profile.second_line and cover[profile.home_grid] == 1 else ""
    reasons = [
        (Reason.NEAREST, nearest),
        (Reason.PLAN_KIND, profile.kind in wanted),
        (Reason.SECOND_LINE, profile.second_line),
        (Reason.LEAVES_HOLE, bool(hole)),
        (Reason.STALE_POSITION, not assumed and now - unit.position_at > STALE_MS),
        (Reason.ASSUMED_AT_POST, assumed),
    ]
    at_post = distance_m(where, profile.post_point) <= AT_POST_M
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
    )
