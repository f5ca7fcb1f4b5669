"""The journal in a SQLite file: WAL, ``synchronous=FULL``, one writer. Returned means on the disk."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from hashlib import sha256
from itertools import chain
from pathlib import Path

import apsw

from zz110_tui.core.facts import Entry
from zz110_tui.core.trouble import Trouble
from zz110_tui.store import schema
from zz110_tui.store.batch import Batch, check_snapshot, closed, doubled_command, make_batch
from zz110_tui.store.chain import verify
from zz110_tui.store.faults import close_quietly, no_such_store, not_a_store, sealed_store, trouble_of
from zz110_tui.store.journal import SNAPSHOTS_KEPT, Base, Head, Row, Stamp, StoreKind
from zz110_tui.store.lockfile import StoreLock
from zz110_tui.store.reader import BUSY_MS, SqliteReader

CACHE_KIB = 16 * 1024

REST_PAGES = 1_000
"""``rest`` checkpoints when so many pages of the log (4 MB) wait for it: less is not worth an fsync of the file."""

WAL_PAGES = 16_000
"""``append`` checkpoints by itself here (64 MB), should nobody ever rest."""

COPY_BYTES = 1 << 16
"""SQLite's own file layer writes less than 128 KiB at a time, and calls a disk full that is asked for just that."""

SMALLEST_FILE = 512
"""Bytes of the smallest page SQLite knows."""

TOGETHER = 64
"""Rows that one statement stores at most."""

TAIL = 64
"""Entries whose chain is checked when a store is opened."""


