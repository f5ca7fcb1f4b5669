"""A file of signed heads, one a line, only ever added to: on another disk, or on another machine's mount."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from zz110_tui.core.trouble import Trouble
from zz110_tui.store.heads import Checker, SignedHead, Signer, parse_head
from zz110_tui.store.journal import Head, JournalReader
from zz110_tui.store.keyfiles import NO_INPUT

BAD_DATA = 65
LAST_BYTES = 8_192
"""How much of the end of a file is looked at for its last head."""


@dataclass(frozen=True, slots=True)
class Believed:
    """The heads of one store that a file holds, all of them believed. ``torn`` are numbers of lines that are no head:
    a write that was cut short leaves one."""

    heads: tuple[SignedHead, ...]
    torn: tuple[int, ...]

    @property
    def last(self) -> SignedHead:
        """The one furthest along."""
        return max(self.heads, key=lambda one: (one.head.position, one.at))

    @property
    def of_record(self) -> tuple[tuple[Head, int], ...]:
        """The heads of the security record among them and when each was signed (UTC ms); none in a file that only an
        older program wrote."""
        return tuple((one.record, one.at) for one in self.heads if one.record is not None)


class RecordHeads(Protocol):
    """The security record, as far as its signed heads are concerned. Raises Trouble where it cannot be read."""

    def head(self) -> Head:
        """``Head()`` for one that is not there."""
        ...

    def hash_at(self, number: int) -> bytes | None: ...


def read_heads(path: Path, checker: Checker, store: str) -> Believed:
    """Raises Trouble, with the line, for a head that was not signed by a key of ours, of another store, or that gives
    a position a second hash; and for a file without any head: it would prove nothing."""
    heads: list[SignedHead] = []
    torn: list[int] = []
    at_position: dict[int, tuple[int, bytes]] = {}
    at_note: dict[int, tuple[int, bytes]] = {}
    for number, line in enumerate(_read(path).splitlines(), 1):
        if not line.strip():
            continue
        signed = parse_head(line)
        if signed is None:
            torn.append(number)
            continue
        if not checker.believes(signed):
            raise _not_ours(path, number) if not checker.knows(signed) else _forged(path, number)
        if signed.store != store:
            raise _other_store(path, number, signed.store, store)
        _check_one_hash(path, ("条日志", "entry"), signed.head, at_position, number)
        if signed.record is not None:
            _check_one_hash(path, ("条安全记录", "note"), signed.record, at_note, number)
        heads.append(signed)
    if not heads:
        raise Trouble(
            "这个文件里没有签名的链头 / there is no signed head in this file",
            str(path),
            "没有链头就证明不了什么：检查文件，或先运行 zz110 journal head / without one nothing is proved: check the "
            "file, or run zz110 journal head first",
            exit_code=BAD_DATA,
        )
    return Believed(tuple(heads), tuple(torn))


def _check_one_hash(
    path: Path, of: tuple[str, str], head: Head, known: dict[int, tuple[int, bytes]], line: int
) -> None:
    first, hashed = known.setdefault(head.position, (line, head.hash))
    if hashed != head.hash:
        raise _two_hashes(path, of, head.position, first, line)


def append_head(
    path: Path, signer: Signer, journal: JournalReader, at: int, record: RecordHeads | None = None
) -> SignedHead | None:
    """Sign the heads of the journal and of the security record and add them as one line; None when the file has both.

    Raises Trouble where the file cannot be written, and where its last head of this store is not in this journal: a
    journal that was cut, rewritten or restored must not go on in the same file as if nothing had been. The same of the
    record, or of one that cannot be read: then the journal's head alone is added before Trouble is raised.
    """
    head, stamp = journal.head, journal.stamp
    ending = _ending(path)
    last = _last_of(ending, stamp.id)
    if last is not None:
        _check_follows(path, journal, last.head, head)
    beside, known, trouble = None, None, None
    if record is not None:
        try:
            beside, known = record.head(), _last_of_record(path, last, stamp.id)
            _check_record_follows(path, record, known, beside)
        except Trouble as fault:
            beside, trouble = None, fault
    signed = None
    if last is None or last.head != head or (beside is not None and beside != known):
        signed = signer.sign(stamp, head, at, beside)
        # A line that a crash cut short is ended first: it stays one bad line and does not swallow this one.
        start = b"\n" if ending and not ending.endswith(b"\n") else b""
        _add(path, start + signed.line() + b"\n")
    if trouble is not None:
        raise trouble
    return signed


def _last_of_record(path: Path, last: SignedHead | None, store: str) -> Head | None:
    """The record's head that a file has last. Only one whose last line has none is read to its beginning."""
    if last is None or last.record is not None:
        return None if last is None else last.record
    heads = (parse_head(line) for line in reversed(_read(path).splitlines()))
    return next((one.record for one in heads if one is not None and one.store == store and one.record), None)


