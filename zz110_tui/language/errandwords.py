"""The order that a unit is on: it keeps nobody from a call (ADR 45), and whoever sends the unit has to know."""

from __future__ import annotations

from zz110_tui.core.board import Board
from zz110_tui.core.orders import LIVE_ERRAND, Errand, Order
from zz110_tui.core.terms import subject_no, term
from zz110_tui.language.scene import Scene

OnOrder = tuple[Order, Errand]


def on_orders(board: Board) -> dict[str, OnOrder]:
    """For each unit with an open order the one it is furthest with; of several the most urgent, then the oldest."""
    found: dict[str, OnOrder] = {}
    for matter in board.matters.values():
        if isinstance(matter, Order) and matter.open:
            for errand in matter.errands:
                if errand.live and (errand.unit not in found or _before((matter, errand), found[errand.unit])):
                    found[errand.unit] = matter, errand
    return found


def _before(one: OnOrder, other: OnOrder) -> bool:
    return _rank(one) < _rank(other)


def _rank(on: OnOrder) -> tuple[int, int, int]:
    order, errand = on
    return -LIVE_ERRAND.index(errand.stage), order.priority, order.number


def errand_since(errand: Errand) -> int:
    """When the unit's part of the order came to the stage it is at (UTC ms)."""
    return errand.on_scene_at or errand.en_route_at or errand.signed_at or errand.issued_at


def errand_words(on: OnOrder, scene: Scene) -> str:
    """``t1 护学 到位``: which order, what for, how far."""
    order, errand = on
    kind, stage = term(order.kind, scene.language), term(errand.stage, scene.language)
    return f"{subject_no(order.subject)} {kind} {stage}"


def orders_left(call_signs: tuple[str, ...], scene: Scene) -> str:
    """``；14 还有指令 t1 护学 到位``: the orders of units that are about to be sent to a call; empty for none."""
    known = on_orders(scene.board)
    said = [f"{unit} {errand_words(known[unit], scene)}" for unit in call_signs if unit in known]
    if not said:
        return ""
    return scene.say(f"；另有指令：{'、'.join(said)}", f"; on an order as well: {', '.join(said)}")