class SqliteJournal:
    """The one writer of a store; made by :func:`zz110_tui.store.open.open_journal`."""

    blocking = True

    def __init__(
        self, path: Path, kind: StoreKind, *, create: bool = True, created: int = 0, vfs: str | None = None
    ) -> None:
        """``created`` (UTC ms) goes into the stamp of a new store; ``vfs`` is for tests that break the disk.

        Raises Trouble: no such store, not a store, a newer one, of the other kind, in use by another process.
        """
        path = path.resolve()
        self._path = path
        self.broken: Trouble | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._wal_pages = 0
        self._moved = 0
        self._resting = threading.Lock()
        if not create and not path.is_file():
            raise no_such_store(path)
        _make_folder(path.parent)
        with ExitStack() as undo:
            self._store_lock = StoreLock(path)
            undo.callback(self._store_lock.release)
            _make_file(path)
            self._writer = _open_writer(path, kind, created, vfs)
            undo.callback(close_quietly, self._writer)
            self._keeper = _open_keeper(path, vfs)
            undo.callback(close_quietly, self._keeper)
            self._reader = SqliteReader(path, kind, vfs)
            undo.callback(self._reader.close)
            self._head = self._reader.head
            self._check_tail()
            self._writer.set_wal_hook(self._count_pages)
            undo.pop_all()

    @property
    def stamp(self) -> Stamp:
        return self._reader.stamp

    @property
    def base(self) -> Head:
        return self._reader.base

    @property
    def head(self) -> Head:
        if self._closed:
            raise closed()
        return self._head

    @property
    def warnings(self) -> tuple[Trouble, ...]:
        return self._reader.warnings

    def append(self, entries: Sequence[Entry]) -> Sequence[Row]:
        with self._lock:
            self._check_open()
            if self.broken is not None:
                raise self.broken
            batch = make_batch(self._head, entries)
            if batch.rows:
                self._store(batch)
                self._head = batch.head
                if self._wal_pages >= WAL_PAGES:
                    # The entries are durable already; a checkpoint that fails now is tried again next time.
                    with suppress(Trouble):
                        self._checkpoint(self._writer)
            return batch.rows

    def _store(self, batch: Batch) -> None:
        try:
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                self._insert("command", batch.commands)
            except apsw.ConstraintError as fault:
                self._roll_back()
                raise self._doubled(batch) from fault
            self._insert("entry", batch.rows)
            self._writer.execute("COMMIT")
        except apsw.Error as fault:
            self.broken = trouble_of(fault, self._path)
            self._roll_back()
            raise self.broken from fault
        except Trouble:
            raise
        except BaseException:
            # Interrupted between two steps (Ctrl-C): nobody can say whether it is stored. Opening it again will.
            self.broken = _interrupted(self._path)
            self._roll_back()
            raise

    def _insert(self, table: str, rows: Sequence[tuple[object, object, object]]) -> None:
        """Rows of three values, many with one statement: each statement lets go of the interpreter and has to get it
        back from whoever took it meanwhile."""
        for start in range(0, len(rows), TOGETHER):
            some = rows[start : start + TOGETHER]
            places = ", ".join(["(?, ?, ?)"] * len(some))
            self._writer.execute(f"INSERT INTO {table} VALUES {places}", tuple(chain.from_iterable(some)))

    def _doubled(self, batch: Batch) -> Trouble:
        known = self._reader.find_commands([command for command, _, _ in batch.commands])
        return doubled_command(next(iter(known), "?"))

    def _roll_back(self) -> None:
        # After most faults SQLite has rolled back by itself; where even this fails, closing does it.
        with suppress(apsw.Error):
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")

    def read(self, after: int = 0, limit: int | None = None) -> Iterator[Entry]:
        return self._reader.read(after, limit)

    def rows(self, after: int = 0, limit: int | None = None) -> Iterator[Row]:
        return self._reader.rows(after, limit)

    def find_commands(self, ids: Sequence[str]) -> dict[str, tuple[int, int]]:
        return self._reader.find_commands(ids)

    def latest_snapshot(self) -> tuple[int, bytes] | None:
        return self._reader.latest_snapshot()

    def base_with_image(self) -> Base | None:
        return self._reader.base_with_image()

    def save_snapshot(self, position: int, image: bytes) -> None:
        with self._lock:
            self._check_open()
            if self.broken is not None:
                raise self.broken
            check_snapshot(position, self._head)
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                self._writer.execute(
                    "INSERT OR REPLACE INTO snapshot SELECT position, hash, ?, ? FROM entry WHERE position = ?",
                    (sha256(image).digest(), image, position),
                )
                self._writer.execute(
                    "DELETE FROM snapshot WHERE position NOT IN "
                    "(SELECT position FROM snapshot ORDER BY position DESC LIMIT ?)",
                    (SNAPSHOTS_KEPT,),
                )
                self._writer.execute("COMMIT")
            except apsw.Error as fault:
                self._roll_back()
                if self._writer.in_transaction:
                    self.broken = trouble_of(fault, self._path)
                raise trouble_of(fault, self._path) from fault

    @property
    def tired(self) -> bool:
        return self._wal_pages - self._moved >= REST_PAGES and self.broken is None

    def rest(self) -> None:
        """A checkpoint over a connection of its own: an append that comes meanwhile does not wait for it."""
        with self._resting:
            self._check_open()
            if self.tired:
                self._checkpoint(self._keeper)

    def _checkpoint(self, connection: apsw.Connection) -> None:
        try:
            _, self._moved = connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
        except apsw.BusyError:
            return  # the other connection is at it
        except apsw.Error as fault:
            raise trouble_of(fault, self._path) from fault

    def close(self) -> None:
        with self._resting, self._lock:
            if self._closed:
                return
            self._closed = True
            self._reader.close()
            close_quietly(self._keeper)
            close_quietly(self._writer)
            self._store_lock.release()

    def _count_pages(self, _connection: apsw.Connection, _name: str, pages: int) -> int:
        """SQLite's hook after each commit; it replaces SQLite's own automatic checkpoint."""
        if pages < self._wal_pages:
            # Everything had been moved, and the log began anew.
            self._moved = 0
        self._wal_pages = pages
        return apsw.SQLITE_OK

    def _check_open(self) -> None:
        if self._closed:
            raise closed()

    def _check_tail(self) -> None:
        """A fault near the head is told at once; the whole chain is judged by ``zz110 journal verify``."""
        base = self._reader.base
        start = max(self._head.position - TAIL, base.position)
        rows = list(self._reader.rows(start))
        if start > base.position:
            base = next((Head(row.position, row.hash) for row in self._reader.rows(start - 1, 1)), base)
        fault = verify(rows, base).fault
        if fault is not None:
            self._reader.warn(
                Trouble(
                    "日志的哈希链断开 / the chain of the journal is broken",
                    f"{fault.sentence('zh')} / {fault.sentence('en')}",
                    "运行 zz110 journal verify；备份见 zz110 backup list / run zz110 journal verify; the backups: "
                    "zz110 "
                    "backup list",
                )
            )


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(folder.parent)
    except OSError as fault:
        raise Trouble(
            "无法建立案卷库目录 / the store's folder cannot be made",
            f"{folder}: {fault.strerror}",
            "检查权限，或用 --store 另选位置 / check the permissions, or choose another place with --store",
        ) from fault


