"""The supervisor's page: what is late, what will be late, the month, the alarms and the shelf, grids and units."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.station.stage import SMALL, WIDE, Stage, stage
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import of_incident
from zz110_tui.core.figures import MissBudget, miss_budget
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.units import UnitStatus
from zz110_tui.station.ui import Page

PAGE = ":pane supervisor"


async def _late(desk: Stage, *lines: str) -> None:
    """Slips nobody was sent to in time."""
    for line in lines:
        await desk.enter(line)
    await desk.pass_time(200)


def _under(desk: Stage, title: str) -> str:
    """What stands under a title, up to the next empty or titled row."""
    lines = desk.text().splitlines()
    at = next(i for i, line in enumerate(lines) if line.strip().startswith(title))
    return "\n".join(lines[at + 1 : at + 4])


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_one_key_opens_it_and_once_more_goes_back(size: tuple[int, int]) -> None:
    async with stage(size) as desk:
        await desk.press("ctrl+k")
        assert desk.page() is Page.SUPERVISOR
        assert "现在超时 0" in desk.text()
        await desk.press("ctrl+k")
        assert desk.page() is Page.DESK


async def test_what_is_late_can_be_walked_to_and_opened_and_esc_comes_back() -> None:
    async with stage() as desk:
        await _late(desk, "n 打架 @胜利路x延安路")
        await desk.enter(PAGE)
        assert "0001" in _under(desk, "现在超时 1")
        await desk.press("down", "enter")
        assert desk.page() is Page.DETAIL
        assert desk.desk.ui.selected == of_incident(1)
        await desk.press("escape")
        assert desk.page() is Page.SUPERVISOR


async def test_what_will_be_late_is_said_with_how_long_there_is_left() -> None:
    async with stage() as desk:
        await desk.enter("n 打架 @胜利路x延安路")
        await desk.enter(PAGE)
        assert "1:00 2 0001 待派超时 打架" in _under(desk, "10 分钟内将超时 1")
        await desk.pass_time(20)
        assert "0:40 2 0001" in _under(desk, "10 分钟内将超时 1")


async def test_a_slip_that_nobody_free_reaches_in_time_is_named() -> None:
    async with stage() as desk:
        await desk.enter("n 打架 @胜利路x延安路")
        await desk.enter(PAGE)
        assert "五分钟内无人能到 0" in desk.text()
        units = tuple(desk.desk.board.units)
        await desk.do(c.SetStatus(units, UnitStatus.OFF_DUTY, "收队"))
        await desk.pass_time(6)
        assert "没有空闲警力" in _under(desk, "五分钟内无人能到 1")


async def test_a_shelved_alarm_is_listed_with_its_reason_and_counted_on_the_desk() -> None:
    async with stage() as desk:
        await _late(desk, "n 打架 @胜利路x延安路")
        await desk.enter("shelve 1 10m / 等家属")
        assert "警报 0 搁置 1" in desk.text()
        assert "席位03搁置 余" in desk.text()
        await desk.enter(PAGE)
        assert "现在超时 0" in desk.text()
        assert "/ 等家属" in _under(desk, "搁置 1")
        await desk.press("escape")
        await desk.enter("u")
        assert "未认领" in desk.text()
        assert "警报 1" in desk.text()
        assert "警报 0 搁置" not in desk.text()


async def test_a_risen_alarm_is_marked_in_the_rows_and_on_the_page() -> None:
    async with stage() as desk:
        await _late(desk, "n 噪音 @漳州医院", "n 打架 @胜利路x延安路")
        await desk.pass_time(120)
        assert "^! 0002" in desk.text()
        assert "升级 无指挥席" in desk.text()


async def test_a_flood_is_called_one_in_words() -> None:
    async with stage() as desk:
        await _late(desk, *["n 打架 @胜利路x延安路"] * 10)
        await desk.enter(PAGE)
        assert "10.0：警报洪泛" in desk.text()
        await desk.pass_time(700)
        assert "预算 1 之内" in desk.text()


class _Past:
    def __init__(self, answer: Callable[[], tuple[MissBudget, ...]]) -> None:
        self.answer = answer
        self.asked: list[tuple[int, int, str]] = []

    async def budgets(self, start: int, end: int, headline_clock: str) -> tuple[MissBudget, ...]:
        self.asked.append((start, end, headline_clock))
        return self.answer()

    async def find(self, *_: object, place: bool = False) -> tuple[()]:
        del place
        return ()

    async def slip(self, _: int) -> None:
        return None

    async def close(self) -> None: ...


async def test_the_months_budget_comes_from_the_history_on_the_headline_clock() -> None:
    past = _Past(lambda: (miss_budget(300, 0.9345, 9, 200), miss_budget(600, 0.9997, 1, 200)))
    async with stage(past=past, headline_clock="dispatched") as desk:
        await desk.enter(PAGE)
        await desk.settle()
        assert "本月 5 分余量 4.1（迟 9，至今容许 13.1，派警起）" in desk.text()
        assert "本月 10 分已超支 0.9" in desk.text()
        (asked,) = past.asked
        assert asked[2] == "dispatched"
        first = desk.desk.scene().local(asked[0])
        assert (first.day, first.hour, first.minute) == (1, 0, 0)
        await desk.pass_time(30)
        assert len(past.asked) == 1, "not asked again at every tick"
        await desk.pass_time(40)
        assert len(past.asked) == 2


def _broken() -> tuple[MissBudget, ...]:
    raise Trouble("历史读不了 / the history cannot be read", "disk", "")


async def test_where_the_history_cannot_be_read_that_is_said() -> None:
    async with stage(past=_Past(_broken)) as desk:
        await desk.enter(PAGE)
        await desk.settle()
        assert "此处没有历史可查" in desk.text()


def _computing() -> tuple[MissBudget, ...]:
    raise Trouble("历史还没有算好 / the history is not computed yet", "", "", exit_code=75)


async def test_a_history_that_does_not_answer_yet_is_said_and_asked_again_soon() -> None:
    past = _Past(_computing)
    async with stage(past=past, headline_clock="dispatched") as desk:
        await desk.enter(PAGE)
        await desk.settle()
        assert "历史还没有答复" in desk.text()
        past.answer = lambda: (miss_budget(300, 0.9345, 9, 200),)
        await desk.pass_time(11)
        await desk.settle()
        assert "历史还没有答复" not in desk.text()
        assert "本月 5 分" in desk.text()


async def test_every_grid_and_every_unit_is_there_and_the_units_are_turned_with_the_page() -> None:
    async with stage((130, 30)) as desk:
        await desk.enter(PAGE)
        for grid in desk.desk.room.city.grids:
            assert grid.id in desk.text()
        seen = desk.text()
        for _ in range(3):
            await desk.press("pagedown")
            seen += desk.text()
        rows = [line[66:].split() for line in seen.splitlines() if len(line) > 70]
        assert {row[0] for row in rows if row} >= {unit.call_sign for unit in desk.desk.units}


async def test_on_a_small_screen_everything_is_reached_by_paging() -> None:
    async with stage(SMALL) as desk:
        await _late(desk, "n 打架 @胜利路x延安路")
        await desk.enter(PAGE)
        seen = ""
        for _ in range(8):
            seen += desk.text()
            await desk.press("pagedown")
        for words in ("警报率", "现在超时", "五分钟内无人能到", "10 分钟内将超时", "搁置 0", "警区 12", "警力 20"):
            assert words in seen
        assert all(len(line.encode("gb18030")) <= SMALL[0] for line in desk.text().splitlines())


async def test_nothing_is_drawn_again_while_nothing_changed() -> None:
    """Within the same second the page is the same, cell for cell."""
    async with stage() as desk:
        await _late(desk, "n 打架 @胜利路x延安路")
        await desk.enter(PAGE)
        before = desk.lines()
        desk.app.paint_now()
        await desk.settle()
        assert desk.lines() == before
