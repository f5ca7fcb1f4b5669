"""What a desk can do about its panes: layouts, sizes, places, and one pane with the whole body."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zz110_tui.config.layouts import COLUMNS, keep_layout
from zz110_tui.config.themes import Role
from zz110_tui.core.trouble import Trouble
from zz110_tui.station.setup import names_of
from zz110_tui.station.trying import wear
from zz110_tui.station.ui import Page
from zz110_tui.station.views.layout import Pane

if TYPE_CHECKING:
    from zz110_tui.station.desk import Desk

STEPS = {"list": 4, "units": 3, "map": 7, "narrow": 10}
"""How much a size changes at a time, in its own measure."""

FULL = {"list": Page.LIST, "units": Page.UNITS, "map": Page.MAP, "detail": Page.DETAIL}


def switch_layout(desk: Desk, name: str) -> bool:
    """Another layout; without a name the next one."""
    known = names_of("layouts", desk.room)
    if not name:
        now = desk.setup.layout.name
        name = known[(known.index(now) + 1) % len(known)] if now in known else known[0]
    elif name not in known:
        desk.tell("layouts_are", Role.ATTENTION, names=" ".join(known))
        return False
    return wear(desk, "layouts", name)


def save_layout(desk: Desk, name: str) -> bool:
    """Keep the panes as they stand under a name, among the user's own files."""
    layout = replace(desk.setup.layout, name=name)
    try:
        path = keep_layout(layout, desk.room.folders[0].path)
    except Trouble as trouble:
        desk.complain(trouble)
        return False
    desk.setup.layout = layout
    desk.tell("layout_kept", name=name, path=str(path))
    return True


def resize(desk: Desk, pane: str, way: int) -> bool:
    """A pane larger or smaller; the selected one is the other side of the map."""
    if pane == "detail":
        pane, way = "map", -way
    one_column = Pane.UNITS not in desk.places()
    size = "narrow" if pane == "list" and one_column else pane
    before = desk.setup.layout
    desk.setup.layout = before.resized(size, way * STEPS[size])
    if desk.setup.layout == before:
        desk.tell("size_at_end", Role.ATTENTION)
        return False
    return True


def swap(desk: Desk, names: str) -> bool:
    """Two columns in each other's place."""
    pair = names.split()
    if len(pair) != 2 or not set(pair) <= set(COLUMNS) or pair[0] == pair[1]:
        desk.tell("swap_which", Role.ATTENTION, names=" ".join(COLUMNS))
        return False
    desk.setup.layout = desk.setup.layout.swapped(*pair)
    return True


def fill_body(desk: Desk, pane: str) -> None:
    """One pane with the whole body; once more, and the desk is back."""
    page = FULL[pane]
    if desk.ui.page is page and desk.ui.full:
        desk.ui.open(Page.DESK)
    else:
        desk.ui.open(page, full=True)
