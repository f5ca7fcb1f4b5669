"""Which unit belongs to which grid, and which of them are patrols. Only the pack tools come here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from zz110_tui.core.places import Point, distance_m, point
from zz110_tui.core.units import UnitKind, UnitProfile
from zz110_tui.gis.features import DemandPoint, Post

KIND_ZH = {
    UnitKind.PATROL_RESPONSE: "处警巡逻",
    UnitKind.MOBILE_RESERVE: "机动增援",
    UnitKind.PLAIN_CLOTHES: "便衣抓捕",
    UnitKind.ASSAULT_SQUAD: "突击小队",
    UnitKind.STATION_UNIT: "派出所",
}
CREW = {
    UnitKind.PATROL_RESPONSE: 3,
    UnitKind.MOBILE_RESERVE: 4,
    UnitKind.PLAIN_CLOTHES: 3,
    UnitKind.ASSAULT_SQUAD: 8,
    UnitKind.STATION_UNIT: 2,
}
"""Heads; an assault squad of a city is 5 + 2 + 1 (product.md)."""
SMALLEST_MIXED_FORCE = 10
"""Fewer street units than this are all patrols."""


def hearts(spots: Iterable[DemandPoint]) -> dict[str, Point]:
    """Where the calls of each grid come from, on average."""
    sums: dict[str, tuple[float, float, float]] = {}
    for spot in spots:
        lon, lat, weight = sums.get(spot.grid, (0.0, 0.0, 0.0))
        here = spot.weight
        sums[spot.grid] = lon + spot.point.lon * here, lat + spot.point.lat * here, weight + here
    return {grid: point(lon / weight, lat / weight) for grid, (lon, lat, weight) in sums.items() if weight > 0}


def home_grids(posts: Sequence[Post], grids: Iterable[str], heart_of: dict[str, Point]) -> list[str]:
    """The home grid of the unit at each post: where the post is, but a grid without a post takes the nearest unit of a
    grid that has two. A post on a border serves both sides."""
    homes = [post.grid for post in posts]
    for grid in grids:
        spare = [i for i, home in enumerate(homes) if homes.count(home) > 1]
        if grid not in homes and grid in heart_of and spare:
            homes[min(spare, key=lambda i: distance_m(posts[i].point, heart_of[grid]))] = grid
    return homes


def kinds_for(homes: Sequence[str], reserves: Collection[str] = ()) -> list[UnitKind]:
    """About two thirds patrol, a fifth mobile reserve, one plain clothes, one assault squad. A special unit is the
    second of its grid where there is one, so that every grid keeps its patrol; then grids in ``reserves`` give one."""
    kinds = [UnitKind.PATROL_RESPONSE] * len(homes)
    if len(homes) < SMALLEST_MIXED_FORCE:
        return kinds
    seconds = [i for i, home in enumerate(homes) if home in homes[:i]]
    others = [i for i, home in enumerate(homes) if i not in seconds and (home in reserves or not reserves)]
    special = [UnitKind.PLAIN_CLOTHES, UnitKind.ASSAULT_SQUAD, *[UnitKind.MOBILE_RESERVE] * (len(homes) // 5)]
    for i, kind in zip([*seconds, *others], special, strict=False):
        kinds[i] = kind
    return kinds


def street_units(
    posts: Sequence[Post],
    names: dict[str, str],
    stations: dict[str, str],
    spots: Sequence[DemandPoint],
    reserves: Collection[str] = (),
) -> list[UnitProfile]:
    """A unit at each post, numbered from 01. ``names`` and ``stations`` are by grid id."""
    homes = home_grids(posts, names, hearts(spots))
    digits = max(2, len(str(len(posts))))
    units = []
    for number, (post, home, kind) in enumerate(zip(posts, homes, kinds_for(homes, reserves), strict=True), 1):
        call_sign = f"{number:0{digits}}"
        name = f"{call_sign}梯队（{names[home]}{KIND_ZH[kind]}）"
        units.append(UnitProfile(call_sign, kind, name, CREW[kind], home, post.id, post.point, stations[home]))
    return units


def station_car(call_sign: str, grid_name: str, post: Post, station: str) -> UnitProfile:
    """A station's second-line car (派出所二线车), recommended only when no street unit is near."""
    kind = UnitKind.STATION_UNIT
    name = f"{grid_name}派出所二线车"
    return UnitProfile(call_sign, kind, name, CREW[kind], post.grid, post.id, post.point, station, second_line=True)


def home_unit(grid: str, units: Iterable[UnitProfile], heart_of: dict[str, Point]) -> str:
    """The street unit at home in a grid, or else the one nearest to where its calls come from."""
    street = [unit for unit in units if not unit.second_line]
    there = heart_of.get(grid)

    def order(unit: UnitProfile) -> tuple[bool, float, str]:
        away = distance_m(unit.post_point, there) if there else 0.0
        return unit.home_grid != grid, away, unit.call_sign

    return min(street, key=order).call_sign
