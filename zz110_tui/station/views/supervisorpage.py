"""The supervisor's page: what is late now, what will be late next, the month's miss budget, the rate of alarms, the
shelf; each grid and each unit. On a wide screen grids and units stand at the right, on a narrow one they follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zz110_tui.config.themes import Role
from zz110_tui.core.alarmrate import AlarmRate, Load, standing
from zz110_tui.core.alarms import Alarm, Subject, SubjectKind, of_incident
from zz110_tui.core.cleaning import visible
from zz110_tui.core.coverage import HOLE_SHARE
from zz110_tui.core.deadlines import Deadline
from zz110_tui.core.figures import MissBudget
from zz110_tui.core.incidents import AssignmentStage, Incident
from zz110_tui.core.outlook import AHEAD_MS, OutOfReach
from zz110_tui.core.records import dataclass
from zz110_tui.core.terms import incident_no, subject_no, term
from zz110_tui.core.units import Unit
from zz110_tui.language.alarmwords import actor_words, chattering_words, load_words, rate_words
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import grid_name
from zz110_tui.station.ui import Known, Stop, Ui
from zz110_tui.station.views.alarmrows import alarm_row, order
from zz110_tui.station.views.blocks import Block, Lines, beside, paragraph
from zz110_tui.station.views.book import Book, Laid
from zz110_tui.station.views.cells import Cell, Row, fit, heading, join, left, right, window
from zz110_tui.station.views.signs import cell_of, place_cell, place_of, status_of, type_name
from zz110_tui.station.views.spans import clock, span
from zz110_tui.station.words import KIND_CODE, say

WIDE = 120
"""From this width on grids and units stand beside the rest."""
TABLES = 62
"""Columns of the grids and the units there."""
MOST_LISTED = 100
"""Rows of each list that are made: the most urgent. ``zz110 alarm list`` has them all."""


@dataclass(frozen=True, slots=True)
class GridLook:
    """One grid: slips that wait, that are worked on, free units in it, and the share of its calls that somebody free
    reaches in five minutes (None where nobody can say)."""

    id: str
    waiting: int
    working: int
    free: int
    cover: float | None


@dataclass(frozen=True, slots=True)
class Month:
    """What the history says about the month so far."""

    known: Known
    budgets: tuple[MissBudget, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything of the page that is reckoned. ``sent`` is how often each unit was sent today."""

    rate: AlarmRate
    coming: tuple[Deadline, ...]
    beyond: tuple[OutOfReach, ...]
    grids: tuple[GridLook, ...]
    sent: Mapping[str, int]
    month: Month
    clock: str = "received"


# -- the page --------------------------------------------------------------------------------------------------------


def laid(look: Overview, units: Sequence[Unit], scene: Scene, columns: int, height: int) -> Laid:
    """What scrolls and is walked through: everything, or on a wide screen what stands at the left."""
    wide = columns >= WIDE
    across = columns - TABLES - 2 if wide else columns
    blocks = [*_now(look, scene, across), *([] if wide else _tables(look, units, scene, across))]
    title = say("supervisor", scene.language)
    return Laid(Book(title, tuple(blocks), (), "", lambda *_: (), whole=True), across, height)


def rows(look: Overview, units: Sequence[Unit], scene: Scene, ui: Ui, columns: int, height: int) -> list[Row]:
    made = laid(look, units, scene, columns, height).draw(ui, scene.language)
    if columns < WIDE:
        return made
    grids, board = _tables(look, units, scene, TABLES)
    title = heading(say("grids_units", scene.language), TABLES)
    head = [title, *_titled(grids), fit(((f" {board.title}", Role.MUTED),), TABLES)]
    room = _unit_rows(look, height)
    first = window(ui.told, room, len(board.rows))
    tables = [*head, *(fit(row, TABLES) for row in board.rows[first : first + room])]
    return beside(made, tables[:height], columns, TABLES)[:height]


def _titled(block: Block) -> list[Row]:
    return [fit(((f" {block.title}", Role.MUTED),), TABLES), *(fit(row, TABLES) for row in block.rows)]


def _now(look: Overview, scene: Scene, columns: int) -> list[Block]:
    alarms, language = order(scene.board.alarms.values()), scene.language
    open_ = [alarm for alarm in alarms if alarm.shelf is None]
    shelved = [alarm for alarm in alarms if alarm.shelf is not None]
    late = [(_stop(a.key, a.subject), alarm_row(a, scene)) for a in open_[:MOST_LISTED]]
    waiting = [(_stop(a.key, a.subject), _shelf_row(a, scene)) for a in shelved[:MOST_LISTED]]
    return [
        Block("", tuple(_measures(look, scene, columns))),
        _listed(say("late_now", language, n=len(open_)), late, open_, scene),
        _beyond(look, scene),
        _coming(look, scene),
        _listed(say("on_shelf", language, n=len(shelved)), waiting, shelved, scene),
    ]


