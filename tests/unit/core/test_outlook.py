"""What will be late next: said while there is still time for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.support.room import RULES, Room
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import AlarmKind, of_incident
from zz110_tui.core.deadlines import deadlines_of
from zz110_tui.core.outlook import IN_TIME_MS, coming, out_of_reach
from zz110_tui.core.places import Point
from zz110_tui.core.units import Unit, UnitStatus

MINUTE = 60_000


@dataclass(frozen=True)
class Drive:
    seconds: float

    def chance_within(self, limit_s: float, /) -> float:
        return float(self.seconds <= limit_s)


def drives(**seconds: float) -> Callable[[Unit, Point], Drive]:
    """Unit 01 needs ``u01`` seconds from wherever it is; the others nine minutes."""

    def travel(unit: Unit, _: Point) -> Drive:
        return Drive(seconds.get(f"u{unit.call_sign}", 540))

    return travel


def test_the_deadlines_of_the_next_minutes_come_in_their_order() -> None:
    room = Room()
    number = room.fight()
    (due,) = [d.due for d in deadlines_of(room.board, of_incident(number), RULES)]
    assert [d.due for d in coming(room.board, RULES, due - MINUTE)] == [due]
    assert coming(room.board, RULES, due - 11 * MINUTE) == ()
    assert coming(room.board, RULES, due) == (), "it is late now, and an alarm"
    room.dispatch(number, "01")
    kinds = [d.cause.kind for d in coming(room.board, RULES, room.now)]
    assert kinds == [AlarmKind.UNSIGNED, AlarmKind.NOT_EN_ROUTE, AlarmKind.NOT_ARRIVED]


def test_a_waiting_slip_that_nobody_free_reaches_in_five_minutes_is_named_with_who_would_be_first() -> None:
    room = Room()
    number = room.fight()
    received = room.incident(number).received_at
    (found,) = out_of_reach(room.board, drives(u03=400), room.now)
    assert (found.incident, found.unit, found.due) == (number, "03", received + IN_TIME_MS)
    assert found.at == room.now + 400_000
    assert out_of_reach(room.board, drives(u03=200), room.now) == ()


def test_time_already_waited_counts_on_the_clock_from_received_alone() -> None:
    room = Room()
    number = room.fight()
    travel = drives(u03=200)
    later = room.now + 2 * MINUTE
    assert [f.incident for f in out_of_reach(room.board, travel, later)] == [number]
    assert out_of_reach(room.board, travel, later, "dispatched") == ()
    assert out_of_reach(room.board, travel, room.now + 6 * MINUTE) == (), "it is late already: an alarm's business"


def test_with_nobody_free_that_is_said() -> None:
    room = Room()
    number = room.fight()
    room.do(c.SetStatus(tuple(room.board.units), UnitStatus.OFF_DUTY, "收队"))
    (found,) = out_of_reach(room.board, drives(), room.now)
    assert (found.incident, found.unit, found.at) == (number, "", 0)


def test_what_is_held_or_has_a_unit_or_cannot_be_reckoned_is_not_claimed() -> None:
    room = Room()
    held, sent = room.fight(), room.fight()
    room.do(c.Hold(held, reason="约定"))
    room.dispatch(sent, "01")
    assert out_of_reach(room.board, drives(), room.now) == ()
    room.fight()
    assert out_of_reach(room.board, lambda *_: None, room.now) == ()
