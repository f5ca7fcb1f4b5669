"""What Enter will do, in words, with the numbers that matter: arrival, chance, the hole it leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from zz110_tui.core import commands as c
from zz110_tui.core.board import Step
from zz110_tui.core.commands import Command
from zz110_tui.core.incidents import AssignmentStage, Incident
from zz110_tui.core.masking import mask_contact, mask_name
from zz110_tui.core.places import Place
from zz110_tui.core.recommend import Circumstances, holes, recommend
from zz110_tui.core.terms import incident_no, report_no, subject_no, term
from zz110_tui.core.units import UnitStatus
from zz110_tui.language.errandwords import orders_left
from zz110_tui.language.previewing_alarms import ALARMS
from zz110_tui.language.previewing_intake import INTAKE
from zz110_tui.language.previewing_matters import MATTER_PREVIEWS
from zz110_tui.language.previewing_seats import SEATS
from zz110_tui.language.saying_alarms import alarm_key_words
from zz110_tui.language.sayings_cover import PREVIEWS as COVER_PREVIEWS
from zz110_tui.language.scene import Scene
from zz110_tui.language.unitwords import doing
from zz110_tui.language.words import (
    colon,
    disposition_name,
    expected,
    grid_name,
    incident,
    listed,
    minutes,
    priority_words,
    receiver_name,
    report,
    short_text,
    type_name,
    units,
    waited,
    whole_place,
)  # fmt: skip

SUGGESTED = 3
"""How many units a new slip's preview suggests."""


def preview(command: Command, scene: Scene) -> str:
    """One line about a command that has been understood; it may still be refused."""
    return _PREVIEWS[type(command)](command, scene)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _with_text(words: str, text: str) -> str:
    return f"{words} / {short_text(text)}" if text else words


# -- taking ----------------------------------------------------------------------------------------------------------


def _receive(cmd: c.ReceiveReport, scene: Scene) -> str:
    where = whole_place(scene, cmd.place) if cmd.place.text else ""
    said = scene.say("登记待接报警", "Enter a waiting report:")
    return _with_text(" ".join(filter(None, (said, term(cmd.channel, scene.language), where))), cmd.text)


def _answer(cmd: c.AnswerReport, scene: Scene) -> str:
    known = scene.board.reports.get(cmd.report)
    if known is None:
        return scene.say(f"接起 {report_no(cmd.report)}", f"Answer {report_no(cmd.report)}")
    lasted = waited(scene, known.received_at)
    words = report(scene, known)
    return _with_text(scene.say(f"接起 {words}，已等 {lasted}", f"Answer {words}, waiting {lasted}"), known.text)


def _end_report(cmd: c.EndReport, scene: Scene) -> str:
    known = scene.board.reports.get(cmd.report)
    words = report(scene, known) if known else report_no(cmd.report)
    end = term(cmd.end, scene.language)
    return _with_text(scene.say(f"结束 {words}：{end}", f"End {words}: {end}"), cmd.reason)


def _open(cmd: c.OpenIncident, scene: Scene) -> str:
    kind = scene.rules.types.get(cmd.type)
    priority = priority_words(scene, cmd.priority or (kind.priority if kind else 0))
    name, where = type_name(scene, cmd.type), whole_place(scene, cmd.place)
    said = scene.say(f"立警情 {name} {priority} {where}", f"Open {name}, {priority}, {where}")
    return _with_text(said, cmd.text) + _unplaced(scene, cmd.place) + _suggestion(cmd, scene)


def _unplaced(scene: Scene, place: Place) -> str:
    return "" if place.point else scene.say("；未定位", "; not on the map")


def _suggestion(cmd: c.OpenIncident, scene: Scene) -> str:
    travel = scene.arrivals()
    if cmd.place.point is None or travel is None:
        return ""
    kind = scene.rules.types.get(cmd.type)
    priority = cmd.priority or (kind.priority if kind else 0)
    around = Circumstances(priority, cmd.place.grid, scene.local(scene.now).hour)
    found = recommend(
        scene.board, scene.rules, cmd.place.point, cmd.type, travel, scene.now, len(scene.board.units), around
    )
    best = [candidate for candidate in found if candidate.free][:SUGGESTED]
    words = []
    for candidate in best:
        arrival = travel(scene.board.units[candidate.unit], cmd.place.point)
        words.append(f"{candidate.unit} {expected(arrival)}" if arrival else candidate.unit)
    if not words:
        return scene.say("；没有空闲警力", "; no unit is free")
    return scene.say("；可派 ", "; could send ") + listed(words, scene.language)


