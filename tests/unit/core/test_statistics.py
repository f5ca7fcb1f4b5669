"""Spreads, rates and bands: the arithmetic under every figure."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zz110_tui.core.statistics import Rate, bands_of, quantile, rate_of, spread_of


def test_a_spread_is_in_seconds() -> None:
    spread = spread_of([4_000, 1_000, 3_000, 2_000])
    assert (spread.count, spread.mean, spread.median, spread.longest) == (4, 2.5, 2.5, 4.0)


def test_nothing_has_no_spread_and_no_rate() -> None:
    assert spread_of([]).mean is None
    assert rate_of(0, 0) == Rate(0, 0, None, None, None)


@pytest.mark.parametrize(("share", "value"), [(0, 10), (0.5, 25), (1, 40), (0.9, 37)])
def test_a_quantile_lies_straight_between_its_neighbours(share: float, value: float) -> None:
    assert quantile([10, 20, 30, 40], share) == pytest.approx(value)


def test_a_quantile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no values"):
        quantile([], 0.5)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # Checked by hand against Wilson's formula; Newcombe (1998) gives 81/263 and 15/148.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (20, 20, 0.8389, 1.0)],
)
def test_wilsons_interval(hits: int, of: int, low: float, high: float) -> None:
    rate = rate_of(hits, of)
    assert rate.low == pytest.approx(low, abs=5e-5)
    assert rate.high == pytest.approx(high, abs=5e-5)


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_share_lies_inside_its_interval_and_that_inside_0_to_1(hits: int, of: int) -> None:
    rate = rate_of(min(hits, of), of)
    assert rate.share is not None
    assert rate.low is not None
    assert rate.high is not None
    assert 0 <= rate.low <= rate.share <= rate.high <= 1


def test_an_edge_belongs_to_the_band_below_it() -> None:
    bands = bands_of([0, 30_000, 30_001, 60_000, 999_000], (30, 60))
    assert bands.counts == (2, 2, 1)
    assert bands.shares == (0.4, 0.4, 0.2)


@given(st.lists(st.integers(0, 10**7)))
def test_every_duration_is_in_one_band(values: list[int]) -> None:
    bands = bands_of(values, (30, 60, 120, 180))
    assert sum(bands.counts) == len(values)
    assert not values or math.isclose(sum(bands.shares), 1, abs_tol=1e-5)
