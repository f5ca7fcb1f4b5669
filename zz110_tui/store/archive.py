"""Moving a store's older entries into an archive: a sealed store of its own, which the live one goes on from.

The archive is written, read back and synced before anything else is touched; then a new live file, with the board at
the cut and everything after it, is written beside the old one and takes its name in one step. Killed anywhere, either
the store is as it was, or it is cut and the archive is there.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

import apsw
import msgspec

from zz110_tui.core.trouble import Trouble
from zz110_tui.store import schema
from zz110_tui.store.chain import link
from zz110_tui.store.faults import close_quietly, trouble_of
from zz110_tui.store.journal import Archived, Base, Head, Row
from zz110_tui.store.lockfile import StoreLock
from zz110_tui.store.reader import SqliteReader

BATCH = 5_000
SAY_EVERY = 5_000
IDS_KEPT = 500_000
"""Of so many entries before the cut the ids of their commands stay: one that is sent again is not done again. At 143
calls a day that is most of a year, and 20 MB."""

CANNOT_CREATE = 73
BAD_DATA = 65

Tell = Callable[[int, int], object]
ImageAt = Callable[[SqliteReader, int], bytes]
"""Gives the board at a position as an image, from the entries up to it."""


class _Named(msgspec.Struct, frozen=True):
    c: str


_named = msgspec.json.Decoder(_Named).decode


def archive(store: Path, cut: int, file: Path, image_at: ImageAt, tell: Tell) -> Archived:
    """Move the entries up to ``cut`` to ``file``, and let the store begin after them.

    Raises Trouble: a core holds the store or somebody reads it, the file is there and is another archive, the chain is
    broken, no space. The store is then as it was.
    """
    store, file = store.resolve(), file.absolute()
    with ExitStack() as stack:
        lock = StoreLock(store)
        stack.callback(lock.release)
        reader = SqliteReader(store)
        stack.callback(reader.close)
        base, head = reader.base, reader.head
        if not base.position < cut <= head.position:
            raise _nothing_there(cut, base, head)
        parts = [path.with_name(f".{path.name}.archiving") for path in (file, store)]
        for part in parts:
            stack.callback(_forget, part)
            _forget(part)
        try:
            moved = _archive_file(reader, cut, file, parts[0], tell)
            kept = Base(Head(cut, moved.hash), image_at(reader, cut))
            _live_file(reader, kept, (*reader.archives(), moved), parts[1], head)
        except apsw.Error as fault:
            raise trouble_of(fault, file) from fault
        except OSError as fault:
            raise _cannot_write(file, fault) from fault
        reader.close()
        _take_over(store, parts[1])
    return moved


def _archive_file(reader: SqliteReader, cut: int, file: Path, part: Path, tell: Tell) -> Archived:
    """The archive, written, or found as an earlier run left it."""
    if not file.exists():
        base = reader.base_with_image()
        _write(part, reader, base, reader.archives(), cut, tell, sealed=True)
        part.chmod(0o400)
        _sync(part)
        os.link(part, file)
        _sync(file.parent)
    archived = SqliteReader(file)
    try:
        head = _walk(archived, archived.base)
        row = next(reader.rows(cut - 1, 1), None)
        if archived.stamp != reader.stamp or archived.base != reader.base or row is None or head != _head(row):
            raise _another(file)
    finally:
        archived.close()
    return Archived(reader.base.position + 1, cut, head.hash, str(file))


def _live_file(reader: SqliteReader, base: Base, archives: tuple[Archived, ...], part: Path, head: Head) -> None:
    _write(part, reader, base, archives, head.position, lambda _done, _total: None, sealed=False)
    database = apsw.Connection(str(part), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        for position, chain, checksum, image in reader.snapshots():
            if position > base.head.position:
                database.execute("INSERT INTO snapshot VALUES (?, ?, ?, ?)", (position, chain, checksum, image))
        cut = base.head.position
        with database:
            database.executemany("INSERT INTO command VALUES (?, ?, ?)", reader.commands(cut - IDS_KEPT, cut))
    finally:
        close_quietly(database)
    _sync(part)
    again = SqliteReader(part)
    try:
        if _walk(again, base.head) != head:
            raise _broken(base.head.position + 1)
    finally:
        again.close()


def _write(
    part: Path,
    reader: SqliteReader,
    base: Base | None,
    archives: tuple[Archived, ...],
    last: int,
    tell: Tell,
    *,
    sealed: bool,
) -> None:
    """A store with the entries after its base up to ``last``, each link checked."""
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    database = apsw.Connection(str(part), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        # Nobody knows this file yet: it is synced once, before it gets its name.
        database.execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536").fetchall()
        schema.make(database, reader.stamp)
        with database:
            head = Head()
            if base is not None:
                schema.put_base(database, base, archives)
                head = base.head
            first = head.position
            batch: list[Row] = []
            for row in reader.rows(head.position, last - head.position):
                if row.position != head.position + 1 or row.hash != link(head.hash, row.payload):
                    raise _broken(head.position + 1)
                head = _head(row)
                if len(batch) >= BATCH and _command(row) != _command(batch[-1]):
                    _insert(database, batch)
                batch.append(row)
                if row.position % SAY_EVERY == 0:
                    tell(row.position - first, last - first)
            _insert(database, batch)
            if head.position != last:
                raise _broken(head.position + 1)
        if sealed:
            database.pragma("user_version", schema.SEALED_VERSION)
    finally:
        close_quietly(database)


def _insert(database: apsw.Connection, batch: list[Row]) -> None:
    spans: dict[str, tuple[int, int]] = {}
    for row in batch:
        command = _command(row)
        if command:
            spans[command] = (spans.get(command, (row.position, 0))[0], row.position)
    rows = [(row.position, row.payload, row.hash) for row in batch]
    database.executemany("INSERT INTO entry VALUES (?, ?, ?)", rows)
    database.executemany("INSERT INTO command VALUES (?, ?, ?)", [(c, *span) for c, span in spans.items()])
    batch.clear()


def _command(row: Row) -> str:
    try:
        return _named(row.payload).c
    except msgspec.MsgspecError as fault:
        raise _broken(row.position) from fault


def _walk(reader: SqliteReader, head: Head) -> Head:
    """The head that a file's entries lead to. Raises Trouble at a link that is broken."""
    for row in reader.rows(head.position):
        if row.position != head.position + 1 or row.hash != link(head.hash, row.payload):
            raise _broken(head.position + 1)
        head = _head(row)
    return head


