"""Make a city pack for any city from its own call records.

Grids are balanced by area and calls and each in one piece, posts are the p-median of the calls, the demand profile is
learned from the records. Without a road file the map has no names: places are then map cells and coordinates.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from zz110_tui.core.places import Point, distance_m
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.bilingual import both
from zz110_tui.gis.callplaces import FEWEST_CALLS, Call
from zz110_tui.gis.city import City, load_city
from zz110_tui.gis.features import Demand, DemandPoint, Grid, Junction, Post, Road, Spelling, Station, TravelRules
from zz110_tui.gis.geometry import Area, Box
from zz110_tui.gis.hull import Cell, Lattice, count_calls, ground, lattice_for
from zz110_tui.gis.packwrite import save_city
from zz110_tui.gis.partition import divide
from zz110_tui.gis.profile import learn_week, local_hours
from zz110_tui.gis.roadfiles import read_roads
from zz110_tui.gis.roadnet import main_net
from zz110_tui.gis.siting import p_median
from zz110_tui.gis.staffing import hearts, home_unit, station_car, street_units
from zz110_tui.gis.tiling import area_of, neighbours_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from shapely import Polygon

    Floats = NDArray[np.float64]

MOST_SITES = 1200
"""Candidate posts: the cells with the most calls. More make the search slower, hardly better."""
ROAD_MARGIN_M = 400.0
AREA_SHARE = 0.5
"""How much of a grid's weight is its area; the rest is its calls."""
CLASSES = (("criminal", 990.0), ("public_order", 2888.0), ("dispute_help", 15812.0), ("other", 1809.0))
"""Shares by class from the calibration table of product.md: records of other services classify in their own ways."""
CELL_M, FAR_CELL_M, MOST_COLUMNS = 500.0, 1000.0, 96
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")


def make_city(
    name: str,
    calls: Iterable[Call],
    *,
    out: Path,
    grids: int = 12,
    units: int = 15,
    second_line: int = 0,
    roads: tuple[Path, Path] | None = None,
    seed: int = 1,
    timezone: str = "Asia/Shanghai",
    name_zh: str = "",
    name_en: str = "",
) -> City:
    """Write a pack into the directory ``out`` and return it as it reads back.

    ``roads`` are a nodes and an edges file. The same calls and seed give the same pack. Raises Trouble when the name is
    no plain word, when there are too few calls for this many grids and units, or when a file cannot be read or written.
    """
    import numpy as np

    _refuse_bad_wishes(name, grids, units, second_line)
    lons, lats, received = _columns(calls)
    lattice = lattice_for(lons, lats)
    counts = count_calls(lattice, lons, lats)
    cells = ground(counts)
    if len(cells) < max(grids, units):
        raise _too_few_places(len(cells))
    inside = {cell: counts.get(cell, 0) for cell in sorted(cells)}
    total = sum(inside.values())
    weights = {cell: AREA_SHARE / len(cells) + (1 - AREA_SHARE) * n / total for cell, n in inside.items()}
    parts = divide(weights, grids, seed)
    ids = [f"G{i:02}" for i in range(1, grids + 1)]
    shapes = dict(zip(ids, (_shape(part) for part in parts), strict=True))
    per_day, week, dispersion = learn_week(local_hours(np.array(received, dtype=np.int64), timezone))
    spots = _demand_points(inside, parts, ids, lattice)
    demand = Demand(per_day, _shares(), week, dispersion, spots, lattice.size_m, f"{len(lons)} call records")
    city = _city(name, name_zh, name_en, timezone, lattice, shapes, demand, units, second_line, roads)
    save_city(city, out, header=_header(name, len(lons), grids, units, seed))
    return load_city(out)


def _refuse_bad_wishes(name: str, grids: int, units: int, second_line: int) -> None:
    if not _ID.fullmatch(name):
        raise _refusal(
            both(f"{name!r} 不能作名字", f"{name!r} is no plain name"),
            both("用小写字母、数字、- 和 _", "use small letters, digits, - and _, such as 'seattle'"),
        )
    if not (1 <= grids <= 99 and 1 <= units <= 999 and 0 <= second_line <= grids):
        raise _refusal(
            both(
                f"做不出 {grids} 个网格、{units} 个梯队、{second_line} 辆二线车",
                f"{grids} grids, {units} units and {second_line} second-line cars cannot be drawn",
            ),
            both(
                "网格 1 到 99，梯队 1 到 999，二线车不多于网格数",
                "ask for 1 to 99 grids, 1 to 999 units, and at most one second-line car for each grid",
            ),
        )


