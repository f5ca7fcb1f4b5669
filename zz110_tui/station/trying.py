"""Trying on: every theme, keymap and layout in a list; what the cursor stands on is on at once, Esc puts it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zz110_tui.core.trouble import Trouble
from zz110_tui.station.setup import keymap_named, layout_named, looks_named, names_of
from zz110_tui.station.ui import Page

if TYPE_CHECKING:
    from zz110_tui.station.desk import Desk

KINDS = ("themes", "keymaps", "layouts")


def worn(desk: Desk, kind: str) -> str:
    """The name of what the desk has on."""
    setup = desk.setup
    return {"themes": setup.looks.theme.name, "keymaps": setup.keymap.name, "layouts": setup.layout.name}[kind]


def wear(desk: Desk, kind: str, name: str) -> bool:
    """Put a theme, keymap or layout on; False, and it is said why, where its file cannot be used."""
    try:
        if kind == "themes":
            desk.setup.looks = looks_named(name, desk.room)
            desk.restyle()
            words = desk.setup.looks.theme.words.in_(desk.ui.language)
        elif kind == "keymaps":
            desk.setup.keymap = keymap_named(name, desk.room, desk.setup.actions)
            desk.ui.commanding, desk.ui.pressed = False, ()
            words = desk.setup.keymap.name
        else:
            desk.setup.layout = layout_named(name, desk.room)
            words = desk.setup.layout.words.in_(desk.ui.language)
    except Trouble as trouble:
        desk.complain(trouble)
        return False
    desk.tell({"themes": "theme_is", "keymaps": "keymap_is", "layouts": "layout_is"}[kind], name=words)
    return True


def try_on(desk: Desk, kind: str) -> None:
    """Open the list of a kind, the cursor on what the desk has on."""
    ui = desk.ui
    ui.open(Page.TRY)
    ui.trying, ui.names, ui.before = kind, names_of(kind, desk.room), worn(desk, kind)
    ui.cursor = ui.names.index(ui.before) if ui.before in ui.names else 0


def step(desk: Desk, by: int) -> None:
    """The one before or the next one, on at once."""
    ui = desk.ui
    at = max(0, min(ui.cursor + by, len(ui.names) - 1))
    if at != ui.cursor:
        ui.cursor = at
        wear(desk, ui.trying, ui.names[at])


def put_back(desk: Desk) -> None:
    """What the desk had on before it tried."""
    ui = desk.ui
    if worn(desk, ui.trying) != ui.before:
        wear(desk, ui.trying, ui.before)
    ui.open(Page.DESK)
