"""Keys as their caps say them."""

from __future__ import annotations

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
