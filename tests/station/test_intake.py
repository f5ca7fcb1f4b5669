"""Taking a call at the desk: a type offered, a duplicate offered, questions answered by a key while something else is
being typed."""

from __future__ import annotations

import pytest

from tests.station.stage import SMALL, WIDE, Stage, stage
from zz110_tui.core.alarms import of_incident
from zz110_tui.core.commands import ReceiveReport
from zz110_tui.core.incidents import Channel, ReportEnd
from zz110_tui.core.intake import Reply


async def test_questions_are_answered_by_a_key_while_the_line_stays_as_it_is() -> None:
    async with stage() as desk:
        await desk.enter("n 打架 @胜利路x延安路 / 两人")
        assert "1/6 具体位置" in desk.text()
        await desk.press("ctrl+t")
        await desk.type("nt . / 报警人")
        await desk.press("ctrl+o", "ctrl+y")
        assert desk.desk.editor.text == "nt . / 报警人"
        answers = desk.desk.board.incidents[1].answers
        assert [(a.question, a.reply) for a in answers] == [
            ("where", Reply.SKIPPED),
            ("now", Reply.NO),
            ("injured", Reply.YES),
        ]
        await desk.press("ctrl+y")
        assert desk.desk.board.incidents[1].priority == 1
        assert "按答复自动升为" in desk.text()


async def test_a_key_that_does_not_answer_a_question_of_words_says_so_and_loses_nothing() -> None:
    async with stage() as desk:
        await desk.enter("n 打架 @胜利路x延安路")
        await desk.type("os")
        await desk.press("ctrl+y")
        assert desk.desk.editor.text == "os"
        assert "要写内容" in desk.text()
        assert desk.desk.board.incidents[1].answers == ()


async def test_steps_are_ticked_and_shown_on_the_slip() -> None:
    async with stage() as desk:
        await desk.enter("n 打架 @胜利路x延安路")
        await desk.enter("st 2")
        await desk.press("enter")
        assert "[x] 2 分开双方" in desk.text()
        assert "[ ] 1 " in desk.text()


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_the_callers_words_offer_a_type_that_tab_takes(size: tuple[int, int]) -> None:
    async with stage(size) as desk:
        await desk.type("n @胜利路x延安路 / 有人持刀砍人")
        assert "文字像 持刀伤人 1级" in desk.text()
        assert not desk.desk.board.incidents
        await desk.press("tab")
        assert desk.desk.editor.text == "n 持刀伤人 @胜利路x延安路 / 有人持刀砍人"
        await desk.press("enter")
        assert desk.desk.board.incidents[1].type == "knife_attack"


async def test_a_type_chosen_by_hand_stays_and_the_more_urgent_one_is_only_mentioned() -> None:
    async with stage() as desk:
        await desk.type("n 打架 @胜利路x延安路 / 有人持刀砍人")
        assert "文字更像 持刀伤人 1级" in desk.text()
        await desk.press("tab", "enter")
        assert desk.desk.board.incidents[1].type == "fight"


async def second_call(desk: Stage) -> None:
    await desk.enter("n 打架 @胜利路x延安路 / 夜宵摊有人打架")
    desk.desk.ui.selected = None


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_duplicate_is_offered_while_the_call_is_typed_and_one_key_links_it(size: tuple[int, int]) -> None:
    async with stage(size) as desk:
        await second_call(desk)
        await desk.type("n @胜利路x延安路 c=陈先生 tel=13800000000 / 打架了")
        shown = desk.text()
        assert "疑似同一警情" in shown
        assert "相距 0 米" in shown
        assert "Ctrl+D 并入第一条" in shown
        await desk.press("ctrl+d")
        board = desk.desk.board
        assert list(board.incidents) == [1]
        report = board.reports[board.incidents[1].reports[-1]]
        assert (report.caller, report.contact, report.text) == ("陈先生", "13800000000", "打架了")
        assert report.end is ReportEnd.LINKED
        assert desk.desk.editor.text == ""
        await desk.press("up", "up")
        assert desk.desk.editor.text.startswith("n @胜利路")


async def test_an_answered_call_is_linked_as_it_is() -> None:
    async with stage() as desk:
        await second_call(desk)
        await desk.do(ReceiveReport(Channel.PHONE, contact="13911112222", place=desk.desk.board.incidents[1].place))
        await desk.enter("a")
        await desk.type("n / 又打起来")
        await desk.press("ctrl+d")
        incident = desk.desk.board.incidents[1]
        assert len(incident.reports) == 2
        assert "又打起来" in desk.text()


async def test_nothing_like_it_is_said_and_the_line_stays() -> None:
    async with stage() as desk:
        await desk.enter("n 打架 @胜利路x延安路")
        await desk.type("n 噪音 @漳州医院")
        await desk.press("ctrl+d")
        assert "没有疑似同一的警情" in desk.text()
        assert desk.desk.editor.text == "n 噪音 @漳州医院"


async def test_a_proposal_to_lower_waits_on_the_slip_for_a_person() -> None:
    async with stage() as desk:
        await desk.enter("n 人员伤病 @胜利路x延安路")
        await desk.enter("q 2 n")
        assert desk.desk.board.incidents[1].priority == 1
        await desk.enter("q 2 y")
        assert desk.desk.board.incidents[1].priority == 1
        assert "答复建议 2级" in desk.text()
        await desk.enter("wt")
        assert desk.desk.board.incidents[1].priority == 2
        assert desk.desk.ui.selected == of_incident(1)


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_an_instruction_is_shown_whole_and_enter_sends_it(size: tuple[int, int]) -> None:
    async with stage(size) as desk:
        await desk.enter("n 持刀伤人 @胜利路x延安路 / 夜宵摊")
        await desk.enter("d 3 1")
        await desk.press("ctrl+x")
        assert "回车发出全文" in desk.text()
        assert "【重大警情】0001 持刀伤人" in desk.text()
        assert not desk.desk.board.matters
        await desk.press("enter")
        (message,) = desk.desk.board.matters.values()
        assert "先控凶器" in getattr(message, "text", "")
