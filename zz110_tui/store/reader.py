"""Reading a SQLite store, while another process, or another connection of this one, may be writing it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import Any

import apsw

from zz110_tui.core.facts import Entry
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.batch import closed
from zz110_tui.store.faults import close_quietly, no_such_store, not_a_store, trouble_of
from zz110_tui.store.journal import Archived, Base, Head, Row, StoreKind
from zz110_tui.store.schema import check
from zz110_tui.wire.codec import decode_entry

CHUNK = 128
"""Rows fetched at a time: no read transaction stays open between two chunks, so none holds up a checkpoint."""

BUSY_MS = 5_000

IDS_AT_ONCE = 64


class SqliteReader:
    """A read-only connection. Every method may be called from any thread."""

    def __init__(self, path: Path, kind: StoreKind | None = None, vfs: str | None = None) -> None:
        """``kind`` None takes either. Raises Trouble for no file, a foreign one, a newer one, the wrong kind."""
        if not path.is_file():
            raise no_such_store(path)
        self._path = path
        self._lock = threading.Lock()
        self._warnings: list[Trouble] = []
        self._connection: apsw.Connection | None = None
        with ExitStack() as undo:
            try:
                connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY, vfs=vfs)
                undo.callback(close_quietly, connection)
                connection.set_busy_timeout(BUSY_MS)
                connection.pragma("trusted_schema", False)
                self.stamp = check(connection, path, kind)
                self.base = _base_of(connection)
            except apsw.NotADBError as fault:
                raise not_a_store(path) from fault
            except apsw.Error as fault:
                raise trouble_of(fault, path) from fault
            undo.pop_all()
        self._connection = connection

    @property
    def head(self) -> Head:
        rows = self._all("SELECT position, hash FROM entry ORDER BY position DESC LIMIT 1")
        return Head(*rows[0]) if rows else self.base

    @property
    def warnings(self) -> tuple[Trouble, ...]:
        return tuple(self._warnings)

    def warn(self, warning: Trouble) -> None:
        """Keep a warning; one that says the same is kept once."""
        if all(known.args != warning.args for known in self._warnings):
            self._warnings.append(warning)

    def read(self, after: int = 0, limit: int | None = None) -> Iterator[Entry]:
        position = max(after, 0)
        if position < self.base.position:
            raise _archived(self._path, position + 1, self.base.position)
        for number, payload, _ in self._chunks(position, limit):
            position += 1
            entry = decode_entry(payload)
            if number != position or entry.position != position:
                raise _not_whole(self._path, position)
            yield entry

    def rows(self, after: int = 0, limit: int | None = None) -> Iterator[Row]:
        for position, payload, hashed in self._chunks(max(after, 0), limit):
            yield Row(position, payload, hashed)

    def _chunks(self, after: int, limit: int | None) -> Iterator[tuple[int, bytes, bytes]]:
        left = limit
        while left is None or left > 0:
            wanted = CHUNK if left is None else min(CHUNK, left)
            rows = self._all(
                "SELECT position, payload, hash FROM entry WHERE position > ? ORDER BY position LIMIT ?", after, wanted
            )
            yield from rows
            if len(rows) < wanted:
                return
            after = rows[-1][0]
            left = None if left is None else left - wanted

    def find_commands(self, ids: Sequence[str]) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for start in range(0, len(ids), IDS_AT_ONCE):
            some = ids[start : start + IDS_AT_ONCE]
            places = ", ".join("?" * len(some))
            rows = self._all(f"SELECT id, first, last FROM command WHERE id IN ({places})", *some)
            found.update((command, (first, last)) for command, first, last in rows)
        return found

    def commands(self, after: int, upto: int) -> list[tuple[str, int, int]]:
        """The ids of the commands whose entries lie between two positions, with their first and last."""
        return self._all("SELECT id, first, last FROM command WHERE first > ? AND last <= ?", after, upto)

    def latest_snapshot(self) -> tuple[int, bytes] | None:
        for position, chain, checksum, image in self._all(
            "SELECT position, chain, checksum, image FROM snapshot ORDER BY position DESC"
        ):
            if sha256(image).digest() != checksum:
                self.warn(_bad_snapshot(self._path, position, "checksum"))
            elif self._all("SELECT hash FROM entry WHERE position = ?", position) != [(chain,)]:
                self.warn(_bad_snapshot(self._path, position, "chain"))
            else:
                return position, image
        return self._base_image()

    def _base_image(self) -> tuple[int, bytes] | None:
        base = self.base_with_image()
        return None if base is None else (base.head.position, base.image)

    def base_with_image(self) -> Base | None:
        """Where this store begins, None at the very beginning. Raises Trouble where its image is damaged: unlike a
        snapshot it is no shortcut, and only the archive or a backup replaces it."""
        if not self.base.position:
            return None
        ((checksum, image),) = self._all("SELECT checksum, image FROM base")
        if sha256(image).digest() != checksum:
            raise _bad_base(self._path, self.base.position)
        return Base(self.base, image)

    def snapshots(self) -> list[tuple[int, bytes, bytes, bytes]]:
        """Position, chain, checksum and image of each, unjudged: for copying a store."""
        return self._all("SELECT position, chain, checksum, image FROM snapshot ORDER BY position")

    def archives(self) -> tuple[Archived, ...]:
        """Where the entries before :attr:`base` went, oldest first."""
        if not self.base.position:
            return ()
        return tuple(Archived(*row) for row in self._all("SELECT first, last, chain, file FROM archive ORDER BY first"))

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                close_quietly(self._connection)
                self._connection = None

    def _all(self, sql: str, *values: object) -> list[Any]:
        """Every row of a query, read at once. Raises Trouble."""
        with self._lock:
            if self._connection is None:
                raise closed()
            try:
                return self._connection.execute(sql, values).fetchall()
            except apsw.Error as fault:
                raise trouble_of(fault, self._path) from fault


def _base_of(connection: apsw.Connection) -> Head:
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'base'").fetchall():
        return Head()
    (row,) = connection.execute("SELECT position, chain FROM base")
    return Head(*row)


def _archived(path: Path, position: int, last: int) -> Trouble:
    return Trouble(
        "这一段已移入归档 / these entries were moved to an archive",
        f"{path}: {position}–{last}",
        "用 --store 指向归档文件来读 / read them from the archive: name it with --store",
    )


def _bad_base(path: Path, position: int) -> Trouble:
    return Trouble(
        "归档处的盘面已损坏 / the board at the cut to the archive is damaged",
        f"{path}: {position}",
        "zz110 backup list 看备份，zz110 backup restore 恢复到新文件 / "
        "see zz110 backup list, then zz110 backup restore to a new file",
    )


def _not_whole(path: Path, position: int) -> Trouble:
    return Trouble(
        "日志不完整 / the journal is not whole",
        f"{path}: {position}",
        "zz110 journal verify 查看位置，再 zz110 backup restore 恢复 / zz110 journal verify says where; then restore a "
        "backup with zz110 backup restore",
    )


def _bad_snapshot(path: Path, position: int, what: str) -> Trouble:
    return Trouble(
        "快照损坏，已跳过 / a damaged snapshot was passed over",
        f"{path}: {position} ({what})",
        "不要紧：盘面会从日志重新算出，启动稍慢 / no harm: the board is computed from the journal, a little slower",
    )
