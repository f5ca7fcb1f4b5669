"""Orders: tasks that are not calls. Each unit has its own part; the last one out says what came of it."""

from __future__ import annotations

import pytest

from tests.support.room import CROSSING, RULES, Room
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import AlarmKind, Subject, SubjectKind
from zz110_tui.core.commands_matters import AdvanceOrder, FinishOrder, IssueOrder, WithdrawMatter
from zz110_tui.core.deadlines import deadlines_of
from zz110_tui.core.incidents import AssignmentStage
from zz110_tui.core.orders import ErrandStage, Order, OrderKind, OrderStage
from zz110_tui.core.units import UnitStatus

T1 = Subject(SubjectKind.ORDER, "1")
E = ErrandStage


def guard(*units: str, kind: OrderKind = OrderKind.SCHOOL_GUARD, due_at: int = 0) -> Room:
    room = Room()
    due = room.now + due_at if due_at else 0
    room.do(IssueOrder(kind, units or ("01", "02"), "看好路口", CROSSING, due_at=due))
    return room


def order(room: Room) -> Order:
    found = room.board.matters[T1]
    assert isinstance(found, Order)
    return found


def test_an_order_goes_the_way_of_its_furthest_unit() -> None:
    room = guard()
    for command, stage in (
        (AdvanceOrder(1, ("01",), E.SIGNED), OrderStage.SIGNED),
        (AdvanceOrder(1, ("01", "02"), E.EN_ROUTE), OrderStage.EN_ROUTE),
        (AdvanceOrder(1, ("02",), E.ON_SCENE), OrderStage.ON_SCENE),
        (FinishOrder(1, ("02",)), OrderStage.EN_ROUTE),
        (FinishOrder(1, ("01",), text="平安"), OrderStage.DONE),
    ):
        room.do(command)
        assert order(room).stage is stage, command
    assert (order(room).found, order(room).ended_at) == ("平安", room.now)
    assert [errand.crew for errand in order(room).errands] == [4, 4], "for the person-turns"


def test_an_order_never_keeps_a_unit_from_a_call() -> None:
    room = guard("01")
    room.do(AdvanceOrder(1, ("01",), E.ON_SCENE))
    assert room.unit("01").available
    number = room.fight()
    room.to_scene(number, "01")
    assert order(room).stage is OrderStage.ON_SCENE, "the order waits for the call, and stays in sight"
    room.do(c.Clear(number, disposition="mediated"))
    room.do(FinishOrder(1))
    assert order(room).stage is OrderStage.DONE


def test_only_the_last_unit_out_says_what_came_of_it() -> None:
    room = guard()
    room.do(AdvanceOrder(1, ("01", "02"), E.SIGNED))
    assert room.refused(FinishOrder(1, ("01",), result=True)) == "order_not_over"
    assert room.refused(FinishOrder(1, ("01",), caught=1)) == "order_not_over"
    room.do(FinishOrder(1, ("01",), text="先撤"))
    room.do(FinishOrder(1, result=False))
    assert order(room).result is False


