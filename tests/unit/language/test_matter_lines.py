"""Lines about orders, warnings, messages …: what they mean, what stands under them, what is said, what is not shown."""

from __future__ import annotations

from functools import cache

import pytest

from tests.support.matters import WARRANT, with_matters
from tests.support.room import LI, WANG
from tests.support.scenes import Desk, place
from zz110_tui.core import commands as c
from zz110_tui.core import commands_matters as m
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.incidents import AssignmentStage
from zz110_tui.core.ledger import LedgerKind
from zz110_tui.core.notices import About
from zz110_tui.core.orders import ErrandStage, OrderKind
from zz110_tui.core.places import NOWHERE
from zz110_tui.core.roster import ROSTER, Squad
from zz110_tui.core.supports import SupportKind
from zz110_tui.language.complete import complete
from zz110_tui.language.describing import describe
from zz110_tui.language.finding import find
from zz110_tui.language.parsed import Show, Status
from zz110_tui.language.saying import tell

SECRET = "闽E12345"


def subject(kind: SubjectKind, number: int) -> Subject:
    return Subject(kind, str(number))


T12, W5, S2 = subject(SubjectKind.ORDER, 12), subject(SubjectKind.WARNING, 5), subject(SubjectKind.SUPPORT, 2)
B3, E5, M3 = subject(SubjectKind.BOLO, 3), subject(SubjectKind.LEDGER, 5), subject(SubjectKind.MESSAGE, 3)


@cache
def desk() -> Desk:
    """Two desks are staffed. 142 has 01 dispatched. m3 is to 07, t12 to 10, w5 to 11; nobody changes it."""
    made = Desk(first_incident=142)
    made.do(c.OpenDesk(LI.duty), LI)
    made.do(c.OpenDesk(WANG.duty), WANG)
    made.open()
    made.dispatch(142, "01")
    return with_matters(made)


F7 = place("F7")
MEANT: list[tuple[str, c.Command]] = [
    ("msg 3,7 / 往北跑", m.SendMessage("往北跑", ("03", "07"))),
    ("消息 to=04 p=1 / 请接", m.SendMessage("请接", (), ("04",), 1)),
    ("msg to=席位04 / 请接", m.SendMessage("请接", (), ("04",))),
    ("msg to=* 7 / 全体", m.SendMessage("全体", ("07",), ("03", "04"))),
    ("msg 142 / 小心", m.SendMessage("小心", ("01",), (), 3, 142)),
    ("rd m3 7", m.ReadMessage(3, "07")),
    ("rd u=7", m.ReadMessage(3, "07")),
    ("ack m3 7", m.ReadMessage(3, "07")),
    ("ord 护学 3 @F7", m.IssueOrder(OrderKind.SCHOOL_GUARD, ("03",), "", F7)),
    ("ord hx 3 @F7 / 早高峰", m.IssueOrder(OrderKind.SCHOOL_GUARD, ("03",), "早高峰", F7)),
    ("指令 3,7 p=2 / 集合", m.IssueOrder(OrderKind.COMMAND, ("03", "07"), "集合", NOWHERE, 2)),
    ("order joint_ops 7 / 抓捕", m.IssueOrder(OrderKind.JOINT_OPS, ("07",), "抓捕")),
    ("ack t12", m.AdvanceOrder(12, ("10",), ErrandStage.SIGNED)),
    ("ack 10", m.AdvanceOrder(12, ("10",), ErrandStage.SIGNED)),
    ("er 10 t12", m.AdvanceOrder(12, ("10",), ErrandStage.EN_ROUTE)),
    ("os 10", m.AdvanceOrder(12, ("10",), ErrandStage.ON_SCENE)),
    ("ack 1", c.Advance(("01",), AssignmentStage.SIGNED)),
    ("ack 11", m.SignWarning(5)),
    ("ack w5", m.SignWarning(5)),
    ("os w5 / 车不在", m.CheckWarning(5, "车不在")),
    ("av 10 t12 / 另有任务", m.WithdrawMatter(T12, "另有任务", ("10",))),
    ("can t12 / 取消", m.WithdrawMatter(T12, "取消")),
    ("can s2 / 检修", m.WithdrawMatter(S2, "检修")),
    ("can b3 / 已找到", m.WithdrawMatter(B3, "已找到")),
    ("ack s2 / 马上", m.AcceptSupport(2, "马上")),
    ("sup 视频 who=东铺头所 @F7 / 调监控", m.AskSupport(SupportKind.VIDEO, "东铺头所", "调监控", F7)),
    ("sup lead who=新桥所 i=142 / 线索", m.AskSupport(SupportKind.LEAD, "新桥所", "线索", NOWHERE, 3, 142)),
    ("fb b3 u=7 @F7 / 见到", m.ReportSighting(3, "见到", "07", F7)),
    ("led 隐患 @F7 / 护栏松动", m.OpenLedger(LedgerKind.HAZARD, "护栏松动", F7)),
    ("led e5 who=新桥所 / 尽快", m.AssignLedger(5, "新桥所", 0, "尽快")),
    ("cl e5 / 和解", m.SettleLedger(5, "和解")),
    ("ros 一班 1-3 turns=5", m.SetSquad(Squad("一班", ("01", "02", "03")), 5)),
    ("nt t12 u=10 / 在路上", m.NoteMatter(T12, "在路上", "10")),
    ("s b3 / 核对", m.LookAtNotice(B3, "核对")),
    ("show w5", m.LookAtNotice(W5)),
]


