"""Messages: everybody they went to has to have read them, and nobody else can."""

from __future__ import annotations

import pytest

from tests.support.room import LI, RULES, WANG, Room
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import AlarmKind, Subject, SubjectKind
from zz110_tui.core.commands_matters import NoteMatter, ReadMessage, SendMessage
from zz110_tui.core.deadlines import deadlines_of
from zz110_tui.core.messages import Message, MessageStage, ReaderKind

M1 = Subject(SubjectKind.MESSAGE, "1")


def room() -> Room:
    """Two desks are staffed: 03 (Li) and 04 (Wang)."""
    made = Room()
    made.do(c.OpenDesk(LI.duty), LI)
    made.do(c.OpenDesk(WANG.duty), WANG)
    return made


def message(of: Room) -> Message:
    found = of.board.matters[M1]
    assert isinstance(found, Message)
    return found


def test_a_message_stays_unread_until_each_reader_has_read_it() -> None:
    desk = room()
    desk.do(SendMessage("往北跑", ("01",), ("04",)))
    assert [r.id for r in message(desk).unread] == ["04", "01"]
    desk.do(ReadMessage(1, unit="01"))
    assert message(desk).open
    desk.do(ReadMessage(1), WANG)
    assert message(desk).stage is MessageStage.READ
    assert message(desk).ended_at == desk.now


def test_the_desk_that_sends_it_is_not_asked_to_read_it() -> None:
    desk = room()
    desk.do(SendMessage("请接 0001", desks=("03", "04")))
    assert [(r.kind, r.id) for r in message(desk).readers] == [(ReaderKind.DESK, "04")]
    assert desk.refused(SendMessage("自言自语", desks=("03",))) == "no_reader_named"


def test_who_did_not_get_it_cannot_have_read_it_and_nobody_reads_it_twice() -> None:
    desk = room()
    desk.do(SendMessage("往北跑", ("01",)))
    assert desk.refused(ReadMessage(1)) == "not_a_reader"
    assert desk.refused(ReadMessage(1, unit="02")) == "not_a_reader"
    desk.do(ReadMessage(1, unit="01"))
    assert desk.refused(ReadMessage(1, unit="01")) == "already_read"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (SendMessage("", ("01",)), "reason_missing"),
        (SendMessage("x"), "no_reader_named"),
        (SendMessage("x", ("99",)), "no_such_unit"),
        (SendMessage("x", desks=("99",)), "no_such_desk"),
        (SendMessage("x", ("01",), priority=9), "bad_priority"),
        (SendMessage("x", ("01",), incident=7), "no_such_incident"),
        (ReadMessage(9), "no_such_matter"),
        (NoteMatter(M1, "x"), "no_such_matter"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(command: c.Command, code: str) -> None:
    assert room().refused(command) == code


@pytest.mark.parametrize(("priority", "late"), [(1, True), (2, True), (3, False), (4, False)])
def test_a_pressing_message_becomes_an_alarm_while_it_is_unread(priority: int, late: bool) -> None:
    desk = room()
    desk.do(SendMessage("速回", ("01",), priority=priority))
    due = [d for d in deadlines_of(desk.board, M1, RULES) if d.cause.kind is AlarmKind.UNREAD]
    assert [d.due for d in due] == ([desk.now + RULES.limits_for(priority).unread] if late else [])
    desk.do(ReadMessage(1, unit="01"))
    assert not list(deadlines_of(desk.board, M1, RULES))


def test_a_message_sent_by_mistake_is_taken_back_unless_somebody_has_read_it() -> None:
    desk = room()
    desk.do(SendMessage("发错了", ("01",)))
    desk.do(c.Undo())
    assert message(desk).stage is MessageStage.ENTERED_IN_ERROR
    assert desk.board.next_number(SubjectKind.MESSAGE) == 2, "its number is not used again"

    desk = room()
    desk.do(SendMessage("往北跑", desks=("04",)))
    desk.do(ReadMessage(1), WANG)
    assert desk.refused(c.Undo()) == "undo_overtaken"
