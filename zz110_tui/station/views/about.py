"""The detail of whatever is selected: incident, report or unit; short beside the lists, or as a page of its own."""

from __future__ import annotations

from collections.abc import Sequence

from zz110_tui.config.themes import Role
from zz110_tui.core.alarms import Subject, SubjectKind, of_report, of_unit
from zz110_tui.core.cleaning import visible
from zz110_tui.core.facts import Entry
from zz110_tui.core.incidents import Report
from zz110_tui.core.matters import Matter
from zz110_tui.core.terms import incident_no, report_no, term
from zz110_tui.core.units import Unit
from zz110_tui.language.describing_matters import matter_lines
from zz110_tui.language.matterwords import matter_words
from zz110_tui.language.scene import Scene
from zz110_tui.station.views import detail
from zz110_tui.station.views.alarmrows import alarm_row
from zz110_tui.station.views.blocks import Block, beside, column, compact, paragraph
from zz110_tui.station.views.cells import BLANK, Row, fit, heading, join, window
from zz110_tui.station.views.signs import cell_of, place_of, status_of, type_name
from zz110_tui.station.views.spans import clock, span
from zz110_tui.station.words import say

_TWO_COLUMNS = 120


def short(subject: Subject | None, scene: Scene, columns: int, height: int, events: Sequence[Entry] = ()) -> list[Row]:
    """The selected one in a pane beside the lists; where nothing is selected, what happened last in the room."""
    language = scene.language
    found = _blocks(subject, scene, columns)
    if found is None:
        words = say("recent" if subject is None else "gone", language)
        told = [row for entry in reversed(events) for row in detail.told(entry, scene, columns)][: height - 1]
        return [heading(words, columns, aside=say("select_hint", language)), *(fit(row, columns) for row in told)]
    title, blocks, story = found
    return [heading(title, columns), *compact([*blocks, story], columns, height - 1)][:height]


def page(subject: Subject | None, scene: Scene, first: int, columns: int, height: int) -> list[Row]:
    """All of it, on a page that scrolls; on a wide screen what happened stands at the right."""
    made = laid_out(subject, scene, columns)
    if not made:
        return short(None, scene, columns, height)
    room = height - 1
    first = window(first, room, len(made))
    below = len(made) - first - room
    aside = say("more_below", scene.language, n=below) if below > 0 else say("back", scene.language)
    shown = made[first : first + room]
    return [heading(_title(subject, scene), columns, aside=aside), *shown, *[BLANK] * (room - len(shown))]


def length(subject: Subject | None, scene: Scene, columns: int) -> int:
    """How many rows a page has, for scrolling."""
    return len(laid_out(subject, scene, columns))


def laid_out(subject: Subject | None, scene: Scene, columns: int) -> list[Row]:
    """All rows of a page, in two columns where there is room."""
    wide = columns >= _TWO_COLUMNS
    across = columns // 2 - 1 if wide else columns
    found = _blocks(subject, scene, across)
    if found is None:
        return []
    _, blocks, story = found
    if not wide:
        return column([*blocks, story], columns)
    return beside(column(blocks, across), column([story], across), columns, across)


def _title(subject: Subject | None, scene: Scene) -> str:
    found = _blocks(subject, scene, _TWO_COLUMNS)
    return "" if found is None else found[0]


def _blocks(subject: Subject | None, scene: Scene, columns: int) -> tuple[str, list[Block], Block] | None:
    """Title, blocks and chronology of a subject; None where it is not on the board."""
    board = scene.board
    if subject is None:
        return None
    if subject.kind is SubjectKind.INCIDENT:
        incident = board.incidents.get(int(subject.id))
        if incident is None:
            return None
        story = detail.chronology(incident, scene, columns)
        return detail.title(incident, scene), detail.blocks(incident, scene, columns), story
    if subject.kind is SubjectKind.REPORT:
        report = board.reports.get(int(subject.id))
        return None if report is None else _report(report, scene, columns)
    if subject in board.matters:
        return _matter(board.matters[subject], scene, columns)
    unit = board.units.get(subject.id)
    return None if unit is None else _unit(unit, scene, columns)


