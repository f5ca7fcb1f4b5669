"""The keys of a wall: a screen in the room that anybody may touch and nobody can do anything from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zz110_tui.station.entry import run_line

if TYPE_CHECKING:
    from zz110_tui.station.desk import Desk

ALLOWED = (":quit", ":redraw")


def press_on_wall(desk: Desk, key: str) -> None:
    """Leave it, or draw it again; any other key does nothing."""
    binding = desk.setup.keymap.of_key(key)
    if binding is not None and binding.line in ALLOWED:
        run_line(desk, binding.line)
