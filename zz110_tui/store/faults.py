"""What SQLite says when something is wrong, as a Trouble with a remedy."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import apsw

from zz110_tui.core.trouble import Trouble


def trouble_of(fault: apsw.Error, path: Path) -> Trouble:
    """The Trouble for a fault of SQLite on the store at ``path``."""
    title, remedy = next(
        ((title, remedy) for kind, title, remedy in _FAULTS if isinstance(fault, kind)),
        ("案卷库出错 / the store failed", "运行 zz110 doctor / run zz110 doctor"),
    )
    return Trouble(title, f"{path}: {type(fault).__name__}: {fault}", remedy)


def close_quietly(connection: apsw.Connection) -> None:
    """Close, whatever the disk says to the last checkpoint: what was acknowledged is durable without it."""
    with suppress(apsw.Error):
        connection.close()


def not_a_store(path: Path) -> Trouble:
    return Trouble(
        "这不是 zz110 的案卷库 / this is not a zz110 store",
        str(path),
        "用 --store 另选一个文件；这个文件没有被改动 / choose another file with --store; this one was not touched",
    )


def newer_store(path: Path, version: int, known: int) -> Trouble:
    return Trouble(
        "案卷库由较新的 zz110 写成 / a newer zz110 wrote this store",
        f"{path}: v{version} > v{known}",
        "升级本机的 zz110 / upgrade zz110 on this machine",
    )


def sealed_store(path: Path) -> Trouble:
    return Trouble(
        "这是归档，只能读 / this is an archive: it can only be read",
        str(path),
        "在用的库另有一个文件，用 --store 指向它 / the store in use is another file: name it with --store",
    )


def no_such_store(path: Path) -> Trouble:
    return Trouble(
        "没有这个案卷库 / there is no such store",
        str(path),
        "检查 --store 或 ZZ110_STORE 的路径 / check the path in --store or ZZ110_STORE",
    )


def wrong_kind(path: Path, has: str, wanted: str) -> Trouble:
    return Trouble(
        "演练与实战不能共用案卷库 / a drill and the live room never share a store",
        f"{path}: {has}, ≠ {wanted}",
        "用 --store 另选一个文件 / choose another file with --store",
    )


_DISK = (
    "检查磁盘（zz110 doctor），再试；已确认的都在 / check the disk (zz110 doctor) and try again; nothing stored is lost"
)

_FAULTS: tuple[tuple[type[apsw.Error], str, str], ...] = (
    (
        apsw.FullError,
        "磁盘已满 / the disk is full",
        "腾出空间后再试；已确认的都在 / free some space and try again; nothing stored is lost",
    ),
    (apsw.IOError, "磁盘读写出错 / the disk failed to read or write", _DISK),
    (
        apsw.BusyError,
        "案卷库被别的程序锁住 / another program has locked the store",
        "结束那个程序（如 sqlite3），再试 / end that program (a sqlite3 shell?) and try again",
    ),
    (
        apsw.LockedError,
        "案卷库被别的程序锁住 / another program has locked the store",
        "结束那个程序（如 sqlite3），再试 / end that program (a sqlite3 shell?) and try again",
    ),
    (
        apsw.CorruptError,
        "案卷库文件已损坏 / the store's file is damaged",
        (
            "不要再写；zz110 backup list 看备份，zz110 backup restore 恢复 / "
            "write no more to it; see zz110 backup list, then zz110 backup restore"
        ),
    ),
    (
        apsw.ReadOnlyError,
        "案卷库不可写 / the store cannot be written",
        "检查文件与目录权限，或磁盘是否只读 / check the permissions, and whether the disk is mounted read-only",
    ),
    (
        apsw.CantOpenError,
        "案卷库打不开 / the store cannot be opened",
        "检查文件与目录权限和磁盘空间 / check the permissions of file and folder, and the free space",
    ),
)
