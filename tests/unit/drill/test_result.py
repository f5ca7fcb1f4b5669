"""Every call ends in exactly one recorded end, and what breaks that is a bug that is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.support.room import NOON
from zz110_tui.core.incidents import Channel, ReportEnd
from zz110_tui.core.slips import ContactEnd, Sent, Slip
from zz110_tui.drill.result import DrillBug, ends_of, unit_work


def slip(number: int, **changes: Any) -> Slip:
    base = Slip(
        number, "noise", "", 3, "", Channel.PHONE, 1, NOON, NOON, 0, 0, 0, 0, NOON + 1, "mediated", "", None, 0, 0, ()
    )
    return replace(base, **changes)


def contact(number: int, end: ReportEnd | None, incident: int = 0) -> ContactEnd:
    return ContactEnd(number, Channel.PHONE, NOON, NOON, NOON + 1 if end else 0, end, incident)


CONTACTS = (
    contact(1, ReportEnd.SLIP, 1),
    contact(2, ReportEnd.LINKED, 2),
    contact(3, ReportEnd.ABANDONED),
)
SLIPS = (slip(1), slip(2, disposition="linked", linked_to=1))
KEYS = ("a", "b", "c")
REPORTS = {"a": 1, "b": 2, "c": 3}
ONCE = {1: 1, 2: 1, 3: 1}


def test_each_call_is_counted_by_its_one_end() -> None:
    assert dict(ends_of(KEYS, REPORTS, CONTACTS, SLIPS, ONCE)) == {"mediated": 1, "linked": 1, "abandoned": 1}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reports": {"a": 1, "b": 2}}, "call c .* no report that ended"),
        ({"reports": {"a": 1, "b": 2, "c": 2}}, "two calls share a report"),
        ({"contacts": CONTACTS[:2]}, "call c .* no report that ended"),
        ({"contacts": (*CONTACTS[:2], contact(3, None))}, "call c .* its report has no end"),
        ({"ended": {1: 1, 2: 1}}, "call c .* 0 facts ended it"),
        ({"ended": {1: 2, 2: 1, 3: 1}}, "call a .* 2 facts ended it"),
        ({"slips": (slip(1, closed_at=0), SLIPS[1])}, "call a .* its slip 1 is not closed"),
        ({"slips": (slip(1, disposition=""), SLIPS[1])}, "call a .* its slip 1 is not closed"),
        ({"slips": SLIPS[:1]}, "call b .* its slip 2 is not closed"),
        ({"slips": (slip(1, closed_at=0), SLIPS[1])}, "2 calls without exactly one end"),
    ],
)
def test_a_call_without_its_end_or_with_two_is_a_bug(change: dict[str, Any], said: str) -> None:
    given = {"made": KEYS, "reports": REPORTS, "contacts": CONTACTS, "slips": SLIPS, "ended": ONCE} | change
    with pytest.raises(DrillBug, match=said):
        ends_of(**given)


def test_a_ring_of_links_is_a_bug_and_no_endless_loop() -> None:
    ring = (slip(1, linked_to=2), slip(2, linked_to=1))
    ends_of((), {}, (), ring, {})
    with pytest.raises(DrillBug):
        ends_of(("a",), {"a": 1}, CONTACTS, (slip(1, linked_to=2, closed_at=0), slip(2, linked_to=1)), {1: 1})


def test_a_unit_is_busy_from_being_sent_to_being_free_and_never_twice_at_once() -> None:
    def sent(unit: str, start: int, end: int) -> Sent:
        return Sent(unit, start, 0, 0, 0, end)

    slips = (
        slip(1, sent=(sent("01", 100, 300), sent("02", 900, 1_200))),
        slip(2, sent=(sent("01", 200, 400), sent("02", 0, 50))),
        slip(3, sent=(sent("02", 950, 0),)),
    )
    work = {one.unit: one for one in unit_work(slips, ("01", "02", "03"), 0, 1_000)}
    assert (work["01"].sent, work["01"].busy) == (2, 0.3)
    assert (work["02"].sent, work["02"].busy) == (3, 0.15)
    assert (work["03"].sent, work["03"].busy) == (0, 0.0)
