"""What of an alarm is seen and heard at a desk: the flash of its mark, the bell, and neither where nothing waits."""

from __future__ import annotations

import pytest

from tests.station.stage import stage
from zz110_tui.config.themes import Role
from zz110_tui.core import commands as c
from zz110_tui.station.bell import FLASH_MS, BellRules
from zz110_tui.station.desk import Desk
from zz110_tui.station.frame import draw
from zz110_tui.station.views.cells import Row, plain
from zz110_tui.station.views.layout import Pane


def _alarms(desk: Desk) -> list[Row]:
    return draw(desk)[Pane.ALARMS][1]


async def test_only_the_mark_of_an_alarm_nobody_took_flashes_and_its_sign_never_goes() -> None:
    async with stage() as desk:
        await desk.enter("n 抢劫 @漳州医院")
        await desk.pass_time(70)
        lit = _alarms(desk.desk)
        desk.core.clock.set(desk.core.clock.now() + FLASH_MS)
        dark = _alarms(desk.desk)
        assert [plain(row) for row in lit] == [plain(row) for row in dark], "no letter changes"
        changed = [(a, b) for x, y in zip(lit, dark, strict=True) for a, b in zip(x, y, strict=True) if a != b]
        assert changed == [(("!! ", Role.DANGER), ("!! ", Role.TEXT))]
        desk.core.clock.set(desk.core.clock.now() + FLASH_MS)
        assert _alarms(desk.desk)[0][:3] == lit[0][:3]


async def test_nothing_flashes_when_every_alarm_is_taken_or_it_is_not_wanted() -> None:
    async with stage() as desk:
        assert not desk.desk.flashes
        await desk.enter("n 抢劫 @漳州医院")
        await desk.pass_time(70)
        assert desk.desk.flashes
        desk.desk.ui.thin_line = True
        assert not desk.desk.flashes, "a thin line is not spent on it"
        desk.desk.ui.thin_line = False
        await desk.enter("take")
        assert not desk.desk.flashes
    async with stage(bell=BellRules(flash=False)) as desk:
        await desk.enter("n 抢劫 @漳州医院")
        await desk.pass_time(70)
        assert not desk.desk.flashes


async def test_a_flash_paints_the_alarm_rows_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as desk:
        await desk.enter("n 抢劫 @漳州医院")
        await desk.pass_time(70)
        painted: list[object] = []
        monkeypatch.setattr(desk.app, "paint_now", lambda only=(): painted.append(only))
        desk.app.flash()
        assert painted == [(Pane.ALARMS,)]


async def test_a_locked_desk_rings_and_says_why_on_its_cover(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[int] = []
    async with stage() as desk:
        monkeypatch.setattr(desk.app, "ring", lambda: rung.append(1))
        await desk.do(c.OpenIncident("robbery", desk.desk.room.gazetteer.find("漳州医院", 1)[0].place))
        await desk.enter("lock")
        await desk.type("1234")
        await desk.press("enter")
        await desk.type("1234")
        await desk.press("enter")
        await desk.pass_time(70)
        assert desk.desk.cover.on
        assert rung == [1]
        assert "!! 警报 1" in desk.text()


async def test_what_nobody_took_rings_again_with_the_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[int] = []
    async with stage(bell=BellRules(again=True, every_ms=60_000)) as desk:
        monkeypatch.setattr(desk.app, "ring", lambda: rung.append(1))
        await desk.enter("n 抢劫 @漳州医院")
        await desk.pass_time(61)
        assert rung == [1]
        await desk.pass_time(61)
        assert len(rung) == 2
        await desk.enter("take")
        await desk.pass_time(61)
        assert len(rung) == 2
