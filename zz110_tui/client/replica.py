"""A board kept current from facts: what a station draws from."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from zz110_tui.core.board import Board, BoardImage
from zz110_tui.core.evolve import evolve
from zz110_tui.core.facts import Entry

Listener = Callable[[tuple[Entry, ...]], None]


class Replica:
    """A copy of the core's board. ``apply`` takes entries in order; ones it already has are passed over."""

    def __init__(self, image: BoardImage) -> None:
        self.board = Board.from_image(image)
        self._listeners: list[Listener] = []

    @property
    def position(self) -> int:
        return self.board.position

    def listen(self, listener: Listener) -> None:
        """Call ``listener`` with each batch after the board has changed."""
        self._listeners.append(listener)

    def apply(self, entries: Iterable[Entry]) -> None:
        """Raises ValueError on a gap: then the reader has to join again."""
        new: list[Entry] = []
        for entry in entries:
            if entry.position <= self.board.position:
                continue
            if entry.position != self.board.position + 1:
                raise ValueError(f"gap: at {self.board.position}, given {entry.position}")
            evolve(self.board, entry)
            new.append(entry)
        if new:
            batch = tuple(new)
            for listener in self._listeners:
                listener(batch)
