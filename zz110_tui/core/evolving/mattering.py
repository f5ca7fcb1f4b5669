"""How a matter is put back with some values changed. For the evolvers alone."""

from __future__ import annotations

from typing import Any

from zz110_tui.core import facts as f
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.board import Board
from zz110_tui.core.values import changed


def put(board: Board, entry: f.Entry, kind: SubjectKind, number: int, **changes: Any) -> None:
    """Change the matter, if it is on the board."""
    put_subject(board, entry, Subject(kind, str(number)), **changes)


def put_subject(board: Board, entry: f.Entry, subject: Subject, **changes: Any) -> None:
    matter = board.matters.get(subject)
    if matter is not None:
        board.put_matter(changed(matter, version=entry.position, **changes))
