"""A road net from an OpenStreetMap extract (.osm.pbf, .osm), read by the optional library ``osmium``.

Every ``highway`` a car can use; ``oneway`` as it is tagged, motorways and roundabouts are one-way unless they say
otherwise; ``motor_vehicle=no`` and areas are passed over. OpenStreetMap is always WGS-84.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zz110_tui.core.places import Point
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.bilingual import both
from zz110_tui.gis.features import RoadClass
from zz110_tui.gis.roadshapes import AGAINST, ALONG, BOTH_WAYS, direction
from zz110_tui.gis.roadsource import Drawn, Reading, bad, cannot_read, class_of, clean_name

ENDINGS = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2", ".osm.xml")
ROUND = frozenset({"roundabout", "circular"})
NO = frozenset({"no", "false", "0"})
UNAVAILABLE = 69


def is_extract(path: Path) -> bool:
    return path.name.lower().endswith(ENDINGS)


def read_extract(path: Path, reading: Reading) -> Iterator[Drawn]:
    """The lines inside the box. Raises Trouble where the library is missing or the file is damaged."""
    osmium = _library()
    if reading.datum != "wgs84":
        raise bad(
            path,
            both("OSM 数据总是 WGS-84", "OpenStreetMap data are always WGS-84"),
            both("用 --datum wgs84", "say --datum wgs84"),
        )
    try:
        with path.open("rb") as file:
            file.read(1)
        ways = osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY).with_locations()
        for way in ways.with_filter(osmium.filter.KeyFilter("highway")):
            reading.look(0, 0)
            if way.is_way():
                yield from _drawn(way, path, reading)
    except OSError as error:
        raise cannot_read(path, error) from error
    except (RuntimeError, ValueError) as error:
        raise _trouble(path, str(error)[:200]) from error


def _drawn(way: Any, path: Path, reading: Reading) -> Iterator[Drawn]:
    tags = {tag.k: tag.v for tag in way.tags}
    reading.lines_read += 1
    kind = class_of(tags["highway"])
    if kind is None or tags.get("area") == "yes" or "no" in (tags.get("motor_vehicle"), tags.get("motorcar")):
        reading.not_driven += 1
        return
    towards = _direction(tags, kind)
    placed: list[Point | None] = [
        reading.place(node.location.lon, node.location.lat) if node.location.valid() else None for node in way.nodes
    ]
    if towards == AGAINST:
        placed.reverse()
    name, english = clean_name(tags.get("name")), clean_name(tags.get("name:en"))
    for run in reading.runs(path, placed):
        yield Drawn(name, english, kind, run, towards != BOTH_WAYS)


def _direction(tags: dict[str, str], kind: RoadClass) -> str:
    said = tags.get("oneway", "").strip().lower()
    if not said and (tags["highway"] == "motorway" or tags.get("junction") in ROUND):
        return ALONG
    return BOTH_WAYS if said in NO else direction(said)


def _library() -> Any:
    try:
        import osmium
    except ImportError as error:
        raise Trouble(
            both("读 OSM 文件的库没有安装", "the library that reads OpenStreetMap files is not installed"),
            "osmium",
            both(
                "pip install 'zz110-tui[osm]'；或给 CSV 表、GeoJSON",
                "pip install 'zz110-tui[osm]', or give CSV tables or GeoJSON",
            ),
            exit_code=UNAVAILABLE,
        ) from error
    return osmium


def _trouble(path: Path, cause: str) -> Trouble:
    return bad(
        path,
        cause,
        both(
            "文件坏了或不是 OSM 数据：重新下载，或用 osmium extract 裁出城市",
            "it is damaged or no OpenStreetMap file: get it again, or cut the city out with 'osmium extract'",
        ),
    )
