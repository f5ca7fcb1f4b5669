"""Backups of a store: made beside whoever writes it, tested, restored.

A journal only grows, so its entries up to a position are the same whenever they are read: a consistent copy needs no
lock, no long read transaction, and no second store's worth of free space beside the live one. Inside the sealed file
are records: entries in order, the board they begin from (where older ones are archived), the newest snapshot, the list
of users where a key closes the file, a manifest.
"""

from __future__ import annotations

import fcntl
import os
import struct
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import msgspec

from zz110_tui.core.trouble import Trouble
from zz110_tui.store.archives import locate
from zz110_tui.store.beside import UsersState, refer_to, users_image, users_of
from zz110_tui.store.chain import link
from zz110_tui.store.journal import Head
from zz110_tui.store.reader import SqliteReader
from zz110_tui.store.sealed import Header, Reference, SealedWriter, damaged, key_id, open_sealed, read_header

SUFFIX = ".zz110b"
PART = ".part"
RECORD = struct.Struct(">cI")
PLACE = struct.Struct(">Q32s")
ENTRY, BASE, SNAPSHOT, ARCHIVES, USERS, MANIFEST = b"E", b"B", b"S", b"A", b"U", b"M"
CANNOT_CREATE = 73
SAY_EVERY = 5_000

Tell = Callable[[int, int], object]
"""Called now and then with how many entries are done, and of how many."""


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup holds, from its inside: so many entries, records of so many bytes, with this SHA-256."""

    entries: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Backup:
    """A file of a folder. ``header`` is None where it is damaged: ``trouble`` says how."""

    path: Path
    size: int
    header: Header | None
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Made:
    path: Path
    size: int
    header: Header
    manifest: Manifest
    sha256: str
    seconds: float
    users: UsersState


def make_backup(
    store: Path, folder: Path, key: bytes | None, program: str, tell: Tell, archives_in: Sequence[Path] = ()
) -> Made:
    """Copy a store, also while a core writes it, into a new file of a folder; it is there whole or not at all.

    With a key the list of users beside the store goes along. A list that cannot be read holds up no backup. Archives
    that are not where they were put are looked for in ``archives_in``.
    Raises Trouble: no such store, the chain is broken (a damaged store must not push good backups out), no space.
    """
    began = time.monotonic()
    reader = SqliteReader(store.resolve())
    try:
        state, users = _users_for(store, key)
        places = locate(reader.archives(), store, reader.stamp.id, archives_in)
        header = _header_of(reader, key, program, refer_to(places), users is not None)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(folder)
        while (path := folder / name_of(header)).exists() or (part := _part_of(path)).exists():
            header = msgspec.structs.replace(header, made=header.made + 1)
        with _new_file(part) as file:
            try:
                writer = SealedWriter(file, header, key)
                manifest = _copy(reader, header, users, writer, tell)
                total = writer.finish()
                file.flush()
                os.fsync(file.fileno())
                part.rename(path)
            except BaseException:
                with suppress(OSError):
                    part.unlink()
                raise
        _sync_folder(folder)
    except OSError as fault:
        raise _cannot_write(folder, fault) from fault
    finally:
        reader.close()
    return Made(path, writer.written, header, manifest, total.hex(), time.monotonic() - began, state)


def _users_for(store: Path, key: bytes | None) -> tuple[UsersState, bytes | None]:
    """What goes along of the list of users: hashes of passwords never lie in a file that is not encrypted."""
    path = users_of(store)
    if not path.is_file():
        return "absent", None
    if key is None:
        return "no_key", None
    try:
        return "in_it", users_image(path)
    except Trouble:
        return "unreadable", None


def _header_of(
    reader: SqliteReader, key: bytes | None, program: str, archives: tuple[Reference, ...], users: bool
) -> Header:
    head, stamp = reader.head, reader.stamp
    return Header(
        backup=1,
        store=stamp.id,
        kind=stamp.kind,
        created=stamp.created,
        position=head.position,
        hash=head.hash.hex(),
        base=reader.base.position,
        made=time.time_ns() // 1_000_000,
        program=program,
        cipher="none" if key is None else "aes-256-gcm",
        key="" if key is None else key_id(key),
        salt="" if key is None else os.urandom(32).hex(),
        archives=archives,
        users=users,
    )


def name_of(header: Header) -> str:
    made = datetime.fromtimestamp(header.made / 1000, UTC).strftime("%Y%m%dT%H%M%S") + f"{header.made % 1000:03d}Z"
    return f"zz110-{header.kind}-{header.store[:8]}-{made}-{header.position}{SUFFIX}"


def _part_of(path: Path) -> Path:
    """The name of a backup until it is whole."""
    return path.with_name(f".{path.name}{PART}")


class _Records:
    """What goes into the sealed file, counted and summed."""

    def __init__(self, writer: SealedWriter) -> None:
        self._writer = writer
        self._sum = sha256()
        self.bytes = 0

    def put(self, kind: bytes, *parts: bytes) -> None:
        record = RECORD.pack(kind, sum(map(len, parts))) + b"".join(parts)
        self._sum.update(record)
        self.bytes += len(record)
        self._writer.write(record)

    def digest(self) -> str:
        return self._sum.hexdigest()


def _copy(reader: SqliteReader, header: Header, users: bytes | None, writer: SealedWriter, tell: Tell) -> Manifest:
    records = _Records(writer)
    base = reader.base_with_image()
    if base is not None:
        records.put(BASE, PLACE.pack(base.head.position, base.head.hash), base.image)
        archives = [(a.first, a.last, a.hash.hex(), a.file) for a in reader.archives()]
        records.put(ARCHIVES, msgspec.json.encode(archives))
    head = reader.base
    count = header.position - head.position
    for row in reader.rows(head.position, count):
        if row.position != head.position + 1 or row.hash != link(head.hash, row.payload):
            raise _not_intact(head.position + 1)
        records.put(ENTRY, row.payload)
        head = Head(row.position, row.hash)
        if row.position % SAY_EVERY == 0:
            tell(row.position - reader.base.position, count)
    if head.position != header.position or head.hash.hex() != header.hash:
        raise _not_intact(head.position + 1)
    snapshot = reader.latest_snapshot()
    if snapshot is not None and reader.base.position < snapshot[0] <= header.position:
        row = next(reader.rows(snapshot[0] - 1, 1))
        records.put(SNAPSHOT, PLACE.pack(row.position, row.hash), snapshot[1])
    if users is not None:
        records.put(USERS, users)
    manifest = Manifest(count, records.bytes, records.digest())
    records.put(MANIFEST, msgspec.json.encode(manifest))
    return manifest


def records_of(path: Path, key: bytes | None) -> tuple[Header, Iterator[tuple[bytes, bytes]]]:
    """The header and every record (kind, content) of a backup, its manifest judged at the end. Raises Trouble."""
    header, pieces = open_sealed(path, key)
    return header, _judged(path, header, _unpacked(path, pieces))


def _unpacked(path: Path, pieces: Iterator[bytes]) -> Iterator[tuple[bytes, bytes]]:
    buffer, start = b"", 0
    for piece in pieces:
        buffer, start = buffer[start:] + piece, 0
        while len(buffer) - start >= RECORD.size:
            kind, length = RECORD.unpack_from(buffer, start)
            end = start + RECORD.size + length
            if end > len(buffer):
                break
            yield kind, buffer[start + RECORD.size : end]
            start = end
    if start != len(buffer):
        raise damaged(path, "最后一条记录不完整 / its last record is not whole")


def _judged(path: Path, header: Header, records: Iterator[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
    total, size, entries = sha256(), 0, 0
    manifest: Manifest | None = None
    for kind, content in records:
        if manifest is not None:
            break
        if kind == MANIFEST:
            try:
                manifest = msgspec.json.decode(content, type=Manifest)
            except msgspec.MsgspecError as fault:
                raise damaged(path, "清单读不懂 / its manifest cannot be read") from fault
            continue
        record = RECORD.pack(kind, len(content)) + content
        total.update(record)
        size += len(record)
        entries += kind == ENTRY
        yield kind, content
    counted = Manifest(entries, size, total.hexdigest())
    if manifest != counted or entries != header.position - header.base:
        raise damaged(path, "清单与内容不符 / its manifest is not that of its contents")


# -- the folder ------------------------------------------------------------------------------------------------------


def backups_in(folder: Path) -> list[Backup]:
    """Every backup of a folder, oldest first; damaged ones are among them. Raises Trouble where it cannot be read."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.name.endswith(SUFFIX) and path.is_file())
    except OSError as fault:
        raise Trouble(
            "备份目录读不了 / the folder of backups cannot be read",
            f"{folder}: {fault.strerror}",
            "用 --folder 指定，或在设置里写 backup.folder / name it with --folder, or set backup.folder",
            exit_code=66,
        ) from fault
    found = []
    for path in paths:
        header, trouble = None, None
        try:
            header = read_header(path)
        except Trouble as fault:
            trouble = fault
        found.append(Backup(path, path.stat().st_size, header, trouble))
    return sorted(found, key=lambda one: (one.header.made if one.header else 0, one.path.name))


