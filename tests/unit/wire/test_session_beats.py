"""Beats that answer each other: a line that is dead in the direction one sends in is known as soon as the other."""

from __future__ import annotations

import json

import pytest

from tests.support.room import LI
from tests.support.talking import CLOCK, STORE, Talk, a_history, as_message, hello, packed
from zz110_tui.core import commands as c
from zz110_tui.core.answers import Answer
from zz110_tui.wire import frames
from zz110_tui.wire.session import DESK_LIMITS, Limits, Session
from zz110_tui.wire.session_core import CoreSession, Packed
from zz110_tui.wire.session_desk import BeatCame, DeskSession

FIGHT = c.Dispatch(1, ("01",))
SILENT = DESK_LIMITS.silent_ms


def ended(side: Session) -> str:
    return "" if side.over is None else side.over.code


def said(side: Session, now: int) -> list[dict[str, object]]:
    """The text frames that a side has to say."""
    return [json.loads(out.data) for out in side.take(now) if out.text]


def test_a_link_beats_once_a_second_whatever_else_is_said() -> None:
    talk = Talk().admit()
    for _ in range(10):
        n = talk.desk.submit(FIGHT, "a", None)
        talk.pump()
        talk.core.answer(n, Answer("a", 1))
        talk.pass_time(300)
    beats = [event for event in talk.at_desk if isinstance(event, BeatCame)]
    assert len(beats) == 3
    assert beats[0].clock == CLOCK + 100, "the first one at once: it is the first that can be answered"
    assert beats[2].clock == CLOCK + 2_100


def test_each_beat_is_answered_by_its_number() -> None:
    talk = Talk().admit()
    talk.desk.tick(1_000, CLOCK)
    beat, *more = said(talk.desk, 1_000)
    assert (beat, more) == ({"k": "beat", "now": CLOCK, "n": 1}, [])
    talk.core.receive(json.dumps(beat), 1_000)
    assert said(talk.core, 1_000) == [{"k": "heard", "n": 1}]


@pytest.mark.parametrize("deaf", ["core", "desk"])
def test_a_desk_knows_within_its_limit_which_way_ever_the_line_is_dead(deaf: str) -> None:
    talk = Talk().admit()
    talk.pass_time(5_300)
    assert ended(talk.desk) == ""
    began = talk.now
    while not ended(talk.desk) and talk.now - began <= SILENT:
        talk.pass_time(100, deaf=deaf)
    assert ended(talk.desk) == ("unheard" if deaf == "core" else "silent")
    assert talk.desk.over is not None
    assert talk.desk.over.again
    assert "2.5" in talk.desk.over.sentence("zh")
    assert talk.core.unproved(talk.now) >= SILENT - 1_000, "the core knows that something is wrong"
    assert ended(talk.core) == ("" if deaf == "core" else "silent"), "it has more patience; a goodbye it hears is one"


def test_a_line_that_is_well_is_never_in_doubt() -> None:
    talk = Talk().admit()
    for _ in range(100):
        talk.pass_time(100)
        assert talk.desk.unproved(talk.now) <= 1_100
        assert talk.core.unproved(talk.now) <= 1_100


def test_a_desk_that_sends_all_the_time_knows_it_too() -> None:
    """What it sends is no proof that anything arrives."""
    talk = Talk(limits=Limits(in_flight=1_000)).admit()
    talk.pass_time(1_000)
    for _ in range(28):
        if talk.desk.has_room():
            talk.desk.submit(FIGHT, "a", None)
        talk.pass_time(100, deaf="core")
    assert ended(talk.desk) == "unheard"


