"""A road net from two CSV files, as it is commonly exported: nodes with positions, directed edges between them.

Nodes: ``node, lat, lon``. Edges: ``u, v`` and, where present, ``highway`` (OpenStreetMap's class) or ``class`` (ours),
``name``, ``name_en`` and ``geometry_lonlat`` (points ``lon lat`` separated by semicolons). Both may be gzipped. Edges
in both directions become one two-way line.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from zz110_tui.core.places import Point
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.bilingual import both
from zz110_tui.gis.roadsource import Drawn, Reading, bad, cannot_read, class_of, clean_name

NODES = ("node", "lat", "lon")
EDGES = ("u", "v")
MOST_NODES = 5_000_000
FORM = both(
    "给出节点表（node, lat, lon）和边表（u, v，可有 highway 或 class, name, geometry_lonlat）",
    "give a nodes file (node, lat, lon) and an edges file (u, v, optional highway or class, name, geometry_lonlat)",
)

Ends = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Edge:
    """What is kept of a row until all rows were seen."""

    name: str
    name_en: str
    highway: str
    line: tuple[Point | None, ...]


def is_table(path: Path, wanted: tuple[str, ...]) -> bool:
    """Whether a CSV file begins with a header that has these columns. Raises Trouble where it cannot be read at all."""
    try:
        with _opened(path) as (text, _):
            header = text.readline(100_000)
    except (OSError, UnicodeDecodeError, EOFError, zlib.error):
        return False
    return set(wanted) <= set(next(csv.reader([header]), []))


def read_tables(nodes_file: Path, edges_file: Path, reading: Reading) -> Iterator[Drawn]:
    """The lines inside the box. Raises Trouble, with file and line, for files that are no road graph."""
    nodes = _nodes(nodes_file, reading)
    edges: dict[Ends, _Edge] = {}
    for ends, edge in _edges(edges_file, nodes, reading):
        edges.setdefault(ends, edge)
    for (u, v), edge in edges.items():
        two_way = (v, u) in edges and u != v
        if two_way and v < u:
            continue  # the way there stands for the way back
        kind = class_of(edge.highway)
        if kind is None:
            reading.not_driven += 1
            continue
        for run in reading.runs(edges_file, edge.line):
            yield Drawn(edge.name, edge.name_en, kind, run, not two_way)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[io.TextIOWrapper, IO[bytes]]]:
    """A text file, plain or gzipped, and the file of bytes under it, which knows how far it was read."""
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        stream = gzip.GzipFile(fileobj=raw) if packed else raw
        yield io.TextIOWrapper(stream, encoding="utf-8-sig", newline=""), raw


def _rows(path: Path, wanted: tuple[str, ...], reading: Reading) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        total = path.stat().st_size
        with _opened(path) as (text, raw):
            reader = csv.DictReader(text)
            missing = [name for name in wanted if name not in (reader.fieldnames or ())]
            if missing:
                raise _trouble(path, both(f"缺列 {', '.join(missing)}", f"column {', '.join(missing)} is missing"))
            for row in reader:
                reading.look(raw.tell(), total)
                yield reader.line_num, row
    except OSError as error:
        if error.strerror is None:  # gzip's own: not a gzipped file, or a damaged one
            raise _trouble(path, str(error)) from error
        raise cannot_read(path, error) from error
    except (UnicodeDecodeError, csv.Error, EOFError, zlib.error) as error:
        raise _trouble(path, str(error)) from error


def _nodes(path: Path, reading: Reading) -> dict[str, Point | None]:
    nodes: dict[str, Point | None] = {}
    for line_number, row in _rows(path, NODES, reading):
        try:
            nodes[row["node"]] = reading.place(float(row["lon"]), float(row["lat"]))
        except (TypeError, ValueError) as error:
            raise _trouble(path, f"line {line_number}: {error}") from error
        if len(nodes) > MOST_NODES:
            raise _trouble(path, both(f"节点多于 {MOST_NODES}", f"more than {MOST_NODES} nodes"))
    return nodes


def _edges(path: Path, nodes: dict[str, Point | None], reading: Reading) -> Iterator[tuple[Ends, _Edge]]:
    for line_number, row in _rows(path, EDGES, reading):
        u, v = row["u"], row["v"]
        if u not in nodes or v not in nodes:
            raise _trouble(path, f"line {line_number}: " + _lost(u if u not in nodes else v))
        reading.lines_read += 1
        a, b = nodes[u], nodes[v]
        try:
            between = [
                reading.place(*map(float, pair.split())) for pair in (row.get("geometry_lonlat") or "").split(";")[1:-1]
            ]
        except (TypeError, ValueError) as error:
            raise _trouble(path, f"line {line_number}: {error}") from error
        if a is None and b is None:
            continue
        names = clean_name(row.get("name")), clean_name(row.get("name_en"))
        yield (u, v), _Edge(*names, row.get("highway") or row.get("class") or "", (a, *between, b))


def _lost(node: str) -> str:
    return both(f"节点表里没有 {node!r:.40}", f"node {node!r:.40} is not in the nodes file")


def _trouble(path: Path, cause: str) -> Trouble:
    return bad(path, cause, FORM)
