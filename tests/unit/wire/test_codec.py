"""The same entry gives the same bytes, only those bytes are read again, and nothing but Trouble comes of others."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.golden.samples import COMMANDS as COMMAND_SAMPLES
from tests.golden.samples import FACTS as FACT_SAMPLES
from tests.golden.samples import UNIT, entry_of
from tests.support.entries import AT, CLERK, any_entry, any_fact, notes
from tests.support.room import CROSSING, Room
from zz110_tui.core import commands as c
from zz110_tui.core.board import Board, BoardImage
from zz110_tui.core.facts import CityAdopted, Entry, IncidentReleased, NoteAdded, UnitPosted
from zz110_tui.core.incidents import AssignmentStage
from zz110_tui.core.places import Point
from zz110_tui.core.trouble import Trouble
from zz110_tui.wire import codec
from zz110_tui.wire.codec import (
    decode_command,
    decode_entry,
    decode_image,
    encode_command,
    encode_entry,
    encode_image,
)
from zz110_tui.wire.names import COMMANDS

any_command: st.SearchStrategy[c.Command] = st.sampled_from(sorted(COMMANDS.of, key=lambda cls: cls.__name__)).flatmap(
    st.from_type
)


def _line(**changes: Any) -> bytes:
    """An entry's JSON with keys replaced; None takes a key away."""
    plain = json.loads(encode_entry(entry_of(NoteAdded(142, "已到场", "07"))))
    plain.update(changes)
    return json.dumps(
        {key: value for key, value in plain.items() if value is not None}, ensure_ascii=False, separators=(",", ":")
    ).encode()


# -- entries -----------------------------------------------------------------------------------------------------------


@given(any_entry)
def test_an_entry_comes_back_equal_and_its_bytes_the_same(entry: Entry) -> None:
    payload = encode_entry(entry)

    assert decode_entry(payload) == entry
    assert encode_entry(decode_entry(payload)) == payload


def test_the_layout_is_the_documented_one() -> None:
    assert (
        encode_entry(Entry(12, AT, CLERK, "03-55", IncidentReleased(142)))
        == (
            '{"p":12,"t":1700000000000,"who":{"person":"李","desk":"03","duty":"dispatch","channel":"test"},'
            '"c":"03-55","f":"incident_released","v":1,"d":{"incident":142}}'
        ).encode()
    )


def test_the_helper_of_these_tests_writes_what_the_codec_writes() -> None:
    assert _line() == encode_entry(decode_entry(_line()))


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        pytest.param(b"", "truncated", id="nothing"),
        pytest.param(b"[]", "array", id="not an object"),
        pytest.param(b"null", "null", id="null"),
        pytest.param(b"\xff\xfe", "malformed", id="not UTF-8"),
        pytest.param(b"[" * 100_000, "array", id="deep"),
        pytest.param(b'{"p":1,"d":' + b"[" * 100_000, "recursion", id="deep inside"),
        pytest.param(_line(p=0), "p", id="position 0"),
        pytest.param(_line(p=2**63), "p", id="position too large"),
        pytest.param(_line(p="12"), "int", id="number as text"),
        pytest.param(_line(p=True), "bool", id="number as bool"),
        pytest.param(_line(t=-1), "t", id="before 1970"),
        pytest.param(_line(f=""), "f", id="no name"),
        pytest.param(_line(v=0), "v", id="version 0"),
        pytest.param(_line(d=None), "d", id="no data"),
        pytest.param(_line(d=[]), "array", id="data not an object"),
        pytest.param(_line(x=1), "unknown field", id="a key too many"),
        pytest.param(_line(d={"incident": "142", "text": "", "unit": ""}), "int", id="a field of a wrong type"),
        pytest.param(_line(d={"text": "", "unit": ""}), "incident", id="a field missing"),
        pytest.param(_line(d={"incident": 142, "text": ""}), "canonical", id="a field left to its default"),
        pytest.param(_line(d={"incident": 1, "text": "", "unit": "", "by": ""}), "canonical", id="a field too many"),
        pytest.param(_line(d={"text": "", "incident": 1, "unit": ""}), "canonical", id="another order"),
        pytest.param(_line().replace(b"{", b"{ ", 1), "canonical", id="another spacing"),
        pytest.param(_line().replace(b'"p":12', b'"p":11,"p":12'), "canonical", id="a key twice"),
        pytest.param(_line().replace("已".encode(), b"\\u5df2"), "canonical", id="another spelling"),
        pytest.param(_line() + b"\n", "canonical", id="a line end"),
        pytest.param(_line() + _line(), "trailing", id="two at once"),
    ],
)
def test_what_was_not_written_here_is_trouble(payload: bytes, why: str) -> None:
    with pytest.raises(Trouble) as trouble:
        decode_entry(payload)

    assert why in trouble.value.cause
    assert "verify" in trouble.value.remedy


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(_line(f="incident_blessed"), id="unknown name"),
        pytest.param(_line(v=2), id="newer version"),
    ],
)
def test_what_a_newer_program_wrote_says_to_upgrade(payload: bytes) -> None:
    with pytest.raises(Trouble) as trouble:
        decode_entry(payload)

    assert "upgrade" in trouble.value.remedy


