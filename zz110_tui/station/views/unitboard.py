"""The unit board as rows: who is free, who is on the way to what, who is there and for how long."""

from __future__ import annotations

from collections.abc import Sequence

from zz110_tui.config.themes import Role
from zz110_tui.core.alarms import of_incident, of_unit
from zz110_tui.core.board import Board
from zz110_tui.core.cleaning import visible
from zz110_tui.core.deadlines import deadlines_of
from zz110_tui.core.incidents import Assignment, AssignmentStage, Incident
from zz110_tui.core.recommend import STALE_MS
from zz110_tui.core.terms import incident_no, subject_no, term
from zz110_tui.core.units import Unit, UnitStatus
from zz110_tui.language.errandwords import OnOrder, errand_since, on_orders
from zz110_tui.language.scene import Scene
from zz110_tui.station.ui import Ui
from zz110_tui.station.views.cells import Cell, Row, fit, heading, left, repaint, right, row_width, window
from zz110_tui.station.views.signs import ERRAND_ROLE, alarm_mark, cell_of, clock_role, place_of, status_of
from zz110_tui.station.views.spans import span
from zz110_tui.station.words import ERRAND_CODE, KIND_CODE, say

_WIDE = 72
"""From this width on a row also says where the incident is and what it is."""


def order(board: Board) -> tuple[Unit, ...]:
    """Always the same places: on duty by call sign, then the second line, then those that are off."""
    units = board.units.values()
    return tuple(sorted(units, key=lambda u: (u.status is UnitStatus.OFF_DUTY, u.profile.second_line, u.call_sign)))


def rows(units: Sequence[Unit], scene: Scene, ui: Ui, columns: int, height: int) -> list[Row]:
    """A heading and as many units as fit, around the selected one. Only what is visible is made."""
    free = sum(unit.available for unit in units)
    room = max(0, height - 1)
    at = next((i for i, unit in enumerate(units) if of_unit(unit.call_sign) == ui.selected), 0)
    first = window(at - room + 1 if at >= room else 0, room, len(units))
    aside = say("free_units", scene.language, n=free)
    hidden = len(units) - room
    if hidden > 0:
        aside = f"{aside}  {say('more', scene.language, n=hidden)}"
    made = [heading(say("unit_board", scene.language, n=len(units)), columns, aside=aside)]
    orders = on_orders(scene.board)
    made += [unit_row(unit, orders.get(unit.call_sign), scene, ui, columns) for unit in units[first : first + room]]
    return made[:height]


def unit_row(unit: Unit, on_order: OnOrder | None, scene: Scene, ui: Ui, columns: int) -> Row:
    """Call sign, kind, status, what it is on, its clock, where it is. An order stands there too: it keeps nobody from a
    call, and whoever sends the unit sees it."""
    subject = of_unit(unit.call_sign)
    selected = subject == ui.selected
    status, assignment = status_of(unit, scene)
    incident = _incident(unit, assignment, scene)
    head: Row = (
        (">" if selected else " ", Role.TEXT),
        alarm_mark(scene.board.alarms_of(subject)),
        (left(visible(unit.call_sign), 4), Role.TEXT),
        (left(KIND_CODE[unit.profile.kind].in_(scene.language), 4 if scene.language == "en" else 3), Role.MUTED),
        (left(status[0], 5 if scene.language == "zh" else 3), status[1]),
    )
    tail = _where(unit, on_order, scene)
    body = _body(unit, assignment, incident, scene, columns)
    if on_order is not None:
        body = _with_order(body if assignment is not None else (), on_order, scene, columns)
    row = (*head, *fit(body, columns - row_width(head) - row_width(tail)), *tail)
    if selected:
        return repaint(row, Role.SELECTED, keep=(Role.DANGER,))
    if ui.is_fresh(subject, scene.now):
        return repaint(row, Role.NEW, keep=(Role.DANGER, Role.ATTENTION))
    return repaint(row, Role.OFF, keep=(Role.DANGER,)) if status[1] is Role.OFF else row


def _incident(unit: Unit, assignment: Assignment | None, scene: Scene) -> Incident | None:
    if assignment is None:
        return None
    numbers = (n for n in unit.incidents if n in scene.board.incidents)
    return next((i for n in numbers if (i := scene.board.incidents[n]).assignment(unit.call_sign) is assignment), None)


def _body(unit: Unit, a: Assignment | None, incident: Incident | None, scene: Scene, columns: int) -> Row:
    if a is None or incident is None:
        reason = visible(unit.reason) if unit.status is UnitStatus.OUT_OF_SERVICE else ""
        return ((reason, Role.MUTED),)
    clock = _clock(a, incident, scene)
    stacked = len(unit.incidents) - 1
    row: Row = ((f"{incident_no(incident.number)} ", Role.TEXT), (right(clock[0], 5), clock[1]))
    if stacked > 0:
        row = (*row, (f" +{stacked}", Role.ATTENTION))
    if columns >= _WIDE:
        row = (*row, (f"  {visible(incident.place.text)}", Role.MUTED))
    return row


def _with_order(body: Row, on_order: OnOrder, scene: Scene, columns: int) -> Row:
    """The order's number behind the call; of a unit without one its clock and stage as well."""
    order, errand = on_order
    number = subject_no(order.subject)
    if body:
        return (*body[:2], (f" {number}", Role.BUSY), *body[2:])
    row: Row = (
        (f"{number:<3} ", Role.TEXT),
        (right(span(scene.now - errand_since(errand)), 5), Role.TEXT),
        (f" {ERRAND_CODE[errand.stage].in_(scene.language)}", ERRAND_ROLE[errand.stage]),
    )
    if columns >= _WIDE:
        where = visible(order.place.text)
        row = (*row, (f"  {term(order.kind, scene.language)}  {where}", Role.MUTED))
    return row


def _clock(a: Assignment, incident: Incident, scene: Scene) -> Cell:
    """How long since it was sent, or since it arrived; its role is that of the limit that is due first."""
    since = a.on_scene_at if a.stage is AssignmentStage.ON_SCENE else a.dispatched_at
    share = 0.0
    for deadline in deadlines_of(scene.board, of_incident(incident.number), scene.rules):
        if deadline.cause.unit == a.unit and deadline.due > deadline.cause.since:
            passed = (scene.now - deadline.cause.since) / (deadline.due - deadline.cause.since)
            share = max(share, passed)
    return span(scene.now - since), clock_role(share)


def _where(unit: Unit, on_order: OnOrder | None, scene: Scene) -> Row:
    """The map cell; faint where it is only assumed, with a question mark where the position is old."""
    cell = visible(cell_of(place_of(unit), scene))
    if unit.position is None:
        if unit.status is UnitStatus.FREE and not unit.incidents and on_order is None:
            cell = f"{say('at_post', scene.language)} {cell}"
        return ((f" {cell}  ", Role.MUTED),)
    if scene.now - unit.position_at > STALE_MS:
        # Of a unit that is going somewhere, an old position is worth a look; of one that stands about, it is not.
        return ((f" {cell}? ", Role.ATTENTION if unit.incidents else Role.MUTED),)
    return ((f" {cell}  ", Role.TEXT),)
