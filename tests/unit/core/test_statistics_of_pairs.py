from __future__ import annotations

import pytest

from zz110_tui.core.statistics import interval_of, ratio_change, t_95


def quantile(freedom: int) -> float:
    """Student's, of the reference; its library is loaded where it is needed."""
    from scipy.stats import t as student

    return float(student.ppf(0.975, freedom))


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 5, 9, 19, 29, 200])
def test_students_t_is_that_of_a_reference(freedom: int) -> None:
    assert t_95(freedom) == pytest.approx(quantile(freedom), rel=0.002)


def test_an_interval_holds_its_mean() -> None:
    found = interval_of([1.0, 2.0, 3.0])
    assert found.mean == 2.0
    assert found.low == pytest.approx(2 - quantile(2) / 3**0.5, rel=1e-6)
    assert found.high == pytest.approx(2 + quantile(2) / 3**0.5, rel=1e-6)
    assert interval_of([4.0]).low is None


def test_a_change_is_of_the_totals_and_pairs_make_it_sharp() -> None:
    base = [100.0, 200.0, 300.0, 400.0]
    found = ratio_change(base, [80.0, 160.0, 240.0, 320.0])
    assert found.mean == pytest.approx(-0.2)
    assert found.low == pytest.approx(-0.2)
    assert found.high == pytest.approx(-0.2)
    loose = ratio_change(base, [100.0, 100.0, 300.0, 300.0])
    assert loose.low is not None
    assert loose.high is not None
    assert loose.low < loose.mean < loose.high


def test_what_is_no_comparison_is_an_error() -> None:
    for base, other in (([], []), ([1.0], [1.0, 2.0]), ([0.0, 0.0], [1.0, 1.0])):
        with pytest.raises(ValueError):
            ratio_change(base, other)
    with pytest.raises(ValueError):
        interval_of([])
