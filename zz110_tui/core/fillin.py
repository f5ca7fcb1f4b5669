"""Fill-in (补位叠加): at most one free unit proposed to move, where that closes a hole before it is missed.

A small pure function, so that a drill, a desk and the laboratory ask the same one. It proposes; a person sends.

What counts is the share of calls that is expected to be late: for each place the chance that the best free unit needs
longer than the target less a minute (a minute is gone before anybody is sent). Whether a place is inside a circle or
not would be a poorer guide: it pulls units from the places where most calls come from (docs/lab.md has the figures).
Nobody moves for less than a threshold, which is higher at night, when crews rest; a unit away from its own post goes
back as soon as that makes nothing worse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from zz110_tui.core.board import Board
from zz110_tui.core.incidents import IncidentStage
from zz110_tui.core.places import Point
from zz110_tui.core.records import dataclass
from zz110_tui.core.rulebook import FillInRules
from zz110_tui.core.units import UnitKind

SAME_GAIN = 1e-9


class Standing(NamedTuple):
    """A free unit and where it stands, or is going to stand."""

    unit: str
    point: Point
    kind: UnitKind


class Outlook(Protocol):
    """What to expect of calls while some units stand where they stand. Shares of all calls, 0 to 1."""

    @property
    def late(self) -> float:
        """The share expected to be late."""

    def added(self, places: Sequence[Point]) -> Sequence[float]:
        """The same if one unit more stood at each of some places, one of those that drive fastest: no move can do
        better."""

    def moved(self, number: int, place: Point) -> float:
        """The same if the unit of that number (its place in what was given) stood at a place instead."""

    def grid(self, number: int, place: Point) -> str:
        """The grid that gains the most by that move."""


Outlooks = Callable[[Sequence[Standing], int, float], Outlook]
"""Of units at a local hour, for calls that have to be reached within some seconds of sending."""


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
    all calls (0 to 1) that free units can be expected to reach within ``radius_s``; ``grid`` gains the most. ``home``
    is true for a unit that goes back to its own post."""

    unit: str
    leaves: str
    place: StandingPlace
    before: float
    after: float
    grid: str
    radius_s: float
    home: bool = False

    @property
    def gain(self) -> float:
        return self.after - self.before


def waiting(board: Board) -> bool:
    """Whether a slip waits for a unit: then nobody is moved for calls that have not come."""
    return any(i.stage is IncidentStage.QUEUED and not i.held_until for i in board.incidents.values())


def propose(
    board: Board,
    outlooks: Outlooks,
    places: Sequence[StandingPlace],
    own: Mapping[str, Point],
    rules: FillInRules,
    hour: int,
) -> FillIn | None:
    """The one move that is worth the most, or None: when nobody gains enough, a slip waits for a unit, or nobody is
    free. ``places`` are posts where nobody free stands, ``own`` the post of each unit by the city pack."""
    if not rules.on or not places or waiting(board):
        return None
    free = sorted(u.call_sign for u in board.units.values() if u.available and not u.profile.second_line)
    profiles = [board.units[call_sign].profile for call_sign in free]
    standing = [Standing(p.call_sign, p.post_point, p.kind) for p in profiles]
    found = best_move(standing, outlooks, places, own, rules, hour)
    if found is None:
        return None
    number, place, outlook, after = found
    unit = standing[number].unit
    home = own.get(unit) == place.point
    grid = outlook.grid(number, place.point)
    return FillIn(unit, profiles[number].post, place, 1 - outlook.late, 1 - after, grid, rules.radius_s, home)


def best_move(
    standing: Sequence[Standing],
    outlooks: Outlooks,
    places: Sequence[StandingPlace],
    own: Mapping[str, Point],
    rules: FillInRules,
    hour: int,
) -> tuple[int, StandingPlace, Outlook, float] | None:
    """The number of the unit that moves, where to, the outlook before, and the late share after; for whoever has no
    board. Of moves worth the same, going home, and then that of the unit named first."""
    if not standing or not places:
        return None
    outlook, least = outlooks(standing, hour, rules.radius_s), rules.threshold(hour)
    points = [place.point for place in places]
    best: tuple[int, StandingPlace, float] | None = None
    most = -SAME_GAIN
    at: dict[Point, StandingPlace] | None = None
    for number, unit in enumerate(standing):
        mine = own.get(unit.unit)
        if mine is None or mine is unit.point or mine == unit.point:
            continue
        at = at if at is not None else dict(zip(points, places, strict=True))
        if (home := at.get(mine)) is not None:
            # Going home has to gain nothing.
            after = outlook.moved(number, mine)
            if outlook.late - after > most + SAME_GAIN:
                most, best = outlook.late - after, (number, home, after)
    # The most that anybody could gain at each post, the best first: hardly any is worth a closer look.
    bounds = sorted(zip(outlook.added(points), range(len(places)), strict=True))
    for late, which in bounds:
        if outlook.late - late - least <= most + SAME_GAIN:
            break
        for number in range(len(standing)):
            after = outlook.moved(number, points[which])
            if outlook.late - after - least > most + SAME_GAIN:
                most, best = outlook.late - after - least, (number, places[which], after)
    return None if best is None else (best[0], best[1], outlook, best[2])


def free_places(places: Iterable[StandingPlace], board: Board) -> tuple[StandingPlace, ...]:
    """The posts where nobody free stands: two units at one post are one too many."""
    taken = {unit.profile.post_point for unit in board.units.values() if unit.available}
    return tuple(place for place in places if place.point not in taken)
