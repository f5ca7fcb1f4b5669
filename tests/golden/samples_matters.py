"""One value of every fact and every command about matters, no field at its default; ``samples`` has the whole table."""

from __future__ import annotations

from zz110_tui.core import commands_matters as c
from zz110_tui.core import facts_matters as f
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.ledger import LedgerEntry, LedgerKind, LedgerStage
from zz110_tui.core.matters import Matters
from zz110_tui.core.messages import Message, MessageStage, Reader, ReaderKind
from zz110_tui.core.notices import About, Bolo, BoloStage, Look, WarningNotice, WarningStage, Warrant
from zz110_tui.core.orders import Errand, ErrandStage, Order, OrderKind, OrderStage
from zz110_tui.core.places import Place, Point
from zz110_tui.core.roster import Roster, Squad
from zz110_tui.core.supports import Support, SupportKind, SupportStage

AT = 1_700_000_000_000
PLACE = Place("水仙大街118号", Point(117.652031, 24.513), "G05", "F7")
WARRANT = Warrant("漳公刑2026-12", "刑诉法", "王局", AT + 86_400_000)
ORDER, BOLO = Subject(SubjectKind.ORDER, "12"), Subject(SubjectKind.BOLO, "3")
LOOKS = (Look("03", "李", AT + 5_000),)

MATTERS = Matters(
    messages=(
        Message(
            3, 1, "往北跑", 142, "03", "李", AT, (Reader(ReaderKind.UNIT, "07", AT + 1),), MessageStage.READ, AT + 1, 50
        ),
    ),
    orders=(
        Order(
            12,
            OrderKind.JOINT_OPS,
            2,
            PLACE,
            "抓捕",
            "03",
            "李",
            AT,
            (Errand("07", 4, AT, ErrandStage.DONE, AT + 1, AT + 2, AT + 3, AT + 4),),
            AT + 9,
            OrderStage.DONE,
            True,
            2,
            "抓获两人",
            AT + 4,
            51,
        ),
    ),
    warnings=(
        WarningNotice(
            5,
            1,
            About.VEHICLE,
            PLACE,
            "闽E12345",
            WARRANT,
            "07",
            "03",
            "李",
            AT,
            WarningStage.FED_BACK,
            AT + 1,
            AT + 2,
            AT + 3,
            True,
            "车已扣",
            LOOKS,
            AT + 4,
            52,
        ),
    ),
    supports=(
        Support(
            2,
            SupportKind.VIDEO,
            2,
            "东铺头所",
            PLACE,
            "调监控",
            142,
            "03",
            "李",
            AT,
            SupportStage.CLOSED,
            "马上",
            AT + 1,
            AT + 2,
            True,
            "已调",
            AT + 3,
            53,
        ),
    ),
    bolos=(
        Bolo(3, 2, About.WANTED, PLACE, "陈某", WARRANT, "03", "李", AT, BoloStage.WITHDRAWN, 2, LOOKS, AT + 6, 54),
    ),
    ledger=(
        LedgerEntry(
            4,
            LedgerKind.HAZARD,
            2,
            PLACE,
            "护栏松动",
            142,
            "03",
            "李",
            AT,
            "新桥所",
            AT + 9,
            LedgerStage.CLOSED,
            "已加固",
            AT + 1,
            AT + 2,
            AT + 3,
            55,
        ),
    ),
    roster=(Roster((Squad("一班", ("01", "02")),), 5, "一班", AT, AT + 9, 56),),
)

