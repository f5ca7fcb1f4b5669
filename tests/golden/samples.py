"""One value of every fact and every command, no field at its default: what the golden files hold.

A sample is never edited once its golden file is released. A new version of a fact gets a new sample here, and the value
that its old file must now decode to goes into ``LIFTED``.
"""

from __future__ import annotations

from dataclasses import replace

from tests.golden import samples_matters
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
from zz110_tui.core.alarms import AlarmKind, Shelf, of_incident, of_unit
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.incidents import (
    Assignment,
    AssignmentStage,
    Channel,
    Incident,
    IncidentStage,
    Report,
    ReportEnd,
    ReportStage,
    Withdrawal,
)
from zz110_tui.core.intake import Given, Reply, Ticked
from zz110_tui.core.places import Place, Point
from zz110_tui.core.units import Unit, UnitKind, UnitProfile, UnitStatus
from zz110_tui.core.weblinks import WebLink

AT = 1_700_000_000_000
POINT = Point(117.652031, 24.513)
PLACE = Place("水仙大街118号", POINT, "G05", "F7")
PROFILE = UnitProfile("zc-07", UnitKind.MOBILE_RESERVE, "芗城07", 4, "G05", "P05", POINT, "xiangcheng", True)

REPORT = Report(
    number=17,
    channel=Channel.WECHAT,
    received_at=AT,
    stage=ReportStage.ENDED,
    caller="陈某",
    contact="13912342207",
    place=PLACE,
    text="有人打架\n持刀",
    source="wx-8812",
    answered_at=AT + 8_000,
    answered_by="李",
    answered_desk="03",
    end=ReportEnd.SLIP,
    end_reason="立警情",
    ended_at=AT + 41_000,
    incident=142,
    version=9,
    links=(WebLink("https://media.example/wx/8812", "视频", AT, 17, "03", "李"),),
)
INCIDENT = Incident(
    number=142,
    type="fight",
    priority=1,
    place=PLACE,
    received_at=AT,
    opened_at=AT + 41_000,
    fresh_at=AT + 41_000,
    text="两人持刀",
    stage=IncidentStage.CALLED_BACK,
    reports=(17, 18),
    assignments=(
        Assignment(
            "zc-07",
            AssignmentStage.WITHDRAWN,
            AT + 50_000,
            AT + 55_000,
            AT + 60_000,
            AT + 170_000,
            AT + 300_000,
            Withdrawal.EXCHANGED,
            AT + 200_000,
        ),
        Assignment("zc-08", AssignmentStage.CLEARED, AT + 51_000, ended_at=AT + 900_000),
    ),
    lead="zc-08",
    held_until=AT + 60_000,
    hold_reason="等报警人",
    disposition="mediated",
    disposition_text="双方和解",
    receiver="12345",
    linked_to=141,
    final_type="dispute",
    satisfied=True,
    handled_at=AT + 900_000,
    fed_back_at=AT + 1_000_000,
    called_back_at=AT + 2_000_000,
    closed_at=AT + 3_000_000,
    reopened=1,
    answers=(Given("weapon", Reply.YES, "水果刀", AT + 20_000, "03", "李"),),
    steps=(Ticked("first_aid", AT + 600_000, "zc-07", "03", "李"),),
    priority_by_hand=True,
    version=40,
    links=(WebLink("https://media.example/7.jpg", "现场照片", AT, 17, "03", "李"),),
)
UNIT = Unit(PROFILE, UnitStatus.OUT_OF_SERVICE, AT, "换胎", POINT, AT + 5_000, (142, 143), 41)

