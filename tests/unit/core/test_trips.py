"""The trips a journal tells of: only what was measured, from where the unit was known to be."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.support.room import CROSSING, Room
from zz110_tui.core import commands as c
from zz110_tui.core import commands_cover as cc
from zz110_tui.core.board import Board
from zz110_tui.core.evolve import evolve
from zz110_tui.core.facts import Entry
from zz110_tui.core.incidents import AssignmentStage
from zz110_tui.core.places import Place, point
from zz110_tui.core.trips import TripLog, Unusable
from zz110_tui.core.units import BACK_AFTER_MS

LONG = BACK_AFTER_MS + 60_000
ON_SCENE = AssignmentStage.ON_SCENE


def told(journal: Sequence[Entry]) -> TripLog:
    board, log = Board(), TripLog()
    for entry in journal:
        log.take(board, entry)
        evolve(board, entry)
    return log


@pytest.fixture
def room() -> Room:
    """Everybody has stood at a post for long enough to be there."""
    fresh = Room()
    fresh.now += LONG
    return fresh


def drive(room: Room, *units: str, after: int = 199_000) -> int:
    incident = room.fight()
    room.dispatch(incident, *units)
    room.now += after
    room.do(c.Advance(units, ON_SCENE))
    return incident


def test_a_trip_leads_from_the_post_to_the_scene_and_takes_its_time(room: Room) -> None:
    incident = drive(room, "01", "02")
    first, second = told(room.journal).trips
    assert (first.unit, first.incident, first.end) == ("01", incident, CROSSING.point)
    assert first.start == room.unit("01").profile.post_point
    assert first.seconds == 200.0
    assert second.unit == "02"
    assert second.start != first.start


def test_where_a_unit_was_not_known_to_be_nothing_is_measured(room: Room) -> None:
    incident = drive(room, "01")
    room.do(c.Clear(incident, disposition="mediated"))
    room.now += 300_000  # on its way home, nobody knows where
    drive(room, "01")
    log = told(room.journal)
    assert [trip.incident for trip in log.trips] == [incident]
    assert log.unusable == {Unusable.WHERE_FROM: 1}
    room.do(c.Clear(incident + 1, disposition="mediated"))
    room.now += LONG
    drive(room, "01")
    assert len(told(room.journal).trips) == 2, "back at its post it counts again"


def test_a_unit_that_was_just_told_to_move_is_not_there_yet(room: Room) -> None:
    room.do(cc.FillIn("01", "P05", point(117.66, 24.52), "G05", 0, 0, 240))
    drive(room, "01")
    assert told(room.journal).unusable == {Unusable.WHERE_FROM: 1}


def test_what_was_remembered_afterwards_is_no_measurement(room: Room) -> None:
    incident = room.fight()
    room.dispatch(incident, "01")
    room.now += 900_000
    room.do(c.Advance(("01",), ON_SCENE, at=room.now - 600_000))
    assert told(room.journal).unusable == {Unusable.ENTERED_LATER: 1}


def test_a_scene_without_a_position_teaches_nothing(room: Room) -> None:
    incident = room.fight()
    room.do(c.AmendIncident(incident, place=Place("不知哪里")))
    room.dispatch(incident, "01")
    room.now += 200_000
    room.do(c.Advance(("01",), ON_SCENE))
    assert told(room.journal).unusable == {Unusable.WHERE_TO: 1}


@pytest.mark.parametrize("after", [1_000, 8_000_000])
def test_no_time_at_all_and_half_a_day_are_no_drive(room: Room, after: int) -> None:
    drive(room, "01", after=after)
    assert told(room.journal).unusable == {Unusable.NO_TIME: 1}


def test_an_arrival_that_was_undone_is_forgotten(room: Room) -> None:
    drive(room, "01")
    assert len(told(room.journal).trips) == 1
    room.do(c.Undo())
    assert told(room.journal).trips == ()


def test_a_unit_that_was_withdrawn_has_not_arrived(room: Room) -> None:
    incident = room.fight()
    room.dispatch(incident, "01")
    room.do(c.Exchange("01", "02"))
    room.now += 200_000
    room.do(c.Advance(("02",), ON_SCENE))
    assert [trip.unit for trip in told(room.journal).trips] == ["02"]
