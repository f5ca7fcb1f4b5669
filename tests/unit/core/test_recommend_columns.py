"""The columns beside the arrival: work done, who is fresh, grids that lose cover, busy units, neighbours, crews."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from zz110_tui.core.board import Board
from zz110_tui.core.coverage import Ground, cover_of
from zz110_tui.core.incidents import Assignment, AssignmentStage, Incident
from zz110_tui.core.places import Place, Point, point
from zz110_tui.core.recommend import (
    LEAST_LEFT_S,
    SOON_S,
    TIRED_MS,
    USUAL_SCENE_S,
    Arrival,
    Candidate,
    Circumstances,
    Doing,
    Reason,
    Shortfall,
    pick,
    recommend,
    shortfalls,
)
from zz110_tui.core.rulebook import Category, IncidentType, ResponsePlan, Rulebook, TurnOut, Words
from zz110_tui.core.units import Unit, UnitKind, UnitProfile, UnitStatus
from zz110_tui.core.workload import Worked

HERE = point(117.65, 24.51)
NOW = 1_700_000_000_000
MINUTE = 60_000


@dataclass(frozen=True)
class After:
    """A time with a spread: a tenth of all arrivals below half of it, a tenth above twice."""

    seconds: float

    def chance_within(self, limit_s: float, /) -> float:
        return 1.0 if self.seconds <= limit_s else 0.0

    def at_quantile(self, z: float) -> float:
        return self.seconds * (2.0 if z > 0 else 0.5)


def unit(
    call_sign: str, *, kind: UnitKind = UnitKind.PATROL_RESPONSE, grid: str = "G01", crew: int = 3, x: float = 0.0
) -> Unit:
    where = point(HERE.lon + x, HERE.lat)
    return Unit(UnitProfile(call_sign, kind, "", crew, grid, "P", where), UnitStatus.FREE)


def found(
    units: list[Unit],
    seconds: dict[str, float],
    around: Circumstances,
    *,
    plan: ResponsePlan | None = None,
    incidents: tuple[Incident, ...] = (),
) -> dict[str, Candidate]:
    board = Board(units={u.call_sign: u for u in units}, incidents={i.number: i for i in incidents})
    fight = IncidentType("fight", Category.PUBLIC_ORDER, Words("打架", "fight"), 2, plan=plan or ResponsePlan())

    def travel(who: Unit, to: Point) -> Arrival:
        return After(seconds[who.call_sign])

    chosen = recommend(board, Rulebook({"fight": fight}, {}, {}), HERE, "fight", travel, NOW, 20, around)
    return {candidate.unit: candidate for candidate in chosen}


def busy_on(call_sign: str, priority: int, stage: AssignmentStage, minutes_there: float = 0) -> tuple[Unit, Incident]:
    there = round(NOW - minutes_there * MINUTE)
    work = Assignment(unit=call_sign, stage=stage, dispatched_at=there, on_scene_at=there)
    slip = Incident(
        number=7, type="fight", priority=priority, place=Place("x", HERE), text="", received_at=0, opened_at=0,
        fresh_at=0, assignments=(work,),
    )  # fmt: skip
    return replace(unit(call_sign), incidents=(7,)), slip


def test_what_each_has_done_this_turn_stands_beside_it_and_long_work_is_a_reason() -> None:
    worked = {"01": Worked(3, TIRED_MS), "02": Worked(9, TIRED_MS - 1)}
    some = found([unit("01"), unit("02"), unit("03")], {"01": 60, "02": 70, "03": 80}, Circumstances(worked=worked))
    assert [some[name].worked.sent for name in ("01", "02", "03")] == [3, 9, 0]
    assert [Reason.WORKED_MUCH in some[name].reasons for name in ("01", "02", "03")] == [True, False, False]
    assert list(some) == ["01", "02", "03"], "it is said, and changes no order"


def test_the_hole_is_what_nobody_else_reaches_and_never_changes_the_order() -> None:
    units = [unit("01", grid="G01"), unit("02", grid="G02", x=0.1), unit("03", grid="G02", x=0.1)]
    ground = Ground([0.5, 0.3, 0.2], ["G01", "G01", "G02"], {"G01": ("G02",)})
    board = Board(units={u.call_sign: u for u in units})
    cover = cover_of(board, ground, lambda where, kind, radius: 0b011 if where == HERE else 0b100, 300.0)
    some = found(units, {"01": 60, "02": 70, "03": 80}, Circumstances(cover=cover))
    assert list(some) == ["01", "02", "03"]
    assert some["01"].lost == pytest.approx(0.8)
    assert [(loss.grid, loss.before, loss.after) for loss in some["01"].losses] == [("G01", 1.0, 0.0)]
    assert (some["02"].lost, some["02"].losses) == (0.0, ()), "03 reaches the same"


def test_own_grid_and_neighbours_help_are_said() -> None:
    ground = Ground([1.0], ["G01"], {"G01": ("G02",)})
    units = [unit("01", grid="G01"), unit("02", grid="G02"), unit("03", grid="G03")]
    cover = cover_of(Board(units={}), ground, lambda where, kind, radius: 0, 300.0)
    some = found(units, {"01": 60, "02": 70, "03": 80}, Circumstances(grid="G01", cover=cover))
    assert Reason.OWN_GRID in some["01"].reasons
    assert Reason.NEIGHBOUR in some["02"].reasons
    assert not {Reason.OWN_GRID, Reason.NEIGHBOUR} & set(some["03"].reasons)


def test_a_unit_on_a_lesser_incident_can_be_had_at_once_and_stands_below_the_free_ones() -> None:
    busy, slip = busy_on("01", 3, AssignmentStage.EN_ROUTE)
    some = found([busy, unit("02")], {"01": 10, "02": 500}, Circumstances(priority=1), incidents=(slip,))
    assert list(some) == ["02", "01"]
    lesser = some["01"]
    assert (lesser.doing, lesser.incident, lesser.seconds, lesser.free_in) == (Doing.LESSER, 7, 10, 0)
    assert Reason.TO_PRE_EMPT in lesser.reasons
    assert pick(some.values(), ResponsePlan((TurnOut(2),))) == ("02",), "nobody busy is sent by itself"


@pytest.mark.parametrize("priority", [1, 2])
def test_a_unit_is_not_taken_from_an_incident_as_urgent(priority: int) -> None:
    busy, slip = busy_on("01", priority, AssignmentStage.EN_ROUTE)
    assert found([busy], {"01": 10}, Circumstances(priority=2), incidents=(slip,)) == {}


def test_a_unit_about_to_be_free_comes_when_it_is_done() -> None:
    done_in = SOON_S - 60
    busy, slip = busy_on("01", 1, AssignmentStage.ON_SCENE, (USUAL_SCENE_S - done_in) / 60)
    (soon,) = found([busy], {"01": 50}, Circumstances(priority=1), incidents=(slip,)).values()
    assert (soon.doing, soon.seconds, soon.free_in) == (Doing.SOON_FREE, done_in + 50, done_in)
    assert (soon.chance_5min, soon.chance_10min) == (0.0, 1.0)
    assert Reason.TO_STACK in soon.reasons
    busy, slip = busy_on("01", 1, AssignmentStage.ON_SCENE, (USUAL_SCENE_S - SOON_S - 60) / 60)
    assert found([busy], {"01": 50}, Circumstances(priority=1), incidents=(slip,)) == {}
    busy, slip = busy_on("01", 1, AssignmentStage.ON_SCENE, 300)
    (late,) = found([busy], {"01": 50}, Circumstances(priority=1), incidents=(slip,)).values()
    assert late.free_in == LEAST_LEFT_S, "over its usual time it has not cleared yet"


def test_busy_units_are_listed_only_where_the_priority_is_known() -> None:
    busy, slip = busy_on("01", 4, AssignmentStage.EN_ROUTE)
    assert found([busy], {"01": 10}, Circumstances(), incidents=(slip,)) == {}


def test_the_range_is_what_eight_in_ten_fall_into() -> None:
    (only,) = found([unit("01")], {"01": 100}, Circumstances()).values()
    assert (only.low, only.high) == (50, 200)


def test_crews_that_are_too_small_are_said_and_missed_by_the_plan() -> None:
    squad = UnitKind.ASSAULT_SQUAD
    plan = ResponsePlan((TurnOut(2, squad, 8), TurnOut(1)))
    units = [unit("06", kind=squad, crew=6), unit("08", kind=squad, crew=8), unit("01")]
    some = found(units, {"06": 10, "08": 20, "01": 30}, Circumstances(), plan=plan)
    assert Reason.SMALL_CREW in some["06"].reasons
    assert Reason.PLAN_KIND not in some["06"].reasons
    assert Reason.PLAN_KIND in some["08"].reasons
    assert not {Reason.SMALL_CREW, Reason.PLAN_KIND} & set(some["01"].reasons)
    assert shortfalls(some.values(), plan) == (Shortfall(squad, 8, 2, 1),)