def _stop(key: str, subject: Subject) -> Stop:
    return Stop(key, subject=subject)


def _listed(title: str, made: list[tuple[Stop, Row]], every: Sequence[object], scene: Scene) -> Block:
    """A titled list of which each row can be walked to; what is left out is counted in its title."""
    if len(made) < len(every):
        title = f"{title}  {say('more', scene.language, n=len(every) - len(made))}"
    lines = Lines()
    for stop, row in made:
        lines.add((((" ", Role.TEXT), *row),), stop)
    if not made:
        lines.add((((f"  {say('none', scene.language)}", Role.MUTED),),))
    return lines.block(title)


# -- the measures ----------------------------------------------------------------------------------------------------

_LOAD_ROLE = {Load.QUIET: Role.TEXT, Load.OVER: Role.ATTENTION, Load.FLOOD: Role.DANGER}


def _measures(look: Overview, scene: Scene, columns: int) -> list[Row]:
    language, rate, board = scene.language, look.rate, scene.board
    words = rate_words(rate, scene.rules.alarms, scene)
    loud = load_words(rate.load, scene.rules.alarms, scene)
    made: list[Row] = [
        (
            (f" {say('alarm_rate', language)} ", Role.MUTED),
            (words.removesuffix(loud), Role.TEXT),
            (loud, _LOAD_ROLE[rate.load]),
        )
    ]
    alarms = board.alarms.values()
    counts = {
        "untaken": sum(a.untaken for a in alarms),
        "risen": sum(a.rises > 0 for a in alarms),
        "shelved": sum(a.shelf is not None for a in alarms),
        "long": standing(alarms, scene.now),
        "day": rate.count,
        "peak": rate.peak,
    }
    made.append(((f" {say('alarm_counts', language, **counts)}", Role.TEXT),))
    for key, told in (("most_alarms", actor_words(rate, scene)), ("chattering", chattering_words(rate, scene))):
        if told:
            role = Role.ATTENTION if key == "chattering" else Role.MUTED
            made += paragraph(f"{say(key, language)} {visible(told)}", columns, role, most=2)
    return [*made, *_month(look, scene)]


_CLOCKS = {"received": "clock_received", "dispatched": "clock_dispatched"}


_UNTOLD = {Known.ASKED: "month_asked", Known.SILENT: "month_silent", Known.ABSENT: "month_absent"}


