"""The statistics that figures are made of: spreads, rates with their uncertainty, bands. Seconds throughout."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from zz110_tui.core.records import dataclass

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


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean of independent values with its 95 % interval; ``low`` and ``high`` are None for fewer than two values."""

    mean: float
    low: float | None
    high: float | None


def t_95(freedom: int) -> float:
    """The value of Student's t with ``freedom`` degrees that leaves 2.5 % on each side.

    Exact for 1 and 2; from 3 on the expansion of Fisher and Cornish (1960) to the fourth order, off by less than 0.2 %.
    Raises ValueError below 1.
    """
    if freedom < 1:
        raise ValueError("no degree of freedom")
    if freedom == 1:
        return math.tan(math.pi * (0.975 - 0.5))
    if freedom == 2:
        return 0.95 * math.sqrt(2 / (0.975 * 0.025 * 4))
    z, n = Z_95, float(freedom)
    return (
        z
        + (z**3 + z) / (4 * n)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92_160 * n**4)
    )


def interval_of(values: Sequence[float]) -> Interval:
    """The mean of independent replications with Student's interval. Raises ValueError for no values."""
    if not values:
        raise ValueError("no values")
    n = len(values)
    mean = math.fsum(values) / n
    if n < 2:
        return Interval(mean, None, None)
    variance = math.fsum((value - mean) ** 2 for value in values) / (n - 1)
    half = t_95(n - 1) * math.sqrt(variance / n)
    return Interval(mean, mean - half, mean + half)


def ratio_change(base: Sequence[float], other: Sequence[float]) -> Interval:
    """How much less or more ``other`` is than ``base`` in total (-0.2 is a fifth less), for pairs of replications.

    The interval is Student's over the jackknife's pseudo-values (Quenouille 1956, Tukey 1958): a ratio of sums of few
    pairs is biased and skewed, and this takes out the bias of first order. Raises ValueError for pairs that do not
    match, and where ``base`` adds up to nothing.
    """
    if len(base) != len(other) or not base:
        raise ValueError("not pairs")
    n, below, above = len(base), math.fsum(base), math.fsum(other)
    if below <= 0:
        raise ValueError("nothing to compare with")
    whole = above / below - 1
    if n < 2 or any(below - value <= 0 for value in base):
        return Interval(whole, None, None)
    left_out = [(above - b) / (below - a) - 1 for a, b in zip(base, other, strict=True)]
    return interval_of([n * whole - (n - 1) * value for value in left_out])
