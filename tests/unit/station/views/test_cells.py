"""Text in terminal columns: a Chinese character takes two, and nothing is cut in the middle of a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zz110_tui.config.themes import Role
from zz110_tui.station.views.cells import cut, fit, flow, left, plain, right, row_width, sides, width, window, wrap


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("胜利路", 6, "胜利路"),
        ("胜利路x延安路", 8, "胜利路x…"),
        ("胜利路x延安路", 7, "胜利路…"),
        ("胜利路x延安路", 6, "胜利…"),
        ("construction noise", 14, "construction…"),
        ("construction noise", 16, "construction…"),
        ("construction", 8, "constru…"),
        ("a bc", 3, "a…"),
        ("ends here   ", 9, "ends here"),
        ("", 3, ""),
        ("胜", 1, "…"),
        ("x", 0, ""),
    ],
)
def test_cut_shows_what_is_missing_and_halves_nothing(text: str, columns: int, expected: str) -> None:
    assert cut(text, columns) == expected


ANY = st.text(st.sampled_from("ab 12胜利路延é€，。x-/…"), max_size=40)


@given(ANY, st.integers(0, 30))
def test_cut_never_takes_more_than_its_columns(text: str, columns: int) -> None:
    assert width(cut(text, columns)) <= columns


@given(ANY, st.integers(0, 30))
def test_left_and_right_fill_exactly(text: str, columns: int) -> None:
    assert width(left(text, columns)) == columns
    assert width(right(text, columns)) == columns


@given(st.lists(st.tuples(ANY, st.sampled_from(list(Role))), max_size=5), st.integers(1, 40))
def test_a_fitted_row_is_exactly_as_wide_as_asked(cells: list[tuple[str, Role]], columns: int) -> None:
    assert row_width(fit(tuple(cells), columns)) == columns
    assert row_width(flow(cells, columns)) <= columns


@given(ANY.filter(lambda text: text.strip()), st.integers(4, 30))
def test_wrapping_keeps_every_letter_and_never_overflows(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_wrapping_to_a_few_lines_marks_the_cut() -> None:
    assert wrap("one two three four five", 9, 2) == ["one two", "three…"]


def test_flow_leaves_out_what_does_not_fit_instead_of_cutting_it_to_nothing() -> None:
    pieces = [("电话", Role.TEXT), ("有人持刀打架", Role.TEXT), ("新华西路", Role.TEXT)]
    assert plain(flow(pieces, 40)) == "电话  有人持刀打架  新华西路"
    assert plain(flow(pieces, 21)) == "电话  有人持刀打架"
    assert plain(flow(pieces, 14)) == "电话  有人持…"


def test_the_right_side_stays_whole() -> None:
    row = sides((("一个很长的标题放不下", Role.HEADING),), (("9 条", Role.HEADING),), 12, Role.HEADING)
    assert row_width(row) == 12
    assert plain(row).endswith("9 条")


@pytest.mark.parametrize(("first", "height", "count", "expected"), [(0, 5, 3, 0), (9, 5, 10, 5), (-3, 5, 10, 0)])
def test_a_window_stays_inside(first: int, height: int, count: int, expected: int) -> None:
    assert window(first, height, count) == expected


def test_a_text_is_broken_for_any_number_of_columns() -> None:
    """Found by random keys in a window of one cell: a wide letter that does not fit at all."""
    for columns in (-1, 0, 1):
        assert wrap("警情", columns) == ["警", "情"]
        assert "".join(wrap("ab 警", columns)) == "ab警"
