"""The page of one thing: blocks, and everything that happened to it, newest first, of which only what is seen is made.

A chronology may be long: its entries are put into words when they come into sight. On a wide page it stands at the
right and scrolls beside the blocks, on a narrow one it follows them. Items are numbered: the rows of the blocks, the
title of the chronology, its entries. An entry may take several rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zz110_tui.config.themes import Role
from zz110_tui.core.facts import Entry
from zz110_tui.station.ui import Stop, Ui
from zz110_tui.station.views.blocks import Block, beside
from zz110_tui.station.views.cells import BLANK, Row, fit, heading, repaint
from zz110_tui.station.words import say

TWO_COLUMNS = 120
"""From this width on the chronology stands beside the blocks."""

Tell = Callable[[Entry, int], tuple[Row, ...]]
"""An entry as rows of so many columns."""


@dataclass(frozen=True, slots=True)
class Book:
    """``blocks`` made for :func:`across` columns; ``entries`` newest first, under ``story``. ``whole`` where there
    is no story, and the blocks have all the columns of the page."""

    title: str
    blocks: tuple[Block, ...]
    entries: tuple[Entry, ...]
    story: str
    tell: Tell
    whole: bool = False


def across(columns: int) -> int:
    """How wide the blocks of a page are."""
    return columns // 2 - 1 if columns >= TWO_COLUMNS else columns


class Laid:
    """A book on a page of a size: which rows there are, and which are to be made."""

    def __init__(self, book: Book, columns: int, height: int) -> None:
        self._book = book
        self._columns = columns
        self.room = max(1, height - 1)
        self._across = columns if book.whole else across(columns)
        self._wide = columns >= TWO_COLUMNS and not book.whole
        self.rows: list[Row] = []
        self.stops: list[tuple[int, Stop]] = []
        self.titles: list[int] = []
        for block in book.blocks:
            if not block.rows:
                continue
            if block.title:
                self.titles.append(len(self.rows))
                self.rows.append(fit(((f" {block.title}", Role.MUTED),), self._across))
            self.stops += [(len(self.rows) + at, stop) for at, stop in block.stops]
            self.rows += [fit(row, self._across) for row in block.rows]
        self._story: list[Row] = [fit(((f" {book.story}", Role.MUTED),), self._story_columns)] if book.entries else []
        if self._story and not self._wide:
            self.titles.append(len(self.rows))

    @property
    def _story_columns(self) -> int:
        return self._columns - self._across - 2 if self._wide else self._columns

    # -- items: what is scrolled through -----------------------------------------------------------------------------

    def _left(self, at: int) -> tuple[Row, ...]:
        if at < len(self.rows):
            return (self.rows[at],)
        return self._told(at - len(self.rows))

    def _told(self, at: int) -> tuple[Row, ...]:
        if at == 0:
            return tuple(self._story)
        return self._book.tell(self._book.entries[at - 1], self._story_columns)

    @property
    def _lefts(self) -> int:
        return len(self.rows) + (0 if self._wide else self._tolds)

    @property
    def _tolds(self) -> int:
        return len(self._book.entries) + len(self._story)

    # -- turning pages -----------------------------------------------------------------------------------------------

    def clamped(self, first: int, told: int) -> tuple[int, int]:
        """Not farther than where the last page is full."""
        most = _last(self._lefts, self._left, self.room)
        return max(0, min(first, most)), max(0, min(told, _last(self._tolds, self._told, self.room)))

    def turned(self, first: int, told: int, by: int) -> tuple[int, int]:
        """Where the next page begins (the one before, for -1), one row or entry of this one kept in sight."""
        step = _forward if by > 0 else _backward
        first = step(first, self._lefts, self._left, self.room)
        if self._wide:
            told = step(told, self._tolds, self._told, self.room)
        return self.clamped(first, told)

    def end(self) -> tuple[int, int]:
        return self.clamped(self._lefts, self._tolds)

    def chosen(self, ui: Ui, by: int) -> tuple[Stop | None, int]:
        """The next stop (the one before), and where the page has to begin for it to be seen."""
        at = next((n for n, (_, stop) in enumerate(self.stops) if stop == ui.chosen), None)
        if at is None:
            seen = (n for n, (row, _) in enumerate(self.stops) if row >= ui.first)
            at = next(seen, 0) if by > 0 else len(self.stops) - 1
        else:
            at += by
        if not 0 <= at < len(self.stops):
            return (ui.chosen if self.stops and at >= 0 else None), ui.first
        row, stop = self.stops[at]
        title = max((t for t in self.titles if t <= row), default=row)
        top = title if row - title < self.room // 2 else row
        return stop, min(ui.first, top) if row < ui.first + self.room else max(ui.first, row - self.room + 1)

    def section(self, first: int, by: int) -> int:
        """Where the next block with a title begins (the one before)."""
        if by > 0:
            return next((at for at in self.titles if at > first), first)
        return next((at for at in reversed(self.titles) if at < first), 0)

    # -- drawing -----------------------------------------------------------------------------------------------------

    def draw(self, ui: Ui, language: str) -> list[Row]:
        """A heading and a page of rows."""
        first, told = self.clamped(ui.first, ui.told)
        shown, end = _shown(first, self._lefts, self._left, self.room)
        at = next((row for row, stop in self.stops if stop == ui.chosen), -1)
        if first <= at < first + len(shown) and at < len(self.rows):
            shown[at - first] = _marked(shown[at - first])
        below = self._lefts - end
        if self._wide:
            story, story_end = _shown(told, self._tolds, self._told, self.room)
            shown = beside(shown, story, self._columns, self._story_columns)
            below = max(below, self._tolds - story_end)
        aside = say("more_below", language, n=below) if below > 0 else say("back", language)
        rest = [BLANK] * (self.room - len(shown))
        return [heading(self._book.title, self._columns, aside=aside), *shown[: self.room], *rest]


def _marked(row: Row) -> Row:
    """The chosen row: a sign at its beginning, and the colour of what is selected."""
    (text, role), *more = row
    return repaint(((f">{text[1:]}", role), *more), Role.SELECTED)


Item = Callable[[int], tuple[Row, ...]]


def _shown(first: int, count: int, item: Item, room: int) -> tuple[list[Row], int]:
    """The rows of a page, and the first item that is not whole on it."""
    made: list[Row] = []
    at = first
    while at < count and len(made) < room:
        rows = item(at)
        if len(made) + len(rows) > room and made:
            made += rows
            break
        made += rows
        at += 1
    return made[:room], at


def _forward(first: int, count: int, item: Item, room: int) -> int:
    _, end = _shown(first, count, item, room)
    return first if end >= count else max(first + 1, end - 1)


def _backward(first: int, count: int, item: Item, room: int) -> int:
    used, at = 0, min(first, count - 1)
    while at > 0 and used + len(item(at)) < room:
        used += len(item(at))
        at -= 1
    return max(0, min(at, first - 1))


def _last(count: int, item: Item, room: int) -> int:
    """The item with which the last page begins."""
    used, at = 0, count
    while at > 0 and used + len(item(at - 1)) <= room:
        used += len(item(at - 1))
        at -= 1
    return at if at < count else max(0, count - 1)
