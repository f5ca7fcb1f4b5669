"""What must not come in: garbage, too much, too early, twice. Each ends the link with a code, and that is all."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.room import LI
from tests.support.talking import STORE, Talk, a_history, hello, packed
from zz110_tui.core import commands as c
from zz110_tui.core.answers import Answer
from zz110_tui.core.trouble import Trouble
from zz110_tui.wire import frames
from zz110_tui.wire.codec import encode_command
from zz110_tui.wire.session import DESK_LIMITS, Ended, Limits
from zz110_tui.wire.session_core import CoreSession, Submitted
from zz110_tui.wire.session_desk import DeskSession, ImageCame

NOTE = encode_command(c.AddNote(1, "x")).decode()
ZEROS = "0" * 64


def submit(n: int = 1, id_: str = "a", seen: str = "null", command: str = NOTE) -> str:
    return f'{{"k":"submit","n":{n},"id":"{id_}","seen":{seen},"command":{command}}}'


def fresh(limits: Limits | None = None) -> CoreSession:
    return CoreSession(limits or Limits(), 0, "1.0")


def opened(limits: Limits | None = None) -> CoreSession:
    core = fresh(limits)
    core.receive(hello(), 0)
    core.admit(LI, STORE, "drill", "zhangzhou", 0, 0)
    core.take(0)
    return core


def code_of(core: CoreSession | DeskSession, *messages: str | bytes) -> str:
    """The code that the last of these messages ends the link with; the words have to be sayable."""
    came: object = None
    for message in messages:
        came = core.receive(message, 0)
    assert isinstance(came, Ended), came
    assert came.goodbye.zh
    assert came.goodbye.en
    (bye,) = [m.data for m in core.take(0) if b'"k":"bye"' in m.data]
    assert frames.decode_from_core(bye.decode()) == came.goodbye.frame()
    return came.goodbye.code


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ("", "garbage"),
        ("GET / HTTP/1.1", "garbage"),
        ("null", "garbage"),
        ("[]", "garbage"),
        ('{"k":"hello"', "garbage"),
        ('{"k":"hello"}', "versions"),
        ('{"k":"submit","n":1}', "garbage"),
        ('{"k":"hello","speaks":[2,1]}', "garbage"),
        ('{"k":"hello","speaks":[7,9]}', "versions"),
        ('{"k":"hello","speaks":[7,9],"all":"is different"}', "versions"),
        (hello(channel="Timer"), "garbage"),
        (hello(channel="timer\x1b"), "garbage"),
        (hello(desk=""), "garbage"),
        (hello().replace('"dispatch"', '"emperor"'), "garbage"),
        (hello(person="x" * 20_000), "oversize"),
        ('{"k":"hello","speaks":' + "[" * 10_000, "garbage"),
        (b"\x00\x01", "garbage"),
    ],
)
def test_a_first_message_that_is_no_good_hello(first: str | bytes, code: str) -> None:
    assert code_of(fresh(), first) == code


def test_a_newer_hello_may_say_more() -> None:
    assert not isinstance(fresh().receive(hello()[:-1] + ',"more":[1]}', 0), Ended)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("x", "garbage"),
        ('{"k":"facts","hash":"' + "0" * 64 + '","entries":[]}', "garbage"),
        ('{"k":"join","after":-1}', "garbage"),
        ('{"k":"join","after":1.5}', "garbage"),
        ('{"k":"join","after":1,"hash":"zz"}', "garbage"),
        ('{"k":"join","after":1,"more":1}', "garbage"),
        ('{"k":"beat"}', "garbage"),
        (submit(0), "garbage"),
        (submit(n=1 << 63), "garbage"),
        (submit(id_="timer:undispatched:incident:1:2:3"), "garbage"),
        (submit(id_=""), "garbage"),
        (submit(id_="x" * 129), "garbage"),
        (submit(seen="-1"), "garbage"),
        (submit(command='{"do":"no_such"}'), "garbage"),
        (submit(command='{"do":"add_note","d":{"incident":1,"text":"x","more":1}}'), "garbage"),
        (submit(command='{"do":"add_note","v":2,"d":{"incident":1,"text":"x"}}'), "garbage"),
        (submit(command="[" * 100_000 + "]" * 100_000), "garbage"),
        (hello(), "out_of_order"),
        (b"binary", "garbage"),
    ],
)
def test_a_later_message_that_is_no_good_frame(message: str | bytes, code: str) -> None:
    assert code_of(opened(), message) == code


def test_a_million_fields_are_no_command() -> None:
    fields = ",".join(f'"f{n}":{n}' for n in range(1_000_000))
    core = opened(Limits(frame_bytes=32 << 20))
    assert code_of(core, submit(command=f'{{"do":"add_note","d":{{{fields}}}}}')) == "garbage"


def test_a_message_is_measured_in_bytes() -> None:
    def note(length: int) -> str:
        return submit(command=encode_command(c.AddNote(1, "字" * length)).decode())

    limits = Limits(frame_bytes=3_000)
    assert isinstance(opened(limits).receive(note(900), 0), Submitted)
    assert code_of(opened(limits), note(980)) == "oversize"


@pytest.mark.parametrize("before", ['{"k":"join"}', '{"k":"leave"}', submit()])
def test_nothing_is_asked_before_the_core_has_let_the_desk_in(before: str) -> None:
    core = fresh()
    core.receive(hello(), 0)
    assert code_of(core, before) == "out_of_order"


def test_submits_are_counted_upwards() -> None:
    assert code_of(opened(), submit(2), submit(3), submit(3)) == "out_of_order"


def test_more_commands_on_their_way_than_agreed_end_the_link() -> None:
    core = opened(Limits(in_flight=2))
    core.receive(submit(1), 0)
    core.receive(submit(2), 0)
    core.answer(1, Answer("a", 1))
    core.receive(submit(3), 0)
    assert code_of(core, submit(4)) == "too_many_waiting"


# -- the desk's side ---------------------------------------------------------------------------------------------------


def desk() -> DeskSession:
    return DeskSession(DESK_LIMITS, 0, "1.0", LI)


def at_desk(after: Callable[[Talk], None] | None = None) -> DeskSession:
    talk = Talk().admit()
    if after is not None:
        after(talk)
    return talk.desk


def joined(talk: Talk) -> None:
    room, history = a_history()
    talk.join(room, history)


def joining(talk: Talk) -> None:
    talk.desk.join()
    talk.desk.take(0)


def image_frame(**changes: object) -> str:
    values = {
        "position": 3,
        "head": 3,
        "hash": ZEROS,
        "size": 10,
        "unpacked": 10,
        "parts": 1,
        "why": "asked",
        **changes,
    }
    return json.dumps({"k": "image", **values})


@pytest.mark.parametrize(
    ("after", "message", "code"),
    [
        (None, '{"k":"facts","hash":"' + "0" * 64 + '","entries":[1]}', "out_of_order"),
        (None, '{"k":"beat","now":1,"x":1}', "garbage"),
        (None, '{"k":"resumed","after":3}', "out_of_order"),
        (None, image_frame(), "out_of_order"),
        (None, b"part", "out_of_order"),
        (None, '{"k":"answer","n":1,"id":"a","position":1,"entries":[],"refusal":null,"told":[]}', "out_of_order"),
        (None, '{"k":"trouble","n":1,"title":"","cause":"","remedy":"","exit_code":1}', "out_of_order"),
        (None, '{"k":"trouble","n":0,"title":"","cause":"","remedy":"","exit_code":1}', "out_of_order"),
        (None, '{"k":"submit"}', "garbage"),
        (joining, image_frame(parts=2), "damaged"),
        (joining, image_frame(unpacked=1 << 40, size=1 << 40, parts=1 << 22), "oversize"),
        (joining, '{"k":"resumed","after":3}', "out_of_order"),
        (joined, '{"k":"facts","hash":"' + "0" * 64 + '","entries":[{}]}', "damaged"),
        (joined, '{"k":"facts","hash":"' + "0" * 64 + '","entries":[]}', "garbage"),
    ],
)
def test_a_core_that_makes_no_sense_is_left(
    after: Callable[[Talk], None] | None, message: str | bytes, code: str
) -> None:
    assert code_of(at_desk(after), message) == code


def test_a_core_that_talks_before_the_welcome_is_left() -> None:
    assert code_of(desk(), '{"k":"beat","now":1}') == "out_of_order"
    talk = Talk()
    talk.pump()
    talk.core.admit(LI, STORE, "drill", "zhangzhou", 0, 0)
    (welcome,) = talk.core.take(0)
    assert code_of(talk.desk, welcome.data.decode(), welcome.data.decode()) == "out_of_order"


def test_a_gap_or_a_repetition_in_the_facts_is_noticed() -> None:
    _, history = a_history()
    for first in (5, 7):
        talk = Talk().admit()
        talk.desk.join(history.mark(5), STORE)
        talk.pump()
        talk.core.resume(history.mark(5))
        talk.pump()
        assert code_of(talk.desk, history.frame(first, 8)[2].decode()) == "damaged"


def test_too_many_or_too_few_bytes_of_an_image() -> None:
    for parts in ([b"x" * 11], [b"x" * 9]):
        session = at_desk(joining)
        session.receive(image_frame(), 0)
        assert code_of(session, *parts) == "damaged"
    session = at_desk(joining)
    assert code_of(session, image_frame(), '{"k":"facts","hash":"' + "0" * 64 + '","entries":[1]}') == "out_of_order"


def test_an_answer_to_something_else_is_no_answer() -> None:
    talk = Talk().admit()
    n = talk.desk.submit(c.AddNote(1, "x"), "mine", None)
    other = f'{{"k":"answer","n":{n},"id":"other","position":1,"entries":[],"refusal":null,"told":[]}}'
    assert code_of(talk.desk, other) == "out_of_order"


@pytest.mark.parametrize("refusal", ['{"code":"no_such_code","values":[]}', '{"code":"unit_busy","values":[]}'])
def test_a_refusal_without_words_is_not_shown_half(refusal: str) -> None:
    talk = Talk().admit()
    n = talk.desk.submit(c.AddNote(1, "x"), "a", None)
    said = f'{{"k":"answer","n":{n},"id":"a","position":1,"entries":[],"refusal":{refusal},"told":[]}}'
    assert code_of(talk.desk, said) == "garbage"


def test_a_goodbye_of_any_version_is_understood_and_made_harmless() -> None:
    session = desk()
    came = session.receive('{"k":"bye","code":"from_the_future","zh":"\\u001b[2J再见","why":{"a":[1]}}', 0)
    assert isinstance(came, Ended)
    assert came.goodbye.code == "from_the_future"
    assert came.goodbye.zh == "␛[2J再见"
    assert came.goodbye.by_peer


# -- anything at all ---------------------------------------------------------------------------------------------------

_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=5),
    max_leaves=20,
)
_kinds = st.sampled_from(
    ["hello", "welcome", "join", "leave", "image", "resumed", "facts", "submit", "answer", "trouble", "beat", "bye"]
)
_fields = st.sampled_from(
    ["n", "id", "seen", "command", "after", "hash", "now", "code", "zh", "entries", "speaks", "position", "parts"]
)
_rest = st.dictionaries(_fields, _json, max_size=5)
_frame = st.builds(lambda kind, rest: json.dumps({"k": kind, **rest}), _kinds, _rest)


@st.composite
def _damaged(draw: st.DrawFn) -> str:
    """A good frame with a few characters changed, cut out or doubled."""
    good = draw(st.sampled_from([hello(), submit(), '{"k":"join"}', image_frame(), '{"k":"beat","now":5}']))
    at = draw(st.integers(0, len(good)))
    cut = draw(st.integers(0, 6))
    return good[:at] + draw(st.text(max_size=6)) + good[at + cut :]


_anything = st.text() | st.binary() | _frame | _damaged()


@given(st.lists(_anything, max_size=6), st.booleans())
@example(["\ud800"], True)
@example(['{"k":"bye","code":"\\ud800"}'], True)
def test_whatever_comes_in_the_core_stays_whole(messages: list[str | bytes], let_in: bool) -> None:
    core = opened() if let_in else fresh()
    for now, message in enumerate(messages):
        core.receive(message, now)
        core.tick(now, 0)
    for out in core.take(0):
        frames.decode_from_core(out.data.decode())


@given(st.lists(_anything, max_size=6), st.sampled_from([None, joining, joined]))
@example([image_frame(), b"0123456789"], joining)
def test_whatever_comes_in_the_desk_stays_whole(
    messages: list[str | bytes], after: Callable[[Talk], None] | None
) -> None:
    session = at_desk(after)
    for message in messages:
        session.receive(message, 0)
    for out in session.take(0):
        frames.decode_from_desk(out.data.decode())


def test_a_packed_board_cannot_blow_up() -> None:
    """A few kilobytes that unpack to a gigabyte are stopped at the announced size."""
    room, history = a_history()
    image = packed(room, history)
    talk = Talk().admit()
    talk.desk.join()
    talk.pump()
    talk.core.begin(type(image)(image.mark, zlib.compress(bytes(50 << 20)), 1_000), image.mark.position, "asked")
    talk.pump()
    came = talk.at_desk[-1]
    assert isinstance(came, ImageCame)
    with pytest.raises(Trouble):
        came.image()
