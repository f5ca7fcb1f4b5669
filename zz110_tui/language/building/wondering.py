"""The line that asks "what if": which two alternatives it means."""

from __future__ import annotations

from zz110_tui.core.incidents import Incident
from zz110_tui.core.places import Point
from zz110_tui.core.whatif import Option
from zz110_tui.language.ask import Ask
from zz110_tui.language.building.covering import placed
from zz110_tui.language.building.sending import recommended
from zz110_tui.language.parsed import WhatIf
from zz110_tui.language.recommending import candidates, ground_of

Units = tuple[str, ...]


def what_if(ask: Ask) -> WhatIf:
    """``3 7 .``: one against the other. ``3,5 . or=7,9``: those against these. ``3 .``: against whom the core would
    send; ``.`` alone: whom it would send against the next. ``4 P06``: to move there against to stay; ``4 . to=P06``:
    to send it against to move it there."""
    if ground_of(ask.scene) is None:
        ask.wrong("没有行程模型，不能推演", "there is no travel model to simulate by")
    units, post = ask.units, ask.values.get("to")
    if post is not None:
        return _move(ask, units, *post)
    number = placed(ask)
    known = ask.scene.board.incidents[number]
    first, second = _sendings(ask, known, units, ask.values.get("or", ()))
    _all_free(ask, (*first, *second), known)
    if set(first) == set(second):
        ask.wrong(
            "两种做法一样", "the two alternatives are the same", "写两个呼号：wi 3 7 .", "name two: wi 3 7 ."
        )  # fmt: skip
    return WhatIf((Option(first, number), Option(second, number)), number)


def _move(ask: Ask, units: Units, name: str, point: Point) -> WhatIf:
    """To a post: against staying, or where an incident is named against being sent to it."""
    if ask.has("or") or len(units) > 1:
        ask.wrong("移动时只写一个警力", "one unit moves", "如 wi 4 P06", "such as wi 4 P06")
    if not units:
        ask.missing("移动哪个警力？如 wi 4 P06", "which unit moves? such as wi 4 P06")
    moved = Option(units, post=name, point=point)
    number = placed(ask) if ask.has("i") else 0
    _all_free(ask, units, ask.scene.board.incidents.get(number))
    if number:
        return WhatIf((Option(units, number), moved), number)
    if ask.scene.board.units[units[0]].profile.post_point == point:
        ask.wrong(f"{units[0]} 已在 {name}", f"{units[0]} stands at {name} already")
    return WhatIf((moved, Option()))


def _sendings(ask: Ask, known: Incident, units: Units, other: Units) -> tuple[Units, Units]:
    if other:
        return units or recommended(ask, known.number), other
    if len(units) == 2:
        return units[:1], units[1:]
    if len(units) > 2:
        ask.missing("另一种做法写在 or= 后，如 or=7,9", "write the other alternative after or=, such as or=7,9")
    best = recommended(ask, known.number)
    if units and set(units) != set(best):
        return units, best
    return best, _next_best(ask, known, best)


def _next_best(ask: Ask, known: Incident, best: Units) -> Units:
    """Whom the core would send if the first of them were not there."""
    left = [c.unit for c in candidates(ask.scene, known) if c.free and c.unit != best[0]]
    if not left:
        ask.wrong(
            f"除 {best[0]} 外没有空闲警力", f"nobody but {best[0]} is free", "不必推演，可直接派", "just send it: d"
        )  # fmt: skip
    return tuple(left[: len(best)])


def _all_free(ask: Ask, units: Units, known: Incident | None) -> None:
    """Only who is free can be tried out: what leaving another incident does to it is nobody's guess here."""
    for call_sign in units:
        unit = ask.scene.board.units.get(call_sign)
        if unit is None or not unit.available:
            there = known is not None and known.assignment(call_sign) is not None
            zh, en = ("已在这个警情上", "is on this incident already") if there else ("不空闲", "is not free")
            ask.wrong(f"{call_sign} {zh}", f"{call_sign} {en}", "只能推演空闲警力", "only free units can be tried out")
