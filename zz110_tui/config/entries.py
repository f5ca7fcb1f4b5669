"""One entry of a rulebook's file, taken apart: its keys, words, lists, and the turn-outs of a plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from zz110_tui.config.problems import both, shown
from zz110_tui.core.rulebook import Category, TurnOut, Words
from zz110_tui.core.units import UnitKind

MOST_UNITS = 20
"""More units of one kind in one turn-out are a slip of the finger."""

ANY = "any"
CATEGORIES = tuple(category.value for category in Category)
KINDS = (ANY, *(kind.value for kind in UnitKind))
TURNS = ("first", "second", "third")
Entry = Mapping[str, Any]


class BadEntry(Exception):
    """Why an entry cannot be used: the key in it, the cause, the remedy."""

    def __init__(self, key: str, cause: str, remedy: str) -> None:
        super().__init__(key, cause, remedy)
        self.key, self.cause, self.remedy = key, cause, remedy


def known_keys(entry: Entry, known: Collection[str]) -> None:
    for key in entry:
        if key not in known:
            raise BadEntry(key, *unknown(key, sorted(known)))


def unknown(key: str, known: Collection[str]) -> tuple[str, str]:
    import difflib

    near = difflib.get_close_matches(key, list(known), 1)
    return both("没有这个键", "is not a key here"), both("是否为", "perhaps") + f" {near[0]}" if near else one_of(known)


def one_of(values: Collection[str]) -> str:
    return both("可用", "use one of") + ": " + ", ".join(values)


def words_of(entry: Entry) -> Words:
    for key in ("zh", "en"):
        value = entry.get(key)
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            cause = both(f"是 {shown(value)}", f"is {shown(value)}")
            raise BadEntry(key, cause, both("写出名称，一行文字", "write the name, one line of text"))
    return Words(entry["zh"], entry["en"])


def list_of(entry: Entry, key: str) -> tuple[str, ...]:
    """Single words, as one text with blanks between them or as an array."""
    value = entry.get(key, "")
    if isinstance(value, str) and (value.isprintable() or not value):
        return tuple(value.split())
    if isinstance(value, list) and all(isinstance(word, str) and word and word.isprintable() for word in value):
        return tuple(value)
    cause = both(f"是 {shown(value)}", f"is {shown(value)}")
    raise BadEntry(key, cause, both("写成 '词 词 词'", "write 'word word word'"))


def turn_out(entry: Entry, turn: str) -> tuple[TurnOut, ...]:
    plan = entry.get(turn, {})
    if not isinstance(plan, dict):
        raise BadEntry(turn, both("不是表", "is not a table"), both("写成 { any = 2 }", "write { any = 2 }"))
    made = []
    for name, count in plan.items():
        kind, colon, crew = name.partition(":")
        if colon and not (crew.isascii() and crew.isdigit() and 1 <= int(crew) <= MOST_UNITS):
            cause = both(f"{shown(name)} 的人数", f"the crew in {shown(name)}")
            raise BadEntry(turn, cause, both('写成 "assault_squad:8" = 1', 'write "assault_squad:8" = 1'))
        if kind not in KINDS:
            cause = both(f"没有警力种类 {shown(kind)}", f"there is no unit kind {shown(kind)}")
            raise BadEntry(turn, cause, one_of(KINDS))
        if type(count) is not int or not 1 <= count <= MOST_UNITS:
            cause = both(f"{kind} 的数量是 {shown(count)}", f"the count of {kind} is {shown(count)}")
            raise BadEntry(turn, cause, both(f"写 1 到 {MOST_UNITS}", f"write 1 to {MOST_UNITS}"))
        made.append(TurnOut(count, None if kind == ANY else UnitKind(kind), int(crew or 0)))
    return tuple(made)
