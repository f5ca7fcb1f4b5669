"""Writing a city pack: the six files that :mod:`zz110_tui.gis.city` reads, in one canonical form.

One feature stands on one line and every number is rounded, so that two versions of a pack can be compared by eye and
the same city always has the same bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from zz110_tui.core.places import Point
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.units import UnitProfile
from zz110_tui.gis.bilingual import both
from zz110_tui.gis.city import City
from zz110_tui.gis.features import ROAD_CLASSES, Demand, Junction, Road, Spelling, TravelRules
from zz110_tui.gis.geometry import Area, Line
from zz110_tui.gis.packread import PACK_FORMAT
from zz110_tui.gis.roadfile import NET_FILE

Json = dict[str, Any]
CANNOT_CREATE = 73


def save_city(city: City, path: Path, *, header: str = "") -> None:
    """Write a pack into a directory, which is made if need be. ``header`` becomes a comment on top of ``city.toml``.

    Raises Trouble when the directory or a file cannot be written.
    """
    comment = "".join(f"# {line}\n" for line in header.splitlines())
    files = {
        "city.toml": comment + _city_toml(city),
        "units.toml": units_toml(city),
        "demand.toml": _demand_toml(city.demand),
        "area.geojson": area_geojson(city),
        "roads.geojson": roads_geojson(city.roads, city.junctions),
        "places.geojson": places_geojson(city),
    }
    written = {name: text.encode() for name, text in files.items()}
    if city.net is not None:
        written[NET_FILE] = city.net.data
    if city.times:
        written["times.toml"] = city.times
    write_files(path, written)


def write_files(path: Path, files: Mapping[str, bytes]) -> None:
    """Put files into a pack's directory, which is made if need be: all of them are written before the first takes the
    place of an old one, so that a full disk or an end in between leaves the old ones whole.

    Raises Trouble when the directory or a file cannot be written.
    """
    fresh = {name: path / f"{name}.new" for name in files}
    try:
        path.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            with fresh[name].open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for name, there in fresh.items():
            there.replace(path / name)
    except OSError as error:
        raise Trouble(
            both(f"城市包 {path.name} 写不出来", f"city pack {path.name} cannot be written"),
            f"{error.filename}: {error.strerror}",
            both("换一个可写的目录", "choose a directory that can be written to"),
            exit_code=CANNOT_CREATE,
        ) from error
    finally:
        with contextlib.suppress(OSError):
            for there in fresh.values():
                there.unlink(missing_ok=True)


def units_toml(city: City) -> str:
    """``units.toml`` of a city."""
    return "\n".join(_unit_toml(unit) for unit in city.units)


def area_geojson(city: City) -> str:
    """``area.geojson`` of a city: its outline, grids and water, and where calls come from."""
    return _collection(_area_features(city))


def places_geojson(city: City) -> str:
    """``places.geojson`` of a city."""
    return _collection(_place_features(city))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a TOML basic string too


def _number(value: float, digits: int = 6) -> str:
    rounded = round(value, digits)
    return str(int(rounded)) if rounded == int(rounded) else repr(rounded)


def _row(values: Iterable[float], digits: int = 4) -> str:
    return "[" + ", ".join(_number(value, digits) for value in values) + "]"


def _city_toml(city: City) -> str:
    return "\n".join(
        [
            f"format = {PACK_FORMAT}",
            "",
            "[city]",
            f"id = {_quoted(city.name)}",
            f"name_zh = {_quoted(city.name_zh)}",
            f"name_en = {_quoted(city.name_en)}",
            f"schematic = {'true' if city.schematic else 'false'}",
            f"remark = {_quoted(city.remark)}",
            f"licence = {_quoted(city.licence)}",
            f"timezone = {_quoted(city.timezone)}",
            "",
            "[map]",
            f"cell_m = {_number(city.cell_m)}",
            "",
            *_travel_toml(city.prior or city.travel),
            "",
        ]
    )


def _travel_toml(travel: TravelRules) -> Iterator[str]:
    yield "[travel]"
    yield f"detour = {_number(travel.detour)}"
    yield f"turn_out_s = {_number(travel.turn_out_s)}"
    yield f"spread = {_number(travel.spread)}"
    yield f"default_kmh = {_number(travel.default_kmh)}"
    yield f"emergency = {_number(travel.emergency)}"
    yield f"hour_factors = {_row(travel.hour_factors)}"
    yield ""
    yield "[travel.kmh]"
    for kind, kmh in travel.kmh:
        yield f"{kind.value} = {_number(kmh)}"
    yield ""
    yield "[travel.road_kmh]"
    for road, kmh in zip(ROAD_CLASSES, travel.road_kmh, strict=True):
        yield f"{road.value} = {_number(kmh)}"
    if travel.road_hours:
        yield ""
        yield "[travel.road_hours]"
        for road, factors in travel.road_hours:
            yield f"{road.value} = {_row(factors)}"


def _unit_toml(unit: UnitProfile) -> str:
    lines = [
        "[[unit]]",
        f"call_sign = {_quoted(unit.call_sign)}",
        f'kind = "{unit.kind.value}"',
        f"name = {_quoted(unit.name)}",
        f"crew = {unit.crew}",
        f"home_grid = {_quoted(unit.home_grid)}",
        f"post = {_quoted(unit.post)}",
        f"station = {_quoted(unit.station)}",
    ]
    if unit.second_line:
        lines.append("second_line = true")
    return "\n".join(lines) + "\n"


def _demand_toml(demand: Demand) -> str:
    days = [demand.week[day * 24 : day * 24 + 24] for day in range(7)]
    return "\n".join(
        [
            f"calls_per_day = {_number(demand.calls_per_day, 3)}",
            f"dispersion = {_number(demand.dispersion, 3)}",
            f"source = {_quoted(demand.source)}",
            "",
            "[classes]",
            *(f"{name} = {_number(share)}" for name, share in demand.classes),
            "",
            "[time]",
            "# Weights by hour of the week, local time: Monday 00 to 23, then Tuesday, and so on.",
            "hour_of_week = [",
            *(f"    {_row(day)[1:-1]}," for day in days),
            "]",
            "",
        ]
    )


def _collection(features: Iterable[Json]) -> str:
    lines = (json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def _feature(properties: Json, geometry: str, coordinates: Any) -> Json:
    kept = {key: value for key, value in properties.items() if value not in ("", None, [], ())}
    return {"type": "Feature", "properties": kept, "geometry": {"type": geometry, "coordinates": coordinates}}


def _at(where: Point) -> list[float]:
    return [where.lon, where.lat]


def _along(line: Line) -> list[list[float]]:
    return [_at(where) for where in line]


def _around(area: Area) -> tuple[str, Any]:
    polygons = [[_along(ring) for ring in polygon] for polygon in area.polygons]
    return ("Polygon", polygons[0]) if len(polygons) == 1 else ("MultiPolygon", polygons)


def _lines(lines: tuple[Line, ...]) -> tuple[str, Any]:
    return (
        ("LineString", _along(lines[0])) if len(lines) == 1 else ("MultiLineString", [_along(line) for line in lines])
    )


def _spelled(name: Spelling) -> Json:
    return {"name": name.text, "pinyin": name.pinyin, "initials": name.initials}


def _area_features(city: City) -> Iterator[Json]:
    yield _feature({"role": "outline"}, *_around(city.outline))
    for grid in city.grids:
        about = {
            "role": "grid",
            "id": grid.id,
            **_spelled(grid.name),
            "name_en": grid.name_en,
            "home_unit": grid.home_unit,
            "neighbours": list(grid.neighbours),
            "station": grid.station,
        }
        yield _feature(about, *_around(grid.area))
    for river in city.rivers:
        shape = _around(river.area) if river.area else _lines(river.lines)
        yield _feature({"role": "river", **_spelled(river.name), "name_en": river.name_en}, *shape)
    spots = city.demand.points
    about = {
        "role": "demand",
        "spread_m": round(city.demand.spread_m, 3),
        "grids": [spot.grid for spot in spots],
        "weights": [round(spot.weight, 7) for spot in spots],
    }
    yield _feature(about, "MultiPoint", [_at(spot.point) for spot in spots])


def roads_geojson(roads: Iterable[Road], junctions: Iterable[Junction]) -> str:
    """``roads.geojson`` of roads and the junctions between them."""
    return _collection(_road_features(roads, junctions))


def _road_features(roads: Iterable[Road], junctions: Iterable[Junction]) -> Iterator[Json]:
    for road in roads:
        about: Json = {"role": "road", **_spelled(road.name), "name_en": road.name_en, "class": road.kind.value}
        if road.numbers:
            about["numbers"] = list(road.numbers)
        if road.oneway:
            about["oneway"] = sorted(road.oneway)
        yield _feature(about, *_lines(road.lines))
    for junction in junctions:
        yield _feature({"role": "junction", "roads": list(junction.roads)}, "Point", _at(junction.point))


def _place_features(city: City) -> Iterator[Json]:
    for station in city.stations:
        about = {"role": "station", "id": station.id, **_spelled(station.name), "name_en": station.name_en}
        yield _feature({**about, "address": station.address}, "Point", _at(station.point))
    for post in city.posts:
        about = {"role": "post", "id": post.id, **_spelled(post.name), "name_en": post.name_en, "grid": post.grid}
        yield _feature(about, "Point", _at(post.point))
    for landmark in city.landmarks:
        about = {"role": "landmark", **_spelled(landmark.name), "name_en": landmark.name_en, "kind": landmark.kind}
        aliases = [_spelled(alias) for alias in landmark.aliases]
        yield _feature({**about, "aliases": aliases}, "Point", _at(landmark.point))
    for camera in city.cameras:
        yield _feature({"role": "camera", "id": camera.id, **_spelled(camera.name)}, "Point", _at(camera.point))
    for alarm in city.alarm_points:
        about = {"role": "alarm_point", "id": alarm.id, **_spelled(alarm.name), "kind": alarm.kind}
        yield _feature(about, "Point", _at(alarm.point))
