"""The lines of the call being taken: answers, steps, and the priority they propose."""

from __future__ import annotations

import pytest

from tests.support.scenes import Desk, rulebook
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import of_incident, of_report
from zz110_tui.core.commands_intake import AnswerQuestion, AttachLink, TickSteps, WeighPriority
from zz110_tui.core.incidents import Channel
from zz110_tui.core.intake import Reply
from zz110_tui.language.describing import describe
from zz110_tui.language.intakewords import next_words
from zz110_tui.language.parsed import Status


@pytest.fixture
def room() -> Desk:
    """Two fights, 0141 and 0142; 0142 is selected by ``here``."""
    made = Desk(first_incident=141)
    made.open()
    made.open()
    return made


here = of_incident(142)
QUESTIONS = rulebook().types["fight"].questions


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("q 142 / 北门", ("where", Reply.SAID, "北门")),
        ("q / 北门", ("where", Reply.SAID, "北门")),
        ("q 4 y", ("weapon", Reply.YES, "")),
        ("q y 4", ("weapon", Reply.YES, "")),
        ("问 4 有 / 水果刀", ("weapon", Reply.YES, "水果刀")),
        ("wen 4 没有 i=142", ("weapon", Reply.NO, "")),
        ("q 0142 4 dk", ("weapon", Reply.UNKNOWN, "")),
        ("q skip", ("where", Reply.SKIPPED, "")),
        ("q n=4 v=y", ("weapon", Reply.YES, "")),
        ("Ｑ　４　Ｙ", ("weapon", Reply.YES, "")),
        ("q 1 y / 北门", ("where", Reply.SAID, "北门")),
    ],
)
def test_an_answer_in_any_order_and_words(room: Desk, line: str, wanted: tuple[str, Reply, str]) -> None:
    assert room.command(line, selected=here) == AnswerQuestion(142, *wanted)


def test_the_question_stands_under_the_line_before_it_is_answered(room: Desk) -> None:
    parsed = room.read("q", selected=here)
    assert parsed.status is Status.INCOMPLETE
    assert QUESTIONS[0].words.zh in parsed.preview
    asked = room.read("q 4", selected=here)
    assert [choice.insert for choice in asked.choices] == ["q 4 y", "q 4 n", "q 4 dk", "q 4 skip"]
    assert "Is there a knife" in room.read("q 4", selected=here, language="en").preview


def test_yes_is_no_answer_to_where(room: Desk) -> None:
    parsed = room.read("q y", selected=here)
    assert parsed.status is Status.INCOMPLETE
    assert "要写内容" in parsed.preview


def test_without_a_selection_two_slips_are_asked_about(room: Desk) -> None:
    parsed = room.read("q y")
    assert parsed.status is Status.INCOMPLETE
    assert len(parsed.choices) == 2
    assert room.command(room.read("q 4 y").choices[0].insert) == AnswerQuestion(141, "weapon", Reply.YES)


def test_the_selected_call_means_its_slip(room: Desk) -> None:
    report = room.incident(142).reports[0]
    assert room.command("q 4 n", selected=of_report(report)) == AnswerQuestion(142, "weapon", Reply.NO)


def test_a_number_beyond_the_questions_is_told_and_they_are_listed(room: Desk) -> None:
    parsed = room.read("q 9 y", selected=here)
    assert parsed.status is Status.WRONG
    assert len(parsed.choices) == len(QUESTIONS)
    assert parsed.choices[3].insert == "q 4 y"


def test_the_preview_says_that_the_answer_raises_the_priority(room: Desk) -> None:
    assert "即升为1级" in room.read("q 4 y", selected=here).preview
    assert "raised to priority 1 at once" in room.read("q 4 y", selected=here, language="en").preview
    assert "即升" not in room.read("q 4 n", selected=here).preview
    room.do(c.AmendIncident(142, priority=3))
    assert "即升" not in room.read("q 4 y", selected=here).preview


def test_when_all_are_answered_they_are_listed_to_change_one(room: Desk) -> None:
    for _ in QUESTIONS:
        room.type("q dk", selected=here)
    parsed = room.read("q", selected=here)
    assert len(parsed.choices) == len(QUESTIONS)
    assert next_words(room.incident(142), room.scene()) == ""


@pytest.mark.parametrize(
    ("line", "steps", "done", "unit"),
    [
        ("st 2", ("separate",), True, ""),
        ("st 1,3 142", ("two", "first_aid"), True, ""),
        ("步骤 1-3", ("two", "separate", "first_aid"), True, ""),
        ("st 2 u=07", ("separate",), True, "07"),
    ],
)
def test_steps_by_number(room: Desk, line: str, steps: tuple[str, ...], done: bool, unit: str) -> None:
    assert room.command(line, selected=here) == TickSteps(142, steps, done, unit)


def test_all_steps_that_are_left_and_one_unticked(room: Desk) -> None:
    room.type("st 1", selected=here)
    every = room.command("st *", selected=here)
    assert isinstance(every, TickSteps)
    assert len(every.steps) == len(rulebook().types["fight"].checklist) - 1
    assert room.command("st 1 done=no", selected=here) == TickSteps(142, ("two",), done=False)
    assert room.read("st 1", selected=here).status is Status.WRONG
    assert room.read("st 99", selected=here).status is Status.WRONG
    assert room.read("st", selected=here).status is Status.INCOMPLETE


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("att url=https://a.example/7.jpg / 照片", AttachLink("https://a.example/7.jpg", 142, 0, "照片")),
        ("att 142 url=https://a.example/7?x=1", AttachLink("https://a.example/7?x=1", 142)),
    ],
)
def test_an_address_goes_to_the_slip_that_is_named_or_selected(room: Desk, line: str, command: AttachLink) -> None:
    assert room.command(line, selected=here) == command


def test_an_address_goes_to_the_call_that_is_named_or_selected(room: Desk) -> None:
    room.do(c.ReceiveReport(Channel.WECHAT))
    number = max(room.board.reports)
    attached = AttachLink("https://a.example/7", 0, number)
    assert room.command(f"附件 r{number} 网址=https://a.example/7", selected=here) == attached
    assert room.command("att url=https://a.example/7", selected=of_report(number)) == attached


def test_an_address_that_is_none_is_refused_before_it_is_sent(room: Desk) -> None:
    parsed = room.read("att 142 url=javascript:x")
    assert parsed.status is Status.WRONG
    assert "http" in parsed.hint
    assert room.read("att 142").status is Status.INCOMPLETE


def test_a_proposal_is_said_with_its_reasons_and_taken_over_by_a_word(room: Desk) -> None:
    room.do(c.AmendIncident(142, priority=3))
    room.type("q 4 y", selected=here)
    words = describe(here, room.scene())
    proposed = next(line for line in words if "答复建议" in line)
    assert "1级" in proposed
    assert "有刀具或其他凶器吗？ 是 +2" in proposed
    assert "人工所定" in proposed
    assert room.command("wt", selected=here) == WeighPriority(142)
    assert "答复" in room.read("wt 142").preview
    room.type("wt 142")
    assert not any(line.startswith("答复建议") for line in describe(here, room.scene()))


def test_answers_and_steps_are_on_the_slip_in_both_languages(room: Desk) -> None:
    room.type("q 4 y 142 / 水果刀")
    room.type("st 2 142 u=07")
    for language, step in (("zh", "分开双方，分别询问"), ("en", "Separate the two sides, hear each alone")):
        words = "\n".join(describe(here, room.scene(language=language)))
        assert "水果刀" in words
        assert f"[x] 2 {step} — 07" in words
