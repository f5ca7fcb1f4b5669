"""Whether this core is well, in words: for ``zz110 health``, for a supervisor program, and for whoever is on call."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zz110_tui.server.serving import Server

LEAST_FREE_BYTES = 1 << 30
LEAST_FREE_SHARE = 0.05
"""Less than this on the store's disk, by both measures, is worth a call to an administrator."""

STOP_FREE_BYTES = 100 << 20
"""Less than this, and the room may stop at any command."""

LATE_TIMER_MS = 5_000
INBOX = 1_000
LATE_CHORE = 2.0
"""A backup, or an export of heads, is late when it is older than so many times its span, …"""

GRACE_S = 600.0
"""… and at least this old."""


@dataclass(frozen=True, slots=True)
class Check:
    """``state`` is ok, warning or failed; ``zh`` and ``en`` say what is so, and what to do where it is not ok."""

    name: str
    state: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """Something that is done beside the room: how often it should be, and how long ago it was (seconds)."""

    every_s: float
    age_s: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Outside:
    """What the server does not know by itself. ``store`` is None for a core without a file."""

    store: Path | None = None
    schedules: Mapping[str, Schedule] = field(default_factory=dict)
    record_failing: Callable[[], bool] = lambda: False
    backup_lacks_users: Callable[[], bool] = lambda: False


def free_bytes(store: Path | None) -> tuple[int, int]:
    """Free and total bytes of the store's disk; (0, 0) where nobody can say."""
    try:
        usage = shutil.disk_usage((store or Path("/")).parent)
    except OSError:
        return 0, 0
    return usage.free, usage.total


def checks(server: Server, outside: Outside) -> list[Check]:
    found = [_store(server), _disk(outside.store), _timers(server), _inbox(server)]
    if outside.record_failing():
        found.append(
            Check(
                "security_record",
                "failed",
                "安全记录写不进去：看磁盘",
                "the security record cannot be written: see the disk",
            )
        )
    if outside.backup_lacks_users():
        found.append(
            Check(
                "backup_users",
                "warning",
                "最近的备份里没有用户名单：用 zz110 backup keygen 生成密钥并设置 backup.key，否则另行复制 .users 文件",
                "the newest backup is without the list of users: make a key with zz110 backup keygen and set "
                "backup.key, or copy the .users file yourself",
            )
        )
    return found + [_schedule(name, schedule) for name, schedule in outside.schedules.items()]


def state_of(found: list[Check]) -> str:
    """The worst of all."""
    states = {check.state for check in found}
    return "failed" if "failed" in states else "warning" if "warning" in states else "ok"


def _store(server: Server) -> Check:
    trouble = server.engine.trouble
    if trouble is None:
        position = server.engine.board.position
        return Check("store", "ok", f"库正常，至第 {position} 条", f"the store works, up to entry {position}")
    return Check("store", "failed", f"库写不了：{trouble.title}", f"the store has failed: {trouble.title}")


def _disk(store: Path | None) -> Check:
    free, total = free_bytes(store)
    mib = free >> 20
    if not total:
        return Check("disk", "warning", "看不到磁盘余量", "the free space of the disk cannot be seen")
    if free < STOP_FREE_BYTES:
        return Check(
            "disk", "failed", f"磁盘只剩 {mib} MiB：立即腾出空间", f"{mib} MiB left on the disk: make room now"
        )
    if free < LEAST_FREE_BYTES and free < total * LEAST_FREE_SHARE:
        return Check("disk", "warning", f"磁盘只剩 {mib} MiB", f"{mib} MiB left on the disk")
    return Check("disk", "ok", f"磁盘余 {mib} MiB", f"{mib} MiB free on the disk")


def _timers(server: Server) -> Check:
    late = late_ms(server)
    if late > LATE_TIMER_MS:
        return Check("timers", "failed", f"计时落后 {late / 1000:.0f} 秒", f"the timers are {late / 1000:.0f} s late")
    return Check("timers", "ok", "计时准时", "the timers are on time")


def late_ms(server: Server) -> int:
    """How late the core is with what it has to do by itself."""
    return max(0, server.engine.clock.now() - server.engine.next_due())


def _inbox(server: Server) -> Check:
    waiting = server.engine.inbox
    if waiting > INBOX:
        return Check("inbox", "warning", f"{waiting} 条命令在等", f"{waiting} commands wait")
    return Check(
        "inbox", "ok", f"{server.desks} 条链路，{waiting} 条命令在等", f"{server.desks} links, {waiting} commands wait"
    )


def _schedule(name: str, schedule: Schedule) -> Check:
    age = schedule.age_s()
    if age > max(schedule.every_s * LATE_CHORE, GRACE_S):
        said = "从来没有" if age == float("inf") else f"{age / 3600:.1f} 小时前"
        told = "never" if age == float("inf") else f"{age / 3600:.1f} h ago"
        return Check(name, "warning", f"{name} 上次：{said}", f"{name}: last done {told}")
    return Check(name, "ok", f"{name} 按时", f"{name} on time")
