"""Check a city pack: everything that can be wrong with it although it can be read."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from zz110_tui.core.places import Point
from zz110_tui.gis.check_shapes import check_shapes
from zz110_tui.gis.city import City
from zz110_tui.gis.features import Spelling
from zz110_tui.gis.findings import Finding, Severity, finding
from zz110_tui.gis.geometry import distance_to_line
from zz110_tui.gis.roadnet import main_net
from zz110_tui.gis.spelling import fold, has_han

REACH_M = 250.0
"""A post farther than this from the road net cannot be driven from."""
ON_ROAD_M = 30.0


def check_city(city: City) -> list[Finding]:
    """All findings, errors first; an empty list for a pack without fault."""
    found = [
        *check_shapes(city),
        *_ids(city),
        *_references(city),
        *_unit_references(city),
        *_roads(city),
        *_names(city),
        *_outside(city),
        *_demand(city),
        *_timezone(city),
    ]
    return sorted(found, key=lambda one: one.severity is not Severity.ERROR)


def has_errors(findings: Iterable[Finding]) -> bool:
    return any(one.severity is Severity.ERROR for one in findings)


def summary(city: City) -> dict[str, object]:
    """The figures of a pack, for a person or a script."""
    return {
        "name": city.name,
        "name_zh": city.name_zh,
        "name_en": city.name_en,
        "schematic": city.schematic,
        "remark": city.remark,
        "area_km2": round(city.outline.square_metres(city.frame) / 1e6, 3),
        "grids": len(city.grids),
        "stations": len(city.stations),
        "posts": len(city.posts),
        "street_units": sum(not unit.second_line for unit in city.units),
        "second_line_units": sum(unit.second_line for unit in city.units),
        "named_roads": sum(bool(road.name.text) for road in city.roads),
        "junctions": len(city.junctions),
        "landmarks": len(city.landmarks),
        "cameras": len(city.cameras),
        "alarm_points": len(city.alarm_points),
        "calls_per_day": city.demand.calls_per_day,
        "pack_hash": city.pack_hash,
    }


def _ids(city: City) -> Iterator[Finding]:
    kinds = {
        "call sign": [unit.call_sign for unit in city.units],
        "grid": [grid.id for grid in city.grids],
        "grid name": [grid.name.text for grid in city.grids],
        "station": [station.id for station in city.stations],
        "station name": [station.name.text for station in city.stations],
        "post": [post.id for post in city.posts],
        "camera": [camera.id for camera in city.cameras],
        "alarm point": [alarm.id for alarm in city.alarm_points],
        "road": [road.name.text for road in city.roads if road.name.text],
    }
    for kind, ids in kinds.items():
        for name, times in Counter(ids).items():
            if times > 1:
                yield finding("twice", name, kind)


def _references(city: City) -> Iterator[Finding]:
    call_signs = {unit.call_sign for unit in city.units}
    homes = {unit.home_grid for unit in city.units}
    for grid in city.grids:
        if grid.home_unit not in call_signs:
            yield finding("unknown", grid.id, f"home_unit '{grid.home_unit}'")
        if city.station(grid.station) is None:
            yield finding("unknown", grid.id, f"station '{grid.station}'")
        if grid.id not in homes:
            yield finding("no_unit", grid.id)
    for post in city.posts:
        if city.grid(post.grid) is None:
            yield finding("unknown", post.id, f"grid '{post.grid}'")


def _unit_references(city: City) -> Iterator[Finding]:
    for unit in city.units:
        if city.grid(unit.home_grid) is None:
            yield finding("unknown", unit.call_sign, f"home_grid '{unit.home_grid}'")
        if city.post(unit.post) is None:
            yield finding("unknown", unit.call_sign, f"post '{unit.post}'")
        if unit.station and city.station(unit.station) is None:
            yield finding("unknown", unit.call_sign, f"station '{unit.station}'")


def _roads(city: City) -> Iterator[Finding]:
    if city.net is not None:
        yield from _net(city)
    elif city.roads:
        main = main_net(city.roads)
        joined = [line for road in city.roads for line in road.lines if line[0] in main]
        for road in city.roads:
            if road.name.text and not any(line[0] in main for line in road.lines):
                yield finding("cut_off", road.name.text)
        for post in city.posts:
            away = min((distance_to_line(post.point, line, city.frame) for line in joined), default=math.inf)
            if away > REACH_M:
                yield finding("unreachable", post.id, f"{away:.0f}")
    yield from _junctions(city)


def _net(city: City) -> Iterator[Finding]:
    """Posts that cannot be driven from, and roads that were drawn otherwise after the net was made."""
    net = city.road_times
    assert net is not None
    for post in city.posts:
        away = net.snap(post.point).metres
        if away > REACH_M:
            yield finding("unreachable", post.id, f"{away:.0f}")
    if city.net is not None and not city.net.drawn_with(city.drawn_hash):
        yield finding("not_driven", "roads.geojson")


def _junctions(city: City) -> Iterator[Finding]:
    roads = {road.name.text: road for road in city.roads}
    for junction in city.junctions:
        for name in junction.roads:
            if name not in roads:
                yield finding("unknown", "x".join(junction.roads), f"road '{name}'")
            elif min(distance_to_line(junction.point, line, city.frame) for line in roads[name].lines) > ON_ROAD_M:
                yield finding("off_junction", "x".join(junction.roads), name)


def _names(city: City) -> Iterator[Finding]:
    owners: dict[str, Point] = {}
    for landmark in city.landmarks:
        for spelling in (landmark.name, *landmark.aliases):
            key = fold(spelling.text)
            if owners.setdefault(key, landmark.point) != landmark.point:
                yield finding("same_name", spelling.text, "landmark")
    for spelling in _spellings(city):
        if has_han(spelling.text) and not (spelling.pinyin and spelling.initials):
            yield finding("no_pinyin", spelling.text)


def _spellings(city: City) -> Iterator[Spelling]:
    for landmark in city.landmarks:
        yield landmark.name
        yield from landmark.aliases
    for things in (city.roads, city.grids, city.stations, city.posts, city.cameras, city.alarm_points):
        for thing in things:
            yield thing.name


def _outside(city: City) -> Iterator[Finding]:
    named = [("station", station.name.text, station.point) for station in city.stations]
    named += [("post", post.name.text, post.point) for post in city.posts]
    named += [("camera", camera.name.text, camera.point) for camera in city.cameras]
    named += [("landmark", landmark.name.text, landmark.point) for landmark in city.landmarks]
    for kind, name, where in named:
        if not city.outline.holds(where):
            yield finding("far_away", name, kind)


def _demand(city: City) -> Iterator[Finding]:
    demand = city.demand
    if demand.calls_per_day <= 0:
        yield finding("demand", "calls_per_day", f"calls_per_day = {demand.calls_per_day:g}")
    for what, total, wanted in (
        ("classes", sum(share for _, share in demand.classes), 1.0),
        ("weights of points", sum(spot.weight for spot in demand.points), 1.0),
        ("hours of the week", sum(demand.week), float(len(demand.week))),
    ):
        if abs(total - wanted) > 1e-6 * wanted:
            yield finding("demand", what, f"{what}: {total:g} != {wanted:g}")
    weights = demand.grid_weights()
    for grid in city.grids:
        if not weights.get(grid.id):
            yield finding("no_calls", grid.id)


def _timezone(city: City) -> Iterator[Finding]:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(city.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        yield finding("timezone", city.timezone)
