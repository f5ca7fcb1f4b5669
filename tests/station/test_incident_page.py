"""The incident's page: all of it, walked and answered by keys, and the past of its place without waiting for it."""

from __future__ import annotations

import asyncio

import pytest

from tests.station.stage import MONDAY, SMALL, WIDE, Stage, stage
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import of_incident
from zz110_tui.core.facts import Entry
from zz110_tui.core.incidents import Incident, IncidentStage
from zz110_tui.core.intake import Reply
from zz110_tui.core.places import Place
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.saying import tell
from zz110_tui.language.scene import Scene
from zz110_tui.station.ui import Page, question_stop
from zz110_tui.station.views import detail
from zz110_tui.wire.asking import PastSlip

DAY = 86_400_000


class FakePast:
    """A history that answers when it is let."""

    def __init__(self, *slips: Incident, trouble: bool = False) -> None:
        self.slips = {slip.number: slip for slip in slips}
        self.trouble = trouble
        self.let = asyncio.Event()
        self.asked: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.by_itself: list[bool] = []

    async def find(self, words: str, start: int, end: int, limit: int, *, place: bool = False) -> tuple[Incident, ...]:
        self.by_itself.append(place)
        self.asked.append(words)
        self.spans.append((start, end))
        await self.let.wait()
        if self.trouble:
            raise Trouble("历史读不了 / the history cannot be read", "disk", "")
        return tuple(s for s in self.slips.values() if start <= s.received_at < end)[:limit]

    async def slip(self, number: int) -> PastSlip | None:
        await self.let.wait()
        known = self.slips.get(number)
        return None if known is None else PastSlip(known, (), ())

    async def close(self) -> None: ...


def filed(number: int, days_ago: int, place: Place) -> Incident:
    at = MONDAY - days_ago * DAY
    return Incident(
        number, "drunk_help", 3, place, at, at, at, text=f"旧案{number}", stage=IncidentStage.CLOSED,
        disposition="mediated",
    )  # fmt: skip


async def _fight(desk: Stage) -> None:
    await desk.enter("n 打架 @胜利路x延安路 / 两人持刀")
    await desk.press("enter")
    assert desk.page() is Page.DETAIL


@pytest.mark.parametrize("size", [WIDE, SMALL])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_questions_are_walked_and_answered_as_a_form(size: tuple[int, int], language: str) -> None:
    async with stage(size, language) as desk:
        await _fight(desk)
        await desk.press("down", "down")
        assert desk.desk.ui.chosen == question_stop(2)
        await desk.press("ctrl+y")
        assert [(g.question, g.reply) for g in desk.incident(1).answers] == [("now", Reply.YES)]
        assert desk.desk.ui.chosen == question_stop(1), "the form goes on to the first that is open"
        await desk.press("enter")
        assert desk.desk.editor.text == "q 1 "
        await desk.enter("/ 北门花坛边")
        assert desk.incident(1).answers[1].text == "北门花坛边"
        assert desk.desk.ui.chosen == question_stop(3)
        await desk.press("ctrl+t")
        assert desk.incident(1).answers[2].reply is Reply.SKIPPED


async def test_a_step_is_ticked_by_enter_twice_and_unticked_the_same_way() -> None:
    async with stage(SMALL) as desk:
        await _fight(desk)
        await desk.press("right", "right", "right", "down")
        await desk.press("enter")
        assert desk.desk.editor.text == "st 1 ."
        assert not desk.incident(1).steps, "walking and choosing does nothing"
        await desk.press("enter")
        assert [t.step for t in desk.incident(1).steps] == ["two"]
        await desk.press("enter", "enter")
        assert not desk.incident(1).steps


async def test_a_recommended_unit_is_sent_from_the_page() -> None:
    async with stage() as desk:
        await _fight(desk)
        while not (desk.desk.ui.chosen and desk.desk.ui.chosen.line.startswith("d ")):
            await desk.press("down")
        line = desk.desk.ui.chosen.line
        await desk.press("enter", "enter")
        assert [f"d {a.unit} ." for a in desk.incident(1).assignments] == [line]


