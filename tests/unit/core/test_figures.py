"""The figures of a period: counts, both clocks, bands, settled, the miss budget."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.support.room import NOON, RULES
from zz110_tui.core.figures import Figures, figures, miss_budget, within
from zz110_tui.core.incidents import Channel, ReportEnd
from zz110_tui.core.slips import ContactEnd, Sent, Slip

S = 1_000
MIN = 60 * S


def slip(number: int = 1, *, dispatch_s: int = 60, way_s: int = 120, **changes: Any) -> Slip:
    """A slip where one unit came: received at noon, sent after ``dispatch_s``, there after ``way_s`` more."""
    sent_at = NOON + dispatch_s * S
    there_at = sent_at + way_s * S
    base = Slip(
        number=number,
        type="noise",
        final_type="",
        priority=3,
        grid="G01",
        channel=Channel.PHONE,
        contacts=1,
        received_at=NOON,
        opened_at=NOON + 50 * S,
        dispatched_at=sent_at,
        arrived_at=there_at,
        handled_at=there_at + 20 * MIN,
        fed_back_at=there_at + 30 * MIN,
        closed_at=there_at + 40 * MIN,
        disposition="mediated",
        receiver="",
        satisfied=None,
        reopened=0,
        linked_to=0,
        sent=(Sent("01", sent_at, sent_at + 10 * S, sent_at + 40 * S, there_at, there_at + 20 * MIN),),
    )
    return replace(base, **changes)


def contact(number: int = 1, answer_s: int = 4, end: ReportEnd = ReportEnd.SLIP) -> ContactEnd:
    answered = NOON + answer_s * S if answer_s else 0
    return ContactEnd(number, Channel.PHONE, NOON, answered, NOON + 50 * S, end, number)


def of(*slips: Slip) -> Figures:
    return figures(slips, (), RULES)


def test_the_two_clocks_are_both_reported() -> None:
    found = of(slip(dispatch_s=100, way_s=250))
    assert found.from_dispatched.times.mean == 250
    assert found.from_received.times.mean == 350
    assert found.from_dispatched.within_5_min.hits == 1
    assert found.from_received.within_5_min.hits == 0
    assert found.from_received.within_10_min.hits == 1


def test_exactly_five_minutes_is_within_five_minutes() -> None:
    assert of(slip(dispatch_s=100, way_s=200)).from_received.within_5_min.share == 1.0
    assert of(slip(dispatch_s=100, way_s=201)).from_received.within_5_min.share == 0.0


def test_a_slip_where_nobody_came_is_counted_but_has_no_arrival() -> None:
    gone = slip(2, arrived_at=0, disposition="transferred", sent=())
    found = of(slip(), gone)
    assert found.slips == 2
    assert found.from_received.times.count == 1
    assert found.from_received.within_5_min.of == 1


@pytest.mark.parametrize("disposition", ["linked", "entered_in_error", "invalid", "nuisance"])
def test_what_is_no_incident_of_its_own_is_counted_apart(disposition: str) -> None:
    found = of(slip(), slip(2, disposition=disposition))
    assert found.slips == 1
    assert dict(found.slips_by_end)[disposition] == 1


def test_the_class_is_the_feedbacks_and_before_that_the_intakes() -> None:
    found = of(
        slip(1, type="noise"), slip(2, type="noise", final_type="robbery"), slip(3, type="gone from the rulebook")
    )
    assert {group.key: group.count for group in found.by_class} == {"dispute_help": 1, "criminal": 1, "": 1}
    assert {group.key: group.count for group in found.by_type}["robbery"] == 1


def test_settled_is_of_what_is_not_unlawful_and_only_where_somebody_came() -> None:
    found = of(
        slip(1, type="noise"),
        slip(2, type="noise", disposition="cancelled", arrived_at=0),
        slip(3, type="robbery"),
    )
    assert (found.lawful.hits, found.lawful.of) == (2, 3)
    assert (found.settled.hits, found.settled.of) == (1, 2)


def test_the_weekly_bulletins_bands() -> None:
    sent = tuple(Sent("01", NOON, NOON + s * S, NOON + 5 * s * S, NOON + 6 * s * S, 0) for s in (20, 45, 90, 150, 500))
    found = of(slip(sent=sent))
    assert found.signing.counts == (1, 1, 1, 1, 1)
    assert found.turn_out.counts == (2, 1, 1, 0, 1)
    late = slip(2, fed_back_at=slip().handled_at + 5 * 60 * MIN)
    assert of(slip(), late).feedback.counts == (1, 0, 0, 0, 1)


def test_a_unit_answers_for_its_own_arrival() -> None:
    first = Sent("01", NOON, 0, 0, NOON + 100 * S, 0)
    second = Sent("02", NOON + 50 * S, 0, 0, NOON + 400 * S, 0)
    turned_back = Sent("03", NOON, 0, 0, 0, NOON + 60 * S)
    found = of(slip(sent=(first, second, turned_back)))
    by_unit = {group.key: group for group in found.by_unit}
    assert by_unit["01"].from_received.times.mean == 100
    assert by_unit["02"].from_received.times.mean == 400
    assert by_unit["02"].from_dispatched.times.mean == 350
    assert by_unit["03"].from_received.times.count == 0
    assert by_unit["03"].count == 1


def test_answers_are_judged_against_every_contact_answered_or_not() -> None:
    found = figures((), (contact(1, 4), contact(2, 12), contact(3, 0, ReportEnd.ABANDONED)), RULES)
    assert (found.answered.count, found.answered_in_time.hits, found.answered_in_time.of) == (2, 1, 3)
    assert dict(found.contacts_by_end) == {"slip": 2, "abandoned": 1}


def test_the_satisfied_are_of_those_called_back() -> None:
    found = of(slip(1), slip(2, satisfied=True), slip(3, satisfied=False))
    assert (found.satisfied.hits, found.satisfied.of) == (1, 2)


def test_what_is_still_open_is_said() -> None:
    assert of(slip(1), slip(2, closed_at=0, disposition="")).still_open == 1


def test_a_period_is_half_open() -> None:
    slips, contacts = within((slip(1), slip(2, received_at=NOON + 10)), (contact(),), NOON, NOON + 10)
    assert [s.number for s in slips] == [1]
    assert len(contacts) == 1
    assert within((slip(),), (contact(),), NOON + 1, NOON + 10) == ((), ())


def test_the_miss_budget_of_the_service() -> None:
    """product.md: at 143 calls a day 93.45 % allows 9.4 late arrivals a day; 99.97 % one 10-minute miss in 23 days."""
    day = miss_budget(300, 0.9345, 4, 143.33)
    assert day.allowed == pytest.approx(9.4, abs=0.02)
    assert day.left == pytest.approx(5.4, abs=0.02)
    assert miss_budget(600, 0.9997, 0, 143.33 * 23).allowed == pytest.approx(1, abs=0.02)
    assert miss_budget(600, 0.9997, 2, 143.33 * 23).left < 0


def test_nothing_has_figures_too() -> None:
    found = of()
    assert (found.slips, found.contacts, found.from_received.within_5_min.share) == (0, 0, None)
    assert found.by_unit == ()
