"""Alarms as rows: what, since when, how far over, who owns it. They stay until their cause is gone."""

from __future__ import annotations

from collections.abc import Iterable

from zz110_tui.config.themes import Role
from zz110_tui.core.alarms import Alarm, SubjectKind
from zz110_tui.core.cleaning import visible
from zz110_tui.core.terms import subject_no, term
from zz110_tui.language.scene import Scene
from zz110_tui.station.views.cells import BLANK, Cell, Row, fit, join, row_width
from zz110_tui.station.views.signs import OWNED, loud, place_cell
from zz110_tui.station.views.spans import span
from zz110_tui.station.words import say

_COLUMN = 60
"""Two alarms stand side by side where each has this much room."""


def order(alarms: Iterable[Alarm]) -> list[Alarm]:
    """What nobody took first, the more urgent first, the older first."""
    return sorted(alarms, key=lambda a: (bool(a.owner), not a.latched, a.priority, a.raised_at, a.key))


def rows(scene: Scene, columns: int, height: int) -> list[Row]:
    """``height`` rows: a label with the count, and as many alarms as fit, the most urgent first."""
    language = scene.language
    alarms = order(scene.board.alarms.values())
    unowned = [alarm for alarm in alarms if not alarm.owner]
    role = Role.HEADING
    if unowned:
        role = Role.DANGER if any(loud(alarm) for alarm in unowned) else Role.ATTENTION
    if not alarms:
        return [fit(((f" {say('no_alarms', language)}", Role.MUTED),), columns), *[BLANK] * (height - 1)]
    label: Cell = (f" {say('alarms', language, n=len(alarms))} ", role)
    indent = row_width((label,)) + 1
    across = max(1, (columns - indent) // _COLUMN)
    each = (columns - indent) // across
    fits = across * height
    hidden = len(alarms) - fits
    made: list[Row] = []
    for y in range(height):
        head: Row = (label, (" ", Role.TEXT)) if y == 0 else ((" " * indent, Role.TEXT),)
        line: Row = ()
        for alarm in alarms[y * across : (y + 1) * across]:
            line = (*line, *fit(alarm_row(alarm, scene), each - 1), (" ", Role.TEXT))
        if y == height - 1 and hidden > 0:
            more = f" {say('more_alarms', language, n=hidden)} "
            line = (*fit(line, columns - indent - row_width(((more, Role.TEXT),))), (more, Role.ATTENTION))
        made.append(fit((*head, *line), columns))
    return made


def alarm_row(alarm: Alarm, scene: Scene) -> Row:
    """``!! 0141 待派超时 1:55 超1:00 未认领``"""
    language = scene.language
    mark = OWNED if alarm.owner else "!!" if loud(alarm) else "!"
    role = Role.MUTED if alarm.owner else Role.DANGER if loud(alarm) else Role.ATTENTION
    age, over = span(scene.now - alarm.since), say("over", language, span=span(scene.now - alarm.raised_at))
    if alarm.owner:
        owner = say("owner", language, desk=visible(alarm.owner), age=span(scene.now - alarm.taken_at))
    else:
        owner = say("unowned", language)
    return (
        (f"{mark:>2} ", role),
        *join(
            (
                (_about(alarm, scene), Role.TEXT if not alarm.owner else Role.MUTED),
                (term(alarm.kind, language), role),
                (f"{age} {over}", Role.TEXT if not alarm.owner else Role.MUTED),
                (owner, Role.MUTED if alarm.owner else Role.ATTENTION),
            ),
            gap=" ",
        ),
    )


def _about(alarm: Alarm, scene: Scene) -> str:
    subject = alarm.subject
    words = term(subject.kind, scene.language) if subject.kind is SubjectKind.ROSTER else subject_no(subject)
    words = visible(words)
    if alarm.unit and alarm.unit != alarm.subject.id:
        words = f"{words} {visible(alarm.unit)}"
    if alarm.subject.kind is SubjectKind.INCIDENT:
        incident = scene.board.incidents.get(int(alarm.subject.id))
        cell = "" if incident is None else visible(place_cell(incident.place, scene))
        return f"{words} {cell}".rstrip()
    return words
