"""From what is stored to a board: the newest good snapshot, then every entry after it."""

from __future__ import annotations

from zz110_tui.core.board import Board, BoardImage
from zz110_tui.core.evolve import evolve
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.journal import Journal, JournalReader
from zz110_tui.wire.codec import decode_image, encode_image

SNAPSHOT_EVERY = 5_000
"""Entries between two snapshots."""

SNAPSHOT_PAUSE_S = 10.0
SNAPSHOT_AT_LAST = 50_000
"""In a storm there are at least so many seconds, and at most so many entries, between two: to read those again takes
less than a second."""


def recover(journal: JournalReader) -> tuple[Board, int]:
    """The board that the journal means, and the position of the snapshot it began from (0 for none)."""
    board, began = _from_snapshot(journal)
    for entry in journal.read(board.position):
        evolve(board, entry)
    return board, began


def _from_snapshot(journal: JournalReader) -> tuple[Board, int]:
    stored = journal.latest_snapshot()
    if stored is None:
        return Board(), 0
    position, image = stored
    try:
        return Board.from_image(decode_image(image)), position
    except Trouble:
        # A snapshot is only a shortcut: one of another version, or a damaged one, costs time and loses nothing.
        return first_board(journal), 0


def first_board(journal: JournalReader) -> Board:
    """The board before the first entry: an empty one, or that at which older entries were moved to an archive.

    Raises Trouble where that one cannot be read.
    """
    base = journal.base_with_image()
    return Board() if base is None else Board.from_image(decode_image(base.image))


def save_snapshot(journal: Journal, image: BoardImage) -> None:
    journal.save_snapshot(image.position, encode_image(image))
