"""Where each pane stands, for every size of window. Pure: the same size and page give the same rectangles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zz110_tui.config.layouts import Layout
from zz110_tui.station.ui import Page

LEAST_WIDTH, LEAST_HEIGHT = 60, 16
"""Below this the desk only says that the window is too small."""

_THREE_COLUMNS = (132, 34)
_TWO_COLUMNS = (104, 26)


class Pane(StrEnum):
    TOP = "top"
    BANNER = "banner"
    LIST = "list"
    MAP = "map"
    DETAIL = "detail"
    UNITS = "units"
    PAGE = "page"
    ALARMS = "alarms"
    PREVIEW = "preview"
    LINE = "line"
    KEYS = "keys"
    CHOICES = "choices"


@dataclass(frozen=True, slots=True)
class Rect:
    x: int
    y: int
    width: int
    height: int


Places = dict[Pane, Rect]


USUAL = Layout()


def arrange(
    width: int,
    height: int,
    page: Page,
    choices: int = 0,
    *,
    banner: int = 0,
    layout: Layout = USUAL,
    full: bool = False,
) -> Places:
    """The panes of a window. ``choices`` is how many ways to go on with the line are listed above it; they cover the
    lowest rows of the body. ``banner`` is how many rows under the top line say what everybody here must know now (the
    core is gone, lines were not sent). Panes never overlap otherwise, and together they cover every cell. ``full``
    gives the body to the page alone, however large the window is."""
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return {Pane.PAGE: Rect(0, 0, width, height)}
    if page is Page.WALL:
        return _wall(width, height, banner)
    alarms = 3 if height >= 40 else 2
    body = Rect(0, 1 + banner, width, height - 5 - alarms - banner)
    below = body.y + body.height
    places = {
        Pane.TOP: Rect(0, 0, width, 1),
        **({Pane.BANNER: Rect(0, 1, width, banner)} if banner else {}),
        **_body(body, page, layout, full),
        Pane.ALARMS: Rect(0, below, width, alarms),
        Pane.PREVIEW: Rect(0, below + alarms, width, 2),
        Pane.LINE: Rect(0, below + alarms + 2, width, 1),
        Pane.KEYS: Rect(0, height - 1, width, 1),
    }
    if choices:
        rows = min(choices, body.height)
        places[Pane.CHOICES] = Rect(0, below - rows, width, rows)
    return places


def _wall(width: int, height: int, banner: int) -> Places:
    """Everything for what is looked up at; the line has its row, and whoever types is back at the desk."""
    return {
        **({Pane.BANNER: Rect(0, 0, width, banner)} if banner else {}),
        Pane.PAGE: Rect(0, banner, width, height - banner - 1),
        Pane.LINE: Rect(0, height - 1, width, 1),
    }


def shows_units(width: int, height: int) -> bool:
    """Whether the unit board stands on the desk itself, so that it needs no page of its own."""
    return width >= _TWO_COLUMNS[0] and height >= _TWO_COLUMNS[1]


def _body(body: Rect, page: Page, layout: Layout, full: bool) -> Places:
    on_desk = page is Page.DESK or (page is Page.UNITS and shows_units(body.width, body.height + 7))
    if not on_desk or (full and page is not Page.DESK):
        return {Pane.PAGE: body}
    if body.width >= _THREE_COLUMNS[0] and body.height >= _THREE_COLUMNS[1] - 8:
        return _three(body, layout)
    if body.width >= _TWO_COLUMNS[0] and body.height >= _TWO_COLUMNS[1] - 7:
        return _two(body, layout)
    return _one(body, layout)


LEAST_LIST, LEAST_MIDDLE = 56, 36
"""Columns below which rows of the list, and the selected one under the map, could not be read."""


def _three(body: Rect, layout: Layout) -> Places:
    """List, map over detail, units, as the layout has them; a blank column between them belongs to the pane at its
    left. The list gives way before the middle, the middle before the units."""
    units = min(layout.sizes["units"], body.width - LEAST_LIST - LEAST_MIDDLE)
    listed = max(LEAST_LIST, min(body.width * layout.sizes["list"] // 100, body.width - units - LEAST_MIDDLE))
    widths = {"list": listed, "units": units, "map": body.width - listed - units}
    upper = body.height * layout.sizes["map"] // 100
    places: Places = {}
    x = body.x
    for column in layout.columns:
        wide = widths[column]
        if column == "map":
            places[Pane.MAP] = Rect(x, body.y, wide, upper)
            places[Pane.DETAIL] = Rect(x, body.y + upper, wide, body.height - upper)
        else:
            places[Pane.LIST if column == "list" else Pane.UNITS] = Rect(x, body.y, wide, body.height)
        x += wide
    return places


def _two(body: Rect, layout: Layout) -> Places:
    """List over detail, and the units beside them; the map is one key away."""
    units = min(layout.sizes["units"] + 2, body.width - LEAST_LIST)
    rest = body.width - units
    upper = body.height * (layout.sizes["narrow"] - 5) // 100
    units_first = layout.columns.index("units") < layout.columns.index("list")
    x = body.x + (units if units_first else 0)
    return {
        Pane.LIST: Rect(x, body.y, rest, upper),
        Pane.DETAIL: Rect(x, body.y + upper, rest, body.height - upper),
        Pane.UNITS: Rect(body.x if units_first else body.x + rest, body.y, units, body.height),
    }


def _one(body: Rect, layout: Layout) -> Places:
    """One list over one detail."""
    lower = max(5, body.height * (100 - layout.sizes["narrow"]) // 100)
    return {
        Pane.LIST: Rect(body.x, body.y, body.width, body.height - lower),
        Pane.DETAIL: Rect(body.x, body.y + body.height - lower, body.width, lower),
    }
