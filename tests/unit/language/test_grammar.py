"""The grammar, line by line: what each line would send. The desk is the same for all: see ``desk``."""

from __future__ import annotations

import pytest

from tests.support.reading_desk import desk
from tests.support.scenes import place
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import AlarmKind, of_incident, of_report, of_unit
from zz110_tui.core.incidents import AssignmentStage, Channel, ReportEnd
from zz110_tui.core.places import Place
from zz110_tui.core.units import UnitStatus
from zz110_tui.language.parsed import Find, Help, Query, Show, Status

CROSSING = "胜利路x延安路"
D, E, S = AssignmentStage.DISPATCHED, AssignmentStage.EN_ROUTE, AssignmentStage.ON_SCENE


LINES: list[tuple[str, c.Command]] = [
    # -- product.md, word for word ------------------------------------------------------------------------------------
    ("d 3,7 42", c.Dispatch(142, ("03", "07"))),
    ("d 42 3 7", c.Dispatch(142, ("03", "07"))),
    ("d 3,7 42 / 嫌疑人持刀，注意安全", c.Dispatch(142, ("03", "07"), text="嫌疑人持刀，注意安全")),
    ("d 3-4 142", c.Dispatch(142, ("03", "04"))),
    ("de 07 142", c.Dispatch(142, ("07",), E)),
    ("do 07 142", c.Dispatch(142, ("07",), S)),
    # -- units: call sign, number, tail, list, range, mixed -----------------------------------------------------------
    ("d 03 0142", c.Dispatch(142, ("03",))),
    ("d 3 142", c.Dispatch(142, ("03",))),
    ("d 3 4 7 142", c.Dispatch(142, ("03", "04", "07"))),
    ("d 3,4 7 142", c.Dispatch(142, ("03", "04", "07"))),
    ("d 3 142 7", c.Dispatch(142, ("03", "07"))),
    ("d 3,3,03 142", c.Dispatch(142, ("03",))),
    ("d 3,7-8 142", c.Dispatch(142, ("03", "07", "08"))),
    ("d 3、7 142", c.Dispatch(142, ("03", "07"))),
    ("d u=3,7 142", c.Dispatch(142, ("03", "07"))),
    ("d u=3 u=7 142", c.Dispatch(142, ("03", "07"))),
    ("d 3 u=7 142", c.Dispatch(142, ("07", "03"))),
    ("d i=142 u=3", c.Dispatch(142, ("03",))),
    ("d 警情=142 警力=3", c.Dispatch(142, ("03",))),
    ("派 3 142", c.Dispatch(142, ("03",))),
    ("派03 142", c.Dispatch(142, ("03",))),
    ("PAIJING 3 142", c.Dispatch(142, ("03",))),
    ("ｄ　３，７　４２", c.Dispatch(142, ("03", "07"))),
    # -- nothing where only one fits ----------------------------------------------------------------------------------
    ("d 3", c.Dispatch(142, ("03",))),
    # -- a number with more digits than a call sign is an incident ----------------------------------------------------
    ("d 0142 03", c.Dispatch(142, ("03",))),
    ("cl 0139 调解", c.Clear(139, (), "mediated")),
    ("d 3,7", c.Dispatch(142, ("03", "07"))),
    ("d #142 3", c.Dispatch(142, ("03",))),
    # -- stacking -----------------------------------------------------------------------------------------------------
    ("d 05 142 stack=yes", c.Dispatch(142, ("05",), stack=True)),
    ("d 05 142 续派=是", c.Dispatch(142, ("05",), stack=True)),
    # -- exchange, pre-emption, lead ----------------------------------------------------------------------------------
    ("x 05 07", c.Exchange("05", "07")),
    ("x 5 7 / 换班", c.Exchange("05", "07", "换班")),
    ("x to=07 u=05", c.Exchange("05", "07")),
    ("换警 05 07", c.Exchange("05", "07")),
    ("lead 09 140", c.NameLead(140, "09")),
    ("lead 09", c.NameLead(140, "09")),
    # -- what units report --------------------------------------------------------------------------------------------
    ("ack 06", c.Advance(("06",), AssignmentStage.SIGNED)),
    ("签收 6,9", c.Advance(("06", "09"), AssignmentStage.SIGNED)),
    ("er 06", c.Advance(("06",), E)),
    ("er 6 140", c.Advance(("06",), E, 140)),
    ("os 06", c.Advance(("06",), S)),
    ("os 6 9 140", c.Advance(("06", "09"), S, 140)),
    ("到场 i=140 u=6", c.Advance(("06",), S, 140)),
    ("ok 05", c.Contact(("05",))),
    ("ok", c.Contact(("05",))),
    ("cl 05 调解 / 双方和解", c.Clear(0, ("05",), "mediated", "双方和解")),
    ("cl 139 mediated", c.Clear(139, (), "mediated")),
    ("cl 调解", c.Clear(139, (), "mediated")),
    ("cl tj", c.Clear(139, (), "mediated")),
    ("cl 139 05 d=调解", c.Clear(139, ("05",), "mediated")),
    ("cl 39 带所处理 / 三人", c.Clear(139, (), "taken_to_station", "三人")),
    ("cl 139 d=taken_to_station", c.Clear(139, (), "taken_to_station")),
    ("cl 139 带所", c.Clear(139, (), "taken_to_station")),
    ("av 06", c.MakeAvailable(("06",))),
    ("av 140 / 不再需要", c.MakeAvailable(("06", "09"), "不再需要")),
    ("av 15", c.MakeAvailable(("15",))),
    ("oos 07 / 车辆故障", c.SetStatus(("07",), UnitStatus.OUT_OF_SERVICE, "车辆故障")),
    ("off 07", c.SetStatus(("07",), UnitStatus.OFF_DUTY)),
    ("off 51-55", c.SetStatus(("51", "52", "53", "54", "55"), UnitStatus.OFF_DUTY)),
    # -- the slip -----------------------------------------------------------------------------------------------------
    ("h 142 / 等报警人", c.Hold(142, 0, "等报警人")),
    ("h / 等报警人", c.Hold(142, 0, "等报警人")),
    ("up 142", c.AmendIncident(142, priority=1)),
    ("dn 142", c.AmendIncident(142, priority=3)),
    ("dn 142 p=4", c.AmendIncident(142, priority=4)),
    ("dn 142 !4", c.AmendIncident(142, priority=4)),
    ("dn 142 4级", c.AmendIncident(142, priority=4)),
    ("am 142 t=盗窃", c.AmendIncident(142, type="theft")),
    ("am 142 盗窃 p=3", c.AmendIncident(142, type="theft", priority=3)),
    ("am 142 @漳州医院", c.AmendIncident(142, place=place("漳州医院"))),
    ("am 142 / 三人，无刀", c.AmendIncident(142, text="三人，无刀")),
    ("nt 142 / 报警人在门口", c.AddNote(142, "报警人在门口")),
    ("nt 05 / 嫌疑人往北跑", c.AddNote(139, "嫌疑人往北跑", "05")),
    ("nt 142 u=05 / 往北", c.AddNote(142, "往北", "05")),
    ("link 142 139", c.LinkIncident(142, 139)),
    ("link i=142 to=139", c.LinkIncident(142, 139)),
    ("link to=139 142", c.LinkIncident(142, 139)),
    ("link r17 142", c.LinkReport(17, 142)),
    ("link 142 r17", c.LinkReport(17, 142)),
    ("link 142", c.LinkReport(18, 142)),
    ("split 143", c.Split(143)),
    ("split", c.Split(143)),
    ("tr 142 12345 / 占道经营", c.Transfer(142, "hotline_12345", "占道经营")),
    ("tr 12345 142 / 占道经营", c.Transfer(142, "hotline_12345", "占道经营")),
    ("tr 142 120 / 伤者", c.Transfer(142, "medical_120", "伤者")),
    ("tr 142 消防 / 起火", c.Transfer(142, "fire_119", "起火")),
    ("移交 142 to=longhai / 属地", c.Transfer(142, "longhai", "属地")),
    # -- the end ------------------------------------------------------------------------------------------------------
    ("fb 141 盗窃 / 财物已追回", c.FeedBack(141, "theft", "财物已追回")),
    ("fb 141", c.FeedBack(141)),
    ("fb t=打架 141", c.FeedBack(141, "fight")),
    ("cb 138 满意", c.CallBack(138, True)),
    ("cb 满意", c.CallBack(138, True)),
    ("cb 138 不满意 / 等太久", c.CallBack(138, False, "等太久")),
    ("cb 138 yes", c.CallBack(138, True)),
    ("cb 138 ok=0", c.CallBack(138, False)),
    ("close 138", c.CloseIncident(138)),
    ("办结", c.CloseIncident(138)),
    ("reopen 137 / 又来了", c.Reopen(137, "又来了")),
    ("can 142 / 已自行解决", c.Finish(142, "cancelled", "已自行解决")),
    ("adv 142 / 已解答", c.Finish(142, "advised", "已解答")),
    ("inv 142", c.Finish(142, "invalid")),
    ("nui 142", c.Finish(142, "nuisance")),
    # -- reports ------------------------------------------------------------------------------------------------------
    ("a", c.AnswerReport(17)),
    ("a r17", c.AnswerReport(17)),
    ("a 17", c.AnswerReport(17)),
    ("a ^", c.AnswerReport(17)),
    ("接17", c.AnswerReport(17)),
    ("adv r18 / 已解答", c.EndReport(18, ReportEnd.ADVISED, "已解答")),
    ("adv / 已解答", c.EndReport(18, ReportEnd.ADVISED, "已解答")),
    ("inv r17 / 误拨", c.EndReport(17, ReportEnd.INVALID, "误拨")),
    ("nui r=17", c.EndReport(17, ReportEnd.NUISANCE)),
    ("ab r17", c.EndReport(17, ReportEnd.ABANDONED)),
    ("rp", c.ReceiveReport(Channel.PHONE)),
    (
        "rp 微信 @漳州医院 tel=13912342207 c=李先生 src=wx-1 / 有人打架",
        c.ReceiveReport(Channel.WECHAT, "李先生", "13912342207", place("漳州医院"), "有人打架", "wx-1"),
    ),
    ("rp alarm", c.ReceiveReport(Channel.ALARM)),
    ('rp c="John Smith"', c.ReceiveReport(Channel.PHONE, "John Smith")),
    # -- new ----------------------------------------------------------------------------------------------------------
    ("n 打架 @胜利路x延安路 / 两人持刀", c.OpenIncident("fight", place(CROSSING), 18, text="两人持刀")),
    ("n 打架 @胜利路x延安路 r=new", c.OpenIncident("fight", place(CROSSING))),
    ("n @胜利路x延安路 打架 r17", c.OpenIncident("fight", place(CROSSING), 17)),
    ("n fight at=胜利路x延安路 p=1", c.OpenIncident("fight", place(CROSSING), 18, 1)),
    ("n dj !1 @胜利路 x 延安路", c.OpenIncident("fight", place(CROSSING), 18, 1)),
    ("n dajia @胜利路与延安路", c.OpenIncident("fight", place(CROSSING), 18)),
    ("新警 入室盗窃 @水仙大街118号", c.OpenIncident("burglary", place("水仙大街118号"), 18)),
    ("n 打架 @zzyy", c.OpenIncident("fight", place("漳州医院"), 18)),
    ("n 打架 @F7", c.OpenIncident("fight", place("F7"), 18)),
    ("n 打架 @117.65,24.51", c.OpenIncident("fight", place("117.65,24.51"), 18)),
    ("n 打架 @~小李的店", c.OpenIncident("fight", Place("小李的店"), 18)),
    ('n 打架 @~"小李 的店"', c.OpenIncident("fight", Place("小李 的店"), 18)),
    (
        "n 打架 @F7 tel=110 c=王 ch=窗口",
        c.OpenIncident("fight", place("F7"), channel=Channel.COUNTER, caller="王", contact="110"),
    ),
    ('n t="drunk and disorderly" @F7', c.OpenIncident("drunk_disorder", place("F7"), 18)),
    ("n 电动车被盗 @F7", c.OpenIncident("ebike_theft", place("F7"), 18)),
    # -- the room -----------------------------------------------------------------------------------------------------
    ("sos 06", c.RaiseAlarm(AlarmKind.EMERGENCY, of_unit("06"), "06")),
    ("take", c.TakeAlarm("emergency:unit:05:05")),
    ("take 05", c.TakeAlarm("emergency:unit:05:05")),
    ("take 5", c.TakeAlarm("emergency:unit:05:05")),
    ("认领 emergency:unit:05:05", c.TakeAlarm("emergency:unit:05:05")),
    ("clr 05 / 误触", c.ClearAlarm("emergency:unit:05:05", "误触")),
    ("clr / 误触", c.ClearAlarm("emergency:unit:05:05", "误触")),
    ("undo", c.Undo()),
    ("u", c.Undo()),
]