FACTS: tuple[f.Fact, ...] = (
    f.CityAdopted("zhangzhou", "a1b2", (PROFILE,)),
    f.DeskOpened("03", "李", Duty.SUPERVISE),
    f.DeskClosed("03"),
    f.ReportReceived(17, Channel.SMS, AT, "陈某", "13912342207", PLACE, "有人打架", "sms-3"),
    f.ReportAnswered(17, AT + 8_000),
    f.ReportEnded(17, ReportEnd.LINKED, AT + 9_000, 142, "同一起"),
    f.IncidentOpened(142, 17, "fight", 1, PLACE, "两人持刀", AT, AT + 41_000, True),
    f.IncidentAmended(142, "robbery", 2, PLACE, "一人持刀"),
    f.IncidentHeld(142, AT + 60_000, "等报警人"),
    f.IncidentReleased(142),
    f.IncidentLinked(143, 142, (18, 19), AT),
    f.IncidentSplit(143, 142, (18, 19), AT),
    f.UnitAssigned(142, "zc-07", AT, True),
    f.StackActivated(142, "zc-07", AT),
    f.AssignmentAdvanced(142, "zc-07", AssignmentStage.EN_ROUTE, AT),
    f.UnitCleared(142, "zc-07", AT),
    f.UnitWithdrawn(142, "zc-07", Withdrawal.PRE_EMPTED, AT, "更急", "144"),
    f.LeadNamed(142, "zc-07"),
    f.UnitContacted(142, "zc-07", AT),
    f.IncidentHandled(142, "mediated", "双方和解", AT),
    f.IncidentTransferred(142, "12345", "城管事项", AT),
    f.IncidentFinished(142, "cancelled", "报警人撤销", AT),
    f.IncidentFedBack(142, "dispute", "口角", AT),
    f.IncidentCalledBack(142, True, "满意", AT),
    f.IncidentClosed(142, AT),
    f.IncidentReopened(142, "又打起来", AT),
    f.NoteAdded(142, "嫌疑人红衣", "zc-07"),
    f.UnitStatusChanged("zc-07", UnitStatus.FREE, "上勤", AT),
    f.UnitPosted("zc-07", "P05", POINT, AT),
    f.AlarmRaised(AlarmKind.EMERGENCY, of_unit("zc-07"), "zc-07", 1, AT, AT + 1, True),
    f.AlarmTaken("undispatched:incident:142", AT),
    f.AlarmCleared("emergency:unit:zc-07:zc-07", "误触", AT),
    fa.AlarmShelved(AlarmKind.UNFED_BACK, of_incident(142), "", AT + 600_000, "等家属", AT),
    fa.AlarmUnshelved(AlarmKind.UNFED_BACK, of_incident(142), "", True, AT),
    fa.AlarmRisen(AlarmKind.NO_CONTACT, of_incident(142), "zc-07", ("08", "09"), "03", AT),
    fa.ShelfRestored(AlarmKind.UNFED_BACK, of_incident(142), "", Shelf(AT + 1, "等家属", "03", "李", AT), AT),
    f.StepUndone("03-55", (REPORT,), (INCIDENT,), (UNIT,)),
    f.SlipsFiled((142, 143), (17, 18, 19)),
    fi.QuestionAnswered(142, "weapon", Reply.YES, "水果刀", AT),
    fi.StepTicked(142, "first_aid", True, "zc-07", AT),
    fi.LinkAttached("https://media.example/7.jpg", "现场照片", 142, 17, AT),
    fi.PriorityWeighed(142, 1, 4, ("weapon=yes", "injured=yes"), True),
    fc.UnitFilledIn("zc-07", "P07", POINT, "P05", "G05", 912, 963, 240, AT),
    fc.RingClosed(142, POINT, (cc.Hold("zc-07", "胜利路x延安路", POINT, 95),), ("水仙大街西口",), AT),
    *samples_matters.FACTS,
    fu.CaughtUp(142, 17, "A-17", AT + 41_000),
    fs.DeskLocked("03", "李", AT),
    fs.DeskUnlocked("03", "李", AT + 60_000),
    fs.DeskFreed("03", "李", "本人已离岗", AT + 61_000),
    fs.DeskHandedOver("03", "李", "王", "0142 等法医", (17,), (142, 143), 2, AT + 62_000),
    fs.HandOverRead("03", "王", 12, AT + 63_000),
    fs.DataUnmasked(17, 142, "回拨核实地址", AT + 64_000),
)

