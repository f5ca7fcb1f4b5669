"""A road net from GeoJSON: LineString and MultiLineString features. Lines that share a vertex are joined there.

Properties, all optional: ``highway`` (OpenStreetMap's class), ``fclass`` or ``class`` (ours); ``name``, ``name_en`` (or
``name:en``); ``oneway``: yes, no, -1, true, false, F, T, B. Other geometries are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from zz110_tui.core.places import Point
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.bilingual import both
from zz110_tui.gis.roadsource import Drawn, Reading, bad, cannot_read, class_of, clean_name

LARGEST_FILE = 512 * 1024 * 1024
WGS84_NAMES = ("crs84", "epsg::4326", "epsg:4326", "epsg/0/4326")
CLASS_KEYS = ("highway", "fclass", "class")
ALONG, AGAINST, BOTH_WAYS = "along", "against", "both"
ONEWAY = {
    **dict.fromkeys(("yes", "true", "1", "f"), ALONG),
    **dict.fromkeys(("-1", "reverse", "t"), AGAINST),
}


def read_shapes(path: Path, reading: Reading) -> Iterator[Drawn]:
    """The lines inside the box. Raises Trouble, with file and feature, for what is no GeoJSON of roads."""
    features = _features(path, reading)
    for number, feature in enumerate(features, 1):
        reading.look(number, len(features))
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if not isinstance(geometry, dict) or geometry.get("type") not in ("LineString", "MultiLineString"):
            continue
        properties = feature.get("properties")
        given: Mapping[str, Any] = properties if isinstance(properties, dict) else {}
        reading.lines_read += 1
        kind = class_of(next((str(given[key]) for key in CLASS_KEYS if given.get(key)), ""))
        if kind is None:
            reading.not_driven += 1
            continue
        name, english = clean_name(given.get("name")), clean_name(given.get("name_en") or given.get("name:en"))
        way = direction(given.get("oneway"))
        lines = geometry.get("coordinates")
        for line in [lines] if geometry["type"] == "LineString" else _listed(lines, path, number):
            placed = [_placed(at, reading, path, number) for at in _listed(line, path, number)]
            for run in reading.runs(path, reversed(placed) if way == AGAINST else placed):
                yield Drawn(name, english, kind, run, way != BOTH_WAYS)


def direction(oneway: object) -> str:
    """Which way a line may be driven, from what a file says of it."""
    return ONEWAY.get(str(oneway).strip().lower(), BOTH_WAYS)


def _features(path: Path, reading: Reading) -> list[Any]:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise _too_large(path)
        reading.progress(0, size)
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise cannot_read(path, error) from error
    except (ValueError, RecursionError, MemoryError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise _trouble(path, both("不是 JSON", f"no JSON ({str(error)[:200]}{line})")) from error
    if not isinstance(document, dict) or not isinstance(document.get("features"), list):
        raise _trouble(path, both("不是 GeoJSON FeatureCollection", "no GeoJSON FeatureCollection"))
    named = str(document.get("crs") or "").lower()
    if named and not any(name in named for name in WGS84_NAMES):
        raise bad(
            path,
            both(f"坐标系不是经纬度：{named[:120]}", f"its coordinates are in another system: {named[:120]}"),
            both("先转成 EPSG:4326（ogr2ogr -t_srs EPSG:4326）", "convert it first: ogr2ogr -t_srs EPSG:4326"),
        )
    features: list[Any] = document["features"]
    return features


def _placed(at: Any, reading: Reading, path: Path, number: int) -> Point | None:
    try:
        lon, lat = at[0], at[1]
        if isinstance(lon, bool) or isinstance(lat, bool):
            raise TypeError
        return reading.place(float(lon), float(lat))
    except (TypeError, ValueError, IndexError, KeyError) as error:
        shown = f"{at!r:.60}"
        raise _trouble(
            path,
            both(f"第 {number} 个要素：{shown} 不是经纬度", f"feature {number}: {shown} is no longitude, latitude"),
        ) from error


def _listed(value: Any, path: Path, number: int) -> list[Any]:
    if not isinstance(value, list):
        raise _trouble(path, both(f"第 {number} 个要素没有坐标", f"feature {number} has no coordinates"))
    return value


def _trouble(path: Path, cause: str) -> Trouble:
    return bad(
        path,
        cause,
        both(
            "给出道路中心线的 GeoJSON（LineString，可有 highway 或 class, name, oneway）",
            "give GeoJSON of road centre lines (LineString; optional highway or class, name, oneway)",
        ),
    )


def _too_large(path: Path) -> Trouble:
    return bad(
        path,
        both(f"大于 {LARGEST_FILE >> 20} MB", f"larger than {LARGEST_FILE >> 20} MB"),
        both(
            "先裁出这座城市（ogr2ogr -spat 西 南 东 北）", "cut the city out first: ogr2ogr -spat WEST SOUTH EAST NORTH"
        ),
    )