def _refusal(cause: str, remedy: str) -> Trouble:
    return Trouble(both("没有做出城市包", "no city was made"), cause, remedy)


def _too_few_calls(count: int) -> Trouble:
    return _refusal(
        both(f"有位置的警情只有 {count} 条", f"only {count} calls have a position"),
        both(f"至少要 {FEWEST_CALLS} 条", f"at least {FEWEST_CALLS} are needed"),
    )


def _too_few_places(places: int) -> Trouble:
    return _refusal(
        both(f"警情只落在 {places} 处", f"the calls lie in only {places} places"),
        both("减少网格和梯队，或给更多警情", "ask for fewer grids and units, or give more calls"),
    )


def _columns(calls: Iterable[Call]) -> tuple[Floats, Floats, array[int]]:
    """The calls as columns; those without a real position are left out (longitude and latitude 0 mean "unknown")."""
    import numpy as np

    lons, lats, received = array("d"), array("d"), array("q")
    for lon, lat, at in calls:
        if -180 <= lon <= 180 and -90 <= lat <= 90 and (abs(lon) > 1e-6 or abs(lat) > 1e-6):
            lons.append(lon)
            lats.append(lat)
            received.append(at)
    if len(lons) < FEWEST_CALLS:
        raise _too_few_calls(len(lons))
    return np.array(lons), np.array(lats), received


def _shape(part: set[Cell]) -> Polygon:
    """The outline of cells, in cells: whole numbers, so that neighbours share their corners exactly."""
    from shapely import Polygon, box, unary_union

    shape = unary_union([box(i, j, i + 1, j + 1) for i, j in sorted(part)]).normalize()
    assert isinstance(shape, Polygon)  # a part hangs together by its sides
    return shape


def _demand_points(
    counts: dict[Cell, int], parts: list[set[Cell]], ids: list[str], lattice: Lattice
) -> tuple[DemandPoint, ...]:
    grid_of = {cell: grid for grid, part in zip(ids, parts, strict=True) for cell in part}
    total = sum(counts.values())
    return tuple(DemandPoint(lattice.middle(cell), grid_of[cell], n / total) for cell, n in counts.items() if n)


def _shares() -> tuple[tuple[str, float], ...]:
    total = sum(share for _, share in CLASSES)
    return tuple((name, share / total) for name, share in CLASSES)


def _city(
    name: str,
    name_zh: str,
    name_en: str,
    timezone: str,
    lattice: Lattice,
    shapes: dict[str, Polygon],
    demand: Demand,
    units: int,
    second_line: int,
    road_files: tuple[Path, Path] | None,
) -> City:
    from shapely import unary_union
    from shapely.affinity import scale

    size, frame = lattice.size_m, lattice.frame
    on_ground = {grid: scale(shape, size, size, origin=(0, 0)) for grid, shape in shapes.items()}
    outline = area_of(unary_union(list(on_ground.values())), frame)  # type: ignore[arg-type]
    roads, junctions = _roads(road_files, outline.box, lattice)
    areas = {grid: area_of(shape, frame) for grid, shape in on_ground.items()}
    stops = Stops(roads, areas)
    names = {grid: f"{grid[1:]}网格" for grid in shapes}
    station_of = {grid: f"S{grid[1:]}" for grid in shapes}
    heads = {grid: stops.near(_median_spot(demand.points, grid), grid) for grid in shapes}
    posts = _posts(demand.points, units, stops, lattice)
    gates = [
        Post(f"P{len(posts) + i:02}", Spelling(f"{grid} station gate"), "", heads[grid], grid)
        for i, grid in enumerate(shapes, 1)
    ]
    people = street_units(posts, names, station_of, demand.points)
    first_car = max(51, units + 1)
    people += [
        station_car(f"{first_car + i}", names[grid], gates[list(shapes).index(grid)], station_of[grid])
        for i, grid in enumerate(_busiest(demand, shapes, second_line))
    ]
    near, heart_of = neighbours_of(on_ground), hearts(demand.points)
    return City(
        name=name,
        name_zh=name_zh or name,
        name_en=name_en or name.replace("_", " ").title(),
        schematic=False,
        remark="Drawn by zz110 from call records: grids and posts are proposals.",
        licence="",
        timezone=timezone,
        cell_m=_cell_m(outline.box, frame.east_m),
        outline=outline,
        grids=tuple(
            _grid(grid, areas[grid], home_unit(grid, people, heart_of), near[grid], station_of[grid]) for grid in shapes
        ),
        stations=tuple(
            Station(station_of[grid], Spelling(f"Station {grid[1:]}"), f"Station {grid[1:]}", heads[grid])
            for grid in shapes
        ),
        posts=(*posts, *gates),
        units=tuple(people),
        roads=roads,
        junctions=junctions,
        rivers=(),
        landmarks=(),
        cameras=(),
        alarm_points=(),
        demand=demand,
        travel=TravelRules(),
        pack_hash="",
    )


