"""Cover: who is reached in time by somebody free, and what a unit takes away by leaving."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zz110_tui.core.board import Board
from zz110_tui.core.coverage import GridLoss, Ground, cover, cover_of
from zz110_tui.core.places import Point, point
from zz110_tui.core.units import Unit, UnitKind, UnitProfile, UnitStatus

POST = point(117.65, 24.51)


def unit(call_sign: str, **more: object) -> Unit:
    profile = UnitProfile(call_sign, UnitKind.PATROL_RESPONSE, "", 3, "G01", "P01", POST)
    return Unit(replace(profile, **more), UnitStatus.FREE)  # type: ignore[arg-type]


# Four places: two of grid A (weights 3 and 1), one of B (4), one of no grid (2).
GROUND = Ground((3, 1, 4, 2), ("A", "A", "B", ""), {"A": ("B",)})


def test_weights_are_shares_of_all_calls() -> None:
    assert GROUND.weight(0b1111) == pytest.approx(1.0)
    assert GROUND.weight(0b0001) == pytest.approx(0.3)
    assert GROUND.weight(0) == 0.0
    assert GROUND.grid_weights == pytest.approx({"A": 0.4, "B": 0.4})
    assert GROUND.everywhere == 0b1111


def test_cover_counts_each_place_once() -> None:
    both = cover(GROUND, {"01": 0b0011, "02": 0b0110})
    assert both.share == pytest.approx(0.8)
    assert both.once == 0b0111
    assert both.twice == 0b0010


def test_a_unit_takes_away_what_nobody_else_reaches() -> None:
    both = cover(GROUND, {"01": 0b0011, "02": 0b0110})
    assert both.only("01") == 0b0001
    assert both.loss("01") == pytest.approx(0.3)
    (loss,) = both.losses(("01",))
    assert (loss.grid, loss.before, loss.after) == ("A", 1.0, pytest.approx(0.25))
    assert both.losses(("01", "02")) == (
        GridLoss("A", 1.0, 0.0),
        GridLoss("B", 1.0, 0.0),
    )
    assert both.losses(("99",)) == ()


def test_holes_are_grids_with_too_little_cover_the_worst_first() -> None:
    one = cover(GROUND, {"01": 0b0010})
    assert [(g.grid, round(g.share, 3)) for g in one.holes()] == [("B", 0.0), ("A", 0.25)]
    assert [g.grid for g in one.holes(below=0.2)] == ["B"]
    assert [g.grid for g in one.by_grid()] == ["A", "B"]


def test_only_free_first_line_units_cover_from_where_they_stand() -> None:
    asked: list[tuple[Point, UnitKind, float]] = []

    def reach(at: Point, kind: UnitKind, seconds: float) -> int:
        asked.append((at, kind, seconds))
        return 0b1111

    far = point(117.7, 24.6)
    units = [
        replace(unit("01"), position=far, position_at=1),
        replace(unit("02"), incidents=(1,)),
        unit("51", second_line=True),
        replace(unit("03"), status=UnitStatus.OFF_DUTY),
    ]
    found = cover_of(Board(units={u.call_sign: u for u in units}), GROUND, reach, 240)
    assert set(found.reached) == {"01"}
    assert asked == [(POST, UnitKind.PATROL_RESPONSE, 240)]


def test_ground_of_unequal_lists_is_refused() -> None:
    with pytest.raises(ValueError, match="length"):
        Ground((1,), ())


@given(
    weights=st.lists(st.integers(1, 9), min_size=1, max_size=30),
    seed=st.lists(st.integers(0, 2**30 - 1), min_size=1, max_size=5),
)
def test_cover_is_what_counting_place_by_place_gives(weights: list[int], seed: list[int]) -> None:
    whole = (1 << len(weights)) - 1
    reached = {f"{i:02d}": mask & whole for i, mask in enumerate(seed)}
    found = cover(Ground(weights, ["G"] * len(weights)), reached)
    sets = {name: {i for i in range(len(weights)) if mask >> i & 1} for name, mask in reached.items()}
    everybody = set().union(*sets.values())
    assert found.share == pytest.approx(sum(weights[i] for i in everybody) / sum(weights))
    for name, mine in sets.items():
        others = set().union(*(s for other, s in sets.items() if other != name))
        assert found.loss(name) == pytest.approx(sum(weights[i] for i in mine - others) / sum(weights))
