"""Units and incidents over the map."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.support.cities import at
from tests.support.effort import effort
from zz110_tui.gis.labels import columns
from zz110_tui.gis.marks import Mark, overlay, place_marks, signs
from zz110_tui.gis.view import View

VIEW = View(at(0, 0), 100, 40, 20)


def mark(key: str, x: float, y: float, label: str = "", weight: int = 0) -> Mark[str]:
    return Mark(key, label or key, f"role of {key}", at(x, y), weight)


def test_a_mark_stands_in_the_cell_of_its_point() -> None:
    here, away = mark("07", 50, -50), mark("09", 99_000, 0)
    assert place_marks(VIEW, [here, away]) == {(10, 20): (here,)}


def test_several_in_one_cell_are_one_sign_with_a_count_and_the_heaviest_first() -> None:
    marks = [mark("07", 10, -10), mark("03", 20, -20), mark("0142", 30, -30, label="1", weight=9)]
    ((cell, placed),) = place_marks(VIEW, marks).items()
    assert cell == (10, 20)
    assert [one.key for one in placed] == ["0142", "03", "07"]
    (sign,) = signs(VIEW, {cell: placed})
    assert (sign.text, sign.role, len(sign.marks)) == ("1+2", "role of 0142", 3)


def test_labels_that_would_run_into_each_other_share_a_sign() -> None:
    found = signs(VIEW, place_marks(VIEW, [mark("07", 50, -50), mark("08", 150, -50), mark("09", 950, -50)]))
    assert [sign.text for sign in found] == ["07+1", "09"]
    assert {one.key for sign in found for one in sign.marks} == {"07", "08", "09"}


def test_a_sign_at_the_right_edge_moves_in() -> None:
    (sign,) = signs(VIEW, place_marks(VIEW, [mark("07", 1950, -50)]))
    assert sign.col == 38


def test_a_longer_sign_does_not_cover_its_neighbour() -> None:
    """The count makes 07 wider; what it then reaches joins it."""
    marks = [mark("07", 50, -50), mark("08", 350, -50), mark("09", 150, -50)]
    (sign,) = signs(VIEW, place_marks(VIEW, marks))
    assert sign.text == "07+2"


def test_a_sign_pushed_in_from_the_edge_does_not_cover_its_neighbour() -> None:
    """07 and 08 just fit; 09 joins 08, whose count moves it one column to the left, onto 07."""
    marks = [mark("07", 1550, -50), mark("08", 1750, -50), mark("09", 1950, -50)]
    (sign,) = signs(VIEW, place_marks(VIEW, marks))
    assert (sign.col, sign.text) == (35, "07+2")


@given(st.lists(st.tuples(st.floats(-2500, 2500), st.floats(-150, 150), st.integers(0, 9)), max_size=40))
def test_no_mark_is_lost_and_no_signs_overlap(spots: list[tuple[float, float, int]]) -> None:
    marks = [mark(f"{i:02}", x, y, weight=weight) for i, (x, y, weight) in enumerate(spots)]
    placed = place_marks(VIEW, marks)
    found = signs(VIEW, placed)
    seen = sorted(one.key for sign in found for one in sign.marks)
    assert seen == sorted(one.key for here in placed.values() for one in here)
    for before, after in pairwise(found):
        assert (before.row, before.col + columns(before.text)) <= (after.row, after.col) or before.row < after.row
    assert all(sign.col >= 0 and sign.col + columns(sign.text) <= VIEW.cols for sign in found)


def cells(text: str) -> list[tuple[str, str]]:
    row: list[tuple[str, str]] = []
    for letter in text:
        row.append((letter, "name"))
        if columns(letter) == 2:
            row.append(("", "name"))
    return row


def test_a_sign_over_half_a_wide_character_leaves_a_blank_and_no_torn_half() -> None:
    row = cells("胜利路")
    (sign,) = signs(VIEW, {(0, 1): (mark("7", 0, 0),)})
    over = overlay(row, [sign])
    assert "".join(letter for letter, _ in over) == " 7利路"
    assert sum(columns(letter) for letter, _ in over) == 6
    assert over[1] == ("7", "role of 7")
    assert row == cells("胜利路"), "the drawn map stays as it was"


@given(st.text("ab胜利 ", min_size=6, max_size=20), st.integers(0, 30), st.sampled_from(["7", "07", "07+2", "巡"]))
def test_any_sign_keeps_the_width_of_its_row(text: str, col: int, label: str) -> None:
    row = cells(text)
    (sign,) = signs(VIEW, {(0, col): (mark("k", 0, 0, label=label),)})
    over = overlay(row, [sign])
    assert len(over) == len(row)
    assert sum(columns(letter) for letter, _ in over) == sum(columns(letter) for letter in text)


def test_twenty_marks_are_placed_at_once() -> None:
    marks = [mark(f"{i:02}", i * 97 % 3900 - 1950, i * 61 % 3900 - 1950) for i in range(20)]
    assert effort(lambda: signs(VIEW, place_marks(VIEW, marks))) < 20