@pytest.mark.parametrize(("line", "command"), MEANT, ids=[line for line, _ in MEANT])
def test_a_line_means_its_command(line: str, command: c.Command) -> None:
    assert desk().command(line) == command


def test_a_notice_carries_its_warrant() -> None:
    for line in (f"warn 车辆 3 p=1 @F7 {WARRANT} / x", f"bolo wanted {WARRANT} / x"):
        command = desk().command(line)
        assert isinstance(command, m.PushWarning | m.PutOutBolo)
        warrant = command.warrant
        assert (warrant.case, warrant.basis, warrant.approver) == ("漳公刑2026-12", "刑诉法", "王局")
        assert warrant.ends_at == desk().now + 2 * 86_400_000
    command = desk().command("bolo 走失 case=1 basis=b who=王 until=2023-12-31 / x".replace("走失", "失踪"))
    assert isinstance(command, m.PutOutBolo)
    assert command.about is About.MISSING
    assert desk().scene().local(command.warrant.ends_at).strftime("%F %T") == "2023-12-31 23:59:59"


@pytest.mark.parametrize(
    ("line", "status", "words"),
    [
        ("ack t99", Status.WRONG, "没有 t99"),
        ("ack 7 w5", Status.WRONG, "w5 → 11"),
        ("ack 1 / 好", Status.WRONG, "不带文字"),
        ("fb 142 res=yes", Status.WRONG, "res="),
        ("cl 142 ct=2", Status.WRONG, "ct="),
        ("can e5 / x", Status.WRONG, "e5"),
        ("bolo 车辆 case=1 basis=b who=王 / x", Status.WRONG, "没有截止时间"),
        ("bolo 人群 case=1 basis=b who=王 until=1d / x", Status.WRONG, "没有这个种类"),
        ("warn 车辆 / x", Status.INCOMPLETE, "哪个警力"),
        ("bolo / x", Status.INCOMPLETE, "哪一种"),
        ("led / x", Status.INCOMPLETE, "哪一种"),
        ("led 纠纷 / x", Status.INCOMPLETE, "在哪里"),
        ("msg / x", Status.INCOMPLETE, "发给谁"),
        ("msg 7", Status.INCOMPLETE, "/"),
        ("sup 视频 / x", Status.INCOMPLETE, "who="),
        ("rd u=9", Status.WRONG, "没有未读消息"),
        ("turn", Status.WRONG, "还没有编班"),
        ("ord 护学 3", Status.INCOMPLETE, "没有地点"),
    ],
)
def test_what_is_missing_or_wrong_is_said(line: str, status: Status, words: str) -> None:
    parsed = desk().read(line)
    assert (parsed.status, words in parsed.preview + parsed.hint) == (status, True), parsed


def test_where_a_unit_has_several_orders_they_are_listed() -> None:
    room = with_matters(Desk(first_incident=142))
    room.type("ord 10 / 集合")
    parsed = room.read("ack 10")
    assert parsed.status is Status.AMBIGUOUS
    assert [choice.insert for choice in parsed.choices] == ["ack 10 t12", "ack 10 t13"]


def test_a_call_comes_before_an_order() -> None:
    room = with_matters(Desk(first_incident=142))
    room.dispatch(room.open(), "10")
    assert room.command("ack 10") == c.Advance(("10",), AssignmentStage.SIGNED)
    room.type("ack 10")
    assert room.read("ack 10").status is not Status.READY, "its order is signed by its number, not by the way"
    assert room.command("ack 10 t12") == m.AdvanceOrder(12, ("10",), ErrandStage.SIGNED)


PREVIEWS = [
    ("msg 3,7 p=1 / 往北跑", "发消息 1级 → 03、07 / 往北跑；未读会报警", "Message priority 1 → 03, 07 / 往北跑"),
    ("ord 护学 1 @F7", "下达护学 → 01 F7 东铺头网格；01 正在已派 0142", "Order: school guard → 01"),
    ("ack t12", "签收：10 → t12 指令 护学 东铺头网格 F7 10 已下达", "Signed: 10 → t12 order school guard"),
    (
        f"bolo 车辆 {WARRANT} / 白车",
        "布控 车辆，案号 漳公刑2026-12，依据 刑诉法，王局 批准，",
        "Watch for vehicle, case ",
    ),
    ("s b3", "查阅（留痕） b3 布控 车辆 布控中", "Look at (recorded) b3 watch notice vehicle standing"),
    ("can s2 / 检修", "不予支撑 s2 支撑请求 视频 东铺头所 待答复 / 检修", "Decline s2 support request video"),
    ("cl e5 / 和解", "已化解 e5 台账 纠纷", "Settled: e5 ledger entry dispute"),
]