def _amend(cmd: c.AmendIncident, scene: Scene) -> str:
    known = scene.board.incidents.get(cmd.incident)
    changes = []
    if cmd.type is not None:
        changes.append(scene.say("类别 ", "type ") + type_name(scene, cmd.type))
    if cmd.priority is not None:
        before = f"{known.priority} → " if known else ""
        changes.append(scene.say("级别 ", "priority ") + f"{before}{cmd.priority}")
    if cmd.place is not None:
        changes.append(scene.say("地点 ", "place ") + whole_place(scene, cmd.place) + _unplaced(scene, cmd.place))
    if cmd.text is not None:
        changes.append(scene.say("文字 ", "text ") + short_text(cmd.text))
    said = scene.say("更正", "Correct")
    return f"{said} {incident(scene, cmd.incident)}{colon(scene)}{listed(changes, scene.language)}"


# -- sending ---------------------------------------------------------------------------------------------------------


def _dispatch(cmd: c.Dispatch, scene: Scene) -> str:
    verb = {
        AssignmentStage.EN_ROUTE: scene.say("派（已出警）", "Send (already en route)"),
        AssignmentStage.ON_SCENE: scene.say("派（已到场）", "Send (already on scene)"),
    }.get(cmd.stage, scene.say("派", "Send"))
    said = f"{verb} {units(scene, cmd.units)} → {incident(scene, cmd.incident)}"
    if cmd.stage is not AssignmentStage.ON_SCENE:
        said += _arrivals(scene, cmd.units, cmd.incident)
    if cmd.stack:
        busy = [u for u in cmd.units if u in scene.board.units and scene.board.units[u].incidents]
        said += "".join(
            scene.say(f"；{u} 续派（{doing(scene, u)} 之后）", f"; {u} stacked after {doing(scene, u)}") for u in busy
        )
    return _with_text(said + _holes(scene, cmd.units) + orders_left(cmd.units, scene), cmd.text)


def _arrivals(scene: Scene, call_signs: Sequence[str], number: int) -> str:
    """``，预计 1:50 (97%)、3:40 (88%)``, in the order of the units; empty where nobody can say."""
    travel, known = scene.arrivals(), scene.board.incidents.get(number)
    if travel is None or known is None or known.place.point is None:
        return ""
    words = []
    for call_sign in call_signs:
        unit = scene.board.units.get(call_sign)
        arrival = travel(unit, known.place.point) if unit else None
        words.append(expected(arrival) if arrival else "?")
    return scene.say("，预计 ", ", expected ") + listed(words, scene.language)


def _holes(scene: Scene, leaving: Sequence[str]) -> str:
    names = [grid_name(scene, grid) for grid in holes(scene.board, leaving) if grid]
    if not names:
        return ""
    return scene.say(f"；{listed(names, 'zh')} 将无空闲警力", f"; leaves no free unit in {listed(names, 'en')}")


def _exchange(cmd: c.Exchange, scene: Scene) -> str:
    leaving, arriving = scene.board.units.get(cmd.leaving), scene.board.units.get(cmd.arriving)
    number = leaving.incidents[0] if leaving and leaving.incidents else 0
    where = incident(scene, number) if number else "?"
    if arriving and arriving.incidents:
        other = incident(scene, arriving.incidents[0])
        said = scene.say(
            f"互换：{cmd.arriving} → {where}，{cmd.leaving} → {other}",
            f"Swap: {cmd.arriving} → {where}, {cmd.leaving} → {other}",
        )
    else:
        said = scene.say(
            f"换警：{cmd.arriving} 接替 {cmd.leaving} → {where}",
            f"Exchange: {cmd.arriving} takes over from {cmd.leaving} → {where}",
        )
    after = "" if arriving and arriving.incidents else _holes(scene, (cmd.arriving,))
    after += orders_left((cmd.arriving,), scene)
    return _with_text(said + _arrivals(scene, (cmd.arriving,), number) + after, cmd.reason)


def _pre_empt(cmd: c.PreEmpt, scene: Scene) -> str:
    now = doing(scene, cmd.unit) if cmd.unit in scene.board.units else "?"
    said = scene.say(f"抽调 {cmd.unit}（{now}）", f"Pre-empt {cmd.unit} ({now})")
    where = f"{said} → {incident(scene, cmd.incident)}{_arrivals(scene, (cmd.unit,), cmd.incident)}"
    return _with_text(where, cmd.reason)


def _lead(cmd: c.NameLead, scene: Scene) -> str:
    return scene.say(f"{cmd.unit} 主办 ", f"{cmd.unit} leads ") + incident(scene, cmd.incident)


# -- progress --------------------------------------------------------------------------------------------------------