def test_a_trouble_carries_no_control_character_from_outside() -> None:
    with pytest.raises(Trouble) as trouble:
        decode_entry(_line(f="\x1b[2J\u202e"))

    assert trouble.value.cause.isascii()
    assert trouble.value.cause.isprintable()


@given(st.binary(max_size=300))
def test_garbage_is_trouble_and_nothing_else(garbage: bytes) -> None:
    for decode in (decode_entry, decode_command, decode_image):
        with pytest.raises(Trouble):
            decode(garbage)


@given(st.sampled_from(FACT_SAMPLES), st.data())
def test_one_changed_byte_is_trouble_or_another_entry(fact: Any, data: st.DataObject) -> None:
    payload = encode_entry(entry_of(fact))
    at = data.draw(st.integers(0, len(payload) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != payload[at]))
    changed = payload[:at] + bytes([byte]) + payload[at + 1 :]

    try:
        entry = decode_entry(changed)
    except Trouble:
        return
    assert entry != entry_of(fact)
    assert encode_entry(entry) == changed


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(Entry(0, AT, CLERK, "", IncidentReleased(1)), id="position 0"),
        pytest.param(Entry(1, -1, CLERK, "", IncidentReleased(1)), id="before 1970"),
        pytest.param(Entry(1, cast(int, 1.5), CLERK, "", IncidentReleased(1)), id="time a float"),
        pytest.param(Entry(1, AT, CLERK, cast(str, None), IncidentReleased(1)), id="no command"),
        pytest.param(Entry(1, AT, CLERK, cast(str, b"c"), IncidentReleased(1)), id="command as bytes"),
        pytest.param(Entry(1, AT, cast(Any, "Li"), "", IncidentReleased(1)), id="actor a text"),
        pytest.param(Entry(1, AT, CLERK, "", cast(Any, "done")), id="no fact"),
        pytest.param(Entry(1, AT, CLERK, "", IncidentReleased(cast(int, "1"))), id="number as text"),
        pytest.param(Entry(1, AT, CLERK, "", NoteAdded(1, cast(str, b"x"))), id="bytes as text"),
        pytest.param(Entry(1, AT, CLERK, "", NoteAdded(1, "\ud800")), id="half a character"),
        pytest.param(Entry(1, AT, CLERK, "", UnitPosted("07", "P", Point(float("nan"), 1.0), 1)), id="nowhere"),
        pytest.param(Entry(1, AT, CLERK, "", CityAdopted("", "", cast(Any, ({},)))), id="not a unit"),
    ],
)
def test_an_entry_that_could_not_be_read_again_is_not_written(entry: Entry) -> None:
    with pytest.raises(Trouble) as trouble:
        encode_entry(entry)

    assert "nothing was stored" in trouble.value.remedy


def test_another_class_in_a_field_is_not_written_in_its_place() -> None:
    whole_unit = cast(Any, UNIT)

    with pytest.raises(Trouble):
        encode_entry(Entry(1, AT, CLERK, "", CityAdopted("", "", (whole_unit,))))


def test_a_whole_number_given_for_a_coordinate_is_stored_as_one() -> None:
    whole = Entry(1, AT, CLERK, "", UnitPosted("07", "P", Point(117, 24), AT))

    assert b'"lon":117.0,"lat":24.0' in encode_entry(whole)
    assert decode_entry(encode_entry(whole)) == whole


def test_an_entry_too_large_is_neither_written_nor_read(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = Entry(1, AT, CLERK, "", NoteAdded(1, "长" * 1_000))
    payload = encode_entry(entry)
    monkeypatch.setattr(codec, "MAX_ENTRY_BYTES", 2_000)

    with pytest.raises(Trouble, match="2000"):
        encode_entry(entry)
    with pytest.raises(Trouble, match="2000"):
        decode_entry(payload)


# -- commands ----------------------------------------------------------------------------------------------------------


@given(any_command)
def test_a_command_comes_back_equal(command: c.Command) -> None:
    assert decode_command(encode_command(command)) == command


def test_a_command_by_hand_may_leave_out_what_is_usual() -> None:
    by_hand = '{ "d": {"units": ["03", "07"], "incident": 142}, "do": "dispatch" }'

    assert decode_command(by_hand.encode()) == c.Dispatch(142, ("03", "07"), AssignmentStage.DISPATCHED)
    assert decode_command(b'{"do":"close_desk"}') == c.CloseDesk()


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        (b"{}", "do"),
        (b'{"do":"dispatch"}', "incident"),
        (b'{"do":"dispatch","d":{"incident":142,"units":"03"}}', "array"),
        (b'{"do":"dispatch","d":{"incident":142,"units":["03"],"stage":"flying"}}', "enum"),
        (b'{"do":"dispatch","d":{"incident":142,"units":["03"],"lights":true}}', "lights"),
        (b'{"do":"dispatch","d":{"incident":142,"units":["03"]},"now":1}', "now"),
        (b'{"do":"move_to_post","d":{"unit":"7","post":"P","point":{"lon":1.5,"lat":2.5,"alt":3}}}', "alt"),
        (b'{"do":"move_to_post","d":{"unit":"7","post":"P","point":{"lon":1e999,"lat":2.5}}}', "range"),
    ],
)
def test_a_command_that_is_not_understood_is_refused_whole(payload: bytes, why: str) -> None:
    with pytest.raises(Trouble) as trouble:
        decode_command(payload)

    assert why in trouble.value.cause


