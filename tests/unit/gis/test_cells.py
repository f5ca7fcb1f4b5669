"""Map cells: letters across, numbers down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.cities import at, square_city, zhangzhou
from zz110_tui.core.places import distance_m, point
from zz110_tui.gis.cells import column_letters, column_number


def test_letters_leave_out_i_and_o_and_go_on_after_z() -> None:
    letters = [column_letters(i) for i in range(26)]
    assert letters[:9] == ["A", "B", "C", "D", "E", "F", "G", "H", "J"]
    assert letters[23:26] == ["Z", "AA", "AB"]
    assert not {"I", "O"} & set(letters)


@given(st.integers(0, 10_000))
def test_letters_and_numbers_name_the_same_column(column: int) -> None:
    assert column_number(column_letters(column)) == column


def test_a1_is_the_north_west_corner() -> None:
    city = square_city()
    assert city.cell_at(at(-990, 990)) == "A1"
    assert city.cell_at(at(990, -990)) == "D4"
    assert city.cell_at(at(-1200, 0)) == ""
    assert distance_m(city.cell_point("B3"), at(-250, -250)) < 1
    assert city.cell_point("b3") == city.cell_point("B3")


@pytest.mark.parametrize("name", ["", "7F", "Z1", "A0", "A5", "I1", "A1B", "é1", "A１"])
def test_what_is_no_cell_of_this_map_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cell"):
        square_city().cell_point(name)


def test_every_cell_of_zhangzhou_holds_its_own_middle() -> None:
    city = zhangzhou()
    cells = city.cells
    assert (cells.columns, cells.rows) == (21, 12)
    for column in range(cells.columns - 1):
        for row in range(cells.rows - 1):
            name = cells.name(column, row)
            assert city.cell_at(city.cell_point(name)) == name


def test_the_hospital_is_in_f7() -> None:
    assert zhangzhou().cell_at(point(117.6464, 24.5125)) == "F7"