def _busiest(demand: Demand, grids: Iterable[str], count: int) -> list[str]:
    """The grids with most calls, in the order of their names."""
    weights = demand.grid_weights()
    return sorted(sorted(grids, key=lambda grid: (-weights.get(grid, 0.0), grid))[:count])


def _cell_m(box: Box, east_m: float) -> float:
    """The width of a map cell in metres: larger where there would be too many columns to name."""
    return CELL_M if (box.east - box.west) * east_m / CELL_M <= MOST_COLUMNS else FAR_CELL_M


def _grid(grid: str, area: Area, home: str, near: tuple[str, ...], station: str) -> Grid:
    name = f"Grid {grid[1:]}"
    return Grid(grid, Spelling(name), name, area, home, near, station)


def _roads(
    files: tuple[Path, Path] | None, box: Box, lattice: Lattice
) -> tuple[tuple[Road, ...], tuple[Junction, ...]]:
    if files is None:
        return (), ()
    wide, high = ROAD_MARGIN_M / lattice.frame.east_m, ROAD_MARGIN_M / lattice.frame.north_m
    return read_roads(*files, Box(box.west - wide, box.south - high, box.east + wide, box.north + high))


def _median_spot(spots: Iterable[DemandPoint], grid: str) -> Point:
    """The demand point of a grid from which its calls are nearest on average."""
    own = [spot for spot in spots if spot.grid == grid]
    if not own:
        raise _refusal(
            both(f"网格 {grid} 没有警情", f"grid {grid} would have no calls"),
            both("减少网格数", "ask for fewer grids"),
        )
    return min(own, key=lambda here: sum(spot.weight * distance_m(here.point, spot.point) for spot in own)).point


class Stops:
    """Where a car can wait: vertices of the main road net by grid, or anywhere when no roads are known."""

    def __init__(self, roads: tuple[Road, ...], areas: dict[str, Area]) -> None:
        vertices = sorted(main_net(roads), key=lambda p: (p.lon, p.lat))
        self._by_grid = {grid: [p for p in vertices if area.holds(p)] for grid, area in areas.items()}

    def near(self, where: Point, grid: str) -> Point:
        """The nearest of them in the same grid."""
        return min(self._by_grid[grid], key=lambda p: distance_m(p, where), default=where)


def _posts(spots: tuple[DemandPoint, ...], count: int, stops: Stops, lattice: Lattice) -> list[Post]:
    import numpy as np

    frame = lattice.frame
    places = np.array([frame.xy(spot.point) for spot in spots])
    weights = np.array([spot.weight for spot in spots])
    busiest = sorted(range(len(spots)), key=lambda i: (-spots[i].weight, i))[: max(MOST_SITES, count)]
    if len(busiest) < count:
        raise _too_few_places(len(busiest))
    chosen = [spots[busiest[i]] for i in p_median(places, weights, places[busiest], count)]
    chosen.sort(key=lambda spot: (spot.grid, spot.point.lon, spot.point.lat))
    posts = []
    for i, spot in enumerate(chosen, 1):
        where = stops.near(spot.point, spot.grid)
        posts.append(Post(f"P{i:02}", Spelling(f"Post {i:02}"), "", where, spot.grid))
    return posts


def _header(name: str, calls: int, grids: int, units: int, seed: int) -> str:
    return (
        f"Made from {calls} call records: zz110 city new {name} --grids {grids} --units {units}, seed {seed}.\n"
        "docs/city-pack.md describes the fields; edit as you like, then run 'zz110 city check'."
    )
