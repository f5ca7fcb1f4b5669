"""The shelf: an alarm may wait there with a reason and for a time, never one that must not, and it comes back."""

from __future__ import annotations

import pytest

from tests.support.room import LI, RULES, WANG, Room
from zz110_tui.core import commands as c
from zz110_tui.core import commands_alarms as ca
from zz110_tui.core import facts_alarms as fa
from zz110_tui.core.alarms import AlarmKind, of_incident, of_report, of_unit
from zz110_tui.core.board import Board
from zz110_tui.core.deadlines import deadlines_of
from zz110_tui.core.desks import SYSTEM
from zz110_tui.core.facts import AlarmRaised
from zz110_tui.wire.codec import decode_image, encode_image

MINUTE = 60_000


def late(room: Room, number: int, kind: AlarmKind = AlarmKind.UNDISPATCHED) -> str:
    """The alarm of an incident whose deadline passed, raised as the core's timers do."""
    subject = of_incident(number)
    (due,) = [d for d in deadlines_of(room.board, subject, RULES) if d.cause.kind is kind]
    room.now = max(room.now, due.due)
    room.do(c.RaiseAlarm(kind, subject, due.cause.unit), SYSTEM)
    return due.cause.key


def test_a_shelved_alarm_is_still_there_and_wants_nobodys_hand() -> None:
    room = Room()
    key = late(room, room.fight())
    assert room.board.alarms[key].untaken
    room.do(ca.ShelveAlarm(key, "等家属", room.now + 10 * MINUTE))
    alarm = room.board.alarms[key]
    assert not alarm.untaken
    assert alarm.shelf is not None
    assert (alarm.shelf.reason, alarm.shelf.desk, alarm.shelf.person) == ("等家属", "03", "Li")


def test_without_a_time_it_is_the_usual_span_and_more_than_the_longest_is_refused() -> None:
    room = Room()
    key = late(room, room.fight())
    longest = RULES.alarms.most_shelf_ms
    assert room.refused(ca.ShelveAlarm(key, "等", room.now + longest + MINUTE)) == "shelf_too_long"
    assert room.refused(ca.ShelveAlarm(key, "等", room.now - MINUTE)) == "shelf_too_long"
    assert room.refused(ca.ShelveAlarm(key, " ")) == "reason_missing"
    (fact,) = room.do(ca.ShelveAlarm(key, "等家属"))
    assert isinstance(fact, fa.AlarmShelved)
    assert fact.until - fact.at == RULES.alarms.shelf_ms


def test_priority_one_and_the_emergency_button_are_never_shelved() -> None:
    room = Room()
    worst = late(room, room.fight("robbery"))
    assert room.refused(ca.ShelveAlarm(worst, "等")) == "alarm_never_shelved"
    room.do(c.RaiseAlarm(AlarmKind.EMERGENCY, of_unit("01"), "01"))
    assert room.refused(ca.ShelveAlarm("emergency:unit:01:01", "误触")) == "alarm_never_shelved"


def test_a_caller_who_waits_and_an_officer_not_heard_from_are_never_shelved() -> None:
    room = Room()
    report = room.ring()
    number = room.fight("noise")
    room.to_scene(number, "01")
    room.now += 3_600_000
    for deadline in deadlines_of(room.board, of_incident(number), RULES):
        if deadline.cause.kind is AlarmKind.NO_CONTACT:
            room.do(c.RaiseAlarm(AlarmKind.NO_CONTACT, of_incident(number), "01"), SYSTEM)
            assert room.refused(ca.ShelveAlarm(deadline.cause.key, "等")) == "alarm_never_shelved"
    for deadline in deadlines_of(room.board, of_report(report), RULES):
        room.do(c.RaiseAlarm(deadline.cause.kind, deadline.cause.subject), SYSTEM)
        assert room.refused(ca.ShelveAlarm(deadline.cause.key, "等")) == "alarm_never_shelved"


def test_the_core_takes_it_back_when_the_time_is_over_and_not_before() -> None:
    room = Room()
    key = late(room, room.fight())
    room.do(ca.ShelveAlarm(key, "等家属", room.now + 10 * MINUTE))
    assert room.refused(ca.UnshelveAlarm(key), SYSTEM) == "alarm_not_due"
    room.now += 10 * MINUTE
    (fact,) = room.do(ca.UnshelveAlarm(key), SYSTEM)
    assert isinstance(fact, fa.AlarmUnshelved)
    assert fact.over
    assert room.board.alarms[key].untaken
    assert room.board.steps["03"][-1].alarms, "what the core did is nobody's step"


