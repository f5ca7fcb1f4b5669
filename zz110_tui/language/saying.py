"""What happened, in words: every fact of the journal, and the core's answer to a command."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from typing import Any

from zz110_tui.core import facts as f
from zz110_tui.core.answers import Answer
from zz110_tui.core.cleaning import visible
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.incidents import ReportEnd
from zz110_tui.core.masking import mask_contact, mask_name
from zz110_tui.core.terms import incident_no, report_no, speaker_words, term
from zz110_tui.core.units import UnitStatus
from zz110_tui.language.refusing import refusal_words
from zz110_tui.language.saying_alarms import ALARMS
from zz110_tui.language.saying_intake import INTAKE
from zz110_tui.language.saying_matters import MATTER_WORDS
from zz110_tui.language.saying_seats import SEATS
from zz110_tui.language.sayings_cover import SAYINGS as COVER_SAYINGS
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import (
    colon,
    disposition_name,
    listed,
    priority_words,
    receiver_name,
    type_name,
    whole_place,
)


def tell(entry: f.Entry, scene: Scene) -> str:
    """One line of a chronology: ``14:32:07 席位03 李 派 03 → 0142``, ready to be drawn."""
    who = actor_words(entry.actor, scene)
    return visible(" ".join(part for part in (scene.clock(entry.at), who, fact_words(entry.fact, scene)) if part))


def tell_fact(fact: f.Fact, scene: Scene) -> str:
    """What happened, without when and who; ready to be drawn."""
    return visible(fact_words(fact, scene))


def say_answer(answer: Answer, scene: Scene) -> str:
    """What came of a command: what happened, or why not and what to do instead; ready to be drawn."""
    if answer.refusal is not None:
        why, instead = refusal_words(answer.refusal, scene)
        return visible(scene.say(f"未执行：{why}。{instead}", f"Not done: {why}. {instead}"))
    if not answer.entries:
        return scene.say("没有变化", "nothing to change")
    facts = _together((entry.fact for entry in answer.entries), scene.language)
    return visible(scene.say("；", "; ").join(fact_words(fact, scene) for fact in facts))


def actor_words(actor: Actor, scene: Scene) -> str:
    """``席位03 李``, ``警力07``; the core's own timers are the system."""
    if actor.duty is Duty.SYSTEM:
        return scene.say("系统", "system")
    return speaker_words(actor.desk, actor.person, scene.language)


def _together(facts: Iterable[f.Fact], language: str) -> list[f.Fact]:
    """Facts that differ only in the unit are said once, for all the units; what goes without saying is left out: of a
    report that came and ended in one line, that it came and was answered."""
    facts = tuple(facts)
    ended = any(isinstance(fact, f.ReportEnded) for fact in facts)
    kept: list[f.Fact] = []
    for fact in facts:
        if isinstance(fact, f.ReportEnded) and fact.end is ReportEnd.SLIP:
            continue
        if ended and isinstance(fact, f.ReportReceived | f.ReportAnswered):
            continue
        last: Any = kept[-1] if kept else None
        if last is not None and _only_unit_differs(last, fact):
            kept[-1] = replace(last, unit=listed((last.unit, getattr(fact, "unit", "")), language))
        else:
            kept.append(fact)
    return kept


def _only_unit_differs(one: f.Fact, other: f.Fact) -> bool:
    if type(one) is not type(other) or "unit" not in (field.name for field in fields(one)):
        return False
    return all(getattr(one, field.name) == getattr(other, field.name) for field in fields(one) if field.name != "unit")


def fact_words(fact: f.Fact, scene: Scene) -> str:
    """The words for a fact, in the desk's language; not yet made safe for drawing."""
    return _WORDS[type(fact)](fact, scene)


def _and(words: str, text: str) -> str:
    return f"{words} / {text}" if text else words


# -- one function for each fact that needs more than a pattern ---------------------------------------------------------


