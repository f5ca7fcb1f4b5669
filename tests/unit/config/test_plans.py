"""Plans by type, priority, grid and hour: when one holds, and what is wrong with an entry."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.scenes import rulebook
from zz110_tui.config.bundled import bundled
from zz110_tui.config.entries import BadEntry
from zz110_tui.config.plans import plan_rule
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.core.rulebook import PlanRule, Rulebook, TurnOut
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.units import UnitKind


def rule(**entry: Any) -> PlanRule:
    filled = {"zh": "预案", "en": "plan", "first": {"any": 1}, **entry}
    return plan_rule("p", filled, rulebook().types)


def with_rules(*rules: PlanRule) -> Rulebook:
    return replace(rulebook(), plans=rules)


def test_a_turn_out_names_kinds_numbers_and_crews() -> None:
    plan = rule(
        first={"any": 2, "assault_squad:8": 1},
        second={"plain_clothes": 1, "mobile_reserve": 2},
        third={"swat": 1},
    ).plan
    assert set(plan.first) == {TurnOut(2), TurnOut(1, UnitKind.ASSAULT_SQUAD, 8)}
    assert set(plan.second) == {TurnOut(1, UnitKind.PLAIN_CLOTHES), TurnOut(2, UnitKind.MOBILE_RESERVE)}
    assert plan.third == (TurnOut(1, UnitKind.SWAT),)


@pytest.mark.parametrize(
    ("hours", "within", "without"),
    [("22-6", (22, 23, 0, 5), (6, 12, 21)), ("8-20", (8, 19), (7, 20, 0)), ("0-24", (0, 12, 23), ())],
)
def test_hours_are_from_the_first_until_before_the_last_also_over_midnight(
    hours: str, within: tuple[int, ...], without: tuple[int, ...]
) -> None:
    found = rule(hours=hours).hours
    assert set(within) <= found
    assert not set(without) & found


def test_every_condition_has_to_hold_and_one_left_out_always_does() -> None:
    named = rule(types="robbery", priority=[1, 2], grids="G01 G02", hours="22-6", first={"any": 3})
    rules = with_rules(named)
    three = (TurnOut(3),)
    assert rules.plan_for("robbery", 1, "G01", 23).first == three
    for other in (
        ("theft", 1, "G01", 23),
        ("robbery", 3, "G01", 23),
        ("robbery", 1, "G09", 23),
        ("robbery", 1, "G01", 9),
    ):
        assert rules.plan_for(*other).first != three, other
    always = with_rules(rule(first={"any": 3}))
    assert always.plan_for("theft", 4, "", 12).first == three


def test_a_class_stands_for_its_types_and_the_first_plan_that_holds_counts() -> None:
    rules = with_rules(rule(types="criminal", first={"any": 2}), rule(types="robbery", first={"any": 5}))
    assert rules.plan_for("robbery", 1, "", 12).first == (TurnOut(2),)
    swapped = with_rules(rule(types="robbery", first={"any": 5}), rule(types="criminal", first={"any": 2}))
    assert swapped.plan_for("robbery", 1, "", 12).first == (TurnOut(5),)


def test_where_no_plan_holds_the_types_own_counts() -> None:
    rules = with_rules(rule(types="robbery", first={"any": 5}))
    theft = rules.types["theft"]
    assert rules.plan_for("theft", 3, "", 12) == theft.plan


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ({"types": "burglary_of_castles"}, "types"),
        ({"priority": 5}, "priority"),
        ({"priority": [0]}, "priority"),
        ({"priority": True}, "priority"),
        ({"hours": "22"}, "hours"),
        ({"hours": "25-3"}, "hours"),
        ({"first": {}}, "first"),
        ({"first": {"tank": 1}}, "first"),
        ({"first": {"any": 0}}, "first"),
        ({"third": {"assault_squad:many": 1}}, "third"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_is_named_with_its_key(entry: dict[str, Any], key: str) -> None:
    with pytest.raises(BadEntry) as wrong:
        rule(**entry)
    assert wrong.value.key == key


def test_a_wrong_plan_is_named_with_file_and_line(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(bundled("rulebook"), tmp_path / "rulebook"))
    plans = folder / "plans.toml"
    text = plans.read_text(encoding="utf-8")
    plans.write_text(
        text + "\n[mine]\nzh = '我'\nen = 'mine'\nhours = 'night'\nfirst = { any = 1 }\n", encoding="utf-8"
    )
    with pytest.raises(Trouble, match=rf"plans\.toml:{text.count(chr(10)) + 5}"):
        load_rulebook(folder)