def test_it_comes_back_at_once_when_its_incident_becomes_more_urgent() -> None:
    room = Room()
    number = room.fight("noise")
    key = late(room, number)
    room.do(ca.ShelveAlarm(key, "等家属"))
    room.do(c.AmendIncident(number, priority=4))
    assert room.board.alarms[key].shelf is not None, "nothing got worse"
    room.do(c.AmendIncident(number, priority=2))
    alarm = room.board.alarms[key]
    assert (alarm.shelf, alarm.priority, alarm.untaken) == (None, 2, True)


def test_another_cause_is_another_alarm_and_is_not_shelved() -> None:
    room = Room()
    number = room.fight()
    key = late(room, number)
    room.do(ca.ShelveAlarm(key, "等家属"))
    room.dispatch(number, "01")
    assert key not in room.board.alarms
    room.do(c.MakeAvailable(("01",), "车坏"))
    assert late(room, number) == key
    assert room.board.alarms[key].shelf is None


def test_taking_a_shelved_alarm_brings_it_back_with_its_owner() -> None:
    room = Room()
    key = late(room, room.fight())
    room.do(ca.ShelveAlarm(key, "等家属"), LI)
    room.do(c.TakeAlarm(key), WANG)
    alarm = room.board.alarms[key]
    assert (alarm.shelf, alarm.owner, alarm.untaken) == (None, "04", False)
    room.do(ca.ShelveAlarm(key, "等家属"), WANG)
    room.do(c.TakeAlarm(key), WANG)
    assert room.board.alarms[key].shelf is None


def test_shelving_and_taking_back_can_each_be_undone() -> None:
    room = Room()
    key = late(room, room.fight())
    room.do(ca.ShelveAlarm(key, "等家属", room.now + 20 * MINUTE))
    before = room.board.alarms[key].shelf
    room.do(ca.UnshelveAlarm(key))
    room.do(c.Undo())
    assert room.board.alarms[key].shelf == before
    room.do(c.Undo())
    assert room.board.alarms[key].untaken


def test_what_has_changed_since_is_not_undone() -> None:
    room = Room()
    key = late(room, room.fight())
    room.do(ca.ShelveAlarm(key, "等家属"), LI)
    room.do(c.TakeAlarm(key), WANG)
    assert room.refused(c.Undo(), LI) == "alarm_changed"


def test_an_undone_shelving_whose_time_is_over_is_not_put_back() -> None:
    room = Room()
    key = late(room, room.fight())
    room.do(ca.ShelveAlarm(key, "等家属", room.now + 2 * MINUTE))
    room.do(ca.UnshelveAlarm(key))
    room.now += 2 * MINUTE
    assert room.refused(c.Undo()) == "shelf_over"


def test_the_chronology_says_who_shelved_it_and_why() -> None:
    room = Room()
    number = room.fight()
    key = late(room, number)
    room.do(ca.ShelveAlarm(key, "等家属"))
    told = [e.fact for e in room.board.chronology(of_incident(number))]
    assert isinstance(told[-2], AlarmRaised)
    assert isinstance(told[-1], fa.AlarmShelved)


def test_shelves_and_steps_survive_in_the_image_of_the_board() -> None:
    room = Room()
    key = late(room, room.fight())
    room.do(ca.ShelveAlarm(key, "等家属"))
    image = room.board.image()
    again = Board.from_image(decode_image(encode_image(image)))
    assert again.image() == image
    assert again.alarms[key].shelf == room.board.alarms[key].shelf


@pytest.mark.parametrize("command", [ca.UnshelveAlarm, ca.RiseAlarm])
def test_an_alarm_that_is_gone_is_refused(command: type) -> None:
    assert Room().refused(command("undispatched:incident:9"), SYSTEM) == "no_such_alarm"


def test_what_is_not_shelved_cannot_be_taken_back() -> None:
    room = Room()
    assert room.refused(ca.UnshelveAlarm(late(room, room.fight()))) == "alarm_not_shelved"
