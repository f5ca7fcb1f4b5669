"""What changes about alarms: raised, taken, cleared, on the shelf and back, risen."""

from __future__ import annotations

from zz110_tui.core import facts as f
from zz110_tui.core import facts_alarms as fa
from zz110_tui.core.alarms import Alarm, Shelf
from zz110_tui.core.board import Board
from zz110_tui.core.desks import Duty
from zz110_tui.core.values import changed


def alarm_raised(board: Board, entry: f.Entry, fact: f.AlarmRaised) -> None:
    board.put_alarm(Alarm(fact.kind, fact.subject, fact.unit, fact.priority, fact.since, fact.at, latched=fact.latched))


def alarm_taken(board: Board, entry: f.Entry, fact: f.AlarmTaken) -> None:
    alarm = board.alarms.get(fact.key)
    if alarm is not None:
        board.put_alarm(
            changed(
                alarm,
                owner=entry.actor.desk,
                owner_person=entry.actor.person,
                taken_at=fact.at,
                shelf=None,
                rises=0,
                risen_at=0,
                risen_to=(),
            )
        )


def alarm_cleared(board: Board, entry: f.Entry, fact: f.AlarmCleared) -> None:
    board.drop_alarm(fact.key)


def alarm_shelved(board: Board, entry: f.Entry, fact: fa.AlarmShelved) -> None:
    who = entry.actor
    _set_shelf(board, entry, fact, Shelf(fact.until, fact.reason, who.desk, who.person, fact.at))


def alarm_unshelved(board: Board, entry: f.Entry, fact: fa.AlarmUnshelved) -> None:
    _set_shelf(board, entry, fact, None)


def _set_shelf(
    board: Board, entry: f.Entry, fact: fa.AlarmShelved | fa.AlarmUnshelved | fa.ShelfRestored, shelf: Shelf | None
) -> None:
    alarm = board.alarms.get(fact.key)
    if alarm is None:
        return
    back_at = alarm.back_at if shelf is not None else fact.at
    board.put_alarm(changed(alarm, shelf=shelf, back_at=back_at, rises=0, risen_at=0, risen_to=()))
    if entry.actor.duty is not Duty.SYSTEM and not isinstance(fact, fa.ShelfRestored):
        board.remember_shelf(entry, alarm)


def alarm_risen(board: Board, entry: f.Entry, fact: fa.AlarmRisen) -> None:
    alarm = board.alarms.get(fact.key)
    if alarm is not None:
        board.put_alarm(changed(alarm, rises=alarm.rises + 1, risen_at=fact.at, risen_to=fact.to))


def shelf_restored(board: Board, entry: f.Entry, fact: fa.ShelfRestored) -> None:
    _set_shelf(board, entry, fact, fact.shelf)
