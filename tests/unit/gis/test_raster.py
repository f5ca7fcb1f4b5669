"""The map as characters: right widths, whole names, roads where they are, and quickly."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.cities import at, square_city, zhangzhou
from tests.support.effort import effort
from zz110_tui.gis.canvas import AsciiCanvas, BrailleCanvas, Role, clip
from zz110_tui.gis.city import City
from zz110_tui.gis.features import Spelling
from zz110_tui.gis.labels import columns
from zz110_tui.gis.raster import DEFAULT_LAYERS, Frame, Glyphs, Layer, raster
from zz110_tui.gis.view import View, fit, go_to, zoom

CITY = square_city()
VIEW = fit(CITY.outline, 60, 30)


def width(letter: str) -> int:
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def names_on(frame: Frame) -> set[str]:
    return {run.text for row in frame.rows for run in row if run.role >= Role.NAME_WATER}


def roles_at(frame: Frame, x: float, y: float) -> tuple[str, Role]:
    spot = frame.view.cell_of(at(x, y))
    assert spot is not None
    return frame.cells[spot[0]][spot[1]]


@pytest.mark.parametrize("glyphs", list(Glyphs))
@pytest.mark.parametrize("english", [False, True])
@pytest.mark.parametrize("closer", [0.5, 1, 3, 8, 30])
def test_every_row_has_exactly_the_columns_of_the_view(glyphs: Glyphs, english: bool, closer: float) -> None:
    city = zhangzhou()
    view = zoom(fit(city.outline, 101, 37), closer)
    frame = raster(city, view, frozenset(Layer), glyphs, english=english)
    assert len(frame.rows) == 37
    for cells, row in zip(frame.cells, frame.rows, strict=True):
        assert len(cells) == 101
        text = "".join(run.text for run in row)
        assert sum(width(letter) for letter in text) == 101
        assert text == "".join(letter for letter, _ in cells)


@given(st.integers(1, 120), st.integers(1, 50), st.floats(0.3, 40), st.floats(-4000, 4000), st.floats(-3000, 3000))
@settings(max_examples=60)
def test_any_view_draws(cols: int, rows: int, closer: float, x: float, y: float) -> None:
    city = zhangzhou()
    view = zoom(fit(city.outline, cols, rows), closer)
    moved = go_to(view, city.frame.at(x, y))
    for glyphs in Glyphs:
        frame = raster(city, moved, DEFAULT_LAYERS, glyphs)
        assert all(sum(map(columns, (run.text for run in row))) == cols for row in frame.rows)


def test_the_ascii_tier_draws_nothing_but_ascii() -> None:
    frame = raster(zhangzhou(), fit(zhangzhou().outline, 100, 40), frozenset(Layer) - {Layer.NAMES}, Glyphs.ASCII)
    assert frame.text().isascii()
    assert {"-", "|", "~", ":", "#"} <= set(frame.text())


def test_the_braille_tier_uses_no_character_of_ambiguous_width() -> None:
    for closer in (1, 5, 20):
        frame = raster(zhangzhou(), zoom(fit(zhangzhou().outline, 100, 40), closer), frozenset(Layer))
        assert {unicodedata.east_asian_width(letter) for letter in frame.text()} <= {"N", "Na", "W", "F"}


def test_roads_are_where_they_are() -> None:
    frame = raster(CITY, VIEW, frozenset({Layer.ROADS}))
    assert roles_at(frame, -500, 0)[1] is Role.ROAD_TRUNK
    assert roles_at(frame, 0, 500)[1] is Role.ROAD_MAIN
    assert roles_at(frame, 500, 500) == (" ", Role.BLANK)
    assert {run.role for row in frame.rows for run in row} == {Role.BLANK, Role.ROAD_TRUNK, Role.ROAD_MAIN}


def test_small_roads_show_only_from_near() -> None:
    far = View(at(0, 0), 130, 60, 30)
    assert {run.role for row in raster(CITY, far, frozenset({Layer.ROADS})).rows for run in row} == {
        Role.BLANK,
        Role.ROAD_TRUNK,
    }


def test_water_is_where_it_is() -> None:
    frame = raster(CITY, VIEW, frozenset({Layer.WATER}), Glyphs.ASCII)
    assert roles_at(frame, 0, -800) == ("~", Role.WATER)
    assert roles_at(frame, 0, 800) == (" ", Role.BLANK)


def test_a_border_hides_the_road_it_runs_along() -> None:
    frame = raster(CITY, VIEW, frozenset({Layer.ROADS, Layer.BORDERS}))
    roles = {cell[1] for row in frame.cells for cell in row}
    assert Role.BORDER in roles
    assert roles_at(frame, -500, 0)[1] in (Role.BORDER, Role.ROAD_TRUNK)


def test_names_appear_whole_or_not_at_all() -> None:
    known = {grid.name.text for grid in CITY.grids} | {road.name.text for road in CITY.roads}
    known |= {landmark.name.text for landmark in CITY.landmarks} | {river.name.text for river in CITY.rivers}
    for cols in range(2, 80, 3):
        for closer in (1, 4):
            view = zoom(fit(CITY.outline, cols, max(2, cols // 2)), closer)
            assert names_on(raster(CITY, view)) <= known


def test_names_follow_the_language() -> None:
    view = fit(CITY.outline, 80, 40)
    assert {"G01网格", "东西大街", "小河"} <= names_on(raster(CITY, view))
    assert {"Grid G01", "East West Street", "Brook"} <= names_on(raster(CITY, view, english=True))


def test_landmarks_show_from_near_with_their_names() -> None:
    near, far = View(at(-500, 500), 10, 80, 40), View(at(-500, 500), 60, 80, 40)
    assert "方城医院" in names_on(raster(CITY, near))
    assert "方城医院" not in names_on(raster(CITY, far))


def test_a_layer_that_is_off_is_off() -> None:
    assert raster(CITY, VIEW, frozenset()).text().strip() == ""
    assert not names_on(raster(CITY, VIEW, DEFAULT_LAYERS - {Layer.NAMES}))


def test_a_name_from_outside_cannot_break_a_row() -> None:
    """The loader refuses control characters; whatever width a name has, the row keeps its own."""
    odd = replace(CITY.landmarks[0], name=Spelling("a" * 300), name_en="")
    frame = raster(replace(CITY, landmarks=(odd,)), View(at(-500, 500), 10, 80, 40))
    assert all(sum(columns(run.text) for run in row) == 80 for row in frame.rows)


def test_the_same_view_is_drawn_once() -> None:
    assert raster(CITY, VIEW) is raster(CITY, fit(CITY.outline, 60, 30))
    assert raster(CITY, VIEW) is not raster(square_city(), VIEW)
    assert raster(CITY, VIEW).rows == raster(square_city(), VIEW).rows


def drawn_anew(city: City, views: Iterator[View]) -> None:
    raster(city, next(views))


def test_a_full_map_is_drawn_before_anybody_waits_for_it() -> None:
    city = zhangzhou()
    for closer in (1.0, 4.0, 12.0):
        views = (zoom(fit(city.outline, 100, 40), closer + n * 1e-6) for n in count())
        assert effort(partial(drawn_anew, city, views)) < 200


@pytest.mark.parametrize("canvas", [AsciiCanvas(10, 5), BrailleCanvas(10, 5)])
def test_lines_far_outside_leave_the_canvas_empty(canvas: AsciiCanvas | BrailleCanvas) -> None:
    canvas.line([(-1e6, -5), (1e6, -5)], Role.LANE)
    canvas.line([(20, -1e7), (20, 1e7)], Role.LANE)
    assert all(cell == (" ", Role.BLANK) for row in canvas.cells() for cell in row)


def test_a_braille_line_is_where_its_dots_are() -> None:
    canvas = BrailleCanvas(2, 1)
    canvas.line([(0, 0), (1.9, 0)], Role.LANE)
    assert [letter for letter, _ in canvas.cells()[0]] == ["⠉", "⠉"]
    canvas.line([(0, 0), (0, 0.9)], Role.ROAD_MAIN)
    assert canvas.cells()[0] == [("⡏", Role.ROAD_MAIN), ("⠉", Role.LANE)]


def test_a_border_drawn_from_both_sides_stays_one_dashed_line() -> None:
    once, twice = BrailleCanvas(20, 10), BrailleCanvas(20, 10)
    once.line([(1, 1), (18, 7)], Role.BORDER, dash=3)
    twice.line([(1, 1), (18, 7)], Role.BORDER, dash=3)
    twice.line([(1, 1), (18, 7)], Role.BORDER, dash=3)
    assert once.cells() == twice.cells()


@given(*[st.floats(-50, 50)] * 4)
def test_clipping_keeps_what_is_inside_and_nothing_else(x1: float, y1: float, x2: float, y2: float) -> None:
    piece = clip((x1, y1), (x2, y2), 10, 5)
    inside = [(x, y) for x, y in ((x1, y1), (x2, y2)) if 0 <= x <= 10 and 0 <= y <= 5]
    if inside:
        assert piece is not None
    if piece is not None:
        assert all(-1e-6 <= x <= 10 + 1e-6 and -1e-6 <= y <= 5 + 1e-6 for x, y in piece)
