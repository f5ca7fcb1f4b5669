"""Lines about the room itself, alarms and the last step, and the questions a line can ask."""

from __future__ import annotations

from zz110_tui.core import commands as c
from zz110_tui.core.alarms import Alarm, AlarmKind, of_incident, of_report, of_unit
from zz110_tui.language.ask import Ask
from zz110_tui.language.building import matters
from zz110_tui.language.parsed import Choice, Find, Help, Query
from zz110_tui.language.readers import alarm_words


def emergency(ask: Ask) -> c.Command:
    unit = ask.unit()
    return c.RaiseAlarm(AlarmKind.EMERGENCY, of_unit(unit), unit)


def by_urgency(alarm: Alarm) -> tuple[int, int, str]:
    """The most urgent first, then the oldest."""
    return alarm.priority, alarm.since, alarm.key


def take_alarm(ask: Ask) -> c.Command:
    """The one named, or the most urgent that nobody owns."""
    key = ask.word("al")
    if not key:
        free = [alarm for alarm in ask.scene.board.alarms.values() if not alarm.owner]
        if not free:
            ask.wrong("没有待认领的警报", "no alarm waits for an owner")
        key = min(free, key=by_urgency).key
    return c.TakeAlarm(key)


def clear_alarm(ask: Ask) -> c.Command:
    """The one named, or the only one that latches."""
    key = ask.word("al")
    if not key:
        latched = sorted((a for a in ask.scene.board.alarms.values() if a.latched), key=by_urgency)
        if not latched:
            ask.wrong("没有需要手工清除的警报", "no alarm has to be cleared by hand")
        if len(latched) > 1:
            choices = [Choice(ask.line.plus(a.key), alarm_words(ask.scene, a.key)) for a in latched]
            ask.missing("清除哪个警报？", "clear which alarm?", choices)
        key = latched[0].key
    return c.ClearAlarm(key, ask.text)


def undo(ask: Ask) -> c.Command:
    return c.Undo(ask.word("q"))


def find(ask: Ask) -> Query:
    return Find(ask.word("q") or ask.missing("找什么？", "find what?"))


def show(ask: Ask) -> c.Command | Query:
    """One thing: named, or selected."""
    found = [
        *((ask.values["no"],) if ask.has("no") else ()),
        *((of_unit(ask.word("u")),) if ask.has("u") else ()),
        *((of_incident(ask.number("i")),) if ask.has("i") else ()),
        *((of_report(ask.number("r")),) if ask.has("r") else ()),
    ]
    if not found and ask.scene.selected is not None:
        found = [ask.scene.selected]
    if not found:
        ask.missing("看什么？写警情号、r 编号或呼号", "show what? an incident, r and a number, or a call sign")
    if len(found) > 1:
        ask.wrong("一次看一个", "one thing at a time")
    return matters.show(ask, found[0])


def ask_help(ask: Ask) -> Query:
    return Help(ask.word("q"))
