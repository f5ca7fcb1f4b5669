"""What Enter will do with a line about seats, personal data or paper; part of the table in ``language.previewing``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zz110_tui.core import commands_catchup as cc
from zz110_tui.core import commands_seats as c
from zz110_tui.core.incidents import IncidentStage, ReportStage
from zz110_tui.core.terms import incident_no, report_no
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import disposition_name, listed, minutes, report, short_text, type_name, whole_place


def _lock(_: c.LockDesk, scene: Scene) -> str:
    return scene.say("锁住本席位：警报照响，不显示警情", "Lock this desk: alarms still sound, no slip is shown")


def _unlock(_: c.UnlockDesk, scene: Scene) -> str:
    return scene.say("解锁本席位", "Unlock this desk")


def _free(cmd: c.FreeDesk, scene: Scene) -> str:
    known = scene.board.desks.get(cmd.desk)
    who = known.person if known else ""
    return scene.say(f"释放席位{cmd.desk}（{who} 所锁）", f"Free desk {cmd.desk}, locked by {who}")


def _hand_over(cmd: c.HandOver, scene: Scene) -> str:
    board = scene.board
    open_ = sum(i.stage is not IncidentStage.CLOSED for i in board.incidents.values())
    waiting = sum(r.stage is not ReportStage.ENDED for r in board.reports.values())
    alarms = len(board.alarms)
    state = scene.say(
        f"在接 {waiting}、在办 {open_}、警报 {alarms}", f"{waiting} reports, {open_} incidents, {alarms} alarms open"
    )
    note = f" / {short_text(cmd.note)}" if cmd.note else ""
    if not cmd.to:
        return scene.say(f"给下一位留话（{state}）", f"Leave a note for the next one ({state})") + note
    return scene.say(f"席位交给 {cmd.to}（{state}）", f"Hand this desk over to {cmd.to} ({state})") + note


def _read(_: c.ReadHandOver, scene: Scene) -> str:
    count = len(scene.board.hand_overs.get(scene.desk, ()))
    return scene.say(f"交接的话已阅（{count} 条）", f"The hand-over notes are read ({count})")


def _unmask(cmd: c.Unmask, scene: Scene) -> str:
    known = scene.board.reports.get(cmd.report)
    who = report(scene, known) if known else report_no(cmd.report)
    if known is not None and known.incident:
        who += f" ({incident_no(known.incident)})"
    said = scene.say(f"查看 {who} 的资料原文，记录在案", f"See the data of {who} as they are; this is recorded")
    return f"{said} / {short_text(cmd.reason)}" if cmd.reason else said


def _catch_up(cmd: cc.CatchUp, scene: Scene) -> str:
    times = [
        (scene.say("接报", "received"), cmd.received_at),
        (scene.say("派警", "dispatched"), cmd.dispatched_at),
        (scene.say("到场", "arrived"), cmd.arrived_at),
        (scene.say("处毕", "cleared"), cmd.cleared_at),
    ]
    parts = [f"{type_name(scene, cmd.type)} {whole_place(scene, cmd.place)}"]
    parts.append(" ".join(f"{name} {scene.local(at):%m-%d %H:%M:%S}" for name, at in times if at))
    if cmd.units:
        parts.append(listed(cmd.units, scene.language))
    if cmd.arrived_at:
        took = minutes((cmd.arrived_at - cmd.received_at) / 1000)
        parts.append(scene.say(f"接报到到场 {took}", f"{took} from received to arrival"))
    if cmd.disposition:
        parts.append(disposition_name(scene, cmd.disposition))
    said = scene.say("；", "; ").join(parts)
    return scene.say(f"补录纸单（另计）：{said}", f"Enter from paper, counted apart: {said}")


SEATS: dict[type, Callable[[Any, Scene], str]] = {
    c.LockDesk: _lock,
    c.UnlockDesk: _unlock,
    c.FreeDesk: _free,
    c.HandOver: _hand_over,
    c.ReadHandOver: _read,
    c.Unmask: _unmask,
    cc.CatchUp: _catch_up,
}