FACTS: tuple[f.MatterFact, ...] = (
    f.MessageSent(3, 1, "往北跑", 142, (Reader(ReaderKind.DESK, "04", AT),), AT),
    f.MessageRead(3, Reader(ReaderKind.UNIT, "07", AT)),
    f.OrderIssued(12, OrderKind.SCHOOL_GUARD, 2, PLACE, "护学", (f.SentOnOrder("07", 4),), AT + 9, AT),
    f.OrderAdvanced(12, "07", ErrandStage.EN_ROUTE, AT),
    f.ErrandDone(12, "07", AT),
    f.ErrandWithdrawn(12, "07", "另有任务", AT),
    f.OrderDone(12, True, 2, "抓获两人", AT),
    f.WarningPushed(5, 1, About.VEHICLE, PLACE, "闽E12345", WARRANT, "07", AT),
    f.WarningSigned(5, AT),
    f.WarningChecked(5, "不在", AT),
    f.WarningSupervised(5, "核查到位", AT),
    f.WarningFedBack(5, True, "车已扣", AT),
    f.SupportAsked(2, SupportKind.LEAD, 2, "东铺头所", PLACE, "线索", 142, AT),
    f.SupportAccepted(2, "马上", AT),
    f.SupportProvided(2, "已调", AT),
    f.SupportClosed(2, True, "有用", AT),
    f.BoloPutOut(3, 2, About.MISSING, PLACE, "走失老人", WARRANT, AT),
    f.NoticeLookedAt(BOLO, "核对", AT),
    f.BoloSighted(3, "在公园", "07", PLACE, AT),
    f.NoticeExpired(BOLO, AT),
    f.LedgerOpened(4, LedgerKind.DISPUTE, 2, PLACE, "邻里", 142, AT),
    f.LedgerAssigned(4, "新桥所", AT + 9, "多次报警", AT),
    f.LedgerSettled(4, "和解", AT + 9, AT),
    f.LedgerFollowedUp(4, True, "稳定", AT + 9, AT),
    f.LedgerClosed(4, AT),
    f.RosterSet((Squad("一班", ("01", "02")),), 5),
    f.TurnBegun("一班", AT + 9, AT),
    f.MatterWithdrawn(ORDER, "取消", AT),
    f.MatterNoted(ORDER, "在路上", "07"),
    f.MattersRestored(MATTERS),
    f.MattersFiled((ORDER, BOLO)),
)

COMMANDS: tuple[c.MatterCommand, ...] = (
    c.SendMessage("往北跑", ("07",), ("04",), 1, 142),
    c.ReadMessage(3, "07"),
    c.IssueOrder(OrderKind.PATROL_CHECK, ("07",), "盘查", PLACE, 2, AT),
    c.AdvanceOrder(12, ("07",), ErrandStage.ON_SCENE, AT),
    c.FinishOrder(12, ("07",), True, 2, "抓获两人", AT),
    c.PushWarning(1, About.VEHICLE, "07", WARRANT, "闽E12345", PLACE),
    c.SignWarning(5, AT),
    c.CheckWarning(5, "不在", AT),
    c.SuperviseWarning(5, "核查到位"),
    c.FeedBackWarning(5, True, "车已扣", AT),
    c.AskSupport(SupportKind.DRONE, "东铺头所", "搜救", PLACE, 2, 142),
    c.AcceptSupport(2, "马上"),
    c.ProvideSupport(2, "已飞"),
    c.CloseSupport(2, True, "有用"),
    c.PutOutBolo(About.OBJECT, WARRANT, "被盗电动车", PLACE, 2),
    c.LookAtNotice(BOLO, "核对"),
    c.ReportSighting(3, "在公园", "07", PLACE),
    c.EndNotice(BOLO),
    c.OpenLedger(LedgerKind.HAZARD, "护栏松动", PLACE, 2, 142),
    c.AssignLedger(4, "新桥所", AT, "尽快"),
    c.SettleLedger(4, "已加固", AT),
    c.FollowUpLedger(4, True, "稳定"),
    c.CloseLedger(4),
    c.SetSquad(Squad("一班", ("01",)), 5),
    c.ChangeTurn("二班"),
    c.WithdrawMatter(ORDER, "取消", ("07",)),
    c.NoteMatter(ORDER, "在路上", "07"),
)