def prune(folder: Path, store: str, keep: int) -> list[Path]:
    """Remove the oldest whole backups of a store, so that ``keep`` stay. What is damaged is left: somebody should look.

    Raises Trouble where one cannot be removed.
    """
    whole = [one for one in backups_in(folder) if one.header is not None and one.header.store == store]
    removed = [one.path for one in whole[: max(0, len(whole) - keep)]]
    try:
        for path in removed:
            path.unlink(missing_ok=True)
    except OSError as fault:
        raise _cannot_write(folder, fault) from fault
    return removed


def _sweep(folder: Path) -> None:
    """Remove what a backup that was killed left behind; one that is being made is locked by who makes it."""
    for part in folder.glob(f".*{SUFFIX}{PART}"):
        with suppress(OSError), part.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink()


def _new_file(part: Path) -> BinaryIO:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    # Some mounts know no locks: then nothing is swept there while another one is made, at worst.
    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return os.fdopen(descriptor, "wb", buffering=1 << 20)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def scratch_in(folder: Path | None) -> tempfile.TemporaryDirectory[str]:
    """A place for a test, readable by its owner only, removed again. Raises Trouble."""
    try:
        return tempfile.TemporaryDirectory(prefix="zz110-backup-test-", dir=folder)
    except OSError as fault:
        raise _cannot_write(folder or Path(tempfile.gettempdir()), fault) from fault


def _not_intact(position: int) -> Trouble:
    return Trouble(
        "库不完好，没有备份 / the store is not intact: no backup was made",
        f"{position}",
        "已有的备份都留着。zz110 journal verify 查看位置，再 zz110 backup restore 恢复到新文件 / the backups there "
        "are were "
        "kept. zz110 journal verify says where; then restore one to a new file",
    )


def _cannot_write(folder: Path, fault: OSError) -> Trouble:
    return Trouble(
        "备份写不了 / the backup cannot be written",
        f"{folder}: {fault.strerror}",
        "检查目录、权限和剩余空间；已有的备份和正在用的库都没有动 / check the folder, the permissions and the free "
        "space; the "
        "backups there are and the store in use were not touched",
        exit_code=CANNOT_CREATE,
    )
