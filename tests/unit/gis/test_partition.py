"""Regions in one piece and of like weight, posts that are near, weeks that are learned."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zz110_tui.gis.hull import connected, ground
from zz110_tui.gis.partition import divide
from zz110_tui.gis.profile import learn_week, local_hours
from zz110_tui.gis.siting import p_median

HOUR = 3_600_000
CELLS = st.sets(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=8, max_size=120)


@given(CELLS, st.integers(1, 6), st.integers(0, 5))
@settings(max_examples=60)
def test_regions_cover_everything_once_and_each_hangs_together(
    cells: set[tuple[int, int]], count: int, seed: int
) -> None:
    whole = max(connected(cells), key=len)
    if len(whole) < count:
        with pytest.raises(ValueError, match="cannot make"):
            divide(dict.fromkeys(whole, 1.0), count, seed)
        return
    parts = divide({cell: 1.0 + cell[0] for cell in sorted(whole)}, count, seed)
    assert len(parts) == count
    assert sum(len(part) for part in parts) == len(whole)
    assert set().union(*parts) == whole
    assert all(len(connected(part)) == 1 for part in parts)


def test_a_lopsided_load_is_divided_evenly() -> None:
    weights = {(i, j): 20.0 if i < 6 and j < 6 else 1.0 for i in range(30) for j in range(20)}
    parts = divide(weights, 8, 1)
    loads = [sum(weights[cell] for cell in part) for part in parts]
    assert max(loads) / (sum(loads) / 8) < 1.15
    assert min(loads) / (sum(loads) / 8) > 0.85


def test_the_same_seed_gives_the_same_regions() -> None:
    weights = {(i, j): 1.0 + (i * j) % 7 for i in range(15) for j in range(15)}
    assert divide(weights, 5, 4) == divide(weights, 5, 4)


@given(CELLS)
def test_ground_is_one_piece_without_holes(cells: set[tuple[int, int]]) -> None:
    found = ground(dict.fromkeys(sorted(cells), 10))
    assert len(connected(found)) == 1
    i, j = [cell[0] for cell in found], [cell[1] for cell in found]
    outside = {(x, y) for x in range(min(i) - 1, max(i) + 2) for y in range(min(j) - 1, max(j) + 2)} - found
    assert len(connected(outside)) == 1


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=6, max_size=9, unique=True), st.integers(1, 3)
)
@settings(max_examples=40)
def test_posts_are_near_the_best_there_is(places: list[tuple[int, int]], count: int) -> None:
    """Against trying every choice: single swaps end within a few percent of it, and mostly on it."""
    spots = np.array(places, dtype=float)
    weights = np.ones(len(spots))

    def cost(chosen: tuple[int, ...]) -> float:
        return sum(min(math.dist(spot, spots[i]) for i in chosen) for spot in spots)

    best = min(cost(chosen) for chosen in itertools.combinations(range(len(spots)), count))
    found = p_median(spots, weights, spots, count)
    assert len(set(found)) == count
    assert cost(tuple(found)) <= best * 1.25 + 1e-9


def test_no_swap_is_left_that_helps() -> None:
    rng = np.random.Generator(np.random.PCG64(5))
    spots, weights = rng.random((60, 2)) * 1000, rng.random(60)
    away = np.hypot(*(spots[:, None, :] - spots[None, :, :]).transpose(2, 0, 1))
    chosen = p_median(spots, weights, spots, 6)
    cost = float(weights @ away[:, chosen].min(axis=1))
    for i, other in itertools.product(range(6), range(60)):
        swapped = [*chosen[:i], other, *chosen[i + 1 :]]
        assert float(weights @ away[:, swapped].min(axis=1)) >= cost * (1 - 1e-6)


def test_more_posts_than_sites_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot choose"):
        p_median(np.zeros((3, 2)), np.ones(3), np.zeros((3, 2)), 4)


def test_hours_are_those_of_the_local_clock() -> None:
    """Summer time: noon in Seattle is 19:00 UTC in July and 20:00 UTC in January."""
    july, january = 1_435_777_200_000, 1_420_142_400_000  # 2015-07-01 19:00 UTC, 2015-01-01 20:00 UTC
    hours = local_hours(np.array([july, january], dtype=np.int64), "America/Los_Angeles")
    assert list(hours % 24) == [12, 12]


def test_half_hours_of_a_zone_count_to_the_right_hour() -> None:
    (hour,) = local_hours(np.array([45 * 60_000], dtype=np.int64), "Asia/Kolkata") % 24
    assert hour == 6  # 00:45 UTC is 06:15 in India


def test_bursts_show_as_dispersion() -> None:
    rng = np.random.Generator(np.random.PCG64(8))
    counts = rng.negative_binomial(6 / 1.4, 1 / 2.4, size=24 * 120)  # mean 6, variance 2.4 times that
    hours = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    per_day, week, dispersion = learn_week(hours)
    assert per_day == pytest.approx(144, rel=0.05)
    assert sum(week) == pytest.approx(168)
    assert dispersion == pytest.approx(2.4, abs=0.25)


def test_a_few_days_make_no_week() -> None:
    _, week, dispersion = learn_week(np.repeat(np.arange(72, dtype=np.int64), 5))
    assert week == pytest.approx([1.0] * 168)
    assert dispersion == 1
