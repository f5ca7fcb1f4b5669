"""Lines about alarms: the emergency button, taking, clearing, the shelf."""

from __future__ import annotations

from collections.abc import Callable

from zz110_tui.core import commands as c
from zz110_tui.core import commands_alarms as ca
from zz110_tui.core.alarms import Alarm, AlarmKind, of_unit
from zz110_tui.language.ask import Ask
from zz110_tui.language.parsed import Choice
from zz110_tui.language.readers import alarm_words


def emergency(ask: Ask) -> c.Command:
    unit = ask.unit()
    return c.RaiseAlarm(AlarmKind.EMERGENCY, of_unit(unit), unit)


def by_urgency(alarm: Alarm) -> tuple[int, int, int, str]:
    """The most urgent first, then the oldest."""
    return alarm.urgency, alarm.priority, alarm.since, alarm.key


def take_alarm(ask: Ask) -> c.Command:
    """The one named, or the most urgent that nobody owns."""
    key = ask.word("al")
    if not key:
        free = [alarm for alarm in ask.scene.board.alarms.values() if alarm.untaken]
        if not free:
            ask.wrong("没有待认领的警报", "no alarm waits for an owner")
        key = min(free, key=by_urgency).key
    return c.TakeAlarm(key)


def clear_alarm(ask: Ask) -> c.Command:
    """The one named, or the only one that latches."""
    key = _only(
        ask,
        lambda alarm: alarm.latched,
        ("没有需要手工清除的警报", "no alarm has to be cleared by hand"),
        ("清除哪个警报？", "clear which alarm?"),
    )
    return c.ClearAlarm(key, ask.text)


def shelve(ask: Ask) -> c.Command:
    """The one named, or the only one that may be shelved. Without a time, the rulebook's usual span."""
    key = _only(
        ask,
        lambda alarm: alarm.may_be_shelved and alarm.shelf is None,
        ("没有可搁置的警报", "no alarm can be shelved"),
        ("搁置哪个警报？", "shelve which alarm?"),
    )
    return ca.ShelveAlarm(key, ask.text, ask.number("until"))


def unshelve(ask: Ask) -> c.Command:
    """The one named, or the only one on the shelf."""
    key = _only(
        ask,
        lambda alarm: alarm.shelf is not None,
        ("没有搁置的警报", "no alarm is shelved"),
        ("取回哪个警报？", "take back which alarm?"),
    )
    return ca.UnshelveAlarm(key)


def _only(ask: Ask, fits: Callable[[Alarm], bool], none: tuple[str, str], which: tuple[str, str]) -> str:
    """The key of the alarm named, or of the only one that fits."""
    key = ask.word("al")
    if key:
        return key
    found = sorted(filter(fits, ask.scene.board.alarms.values()), key=by_urgency)
    if not found:
        ask.wrong(*none)
    if len(found) > 1:
        ask.missing(*which, [Choice(ask.line.plus(a.key), alarm_words(ask.scene, a.key)) for a in found])
    return found[0].key
