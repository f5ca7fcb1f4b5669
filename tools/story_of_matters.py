"""What is under way beside the calls in the afternoon of the pictures: orders, warnings, messages, notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zz110_tui.core import commands_matters as m
from zz110_tui.core.ledger import LedgerKind
from zz110_tui.core.notices import About, Warrant
from zz110_tui.core.orders import ErrandStage, OrderKind
from zz110_tui.core.roster import Squad
from zz110_tui.core.supports import SupportKind

if TYPE_CHECKING:
    from tools.screen_story import Story

HOUR_MS = 3_600_000


async def matters_of_the_day(s: Story) -> None:
    """From a quarter past two on, as long before the picture as each would be."""
    await s.until(1_000)
    for name, units in ((s.say("一班", "A"), ("01", "02", "03")), (s.say("二班", "B"), ("07", "08", "09"))):
        await s.go(m.SetSquad(Squad(name, units), turns=5))
    end = s.clock.now() + 2 * HOUR_MS
    school = s.say("放学时段，南门", "end of lessons, south gate")
    await s.go(m.IssueOrder(OrderKind.SCHOOL_GUARD, ("14",), school, s.place("漳州二中"), due_at=end), s.other)
    await s.go(m.AdvanceOrder(1, ("14",), ErrandStage.SIGNED), s.other)
    await s.until(900)
    await s.go(m.AdvanceOrder(1, ("14",), ErrandStage.ON_SCENE), s.other)
    joint = s.say("抓捕，听合成作战室指挥", "an arrest, led by the joint operations room")
    await s.go(m.IssueOrder(OrderKind.JOINT_OPS, ("04", "10"), joint, s.place("石亭中心小学"), priority=2), s.other)
    await s.go(m.AdvanceOrder(2, ("04",), ErrandStage.SIGNED), s.other)
    await s.go(m.AdvanceOrder(2, ("04",), ErrandStage.EN_ROUTE), s.other)
    warrant = Warrant(s.say("漳公刑2026-12", "ZZ-2026-12"), s.say("刑诉法", "CPL 115"), s.say("王局", "Wang"), end)
    car = s.say("闽E12345 白色轿车，涉盗窃", "E12345, white car, thefts")
    await s.until(700)
    await s.go(m.PushWarning(1, About.VEHICLE, "13", warrant, car, s.place("漳州古城")))
    await s.go(m.PutOutBolo(About.VEHICLE, warrant, car))
    await s.go(m.AskSupport(SupportKind.DRONE, s.say("东铺头所", "Dongputou"), s.say("河边寻人", "search of the bank")))
    dispute = s.say("邻里噪音，多次报警", "noise between neighbours, many calls")
    await s.go(m.OpenLedger(LedgerKind.DISPUTE, dispute, s.place("水仙大街118号")))
    await s.until(610)
    check = s.say("查验过往摩托车", "motorcycles passing by")
    await s.go(m.IssueOrder(OrderKind.PATROL_CHECK, ("07", "02"), check, s.place("胜利路x延安路")))
    await s.until(565)
    await s.go(
        m.SendMessage(s.say("往北跑了，黑衣", "ran north, in black"), ("03", "08"), ("03",), priority=1), s.other
    )
