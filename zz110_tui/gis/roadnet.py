"""The road net as it hangs together: lines that share a vertex are joined there."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from zz110_tui.core.places import Point
from zz110_tui.gis.features import Road


def main_net(roads: Iterable[Road]) -> set[Point]:
    """Vertices of the largest part of the road net that hangs together by shared vertices."""
    leads_to: dict[Point, set[Point]] = {}
    for road in roads:
        for line in road.lines:
            for a, b in pairwise(line):
                leads_to.setdefault(a, set()).add(b)
                leads_to.setdefault(b, set()).add(a)
    largest: set[Point] = set()
    left = set(leads_to)
    for start in leads_to:
        if start not in left:
            continue
        part, edge = {start}, [start]
        while edge:
            fresh = leads_to[edge.pop()] - part
            part |= fresh
            edge.extend(fresh)
        left -= part
        if len(part) > len(largest):
            largest = part
    return largest
