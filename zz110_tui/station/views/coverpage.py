"""The covered screen: who locked the desk, since when, how many alarms there are; and nothing of any slip."""

from __future__ import annotations

from zz110_tui.config.themes import Role
from zz110_tui.core.cleaning import visible
from zz110_tui.core.incidents import IncidentStage, ReportStage
from zz110_tui.language.scene import Scene
from zz110_tui.station.cover import LEAST_PIN, Cover, Step
from zz110_tui.station.ui import Ui
from zz110_tui.station.views.cells import BLANK, Row, fit, heading, wrap
from zz110_tui.station.views.signs import loud
from zz110_tui.station.views.spans import clock, span
from zz110_tui.station.words import say

_ASKS = {
    Step.SET: "pin_set",
    Step.AGAIN: "pin_again",
    Step.LOCKED: "pin_enter",
    Step.HANDED: "handed_login",
}


def rows(cover: Cover, scene: Scene, ui: Ui, drill: bool, columns: int, height: int) -> list[Row]:
    language = scene.language
    mode = (f" {say('drill' if drill else 'live', language)} ", Role.DRILL if drill else Role.LIVE)
    who = scene.who
    seat = say("locked_seat", language, desk=visible(who.desk), person=visible(who.person))
    since = say("locked_since", language, at=clock(cover.since, scene.timezone), age=span(scene.now - cover.since))
    made: list[Row] = [
        fit((mode, ("  ", Role.TEXT), (clock(scene.now, scene.timezone), Role.TEXT)), columns),
        BLANK,
        heading(seat, columns, aside=since),
        BLANK,
        *_alarms(scene, columns),
        *_waiting(scene, columns),
        BLANK,
    ]
    if ui.lost_at:
        made.append(
            fit(((f" !! {say('core_lost', language, age=span(scene.now - ui.lost_at))}", Role.DANGER),), columns)
        )
    key = "pin_none" if cover.step is Step.LOCKED and not cover.has_pin else _ASKS[cover.step]
    asked = say(key, language, least=LEAST_PIN, to=visible(cover.to))
    made += [fit(((f"  {line}", Role.TEXT),), columns) for line in wrap(asked, columns - 4)]
    if cover.said and cover.said != key:
        left = span(max(0, cover.wait_until - scene.now))
        made.append(fit(((f"  {say(cover.said, language, least=LEAST_PIN, left=left)}", Role.DANGER),), columns))
    made += [BLANK] * (height - len(made))
    return made[:height]


def _alarms(scene: Scene, columns: int) -> list[Row]:
    """They are counted here, and they ring as ever: somebody has to come."""
    alarms = scene.board.alarms.values()
    free = sum(alarm.untaken for alarm in alarms)
    dire = any(loud(alarm) and alarm.untaken for alarm in alarms)
    role = Role.DANGER if dire else Role.ATTENTION if free else Role.MUTED
    mark = "!!" if dire else " !" if free else "  "
    words = say("locked_alarms", scene.language, n=len(scene.board.alarms), free=free)
    return [fit(((f" {mark} {words} ", role),), columns)]


def _waiting(scene: Scene, columns: int) -> list[Row]:
    ringing = sum(report.stage is ReportStage.RECEIVED for report in scene.board.reports.values())
    queued = sum(incident.stage is IncidentStage.QUEUED for incident in scene.board.incidents.values())
    language = scene.language
    words = f"{say('to_answer', language, n=ringing)}   {say('to_send', language, n=queued)}"
    return [fit(((f"    {words}", Role.ATTENTION if ringing or queued else Role.MUTED),), columns)]


def line(cover: Cover, scene: Scene, columns: int) -> Row:
    """The PIN as dots."""
    return fit(((f" {say('pin', scene.language)} ", Role.HEADING), (" " + "*" * len(cover.typed), Role.TEXT)), columns)