def test_a_command_of_a_newer_desk_says_to_upgrade() -> None:
    with pytest.raises(Trouble, match="upgrade"):
        decode_command(b'{"do":"teleport"}')
    with pytest.raises(Trouble, match="upgrade"):
        decode_command(b'{"do":"undo","v":2}')


def test_a_command_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "MAX_COMMAND_BYTES", 100)

    with pytest.raises(Trouble, match="100"):
        decode_command(encode_command(c.AddNote(1, "长" * 100)))


@given(st.sampled_from(COMMAND_SAMPLES), st.data())
def test_a_changed_command_is_trouble_or_another_command(command: c.Command, data: st.DataObject) -> None:
    payload = encode_command(command)
    at = data.draw(st.integers(0, len(payload) - 1))
    changed = payload[:at] + data.draw(st.binary(max_size=3)) + payload[at + 1 :]

    try:
        decode_command(changed)
    except Trouble:
        return


# -- images ------------------------------------------------------------------------------------------------------------


def _lived_in() -> BoardImage:
    room = Room()
    room.do(c.OpenDesk(CLERK.duty))
    room.do(c.OpenIncident("fight", CROSSING, text="两人持刀"))
    room.do(c.Dispatch(1, ("01", "02")))
    room.do(c.Advance(("01",), AssignmentStage.ON_SCENE))
    return room.board.image()


def test_a_board_comes_back_equal_and_its_bytes_the_same() -> None:
    image = _lived_in()
    payload = encode_image(image)

    assert image.chronology
    assert image.steps
    assert decode_image(payload) == image
    assert encode_image(Board.from_image(decode_image(payload)).image()) == payload


@given(any_fact)
def test_a_board_keeps_every_kind_of_entry(fact: Any) -> None:
    image = dataclasses.replace(Board().image(), chronology=(entry_of(fact),))

    assert decode_image(encode_image(image)) == image


@given(st.data())
def test_a_changed_image_is_trouble_or_another_image(data: st.DataObject) -> None:
    image = dataclasses.replace(_lived_in(), chronology=tuple(notes(1, 2)))
    payload = encode_image(image)
    at = data.draw(st.integers(0, len(payload) - 1))
    changed = payload[:at] + data.draw(st.binary(max_size=2)) + payload[at + 1 :]

    try:
        again = decode_image(changed)
    except Trouble:
        return
    assert encode_image(again) == changed


@pytest.mark.parametrize(
    "change",
    [
        pytest.param((b'"image":1', b'"image":2'), id="another version"),
        pytest.param((b'"city":"",', b""), id="a field missing"),
        pytest.param((b'"city":"",', b'"city":"","mood":1,'), id="a field too many"),
        pytest.param((b'"reports":[]', b'"reports":[{}]'), id="half a report"),
        pytest.param((b'"chronology":[]', b'"chronology":[{"p":1}]'), id="half an entry"),
    ],
)
def test_an_image_of_another_shape_says_that_the_journal_will_do(change: tuple[bytes, bytes]) -> None:
    payload = encode_image(Board().image())
    assert change[0] in payload

    with pytest.raises(Trouble, match="no harm"):
        decode_image(payload.replace(*change))


def test_an_image_of_a_version_that_knew_less_is_read_with_the_usual_values() -> None:
    """A store with a long past starts from its snapshot after an upgrade as well."""
    image = _lived_in()
    record = json.loads(encode_image(image))
    for name in ("matters", "next_matter", "hand_overs"):
        del record[name]
    for step in record["steps"]:
        del step["matters"]

    old = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()

    assert decode_image(old) == image


@pytest.mark.parametrize("change", [{"reports": None}, {"position": None}, {"more": 1}])
def test_a_field_that_has_no_usual_value_or_is_unknown_is_still_missed(change: dict[str, object]) -> None:
    record = json.loads(encode_image(_lived_in()))
    record = {name: value for name, value in {**record, **change}.items() if value is not None}

    with pytest.raises(Trouble):
        decode_image(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode())


def test_an_image_that_cannot_be_written_is_trouble() -> None:
    with pytest.raises(Trouble):
        encode_image(dataclasses.replace(Board().image(), city="\ud800"))


def test_an_image_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "MAX_IMAGE_BYTES", 10)

    with pytest.raises(Trouble, match="10"):
        decode_image(encode_image(Board().image()))
