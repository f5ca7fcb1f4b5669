"""Whatever anybody sends about calls and matters, in whatever order, the core keeps its invariants."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from tests.support.room import CROSSING, Room
from tests.unit.core.test_core_properties import AnyDay, actors, call_signs, reasons, some_units
from zz110_tui.core import commands as c
from zz110_tui.core import commands_matters as m
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.desks import Actor
from zz110_tui.core.ledger import LedgerKind
from zz110_tui.core.matters import Matter
from zz110_tui.core.messages import Message, MessageStage
from zz110_tui.core.notices import About, Warrant
from zz110_tui.core.orders import ErrandStage, Order, OrderKind, OrderStage, order_stage
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.roster import Roster, Squad
from zz110_tui.core.supports import SupportKind

M = TypeVar("M", bound=Matter)
HOUR_MS = 3_600_000
STEPS = (ErrandStage.SIGNED, ErrandStage.EN_ROUTE, ErrandStage.ON_SCENE)
NUMBERED = {
    "message": SubjectKind.MESSAGE,
    "order": SubjectKind.ORDER,
    "warning": SubjectKind.WARNING,
    "support": SubjectKind.SUPPORT,
    "bolo": SubjectKind.BOLO,
    "entry": SubjectKind.LEDGER,
}
numbers = st.integers(1, 4)
kinds = (SubjectKind.ORDER, SubjectKind.WARNING, SubjectKind.BOLO, SubjectKind.SUPPORT, SubjectKind.MESSAGE)
subjects = st.builds(lambda kind, number: Subject(kind, str(number)), st.sampled_from(kinds), numbers)
results = st.sampled_from([None, True, False])
desks = st.sampled_from([(), ("03",), ("03", "04")])

matters = st.one_of(
    st.builds(m.SendMessage, reasons, some_units, desks, st.integers(1, 5)),
    st.builds(m.ReadMessage, numbers, st.sampled_from(["", "01", "02"])),
    st.builds(m.IssueOrder, st.sampled_from(OrderKind), some_units, reasons, st.just(CROSSING)),
    st.builds(m.AdvanceOrder, numbers, some_units, st.sampled_from(STEPS)),
    st.builds(m.FinishOrder, numbers, some_units, results, st.integers(0, 2), reasons),
    st.builds(m.SignWarning, numbers),
    st.builds(m.CheckWarning, numbers, reasons),
    st.builds(m.SuperviseWarning, numbers, reasons),
    st.builds(m.FeedBackWarning, numbers, results, reasons),
    st.builds(m.AskSupport, st.sampled_from(SupportKind), st.just("东铺头所"), reasons),
    st.builds(m.AcceptSupport, numbers),
    st.builds(m.ProvideSupport, numbers),
    st.builds(m.CloseSupport, numbers, results),
    st.builds(m.LookAtNotice, subjects),
    st.builds(m.ReportSighting, numbers, reasons, st.sampled_from(["", "01"])),
    st.builds(m.OpenLedger, st.sampled_from(LedgerKind), reasons, st.just(CROSSING)),
    st.builds(m.AssignLedger, numbers, st.sampled_from(["", "新桥所"])),
    st.builds(m.SettleLedger, numbers, reasons),
    st.builds(m.FollowUpLedger, numbers, st.booleans(), reasons),
    st.builds(m.CloseLedger, numbers),
    st.builds(m.SetSquad, st.builds(Squad, st.sampled_from(["一班", "二班"]), some_units), st.integers(0, 5)),
    st.builds(m.ChangeTurn, st.sampled_from(["", "一班", "二班"])),
    st.builds(m.WithdrawMatter, subjects, reasons, some_units),
    st.builds(m.NoteMatter, subjects, reasons, st.sampled_from(["", "01"])),
)


class AnyDayWithMatters(AnyDay):
    """The same room and the same invariants, with orders, warnings, messages and the rest between the calls."""

    @rule(command=matters, actor=actors, aimed=st.sampled_from([True, True, False]))
    def anybody_sends_anything_about_matters(self, command: c.Command, actor: Actor, aimed: bool) -> None:
        self._send(self._aimed(command) if aimed else command, actor)

    @rule(units=some_units, steps=st.lists(st.integers(0, 3), max_size=4), actor=actors)
    def an_order_goes_on(self, units: tuple[str, ...], steps: list[int], actor: Actor) -> None:
        """Issued, and some of the steps that its units may report, in any order."""
        self._send(m.IssueOrder(OrderKind.PATROL_CHECK, units, "查车", CROSSING), actor)
        number = self.room.board.next_matter.get(SubjectKind.ORDER, 1) - 1
        for step in steps:
            self._send(m.FinishOrder(number) if step == 3 else m.AdvanceOrder(number, units[:1], STEPS[step]), actor)

    def _aimed(self, command: Any) -> Any:
        """The same about a matter that there is, where there is one of the kind, and an order's own units."""
        for name, kind in NUMBERED.items():
            number = getattr(command, name, None)
            there = [matter for matter in self.room.board.matters.values() if matter.subject.kind is kind]
            if isinstance(number, int) and there:
                matter = there[number % len(there)]
                command = replace(command, **{name: matter.number})
                if isinstance(matter, Order) and hasattr(command, "units"):
                    command = replace(command, units=tuple(errand.unit for errand in matter.errands if errand.live))
        return command

    @rule(actor=actors, hours=st.integers(1, 4), unit=call_signs, watch=st.booleans())
    def a_notice_is_put_out(self, actor: Actor, hours: int, unit: str, watch: bool) -> None:
        warrant = Warrant("案1", "刑诉法", "王局", self.room.now + hours * HOUR_MS)
        text = "闽E12345"
        about = About.VEHICLE
        self._send(m.PutOutBolo(about, warrant, text) if watch else m.PushWarning(1, about, unit, warrant, text), actor)

    def _send(self, command: c.Command, actor: Actor) -> None:
        free = _free(self.room)
        before = self.room.board.image()
        answer = self.room.send(command, actor)
        if isinstance(answer, Refusal):
            assert self.room.board.image() == before, "a refusal changes nothing"
            assert all(answer.sentence(language) and answer.remedy(language) for language in ("zh", "en"))
        if not isinstance(command, m.ChangeTurn):
            assert _free(self.room) == free, "nothing about a matter keeps a unit from a call, or frees it from one"
        self.catch_up()

    @invariant()
    def an_order_is_as_far_as_its_units(self) -> None:
        for order in self._of(Order):
            if order.stage not in (OrderStage.ENTERED_IN_ERROR, OrderStage.WITHDRAWN):
                assert order.stage is order_stage(order.errands)
            assert order.open == any(errand.live for errand in order.errands) or order.ended_at

    @invariant()
    def a_message_is_read_when_everybody_read_it(self) -> None:
        for message in self._of(Message):
            if message.stage is not MessageStage.ENTERED_IN_ERROR:
                assert (message.stage is MessageStage.READ) == (not message.unread)

    @invariant()
    def what_is_over_has_an_end_and_no_alarm(self) -> None:
        board = self.room.board
        for matter in board.matters.values():
            if not isinstance(matter, Roster):
                assert matter.open == (not matter.ended_at), matter
            assert matter.open or not board.alarms_of(matter.subject)

    def _of(self, family: type[M]) -> list[M]:
        return [matter for matter in self.room.board.matters.values() if isinstance(matter, family)]


def _free(room: Room) -> set[str]:
    return {unit.call_sign for unit in room.board.units.values() if unit.available}


AnyDayWithMatters.TestCase.settings = settings(
    max_examples=50, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
)
TestAnyDayWithMatters = AnyDayWithMatters.TestCase