def test_an_answer_that_waits_behind_a_large_board_is_no_loss() -> None:
    """On a thin line a board takes longer than the limit, and answers to beats come after it."""
    room, history = a_history(1)
    image = packed(room, history)
    talk = Talk().admit()
    talk.desk.join()
    talk.pump()
    noise = bytes(range(256)) * 4_000
    talk.core.begin(Packed(image.mark, noise, image.unpacked), image.mark.position, "asked")
    waiting = talk.core.take(0)
    while waiting:
        talk.desk.receive(as_message(waiting.pop(0)), talk.now)
        for _ in range(20):
            talk.now += 100
            talk.desk.noise(talk.now)
            assert talk.desk.tick(talk.now, CLOCK) is None
    talk.desk.take(talk.now)
    for _ in range(SILENT // 100 + 1):
        talk.now += 100
        talk.desk.receive(beat(), talk.now)
        talk.desk.tick(talk.now, CLOCK)
    assert ended(talk.desk) == "unheard", "once it is there, answers have to come again"


def test_an_answer_that_waits_behind_missed_facts_is_no_loss() -> None:
    """Each frame of them comes whole, and answers to beats stand in the queue behind them."""
    _, history = a_history()
    talk = Talk().admit()
    talk.desk.join(history.mark(1), STORE)
    talk.pump()
    talk.core.resume(history.mark(1))
    talk.pump()
    for position in range(2, 8):
        for _ in range(10):
            talk.now += 100
            assert talk.desk.tick(talk.now, CLOCK) is None, "the desk is behind: the core said 7"
        talk.desk.receive(history.frame(position, position)[2].decode(), talk.now)
    for _ in range(SILENT // 100 + 1):
        talk.now += 100
        talk.desk.receive(beat(), talk.now)
        talk.desk.tick(talk.now, CLOCK)
    assert ended(talk.desk) == "unheard", "it has caught up: answers have to come again"


def test_one_large_message_in_pieces_is_no_loss_and_small_ones_are_no_excuse() -> None:
    talk = Talk().admit()
    for _ in range(60):
        talk.now += 100
        talk.desk.noise(talk.now)
        assert talk.desk.tick(talk.now, CLOCK) is None
    for _ in range(SILENT // 100 + 1):
        talk.now += 100
        talk.desk.noise(talk.now)
        talk.desk.receive(beat(), talk.now)
        talk.desk.tick(talk.now, CLOCK)
    assert ended(talk.desk) == "unheard"


def test_whoever_was_asleep_does_not_blame_the_line() -> None:
    talk = Talk().admit()
    talk.pass_time(2_000)
    talk.now += 30_000
    assert talk.desk.tick(talk.now, CLOCK) is None
    assert talk.core.tick(talk.now, CLOCK) is None
    talk.pump()
    talk.pass_time(2_000)
    assert (ended(talk.desk), ended(talk.core)) == ("", "")


def test_a_beat_that_was_never_sent_cannot_have_been_heard() -> None:
    talk = Talk().admit()
    talk.pass_time(1_000)
    talk.core.receive('{"k":"heard","n":99}', talk.now)
    assert ended(talk.core) == "out_of_order"
    talk.desk.receive('{"k":"heard","n":99}', talk.now)
    assert ended(talk.desk) == "out_of_order"


# -- old and new -------------------------------------------------------------------------------------------------------


def test_an_old_desk_is_spoken_to_as_it_knows() -> None:
    core = CoreSession(Limits(), 0, "9.0")
    core.receive(hello(speaks=(2, 2)), 0)
    core.admit(LI, STORE, "drill", "zhangzhou", 7, CLOCK)
    (welcome,) = said(core, 0)
    assert welcome["version"] == 2
    core.receive('{"k":"beat","now":5}', 500)
    assert said(core, 500) == [], "an old desk is answered nothing that it cannot read"
    core.tick(999, CLOCK)
    assert said(core, 999) == []
    core.tick(1_000, CLOCK)
    assert said(core, 1_000) == [{"k": "beat", "now": CLOCK}]
    for now in range(1_500, 60_000, 500):
        core.receive('{"k":"beat","now":5}', now)
        assert core.tick(now, CLOCK) is None
    assert core.unproved(60_000) == 0, "it never says what arrived: that is no reason to doubt"


def test_a_desk_at_an_old_core_beats_as_that_core_knows() -> None:
    desk = DeskSession(DESK_LIMITS, 0, "9.0", LI)
    offered = said(desk, 0)[0]["speaks"]
    assert isinstance(offered, list)
    assert offered[0] == 2
    old = frames.Welcome(2, "0.9", "Li", "03", LI.duty, "keyboard", STORE, "drill", "zz", 7, CLOCK, 1 << 20, 64, 1_000)
    desk.receive(frames.encode(old).decode(), 0)
    for now in range(500, 60_000, 500):
        desk.receive(beat(), now)
        assert desk.tick(now, CLOCK) is None
        for each in said(desk, now):
            assert each == {"k": "beat", "now": CLOCK}
    assert desk.over is None


@pytest.mark.parametrize("speaks", [(1, 1), (4, 9)])
def test_who_has_no_version_in_common_is_told_so(speaks: tuple[int, int]) -> None:
    core = CoreSession(Limits(), 0, "9.0")
    core.receive(hello(speaks=speaks), 0)
    assert ended(core) == "versions"
    assert core.over is not None
    assert "2-3" in core.over.sentence("zh")


def beat() -> str:
    return f'{{"k":"beat","now":{CLOCK}}}'
