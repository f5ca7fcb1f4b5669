"""Panes cover the whole window at every size, and never each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zz110_tui.config.layouts import COLUMNS, LIMITS, Layout
from zz110_tui.station.ui import Page
from zz110_tui.station.views.layout import LEAST_HEIGHT, LEAST_WIDTH, Pane, arrange, shows_units

PAGES = st.sampled_from(list(Page))
LAYOUTS = st.builds(
    lambda columns, sizes: Layout(columns=tuple(columns), sizes=sizes),
    st.permutations(COLUMNS),
    st.fixed_dictionaries({size: st.integers(least, most) for size, (least, most) in LIMITS.items()}),
)


@given(st.integers(1, 260), st.integers(1, 90), PAGES, LAYOUTS, st.booleans())
def test_every_cell_belongs_to_exactly_one_pane(
    width: int, height: int, page: Page, layout: Layout, full: bool
) -> None:
    covered: set[tuple[int, int]] = set()
    total = 0
    for rect in arrange(width, height, page, layout=layout, full=full).values():
        assert rect.width > 0
        assert rect.height > 0
        total += rect.width * rect.height
        covered |= {(x, y) for x in range(rect.x, rect.x + rect.width) for y in range(rect.y, rect.y + rect.height)}
    assert total == width * height, "panes overlap or stand out of the window"
    assert covered == {(x, y) for x in range(width) for y in range(height)}


@given(st.integers(LEAST_WIDTH, 260), st.integers(LEAST_HEIGHT, 90), PAGES.filter(lambda page: page is not Page.WALL))
def test_the_line_and_the_alarms_are_there_on_every_page(width: int, height: int, page: Page) -> None:
    places = arrange(width, height, page)
    assert {Pane.TOP, Pane.ALARMS, Pane.PREVIEW, Pane.LINE, Pane.KEYS} <= set(places)
    assert places[Pane.LINE].y == height - 2
    assert places[Pane.KEYS].y == height - 1


@given(st.integers(LEAST_WIDTH, 260), st.integers(LEAST_HEIGHT, 90))
def test_the_wall_is_one_page_over_the_row_of_the_line(width: int, height: int) -> None:
    places = arrange(width, height, Page.WALL)
    assert set(places) == {Pane.PAGE, Pane.LINE}, "it draws its alarms itself, and there is nothing to preview"
    assert places[Pane.PAGE].height == height - 1


def test_at_80x24_there_is_one_list_one_detail_the_line_and_the_alarms() -> None:
    assert set(arrange(80, 24, Page.DESK)) == {
        Pane.TOP, Pane.LIST, Pane.DETAIL, Pane.ALARMS, Pane.PREVIEW, Pane.LINE, Pane.KEYS,
    }  # fmt: skip
    body = arrange(80, 24, Page.MAP)[Pane.PAGE]
    assert (body.width, body.height) == (80, 17), "the map is one key away, full size"


@given(st.integers(LEAST_WIDTH, 260), st.integers(LEAST_HEIGHT, 90), st.integers(1, 12))
def test_choices_cover_whole_rows_and_leave_no_half_of_what_stands_under_them(width: int, height: int, n: int) -> None:
    rect = arrange(width, height, Page.DESK, n)[Pane.CHOICES]
    assert (rect.x, rect.width) == (0, width)


def test_at_160x50_everything_is_on_the_desk() -> None:
    assert {Pane.LIST, Pane.MAP, Pane.DETAIL, Pane.UNITS} <= set(arrange(160, 50, Page.DESK))
    assert shows_units(160, 50)
    assert not shows_units(80, 24)


@given(st.integers(LEAST_WIDTH, 260), st.integers(LEAST_HEIGHT, 90), st.integers(1, 12))
def test_choices_stand_above_the_alarms_inside_the_body(width: int, height: int, choices: int) -> None:
    places = arrange(width, height, Page.DESK, choices)
    rect = places[Pane.CHOICES]
    assert rect.y >= 1
    assert rect.y + rect.height == places[Pane.ALARMS].y
    assert rect.width <= width
