"""With the core away what is typed is kept, and afterwards sent, edited or dropped by one key each; never by itself."""

from __future__ import annotations

import errno
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.station.far import Far, far
from tests.station.stage import SMALL, WIDE
from tests.support.waiting import until
from zz110_tui.client.outbox import fresh
from zz110_tui.config.bundled import bundled
from zz110_tui.core import commands as c
from zz110_tui.core.incidents import AssignmentStage
from zz110_tui.station.ui import Page


async def a_slip(desk: Far) -> None:
    await desk.enter("n 打架 @F7 / 两人持刀")
    await until(lambda: 1 in desk.desk.board.incidents)
    await desk.settle()


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_line_typed_without_a_core_is_kept_and_said_not_sent(tmp_path: Path, language: str) -> None:
    words = {"zh": ("没有送出，已存入待发箱（共 1 条）", "待发箱有 1 条未送出", "Ctrl+R 逐条处理")}
    words["en"] = (
        "not sent; kept in the outbox (1 in it)",
        "outbox: 1 not sent",
        "Ctrl+R: one by one",
    )
    async with far(tmp_path, SMALL, language) as desk:
        await a_slip(desk)
        await desk.lose()
        await desk.enter("d 3 1")
        said, banner, how = words[language]
        assert said in desk.text()
        assert banner in desk.lines()[2]
        assert how in desk.lines()[2]
        assert desk.desk.editor.text == ""
        assert not desk.incident(1).assignments
        assert desk.desk.room.outbox is not None
        assert [item.line for item in desk.desk.room.outbox.items()] == ["d 3 1"]


async def test_it_is_never_sent_by_itself(tmp_path: Path) -> None:
    async with far(tmp_path) as desk:
        await a_slip(desk)
        await desk.lose()
        await desk.enter("d 3 1")
        await desk.come_back()
        await desk.pass_time(600)
        assert not desk.incident(1).assignments
        assert "待发箱有 1 条未送出" in desk.text()


async def test_a_line_is_offered_with_what_it_would_do_now_and_what_changed(tmp_path: Path) -> None:
    async with far(tmp_path, WIDE) as desk:
        await a_slip(desk)
        await desk.lose()
        await desk.enter("d 3 1 / 小心")
        await desk.do(c.Dispatch(1, ("07",)))
        await desk.come_back()
        await desk.press("ctrl+r")
        shown = desk.text()
        assert desk.page() is Page.OUTBOX
        assert "未送出" in shown
        assert "d 3 1 / 小心" in shown
        assert re.search("现在：派 03 → 0001", shown)
        assert "打字以后的变化" in shown
        assert re.search("席位02 王 .*07 → 0001", shown)
        await desk.press("enter")
        assert [a.unit for a in desk.incident(1).assignments] == ["07", "03"]
        assert desk.page() is Page.DESK
        assert "待发箱" not in desk.text()
        assert desk.desk.room.outbox is not None
        assert desk.desk.room.outbox.items() == ()


async def test_one_that_cannot_be_done_any_more_says_why_and_stays(tmp_path: Path) -> None:
    async with far(tmp_path, WIDE) as desk:
        await a_slip(desk)
        await desk.lose()
        await desk.enter("d 3 1")
        await desk.do(c.Dispatch(1, ("03",)))
        await desk.come_back()
        await desk.press("ctrl+r", "enter")
        assert len(desk.incident(1).assignments) == 1
        assert "03" in desk.said()
        assert len(desk.desk.outgoing.items) == 1


async def test_edit_puts_it_on_the_line_and_delete_drops_it(tmp_path: Path) -> None:
    async with far(tmp_path) as desk:
        await a_slip(desk)
        await desk.lose()
        await desk.enter("d 3 1")
        await desk.enter("nt 1 / 小心")
        await desk.come_back()
        await desk.press("ctrl+r", "tab")
        assert desk.desk.editor.text == "d 3 1"
        assert [item.line for item in desk.desk.outgoing.items] == ["nt 1 / 小心"]
        await desk.press("escape", "ctrl+r", "delete")
        assert desk.desk.outgoing.items == ()
        assert "已删去，没有送出" in desk.text()
        assert not desk.incident(1).assignments
        await desk.press("up")
        assert desk.desk.editor.text == "nt 1 / 小心"


async def test_a_dot_means_what_it_meant_when_it_was_typed(tmp_path: Path) -> None:
    async with far(tmp_path) as desk:
        await a_slip(desk)
        await desk.enter("n 盗窃 @G7")
        await desk.press("pageup")
        desk.desk.ui.selected = next(s for s in desk.desk.subjects() if s.id == "1")
        await desk.lose()
        await desk.enter("d 3 .")
        await desk.come_back()
        desk.desk.ui.selected = next(s for s in desk.desk.subjects() if s.id == "2")
        await desk.press("ctrl+r", "enter")
        assert [a.unit for a in desk.incident(1).assignments] == ["03"]
        assert not desk.incident(2).assignments


