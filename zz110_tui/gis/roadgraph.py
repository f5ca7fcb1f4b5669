"""The road net as a graph to drive on: nodes where roads meet or end, directed edges between them, in numpy arrays.

It is made from the roads of a city pack: lines that share a vertex are joined there, a one-way line becomes one edge,
any other line two. Only the largest part in which everybody can drive from everywhere to everywhere is kept, so that no
unit and no call is ever snapped to a road that leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from zz110_tui.core.places import Point
from zz110_tui.core.records import dataclass
from zz110_tui.gis.features import ROAD_CLASSES, Road
from zz110_tui.gis.geometry import Box, Frame, Line, frame_around

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int32]

Piece = tuple[Line, int, bool]
"""A stretch of road between two nodes: its points, its class (number in ROAD_CLASSES), whether it is one-way."""
MILLIONTHS = 1_000_000


@dataclass(frozen=True, eq=False)
class RoadGraph:
    """``n`` nodes, ``m`` directed edges sorted by their tails, ``k`` lines with ``p`` vertices; metres in ``frame``.

    Edge ``e`` leads from ``tail[e]`` to ``head[e]`` along line ``line[e]``, against its drawn direction where
    ``back[e]``; ``twin[e]`` is the way back along the same line, or -1 on a one-way. The out-edges of node ``i`` are
    ``first[i]`` to ``first[i + 1]``. Line ``l`` has the vertices ``begin[l]`` to ``begin[l + 1]``.
    """

    frame: Frame
    x: Floats
    y: Floats
    first: Ints
    tail: Ints
    head: Ints
    metres: Floats
    kind: NDArray[np.uint8]
    twin: Ints
    line: Ints
    back: NDArray[np.bool_]
    begin: Ints
    vertex_x: Floats
    vertex_y: Floats
    left_out: int = field(default=0)
    """Nodes that were left out because nobody could drive there and back."""

    @property
    def nodes(self) -> int:
        return len(self.x)

    @property
    def edges(self) -> int:
        return len(self.head)

    @cached_property
    def forward(self) -> Ints:
        """The edge that runs along each line as it is drawn."""
        import numpy as np

        along = np.full(len(self.begin) - 1, -1, dtype=np.int32)
        there = np.flatnonzero(~self.back)
        along[self.line[there]] = there
        return along

    @cached_property
    def run(self) -> Floats:
        """Metres from the beginning of its line to each vertex."""
        import numpy as np

        legs = np.hypot(np.diff(self.vertex_x), np.diff(self.vertex_y))
        legs[self.begin[1:-1] - 1] = 0.0  # from the end of one line to the beginning of the next nobody drives
        run = np.concatenate([[0.0], np.cumsum(legs)])
        within: Floats = run - np.repeat(run[self.begin[:-1]], np.diff(self.begin))
        return within

    def node_point(self, node: int) -> Point:
        return self.frame.at(float(self.x[node]), float(self.y[node]))

    def shape(self, edge: int) -> tuple[Floats, Floats]:
        """East and north metres of an edge's vertices, in the direction of travel."""
        line = self.line[edge]
        part = slice(self.begin[line], self.begin[line + 1])
        step = -1 if self.back[edge] else 1
        return self.vertex_x[part][::step], self.vertex_y[part][::step]


@dataclass(frozen=True, eq=False)
class RoadLines:
    """The stretches of a net between its nodes as columns: all that a :class:`RoadGraph` is made from.

    Line ``l`` has the vertices ``begin[l]`` to ``begin[l + 1]`` of ``lon`` and ``lat`` (millionths of a degree, WGS-84)
    and leads from node ``start[l]`` to node ``end[l]``; ``kind`` is its class (number in ROAD_CLASSES).
    """

    begin: Ints
    lon: Ints
    lat: Ints
    kind: NDArray[np.uint8]
    oneway: NDArray[np.bool_]
    start: Ints
    end: Ints
    left_out: int = 0


