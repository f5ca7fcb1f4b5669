"""Pieces of a detail page: titled blocks of rows, put under each other, side by side, or cut to what fits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zz110_tui.config.themes import Role
from zz110_tui.station.ui import Stop
from zz110_tui.station.views.cells import BLANK, Row, fit, row_width, wrap


@dataclass(frozen=True, slots=True)
class Block:
    """``rows`` under a ``title`` (which may be empty). ``most`` is how many rows it takes where room is short, counted
    from its end when ``tail`` is set; 0 leaves it out there."""

    title: str
    rows: tuple[Row, ...]
    most: int = 99
    tail: bool = False
    stops: tuple[tuple[int, Stop], ...] = ()
    """Rows, by number, that Up and Down lead to."""


class Lines:
    """Rows in the making, with the stops among them."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._stops: list[tuple[int, Stop]] = []

    def add(self, rows: Iterable[Row], stop: Stop | None = None) -> None:
        """More rows; the first of them is where the stop is."""
        if stop is not None:
            self._stops.append((len(self._rows), stop))
        self._rows += rows

    def block(self, title: str, most: int = 99) -> Block:
        return Block(title, tuple(self._rows), most, stops=tuple(self._stops))


def compact(blocks: Sequence[Block], columns: int, height: int) -> list[Row]:
    """As much of the blocks as fits into ``height`` rows: each at most its ``most``, the last one what is left."""
    made: list[Row] = []
    for block in blocks:
        room = min(block.most, height - len(made) - (1 if block.title else 0))
        if room > 0 and block.rows:
            shown = block.rows[-room:] if block.tail else block.rows[:room]
            made += _titled(block.title, shown, columns)
    return made[:height]


def _titled(title: str, rows: Sequence[Row], columns: int) -> list[Row]:
    made = [fit(((f" {title}", Role.MUTED),), columns)] if title else []
    return made + [fit(row, columns) for row in rows]


def beside(at_left: Sequence[Row], at_right: Sequence[Row], columns: int, right_columns: int) -> list[Row]:
    """Two columns of rows side by side, two blanks between them."""
    left_columns = columns - right_columns - 2
    made: list[Row] = []
    for i in range(max(len(at_left), len(at_right))):
        a = at_left[i] if i < len(at_left) else BLANK
        b = at_right[i] if i < len(at_right) else BLANK
        made.append((*fit(a, left_columns), ("  ", Role.TEXT), *fit(b, right_columns)))
    return made


def paragraph(text: str, columns: int, role: Role = Role.TEXT, *, most: int = 0, mark: str = "") -> tuple[Row, ...]:
    """A text in as many rows as it needs, indented by a blank; ``mark`` hangs before the first row."""
    indent = " " * (1 + row_width(((mark, role),)))
    lines = wrap(text, max(8, columns - len(indent) - 1), most)
    return tuple(
        ((f" {mark}" if i == 0 and mark else indent, Role.MUTED), (line, role)) for i, line in enumerate(lines)
    )
