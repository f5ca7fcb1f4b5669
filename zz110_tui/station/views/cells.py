"""Rows of text with a role for each piece, measured in terminal columns: what every view makes and every widget draws.

A Chinese character takes two columns. Nothing is cut in the middle of a word or of a wide character; a cut is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, split_graphemes

from zz110_tui.config.themes import Role

Cell = tuple[str, Role]
Row = tuple[Cell, ...]

CUT = "…"


class Hyper(str):
    """Text of a cell that is (a piece of) an address: a terminal that knows links makes one of it, to ``url``."""

    __slots__ = ("url",)
    url: str

    def __new__(cls, text: str, url: str) -> Hyper:
        made = super().__new__(cls, text)
        made.url = url
        return made

    def __eq__(self, other: object) -> bool:
        return str.__eq__(self, other) is True and getattr(other, "url", "") == self.url

    def __hash__(self) -> int:
        return hash((str(self), self.url))


BLANK: Row = ()


def width(text: str) -> int:
    """Columns that a text takes in a terminal."""
    return cell_len(text)


def row_width(row: Row) -> int:
    return sum(cell_len(text) for text, _ in row)


def plain(row: Row) -> str:
    """A row as text, without its roles."""
    return "".join(text for text, _ in row)


def cut(text: str, most: int) -> str:
    """At most ``most`` columns, ended by ``…`` where something is missing. A word of letters or digits is dropped whole
    rather than cut, unless that would leave less than half of the room."""
    if cell_len(text) <= most:
        return text
    text = text.rstrip()
    if most <= 0 or cell_len(text) <= most:
        return text if most > 0 else ""
    end = _prefix(text, most - 1)
    start_of_word = end
    while start_of_word > 0 and _same_word(text[start_of_word - 1], text[end]):
        start_of_word -= 1
    if start_of_word and cell_len(text[:start_of_word]) * 2 >= most:
        end = start_of_word
    return text[:end].rstrip() + CUT


def _prefix(text: str, most: int) -> int:
    """How many characters of a text fit into ``most`` columns, whole letters with their marks."""
    if text.isascii():
        return most
    used = 0
    for start, _end, columns in split_graphemes(text)[0]:
        used += columns
        if used > most:
            return start
    return len(text)


def _same_word(a: str, b: str) -> bool:
    return _in_word(a) and _in_word(b)


def _in_word(letter: str) -> bool:
    return letter in "._-:/*'=" or (letter.isalnum() and cell_len(letter) == 1)


def left(text: str, columns: int) -> str:
    """Exactly ``columns`` columns, the text at the left."""
    text = cut(text, columns)
    return text + " " * (columns - cell_len(text))


def right(text: str, columns: int) -> str:
    """Exactly ``columns`` columns, the text at the right."""
    text = cut(text, columns)
    return " " * (columns - cell_len(text)) + text


def fit(row: Row, columns: int, role: Role = Role.TEXT) -> Row:
    """Exactly ``columns`` columns: what is too long is cut, what is too short is filled with blanks in ``role``."""
    fitted: list[Cell] = []
    used = 0
    for text, cell_role in row:
        size = cell_len(text)
        if used + size > columns:
            rest = cut(text, columns - used)
            fitted.append((rest, cell_role))
            used += cell_len(rest)
            break
        fitted.append((text, cell_role))
        used += size
    if used < columns:
        fitted.append((" " * (columns - used), role))
    return tuple(cell for cell in fitted if cell[0])


def sides(at_left: Row, at_right: Row, columns: int, role: Role = Role.TEXT) -> Row:
    """Something at the left and something at the right of a row; the left one gives way, the right one stays whole."""
    room = columns - row_width(at_right)
    if room <= 0:
        return fit(at_right, columns, role)
    return (*fit(at_left, room, role), *at_right)


def repaint(row: Row, role: Role, keep: Iterable[Role] = ()) -> Row:
    """The same text in another role, but for the cells whose role is in ``keep``."""
    kept = tuple(keep)
    return tuple((text, old if old in kept else role) for text, old in row)


def join(pieces: Sequence[Cell], gap: str = "  ") -> Row:
    """Pieces with a gap between those that are not empty."""
    row: list[Cell] = []
    for text, role in pieces:
        if text:
            if row:
                row.append((gap, Role.TEXT))
            row.append((text, role))
    return tuple(row)


LEAST_PIECE = 6
"""A piece is rather left out than cut to fewer columns than this."""


def flow(pieces: Sequence[Cell], columns: int, gap: str = "  ") -> Row:
    """Pieces in order as long as they fit: one that fits in part is cut, the rest is left out whole."""
    row: list[Cell] = []
    used = 0
    for text, role in pieces:
        if not text:
            continue
        before = cell_len(gap) if row else 0
        room = columns - used - before
        if room < min(LEAST_PIECE, cell_len(text)):
            break
        if row:
            row.append((gap, Role.TEXT))
        shown = cut(text, room)
        row.append((shown, role))
        used += before + cell_len(shown)
    return tuple(row)


def wrap(text: str, columns: int, most: int = 0) -> list[str]:
    """The text in lines of at most ``columns`` columns, broken at blanks or between wide characters. With ``most`` at
    most that many lines, the last one cut with a mark."""
    lines: list[str] = []
    rest = text.strip()
    while rest:
        if most and len(lines) == most - 1:
            lines.append(cut(rest, columns))
            break
        if cell_len(rest) <= columns:
            lines.append(rest)
            break
        end = max(1, _prefix(rest, columns))
        if end >= len(rest):
            # One wide letter in a window too narrow for it: whoever draws the row cuts it.
            lines.append(rest)
            break
        start_of_word = end
        while start_of_word > 0 and _same_word(rest[start_of_word - 1], rest[end]):
            start_of_word -= 1
        end = start_of_word or end
        lines.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return lines


def heading(text: str, columns: int, role: Role = Role.HEADING, aside: str = "") -> Row:
    """A heading in inverse across the whole pane; ``aside`` stands at its right end."""
    return sides(((f" {text}", role),), ((f"{aside} ", role),) if aside else (), columns, role)


def window(first: int, height: int, count: int) -> int:
    """The first line of a window of ``height`` lines over ``count``, kept inside."""
    return max(0, min(first, count - height))
