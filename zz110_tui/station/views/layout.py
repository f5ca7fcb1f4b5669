"""Where each pane stands, for every size of window. Pure: the same size and page give the same rectangles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zz110_tui.station.ui import Page

LEAST_WIDTH, LEAST_HEIGHT = 60, 16
"""Below this the desk only says that the window is too small."""

_THREE_COLUMNS = (132, 34)
_TWO_COLUMNS = (104, 26)


class Pane(StrEnum):
    TOP = "top"
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


def arrange(width: int, height: int, page: Page, choices: int = 0) -> Places:
    """The panes of a window. ``choices`` is how many ways to go on with the line are listed above it; they cover the
    lowest rows of the body. Panes never overlap otherwise, and together they cover every cell."""
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return {Pane.PAGE: Rect(0, 0, width, height)}
    alarms = 3 if height >= 40 else 2
    body = Rect(0, 1, width, height - 5 - alarms)
    below = body.y + body.height
    places = {
        Pane.TOP: Rect(0, 0, width, 1),
        **_body(body, page),
        Pane.ALARMS: Rect(0, below, width, alarms),
        Pane.PREVIEW: Rect(0, below + alarms, width, 2),
        Pane.LINE: Rect(0, below + alarms + 2, width, 1),
        Pane.KEYS: Rect(0, height - 1, width, 1),
    }
    if choices:
        rows = min(choices, body.height)
        places[Pane.CHOICES] = Rect(0, below - rows, min(width, 100), rows)
    return places


def shows_units(width: int, height: int) -> bool:
    """Whether the unit board stands on the desk itself, so that it needs no page of its own."""
    return width >= _TWO_COLUMNS[0] and height >= _TWO_COLUMNS[1]


def _body(body: Rect, page: Page) -> Places:
    on_desk = page is Page.DESK or (page is Page.UNITS and shows_units(body.width, body.height + 7))
    if not on_desk:
        return {Pane.PAGE: body}
    if body.width >= _THREE_COLUMNS[0] and body.height >= _THREE_COLUMNS[1] - 8:
        return _three(body)
    if body.width >= _TWO_COLUMNS[0] and body.height >= _TWO_COLUMNS[1] - 7:
        return _two(body)
    return _one(body)


def _three(body: Rect) -> Places:
    """List, map over detail, units; a blank column between them belongs to the pane at its left."""
    at_left = max(56, body.width * 40 // 100)
    at_right = 34
    middle = body.width - at_left - at_right
    upper = body.height * 58 // 100
    return {
        Pane.LIST: Rect(body.x, body.y, at_left, body.height),
        Pane.MAP: Rect(body.x + at_left, body.y, middle, upper),
        Pane.DETAIL: Rect(body.x + at_left, body.y + upper, middle, body.height - upper),
        Pane.UNITS: Rect(body.x + at_left + middle, body.y, at_right, body.height),
    }


def _two(body: Rect) -> Places:
    """List over detail at the left, units at the right; the map is one key away."""
    at_right = 36
    at_left = body.width - at_right
    upper = body.height * 55 // 100
    return {
        Pane.LIST: Rect(body.x, body.y, at_left, upper),
        Pane.DETAIL: Rect(body.x, body.y + upper, at_left, body.height - upper),
        Pane.UNITS: Rect(body.x + at_left, body.y, at_right, body.height),
    }


def _one(body: Rect) -> Places:
    """One list over one detail."""
    lower = max(5, body.height * 2 // 5)
    return {
        Pane.LIST: Rect(body.x, body.y, body.width, body.height - lower),
        Pane.DETAIL: Rect(body.x, body.y + body.height - lower, body.width, lower),
    }
