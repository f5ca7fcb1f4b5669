"""The figures of orders, warnings and leads: what counts as a turn, a result, a person caught."""

from __future__ import annotations

from tests.support.room import CROSSING, Room
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.board import Board
from zz110_tui.core.commands_matters import (
    AcceptSupport,
    AdvanceOrder,
    AskSupport,
    CheckWarning,
    CloseSupport,
    FeedBackWarning,
    FinishOrder,
    IssueOrder,
    ProvideSupport,
    PushWarning,
    SignWarning,
    WithdrawMatter,
)
from zz110_tui.core.evolve import evolve
from zz110_tui.core.figures_matters import MatterCollector, MatterFigures, SchoolGuard, matter_figures
from zz110_tui.core.notices import About, Warrant
from zz110_tui.core.orders import ErrandStage, OrderKind
from zz110_tui.core.supports import SupportKind

MIN = 60_000
E = ErrandStage


def of(room: Room, start: int = 0, end: int = 1 << 62) -> MatterFigures:
    board, collector = Board(), MatterCollector()
    for entry in room.journal:
        evolve(board, entry)
        collector.on_entries((entry,), board)
    return matter_figures(collector.matters(start, end))


def after(room: Room, ms: int, command: c.Command) -> None:
    """Do it ``ms`` later to the millisecond (a step of the room takes one second of its own)."""
    room.now += ms - 1_000
    room.do(command)


def stand_guard(room: Room, number: int, *units: str, minutes: int = 15) -> None:
    room.do(IssueOrder(OrderKind.SCHOOL_GUARD, units, "", CROSSING))
    after(room, 20_000, AdvanceOrder(number, units, E.SIGNED))
    after(room, 4 * MIN, AdvanceOrder(number, units, E.EN_ROUTE))
    after(room, MIN, AdvanceOrder(number, units, E.ON_SCENE))
    after(room, minutes * MIN, FinishOrder(number))


def test_school_guard_counts_people_turns_and_minutes() -> None:
    """The service's own year: 9,006 person-turns in 4,503 turns of 15 minutes each, 67,545 minutes."""
    room = Room()
    stand_guard(room, 1, "01", "02")
    stand_guard(room, 2, "01")
    assert of(room).school_guard == SchoolGuard(person_turns=12, turns=3, minutes=45)


def test_who_never_got_there_stood_no_guard() -> None:
    room = Room()
    room.do(IssueOrder(OrderKind.SCHOOL_GUARD, ("01",), "", CROSSING))
    room.do(AdvanceOrder(1, ("01",), E.SIGNED))
    room.do(FinishOrder(1))
    assert of(room).school_guard == SchoolGuard(0, 0, 0)


def test_joint_operations_count_results_of_those_carried_out_and_people_caught() -> None:
    room = Room()
    for number, (result, caught) in enumerate(((True, 2), (False, 0), (True, 0)), 1):
        room.do(IssueOrder(OrderKind.JOINT_OPS, ("01",), "抓捕"))
        room.do(AdvanceOrder(number, ("01",), E.SIGNED))
        room.do(FinishOrder(number, result=result, caught=caught))
    room.do(IssueOrder(OrderKind.JOINT_OPS, ("01",), "未完成"))
    room.do(IssueOrder(OrderKind.JOINT_OPS, ("01",), "发错了"))
    room.do(c.Undo())
    found = of(room)
    assert (found.joint_ops.hits, found.joint_ops.of, found.caught) == (2, 3, 2)
    assert (found.orders, found.orders_done) == (4, 3), "what was entered in error is no order"


def test_leads_count_results_of_all_that_were_sent() -> None:
    room = Room()
    for number, result in ((1, True), (2, False)):
        room.do(AskSupport(SupportKind.LEAD, "新桥所", "线索"))
        room.do(AcceptSupport(number))
        room.do(ProvideSupport(number, "已查"))
        room.do(CloseSupport(number, result))
    room.do(AskSupport(SupportKind.LEAD, "新桥所", "线索"))
    room.do(AskSupport(SupportKind.VIDEO, "新桥所", "监控"))
    found = of(room)
    assert (found.leads.hits, found.leads.of) == (1, 3)
    assert (found.supports_answered.hits, found.supports_answered.of) == (2, 4)


def test_the_bulletins_bands_count_orders_and_warnings_together() -> None:
    room = Room()
    stand_guard(room, 1, "01")
    room.do(PushWarning(1, About.VEHICLE, "02", Warrant("1", "b", "王", room.now + 10**8), "闽E12345"))
    after(room, 100_000, SignWarning(1))
    after(room, 7 * MIN, CheckWarning(1))
    after(room, 45 * MIN, FeedBackWarning(1, True))
    found = of(room)
    assert found.signing.counts == (1, 0, 1, 0, 0), "20 s and 100 s"
    assert found.turn_out.counts == (1, 1, 0, 0, 0), "4:20 and 8:40"
    assert found.feedback.counts == (1, 1, 0, 0, 0), "15 and 45 minutes"


def test_a_period_has_what_began_in_it_and_called_off_is_not_done() -> None:
    room = Room()
    room.do(IssueOrder(OrderKind.COMMAND, ("01",), "集合"))
    noon = room.now + 500
    room.do(IssueOrder(OrderKind.COMMAND, ("01",), "再集合"))
    room.do(WithdrawMatter(Subject(SubjectKind.ORDER, "2"), "取消"))
    assert (of(room).orders, of(room, end=noon).orders, of(room, start=noon).orders) == (2, 1, 1)
    assert of(room).orders_done == 0
