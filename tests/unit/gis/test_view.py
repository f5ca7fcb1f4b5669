"""Windows on the map: fit, zoom, pan, rulers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.cities import at, square_city, zhangzhou
from zz110_tui.core.places import distance_m
from zz110_tui.gis.view import CLOSEST_M, FARTHEST_M, View, fit, go_to, pan, resize, rulers, scale_words, zoom

CITY = square_city()
SIZES = st.tuples(st.integers(10, 200), st.integers(5, 80))


@given(SIZES)
def test_a_fitted_view_shows_the_whole_outline(size: tuple[int, int]) -> None:
    view = fit(zhangzhou().outline, *size)
    assert all(view.cell_of(p) is not None for p in zhangzhou().outline.rings[0])


@given(SIZES, st.data())
def test_a_cell_shows_its_own_middle(size: tuple[int, int], data: st.DataObject) -> None:
    view = fit(CITY.outline, *size)
    row, col = data.draw(st.integers(0, view.rows - 1)), data.draw(st.integers(0, view.cols - 1))
    assert view.cell_of(view.point_of(row, col)) == (row, col)


def test_a_row_is_twice_a_column() -> None:
    view = View(at(0, 0), 100, 20, 10)
    assert view.cell_of(at(50, -50)) == (5, 10)
    assert view.cell_of(at(150, -150)) == (5, 11)
    assert view.cell_of(at(50, -250)) == (6, 10)
    assert view.cell_of(at(-1050, 0)) is None
    assert view.cell_of(at(0, 1050)) is None


def test_zooming_about_a_point_keeps_it_in_its_cell() -> None:
    view = fit(CITY.outline, 81, 41)
    corner = view.point_of(5, 60)
    closer = zoom(view, 2, corner)
    assert closer.metres_per_col == pytest.approx(view.metres_per_col / 2)
    assert closer.cell_of(corner) == (5, 60)
    assert zoom(view, 2).centre == view.centre


def test_zoom_ends_somewhere() -> None:
    view = fit(CITY.outline, 80, 40)
    assert zoom(view, 1e9).metres_per_col == CLOSEST_M
    assert zoom(view, 1e-9).metres_per_col == FARTHEST_M


def test_panning_there_and_back_is_where_it_was() -> None:
    view = fit(CITY.outline, 80, 40)
    moved = pan(view, 10, -5)
    assert moved.cell_of(view.point_of(20, 40)) == (25, 30)
    assert distance_m(pan(moved, -10, 5).centre, view.centre) < 1


def test_going_to_a_place_puts_it_in_the_middle() -> None:
    view = go_to(View(at(0, 0), 10, 21, 11), at(300, 300))
    assert view.cell_of(at(300, 300)) == (5, 10)
    assert resize(view, 41, 21).cell_of(at(300, 300)) == (10, 20)


def test_rulers_name_the_map_cells_over_their_middles() -> None:
    view = fit(CITY.outline, 84, 42)
    top, side = rulers(CITY, view)
    assert len(top) == 84
    assert len(side) == 42
    assert top.split() == ["A", "B", "C", "D"]
    assert [label for label in side if label] == ["1", "2", "3", "4"]
    spot = view.cell_of(CITY.cell_point("C2"))
    assert spot is not None
    assert (top[spot[1]], side[spot[0]]) == ("C", "2")


def test_crowded_rulers_leave_letters_out_and_never_run_together() -> None:
    top, _ = rulers(zhangzhou(), fit(zhangzhou().outline, 24, 12))
    assert len(top) == 24
    assert all(len(word) == 1 for word in top.split())


def test_the_scale_is_said_in_both_languages() -> None:
    view = View(at(0, 0), 100, 80, 40)
    assert scale_words(view) == "宽 8.0 公里"
    assert scale_words(view, english=True) == "8.0 km wide"
