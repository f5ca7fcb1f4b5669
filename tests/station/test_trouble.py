"""What goes wrong around a desk is said in words, and nothing typed is lost."""

from __future__ import annotations

import pytest

from tests.station.stage import stage
from zz110_tui.core import commands as c
from zz110_tui.core.answers import Answer
from zz110_tui.core.incidents import Channel
from zz110_tui.core.trouble import Trouble


async def test_a_store_that_fails_is_said_and_the_line_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as desk:

        async def full(*_: object, **__: object) -> Answer:
            raise Trouble("磁盘已满", "写不进案卷库", "腾出空间后再按回车")

        monkeypatch.setattr(desk.app.desk.room.link, "submit", full)
        await desk.enter("n 打架 @F7 / 两人")
        shown = desk.text()
        assert "磁盘已满" in shown
        assert "腾出空间后再按回车" in shown
        assert desk.desk.editor.text == "n 打架 @F7 / 两人"
        monkeypatch.undo()
        await desk.press("enter")
        assert desk.incident(1).text == "两人"


async def test_a_refusal_says_why_and_what_to_do_instead() -> None:
    async with stage() as desk:
        await desk.enter("n 打架 @F7")
        await desk.enter("d 3 1")
        await desk.enter("d 3 1")
        assert desk.desk.editor.text == "d 3 1"
        assert "03" in desk.said()
        assert desk.desk.ui.said.more


async def test_a_desk_that_was_too_slow_joins_again_and_is_current() -> None:
    async with stage() as desk:
        feed = desk.core.engine.subscribers._feeds
        for subscription in tuple(feed.values()):
            subscription.lagged = True
            subscription.close()
        await desk.do(c.ReceiveReport(Channel.PHONE, text="来电"))
        await desk.until(lambda: desk.desk.board.position == desk.core.engine.board.position)
        await desk.settle()
        assert desk.desk.board.position == desk.core.engine.board.position
        assert "来电" in desk.text()
        assert not desk.desk.ui.lost_at


async def test_a_core_that_is_gone_is_said_and_the_last_board_stays_marked() -> None:
    async with stage() as desk:
        await desk.do(c.ReceiveReport(Channel.PHONE, text="来电"))
        for subscription in tuple(desk.core.engine.subscribers._feeds.values()):
            subscription.close()
        await desk.until(lambda: bool(desk.desk.ui.lost_at))
        desk.core.clock.set(desk.core.clock.now() + 3_000)
        desk.app.tick()
        await desk.pilot.pause()
        assert desk.desk.ui.lost_at
        shown = desk.text()
        assert "核心中断 0:03" in shown
        assert "来电" in shown


async def test_two_desks_see_each_other_and_a_conflict_is_not_overwritten() -> None:
    async with stage() as desk:
        await desk.enter("n 打架 @F7")
        await desk.do(c.Dispatch(1, ("03",)))
        assert "03" in desk.text()
        await desk.enter("d 3 1")
        assert desk.desk.editor.text == "d 3 1"
        assert len(desk.incident(1).assignments) == 1
