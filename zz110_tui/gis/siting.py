"""Where units should wait: the p-median, by a greedy start and the best single swaps (Teitz and Bart 1968).

Only the pack tools come here (numpy). The mean weighted distance of calls to their nearest post is what is made small;
on the graphs of performance.md this is within 0.7 % of the optimum, and it beats siting by five-minute coverage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAST_GAIN = 1e-9


def p_median(places: Floats, weights: Floats, sites: Floats, count: int) -> list[int]:
    """Numbers of the chosen sites, in the order of their greedy choice and later swaps.

    ``places`` and ``sites`` are arrays of x and y in metres, ``weights`` one number for each place. Raises ValueError
    when there are fewer sites than asked for.
    """
    import numpy as np

    if count < 1 or count > len(sites):
        raise ValueError(f"cannot choose {count} of {len(sites)} sites")
    away = np.hypot(places[:, 0, None] - sites[None, :, 0], places[:, 1, None] - sites[None, :, 1])
    chosen: list[int] = []
    nearest = np.full(len(places), np.inf)
    for _ in range(count):
        cost = weights @ np.minimum(nearest[:, None], away)
        cost[chosen] = np.inf
        best = int(np.argmin(cost))
        chosen.append(best)
        nearest = np.minimum(nearest, away[:, best])
    while swap := _best_swap(away, weights, chosen):
        chosen[swap[0]] = swap[1]
    return chosen


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
