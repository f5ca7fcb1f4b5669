"""What happened to alarms, in words; part of the table in ``language.saying``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zz110_tui.core import facts as f
from zz110_tui.core import facts_alarms as fa
from zz110_tui.core.alarms import AlarmKind, Subject, SubjectKind
from zz110_tui.core.terms import subject_no, term
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import colon, listed


def alarm_key_words(key: str, scene: Scene) -> str:
    """``待派超时 0141`` from ``undispatched:incident:141``: the alarm itself may be gone."""
    kind, subject_kind, name, unit, *_ = (*key.split(":"), "", "", "", "")
    if kind not in AlarmKind._value2member_map_ or subject_kind not in SubjectKind._value2member_map_:
        return key
    who = subject_no(Subject(SubjectKind(subject_kind), name))
    also = f" {unit}" if unit and unit != name else ""
    return f"{term(AlarmKind(kind), scene.language)} {who}{also}"


def _and(words: str, text: str) -> str:
    return f"{words} / {text}" if text else words


def _raised(fact: f.AlarmRaised, s: Scene) -> str:
    unit = f" {fact.unit}" if fact.unit and fact.unit != fact.subject.id else ""
    return f"{s.say('警报', 'alarm')}{colon(s)}{term(fact.kind, s.language)} {subject_no(fact.subject)}{unit}"


def _shelved(fact: fa.AlarmShelved, s: Scene) -> str:
    said = s.say(f"搁置 {alarm_key_words(fact.key, s)}", f"shelved: {alarm_key_words(fact.key, s)}")
    return _and(f"{said} {s.say('到', 'until')} {s.clock(fact.until)}", fact.reason)


def _unshelved(fact: fa.AlarmUnshelved, s: Scene) -> str:
    if fact.over:
        said = s.say("搁置到时，返回 ", "back from the shelf, its time is over: ")
    else:
        said = s.say("取回 ", "taken back from the shelf: ")
    return said + alarm_key_words(fact.key, s)


def _risen(fact: fa.AlarmRisen, s: Scene) -> str:
    """Who had not come, and which desks are named for it now."""
    named = alarm_key_words(fact.key, s)
    if fact.owner:
        why = s.say(f"席位{fact.owner} 认领后仍未消除", f"desk {fact.owner} took it and it still stands")
    else:
        why = s.say("无人认领", "nobody took it")
    to = risen_to(fact.to, s)
    return s.say(f"警报升级：{named}，{why}，{to}", f"alarm risen: {named}, {why}, {to}")


def risen_to(desks: tuple[str, ...], s: Scene) -> str:
    """Whom a risen alarm is named to: ``请指挥席位09``."""
    if not desks:
        return s.say("无指挥席在岗", "no supervisor is there")
    return s.say(f"请指挥席位{listed(desks, 'zh')}", f"for supervisor desk {listed(desks, 'en')}")


def _restored(fact: fa.ShelfRestored, s: Scene) -> str:
    named = alarm_key_words(fact.key, s)
    if fact.shelf is None:
        return s.say(f"撤销搁置 {named}", f"shelving taken back: {named}")
    return s.say(f"仍搁置 {named}", f"on the shelf again: {named}")


ALARMS: dict[type, Callable[[Any, Scene], str]] = {
    f.AlarmRaised: _raised,
    f.AlarmTaken: lambda fact, s: s.say("认领 ", "alarm taken: ") + alarm_key_words(fact.key, s),
    f.AlarmCleared: lambda fact, s: _and(s.say("清除 ", "cleared: ") + alarm_key_words(fact.key, s), fact.reason),
    fa.AlarmShelved: _shelved,
    fa.AlarmUnshelved: _unshelved,
    fa.AlarmRisen: _risen,
    fa.ShelfRestored: _restored,
}
