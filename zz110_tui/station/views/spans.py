"""Times and spans as the desk writes them."""

from __future__ import annotations

from datetime import datetime

from zz110_tui.language.scene import zone

MINUTE = 60_000
HOUR = 3_600_000
DAY = 86_400_000


def span(ms: int) -> str:
    """How long, in at most five columns: ``0:41``, ``12:04``, ``2h05``, ``26h``, ``12d``. Never negative."""
    ms = max(0, ms)
    if ms < 100 * MINUTE:
        return f"{ms // MINUTE}:{ms // 1000 % 60:02d}"
    if ms < 10 * HOUR:
        return f"{ms // HOUR}h{ms // MINUTE % 60:02d}"
    return f"{ms // HOUR}h" if ms < 4 * DAY else f"{ms // DAY}d"


def local(at: int, timezone: str) -> datetime:
    """A time (UTC ms) by the room's wall clock."""
    return datetime.fromtimestamp(at / 1000, zone(timezone))


def clock(at: int, timezone: str) -> str:
    """``14:32:07``; empty for a time that is not yet."""
    return local(at, timezone).strftime("%H:%M:%S") if at else ""


def day_clock(at: int, now: int, timezone: str) -> str:
    """The same with its day, ``11-25 14:32:07``, where that is not today's."""
    then, today = local(at, timezone), local(now, timezone)
    if then.date() == today.date():
        return clock(at, timezone)
    return then.strftime("%m-%d %H:%M:%S" if then.year == today.year else "%Y-%m-%d %H:%M:%S")
