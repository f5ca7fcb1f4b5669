"""A road graph from two CSV files, as it is commonly exported: nodes with positions, directed edges between them.

Nodes: ``node, lat, lon``. Edges: ``u, v`` and, where present, ``highway`` (OpenStreetMap's class), ``name`` and
``geometry_lonlat`` (points ``lon lat`` separated by semicolons). Both may be gzipped. Edges in both directions become
one two-way line; roads of one name become one road, unnamed ones are kept together by class.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from zz110_tui.core.places import Point, point
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.bilingual import both
from zz110_tui.gis.features import Junction, Road, RoadClass, Spelling
from zz110_tui.gis.geometry import Box, Line

CLASSES = {
    "motorway": RoadClass.EXPRESSWAY,
    "trunk": RoadClass.TRUNK,
    "primary": RoadClass.TRUNK,
    "secondary": RoadClass.MAIN,
    "tertiary": RoadClass.MINOR,
}
"""OpenStreetMap's ``highway`` without its ``_link``; everything else is a lane."""
LONGEST_NAME = 80

Edge = tuple[str, RoadClass, Line]


def read_roads(nodes_file: Path, edges_file: Path, box: Box) -> tuple[tuple[Road, ...], tuple[Junction, ...]]:
    """The roads inside a box. Raises Trouble, with file and line, for files that are no road graph."""
    nodes = dict(_nodes(nodes_file))
    edges: dict[tuple[str, str], Edge] = {}
    for u, v, edge in _edges(edges_file, nodes):
        ends = edge[2][0], edge[2][-1]
        if all(box.holds(end.lon, end.lat) for end in ends):
            edges.setdefault((u, v), edge)
    roads: dict[str, tuple[RoadClass, list[Line], list[int]]] = {}
    for (u, v), (name, kind, line) in edges.items():
        two_way = (v, u) in edges and u != v
        if two_way and v < u:
            continue  # the way there stands for the way back
        _, lines, oneway = roads.setdefault(name or f" {kind}", (kind, [], []))
        if not two_way:
            oneway.append(len(lines))
        lines.append(line)
    return tuple(_roads(roads)), tuple(_junctions(edges.values()))


def _roads(found: dict[str, tuple[RoadClass, list[Line], list[int]]]) -> Iterator[Road]:
    """The named roads by name, each of the class of its first line; then the unnamed ones, all of a class together."""
    for name in sorted(found, key=lambda name: (name.startswith(" "), name)):
        kind, lines, oneway = found[name]
        plain = "" if name.startswith(" ") else name
        yield Road(_spelled(plain), plain if plain.isascii() else "", kind, tuple(lines), None, frozenset(oneway))


def _junctions(edges: Iterable[Edge]) -> Iterator[Junction]:
    at: dict[Point, set[str]] = {}
    for name, _, line in edges:
        for end in (line[0], line[-1]) if name else ():
            at.setdefault(end, set()).add(name)
    for where in sorted(at, key=lambda p: (p.lon, p.lat)):
        if len(at[where]) > 1:
            yield Junction(tuple(sorted(at[where])), where)


def _spelled(name: str) -> Spelling:
    if name.isascii():
        return Spelling(name)
    from zz110_tui.gis.pinyin import spell

    return spell(name)


def _rows(path: Path, wanted: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            stream = gzip.GzipFile(fileobj=raw) if packed else raw
            reader = csv.DictReader(io.TextIOWrapper(stream, encoding="utf-8-sig", newline=""))
            missing = [name for name in wanted if name not in (reader.fieldnames or ())]
            if missing:
                raise _trouble(path, both(f"缺列 {', '.join(missing)}", f"column {', '.join(missing)} is missing"))
            for row in reader:
                yield reader.line_num, row
    except (OSError, UnicodeDecodeError, csv.Error, EOFError) as error:
        raise _trouble(path, str(error)) from error


def _nodes(path: Path) -> Iterator[tuple[str, Point]]:
    for line_number, row in _rows(path, ("node", "lat", "lon")):
        try:
            yield row["node"], point(float(row["lon"]), float(row["lat"]))
        except (TypeError, ValueError) as error:
            raise _trouble(path, f"line {line_number}: {error}") from error


def _edges(path: Path, nodes: dict[str, Point]) -> Iterator[tuple[str, str, Edge]]:
    for line_number, row in _rows(path, ("u", "v")):
        u, v = row["u"], row["v"]
        if u not in nodes or v not in nodes:
            raise _trouble(path, f"line {line_number}: " + _lost(u if u not in nodes else v))
        kind = CLASSES.get((row.get("highway") or "").removesuffix("_link"), RoadClass.LANE)
        name = "".join(letter for letter in (row.get("name") or "").strip() if letter.isprintable())[:LONGEST_NAME]
        try:
            between = [point(*map(float, pair.split())) for pair in (row.get("geometry_lonlat") or "").split(";")[1:-1]]
        except (TypeError, ValueError) as error:
            raise _trouble(path, f"line {line_number}: {error}") from error
        yield u, v, (name, kind, (nodes[u], *between, nodes[v]))


def _lost(node: str) -> str:
    return both(f"节点表里没有 {node!r:.40}", f"node {node!r:.40} is not in the nodes file")


def _trouble(path: Path, cause: str) -> Trouble:
    return Trouble(
        both("路网文件不能用", "the road files cannot be used"),
        f"{path.name}: {cause}",
        both(
            "给出节点表（node, lat, lon）和边表（u, v，可有 highway, name, geometry_lonlat）",
            "give a nodes file (node, lat, lon) and an edges file (u, v, optional highway, name, geometry_lonlat)",
        ),
    )
