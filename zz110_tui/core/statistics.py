"""The statistics that figures are made of: spreads, rates with their uncertainty, bands. Seconds throughout."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

Z_95 = 1.959963984540054
"""The standard normal value that leaves 2.5 % on each side."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How durations are spread, in seconds; None where there are none."""

    count: int
    mean: float | None
    median: float | None
    p90: float | None
    p95: float | None
    longest: float | None


@dataclass(frozen=True, slots=True)
class Rate:
    """``hits`` of ``of``, its share (0 to 1) and Wilson's 95 % interval; None where there is nothing to count."""

    hits: int
    of: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Bands:
    """How many durations lie in each band. ``edges_s`` are the upper edges, each inside its band; the last band, above
    them all, has none."""

    edges_s: tuple[int, ...]
    counts: tuple[int, ...]
    shares: tuple[float, ...]


def spread_of(milliseconds: Iterable[int]) -> Spread:
    ordered = sorted(milliseconds)
    if not ordered:
        return Spread(0, None, None, None, None, None)
    return Spread(
        count=len(ordered),
        mean=_seconds(sum(ordered) / len(ordered)),
        median=_seconds(quantile(ordered, 0.5)),
        p90=_seconds(quantile(ordered, 0.9)),
        p95=_seconds(quantile(ordered, 0.95)),
        longest=_seconds(ordered[-1]),
    )


def quantile(ordered: list[int], share: float) -> float:
    """The value below which a share of sorted values lies, straight between its two neighbours.

    Raises ValueError for no values.
    """
    if not ordered:
        raise ValueError("no values")
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def rate_of(hits: int, of: int) -> Rate:
    """A share with Wilson's score interval (1927), which stays inside 0 to 1 and holds at shares near 1."""
    if of == 0:
        return Rate(0, 0, None, None, None)
    share = hits / of
    weight = Z_95 * Z_95 / of
    middle = (share + weight / 2) / (1 + weight)
    half = Z_95 * math.sqrt(share * (1 - share) / of + weight / (4 * of)) / (1 + weight)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Rate(hits, of, round(share, 6), round(low, 6), round(high, 6))


def bands_of(milliseconds: Iterable[int], edges_s: tuple[int, ...]) -> Bands:
    counts = [0] * (len(edges_s) + 1)
    for value in milliseconds:
        counts[bisect_left(edges_s, value / 1000)] += 1
    total = sum(counts)
    return Bands(edges_s, tuple(counts), tuple(round(c / total, 6) if total else 0.0 for c in counts))


def _seconds(milliseconds: float) -> float:
    return round(milliseconds / 1000, 3)
