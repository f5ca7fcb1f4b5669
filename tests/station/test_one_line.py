"""The whole line at once: another verb for the same unit and incident, and more than nine choices."""

from __future__ import annotations

import pytest

from tests.station.stage import SMALL, WIDE, stage
from zz110_tui.core.commands import OpenIncident
from zz110_tui.core.incidents import AssignmentStage


@pytest.mark.parametrize("key", ["ctrl+g", "ctrl+up"])
async def test_the_verb_of_the_last_line_is_changed_while_unit_and_incident_stay(key: str) -> None:
    async with stage() as desk:
        await desk.enter("n 打架 @胜利路x延安路")
        await desk.enter("d 3 1 / 小心")
        await desk.press(key)
        assert desk.desk.editor.text == " 03 0001"
        assert "写新的动词" in desk.text()
        await desk.type("os")
        assert desk.desk.editor.text == "os 03 0001"
        await desk.press("enter")
        assert desk.desk.board.incidents[1].assignments[0].stage is AssignmentStage.ON_SCENE


async def test_nothing_to_keep_is_said_and_the_line_stays() -> None:
    async with stage() as desk:
        await desk.type("find 打架")
        await desk.press("ctrl+g")
        assert desk.desk.editor.text == "find 打架"
        assert "没有可保留的" in desk.text()


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_more_than_nine_choices_are_paged(size: tuple[int, int]) -> None:
    async with stage(size) as desk:
        await desk.enter("n 打架 @胜利路x延安路")
        place = desk.desk.board.incidents[1].place
        for _ in range(11):
            await desk.do(OpenIncident("fight", place))
        desk.desk.ui.selected = None
        await desk.enter("q y")
        assert "1/2 页，共 12 个，0 下一页" in desk.text()
        await desk.press("0")
        assert "2/2 页" in desk.text()
        await desk.press("3")
        assert desk.desk.editor.text == "q y 0012"


async def test_a_question_mark_shows_the_help_of_the_verb_with_its_key() -> None:
    async with stage() as desk:
        await desk.type("d 3?")
        await desk.press("backspace")
        await desk.type(" ?")
        assert "键 F8 d ." in desk.text()
        await desk.press("enter")
        assert "键 F8 d ." in desk.text()
        assert not desk.desk.board.incidents
