"""Several units on an incident, stacking, exchange, pre-emption, lead."""

from __future__ import annotations

from tests.support.room import LI, RULES, WANG, Room
from zz110_tui.core import commands as c
from zz110_tui.core.decide import decide
from zz110_tui.core.incidents import AssignmentStage, IncidentStage, Withdrawal
from zz110_tui.core.refusals import Refusal


def test_each_unit_has_its_own_times_and_the_incident_follows_the_furthest() -> None:
    room = Room()
    number = room.fight()
    room.dispatch(number, "01", "02")
    room.do(c.Advance(("02",), AssignmentStage.ON_SCENE))
    assert room.incident(number).stage is IncidentStage.ON_SCENE
    room.do(c.Advance(("01",), AssignmentStage.SIGNED))
    assert room.incident(number).stage is IncidentStage.ON_SCENE
    assert room.assignment(number, "01").on_scene_at == 0
    assert room.assignment(number, "02").signed_at == 0


def test_a_busy_unit_is_refused_and_the_refusal_says_who_sent_it() -> None:
    room = Room()
    first, second = room.fight(), room.fight()
    room.do(c.Dispatch(first, ("01",)), WANG)
    decision = decide(room.board, c.Dispatch(second, ("01",)), LI, room.now, RULES)
    assert isinstance(decision, Refusal)
    assert decision.code == "unit_busy"
    assert "04" in decision.sentence("zh")
    assert "Wang" in decision.sentence("en")
    assert "0001" in decision.sentence("en")


def test_several_are_sent_together_or_not_at_all() -> None:
    room = Room()
    first, second = room.fight(), room.fight()
    room.dispatch(first, "02")
    assert room.refused(c.Dispatch(second, ("01", "02"))) == "unit_busy"
    assert room.unit("01").available


def test_stacking_is_only_on_request_and_begins_when_the_first_incident_ends() -> None:
    room = Room()
    first, second = room.fight(), room.fight()
    room.to_scene(first, "01")
    room.dispatch(second, "01", stack=True)
    assert room.unit("01").incidents == (first, second)
    assert room.incident(second).stage is IncidentStage.QUEUED
    assert room.refused(c.Advance(("01",), AssignmentStage.SIGNED, second)) == "unit_not_on_incident"
    room.do(c.Clear(first, disposition="mediated"))
    assert room.unit("01").incidents == (second,)
    assert room.assignment(second, "01").stage is AssignmentStage.DISPATCHED
    assert room.assignment(second, "01").dispatched_at == room.now
    assert room.incident(second).stage is IncidentStage.DISPATCHED


def test_clearing_an_incident_takes_away_what_was_stacked_on_it() -> None:
    room = Room()
    first, second = room.fight(), room.fight()
    room.dispatch(first, "01")
    room.to_scene(second, "02")
    room.dispatch(second, "01", stack=True)
    room.do(c.Clear(second, disposition="mediated"))
    assert room.unit("01").incidents == (first,)


def test_a_radio_order_enters_units_that_are_already_there() -> None:
    room = Room()
    number = room.fight()
    room.do(c.Dispatch(number, ("01",), AssignmentStage.ON_SCENE))
    assert room.assignment(number, "01").on_scene_at == room.now
    assert room.incident(number).stage is IncidentStage.ON_SCENE


def test_steps_do_not_go_back_or_repeat() -> None:
    room = Room()
    number = room.fight()
    room.to_scene(number, "01")
    for stage in (AssignmentStage.SIGNED, AssignmentStage.EN_ROUTE, AssignmentStage.ON_SCENE):
        assert room.refused(c.Advance(("01",), stage)) == "step_not_possible"
    assert room.refused(c.Advance(("02",), AssignmentStage.SIGNED)) == "unit_not_assigned"
    assert room.refused(c.Dispatch(number, ("01",))) == "unit_already_there"


def test_the_last_one_out_says_how_it_ended_and_others_do_not() -> None:
    room = Room()
    number = room.fight()
    room.to_scene(number, "01", "02")
    assert room.refused(c.Clear(units=("01",), disposition="mediated")) == "others_still_there"
    room.do(c.Clear(units=("01",), text="先撤"))
    assert room.unit("01").available
    assert room.incident(number).stage is IncidentStage.ON_SCENE
    assert room.refused(c.Clear(units=("02",))) == "disposition_missing"
    assert room.refused(c.Clear(units=("02",), disposition="vanished")) == "no_such_disposition"
    assert room.refused(c.Clear(units=("02",), disposition="linked")) == "no_such_disposition", "that is another step"
    room.do(c.Clear(units=("02",), disposition="mediated"))
    assert room.incident(number).stage is IncidentStage.HANDLED


def test_clearing_the_incident_stands_down_those_under_way() -> None:
    room = Room()
    number = room.fight()
    assert room.refused(c.Clear(number, disposition="mediated")) == "nobody_on_scene"
    room.dispatch(number, "02")
    room.to_scene(number, "01")
    room.do(c.Clear(number, disposition="mediated"))
    assert room.assignment(number, "02").withdrawal is Withdrawal.INCIDENT_ENDED
    assert room.unit("02").available


def test_exchange_never_lets_the_incident_fall_back_into_the_queue() -> None:
    room = Room()
    number = room.fight()
    room.dispatch(number, "01")
    opened = room.incident(number).fresh_at
    room.do(c.Exchange("01", "02", "02 更近"))
    assert [a.unit for a in room.incident(number).working] == ["02"]
    assert room.incident(number).fresh_at == opened
    assert room.incident(number).lead == "02"
    assert room.unit("01").available
    assert room.refused(c.Exchange("02", "02")) == "same_unit"


def test_two_units_on_incidents_swap() -> None:
    room = Room()
    first, second = room.fight(), room.fight()
    room.dispatch(first, "01")
    room.dispatch(second, "02")
    room.do(c.Exchange("01", "02"))
    assert room.unit("01").incidents == (second,)
    assert room.unit("02").incidents == (first,)


def test_pre_emption_only_for_something_more_urgent_and_the_lesser_waits_again() -> None:
    room = Room()
    lesser, urgent = room.fight("noise"), room.fight("robbery")
    room.dispatch(lesser, "01")
    room.do(c.PreEmpt("01", urgent, "最近"))
    assert room.unit("01").incidents == (urgent,)
    assert room.incident(lesser).stage is IncidentStage.QUEUED
    assert room.incident(lesser).fresh_at == room.now
    assert room.assignment(lesser, "01").withdrawal is Withdrawal.PRE_EMPTED
    assert room.refused(c.PreEmpt("01", lesser)) == "not_more_urgent"
    assert room.refused(c.PreEmpt("02", lesser)) == "unit_not_assigned"


def test_the_first_unit_leads_until_another_is_named_or_it_leaves() -> None:
    room = Room()
    number = room.fight()
    room.dispatch(number, "01", "02", "03")
    assert room.incident(number).lead == "01"
    room.do(c.NameLead(number, "03"))
    assert room.incident(number).lead == "03"
    room.do(c.MakeAvailable(("03",), "另有任务"))
    assert room.incident(number).lead == "01"
    assert room.refused(c.NameLead(number, "03")) == "unit_not_on_incident"


def test_standing_down_the_only_unit_puts_the_incident_back_into_the_queue() -> None:
    room = Room()
    number = room.fight()
    room.dispatch(number, "01")
    room.do(c.MakeAvailable(("01",), "误派"))
    assert room.incident(number).stage is IncidentStage.QUEUED
    assert room.incident(number).fresh_at == room.now
    assert room.refused(c.MakeAvailable(("01",))) == "already_free"
