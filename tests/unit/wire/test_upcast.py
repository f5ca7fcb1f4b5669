"""A fact that was stored in an older shape is lifted to today's, step by step, and checked like any other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.entries import AT, CLERK
from zz110_tui.core.facts import Entry, Fact, NoteAdded
from zz110_tui.core.trouble import Trouble
from zz110_tui.wire.codec import EntryCodec
from zz110_tui.wire.names import FACTS, Name, Names
from zz110_tui.wire.upcast import Data, Steps, lift, lifts

# A history that never was: version 1 of a note had no unit, version 2 called its text "words".
STEPS: Steps = {}


@lifts(STEPS, "note_added", 1)
def _with_the_desk_as_its_unit(data: Data) -> Data:
    return {**data, "unit": ""}


@lifts(STEPS, "note_added", 2)
def _with_words_called_text(data: Data) -> Data:
    return {"incident": data["incident"], "text": data["words"], "unit": data["unit"]}


CODEC = EntryCodec(Names[Fact]({**FACTS.of, NoteAdded: Name("note_added", 3)}), STEPS)
TODAY = Entry(12, AT, CLERK, "03-55", NoteAdded(142, "已到场"))


def _stored(version: int, data: str) -> bytes:
    today = CODEC.encode(TODAY)
    return today[: today.index(b'"v":')] + f'"v":{version},"d":{data}}}'.encode()


@pytest.mark.parametrize(
    ("version", "data"),
    [
        (1, '{"incident":142,"words":"已到场"}'),
        (2, '{"incident":142,"words":"已到场","unit":""}'),
        (3, '{"incident":142,"text":"已到场","unit":""}'),
    ],
)
def test_every_version_that_ever_was_means_the_same_today(version: int, data: str) -> None:
    assert CODEC.decode(_stored(version, data)) == TODAY


def test_an_old_entry_is_written_in_the_new_shape_when_it_is_written_again() -> None:
    lifted = CODEC.decode(_stored(1, '{"incident":142,"words":"已到场"}'))

    assert CODEC.encode(replace(lifted, position=13)) == CODEC.encode(replace(TODAY, position=13))


@pytest.mark.parametrize(
    ("version", "data"),
    [
        pytest.param(1, '{"incident":142}', id="a field missing"),
        pytest.param(2, '{"incident":"142","words":"","unit":""}', id="a wrong type"),
        pytest.param(1, '{"incident":142,"words":"","mood":1}{', id="broken"),
        pytest.param(1, '{"words":"","incident":142,"words":""}', id="a key twice"),
        pytest.param(1, '{"incident":142, "words":""}', id="another spacing"),
        pytest.param(1, "[]", id="not an object"),
        pytest.param(1, "null", id="nothing"),
    ],
)
def test_an_old_entry_that_never_was_one_is_trouble(version: int, data: str) -> None:
    with pytest.raises(Trouble):
        CODEC.decode(_stored(version, data))


def test_a_field_that_no_step_drops_is_not_passed_over() -> None:
    steps: Steps = {("note_added", 1): lambda data: data}
    codec = EntryCodec(Names[Fact]({**FACTS.of, NoteAdded: Name("note_added", 2)}), steps)

    with pytest.raises(Trouble, match="never had"):
        codec.decode(_stored(1, '{"incident":142,"text":"","unit":"","mood":1}'))


def test_a_version_without_a_step_is_trouble() -> None:
    codec = EntryCodec(Names[Fact]({**FACTS.of, NoteAdded: Name("note_added", 2)}), {})

    with pytest.raises(Trouble, match="note_added"):
        codec.decode(_stored(1, '{"incident":142,"text":"","unit":""}'))


def test_two_steps_for_one_version_are_refused() -> None:
    with pytest.raises(ValueError, match="already"):
        lifts(STEPS, "note_added", 1)(lambda data: data)


def test_today_needs_no_step() -> None:
    assert lift({}, "note_added", 3, 3, {"a": 1}) == {"a": 1}


def test_every_registered_step_leads_to_todays_version() -> None:
    """The program's own table: nothing between a version that was and today's is missing."""
    from zz110_tui.wire.names import COMMANDS
    from zz110_tui.wire.upcast import COMMAND_UPCASTS, UPCASTS

    for names, steps in ((FACTS, UPCASTS), (COMMANDS, COMMAND_UPCASTS)):
        wanted = {(name.text, at) for name in names.of.values() for at in range(1, name.version)}
        assert set(steps) == wanted
