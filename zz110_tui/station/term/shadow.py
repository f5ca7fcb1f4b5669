"""The shadow screen: what should be seen, what the terminal was sent, and the shortest way from one to the other.

Pure: cells in, text for the terminal out; no Textual, no terminal. Columns and rows count from 0 at the top left.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rich.cells import split_graphemes
from rich.segment import Segment

from zz110_tui.station.term.appearance import Looks
from zz110_tui.station.term.moves import NOWHERE, Place, move

Cell = tuple[str, int]
"""A letter with its marks and the number of its look; the second half of a wide letter is empty."""

_BLANK: Cell = (" ", 0)
_UNKNOWN: Cell = ("\x00", -1)
CLEAR = "\x1b[m\x1b[2J"


class Shadow:
    """``erases``: erasing takes the ground's colour (terminfo's ``bce``), so the rest of a row may be erased."""

    def __init__(self, looks: Looks | None = None, *, erases: bool = False) -> None:
        self._looks = Looks() if looks is None else looks
        self._erases = erases
        self._cells = lru_cache(maxsize=1_024)(self._cells_of)
        self.width = self.height = 0
        self._wanted: list[list[Cell]] = []
        self._shown: list[list[Cell]] = []
        self._dirty: set[int] = set()
        self._clear = True
        self._at: Place = NOWHERE
        self._look = 0

    # -- what should be seen -----------------------------------------------------------------------------------------

    def resize(self, width: int, height: int) -> None:
        """Another size; everything is blank, and what the terminal shows is unknown."""
        self.width, self.height = width, height
        self._wanted = [[_BLANK] * width for _ in range(height)]
        self.forget()

    def forget(self) -> None:
        """Nothing is known of what the terminal shows: the next frame is the whole screen."""
        self._shown = [[_UNKNOWN] * self.width for _ in range(self.height)]
        self._dirty = set(range(self.height))
        self._clear = True

    def put(self, x: int, y: int, segments: Iterable[Segment]) -> None:
        """Write segments into a row from a column on. What goes beyond an edge is left out."""
        if not 0 <= y < self.height or not 0 <= x <= self.width:
            return
        cells: list[Cell] = []
        number = self._looks.number
        for text, style, control in segments:
            if not control:
                cells += self._cells(text, number(style))
        room = self.width - x
        if len(cells) > room:
            if room and not cells[room][0]:
                cells[room - 1] = (" ", self._looks.blank(cells[room - 1][1]))
            del cells[room:]
        row, end = self._wanted[y], x + len(cells)
        if row[x:end] == cells:
            return
        # Half a wide letter cannot stand: what is left of one that is written over becomes a blank.
        if 0 < x < self.width and not row[x][0]:
            row[x - 1] = (" ", self._looks.blank(row[x - 1][1]))
        if end < self.width and not row[end][0]:
            row[end] = (" ", self._looks.blank(row[end][1]))
        row[x:end] = cells
        self._dirty.add(y)

    def _cells_of(self, text: str, look: int) -> tuple[Cell, ...]:
        blank = (" ", self._looks.blank(look))
        if text.isascii():
            return tuple(blank if letter == " " else (letter, look) for letter in text)
        made: list[Cell] = []
        for start, end, size in split_graphemes(text)[0]:
            letter = text[start:end]
            made.append(blank if letter == " " else (letter, look))
            made += [("", look)] * (size - 1)
        return tuple(made)

    def wanted(self) -> list[str]:
        """The text of each row, as it should be seen."""
        return ["".join(letter for letter, _ in row) for row in self._wanted]

    # -- what to send ------------------------------------------------------------------------------------------------

    @property
    def pending(self) -> bool:
        """Whether the terminal shows something else than it should."""
        return bool(self._dirty)

    def frame(self, cursor: tuple[int, int] | None = None, most: int = 0) -> str:
        """What makes the terminal show what it should, the cursor at (column, row) afterwards; empty if it does.

        With ``most``, rows stop after about so many letters, those nearest to the cursor first; the rest is still
        :attr:`pending`.
        """
        parts: list[str] = []
        if self._clear and self.width and self.height:
            parts.append(CLEAR)
            self._clear = False
            self._at, self._look = NOWHERE, 0
            self._shown = [[_BLANK] * self.width for _ in range(self.height)]
        rows = sorted(self._dirty)
        if most and cursor is not None:
            rows.sort(key=lambda y: abs(y - cursor[1]))
        written = 0
        for y in rows:
            before = len(parts)
            self._row(y, parts)
            self._dirty.discard(y)
            written += sum(map(len, parts[before:]))
            if most and written >= most:
                break
        if cursor is not None and cursor != self._at and (parts or self._at is not NOWHERE):
            parts.append(move(self._at, cursor))
            self._at = cursor
        return "".join(parts)

    def _row(self, y: int, parts: list[str]) -> None:
        wanted, shown = self._wanted[y], self._shown[y]
        if wanted == shown:
            return
        end = self.width
        while wanted[end - 1] == shown[end - 1]:
            end -= 1
        tail = self._tail(wanted, end) if self._erases else end
        x = 0
        while x < end:
            if wanted[x] == shown[x]:
                x += 1
                continue
            if x >= tail and end - x > _LEAST_ERASED:
                self._go(x, y, parts)
                self._wear(wanted[x][1], parts)
                parts.append("\x1b[K")
                break
            if not wanted[x][0]:  # the look of a wide letter changed with its first half
                x += 1
                continue
            x = self._letter(x, y, wanted, parts)
        self._shown[y] = wanted.copy()

    def _letter(self, x: int, y: int, wanted: list[Cell], parts: list[str]) -> int:
        """Write the letter at a column; the column behind it."""
        letter, look = wanted[x]
        self._go(x, y, parts)
        if letter != " " or self._looks.blank(self._look) != look:
            self._wear(look, parts)
        parts.append(letter)
        x += 1
        while x < self.width and not wanted[x][0]:
            x += 1
        # Behind the last column, or a letter whose width terminals differ about, only an absolute move is sure.
        self._at = (x, y) if x < self.width and is_sure(letter) else NOWHERE
        return x

    def _go(self, x: int, y: int, parts: list[str]) -> None:
        if self._at == (x, y):
            return
        if self._at is not NOWHERE and self._at[1] == y and 0 < x - self._at[0] <= _SHORT_GAP:
            between = self._shown[y][self._at[0] : x]
            # A short gap in the same look is cheaper written again than jumped over.
            if all(look == self._look and letter.isascii() and letter for letter, look in between):
                parts.append("".join(letter for letter, _ in between))
                self._at = (x, y)
                return
        parts.append(move(self._at, (x, y)))
        self._at = (x, y)

    def _wear(self, look: int, parts: list[str]) -> None:
        if look != self._look:
            parts.append(self._looks.change(self._look, look))
            self._look = look

    def _tail(self, wanted: list[Cell], end: int) -> int:
        """From where on the row is blank in one ground to its right edge, if erasing it is shorter than writing it."""
        last = wanted[-1]
        if last[0] != " " or not self._looks.clears(last[1]):
            return end
        start = self.width
        while start > 0 and wanted[start - 1] == last:
            start -= 1
        return start


_SHORT_GAP = 3
_LEAST_ERASED = 4


@lru_cache(maxsize=8192)
def is_sure(letter: str) -> bool:
    """Whether every terminal agrees how wide a letter is: ASCII, braille, Chinese and the full-width forms."""
    if len(letter) != 1:
        return False
    code = ord(letter)
    return (
        code < 0x7F
        or 0x2800 <= code <= 0x28FF
        or 0x3001 <= code <= 0x30FF
        or 0x3400 <= code <= 0x9FFF
        or 0xFF01 <= code <= 0xFF60
    )
