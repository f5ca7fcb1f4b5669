"""Chance that is the same everywhere: values pinned, shapes checked."""

from __future__ import annotations

import statistics
from itertools import pairwise

import pytest

from zz110_tui.drill.streams import Choices, Lognormal, Stream


def first(seed: int, *names: object) -> float:
    return Stream(seed, *names).uniform()


def test_a_stream_is_known_by_its_name() -> None:
    assert first(7, "call", 1) == first(7, "call", 1)
    values = {first(7, "call", n) for n in range(100)} | {first(8, "call", 1), first(7, "unit", 1)}
    assert len(values) == 102


def test_names_do_not_run_into_each_other() -> None:
    assert first(1, "ab", "c") != first(1, "a", "bc")
    assert first(1, "a", 12) != first(1, "a1", 2)


def test_a_name_may_be_any_text_that_a_source_gives() -> None:
    assert first(1, "x:\ud800") != first(1, "x:?")


def test_uniform_values_fill_their_span_and_never_reach_its_end() -> None:
    stream = Stream(5, "uniform")
    values = [stream.uniform() for _ in range(20_000)]
    assert 0 <= min(values) < 0.001
    assert 0.999 < max(values) < 1
    assert statistics.fmean(values) == pytest.approx(0.5, abs=0.01)
    assert statistics.variance(values) == pytest.approx(1 / 12, rel=0.03)
    # Neighbours know nothing of each other, also across the blocks of a hash.
    pairs = [(a - 0.5) * (b - 0.5) for a, b in pairwise(values)]
    assert statistics.fmean(pairs) == pytest.approx(0, abs=0.003)


def test_the_values_are_pinned_for_every_machine_and_python() -> None:
    """If this fails, every journal of a drill differs from what it was: say so in the change log."""
    stream = Stream(110, "pinned")
    assert [round(stream.uniform(), 9) for _ in range(2)] == [0.003496901, 0.227636498]
    assert round(stream.normal(), 9) == -1.175659333
    assert round(stream.gamma(2.5), 9) == 2.478167403
    assert stream.lognormal_ms(Lognormal(30, 0.5)) == 23_402
    assert stream.poisson(4.0) == 1


@pytest.mark.parametrize("shape", [0.3, 1.0, 4.2])
def test_gamma_has_its_mean_and_variance(shape: float) -> None:
    stream = Stream(1, "gamma")
    values = [stream.gamma(shape) for _ in range(20_000)]
    assert statistics.fmean(values) == pytest.approx(shape, rel=0.05)
    assert statistics.variance(values) == pytest.approx(shape, rel=0.1)


def test_normal_poisson_and_exponential_have_theirs() -> None:
    stream = Stream(2, "others")
    normal = [stream.normal() for _ in range(20_000)]
    assert statistics.fmean(normal) == pytest.approx(0, abs=0.03)
    assert statistics.stdev(normal) == pytest.approx(1, abs=0.03)
    counts = [stream.poisson(6.0) for _ in range(10_000)]
    assert statistics.fmean(counts) == pytest.approx(6, rel=0.02)
    assert statistics.variance(counts) == pytest.approx(6, rel=0.06)
    assert statistics.fmean(stream.exponential(3.0) for _ in range(20_000)) == pytest.approx(3, rel=0.03)


def test_durations_have_their_median_and_are_cut() -> None:
    stream = Stream(3, "durations")
    values = [stream.lognormal_ms(Lognormal(20, 0.8, 60)) for _ in range(5_000)]
    assert statistics.median(values) == pytest.approx(20_000, rel=0.05)
    assert max(values) == 60_000


def test_choices_go_by_weight_and_never_to_what_has_none() -> None:
    stream = Stream(4, "choices")
    picked = [stream.pick(Choices({"a": 3.0, "b": 1.0, "never": 0.0})) for _ in range(4_000)]
    assert set(picked) == {"a", "b"}
    assert picked.count("a") / len(picked) == pytest.approx(0.75, abs=0.03)
    assert Choices({"a": 1.0, "b": 1.0}).at(0.999999999) == "b"
    with pytest.raises(ValueError, match="nothing to choose from"):
        Choices({"a": 0.0})
