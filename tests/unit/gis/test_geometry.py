"""Areas, lines and the frame in metres."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.cities import FRAME, at, square, zhangzhou
from zz110_tui.core.places import Point, distance_m, point
from zz110_tui.gis.geometry import Area, along, box_of, distance_to_line, frame_around, length_m

OFFSETS = st.floats(-15_000, 15_000)


@given(OFFSETS, OFFSETS, OFFSETS, OFFSETS)
def test_the_frame_agrees_with_the_great_circle(x1: float, y1: float, x2: float, y2: float) -> None:
    a, b = FRAME.at(x1, y1), FRAME.at(x2, y2)
    flat = ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5
    assert flat == pytest.approx(distance_m(a, b), rel=0.002, abs=0.3)


def test_an_area_holds_its_inside_and_not_its_hole() -> None:
    outer, hole = square(0, 0, 1000, 1000).rings[0], square(400, 400, 600, 600).rings[0]
    ring = Area(((outer, hole),))
    assert ring.holds(at(100, 100))
    assert not ring.holds(at(500, 500))
    assert not ring.holds(at(-1, 500))
    assert ring.square_metres(FRAME) == pytest.approx(1_000_000 - 40_000, rel=1e-4)


@given(st.integers(1, 9), st.integers(1, 9))
def test_a_point_on_a_shared_border_belongs_to_exactly_one_side(i: int, j: int) -> None:
    """A tiling of four squares whose inner borders are hit exactly."""
    tiles = [square(x, y, x + 500, y + 500) for x in (0, 500) for y in (0, 500)]
    spot = at(i * 100, j * 100)
    assert sum(tile.holds(spot) for tile in tiles) == 1


def test_every_demand_point_of_zhangzhou_is_in_exactly_one_grid() -> None:
    city = zhangzhou()
    for spot in city.demand.points:
        assert [grid.id for grid in city.grids if grid.area.holds(spot.point)] == [spot.grid]


def test_along_a_line() -> None:
    line = (at(0, 0), at(300, 0), at(300, 100))
    assert length_m(line, FRAME) == pytest.approx(400, abs=0.3)
    assert distance_m(along(line, 0.5, FRAME), at(200, 0)) < 0.3
    assert distance_m(along(line, 0.875, FRAME), at(300, 50)) < 0.3
    assert along(line, -1, FRAME) == line[0]
    assert distance_m(along(line, 2, FRAME), line[-1]) < 0.3


def test_distance_to_a_line_is_to_its_nearest_part() -> None:
    line = (at(0, 0), at(1000, 0))
    assert distance_to_line(at(500, 40), line, FRAME) == pytest.approx(40, abs=0.3)
    assert distance_to_line(at(1030, 40), line, FRAME) == pytest.approx(50, abs=0.3)


def test_a_box_needs_points() -> None:
    box = box_of([Point(1, 2), Point(3, 0)])
    assert (box.west, box.south, box.east, box.north) == (1, 0, 3, 2)
    assert box.middle == Point(2, 1)
    with pytest.raises(ValueError, match="no points"):
        box_of([])


def test_a_frame_at_sixty_degrees_halves_the_east() -> None:
    frame = frame_around(point(10, 60))
    assert frame.east_m == pytest.approx(frame.north_m / 2, rel=1e-9)