def _city(fact: f.CityAdopted, s: Scene) -> str:
    count = len(fact.units)
    return s.say(f"采用城市 {fact.city}，警力 {count}", f"city {fact.city} adopted, {count} units")


def _desk_opened(fact: f.DeskOpened, s: Scene) -> str:
    duty = term(fact.duty, s.language)
    return s.say(f"席位{fact.desk} {fact.person} 上岗（{duty}）", f"desk {fact.desk} {fact.person} staffed ({duty})")


def _received(fact: f.ReportReceived, s: Scene) -> str:
    caller = [mask_name(fact.caller) if fact.caller else "", mask_contact(fact.contact) if fact.contact else ""]
    where = whole_place(s, fact.place) if fact.place.text else ""
    parts = [report_no(fact.report), term(fact.channel, s.language), *caller, where]
    return _and(s.say("收到报警 ", "report received ") + " ".join(filter(None, parts)), fact.text)


def _report_ended(fact: f.ReportEnded, s: Scene) -> str:
    to = f" → {incident_no(fact.incident)}" if fact.incident else ""
    end = term(fact.end, s.language)
    return _and(f"{report_no(fact.report)} {s.say('结束', 'ended')}{colon(s)}{end}{to}", fact.reason)


def _slip(fact: f.IncidentOpened | f.IncidentAmended, s: Scene) -> str:
    verb = s.say("立警情", "opened") if isinstance(fact, f.IncidentOpened) else s.say("更正", "corrected")
    parts = (
        verb,
        incident_no(fact.incident),
        type_name(s, fact.type),
        priority_words(s, fact.priority),
        whole_place(s, fact.place),
    )
    return _and(" ".join(parts), fact.text)


def _held(fact: f.IncidentHeld, s: Scene) -> str:
    until = s.clock(fact.until)[:5]
    number = incident_no(fact.incident)
    return _and(s.say(f"挂起 {number} 到 {until}", f"{number} on hold until {until}"), fact.reason)


def _assigned(fact: f.UnitAssigned, s: Scene) -> str:
    verb = s.say("续派", "stacked") if fact.stacked else s.say("派", "sent")
    return f"{verb} {fact.unit} → {incident_no(fact.incident)}"


def _advanced(fact: f.AssignmentAdvanced, s: Scene) -> str:
    return f"{fact.unit} {term(fact.stage, s.language)} {incident_no(fact.incident)}"


def _withdrawn(fact: f.UnitWithdrawn, s: Scene) -> str:
    favour = f" → {fact.in_favour_of}" if fact.in_favour_of else ""
    why = term(fact.why, s.language)
    said = s.say(f"{fact.unit} 离开 ", f"{fact.unit} left ") + incident_no(fact.incident)
    return _and(f"{said}{colon(s)}{why}{favour}", fact.reason)


def _ended(fact: f.IncidentHandled | f.IncidentFinished, s: Scene) -> str:
    verb = s.say("处毕", "handled") if isinstance(fact, f.IncidentHandled) else s.say("结束", "ended")
    said = f"{incident_no(fact.incident)} {verb}{colon(s)}{disposition_name(s, fact.disposition)}"
    return _and(said, fact.text)


def _transferred(fact: f.IncidentTransferred, s: Scene) -> str:
    to = receiver_name(s, fact.receiver)
    number = incident_no(fact.incident)
    return _and(s.say(f"{number} 移交 {to}", f"{number} transferred to {to}"), fact.reason)


def _fed_back(fact: f.IncidentFedBack, s: Scene) -> str:
    said = f"{incident_no(fact.incident)} {s.say('反馈', 'fed back')}{colon(s)}{type_name(s, fact.type)}"
    return _and(said, fact.text)


def _called_back(fact: f.IncidentCalledBack, s: Scene) -> str:
    how = s.say("满意", "satisfied") if fact.satisfied else s.say("不满意", "not satisfied")
    return _and(f"{incident_no(fact.incident)} {s.say('回访', 'called back')}{colon(s)}{how}", fact.text)


