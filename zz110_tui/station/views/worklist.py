"""The list of work as rows: call queue and incidents in one order of what needs a hand next."""

from __future__ import annotations

from zz110_tui.config.themes import Role
from zz110_tui.core.alarms import SubjectKind
from zz110_tui.core.cleaning import visible
from zz110_tui.core.incidents import Incident, IncidentStage, Report, ReportStage
from zz110_tui.core.masking import mask_contact, mask_name
from zz110_tui.core.messages import Message
from zz110_tui.core.orders import Order
from zz110_tui.core.roster import Roster
from zz110_tui.core.terms import incident_no, report_no, subject_no, term
from zz110_tui.language.matterwords import kind_words, stage_words, text_of, who_words
from zz110_tui.language.scene import Scene
from zz110_tui.station.ui import Ui
from zz110_tui.station.views.cells import Cell, Row, fit, flow, heading, join, left, repaint, right, row_width, width
from zz110_tui.station.views.signs import alarm_mark, clock_role, place_cell, place_words, type_name, unit_code
from zz110_tui.station.views.spans import span
from zz110_tui.station.views.work import Item, Section, Shown, Work
from zz110_tui.station.views.work import visible as fitting
from zz110_tui.station.words import INCIDENT_CODE, say

_TITLES = ("section_answer", "section_send", "section_working", "section_handled", "section_matters")
_CELL = 4
_MOST_UNITS = 3
_ROOMY = 44
_TYPE = {"zh": (8, 12), "en": (16, 18)}
"""Columns of an incident's type, with little and with much room."""


def rows(work: Work, scene: Scene, ui: Ui, columns: int, height: int, key: str = "") -> list[Row]:
    """At most ``height`` rows of ``columns``: only what is visible is made. ``key`` shows what is not."""
    made: list[Row] = []
    for shown in fitting(work, height, ui.selected):
        made.append(_heading(shown, scene, columns, key))
        made += [item_row(item, scene, ui, columns) for item in shown.items]
    return made[:height]


def _heading(shown: Shown, scene: Scene, columns: int, key: str) -> Row:
    title = f"{say(_TITLES[shown.section], scene.language)} {shown.total}"
    hidden = shown.total - len(shown.items)
    aside = f"{say('more', scene.language, n=hidden)} {key}".rstrip() if hidden else ""
    return heading(title, columns, aside=aside)


def item_row(item: Item, scene: Scene, ui: Ui, columns: int) -> Row:
    """One line of work: mark, priority, clock, number, what, where."""
    if item.section is Section.MATTERS:
        return _matter_row(item, scene, ui, columns)
    report = incident = None
    if item.subject.kind is SubjectKind.REPORT:
        report = scene.board.reports[int(item.subject.id)]
        number, place, priority = report_no(report.number), report.place, " "
    else:
        incident = scene.board.incidents[int(item.subject.id)]
        number, place, priority = incident_no(incident.number), incident.place, str(item.priority)
    selected = item.subject == ui.selected
    clock = _clock(item, scene.now)
    head: Row = (
        (">" if selected else " ", Role.TEXT),
        alarm_mark(scene.board.alarms_of(item.subject)),
        (f"{priority} ", Role.ATTENTION if priority == "1" else Role.TEXT),
        (right(clock[0], 5), clock[1]),
        (f" {left(number, 4)} ", Role.TEXT),
    )
    tail: Row = ((f" {right(visible(place_cell(place, scene)), _CELL)} ", Role.MUTED),)
    room = columns - row_width(head) - row_width(tail)
    body = _report_body(report, scene, room) if report is not None else ()
    if incident is not None:
        body = _incident_body(incident, item, scene, room)
    return _weighed((*head, *fit(body, room), *tail), item, ui, scene.now, selected)


