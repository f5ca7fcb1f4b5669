"""Questions about the past over a link, without a socket: few at once, never too fast, and not to an older core."""

from __future__ import annotations

import pytest

from tests.support.room import LI
from tests.support.talking import Talk, hello
from zz110_tui.core.trouble import Trouble
from zz110_tui.wire import frames
from zz110_tui.wire.asking import MOST_ITEMS, FindSlips, OneSlip, Page
from zz110_tui.wire.session import Ended, Limits
from zz110_tui.wire.session_core import CoreSession, Questioned
from zz110_tui.wire.session_desk import Told


def ask(n: int, question: str = '{"q":"slip","number":1}') -> str:
    return f'{{"k":"ask","n":{n},"question":{question}}}'


def opened() -> CoreSession:
    return Talk().admit().core


def code_of(core: CoreSession, *messages: str) -> str:
    for message in messages:
        came = core.receive(message, 0)
        if isinstance(came, Ended):
            return came.goodbye.code
    return ""


def test_a_question_is_answered_with_its_page_or_with_the_reason_why_not() -> None:
    talk = Talk().admit()
    first, second = talk.desk.ask(FindSlips("打架", 1, 2)), talk.desk.ask(OneSlip(7))
    talk.pump()
    assert talk.at_core[1:] == [Questioned(first, FindSlips("打架", 1, 2)), Questioned(second, OneSlip(7))]
    talk.core.untold(second, Trouble("no history", "a \x1b[31mfault", "wait", exit_code=69))
    talk.core.told(first, Page((b'{"number":142}', b"[]"), 500))
    talk.pump()
    no, page = talk.at_desk[1:]
    assert page == Told(first, Page((b'{"number":142}', b"[]"), 500))
    assert isinstance(no, Told)
    assert no.n == second
    assert isinstance(no.page, Trouble)
    assert (no.page.title, no.page.exit_code) == ("no history", 69)
    assert "\x1b" not in no.page.cause


def test_a_desk_knows_how_many_questions_may_be_on_their_way() -> None:
    talk = Talk().admit()
    for _ in range(Limits().questions):
        assert talk.desk.may_ask()
        talk.desk.ask(OneSlip(1))
    assert not talk.desk.may_ask()
    talk.pump()
    talk.core.told(1, Page())
    talk.pump()
    assert talk.desk.may_ask()
    assert talk.core.over is None


def test_more_questions_than_agreed_end_the_link() -> None:
    many = [ask(n) for n in range(1, Limits().questions + 2)]
    assert code_of(opened(), *many[:-1]) == ""
    assert code_of(opened(), *many) == "too_many_waiting"


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ('{"q":"drop tables"}', "garbage"),
        ('{"q":"slip"}', "garbage"),
        ('{"q":"slip","number":-1}', "garbage"),
        ('{"q":"slip","number":1,"more":1}', "garbage"),
        (f'{{"q":"slips","limit":{MOST_ITEMS + 1}}}', "garbage"),
        ('{"q":"find","words":"' + "x" * 401 + '"}', "garbage"),
        ('{"q":"budgets","start":0,"end":1,"clock":"noon"}', "garbage"),
        ('{"q":"slip","number":1}', ""),
    ],
)
def test_a_question_that_is_none_ends_the_link(question: str, code: str) -> None:
    assert code_of(opened(), ask(1, question)) == code


def test_questions_are_counted_upwards_and_pages_belong_to_questions() -> None:
    assert code_of(opened(), ask(2), ask(2)) == "out_of_order"
    talk = Talk().admit()
    talk.desk.receive('{"k":"told","n":1,"next":0,"items":[]}', 0)
    assert talk.desk.over is not None
    assert talk.desk.over.code == "out_of_order"


def test_nothing_is_asked_before_the_core_has_let_the_desk_in() -> None:
    core = CoreSession(Limits(), 0, "1.0")
    core.receive(hello(), 0)
    assert code_of(core, ask(1)) == "out_of_order"


def test_whoever_asks_too_fast_is_read_more_slowly() -> None:
    core = opened()
    for n in range(1, 100):
        core.receive(ask(n), 0)
        core.told(n, Page())
    assert core.over is None
    assert core.pause(0) > 100


def test_an_old_core_is_not_asked_and_an_old_desk_cannot_ask() -> None:
    talk = Talk().admit()
    assert talk.desk.askable
    core = CoreSession(Limits(), 0, "9.0")
    core.receive(hello(speaks=(2, 2)), 0)
    core.admit(LI, "ab", "drill", "zz", 1, 1)
    assert code_of(core, ask(1)) == "out_of_order"
    old = Talk()
    welcome = frames.Welcome(2, "0.9", "Li", "03", LI.duty, "keyboard", "ab", "drill", "zz", 1, 1, 9, 9, 9)
    old.desk.receive(frames.encode(welcome).decode(), 0)
    assert not old.desk.askable
    assert not old.desk.may_ask()