def graph_of(roads: Iterable[Road]) -> RoadGraph | None:
    """The graph of a pack's roads; None when there is nothing to drive on."""
    lines = lines_of(roads_as_pieces(roads))
    return graph_from(lines) if lines is not None else None


def roads_as_pieces(roads: Iterable[Road]) -> Iterator[Piece]:
    """The lines of roads as they are drawn, each with its class and whether it is one-way."""
    for road in roads:
        kind = ROAD_CLASSES.index(road.kind)
        for number, line in enumerate(road.lines):
            yield line, kind, number in road.oneway


def lines_of(drawn: Iterable[Piece]) -> RoadLines | None:
    """The largest part of the net that drawn lines make, cut at its nodes; None when there is nothing to drive on."""
    pieces, left_out = _main_part(_cut(drawn))
    if not pieces:
        return None
    import numpy as np

    ends = dict.fromkeys(end for line, _, _ in pieces for end in (line[0], line[-1]))
    numbers = {end: number for number, end in enumerate(ends)}
    at = [where for line, _, _ in pieces for where in line]
    return RoadLines(
        begin=np.cumsum([0, *(len(line) for line, _, _ in pieces)]).astype(np.int32),
        lon=np.rint(np.array([where.lon for where in at]) * MILLIONTHS).astype(np.int32),
        lat=np.rint(np.array([where.lat for where in at]) * MILLIONTHS).astype(np.int32),
        kind=np.array([kind for _, kind, _ in pieces], dtype=np.uint8),
        oneway=np.array([oneway for _, _, oneway in pieces], dtype=bool),
        start=np.array([numbers[line[0]] for line, _, _ in pieces], dtype=np.int32),
        end=np.array([numbers[line[-1]] for line, _, _ in pieces], dtype=np.int32),
        left_out=left_out,
    )


def drawn_lines(lines: RoadLines) -> Iterator[Line]:
    """The stretches as lines of points."""
    lon, lat = (lines.lon / MILLIONTHS).tolist(), (lines.lat / MILLIONTHS).tolist()
    at = [Point(*where) for where in zip(lon, lat, strict=True)]
    begin = lines.begin.tolist()
    return (tuple(at[a:b]) for a, b in pairwise(begin))


def lines_in(lines: RoadLines, box: Box, kinds: Sequence[int]) -> Iterator[tuple[int, Line]]:
    """The stretches of some classes of which the box touches that of a map view, each with its class: a scan of the
    columns, no tree."""
    import numpy as np

    first = lines.begin[:-1]
    west, south, east, north = (
        reduced.reduceat(column, first)
        for reduced, column in (
            (np.minimum, lines.lon),
            (np.minimum, lines.lat),
            (np.maximum, lines.lon),
            (np.maximum, lines.lat),
        )
    )
    seen = (west <= box.east * MILLIONTHS) & (east >= box.west * MILLIONTHS) & np.isin(lines.kind, kinds)
    seen &= (south <= box.north * MILLIONTHS) & (north >= box.south * MILLIONTHS)
    for number in np.flatnonzero(seen).tolist():
        part = slice(lines.begin[number], lines.begin[number + 1])
        lon, lat = (lines.lon[part] / MILLIONTHS).tolist(), (lines.lat[part] / MILLIONTHS).tolist()
        yield int(lines.kind[number]), tuple(Point(*where) for where in zip(lon, lat, strict=True))


def _cut(drawn: Iterable[Piece]) -> list[Piece]:
    """The lines cut wherever another line, or the same one again, has the same vertex."""
    lines: list[Piece] = []
    for line, kind, oneway in drawn:
        clean = tuple(b for a, b in zip((None, *line), line, strict=False) if a != b)
        if len(clean) > 1:
            lines.append((clean, kind, oneway))
    seen: dict[Point, int] = {}
    for line, _, _ in lines:
        for at in line:
            seen[at] = seen.get(at, 0) + 1
        for end in (line[0], line[-1]):
            seen[end] += 1  # an end is a node even where nothing else meets it
    pieces: list[Piece] = []
    for line, kind, oneway in lines:
        start = 0
        for i in range(1, len(line)):
            if seen[line[i]] > 1:
                pieces.append((line[start : i + 1], kind, oneway))
                start = i
    return pieces