def _on(scene: Scene, call_signs: Sequence[str], number: int) -> str:
    """The units, and what they are on."""
    numbers = [number] if number else []
    for call_sign in () if number else call_signs:
        unit = scene.board.units.get(call_sign)
        numbers += list(unit.incidents[:1]) if unit else []
    where = listed((incident(scene, n) for n in dict.fromkeys(numbers)), scene.language)
    return f"{units(scene, call_signs)} → {where}" if where else units(scene, call_signs)


def _advance(cmd: c.Advance, scene: Scene) -> str:
    stage = term(cmd.stage, scene.language)
    return f"{_capital(stage)}{colon(scene)}{_on(scene, cmd.units, cmd.incident)}"


def _contact(cmd: c.Contact, scene: Scene) -> str:
    return scene.say("报平安：", "All well: ") + _on(scene, cmd.units, 0)


def _clear(cmd: c.Clear, scene: Scene) -> str:
    known = scene.board.incidents.get(cmd.incident)
    there = [a.unit for a in known.assignments if a.stage is AssignmentStage.ON_SCENE] if known else []
    said = scene.say("处毕：", "Clear: ") + _on(scene, cmd.units or there, cmd.incident)
    if cmd.disposition:
        said += scene.say("，", ", ") + disposition_name(scene, cmd.disposition)
    return _with_text(said, cmd.text)


def _available(cmd: c.MakeAvailable, scene: Scene) -> str:
    known = [u for u in cmd.units if u in scene.board.units]
    now = listed((scene.say(f"{u}（{doing(scene, u)}）", f"{u} ({doing(scene, u)})") for u in known), scene.language)
    return _with_text(scene.say("撤回、恢复空闲：", "Make available: ") + now, cmd.reason)


def _status(cmd: c.SetStatus, scene: Scene) -> str:
    free = cmd.status is UnitStatus.FREE
    said = scene.say("上勤" if free else term(cmd.status, "zh"), "On duty" if free else term(cmd.status, "en"))
    leaves = [incident(scene, n) for u in cmd.units if u in scene.board.units for n in scene.board.units[u].incidents]
    words = f"{_capital(said)}{colon(scene)}{units(scene, cmd.units)}"
    if leaves:
        words += scene.say("；离开 ", "; leaves ") + listed(dict.fromkeys(leaves), scene.language)
    return _with_text(words, cmd.reason)


def _move(cmd: c.MoveToPost, scene: Scene) -> str:
    unit, travel = scene.board.units.get(cmd.unit), scene.arrivals()
    arrival = travel(unit, cmd.point) if unit and travel else None
    takes = scene.say("，约 ", ", about ") + minutes(arrival.seconds) if arrival else ""
    return scene.say(f"{cmd.unit} 移到 {cmd.post}{takes}", f"{cmd.unit} moves to {cmd.post}{takes}")


# -- the slip and its end --------------------------------------------------------------------------------------------


def _hold(cmd: c.Hold, scene: Scene) -> str:
    until = scene.clock(cmd.until or scene.now + scene.rules.hold_ms)[:5]
    where = incident(scene, cmd.incident)
    return _with_text(scene.say(f"挂起 {where} 到 {until}", f"Hold {where} until {until}"), cmd.reason)


def _transfer(cmd: c.Transfer, scene: Scene) -> str:
    where, to = incident(scene, cmd.incident), receiver_name(scene, cmd.receiver)
    said = scene.say(f"移交 {where} → {to}", f"Transfer {where} → {to}")
    return _with_text(said + _stood_down(scene, scene.board.incidents.get(cmd.incident)), cmd.reason)


def _finish(cmd: c.Finish, scene: Scene) -> str:
    where, how = incident(scene, cmd.incident), disposition_name(scene, cmd.disposition)
    said = scene.say(f"结束 {where}：{how}", f"End {where}: {how}")
    return _with_text(said + _stood_down(scene, scene.board.incidents.get(cmd.incident)), cmd.text)


def _stood_down(scene: Scene, known: Incident | None) -> str:
    there = [a.unit for a in known.assignments if not a.over] if known else []
    return scene.say("；撤回 ", "; stands down ") + units(scene, there) if there else ""


def _feed_back(cmd: c.FeedBack, scene: Scene) -> str:
    known = scene.board.incidents.get(cmd.incident)
    final = cmd.type or (known.final_type or known.type if known else "")
    said = f"{scene.say('反馈', 'Feed back')} {incident(scene, cmd.incident)}{colon(scene)}{type_name(scene, final)}"
    return _with_text(said, cmd.text)


