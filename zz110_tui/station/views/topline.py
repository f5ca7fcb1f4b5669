"""The top line: live or drill, who sits here, what time it is, how much waits, how well it goes, is the core there.

What does not fit is left out whole, the least important first; the mode, the counts and the core are never left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from zz110_tui.config.themes import Role
from zz110_tui.core.board import Board
from zz110_tui.core.cleaning import visible
from zz110_tui.core.incidents import AssignmentStage, ReportStage
from zz110_tui.core.records import dataclass
from zz110_tui.core.statistics import Rate
from zz110_tui.core.terms import term
from zz110_tui.language.scene import Scene
from zz110_tui.station.covering import CoverLook
from zz110_tui.station.ui import Ui
from zz110_tui.station.views.cells import Cell, Row, fit, width
from zz110_tui.station.views.signs import working_on
from zz110_tui.station.views.spans import local, span
from zz110_tui.station.views.work import Section, Work
from zz110_tui.station.words import WEEKDAYS, say

NO_COVER = CoverLook()


@dataclass(frozen=True, slots=True)
class Counts:
    """Units as the top line counts them."""

    free: int
    route: int
    scene: int


def count_units(board: Board, scene: Scene) -> Counts:
    free = route = there = 0
    for unit in board.units.values():
        assignment = working_on(unit, scene)
        if assignment is None:
            free += unit.available
        elif assignment.stage is AssignmentStage.ON_SCENE:
            there += 1
        else:
            route += 1
    return Counts(free, route, there)


@dataclass(frozen=True, slots=True)
class _Field:
    """A piece of the line in its long and short form; ``rank`` 0 is never left out."""

    long: Cell
    short: Cell
    rank: int


def row(
    work: Work,
    counts: Counts,
    rate: Rate,
    scene: Scene,
    ui: Ui,
    *,
    room_name: str,
    drill: bool,
    columns: int,
    cover: CoverLook = NO_COVER,
) -> Row:
    """The whole line, exactly ``columns`` wide."""
    fields = _fields(work, counts, rate, scene, ui, room_name, drill, cover)
    shown: dict[int, Cell] = {i: field.long for i, field in enumerate(fields)}
    ranks = sorted({field.rank for field in fields}, reverse=True)
    for rank in ranks:
        if _total(shown.values(), _GAP) > columns:
            shown |= {i: field.short for i, field in enumerate(fields) if field.rank == rank}
    for i in sorted(range(len(fields)), key=lambda i: -fields[i].rank):
        if _total(shown.values(), _GAP) > columns and fields[i].rank:
            del shown[i]
    gap = _GAP if _total(shown.values(), _GAP) <= columns else 1
    return fit(_spread(shown.values(), gap), columns)


_GAP = 2


def _total(cells: Iterable[Cell], gap: int) -> int:
    widths = [width(text) for text, _ in cells if text]
    return sum(widths) + gap * max(0, len(widths) - 1)


def _spread(cells: Iterable[Cell], gap: int) -> Row:
    line: list[Cell] = []
    for text, role in cells:
        if text:
            line += [(text, role), (" " * gap, Role.TEXT)]
    return tuple(line)


def _fields(
    work: Work, counts: Counts, rate: Rate, scene: Scene, ui: Ui, room_name: str, drill: bool, cover: CoverLook
) -> list[_Field]:
    language = scene.language
    mode: Cell = (f" {say('drill' if drill else 'live', language)} ", Role.DRILL if drill else Role.LIVE)
    who, here = scene.who, local(scene.now, scene.timezone)
    seat = f"{say('desk', language, desk=visible(who.desk))} {term(who.duty, language)} {visible(who.person)}".rstrip()
    day = WEEKDAYS.in_(language).split()[here.weekday()]
    time = here.strftime("%H:%M:%S")
    core = _core(scene, ui)
    return [
        _Field(mode, mode, 0),
        _same((room_name, Role.TEXT), 5),
        _Field((seat, Role.TEXT), (f"{visible(who.desk)} {visible(who.person)}".rstrip(), Role.TEXT), 2),
        _Field((f"{time} {day}", Role.TEXT), (time, Role.TEXT), 0),
        *_waiting(work, scene),
        _rate(rate, language),
        _units(counts, language),
        *([_thin(language)] if ui.thin_line else []),
        *_cover(cover, language),
        _Field(core, core, 0 if ui.lost_at else 4),
    ]


def _same(cell: Cell, rank: int) -> _Field:
    return _Field(cell, cell, rank)


def _waiting(work: Work, scene: Scene) -> list[_Field]:
    language = scene.language
    # A report that somebody answered waits for its slip, not for an answer.
    reports = (scene.board.reports[int(item.subject.id)] for item in work.sections[Section.ANSWER])
    ringing = sum(report.stage is ReportStage.RECEIVED for report in reports)
    made = []
    for key, number, loud in (
        ("to_answer", ringing, Role.ATTENTION),
        ("to_send", work.count(Section.SEND), Role.ATTENTION),
        ("working", work.count(Section.WORKING), Role.TEXT),
    ):
        role = loud if number else Role.MUTED
        made.append(_Field((say(key, language, n=number), role), (say(f"{key}_short", language, n=number), role), 0))
    return made


def _rate(rate: Rate, language: str) -> _Field:
    if rate.share is None or rate.low is None or rate.high is None:
        return _same((say("no_rate", language), Role.MUTED), 3)
    share, low, high = f"{100 * rate.share:.1f}%", f"{100 * rate.low:.1f}", f"{100 * rate.high:.1f}"
    long = (say("rate", language, rate=share, low=low, high=high), Role.TEXT)
    return _Field(long, (say("rate_short", language, rate=share), Role.TEXT), 3)


def _units(counts: Counts, language: str) -> _Field:
    values = {"free": counts.free, "route": counts.route, "scene": counts.scene}
    role = Role.TEXT if counts.free else Role.ATTENTION
    return _Field((say("units", language, **values), role), (say("units_short", language, **values), role), 1)


def _thin(language: str) -> _Field:
    return _Field((say("thin_line", language), Role.ATTENTION), (say("thin_line_short", language), Role.ATTENTION), 0)


def _cover(cover: CoverLook, language: str) -> list[_Field]:
    """How much of the calls somebody free reaches within five minutes; loud while a grid is a hole."""
    if cover.share is None:
        return []
    share = f"{100 * cover.share:.0f}%"
    role = Role.ATTENTION if cover.holes else Role.TEXT
    key = "cover_holes" if cover.holes else "cover"
    long = (say(key, language, share=share, n=len(cover.holes)), role)
    return [_Field(long, (say("cover_short", language, share=share), role), 3)]


def _core(scene: Scene, ui: Ui) -> Cell:
    if ui.lost_at:
        return say("core_lost", scene.language, age=span(scene.now - ui.lost_at)), Role.DANGER
    return say("core_ok", scene.language), Role.MUTED
