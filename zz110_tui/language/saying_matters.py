"""What happened with matters, in words; ``saying`` has the whole table.

The words of warnings and watch notices are not said here: they are shown where a look is recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zz110_tui.core import facts_matters as m
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.matters import every
from zz110_tui.core.places import Place
from zz110_tui.core.terms import incident_no, subject_no, term
from zz110_tui.language.matterwords import grade, reader
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import colon, listed, whole_place

_NUMBERED = {
    "order": SubjectKind.ORDER,
    "message": SubjectKind.MESSAGE,
    "warning": SubjectKind.WARNING,
    "support": SubjectKind.SUPPORT,
    "bolo": SubjectKind.BOLO,
    "entry": SubjectKind.LEDGER,
}


def _no(fact: Any) -> str:
    """The number of the matter a fact is about."""
    for field, kind in _NUMBERED.items():
        if hasattr(fact, field):
            return subject_no(Subject(kind, str(getattr(fact, field))))
    return ""


def _and(words: str, text: str) -> str:
    return f"{words} / {text}" if text else words


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _at(place: Place, s: Scene) -> str:
    return whole_place(s, place) if place.text else ""


def _about(incident: int) -> str:
    return f"({incident_no(incident)})" if incident else ""


def _day(at: int, s: Scene) -> str:
    return s.local(at).strftime("%m-%d %H:%M") if at else ""


def _by(at: int, s: Scene) -> str:
    return s.say(f"，{_day(at, s)} 前", f", by {_day(at, s)}") if at else ""


def _result(result: bool | None, s: Scene) -> str:
    if result is None:
        return ""
    return s.say("，有成果", ", with a result") if result else s.say("，无成果", ", without a result")


def _sent(fact: m.MessageSent, s: Scene) -> str:
    to = listed((reader(r, s) for r in fact.readers), s.language)
    return _and(_join(s.say("消息", "message"), _no(fact), "→", to, _about(fact.incident)), fact.text)


def _read(fact: m.MessageRead, s: Scene) -> str:
    return s.say(f"{reader(fact.reader, s)} 已读 {_no(fact)}", f"{reader(fact.reader, s)} has read {_no(fact)}")


def _issued(fact: m.OrderIssued, s: Scene) -> str:
    to = listed((one.unit for one in fact.sent), s.language)
    head = s.say(f"下达指令 {_no(fact)}", f"order {_no(fact)}")
    said = _join(head, term(fact.kind, s.language), "→", to, _at(fact.place, s))
    return _and(said + _by(fact.due_at, s), fact.text)


def _advanced(fact: m.OrderAdvanced, s: Scene) -> str:
    return f"{fact.unit} {term(fact.stage, s.language)} {_no(fact)}"


def _order_done(fact: m.OrderDone, s: Scene) -> str:
    caught = s.say(f"，抓获 {fact.caught} 人", f", {fact.caught} caught") if fact.caught else ""
    said = s.say(f"指令 {_no(fact)} 完成", f"order {_no(fact)} done")
    return _and(said + _result(fact.result, s) + caught, fact.text)


def _pushed(fact: m.WarningPushed, s: Scene) -> str:
    head = s.say(f"推送{grade(s, fact.grade)}预警 {_no(fact)}", f"{grade(s, fact.grade)} warning {_no(fact)} pushed")
    return _join(head, term(fact.about, s.language), "→", fact.unit, _at(fact.place, s)) + _case(fact, s)


def _case(fact: m.WarningPushed | m.BoloPutOut, s: Scene) -> str:
    warrant = fact.warrant
    return s.say(
        f"，案号 {warrant.case}，{warrant.approver} 批准，{_day(warrant.ends_at, s)} 到期",
        f", case {warrant.case}, approved by {warrant.approver}, ends {_day(warrant.ends_at, s)}",
    )


def _fed_back(fact: m.WarningFedBack, s: Scene) -> str:
    return s.say(f"预警 {_no(fact)} 已反馈", f"warning {_no(fact)} fed back") + _result(fact.result, s)


def _put_out(fact: m.BoloPutOut, s: Scene) -> str:
    head = s.say(f"布控 {_no(fact)}", f"watch notice {_no(fact)}")
    return _join(head, term(fact.about, s.language), _at(fact.place, s)) + _case(fact, s)


def _looked(fact: m.NoticeLookedAt, s: Scene) -> str:
    return _and(s.say("查阅 ", "looked at ") + subject_no(fact.notice), fact.reason)


def _sighted(fact: m.BoloSighted, s: Scene) -> str:
    return _join(s.say(f"{_no(fact)} 发现目标", f"{_no(fact)} sighted"), _at(fact.place, s), fact.unit)


def _asked(fact: m.SupportAsked, s: Scene) -> str:
    head = s.say(f"{fact.station} 请求支撑 {_no(fact)}", f"{fact.station} asks for support {_no(fact)}")
    return _and(_join(head, term(fact.kind, s.language), _at(fact.place, s), _about(fact.incident)), fact.text)


def _ledger(fact: m.LedgerOpened, s: Scene) -> str:
    head = s.say(f"立台账 {_no(fact)}", f"ledger entry {_no(fact)}")
    return _and(_join(head, term(fact.kind, s.language), _at(fact.place, s), _about(fact.incident)), fact.text)


def _assigned(fact: m.LedgerAssigned, s: Scene) -> str:
    return _and(
        s.say(f"{_no(fact)} 交办 {fact.holder}", f"{_no(fact)} assigned to {fact.holder}") + _by(fact.due_at, s),
        fact.text,
    )


def _followed_up(fact: m.LedgerFollowedUp, s: Scene) -> str:
    how = s.say("稳定", "it holds") if fact.holds else s.say("反复，重新交办", "it does not hold, assigned anew")
    return _and(f"{s.say(f'{_no(fact)} 回访', f'{_no(fact)} followed up')}{colon(s)}{how}", fact.text)


def _roster(fact: m.RosterSet, s: Scene) -> str:
    squads = listed((f"{squad.name} {','.join(squad.units)}".rstrip() for squad in fact.squads), s.language)
    turns = s.say(f"，每天 {fact.turns} 轮", f", {fact.turns} turns a day") if fact.turns else ""
    return f"{s.say('编班', 'roster')}{colon(s)}{squads}{turns}"


def _turn(fact: m.TurnBegun, s: Scene) -> str:
    next_at = s.say(f"，{_day(fact.next_at, s)} 换班", f", until {_day(fact.next_at, s)}") if fact.next_at else ""
    return s.say(f"{fact.squad} 上勤", f"{fact.squad} is on") + next_at


def _withdrawn(fact: m.MatterWithdrawn, s: Scene) -> str:
    declined = fact.matter.kind is SubjectKind.SUPPORT
    verb = s.say("不予支撑", "declined") if declined else s.say("撤回", "called off")
    return _and(f"{subject_no(fact.matter)} {verb}", fact.reason)


def _noted(fact: m.MatterNoted, s: Scene) -> str:
    return f"{_join(subject_no(fact.matter), s.say('备注', 'note'), fact.unit)}{colon(s)}{fact.text}"


def _restored(fact: m.MattersRestored, s: Scene) -> str:
    names = listed((subject_no(matter.subject) for matter in every(fact.matters)), s.language)
    return s.say("恢复 ", "as before: ") + names


def _filed(fact: m.MattersFiled, s: Scene) -> str:
    return s.say(f"归档 {len(fact.matters)} 件事务", f"{len(fact.matters)} matters filed")


def _pattern(zh: str, en: str) -> Callable[[Any, Scene], str]:
    """Words with the matter's number ``{no}`` and the unit, and the fact's text after them."""

    def words(fact: Any, s: Scene) -> str:
        unit = getattr(fact, "unit", "")
        text = getattr(fact, "text", "") or getattr(fact, "reason", "")
        hidden = hasattr(fact, "warning")
        return _and(s.say(zh, en).format(no=_no(fact), unit=unit), "" if hidden else text)

    return words


MATTER_WORDS: dict[type, Callable[[Any, Scene], str]] = {
    m.MessageSent: _sent,
    m.MessageRead: _read,
    m.OrderIssued: _issued,
    m.OrderAdvanced: _advanced,
    m.ErrandDone: _pattern("{unit} 完成 {no}", "{unit} did its part of {no}"),
    m.ErrandWithdrawn: _pattern("{unit} 撤出 {no}", "{unit} taken off {no}"),
    m.OrderDone: _order_done,
    m.WarningPushed: _pushed,
    m.WarningSigned: _pattern("签收预警 {no}", "warning {no} signed"),
    m.WarningChecked: _pattern("预警 {no} 已现场核查", "warning {no} checked on the spot"),
    m.WarningSupervised: _pattern("预警 {no} 已督导", "warning {no} supervised"),
    m.WarningFedBack: _fed_back,
    m.SupportAsked: _asked,
    m.SupportAccepted: _pattern("受理支撑 {no}", "support {no} accepted"),
    m.SupportProvided: _pattern("已支撑 {no}", "support {no} provided"),
    m.SupportClosed: lambda fact, s: _and(
        s.say(f"支撑 {_no(fact)} 办结", f"support {_no(fact)} closed") + _result(fact.result, s), fact.text
    ),
    m.BoloPutOut: _put_out,
    m.NoticeLookedAt: _looked,
    m.BoloSighted: _sighted,
    m.NoticeExpired: lambda fact, s: s.say(
        f"{subject_no(fact.notice)} 到期自动失效", f"{subject_no(fact.notice)} ended by itself"
    ),
    m.LedgerOpened: _ledger,
    m.LedgerAssigned: _assigned,
    m.LedgerSettled: _pattern("{no} 已化解", "{no} settled"),
    m.LedgerFollowedUp: _followed_up,
    m.LedgerClosed: _pattern("台账 {no} 销账", "ledger entry {no} closed"),
    m.RosterSet: _roster,
    m.TurnBegun: _turn,
    m.MatterWithdrawn: _withdrawn,
    m.MatterNoted: _noted,
    m.MattersRestored: _restored,
    m.MattersFiled: _filed,
}
