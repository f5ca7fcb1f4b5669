"""A cause: something on the board that becomes an alarm when it lasts too long."""

from __future__ import annotations

from zz110_tui.core.alarms import AlarmKind, Subject, alarm_key
from zz110_tui.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Cause:
    """``since`` in UTC ms."""

    kind: AlarmKind
    subject: Subject
    unit: str
    priority: int
    since: int

    @property
    def key(self) -> str:
        return alarm_key(self.kind, self.subject, self.unit)