def _matter(matter: Matter, scene: Scene, columns: int) -> tuple[str, list[Block], Block]:
    """A message, an order, a warning …: what is known, its alarms, what happened."""
    rows = tuple(row for line in matter_lines(matter, scene) for row in paragraph(visible(line), columns, most=6))
    alarms = tuple(alarm_row(alarm, scene) for alarm in scene.board.alarms_of(matter.subject))
    story = tuple(row for e in scene.board.chronology(matter.subject) for row in detail.told(e, scene, columns))
    blocks = [Block("", rows), Block("", alarms)]
    return visible(matter_words(matter, scene)), blocks, Block(say("chronology", scene.language), story, tail=True)


def _report(report: Report, scene: Scene, columns: int) -> tuple[str, list[Block], Block]:
    language = scene.language
    title = f"{report_no(report.number)}  {term(report.channel, language)}  {term(report.stage, language)}"
    end = ""
    if report.end is not None:
        end = term(report.end, language)
        if report.incident:
            end = f"{end} {incident_no(report.incident)}"
        end = f"{end}  {visible(report.end_reason)}".rstrip()
    place = f"{visible(report.place.text)}  {visible(report.place.cell)}".rstrip()
    rows: list[Row] = list(detail.caller_rows(report, scene, columns))
    rows += [((f" {place}", Role.TEXT),)] if place else []
    rows += paragraph(visible(report.text), columns, most=6) if report.text else []
    rows += [((f" {end}", Role.TEXT),)] if end else []
    if report.answered_at:
        answered = say("answered", language, desk=visible(report.answered_desk))
        who = f"{answered} {visible(report.answered_by)} {clock(report.answered_at, scene.timezone)}"
        rows.append(((f" {who}", Role.MUTED),))
    alarms = tuple(alarm_row(alarm, scene) for alarm in scene.board.alarms_of(of_report(report.number)))
    return title, [Block("", tuple(rows)), Block("", alarms)], detail.report_chronology(report, scene, columns)


def _unit(unit: Unit, scene: Scene, columns: int) -> tuple[str, list[Block], Block]:
    language, profile = scene.language, unit.profile
    status, assignment = status_of(unit, scene)
    title = f"{visible(unit.call_sign)}  {visible(profile.name)}  {status[0]}"
    where = visible(cell_of(place_of(unit), scene))
    if unit.position is None:
        position = say("position_assumed", language, cell=where)
    else:
        position = say("position", language, cell=where, age=span(scene.now - unit.position_at))
    doing = say("since", language, what=status[0], age=span(scene.now - unit.status_at)) if unit.status_at else ""
    rows: list[Row] = [
        join(
            (
                (f" {term(profile.kind, language)}", Role.TEXT),
                (say("crew", language, n=profile.crew), Role.TEXT),
                (f"{say('home', language)} {visible(profile.home_grid)}", Role.MUTED),
                (visible(unit.reason), Role.ATTENTION),
            )
        ),
        ((f" {position}", Role.TEXT),),
    ]
    if doing and assignment is None:
        rows.append(((f" {doing}", Role.MUTED),))
    rows += [_its_incident(number, unit, scene) for number in unit.incidents if number in scene.board.incidents]
    alarms = tuple(alarm_row(alarm, scene) for alarm in scene.board.alarms_of(of_unit(unit.call_sign)))
    number = unit.incidents[0] if unit.incidents else 0
    incident = scene.board.incidents.get(number)
    story = Block("", ()) if incident is None else detail.chronology(incident, scene, columns)
    return title, [Block("", tuple(rows)), Block("", alarms)], story


def _its_incident(number: int, unit: Unit, scene: Scene) -> Row:
    incident = scene.board.incidents[number]
    assignment = incident.assignment(unit.call_sign)
    stage = "" if assignment is None else term(assignment.stage, scene.language)
    return join(
        (
            (f" {incident_no(number)}", Role.TEXT),
            (type_name(incident.type, scene), Role.TEXT),
            (stage, Role.TEXT),
            (visible(incident.place.text), Role.TEXT),
            (visible(incident.place.cell), Role.MUTED),
        )
    )
