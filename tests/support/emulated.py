"""What a terminal shows, cell by cell, as the emulator sees it, in a form that can be compared."""

from __future__ import annotations

from typing import Any

import pyte

Seen = tuple[str, str, str, frozenset[str]]
"""Letter, colour, ground, attributes; of a blank only what can be seen of it."""

_ATTRIBUTES = ("bold", "italics", "underscore", "strikethrough", "reverse")
_SEEN_ON_A_BLANK = frozenset(("underscore", "strikethrough", "reverse"))


def seen(cell: Any) -> Seen:
    attributes = frozenset(name for name in _ATTRIBUTES if getattr(cell, name))
    if cell.data == " ":
        attributes &= _SEEN_ON_A_BLANK
        return " ", cell.fg if attributes else "", cell.bg, attributes
    return cell.data, cell.fg, cell.bg, attributes


def seen_rows(screen: pyte.Screen) -> list[list[Seen]]:
    return [[seen(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)]


def emulator(width: int, height: int) -> tuple[pyte.Screen, pyte.Stream]:
    """An emulator in the state the desk's driver leaves a terminal in: no automatic line break."""
    screen = pyte.Screen(width, height)
    stream = pyte.Stream(screen)
    stream.feed("\x1b[?7l")
    return screen, stream
