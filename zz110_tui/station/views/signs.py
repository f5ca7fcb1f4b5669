"""The small signs that every list shares: marks of alarms, roles of clocks and stages, short words for units."""

from __future__ import annotations

from collections.abc import Iterable

from zz110_tui.config.themes import Role
from zz110_tui.core.alarms import Alarm
from zz110_tui.core.cleaning import visible
from zz110_tui.core.incidents import Assignment, AssignmentStage
from zz110_tui.core.orders import ErrandStage
from zz110_tui.core.places import Place, Point
from zz110_tui.core.units import Unit, UnitStatus
from zz110_tui.language.scene import Scene
from zz110_tui.station.views.cells import Cell
from zz110_tui.station.words import STAGE_CODE, STATUS_CODE

STAGE_ROLE: dict[AssignmentStage, Role] = {
    AssignmentStage.STACKED: Role.BUSY,
    AssignmentStage.DISPATCHED: Role.BUSY,
    AssignmentStage.SIGNED: Role.BUSY,
    AssignmentStage.EN_ROUTE: Role.ROUTE,
    AssignmentStage.ON_SCENE: Role.SCENE,
    AssignmentStage.CLEARED: Role.MUTED,
    AssignmentStage.WITHDRAWN: Role.MUTED,
}

ERRAND_ROLE: dict[ErrandStage, Role] = {
    ErrandStage.ISSUED: Role.BUSY,
    ErrandStage.SIGNED: Role.BUSY,
    ErrandStage.EN_ROUTE: Role.ROUTE,
    ErrandStage.ON_SCENE: Role.SCENE,
}
"""Of the stages in which an order is still in a unit's hand."""

OWNED = "✓"
SHELVED = " z"
HALF = 0.5


def alarm_mark(alarms: Iterable[Alarm]) -> Cell:
    """Two columns for all alarms of one thing: the mark of the most pressing."""
    here = tuple(alarms)
    return mark_of(min(here, key=_pressing)) if here else ("  ", Role.TEXT)


def _pressing(alarm: Alarm) -> tuple[bool, bool, bool, bool]:
    return not alarm.untaken, not loud(alarm), not alarm.rises, alarm.shelf is not None


def mark_of(alarm: Alarm) -> Cell:
    """``!!`` for priority 1 that nobody took, ``^!`` for one that has risen, ``!`` for another, ``✓`` for a taken one,
    ``z`` for one on the shelf."""
    if alarm.shelf is not None:
        return SHELVED, Role.MUTED
    if not alarm.untaken:
        return f" {OWNED}", Role.MUTED
    if loud(alarm):
        return "!!", Role.DANGER
    return ("^!" if alarm.rises else " !"), Role.ATTENTION


def loud(alarm: Alarm) -> bool:
    """The alarms that may be said loudly: a life in danger, or somebody pressed the emergency button."""
    return alarm.priority == 1 or alarm.latched


def clock_role(share: float) -> Role:
    """How a clock looks when this share of its limit has passed: it gains weight, not only colour."""
    if share >= 1:
        return Role.DANGER
    return Role.ATTENTION if share >= HALF else Role.TEXT


def unit_code(call_sign: str, stage: AssignmentStage, language: str) -> Cell:
    """``07到场`` or ``07 OS``."""
    gap = "" if language == "zh" else " "
    return f"{visible(call_sign)}{gap}{STAGE_CODE[stage].in_(language)}", STAGE_ROLE[stage]


def status_of(unit: Unit, scene: Scene) -> tuple[Cell, Assignment | None]:
    """A unit's status in two letters or characters, and the assignment it works on, if there is one."""
    assignment = working_on(unit, scene)
    if assignment is not None:
        return (STAGE_CODE[assignment.stage].in_(scene.language), STAGE_ROLE[assignment.stage]), assignment
    role = Role.FREE if unit.status is UnitStatus.FREE else Role.OFF
    return (STATUS_CODE[unit.status].in_(scene.language), role), None


def working_on(unit: Unit, scene: Scene) -> Assignment | None:
    """The assignment a unit is busy with now."""
    for number in unit.incidents:
        incident = scene.board.incidents.get(number)
        if incident is not None:
            assignment = incident.assignment(unit.call_sign)
            if assignment is not None and assignment.live:
                return assignment
    return None


def place_of(unit: Unit) -> Point:
    """Where a unit is: its position, or its post while none was reported."""
    return unit.position or unit.profile.post_point


def cell_of(point: Point | None, scene: Scene) -> str:
    """The map cell of a point, empty where there is no map."""
    return "" if point is None or scene.gazetteer is None else scene.gazetteer.city.cell_at(point)


def place_cell(place: Place, scene: Scene) -> str:
    return place.cell or cell_of(place.point, scene)


def place_words(place: Place, scene: Scene) -> str:
    """The words of a place, for a row that has its map cell besides: none where they are only that cell."""
    return "" if place.text == place_cell(place, scene) else visible(place.text)


def type_name(code: str, scene: Scene) -> str:
    """The words of an incident type; its code where the rulebook does not know it any more."""
    known = scene.rules.types.get(code)
    return known.words.in_(scene.language) if known is not None else visible(code)


def disposition_name(code: str, scene: Scene) -> str:
    known = scene.rules.dispositions.get(code)
    return known.words.in_(scene.language) if known is not None else visible(code)


def receiver_name(code: str, scene: Scene) -> str:
    known = scene.rules.receivers.get(code)
    return known.words.in_(scene.language) if known is not None else visible(code)
