"""The lines of the desk that only ask: find, show, help, and what is reckoned.

A desk has panes for the answers; a command line has these."""

from __future__ import annotations

from dataclasses import dataclass

from zz110_tui.cli.documents import Document
from zz110_tui.cli.history import Slip, filed_slip, open_history, slip_on
from zz110_tui.cli.matterwork import matter_document, matter_text
from zz110_tui.cli.noting import note_reading
from zz110_tui.cli.slipview import incident_line, report_line, slip_document, slip_lines, unit_line
from zz110_tui.cli.wiring import Room, open_journal_to_read
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.incidents import Incident
from zz110_tui.core.terms import incident_no
from zz110_tui.language.parsed import Find, Help, Query, Show, Study, WhatIf
from zz110_tui.language.scene import Scene
from zz110_tui.language.searching import Search, search_of

MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class Told:
    document: Document
    words: list[str]


def answer_query(query: Query, room: Room, scene: Scene) -> Told:
    match query:
        case Help(topic=topic):
            from zz110_tui.language.helping import help_text

            lines = help_text(topic, scene).splitlines()
            return Told({"topic": topic, "lines": lines}, lines)
        case Study():
            from zz110_tui.language.studying import studied

            found = studied(query, scene)
            return Told(found.document, [found.title, *found.lines])
        case WhatIf():
            from zz110_tui.cli.whatifs import tell_forecast

            return Told(*tell_forecast(query, scene, room.city, room.around))
        case Show(subject=subject):
            return _show(subject, room, scene)
        case Find(text=text):
            return _find(text, room, scene)


def _show(subject: Subject, room: Room, scene: Scene) -> Told:
    pen, board = room.pen, room.board
    if subject.kind is SubjectKind.UNIT:
        unit = board.units[subject.id]
        return Told({"unit": pen.unit(unit)}, [unit_line(unit, scene)])
    if subject in board.matters:
        matter = board.matters[subject]
        words = matter_text(matter, board.chronology(subject), scene)
        return Told({subject.kind.value: matter_document(matter, pen, scene)}, words)
    number = int(subject.id)
    if subject.kind is SubjectKind.REPORT:
        report = board.reports[number]
        return Told({"report": pen.report(report)}, [report_line(report, scene)])
    slip = slip_on(board, number)
    if slip is None:
        slip = _filed(number, room)
    if slip is None:
        return Told({"incident": None}, [scene.say(f"没有警情 {number}", f"there is no incident {number}")])
    return Told({"incident": slip_document(slip, pen, scene)}, slip_lines(slip, scene))


def _filed(number: int, room: Room) -> Slip | None:
    """A slip that left the board, where the core's store is on this machine."""
    if not room.around.store.is_file():
        return None
    with open_journal_to_read(room.around) as journal:
        return filed_slip(room.around, journal, number)


def _find(text: str, room: Room, scene: Scene) -> Told:
    """Slips, live and filed, units and places in which the words occur."""
    search = search_of(text, scene)
    wanted, slips_alone = search.words.casefold().split(), search.dated or bool(search.unit)
    pen, board = room.pen, room.board
    known = (i for i in board.incidents.values() if search.takes(i) and (wanted or slips_alone))
    incidents = [i for i in known if not wanted or _holds(_words_of(i, room), wanted)][-MOST_FOUND:]
    incidents = _found_filed(search, room, MOST_FOUND - len(incidents)) + incidents
    named = wanted if not slips_alone else []
    units = [u for u in board.units.values() if _holds(f"{u.call_sign} {u.profile.name} {u.reason}", named)]
    places = room.gazetteer.find(text)[:10] if named else []
    lines = [incident_line(i, scene) for i in incidents] + [unit_line(u, scene) for u in units]
    lines += [f"@{match.place.text}  {match.place.grid} {match.place.cell}" for match in places]
    document: Document = {
        "incidents": [pen.incident(i) for i in incidents],
        "units": [pen.unit(u) for u in units],
        "places": [{"text": m.place.text, "grid": m.place.grid, "cell": m.place.cell, "kind": m.kind} for m in places],
    }
    return Told(document, lines or [scene.say("没有找到", "nothing found")])


def _found_filed(search: Search, room: Room, most: int) -> list[Incident]:
    """Slips that left the board, where the core's store is on this machine; oldest first."""
    if not room.around.store.is_file() or most <= 0:
        return []
    note_reading(room.around, "read", "do find")
    with open_journal_to_read(room.around) as journal, open_history(room.around, journal) as history:
        many = most + len(room.board.incidents)
        if search.for_history:
            there = history.find(search.for_history, many, search.start, search.end)
        else:
            there = history.newest(many, search.start, search.end) if search.dated else ()
        numbers = [n for n in there if n not in room.board.incidents]
        found = [history.slip(number) for number in sorted(numbers[:most])]
    return [kept.incident for kept in found if kept is not None and search.takes(kept.incident)]


def _words_of(incident: Incident, room: Room) -> str:
    kind = room.around.rules.types.get(incident.type)
    reports = [room.board.reports[n] for n in incident.reports if n in room.board.reports]
    return " ".join(
        (
            incident_no(incident.number),
            incident.type,
            f"{kind.words.zh} {kind.words.en}" if kind else "",
            incident.place.text,
            incident.text,
            *(f"{r.caller} {r.contact} {r.text}" for r in reports),
        )
    )


def _holds(words: str, wanted: list[str]) -> bool:
    folded = words.casefold()
    return bool(wanted) and all(word in folded for word in wanted)
