"""What was found: paged, opened by a digit, with filed slips among it as soon as the history has answered."""

from __future__ import annotations

from tests.station.stage import MONDAY, SMALL, Stage, stage
from tests.station.test_incident_page import DAY, FakePast, filed
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import of_incident
from zz110_tui.core.incidents import Channel
from zz110_tui.core.places import Place
from zz110_tui.station.ui import Page


async def _calls(desk: Stage, many: int) -> None:
    for n in range(many):
        await desk.other.submit(c.ReceiveReport(Channel.PHONE, contact="13912342207", text=f"第 {n} 个打架"))
    await desk.settle()


async def test_pages_of_a_screenful_and_a_digit_opens() -> None:
    async with stage(SMALL) as desk:
        await _calls(desk, 40)
        await desk.enter("find 打架")
        assert desk.page() is Page.FOUND
        seen = desk.text()
        await desk.press("pagedown")
        assert "2/" in desk.lines()[1]
        seen += desk.text()
        for _ in range(3):
            await desk.press("pagedown")
            seen += desk.text()
        assert all(f"第 {n} 个打架" in seen for n in range(40))
        await desk.press("home")
        row = desk.lines()[3]
        assert row.split()[0] == "2"
        await desk.press("2")
        assert desk.page() is Page.DETAIL
        assert str(desk.desk.ui.selected and desk.desk.ui.selected.id) in row


async def test_back_keeps_the_query_and_the_place_in_it() -> None:
    async with stage(SMALL) as desk:
        await _calls(desk, 40)
        await desk.enter("find 2207")
        await desk.press("pagedown", "down", "enter", "escape")
        assert desk.page() is Page.FOUND
        assert "2207" in desk.lines()[1]
        assert desk.desk.ui.cursor > 1
        await desk.press("escape")
        await desk.press("f10", "5")
        assert "2207" in desk.lines()[1], "two keys lead back to what was found"
        await desk.press("tab")
        assert desk.desk.editor.text == "find 2207"


async def test_filed_slips_come_among_what_was_found_when_the_history_has_answered() -> None:
    async with stage(SMALL) as desk:
        past = FakePast(filed(91, 1, Place("漳州医院")), filed(92, 3, Place("漳州医院")))
        object.__setattr__(desk.desk.room, "past", past)
        await desk.enter("n 打架 @漳州医院 / 两人")
        await desk.enter("find 漳州医院")
        assert "正在查历史" in desk.text()
        assert "0091" not in desk.text()
        past.let.set()
        await desk.settle()
        text = desk.text()
        assert text.index("0001") < text.index("0092") < text.index("0091") or text.index("0092") < text.index("0091")
        assert "正在查历史" not in text
        await desk.press("2")
        await desk.settle()
        assert desk.desk.ui.selected == of_incident(92)
        assert "旧案92" in desk.text()


async def test_yesterdays_call_at_a_place() -> None:
    async with stage(SMALL) as desk:
        past = FakePast(filed(91, 1, Place("漳州医院")), filed(92, 3, Place("漳州医院")))
        past.let.set()
        object.__setattr__(desk.desk.room, "past", past)
        await desk.enter("find 昨天 漳州医院")
        await desk.settle()
        text = desk.text()
        assert "0091" in text
        assert "0092" not in text
        assert past.asked[-1] == "漳州医院", "the day is no word to look for"
        assert not any(past.by_itself), "a person looks: it is written down as a search"
        assert past.spans[-1] == (MONDAY - MONDAY % DAY - DAY - 8 * 3_600_000, MONDAY - MONDAY % DAY - 8 * 3_600_000)


async def test_without_a_history_the_page_says_so() -> None:
    async with stage(SMALL) as desk:
        await desk.enter("find 打架")
        assert "没有历史可查" in desk.text()
        assert "昨天" in desk.text(), "where nothing is found, how to search is said"
