"""Commands about alarms that stand: put on the shelf, taken back from it, risen (the core's own)."""

from __future__ import annotations

from zz110_tui.core.records import dataclass


@dataclass(frozen=True, slots=True)
class ShelveAlarm:
    """Take an alarm out of the rows for a while (搁置). ``until`` 0 means the rulebook's usual span (UTC ms)."""

    key: str
    reason: str
    until: int = 0


@dataclass(frozen=True, slots=True)
class UnshelveAlarm:
    """Back into the rows: by hand, or by the core's timers when its time is over."""

    key: str


@dataclass(frozen=True, slots=True)
class RiseAlarm:
    """Nobody took it in time, or its cause still stands long after (from the core's timers)."""

    key: str


AlarmCommand = ShelveAlarm | UnshelveAlarm | RiseAlarm
