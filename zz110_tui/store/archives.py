"""Where a store's archives are now. The store knows where each was put; files are moved, and machines exchanged. What
makes a file the archive is that it is of this store and ends with the hash that the store kept of it."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from zz110_tui.core.records import dataclass
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.journal import Archived, Head
from zz110_tui.store.reader import SqliteReader
from zz110_tui.store.schema import APPLICATION_ID

MAGIC = b"SQLite format 3\0"
HEAD_BYTES = 72
"""What is read of a file to see whether it may be a store: SQLite's header up to its application's number."""


@dataclass(frozen=True, slots=True)
class Place:
    """``file`` is the archive, None where it was not found; ``claims`` then is a file in its place, or of its name,
    that is not what the store kept the hash of."""

    archived: Archived
    file: Path | None
    claims: Path | None = None


def locate(archives: Iterable[Archived], store: Path, store_id: str, folders: Sequence[Path] = ()) -> tuple[Place, ...]:
    """Each archive where it was put, beside the store, or anywhere in ``folders`` under whatever name."""
    return tuple(_place(one, store, store_id, folders) for one in archives)


def _place(one: Archived, store: Path, store_id: str, folders: Sequence[Path]) -> Place:
    put = Path(one.file)
    named = [put, *(folder / put.name for folder in (store.parent, *folders))]
    claims: Path | None = None
    for file in named:
        if file.is_file():
            if _is(file, one, store_id):
                return Place(one, file)
            claims = claims or file
    for file in _stores_in(folders):
        if file not in named and _is(file, one, store_id):
            return Place(one, file)
    return Place(one, None, claims)


def _is(file: Path, one: Archived, store_id: str) -> bool:
    try:
        reader = SqliteReader(file)
        try:
            return (
                reader.stamp.id == store_id
                and reader.base.position + 1 == one.first
                and reader.head == Head(one.last, one.hash)
            )
        finally:
            reader.close()
    except Trouble:
        return False


def _stores_in(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        try:
            files = sorted(path for path in folder.iterdir() if path.is_file())
        except OSError:
            continue
        yield from (file for file in files if _may_be_a_store(file))


def _may_be_a_store(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            head = opened.read(HEAD_BYTES)
    except OSError:
        return False
    return head.startswith(MAGIC) and head[68:] == struct.pack(">I", APPLICATION_ID)
