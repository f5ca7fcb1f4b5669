"""Shapes over the map: how well each part is covered, the rings of a unit or a post, a search area, the places of a
closed ring. Each is a sign for some cells; names and what moves are never covered."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from zz110_tui.config.themes import Role
from zz110_tui.core.alarms import of_incident
from zz110_tui.core.facts import StepUndone
from zz110_tui.core.facts_cover import RingClosed
from zz110_tui.core.places import Point, distance_m
from zz110_tui.core.units import UnitKind
from zz110_tui.gis.city import City
from zz110_tui.gis.ground import CoverGround, seconds_to
from zz110_tui.gis.raster import Layer
from zz110_tui.gis.travel import TravelModel
from zz110_tui.gis.view import View
from zz110_tui.language.parsed import Study
from zz110_tui.language.recommending import cover_now, ground_of, hour_of
from zz110_tui.language.scene import Scene
from zz110_tui.language.studying import RINGS_S, area_of, ring_centre
from zz110_tui.station.glyphs import Tier
from zz110_tui.station.ui import MapUi
from zz110_tui.station.views.cells import Cell

Spot = tuple[int, int]
"""Row and column of a cell."""

_BRAILLE = ("⠂", "⠶", "⣿")
_ASCII = (".", "+", "#")
_RING, _RING_ASCII = "⠒", "-"
_HELD = "x"


def shapes(city: City, view: View, scene: Scene, ui: MapUi, tier: Tier) -> dict[Spot, Cell]:
    """The signs to draw, by cell; later ones lie over earlier ones."""
    made: dict[Spot, Cell] = {}
    ascii_only = tier is Tier.ASCII
    ground = ground_of(scene)
    if ground is not None and Layer.COVER.value in ui.toggled:
        made.update(_heat(city, view, scene, ground, ascii_only=ascii_only))
    for study in ui.rings:
        made.update(_rings(study, view, scene, ascii_only=ascii_only))
    if ui.area is not None:
        made.update(_area(ui.area, view, scene, ascii_only=ascii_only))
    made.update(_held(view, scene))
    return made


def over(cells: list[Cell], made: dict[int, Cell], names: Callable[[int], bool]) -> list[Cell]:
    """One row of the map with its shapes, by column, over it; a cell of a name keeps its letter."""
    if not made:
        return cells
    return [made[at] if at in made and not names(at) else cell for at, cell in enumerate(cells)]


# -- cover as a heat layer ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _places_of(ground: CoverGround, view: View) -> tuple[tuple[Spot, int], ...]:
    """The place of the ground that each cell shows, as a bit."""
    city = ground.city
    spacing = max(city.demand.spread_m, 50.0)
    lattice: dict[Spot, int] = {}
    for number, point in enumerate(ground.points):
        x, y = city.frame.xy(point)
        lattice[round(x / spacing), round(y / spacing)] = number
    found = []
    for row in range(view.rows):
        for col in range(view.cols):
            x, y = city.frame.xy(view.point_of(row, col))
            i, j = round(x / spacing), round(y / spacing)
            near = (lattice.get((i + di, j + dj)) for di, dj in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)))
            here = next((n for n in near if n is not None), None)
            if here is not None:
                found.append(((row, col), 1 << here))
    return tuple(found)


def _heat(city: City, view: View, scene: Scene, ground: CoverGround, *, ascii_only: bool) -> dict[Spot, Cell]:
    """Faint where it takes more than three minutes, plain where more than five, loud where more than ten."""
    covers = [cover_now(scene, seconds) for seconds in RINGS_S]
    three, five, ten = (found.once if found is not None else 0 for found in covers)
    signs = _ASCII if ascii_only else _BRAILLE
    made: dict[Spot, Cell] = {}
    for spot, bit in _places_of(ground, view):
        if not ten & bit:
            made[spot] = (signs[2], Role.DANGER)
        elif not five & bit:
            made[spot] = (signs[1], Role.ATTENTION)
        elif not three & bit:
            made[spot] = (signs[0], Role.MUTED)
    return made


# -- rings -------------------------------------------------------------------------------------------------------------


def _rings(study: Study, view: View, scene: Scene, *, ascii_only: bool) -> dict[Spot, Cell]:
    around, model = ring_centre(study, scene), scene.travel
    if around is None or not isinstance(model, TravelModel):
        return {}
    point, kind = around
    sign = _RING_ASCII if ascii_only else _RING
    made: dict[Spot, Cell] = {}
    roles = (Role.FREE, Role.ATTENTION, Role.DANGER)
    for (row, col), band in _ring_cells(model, view, point, kind, hour_of(scene)):
        made[row, col] = (sign, roles[band])
    for band, (row, col) in _ends(made, roles):
        for at, letter in enumerate(f"{RINGS_S[band] / 60:.0f}'"):
            if col + at < view.cols:
                made[row, col + at] = (letter, roles[band])
    return made


def _ends(made: dict[Spot, Cell], roles: tuple[Role, ...]) -> list[tuple[int, Spot]]:
    """Where each ring's number stands: in the middle of its highest and its lowest row and of its first and its last
    column, as names and units may hide some."""
    found = []
    for band, role in enumerate(roles):
        spots = [spot for spot, cell in made.items() if cell[1] is role]
        for row in {min(r for r, _ in spots), max(r for r, _ in spots)} if spots else ():
            columns = sorted(c for r, c in spots if r == row)
            found.append((band, (row, columns[len(columns) // 2])))
        for column in {min(c for _, c in spots), max(c for _, c in spots)} if spots else ():
            rows = sorted(r for r, c in spots if c == column)
            found.append((band, (rows[len(rows) // 2], column)))
    return found


@lru_cache(maxsize=32)
def _ring_cells(
    model: TravelModel, view: View, point: Point, kind: UnitKind, hour: int
) -> tuple[tuple[Spot, int], ...]:
    """The cells where one ring ends: the ring's number is that of the smaller of the two bands that meet."""

    cells = [view.point_of(row, col) for row in range(view.rows) for col in range(view.cols)]
    seconds = seconds_to(model, point, cells, kind, hour)

    def band(row: int, col: int) -> int:
        needed = seconds[row * view.cols + col]
        return next((i for i, limit in enumerate(RINGS_S) if needed <= limit), len(RINGS_S))

    return _edges(view, band)


