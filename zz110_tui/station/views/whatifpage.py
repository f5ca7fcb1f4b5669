"""The page of "what if": two alternatives side by side, the difference beside them, and which is better in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zz110_tui.config.themes import Role
from zz110_tui.core.whatif import RUNS, Forecast
from zz110_tui.language.scene import Scene
from zz110_tui.language.whatifwords import Line, forecast_table, option_words, verdict
from zz110_tui.language.words import incident_words
from zz110_tui.station.ui import Ui
from zz110_tui.station.views.cells import BLANK, Row, fit, heading, left, wrap
from zz110_tui.station.words import say

if TYPE_CHECKING:
    from zz110_tui.station.wondering import Wondering

_LABEL, _LABEL_WIDE = 22, 30
_GAP, _GAP_WIDE = 22, 28
_WIDE = 110
_BAR = 30
_AROUND = 4
"""Rows beside table and verdict: two above, a blank one between, one below."""


def rows(wondering: Wondering, scene: Scene, ui: Ui, columns: int, height: int) -> list[Row]:
    """The cursor stands on what Enter sends."""
    asked, found, language = wondering.asked, wondering.found, scene.language
    if asked is None:
        return [BLANK] * height
    keys = "what_if_keys" if found is not None else "what_if_waits"
    known = scene.board.incidents.get(asked.incident)
    about = f" {incident_words(scene, known)}" if known is not None else ""
    runs = found.question.runs if found is not None else RUNS
    made = [heading(say("what_if", language, n=runs) + about, columns, aside=say(keys, language))]
    widths = _widths(columns)
    names = [
        f"{'>' if i == ui.cursor else ' '}{i + 1} {option_words(o, scene, short=columns < _WIDE)}"
        for i, o in enumerate(asked.options)
    ]
    since = say("what_if_at", language, at=scene.clock(wondering.at))
    head: Row = (
        (left(f" {since}", widths[0]), Role.MUTED),
        *((left(name, widths[1]), Role.SELECTED if i == ui.cursor else Role.HEADING) for i, name in enumerate(names)),
        (left(f"  {say('what_if_gap', language)}", widths[2]), Role.MUTED),
    )
    made.append(fit(head, columns))
    made += (
        _under_way(wondering.done, language, columns)
        if found is None
        else _found(found, scene, widths, columns, height)
    )
    line = wondering.line()
    enter = say("what_if_enter", language, line=line) if line else say("what_if_nothing", language)
    made += [fit(((f" {enter}", Role.MUTED),), columns)]
    return [*made, *[BLANK] * (height - len(made))][:height]


def _found(found: Forecast, scene: Scene, widths: tuple[int, int, int], columns: int, height: int) -> list[Row]:
    """The table as far as there is room, the grids with the longest holes first; the verdict under it always."""
    lines = forecast_table(found, scene)
    told = [fit(((f" {part}", Role.TEXT),), columns) for part in wrap(verdict(found, scene), columns - 2)]
    room = max(1, height - len(told) - _AROUND)
    made = [_row(each, widths, columns) for each in lines[:room]]
    if len(lines) > room:
        words = say("what_if_more", scene.language, n=len(lines) - room + 1)
        made[-1] = fit(((f"   {words}", Role.MUTED),), columns)
    return [*made, BLANK, *told]


def _widths(columns: int) -> tuple[int, int, int]:
    label, gap = (_LABEL_WIDE, _GAP_WIDE) if columns >= _WIDE else (_LABEL, _GAP)
    return label, max(8, min(30, (columns - label - gap) // 2)), gap


def _row(line: Line, widths: tuple[int, int, int], columns: int) -> Row:
    """The better side stands out by a mark as well as by its colour."""
    role = Role.MUTED if line.inner else Role.TEXT
    label = f"{'   ' if line.inner else ' '}{line.label}"
    sides = [
        (
            left(f"{'*' if line.better == number else ' '} {text}", widths[1]),
            Role.FREE if line.better == number else role,
        )
        for number, text in ((1, line.first), (2, line.second))
    ]
    return fit(((left(label, widths[0]), role), *sides, (left(f"  {line.difference}", widths[2]), role)), columns)


def _under_way(done: int, language: str, columns: int) -> list[Row]:
    full = _BAR * done // RUNS
    bar = f"[{'#' * full}{'.' * (_BAR - full)}]"
    words = say("what_if_done", language, n=done, of=RUNS) if done else say("what_if_begins", language)
    return [BLANK, fit(((f"  {bar} ", Role.TEXT), (words, Role.MUTED)), columns), BLANK]
