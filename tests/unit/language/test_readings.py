"""A number that may be a unit or a slip: each reading is listed with what it would do, and none is refused unread."""

from __future__ import annotations

import pytest

from tests.unit.language.test_choices import small_numbers
from zz110_tui.core import commands as c
from zz110_tui.language.parsed import Status


@pytest.mark.parametrize("verb", ["cl", "os", "er", "ack", "处毕"])
def test_a_unit_that_cannot_be_meant_is_asked_about_where_a_slip_has_the_number(verb: str) -> None:
    """Unit 01 is on nothing; 03 is on slip 0001: whoever types ``cl 1`` means the slip, and is asked, not refused."""
    room = small_numbers()
    if verb in ("cl", "处毕"):
        room.to_scene(1, "03")
    else:
        room.dispatch(1, "03")
    parsed = room.read(f"{verb} 1")
    assert parsed.status is Status.AMBIGUOUS
    assert parsed.preview == "指的是警情 0001，还是警力 01？"
    slip, unit = parsed.choices
    assert (slip.insert, unit.insert) == (f"{verb} i=1", f"{verb} u=1"), "what would be refused comes last"
    assert "03" in slip.words
    assert unit.words == "警力 01：01 不在任何警情上", "and says why"
    assert room.read(slip.insert).status in (Status.READY, Status.INCOMPLETE)


def test_of_a_line_that_can_be_read_in_two_ways_only_the_unclear_word_is_named() -> None:
    room = small_numbers()
    room.to_scene(1, "03")
    room.to_scene(2, "01")
    parsed = room.read("cl 1 mediated")
    assert parsed.preview == "指的是警力 01，还是警情 0001？"
    assert [words.words.split("→")[1][:6] for words in parsed.choices] == [" 0002 ", " 0001 "]


def test_a_number_in_full_or_a_unit_that_is_meant_is_not_asked_about() -> None:
    room = small_numbers()
    room.to_scene(1, "03")
    room.to_scene(2, "01")
    assert room.command("cl 0001 mediated") == c.Clear(1, (), "mediated")
    assert room.command("cl 3 mediated") == c.Clear(0, ("03",), "mediated")
    assert room.command("ok 1") == c.Contact(("01",))
    assert room.command("d 4 1") == c.Dispatch(1, ("04",))
