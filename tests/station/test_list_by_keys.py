"""The list of work by keys: what has no room is counted, with the key that shows it."""

from __future__ import annotations

import pytest

from tests.station.stage import SMALL, WIDE, Stage, stage
from zz110_tui.core import commands as c
from zz110_tui.core.commands_matters import AskSupport, SendMessage
from zz110_tui.core.incidents import Channel
from zz110_tui.core.supports import SupportKind
from zz110_tui.station.ui import Page
from zz110_tui.station.views.layout import Pane


async def a_full_desk(desk: Stage) -> None:
    for n in range(5):
        await desk.do(c.ReceiveReport(Channel.PHONE, text=f"call {n}"))
        await desk.enter(f"n 打架 @F7 / {n}")
    await desk.enter("d 3 1")
    await desk.do(SendMessage("往北跑", ("08",), priority=1))
    await desk.do(AskSupport(SupportKind.DRONE, "东铺头", "搜索"))


@pytest.mark.parametrize(("language", "hidden"), [("zh", "另 1 条 F3"), ("en", "1 more F3")])
async def test_at_80x24_a_flood_of_calls_leaves_the_most_urgent_matter_in_sight(language: str, hidden: str) -> None:
    async with stage(SMALL, language) as desk:
        await a_full_desk(desk)
        rows = desk.lines()
        heading = next(i for i, row in enumerate(rows) if " 2 " in row and row.rstrip().endswith(hidden))
        assert "m1" in rows[heading + 1], "the message of priority 1, before the request for a drone"


async def test_the_key_beside_the_count_shows_the_whole_list_and_leads_back() -> None:
    async with stage(SMALL) as desk:
        await a_full_desk(desk)
        assert "s1" not in desk.text()
        await desk.press("f3")
        assert desk.page() is Page.LIST
        assert "s1" in desk.text()
        await desk.press("f3")
        assert desk.page() is Page.DESK


async def test_a_keymap_without_that_key_has_the_line_instead() -> None:
    async with stage(SMALL, keymap="left") as desk:
        await a_full_desk(desk)
        assert "条 :full list" in desk.text()


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_place_that_is_only_a_map_cell_is_named_once_in_a_row(size: tuple[int, int]) -> None:
    async with stage(size) as desk:
        await desk.do(c.ReceiveReport(Channel.PHONE, place=desk.desk.room.gazetteer.find("F7", 1)[0].place, text="吵"))
        await desk.enter("n 打架 @F7 r=new / 两人")
        pane = desk.desk.places()[Pane.LIST]
        rows = [row[: pane.width] for row in desk.lines()[pane.y : pane.y + pane.height]]
        listed = [row for row in rows if " r1 " in row[:20] or " 0001 " in row[:20]]
        assert len(listed) == 2
        assert [row.count("F7") for row in listed] == [1, 1]


async def test_choices_at_160_columns_leave_nothing_of_what_stands_beside_them() -> None:
    async with stage(WIDE) as desk:
        await desk.enter("n 打架 @F7 / 两人")
        before = desk.lines()
        await desk.type("d 1")
        rows = [y for y, row in enumerate(desk.lines()) if row.startswith((" 1 ", " 2 ")) or "回车后按数字选" in row]
        assert len(rows) == 3
        assert any(before[y][100:].strip() for y in rows), "something stood there"
        assert not [desk.lines()[y][100:].strip() for y in rows if desk.lines()[y][100:].strip()]
