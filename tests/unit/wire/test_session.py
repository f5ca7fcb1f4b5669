"""A link, both sides, without a socket: who comes in, what he hears, how he is answered, and how it ends."""

from __future__ import annotations

import pytest

from tests.support.room import LI, WANG, Room
from tests.support.talking import CLOCK, STORE, History, Talk, a_history, packed
from zz110_tui.client.replica import Replica
from zz110_tui.core import commands as c
from zz110_tui.core.answers import Answer
from zz110_tui.core.facts import Entry
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.trouble import Trouble
from zz110_tui.wire.goodbyes import Goodbye
from zz110_tui.wire.session import Ended, Limits, Mark, Session
from zz110_tui.wire.session_core import Asked, Joined, Left, Submitted
from zz110_tui.wire.session_desk import Answered, FactsCame, ImageCame, ResumedFrom, Troubled, Welcomed

FIGHT = c.Dispatch(1, ("01",))


def entries_at(talk: Talk) -> list[Entry]:
    return [entry for event in talk.at_desk if isinstance(event, FactsCame) for entry in event.entries]


def ended(talk: Talk) -> tuple[str, str]:
    """The codes that core and desk ended with."""
    assert talk.core.over is not None
    assert talk.desk.over is not None
    return talk.core.over.code, talk.desk.over.code


def reason(side: Session) -> Goodbye | None:
    return side.over


def test_a_desk_says_who_it_is_and_the_core_says_who_it_takes_it_for() -> None:
    talk = Talk(LI)
    talk.pump()
    (asked,) = talk.at_core
    assert isinstance(asked, Asked)
    assert (asked.hello.desk, asked.hello.person, asked.hello.duty) == ("03", "Li", LI.duty)
    talk.admit(WANG)
    (welcomed,) = talk.at_desk
    assert isinstance(welcomed, Welcomed)
    assert welcomed.actor == WANG == talk.core.actor
    assert (welcomed.store, welcomed.kind, welcomed.city, welcomed.position) == (STORE, "drill", "zhangzhou", 7)
    assert welcomed.clock == CLOCK


def test_an_image_and_the_facts_after_it_make_the_same_board() -> None:
    room, history = a_history()
    talk = Talk().admit()
    talk.join(room, history)
    (came,) = [event for event in talk.at_desk if isinstance(event, ImageCame)]
    assert came.why == "asked"
    assert came.mark == history.mark(room.board.position)
    replica = Replica(came.image())

    room.dispatch(1, "01", "02")
    told = History(room.journal)
    talk.core.facts(*told.frame(came.mark.position + 1, room.board.position))
    talk.pump()
    replica.apply(entries_at(talk))
    assert replica.board.image() == room.board.image()
    assert talk.desk.mark == told.mark(room.board.position), "the desk knows the hash of all it has"


def test_a_large_image_comes_in_parts_with_room_for_a_beat_between_them() -> None:
    room, history = a_history(1)
    image = packed(room, history)
    random = bytes(range(256)) * 4_000
    talk = Talk().admit()
    talk.desk.join()
    talk.pump()
    talk.core.begin(type(image)(image.mark, random, image.unpacked), image.mark.position, "asked")
    parts = [message for message in talk.core.take(0) if not message.text]
    assert [len(part.data) for part in parts] == [256 << 10] * 3 + [len(random) - 3 * (256 << 10)]


def test_a_desk_that_has_the_history_resumes_behind_it() -> None:
    room, history = a_history()
    talk = Talk().admit()
    talk.desk.join(history.mark(5), STORE)
    talk.pump()
    joined = talk.at_core[-1]
    assert joined == Joined(history.mark(5), STORE)
    talk.core.resume(history.mark(5))
    talk.core.facts(*history.frame(6, 8))
    talk.core.facts(*history.frame(9, room.board.position))
    talk.pump()
    assert [type(event) for event in talk.at_desk[1:]] == [ResumedFrom, FactsCame, FactsCame]
    assert [entry.position for entry in entries_at(talk)] == list(range(6, room.board.position + 1))
    assert talk.desk.mark == history.mark(room.board.position)


def test_a_desk_that_leaves_still_sends_commands() -> None:
    talk = Talk().admit()
    talk.join(*a_history())
    talk.desk.leave()
    n = talk.desk.submit(FIGHT, "a", 3)
    talk.pump()
    assert talk.at_core[-2:] == [Left(), Submitted(n, "a", 3, FIGHT)]
    assert not talk.core.following


def test_an_answer_carries_the_facts_or_the_refusal_word_for_word() -> None:
    room, _ = a_history()
    talk = Talk().admit()
    accepted, refused = talk.desk.submit(FIGHT, "a", None), talk.desk.submit(FIGHT, "b", 9)
    talk.pump()
    made = Answer("a", 11, tuple(room.journal[-2:]))
    no = Answer("b", 11, refusal=Refusal("not_yours_to_do", (("duty", "duty.audit"),)))
    talk.core.answer(refused, no)
    talk.core.answer(accepted, made)
    talk.pump()
    assert talk.at_desk[-2:] == [Answered(refused, no), Answered(accepted, made)]
    assert talk.core.waiting == 0


def test_a_fault_of_the_cores_disk_reaches_the_desk_in_words() -> None:
    talk = Talk().admit()
    n = talk.desk.submit(FIGHT, "a", None)
    talk.pump()
    talk.core.trouble(n, Trouble("disk full", "no \x1b[31mspace", "free some", exit_code=74))
    talk.pump()
    (came,) = [event for event in talk.at_desk if isinstance(event, Troubled)]
    assert came.n == n
    assert (came.trouble.title, came.trouble.remedy, came.trouble.exit_code) == ("disk full", "free some", 74)
    assert "\x1b" not in came.trouble.cause


