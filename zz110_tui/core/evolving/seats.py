"""What changes at the seats of the room: locked, unlocked, freed, handed over, read."""

from __future__ import annotations

from zz110_tui.core import facts as f
from zz110_tui.core import facts_seats as fs
from zz110_tui.core.board import Board
from zz110_tui.core.desks import HandOverNote
from zz110_tui.core.values import changed


def _put(board: Board, entry: f.Entry, desk: str, **changes: object) -> None:
    known = board.desks.get(desk)
    if known is not None:
        board.desks[desk] = changed(known, version=entry.position, **changes)


def desk_locked(board: Board, entry: f.Entry, fact: fs.DeskLocked) -> None:
    _put(board, entry, fact.desk, locked_at=fact.at)


def desk_unlocked(board: Board, entry: f.Entry, fact: fs.DeskUnlocked) -> None:
    _put(board, entry, fact.desk, locked_at=0)


def desk_freed(board: Board, entry: f.Entry, fact: fs.DeskFreed) -> None:
    _put(board, entry, fact.desk, locked_at=0, staffed=False, since=fact.at)


def desk_handed_over(board: Board, entry: f.Entry, fact: fs.DeskHandedOver) -> None:
    if fact.arriving:
        _put(board, entry, fact.desk, person=fact.arriving, since=fact.at)
    note = HandOverNote(
        entry.position, fact.leaving, fact.arriving, fact.note, fact.reports, fact.incidents, fact.alarms, fact.at
    )
    board.hand_overs[fact.desk] = (*board.hand_overs.get(fact.desk, ()), note)


def hand_over_read(board: Board, entry: f.Entry, fact: fs.HandOverRead) -> None:
    left = tuple(note for note in board.hand_overs.get(fact.desk, ()) if note.position > fact.upto)
    if left:
        board.hand_overs[fact.desk] = left
    else:
        board.hand_overs.pop(fact.desk, None)


def data_unmasked(board: Board, entry: f.Entry, fact: fs.DataUnmasked) -> None:
    """Looking changes nothing: it stands in the chronology of the slip."""
