"""Every key does what the screen says it does, and nothing typed is ever lost."""

from __future__ import annotations

import pytest

from tests.station.stage import SMALL, WIDE, Stage, stage
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import Subject, of_incident, of_unit
from zz110_tui.core.incidents import Channel
from zz110_tui.station.screens import SCREENS
from zz110_tui.station.ui import Page


async def _two_incidents(desk: Stage) -> None:
    await desk.enter("n 打架 @胜利路x延安路 / 两人")
    await desk.enter("n 抢劫 @漳州医院")


async def test_letters_always_land_on_the_line_whatever_page_is_open() -> None:
    async with stage() as desk:
        for key in ("f1", "f5", "f4", "f10", "f3"):
            await desk.press(key)
            await desk.type("x")
        assert desk.desk.editor.text == "xxxxx"


async def test_enter_on_an_empty_line_shows_the_selected_and_enter_again_goes_back() -> None:
    async with stage(SMALL) as desk:
        await _two_incidents(desk)
        await desk.press("enter")
        assert desk.page() is Page.DETAIL
        assert "问询要点" in desk.text()
        await desk.press("enter")
        assert desk.page() is Page.DESK


async def test_page_keys_walk_the_list_in_the_order_of_urgency() -> None:
    async with stage() as desk:
        await _two_incidents(desk)
        desk.desk.ui.selected = None
        seen: list[Subject | None] = []
        for key in ("pagedown", "pagedown", "pagedown", "pageup"):
            await desk.press(key)
            seen.append(desk.desk.ui.selected)
        robbery, fight = of_incident(2), of_incident(1)
        assert seen == [robbery, fight, fight, robbery], "the end of the list is the end"


async def test_on_the_unit_page_they_walk_the_units() -> None:
    async with stage() as desk:
        await desk.press("f4")
        assert desk.desk.ui.selected == of_unit("01"), "it is seen which list is walked"
        await desk.press("pagedown")
        assert desk.desk.ui.selected == of_unit("02")
        await desk.press("enter")
        assert "02梯队" in desk.text()


async def test_up_recalls_and_down_brings_the_draft_back() -> None:
    async with stage() as desk:
        await desk.enter("n 打架 @F7")
        await desk.type("d 3")
        await desk.press("up")
        assert desk.desk.editor.text == "n 打架 @F7"
        await desk.press("down")
        assert desk.desk.editor.text == "d 3"


async def test_a_wrong_line_stays_with_the_reason_and_what_to_do() -> None:
    async with stage() as desk:
        await desk.enter("d 3 99")
        assert desk.desk.editor.text == "d 3 99"
        assert desk.said()
        assert desk.said() in desk.text()


async def test_escape_goes_back_step_by_step() -> None:
    async with stage() as desk:
        await desk.press("f1")
        await desk.type("d 3")
        await desk.press("escape")
        assert (desk.desk.editor.text, desk.page()) == ("", Page.HELP)
        await desk.press("escape")
        assert desk.page() is Page.DESK


async def test_an_ambiguous_line_lists_its_readings_and_a_digit_takes_one() -> None:
    async with stage(SMALL) as desk:
        await desk.type("n 打架 @胜利路")
        assert "胜利西路" in desk.text()
        await desk.press("enter")
        assert desk.choosing()
        chosen = desk.desk.parsed().choices[1].insert
        await desk.press("2")
        assert desk.desk.editor.text == chosen
        assert not desk.choosing()
        assert not desk.core.engine.board.incidents, "choosing sends nothing"


async def test_a_digit_before_enter_is_only_a_digit() -> None:
    async with stage() as desk:
        await desk.type("n 打架 @胜利路2")
        assert desk.desk.editor.text == "n 打架 @胜利路2"


async def test_clearing_without_a_disposition_offers_the_dispositions() -> None:
    async with stage() as desk:
        await desk.enter("n 打架 @F7")
        await desk.enter("do 3 1")
        await desk.enter("cl 3")
        assert desk.choosing()
        await desk.press("1", "enter")
        assert desk.incident(1).disposition


async def test_pasting_never_runs_anything() -> None:
    async with stage() as desk:
        desk.app.type_text("n 打架 @F7\nd 3 1\r\n")
        await desk.settle()
        assert desk.desk.editor.text == "n 打架 @F7 d 3 1 "
        assert not desk.core.engine.board.incidents


async def test_tab_finishes_what_only_one_word_can_mean() -> None:
    async with stage() as desk:
        await desk.type(":lang")
        await desk.press("tab")
        assert desk.desk.editor.text == ":language "
        await desk.press("escape")
        await desk.type("disp")
        await desk.press("tab")
        assert desk.desk.editor.text.startswith("dispatch")


