"""Travel times learned from trips: nothing from nothing, the truth from many, and something between from few."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.cities import zhangzhou
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.units import UnitKind
from zz110_tui.gis.city import load_city
from zz110_tui.gis.features import HOUR_BANDS, RoadClass, TravelRules
from zz110_tui.gis.learning import BANDS, NAMES, Drive, band_of, drive_of, expected_s, learn, trial
from zz110_tui.gis.packwrite import save_city
from zz110_tui.gis.timesfile import times_toml
from zz110_tui.gis.travel import TravelModel

PRIOR = zhangzhou().travel
TRUE = {
    "trunk": (0.9, 1.35, 1.1, 1.4, 1.0),
    "main": (0.95, 1.2, 1.05, 1.3, 1.0),
    "minor": (1.0, 1.0, 1.0, 1.0, 1.0),
    "lane": (0.8, 0.8, 0.85, 0.8, 0.8),
}
SCATTER = 0.2


@cache
def ways(count: int, seed: int = 5) -> tuple[Drive, ...]:
    """Ways on Zhangzhou's roads, in the time the pack expects."""
    rng = random.Random(seed)
    city = zhangzhou()
    travel = TravelModel(city.travel, city)
    spots = [spot.point for spot in city.demand.points] + [post.point for post in city.posts]
    found = []
    for number in range(count):
        a, b = rng.sample(spots, 2)
        hour = rng.randrange(24)
        found.append(drive_of(travel, str(number), a, b, UnitKind.PATROL_RESPONSE, hour, 1.0))
    return tuple(found)


def driven(count: int, true: Mapping[str, tuple[float, ...]], told: float = 1.0, seed: int = 5) -> list[Drive]:
    """Trips as they would be measured if the factors were these."""
    rng = random.Random(seed)
    trips = []
    for drive in ways(count, seed):
        band = band_of(drive.hour)
        roads = sum(part * true.get(name, (1.0,) * BANDS)[band] for name, part in zip(NAMES, drive.parts, strict=True))
        seconds = (PRIOR.turn_out_s * told + roads) * math.exp(SCATTER * rng.gauss(0, 1))
        trips.append(Drive(drive.key, drive.hour, drive.parts, seconds))
    return trips


def test_the_parts_of_a_drive_are_what_the_pack_expects_of_it() -> None:
    city = zhangzhou()
    travel = TravelModel(city.travel, city)
    rng = random.Random(2)
    for _ in range(50):
        a, b = rng.sample([spot.point for spot in city.demand.points], 2)
        drive = drive_of(travel, "x", a, b, UnitKind.TRAFFIC, 8, 100.0)
        assert sum(drive.parts) == pytest.approx(travel.drive_s(a, b, UnitKind.TRAFFIC, 8), rel=1e-6)


def test_from_nothing_nothing_is_learned() -> None:
    learned = learn([], PRIOR)
    assert learned.trips == 0
    assert learned.rules(PRIOR) is PRIOR
    assert {factor.factor for factor in learned.factors} == {1.0}
    assert {factor.name for factor in learned.factors} == set(RoadClass)
    assert trial([], PRIOR) is None


def test_known_factors_are_found_again() -> None:
    learned = learn(driven(6000, TRUE, told=1.2), PRIOR)
    found = {(factor.name, factor.band): factor for factor in learned.factors}
    both = [(found[name, HOUR_BANDS[i]], true) for name, row in TRUE.items() for i, true in enumerate(row)]
    assert all(factor.factor == pytest.approx(true, rel=0.08) for factor, true in both if factor.trips >= 100)
    assert sum(factor.trips >= 100 for factor, _ in both) >= 15
    held = sum(factor.low <= true <= factor.high for factor, true in both)
    assert held >= 0.9 * len(both), "the intervals hold what they promise"
    assert learned.turn_out.factor == pytest.approx(1.2, rel=0.1)
    assert learned.spread == pytest.approx(SCATTER, rel=0.05)


