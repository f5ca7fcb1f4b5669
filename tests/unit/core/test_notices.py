"""Warnings and watch notices: nothing without case, basis, approver and end; each look recorded; over by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.engines import running
from tests.support.room import CROSSING, LI, NOON, RULES, WANG, Room
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import AlarmKind, Subject, SubjectKind
from zz110_tui.core.commands_matters import (
    CheckWarning,
    EndNotice,
    FeedBackWarning,
    LookAtNotice,
    PushWarning,
    PutOutBolo,
    ReportSighting,
    SignWarning,
    SuperviseWarning,
    WithdrawMatter,
)
from zz110_tui.core.deadlines import deadlines_of
from zz110_tui.core.desks import SYSTEM
from zz110_tui.core.notices import (
    LONGEST_MS,
    LOOK_MS,
    About,
    Bolo,
    BoloStage,
    WarningNotice,
    WarningStage,
    Warrant,
    may_be_read,
)

DAY = 86_400_000
WARRANT = Warrant("漳公刑2026-12", "刑诉法", "王局", NOON + DAY)
PUSH = PushWarning(1, About.VEHICLE, "01", WARRANT, "闽E12345", CROSSING)
BOLO = PutOutBolo(About.VEHICLE, WARRANT, "闽E12345")
W1, B1 = Subject(SubjectKind.WARNING, "1"), Subject(SubjectKind.BOLO, "1")


def room(*commands: c.Command) -> Room:
    made = Room()
    for command in commands:
        made.do(command)
    return made


def warning(of: Room) -> WarningNotice:
    found = of.board.matters[W1]
    assert isinstance(found, WarningNotice)
    return found


def bolo(of: Room) -> Bolo:
    found = of.board.matters[B1]
    assert isinstance(found, Bolo)
    return found


@pytest.mark.parametrize("notice", [PUSH, BOLO], ids=["warning", "bolo"])
@pytest.mark.parametrize(
    ("warrant", "code"),
    [
        (replace(WARRANT, case=" "), "warrant_no_case"),
        (replace(WARRANT, basis=""), "warrant_no_basis"),
        (replace(WARRANT, approver=""), "warrant_no_approver"),
        (replace(WARRANT, ends_at=0), "warrant_no_end"),
        (replace(WARRANT, ends_at=NOON), "bad_end"),
        (replace(WARRANT, ends_at=NOON + LONGEST_MS + DAY), "bad_end"),
    ],
)
def test_there_is_no_notice_without_what_makes_it_lawful(
    notice: PushWarning | PutOutBolo, warrant: Warrant, code: str
) -> None:
    assert room().refused(replace(notice, warrant=warrant)) == code


def test_persons_are_only_those_of_a_named_case() -> None:
    """Wanted, missing, in danger: there is no kind for anybody else, and no list of people by what they are."""
    persons = set(About) - {About.EVENT, About.PLACE, About.VEHICLE, About.OBJECT}
    assert persons == {About.WANTED, About.MISSING, About.IN_DANGER}


def test_a_warning_goes_its_way_and_a_supervisor_may_have_it_checked_again() -> None:
    desk = room(PUSH)
    for command, stage in (
        (SignWarning(1), WarningStage.SIGNED),
        (CheckWarning(1, "车不在"), WarningStage.CHECKED),
        (SuperviseWarning(1, "再看停车场"), WarningStage.SUPERVISED),
        (CheckWarning(1, "车在地下"), WarningStage.CHECKED),
        (FeedBackWarning(1, True, "车已扣"), WarningStage.FED_BACK),
    ):
        desk.do(command)
        assert warning(desk).stage is stage
    assert (warning(desk).result, warning(desk).found) == (True, "车已扣")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (replace(PUSH, unit=""), "no_unit_named"),
        (replace(PUSH, text=""), "reason_missing"),
        (replace(PUSH, grade=0), "bad_priority"),
        (FeedBackWarning(1), "matter_step"),
        (SuperviseWarning(1, "x"), "matter_step"),
        (SignWarning(9), "no_such_matter"),
        (LookAtNotice(Subject(SubjectKind.ORDER, "1")), "no_such_matter"),
        (WithdrawMatter(W1, ""), "reason_missing"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(command: c.Command, code: str) -> None:
    assert room(PUSH).refused(command) == code


def test_an_unsigned_warning_is_late() -> None:
    desk = room(PUSH)
    unsigned = [d for d in deadlines_of(desk.board, W1, RULES) if d.cause.kind is AlarmKind.UNSIGNED_ORDER]
    assert [(d.cause.unit, d.due) for d in unsigned] == [("01", desk.now + RULES.limits_for(1).unsigned_order)]
    desk.do(SignWarning(1))
    assert {d.cause.kind for d in deadlines_of(desk.board, W1, RULES)} == {AlarmKind.NOTICE_END}


def test_each_look_is_a_fact_and_shows_the_words_for_ten_minutes_to_that_desk_alone() -> None:
    desk = room(BOLO)
    assert may_be_read(bolo(desk), LI.desk, LI.person, desk.now), "who put it out knows it"
    assert not may_be_read(bolo(desk), WANG.desk, WANG.person, desk.now)
    for _ in range(3):
        (fact,) = desk.do(LookAtNotice(B1, "核对车牌"), WANG)
        assert (type(fact).__name__, desk.journal[-1].actor) == ("NoticeLookedAt", WANG)
    assert may_be_read(bolo(desk), WANG.desk, WANG.person, desk.now)
    assert not may_be_read(bolo(desk), WANG.desk, "Zhao", desk.now), "the next person at that desk looks again"
    assert not may_be_read(bolo(desk), WANG.desk, WANG.person, desk.now + LOOK_MS)


def test_a_look_is_never_taken_back() -> None:
    desk = room(BOLO)
    desk.do(LookAtNotice(B1), WANG)
    assert desk.refused(c.Undo(), WANG) == "nothing_to_undo"


def test_sightings_count_until_the_notice_is_called_off() -> None:
    desk = room(BOLO, ReportSighting(1, "在公园", "01", CROSSING), ReportSighting(1, "往北"))
    assert bolo(desk).sightings == 2
    desk.do(WithdrawMatter(B1, "已找到"))
    assert bolo(desk).stage is BoloStage.WITHDRAWN
    assert desk.refused(ReportSighting(1, "又见")) == "matter_over"


@pytest.mark.parametrize(("command", "subject"), [(PUSH, W1), (BOLO, B1)], ids=["warning", "bolo"])
async def test_a_notice_ends_by_itself_at_its_time_to_the_millisecond(command: c.Command, subject: Subject) -> None:
    async with running() as core:
        link = core.link(LI)
        assert (await link.submit(command)).accepted
        assert (await link.submit(SignWarning(1))).accepted or subject is B1
        await core.pass_time(DAY - 1)
        assert core.engine.board.matters[subject].open
        await core.pass_time(1)
        assert not core.engine.board.matters[subject].open
        last = [entry for entry in core.journal.read() if type(entry.fact).__name__ == "NoticeExpired"]
        assert [(entry.at, entry.actor) for entry in last] == [(NOON + DAY, SYSTEM)]
        assert not any(a.kind is AlarmKind.NOTICE_END for a in core.engine.board.alarms.values())


def test_nobody_but_the_core_ends_a_notice_and_the_core_not_before_its_time() -> None:
    desk = room(BOLO)
    assert desk.refused(EndNotice(B1)) == "not_yours_to_do"
    assert desk.do(EndNotice(B1), SYSTEM) == ()
    assert desk.refused(c.RaiseAlarm(AlarmKind.NOTICE_END, B1), SYSTEM) == "alarm_not_due"
