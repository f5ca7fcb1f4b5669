"""Plans by type, priority, grid and hour (分级布警预案): one entry of ``plans.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from zz110_tui.config.entries import CATEGORIES, TURNS, BadEntry, Entry, known_keys, list_of, turn_out, words_of
from zz110_tui.config.problems import both, shown
from zz110_tui.core.incidents import LOWEST_PRIORITY
from zz110_tui.core.rulebook import IncidentType, PlanRule, ResponsePlan

_PLAN_KEYS = {"zh", "en", "types", "priority", "grids", "hours", *TURNS}
_HOURS = re.compile(r"([01]?\d|2[0-4])-([01]?\d|2[0-4])")


def plan_rule(code: str, entry: Entry, types: Mapping[str, IncidentType]) -> PlanRule:
    """A plan rule from its entry. Raises BadEntry that says what is wrong."""
    known_keys(entry, _PLAN_KEYS)
    named = list_of(entry, "types")
    for name in named:
        if name not in types and name not in CATEGORIES:
            cause = both(f"没有类别 {shown(name)}", f"there is no type {shown(name)}")
            raise BadEntry("types", cause, both("写 types.toml 中的类别或大类", "name a type or a class"))
    priorities = entry.get("priority", [])
    priorities = [priorities] if type(priorities) is int else priorities
    if not isinstance(priorities, list) or any(type(p) is not int or not 1 <= p <= LOWEST_PRIORITY for p in priorities):
        cause = both(f"是 {shown(priorities)}", f"is {shown(priorities)}")
        raise BadEntry("priority", cause, both("写 1 到 4，或 [1, 2]", "write 1 to 4, or [1, 2]"))
    turns = [turn_out(entry, turn) for turn in TURNS]
    if not turns[0]:
        cause = both("没有第一梯次", "there is no first turn-out")
        raise BadEntry("first", cause, both("写 first = { any = 1 }", "write first = { any = 1 }"))
    plan = ResponsePlan(turns[0], turns[1], turns[2])
    grids = frozenset(list_of(entry, "grids"))
    return PlanRule(code, words_of(entry), plan, frozenset(named), frozenset(priorities), grids, _hours(entry))


def _hours(entry: Entry) -> frozenset[int]:
    """``22-6``: from 22:00 until before 06:00."""
    text = entry.get("hours", "")
    if not text:
        return frozenset()
    found = _HOURS.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        cause = both(f"是 {shown(text)}", f"is {shown(text)}")
        raise BadEntry("hours", cause, both("写成 '22-6'", "write '22-6'"))
    first, last = int(found[1]), int(found[2])
    span = (last - first) % 24 or 24
    return frozenset((first + hour) % 24 for hour in range(span))
