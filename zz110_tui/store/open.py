"""Opening a journal by the name a user gives it. SQLite is imported when a file is asked for."""

from __future__ import annotations

import time
from pathlib import Path

from zz110_tui.store.journal import Journal, JournalReader, StoreKind
from zz110_tui.store.memory import MemoryJournal

MEMORY = ":memory:"


def open_journal(path: str | Path, kind: StoreKind, create: bool = True) -> Journal:
    """The one writer of the store at ``path``, or a journal in memory for ``:memory:``.

    A new store is stamped with ``kind`` for ever. Raises Trouble where it is missing and ``create`` is False, not a
    zz110 store, of a newer version, of the other kind, or being written by another process.
    """
    if str(path) == MEMORY:
        return MemoryJournal(kind)
    from zz110_tui.store.sqlite import SqliteJournal

    return SqliteJournal(Path(path), kind, create=create, created=time.time_ns() // 1_000_000)


def open_read_only(path: str | Path) -> JournalReader:
    """The store at ``path``, of either kind (see ``stamp``), to be read while somebody else may be writing it.

    Raises Trouble where it is missing, not a zz110 store, or of a newer version.
    """
    from zz110_tui.store.reader import SqliteReader

    return SqliteReader(Path(path).resolve())
