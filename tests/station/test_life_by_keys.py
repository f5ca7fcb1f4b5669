"""A call from the first ring to the closed slip, by nothing but keys, at both sizes and in both languages."""

from __future__ import annotations

import pytest

from tests.station.stage import SMALL, WIDE, stage
from zz110_tui.core import commands as c
from zz110_tui.core.incidents import AssignmentStage, Channel, IncidentStage, ReportEnd
from zz110_tui.core.places import Place

LINES = {
    "zh": {"new": "打架 @胜利路x延安路 / 两人持刀", "clear": "cl 7 调解 / 双方和解", "happy": "cb . 满意"},
    "en": {"new": "fight @胜利路x延安路 / two knives", "clear": "cl 7 mediated / both agreed", "happy": "cb . yes"},
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_call_is_taken_sent_followed_and_closed_by_keys(size: tuple[int, int], language: str) -> None:
    async with stage(size, language) as desk:
        lines = LINES[language]
        await desk.do(c.ReceiveReport(Channel.PHONE, contact="13912342207", place=Place("胜利路"), text="打架"))
        assert "r1" in desk.text()
        assert "139****2207" in desk.text()
        assert "13912342207" not in desk.text()

        await desk.press("ctrl+n")  # answer
        await desk.press("f2")  # begins "n "
        await desk.enter(lines["new"])
        await desk.pass_time(20)
        await desk.enter("d 3,7 .")
        for line in ("ack 3,7", "er 3,7", "os 7", "os 3", "cl 3"):
            await desk.pass_time(30)
            await desk.enter(line)
        await desk.enter(lines["clear"])
        for line in ("fb .", lines["happy"], "close ."):
            await desk.pass_time(5)
            await desk.enter(line)

        incident = desk.incident(1)
        assert incident.stage is IncidentStage.CLOSED
        assert incident.disposition == "mediated"
        assert incident.satisfied is True
        assert incident.reports == (1,)
        assert desk.core.engine.board.reports[1].end is ReportEnd.SLIP
        for unit in ("03", "07"):
            a = next(a for a in incident.assignments if a.unit == unit)
            assert 0 < a.dispatched_at < a.signed_at < a.en_route_at < a.on_scene_at
            assert a.stage is AssignmentStage.CLEARED
        assert desk.core.engine.board.units["07"].available
        assert desk.desk.editor.text == ""


async def test_sending_the_recommended_unit_takes_one_key() -> None:
    async with stage() as desk:
        await desk.enter("n 抢劫 @漳州医院 / 持刀")
        await desk.press("f8")
        assert desk.incident(1).stage is IncidentStage.DISPATCHED
        assert desk.incident(1).working


async def test_what_is_typed_is_said_in_words_before_enter() -> None:
    async with stage(SMALL) as desk:
        await desk.enter("n 打架 @胜利路x延安路")
        await desk.type("d 3,7 1")
        assert "03、07 → 0001" in desk.text()
        assert desk.incident(1).stage is IncidentStage.QUEUED


async def test_a_line_typed_ahead_is_read_against_what_the_line_before_it_made() -> None:
    async with stage() as desk:
        app = desk.app
        for letter in "n 打架 @F7":
            app.press(letter, letter)
        app.press("enter", "\r")
        for letter in "d 3 .":
            app.press(letter, letter)
        app.press("enter", "\r")
        await desk.settle()
        assert [a.unit for a in desk.incident(1).assignments] == ["03"]


async def test_after_a_line_that_failed_what_was_typed_ahead_is_not_sent() -> None:
    async with stage() as desk:
        await desk.enter("n 打架 @F7")
        await desk.enter("d 3 .")
        await desk.enter("n 盗窃 @G7")
        desk.desk.queue("d 3 2")  # 03 is busy: refused when its turn comes
        desk.desk.queue("d 4 2")
        await desk.settle()
        assert not desk.incident(2).assignments
        assert desk.desk.editor.text == "d 3 2"
        assert desk.desk.editor.history[-1] == "d 4 2"