async def test_a_report_from_the_radio_keeps_the_time_at_which_it_was_typed(tmp_path: Path) -> None:
    async with far(tmp_path, WIDE) as desk:
        await a_slip(desk)
        await desk.enter("de 3 1")
        await desk.lose()
        typed = desk.desk.now
        await desk.enter("os 3")
        desk.core.clock.set(desk.core.clock.now() + 240_000)
        await desk.come_back()
        await desk.press("ctrl+r")
        assert "时间按所打时" in desk.text()
        await desk.press("enter")
        (assignment,) = desk.incident(1).assignments
        assert assignment.stage is AssignmentStage.ON_SCENE
        assert abs(assignment.on_scene_at - typed) < 1_000


async def test_a_desk_that_was_killed_finds_them_again(tmp_path: Path) -> None:
    async with far(tmp_path) as desk:
        await a_slip(desk)
        await desk.lose()
        await desk.enter("nt 1 / 报警人在门口")
    async with far(tmp_path) as desk:
        assert "待发箱有 1 条未送出" in desk.lines()[1]


async def test_what_was_on_its_way_and_was_done_is_not_done_again(tmp_path: Path) -> None:
    async with far(tmp_path) as desk:
        await a_slip(desk)
        desk.line.cut_after = lambda words: '"k":"submit"' in words
        desk.line.unplugged = True
        await desk.enter("nt 1 / 一次")
        await until(lambda: bool(desk.desk.ui.lost_at))
        assert "待查明" in desk.text() or desk.desk.outgoing.items[0].flight
        await desk.come_back()
        await until(lambda: not desk.desk.outgoing.items)
        await desk.settle()
        assert "核心已执行，不再发送" in desk.text()
        notes = [e for e in desk.core.engine.board.chronology(desk.desk.subjects()[0]) if "NoteAdded" in repr(e.fact)]
        assert len(notes) == 1


async def test_what_was_on_its_way_and_was_not_done_waits_for_a_key(tmp_path: Path) -> None:
    async with far(tmp_path, silent_ms=1_000) as desk:
        await a_slip(desk)
        # The core hears nothing of it.
        desk.line.dead = desk.line.unplugged = True
        await desk.type("nt 1 / 一次")
        desk.app.press("enter", None)
        await until(lambda: bool(desk.desk.outgoing.items))
        assert desk.desk.outgoing.items[0].flight
        await desk.come_back()
        await until(lambda: not desk.desk.outgoing.items[0].flight)
        await desk.settle()
        assert "核心没有执行，在待发箱中" in desk.text()
        position = desk.core.engine.board.position
        await desk.press("ctrl+r", "enter")
        assert desk.core.engine.board.position == position + 1
        assert desk.desk.outgoing.items == ()


async def test_sent_by_two_processes_of_one_desk_it_is_done_once(tmp_path: Path) -> None:
    async with far(tmp_path) as desk:
        await a_slip(desk)
        await desk.lose()
        await desk.enter("nt 1 / 一次")
        (item,) = desk.desk.outgoing.items
        await desk.come_back()
        assert item.command is not None
        await desk.link.submit(item.command, command_id=item.next_id)
        position = desk.core.engine.board.position
        await desk.press("ctrl+r", "enter")
        assert desk.core.engine.board.position == position
        assert desk.desk.outgoing.items == ()


async def test_a_full_disk_is_said_and_the_line_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with far(tmp_path) as desk:
        await a_slip(desk)
        await desk.lose()

        def full(*_: object) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "pwrite", full)
        await desk.enter("d 3 1")
        assert desk.desk.editor.text == "d 3 1"
        assert "待发箱读写不了" in desk.text()
        assert "没有送出" in desk.text()


async def test_a_line_for_another_store_cannot_be_sent(tmp_path: Path) -> None:
    async with far(tmp_path) as desk:
        await a_slip(desk)
        outbox = desk.desk.room.outbox
        assert outbox is not None
        outbox.keep(replace(fresh("d 3 1", desk.desk.now, "李", "elsewhere"), command=c.Dispatch(1, ("03",))))
        desk.desk.outgoing.load()
        await desk.press("ctrl+r", "enter")
        assert not desk.incident(1).assignments
        assert "另一个案卷库" in desk.text()


async def test_what_stands_in_the_outbox_cannot_move_the_screen(tmp_path: Path) -> None:
    async with far(tmp_path) as desk:
        outbox = desk.desk.room.outbox
        assert outbox is not None
        outbox.keep(fresh("nt 1 / \x1b[2J\u202e[red]x[/red]", desk.desk.now, "\x1b]0;x\x07", ""))
        desk.desk.outgoing.load()
        await desk.press("ctrl+r")
        shown = desk.text()
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert "[red]x[/red]" in shown


@pytest.mark.parametrize("name", ["default", "cad", "left", "vim"])
def test_no_keymap_that_comes_with_zz110_takes_its_key(name: str) -> None:
    assert "ctrl+r" not in bundled("keymaps", f"{name}.toml").read_text("utf-8")
