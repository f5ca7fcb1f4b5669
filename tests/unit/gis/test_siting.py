"""Posts beside the optimum an exact solver finds, on random instances of the size of a district."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_diag, coo_matrix, csr_matrix, eye, hstack, vstack

from zz110_tui.gis.siting import covering_sites, nearest_sites

Floats = NDArray[np.float64]
ROUNDS = 20


def instance(seed: int) -> tuple[Floats, Floats, int]:
    """Sixty places in clusters with their weights, forty sites, and how many may be chosen: away[i, j] in metres."""
    rng = np.random.default_rng(seed)
    towns = rng.uniform(0, 6000, size=(6, 2))
    places = towns[rng.integers(0, 6, 60)] + rng.normal(0, 700, size=(60, 2))
    sites = rng.uniform(-500, 6500, size=(40, 2))
    # Ways are longer than the straight line, each by its own factor: no metric to lean on.
    away = np.hypot(*(places[:, None, :] - sites[None, :, :]).transpose(2, 0, 1)) * rng.uniform(1.1, 1.7, (60, 40))
    return away, rng.pareto(1.5, 60) + 0.2, int(rng.integers(4, 10))


def most_covered(covered: NDArray[np.bool_], weights: Floats, count: int) -> float:
    """The optimum of the maximal covering problem: y_i ≤ sum of x_j that cover i, sum of x = count."""
    places, sites = covered.shape
    rows = hstack([csr_matrix(-covered.astype(float)), eye(places)])
    number = hstack([csr_matrix(np.ones((1, sites))), csr_matrix((1, places))])
    found = milp(
        np.concatenate([np.zeros(sites), -weights]),
        constraints=[LinearConstraint(rows, -np.inf, 0), LinearConstraint(number, count, count)],
        integrality=np.concatenate([np.ones(sites), np.zeros(places)]),
        bounds=Bounds(0, 1),
    )
    assert found.success
    return -float(found.fun)


def least_away(away: Floats, weights: Floats, count: int) -> float:
    """The optimum of the p-median: each place goes to one chosen site."""
    places, sites = away.shape
    once = block_diag([np.ones((1, sites))] * places)
    only_chosen = hstack([eye(places * sites), vstack([-eye(sites)] * places)])
    number = coo_matrix((np.ones(sites), (np.zeros(sites, int), places * sites + np.arange(sites))))
    found = milp(
        np.concatenate([(weights[:, None] * away).ravel(), np.zeros(sites)]),
        constraints=[
            LinearConstraint(hstack([once, csr_matrix((places, sites))]), 1, 1),
            LinearConstraint(only_chosen, -np.inf, 0),
            LinearConstraint(number, count, count),
        ],
        integrality=np.concatenate([np.zeros(places * sites), np.ones(sites)]),
        bounds=Bounds(0, 1),
    )
    assert found.success
    return float(found.fun)


@pytest.mark.parametrize("seed", range(20))
def test_cover_is_within_one_per_cent_of_the_optimum(seed: int) -> None:
    away, weights, count = instance(seed)
    covered = away <= np.quantile(away, 0.12)
    chosen = covering_sites(covered, weights, count, rounds=ROUNDS)
    assert len(set(chosen)) == count
    found = float(weights @ covered[:, chosen].any(axis=1))
    best = most_covered(covered, weights, count)
    assert best * 0.99 <= found <= best * (1 + 1e-9)


@pytest.mark.parametrize("seed", range(20))
def test_the_mean_way_is_within_one_per_cent_of_the_optimum(seed: int) -> None:
    away, weights, count = instance(seed)
    chosen = nearest_sites(away, weights, count, rounds=ROUNDS)
    assert len(set(chosen)) == count
    found = float(weights @ away[:, chosen].min(axis=1))
    best = least_away(away, weights, count)
    assert best * (1 - 1e-9) <= found <= best * 1.01


def test_the_same_seed_gives_the_same_sites_and_more_rounds_never_a_worse_choice() -> None:
    away, weights, count = instance(7)
    for rounds in (0, 5, 20):
        assert nearest_sites(away, weights, count, rounds=rounds, seed=3) == nearest_sites(
            away, weights, count, rounds=rounds, seed=3
        )
    costs = [
        float(weights @ away[:, nearest_sites(away, weights, count, rounds=rounds)].min(axis=1))
        for rounds in (0, 5, 20)
    ]
    assert costs == sorted(costs, reverse=True)


def test_every_site_may_be_chosen_and_no_more() -> None:
    away, weights, _ = instance(1)
    assert sorted(nearest_sites(away, weights, 40, rounds=3)) == list(range(40))
    assert sorted(covering_sites(away < 900, weights, 40, rounds=3)) == list(range(40))
    for wrong in (0, 41):
        with pytest.raises(ValueError, match="cannot choose"):
            covering_sites(away < 900, weights, wrong)