def _call_back(cmd: c.CallBack, scene: Scene) -> str:
    how = scene.say("满意", "satisfied") if cmd.satisfied else scene.say("不满意", "not satisfied")
    said = f"{scene.say('回访', 'Call back')} {incident(scene, cmd.incident)}{colon(scene)}{how}"
    return _with_text(said, cmd.text)


def _note(cmd: c.AddNote, scene: Scene) -> str:
    source = scene.say(f"（来自 {cmd.unit}）", f" (from {cmd.unit})") if cmd.unit else ""
    return _with_text(f"{scene.say('备注', 'Note on')} {incident(scene, cmd.incident)}{source}", cmd.text)


def _link(cmd: c.LinkIncident, scene: Scene) -> str:
    return f"{scene.say('关联', 'Link')} {incident(scene, cmd.incident)} → {incident(scene, cmd.to)}"


def _link_report(cmd: c.LinkReport, scene: Scene) -> str:
    known = scene.board.reports.get(cmd.report)
    words = report(scene, known) if known else report_no(cmd.report)
    if not cmd.report:
        caller = " ".join(filter(None, (mask_name(cmd.caller), mask_contact(cmd.contact), cmd.place.text)))
        words = scene.say("新报警 ", "a new report ") + f"{term(cmd.channel, scene.language)} {caller}".rstrip()
    return _with_text(f"{scene.say('关联', 'Link')} {words} → {incident(scene, cmd.to)}", cmd.text)


def _reopen(cmd: c.Reopen, scene: Scene) -> str:
    return _with_text(f"{scene.say('重开', 'Re-open')} {incident(scene, cmd.incident)}", cmd.reason)


def _about(zh: str, en: str) -> Callable[[Any, Scene], str]:
    return lambda cmd, scene: f"{scene.say(zh, en)} {incident(scene, cmd.incident)}"


# -- the room --------------------------------------------------------------------------------------------------------


def _alarm(cmd: c.RaiseAlarm, scene: Scene) -> str:
    return f"{_capital(term(cmd.kind, scene.language))}{colon(scene)}{_on(scene, (cmd.unit,), 0)}"


def _undo(cmd: c.Undo, scene: Scene) -> str:
    steps = scene.board.steps.get(scene.desk, [])
    step = next((s for s in reversed(steps) if not cmd.command or s.command == cmd.command), None)
    if step is None:
        return scene.say("撤销本席位上一步", "Take back this desk's last step")
    return scene.say("撤销上一步：", "Take back the last step: ") + _step(step, scene)


def _step(step: Step, scene: Scene) -> str:
    """What would be as it was again, and what would end as entered in error."""
    again = [
        *(report_no(r.number) for r in step.reports),
        *(f"{incident_no(i.number)} {term(i.stage, scene.language)}" for i in step.incidents),
        *(u.call_sign for u in step.units),
        *(subject_no(m.subject) for m in step.matters),
        *(alarm_key_words(alarm.key, scene) for alarm, _ in step.alarms),
    ]
    made = [subject_no(s) for s in step.created]
    parts = []
    if again:
        parts.append(scene.say(f"恢复 {listed(again, 'zh')}", f"{listed(again, 'en')} as before"))
    if made:
        parts.append(scene.say(f"作废 {listed(made, 'zh')}", f"{listed(made, 'en')} entered in error"))
    return scene.say("；", "; ").join(parts)


_PREVIEWS: dict[type, Callable[[Any, Scene], str]] = {
    c.ReceiveReport: _receive,
    c.AnswerReport: _answer,
    c.EndReport: _end_report,
    c.OpenIncident: _open,
    c.AmendIncident: _amend,
    c.Dispatch: _dispatch,
    c.Exchange: _exchange,
    c.PreEmpt: _pre_empt,
    c.NameLead: _lead,
    c.Advance: _advance,
    c.Contact: _contact,
    c.Clear: _clear,
    c.MakeAvailable: _available,
    c.SetStatus: _status,
    c.MoveToPost: _move,
    c.Hold: _hold,
    c.Release: _about("解除挂起", "Release"),
    c.LinkIncident: _link,
    c.LinkReport: _link_report,
    c.Split: _about("拆分", "Split off"),
    c.Transfer: _transfer,
    c.Finish: _finish,
    c.FeedBack: _feed_back,
    c.CallBack: _call_back,
    c.CloseIncident: _about("办结", "Close"),
    c.Reopen: _reopen,
    c.AddNote: _note,
    c.RaiseAlarm: _alarm,
    c.Undo: _undo,
    **ALARMS, **INTAKE, **SEATS, **COVER_PREVIEWS, **MATTER_PREVIEWS,
}  # fmt: skip
