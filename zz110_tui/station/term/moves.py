"""The shortest way to move a cursor, with sequences that a VT100 knows too."""

from __future__ import annotations

from functools import lru_cache

Place = tuple[int, int]
"""Column and row, from 0."""

NOWHERE: Place = (-1, -1)
"""Where the cursor is after something whose width is not sure."""


@lru_cache(maxsize=8_192)
def move(start: Place, end: Place) -> str:
    """From one place to another; from :data:`NOWHERE` only absolutely."""
    x, y = end
    ways = [_absolute(x, y)]
    if start is not NOWHERE and start != NOWHERE:
        ways += _relative(start, end)
    return min(ways, key=len)


def _absolute(x: int, y: int) -> str:
    if x:
        return f"\x1b[{y + 1};{x + 1}H"
    return f"\x1b[{y + 1}H" if y else "\x1b[H"


def _relative(start: Place, end: Place) -> list[str]:
    across, down = end[0] - start[0], end[1] - start[1]
    ways = []
    if not down:
        ways.append(_steps(across, "C", "D"))
    if not across:
        ways.append(_steps(down, "B", "A"))
    if 0 <= down <= _LINES:
        # CR LF comes to the same place whether or not the line discipline adds a CR of its own.
        ways.append(("\r\n" * down or "\r") + _steps(end[0], "C", "D"))
    return ways


_LINES = 2


def _steps(count: int, forward: str, back: str) -> str:
    if not count:
        return ""
    size = abs(count)
    return f"\x1b[{'' if size == 1 else size}{forward if count > 0 else back}"
