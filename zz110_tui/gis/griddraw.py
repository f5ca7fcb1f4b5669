"""Grids of a city drawn anew: balanced by area, people and calls, each in one piece, together all of its ground."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zz110_tui.core.matching import least_total
from zz110_tui.core.places import Point
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.bilingual import both
from zz110_tui.gis.city import City
from zz110_tui.gis.gridcells import Part, cut, spread
from zz110_tui.gis.partition import divide
from zz110_tui.gis.tiling import shape_of

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon

    Shape = Polygon | MultiPolygon

TRIES = 8
"""How many drawings are made, each from other first centres; the best is kept."""
COMPACT_WORTH = 0.25
"""How much evenness a more compact drawing is worth, when drawings are compared."""
GAP_M2 = 100.0
"""What rounding may leave between two grids, or beside the outline."""


@dataclass(frozen=True, slots=True)
class WantedGrids:
    """Weights of area, people and calls in a grid's load; any numbers from 0, of which one is above 0."""

    count: int
    area: float = 0.5
    people: float = 0.0
    calls: float = 0.5
    seed: int = 1
    tries: int = TRIES


@dataclass(frozen=True, slots=True)
class GridFigures:
    """One grid: its shares (0 to 1) of the ground, the people and the calls, its load over the mean load (1 is even),
    square metres, how compact it is (its area over that of its convex hull), and in how many pieces it lies."""

    area: float
    people: float
    calls: float
    load: float
    square_m: float
    compact: float
    pieces: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Grids in one order with their figures. ``spread`` is the standard deviation of the loads over their mean,
    ``compact`` the mean of the grids' own; ``missing_m2`` and ``twice_m2`` are ground that no grid has, or two have."""

    shapes: tuple[Shape, ...]
    figures: tuple[GridFigures, ...]
    missing_m2: float
    twice_m2: float

    @property
    def spread(self) -> float:
        loads = [one.load for one in self.figures]
        mean = sum(loads) / len(loads)
        return float((sum((load - mean) ** 2 for load in loads) / len(loads)) ** 0.5 / mean)

    @property
    def heaviest(self) -> float:
        return max(one.load for one in self.figures)

    @property
    def lightest(self) -> float:
        return min(one.load for one in self.figures)

    @property
    def compact(self) -> float:
        return sum(one.compact for one in self.figures) / len(self.figures)

    @property
    def whole(self) -> bool:
        """Whether each grid is in one piece, and all the ground is in exactly one of them."""
        return all(one.pieces == 1 for one in self.figures) and max(self.missing_m2, self.twice_m2) <= GAP_M2


@dataclass(frozen=True, slots=True)
class NewGrids:
    """``takes[i]`` is the grid of now (its number) whose name and station new grid ``i`` takes; None: a fresh one."""

    city: City
    wanted: WantedGrids
    before: Drawing
    after: Drawing
    takes: tuple[int | None, ...]


def draw_grids(city: City, wanted: WantedGrids, people: Sequence[tuple[Point, float]] = ()) -> NewGrids:
    """``wanted.count`` grids for a city. ``people`` are how many live around which point, where that counts. The same
    city, wishes and people give the same grids.

    Raises Trouble for wishes nothing can be drawn by.
    """
    _refuse_bad_wishes(city, wanted, people)
    parts = cut(city, wanted.count, people)
    weights = [{cell: _load(wanted, load) for cell, load in part.loads.items()} for part in parts]
    counts = _shared_out(wanted.count, [sum(part.values()) for part in weights])
    best: Drawing | None = None
    for turn in range(wanted.tries):
        drawn = _drawn(city, wanted, parts, weights, counts, wanted.seed + turn)
        if drawn.whole and (best is None or _worth(drawn) > _worth(best)):
            best = drawn
    if best is None:
        raise _refusal(
            both("画不出各成一片的网格", "no grids were found that are each in one piece"),
            both("换一个 --seed，或减少 --count", "try another --seed or a smaller --count"),
        )
    return NewGrids(city, wanted, _drawing_now(city, wanted, people), best, _takes(city, best.shapes))


def _refuse_bad_wishes(city: City, wanted: WantedGrids, people: Sequence[tuple[Point, float]]) -> None:
    weights = (wanted.area, wanted.people, wanted.calls)
    if min(weights) < 0 or not 0 < sum(weights) < 1e9:
        raise _refusal(
            both(f"权重是 {weights}", f"the weights are {weights}"),
            both("面积、人口、警情的权重从 0 起，至少一个大于 0", "area, people and calls from 0, one of them above 0"),
        )
    if wanted.people > 0 and not people:
        raise _refusal(
            both("要按人口，却没有人口", "people count, and there are none"),
            both("用 --population 给人口表，或去掉 --people", "give a table with --population, or leave --people out"),
        )
    if wanted.calls > 0 and not city.demand.points:
        raise _refusal(
            both(
                "要按警情，而城市包不知道警情从哪里来", "calls count, and the pack does not know where they come from"
            ),
            both("用 --calls 给警情记录，或 --weigh-calls 0", "give call records with --calls, or --weigh-calls 0"),
        )
    parts = len(city.outline.polygons)
    if not parts <= wanted.count:
        raise _refusal(
            both(f"辖区分成 {parts} 片，只要 {wanted.count} 个网格", f"the service area is in {parts} separate parts"),
            both(f"至少 {parts} 个网格", f"ask for at least {parts} grids: a grid is in one piece"),
        )


