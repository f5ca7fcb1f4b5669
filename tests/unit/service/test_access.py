"""Each duty against each command: the table as it is meant, cell by cell, and the door that asks it."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from tests.golden.samples import COMMANDS as SAMPLES
from tests.support.engines import running
from tests.support.room import CROSSING, LI, Room
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import AlarmKind, of_unit
from zz110_tui.core.board import Board
from zz110_tui.core.desks import SYSTEM, Actor, Duty
from zz110_tui.core.incidents import AssignmentStage, ReportEnd
from zz110_tui.core.units import UnitStatus
from zz110_tui.service.access import ALLOWED, ONLY_IF, READERS, forbidden
from zz110_tui.store.memory import MemoryJournal
from zz110_tui.wire.names import COMMANDS

COLUMNS = (
    Duty.TAKE,
    Duty.DISPATCH,
    Duty.SUPERVISE,
    Duty.TRAIN,
    Duty.AUDIT,
    Duty.ADMIN,
    Duty.UNIT,
    Duty.GATEWAY,
    Duty.SYSTEM,
)

MEANT = """
                 take dispatch supervise train audit admin unit gateway system
adopt_city        -      -        -        D     -     y    -     -       y
open_desk         c      c        c        c     c     c    -     -       -
close_desk        y      y        y        y     y     y    -     -       -
receive_report    y      y        y        D     -     -    -     y       -
answer_report     y      y        y        D     -     -    -     -       -
end_report        y      y        y        D     -     -    -     c       -
open_incident     y      y        y        D     -     -    -     -       -
amend_incident    y      y        y        D     -     -    -     -       -
link_incident     y      y        y        D     -     -    -     -       -
link_report       y      y        y        D     -     -    -     -       -
transfer          y      y        y        D     -     -    -     -       -
finish            y      y        y        D     -     -    -     c       -
call_back         y      y        y        D     -     -    -     -       -
add_note          y      y        y        D     -     -    c     y       -
take_alarm        y      y        y        D     -     -    -     -       -
undo              y      y        y        D     -     -    y     -       -
split             -      y        y        D     -     -    -     -       -
dispatch          -      y        y        D     -     -    -     -       -
exchange          -      y        y        D     -     -    -     -       -
pre_empt          -      y        y        D     -     -    -     -       -
name_lead         -      y        y        D     -     -    -     -       -
hold              -      y        y        D     -     -    -     -       -
release           -      y        y        D     -     -    -     -       -
close_incident    -      y        y        D     -     -    -     -       -
reopen            -      y        y        D     -     -    -     -       -
clear_alarm       -      y        y        D     -     -    -     -       -
shelve_alarm      -      y        y        D     -     -    -     -       -
unshelve_alarm    -      y        y        D     -     -    -     -       y
rise_alarm        -      -        -        -     -     -    -     -       y
advance           -      y        y        D     -     -    c     -       -
contact           -      y        y        D     -     -    c     -       -
clear             -      y        y        D     -     -    c     -       -
make_available    -      y        y        D     -     -    -     -       -
set_status        -      y        y        D     -     -    c     -       -
move_to_post      -      y        y        D     -     -    c     -       -
fill_in           -      y        y        D     -     -    -     -       -
dispatch_together -      y        y        D     -     -    -     -       -
close_ring        -      y        y        D     -     -    -     -       -
feed_back         -      y        y        D     -     -    c     -       -
raise_alarm       c      c        c        c     -     -    c     c       y
catch_up          y      y        y        D     -     -    -     -       -
lock_desk         y      y        y        y     y     y    -     -       -
unlock_desk       y      y        y        y     y     y    -     -       -
free_desk         -      -        y        -     -     -    -     -       -
hand_over         y      y        y        D     -     -    -     -       -
read_hand_over    y      y        y        D     -     -    -     -       -
unmask            y      y        y        D     -     -    -     -       -
file_slips        -      -        -        -     -     -    -     -       y
send_message      y      y        y        D     -     -    y     -       -
read_message      y      y        y        D     -     -    c     -       -
issue_order       -      y        y        D     -     -    -     -       -
advance_order     -      y        y        D     -     -    c     -       -
finish_order      -      y        y        D     -     -    c     -       -
push_warning      -      y        y        D     -     -    -     -       -
sign_warning      -      y        y        D     -     -    c     -       -
check_warning     -      y        y        D     -     -    c     -       -
supervise_warning -      -        y        D     -     -    -     -       -
feed_back_warning -      y        y        D     -     -    c     -       -
ask_support       y      y        y        D     -     -    y     -       -
accept_support    -      y        y        D     -     -    -     -       -
provide_support   -      y        y        D     -     -    -     -       -
close_support     -      y        y        D     -     -    -     -       -
put_out_bolo      -      y        y        D     -     -    -     -       -
look_at_notice    y      y        y        D     -     -    -     -       -
report_sighting   y      y        y        D     -     -    c     -       -
end_notice        -      -        -        -     -     -    -     -       y
open_ledger       y      y        y        D     -     -    y     -       -
assign_ledger     -      y        y        D     -     -    -     -       -
settle_ledger     -      y        y        D     -     -    -     -       -
follow_up_ledger  y      y        y        D     -     -    -     -       -
close_ledger      -      y        y        D     -     -    -     -       -
set_squad         -      y        y        D     -     -    -     -       -
change_turn       -      y        y        D     -     -    -     -       -
withdraw_matter   -      y        y        D     -     -    -     -       -
note_matter       y      y        y        D     -     -    c     -       -
answer_question   y      y        y        D     -     -    -     -       -
tick_steps        y      y        y        D     -     -    c     -       -
attach_link       y      y        y        D     -     -    c     y       -
weigh_priority    y      y        y        D     -     -    -     -       -
"""
"""y: may. -: may not. D: in a drill only. c: under a condition, tested by name below (train: in a drill only)."""

CELLS = {
    (line.split()[0], duty): mark
    for line in MEANT.strip().splitlines()[1:]
    for duty, mark in zip(COLUMNS, line.split()[1:], strict=True)
}
BY_NAME: dict[str, Any] = {COMMANDS.of[type(sample)].text: sample for sample in SAMPLES}
DOCS = Path(__file__).parents[3] / "docs"


def who(duty: Duty, person: str = "01") -> Actor:
    return Actor(person, "09", duty, "test")


def may(command: c.Command, actor: Actor, board: Board | None = None, drill: bool = False) -> bool:
    refusal = forbidden(command, actor, Board() if board is None else board, "drill" if drill else "live")
    if refusal is not None:
        assert refusal.code == "not_yours_to_do"
        for language in ("zh", "en"):
            assert "term:" not in refusal.sentence(language)
    return refusal is None


def test_the_table_as_meant_has_every_command_and_every_duty() -> None:
    assert {name for name, _ in CELLS} == {name.text for name in COMMANDS.of.values()} == set(BY_NAME)
    assert {duty for _, duty in CELLS} == set(Duty)


@pytest.mark.parametrize(("name", "duty"), CELLS)
def test_a_cell(name: str, duty: Duty) -> None:
    mark, command, actor = CELLS[name, duty], BY_NAME[name], who(duty)
    if mark == "c":
        assert (duty, type(command)) in ONLY_IF
        return
    assert (duty, type(command)) not in ONLY_IF
    assert may(command, actor, drill=True) is (mark in "yD")
    assert may(command, actor, drill=False) is (mark == "y")


def test_a_command_that_nobody_thought_of_is_nobodys() -> None:
    @dataclasses.dataclass(frozen=True)
    class LaunchDrone:
        pass

    for duty in Duty:
        assert not may(LaunchDrone(), who(duty), drill=True)  # type: ignore[arg-type]


@pytest.mark.parametrize("duty", [Duty.TAKE, Duty.DISPATCH, Duty.SUPERVISE, Duty.TRAIN, Duty.AUDIT, Duty.ADMIN])
def test_a_seat_is_taken_with_the_duty_one_has(duty: Duty) -> None:
    assert may(c.OpenDesk(duty), who(duty))
    assert all(not may(c.OpenDesk(other), who(duty)) for other in Duty if other is not duty)


@pytest.mark.parametrize("duty", [Duty.TAKE, Duty.DISPATCH, Duty.SUPERVISE, Duty.GATEWAY])
def test_whoever_hears_of_an_emergency_may_ring_but_deadlines_are_the_cores_own(duty: Duty) -> None:
    assert may(c.RaiseAlarm(AlarmKind.EMERGENCY, of_unit("02"), "02"), who(duty))
    assert not may(c.RaiseAlarm(AlarmKind.UNDISPATCHED, of_unit("02"), "02"), who(duty))
    assert may(c.RaiseAlarm(AlarmKind.UNDISPATCHED, of_unit("02"), "02"), SYSTEM)


def test_a_unit_reports_about_itself_alone() -> None:
    unit = who(Duty.UNIT, "01")
    on_scene = AssignmentStage.ON_SCENE
    for mine, theirs in (
        (c.Advance(("01",), on_scene), c.Advance(("02",), on_scene)),
        (c.Advance(("01",), on_scene), c.Advance(("01", "02"), on_scene)),
        (c.Contact(("01",)), c.Contact(("02",))),
        (c.SetStatus(("01",), UnitStatus.OFF_DUTY), c.SetStatus(("02",), UnitStatus.OFF_DUTY)),
        (c.MoveToPost("01", "P1", CROSSING.point), c.MoveToPost("02", "P1", CROSSING.point)),  # type: ignore[arg-type]
        (c.Clear(0, ("01",)), c.Clear(0, ("02",))),
        (
            c.RaiseAlarm(AlarmKind.EMERGENCY, of_unit("01"), "01"),
            c.RaiseAlarm(AlarmKind.EMERGENCY, of_unit("02"), "02"),
        ),
        (c.RaiseAlarm(AlarmKind.EMERGENCY, of_unit("01"), "01"), c.RaiseAlarm(AlarmKind.UNSIGNED, of_unit("01"), "01")),
    ):
        assert may(mine, unit), mine
        assert not may(theirs, unit), theirs


def test_a_unit_speaks_about_the_incidents_it_was_sent_to() -> None:
    room = Room()
    there, elsewhere = room.fight(), room.fight()
    room.dispatch(there, "01", "02")
    unit = who(Duty.UNIT, "01")
    for number, allowed in ((there, True), (elsewhere, False), (99, False)):
        for command in (
            c.Clear(number, disposition="mediated"),
            c.FeedBack(number),
            c.AddNote(number, "两人", unit="01"),
        ):
            assert may(command, unit, room.board) is allowed, command
    assert not may(c.AddNote(there, "冒名", unit="02"), unit, room.board)
    assert not may(c.AddNote(there, "无名"), unit, room.board)


def test_an_exchange_ends_only_what_the_caller_ended() -> None:
    gateway = who(Duty.GATEWAY)
    assert may(c.EndReport(1, ReportEnd.ABANDONED), gateway)
    assert not may(c.EndReport(1, ReportEnd.INVALID), gateway)
    assert may(c.Finish(1, "cancelled"), gateway)
    assert not may(c.Finish(1, "invalid"), gateway)


def test_an_administrator_reads_no_slips_and_an_auditor_writes_nothing() -> None:
    assert Duty.ADMIN not in READERS
    assert Duty.AUDIT in READERS
    writes = [name for name in BY_NAME if CELLS[name, Duty.AUDIT] != "-"]
    assert writes == ["open_desk", "close_desk", "lock_desk", "unlock_desk"], "that he sat there is in the record"


async def test_the_engine_asks_before_it_decides_and_a_refusal_changes_nothing() -> None:
    async with running(MemoryJournal("live")) as room:
        await room.link(LI).submit(c.OpenIncident("fight", CROSSING))
        before = room.engine.board.image()
        for duty in (Duty.AUDIT, Duty.ADMIN, Duty.TAKE, Duty.TRAIN, Duty.UNIT, Duty.GATEWAY):
            answer = await room.link(Actor("x", "x", duty)).submit(c.Dispatch(1, ("01",)))
            assert answer.refusal is not None
            assert answer.refusal.code == "not_yours_to_do"
        assert room.engine.board.image() == before
        assert (await room.link(LI).submit(c.Dispatch(1, ("01",)))).accepted


def test_every_condition_is_of_a_cell_that_is_allowed() -> None:
    assert all(duty in ALLOWED[cls] for duty, cls in ONLY_IF)


def test_the_documentation_shows_this_table() -> None:
    for page in ("duties.md", "duties.zh-CN.md"):
        assert MEANT.strip() in (DOCS / page).read_text(encoding="utf-8")
