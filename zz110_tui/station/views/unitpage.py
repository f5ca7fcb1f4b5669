"""The page of a unit: what it does now, kind and crew, its work today, where it has been, and every fact about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zz110_tui.config.themes import Role
from zz110_tui.core.alarms import of_incident, of_unit
from zz110_tui.core.cleaning import visible
from zz110_tui.core.facts import AssignmentAdvanced, Entry, UnitAssigned, UnitPosted
from zz110_tui.core.facts_cover import UnitFilledIn
from zz110_tui.core.incidents import Assignment, AssignmentStage, Incident
from zz110_tui.core.matters import in_hand
from zz110_tui.core.places import Point
from zz110_tui.core.terms import incident_no, term
from zz110_tui.core.units import Unit, whereabouts
from zz110_tui.core.workload import NOTHING, worked
from zz110_tui.language.matterwords import matter_line
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import grid_name
from zz110_tui.station.glyphs import Tier
from zz110_tui.station.ui import Stop
from zz110_tui.station.views import mapview
from zz110_tui.station.views.alarmrows import alarm_row
from zz110_tui.station.views.blocks import Block, Lines, paragraph
from zz110_tui.station.views.cells import Row, join, left
from zz110_tui.station.views.rates import day_start
from zz110_tui.station.views.signs import cell_of, place_of, place_words, status_of, type_name
from zz110_tui.station.views.spans import clock, span
from zz110_tui.station.words import STAGE_CODE, say

SMALL_MAP_ROWS = 15
MOST_VISITS = 9
"""As many as one digit tells apart."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Where a unit was: sent to a post, or arrived at an incident (``incident`` 0 for a post)."""

    at: int
    point: Point
    words: str
    incident: int = 0


def today(unit: Unit, scene: Scene) -> tuple[Entry, ...]:
    """What happened to a unit since the beginning of the day, oldest first."""
    since = day_start(scene.now, scene.timezone)
    return tuple(entry for entry in scene.board.day_of(unit.call_sign) if entry.at >= since)


def visits(unit: Unit, scene: Scene) -> tuple[Visit, ...]:
    """Where it has been today, oldest first; of a slip that left the board the place is not known any more."""
    found: list[Visit] = []
    for entry in today(unit, scene):
        match entry.fact:
            case UnitPosted(post=post, point=point, at=at) | UnitFilledIn(post=post, point=point, at=at):
                words = f"{say('at_post', scene.language)} {post} {_area(point, scene)}"
                found.append(Visit(at, point, words.rstrip()))
            case AssignmentAdvanced(incident=number, stage=AssignmentStage.ON_SCENE, at=at):
                incident = scene.board.incidents.get(number)
                if incident is not None and incident.place.point is not None:
                    words = f"{incident_no(number)} {type_name(incident.type, scene)} {incident.place.text}"
                    found.append(Visit(at, incident.place.point, words, number))
            case _:
                pass
    return tuple(found)


def _area(point: Point, scene: Scene) -> str:
    grid = scene.gazetteer.city.grid_at(point) if scene.gazetteer is not None else None
    return grid_name(scene, grid.id) if grid is not None else ""


def title(unit: Unit, scene: Scene) -> str:
    return f"{visible(unit.call_sign)}  {visible(unit.profile.name)}  {status_of(unit, scene)[0][0]}"


def brief(unit: Unit, scene: Scene, columns: int) -> list[Block]:
    """What it is and does now: all of it that fits beside the lists."""
    alarms = tuple(alarm_row(alarm, scene) for alarm in scene.board.alarms_of(of_unit(unit.call_sign)))
    return [Block("", _now(unit, scene)), Block("", alarms), _in_hand(unit, scene, columns)]


def blocks(unit: Unit, scene: Scene, tier: Tier, columns: int) -> list[Block]:
    """The same, what it has worked, and where it has been, in words and on a small map."""
    been = visits(unit, scene)[-MOST_VISITS:]
    return [
        *brief(unit, scene, columns),
        _work(unit, scene),
        _tasks(unit, scene),
        _places(been, scene, columns),
        _map(unit, been, scene, tier, columns),
    ]


def story(unit: Unit, scene: Scene) -> tuple[Entry, ...]:
    """Everything of today, the latest first."""
    return tuple(reversed(today(unit, scene)))