def _note(fact: f.NoteAdded, s: Scene) -> str:
    source = f" {fact.unit}" if fact.unit else ""
    return f"{incident_no(fact.incident)} {s.say('备注', 'note')}{source}{colon(s)}{fact.text}"


def _status(fact: f.UnitStatusChanged, s: Scene) -> str:
    free = fact.status is UnitStatus.FREE
    status = s.say("上勤、空闲", "on duty, free") if free else term(fact.status, s.language)
    return _and(f"{fact.unit} {status}", fact.reason)


def _undone(fact: f.StepUndone, s: Scene) -> str:
    names = [
        *(report_no(r.number) for r in fact.reports),
        *(f"{incident_no(i.number)} {term(i.stage, s.language)}" for i in fact.incidents),
        *(u.call_sign for u in fact.units),
    ]
    said = s.say("撤销上一步", "last step taken back")
    return said + colon(s) + listed(dict.fromkeys(names), s.language) if names else said


def _filed(fact: f.SlipsFiled, s: Scene) -> str:
    count = len(fact.incidents)
    return s.say(f"归档 {count} 件警情", f"{count} slips filed")


def _pattern(zh: str, en: str) -> Callable[[Any, Scene], str]:
    """Words with the fact's own numbers: ``{i}`` the incident, ``{r}`` the report, ``{to}`` the other incident."""

    def words(fact: Any, s: Scene) -> str:
        return s.say(zh, en).format(
            i=incident_no(getattr(fact, "incident", 0)),
            r=report_no(getattr(fact, "report", 0)),
            to=incident_no(getattr(fact, "to", 0) or getattr(fact, "out_of", 0)),
            unit=getattr(fact, "unit", ""),
            desk=getattr(fact, "desk", ""),
            post=getattr(fact, "post", ""),
        )

    return words


_WORDS: dict[type, Callable[[Any, Scene], str]] = {
    f.CityAdopted: _city,
    f.DeskOpened: _desk_opened,
    f.DeskClosed: _pattern("席位{desk} 离岗", "desk {desk} left"),
    f.ReportReceived: _received,
    f.ReportAnswered: _pattern("接起 {r}", "{r} answered"),
    f.ReportEnded: _report_ended,
    f.IncidentOpened: _slip,
    f.IncidentAmended: _slip,
    f.IncidentHeld: _held,
    f.IncidentReleased: _pattern("解除挂起 {i}", "{i} released"),
    f.IncidentLinked: _pattern("关联 {i} → {to}", "{i} linked to {to}"),
    f.IncidentSplit: _pattern("拆分 {i}，原并入 {to}", "{i} split off from {to}"),
    f.UnitAssigned: _assigned,
    f.StackActivated: _pattern("{unit} 转入续派的 {i}", "{unit} goes on to {i}"),
    f.AssignmentAdvanced: _advanced,
    f.UnitCleared: _pattern("{unit} 处毕离开 {i}", "{unit} cleared {i}"),
    f.UnitWithdrawn: _withdrawn,
    f.LeadNamed: _pattern("{unit} 主办 {i}", "{unit} leads {i}"),
    f.UnitContacted: _pattern("{unit} 报平安 {i}", "{unit} all well {i}"),
    f.IncidentHandled: _ended,
    f.IncidentTransferred: _transferred,
    f.IncidentFinished: _ended,
    f.IncidentFedBack: _fed_back,
    f.IncidentCalledBack: _called_back,
    f.IncidentClosed: _pattern("{i} 办结", "{i} closed"),
    f.IncidentReopened: lambda fact, s: _and(_pattern("重开 {i}", "{i} re-opened")(fact, s), fact.reason),
    f.NoteAdded: _note,
    f.UnitStatusChanged: _status,
    f.UnitPosted: _pattern("{unit} 移到 {post}", "{unit} moves to {post}"),
    f.StepUndone: _undone,
    f.SlipsFiled: _filed,
    **ALARMS,
    **INTAKE,
    **SEATS,
    **COVER_SAYINGS,
    **MATTER_WORDS,
}