async def test_what_is_near_opens_and_escape_comes_back_to_where_the_page_was() -> None:
    async with stage(SMALL) as desk:
        await desk.enter("n 抢劫 @漳州医院")
        await _fight(desk)
        desk.desk.ui.selected = of_incident(2)
        while not (desk.desk.ui.chosen and desk.desk.ui.chosen.subject):
            await desk.press("down")
        chosen, first = desk.desk.ui.chosen, desk.desk.ui.first
        await desk.press("enter")
        assert desk.desk.ui.selected == of_incident(1)
        await desk.press("escape")
        assert (desk.desk.ui.selected, desk.desk.ui.chosen, desk.desk.ui.first) == (of_incident(2), chosen, first)
        await desk.press("escape")
        assert desk.page() is Page.DESK


async def test_a_chronology_of_thousands_is_told_only_where_it_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(SMALL) as desk:
        await _fight(desk)
        for n in range(120):
            await desk.other.submit(c.AddNote(1, f"第 {n} 条"))
        await desk.settle()
        await desk.press("end")
        told: list[Entry] = []

        def telling(entry: Entry, scene: Scene) -> str:
            told.append(entry)
            return tell(entry, scene)

        monkeypatch.setattr(detail, "tell", telling)
        await desk.press("pageup")
        assert "立警情" not in desk.text()
        await desk.press("pagedown")
        assert "立警情" in desk.text(), "the oldest stands last"
        assert len({entry.position for entry in told}) < 60, "a page is made of what is on it"
        await desk.press("home")
        seen = ""
        for _ in range(16):
            seen += desk.text()
            await desk.press("pagedown")
        assert all(f"第 {n} 条" in seen for n in range(120)), "paging leaves nothing out"


async def test_no_history_is_said_and_holds_nothing_up() -> None:
    async with stage(SMALL) as desk:
        await desk.enter("n 邻里纠纷 @胜利路x延安路 / 吵")
        await desk.enter("can 1 / 已走")
        await desk.enter("n 打架 @胜利路x延安路 / 两人持刀")
        await desk.press("enter", "end")
        assert "没有历史可查" in desk.text()
        assert "0001" in desk.text(), "what is still on the board is there"


async def test_the_past_of_a_place_comes_when_it_comes() -> None:
    async with stage(SMALL) as desk:
        here = (await _place(desk)).place
        past = FakePast(filed(91, 1, here), filed(92, 200, here), filed(93, 1, Place("别处")))
        object.__setattr__(desk.desk.room, "past", past)
        await desk.press("enter", "end")
        assert "正在查历史" in desk.text()
        await desk.type("x")
        assert desk.desk.editor.text == "x", "nobody waits for it"
        await desk.press("escape")
        past.let.set()
        assert past.by_itself
        assert all(past.by_itself), "nobody looks for it: it is written down as the desk's own question"
        await desk.settle()
        text = desk.text()
        assert "0091" in text
        assert "旧案91" in text
        assert "0092" not in text, "longer ago than the page goes back"
        assert "0093" not in text, "another place"


async def test_a_filed_slip_opens_from_the_page() -> None:
    async with stage(SMALL) as desk:
        past = FakePast(filed(91, 1, (await _place(desk)).place))
        past.let.set()
        object.__setattr__(desk.desk.room, "past", past)
        await desk.press("enter")
        await desk.settle()
        while not (desk.desk.ui.chosen and desk.desk.ui.chosen.subject == of_incident(91)):
            await desk.press("down")
        await desk.press("enter")
        await desk.settle()
        assert "旧案91" in desk.text()
        assert "0091" in desk.lines()[1]
        await desk.enter("q y")
        assert "0091" not in desk.core.engine.board.incidents, "a filed slip is only looked at"


async def test_a_history_that_cannot_be_read_is_none() -> None:
    async with stage(SMALL) as desk:
        past = FakePast(trouble=True)
        past.let.set()
        object.__setattr__(desk.desk.room, "past", past)
        await _fight(desk)
        await desk.press("end")
        await desk.settle()
        assert "没有历史可查" in desk.text()


async def _place(desk: Stage) -> Incident:
    await desk.enter("n 打架 @胜利路x延安路 / 两人持刀")
    return desk.incident(1)
