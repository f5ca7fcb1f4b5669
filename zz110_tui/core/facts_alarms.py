"""Facts about alarms that stand: shelved, back from the shelf, risen."""

from __future__ import annotations

from zz110_tui.core.alarms import AlarmKind, Shelf, Subject, alarm_key
from zz110_tui.core.records import dataclass


@dataclass(frozen=True, slots=True)
class _OfAnAlarm:
    kind: AlarmKind
    subject: Subject
    unit: str

    @property
    def key(self) -> str:
        return alarm_key(self.kind, self.subject, self.unit)


@dataclass(frozen=True, slots=True)
class AlarmShelved(_OfAnAlarm):
    """Out of the rows until then (UTC ms), or until its cause gets worse; who did it is the entry's."""

    until: int
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class AlarmUnshelved(_OfAnAlarm):
    """Back in the rows. ``over`` says that its time had passed, and nobody's hand did it."""

    over: bool
    at: int


@dataclass(frozen=True, slots=True)
class AlarmRisen(_OfAnAlarm):
    """It rose (升级): nobody had taken it within its limit, or its ``owner`` had and its cause still stands. ``to`` are
    the desks that supervised then."""

    to: tuple[str, ...]
    owner: str
    at: int


@dataclass(frozen=True, slots=True)
class ShelfRestored(_OfAnAlarm):
    """A step with the shelf was taken back: the alarm stands on the ``shelf`` it was on, or on none, as before."""

    shelf: Shelf | None
    at: int


AlarmFact = AlarmShelved | AlarmUnshelved | AlarmRisen | ShelfRestored