def _now(unit: Unit, scene: Scene) -> tuple[Row, ...]:
    language, profile = scene.language, unit.profile
    _, assignment = status_of(unit, scene)
    where = visible(cell_of(place_of(unit), scene))
    if unit.position is None:
        position = say("position_assumed", language, cell=where)
    else:
        position = say("position", language, cell=where, age=span(scene.now - unit.position_at))
    kind = join(
        (
            (f" {term(profile.kind, language)}", Role.TEXT),
            (say("crew", language, n=profile.crew), Role.TEXT),
            (f"{say('home', language)} {visible(profile.home_grid)}", Role.MUTED),
            (say("second_line", language) if profile.second_line else "", Role.MUTED),
            (visible(unit.reason), Role.ATTENTION),
        )
    )
    rows: list[Row] = [kind, ((f" {position}", Role.TEXT),)]
    if unit.status_at and assignment is None:
        doing = say("since", language, what=term(unit.status, language), age=span(scene.now - unit.status_at))
        rows.append(((f" {doing}", Role.MUTED),))
    rows += [_its_incident(number, unit, scene) for number in unit.incidents if number in scene.board.incidents]
    return tuple(rows)


def _in_hand(unit: Unit, scene: Scene, columns: int) -> Block:
    """The open orders, warnings and messages that it has to do something about; Enter opens one."""
    mine = [m for m in scene.board.matters.values() if m.open and unit.call_sign in in_hand(m)]
    made = Lines()
    for matter in sorted(mine, key=lambda m: (m.priority, m.opened_at, m.number)):
        made.add(paragraph(visible(matter_line(matter, scene)), columns, most=2), Stop(subject=matter.subject))
    return made.block("")


def _its_incident(number: int, unit: Unit, scene: Scene) -> Row:
    incident = scene.board.incidents[number]
    assignment = incident.assignment(unit.call_sign)
    stage = "" if assignment is None else term(assignment.stage, scene.language)
    return join(
        (
            (f" {incident_no(number)}", Role.TEXT),
            (type_name(incident.type, scene), Role.TEXT),
            (stage, Role.TEXT),
            (place_words(incident.place, scene), Role.TEXT),
            (visible(incident.place.cell), Role.MUTED),
        )
    )


def _work(unit: Unit, scene: Scene) -> Block:
    """How often it was sent today and how long it was busy: what tires a crew."""
    done = worked(scene.board, day_start(scene.now, scene.timezone), scene.now).get(unit.call_sign, NOTHING)
    words = say("worked", scene.language, n=done.sent, busy=span(done.busy_ms))
    return Block(say("today", scene.language), (((f" {words}", Role.TEXT),),))


def _tasks(unit: Unit, scene: Scene) -> Block:
    """Every incident it was sent to today, with its times; Enter opens it."""
    made = Lines()
    numbers = dict.fromkeys(e.fact.incident for e in today(unit, scene) if isinstance(e.fact, UnitAssigned))
    for number in reversed(numbers):
        incident = scene.board.incidents.get(number)
        if incident is None:
            made.add((((f" {incident_no(number)}", Role.MUTED),),), Stop(subject=of_incident(number)))
            continue
        for a in _its(incident, unit):
            made.add((_task(a, incident, scene),), Stop(subject=of_incident(number)))
    heads = "".join(left(word, 9) for word in say("times", scene.language).split())
    return made.block(left(say("tasks", scene.language), 11) + heads)


def _its(incident: Incident, unit: Unit) -> Iterable[Assignment]:
    return (a for a in reversed(incident.assignments) if a.unit == unit.call_sign)


def _task(a: Assignment, incident: Incident, scene: Scene) -> Row:
    times = (a.dispatched_at, a.signed_at, a.en_route_at, a.on_scene_at, a.ended_at)
    role = Role.MUTED if a.over else Role.TEXT
    return (
        (f" {incident_no(incident.number)} ", role),
        (left(STAGE_CODE[a.stage].in_(scene.language), 5), role),
        *((left(clock(at, scene.timezone) or "-", 9), role) for at in times),
        (type_name(incident.type, scene), Role.MUTED),
    )


# -- where it has been -------------------------------------------------------------------------------------------------


def _places(been: tuple[Visit, ...], scene: Scene, columns: int) -> Block:
    """One a row, numbered as on the map."""
    made = Lines()
    for number, visit in enumerate(been, 1):
        cell = visible(cell_of(visit.point, scene))
        mark = f"{number} {clock(visit.at, scene.timezone)[:5]} {left(cell, 4)}"
        stop = Stop(subject=of_incident(visit.incident)) if visit.incident else None
        made.add(paragraph(visible(visit.words), columns, mark=mark), stop)
    return made.block(say("been", scene.language))


def _map(unit: Unit, been: tuple[Visit, ...], scene: Scene, tier: Tier, columns: int) -> Block:
    """The city with the numbers of the visits, and the unit itself."""
    if scene.gazetteer is None:
        return Block("", ())
    spots = [(str(number), visit.point, Role.MAP_INCIDENT) for number, visit in enumerate(been, 1)]
    spots.append((visible(unit.call_sign), whereabouts(unit, scene.now)[0], Role.SELECTED))
    made = mapview.small(scene.gazetteer.city, scene, tier, spots, columns - 1, SMALL_MAP_ROWS)
    return Block("", tuple(made))