def test_what_was_learned_foretells_trips_that_were_held_out() -> None:
    held = trial(driven(1500, TRUE), PRIOR)
    assert held is not None
    assert held.change.high is not None
    assert held.change.high < 0, "better, and not by chance"
    same = trial(driven(1500, {}), PRIOR)
    assert same is not None
    assert same.change.mean == pytest.approx(0, abs=0.02 * same.before.mean), "nothing to learn, nothing lost"


@pytest.mark.parametrize("count", [1, 5, 20])
def test_few_trips_hardly_move_a_factor(count: int) -> None:
    slow = dict.fromkeys(NAMES, (1.5,) * BANDS)
    few, many = learn(driven(6000, slow)[:count], PRIOR), learn(driven(6000, slow), PRIOR)
    assert abs(math.log(few.overall.factor)) < abs(math.log(many.overall.factor))
    assert few.overall.high - few.overall.low > many.overall.high - many.overall.low
    assert many.overall.factor == pytest.approx(1.5, rel=0.06)


@given(st.integers(0, 40), st.integers(0, 2**32))
@settings(max_examples=25)
def test_a_factor_never_leaves_reason_and_its_interval_holds_it(count: int, seed: int) -> None:
    rng = random.Random(seed)
    wild = [
        Drive(str(i), rng.randrange(24), tuple(rng.choice((0.0, 1e-6, 50.0, 5e3)) for _ in NAMES), rng.uniform(0, 9e3))
        for i in range(count)
    ]
    learned = learn(wild, PRIOR)
    assert learned.trips + learned.left_out == count
    for factor in (learned.overall, learned.turn_out, *learned.factors):
        assert 0.05 < factor.low <= factor.factor <= factor.high < 20


def test_the_rules_that_come_of_it_expect_what_was_learned() -> None:
    city = zhangzhou()
    learned = learn(driven(3000, TRUE), PRIOR)
    rules = learned.rules(PRIOR)
    assert isinstance(rules, TravelRules)
    for drive in ways(40):
        band = band_of(drive.hour)
        by_class = dict(rules.road_hours)
        roads = sum(
            part * PRIOR.hour_factors[drive.hour] / by_class[RoadClass(name)][drive.hour]
            for name, part in zip(NAMES, drive.parts, strict=True)
            if part
        )
        assert rules.turn_out_s + roads == pytest.approx(expected_s(drive, PRIOR, learned), rel=1e-4), band
    assert city.travel is PRIOR


def test_what_was_learned_is_kept_in_the_pack_and_can_be_taken_out(tmp_path: Path) -> None:
    pack = tmp_path / "zz"
    save_city(zhangzhou(), pack)
    before = load_city(pack)
    learned = learn(driven(3000, TRUE), PRIOR)
    (pack / "times.toml").write_text(times_toml(learned, PRIOR, "a test"), encoding="utf-8")
    city = load_city(pack)
    assert city.travel == learned.rules(PRIOR)
    assert city.prior == before.travel
    assert city.pack_hash != before.pack_hash
    save_city(city, pack)
    assert load_city(pack).travel == city.travel, "saved again it is not applied twice"
    (pack / "times.toml").unlink()
    assert load_city(pack).travel == before.travel
    assert load_city(pack).pack_hash == before.pack_hash


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("format = 2", "format"),
        ("format = 1\n[factors]\nsky = [1, 1, 1, 1, 1]", "sky"),
        ("format = 1\n[factors]\nlane = [1, 1]", "lane"),
        ("format = 1\n[factors]\nlane = [1, 1, 1, 1, 0]", "lane"),
        ("format = 1\nspread = 'x'", "spread"),
        ("not toml", "times.toml"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, text: str, says: str) -> None:
    save_city(zhangzhou(), tmp_path / "zz")
    (tmp_path / "zz" / "times.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Trouble, match=says):
        load_city(tmp_path / "zz")
