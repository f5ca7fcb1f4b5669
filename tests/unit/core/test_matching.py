"""Who goes where: as many as possible, the sum or the last arrival the least. Equal to other solvers."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zz110_tui.core.matching import least_last, least_total

INF = math.inf


def total(costs: list[list[float]], found: tuple[int | None, ...]) -> float:
    return sum(costs[i][j] for i, j in enumerate(found) if j is not None)


def last(costs: list[list[float]], found: tuple[int | None, ...]) -> float:
    return max((costs[i][j] for i, j in enumerate(found) if j is not None), default=0.0)


matrices = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.one_of(st.just(INF), st.integers(0, 50).map(float)), min_size=columns, max_size=columns),
        min_size=1,
        max_size=3,
    )
)


@pytest.mark.parametrize("seed", range(20))
def test_the_sum_is_that_of_scipy(seed: int) -> None:
    from scipy.optimize import linear_sum_assignment

    rng = np.random.default_rng(seed)
    costs = rng.uniform(0, 1000, size=(rng.integers(1, 25), rng.integers(1, 25)))
    found = least_total(costs.tolist())
    assert len({j for j in found if j is not None}) == min(costs.shape)
    rows, columns = linear_sum_assignment(costs)
    assert total(costs.tolist(), found) == pytest.approx(costs[rows, columns].sum())


@given(matrices)
def test_as_many_as_can_be_served_are_and_nobody_does_what_he_cannot(costs: list[list[float]]) -> None:
    found, best = least_total(costs), best_of(costs)
    served = [j for j in found if j is not None]
    assert len(served) == len(set(served)) == best[0]
    assert total(costs, found) == pytest.approx(best[1])


@given(matrices)
def test_the_last_arrival_is_the_least_there_is_and_the_rest_is_not_wasted(costs: list[list[float]]) -> None:
    found, best = least_last(costs), best_of(costs, bottleneck=True)
    served = [j for j in found if j is not None]
    assert len(served) == len(set(served)) == best[0]
    assert last(costs, found) == best[1]
    within = [[cost if cost <= best[1] else INF for cost in row] for row in costs]
    assert total(costs, found) == pytest.approx(best_of(within)[1])


@pytest.mark.parametrize("seed", range(10))
def test_a_ring_is_as_quick_as_a_bisection_over_a_known_matching(seed: int) -> None:
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import maximum_bipartite_matching

    rng = np.random.default_rng(100 + seed)
    times = rng.uniform(30, 900, size=(rng.integers(2, 12), rng.integers(12, 40)))
    wanted = next(
        limit
        for limit in np.sort(times.ravel())
        if (maximum_bipartite_matching(csr_matrix(times <= limit), perm_type="column") >= 0).sum() == len(times)
    )
    assert last(times.tolist(), least_last(times.tolist())) == wanted


def test_nothing_to_do_and_nobody_to_do_it() -> None:
    assert least_total([]) == ()
    assert least_total([[], []]) == (None, None)
    assert least_last([[INF], [INF]]) == (None, None)
    assert least_last([]) == ()
    with pytest.raises(ValueError, match="length"):
        least_total([[1.0], [1.0, 2.0]])
    with pytest.raises(ValueError, match="not a number"):
        least_total([[math.nan]])


def best_of(costs: list[list[float]], *, bottleneck: bool = False) -> tuple[int, float]:
    """Every way tried out: how many can be served, and the least sum (or the least last) of those."""
    rows, columns = len(costs), len(costs[0])
    best = (0, 0.0)
    for order in permutations(list(range(columns)) + [-1] * rows, rows):
        chosen = [costs[i][j] for i, j in enumerate(order) if j >= 0]
        if INF in chosen:
            continue
        value = (max(chosen, default=0.0)) if bottleneck else sum(chosen)
        if len(chosen) > best[0] or (len(chosen) == best[0] and value < best[1]):
            best = len(chosen), value
    return best
