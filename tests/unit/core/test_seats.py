"""Seats: locked by one's own hand, freed by a supervisor, handed over with notes that stay; and data looked at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.room import CROSSING, LI, WANG, Room
from zz110_tui.core import commands as c
from zz110_tui.core import commands_seats as cs
from zz110_tui.core import facts_seats as fs
from zz110_tui.core.alarms import AlarmKind, of_incident, of_report, of_unit
from zz110_tui.core.board import Board
from zz110_tui.core.conflicts import conflict
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.evolve import evolve

ZHAO = Actor("Zhao", "01", Duty.SUPERVISE, "keyboard")
SUN = Actor("Sun", LI.desk, Duty.DISPATCH, "keyboard")
"""Somebody else at Li's desk."""


@pytest.fixture
def room() -> Room:
    made = Room()
    made.do(c.OpenDesk(LI.duty))
    return made


def test_a_locked_desk_does_nothing_but_what_unlocks_it_leaves_it_or_saves_a_life(room: Room) -> None:
    room.fight()
    (locked,) = room.do(cs.LockDesk())
    assert locked == fs.DeskLocked("03", "Li", room.now)
    assert room.refused(c.AddNote(1, "x")) == "desk_locked"
    assert room.refused(c.Dispatch(1, ("01",))) == "desk_locked"
    assert room.refused(cs.Unmask(1, "x")) == "desk_locked"
    assert room.refused(c.Undo()) == "desk_locked"
    assert room.do(c.RaiseAlarm(AlarmKind.EMERGENCY, of_unit("01"), "01"))
    assert room.do(cs.LockDesk()) == ()
    assert room.do(cs.UnlockDesk())
    assert room.do(cs.UnlockDesk()) == ()
    assert room.do(c.AddNote(1, "x"))


def test_other_desks_go_on(room: Room) -> None:
    room.fight()
    room.do(cs.LockDesk())
    assert room.do(c.AddNote(1, "x"), WANG)


def test_only_who_locked_it_unlocks_it_and_nobody_sits_down_over_him(room: Room) -> None:
    room.do(cs.LockDesk())
    assert room.refused(cs.UnlockDesk(), SUN) == "desk_locked"
    assert room.refused(c.OpenDesk(SUN.duty), SUN) == "desk_locked"
    assert room.do(c.OpenDesk(LI.duty)) == (), "coming in again does not uncover it"
    assert room.board.desks["03"].locked_at


def test_a_supervisor_frees_a_locked_seat_and_says_why(room: Room) -> None:
    assert room.refused(cs.FreeDesk("03", "left"), ZHAO) == "desk_not_locked"
    room.do(cs.LockDesk())
    assert room.refused(cs.FreeDesk("03", " "), ZHAO) == "reason_missing"
    (freed,) = room.do(cs.FreeDesk("03", "left"), ZHAO)
    assert freed == fs.DeskFreed("03", "Li", "left", room.now)
    assert not room.board.desks["03"].staffed
    assert room.refused(cs.LockDesk()) == "desk_not_staffed"
    assert room.do(c.OpenDesk(SUN.duty), SUN)


def test_a_desk_that_is_left_is_not_locked_any_more(room: Room) -> None:
    room.do(cs.LockDesk())
    room.do(c.CloseDesk())
    assert not room.board.desks["03"].locked_at


def test_a_hand_over_names_what_is_open_and_changes_the_person(room: Room) -> None:
    first, second = room.fight(), room.fight()
    room.do(c.Finish(second, "cancelled"))
    waiting = room.ring()
    (made,) = room.do(cs.HandOver("Sun", "0001 waits for the doctor"))
    assert isinstance(made, fs.DeskHandedOver)
    assert (made.leaving, made.arriving, made.note) == ("Li", "Sun", "0001 waits for the doctor")
    assert first in made.incidents
    assert waiting in made.reports
    assert room.board.desks["03"].person == "Sun"


def test_notes_stay_until_somebody_else_has_read_them(room: Room) -> None:
    room.do(cs.HandOver("", "radio 3 is noisy"))
    room.do(cs.HandOver("Sun", "0001"))
    assert [note.text for note in room.board.hand_overs["03"]] == ["radio 3 is noisy", "0001"]
    assert room.refused(cs.ReadHandOver()) == "own_notes"
    (read,) = room.do(cs.ReadHandOver(), SUN)
    assert isinstance(read, fs.HandOverRead)
    assert (read.person, read.desk) == ("Sun", "03")
    assert room.board.hand_overs == {}
    assert room.refused(cs.ReadHandOver(), SUN) == "nothing_to_read"


def test_a_note_that_came_after_what_was_read_stays(room: Room) -> None:
    room.do(cs.HandOver("", "first"))
    (read,) = room.do(cs.ReadHandOver(), SUN)
    room.do(cs.HandOver("", "second"))
    evolve(room.board, replace(room.journal[-1], position=room.board.position + 1, fact=read))
    assert [note.text for note in room.board.hand_overs["03"]] == ["second"]


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (cs.HandOver("", " "), "hand_over_empty"),
        (cs.HandOver("Li"), "same_person"),
        (cs.HandOver("x" * 41), "text_too_long"),
        (cs.HandOver("Sun", "x" * 4001), "text_too_long"),
    ],
)
def test_a_hand_over_that_says_nothing_is_none(room: Room, command: cs.HandOver, code: str) -> None:
    assert room.refused(command) == code


def test_a_board_taken_from_its_image_has_the_notes_and_the_locks(room: Room) -> None:
    room.do(cs.HandOver("", "radio 3 is noisy"))
    room.do(cs.LockDesk())
    again = Board.from_image(room.board.image())
    assert again.image() == room.board.image()
    assert again.hand_overs == room.board.hand_overs
    assert again.desks["03"].locked_at


def test_looking_at_personal_data_needs_a_reason_and_stands_on_the_slip(room: Room) -> None:
    number = room.fight()
    assert room.refused(cs.Unmask(1, "  ")) == "reason_missing"
    assert room.refused(cs.Unmask(99, "x")) == "no_such_report"
    seen = room.board.position
    version = room.board.version(of_incident(number))
    (made,) = room.do(cs.Unmask(1, "to call back"), WANG)
    assert made == fs.DataUnmasked(1, number, "to call back", room.now)
    told = room.board.chronology(of_incident(number))[-1]
    assert (told.fact, told.actor) == (made, WANG)
    assert room.board.chronology(of_report(1))[-1] == told
    assert room.board.version(of_incident(number)) == version, "looking changes nothing"
    assert conflict(room.board, c.AmendIncident(number, text="x"), LI, seen) is None
    assert room.refused(c.Undo(), WANG) == "nothing_to_undo", "it cannot be taken back"


def test_the_place_of_a_slip_is_no_secret(room: Room) -> None:
    assert room.board.incidents.get(room.fight(), None) is not None
    assert room.board.incidents[1].place == CROSSING
