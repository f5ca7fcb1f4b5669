"""New grids put into a city: who they are called after, whose home they are, and what lies in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from zz110_tui.core.places import Point, distance_m
from zz110_tui.core.units import UnitProfile
from zz110_tui.gis.city import City
from zz110_tui.gis.features import Grid
from zz110_tui.gis.griddraw import NewGrids
from zz110_tui.gis.staffing import hearts, home_grids, home_unit
from zz110_tui.gis.tiling import area_of, neighbours_of

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon

    Shape = Polygon | MultiPolygon


def with_grids(drawn: NewGrids, city: City) -> City:
    """The city with new grids; posts, units and the places calls come from are in the grid they lie in now.

    A unit keeps its home while a grid of that name is left and every grid has somebody; ``city`` is the pack itself,
    where the drawing was made for other calls.
    """
    shapes = drawn.after.shapes
    ids = _ids(drawn, city)
    by_id = dict(zip(ids, shapes, strict=True))
    spots = tuple(replace(spot, grid=_holder(city, by_id, spot.point)) for spot in city.demand.points)
    posts = tuple(replace(post, grid=_holder(city, by_id, post.point)) for post in city.posts)
    lies = {post.id: post.grid for post in posts}
    heart_of = hearts(spots)
    units = _homes(city, ids, lies, heart_of)
    near = neighbours_of(by_id)
    grids = []
    for number, (grid_id, shape) in enumerate(by_id.items()):
        old = drawn.takes[number]
        known = city.grids[old] if old is not None else _fresh(city, grid_id, shape)
        home = known.home_unit
        if not any(unit.call_sign == home and unit.home_grid == grid_id for unit in units):
            home = home_unit(grid_id, units, heart_of) if any(not unit.second_line for unit in units) else home
        grids.append(replace(known, area=area_of(shape, city.frame), home_unit=home, neighbours=near[grid_id]))
    grids.sort(key=lambda grid: (len(grid.id), grid.id))
    return replace(city, grids=tuple(grids), posts=posts, units=units, demand=replace(city.demand, points=spots))


def _ids(drawn: NewGrids, city: City) -> list[str]:
    """The id of each new grid: that of the grid it is called after, else a number nobody has."""
    numbers = [int(grid.id[1:]) for grid in city.grids if grid.id[:1] == "G" and grid.id[1:].isdigit()]
    following = max(numbers, default=0) + 1
    ids = []
    for old in drawn.takes:
        if old is not None:
            ids.append(city.grids[old].id)
        else:
            ids.append(f"G{following:02}")
            following += 1
    return ids


def _fresh(city: City, grid_id: str, shape: Shape) -> Grid:
    """A grid nobody knew; it belongs to the nearest station."""
    from zz110_tui.gis.pinyin import spell

    middle = city.frame.at(*shape.representative_point().coords[0])
    stations = sorted(city.stations, key=lambda station: (distance_m(station.point, middle), station.id))
    name = spell(f"{grid_id[1:]}网格")
    return Grid(grid_id, name, f"Grid {grid_id[1:]}", city.outline, "", (), stations[0].id if stations else "")


def _holder(city: City, shapes: Mapping[str, Shape], where: Point) -> str:
    """The grid that a point lies in, or on the border of two the first; outside all of them the nearest."""
    from shapely import Point as Spot

    spot = Spot(city.frame.xy(where))
    return min(shapes, key=lambda grid: shapes[grid].distance(spot))


def _homes(
    city: City, ids: Sequence[str], lies: Mapping[str, str], heart_of: dict[str, Point]
) -> tuple[UnitProfile, ...]:
    """Units with a home among the new grids. Where the grids are other ones than before, a street unit is at home where
    its post lies, and a grid without one gets the nearest of a grid that has two."""
    if set(ids) == {grid.id for grid in city.grids}:
        return city.units
    street = [unit for unit in city.units if not unit.second_line]
    posts = {post.id: replace(post, grid=lies[post.id]) for post in city.posts}
    found = home_grids([posts[unit.post] for unit in street], ids, heart_of)
    homes = {unit.call_sign: home for unit, home in zip(street, found, strict=True)}
    return tuple(
        replace(unit, home_grid=homes.get(unit.call_sign, lies.get(unit.post, unit.home_grid))) for unit in city.units
    )