@pytest.mark.parametrize(("line", "command"), LINES, ids=[line for line, _ in LINES])
def test_a_line_sends(line: str, command: c.Command) -> None:
    parsed = desk().read(line)
    assert parsed.command == command, parsed
    if not isinstance(command, c.Undo):
        assert parsed.status is Status.READY, parsed
    assert parsed.preview


@pytest.mark.parametrize(("line", "command"), LINES, ids=[line for line, _ in LINES])
def test_it_says_so_in_english_too(line: str, command: c.Command) -> None:
    parsed = desk().read(line, language="en")
    assert parsed.command == command, parsed
    assert "：" not in parsed.preview
    assert "；" not in parsed.preview


@pytest.mark.parametrize(
    ("line", "query"),
    [
        ("find 打架", Find("打架")),
        ("查找 胜利路 打架", Find("胜利路 打架")),
        ("find a=b / c", Find("a=b c")),
        ("show 142", Show(of_incident(142))),
        ("show 42", Show(of_incident(142))),
        ("s r17", Show(of_report(17))),
        ("s 03", Show(of_unit("03"))),
        ("s u=3", Show(of_unit("03"))),
        ("查看 0139", Show(of_incident(139))),
        ("?", Help("")),
        ("help", Help("")),
        ("? d", Help("d")),
        ("?d", Help("d")),
        ("帮助 types", Help("types")),
    ],
)
def test_a_line_asks(line: str, query: Query) -> None:
    parsed = desk().read(line)
    assert parsed.status is Status.READY
    assert parsed.query == query
    assert parsed.command is None


def test_nothing_a_line_does_changes_the_board() -> None:
    room = desk()
    before = room.board.image()
    for line, _ in LINES:
        room.read(line)
    assert room.board.image() == before
