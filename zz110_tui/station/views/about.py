"""The detail of whatever is selected: incident, report or unit; short beside the lists, or as a page of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from zz110_tui.config.themes import Role
from zz110_tui.core.alarms import Subject, SubjectKind, of_report
from zz110_tui.core.cleaning import visible
from zz110_tui.core.facts import Entry
from zz110_tui.core.incidents import Report
from zz110_tui.core.matters import Matter
from zz110_tui.core.records import dataclass
from zz110_tui.core.terms import incident_no, report_no, term
from zz110_tui.language.describing_matters import matter_lines
from zz110_tui.language.matterwords import matter_parts
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import spot
from zz110_tui.station.glyphs import Tier
from zz110_tui.station.ui import Ui
from zz110_tui.station.views import detail, incidentpage, unitpage
from zz110_tui.station.views.alarmrows import alarm_row
from zz110_tui.station.views.blocks import Block, compact, paragraph
from zz110_tui.station.views.book import Book, Laid, across
from zz110_tui.station.views.cells import Row, fit, heading
from zz110_tui.station.views.incidentpage import PastHere
from zz110_tui.station.views.spans import clock
from zz110_tui.station.words import say


def short(subject: Subject | None, scene: Scene, columns: int, height: int, events: Sequence[Entry] = ()) -> list[Row]:
    """The selected one in a pane beside the lists; where nothing is selected, what happened last in the room."""
    language = scene.language
    found = _known(subject, scene, columns)
    if found is None:
        words = say("recent" if subject is None else "gone", language)
        newest = (row for entry in reversed(events) for row in detail.told(entry, scene, columns))
        told = islice(newest, max(0, height - 1))
        return [heading(words, columns, aside=say("select_hint", language)), *(fit(row, columns) for row in told)]
    latest = found.entries[: max(0, height)]
    rows = tuple(row for entry in reversed(latest) for row in detail.told(entry, scene, columns))
    story = Block(say("chronology", language), rows, tail=True)
    return [heading(found.title, columns), *compact([*found.blocks, story], columns, height - 1)][:height]


@dataclass(frozen=True, slots=True)
class Around:
    """What a page needs beside the board: the history of the place, and the signs of the terminal for its map."""

    past: PastHere
    tier: Tier


def book_of(subject: Subject | None, scene: Scene, whole: Around, columns: int) -> Book | None:
    """The page of a subject for a page of so many columns; None where it is not on the board."""
    found = _known(subject, scene, across(columns), whole)
    if found is None:
        return None
    return Book(
        found.title,
        tuple(found.blocks),
        found.entries,
        say("chronology_latest", scene.language),
        lambda entry, wide: detail.told(entry, scene, wide),
    )


def page(subject: Subject | None, scene: Scene, whole: Around, ui: Ui, columns: int, height: int) -> list[Row]:
    """All of it, on a page that scrolls; on a wide screen what happened stands at the right."""
    book = book_of(subject, scene, whole, columns)
    if book is None:
        return short(subject, scene, columns, height)
    return Laid(book, columns, height).draw(ui, scene.language)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a subject; ``entries`` newest first."""

    title: str
    blocks: list[Block]
    entries: tuple[Entry, ...]


def _known(subject: Subject | None, scene: Scene, columns: int, whole: Around | None = None) -> _Known | None:
    """Title, blocks and chronology of a subject; the blocks in full for a page, with what is around it."""
    board = scene.board
    if subject is None:
        return None
    story = tuple(reversed(board.chronology(subject)))
    if subject.kind is SubjectKind.INCIDENT:
        incident = board.incidents.get(int(subject.id))
        if incident is None:
            return None
        if whole is None:
            made = detail.blocks(incident, scene, columns)
        else:
            made = incidentpage.blocks(incident, scene, whole.past, columns)
        return _Known(detail.title(incident, scene), made, story)
    if subject.kind is SubjectKind.REPORT:
        report = board.reports.get(int(subject.id))
        return None if report is None else _report(report, scene, columns, story)
    if subject in board.matters:
        return _matter(board.matters[subject], scene, columns, story)
    unit = board.units.get(subject.id)
    if unit is None:
        return None
    made = unitpage.brief(unit, scene, columns) if whole is None else unitpage.blocks(unit, scene, whole.tier, columns)
    return _Known(unitpage.title(unit, scene), made, unitpage.story(unit, scene))


def _matter(matter: Matter, scene: Scene, columns: int, story: tuple[Entry, ...]) -> _Known:
    """A message, an order, a warning …: what is known, its alarms, what happened."""
    rows = tuple(row for line in matter_lines(matter, scene) for row in paragraph(visible(line), columns, most=6))
    alarms = tuple(alarm_row(alarm, scene) for alarm in scene.board.alarms_of(matter.subject))
    title = visible("  ".join(matter_parts(matter, scene)))
    return _Known(title, [Block("", rows), Block("", alarms)], story)


def _report(report: Report, scene: Scene, columns: int, story: tuple[Entry, ...]) -> _Known:
    language = scene.language
    title = f"{report_no(report.number)}  {term(report.channel, language)}  {term(report.stage, language)}"
    end = ""
    if report.end is not None:
        end = term(report.end, language)
        if report.incident:
            end = f"{end} {incident_no(report.incident)}"
        end = f"{end}  {visible(report.end_reason)}".rstrip()
    place = visible(spot(report.place))
    rows: list[Row] = list(detail.caller_rows(report, scene, columns))
    rows += [((f" {place}", Role.TEXT),)] if place else []
    rows += paragraph(visible(report.text), columns, most=6) if report.text else []
    rows += [((f" {end}", Role.TEXT),)] if end else []
    if report.answered_at:
        answered = say("answered", language, desk=visible(report.answered_desk))
        who = f"{answered} {visible(report.answered_by)} {clock(report.answered_at, scene.timezone)}"
        rows.append(((f" {who}", Role.MUTED),))
    alarms = tuple(alarm_row(alarm, scene) for alarm in scene.board.alarms_of(of_report(report.number)))
    links = Block(say("links", language), incidentpage.link_rows(report.links, columns))
    return _Known(title, [Block("", tuple(rows)), Block("", alarms), links], story)
