"""Filling in, sending together, closing a ring: what is done, what is refused, what can be taken back."""

from __future__ import annotations

import pytest

from tests.support.scenes import Desk, city
from zz110_tui.core import commands as c
from zz110_tui.core import facts as f
from zz110_tui.core.commands_cover import CloseRing, DispatchTogether, FillIn, Hold, Sending
from zz110_tui.core.conflicts import conflict, guarded
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.facts_cover import RingClosed, UnitFilledIn
from zz110_tui.core.places import Point
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.units import UnitStatus, whereabouts

P06 = next(post for post in city().posts if post.id == "P06")
HERE = Point(117.66, 24.51)


def refused(room: Desk, command: c.Command) -> str:
    answer = room.send_at(command)
    assert isinstance(answer, Refusal), answer
    return answer.code


def test_a_unit_fills_in_and_the_reason_is_kept() -> None:
    room = Desk()
    (fact,) = room.do(FillIn("04", P06.name.text, P06.point, "G04", 912, 963, 240))
    assert isinstance(fact, UnitFilledIn)
    assert (fact.leaves, fact.before, fact.after, fact.radius_s) == ("P04", 912, 963, 240)
    unit = room.board.units["04"]
    assert unit.profile.post_point == P06.point
    assert whereabouts(unit, room.now)[0] == P06.point, "where it was last seen means nothing any more"


def test_it_is_taken_back_with_undo() -> None:
    room = Desk()
    before = room.board.units["04"].profile
    room.do(FillIn("04", P06.name.text, P06.point))
    room.do(c.Undo())
    assert room.board.units["04"].profile == before


def test_only_a_free_unit_fills_in_and_only_elsewhere() -> None:
    room = Desk()
    room.open()
    room.dispatch(1, "04")
    assert refused(room, FillIn("04", "P06", P06.point)) == "unit_busy"
    room.do(c.SetStatus(("05",), UnitStatus.OFF_DUTY))
    assert refused(room, FillIn("05", "P06", P06.point)) == "unit_not_on_duty"
    own = room.board.units["06"].profile
    assert refused(room, FillIn("06", own.post, own.post_point)) == "already_at_post"
    assert refused(room, FillIn("99", "P06", P06.point)) == "no_such_unit"
    assert refused(room, FillIn("07", " ", P06.point)) == "reason_missing"


def test_whoever_accepts_what_another_desk_has_accepted_is_told_by_whom() -> None:
    room = Desk()
    seen = room.board.position
    command = FillIn("04", P06.name.text, P06.point)
    room.do(command)
    again = room.send_at(command)
    assert isinstance(again, Refusal)
    assert again.code == "filled_in_already"
    maker = room.board.day_of("04")[-1].actor
    for language in ("zh", "en"):
        assert f"{maker.desk} {maker.person}" in again.sentence(language)
    other = Actor("王", "77", Duty.DISPATCH, "keyboard")
    late = conflict(room.board, FillIn("04", "P07", HERE), other, seen)
    assert late is not None
    assert late.code == "changed_meanwhile"
    assert f"{maker.desk} {maker.person}" in late.sentence("zh")
    assert P06.name.text in late.sentence("zh")
    assert conflict(room.board, command, other, room.board.position) is None
    assert conflict(room.board, command, maker, seen) is None, "one's own step is no conflict"
    room.do(c.Undo())
    own = room.board.units["04"].profile
    assert refused(room, FillIn("04", own.post, own.post_point)) == "already_at_post"


def test_several_incidents_are_sent_to_in_one_step_or_not_at_all() -> None:
    room = Desk()
    one, two = room.open(), room.open(where="漳州医院")
    facts = room.do(DispatchTogether((Sending(one, ("03", "05")), Sending(two, ("01",)))))
    assert [(fact.incident, fact.unit) for fact in facts if isinstance(fact, f.UnitAssigned)] == [
        (one, "03"),
        (one, "05"),
        (two, "01"),
    ]
    room.do(c.Undo())
    assert all(not room.board.units[sign].incidents for sign in ("01", "03", "05"))
    room.dispatch(two, "01")
    before = room.board.image()
    assert refused(room, DispatchTogether((Sending(one, ("03",)), Sending(two, ("01",))))) == "unit_already_there"
    assert refused(room, DispatchTogether((Sending(one, ("03",)), Sending(two, ("03",))))) == "unit_named_twice"
    assert refused(room, DispatchTogether(())) == "no_unit_named"
    assert refused(room, DispatchTogether((Sending(one, ()),))) == "no_unit_named"
    assert room.board.image() == before


def test_sending_together_is_guarded_like_each_dispatch() -> None:
    command = DispatchTogether((Sending(1, ("03",)), Sending(2, ("05",))))
    assert guarded(command) == (*guarded(c.Dispatch(1, ("03",))), *guarded(c.Dispatch(2, ("05",))))
    assert guarded(CloseRing(1, HERE, ())) == guarded(c.Dispatch(1, ("03",)))


def test_a_ring_sends_whoever_is_not_on_the_way_yet_and_tells_each_its_place() -> None:
    room = Desk()
    number = room.open("robbery")
    room.dispatch(number, "03")
    holds = (Hold("03", "延安路", HERE, 60), Hold("05", "胜利路", HERE, 90))
    facts = room.do(CloseRing(number, HERE, holds, ("水仙大街",)))
    assert isinstance(facts[0], f.UnitAssigned)
    assert facts[0].unit == "05"
    assert len(facts) == 2
    assert facts[1] == RingClosed(number, HERE, holds, ("水仙大街",), room.now)
    assert room.board.units["05"].incidents == (number,)
    room.do(c.Undo())
    assert room.board.units["05"].incidents == ()
    assert room.board.units["03"].incidents == (number,)


def test_a_ring_needs_units_that_can_come() -> None:
    room = Desk()
    number, other = room.open(), room.open()
    room.dispatch(other, "03")
    assert refused(room, CloseRing(number, HERE, (Hold("03", "x", HERE, 1),))) == "unit_busy"
    assert refused(room, CloseRing(number, HERE, ())) == "no_unit_named"
    twice = (Hold("05", "x", HERE, 1), Hold("05", "y", HERE, 1))
    assert refused(room, CloseRing(number, HERE, twice)) == "unit_named_twice"
    many = tuple(Hold(f"{n}", "x", HERE, 1) for n in range(61))
    assert refused(room, CloseRing(number, HERE, many)) == "ring_too_large"
    assert refused(room, CloseRing(99, HERE, (Hold("05", "x", HERE, 1),))) == "no_such_incident"
    assert refused(room, CloseRing(number, HERE, (Hold("05", " ", HERE, 1),))) == "reason_missing"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_refusals_name_what_they_are_about(language: str) -> None:
    room = Desk()
    own = room.board.units["06"].profile
    answer = room.send_at(FillIn("06", own.post, own.post_point))
    assert isinstance(answer, Refusal)
    assert "06" in answer.sentence(language)
    assert answer.remedy(language)
