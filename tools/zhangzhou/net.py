"""Join hand-drawn road lines into a net: ends that almost meet are joined, crossings become shared vertices."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

from zz110_tui.gis.geometry import foot_on_segment

XY = tuple[float, float]
Roads = dict[str, list[XY]]

JOIN_M = 75.0
"""An end this near to another road was meant to meet it."""
MERGE_M = 32.0
"""Two vertices this near are one crossing."""


def join(roads: Roads) -> Roads:
    """The roads with shared vertices wherever they meet or cross."""
    nodes: list[XY] = []
    lines = {name: _without_repeats([_node(nodes, xy) for xy in line]) for name, line in roads.items()}
    for name, line in lines.items():
        line[0] = _end(lines, nodes, name, line[0])
        line[-1] = _end(lines, nodes, name, line[-1])
    while _cross_once(lines, nodes):
        pass
    return {name: _without_repeats(line) for name, line in lines.items()}


def with_lanes(roads: Roads, lanes: list[list[XY]]) -> Roads:
    """The joined roads with unnamed lanes between them, under names that begin with a blank.

    Only the lanes move: a road gets vertices where a lane meets it, and stays where it was.
    """
    nodes = list(dict.fromkeys(xy for line in roads.values() for xy in line))
    lines = {name: list(line) for name, line in roads.items()}
    for number, lane in enumerate(lanes, 1):
        name, line = f" {number:02}", [_node(nodes, xy) for xy in lane]
        line[0] = _end(lines, nodes, name, line[0])
        line[-1] = _end(lines, nodes, name, line[-1])
        lines[name] = _without_repeats(line)
    while _cross_once(lines, nodes, only=" "):
        pass
    return {name: _without_repeats(line) for name, line in lines.items()}


def crossings(lines: Roads) -> dict[XY, list[str]]:
    """Vertices that two or more roads share, with the names of the roads."""
    names: dict[XY, list[str]] = {}
    for name, line in lines.items():
        for xy in dict.fromkeys(line):
            names.setdefault(xy, []).append(name)
    return {xy: found for xy, found in names.items() if len(found) > 1}


def _node(nodes: list[XY], xy: XY) -> XY:
    for node in nodes:
        if math.dist(node, xy) <= MERGE_M:
            return node
    nodes.append(xy)
    return xy


def _end(lines: Roads, nodes: list[XY], name: str, end: XY) -> XY:
    """Where the end of a road really is: on the road that it almost reaches."""
    best: tuple[float, str, int, XY] | None = None
    for other, line in lines.items():
        if other == name:
            continue
        if end in line:
            return end
        for i, (a, b) in enumerate(pairwise(line)):
            _, x, y = foot_on_segment(*end, *a, *b)
            away = math.dist(end, (x, y))
            if away <= JOIN_M and (best is None or away < best[0]):
                best = away, other, i, (round(x, 1), round(y, 1))
    if best is None:
        return end
    _, other, i, foot = best
    node = _node(nodes, foot)
    if node not in lines[other]:
        lines[other].insert(i + 1, node)
    return node


def _cross_once(lines: Roads, nodes: list[XY], only: str = "") -> bool:
    """Join the first crossing that is not joined yet, of lines of which one has a name that begins with ``only``."""
    for one, other in combinations(lines, 2):
        if not (one.startswith(only) or other.startswith(only)):
            continue
        for i, (a, b) in enumerate(pairwise(lines[one])):
            for j, (c, d) in enumerate(pairwise(lines[other])):
                if {a, b} & {c, d}:
                    continue
                meet = _meeting(a, b, c, d)
                if meet is None:
                    continue
                node = _node(nodes, meet)
                changed = False
                for name, at, ends in ((one, i, (a, b)), (other, j, (c, d))):
                    if node not in ends:
                        lines[name].insert(at + 1, node)
                        changed = True
                if changed:
                    return True
    return False


def _meeting(a: XY, b: XY, c: XY, d: XY) -> XY | None:
    rx, ry, sx, sy = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
    cross = rx * sy - ry * sx
    if cross == 0:
        return None
    t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross
    u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / cross
    if 0 <= t <= 1 and 0 <= u <= 1:
        return round(a[0] + rx * t, 1), round(a[1] + ry * t, 1)
    return None


def _without_repeats(line: list[XY]) -> list[XY]:
    kept = [line[0]]
    for xy in line[1:]:
        if xy != kept[-1]:
            kept.append(xy)
    return kept
