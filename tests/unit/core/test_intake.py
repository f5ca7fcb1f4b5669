"""Questions and checklists: what is asked next, what an answer weighs, who did which step, and nothing by itself
against a person's word."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.room import CROSSING, LI, WANG
from tests.support.scenes import Desk, rulebook
from zz110_tui.core import commands as c
from zz110_tui.core import facts as f
from zz110_tui.core import facts_intake as fi
from zz110_tui.core.board import Board
from zz110_tui.core.commands_intake import AnswerQuestion, TickSteps, WeighPriority
from zz110_tui.core.conflicts import conflict
from zz110_tui.core.evolve import evolve
from zz110_tui.core.intake import Given, Reply
from zz110_tui.core.weighing import next_question, points_of, proposal, weigh

YES, NO, SAID = Reply.YES, Reply.NO, Reply.SAID


@pytest.fixture
def room() -> Desk:
    """One fight, priority 2, waiting: 0001."""
    made = Desk()
    made.open()
    return made


def answer(room: Desk, question: str, reply: Reply, text: str = "", **more: Any) -> tuple[f.Fact, ...]:
    return room.do(AnswerQuestion(1, question, reply, text), **more)


# -- asking in order -------------------------------------------------------------------------------------------------


def test_questions_are_asked_in_the_order_of_the_type(room: Desk) -> None:
    kind = rulebook().types["fight"]
    asked = []
    while (question := next_question(kind, room.incident(1))) is not None:
        asked.append(question.code)
        answer(room, question.code, Reply.UNKNOWN)
    assert asked == [question.code for question in kind.questions]


def test_a_skipped_question_does_not_come_again_but_can_still_be_answered(room: Desk) -> None:
    kind = rulebook().types["fight"]
    answer(room, "where", Reply.SKIPPED)
    after = next_question(kind, room.incident(1))
    assert after is not None
    assert after.code == "now"
    answer(room, "where", SAID, "北门花坛边")
    assert room.incident(1).answers == (Given("where", SAID, "北门花坛边", room.now, LI.desk, LI.person),)


def test_an_answer_is_stored_with_who_and_when_and_the_one_before_stays_in_the_chronology(room: Desk) -> None:
    answer(room, "drunk", NO)
    answer(room, "drunk", YES, "两人都喝了", actor=WANG)
    assert room.incident(1).answers == (Given("drunk", YES, "两人都喝了", room.now, WANG.desk, WANG.person),)
    told = [e.fact.reply for e in room.journal if isinstance(e.fact, fi.QuestionAnswered)]
    assert told == [NO, YES]


def test_the_same_answer_twice_changes_nothing(room: Desk) -> None:
    answer(room, "drunk", NO)
    assert answer(room, "drunk", NO) == ()


@pytest.mark.parametrize(
    ("question", "reply", "text", "code"),
    [
        ("height", YES, "", "no_such_question"),
        ("nonsense", YES, "", "no_such_question"),
        ("where", SAID, "", "answer_missing"),
        ("where", YES, "", "needs_words"),
        ("weapon", YES, "刀" * 4_001, "text_too_long"),
    ],
)
def test_what_is_no_answer_is_refused(room: Desk, question: str, reply: Reply, text: str, code: str) -> None:
    assert room.refused(AnswerQuestion(1, question, reply, text)) == code


def test_a_closed_slip_takes_no_answers_and_no_steps(room: Desk) -> None:
    room.do(c.Finish(1, "cancelled", "和好"))
    assert room.refused(AnswerQuestion(1, "weapon", YES)) == "incident_over"
    assert room.refused(TickSteps(1, ("two",))) == "incident_over"
    assert room.refused(AnswerQuestion(7, "weapon", YES)) == "no_such_incident"


def test_every_question_of_every_type_can_be_answered_and_weighs_no_more_than_it_may() -> None:
    for kind in rulebook().types.values():
        for question in kind.questions:
            for reply in (YES, NO) if question.yes_no else (SAID,):
                assert abs(points_of(question, Given(question.code, reply, "12 人", 0))) <= 6
        assert any(question.yes_no or question.counts for question in kind.questions) or kind.priority >= 3, kind.code


# -- weighing --------------------------------------------------------------------------------------------------------


def test_a_weapon_raises_a_fight_at_once_and_the_fact_says_why(room: Desk) -> None:
    facts = answer(room, "weapon", YES)
    assert facts[1] == fi.PriorityWeighed(1, 1, 2, ("weapon=yes",), agreed=False)
    assert room.incident(1).priority == 1


def test_two_small_signs_together_raise_by_one(room: Desk) -> None:
    assert len(answer(room, "drunk", YES)) == 1
    assert room.incident(1).priority == 2
    assert len(answer(room, "now", YES)) == 2
    assert room.incident(1).priority == 1


def test_many_people_weigh_by_their_number() -> None:
    room = Desk()
    room.open("provocation")
    room.do(AnswerQuestion(1, "how_many", SAID, "１２个人"))
    assert room.incident(1).priority == 1, "written in full width too"


def test_what_would_lower_it_is_only_proposed_until_a_person_agrees() -> None:
    room = Desk()
    room.open("sick_person")
    room.do(AnswerQuestion(1, "conscious", NO))
    assert room.incident(1).priority == 1
    room.do(AnswerQuestion(1, "conscious", YES))
    assert room.incident(1).priority == 1, "nothing lowers it by itself"
    proposed = proposal(room.incident(1), rulebook())
    assert proposed is not None
    assert proposed.priority == 2
    room.do(WeighPriority(1))
    assert room.incident(1).priority == 2
    assert room.refused(WeighPriority(1)) == "nothing_proposed"


@pytest.mark.parametrize("how", ["opened with it", "amended"])
def test_a_priority_set_by_hand_is_never_overridden(how: str) -> None:
    room = Desk()
    room.do(c.OpenIncident("fight", CROSSING, priority=3 if how == "opened with it" else 0))
    if how == "amended":
        room.do(c.AmendIncident(1, priority=3))
    facts = room.do(AnswerQuestion(1, "weapon", YES))
    assert len(facts) == 1
    assert room.incident(1).priority == 3
    proposed = proposal(room.incident(1), rulebook())
    assert proposed is not None, "but it is shown"
    assert proposed.priority == 1
    room.do(WeighPriority(1))
    room.do(AnswerQuestion(1, "weapon", NO))
    room.do(AnswerQuestion(1, "injured", YES))
    assert room.incident(1).priority == 1
    assert not room.incident(1).priority_by_hand, "who agreed with the answers lets them go on"


def test_correcting_another_field_does_not_set_the_priority_by_hand(room: Desk) -> None:
    room.do(c.AmendIncident(1, text="三人"))
    assert not room.incident(1).priority_by_hand


def test_a_handled_incident_is_not_raised_any_more(room: Desk) -> None:
    room.to_scene(1, "05")
    room.do(c.Clear(1, disposition="mediated"))
    assert len(answer(room, "weapon", YES)) == 1


def test_the_order_of_answers_does_not_matter() -> None:
    kind = rulebook().types["fight"]
    answers = (Given("weapon", YES, "", 0), Given("now", NO, "", 1), Given("how_many", SAID, "5", 2))
    assert {weigh(kind, order).priority for order in (answers, answers[::-1], answers[1:] + answers[:1])} == {1}


def test_an_unknown_answer_weighs_nothing() -> None:
    for reply in (Reply.UNKNOWN, Reply.SKIPPED):
        assert weigh(rulebook().types["fight"], (Given("weapon", reply, "", 0),)).because == ()


# -- undo, two desks -------------------------------------------------------------------------------------------------


def test_an_answer_is_taken_back_with_what_it_raised(room: Desk) -> None:
    before = room.incident(1)
    answer(room, "weapon", YES)
    room.do(c.Undo())
    after = room.incident(1)
    assert (after.answers, after.priority) == (before.answers, before.priority)


def test_answers_written_down_elsewhere_never_keep_a_unit_from_being_sent(room: Desk) -> None:
    seen = room.board.position
    answer(room, "weapon", YES, actor=WANG)
    room.do(TickSteps(1, ("two",)), WANG)
    assert conflict(room.board, c.Dispatch(1, ("05",)), LI, seen) is None


# -- steps -----------------------------------------------------------------------------------------------------------


def test_steps_are_ticked_with_who_and_when_and_unticked(room: Desk) -> None:
    room.to_scene(1, "05")
    room.do(TickSteps(1, ("separate", "first_aid"), unit="05"))
    assert [(t.step, t.unit, t.person) for t in room.incident(1).steps] == [
        ("separate", "05", "Li"),
        ("first_aid", "05", "Li"),
    ]
    assert room.assignment(1, "05").contact_at == room.now, "the unit was heard from"
    assert room.do(TickSteps(1, ("separate",))) == ()
    room.do(TickSteps(1, ("separate",), done=False))
    assert [t.step for t in room.incident(1).steps] == ["first_aid"]


@pytest.mark.parametrize("steps", [(), ("eod",), ("two", "nonsense")])
def test_a_step_that_is_not_on_the_list_is_refused_and_nothing_is_ticked(room: Desk, steps: tuple[str, ...]) -> None:
    assert room.refused(TickSteps(1, steps)) == "no_such_step"


def test_a_step_by_a_unit_nobody_knows_is_refused(room: Desk) -> None:
    assert room.refused(TickSteps(1, ("two",), unit="77")) == "no_such_unit"


# -- replay ----------------------------------------------------------------------------------------------------------


def test_replay_gives_the_same_slip_without_a_rulebook(room: Desk) -> None:
    answer(room, "weapon", YES, "水果刀")
    answer(room, "injured", NO)
    room.do(TickSteps(1, ("two",)))
    again = Board()
    for entry in room.journal:
        evolve(again, entry)
    assert again.image() == room.board.image()