def _edges(view: View, band: Callable[[int, int], int]) -> tuple[tuple[Spot, int], ...]:
    bands = [[band(row, col) for col in range(view.cols)] for row in range(view.rows)]
    found = []
    for row, line in enumerate(bands):
        for col, here in enumerate(line):
            beside = [
                bands[r][c]
                for r, c in ((row - 1, col), (row + 1, col), (row, col - 1), (row, col + 1))
                if 0 <= r < view.rows and 0 <= c < view.cols
            ]
            if any(other > here for other in beside):
                found.append(((row, col), here))
    return tuple(found)


def _area(study: Study, view: View, scene: Scene, *, ascii_only: bool) -> dict[Spot, Cell]:
    """The bound of a search area; it moves outward in steps, so that the map is not drawn anew every second."""
    found = area_of(study, scene)
    if found is None:
        return {}
    step = max(50.0, view.metres_per_col)
    cells = _circle(view, found.centre, round(found.along_m / step) * step)
    sign = "o" if ascii_only else "⠿"
    return {spot: (sign, Role.MAP_INCIDENT) for spot, _ in cells}


@lru_cache(maxsize=32)
def _circle(view: View, centre: Point, metres: float) -> tuple[tuple[Spot, int], ...]:
    return _edges(view, lambda row, col: int(distance_m(centre, view.point_of(row, col)) > metres))


# -- the places of a closed ring ---------------------------------------------------------------------------------------


def ring_of(scene: Scene, number: int) -> RingClosed | None:
    """The last ring closed around an open incident that nobody took back."""
    undone = set()
    for entry in reversed(scene.board.chronology(of_incident(number))):
        if isinstance(entry.fact, StepUndone):
            undone.add(entry.fact.command)
        elif isinstance(entry.fact, RingClosed) and entry.command not in undone:
            return entry.fact
    return None


def _held(view: View, scene: Scene) -> dict[Spot, Cell]:
    made: dict[Spot, Cell] = {}
    for incident in scene.board.incidents.values():
        ring = ring_of(scene, incident.number) if incident.open and incident.assignments else None
        for hold in ring.holds if ring is not None else ():
            spot = view.cell_of(hold.point)
            if spot is not None:
                made[spot] = (_HELD, Role.ATTENTION)
    return made
