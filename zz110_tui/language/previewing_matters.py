"""What Enter will do about a matter, in words; ``previewing`` has the whole table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zz110_tui.core import commands_matters as m
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.decisions.roster import roster_of, turn_changes
from zz110_tui.core.notices import Warrant
from zz110_tui.core.orders import Order
from zz110_tui.core.places import Place
from zz110_tui.core.terms import term
from zz110_tui.language.matterwords import grade, name_or_words
from zz110_tui.language.scene import Scene
from zz110_tui.language.unitwords import doing
from zz110_tui.language.words import colon, incident, listed, priority_words, short_text, units, whole_place


def _with_text(words: str, text: str) -> str:
    return f"{words} / {short_text(text)}" if text else words


def _where(scene: Scene, place: Place) -> str:
    return whole_place(scene, place) if place.text else ""


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _until(scene: Scene, at: int) -> str:
    """``，14:30 前``; with the day where it is not today."""
    if not at:
        return ""
    local, today = scene.local(at), scene.local(scene.now)
    words = local.strftime("%H:%M" if local.date() == today.date() else "%m-%d %H:%M")
    return scene.say(f"，{words} 前", f", by {words}")


def _name(scene: Scene, kind: SubjectKind, number: int) -> str:
    return name_or_words(Subject(kind, str(number)), scene)


def _send(cmd: m.SendMessage, scene: Scene) -> str:
    to = [*cmd.units, *(scene.say(f"席位{desk}", f"desk {desk}") for desk in cmd.desks if desk != scene.who.desk)]
    about = f" ({incident(scene, cmd.incident)})" if cmd.incident else ""
    said = scene.say("发消息", "Message")
    return _with_text(f"{said} {priority_words(scene, cmd.priority)} → {listed(to, scene.language)}{about}", cmd.text)


def _read(cmd: m.ReadMessage, scene: Scene) -> str:
    who = cmd.unit or scene.say("本席位", "this desk")
    matter = scene.board.matters.get(Subject(SubjectKind.MESSAGE, str(cmd.message)))
    text = getattr(matter, "text", "")
    return _with_text(
        scene.say(f"{who} 已读 ", f"{who} has read ") + _name(scene, SubjectKind.MESSAGE, cmd.message), text
    )


def _issue(cmd: m.IssueOrder, scene: Scene) -> str:
    kind = term(cmd.kind, scene.language)
    said = _joined(scene.say(f"下达{kind}", f"Order: {kind}"), f"→ {units(scene, cmd.units)}", _where(scene, cmd.place))
    busy = [u for u in cmd.units if u in scene.board.units and scene.board.units[u].incidents]
    said += _until(scene, cmd.due_at)
    said += "".join(scene.say(f"；{u} 正在{doing(scene, u)}", f"; {u} is {doing(scene, u)}") for u in busy)
    return _with_text(said, cmd.text)


def _advance(cmd: m.AdvanceOrder, scene: Scene) -> str:
    stage = term(cmd.stage, scene.language)
    said = f"{stage[:1].upper()}{stage[1:]}{colon(scene)}{units(scene, cmd.units)}"
    return f"{said} → {_name(scene, SubjectKind.ORDER, cmd.order)}"


def _finish(cmd: m.FinishOrder, scene: Scene) -> str:
    order = scene.board.matters.get(Subject(SubjectKind.ORDER, str(cmd.order)))
    there = tuple(e.unit for e in order.errands if e.live) if isinstance(order, Order) else ()
    said = scene.say("指令完成：", "Order done: ") + _joined(
        units(scene, cmd.units or there), f"→ {_name(scene, SubjectKind.ORDER, cmd.order)}"
    )
    return _with_text(said + _result(scene, cmd.result) + _caught(scene, cmd.caught), cmd.text)


def _result(scene: Scene, result: bool | None) -> str:
    if result is None:
        return ""
    return scene.say("，有成果", ", with a result") if result else scene.say("，无成果", ", without a result")


def _caught(scene: Scene, caught: int) -> str:
    return scene.say(f"，抓获 {caught} 人", f", {caught} caught") if caught else ""


def _warrant(scene: Scene, warrant: Warrant) -> str:
    end = scene.local(warrant.ends_at).strftime("%m-%d %H:%M") if warrant.ends_at else "?"
    return scene.say(
        f"，案号 {warrant.case}，依据 {warrant.basis}，{warrant.approver} 批准，{end} 到期",
        f", case {warrant.case}, by {warrant.basis}, approved by {warrant.approver}, ends {end}",
    )


def _push(cmd: m.PushWarning, scene: Scene) -> str:
    head = scene.say("推送", "Push ") + scene.say(
        f"{grade(scene, cmd.grade)}预警", f"{grade(scene, cmd.grade)} warning"
    )
    said = _joined(head, term(cmd.about, scene.language), f"→ {cmd.unit}", _where(scene, cmd.place))
    return _with_text(said + _warrant(scene, cmd.warrant), cmd.text)


def _put_out(cmd: m.PutOutBolo, scene: Scene) -> str:
    said = _joined(scene.say("布控", "Watch for"), term(cmd.about, scene.language), _where(scene, cmd.place))
    return _with_text(said + _warrant(scene, cmd.warrant), cmd.text)


def _look(cmd: m.LookAtNotice, scene: Scene) -> str:
    said = scene.say("查阅（留痕）", "Look at (recorded)")
    return _with_text(f"{said} {name_or_words(cmd.notice, scene)}", cmd.reason)


def _sighting(cmd: m.ReportSighting, scene: Scene) -> str:
    said = _joined(
        scene.say("发现目标", "Sighting"),
        _name(scene, SubjectKind.BOLO, cmd.bolo),
        _where(scene, cmd.place),
        scene.say(f"（{cmd.unit} 报）", f"(from {cmd.unit})") if cmd.unit else "",
    )
    return _with_text(said, cmd.text)


def _ask(cmd: m.AskSupport, scene: Scene) -> str:
    kind = term(cmd.kind, scene.language)
    head = scene.say(f"{cmd.station} 请求支撑 {kind}", f"{cmd.station} asks for support: {kind}")
    about = f"({incident(scene, cmd.incident)})" if cmd.incident else ""
    return _with_text(_joined(head, _where(scene, cmd.place), about), cmd.text)


def _open_ledger(cmd: m.OpenLedger, scene: Scene) -> str:
    kind = term(cmd.kind, scene.language)
    head = scene.say(f"立{kind}台账", f"Open a ledger entry: {kind}")
    about = f"({incident(scene, cmd.incident)})" if cmd.incident else ""
    return _with_text(_joined(head, _where(scene, cmd.place), about), cmd.text)


def _assign(cmd: m.AssignLedger, scene: Scene) -> str:
    said = scene.say("交办 ", "Assign ") + _name(scene, SubjectKind.LEDGER, cmd.entry)
    return _with_text(f"{said} → {cmd.holder}{_until(scene, cmd.due_at)}", cmd.text)


def _settle(cmd: m.SettleLedger, scene: Scene) -> str:
    said = scene.say("已化解 ", "Settled: ") + _name(scene, SubjectKind.LEDGER, cmd.entry)
    follow = scene.say("；一周内回访", "; followed up within a week") if not cmd.due_at else ""
    return _with_text(f"{said}{_until(scene, cmd.due_at)}{follow}", cmd.text)


def _follow_up(cmd: m.FollowUpLedger, scene: Scene) -> str:
    how = scene.say("稳定", "it holds") if cmd.holds else scene.say("反复，重新交办", "it does not hold, assigned anew")
    said = scene.say("回访 ", "Follow up ") + _name(scene, SubjectKind.LEDGER, cmd.entry)
    return _with_text(f"{said}{colon(scene)}{how}", cmd.text)


def _squad(cmd: m.SetSquad, scene: Scene) -> str:
    name, members = cmd.squad.name, units(scene, cmd.squad.units)
    if not cmd.squad.units and roster_of(scene.board).squad(name):
        return scene.say(f"撤去 {name}", f"Take {name} out of the roster")
    turns = scene.say(f"，每天 {cmd.turns} 轮", f", {cmd.turns} turns a day") if cmd.turns else ""
    return scene.say(f"编班 {name}：{members}{turns}", f"Squad {name}: {members}{turns}")


def _turn(cmd: m.ChangeTurn, scene: Scene) -> str:
    name = cmd.squad or roster_of(scene.board).next_squad()
    on, off = turn_changes(scene.board, name)
    said = scene.say(f"换班：{name} 上勤", f"Turn: {name} comes on")
    if on:
        said += scene.say(f" {units(scene, on)}", f": {units(scene, on)}")
    if off:
        said += scene.say(f"；下勤 {units(scene, off)}", f"; off duty: {units(scene, off)}")
    busy = [
        unit
        for squad in roster_of(scene.board).squads
        if squad.name != name
        for unit in squad.units
        if unit in scene.board.units and scene.board.units[unit].incidents
    ]
    if busy:
        said += scene.say(f"；{units(scene, busy)} 处警中，办完再下", f"; {units(scene, busy)} on a call, stays on")
    return said


def _withdraw(cmd: m.WithdrawMatter, scene: Scene) -> str:
    name = name_or_words(cmd.matter, scene)
    if cmd.matter.kind is SubjectKind.SUPPORT:
        return _with_text(scene.say("不予支撑 ", "Decline ") + name, cmd.reason)
    off = scene.say(f"撤下 {units(scene, cmd.units)}：", f"Take {units(scene, cmd.units)} off ") if cmd.units else ""
    return _with_text((off or scene.say("撤回 ", "Call off ")) + name, cmd.reason)


def _note(cmd: m.NoteMatter, scene: Scene) -> str:
    source = scene.say(f"（来自 {cmd.unit}）", f" (from {cmd.unit})") if cmd.unit else ""
    return _with_text(scene.say("备注 ", "Note on ") + name_or_words(cmd.matter, scene) + source, cmd.text)


def _about(kind: SubjectKind, field: str, zh: str, en: str) -> Callable[[Any, Scene], str]:
    """Words, the matter, and the text and the result that the command has."""

    def words(cmd: Any, scene: Scene) -> str:
        said = f"{scene.say(zh, en)} {_name(scene, kind, getattr(cmd, field))}"
        return _with_text(said + _result(scene, getattr(cmd, "result", None)), getattr(cmd, "text", ""))

    return words


_W, _S, _L = SubjectKind.WARNING, SubjectKind.SUPPORT, SubjectKind.LEDGER

MATTER_PREVIEWS: dict[type, Callable[[Any, Scene], str]] = {
    m.SendMessage: _send,
    m.ReadMessage: _read,
    m.IssueOrder: _issue,
    m.AdvanceOrder: _advance,
    m.FinishOrder: _finish,
    m.PushWarning: _push,
    m.SignWarning: _about(_W, "warning", "签收", "Sign"),
    m.CheckWarning: _about(_W, "warning", "现场核查", "Checked on the spot:"),
    m.SuperviseWarning: _about(_W, "warning", "督导", "Supervised:"),
    m.FeedBackWarning: _about(_W, "warning", "反馈", "Feed back"),
    m.AskSupport: _ask,
    m.AcceptSupport: _about(_S, "support", "受理", "Accept"),
    m.ProvideSupport: _about(_S, "support", "已支撑", "Provided:"),
    m.CloseSupport: _about(_S, "support", "办结", "Close"),
    m.PutOutBolo: _put_out,
    m.LookAtNotice: _look,
    m.ReportSighting: _sighting,
    m.OpenLedger: _open_ledger,
    m.AssignLedger: _assign,
    m.SettleLedger: _settle,
    m.FollowUpLedger: _follow_up,
    m.CloseLedger: _about(_L, "entry", "销账", "Close"),
    m.SetSquad: _squad,
    m.ChangeTurn: _turn,
    m.WithdrawMatter: _withdraw,
    m.NoteMatter: _note,
}
