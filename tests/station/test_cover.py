"""A locked desk: covered at once, alarms still sound, nothing of a slip is seen, opened by its person alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.station.far import far
from tests.station.stage import SMALL, WIDE, Stage, stage
from tests.support.waiting import until
from zz110_tui.core import commands as c
from zz110_tui.core import commands_seats as cs
from zz110_tui.core.alarms import AlarmKind, of_unit
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.incidents import Channel
from zz110_tui.station.cover import WAIT_MS, Step

ZHAO = Actor("赵", "01", Duty.SUPERVISE, "keyboard")


async def lock(desk: Stage, pin: str = "2580") -> None:
    await desk.enter("lock")
    for _ in range(2):
        await desk.enter(pin)
    await until(lambda: bool(desk.core.engine.board.desks["03"].locked_at))
    await desk.settle()


@pytest.mark.parametrize("size", [SMALL, WIDE])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_locked_desk_shows_alarms_and_counts_and_nothing_of_any_slip(
    size: tuple[int, int], language: str
) -> None:
    async with stage(size, language) as desk:
        await desk.enter("n 打架 @F7 c=陈小明 tel=13912342207 / 窗外有人持刀")
        await lock(desk)
        await desk.do(c.ReceiveReport(Channel.PHONE, text="又来一个"))
        await desk.pass_time(120)
        shown = desk.text()
        for secret in ("持刀", "0001", "F7", "陈", "2207", "打架", "又来一个"):
            assert secret not in shown, secret
        alarms = len(desk.core.engine.board.alarms)
        assert alarms
        words = {"zh": f"警报 {alarms}，未认领 {alarms}", "en": f"{alarms} alarms, {alarms} that nobody owns"}
        assert words[language] in shown
        assert {"zh": "席位03 李 已锁屏", "en": "Desk 03 李 is locked"}[language] in shown
        assert {"zh": "待接 1", "en": "to answer 1"}[language] in shown


async def test_alarms_still_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as desk:
        await lock(desk)
        rung: list[int] = []
        monkeypatch.setattr(desk.app, "ring", lambda: rung.append(1))
        await desk.do(c.RaiseAlarm(AlarmKind.EMERGENCY, of_unit("07"), "07"))
        assert rung
        assert "!! 警报 1" in desk.text()


async def test_it_is_covered_before_there_is_a_pin_and_the_pin_is_never_drawn() -> None:
    async with stage() as desk:
        await desk.enter("n 打架 @F7 / 持刀")
        await desk.enter("lock")
        assert "持刀" not in desk.text()
        await desk.type("2580")
        assert "2580" not in desk.text()
        assert "****" in desk.text()
        assert not desk.core.engine.board.desks["03"].locked_at
        await desk.press("escape")
        assert "持刀" in desk.text()


async def test_only_the_pin_opens_it_and_who_and_when_is_on_record() -> None:
    async with stage() as desk:
        await desk.enter("n 打架 @F7 / 持刀")
        await lock(desk)
        await desk.enter("nt 1 / x")
        assert "PIN 不对" in desk.text()
        await desk.press("f1", "f10", "escape")
        assert "持刀" not in desk.text()
        await desk.enter("2580")
        await until(lambda: not desk.core.engine.board.desks["03"].locked_at)
        await desk.settle()
        assert "持刀" in desk.text()
        kinds = [type(entry.fact).__name__ for entry in desk.core.journal.read()]
        assert kinds[-2:] == ["DeskLocked", "DeskUnlocked"]


async def test_wrong_pins_cost_time() -> None:
    async with stage() as desk:
        await lock(desk)
        for _ in range(5):
            await desk.enter("0000")
        await desk.enter("2580")
        assert desk.desk.cover.on
        assert "错得太多" in desk.text()
        desk.core.clock.set(desk.core.clock.now() + WAIT_MS)
        await desk.enter("2580")
        assert not desk.desk.cover.on


async def test_pins_that_are_short_or_differ_are_said() -> None:
    async with stage() as desk:
        await desk.enter("lock")
        await desk.enter("123")
        assert "太短" in desk.text()
        await desk.enter("1234")
        await desk.enter("4321")
        assert "两次不一样" in desk.text()
        assert desk.desk.cover.step is Step.SET


async def test_what_is_pasted_is_no_pin_and_no_line() -> None:
    async with stage() as desk:
        await lock(desk)
        desk.app.type_text("2580\nn 打架 @F7\n")
        assert desk.desk.cover.on
        assert desk.desk.editor.text == ""


async def test_it_locks_itself_after_a_while_without_a_key_and_not_by_default() -> None:
    async with stage(lock_after=300) as desk:
        await desk.type("x")
        await desk.pass_time(299)
        assert not desk.desk.cover.on
        await desk.pass_time(2)
        assert desk.desk.cover.on
        assert "没有设过 PIN" in desk.text()
        await desk.enter("0000")
        assert desk.desk.cover.on
    async with stage() as desk:
        await desk.type("x")
        await desk.pass_time(7_200)
        assert not desk.desk.cover.on


async def test_a_supervisor_frees_the_seat_and_the_desk_there_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as desk:
        await lock(desk)
        left: list[int] = []
        monkeypatch.setattr(desk.app, "leave", lambda: left.append(1))
        link = desk.core.link(ZHAO)
        assert (await link.submit(cs.FreeDesk("03", "本人已离岗"))).accepted
        await until(lambda: bool(left))


async def test_a_script_of_the_same_person_locks_and_unlocks_it() -> None:
    async with stage() as desk:
        cli = desk.core.link(Actor("李", "03", Duty.DISPATCH, "cli"))
        await cli.submit(cs.LockDesk())
        await until(lambda: desk.desk.cover.on)
        await cli.submit(cs.UnlockDesk())
        await until(lambda: not desk.desk.cover.on)


async def test_a_desk_that_its_person_opens_anew_is_unlocked(tmp_path: Path) -> None:
    """He has just logged in: and a fact says so."""
    async with far(tmp_path) as desk:
        await desk.link.submit(cs.LockDesk())
        desk.desk.cover.look()
        await until(lambda: not desk.core.engine.board.desks["03"].locked_at)


async def test_it_is_covered_without_a_core_and_the_room_is_told_later(tmp_path: Path) -> None:
    async with far(tmp_path) as desk:
        await desk.lose()
        await desk.enter("lock")
        for _ in range(2):
            await desk.enter("2580")
        assert desk.desk.cover.on
        assert "核心中断" in desk.text()
        await desk.come_back()
        await until(lambda: bool(desk.core.engine.board.desks["03"].locked_at))
