"""An alarm nobody took in time rises, and a taken one whose cause still stands long after. The core makes it a fact."""

from __future__ import annotations

from tests.support.room import LI, RULES, Room
from tests.unit.core.test_shelf import late
from zz110_tui.core import commands as c
from zz110_tui.core import commands_alarms as ca
from zz110_tui.core import facts_alarms as fa
from zz110_tui.core.alarms import AlarmKind, of_unit
from zz110_tui.core.desks import SYSTEM, Actor, Duty
from zz110_tui.core.rising import rise_due

ZHAO = Actor("Zhao", "09", Duty.SUPERVISE)


def rise(room: Room, key: str) -> fa.AlarmRisen:
    """The core's timers, when it is due and not a second before."""
    due = rise_due(room.board.alarms[key], RULES)
    room.now = due - 2_000
    assert room.refused(ca.RiseAlarm(key), SYSTEM) == "alarm_not_due"
    room.now = due - 1_000
    (fact,) = room.do(ca.RiseAlarm(key), SYSTEM)
    assert isinstance(fact, fa.AlarmRisen)
    return fact


def test_an_alarm_nobody_took_rises_and_names_the_supervisors_who_are_there() -> None:
    room = Room()
    room.do(c.OpenDesk(Duty.SUPERVISE), ZHAO)
    key = late(room, room.fight())
    raised = room.board.alarms[key].raised_at
    fact = rise(room, key)
    assert (fact.to, fact.owner) == (("09",), "")
    assert fact.at == raised + RULES.limits_for(2).untaken
    alarm = room.board.alarms[key]
    assert (alarm.rises, alarm.risen_to, alarm.untaken) == (1, ("09",), True)
    room.do(c.CloseDesk(), ZHAO)
    assert rise(room, key).to == (), "nobody supervises any more"


def test_each_time_it_waits_twice_as_long() -> None:
    room = Room()
    key = late(room, room.fight())
    limit = RULES.limits_for(2).untaken
    waits = []
    before = room.board.alarms[key].raised_at
    for _ in range(4):
        at = rise(room, key).at
        waits.append(at - before)
        before = at
    assert waits == [limit, 2 * limit, 4 * limit, 8 * limit]


def test_it_counts_as_one_priority_higher_each_time_and_never_above_the_first() -> None:
    room = Room()
    key = late(room, room.fight("noise"))
    seen = [room.board.alarms[key].urgency]
    for _ in range(4):
        rise(room, key)
        seen.append(room.board.alarms[key].urgency)
    assert seen == [4, 3, 2, 1, 1]
    assert room.board.alarms[key].priority == 4


def test_a_taken_alarm_whose_cause_still_stands_long_after_wants_a_hand_again() -> None:
    room = Room()
    key = late(room, room.fight())
    room.do(c.TakeAlarm(key), LI)
    assert not room.board.alarms[key].untaken
    taken = room.board.alarms[key].taken_at
    fact = rise(room, key)
    assert (fact.owner, fact.at) == ("03", taken + RULES.limits_for(2).taken)
    assert room.board.alarms[key].untaken
    room.do(c.TakeAlarm(key), LI)
    alarm = room.board.alarms[key]
    assert (alarm.untaken, alarm.rises, alarm.risen_to) == (False, 0, ())
    assert room.refused(c.TakeAlarm(key), LI) == "alarm_yours"


def test_on_the_shelf_nothing_rises_and_the_clock_begins_anew_when_it_is_back() -> None:
    room = Room()
    key = late(room, room.fight())
    room.do(ca.ShelveAlarm(key, "等家属"))
    room.now += 600_000
    assert rise_due(room.board.alarms[key], RULES) == 0
    assert room.refused(ca.RiseAlarm(key), SYSTEM) == "alarm_not_due"
    room.do(ca.UnshelveAlarm(key))
    alarm = room.board.alarms[key]
    assert rise_due(alarm, RULES) == alarm.back_at + RULES.limits_for(2).untaken


def test_an_emergency_that_nobody_took_rises_too() -> None:
    room = Room()
    room.do(c.RaiseAlarm(AlarmKind.EMERGENCY, of_unit("01"), "01"))
    assert rise(room, "emergency:unit:01:01").owner == ""


def test_a_person_never_makes_an_alarm_rise() -> None:
    room = Room()
    key = late(room, room.fight())
    assert room.refused(ca.RiseAlarm(key), LI) == "alarm_not_due"
