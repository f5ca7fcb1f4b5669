"""What happened to seats, personal data and paper slips, in words; part of the table in ``language.saying``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zz110_tui.core import facts_seats as f
from zz110_tui.core.facts_catchup import CaughtUp
from zz110_tui.core.terms import incident_no, report_no
from zz110_tui.language.scene import Scene


def _and(words: str, text: str) -> str:
    return f"{words} / {text}" if text else words


def _caught_up(fact: CaughtUp, s: Scene) -> str:
    number = incident_no(fact.incident)
    paper = s.say(f"（纸单 {fact.paper}）", f" (paper {fact.paper})") if fact.paper else ""
    return s.say(f"补录 {number}{paper}", f"{number} entered from paper{paper}")


def _freed(fact: f.DeskFreed, s: Scene) -> str:
    said = s.say(f"释放席位{fact.desk}（{fact.person} 所锁）", f"desk {fact.desk} freed, locked by {fact.person}")
    return _and(said, fact.reason)


def _handed_over(fact: f.DeskHandedOver, s: Scene) -> str:
    open_ = s.say(
        f"在接 {len(fact.reports)}、在办 {len(fact.incidents)}、警报 {fact.alarms}",
        f"{len(fact.reports)} reports, {len(fact.incidents)} incidents, {fact.alarms} alarms open",
    )
    if fact.arriving:
        said = s.say(
            f"席位{fact.desk} {fact.leaving} 交给 {fact.arriving}（{open_}）",
            f"desk {fact.desk} handed over by {fact.leaving} to {fact.arriving} ({open_})",
        )
    else:
        said = s.say(
            f"席位{fact.desk} {fact.leaving} 留话（{open_}）", f"desk {fact.desk}: {fact.leaving} left a note ({open_})"
        )
    return _and(said, fact.note)


def _unmasked(fact: f.DataUnmasked, s: Scene) -> str:
    return _and(s.say(f"查看 {report_no(fact.report)} 资料原文", f"{report_no(fact.report)} unmasked"), fact.reason)


SEATS: dict[type, Callable[[Any, Scene], str]] = {
    CaughtUp: _caught_up,
    f.DeskLocked: lambda fact, s: s.say(f"席位{fact.desk} 锁屏", f"desk {fact.desk} locked"),
    f.DeskUnlocked: lambda fact, s: s.say(f"席位{fact.desk} 解锁", f"desk {fact.desk} unlocked"),
    f.DeskFreed: _freed,
    f.DeskHandedOver: _handed_over,
    f.HandOverRead: lambda fact, s: s.say(f"席位{fact.desk} 交接已阅", f"desk {fact.desk}: hand-over notes read"),
    f.DataUnmasked: _unmasked,
}
