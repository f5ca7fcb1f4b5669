"""Where units should wait: the p-median (calls are near on average), or the most calls covered (Church and ReVelle
1974). Greedy start, best single swaps (Teitz and Bart 1968), and the same again from a shaken answer (iterated local
search, Lourenço et al. 2003).

Only the pack tools come here (numpy). On the graphs of performance.md greedy and swaps are within 0.7 % of the optimum;
tests compare with an exact solver. The p-median beats siting by five-minute coverage.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

LEAST_GAIN = 1e-9
SHAKEN = 3
"""How many chosen sites are given up at random before the swaps begin again."""


class By(StrEnum):
    """What posts are placed for: that calls are near on average, or that most are near enough."""

    MEDIAN = "median"
    COVER = "cover"


Swap = Callable[[list[int]], tuple[int, int] | None]
Cost = Callable[[list[int]], float]


def p_median(places: Floats, weights: Floats, sites: Floats, count: int) -> list[int]:
    """:func:`nearest_sites` by straight line: ``places`` and ``sites`` are arrays of x and y in metres."""
    import numpy as np

    away = np.hypot(places[:, 0, None] - sites[None, :, 0], places[:, 1, None] - sites[None, :, 1])
    return nearest_sites(away, weights, count)


def nearest_sites(away: Floats, weights: Floats, count: int, *, rounds: int = 0, seed: int = 1) -> list[int]:
    """The sites from which the weighted distance of the places to their nearest site is least (p-median).

    ``away[i, j]`` is from site ``j`` to place ``i``, in any unit; ``weights`` is one number for each place. Numbers of
    the chosen sites, in the order of their greedy choice and later swaps. ``rounds`` times the answer is shaken and
    swapped anew, and the best is kept; the same ``seed`` gives the same answer. Raises ValueError when there are fewer
    sites than asked for.
    """
    import numpy as np

    _enough(away, count)
    chosen: list[int] = []
    nearest = np.full(len(away), np.inf)
    for _ in range(count):
        cost = weights @ np.minimum(nearest[:, None], away)
        cost[chosen] = np.inf
        best = int(np.argmin(cost))
        chosen.append(best)
        nearest = np.minimum(nearest, away[:, best])
    return _searched(
        chosen,
        away.shape[1],
        lambda sites: _best_swap(away, weights, sites),
        lambda sites: float(weights @ away[:, sites].min(axis=1)),
        rounds,
        seed,
    )


def covering_sites(covered: Flags, weights: Floats, count: int, *, rounds: int = 0, seed: int = 1) -> list[int]:
    """The sites that cover the most weight (maximal covering location problem).

    ``covered[i, j]`` says whether site ``j`` reaches place ``i`` in time. Otherwise as :func:`nearest_sites`.
    """
    import numpy as np

    _enough(covered, count)
    held = covered.astype(float)
    chosen: list[int] = []
    bare = np.ones(len(covered), dtype=bool)
    for _ in range(count):
        gain = (weights * bare) @ held
        gain[chosen] = -np.inf
        chosen.append(int(np.argmax(gain)))
        bare &= ~covered[:, chosen[-1]]
    return _searched(
        chosen,
        covered.shape[1],
        lambda sites: _best_covering_swap(covered, held, weights, sites),
        lambda sites: -float(weights @ covered[:, sites].any(axis=1)),
        rounds,
        seed,
    )


def _enough(table: NDArray[np.generic], count: int) -> None:
    if count < 1 or count > table.shape[1]:
        raise ValueError(f"cannot choose {count} of {table.shape[1]} sites")


def _searched(chosen: list[int], sites: int, swap: Swap, cost: Cost, rounds: int, seed: int) -> list[int]:
    """The choice after swaps, and after ``rounds`` of shaking it and swapping anew."""
    import numpy as np

    _swapped(chosen, swap)
    if len(chosen) == sites:
        return chosen
    rng = np.random.Generator(np.random.PCG64(seed))
    best, least = list(chosen), cost(chosen)
    for _ in range(rounds):
        shaken = list(best)
        others = [site for site in range(sites) if site not in best]
        gone = rng.choice(len(shaken), size=min(SHAKEN, len(shaken), len(others)), replace=False)
        for place, site in zip(gone, rng.choice(len(others), size=len(gone), replace=False), strict=True):
            shaken[int(place)] = others[int(site)]
        _swapped(shaken, swap)
        if (now := cost(shaken)) < least - LEAST_GAIN * abs(least):
            best, least = shaken, now
    return best


def _swapped(chosen: list[int], swap: Swap) -> None:
    while found := swap(chosen):
        chosen[found[0]] = found[1]


def _best_swap(away: Floats, weights: Floats, chosen: list[int]) -> tuple[int, int] | None:
    """Which chosen site to give up (its number in ``chosen``) for which other site; None when no swap helps."""
    import numpy as np

    if len(chosen) == away.shape[1]:
        return None
    mine = away[:, chosen]
    owner = np.argmin(mine, axis=1)
    first = mine[np.arange(len(mine)), owner]
    second = np.partition(mine, 1, axis=1)[:, 1] if len(chosen) > 1 else np.full(len(mine), np.inf)
    now = float(weights @ first)
    best_cost, best = now * (1 - LEAST_GAIN), None
    gained = weights[:, None] * np.minimum(away, first[:, None])
    total = gained.sum(axis=0)
    for given_up in range(len(chosen)):
        rows = owner == given_up
        kept = total - gained[rows].sum(axis=0)
        cost = kept + weights[rows] @ np.minimum(away[rows], second[rows, None])
        cost[chosen] = np.inf
        taken = int(np.argmin(cost))
        if cost[taken] < best_cost:
            best_cost, best = float(cost[taken]), (given_up, taken)
    return best


def _best_covering_swap(covered: Flags, held: Floats, weights: Floats, chosen: list[int]) -> tuple[int, int] | None:
    """As :func:`_best_swap`, for the weight that is covered."""
    import numpy as np

    mine = covered[:, chosen]
    times = mine.sum(axis=1)
    # What each other site would add to what is covered now; giving one up adds what only that one covered.
    fresh = (weights * (times == 0)) @ held
    best_gain, best = LEAST_GAIN * float(weights.sum()), None
    for given_up in range(len(chosen)):
        lost = np.where(mine[:, given_up] & (times == 1), weights, 0.0)
        gain = fresh + lost @ held - lost.sum()
        gain[chosen] = -np.inf
        taken = int(np.argmax(gain))
        if gain[taken] > best_gain:
            best_gain, best = float(gain[taken]), (given_up, taken)
    return best
