"""Fill-in (补位叠加): at most one free unit proposed to move, where that closes a hole before it is missed.

A small pure function, so that a drill, a desk and the laboratory ask the same one. It proposes; a person sends.
Measured in performance.md: the radius is the target less one minute, because a hole has to be closed for calls that
take the whole target; and nobody moves for less than a threshold, which is higher at night, when crews rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zz110_tui.core.board import Board
from zz110_tui.core.coverage import Cover, Ground, Reach, cover_of
from zz110_tui.core.incidents import IncidentStage
from zz110_tui.core.places import Point
from zz110_tui.core.rulebook import FillInRules
from zz110_tui.core.units import UnitProfile

SAME_GAIN = 1e-9


@dataclass(frozen=True, slots=True)
class StandingPlace:
    """Where a unit may be told to stand: a post of the city (停靠点)."""

    id: str
    name: str
    point: Point
    grid: str = ""


@dataclass(frozen=True, slots=True)
class FillIn:
    """One proposed move: ``unit`` leaves the post ``leaves`` for ``place``. ``before`` and ``after`` are the shares of
    all calls (0 to 1) that free units reach within ``radius_s``; ``grid`` gains the most."""

    unit: str
    leaves: str
    place: StandingPlace
    before: float
    after: float
    grid: str
    radius_s: float

    @property
    def gain(self) -> float:
        return self.after - self.before


def waiting(board: Board) -> bool:
    """Whether a slip waits for a unit: then nobody is moved for calls that have not come."""
    return any(i.stage is IncidentStage.QUEUED and not i.held_until for i in board.incidents.values())


def propose(
    board: Board, ground: Ground, reach: Reach, places: Sequence[StandingPlace], rules: FillInRules, hour: int
) -> FillIn | None:
    """The one move that gains the most cover, or None: when nobody gains enough, a slip waits for a unit, or nobody is
    free. Of moves with the same gain the one of the unit named first, to the post named first."""
    if not rules.on or not places or waiting(board):
        return None
    now = cover_of(board, ground, reach, rules.radius_s)
    profiles = {call_sign: board.units[call_sign].profile for call_sign in now.reached}
    return best_move(now, profiles, reach, places, rules, hour)


def best_move(
    now: Cover,
    profiles: Mapping[str, UnitProfile],
    reach: Reach,
    places: Sequence[StandingPlace],
    rules: FillInRules,
    hour: int,
) -> FillIn | None:
    """The same for whoever has no board: ``profiles`` of the units whose cover ``now`` is."""
    ground = now.ground
    best: FillIn | None = None
    before = now.share
    least = rules.threshold(hour)
    for call_sign in sorted(now.reached):
        profile = profiles[call_sign]
        alone = now.only(call_sign)
        lost = ground.weight(alone)
        # What is covered without the unit; a place it could take is worth what is not in here.
        rest = now.once & ~alone
        for place in places:
            if place.point == profile.post_point:
                continue
            fresh = reach(place.point, profile.kind, rules.radius_s) & ~rest
            if not fresh:
                continue
            gain = ground.weight(fresh) - lost
            if gain < least or (best is not None and gain <= best.gain + SAME_GAIN):
                continue
            gained = fresh & ~alone
            best = FillIn(call_sign, profile.post, place, before, before + gain, _most(now, gained), rules.radius_s)
    return best


def _most(now: Cover, gained: int) -> str:
    """The grid that the places gained weigh most in."""
    ground = now.ground
    weights = ((ground.weight(gained & mask), grid) for grid, mask in ground.masks.items() if gained & mask)
    return max(weights, key=lambda pair: (pair[0], pair[1]), default=(0.0, ""))[1]


def free_places(places: Iterable[StandingPlace], board: Board) -> tuple[StandingPlace, ...]:
    """The posts where nobody free stands: two units at one post are one too many."""
    taken = {unit.profile.post_point for unit in board.units.values() if unit.available}
    return tuple(place for place in places if place.point not in taken)
