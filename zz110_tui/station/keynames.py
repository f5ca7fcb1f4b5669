"""Keys as their caps say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zz110_tui.station.desk import Desk

_KEYS = {
    "escape": ("Esc", "Esc"),
    "enter": ("回车", "Enter"),
    "pageup": ("PgUp", "PgUp"),
    "pagedown": ("PgDn", "PgDn"),
    "insert": ("Insert", "Insert"),
}


def key_words(key: str, language: str) -> str:
    """A key as its cap says: ``F8``, ``Ctrl+N``, ``Esc``."""
    if key in _KEYS:
        return _KEYS[key][0 if language == "zh" else 1]
    return "+".join(part.capitalize() for part in key.split("+"))


def key_of(desk: Desk, line: str) -> str:
    """The key for a line under the keymap that is on, as its cap says it; the line itself where no key has it."""
    key = next((bound.key for bound in desk.setup.keymap.bindings if bound.line == line), "")
    return key_words(key, desk.ui.language) if key else line
