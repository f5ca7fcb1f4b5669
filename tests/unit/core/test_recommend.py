"""Whom to send: the nearest of the first line, as the plan asks, and what each leaves uncovered."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zz110_tui.core.board import Board
from zz110_tui.core.places import Point, point
from zz110_tui.core.recommend import (
    FIRST_LINE_NEAR_S,
    KIND_PATIENCE_S,
    STALE_MS,
    Arrival,
    Doing,
    Reason,
    Travel,
    holes,
    pick,
    recommend,
    size,
)
from zz110_tui.core.rulebook import Category, IncidentType, ResponsePlan, Rulebook, TurnOut, Words
from zz110_tui.core.units import Unit, UnitKind, UnitProfile, UnitStatus

HERE = point(117.65, 24.51)
NOW = 1_700_000_000_000
PLAIN = ResponsePlan()


@dataclass(frozen=True)
class After:
    """A stand-in travel time: sure within its seconds."""

    seconds: float

    def chance_within(self, limit_s: float, /) -> float:
        return 1.0 if self.seconds <= limit_s else 0.25


def unit(call_sign: str, *, kind: UnitKind = UnitKind.PATROL_RESPONSE, grid: str = "", second: bool = False) -> Unit:
    profile = UnitProfile(call_sign, kind, "", 3, grid or f"G{call_sign}", "P", HERE, second_line=second)
    return Unit(profile, UnitStatus.FREE)


def board(*units: Unit) -> Board:
    return Board(units={u.call_sign: u for u in units})


def rules(plan: ResponsePlan = PLAIN) -> Rulebook:
    fight = IncidentType("fight", Category.PUBLIC_ORDER, Words("打架", "fight"), 2, plan=plan)
    return Rulebook({"fight": fight}, {}, {})


def travel(seconds: dict[str, float]) -> Travel:
    def time(unit: Unit, to: Point) -> Arrival | None:
        found = seconds.get(unit.call_sign)
        return None if found is None else After(found)

    return time


def names(room: Board, seconds: dict[str, float], plan: ResponsePlan = PLAIN, limit: int = 5) -> list[str]:
    return [c.unit for c in recommend(room, rules(plan), HERE, "fight", travel(seconds), NOW, limit)]


def test_the_nearest_comes_first_and_ties_go_by_call_sign() -> None:
    room = board(unit("03"), unit("01"), unit("02"), unit("04"))
    assert names(room, {"01": 200, "02": 100, "03": 100, "04": 50}) == ["04", "02", "03", "01"]


def test_only_free_units_are_candidates() -> None:
    busy = replace(unit("01"), incidents=(1,))
    off = replace(unit("02"), status=UnitStatus.OFF_DUTY)
    broken = replace(unit("03"), status=UnitStatus.OUT_OF_SERVICE)
    assert names(board(busy, off, broken, unit("04")), dict.fromkeys(("01", "02", "03", "04"), 60.0)) == ["04"]


def test_a_unit_nobody_can_time_is_left_out() -> None:
    assert names(board(unit("01"), unit("02")), {"02": 60}) == ["02"]


def test_nobody_free_means_nobody_recommended() -> None:
    assert names(board(), {}) == []


@pytest.mark.parametrize(
    ("first_line_s", "recommended"),
    [(FIRST_LINE_NEAR_S, ["01"]), (FIRST_LINE_NEAR_S + 1, ["51", "01"])],
)
def test_the_second_line_is_offered_only_when_nobody_of_the_first_is_near(
    first_line_s: float, recommended: list[str]
) -> None:
    room = board(unit("01"), unit("51", kind=UnitKind.STATION_UNIT, second=True))
    assert names(room, {"01": first_line_s, "51": 30}) == recommended


def test_the_second_line_is_offered_when_it_is_all_there_is() -> None:
    assert names(board(unit("51", second=True)), {"51": 30}) == ["51"]


def test_a_kind_the_plan_asks_for_is_preferred_while_it_is_not_much_later() -> None:
    plan = ResponsePlan((TurnOut(1, UnitKind.TRAFFIC),))
    room = board(unit("01"), unit("09", kind=UnitKind.TRAFFIC))
    assert names(room, {"01": 60, "09": 60 + KIND_PATIENCE_S}, plan) == ["09", "01"]
    assert names(room, {"01": 60, "09": 61 + KIND_PATIENCE_S}, plan) == ["01", "09"]


def test_a_plan_for_a_kind_nobody_has_sends_the_nearest() -> None:
    plan = ResponsePlan((TurnOut(1, UnitKind.DRONE),))
    assert names(board(unit("01"), unit("02")), {"01": 90, "02": 60}, plan) == ["02", "01"]


def test_a_place_for_any_kind_does_not_take_the_unit_that_a_kind_is_asked_for() -> None:
    plan = ResponsePlan((TurnOut(1), TurnOut(1, UnitKind.PLAIN_CLOTHES)))
    plain = UnitKind.PLAIN_CLOTHES
    room = board(unit("01"), unit("02"), unit("04", kind=plain), unit("05", kind=plain))
    found = recommend(room, rules(plan), HERE, "fight", travel({"01": 90, "02": 80, "04": 60, "05": 100}), NOW)
    assert set(pick(found, plan)) == {"04", "02"}
    assert [c.unit for c in found][:2] == ["04", "02"]


def test_pick_sends_as_many_as_the_turn_out_has_and_never_one_twice() -> None:
    plan = ResponsePlan((TurnOut(2),), (TurnOut(1, UnitKind.SWAT), TurnOut(1)), (TurnOut(3),))
    room = board(*(unit(f"{n:02d}") for n in range(1, 5)))
    found = recommend(room, rules(plan), HERE, "fight", travel({f"{n:02d}": n * 60.0 for n in range(1, 5)}), NOW)
    assert pick(found, plan) == ("01", "02")
    assert pick(found, plan, turn=2) == ("01", "02")
    assert pick(found, plan, turn=3) == ("01", "02", "03")
    assert pick(found, plan, turn=4) == ()
    assert pick(found[:1], plan) == ("01",)
    assert [size(plan, turn) for turn in (1, 2, 3)] == [2, 4, 7]


def test_an_unknown_type_is_sent_one_unit() -> None:
    found = recommend(board(unit("01")), rules(), HERE, "retired_type", travel({"01": 60}), NOW)
    assert [c.unit for c in found] == ["01"]


def test_limit_keeps_the_best() -> None:
    room = board(*(unit(f"{n:02d}") for n in range(1, 9)))
    assert names(room, {f"{n:02d}": 100.0 - n for n in range(1, 9)}, limit=3) == ["08", "07", "06"]


def test_every_candidate_says_its_time_its_chance_and_the_hole_it_leaves() -> None:
    room = board(unit("01", grid="G01"), unit("02", grid="G02"), unit("03", grid="G02"))
    first, second, _ = recommend(room, rules(), HERE, "fight", travel({"01": 240, "02": 400, "03": 500}), NOW)
    assert (first.seconds, first.chance_5min, first.chance_10min) == (240, 1.0, 1.0)
    assert (second.chance_5min, second.chance_10min) == (0.25, 1.0)
    assert (first.hole, second.hole) == ("G01", "")
    assert Reason.LEAVES_HOLE in first.reasons
    assert Reason.NEAREST in first.reasons
    assert Reason.NEAREST not in second.reasons


def test_a_second_line_car_neither_covers_a_grid_nor_leaves_a_hole() -> None:
    room = board(unit("01", grid="G01"), unit("51", grid="G01", second=True), unit("52", grid="G09", second=True))
    found = {c.unit: c for c in recommend(room, rules(), HERE, "fight", travel({"01": 900, "51": 60, "52": 70}), NOW)}
    assert found["01"].hole == "G01"
    assert found["52"].hole == ""
    assert found["52"].second_line
    assert Reason.SECOND_LINE in found["52"].reasons


def test_what_is_known_of_the_position_is_said() -> None:
    at_post = replace(unit("01"), position=HERE, position_at=NOW)
    away = replace(unit("02"), position=point(117.70, 24.51), position_at=NOW - STALE_MS - 1)
    assumed = unit("03")
    one, two, three = recommend(
        board(at_post, away, assumed), rules(), HERE, "fight", travel({"01": 1, "02": 2, "03": 3}), NOW
    )
    assert (one.doing, two.doing, three.doing) == (Doing.AT_POST, Doing.OUT, Doing.AT_POST)
    assert Reason.STALE_POSITION in two.reasons
    assert Reason.STALE_POSITION not in one.reasons
    assert Reason.ASSUMED_AT_POST in three.reasons


def test_holes_are_the_grids_that_only_the_leaving_units_cover() -> None:
    room = board(
        unit("01", grid="G01"),
        unit("02", grid="G02"),
        unit("03", grid="G02"),
        replace(unit("04", grid="G04"), incidents=(1,)),
        unit("51", grid="G01", second=True),
    )
    assert holes(room, ("01",)) == ("G01",)
    assert holes(room, ("02",)) == ()
    assert holes(room, ("03", "02")) == ("G02",)
    assert holes(room, ("04",)) == ()
    assert holes(room, ()) == ()


@given(
    times=st.dictionaries(st.from_regex(r"[0-9]{2}", fullmatch=True), st.floats(1, 3600), max_size=12),
    seconds=st.sets(st.from_regex(r"[0-9]{2}", fullmatch=True), max_size=5),
    counts=st.tuples(st.integers(1, 3), st.integers(1, 2)),
)
def test_the_picked_units_always_head_the_list(
    times: dict[str, float], seconds: set[str], counts: tuple[int, int]
) -> None:
    kinds = list(UnitKind)
    units = [unit(name, kind=kinds[int(name) % len(kinds)], second=name in seconds) for name in times]
    plan = ResponsePlan((TurnOut(counts[0]), TurnOut(counts[1], UnitKind.PLAIN_CLOTHES)))
    found = recommend(board(*units), rules(plan), HERE, "fight", travel(times), NOW, limit=100)
    chosen = pick(found, plan)
    assert len(chosen) == min(sum(counts), len(found))
    assert [c.unit for c in found][: len(chosen)] == list(chosen)
    rest = [c.seconds for c in found][len(chosen) :]
    assert rest == sorted(rest)
    near = any(c.seconds <= FIRST_LINE_NEAR_S and not c.second_line for c in found)
    assert not (near and any(c.second_line for c in found))