def test_text_of_a_command_is_harmless_before_the_core_sees_it() -> None:
    talk = Talk().admit()
    talk.desk.submit(c.AddNote(1, "\x1b]52;c;AAAA\x07回头\u202e看"), "a", None)
    talk.pump()
    submitted = talk.at_core[-1]
    assert isinstance(submitted, Submitted)
    assert submitted.command == c.AddNote(1, "␛]52;c;AAAA␇回头‹U+202E›看")


@pytest.mark.parametrize(("deaf", "seconds"), [("desk", 2.5), ("core", 10)])
def test_silence_ends_a_link(deaf: str, seconds: float) -> None:
    talk = Talk().admit()
    side = talk.desk if deaf == "desk" else talk.core
    talk.pass_time(round(seconds * 1_000), deaf=deaf)
    assert reason(side) is None, "not before"
    talk.pass_time(200, deaf=deaf)
    why = reason(side)
    assert why is not None
    assert why.code == "silent"
    assert why.again
    assert str(seconds) in why.sentence("en")


def test_a_large_message_on_a_thin_line_is_no_silence() -> None:
    talk = Talk().admit()
    for _ in range(10):
        talk.desk.noise(talk.now)
        talk.pass_time(1_000, deaf="desk")
    assert talk.desk.over is None


def test_whoever_connects_and_says_nothing_is_put_out() -> None:
    talk = Talk()
    talk.desk.take(0)
    assert talk.core.next_tick() == 5_000
    assert talk.core.tick(4_999, 0) is None
    end = talk.core.tick(5_000, 0)
    assert end is not None
    assert end.goodbye.code == "late_hello"


def test_each_side_is_told_why_the_other_ended_it() -> None:
    talk = Talk().admit()
    talk.core.end("closing")
    talk.pump()
    assert ended(talk) == ("closing", "closing")
    assert talk.desk.over is not None
    assert talk.desk.over.by_peer
    assert talk.desk.over.again
    assert "重连" in talk.desk.over.sentence("zh")

    talk = Talk().admit()
    talk.desk.end("left")
    talk.pump()
    assert ended(talk) == ("left", "left")
    assert isinstance(talk.at_core[-1], Ended)


def test_nothing_is_said_after_the_goodbye() -> None:
    talk = Talk().admit()
    talk.core.end("closing")
    talk.core.end("internal")
    talk.core.trouble(0, Trouble("", "", ""))
    talk.core.tick(100_000, 0)
    assert len(talk.core.take(0)) == 1
    after = talk.core.receive("anything", 0)
    assert isinstance(after, Ended)
    assert after.goodbye.code == "closing"


def test_a_broken_transport_leaves_nothing_to_say() -> None:
    talk = Talk().admit()
    talk.desk.submit(FIGHT, "a", None)
    talk.desk.cut()
    assert talk.desk.take(0) == []
    assert talk.desk.over is not None
    assert talk.desk.over.again


def test_a_desk_that_sends_too_fast_is_read_more_slowly() -> None:
    talk = Talk(limits=Limits(frames_per_s=100, burst=50, in_flight=10_000)).admit()
    for _ in range(40):
        talk.desk.submit(FIGHT, "a", None)
    talk.pump()
    assert talk.core.pause(0) == 0
    for _ in range(60):
        talk.desk.submit(FIGHT, "a", None)
    talk.pump()
    assert 400 <= talk.core.pause(0) <= 600
    assert talk.core.pause(10_000) == 0
    assert talk.core.over is None, "what was sent is not lost: the line is slowed, not cut"


def test_a_desk_knows_how_many_commands_may_be_on_their_way() -> None:
    talk = Talk(limits=Limits(in_flight=2)).admit()
    first = talk.desk.submit(FIGHT, "a", None)
    assert talk.desk.has_room()
    talk.desk.submit(FIGHT, "b", None)
    assert not talk.desk.has_room()
    talk.pump()
    talk.core.answer(first, Answer("a", 1))
    talk.pump()
    assert talk.desk.has_room()


def test_a_command_that_is_too_large_stays_here() -> None:
    talk = Talk(limits=Limits(frame_bytes=4_096)).admit()
    with pytest.raises(Trouble, match="size"):
        talk.desk.submit(c.AddNote(1, "长" * 2_000), "a", None)
    assert talk.desk.submit(c.AddNote(1, "短"), "b", None) == 1


def test_an_image_that_is_not_the_announced_one_is_not_taken() -> None:
    room, history = a_history()
    good = packed(room, history)
    for bad in (
        type(good)(Mark(good.mark.position + 1, good.mark.hash), good.data, good.unpacked),
        type(good)(good.mark, good.data, good.unpacked - 1),
        type(good)(good.mark, good.data[:-4], good.unpacked),
        type(good)(good.mark, b"not zlib", good.unpacked),
    ):
        talk = Talk().admit()
        talk.desk.join()
        talk.pump()
        talk.core.begin(bad, bad.mark.position, "asked")
        talk.pump()
        (came,) = [event for event in talk.at_desk if isinstance(event, ImageCame)]
        with pytest.raises(Trouble):
            came.image()


def test_an_empty_room_can_be_joined() -> None:
    room = Room(units=0)
    room.journal.clear()
    talk = Talk().admit()
    empty = type(room.board)()
    room.board = empty
    talk.join(room, History([]))
    (came,) = [event for event in talk.at_desk if isinstance(event, ImageCame)]
    assert came.image() == empty.image()
