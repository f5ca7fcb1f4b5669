"""A store's own calls as records: each slip that needed a unit once, in whatever state the store is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.room import CROSSING, NOON, RULES, Room
from zz110_tui.core import commands as c
from zz110_tui.core.desks import SYSTEM
from zz110_tui.core.trouble import Trouble
from zz110_tui.drill.calls import find_mapping, read_calls
from zz110_tui.drill.storecalls import is_store
from zz110_tui.store.open import open_journal


def stored(room: Room, path: Path) -> Path:
    journal = open_journal(path, "live")
    journal.append(room.journal)
    journal.close()
    return path


def test_each_slip_that_needed_a_unit_is_one_call(tmp_path: Path) -> None:
    room = Room()
    worked = room.handled()
    waiting = room.fight("robbery")
    twin = room.fight()
    room.do(c.LinkIncident(twin, waiting))
    store = stored(room, tmp_path / "live.zz110")
    assert is_store(store)
    assert find_mapping(store, []) is None
    first, second = read_calls(store, None, RULES)
    assert (first.source, second.source) == (f"{worked:04d}", f"{waiting:04d}")
    assert first.point == CROSSING.point
    assert first.received_ms > NOON
    assert first.received_ms <= first.dispatched_ms <= first.arrived_ms
    assert (second.type, second.category, second.dispatched_ms) == ("robbery", "criminal", 0)
    assert (first.text, first.place) == ("", ""), "what callers said stays in the store"


def test_slips_that_left_the_board_are_still_calls(tmp_path: Path) -> None:
    room = Room()
    number = room.handled()
    before = list(read_calls(stored(room, tmp_path / "before.zz110"), None, RULES))
    room.do(c.FeedBack(number, type="noise"))
    room.do(c.CloseIncident(number))
    room.now += 2 * 86_400_000
    room.do(c.FileSlips(room.now), SYSTEM)
    assert number not in room.board.incidents
    (call,) = read_calls(stored(room, tmp_path / "after.zz110"), None, RULES)
    assert call.received_ms == before[0].received_ms
    assert call.type == "noise", "what it turned out to be"


def test_another_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(b"SQLite format 3\x00" + bytes(52) + (0x7A7A3131).to_bytes(4, "big") + bytes(100))
    with pytest.raises(Trouble):
        list(read_calls(path, None, RULES))
