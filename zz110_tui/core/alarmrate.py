"""How many alarms there are: the rate against its budget, what makes most of them, what chatters and what only stands.

The measures of ISA-18.2 and EEMUA 191: about one alarm in ten minutes is what one person can well deal with, ten are a
flood. Reckoned from the alarms that were raised, over any period; for the room of now from the chronologies of the
board, and what has been heard since.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from enum import StrEnum

from zz110_tui.core.alarms import Alarm, AlarmKind, alarm_key
from zz110_tui.core.desks import Desk, Duty
from zz110_tui.core.facts import AlarmRaised, Entry
from zz110_tui.core.records import dataclass
from zz110_tui.core.rulebook import AlarmRules

SLOT_MS = 600_000
"""Ten minutes."""
DAY_MS = 86_400_000
MOST_KEPT = 20_000
"""Alarms remembered for the rate of a day; a storm that makes more of them is a flood all the same."""
CHATTERS = 3
"""The same alarm raised as often as this in an hour chatters: its limit or its cause is wrong, not the room."""
HOUR_MS = 3_600_000
STANDS_MS = HOUR_MS
"""An alarm that has stood for so long tells nobody anything new."""
ACTORS = 5

_OPERATORS = (Duty.TAKE, Duty.DISPATCH, Duty.SUPERVISE, Duty.TRAIN)


class Load(StrEnum):
    """What one desk gets in ten minutes, against the budget."""

    QUIET = "quiet"
    OVER = "over"
    FLOOD = "flood"


@dataclass(frozen=True, slots=True)
class Raised:
    """One alarm as it was raised (UTC ms)."""

    at: int
    key: str
    kind: AlarmKind


@dataclass(frozen=True, slots=True)
class AlarmRate:
    """Counts over a period. ``now`` and ``usual`` are alarms in ten minutes for each of ``desks``: in the last ten
    minutes of the period, and over all of it. ``peak`` is the worst ten minutes and ``flooded`` the share of all ten
    minutes that were a flood. ``actors`` are the kinds that make most of them, ``chattering`` single alarms that came
    back again and again within an hour."""

    count: int
    last: int
    desks: int
    now: float
    usual: float
    load: Load
    peak: int
    peak_at: int
    flooded: float
    actors: tuple[tuple[AlarmKind, int], ...]
    chattering: tuple[tuple[str, int], ...]


def raised_in(entries: Iterable[Entry]) -> list[Raised]:
    """The alarms among journal entries."""
    return [_raised(entry.fact) for entry in entries if isinstance(entry.fact, AlarmRaised)]


def _raised(fact: AlarmRaised) -> Raised:
    return Raised(fact.at, alarm_key(fact.kind, fact.subject, fact.unit), fact.kind)


def load_of(per_desk: float, rules: AlarmRules) -> Load:
    if per_desk >= rules.flood:
        return Load.FLOOD
    return Load.OVER if per_desk > rules.budget else Load.QUIET


def operators(desks: Iterable[Desk]) -> int:
    """The desks that deal with alarms now; one where nobody is there, so that a rate can be said."""
    return sum(desk.staffed and desk.duty in _OPERATORS for desk in desks) or 1


def alarm_rate(raised: Sequence[Raised], start: int, end: int, desks: int, rules: AlarmRules) -> AlarmRate:
    """The measures of the alarms raised from ``start`` on and before ``end`` (UTC ms), for so many desks."""
    inside = sorted((r for r in raised if start <= r.at < end), key=lambda r: r.at)
    slots = max(1, -(-(end - start) // SLOT_MS))
    by_slot = Counter((r.at - start) // SLOT_MS for r in inside)
    peak_slot, peak = max(by_slot.items(), key=lambda pair: (pair[1], -pair[0]), default=(0, 0))
    last = sum(r.at >= end - SLOT_MS for r in inside)
    flooded = sum(load_of(count / desks, rules) is Load.FLOOD for count in by_slot.values())
    return AlarmRate(
        count=len(inside),
        last=last,
        desks=desks,
        now=last / desks,
        usual=len(inside) / desks / slots,
        load=load_of(last / desks, rules),
        peak=peak,
        peak_at=start + peak_slot * SLOT_MS if peak else 0,
        flooded=flooded / slots,
        actors=tuple(sorted(Counter(r.kind for r in inside).items(), key=lambda p: (-p[1], p[0].value))[:ACTORS]),
        chattering=_chattering(inside),
    )


def _chattering(inside: Sequence[Raised]) -> tuple[tuple[str, int], ...]:
    """Alarms that came :data:`CHATTERS` times within an hour, with how often they came in all."""
    times: dict[str, list[int]] = {}
    for one in inside:
        times.setdefault(one.key, []).append(one.at)
    again = {
        key: len(at)
        for key, at in times.items()
        if any(late - early < HOUR_MS for early, late in zip(at, at[CHATTERS - 1 :], strict=False))
    }
    return tuple(sorted(again.items(), key=lambda pair: (-pair[1], pair[0]))[:ACTORS])


def standing(alarms: Iterable[Alarm], now: int) -> int:
    """Alarms that have stood for an hour and longer."""
    return sum(now - alarm.raised_at >= STANDS_MS for alarm in alarms)


class AlarmTally:
    """The alarms of the last day as one desk heard them: from the chronologies it was sent, then one by one."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._raised: deque[Raised] = deque(sorted(raised_in(entries), key=lambda r: r.at), MOST_KEPT)

    def hear(self, entry: Entry) -> None:
        if isinstance(entry.fact, AlarmRaised):
            self._raised.append(_raised(entry.fact))

    def rate(self, now: int, desks: int, rules: AlarmRules) -> AlarmRate:
        """Of the last day."""
        while self._raised and self._raised[0].at < now - DAY_MS:
            self._raised.popleft()
        return alarm_rate(tuple(self._raised), now - DAY_MS + 1, now + 1, desks, rules)
