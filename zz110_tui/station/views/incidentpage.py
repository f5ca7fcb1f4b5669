"""The page of an incident: what is known, the questions as a form, the steps, whom to send, what is near and what was.

Up and Down walk through what can be answered, ticked, sent or opened; Enter puts the line for it on the command line,
where its preview says what it will do. Nothing is done by walking.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zz110_tui.config.themes import Role
from zz110_tui.core.alarms import of_incident
from zz110_tui.core.cleaning import visible
from zz110_tui.core.incidents import Incident, IncidentStage
from zz110_tui.core.places import Place, distance_m
from zz110_tui.core.terms import incident_no, report_no, term
from zz110_tui.core.weblinks import WebLink, is_web_link
from zz110_tui.language.recommending import candidates
from zz110_tui.language.scene import Scene
from zz110_tui.station.ui import Known, Stop
from zz110_tui.station.views import detail
from zz110_tui.station.views.alarmrows import alarm_row
from zz110_tui.station.views.blocks import Block, Lines, paragraph
from zz110_tui.station.views.cells import Hyper, Row, cut, join, right
from zz110_tui.station.views.signs import disposition_name, type_name
from zz110_tui.station.views.spans import local
from zz110_tui.station.words import say

MOST_CANDIDATES = 8
MOST_NEAR = 8
MOST_PAST = 12
NEAR_M = 1_000.0
SAME_PLACE_M = 60.0
PAST_DAYS = 90
"""How far back the history at a place goes."""


@dataclass(frozen=True, slots=True)
class PastHere:
    """What the history says about a place. ``slips`` newest first."""

    known: Known
    slips: tuple[Incident, ...] = ()


NO_PAST = PastHere(Known.ABSENT)


def same_place(here: Place, there: Place) -> bool:
    """The same words, or points that no street lies between."""
    if here.text and here.text.casefold() == there.text.casefold():
        return True
    return here.point is not None and there.point is not None and distance_m(here.point, there.point) <= SAME_PLACE_M


def blocks(incident: Incident, scene: Scene, past: PastHere, columns: int) -> list[Block]:
    """Everything, the most needed first."""
    language = scene.language
    live = incident.number in scene.board.incidents and incident.stage is not IncidentStage.CLOSED
    alarms = tuple(alarm_row(alarm, scene) for alarm in scene.board.alarms_of(of_incident(incident.number)))
    asked = detail.questions(incident, scene, columns)
    steps = detail.checklist(incident, scene, columns)
    return [
        Block("", detail.what(incident, scene, columns)),
        Block("", alarms),
        Block(detail.times_title(language), detail.assignments(incident, scene)),
        Block("", (detail.times(incident, scene),)),
        _links(incident, scene, columns),
        Block(say("callers", language), detail.callers(incident, scene, columns)),
        detail.in_lines(asked if live else ()).block(say("questions_form", language)),
        detail.in_lines(steps if live else ()).block(say("checklist_form", language)),
        _recommended(incident, scene),
        _near(incident, scene, columns),
        _past(incident, scene, past, columns),
        Block(say("questions", language), () if live else tuple(r for one in asked if not one.open for r in one.rows)),
        Block(say("checklist", language), () if live else tuple(r for one in steps if not one.open for r in one.rows)),
    ]


def _recommended(incident: Incident, scene: Scene) -> Block:
    if not incident.open or incident.number not in scene.board.incidents:
        return Block("", ())
    made = Lines()
    for candidate in candidates(scene, incident, MOST_CANDIDATES):
        line = f"d {candidate.unit} ." if not candidate.incident else f"pre {candidate.unit} ."
        made.add((detail.candidate_row(candidate, scene),), Stop(candidate.unit, line))
    return made.block(detail.heads(scene.language))


# -- photographs and streams -------------------------------------------------------------------------------------------


def _links(incident: Incident, scene: Scene, columns: int) -> Block:
    """Of the slip and of its calls, each whole: what is shown is where it leads."""
    calls = (scene.board.reports[number] for number in incident.reports if number in scene.board.reports)
    rows = link_rows((*incident.links, *(link for call in calls for link in call.links)), columns)
    return Block(say("links", scene.language), rows)


def link_rows(links: Iterable[WebLink], columns: int) -> tuple[Row, ...]:
    """Each address in as many rows as it needs, cut nowhere; a terminal that knows links gets one of every piece."""
    made: list[Row] = []
    for link in links:
        source = f" {report_no(link.report)}" if link.report else ""
        head = visible(f"{link.text}{source}".strip())
        if head:
            made.append(((f" {cut(head, columns - 1)}", Role.TEXT),))
        room = max(8, columns - 4)
        pieces = [link.url[at : at + room] for at in range(0, len(link.url), room)]
        # An address that is none does not get here from a core, but a board may come from anywhere.
        shown = is_web_link(link.url)
        made += [(("  ", Role.TEXT), (Hyper(p, link.url) if shown else visible(p), Role.MUTED)) for p in pieces]
    return tuple(made)


# -- what is near, and what was here -----------------------------------------------------------------------------------


def _near(incident: Incident, scene: Scene, columns: int) -> Block:
    """Other open incidents within a kilometre, the nearest first."""
    here = incident.place.point
    others = (i for i in scene.board.incidents.values() if i.open and i.number != incident.number)
    found = [(distance_m(here, i.place.point), i) for i in others if here is not None and i.place.point is not None]
    made = Lines()
    for metres, other in sorted((f for f in found if f[0] <= NEAR_M), key=lambda f: (f[0], f[1].number))[:MOST_NEAR]:
        row = join(
            (
                (f" {incident_no(other.number)}", Role.TEXT),
                (right(f"{metres:.0f} m", 6), Role.TEXT),
                (type_name(other.type, scene), Role.TEXT),
                (term(other.stage, scene.language), Role.MUTED),
                (visible(other.place.text), Role.MUTED),
            )
        )
        made.add((row,), Stop(subject=of_incident(other.number)))
    return made.block(say("near", scene.language))


_UNTOLD = {Known.ASKED: "past_asked", Known.SILENT: "past_silent", Known.ABSENT: "past_absent"}


def _past(incident: Incident, scene: Scene, past: PastHere, columns: int) -> Block:
    """Earlier calls to the same place: those still on the board, and those the history knows."""
    language = scene.language
    ended = (i for i in scene.board.incidents.values() if not i.open and same_place(incident.place, i.place))
    known = {i.number: i for i in (*past.slips, *ended) if i.number != incident.number}
    slips = sorted((i for i in known.values() if i.received_at <= incident.received_at), key=lambda i: -i.number)
    made = Lines()
    for slip in slips[:MOST_PAST]:
        made.add((_past_row(slip, scene),), Stop(subject=of_incident(slip.number)))
    if len(slips) > MOST_PAST:
        made.add((((f" {say('more', language, n=len(slips) - MOST_PAST)}", Role.MUTED),),))
    if past.known is not Known.TOLD:
        made.add(paragraph(say(_UNTOLD[past.known], language), columns, Role.MUTED))
    elif not slips:
        made.add((((f" {say('past_none', language)}", Role.MUTED),),))
    return made.block(say("past_here", language, days=PAST_DAYS, n=len(slips)))


def _past_row(slip: Incident, scene: Scene) -> Row:
    when = local(slip.received_at, scene.timezone).strftime("%m-%d %H:%M")
    return join(
        (
            (f" {incident_no(slip.number)}", Role.TEXT),
            (when, Role.MUTED),
            (type_name(slip.final_type or slip.type, scene), Role.TEXT),
            (disposition_name(slip.disposition, scene), Role.MUTED),
            (visible(slip.text), Role.MUTED),
        )
    )
