"""From a backup back to a store: into a new file, never over one, and there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import apsw
import msgspec

from zz110_tui.core.trouble import Trouble
from zz110_tui.store import schema
from zz110_tui.store.archives import Place, locate
from zz110_tui.store.backup import ARCHIVES, BASE, ENTRY, PLACE, SAY_EVERY, SNAPSHOT, USERS, Tell, records_of
from zz110_tui.store.beside import ArchiveNow, look_at, put_users, take_name
from zz110_tui.store.chain import link
from zz110_tui.store.faults import close_quietly, trouble_of
from zz110_tui.store.journal import Archived, Base, Head, Stamp
from zz110_tui.store.lockfile import StoreLock
from zz110_tui.store.sealed import Header, Reference, damaged

BATCH = 5_000
CANNOT_CREATE = 73


class _Named(msgspec.Struct, frozen=True):
    """All that the index of commands needs of an entry."""

    c: str


_named = msgspec.json.Decoder(_Named).decode


@dataclass(frozen=True, slots=True)
class Restored:
    """``users`` is where the list of users was put, None where the backup holds none; ``archives`` are what the older
    entries are in, each reachable and unchanged or not: the store knows them where they were found."""

    header: Header
    users: Path | None
    archives: tuple[ArchiveNow, ...]


@dataclass(slots=True)
class _Filling:
    """A store that is being filled from records."""

    database: apsw.Connection
    path: Path
    header: Header
    tell: Tell
    store: Path
    archives_in: Sequence[Path]
    head: Head
    rows: list[tuple[int, bytes, bytes]]
    spans: dict[str, tuple[int, int]]
    base: tuple[Head, bytes] | None = None
    places: tuple[Place, ...] = ()
    users: bytes | None = None

    def take(self, kind: bytes, content: bytes) -> None:
        if kind == ENTRY:
            self._entry(content)
        elif kind == BASE:
            self.base = (Head(*PLACE.unpack_from(content)), content[PLACE.size :])
            self.head = self.base[0]
        elif kind == ARCHIVES and self.base is not None:
            gone = tuple(Archived(a, b, bytes.fromhex(c), f) for a, b, c, f in msgspec.json.decode(content))
            self.places = locate(gone, self.store, self.header.store, self.archives_in)
            now = [_where_it_is(place) for place in self.places]
            schema.put_base(self.database, Base(*self.base), now)
        elif kind == USERS:
            self.users = content
        elif kind == SNAPSHOT:
            self.flush()
            position, chain = PLACE.unpack_from(content)
            image = content[PLACE.size :]
            values = (position, chain, sha256(image).digest(), image)
            self.database.execute("INSERT INTO snapshot VALUES (?, ?, ?, ?)", values)
        else:
            raise damaged(
                self.path, "不认识的记录，或由较新的 zz110 写成 / an unknown record; a newer zz110 may have written it"
            )

    def _entry(self, payload: bytes) -> None:
        try:
            command = _named(payload).c
        except msgspec.MsgspecError as fault:
            raise damaged(self.path, f"{self.head.position + 1}") from fault
        if len(self.rows) >= BATCH and command not in self.spans:
            self.flush()
        position = self.head.position + 1
        self.head = Head(position, link(self.head.hash, payload))
        self.rows.append((position, payload, self.head.hash))
        if command:
            self.spans[command] = (self.spans.get(command, (position, 0))[0], position)
        if position % SAY_EVERY == 0:
            self.tell(position - self.header.base, self.header.position - self.header.base)

    def flush(self) -> None:
        self.database.executemany("INSERT INTO entry VALUES (?, ?, ?)", self.rows)
        spans = [(command, *span) for command, span in self.spans.items()]
        self.database.executemany("INSERT INTO command VALUES (?, ?, ?)", spans)
        self.rows.clear()
        self.spans.clear()


def _where_it_is(place: Place) -> Archived:
    """What the restored store will know of an archive: where it was found, else where it was."""
    file = place.archived.file if place.file is None else str(place.file.absolute())
    return Archived(place.archived.first, place.archived.last, place.archived.hash, file)


def restore(backup: Path, target: Path, key: bytes | None, tell: Tell, archives_in: Sequence[Path] = ()) -> Restored:
    """Make a store at ``target`` from a backup. What was there is never touched; killed half-way there is no store.

    Archives are looked for where they were, beside ``target`` and in ``archives_in``. One that is out of reach is told
    and is no reason against the store, which goes on without it.
    Raises Trouble: something is there already or a core holds the place, the backup is damaged or of another key, its
    chain does not lead to the head that it names, no space.
    """
    target = target.absolute()
    with ExitStack() as stack:
        try:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as fault:
            raise _cannot_write(target, fault) from fault
        lock = StoreLock(target)
        stack.callback(lock.release)
        _check_free(target)
        part = target.with_name(f".{target.name}.restoring")
        stack.callback(_forget, part)
        _forget(part)
        filled = _fill(part, backup, key, tell, target, archives_in)
        try:
            # Before the store: where there is a store, its restore was done to the end.
            users = None if filled.users is None else put_users(target, filled.users)
            _publish(part, target)
        except OSError as fault:
            raise _cannot_write(target, fault) from fault
    # A backup of before their sums were kept names its archives inside only.
    gone = [place.archived for place in filled.places]
    known = filled.header.archives or tuple(Reference(one.first, one.last, one.file, "") for one in gone)
    return Restored(filled.header, users, look_at(known, filled.places))


def _check_free(target: Path) -> None:
    """Raises Trouble where there is a store, or a log that an older one left: SQLite would play it into the new one."""
    if target.exists() or target.is_symlink():
        raise _taken(
            target,
            "恢复到另一个文件（--to 路径），核对后再换用；旧的连同 -wal 一起改名留存 / restore to another file (--to "
            "PATH) and "
            "look at it first; keep the old one, with its -wal, under another name",
        )
    for end in ("-wal", "-journal"):
        log = target.with_name(target.name + end)
        if log.exists() and log.stat().st_size:
            raise _taken(
                log,
                "它属于原来的库，里面可能有最后的记录：随原来的库一起改名 / it belongs to the store that was there "
                "and may hold "
                "its last entries: rename it along with that store",
            )
    for end in ("-wal", "-shm"):
        target.with_name(target.name + end).unlink(missing_ok=True)


def _taken(path: Path, remedy: str) -> Trouble:
    return Trouble(
        "那里已有一个库，恢复不会覆盖它 / there is a store there: it is never overwritten",
        str(path),
        remedy,
        exit_code=CANNOT_CREATE,
    )


def _fill(
    part: Path, backup: Path, key: bytes | None, tell: Tell, target: Path, archives_in: Sequence[Path]
) -> _Filling:
    header, records = records_of(backup, key)
    database: apsw.Connection | None = None
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        database = apsw.Connection(str(part), flags=apsw.SQLITE_OPEN_READWRITE)
        # Nobody knows this file yet: it is synced once, before it gets its name.
        database.execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536").fetchall()
        schema.make(database, Stamp(header.kind, header.store, header.created))
        filling = _Filling(database, backup, header, tell, target, archives_in, Head(), [], {})
        with database:
            for kind, content in records:
                filling.take(kind, content)
            filling.flush()
        if filling.head != Head(header.position, bytes.fromhex(header.hash)):
            raise damaged(backup, "哈希链与头部不符 / its chain does not lead to the head it names")
    except apsw.ConstraintError as fault:
        raise damaged(backup, "同一条命令出现两次 / a command is in it twice") from fault
    except apsw.Error as fault:
        raise trouble_of(fault, part) from fault
    except OSError as fault:
        raise _cannot_write(part, fault) from fault
    finally:
        if database is not None:
            close_quietly(database)
    return filling


def _publish(part: Path, target: Path) -> None:
    descriptor = os.open(part, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    take_name(part, target)
    part.unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _forget(part: Path) -> None:
    for end in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            part.with_name(part.name + end).unlink()


def _cannot_write(path: Path, fault: OSError) -> Trouble:
    return Trouble(
        "恢复的库写不了 / the restored store cannot be written",
        f"{path}: {fault.strerror}",
        "检查目录、权限和剩余空间，再试 / check the folder, the permissions and the free space, and try again",
        exit_code=CANNOT_CREATE,
    )