def _refusal(cause: str, remedy: str) -> Trouble:
    return Trouble(both("没有画出网格", "no grids were drawn"), cause, remedy)


def _load(wanted: WantedGrids, shares: tuple[float, float, float]) -> float:
    """The load of a piece of ground: its shares by weight; of the whole service area it is 1."""
    area, people, calls = shares
    total = wanted.area + wanted.people + wanted.calls
    return (wanted.area * area + wanted.people * people + wanted.calls * calls) / total


def _shared_out(count: int, loads: Sequence[float]) -> list[int]:
    """How many grids each part gets: one, and the others where a grid would have most to do."""
    counts = [1] * len(loads)
    for _ in range(count - len(loads)):
        counts[max(range(len(loads)), key=lambda i: (loads[i] / counts[i], -i))] += 1
    return counts


def _drawn(
    city: City,
    wanted: WantedGrids,
    parts: Sequence[Part],
    weights: Sequence[Mapping[tuple[int, int], float]],
    counts: Sequence[int],
    seed: int,
) -> Drawing:
    """One drawing. Raises Trouble where a part has fewer cells than grids."""
    from shapely import unary_union

    shapes: list[Shape] = []
    shares: list[tuple[float, float, float]] = []
    for part, own, count in zip(parts, weights, counts, strict=True):
        if len(own) < count:
            raise _refusal(
                both(f"{count} 个网格太多：只有 {len(own)} 块地", f"{count} grids are too many for {len(own)} cells"),
                both("减少 --count", "ask for fewer with --count"),
            )
        for region in divide(own, count, seed):
            cells = sorted(region)
            shapes.append(unary_union([part.shapes[cell] for cell in cells]).normalize())  # type: ignore[arg-type]
            columns = zip(*(part.loads[cell] for cell in cells), strict=True)
            area, people, calls = (sum(column) for column in columns)
            shares.append((area, people, calls))
    return _drawing(city, wanted, shapes, shares)


def _drawing(
    city: City, wanted: WantedGrids, shapes: Sequence[Shape], shares: Sequence[tuple[float, float, float]]
) -> Drawing:
    from shapely import unary_union

    outline = shape_of(city.outline, city.frame)
    together = unary_union(list(shapes))
    figures = tuple(
        GridFigures(
            *share,
            _load(wanted, share) * len(shapes),
            shape.area,
            shape.area / shape.convex_hull.area,
            sum(piece.area > GAP_M2 for piece in getattr(shape, "geoms", [shape])),
        )
        for shape, share in zip(shapes, shares, strict=True)
    )
    twice = sum(shape.area for shape in shapes) - together.area
    return Drawing(tuple(shapes), figures, outline.difference(together).area, max(0.0, twice))


def _drawing_now(city: City, wanted: WantedGrids, people: Iterable[tuple[Point, float]]) -> Drawing:
    """The grids there are, by the same measure."""
    shapes = [shape_of(grid.area, city.frame) for grid in city.grids]
    whole = sum(shape.area for shape in shapes)
    calls: dict[str, float] = {}
    for spot in city.demand.points:
        around_it = spread(*city.frame.xy(spot.point), city.demand.spread_m)
        for x, y in around_it:
            grid = city.grid_at(city.frame.at(x, y))
            holder = grid.id if grid is not None else spot.grid
            calls[holder] = calls.get(holder, 0.0) + spot.weight / len(around_it)
    folk: dict[str, float] = {}
    for point, number in people:
        grid = city.grid_at(point)
        if grid is not None:
            folk[grid.id] = folk.get(grid.id, 0.0) + number
    total = sum(folk.values()) or 1.0
    shares = [
        (shape.area / whole, folk.get(grid.id, 0.0) / total, calls.get(grid.id, 0.0))
        for grid, shape in zip(city.grids, shapes, strict=True)
    ]
    return _drawing(city, wanted, shapes, shares)


def _worth(drawing: Drawing) -> float:
    return COMPACT_WORTH * drawing.compact - max(drawing.heaviest - 1, 1 - drawing.lightest)


def _takes(city: City, shapes: Sequence[Shape]) -> tuple[int | None, ...]:
    """Each new grid takes the name of an old one, so that names move least: squared metres from middle to middle add up
    to the least, and so no name goes far."""
    olds = [shape_of(grid.area, city.frame).centroid for grid in city.grids]
    moves = [[shape.centroid.distance(old) ** 2 for old in olds] for shape in shapes]
    return least_total(moves)
