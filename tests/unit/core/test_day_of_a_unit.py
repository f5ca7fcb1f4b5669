"""What happened to a unit stays on the board for its page, and a feed that floods one cannot fill the room with it."""

from __future__ import annotations

from tests.support.room import Room
from zz110_tui.core import commands as c
from zz110_tui.core.board import UNIT_DAY_ENTRIES, Board
from zz110_tui.core.units import UnitStatus


def test_of_a_flood_of_reports_the_newest_are_kept() -> None:
    room = Room()
    for turn in range(UNIT_DAY_ENTRIES + 5):
        room.do(c.SetStatus(("03",), (UnitStatus.OFF_DUTY, UnitStatus.FREE)[turn % 2], "换胎"))
    told = room.board.day_of("03")
    assert len(told) == UNIT_DAY_ENTRIES
    assert told[-1].position == room.board.position
    assert Board.from_image(room.board.image()).day_of("03") == told
