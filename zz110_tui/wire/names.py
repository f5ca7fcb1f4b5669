"""The public names of facts and commands, each with the version of its present shape.

What is stored or sent carries these names and never a Python one: a class may be renamed or moved, a name here may not.
When the fields of a fact change, its version goes up by one, and ``wire.upcast`` learns to lift the version before.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Generic, TypeVar

from zz110_tui.core import commands as c
from zz110_tui.core import commands_alarms as ca
from zz110_tui.core import commands_catchup as cp
from zz110_tui.core import commands_cover as cc
from zz110_tui.core import commands_intake as ci
from zz110_tui.core import commands_seats as cs
from zz110_tui.core import facts as f
from zz110_tui.core import facts_alarms as fa
from zz110_tui.core import facts_catchup as fu
from zz110_tui.core import facts_cover as fc
from zz110_tui.core import facts_intake as fi
from zz110_tui.core import facts_seats as fs
from zz110_tui.wire.name import Name
from zz110_tui.wire.names_matters import MATTER_COMMANDS, MATTER_FACTS

__all__ = ["COMMANDS", "FACTS", "Name", "Names"]

T = TypeVar("T")


class Names(Generic[T]):
    """A table both ways: from a class to its name, and from a name to its class."""

    def __init__(self, table: Mapping[type[T], Name]) -> None:
        self.of: Mapping[type[T], Name] = MappingProxyType(dict(table))
        self.classes: Mapping[str, type[T]] = MappingProxyType({name.text: cls for cls, name in table.items()})
        if len(self.classes) != len(self.of):
            raise ValueError("two classes share one public name")


FACTS: Names[f.Fact] = Names(
    {
        f.CityAdopted: Name("city_adopted"),
        f.DeskOpened: Name("desk_opened"),
        f.DeskClosed: Name("desk_closed"),
        f.ReportReceived: Name("report_received"),
        f.ReportAnswered: Name("report_answered"),
        f.ReportEnded: Name("report_ended"),
        f.IncidentOpened: Name("incident_opened", 2),
        f.IncidentAmended: Name("incident_amended"),
        f.IncidentHeld: Name("incident_held"),
        f.IncidentReleased: Name("incident_released"),
        f.IncidentLinked: Name("incident_linked"),
        f.IncidentSplit: Name("incident_split"),
        f.UnitAssigned: Name("unit_assigned"),
        f.StackActivated: Name("stack_activated"),
        f.AssignmentAdvanced: Name("assignment_advanced"),
        f.UnitCleared: Name("unit_cleared"),
        f.UnitWithdrawn: Name("unit_withdrawn"),
        f.LeadNamed: Name("lead_named"),
        f.UnitContacted: Name("unit_contacted"),
        f.IncidentHandled: Name("incident_handled"),
        f.IncidentTransferred: Name("incident_transferred"),
        f.IncidentFinished: Name("incident_finished"),
        f.IncidentFedBack: Name("incident_fed_back"),
        f.IncidentCalledBack: Name("incident_called_back"),
        f.IncidentClosed: Name("incident_closed"),
        f.IncidentReopened: Name("incident_reopened"),
        f.NoteAdded: Name("note_added"),
        f.UnitStatusChanged: Name("unit_status_changed"),
        f.UnitPosted: Name("unit_posted"),
        f.AlarmRaised: Name("alarm_raised"),
        f.AlarmTaken: Name("alarm_taken"),
        f.AlarmCleared: Name("alarm_cleared"),
        fa.AlarmShelved: Name("alarm_shelved"),
        fa.AlarmUnshelved: Name("alarm_unshelved"),
        fa.AlarmRisen: Name("alarm_risen"),
        fa.ShelfRestored: Name("shelf_restored"),
        f.StepUndone: Name("step_undone", 3),
        f.SlipsFiled: Name("slips_filed"),
        fu.CaughtUp: Name("caught_up"),
        fs.DeskLocked: Name("desk_locked"),
        fs.DeskUnlocked: Name("desk_unlocked"),
        fs.DeskFreed: Name("desk_freed"),
        fs.DeskHandedOver: Name("desk_handed_over"),
        fs.HandOverRead: Name("hand_over_read"),
        fs.DataUnmasked: Name("data_unmasked"),
        fi.QuestionAnswered: Name("question_answered"),
        fi.StepTicked: Name("step_ticked"),
        fi.LinkAttached: Name("link_attached"),
        fi.PriorityWeighed: Name("priority_weighed"),
        fc.UnitFilledIn: Name("unit_filled_in"),
        fc.RingClosed: Name("ring_closed"),
        **MATTER_FACTS,
    }
)
"""What the journal holds."""

COMMANDS: Names[c.Command] = Names(
    {
        c.AdoptCity: Name("adopt_city"),
        c.OpenDesk: Name("open_desk"),
        c.CloseDesk: Name("close_desk"),
        c.ReceiveReport: Name("receive_report"),
        c.AnswerReport: Name("answer_report"),
        c.EndReport: Name("end_report"),
        c.OpenIncident: Name("open_incident"),
        c.AmendIncident: Name("amend_incident"),
        c.Dispatch: Name("dispatch"),
        c.Advance: Name("advance"),
        c.Contact: Name("contact"),
        c.Clear: Name("clear"),
        c.MakeAvailable: Name("make_available"),
        c.SetStatus: Name("set_status"),
        c.Exchange: Name("exchange"),
        c.PreEmpt: Name("pre_empt"),
        c.NameLead: Name("name_lead"),
        c.Hold: Name("hold"),
        c.Release: Name("release"),
        c.LinkIncident: Name("link_incident"),
        c.LinkReport: Name("link_report"),
        c.Split: Name("split"),
        c.Transfer: Name("transfer"),
        c.Finish: Name("finish"),
        c.FeedBack: Name("feed_back"),
        c.CallBack: Name("call_back"),
        c.CloseIncident: Name("close_incident"),
        c.Reopen: Name("reopen"),
        c.AddNote: Name("add_note"),
        c.MoveToPost: Name("move_to_post"),
        c.RaiseAlarm: Name("raise_alarm"),
        c.TakeAlarm: Name("take_alarm"),
        c.ClearAlarm: Name("clear_alarm"),
        ca.ShelveAlarm: Name("shelve_alarm"),
        ca.UnshelveAlarm: Name("unshelve_alarm"),
        ca.RiseAlarm: Name("rise_alarm"),
        c.Undo: Name("undo"),
        c.FileSlips: Name("file_slips"),
        cp.CatchUp: Name("catch_up"),
        cs.LockDesk: Name("lock_desk"),
        cs.UnlockDesk: Name("unlock_desk"),
        cs.FreeDesk: Name("free_desk"),
        cs.HandOver: Name("hand_over"),
        cs.ReadHandOver: Name("read_hand_over"),
        cs.Unmask: Name("unmask"),
        ci.AnswerQuestion: Name("answer_question"),
        ci.TickSteps: Name("tick_steps"),
        ci.AttachLink: Name("attach_link"),
        ci.WeighPriority: Name("weigh_priority"),
        cc.FillIn: Name("fill_in"),
        cc.DispatchTogether: Name("dispatch_together"),
        cc.CloseRing: Name("close_ring"),
        **MATTER_COMMANDS,
    }
)
"""What is sent over a link and written in scripts."""
