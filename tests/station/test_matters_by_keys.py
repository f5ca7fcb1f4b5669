"""Orders, messages and notices at the desk: seen while they are open, quiet when there are none."""

from __future__ import annotations

import re

import pytest

from tests.station.stage import SMALL, WIDE, Stage, stage
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.commands_matters import PushWarning
from zz110_tui.core.notices import About, Warrant
from zz110_tui.station.ui import Page

HEADING = "消息、指令、预警"


async def test_a_desk_without_matters_says_nothing_about_them() -> None:
    async with stage() as desk:
        assert HEADING not in desk.text()


async def test_an_order_stands_in_the_list_from_its_line_to_its_end() -> None:
    for size in (WIDE, SMALL):
        async with stage(size) as desk:
            await desk.enter("ord 护学 3 @F7 / 早高峰")
            assert f"{HEADING} 1" in desk.text()
            assert "t1" in desk.text()
            assert "指令 护学" in desk.text()
            await desk.enter("ack 3")
            await desk.enter("os 3")
            assert "03 到位" in desk.text()
            await desk.enter("cl 3 / 平安")
            assert HEADING not in desk.text()


async def test_enter_on_a_selected_order_shows_all_of_it() -> None:
    async with stage() as desk:
        await desk.enter("ord 护学 3 @F7 / 早高峰")
        desk.desk.ui.selected = Subject(SubjectKind.ORDER, "1")
        await desk.press("enter")
        assert desk.page() is Page.DETAIL
        assert "下达指令 t1" in desk.text()


async def test_the_words_of_a_notice_come_with_a_recorded_look() -> None:
    async with stage() as desk:
        warrant = Warrant("漳公刑2026-12", "刑诉法", "王局", desk.desk.now + 86_400_000)
        await desk.do(PushWarning(1, About.VEHICLE, "03", warrant, "闽E12345"))
        desk.desk.ui.selected = Subject(SubjectKind.WARNING, "1")
        await desk.press("enter")
        assert "漳公刑2026-12" in desk.text()
        assert "闽E12345" not in desk.text(), "the other desk's notice, and no look recorded"
        await desk.enter("s w1 / 核对车牌")
        assert desk.page() is Page.DETAIL
        assert "闽E12345" in desk.text()
        assert "查阅 w1 / 核对车牌" in desk.text()


def _row(desk: Stage, unit: str) -> str:
    return next(line for line in desk.lines() if line.strip(" >").startswith(f"{unit} "))


async def test_a_unit_shows_its_order_and_is_still_free() -> None:
    async with stage(SMALL) as desk:
        await desk.enter("ord 护学 14 @漳州二中 / 放学")
        await desk.enter(":pane units")
        await desk.pass_time(60)
        assert "空闲 t1   1:00 下达  护学  漳州二中" in _row(desk, "14")
        assert desk.desk.board.units["14"].available
        await desk.enter("os 14")
        assert "空闲 t1   0:00 到位" in _row(desk, "14")
        await desk.enter("n 打架 @漳州二中")
        await desk.enter("d 14 ^")
        assert re.search(r"已派 0001 +0:00 t1", _row(desk, "14")), "the call first, the order beside it"
        await desk.enter("cl t1 / 完")
        assert "t1" not in _row(desk, "14")


@pytest.mark.parametrize(
    ("language", "preview", "column"),
    [
        ("zh", "另有指令：14 t1 护学 已下达", "指令t1"),
        ("en", "on an order as well: 14 t1 school guard issued", "order t1"),
    ],
)
async def test_whoever_sends_a_unit_is_told_of_its_order(language: str, preview: str, column: str) -> None:
    async with stage(language=language) as desk:
        await desk.enter("ord hx 14 @漳州二中")
        await desk.enter("n dj @漳州二中")
        await desk.type("d 14 ^")
        assert preview in desk.text()
        await desk.press("escape")
        await desk.enter("rec ^")
        assert re.search(rf"\b14 .*{column}", desk.text()), "the recommendation has it as a word, not as a block"


async def test_a_units_page_lists_what_is_in_its_hand() -> None:
    async with stage(SMALL) as desk:
        warrant = Warrant("漳公刑2026-12", "刑诉法", "王局", desk.desk.now + 86_400_000)
        await desk.enter("ord 护学 3,14 @漳州二中 / 放学")
        await desk.do(PushWarning(1, About.VEHICLE, "03", warrant, "闽E12345"))
        await desk.enter("msg 3 / 往北跑")
        await desk.enter("s u=03")
        shown = desk.text()
        assert all(words in shown for words in ("t1 指令 护学", "w1 红色预警 车辆", "m1 消息", "往北跑"))
        assert "闽E12345" not in shown, "no look is recorded"
        await desk.enter("os 3 t1")
        await desk.enter("cl 3 t1")
        assert "t1 指令" not in desk.text()


async def test_what_has_a_time_of_its_own_counts_towards_it() -> None:
    async with stage() as desk:
        await desk.enter("ord 护学 3 @F7 until=10m")
        await desk.enter("ack 3")
        await desk.pass_time(300)
        row = next(line for line in desk.lines() if " t1 " in line and "指令" in line)
        assert "5:00" in row, "five of ten minutes, not none"
