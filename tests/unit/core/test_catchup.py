"""Paper slips: entered with their own times, in the order of things, marked, counted apart, and taken back by undo."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.support.room import CROSSING, LI, RULES, Room
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import of_incident
from zz110_tui.core.board import Board
from zz110_tui.core.commands_catchup import CatchUp
from zz110_tui.core.figures import figures
from zz110_tui.core.incidents import AssignmentStage, IncidentStage
from zz110_tui.core.places import NOWHERE
from zz110_tui.core.slips import SlipCollector

HOUR, MINUTE = 3_600_000, 60_000


def paper(room: Room, **changes: Any) -> CatchUp:
    """Received an hour ago, dispatched a minute later, there after five, done after thirty."""
    at = room.now - HOUR
    whole = CatchUp(
        "fight", CROSSING, at, at + MINUTE, at + 5 * MINUTE, at + 30 * MINUTE, ("01",), "mediated",
        text="两人持刀", paper="A-17",
    )  # fmt: skip
    return replace(whole, **changes)


def test_a_slip_from_paper_has_the_times_of_the_paper() -> None:
    room = Room()
    entered = paper(room)
    room.do(entered)
    incident = room.board.incidents[1]
    (a,) = incident.assignments
    assert (incident.received_at, incident.opened_at, incident.handled_at) == (
        entered.received_at, entered.received_at, entered.cleared_at,
    )  # fmt: skip
    assert (a.dispatched_at, a.on_scene_at, a.ended_at) == (
        entered.dispatched_at, entered.arrived_at, entered.cleared_at,
    )  # fmt: skip
    assert incident.stage is IncidentStage.HANDLED
    assert incident.disposition == "mediated"
    assert room.board.was_caught_up(1)
    assert room.board.caught_up_from("A-17") == 1
    assert not room.board.units["01"].incidents
    entry = room.board.chronology(of_incident(1))[0]
    assert entry.at == room.now, "when it was entered is kept too"


def test_one_that_still_goes_on_keeps_its_unit() -> None:
    room = Room()
    room.do(paper(room, arrived_at=0, cleared_at=0, disposition=""))
    (a,) = room.board.incidents[1].assignments
    assert a.stage is AssignmentStage.DISPATCHED
    assert room.board.units["01"].incidents == (1,)
    room.do(c.Advance(("01",), AssignmentStage.ON_SCENE))


def test_one_without_a_unit_waits_for_one() -> None:
    room = Room()
    room.do(paper(room, units=(), dispatched_at=0, arrived_at=0, cleared_at=0, disposition=""))
    assert room.board.incidents[1].stage is IncidentStage.QUEUED


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"received_at": 0}, "time_missing"),
        ({"dispatched_at": 0}, "time_missing"),
        ({"arrived_at": 0}, "time_missing"),
        ({"cleared_at": 0}, "time_missing"),
        ({"disposition": ""}, "paper_end_missing"),
        ({"disposition": "linked"}, "no_such_disposition"),
        ({"units": ()}, "no_unit_named"),
        ({"units": ("99",)}, "no_such_unit"),
        ({"type": "x"}, "no_such_type"),
        ({"place": NOWHERE}, "place_missing"),
        ({"text": "x" * 4001}, "text_too_long"),
        ({"priority": 9}, "bad_priority"),
    ],
)
def test_what_the_paper_lacks_or_cannot_mean_is_refused(changes: dict[str, Any], code: str) -> None:
    room = Room()
    assert room.refused(paper(room, **changes)) == code


@pytest.mark.parametrize("later", ["received_at", "dispatched_at", "arrived_at", "cleared_at"])
def test_times_go_forward_and_never_beyond_now(later: Any) -> None:
    room = Room()
    whole = paper(room)
    at: dict[str, Any] = {later: room.now + HOUR}
    assert room.refused(replace(whole, **at)) == "bad_time"
    if later != "received_at":
        at = {later: whole.received_at - 1}
        assert room.refused(replace(whole, **at)) == "bad_time"


def test_paper_older_than_a_week_is_for_the_archive() -> None:
    room = Room()
    old = room.now - 8 * 24 * HOUR
    assert room.refused(paper(room, received_at=old)) == "too_long_ago"


def test_the_same_paper_is_entered_once() -> None:
    room = Room()
    room.do(paper(room))
    assert room.refused(paper(room, units=("02",))) == "paper_known"
    room.do(paper(room, units=("02",), paper="A-18"))


def test_a_unit_was_not_at_two_places_at_once() -> None:
    room = Room()
    room.do(paper(room))
    assert room.refused(paper(room, paper="A-18")) == "unit_busy_then"
    later = {"dispatched_at": room.now - 20 * MINUTE, "arrived_at": room.now - 15 * MINUTE}
    room.do(paper(room, paper="A-18", cleared_at=room.now - MINUTE, **later))


def test_a_unit_that_is_busy_now_may_have_been_elsewhere_then_and_stays_where_it_is() -> None:
    room = Room()
    number = room.fight()
    room.do(c.Dispatch(number, ("01",), AssignmentStage.ON_SCENE))
    before = room.board.units["01"]
    room.do(paper(room, place=replace(CROSSING, point=None)))
    assert room.board.units["01"].incidents == (number,)
    assert room.board.units["01"].position == before.position


def test_undo_takes_it_back_whole() -> None:
    room = Room()
    room.do(paper(room))
    room.do(c.Undo())
    assert room.board.incidents[1].disposition == "entered_in_error"
    assert not room.board.units["01"].incidents


def test_the_mark_is_there_again_on_a_board_from_its_image_and_gone_with_the_slip() -> None:
    room = Room()
    room.do(paper(room))
    assert Board.from_image(room.board.image()).was_caught_up(1)
    room.do(c.FeedBack(1))
    room.do(c.CloseIncident(1))
    room.board.drop_incident(1)
    assert not room.board.was_caught_up(1)


def test_figures_give_the_rates_without_and_with_them() -> None:
    room = Room()
    slow = room.now - HOUR
    room.do(paper(room, arrived_at=slow + 20 * MINUTE))
    number = room.fight()
    room.do(c.Dispatch(number, ("02",), AssignmentStage.ON_SCENE))
    collector = SlipCollector()
    made = figures(collector.slips(room.board), (), RULES)
    assert (made.slips, made.caught_up) == (2, 1)
    assert (made.from_received.within_5_min.hits, made.from_received.within_5_min.of) == (1, 1)
    assert (made.with_caught_up.within_5_min.hits, made.with_caught_up.within_5_min.of) == (1, 2)
    assert made.budgets[0].late == 0


def test_it_is_entered_as_the_desk_that_entered_it() -> None:
    room = Room()
    room.do(paper(room))
    assert room.board.reports[1].answered_desk == LI.desk
