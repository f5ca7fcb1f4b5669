"""A desk that lost its core says so, stays readable, says how old it is, sends nothing, and goes on where it was."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from tests.station.far import Far, far
from tests.station.stage import SMALL, WIDE
from tests.support.waiting import until
from zz110_tui.client.states import EntryRefused
from zz110_tui.config.themes import Depth, Role
from zz110_tui.core import commands as c
from zz110_tui.core.incidents import Channel
from zz110_tui.wire.goodbyes import Goodbye, goodbye


async def with_a_call(desk: Far) -> None:
    await desk.do(c.ReceiveReport(Channel.PHONE, text="窗外有人打架"))
    await until(lambda: bool(desk.desk.board.reports))
    await desk.settle()


async def lost_for(desk: Far, seconds: int) -> None:
    """Time passes at the core and at the desk."""
    desk.core.clock.set(desk.core.clock.now() + seconds * 1000)
    desk.app.tick()
    await desk.settle()


@pytest.mark.parametrize("size", [SMALL, WIDE])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_core_that_is_gone_is_said_in_four_places_and_the_board_stays(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    age = "0:08"
    words = {"zh": (f"核心中断 {age}", f"所示为 {age} 前的情况", f"~旧 {age}~", "未连")}
    words["en"] = (f"core lost {age}", f"what you see is {age} old", f"~old {age}~", "OFFLINE")
    async with far(tmp_path, size, language) as desk:
        await with_a_call(desk)
        await desk.lose()
        await lost_for(desk, 8)
        shown = desk.lines()
        top, banner, aged, prompt = words[language]
        assert re.search(top, shown[0])
        assert "!! " in shown[1]
        assert re.search(banner, shown[1])
        assert re.search(aged, shown[2])
        assert prompt in shown[-2]
        assert any("窗外有人打架" in line for line in shown)


@pytest.mark.parametrize("theme", ["night", "day", "high-contrast", "mono", "sixteen"])
@pytest.mark.parametrize("colour", ["none", "16", "true"])
async def test_it_is_seen_in_every_theme_and_without_colours(tmp_path: Path, theme: str, colour: str) -> None:
    async with far(tmp_path, theme=theme, colour=colour) as desk:
        await with_a_call(desk)
        await desk.lose()
        looks = desk.desk.setup.looks
        assert looks.depth is Depth(colour)
        assert looks[Role.DANGER] != looks[Role.TEXT]
        assert "!! 核心中断" in desk.lines()[1]
        assert "~旧" in desk.lines()[2]


async def test_a_network_that_went_dead_without_a_word_is_said_too(tmp_path: Path) -> None:
    async with far(tmp_path, silent_ms=1_000) as desk:
        await with_a_call(desk)
        desk.line.dead = desk.line.unplugged = True
        await until(lambda: bool(desk.desk.ui.lost_at))
        await desk.settle()
        assert "核心中断" in desk.lines()[0]
        assert "没有对方消息" in desk.desk.notices()[0].asides[0]


async def test_what_is_typed_meanwhile_is_said_not_sent(tmp_path: Path) -> None:
    async with far(tmp_path) as desk:
        await with_a_call(desk)
        await desk.lose()
        await desk.type("n 打架 @F7")
        assert "不会送出" in desk.lines()[-3] + desk.lines()[-4]
        await desk.press("enter")
        assert not desk.core.engine.board.incidents


async def test_it_says_so_when_the_core_is_back_and_goes_on(tmp_path: Path) -> None:
    async with far(tmp_path) as desk:
        await with_a_call(desk)
        await desk.lose()
        await desk.do(c.ReceiveReport(Channel.WECHAT, text="另一个"))
        await lost_for(desk, 20)
        await desk.come_back()
        shown = desk.lines()
        assert "核心正常" in shown[0] or "核心中断" not in shown[0]
        assert re.search(r"核心恢复：中断 0:20", shown[1])
        assert not any("~旧" in line for line in shown)
        assert len(desk.desk.board.reports) == 2
        await lost_for(desk, 11)
        assert "核心恢复" not in desk.text()


async def test_a_core_that_will_not_have_the_desk_back_is_said_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with far(tmp_path, WIDE) as desk:

        async def refused(_number: int) -> asyncio.Task[Goodbye]:
            raise EntryRefused(goodbye("unknown_person", account="li"))

        monkeypatch.setattr(desk.link, "_attempt", refused)
        await desk.line.cut()
        await until(lambda: desk.link.state.for_good)
        await until(lambda: bool(desk.desk.ui.lost_at))
        await desk.settle()
        assert "不再自动重连：账号 li 不在用户名单中" in desk.lines()[1]


async def test_questions_are_answered_from_what_is_shown(tmp_path: Path) -> None:
    async with far(tmp_path) as desk:
        await with_a_call(desk)
        await desk.lose()
        await desk.enter("find 打架")
        assert "查找 打架：1 条" in desk.text()
        await desk.press("escape")
        assert "核心中断" in desk.lines()[0]
