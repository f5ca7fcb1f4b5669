"""The lines of the desk that only ask: find, show, help, and what is reckoned.

A desk has panes for the answers; a command line has these."""

from __future__ import annotations

from dataclasses import dataclass

from zz110_tui.cli.documents import Document
from zz110_tui.cli.history import slip_on
from zz110_tui.cli.matterwork import matter_document, matter_text
from zz110_tui.cli.slipview import incident_line, report_line, slip_document, slip_lines, unit_line
from zz110_tui.cli.wiring import Room
from zz110_tui.client.past import LinkPast
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.incidents import Incident
from zz110_tui.core.terms import incident_no
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.parsed import Find, Help, Query, Show, Study, WhatIf
from zz110_tui.language.scene import Scene
from zz110_tui.language.searching import Search, search_of

MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class Told:
    document: Document
    words: list[str]


async def answer_query(query: Query, room: Room, scene: Scene) -> Told:
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
            return await _show(subject, room, scene)
        case Find(text=text):
            return await _find(text, room, scene)


async def _show(subject: Subject, room: Room, scene: Scene) -> Told:
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
    if slip is None and 0 < number < board.next_incident:
        slip = await LinkPast(room.link).slip(number)
    if slip is None:
        return Told({"incident": None}, [scene.say(f"没有警情 {number}", f"there is no incident {number}")])
    return Told({"incident": slip_document(slip, pen, scene)}, slip_lines(slip, scene))


async def _find(text: str, room: Room, scene: Scene) -> Told:
    """Slips, live and filed, units and places in which the words occur."""
    search = search_of(text, scene)
    wanted, slips_alone = search.words.casefold().split(), search.dated or bool(search.unit)
    pen, board = room.pen, room.board
    known = (i for i in board.incidents.values() if search.takes(i) and (wanted or slips_alone))
    incidents = [i for i in known if not wanted or _holds(_words_of(i, room), wanted)][-MOST_FOUND:]
    filed, unasked = await _found_filed(search, room, MOST_FOUND - len(incidents))
    incidents = filed + incidents
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
    if unasked is not None:
        lines.append(scene.say(f"只查了盘上的：{unasked.title}", f"only what is on the board: {unasked.title}"))
        document["history"] = None
    return Told(document, lines or [scene.say("没有找到", "nothing found")])


async def _found_filed(search: Search, room: Room, most: int) -> tuple[list[Incident], Trouble | None]:
    """Slips that left the board, oldest first; and why they could not be asked for."""
    if most <= 0 or not (search.for_history or search.dated):
        return [], None
    many = most + len(room.board.incidents)
    try:
        there = await LinkPast(room.link).find(search.for_history, search.start, search.end, many)
    except Trouble as trouble:
        return [], trouble
    filed = [slip for slip in there if slip.number not in room.board.incidents][:most]
    return sorted((slip for slip in filed if search.takes(slip)), key=lambda slip: slip.number), None


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
