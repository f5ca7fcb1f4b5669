"""Trying a backup: restored into a scratch place, verified, replayed, and its boards compared byte for byte."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from zz110_tui.core.board import Board
from zz110_tui.core.evolve import evolve
from zz110_tui.core.facts import Entry
from zz110_tui.core.trouble import Trouble
from zz110_tui.service.recovery import first_board, recover
from zz110_tui.store.beside import ArchiveNow
from zz110_tui.store.chain import Verdict, verify
from zz110_tui.store.reader import SqliteReader
from zz110_tui.store.restore import restore
from zz110_tui.store.sealed import Header
from zz110_tui.wire.codec import decode_image, encode_image

Against = Literal["same", "differs", "behind", "another", "absent"]
"""The live store beside the backup: it has the same past; another past; does not reach so far; is another store or
archived further; is not there."""

Tell = Callable[[str, int, int], object]
"""Called now and then with ``restore`` or ``replay``, how many entries are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """``restore_s`` to ``start_s`` are what a real restore would take: the file, then a core's start on it.

    ``snapshot`` is the position from which that start began; ``boards`` says whether the board it led to is, byte for
    byte, that of a replay of every entry. ``live_board``: the same against the store in use, None where not compared.
    ``archives`` are what the entries before the backup's first are in; ``users`` is the list of users, in the scratch.
    """

    header: Header
    verdict: Verdict
    restore_s: float
    start_s: float
    replay_s: float
    snapshot: int
    boards: bool
    live: Against
    live_board: bool | None
    archives: tuple[ArchiveNow, ...]
    users: Path | None

    @property
    def good(self) -> bool:
        kept = not any(one.state in ("missing", "changed") for one in self.archives)
        same = self.live != "differs" and self.live_board is not False
        return self.verdict.intact and self.boards and same and kept


def rehearse(
    backup: Path,
    scratch: Path,
    key: bytes | None,
    live: Path | None,
    tell: Tell,
    archives_in: Sequence[Path] = (),
) -> Rehearsal:
    """Raises Trouble for a backup that cannot be restored at all."""
    store = scratch / "restored.zz110"
    began = time.monotonic()
    beside = () if live is None else (live.parent,)
    back = restore(backup, store, key, lambda done, total: tell("restore", done, total), (*beside, *archives_in))
    header = back.header
    restored = time.monotonic()
    reader = SqliteReader(store)
    try:
        board, snapshot = recover(reader)
        started = time.monotonic()
        replayed = first_board(reader)

        def each(entry: Entry) -> None:
            evolve(replayed, entry)
            if entry.position % 5_000 == 0:
                tell("replay", entry.position - header.base, header.position - header.base)

        verdict = verify(reader.rows(), reader.base, each=each)
        image = encode_image(replayed.image())
        boards = encode_image(board.image()) == image
        against, live_board = _against(live, reader, image)
    finally:
        reader.close()
    ended = time.monotonic()
    return Rehearsal(
        header,
        verdict,
        restored - began,
        started - restored,
        ended - started,
        snapshot,
        boards,
        against,
        live_board,
        back.archives,
        back.users,
    )


def _against(live: Path | None, restored: SqliteReader, image: bytes) -> tuple[Against, bool | None]:
    if live is None or not live.is_file():
        return "absent", None
    try:
        reader = SqliteReader(live.resolve())
    except Trouble:
        return "absent", None
    try:
        head = restored.head
        if reader.stamp != restored.stamp or reader.base.position > head.position:
            return "another", None
        if reader.head.position < head.position:
            return "behind", None
        if head.position > reader.base.position:
            row = next(reader.rows(head.position - 1, 1), None)
            if row is None or row.hash != head.hash:
                return "differs", None
        return "same", _board_at(reader, head.position, image)
    finally:
        reader.close()


def _board_at(reader: SqliteReader, position: int, image: bytes) -> bool | None:
    """Whether the live store's own board was this one at that position; None where its snapshots are all later."""
    stored = reader.latest_snapshot()
    if stored is None:
        board = first_board(reader)
    elif stored[0] <= position:
        board = Board.from_image(decode_image(stored[1]))
    else:
        return None
    for entry in reader.read(board.position, position - board.position):
        evolve(board, entry)
    return encode_image(board.image()) == image
