"""Drawn calls: as many, as bursty, of those classes and in those places as the city's profile says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest

from tests.support.scenes import city, rulebook
from zz110_tui.core.places import distance_m
from zz110_tui.drill.demand import DAY_MS, HOUR_MS, NEAR_M, Contact, Demand, Intent, dispersion
from zz110_tui.drill.profile import Chances, load_profile
from zz110_tui.drill.simulation import SHIFT_START, midnight
from zz110_tui.gis.city import City

DAYS = 120


def demand(seed: int = 1, load: float = 1.0, where: City | None = None) -> Demand:
    return Demand(where or city(), Chances(load_profile(), rulebook()), seed, load)


@cache
def long_shift() -> tuple[Contact, ...]:
    return tuple(demand().contacts(midnight(city(), SHIFT_START), DAYS))


def slips() -> list[Contact]:
    return [contact for contact in long_shift() if contact.intent is Intent.SLIP]


def hours(of: Demand, days: int) -> tuple[list[int], list[float]]:
    start = midnight(city(), SHIFT_START)
    each = range(start, start + days * DAY_MS, HOUR_MS)
    return [len(of.slips_in(hour)) for hour in each], [of.expected(hour) for hour in each]


def test_as_many_calls_a_day_as_the_profile_says() -> None:
    per_day = len(slips()) / DAYS
    assert per_day == pytest.approx(city().demand.calls_per_day, rel=0.03)


def test_calls_are_bursty_not_only_poisson() -> None:
    counts, expected = hours(demand(), 365)
    assert 2.2 <= dispersion(counts, expected) <= 2.7


@pytest.mark.parametrize("load", [0.5, 3.0])
def test_a_heavier_load_has_more_calls_of_the_same_burstiness(load: float) -> None:
    counts, expected = hours(demand(load=load), 200)
    assert sum(counts) == pytest.approx(load * 143.33 * 200, rel=0.04)
    assert 2.1 <= dispersion(counts, expected) <= 2.8


def test_a_profile_without_bursts_is_poisson() -> None:
    calm = replace(city(), demand=replace(city().demand, dispersion=1.0))
    counts, expected = hours(demand(where=calm), 200)
    assert dispersion(counts, expected) == pytest.approx(1.0, abs=0.1)


def test_every_hour_of_the_day_has_its_share() -> None:
    counts, expected = hours(demand(), 365)
    by_hour = [sum(counts[hour::24]) / sum(expected[hour::24]) for hour in range(24)]
    assert min(by_hour) > 0.85
    assert max(by_hour) < 1.15


def shares(values: Sequence[str]) -> dict[str, float]:
    return {value: count / len(values) for value, count in Counter(values).items()}


def test_classes_come_as_in_the_calibration_table() -> None:
    found = shares([contact.category.value for contact in slips()])
    table = {"criminal": 990, "public_order": 2_888, "dispute_help": 15_812, "other": 1_809}
    for name, count in table.items():
        assert found[name] == pytest.approx(count / 21_499, abs=0.012)


def test_places_come_by_grid_as_the_profile_weighs_them() -> None:
    found = shares([grid.id for c in slips() if c.point is not None and (grid := city().grid_at(c.point)) is not None])
    for name, weight in city().demand.grid_weights().items():
        assert found.get(name, 0) == pytest.approx(weight, abs=0.035)


def test_every_drawn_call_lies_in_the_city_and_has_words_for_its_place() -> None:
    assert all(c.point is not None and city().outline.holds(c.point) for c in slips())
    assert all(c.place.strip() for c in long_shift())


def test_other_contacts_come_with_their_shares() -> None:
    found, extra, many = Counter(c.intent for c in long_shift()), load_profile().extra, len(slips())
    for intent in (Intent.LINKED, Intent.ADVISED, Intent.INVALID, Intent.NUISANCE, Intent.ABANDONED):
        assert found[intent] / many == pytest.approx(getattr(extra, intent.value), abs=0.006)


def test_a_second_caller_calls_later_from_beside_the_first() -> None:
    by_key = {contact.key: contact for contact in long_shift()}
    seconds = [contact for contact in long_shift() if contact.intent is Intent.LINKED]
    assert seconds
    for second in seconds:
        first = by_key[second.about]
        assert second.at >= first.at
        assert second.type == first.type
        assert first.point is not None
        assert second.point is not None
        assert distance_m(first.point, second.point) <= NEAR_M


def test_calls_come_in_order_of_time_each_with_a_key_of_its_own() -> None:
    times = [contact.at for contact in long_shift()]
    assert times == sorted(times)
    assert len({contact.key for contact in long_shift()}) == len(times)


def test_the_same_seed_draws_the_same_and_another_one_another() -> None:
    start = midnight(city(), SHIFT_START)
    assert list(demand(5).contacts(start, 2)) == list(demand(5).contacts(start, 2))
    assert list(demand(5).contacts(start, 2)) != list(demand(6).contacts(start, 2))
    assert list(demand(5).contacts(start, 2)) == [c for c in demand(5).contacts(start, 3) if c.at < start + 2 * DAY_MS]
