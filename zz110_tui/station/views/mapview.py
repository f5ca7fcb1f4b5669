"""The grid map: roads faint, units as their number, incidents as the digit of their priority.

The drawing of what stands still is ``gis.raster``'s, which remembers it; here what moves is put on top.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from zz110_tui.config.themes import Role
from zz110_tui.core.alarms import Subject, of_incident, of_report, of_unit
from zz110_tui.core.cleaning import visible
from zz110_tui.core.incidents import AssignmentStage, Incident, ReportStage
from zz110_tui.core.places import Point
from zz110_tui.core.terms import incident_no, report_no
from zz110_tui.core.units import Unit, UnitStatus
from zz110_tui.gis.canvas import Role as Drawn
from zz110_tui.gis.city import City
from zz110_tui.gis.marks import Mark, Sign, overlay, place_marks, signs
from zz110_tui.gis.raster import DEFAULT_LAYERS, Glyphs, Layer, raster
from zz110_tui.gis.view import View, go_to, rulers, scale_words
from zz110_tui.gis.view import fit as fit_view
from zz110_tui.language.scene import Scene
from zz110_tui.station.glyphs import Tier
from zz110_tui.station.ui import MapUi, Ui
from zz110_tui.station.views.cells import Cell, Row, cut, fit, heading, right, width
from zz110_tui.station.views.mapkept import Kept, Signs, kept_of
from zz110_tui.station.views.shapes import over, shapes
from zz110_tui.station.views.signs import STAGE_ROLE, place_of, type_name, working_on
from zz110_tui.station.words import say

_ROLE = {
    Drawn.BLANK: Role.TEXT,
    Drawn.WATER: Role.MAP_WATER,
    Drawn.NAME_WATER: Role.MAP_WATER,
    Drawn.LANE: Role.MAP_ROAD,
    Drawn.ROAD_MINOR: Role.MAP_ROAD,
    Drawn.ROAD_MAIN: Role.MAP_ROAD,
    Drawn.ROAD_TRUNK: Role.MAP_ROAD,
    Drawn.NAME_ROAD: Role.MAP_ROAD,
    Drawn.BORDER: Role.MAP_GRID,
    Drawn.OUTLINE: Role.MAP_GRID,
    Drawn.NAME_GRID: Role.MUTED,
    Drawn.PLACE: Role.MUTED,
    Drawn.STATION: Role.MUTED,
    Drawn.POST: Role.MUTED,
    Drawn.NAME_PLACE: Role.MUTED,
}
_NAMES = (Drawn.NAME_WATER, Drawn.NAME_ROAD, Drawn.NAME_PLACE, Drawn.NAME_GRID)
_EDGE = 3
"""Columns of the ruler at the left."""
_AROUND = 3
"""Heading, ruler and the line below that lists what shares a cell."""
_SELECTED, _INCIDENT, _REPORT, _UNIT = 40, 30, 20, 10
_LEAST = (20, 8)


def view_of(city: City, ui: MapUi, columns: int, height: int) -> View:
    """What the map pane shows: the whole city until somebody panned or zoomed."""
    view = fit_view(city.outline, max(1, columns - _EDGE), max(1, height - _AROUND))
    if ui.scale:
        view = replace(view, metres_per_col=ui.scale)
    return view if ui.middle is None else go_to(view, ui.middle)


def rows(city: City, scene: Scene, ui: Ui, tier: Tier, columns: int, height: int) -> list[Row]:
    """The whole pane: heading, letters, map with numbers at the left, and what shares the selected one's cell."""
    if columns < _LEAST[0] or height < _LEAST[1]:
        return [fit(((f" {say('no_map', scene.language)}", Role.MUTED),), columns)]
    view = view_of(city, ui.map, columns, height)
    english = scene.language == "en"
    layers = frozenset(layer for layer in Layer if (layer in DEFAULT_LAYERS) != (layer.value in ui.map.toggled))
    drawn = raster(
        city, view, layers, Glyphs.ASCII if tier in (Tier.ASCII, Tier.GB) else Glyphs.BRAILLE, english=english
    )
    kept = kept_of(city, view)
    by_row = kept.signs(marks(scene, ui, kept))
    top, side = rulers(city, view)
    made = [_heading(city, view, scene, columns), fit(((" " * _EDGE, Role.MUTED), (top, Role.MUTED)), columns)]
    made_shapes = shapes(city, view, scene, ui.map, tier)
    for y in range(view.rows):
        here, below = by_row.get(y, ()), drawn.cells[y]
        shaped = {at: cell for (row, at), cell in made_shapes.items() if row == y} if made_shapes else {}

        def make(y: int = y, here: Signs = here, shaped: dict[int, Cell] = shaped) -> Row:
            cells = _without_hidden_names(drawn.cells[y], here)
            cells = over(cells, shaped, _is_name(drawn.cells[y], cells))
            return fit(((right(side[y], _EDGE - 1) + " ", Role.MUTED), *_runs(overlay(cells, here))), columns)

        made.append(kept.row(y, here, (below, shaped, columns), make))
    made.append(fit(_shared([sign for here in by_row.values() for sign in here], scene, ui), columns))
    return made