def graph_from(lines: RoadLines) -> RoadGraph:
    """The graph of a net's lines. Array arithmetic: a net of 100,000 nodes takes a fraction of a second."""
    import numpy as np

    lon, lat, begin, count = lines.lon / MILLIONTHS, lines.lat / MILLIONTHS, lines.begin, len(lines.kind)
    frame = frame_around(Box(float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())).middle)
    x = (lon - frame.middle.lon) * frame.east_m
    y = (lat - frame.middle.lat) * frame.north_m
    legs = np.hypot(np.diff(x), np.diff(y))
    legs[begin[1:-1] - 1] = 0.0
    run = np.concatenate([[0.0], np.cumsum(legs)])
    metres = run[begin[1:] - 1] - run[begin[:-1]]
    nodes = int(max(lines.start.max(), lines.end.max())) + 1
    at_x, at_y = np.empty(nodes), np.empty(nodes)
    for ends, vertex in ((lines.start, begin[:-1]), (lines.end, begin[1:] - 1)):
        at_x[ends], at_y[ends] = x[vertex], y[vertex]
    line = np.concatenate([np.arange(count), np.flatnonzero(~lines.oneway)])
    back = np.concatenate([np.zeros(count, bool), np.ones(len(line) - count, bool)])
    tail = np.where(back, lines.end[line], lines.start[line])
    head = np.where(back, lines.start[line], lines.end[line])
    order = np.lexsort((back, line, tail))
    tail, head, line, back = tail[order], head[order], line[order], back[order]
    return RoadGraph(
        frame=frame,
        x=at_x,
        y=at_y,
        first=np.searchsorted(tail, np.arange(nodes + 1)).astype(np.int32),
        tail=tail.astype(np.int32),
        head=head.astype(np.int32),
        metres=metres[line],
        kind=lines.kind[line],
        twin=_twins(line, back, count),
        line=line.astype(np.int32),
        back=back,
        begin=begin,
        vertex_x=x,
        vertex_y=y,
        left_out=lines.left_out,
    )


def _twins(line: NDArray[np.int64], back: NDArray[np.bool_], lines: int) -> Ints:
    import numpy as np

    by_way = np.full((2, lines), -1, dtype=np.int32)
    by_way[back.astype(int), line] = np.arange(len(line))
    twins: Ints = by_way[1 - back.astype(int), line]
    return twins


def _main_part(pieces: list[Piece]) -> tuple[list[Piece], int]:
    """The pieces of the largest strongly connected part, and how many nodes lie outside it."""
    if not pieces:
        return [], 0
    import rustworkx as rx

    numbers: dict[Point, int] = {}
    for line, _, _ in pieces:
        for end in (line[0], line[-1]):
            numbers.setdefault(end, len(numbers))
    net = rx.PyDiGraph(multigraph=True)
    net.add_nodes_from([None] * len(numbers))
    ways = [(numbers[line[0]], numbers[line[-1]]) for line, _, _ in pieces]
    returns = [(b, a) for (a, b), (_, _, oneway) in zip(ways, pieces, strict=True) if not oneway]
    net.extend_from_edge_list(ways + returns)
    parts: list[list[int]] = [list(part) for part in rx.strongly_connected_components(net)]
    parts.sort(key=lambda part: (-len(part), min(part)))
    largest = set(parts[0])
    if len(largest) == 1:
        return [], len(numbers)
    kept = [piece for (a, b), piece in zip(ways, pieces, strict=True) if a in largest and b in largest]
    return kept, len(numbers) - len(largest)
