"""The wall: looked up at, never typed at; nothing of a caller is on it."""

from __future__ import annotations

import pytest

from tests.station.stage import SMALL, WIDE, stage
from zz110_tui.core import commands as c
from zz110_tui.core.incidents import Channel
from zz110_tui.station.ui import Page


@pytest.mark.parametrize("size", [WIDE, (100, 30), SMALL])
async def test_it_counts_what_waits_and_shows_map_units_and_alarms(size: tuple[int, int]) -> None:
    async with stage(size) as desk:
        await desk.do(c.ReceiveReport(Channel.PHONE, contact="13912342207"))
        await desk.enter("n 抢劫 @漳州医院 r=new")
        await desk.pass_time(70)
        await desk.enter(":pane wall")
        assert desk.page() is Page.WALL
        text = desk.text()
        for words in ("实战 LIVE", "待接 1", "待派 1", "未认领警报 2", "漳州市区", "警力 20", "待派超时"):
            assert words in text, words


async def test_nothing_of_a_caller_stands_there() -> None:
    async with stage() as desk:
        report = c.ReceiveReport(Channel.PHONE, caller="李小龙", contact="13912342207", text="我叫李小龙")
        await desk.do(report)
        await desk.enter("n 打架 @胜利路x延安路 c=李小龙 tel=13912342207 r=new / 我家在三楼302")
        await desk.enter(":pane wall")
        for secret in ("李小龙", "李**", "2207", "1391234", "302"):
            assert secret not in desk.text()


async def test_whoever_types_is_back_at_the_desk_with_the_letter_on_its_line() -> None:
    async with stage() as desk:
        await desk.enter(":pane wall")
        await desk.type("nt")
        assert desk.page() is Page.DESK
        assert desk.desk.editor.text == "nt"


async def test_on_a_screen_of_its_own_no_key_does_anything() -> None:
    async with stage(wall=True) as desk:
        await desk.do(c.ReceiveReport(Channel.PHONE, contact="13912342207"))
        assert desk.page() is Page.WALL
        position = desk.core.engine.board.position
        await desk.type("a")
        for key in ("enter", "f1", "f2", "f7", "f8", "f10", "ctrl+n", "escape", "pagedown", "tab"):
            await desk.press(key)
        desk.app.type_text("sos 1")
        await desk.press("enter")
        assert desk.page() is Page.WALL
        assert desk.desk.editor.text == ""
        assert desk.core.engine.board.position == position


async def test_a_drill_is_called_one_and_a_lost_core_is_said() -> None:
    async with stage(drill=True, wall=True) as desk:
        assert "演练 DRILL" in desk.text()
        desk.desk.ui.lost_at = desk.desk.now - 5_000
        desk.app.tick()
        await desk.settle()
        assert "核心中断" in desk.text()
