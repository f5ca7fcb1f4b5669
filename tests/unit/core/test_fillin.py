"""Fill-in: one free unit moves where that gains enough, never while a slip waits, and nobody is moved for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from zz110_tui.core.board import Board
from zz110_tui.core.fillin import FillIn, Standing, StandingPlace, free_places, propose
from zz110_tui.core.incidents import Incident, IncidentStage
from zz110_tui.core.places import Place, Point, point
from zz110_tui.core.rulebook import FillInRules
from zz110_tui.core.units import Unit, UnitKind, UnitProfile, UnitStatus

# A line of ten equal places, 1 km apart; a unit reaches its own and the next on both sides.
LINE = [point(117.0 + i * 0.01, 24.5) for i in range(10)]
POSTS = tuple(StandingPlace(f"P{i}", f"post {i}", where) for i, where in enumerate(LINE))
RULES = FillInRules(least_gain=0.15, night_gain=0.25)
NOON = 12


class Line:
    """The outlook of the line: a place that nobody reaches is late, every other is not."""

    def __init__(self, standing: Sequence[Standing], hour: int = NOON, within_s: float = 240.0) -> None:
        self._stand = [LINE.index(unit.point) for unit in standing]
        self.late = late(self._stand)

    def added(self, places: Sequence[Point]) -> list[float]:
        return [late([*self._stand, LINE.index(place)]) for place in places]

    def _after(self, number: int, place: Point) -> list[int]:
        return [LINE.index(place) if i == number else at for i, at in enumerate(self._stand)]

    def moved(self, number: int, place: Point) -> float:
        return late(self._after(number, place))

    def grid(self, number: int, place: Point) -> str:
        return f"G{LINE.index(place) // 2}"


def reached(stand: Sequence[int]) -> set[int]:
    return {j for i in stand for j in (i - 1, i, i + 1) if 0 <= j < 10}


def late(stand: Sequence[int]) -> float:
    return 1 - len(reached(stand)) / 10


def board(*stand: int, busy: tuple[int, ...] = (), waits: bool = False) -> Board:
    units = {}
    for number, i in enumerate(stand, 1):
        sign = f"{number:02d}"
        profile = UnitProfile(sign, UnitKind.PATROL_RESPONSE, "", 3, f"G{i // 2}", f"P{i}", LINE[i])
        units[sign] = Unit(profile, UnitStatus.FREE, incidents=(9,) if number in busy else ())
    slips = {7: Incident(7, "fight", 2, Place("x"), 0, 0, 0)} if waits else {}
    return Board(units=units, incidents=slips)


def best(room: Board, rules: FillInRules = RULES, hour: int = NOON) -> FillIn | None:
    return propose(room, Line, free_places(POSTS, room), {}, rules, hour)


def test_the_move_that_gains_the_most_is_proposed() -> None:
    # 01 at 1 and 02 at 2 overlap; 6 to 9 have nobody.
    found = best(board(1, 2))
    assert found is not None
    assert (found.unit, found.leaves, found.place.id) == ("01", "P1", "P5")
    assert (found.before, found.after) == (pytest.approx(0.4), pytest.approx(0.6))
    assert found.gain == pytest.approx(0.2)


def test_who_is_busy_is_not_moved_and_covers_nothing() -> None:
    found = best(board(1, 4, 7, busy=(3,)))
    assert found is None or found.unit in ("01", "02")


def test_nobody_moves_when_nobody_can_gain() -> None:
    assert best(board(1, 4, 7)) is None
    assert best(board()) is None
    assert best(board(1, busy=(1,))) is None


def test_nobody_moves_for_less_than_the_threshold() -> None:
    assert best(board(0, 4, 7)) is None, "a gain of 0.1 is less than 0.15"
    found = best(board(0, 4, 7), replace(RULES, least_gain=0.05))
    assert found is not None
    assert (found.unit, found.place.id) == ("01", "P1")


@pytest.mark.parametrize(("hour", "moves"), [(23, True), (0, False), (5, False), (6, True)])
def test_at_night_a_move_has_to_gain_more(hour: int, moves: bool) -> None:
    assert (best(board(1, 2), RULES, hour) is not None) is moves


def test_a_night_over_midnight() -> None:
    rules = FillInRules(night_from=22, night_to=5, least_gain=0.1, night_gain=0.5)
    assert [rules.threshold(hour) for hour in (21, 22, 0, 4, 5)] == [0.1, 0.5, 0.5, 0.5, 0.1]


def test_nobody_moves_while_a_slip_waits_unless_it_is_on_hold() -> None:
    room = board(1, 2, waits=True)
    assert best(room) is None
    room.put_incident(replace(room.incidents[7], held_until=1))
    assert best(room) is not None
    room.put_incident(replace(room.incidents[7], held_until=0, stage=IncidentStage.ON_SCENE))
    assert best(room) is not None


def test_it_can_be_turned_off() -> None:
    assert best(board(1, 2), replace(RULES, on=False)) is None


def test_a_post_where_somebody_free_stands_is_taken() -> None:
    room = board(5, 2, busy=(1,))
    assert "P5" in {place.id for place in free_places(POSTS, room)}
    assert "P2" not in {place.id for place in free_places(POSTS, room)}


def test_after_the_move_there_is_nothing_left_to_gain() -> None:
    room = board(1, 2)
    found = best(room)
    assert found is not None
    unit = room.units[found.unit]
    profile = replace(unit.profile, post=found.place.id, post_point=found.place.point)
    room.put_unit(replace(unit, profile=profile))
    assert best(room) is None


def test_no_single_move_is_better_than_the_one_proposed() -> None:
    for stand in [(0, 1, 2), (3, 3, 8), (9, 9), (0, 5, 9), (1, 2, 3, 4)]:
        room = board(*stand)
        rules = FillInRules(least_gain=1e-6)
        found = best(room, rules)
        now = late(stand)
        gains = [
            (now - late((*stand[:i], j, *stand[i + 1 :])), i, j)
            for i in range(len(stand))
            for j in range(10)
            if j not in stand
        ]
        most = max(gain for gain, _, _ in gains)
        assert (found.gain if found else 0.0) == pytest.approx(max(0.0, most))


def test_a_unit_goes_back_to_its_own_post_as_soon_as_that_makes_nothing_worse() -> None:
    own = {"01": LINE[1], "02": LINE[7]}
    # 01 filled in at 4 while 02, whose post is 7, was busy; now 02 is back, and 1 has nobody.
    found = propose(board(5, 7), Line, free_places(POSTS, board(5, 7)), own, RULES, NOON)
    assert found is not None
    assert (found.unit, found.place.id, found.home) == ("01", "P1", True)
    # Where its own post gains less than it leaves, it stays.
    away = board(4)
    assert propose(away, Line, free_places(POSTS, away), {"01": LINE[0]}, RULES, NOON) is None