def _sync_folder(folder: Path) -> None:
    """Make names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make_file(path: Path) -> None:
    """An empty file that only its owner reads, durable in its folder: SQLite gives the same mode to what it adds."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        _sync_folder(path.parent)
    except FileExistsError:
        return
    except OSError as fault:
        raise Trouble(
            "无法建立案卷库 / the store cannot be made",
            f"{path}: {fault.strerror}",
            "检查权限和磁盘，或用 --store 另选位置 / check the permissions and the disk, or choose --store",
        ) from fault


def _open_writer(path: Path, kind: StoreKind, created: int, vfs: str | None) -> apsw.Connection:
    with ExitStack() as undo:
        try:
            connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE, vfs=vfs)
            undo.callback(close_quietly, connection)
            _set_up(connection, path, kind, created, vfs)
        except apsw.NotADBError as fault:
            raise not_a_store(path) from fault
        except apsw.Error as fault:
            raise trouble_of(fault, path) from fault
        undo.pop_all()
    return connection


def _open_keeper(path: Path, vfs: str | None) -> apsw.Connection:
    """The connection that moves the log into the file, beside the one that writes. It has to sync as that one does."""
    try:
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE, vfs=vfs)
        connection.pragma("trusted_schema", False)
        connection.pragma("synchronous", "FULL")
        connection.pragma("fullfsync", True)
        connection.pragma("checkpoint_fullfsync", True)
        connection.wal_autocheckpoint(0)
    except apsw.Error as fault:
        raise trouble_of(fault, path) from fault
    return connection


def _set_up(connection: apsw.Connection, path: Path, kind: StoreKind, created: int, vfs: str | None) -> None:
    connection.set_busy_timeout(BUSY_MS)
    connection.pragma("trusted_schema", False)
    new = schema.is_empty(connection)
    if new and 0 < path.stat().st_size < SMALLEST_FILE:
        # SQLite takes a file this short for an empty one, whatever is in it.
        raise not_a_store(path)
    if not new:
        schema.check(connection, path, kind)
        if connection.pragma("user_version") == schema.SEALED_VERSION:
            raise sealed_store(path)
        _settle_wal(path, vfs)
    if connection.pragma("journal_mode", "wal") != "wal":
        raise apsw.CantOpenError("this file system cannot keep a write-ahead log")
    connection.pragma("synchronous", "FULL")
    connection.pragma("fullfsync", True)
    connection.pragma("checkpoint_fullfsync", True)
    connection.pragma("cache_size", -CACHE_KIB)
    connection.pragma("journal_size_limit", WAL_PAGES * 4096)
    if new:
        schema.make(connection, schema.new_stamp(kind, created))


def _settle_wal(path: Path, vfs: str | None) -> None:
    """Write a log that was left behind once more, byte for byte, and sync it.

    After an fsync that failed, the system may keep pages in memory that never reached the disk and call them clean:
    SQLite would build on them, and a power cut would take what is acknowledged later along with them.
    """
    log = path.with_name(path.name + "-wal")
    if not log.exists() or not log.stat().st_size:
        return
    flags = [apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_READWRITE, 0]
    file = apsw.VFSFile(vfs or "", str(log), flags)
    try:
        size = file.xFileSize()
        for start in range(0, size, COPY_BYTES):
            file.xWrite(file.xRead(min(COPY_BYTES, size - start), start), start)
        file.xSync(apsw.SQLITE_SYNC_FULL)
    finally:
        file.xClose()


def _interrupted(path: Path) -> Trouble:
    return Trouble(
        "写入被打断 / an append was interrupted",
        str(path),
        "重新打开案卷库 / open the store again",
    )