def small(
    city: City, scene: Scene, tier: Tier, spots: Iterable[tuple[str, Point, Role]], columns: int, height: int
) -> list[Row]:
    """The whole city with a few labels on it, the later ones over the earlier; nothing else moves on it."""
    if columns < _LEAST[0] or height < _LEAST[1]:
        return []
    view = view_of(city, MapUi(), columns, height)
    glyphs = Glyphs.ASCII if tier in (Tier.ASCII, Tier.GB) else Glyphs.BRAILLE
    drawn = raster(city, view, DEFAULT_LAYERS, glyphs, english=scene.language == "en")
    marks = [Mark(f"{n}", label, role, point, n) for n, (label, point, role) in enumerate(spots)]
    by_row: dict[int, list[Sign[Role]]] = {}
    for sign in signs(view, place_marks(view, marks)):
        by_row.setdefault(sign.row, []).append(sign)
    top, side = rulers(city, view)
    made: list[Row] = [((" " * _EDGE, Role.MUTED), (top, Role.MUTED))]
    for y in range(view.rows):
        here = by_row.get(y, ())
        line = _runs(overlay(_without_hidden_names(drawn.cells[y], here), here))
        made.append(((right(side[y], _EDGE - 1) + " ", Role.MUTED), *line))
    return [fit(row, columns) for row in made]


def _without_hidden_names(cells: Sequence[tuple[str, Drawn]], here: Sequence[Sign[Role]]) -> list[Cell]:
    """A name that a sign would stand in is not drawn at all: half a name is worse than none."""
    kept = list(cells)
    for sign in here:
        for at in range(max(0, sign.col - 1), min(len(kept), sign.col + width(sign.text) + 1)):
            if kept[at][1] in _NAMES:
                role, start, end = kept[at][1], at, at
                while start > 0 and kept[start - 1][1] is role:
                    start -= 1
                while end < len(kept) and kept[end][1] is role:
                    end += 1
                kept[start:end] = [(" ", Drawn.BLANK)] * (end - start)
    return [(letter, _ROLE[role]) for letter, role in kept]


def _is_name(drawn: Sequence[tuple[str, Drawn]], cells: Sequence[Cell]) -> Callable[[int], bool]:
    """Whether a column of a row still shows a letter of a name."""
    return lambda at: drawn[at][1] in _NAMES and cells[at][0] == drawn[at][0]


def _heading(city: City, view: View, scene: Scene, columns: int) -> Row:
    english = scene.language == "en"
    name = city.name_en if english else city.name_zh
    aside = scale_words(view, english=english)
    if city.schematic:
        aside = f"{say('schematic', scene.language)}  {aside}"
    return heading(visible(name), columns, aside=aside)


def marks(scene: Scene, ui: Ui, kept: Kept) -> Iterable[Mark[Role]]:
    """Everything that moves and has a place: open incidents, waiting reports, units on duty."""
    board, alarmed = scene.board, {alarm.subject for alarm in scene.board.alarms.values() if alarm.untaken}
    chosen = ui.selected
    for incident in board.incidents.values():
        if incident.open and incident.place.point is not None:
            loud = bool(alarmed) and of_incident(incident.number) in alarmed
            look = (loud, chosen is not None and chosen == of_incident(incident.number))
            yield kept.mark(("incident", incident.number), incident, look, partial(_of_incident, incident, *look))
    for report in board.reports.values():
        if report.stage is not ReportStage.ENDED and report.place.point is not None:
            subject = of_report(report.number)
            yield _mark(subject, "?", Role.MAP_INCIDENT, report.place.point, _REPORT, subject == chosen)
    for unit in board.units.values():
        if unit.status is UnitStatus.OFF_DUTY and not unit.incidents:
            continue
        subject, stage = of_unit(unit.call_sign), getattr(working_on(unit, scene), "stage", None)
        yield kept.mark(subject, unit, (stage, subject == chosen), partial(_of_unit, unit, stage, subject == chosen))


def _of_incident(incident: Incident, loud: bool, chosen: bool) -> Mark[Role]:
    role = Role.DANGER if loud else Role.MAP_INCIDENT
    weight, point = _INCIDENT - incident.priority, incident.place.point
    assert point is not None
    return _mark(of_incident(incident.number), str(incident.priority), role, point, weight, chosen)


def _of_unit(unit: Unit, stage: AssignmentStage | None, chosen: bool) -> Mark[Role]:
    role = Role.MAP_UNIT if unit.status is UnitStatus.FREE else Role.OFF
    weight = _UNIT
    if stage is not None:
        role, weight = STAGE_ROLE[stage], _UNIT - 1 if stage is AssignmentStage.ON_SCENE else _UNIT + 1
    return _mark(of_unit(unit.call_sign), visible(unit.call_sign), role, place_of(unit), weight, chosen)


def _mark(subject: Subject, label: str, role: Role, where: Point, weight: int, chosen: bool) -> Mark[Role]:
    if chosen:
        return Mark(str(subject), label, Role.SELECTED, where, _SELECTED)
    return Mark(str(subject), label, role, where, weight)


def _runs(cells: Iterable[Cell]) -> Row:
    """Neighbouring cells of one role as one piece of text."""
    line: list[Cell] = []
    text, role = "", Role.TEXT
    for letter, what in cells:
        if what is not role and text:
            line.append((text, role))
            text = ""
        text, role = text + letter, what
    if text:
        line.append((text, role))
    return tuple(line)


def _shared(on_map: Iterable[Sign[Role]], scene: Scene, ui: Ui) -> Row:
    """What stands in one sign with the selected one; else the first sign that hides something."""
    crowded = [sign for sign in on_map if len(sign.marks) > 1]
    mine = [sign for sign in crowded if any(mark.key == str(ui.selected) for mark in sign.marks)]
    for sign in mine or crowded[:1]:
        names = [_name(mark.key, scene) for mark in sign.marks]
        return ((f" {cut(sign.text, 12)} = ", Role.MUTED), (", ".join(names), Role.MUTED))
    return ()


def _name(key: str, scene: Scene) -> str:
    kind, _, name = key.partition(":")
    if kind == "incident":
        incident = scene.board.incidents[int(name)]
        return f"{incident_no(incident.number)} {type_name(incident.type, scene)}"
    return report_no(int(name)) if kind == "report" else visible(name)
