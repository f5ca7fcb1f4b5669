"""Orders, messages and notices at the desk: seen while they are open, quiet when there are none."""

from __future__ import annotations

from tests.station.stage import SMALL, WIDE, stage
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
