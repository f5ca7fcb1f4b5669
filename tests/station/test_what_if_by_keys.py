"""What if, by keyboard: asked, looked at, given up or taken with one key; and nothing is sent before that key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.station.stage import SMALL, WIDE, Stage, city, rulebook, stage
from tools.screen_story import FewRuns
from zz110_tui.config.problems import both
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.whatif import Forecast, Question
from zz110_tui.station.ui import Page

SIZES = pytest.mark.parametrize("size", [WIDE, (100, 30), SMALL])
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


class Slow(FewRuns):
    """One that gets to half of its runs, and then waits to be let on."""

    def __init__(self) -> None:
        super().__init__(city(), rulebook())
        self.on = asyncio.Event()
        self.begun = self.given_up = self.warmed = 0

    async def warm_up(self) -> None:
        self.warmed += 1

    async def ask(self, question: Question, progress: Callable[[int], None]) -> Forecast:
        self.begun += 1
        progress(question.runs // 2)
        try:
            await self.on.wait()
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        return await super().ask(question, progress)


class Broken(FewRuns):
    async def ask(self, question: Question, progress: Callable[[int], None]) -> Forecast:
        raise Trouble(both("坏了", "broken"), "", "")


async def answered(room: Stage) -> None:
    await room.until(lambda: room.desk.wondering.found is not None)
    await room.settle()


def few() -> FewRuns:
    return FewRuns(city(), rulebook())


@SIZES
@LANGUAGES
async def test_the_better_one_is_marked_and_one_key_sends_it(size: tuple[int, int], language: str) -> None:
    async with stage(size, language, foreseer=few()) as room:
        await room.enter("n 打架 @胜利路x延安路")
        position = room.core.engine.board.position
        await room.enter("wi 13 5 .")
        await answered(room)
        assert room.page() is Page.WHAT_IF
        page = room.text()
        assert ">2 05 → 0001" in page, "05 is much nearer"
        assert ("早到" if language == "zh" else "earlier") in page
        assert "d 05 0001" in page
        assert "[-" in page, "the difference has its interval"
        assert room.core.engine.board.position == position, "nothing was sent, nothing was recorded"
        await room.press("enter")
        assert [a.unit for a in room.incident(1).working] == ["05"]
        assert room.page() is Page.DESK


async def test_the_other_one_is_an_arrow_away_and_escape_takes_none() -> None:
    async with stage(foreseer=few()) as room:
        await room.enter("n 打架 @胜利路x延安路")
        await room.enter("wi 13 5 .")
        await answered(room)
        await room.press("escape")
        assert room.page() is Page.DESK
        assert not room.incident(1).working
        await room.enter("wi 13 5 .")
        await answered(room)
        await room.press("up", "enter")
        assert [a.unit for a in room.incident(1).working] == ["13"]


async def test_a_key_asks_for_the_selected_one_and_a_move_is_taken_with_enter() -> None:
    async with stage(foreseer=few()) as room:
        await room.enter("n 打架 @胜利路x延安路")
        await room.press("ctrl+e")
        await answered(room)
        best = room.desk.wondering.asked
        assert best is not None
        assert best.incident == 1
        await room.press("escape")
        await room.enter("wi 4 P30")
        await answered(room)
        room.desk.ui.cursor = 0
        await room.press("enter")
        unit = room.core.engine.board.units["04"]
        assert unit.profile.post_point == next(p for p in city().posts if p.id == "P30").point


async def test_the_desk_goes_on_meanwhile_and_what_is_given_up_is_cancelled() -> None:
    foreseer = Slow()
    async with stage(foreseer=foreseer) as room:
        await room.enter("n 打架 @胜利路x延安路")
        await room.type("wi ")
        assert foreseer.warmed == 1, "it is started while the line is typed"
        await room.type("13 5 .")
        await room.press("enter")
        assert "100/200" in room.text()
        await room.type("nt . / 还在打")
        assert "还在打" in room.text(), "typing goes on"
        await room.press("enter")
        assert room.page() is Page.WHAT_IF
        await room.press("escape")
        await room.settle()
        assert (foreseer.begun, foreseer.given_up) == (1, 1)
        assert room.page() is Page.DESK


async def test_a_new_question_gives_up_the_one_before() -> None:
    foreseer = Slow()
    async with stage(foreseer=foreseer) as room:
        await room.enter("n 打架 @胜利路x延安路")
        await room.enter("wi 13 5 .")
        await room.enter("wi 13 7 .")
        assert (foreseer.begun, foreseer.given_up) == (2, 1)
        foreseer.on.set()
        await answered(room)
        found = room.desk.wondering.found
        assert found is not None
        assert found.question.options[1].units == ("07",)


async def test_where_nothing_can_be_simulated_that_is_said_and_the_desk_goes_on() -> None:
    for foreseer in (None, Broken(city(), rulebook())):
        async with stage(foreseer=foreseer) as room:
            await room.enter("n 打架 @胜利路x延安路")
            await room.enter("wi 13 5 .")
            await room.settle()
            assert room.page() is Page.DESK
            assert room.said()
            await room.enter("d 5 .")
            assert room.incident(1).working
