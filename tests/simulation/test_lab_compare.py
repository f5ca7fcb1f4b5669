"""The laboratory's tables: the same on one process and on two, paired, and honest about what was broken off."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.support.scenes import city, rulebook
from zz110_tui.config.bundled import bundled
from zz110_tui.core.trouble import Trouble
from zz110_tui.drill.lab.compare import Comparison, Experiment, compare, policy_named, seed_of
from zz110_tui.drill.lab.fleet import fleet
from zz110_tui.drill.lab.policies import Policy, closest
from zz110_tui.drill.world import travel_in

PACK = Path(bundled("cities", "zhangzhou"))
MINE = Policy("mine", "本组", "ours", closest)
"""Somebody else's policy, outside the package."""

SMALL = Experiment(PACK, ("closest", "fill-in", f"{__name__}:MINE"), loads=(1.0, 2.0), units=(0, 10), reps=2, days=1)


@cache
def table() -> Comparison:
    return compare(SMALL, rulebook(), jobs=1)


def test_one_process_and_two_give_the_same_table() -> None:
    assert table() == compare(SMALL, rulebook(), jobs=2)


def test_a_policy_that_does_the_same_makes_no_difference_at_all() -> None:
    found = table()
    ours = [row for row in found.rows if row.policy.endswith("MINE")]
    assert len(ours) == 4
    for row in ours:
        assert row.fewer_late is not None
        assert {change.mean for change in row.fewer_late.values()} == {0.0}


def test_lost_positions_cost_time_and_leave_no_call_without_a_unit() -> None:
    found = compare(Experiment(PACK, ("closest", "lost-30"), reps=3, days=4), rulebook(), jobs=1)
    known, lost = found.rows
    assert lost.arrivals == pytest.approx(known.arrivals, rel=0.002)
    assert lost.mean_s.mean > known.mean_s.mean + 1
    assert lost.fewer_late is not None
    assert lost.fewer_late["received", 300].mean > 0


def test_more_calls_and_fewer_units_make_more_of_them_late() -> None:
    found = table()
    on_time = {(r.load, r.units): r.on_time["received", 300].mean for r in found.rows if r.policy == "closest"}
    assert on_time[1.0, 0] > on_time[2.0, 0] > on_time[2.0, 10]


def test_what_is_broken_off_says_so_and_keeps_what_is_finished() -> None:
    looks = iter([False, False, True])
    found = compare(SMALL, rulebook(), jobs=1, stop=lambda: next(looks, True))
    assert (found.complete, found.reps) == (False, 1)
    assert len(found.rows) == 12


def test_seeds_for_tuning_and_for_testing_never_meet() -> None:
    test = {seed_of(Experiment(PACK, ("closest",), seed=s), r) for s in range(20) for r in range(50)}
    tune = {seed_of(Experiment(PACK, ("closest",), seed=s, tuning=True), r) for s in range(20) for r in range(50)}
    assert len(test) == len(tune) == 1000
    assert not test & tune


@pytest.mark.parametrize("name", ["nosuch", "no.such.module:X", f"{__name__}:nothing", f"{__name__}:PACK"])
def test_a_policy_that_is_not_there_is_refused_with_what_there_is(name: str) -> None:
    with pytest.raises(Trouble, match="策略"):
        policy_named(name)


def test_fewer_units_are_those_whose_posts_matter_most() -> None:
    town = city()
    everybody = fleet(town, travel_in(town), 0, second_line=False)
    ten = fleet(town, travel_in(town), 10, second_line=False)
    assert len(ten) == 10
    assert set(ten) < set(everybody)
    assert set(fleet(town, travel_in(town), 9, second_line=False)) < set(ten)


def test_the_policy_that_the_manual_shows_can_be_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example of docs/lab.md as somebody would write it, in a module of his own."""
    manual = (Path(__file__).parents[2] / "docs" / "lab.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", manual, re.DOTALL)
    (tmp_path / "mine.py").write_text(code, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    (name,) = set(re.findall(r"--policy (mine:\w+)", manual))
    found = compare(replace(SMALL, policies=("closest", name), loads=(1.0,), units=(0,)), rulebook(), jobs=1)
    base, ours = found.rows
    assert ours.policy == name
    assert ours.busy > 1.3 * base.busy, "it sends two where one was enough"
