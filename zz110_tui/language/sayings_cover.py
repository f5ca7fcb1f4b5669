"""Previews and sayings of the commands and facts about cover."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zz110_tui.core import commands_cover as cc
from zz110_tui.core import facts_cover as fc
from zz110_tui.core.terms import incident_no
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import grid_name, incident, listed, minutes, post_name


def _shares(before: int, after: int, radius_s: int, scene: Scene) -> str:
    """``，4:00 覆盖 91.2% → 96.3%``; empty where nobody reckoned it."""
    if not radius_s:
        return ""
    words = f"{before / 10:.1f}% → {after / 10:.1f}%"
    return scene.say(f"，{minutes(radius_s)} 覆盖 {words}", f", cover in {minutes(radius_s)} {words}")


def preview_fill_in(cmd: cc.FillIn, scene: Scene) -> str:
    """What a fill-in does: who goes where, how long it takes, what it gains."""
    unit, travel = scene.board.units.get(cmd.unit), scene.arrivals()
    arrival = travel(unit, cmd.point) if unit and travel else None
    takes = scene.say(f"，约 {minutes(arrival.seconds)}", f", about {minutes(arrival.seconds)}") if arrival else ""
    grid = grid_name(scene, cmd.grid)
    covers = scene.say(f"，补{grid}", f", for {grid}") if grid else ""
    said = scene.say(f"补位：{cmd.unit} → {cmd.post}", f"Fill in: {cmd.unit} → {post_name(scene, cmd.post)}")
    return said + takes + _shares(cmd.before, cmd.after, cmd.radius_s, scene) + covers


def preview_together(cmd: cc.DispatchTogether, scene: Scene) -> str:
    """``统派：03 1:50 → 0142 …；07 2:10 → 0143 …``."""
    travel = scene.arrivals()
    parts = []
    for sending in cmd.sendings:
        known = scene.board.incidents.get(sending.incident)
        point = known.place.point if known is not None else None
        names = []
        for call_sign in sending.units:
            unit = scene.board.units.get(call_sign)
            arrival = travel(unit, point) if travel and unit and point else None
            names.append(f"{call_sign} {minutes(arrival.seconds)}" if arrival else call_sign)
        parts.append(f"{listed(names, scene.language)} → {incident(scene, sending.incident)}")
    return scene.say("统派：", "Send together: ") + scene.say("；", "; ").join(parts)


def preview_ring(cmd: cc.CloseRing, scene: Scene) -> str:
    """``围堵 0142：5 处，最后 3:20；03 胜利路x延安路 1:10、…；无人 …``."""
    last = max((hold.seconds for hold in cmd.holds), default=0)
    count = len(cmd.holds) + len(cmd.open)
    said = scene.say(
        f"围堵 {incident_no(cmd.incident)}：{count} 处出口，最后 {minutes(last)} 到",
        f"Close a ring around {incident_no(cmd.incident)}: {count} ways out, the last held in {minutes(last)}",
    )
    if cmd.open:  # before the rest: a small screen has no room for all of it
        said += scene.say("；无人守 ", "; nobody for ") + listed(cmd.open, scene.language)
    holds = [f"{hold.unit} {hold.place} {minutes(hold.seconds)}" for hold in cmd.holds]
    return said + scene.say("；", "; ") + listed(holds, scene.language)


def say_filled_in(fact: fc.UnitFilledIn, scene: Scene) -> str:
    """``04 补位 → 延安南路厦门路口（原 P04），4:00 覆盖 91.2% → 96.3%``."""
    said = scene.say(
        f"{fact.unit} 补位 → {fact.post}（原 {fact.leaves}）",
        f"{fact.unit} fills in at {post_name(scene, fact.post)} (was {fact.leaves})",
    )
    return said + _shares(fact.before, fact.after, fact.radius_s, scene)


def say_ring(fact: fc.RingClosed, scene: Scene) -> str:
    """``围堵 0142：03 胜利路x延安路、…；无人守 …``."""
    holds = [f"{hold.unit} {hold.place}" for hold in fact.holds]
    said = scene.say(f"围堵 {incident_no(fact.incident)}：", f"ring around {incident_no(fact.incident)}: ")
    said += listed(holds, scene.language)
    if fact.open:
        said += scene.say("；无人守 ", "; nobody for ") + listed(fact.open, scene.language)
    return said


PREVIEWS: dict[type, Callable[[Any, Scene], str]] = {
    cc.FillIn: preview_fill_in,
    cc.DispatchTogether: preview_together,
    cc.CloseRing: preview_ring,
}
SAYINGS: dict[type, Callable[[Any, Scene], str]] = {
    fc.UnitFilledIn: say_filled_in,
    fc.RingClosed: say_ring,
}
