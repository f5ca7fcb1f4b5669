"""The rate of alarms against the budget: ten minutes at a desk, the worst of them, and what makes the noise."""

from __future__ import annotations

import pytest

from tests.support.room import LI, NOON, WANG, Room
from tests.unit.core.test_shelf import late
from zz110_tui.core import commands as c
from zz110_tui.core.alarmrate import (
    DAY_MS,
    SLOT_MS,
    AlarmRate,
    AlarmTally,
    Load,
    Raised,
    alarm_rate,
    load_of,
    operators,
    raised_in,
    standing,
)
from zz110_tui.core.alarms import AlarmKind
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.rulebook import AlarmRules

RULES = AlarmRules(budget=1.0, flood=10.0)
MINUTE = 60_000


def raised(*minutes: float, key: str = "", kind: AlarmKind = AlarmKind.UNSIGNED) -> list[Raised]:
    return [Raised(NOON + round(m * MINUTE), key or f"{kind}:incident:{i}", kind) for i, m in enumerate(minutes)]


def rate(found: list[Raised], hours: int = 1, desks: int = 1) -> AlarmRate:
    return alarm_rate(found, NOON, NOON + hours * 60 * MINUTE, desks, RULES)


@pytest.mark.parametrize(
    ("per_desk", "load"), [(0, Load.QUIET), (1, Load.QUIET), (1.1, Load.OVER), (9.9, Load.OVER), (10, Load.FLOOD)]
)
def test_one_in_ten_minutes_is_in_the_budget_and_ten_are_a_flood(per_desk: float, load: Load) -> None:
    assert load_of(per_desk, RULES) is load


def test_the_last_ten_minutes_and_the_whole_period_are_each_shared_by_the_desks() -> None:
    found = rate(raised(1, 2, 3, 4, 55, 58), desks=2)
    assert (found.count, found.last, found.now) == (6, 2, 1.0)
    assert found.usual == 6 / 2 / 6
    assert found.load is Load.QUIET
    assert rate(raised(55, 56, 57)).load is Load.OVER


def test_the_worst_ten_minutes_and_how_much_of_the_time_was_a_flood() -> None:
    found = rate(raised(*(20 + i / 2 for i in range(12)), 55))
    assert (found.peak, found.peak_at) == (12, NOON + 20 * MINUTE)
    assert found.flooded == 1 / 6
    assert found.load is Load.QUIET, "it is over"


def test_only_what_was_raised_within_the_period_counts() -> None:
    assert rate(raised(-1, 0, 59.99, 60)).count == 2
    nothing = rate([])
    assert (nothing.count, nothing.peak, nothing.peak_at, nothing.actors) == (0, 0, 0, ())


def test_the_kinds_that_make_most_alarms_come_first() -> None:
    found = rate([*raised(1, 2, 3), *raised(4, kind=AlarmKind.UNREAD)])
    assert found.actors == ((AlarmKind.UNSIGNED, 3), (AlarmKind.UNREAD, 1))


def test_the_same_alarm_three_times_within_an_hour_chatters() -> None:
    assert rate(raised(0, 20, 40, key="a")).chattering == (("a", 3),)
    assert rate(raised(0, 40, 80, key="a"), hours=2).chattering == ()
    assert rate(raised(0, 20, 40)).chattering == (), "three different ones"


def test_the_tally_of_a_desk_begins_with_the_chronologies_and_keeps_a_day() -> None:
    room = Room()
    late(room, room.fight())
    image = room.board.image()
    tally = AlarmTally(image.chronology)
    seen = len(room.journal)
    late(room, room.fight("robbery"))
    for entry in room.journal[seen:]:
        tally.hear(entry)
    assert tally.rate(room.now, 1, RULES).last == 2
    assert tally.rate(room.now, 1, RULES).count == len(raised_in(room.journal))
    assert tally.rate(room.now + SLOT_MS, 1, RULES).last == 0
    assert tally.rate(room.now + 2 * DAY_MS, 1, RULES).count == 0


def test_desks_that_deal_with_alarms_share_them() -> None:
    room = Room()
    assert operators(room.board.desks.values()) == 1, "an empty room: the rate is said as for one"
    room.do(c.OpenDesk(Duty.DISPATCH), LI)
    room.do(c.OpenDesk(Duty.DISPATCH), WANG)
    room.do(c.OpenDesk(Duty.AUDIT), Actor("Sun", "05", Duty.AUDIT))
    assert operators(room.board.desks.values()) == 2
    room.do(c.CloseDesk(), WANG)
    assert operators(room.board.desks.values()) == 1


def test_an_alarm_that_stands_for_an_hour_is_counted_as_standing() -> None:
    room = Room()
    late(room, room.fight())
    alarms = room.board.alarms.values()
    assert standing(alarms, room.now + 59 * MINUTE) == 0
    assert standing(alarms, room.now + 60 * MINUTE) == 1
