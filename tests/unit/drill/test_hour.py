"""What if: the next hour from a board is the same for a seed, changes nothing, and tells one thing from another."""

from __future__ import annotations

import pytest

from tests.support.scenes import Desk, city, rulebook
from zz110_tui.core import commands as c
from zz110_tui.core.incidents import AssignmentStage
from zz110_tui.core.places import distance_m
from zz110_tui.core.units import UnitStatus
from zz110_tui.core.whatif import Forecast, Option, Question, situation_of, sure
from zz110_tui.drill.lab.hour import foresee
from zz110_tui.drill.profile import Chances, load_profile
from zz110_tui.drill.world import travel_in

RUNS = 30


def fight(desk: Desk, where: str = "胜利路x延安路") -> int:
    number = desk.board.next_incident
    desk.do(desk.command(f"n 打架 @{where}"))
    return number


def forecast(desk: Desk, first: Option, second: Option, incident: int = 0, seed: int = 1, runs: int = RUNS) -> Forecast:
    question = Question(situation_of(desk.board, desk.now), (first, second), incident, seed=seed, runs=runs)
    found = foresee(question, city(), rulebook(), Chances(load_profile(), rulebook()), travel_in(city()))
    assert found is not None
    return found


def measured(found: Forecast) -> tuple[object, ...]:
    return found.sides, found.late_5, found.late_10, found.uncovered, found.arrival_s


def expected_s(desk: Desk, unit: str, number: int) -> float:
    travel, point = desk.scene().arrivals(), desk.board.incidents[number].place.point
    assert travel is not None
    assert point is not None
    arrival = travel(desk.board.units[unit], point)
    assert arrival is not None
    return arrival.seconds


def ranked(desk: Desk, number: int) -> list[str]:
    """The first line by who would be there first, second, …, last."""
    first_line = (u.call_sign for u in desk.board.units.values() if not u.profile.second_line)
    return sorted(first_line, key=lambda unit: (expected_s(desk, unit, number), unit))


@pytest.fixture(scope="module")
def room() -> Desk:
    """A slip that waits, one unit on its way to another, and one at work on a third."""
    desk = Desk()
    first, second = fight(desk, "漳州一中"), fight(desk, "南山寺")
    for number, stages in ((first, (AssignmentStage.EN_ROUTE,)), (second, (AssignmentStage.ON_SCENE,))):
        unit = ranked(desk, number)[0]
        desk.do(c.Dispatch(number, (unit,)))
        for stage in stages:
            desk.do(c.Advance((unit,), stage))
    fight(desk)
    return desk


def test_the_same_question_has_the_same_answer_and_another_seed_another(room: Desk) -> None:
    near, far, *_ = [u for u in ranked(room, 3) if room.board.units[u].available]
    one, two = Option((near,), 3), Option((far,), 3)
    assert measured(forecast(room, one, two, 3)) == measured(forecast(room, one, two, 3))
    assert measured(forecast(room, one, two, 3)) != measured(forecast(room, one, two, 3, seed=2))


def test_nothing_on_the_board_is_changed(room: Desk) -> None:
    before = room.board.image()
    forecast(room, Option((ranked(room, 3)[-1],), 3), Option(), 3)
    assert room.board.image() == before


def test_the_same_thing_twice_makes_no_difference_at_all(room: Desk) -> None:
    option = Option((ranked(room, 3)[-1],), 3)
    found = forecast(room, option, option, 3)
    assert found.sides[0] == found.sides[1]
    for difference in (found.late_5, found.late_10, found.uncovered, found.arrival_s):
        assert difference is not None
        assert (difference.mean, difference.low, difference.high) == (0, 0, 0)
        assert sure(difference) == 0


def test_the_farther_unit_comes_later_by_what_the_travel_model_says(room: Desk) -> None:
    free = [unit for unit in ranked(room, 3) if room.board.units[unit].available]
    found = forecast(room, Option((free[0],), 3), Option((free[-1],), 3), 3)
    a, b = (side.arrivals for side in found.sides)
    expected = [expected_s(room, unit, 3) for unit in (free[0], free[-1])]
    assert a is not None
    assert b is not None
    assert a.median_s == pytest.approx(expected[0], rel=0.2)
    assert b.median_s == pytest.approx(expected[1], rel=0.2)
    assert found.arrival_s is not None
    assert sure(found.arrival_s) == 1
    assert a.within_5 >= b.within_5


def test_who_is_sent_last_leaves_the_others_free_and_the_hour_shows_the_hole() -> None:
    """With two units on duty, to send both instead of one leaves nobody for an hour's calls."""
    desk = Desk()
    number = fight(desk)
    near, next_, *others = ranked(desk, number)
    second_line = [u.call_sign for u in desk.board.units.values() if u.profile.second_line]
    desk.do(c.SetStatus((*others, *second_line), UnitStatus.OFF_DUTY, "演练"))
    found = forecast(desk, Option((near,), number), Option((near, next_), number), number)
    assert sure(found.uncovered) == 1
    assert found.sides[0].uncovered_minutes < found.sides[1].uncovered_minutes <= 60 * len(city().grids)


def test_a_question_can_be_given_up(room: Desk) -> None:
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 3

    question = Question(situation_of(room.board, room.now), (Option(), Option()))
    chances = Chances(load_profile(), rulebook())
    assert foresee(question, city(), rulebook(), chances, travel_in(city()), stop=stop) is None
    assert len(asked) == 4


def test_where_the_only_unit_stands_decides_what_is_covered() -> None:
    desk = Desk()
    unit, *others = (u.call_sign for u in desk.board.units.values())
    desk.do(c.SetStatus(tuple(others), UnitStatus.OFF_DUTY, "演练"))
    here = desk.board.units[unit].profile.post_point
    far = max(city().posts, key=lambda post: distance_m(here, post.point))
    found = forecast(desk, Option(), Option((unit,), post=far.id, point=far.point))
    assert found.sides[0].arrivals is None
    assert found.arrival_s is None
    assert sure(found.uncovered) != 0
    home, away = (side.uncovered for side in found.sides)
    assert away[far.grid] < home[far.grid]
