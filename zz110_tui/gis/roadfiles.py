"""Somebody's road data as roads: CSV tables, GeoJSON or OpenStreetMap, told apart by what the files look like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from zz110_tui.core.places import Point
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.bilingual import both
from zz110_tui.gis.features import ROAD_CLASSES, Junction, Road, RoadClass, Spelling
from zz110_tui.gis.geometry import Box, Line
from zz110_tui.gis.roadosm import is_extract, read_extract
from zz110_tui.gis.roadshapes import read_shapes
from zz110_tui.gis.roadsource import Drawn, Reading, bad
from zz110_tui.gis.roadtables import EDGES, FORM, NODES, is_table, read_tables

WRONG_FILES = 64
SHAPES = (".geojson", ".json")


def read_drawn(files: Sequence[Path], reading: Reading) -> Iterator[Drawn]:
    """The lines of the files inside the box. One kind of file at a time: two sources do not meet at the same points.

    Raises Trouble for files that cannot be used, Stopped when somebody does not want to wait.
    """
    kinds = {_kind_of(path) for path in files}
    if len(kinds) != 1:
        raise _mixed(files)
    match kinds.pop():
        case "osm":
            for path in files:
                yield from read_extract(path, reading)
        case "shapes":
            for path in files:
                yield from read_shapes(path, reading)
        case _:
            yield from read_tables(*_nodes_and_edges(files), reading)


def _kind_of(path: Path) -> str:
    if not path.is_file():
        raise bad(path, both("没有这个文件", "there is no such file"), both("核对文件名", "check its name"), 66)
    if path.stat().st_size == 0:
        raise bad(path, both("文件是空的", "the file is empty"), both("换一个文件", "give another file"))
    if is_extract(path):
        return "osm"
    return "shapes" if path.suffix.lower() in SHAPES else "tables"


def _nodes_and_edges(files: Sequence[Path]) -> tuple[Path, Path]:
    nodes = [path for path in files if is_table(path, NODES)]
    edges = [path for path in files if path not in nodes and is_table(path, EDGES)]
    if len(files) == 2 and len(nodes) == len(edges) == 1:
        return nodes[0], edges[0]
    lost = next((path for path in files if path not in nodes and path not in edges), files[0])
    raise bad(
        lost,
        both(
            f"要一个节点表和一个边表，认出 {len(nodes)} 个和 {len(edges)} 个",
            f"one nodes table and one edges table are needed; {len(nodes)} and {len(edges)} were recognised",
        ),
        FORM,
    )


def _mixed(files: Sequence[Path]) -> Trouble:
    return Trouble(
        both("不同种类的路网文件不能混用", "road files of different kinds cannot be mixed"),
        ", ".join(path.name for path in files),
        both("一次只给一种：CSV 表、GeoJSON 或 OSM", "give one kind at a time: CSV tables, GeoJSON or OpenStreetMap"),
        exit_code=WRONG_FILES,
    )


def read_roads(nodes_file: Path, edges_file: Path, box: Box) -> tuple[tuple[Road, ...], tuple[Junction, ...]]:
    """The roads of two tables in WGS-84 inside a box. Raises Trouble, with file and line, for what is no road graph."""
    drawn = list(read_tables(nodes_file, edges_file, Reading("wgs84", box)))
    return roads_of(drawn), junctions_of(drawn)


def roads_of(drawn: Iterable[Drawn]) -> tuple[Road, ...]:
    """The named roads by name, each of the class of most of its points; then the unnamed ones, a class together."""
    found: dict[tuple[str, str], list[Drawn]] = {}
    for one in drawn:
        key = (one.name, "") if one.name else ("", one.kind.value)
        found.setdefault(key, []).append(one)
    ordered = sorted(found, key=lambda key: (not key[0], key[0], _rank(key[1])))
    return tuple(_road(name, found[name, kind]) for name, kind in ordered)


def _rank(kind: str) -> int:
    return ROAD_CLASSES.index(RoadClass(kind)) if kind else -1


def _road(name: str, parts: list[Drawn]) -> Road:
    points: Counter[RoadClass] = Counter()
    for part in parts:
        points[part.kind] += len(part.line)
    kind = max(ROAD_CLASSES, key=lambda one: points[one])
    english = next((part.name_en for part in parts if part.name_en), name if name.isascii() else "")
    lines: tuple[Line, ...] = tuple(part.line for part in parts)
    oneway = frozenset(number for number, part in enumerate(parts) if part.oneway)
    return Road(_spelled(name), english, kind, lines, None, oneway)


def junctions_of(drawn: Iterable[Drawn]) -> tuple[Junction, ...]:
    """The points that roads of different names share."""
    at: dict[Point, set[str]] = {}
    for one in drawn:
        for where in one.line if one.name else ():
            at.setdefault(where, set()).add(one.name)
    return tuple(
        Junction(tuple(sorted(at[where])), where)
        for where in sorted(at, key=lambda p: (p.lon, p.lat))
        if len(at[where]) > 1
    )


def _spelled(name: str) -> Spelling:
    if name.isascii():
        return Spelling(name)
    from zz110_tui.gis.pinyin import spell

    return spell(name)
