"""Support requests are answered either way; ledger entries are followed until what was settled holds."""

from __future__ import annotations

import pytest

from tests.support.engines import running
from tests.support.room import CROSSING, LI, RULES, Room
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import AlarmKind, Subject, SubjectKind
from zz110_tui.core.commands_matters import (
    AcceptSupport,
    AskSupport,
    AssignLedger,
    CloseLedger,
    CloseSupport,
    FollowUpLedger,
    OpenLedger,
    ProvideSupport,
    SettleLedger,
    WithdrawMatter,
)
from zz110_tui.core.deadlines import deadlines_of
from zz110_tui.core.decisions.supports import FOLLOW_UP_MS
from zz110_tui.core.ledger import LedgerEntry, LedgerKind, LedgerStage
from zz110_tui.core.places import NOWHERE
from zz110_tui.core.supports import Support, SupportKind, SupportStage

S1, E1 = Subject(SubjectKind.SUPPORT, "1"), Subject(SubjectKind.LEDGER, "1")
ASK = AskSupport(SupportKind.VIDEO, "东铺头所", "调监控")
FIND = OpenLedger(LedgerKind.DISPUTE, "邻里噪音", CROSSING)


def room(*commands: c.Command) -> Room:
    made = Room()
    for command in commands:
        made.do(command)
    return made


def support(of: Room) -> Support:
    found = of.board.matters[S1]
    assert isinstance(found, Support)
    return found


def entry(of: Room) -> LedgerEntry:
    found = of.board.matters[E1]
    assert isinstance(found, LedgerEntry)
    return found


def test_a_request_is_accepted_given_and_confirmed() -> None:
    desk = room(
        ASK, AcceptSupport(1, "马上"), ProvideSupport(1, "已调"), ProvideSupport(1, "补一段"), CloseSupport(1, True)
    )
    found = support(desk)
    assert (found.stage, found.answer, found.found, found.result) == (SupportStage.CLOSED, "马上", "补一段", True)


def test_a_request_is_declined_with_its_reason() -> None:
    desk = room(ASK, WithdrawMatter(S1, "设备检修"))
    assert (support(desk).stage, support(desk).answer) == (SupportStage.DECLINED, "设备检修")


def test_a_request_nobody_answers_is_late() -> None:
    desk = room(ASK)
    (due,) = deadlines_of(desk.board, S1, RULES)
    assert (due.cause.kind, due.due) == (AlarmKind.UNSUPPORTED, desk.now + RULES.limits_for(3).unsupported)
    desk.do(AcceptSupport(1))
    assert not list(deadlines_of(desk.board, S1, RULES))


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (AskSupport(SupportKind.LEAD, " ", "线索"), "station_missing"),
        (AskSupport(SupportKind.LEAD, "所", ""), "reason_missing"),
        (ProvideSupport(1, "已调"), "matter_step"),
        (CloseSupport(1), "matter_step"),
        (OpenLedger(LedgerKind.HAZARD, "", CROSSING), "reason_missing"),
        (OpenLedger(LedgerKind.HAZARD, "x", NOWHERE), "place_missing"),
        (AssignLedger(1, ""), "holder_missing"),
        (AssignLedger(1, "所", 1), "time_gone"),
        (SettleLedger(1, ""), "reason_missing"),
        (FollowUpLedger(1, True), "matter_step"),
        (CloseLedger(1), "matter_step"),
        (WithdrawMatter(E1, "x"), "not_withdrawn"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(command: c.Command, code: str) -> None:
    assert room(ASK, FIND).refused(command) == code


def test_an_entry_is_followed_to_its_end() -> None:
    desk = room(FIND)
    due = desk.now + 100_000
    desk.do(AssignLedger(1, "新桥所", due))
    assert (entry(desk).stage, entry(desk).holder, entry(desk).due_at) == (LedgerStage.ASSIGNED, "新桥所", due)
    desk.do(SettleLedger(1, "双方和解"))
    assert (entry(desk).stage, entry(desk).due_at) == (LedgerStage.SETTLED, desk.now + FOLLOW_UP_MS)
    desk.do(FollowUpLedger(1, True))
    desk.do(CloseLedger(1))
    assert (entry(desk).stage, entry(desk).due_at) == (LedgerStage.CLOSED, 0)
    assert desk.refused(AssignLedger(1, "新桥所")) == "matter_over"


def test_what_does_not_hold_is_assigned_anew_and_needs_a_reason() -> None:
    desk = room(FIND, SettleLedger(1, "口头和解"))
    assert desk.refused(FollowUpLedger(1, False)) == "reason_missing"
    desk.do(FollowUpLedger(1, False, "又吵"))
    assert (entry(desk).stage, entry(desk).due_at) == (LedgerStage.ASSIGNED, desk.now + FOLLOW_UP_MS)


async def test_a_follow_up_that_is_due_is_an_alarm_until_it_is_done() -> None:
    async with running() as core:
        link = core.link(LI)
        for command in (FIND, SettleLedger(1, "和解")):
            assert (await link.submit(command)).accepted
        await core.pass_time(FOLLOW_UP_MS)
        assert [a.kind for a in core.engine.board.alarms_of(E1)] == [AlarmKind.OVERDUE]
        assert (await link.submit(FollowUpLedger(1, True))).accepted
        assert core.engine.board.alarms_of(E1) == ()


async def test_what_ended_leaves_the_board_after_a_day_and_stays_in_the_journal() -> None:
    async with running() as core:
        link = core.link(LI)
        for command in (ASK, WithdrawMatter(S1, "不需要"), FIND):
            assert (await link.submit(command)).accepted
        await core.pass_time(26 * 3_600_000)
        assert set(core.engine.board.matters) == {E1}, "what is open stays"
        assert core.engine.board.next_number(SubjectKind.SUPPORT) == 2
        assert any(type(e.fact).__name__ == "MattersFiled" for e in core.journal.read())