async def test_a_prefilling_key_keeps_what_was_typed_in_the_history() -> None:
    async with stage() as desk:
        await desk.type("nt 1 / half a thought")
        await desk.press("f2")
        assert desk.desk.editor.text == "n "
        await desk.press("up")
        assert desk.desk.editor.text == "nt 1 / half a thought"


async def test_undo_takes_the_last_step_back() -> None:
    async with stage() as desk:
        await desk.enter("n 打架 @F7")
        await desk.enter("d 3 1")
        await desk.enter("u")
        assert not [a for a in desk.incident(1).assignments if not a.over]


async def test_find_lists_and_enter_opens() -> None:
    async with stage() as desk:
        await _two_incidents(desk)
        await desk.enter("find 打架")
        assert desk.page() is Page.FOUND
        await desk.press("enter")
        assert desk.desk.ui.selected == of_incident(1)
        assert desk.page() is Page.DETAIL


async def test_a_caller_is_found_by_his_number_and_shown_masked() -> None:
    async with stage() as desk:
        await desk.do(c.ReceiveReport(Channel.PHONE, contact="13912342207"))
        await desk.enter("find 2207")
        assert "139****2207" in desk.text()
        assert "13912342207" not in desk.text()


async def test_show_opens_what_is_named() -> None:
    async with stage() as desk:
        await _two_incidents(desk)
        await desk.enter("show i=1")
        assert desk.page() is Page.DETAIL
        assert "0001" in desk.text()


async def test_the_menu_puts_a_command_on_the_line() -> None:
    async with stage() as desk:
        await desk.press("f10", *["down"] * (len(SCREENS) + 2), "enter")
        assert desk.page() is Page.DESK
        assert desk.desk.editor.text == "n "


async def test_help_explains_one_verb() -> None:
    async with stage(SMALL, "en") as desk:
        await desk.enter("? d")
        assert "send units" in desk.text()


async def test_language_and_theme_change_live() -> None:
    async with stage() as desk:
        await desk.enter(":language en")
        assert "To answer" in desk.text()
        before = desk.app.desk.setup.looks.theme.name
        await desk.enter(":theme day")
        assert desk.app.desk.setup.looks.theme.name == "day" != before
        await desk.enter(":theme nosuch")
        assert desk.desk.editor.text == ":theme nosuch"
        assert "themes are" in desk.said()


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_the_map_moves_by_keys_and_by_words(size: tuple[int, int]) -> None:
    async with stage(size) as desk:
        await desk.press("+")
        scale = desk.desk.ui.map.scale
        assert scale > 0
        await desk.press("shift+left")
        middle = desk.desk.ui.map.middle
        await desk.enter(":goto @漳州医院")
        assert desk.desk.ui.map.middle != middle
        await desk.enter(":zoom all")
        assert desk.desk.ui.map.scale == 0.0
        assert desk.desk.editor.text == ""


async def test_an_alarm_is_taken_with_one_key() -> None:
    async with stage() as desk:
        await desk.enter("n 抢劫 @漳州医院")
        await desk.pass_time(120)
        alarm = next(iter(desk.core.engine.board.alarms.values()))
        assert "未认领" in desk.text()
        await desk.press("f7")
        assert desk.core.engine.board.alarms[alarm.key].owner == "03"


async def test_leaving_is_asked_twice_only_where_something_waits() -> None:
    async with stage() as desk:
        await desk.press("ctrl+q")
        assert desk.app.return_code == 0
    async with stage() as desk:
        await desk.enter("n 打架 @F7")
        await desk.press("ctrl+q")
        assert desk.app.return_code is None
        assert "待派 1" in desk.said()
        await desk.press("ctrl+q")
        assert desk.app.return_code == 0


async def test_a_new_alarm_changes_its_own_rows_and_nothing_else() -> None:
    async with stage() as desk:
        await desk.enter("n 抢劫 @漳州医院")
        await desk.type("nt 1 / 正在写")
        before = (desk.desk.ui.selected, desk.desk.ui.page, desk.desk.editor.text, desk.app.focused)
        await desk.pass_time(120)
        assert desk.desk.board.alarms
        assert (desk.desk.ui.selected, desk.desk.ui.page, desk.desk.editor.text, desk.app.focused) == before


async def test_a_new_alarm_of_priority_one_rings_once_unless_the_bell_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[int] = []
    async with stage() as desk:
        monkeypatch.setattr(desk.app, "ring", lambda: rung.append(1))
        await desk.enter("n 抢劫 @漳州医院")
        await desk.pass_time(70)
        assert rung == [1]
        await desk.enter(":bell off")
        await desk.enter("n 抢劫 @G7")
        await desk.pass_time(70)
        assert rung == [1]