def _head(row: Row) -> Head:
    return Head(row.position, row.hash)


def _take_over(store: Path, part: Path) -> None:
    """Give the new file the store's name. A log that still belonged to the old one would be played into it, so the old
    one is first left without a log, which SQLite grants only when nobody else has it open."""
    try:
        database = apsw.Connection(str(store), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            database.set_busy_timeout(0)
            alone = database.pragma("journal_mode", "delete") == "delete"
        except (apsw.BusyError, apsw.LockedError):
            alone = False
        finally:
            close_quietly(database)
        if not alone or store.with_name(store.name + "-wal").exists():
            raise _being_read(store)
        part.rename(store)
        _sync(store.parent)
    except apsw.Error as fault:
        raise trouble_of(fault, store) from fault
    except OSError as fault:
        raise _cannot_write(store, fault) from fault


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _forget(part: Path) -> None:
    for end in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            part.with_name(part.name + end).unlink()


def _nothing_there(cut: int, base: Head, head: Head) -> Trouble:
    return Trouble(
        "这段时间没有可归档的 / there is nothing to archive before that time",
        f"{base.position} < {cut} ≤ {head.position}?",
        "换一个年份；已归档的不会再归档 / name another year; what is archived already is not archived again",
        exit_code=2,
    )


def _another(file: Path) -> Trouble:
    return Trouble(
        "那里有另一个文件 / another file is there",
        str(file),
        "换一个文件名；库没有动 / choose another name; the store was not touched",
        exit_code=CANNOT_CREATE,
    )


def _broken(position: int) -> Trouble:
    return Trouble(
        "库不完好，没有归档 / the store is not intact: nothing was archived",
        f"{position}",
        "zz110 journal verify 查看位置，再 zz110 backup restore 恢复 / "
        "zz110 journal verify says where; then restore a backup with zz110 backup restore",
        exit_code=BAD_DATA,
    )


def _being_read(store: Path) -> Trouble:
    return Trouble(
        "有程序正在读这个库 / somebody is reading this store",
        str(store),
        "等它结束再试；归档文件已写好，会接着用，库没有动 / "
        "try again when that is done; the archive is written and will be used, the store was not touched",
        exit_code=75,
    )


def _cannot_write(path: Path, fault: OSError) -> Trouble:
    return Trouble(
        "归档写不了 / the archive cannot be written",
        f"{path}: {fault.strerror}",
        "检查目录、权限和剩余空间（归档与新库都要放得下）；库没有动 / "
        "check the folder, the permissions and the free space (for the archive and for the new store); the store was "
        "not touched",
        exit_code=CANNOT_CREATE,
    )
