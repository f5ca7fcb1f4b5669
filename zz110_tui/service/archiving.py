"""Where to cut a journal, and the board there."""

from __future__ import annotations

from zz110_tui.core.board import Board
from zz110_tui.core.evolve import evolve
from zz110_tui.core.facts import Entry
from zz110_tui.core.trouble import Trouble
from zz110_tui.service.recovery import first_board
from zz110_tui.store.chain import verify
from zz110_tui.store.journal import JournalReader
from zz110_tui.wire.codec import encode_image


def last_before(journal: JournalReader, at: int) -> int:
    """The position of the last entry decided before a time (UTC ms); the base's where there is none. The core's clock
    never goes back, so halving finds it."""
    low, high = journal.base.position, journal.head.position
    while low < high:
        middle = (low + high + 1) // 2
        entry = next(journal.read(middle - 1, 1))
        low, high = (middle, high) if entry.at < at else (low, middle - 1)
    return low


def image_at(journal: JournalReader, position: int) -> bytes:
    """The board after an entry, computed from everything before it, each entry judged. Raises Trouble."""
    board: Board = first_board(journal)

    def each(entry: Entry) -> None:
        evolve(board, entry)

    verdict = verify(journal.rows(journal.base.position, position - journal.base.position), journal.base, each=each)
    if verdict.fault is not None:
        raise Trouble(
            "库不完好，没有归档 / the store is not intact: nothing was archived",
            f"{verdict.fault.sentence('zh')} / {verdict.fault.sentence('en')}",
            "zz110 backup list 看备份，zz110 backup restore 恢复到新文件 / "
            "see zz110 backup list, then zz110 backup restore to a new file",
            exit_code=65,
        )
    return encode_image(board.image())
