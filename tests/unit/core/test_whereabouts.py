"""Where a unit is taken to be, when nobody hears from it."""

from __future__ import annotations

from tests.support.room import CROSSING, Room
from zz110_tui.core import commands as c
from zz110_tui.core.units import BACK_AFTER_MS, whereabouts


def test_a_unit_nobody_heard_from_is_assumed_at_its_post() -> None:
    room = Room()
    unit = room.unit("01")
    assert whereabouts(unit, room.now) == (unit.profile.post_point, True)


def test_a_unit_stays_where_it_arrived_and_is_back_at_its_post_a_while_after_it_cleared() -> None:
    room = Room()
    number = room.fight()
    room.to_scene(number, "01")
    assert whereabouts(room.unit("01"), room.now + 10 * BACK_AFTER_MS) == (CROSSING.point, False)
    room.do(c.Clear(number, disposition="mediated"))
    assert whereabouts(room.unit("01"), room.now + BACK_AFTER_MS) == (CROSSING.point, False)
    assert whereabouts(room.unit("01"), room.now + BACK_AFTER_MS + 1) == (room.unit("01").profile.post_point, True)
