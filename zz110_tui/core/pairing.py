"""Waiting incidents matched to free units together (统派), so that one does not take what another needs more.

Each slip's first turn-out asks for some units; a place that asks for a kind can also be taken by another, with the
patience of ``core.recommend`` added to its time. Places of a more urgent slip are served before those of a lesser one
when there are not enough units: urgency weighs more than any drive.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from zz110_tui.core.board import Board
from zz110_tui.core.commands_cover import Sending
from zz110_tui.core.incidents import Incident, IncidentStage
from zz110_tui.core.matching import least_total
from zz110_tui.core.places import Point
from zz110_tui.core.recommend import FIRST_LINE_NEAR_S, KIND_PATIENCE_S, Travel
from zz110_tui.core.rulebook import ResponsePlan, TurnOut
from zz110_tui.core.units import Unit


def pair(board: Board, travel: Travel, plan_of: Callable[[Incident], ResponsePlan]) -> tuple[Sending, ...]:
    """Units for the slips of a board that wait, the most urgent slip first; empty where nobody can be sent."""
    slips = [i for i in board.incidents.values() if _waits(i)]
    slips.sort(key=lambda i: (i.priority, i.fresh_at, i.number))
    units = [unit for unit in board.units.values() if unit.available]
    seats = [(slip, place) for slip in slips for place in _seats(slip, plan_of(slip))]
    # When there are more places than units, the first places of the most urgent slips are kept.
    seats = sorted(seats, key=lambda seat: seat[1][0])[: len(units)] if len(seats) > len(units) else seats
    if not seats or not units:
        return ()
    times = _times(slips, units, travel)
    costs = [[_cost(times[slip.number][i], place[1], unit) for i, unit in enumerate(units)] for slip, place in seats]
    found: dict[int, list[str]] = {}
    for (slip, _), who in zip(seats, least_total(costs), strict=True):
        if who is not None:
            found.setdefault(slip.number, []).append(units[who].call_sign)
    order = {slip.number: rank for rank, slip in enumerate(slips)}
    return tuple(Sending(number, tuple(found[number])) for number in sorted(found, key=order.__getitem__))


def _waits(slip: Incident) -> bool:
    return slip.stage is IncidentStage.QUEUED and not slip.held_until and slip.place.point is not None


def _seats(slip: Incident, plan: ResponsePlan) -> list[tuple[tuple[int, int, int], TurnOut]]:
    """The places of a slip's first turn-out, each with its urgency: priority, which one it is, how long it waits."""
    wanted = [turn for turn in plan.first for _ in range(turn.count)]
    wanted.sort(key=lambda turn: turn.kind is None)
    return [((slip.priority, number, slip.fresh_at), turn) for number, turn in enumerate(wanted)]


def _times(slips: list[Incident], units: list[Unit], travel: Travel) -> dict[int, list[float]]:
    """Seconds of each unit to each slip; second-line units only where nobody of the first line is near."""
    times = {}
    for slip in slips:
        point = slip.place.point
        row = [_seconds(travel, unit, point) for unit in units]
        near = any(t <= FIRST_LINE_NEAR_S and not u.profile.second_line for t, u in zip(row, units, strict=True))
        times[slip.number] = [
            math.inf if near and u.profile.second_line else t for t, u in zip(row, units, strict=True)
        ]
    return times


def _seconds(travel: Travel, unit: Unit, point: Point | None) -> float:
    arrival = travel(unit, point) if point is not None else None
    return math.inf if arrival is None else arrival.seconds


def _cost(seconds: float, place: TurnOut, unit: Unit) -> float:
    fits = place.kind is None or (unit.profile.kind is place.kind and unit.profile.crew >= place.crew)
    return seconds if fits else seconds + KIND_PATIENCE_S
