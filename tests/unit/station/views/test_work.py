"""The list of work: what needs a hand next comes first, and nothing that needs one is crowded out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.room import CROSSING, NOON, RULES, Room
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import Alarm, AlarmKind, Subject, SubjectKind, of_incident, of_report
from zz110_tui.core.commands_matters import IssueOrder, OpenLedger, PutOutBolo, SetSquad, SettleLedger
from zz110_tui.core.incidents import AssignmentStage
from zz110_tui.core.ledger import LedgerKind
from zz110_tui.core.notices import About, Warrant
from zz110_tui.core.orders import OrderKind
from zz110_tui.core.roster import Squad
from zz110_tui.station.views.work import Item, Section, Work, visible, work_of


def test_within_a_section_priority_comes_before_waiting_time() -> None:
    room = Room()
    noise = room.fight("noise")
    fight = room.fight()
    robbery = room.fight("robbery")
    older_of_two = [item.subject for item in work_of(room.board, RULES).sections[Section.SEND]]
    assert older_of_two == [of_incident(robbery), of_incident(fight), of_incident(noise)]


def test_of_the_same_priority_the_longest_wait_comes_first() -> None:
    room = Room()
    first, second = room.fight(), room.fight()
    assert [i.subject for i in work_of(room.board, RULES).items] == [of_incident(first), of_incident(second)]


def test_what_is_on_hold_comes_after_what_is_due() -> None:
    room = Room()
    held = room.fight("robbery")
    room.do(c.Hold(held, reason="等"))
    noise = room.fight("noise")
    items = work_of(room.board, RULES).sections[Section.SEND]
    assert [item.subject for item in items] == [of_incident(noise), of_incident(held)]
    assert items[1].held


def test_an_answered_report_comes_after_one_that_still_rings() -> None:
    room = Room()
    one, two = room.ring(), room.ring()
    room.do(c.AnswerReport(one))
    items = work_of(room.board, RULES).sections[Section.ANSWER]
    assert [item.subject for item in items] == [of_report(two), of_report(one)]


def test_an_incident_moves_through_the_sections_and_leaves_when_closed() -> None:
    room = Room()
    number = room.fight()
    seen = [_section(room, number)]
    room.dispatch(number, "01")
    seen.append(_section(room, number))
    room.do(c.Advance(("01",), AssignmentStage.ON_SCENE))
    room.do(c.Clear(number, disposition="mediated"))
    seen.append(_section(room, number))
    room.do(c.FeedBack(number))
    room.do(c.CloseIncident(number))
    assert seen == [Section.SEND, Section.WORKING, Section.HANDLED]
    assert work_of(room.board, RULES).items == ()


def _section(room: Room, number: int) -> Section:
    spot = work_of(room.board, RULES).spot(of_incident(number))
    assert spot is not None
    return spot[0]


def test_the_clock_of_a_row_runs_to_the_limit_that_is_due_first() -> None:
    room = Room()
    number = room.fight()
    item = work_of(room.board, RULES).items[0]
    limit = RULES.limits_for(2).undispatched
    assert (item.since, item.due) == (room.incident(number).fresh_at, room.incident(number).fresh_at + limit)
    assert item.share(item.since) == 0.0
    assert item.share(item.due) == 1.0


Counts = tuple[int, int, int, int, int]


def _work(counts: Counts) -> Work:
    sections = []
    for section, count in zip(Section, counts, strict=True):
        start = section * 100_000
        items = [Item(section, of_incident(start + n), 2, NOON, NOON + 1) for n in range(count)]
        sections.append(tuple(items))
    return Work(tuple(sections))


COUNTS = st.tuples(*[st.integers(0, 40)] * 5)


@given(COUNTS, st.integers(4, 60), st.randoms(use_true_random=False))
def test_what_is_shown_fits_is_in_order_and_has_the_selected_one(counts: Counts, height: int, dice: object) -> None:
    work = _work(counts)
    selected = None
    if work.items:
        selected = work.items[dice.randrange(len(work.items))].subject  # type: ignore[attr-defined]
    shown = visible(work, height, selected)
    assert sum(1 + len(s.items) for s in shown) <= max(height, len(shown))
    for s in shown:
        assert s.items == work.sections[s.section][s.first : s.first + len(s.items)]
        assert s.total == counts[s.section]
    if height >= 12 and selected is not None:
        assert any(item.subject == selected for s in shown for item in s.items)


def test_a_flood_of_calls_does_not_crowd_out_what_waits_for_a_unit() -> None:
    shown = {s.section: len(s.items) for s in visible(_work((100, 5, 5, 5, 0)), 16, None)}
    assert shown[Section.SEND] == 3
    assert shown[Section.WORKING] == 2
    assert shown[Section.ANSWER] >= 3


def test_room_that_one_section_does_not_need_goes_to_the_others() -> None:
    shown = {s.section: len(s.items) for s in visible(_work((1, 20, 1, 1, 0)), 16, None)}
    assert shown[Section.SEND] == 10
    assert sum(shown.values()) == 12


def test_matters_have_their_place_after_the_calls_and_no_heading_while_there_are_none() -> None:
    assert Section.MATTERS not in {s.section for s in visible(_work((1, 1, 1, 1, 0)), 16, None)}
    shown = visible(_work((9, 9, 9, 9, 9)), 16, None)
    assert [s.section for s in shown][-1] is Section.MATTERS
    assert len(shown[-1].items) >= 1, "a flood of calls leaves one row of them in sight"


@pytest.mark.parametrize("rows", [9, 10, 12])
def test_in_a_small_window_the_most_urgent_of_each_section_comes_before_the_second_of_any(rows: int) -> None:
    """80x24 leaves the list ten rows: five headings, and what needs a hand first under four of them."""
    shown = {s.section: len(s.items) for s in visible(_work((9, 9, 9, 9, 9)), rows, None)}
    assert all(shown[section] >= 1 for section in (Section.ANSWER, Section.SEND, Section.WORKING, Section.MATTERS))


def test_of_matters_what_is_late_comes_first_and_watch_notices_last() -> None:
    room = Room()
    room.do(OpenLedger(LedgerKind.DISPUTE, "邻里", CROSSING))
    room.do(OpenLedger(LedgerKind.DISPUTE, "楼上漏水", CROSSING))
    second = room.board.matters[Subject(SubjectKind.LEDGER, "2")]
    assert [item.subject.id for item in work_of(room.board, RULES).items] == ["1", "2"]
    alarm = Alarm(AlarmKind.OVERDUE, second.subject, "", 3, room.now, room.now)
    room.board.put_alarm(alarm)
    assert [item.subject.id for item in work_of(room.board, RULES).items] == ["2", "1"]


def test_the_ledger_and_the_roster_are_quiet_while_nothing_of_them_is_due() -> None:
    room = Room()
    room.do(OpenLedger(LedgerKind.DISPUTE, "邻里", CROSSING))
    room.do(SetSquad(Squad("一班", ("01",)), 5))
    assert [item.subject.kind for item in work_of(room.board, RULES).items] == [SubjectKind.LEDGER], (
        "found, nobody's yet"
    )
    room.do(SettleLedger(1, "和解"))
    assert work_of(room.board, RULES).items == ()
    room.do(IssueOrder(OrderKind.COMMAND, ("01",), "集合"))
    room.do(PutOutBolo(About.VEHICLE, Warrant("1", "b", "王", room.now + 10**6), "x", priority=1))
    kinds = [item.subject.kind for item in work_of(room.board, RULES).items]
    assert kinds == [SubjectKind.ORDER, SubjectKind.BOLO], "a standing notice comes after what is in somebody's hand"