@pytest.mark.parametrize(("line", "zh", "en"), PREVIEWS)
def test_what_enter_will_do_is_said_before(line: str, zh: str, en: str) -> None:
    assert desk().read(line).preview.startswith(zh), desk().read(line).preview
    english = desk().read(line, language="en").preview
    assert english.startswith(en), english


def test_a_change_of_turn_says_who_comes_who_goes_and_who_stays() -> None:
    room = Desk(first_incident=142)
    for line in ("ros 一班 1-3 turns=5", "ros 二班 4-6", "off 4-6", "turn 一班", "n 打架 @F7", "d 2 142"):
        room.type(line)
    assert room.read("turn").preview == "换班：二班 上勤 04、05、06；下勤 01、03；02 处警中，办完再下"
    room.type("turn")
    assert room.read("ros").query == Show(ROSTER)
    said = "\n".join(describe(ROSTER, room.scene()))
    assert "在班：二班" in said
    assert "下一班：一班" in said


def test_the_words_of_a_notice_are_shown_only_to_a_desk_whose_look_is_recorded() -> None:
    room = with_matters(Desk(first_incident=142))
    other = {"actor": WANG, "desk": WANG.desk}
    for known in (W5, B3):
        name = f"{'w5' if known is W5 else 'b3'}"
        assert SECRET in "\n".join(describe(known, room.scene())), "who put it out knows it"
        for language in ("zh", "en"):
            scene = room.scene(language=language, **other)
            told = [*describe(known, scene), *(tell(e, scene) for e in room.board.chronology(known))]
            assert SECRET not in "\n".join(told)
            assert not [f for f in find(SECRET, scene) if f.subject == known], "nor found by what it says"
            assert SECRET not in room.read(f"s {name}", language=language, **other).preview
        room.do(m.LookAtNotice(known), WANG)
        assert SECRET in "\n".join(describe(known, room.scene(**other)))


def test_sightings_and_what_was_found_are_kept_with_the_words() -> None:
    room = with_matters(Desk(first_incident=142))
    room.type("fb b3 u=7 @F7 / 停在银行门口")
    room.type("os w5 / 车在地下")
    for known, words in ((B3, "停在银行门口"), (W5, "车在地下")):
        assert words in "\n".join(describe(known, room.scene()))
        hidden = room.scene(actor=WANG, desk=WANG.desk)
        assert words not in "\n".join(describe(known, hidden))


def test_the_word_at_the_cursor_is_finished_with_what_there_is() -> None:
    def offers(line: str) -> list[str]:
        return [completion.word for completion in complete(line, len(line), desk().scene())]

    assert offers("can t") == ["t12"]
    assert offers("ord 护") == ["护学"]
    assert offers("bolo k=车") == ["k=车辆"]
    assert "to=04" in offers("msg to=")
    assert "m3" in offers("rd ")


def test_a_matter_is_found_by_its_number_and_its_words() -> None:
    assert [found.subject for found in find("邻里噪音", desk().scene())] == [E5]
    assert find("t12", desk().scene())[0].subject == T12
    assert desk().read("s .", selected=T12).query == Show(T12)
    assert desk().command("nt . / x", selected=M3) == m.NoteMatter(M3, "x")


def test_a_day_of_matters_reads_like_a_chronology() -> None:
    room = with_matters(Desk(first_incident=142))
    for line in (
        "rd m3 7", "ack t12", "cl t12 / 平安", "ack w5", "os w5 / 无", "fb w5 res=no / 走了", "ack s2 / 马上",
        "fb s2 / 已调", "close s2 res=yes", "fb b3 / 见到", "can b3 / 已找到", "led e5 who=新桥所 until=3d",
        "cl e5 / 和解", "cb e5 不满意 / 又吵", "cl e5 / 再和解", "cb e5 满意", "close e5",
        "ord 合成作战 7 / 抓捕", "ack 7", "cl 7 res=yes ct=2 / 抓两人", "nt t13 / 移交", "undo",
    ):  # fmt: skip
        room.type(line)
    said = "\n".join(tell(entry, room.scene()) for entry in room.journal)
    for words in (
        "消息 m3 → 07 / 往北跑",
        "07 已读 m3",
        "下达指令 t12 护学 → 10 F7",
        "10 完成 t12",
        "指令 t12 完成 / 平安",
        "推送红色预警 w5 车辆 → 11，案号 漳公刑2026-12，王局 批准，",
        "预警 w5 已反馈，无成果",
        "东铺头所 请求支撑 s2 视频 / 调监控",
        "支撑 s2 办结，有成果",
        "b3 发现目标",
        "b3 撤回 / 已找到",
        "e5 交办 新桥所，",
        "e5 回访：反复，重新交办 / 又吵",
        "台账 e5 销账",
        "指令 t13 完成，有成果，抓获 2 人 / 抓两人",
        "恢复 t13",
    ):
        assert words in said, words
    english = "\n".join(tell(entry, room.scene(language="en")) for entry in room.journal)
    assert not set("：；（），") & set(english)
