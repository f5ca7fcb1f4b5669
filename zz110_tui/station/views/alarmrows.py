"""Alarms as rows: what, since when, how far over, who owns it. They stay until their cause is gone."""

from __future__ import annotations

from collections.abc import Iterable

from zz110_tui.config.themes import Role
from zz110_tui.core.alarms import Alarm, SubjectKind
from zz110_tui.core.cleaning import visible
from zz110_tui.core.terms import subject_no, term
from zz110_tui.language.scene import Scene
from zz110_tui.station.views.cells import BLANK, Cell, Row, fit, join, row_width
from zz110_tui.station.views.signs import loud, mark_of, place_cell
from zz110_tui.station.views.spans import span
from zz110_tui.station.words import say

_COLUMN = 60
"""Two alarms stand side by side where each has this much room."""


def order(alarms: Iterable[Alarm]) -> list[Alarm]:
    """What nobody took first, the shelf last; the more urgent first, the older first."""
    return sorted(alarms, key=_place)


def _place(alarm: Alarm) -> tuple[object, ...]:
    group = 2 if alarm.shelf is not None else int(not alarm.untaken)
    return group, not alarm.latched, alarm.urgency, alarm.priority, alarm.raised_at, alarm.key


def rows(scene: Scene, columns: int, height: int, *, lit: bool = True) -> list[Row]:
    """``height`` rows: a label with the count, and as many alarms as fit, the most urgent first. In the half of a flash
    in which it is not ``lit``, the mark of one that nobody took is drawn plain; it never goes."""
    language = scene.language
    alarms = order(scene.board.alarms.values())
    untaken = [alarm for alarm in alarms if alarm.untaken]
    shelved = sum(alarm.shelf is not None for alarm in alarms)
    role = Role.HEADING
    if untaken:
        role = Role.DANGER if any(loud(alarm) for alarm in untaken) else Role.ATTENTION
    if not alarms:
        return [fit(((f" {say('no_alarms', language)}", Role.MUTED),), columns), *[BLANK] * (height - 1)]
    key = "alarms_shelved" if shelved else "alarms"
    label: Cell = (f" {say(key, language, n=len(alarms) - shelved, shelved=shelved)} ", role)
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
            line = (*line, *fit(alarm_row(alarm, scene, lit=lit), each - 1), (" ", Role.TEXT))
        if y == height - 1 and hidden > 0:
            more = f" {say('more_alarms', language, n=hidden)} "
            line = (*fit(line, columns - indent - row_width(((more, Role.TEXT),))), (more, Role.ATTENTION))
        made.append(fit((*head, *line), columns))
    return made


def alarm_row(alarm: Alarm, scene: Scene, *, lit: bool = True) -> Row:
    """``!! 0141 待派超时 1:55 超1:00 未认领``"""
    language = scene.language
    mark, role = mark_of(alarm)
    age, over = span(scene.now - alarm.since), say("over", language, span=span(scene.now - alarm.raised_at))
    quiet = Role.TEXT if alarm.untaken else Role.MUTED
    return (
        (f"{mark} ", role if lit or not alarm.untaken else Role.TEXT),
        *join(
            (
                (about(alarm, scene), quiet),
                (term(alarm.kind, language), role),
                (f"{age} {over}", quiet),
                *hands(alarm, scene),
            ),
            gap=" ",
        ),
    )


def hands(alarm: Alarm, scene: Scene) -> tuple[Cell, ...]:
    """In whose hands it is: nobody's, a desk's, a supervisor's because it rose, or on the shelf."""
    language = scene.language
    if alarm.shelf is not None:
        left = span(alarm.shelf.until - scene.now)
        return ((say("shelved", language, desk=visible(alarm.shelf.desk), left=left), Role.MUTED),)
    if alarm.owner:
        owner = say("owner", language, desk=visible(alarm.owner), age=span(scene.now - alarm.taken_at)), Role.MUTED
    else:
        owner = say("unowned", language), Role.ATTENTION
    if not alarm.rises:
        return (owner,)
    key = "risen" if alarm.risen_to else "risen_alone"
    risen = say(key, language, to=visible(",".join(alarm.risen_to))), Role.ATTENTION
    return owner, risen


def about(alarm: Alarm, scene: Scene) -> str:
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
