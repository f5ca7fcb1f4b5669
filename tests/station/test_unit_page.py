"""The unit's page: what it did today with its times, where it has been, in words and on a small map."""

from __future__ import annotations

import pytest

from tests.station.stage import SMALL, WIDE, Stage, stage
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import of_incident, of_unit
from zz110_tui.core.board import UNIT_DAY_MS, Board
from zz110_tui.core.units import UnitStatus
from zz110_tui.station.ui import Page


async def _a_morning(desk: Stage) -> None:
    """03 goes out of service and back, to a post, and to a fight and its end."""
    await desk.do(c.SetStatus(("03",), UnitStatus.OUT_OF_SERVICE, "换胎"))
    await desk.pass_time(60)
    await desk.do(c.MakeAvailable(("03",)))
    await desk.enter("mv 03 P06")
    await desk.pass_time(600)
    await desk.enter("n 打架 @胜利路x延安路 / 两人")
    await desk.enter("d 3 1")
    for line in ("ack 3", "er 3", "os 3"):
        await desk.pass_time(60)
        await desk.enter(line)
    await desk.pass_time(600)
    await desk.enter("cl 3 调解 / 和解")


@pytest.mark.parametrize("size", [WIDE, SMALL])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_day_of_a_unit_stands_on_its_page(size: tuple[int, int], language: str) -> None:
    async with stage(size, language) as desk:
        await _a_morning(desk)
        await desk.enter("s u=03")
        assert desk.page() is Page.DETAIL
        seen = desk.text()
        for _ in range(4):
            await desk.press("pagedown")
            seen += desk.text()
        assert ("派出 1 次，忙 13:00" if language == "zh" else "sent out: 1, busy for 13:00") in seen
        assert "0001" in seen
        assert "南昌路市尾路口" in seen
        assert "换胎" in seen, "its own facts, not only those of its incidents"
        assert ("今天到过" if language == "zh" else "Where it has been today") in seen


async def test_what_it_was_sent_to_opens_from_the_page() -> None:
    async with stage(SMALL) as desk:
        await _a_morning(desk)
        await desk.enter("s u=03")
        await desk.press("down", "enter")
        assert desk.desk.ui.selected == of_incident(1)
        await desk.press("escape")
        assert desk.desk.ui.selected == of_unit("03")


async def test_the_places_are_numbered_in_words_and_on_the_map() -> None:
    async with stage() as desk:
        await _a_morning(desk)
        await desk.enter("s u=03")
        lines = desk.text().splitlines()
        start = next(i for i, line in enumerate(lines) if "今天到过" in line)
        assert lines[start + 1].strip().startswith("1 10:33")
        assert lines[start + 2].strip().startswith("2 10:4")
        on_map = "\n".join(line[4:78] for line in lines[start + 4 : start + 18])
        assert "1" in on_map
        assert "03" in on_map


async def test_a_joining_desk_knows_the_day_and_the_day_before_is_forgotten() -> None:
    async with stage(SMALL) as desk:
        await _a_morning(desk)
        board = desk.core.engine.board
        assert Board.from_image(board.image()).day_of("03") == board.day_of("03")
        before = len(board.day_of("03"))
        await desk.core.pass_time(UNIT_DAY_MS + 60_000)
        await desk.do(c.SetStatus(("03",), UnitStatus.OUT_OF_SERVICE, "换胎"))
        assert before > 5
        assert len(board.day_of("03")) == 1
        assert Board.from_image(board.image()).day_of("03") == board.day_of("03")
