"""Looking for something on the board: incidents, reports, units, and places on the map."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from zz110_tui.core.alarms import of_incident, of_report, of_unit
from zz110_tui.core.cleaning import visible
from zz110_tui.core.incidents import Incident, Report
from zz110_tui.core.masking import mask_contact, mask_name
from zz110_tui.core.terms import incident_no, report_no, term
from zz110_tui.core.units import Unit
from zz110_tui.language.scene import Scene
from zz110_tui.station.ui import Found
from zz110_tui.station.views.signs import cell_of, place_of, status_of, type_name
from zz110_tui.station.words import say

MOST = 500
PLACES = 8


def search(text: str, scene: Scene) -> tuple[Found, ...]:
    """Everything that has all the words of ``text``, newest first, and the places of that name.

    Callers can be found by their whole number or its last digits; what is shown of them stays masked.
    """
    wanted = text.casefold().split()
    if not wanted:
        return ()
    return (*islice(_on_board(wanted, scene), MOST), *_places(text, scene))


def _on_board(wanted: list[str], scene: Scene) -> Iterator[Found]:
    board = scene.board
    for number in sorted(board.incidents, reverse=True):
        incident = board.incidents[number]
        if _has(wanted, *_incident_words(incident, scene)):
            yield _incident(incident, scene)
    for number in sorted(board.reports, reverse=True):
        report = board.reports[number]
        if _has(wanted, report_no(number), report.caller, report.contact, report.place.text, report.text):
            yield _report(report, scene)
    for call_sign in sorted(board.units):
        unit = board.units[call_sign]
        profile = unit.profile
        if _has(wanted, call_sign, profile.name, profile.home_grid, term(profile.kind, scene.language)):
            yield _unit(unit, scene)


def _has(wanted: list[str], *fields: str) -> bool:
    whole = "\n".join(fields).casefold()
    return all(word in whole for word in wanted)


def _incident_words(incident: Incident, scene: Scene) -> Iterator[str]:
    yield incident_no(incident.number)
    yield type_name(incident.type, scene)
    yield incident.place.text
    yield incident.place.cell
    yield incident.text
    yield incident.disposition_text
    yield " ".join(a.unit for a in incident.assignments)
    for number in incident.reports:
        report = scene.board.reports.get(number)
        if report is not None:
            yield f"{report.caller} {report.contact}"


def _incident(incident: Incident, scene: Scene) -> Found:
    words = "  ".join(
        part
        for part in (
            str(incident.priority),
            type_name(incident.type, scene),
            term(incident.stage, scene.language),
            visible(incident.place.text),
            visible(incident.place.cell),
            visible(incident.text),
        )
        if part
    )
    return Found(incident_no(incident.number), words, of_incident(incident.number))


def _report(report: Report, scene: Scene) -> Found:
    words = "  ".join(
        part
        for part in (
            term(report.channel, scene.language),
            term(report.stage, scene.language),
            visible(mask_name(report.caller)),
            visible(mask_contact(report.contact)),
            visible(report.place.text),
            visible(report.text),
        )
        if part
    )
    return Found(report_no(report.number), words, of_report(report.number))


def _unit(unit: Unit, scene: Scene) -> Found:
    status, _ = status_of(unit, scene)
    cell = visible(cell_of(place_of(unit), scene))
    words = f"{term(unit.profile.kind, scene.language)}  {status[0]}  {visible(unit.profile.name)}  {cell}"
    return Found(visible(unit.call_sign), words, of_unit(unit.call_sign))


def _places(text: str, scene: Scene) -> Iterator[Found]:
    if scene.gazetteer is None:
        return
    for match in scene.gazetteer.find(text.removeprefix("@"), PLACES):
        yield Found(
            say("place", scene.language),
            f"{visible(match.place.text)}  {visible(match.place.cell)}",
            place=match.place,
        )