COMMANDS: tuple[c.Command, ...] = (
    c.AdoptCity("zhangzhou", "a1b2", (PROFILE,)),
    c.OpenDesk(Duty.TAKE),
    c.CloseDesk(),
    c.ReceiveReport(Channel.HOTLINE, "陈某", "13912342207", PLACE, "有人打架", "h-3", AT),
    c.AnswerReport(17),
    c.EndReport(17, ReportEnd.NUISANCE, "骚扰"),
    c.OpenIncident("fight", PLACE, 17, 1, "两人持刀", Channel.COUNTER, "陈某", "13912342207", AT),
    c.AmendIncident(142, "robbery", 2, PLACE, "一人持刀"),
    c.Dispatch(142, ("zc-07", "zc-08"), AssignmentStage.EN_ROUTE, True, "持刀，注意安全"),
    c.Advance(("zc-07",), AssignmentStage.ON_SCENE, 142, AT),
    c.Contact(("zc-07",)),
    c.Clear(142, ("zc-07",), "mediated", "双方和解", AT),
    c.MakeAvailable(("zc-07",), "撤回"),
    c.SetStatus(("zc-07",), UnitStatus.OFF_DUTY, "下勤"),
    c.Exchange("zc-07", "zc-08", "较近"),
    c.PreEmpt("zc-07", 144, "更急"),
    c.NameLead(142, "zc-08"),
    c.Hold(142, AT + 60_000, "等报警人"),
    c.Release(142),
    c.LinkIncident(143, 142),
    c.LinkReport(18, 142, "又有一人", Channel.VIDEO, "陈某", "13912342207", PLACE),
    c.Split(143),
    c.Transfer(142, "12345", "城管事项"),
    c.Finish(142, "advised", "已答复"),
    c.FeedBack(142, "dispute", "口角", AT),
    c.CallBack(142, True, "满意"),
    c.CloseIncident(142),
    c.Reopen(142, "又打起来"),
    c.AddNote(142, "嫌疑人红衣", "zc-07"),
    c.MoveToPost("zc-07", "P05", POINT),
    c.RaiseAlarm(AlarmKind.NO_CONTACT, of_incident(142), "zc-07"),
    c.TakeAlarm("undispatched:incident:142"),
    c.ClearAlarm("emergency:unit:zc-07:zc-07", "误触"),
    ca.ShelveAlarm("unfed_back:incident:142", "等家属", AT),
    ca.UnshelveAlarm("unfed_back:incident:142"),
    ca.RiseAlarm("no_contact:incident:142:zc-07"),
    c.Undo("03-55"),
    c.FileSlips(AT),
    cp.CatchUp(
        "fight",
        PLACE,
        AT,
        AT + 60_000,
        AT + 300_000,
        AT + 900_000,
        ("zc-07",),
        "mediated",
        2,
        "两人持刀",
        Channel.SMS,
        "陈某",
        "13912342207",
        "A-17",
    ),
    cs.LockDesk(),
    cs.UnlockDesk(),
    cs.FreeDesk("03", "本人已离岗"),
    cs.HandOver("王", "0142 等法医"),
    cs.ReadHandOver(),
    cs.Unmask(17, "回拨核实地址"),
    ci.AnswerQuestion(142, "weapon", Reply.YES, "水果刀"),
    ci.TickSteps(142, ("first_aid", "record"), False, "zc-07"),
    ci.AttachLink("https://media.example/7.jpg", 142, 17, "现场照片"),
    ci.WeighPriority(142),
    cc.FillIn("zc-07", "P07", POINT, "G05", 912, 963, 240),
    cc.DispatchTogether((cc.Sending(142, ("zc-07",)), cc.Sending(143, ("zc-08", "zc-09")))),
    cc.CloseRing(142, POINT, (cc.Hold("zc-07", "胜利路x延安路", POINT, 95),), ("水仙大街西口",)),
    *samples_matters.COMMANDS,
)

LIFTED: dict[str, f.Fact] = {
    "incident_opened.v1": f.IncidentOpened(142, 17, "fight", 1, PLACE, "两人持刀", AT, AT + 41_000),
    "step_undone.v1": f.StepUndone(
        "03-55",
        (replace(REPORT, links=()),),
        (replace(INCIDENT, answers=(), steps=(), priority_by_hand=False, links=()),),
        (UNIT,),
    ),
    "step_undone.v2": f.StepUndone("03-55", (replace(REPORT, links=()),), (replace(INCIDENT, links=()),), (UNIT,)),
}
"""By golden file of an old version (``incident_opened.v1``): the fact it means today."""


def entry_of(fact: f.Fact) -> f.Entry:
    """The sample as a line of a journal."""
    return f.Entry(12, AT + 41_000, Actor("李", "03", Duty.DISPATCH, "cli"), "03-8812", fact)
