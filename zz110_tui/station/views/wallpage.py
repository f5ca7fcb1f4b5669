"""The wall: what a room looks up at. Large counts, the map, units and alarms; nothing of any caller, nothing to type.

Large figures are drawn with cells in inverse, so that they are the same on every terminal; each has its number in its
label too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zz110_tui.config.themes import Role
from zz110_tui.core.cleaning import visible
from zz110_tui.core.incidents import ReportStage
from zz110_tui.core.statistics import Rate
from zz110_tui.core.units import Unit
from zz110_tui.gis.city import City
from zz110_tui.language.scene import Scene
from zz110_tui.station.glyphs import Tier
from zz110_tui.station.ui import Ui
from zz110_tui.station.views import alarmrows, mapview
from zz110_tui.station.views.blocks import beside
from zz110_tui.station.views.cells import Row, fit, heading, left, sides
from zz110_tui.station.views.spans import local, span
from zz110_tui.station.views.supervisorpage import Overview, unit_row
from zz110_tui.station.views.topline import Counts
from zz110_tui.station.views.work import Section, Work
from zz110_tui.station.words import WEEKDAYS, say

_DIGITS = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": ("  #", "  #", "  #", "  #", "  #"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
}
_TALL = 5
_UNITS = 58
"""Columns of the units where there is room for the map beside them."""


@dataclass(frozen=True, slots=True)
class Wall:
    """What is drawn, as the desk has it."""

    city: City
    work: Work
    units: Sequence[Unit]
    counts: Counts
    rate: Rate
    look: Overview
    room_name: str
    drill: bool
    lit: bool = True


def rows(wall: Wall, scene: Scene, ui: Ui, tier: Tier, columns: int, height: int) -> list[Row]:
    """A heading, the counts, map and units, and the alarms, filling the height."""
    alarms = max(3, height // 7)
    made = [_head(wall, scene, ui, columns), *_counts(wall, scene, columns)]
    body = max(0, height - len(made) - alarms)
    units = min(_UNITS, columns // 2)
    across = columns - units - 2
    city = mapview.rows(wall.city, scene, ui, tier, across, body)
    made += beside(city[:body], _units(wall, scene, units, body), columns, units)[:body]
    made += [()] * (height - alarms - len(made))
    return [*made, *alarmrows.rows(scene, columns, alarms, lit=wall.lit)][:height]


def _head(wall: Wall, scene: Scene, ui: Ui, columns: int) -> Row:
    """Live or drill, the room, the time; at the right the day's rate and whether the core is there."""
    language = scene.language
    mode = (f" {say('drill' if wall.drill else 'live', language)} ", Role.DRILL if wall.drill else Role.LIVE)
    here = local(scene.now, scene.timezone)
    day = WEEKDAYS.in_(language).split()[here.weekday()]
    share = wall.rate.share
    rate = say("no_rate", language) if share is None else say("rate_short", language, rate=f"{100 * share:.1f}%")
    lost = bool(ui.lost_at)
    core = say("core_lost", language, age=span(scene.now - ui.lost_at)) if lost else say("core_ok", language)
    at_left = (mode, (f"  {visible(wall.room_name)}  ", Role.TEXT), (f"{here:%H:%M:%S} {day}", Role.TEXT))
    at_right = ((f"{rate}  ", Role.TEXT), (f"{core} ", Role.DANGER if lost else Role.MUTED))
    return sides(at_left, at_right, columns)


def _counts(wall: Wall, scene: Scene, columns: int) -> list[Row]:
    """Five large figures side by side, each under its words."""
    board, language = scene.board, scene.language
    ringing = sum(report.stage is ReportStage.RECEIVED for report in board.reports.values())
    waiting = wall.work.count(Section.SEND)
    untaken = sum(alarm.untaken for alarm in board.alarms.values())
    figures = (
        (say("to_answer", language, n=ringing), ringing, Role.ATTENTION),
        (say("to_send", language, n=waiting), waiting, Role.ATTENTION),
        (say("working", language, n=wall.work.count(Section.WORKING)), wall.work.count(Section.WORKING), Role.HEADING),
        (say("wall_untaken", language, n=untaken), untaken, Role.DANGER),
        (say("free_units", language, n=wall.counts.free), wall.counts.free, Role.HEADING),
    )
    each = columns // len(figures)
    labels: Row = tuple((left(f" {words}", each), Role.TEXT) for words, _, _ in figures)
    made = [fit(labels, columns)]
    for y in range(_TALL):
        line: Row = ()
        for _, number, role in figures:
            line = (*line, *fit(_large(number, y, role if number else Role.HEADING, each), each))
        made.append(fit(line, columns))
    return [*made, fit((), columns)]


def _large(number: int, y: int, role: Role, columns: int) -> Row:
    """One row of a number: two columns for each of its pixels, one where that does not fit."""
    text = str(number)
    wide = 2 if len(text) * 8 + 1 <= columns else 1
    line: Row = ((" ", Role.TEXT),)
    for digit in text:
        for pixel in _DIGITS[digit][y]:
            line = (*line, (" " * wide, role if pixel == "#" else Role.TEXT))
        line = (*line, (" " * wide, Role.TEXT))
    return line


def _units(wall: Wall, scene: Scene, columns: int, height: int) -> list[Row]:
    """As many as fit, those that are busy first: on a wall nobody turns pages."""
    free = sum(unit.available for unit in wall.units)
    title = say("unit_board", scene.language, n=len(wall.units))
    ordered = sorted(wall.units, key=lambda unit: not unit.incidents)
    room = max(0, height - 1)
    hidden = len(ordered) - room
    aside = say("free_units", scene.language, n=free)
    if hidden > 0:
        aside = f"{aside}  {say('more', scene.language, n=hidden)}"
    made = [heading(title, columns, aside=aside)]
    made += [fit(unit_row(unit, wall.look, scene), columns) for unit in ordered[:room]]
    return made[:height]