def _matter_row(item: Item, scene: Scene, ui: Ui, columns: int) -> Row:
    """A message, an order, a warning …: what it is, whose hand it is in, how far it is, and its words."""
    matter = scene.board.matters[item.subject]
    selected = item.subject == ui.selected
    clock = _clock(item, scene.now)
    number = "" if item.subject.kind is SubjectKind.ROSTER else subject_no(item.subject)
    place = "" if isinstance(matter, Message | Roster) else visible(place_cell(matter.place, scene))
    head: Row = (
        (">" if selected else " ", Role.TEXT),
        alarm_mark(scene.board.alarms_of(item.subject)),
        (f"{item.priority} ", Role.ATTENTION if item.priority == 1 else Role.TEXT),
        (right(clock[0], 5), clock[1]),
        (f" {left(number, 4)} ", Role.TEXT),
    )
    tail: Row = ((f" {right(place, _CELL)} ", Role.MUTED),)
    room = columns - row_width(head) - row_width(tail)
    stage = "" if isinstance(matter, Order) else stage_words(matter, scene)
    body = flow(
        (
            (visible(kind_words(matter, scene)), Role.TEXT),
            (visible(who_words(matter, scene)), Role.BUSY),
            (stage, Role.MUTED),
            (visible(text_of(matter, scene)), Role.MUTED),
        ),
        room,
    )
    return _weighed((*head, *fit(body, room), *tail), item, ui, scene.now, selected)


def _weighed(row: Row, item: Item, ui: Ui, now: int, selected: bool) -> Row:
    if selected:
        return repaint(row, Role.SELECTED, keep=(Role.DANGER,))
    if ui.is_fresh(item.subject, now):
        return repaint(row, Role.NEW, keep=(Role.DANGER, Role.ATTENTION))
    if item.section is Section.HANDLED or (item.held and item.share(now) < 1):
        return repaint(row, Role.MUTED, keep=(Role.DANGER, Role.ATTENTION))
    return row


def _clock(item: Item, now: int) -> Cell:
    """How long it has waited; of a held one, how long it still may."""
    if not item.due:
        return span(now - item.since), Role.MUTED
    if item.held:
        return (span(item.due - now), Role.MUTED) if now < item.due else (span(now - item.due), Role.DANGER)
    return span(now - item.since), clock_role(item.share(now))


def _report_body(report: Report, scene: Scene, columns: int) -> Row:
    language = scene.language
    who = visible(mask_contact(report.contact) or mask_name(report.caller))
    taken = ""
    if report.stage is ReportStage.ANSWERED:
        taken = say("answered", language, desk=visible(report.answered_desk))
    body = flow(
        (
            (term(report.channel, language), Role.TEXT),
            (taken, Role.BUSY),
            (visible(report.text), Role.TEXT),
            (place_words(report.place, scene), Role.TEXT),
        ),
        columns,
    )
    # Half a telephone number helps nobody.
    return (*body, ("  ", Role.TEXT), (who, Role.MUTED)) if row_width(body) + 2 + width(who) <= columns else body


def _incident_body(incident: Incident, item: Item, scene: Scene, columns: int) -> Row:
    language = scene.language
    kind = type_name(incident.final_type or incident.type, scene)
    most = _TYPE[language][columns >= _ROOMY]
    head: Row = ((f"{left(kind, most)} ", Role.TEXT),)
    if item.section is Section.WORKING:
        head = (*head, *_units(incident, language), ("  ", Role.TEXT))
    pieces = (
        _paper(incident, scene),
        _state(incident, item, language),
        (place_words(incident.place, scene), Role.TEXT),
        (visible(incident.text), Role.MUTED),
    )
    return (*head, *flow(pieces, columns - row_width(head)))


def _state(incident: Incident, item: Item, language: str) -> Cell:
    """A word before the place where the section's name does not say it all."""
    if item.section is Section.HANDLED:
        return INCIDENT_CODE[incident.stage].in_(language), Role.TEXT
    if item.held:
        return say("held", language), Role.MUTED
    if incident.stage is IncidentStage.QUEUED and incident.reopened:
        return say("again", language), Role.ATTENTION
    return "", Role.TEXT


def _paper(incident: Incident, scene: Scene) -> Cell:
    """The mark of a slip that was entered from paper: its times are counted apart."""
    return (
        (say("from_paper", scene.language), Role.MUTED)
        if scene.board.was_caught_up(incident.number)
        else ("", Role.TEXT)
    )


def _units(incident: Incident, language: str) -> Row:
    """The units on it, the lead first."""
    working = sorted(incident.working, key=lambda a: a.unit != incident.lead)
    codes = [unit_code(a.unit, a.stage, language) for a in working[:_MOST_UNITS]]
    if len(working) > _MOST_UNITS:
        codes.append((f"+{len(working) - _MOST_UNITS}", Role.TEXT))
    return join(codes, gap=" ")
