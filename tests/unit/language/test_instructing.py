"""The instruction for a major incident: by type, filled from the slip, seen whole before it is sent."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.support.scenes import Desk, rulebook
from zz110_tui.config.instructions import BLANKS
from zz110_tui.core.alarms import of_incident
from zz110_tui.core.commands_matters import SendMessage
from zz110_tui.language.instructing import instruction_for
from zz110_tui.language.parsed import Status


@pytest.fixture
def room() -> Desk:
    """0142, a knife attack: 03 and 07 are on it."""
    made = Desk(first_incident=142)
    made.open("knife_attack", text="夜宵摊{place}两伙人")
    made.dispatch(142, "03", "07")
    return made


def sent(room: Desk, line: str, **more: object) -> SendMessage:
    command = room.command(line, **more)
    assert isinstance(command, SendMessage)
    return command


def test_it_is_filled_from_the_slip_and_goes_to_the_units_on_it(room: Desk) -> None:
    room.type("q 4 y 142 / 砍刀")
    room.type("q 2 skip 142")
    message = sent(room, "ins 142")
    assert message.units == ("03", "07")
    assert message.incident == 142
    for part in ("0142 持刀伤人", "胜利路x延安路", "03、07", "夜宵摊", "有刀具或其他凶器吗？是 / 砍刀"):
        assert part in message.text
    assert "你现在安全吗" not in message.text, "what was skipped is not known"


def test_what_a_caller_says_is_never_read_as_a_blank(room: Desk) -> None:
    assert "夜宵摊{place}两伙人" in sent(room, "ins 142").text


def test_the_selected_incident_named_units_and_more_words(room: Desk) -> None:
    message = sent(room, "ins u=03 / 增援已出发", selected=of_incident(142))
    assert message.units == ("03",)
    assert message.text.endswith("增援已出发")


def test_it_is_seen_whole_before_enter_in_both_languages(room: Desk) -> None:
    for language in ("zh", "en"):
        parsed = room.read("ins 142", language=language)
        assert parsed.command is not None
        assert parsed.whole == parsed.command.text  # type: ignore[union-attr]
        assert len(parsed.whole) > 60


def test_the_stored_message_is_word_for_word_what_was_shown(room: Desk) -> None:
    whole = room.read("ins 142").whole
    (fact, *_) = room.type("ins 142")
    assert fact.text == whole  # type: ignore[union-attr]


def test_without_a_unit_nobody_would_hear_it() -> None:
    room = Desk(first_incident=142)
    room.open("knife_attack")
    parsed = room.read("ins 142")
    assert parsed.status is Status.WRONG
    assert "d 0142" in parsed.hint


def test_without_templates_the_refusal_says_what_to_do(room: Desk) -> None:
    parsed = room.read("ins 142", rules=replace(rulebook(), instructions=()))
    assert parsed.status is Status.WRONG
    assert "msg" in parsed.hint


@pytest.mark.parametrize("kind", sorted(rulebook().types))
def test_every_type_has_an_instruction_that_leaves_no_blank(kind: str) -> None:
    room = Desk(first_incident=142)
    room.open(kind)
    room.dispatch(142, "03")
    template = instruction_for(room.incident(142), room.scene())
    assert template is not None
    for language in ("zh", "en"):
        text = sent(room, "ins 142", language=language).text
        assert not any(f"{{{name}}}" in text for name in BLANKS)
        assert re.search(r"0142", text)


def test_special_types_have_one_of_their_own() -> None:
    own = {name for one in rulebook().instructions for name in one.types}
    assert {"knife_attack", "explosives", "abduction", "crowd", "fire", "drowning", "suicide", "missing_child"} <= own
