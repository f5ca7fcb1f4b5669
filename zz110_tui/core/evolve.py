"""How a fact changes the board. Total: it never refuses, and costs O(1) in the size of the board."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zz110_tui.core import facts as f
from zz110_tui.core import facts_alarms as fa
from zz110_tui.core import facts_catchup as fu
from zz110_tui.core import facts_cover as fc
from zz110_tui.core import facts_intake as fi
from zz110_tui.core import facts_seats as fs
from zz110_tui.core.alarms import Subject
from zz110_tui.core.board import Board
from zz110_tui.core.deadlines import causes_of
from zz110_tui.core.desks import Duty
from zz110_tui.core.evolving import alarms, catchup, covering, incidents, intake, reports, room, seats, units
from zz110_tui.core.evolving.matters import MATTER_EVOLVERS
from zz110_tui.core.facts_matters import MattersFiled, MattersRestored, NoticeExpired, NoticeLookedAt
from zz110_tui.core.subjects import subjects_of
from zz110_tui.core.values import changed

Evolver = Callable[[Board, f.Entry, Any], None]

NOT_UNDOABLE = frozenset(
    {
        f.CityAdopted,
        f.DeskOpened,
        f.DeskClosed,
        f.ReportReceived,
        f.AlarmRaised,
        f.AlarmTaken,
        f.AlarmCleared,
        fa.AlarmShelved,
        fa.AlarmUnshelved,
        fa.AlarmRisen,
        fa.ShelfRestored,
        f.StepUndone,
        f.SlipsFiled,
        NoticeLookedAt,
        NoticeExpired,
        MattersRestored,
        MattersFiled,
        fs.DataUnmasked,
    }
)
"""Facts that leave nothing to take back: somebody outside acted, or the room's own bookkeeping."""


def evolve(board: Board, entry: f.Entry) -> None:
    """Change the board by one journal entry. Entries come gap-free and in order."""
    fact = entry.fact
    subjects = subjects_of(fact)
    if entry.actor.duty is not Duty.SYSTEM and (type(fact) not in NOT_UNDOABLE or _opens_a_step(board, entry, fact)):
        for subject in subjects:
            board.remember(entry, subject)
    _EVOLVERS[type(fact)](board, entry, fact)
    board.position = entry.position
    board.at = entry.at
    for subject in subjects:
        board.tell(subject, entry)
        _end_alarms(board, subject)


def _opens_a_step(board: Board, entry: f.Entry, fact: f.Fact) -> bool:
    """A report that a desk enters itself is taken back with the slip it was entered for."""
    return isinstance(fact, f.ReportReceived) and not fact.source


def _end_alarms(board: Board, subject: Subject) -> None:
    """Drop the subject's alarms whose cause is gone; latched ones stay until cleared on purpose."""
    alarms = board.alarms_of(subject)
    if not alarms:
        return
    # A cause whose clock started again (the unit was heard from) is another cause.
    standing = {cause.key: cause for cause in causes_of(board, subject)}
    for alarm in alarms:
        cause = standing.get(alarm.key)
        if not alarm.latched and (cause is None or cause.since != alarm.since):
            board.drop_alarm(alarm.key)
        elif cause is not None and alarm.shelf is not None and cause.priority < alarm.priority:
            # It got worse than what somebody had shelved.
            board.put_alarm(changed(alarm, priority=cause.priority, shelf=None, back_at=board.at))


_EVOLVERS: dict[type, Evolver] = {
    fu.CaughtUp: catchup.caught_up,
    fs.DeskLocked: seats.desk_locked,
    fs.DeskUnlocked: seats.desk_unlocked,
    fs.DeskFreed: seats.desk_freed,
    fs.DeskHandedOver: seats.desk_handed_over,
    fs.HandOverRead: seats.hand_over_read,
    fs.DataUnmasked: seats.data_unmasked,
    f.CityAdopted: room.city_adopted,
    f.DeskOpened: room.desk_opened,
    f.DeskClosed: room.desk_closed,
    f.ReportReceived: reports.report_received,
    f.ReportAnswered: reports.report_answered,
    f.ReportEnded: reports.report_ended,
    f.IncidentOpened: incidents.incident_opened,
    f.IncidentAmended: incidents.incident_amended,
    f.IncidentHeld: incidents.incident_held,
    f.IncidentReleased: incidents.incident_released,
    f.IncidentLinked: incidents.incident_linked,
    f.IncidentSplit: incidents.incident_split,
    f.UnitAssigned: units.unit_assigned,
    f.StackActivated: units.stack_activated,
    f.AssignmentAdvanced: units.assignment_advanced,
    f.UnitCleared: units.unit_cleared,
    f.UnitWithdrawn: units.unit_withdrawn,
    f.LeadNamed: units.lead_named,
    f.UnitContacted: units.unit_contacted,
    f.IncidentHandled: incidents.incident_handled,
    f.IncidentTransferred: incidents.incident_transferred,
    f.IncidentFinished: incidents.incident_finished,
    f.IncidentFedBack: incidents.incident_fed_back,
    f.IncidentCalledBack: incidents.incident_called_back,
    f.IncidentClosed: incidents.incident_closed,
    f.IncidentReopened: incidents.incident_reopened,
    f.NoteAdded: incidents.note_added,
    f.UnitStatusChanged: units.unit_status_changed,
    f.UnitPosted: units.unit_posted,
    f.AlarmRaised: alarms.alarm_raised,
    f.AlarmTaken: alarms.alarm_taken,
    f.AlarmCleared: alarms.alarm_cleared,
    fa.AlarmShelved: alarms.alarm_shelved,
    fa.AlarmUnshelved: alarms.alarm_unshelved,
    fa.AlarmRisen: alarms.alarm_risen,
    fa.ShelfRestored: alarms.shelf_restored,
    f.StepUndone: room.step_undone,
    f.SlipsFiled: room.slips_filed,
    fi.QuestionAnswered: intake.question_answered,
    fi.StepTicked: intake.step_ticked,
    fi.LinkAttached: intake.link_attached,
    fi.PriorityWeighed: intake.priority_weighed,
    fc.UnitFilledIn: covering.unit_filled_in,
    fc.RingClosed: covering.ring_closed,
    **MATTER_EVOLVERS,
}