def test_of_a_joint_operations_order_the_result_has_to_be_said() -> None:
    room = guard("01", kind=OrderKind.JOINT_OPS)
    room.do(AdvanceOrder(1, ("01",), E.SIGNED))
    assert room.refused(FinishOrder(1)) == "result_missing"
    room.do(FinishOrder(1, caught=2))
    assert (order(room).result, order(room).caught) == (True, 2), "who caught somebody had a result"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (IssueOrder(OrderKind.SCHOOL_GUARD, ("01",), "看好"), "place_missing"),
        (IssueOrder(OrderKind.COMMAND, ("01",), ""), "reason_missing"),
        (IssueOrder(OrderKind.COMMAND, (), "x"), "no_unit_named"),
        (IssueOrder(OrderKind.COMMAND, ("99",), "x"), "no_such_unit"),
        (IssueOrder(OrderKind.COMMAND, ("01",), "x", due_at=1), "time_gone"),
        (AdvanceOrder(1, ("03",), E.SIGNED), "not_on_order"),
        (AdvanceOrder(9, ("01",), E.SIGNED), "no_such_matter"),
        (FinishOrder(1, ("01",)), "errand_step"),
        (FinishOrder(1, caught=-1), "errand_step"),
        (WithdrawMatter(T1, ""), "reason_missing"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(command: c.Command, code: str) -> None:
    assert guard().refused(command) == code


def test_a_unit_that_is_off_duty_is_ordered_nowhere() -> None:
    room = Room()
    room.do(c.SetStatus(("01",), UnitStatus.OFF_DUTY))
    assert room.refused(IssueOrder(OrderKind.COMMAND, ("01",), "x")) == "unit_not_on_duty"


def test_no_step_back_and_none_on_an_order_that_is_over() -> None:
    room = guard("01")
    room.do(AdvanceOrder(1, ("01",), E.ON_SCENE))
    assert room.refused(AdvanceOrder(1, ("01",), E.SIGNED)) == "errand_step"
    room.do(FinishOrder(1))
    assert room.refused(AdvanceOrder(1, ("01",), E.SIGNED)) == "matter_over"
    assert room.refused(WithdrawMatter(T1, "取消")) == "matter_over"


def test_one_unit_is_taken_off_and_the_others_go_on_until_all_are() -> None:
    room = guard("01", "02")
    room.do(WithdrawMatter(T1, "另有任务", ("01",)))
    assert [errand.stage for errand in order(room).errands] == [E.WITHDRAWN, E.ISSUED]
    room.do(WithdrawMatter(T1, "取消", ("02",)))
    assert order(room).stage is OrderStage.WITHDRAWN


def test_each_unit_that_has_not_signed_is_late_on_its_own_and_the_order_when_its_time_is_up() -> None:
    room = guard("01", "02", due_at=600_000)
    limit = RULES.limits_for(3).unsigned_order
    due = {(d.cause.kind, d.cause.unit): d.due for d in deadlines_of(room.board, T1, RULES)}
    at = order(room).opened_at
    assert due == {
        (AlarmKind.UNSIGNED_ORDER, "01"): at + limit,
        (AlarmKind.UNSIGNED_ORDER, "02"): at + limit,
        (AlarmKind.OVERDUE, ""): order(room).due_at,
    }
    room.do(AdvanceOrder(1, ("01",), E.SIGNED))
    assert [d.cause.unit for d in deadlines_of(room.board, T1, RULES)] == ["02", ""]


def test_a_step_on_an_order_is_taken_back_and_the_order_itself() -> None:
    room = guard("01")
    before = order(room)
    room.do(AdvanceOrder(1, ("01",), E.SIGNED))
    room.do(c.Undo())
    assert order(room).errands == before.errands
    room.do(c.Undo())
    assert order(room).stage is OrderStage.ENTERED_IN_ERROR
    assert not list(deadlines_of(room.board, T1, RULES))


def test_the_times_of_an_order_are_entered_afterwards_in_their_order() -> None:
    room = guard("01")
    at = order(room).opened_at
    assert room.refused(AdvanceOrder(1, ("01",), E.SIGNED, at - 1)) == "bad_time"
    room.do(AdvanceOrder(1, ("01",), E.SIGNED, at))
    assert order(room).errands[0].signed_at == at


def test_a_unit_on_an_order_is_sent_to_a_call_with_the_stages_of_a_call() -> None:
    """The one-key reports are the same: what they mean is said by what the unit was sent to."""
    room = guard("01")
    number = room.fight()
    room.dispatch(number, "01")
    room.do(c.Advance(("01",), AssignmentStage.SIGNED))
    assert room.assignment(number, "01").stage is AssignmentStage.SIGNED
    assert order(room).errands[0].stage is E.ISSUED
