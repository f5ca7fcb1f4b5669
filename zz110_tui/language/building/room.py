"""Lines about the last step, and the questions a line can ask."""

from __future__ import annotations

from zz110_tui.core import commands as c
from zz110_tui.core.alarms import of_incident, of_report, of_unit
from zz110_tui.language.ask import Ask
from zz110_tui.language.building import matters
from zz110_tui.language.parsed import Find, Help, Query


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
