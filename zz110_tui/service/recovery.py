"""From what is stored to a board: the newest good snapshot, then every entry after it."""

from __future__ import annotations

from zz110_tui.core.board import Board, BoardImage
from zz110_tui.core.evolve import evolve
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.journal import Journal, JournalReader
from zz110_tui.wire.codec import decode_image, encode_image

SNAPSHOT_EVERY = 5_000
"""Entries between two snapshots."""


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
        return Board(), 0


def save_snapshot(journal: Journal, image: BoardImage) -> None:
    journal.save_snapshot(image.position, encode_image(image))
