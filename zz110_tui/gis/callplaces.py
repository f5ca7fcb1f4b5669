"""A city whose calls are those of a file: where they come from, counted by cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from zz110_tui.core.places import Point
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.bilingual import both
from zz110_tui.gis.city import City
from zz110_tui.gis.features import DemandPoint
from zz110_tui.gis.hull import lattice_for
from zz110_tui.gis.profile import learn_week, local_hours

FEWEST_CALLS = 200
"""Fewer than this say more about their day than about the city."""

Call = tuple[float, float, int]
"""Longitude and latitude (WGS-84) and when it was received (UTC milliseconds)."""


def with_calls(city: City, calls: Iterable[Call]) -> City:
    """The city with the places and the week of these calls, as far as they lie in one of its grids.

    Raises Trouble when fewer than :data:`FEWEST_CALLS` do.
    """
    import numpy as np

    box = city.outline.box
    inside = [call for call in calls if box.holds(call[0], call[1])]
    if len(inside) < FEWEST_CALLS:
        raise _too_few(len(inside))
    lons, lats = np.array([call[0] for call in inside]), np.array([call[1] for call in inside])
    lattice = lattice_for(lons, lats)
    cells: dict[tuple[int, int], list[int]] = {}
    for number, (lon, lat, _) in enumerate(inside):
        cells.setdefault(lattice.cell_at(Point(lon, lat)), []).append(number)
    spots: list[tuple[Point, str, int]] = []
    kept: list[int] = []
    for _, numbers in sorted(cells.items()):
        middle = Point(round(float(lons[numbers].mean()), 6), round(float(lats[numbers].mean()), 6))
        grid = city.grid_at(middle)
        if grid is not None:
            spots.append((middle, grid.id, len(numbers)))
            kept += numbers
    if len(kept) < FEWEST_CALLS:
        raise _too_few(len(kept))
    times = np.array([inside[number][2] for number in kept], dtype=np.int64)
    per_day, week, dispersion = learn_week(local_hours(times, city.timezone))
    demand = replace(
        city.demand,
        calls_per_day=per_day,
        week=week,
        dispersion=dispersion,
        points=tuple(DemandPoint(point, grid, count / len(kept)) for point, grid, count in spots),
        spread_m=lattice.size_m,
        source=f"{len(kept)} call records",
    )
    return replace(city, demand=demand)


def _too_few(count: int) -> Trouble:
    return Trouble(
        both("这些警情不够用", "these calls are not enough"),
        both(f"在本城网格内有位置的警情只有 {count} 条", f"only {count} calls have a position in the city's grids"),
        both(
            f"至少要 {FEWEST_CALLS} 条；核对是否是这座城市的文件",
            f"at least {FEWEST_CALLS} are needed; is it this city's file?",
        ),
    )