def _month(look: Overview, scene: Scene) -> list[Row]:
    """How many late arrivals the month still allows, on the clock that is the headline."""
    language = scene.language
    which = say(_CLOCKS[look.clock], language)
    if look.month.known is not Known.TOLD:
        return [((f" {say(_UNTOLD[look.month.known], language)}", Role.MUTED),)]
    made: list[Row] = []
    for budget in look.month.budgets:
        role = Role.DANGER if budget.left < 0 else Role.TEXT
        values = {"minutes": budget.limit_s // 60, "late": budget.late, "allowed": f"{budget.allowed:.1f}"}
        key = "month_over" if budget.left < 0 else "month_left"
        said = say(key, language, left=f"{abs(budget.left):.1f}", clock=which, **values)
        made.append(((f" {said}", role),))
    return made


# -- late now, late next ---------------------------------------------------------------------------------------------


def _shelf_row(alarm: Alarm, scene: Scene) -> Row:
    """With the reason: what waits here was somebody's decision."""
    row = alarm_row(alarm, scene)
    reason = visible(alarm.shelf.reason) if alarm.shelf is not None else ""
    return (*row, (f" / {reason}", Role.MUTED)) if reason else row


def _beyond(look: Overview, scene: Scene) -> Block:
    made = [(_stop(f"beyond:{s.incident}", of_incident(s.incident)), _beyond_row(s, scene)) for s in look.beyond]
    return _listed(say("beyond", scene.language, n=len(look.beyond)), made, look.beyond, scene)


def _beyond_row(slip: OutOfReach, scene: Scene) -> Row:
    incident = scene.board.incidents[slip.incident]
    if slip.unit:
        first = say("first_there", scene.language, unit=visible(slip.unit), span=span(slip.at - scene.now))
    else:
        first = say("nobody_free", scene.language)
    return join(
        (
            (f"{slip.priority} {incident_no(slip.incident)}", Role.ATTENTION if slip.priority == 1 else Role.TEXT),
            *_what(incident, scene),
            (say("left_of_five", scene.language, span=span(slip.due - scene.now)), Role.ATTENTION),
            (first, Role.DANGER),
        ),
        gap=" ",
    )


def _coming(look: Overview, scene: Scene) -> Block:
    due = [d for d in look.coming if d.due > scene.now]
    made = [(_stop(f"due:{d.cause.key}", d.cause.subject), _due_row(d, scene)) for d in due[:MOST_LISTED]]
    title = say("coming", scene.language, n=len(due), minutes=AHEAD_MS // 60_000)
    return _listed(title, made, due, scene)


def _due_row(deadline: Deadline, scene: Scene) -> Row:
    cause = deadline.cause
    what: tuple[Cell, ...] = ()
    if cause.subject.kind is SubjectKind.INCIDENT:
        what = _what(scene.board.incidents[int(cause.subject.id)], scene)
    names = " ".join(filter(None, (subject_no(cause.subject), cause.unit)))
    left_ms = deadline.due - scene.now
    return join(
        (
            (right(span(left_ms), 5), Role.ATTENTION if left_ms < 60_000 else Role.TEXT),
            (str(cause.priority), Role.ATTENTION if cause.priority == 1 else Role.TEXT),
            (visible(names), Role.TEXT),
            (term(cause.kind, scene.language), Role.TEXT),
            *what,
        ),
        gap=" ",
    )


def _what(incident: Incident, scene: Scene) -> tuple[Cell, ...]:
    kind = type_name(incident.final_type or incident.type, scene)
    return (visible(kind), Role.MUTED), (visible(place_cell(incident.place, scene)), Role.MUTED)


# -- grids and units -------------------------------------------------------------------------------------------------


def _tables(look: Overview, units: Sequence[Unit], scene: Scene, columns: int) -> tuple[Block, Block]:
    language = scene.language
    grids = tuple(_grid_row(grid, scene, columns) for grid in look.grids)
    board = tuple(unit_row(unit, look, scene) for unit in units)
    free = sum(unit.available for unit in units)
    return (
        Block(say("grids", language, n=len(grids)), grids),
        Block(f"{say('unit_board', language, n=len(units))}  {say('free_units', language, n=free)}", board),
    )


def _grid_row(grid: GridLook, scene: Scene, columns: int) -> Row:
    """A grid that is a hole, or has waiting slips and nobody free, is marked."""
    language = scene.language
    hole = grid.cover is not None and grid.cover < HOLE_SHARE
    bare = grid.waiting > 0 and not grid.free
    name = f"{grid.id} {visible(grid_name(scene, grid.id))}"
    share = "-" if grid.cover is None else f"{100 * grid.cover:.0f}%"
    return (
        (" !" if hole or bare else "  ", Role.ATTENTION),
        (left(name, 22 if columns >= TABLES else 18), Role.TEXT),
        (f" {say('grid_waiting', language, n=grid.waiting)}", Role.ATTENTION if grid.waiting else Role.MUTED),
        (f" {say('grid_working', language, n=grid.working)}", Role.TEXT if grid.working else Role.MUTED),
        (f" {say('grid_free', language, n=grid.free)}", Role.ATTENTION if bare else Role.TEXT),
        (f" {say('cover', language, share=right(share, 4))}", Role.ATTENTION if hole else Role.TEXT),
    )


def unit_row(unit: Unit, look: Overview, scene: Scene) -> Row:
    """What it does, since when, how often it was sent today, where it is."""
    language = scene.language
    status, assignment = status_of(unit, scene)
    since = unit.status_at
    if assignment is not None:
        times = {
            AssignmentStage.SIGNED: assignment.signed_at,
            AssignmentStage.EN_ROUTE: assignment.en_route_at,
            AssignmentStage.ON_SCENE: assignment.on_scene_at,
        }
        since = times.get(assignment.stage) or assignment.dispatched_at
    on = incident_no(unit.incidents[0]) if unit.incidents else ""
    return (
        ("  ", Role.TEXT),
        (left(visible(unit.call_sign), 5), Role.TEXT),
        (left(KIND_CODE[unit.profile.kind].in_(language), 4), Role.MUTED),
        (left(status[0], 5), status[1]),
        (left(on, 5), Role.TEXT),
        (f"{right(span(scene.now - since) if since else '', 5)} ", Role.TEXT),
        (f"{say('since_at', language, at=clock(since, scene.timezone)[:5] if since else '-')} ", Role.MUTED),
        (f"{say('sent_today', language, n=look.sent.get(unit.call_sign, 0))} ", Role.TEXT),
        (visible(cell_of(place_of(unit), scene)), Role.MUTED),
    )


def turned(first: int, units: int, by: int, look: Overview, height: int) -> int:
    """The first unit shown at the right, one screenful on or back, with one row of this one kept in sight."""
    room = _unit_rows(look, height)
    return window(first + by * max(1, room - 1), room, units)


def _unit_rows(look: Overview, height: int) -> int:
    """How many units fit at the right, under the heading, the grids with their title, and a title of their own."""
    return max(0, height - len(look.grids) - 3)
