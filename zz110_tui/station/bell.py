"""When a desk rings. Time is an argument: the rules, the alarm and the moment say it, and nothing else.

A bell is never alone: it rings only for an alarm that stands in the rows with its mark and wants a hand. It never rings
for what this desk itself took or did, and a locked desk rings like any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from datetime import datetime

from zz110_tui.core.alarms import Alarm, alarm_key
from zz110_tui.core.facts import AlarmRaised, Entry
from zz110_tui.core.facts_alarms import AlarmRisen, AlarmUnshelved
from zz110_tui.core.records import dataclass

RINGS = (AlarmRaised, AlarmRisen, AlarmUnshelved)
Rings = AlarmRaised | AlarmRisen | AlarmUnshelved
FLASH_MS = 500
"""Half of a flash: one a second, a third of what is safe for eyes (3 Hz)."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the day in which only an emergency rings, at one seat or ("") at every one. From ``first`` until before
    ``last``, over midnight where ``last`` is not the greater."""

    first: int
    last: int
    seat: str = ""

    def holds(self, seat: str, hour: int) -> bool:
        if self.seat not in ("", seat):
            return False
        if self.first < self.last:
            return self.first <= hour < self.last
        return hour >= self.first or hour < self.last


@dataclass(frozen=True, slots=True)
class BellRules:
    """``on`` rings for alarms of ``priority`` and more urgent ones; ``again`` rings for them every ``every_ms`` until
    somebody takes them. Two bells are at least ``gap_ms`` apart. ``flash`` lets the mark of an untaken alarm flash."""

    on: bool = True
    again: bool = False
    priority: int = 1
    gap_ms: int = 5_000
    every_ms: int = 60_000
    quiet: tuple[Quiet, ...] = field(default=())
    flash: bool = True


USUAL = BellRules()


class Bell:
    """The bell of one seat: it remembers when it rang last (core's clock)."""

    def __init__(self, rules: BellRules, seat: str) -> None:
        self._rules = rules
        self._seat = seat
        self._rang_at = -(10**15)

    def hears(self, entry: Entry, alarm: Alarm | None, here: datetime, now: int) -> bool:
        """Whether a fact about an alarm, as it stands now, rings at this moment; ``here`` is the room's wall clock."""
        fact = entry.fact
        if not isinstance(fact, RINGS) or alarm is None or entry.actor.desk == self._seat:
            return False
        return self._audible(alarm, here) and self._ring(now, self._rules.gap_ms)

    def reminds(self, alarms: Iterable[Alarm], here: datetime, now: int) -> bool:
        """Whether it rings again for what nobody has taken."""
        if not self._rules.again or now - self._rang_at < self._rules.every_ms:
            return False
        return any(self._audible(alarm, here) for alarm in alarms) and self._ring(now, self._rules.gap_ms)

    def _audible(self, alarm: Alarm, here: datetime) -> bool:
        """A risen alarm that names this seat rings here whatever its priority."""
        if not alarm.untaken or alarm.owner == self._seat:
            return False
        if not alarm.latched and any(quiet.holds(self._seat, here.hour) for quiet in self._rules.quiet):
            return False
        return alarm.latched or alarm.urgency <= self._rules.priority or self._seat in alarm.risen_to

    def _ring(self, now: int, gap_ms: int) -> bool:
        if now - self._rang_at < gap_ms:
            return False
        self._rang_at = now
        return True


def alarm_of(fact: Rings) -> str:
    """The key of the alarm that a fact which may ring is about."""
    return alarm_key(fact.kind, fact.subject, fact.unit)


def is_lit(now: int) -> bool:
    """Whether a flashing mark shows its colour at a moment (core's clock): the first half of every second."""
    return now // FLASH_MS % 2 == 0
