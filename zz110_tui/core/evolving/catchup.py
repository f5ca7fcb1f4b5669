"""What a paper slip changes: nothing but the mark. The facts beside it are those of any slip."""

from __future__ import annotations

from zz110_tui.core import facts as f
from zz110_tui.core.board import Board
from zz110_tui.core.facts_catchup import CaughtUp


def caught_up(board: Board, entry: f.Entry, fact: CaughtUp) -> None:
    """The board keeps the mark with the chronology (:meth:`Board.tell`)."""