def _check_record_follows(path: Path, record: RecordHeads, last: Head | None, head: Head) -> None:
    if last is None or not last.position or record.hash_at(last.position) == last.hash:
        return
    raise Trouble(
        "安全记录与已留存的链头不符 / the security record does not agree with the heads kept before",
        f"{path}: {last.position}:{last.hash.hex()[:16]}… ≠ {head.position}",
        "只写入了日志的链头。运行 zz110 security verify --heads 文件 --key 公钥；若记录被换过，改用新的链头文件 / "
        "the journal's head alone was added. Run zz110 security verify --heads FILE --key PUB; if another record was "
        "put there start a new file",
        exit_code=BAD_DATA,
    )


def _check_follows(path: Path, journal: JournalReader, last: Head, head: Head) -> None:
    if not last.position:
        return
    row = next(journal.rows(last.position - 1, 1), None) if last.position <= head.position else None
    if row is None or row.position != last.position or row.hash != last.hash:
        raise Trouble(
            "日志与已留存的链头不符 / the journal does not agree with the heads kept before",
            f"{path}: {last.position}:{last.hash.hex()[:16]}… ≠ {head.position}",
            "没有写入新的链头。运行 zz110 journal verify --heads 文件 --key 公钥；若刚从备份恢复，改用新的链头文件 / "
            "no head was added. Run zz110 journal verify --heads FILE --key PUB; after a restore start a new file",
            exit_code=BAD_DATA,
        )


def _ending(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            file.seek(max(0, size - LAST_BYTES))
            return file.read()
    except FileNotFoundError:
        return b""
    except OSError as fault:
        raise _unwritable(path, fault) from fault


def _last_of(ending: bytes, store: str) -> SignedHead | None:
    for line in reversed(ending.splitlines()):
        signed = parse_head(line)
        if signed is not None and signed.store == store:
            return signed
    return None


def _add(path: Path, line: bytes) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            written = os.write(descriptor, line)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if written != len(line):
            raise OSError(28, os.strerror(28))
    except OSError as fault:
        raise _unwritable(path, fault) from fault


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise Trouble(
            "链头文件读不了 / the file of heads cannot be read",
            f"{path}: {fault.strerror}",
            "检查路径和权限 / check the path and the permissions",
            exit_code=NO_INPUT,
        ) from fault


def _unwritable(path: Path, fault: OSError) -> Trouble:
    return Trouble(
        "链头写不出去 / the head could not be written",
        f"{path}: {fault.strerror}",
        "检查目录、挂载和磁盘；警情不受影响，下次再写 / check the folder, the mount and the disk; the room is not "
        "touched, and it is tried again next time",
        exit_code=73,
    )


def _not_ours(path: Path, line: int) -> Trouble:
    return _bad(
        path,
        f"第 {line} 行的签名密钥不是给出的公钥 / line {line} was signed by another key than those given",
        "用 --key 给出当时的公钥（可给多个）/ give the public key of that time with --key (several are possible)",
    )


def _forged(path: Path, line: int) -> Trouble:
    return _bad(
        path,
        f"第 {line} 行的签名不对：被改过 / the signature of line {line} is wrong: it was altered",
        "这个文件不可信：用另一处留存的副本 / do not trust this file: use a copy kept elsewhere",
    )


def _other_store(path: Path, line: int, has: str, wanted: str) -> Trouble:
    return _bad(
        path,
        f"第 {line} 行属于另一个库 {has[:16]}，不是 {wanted[:16]} / line {line} is of another store",
        "给出本库的链头文件，或用 --store 指对库 / give this store's file, or name the right store with --store",
    )


def _two_hashes(path: Path, of: tuple[str, str], position: int, first: int, second: int) -> Trouble:
    zh, en = of
    return _bad(
        path,
        f"第 {position} {zh}有两个哈希：第 {first} 行与第 {second} 行 / {en} {position} has two hashes: lines {first} "
        f"and {second}",
        "两段不同的历史都被签过名：有人重写过，或从备份恢复后继续用了旧文件。保留两行作证据 / two different "
        "pasts were signed: one was rewritten, or an old file was used on after a restore. Keep both lines",
    )


def _bad(path: Path, cause: str, remedy: str) -> Trouble:
    return Trouble("链头文件不可用 / the file of heads cannot be used", f"{path}: {cause}", remedy, exit_code=BAD_DATA)
