"""Which incidents a call may belong to: offered with reasons, never far away, never linked by itself."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from benchmarks.bench_duplicates import bound, measure
from tests.support.effort import effort
from tests.support.room import CROSSING
from tests.support.scenes import Desk, rulebook
from zz110_tui.core import commands as c
from zz110_tui.core.duplicates import MOST, Call, Likeness, Sign, likely
from zz110_tui.core.places import Place, point

NUMBER = "13912342207"


@pytest.fixture
def room() -> Desk:
    """0001: a fight at the crossing, told by 139…2207."""
    made = Desk()
    made.do(c.OpenIncident("fight", CROSSING, text="夜宵摊有人打架，两人持刀", contact=NUMBER))
    return made


def beside(metres: float) -> Place:
    assert CROSSING.point is not None
    return Place("旁边", point(CROSSING.point.lon, CROSSING.point.lat + metres / 111_195))


def look(room: Desk, **more: object) -> tuple[Likeness, ...]:
    given: dict[str, object] = {"at": room.now + 60_000, "place": beside(40), "type": "fight", "text": "有人打架"}
    return likely(room.board, Call(**(given | more)), rulebook())  # type: ignore[arg-type]


def test_a_second_caller_is_offered_the_incident_with_every_reason(room: Desk) -> None:
    (one,) = look(room, contact=NUMBER)
    told = {reason.sign: reason.value for reason in one.reasons}
    assert one.incident == 1
    assert told.keys() == {Sign.NEAR, Sign.RECENT, Sign.TYPE, Sign.WORDS, Sign.NUMBER}
    assert told[Sign.NEAR] == "40"
    assert told[Sign.RECENT] == "1"
    assert "打架" in told[Sign.WORDS]


@pytest.mark.parametrize(
    "more",
    [
        {"place": beside(2_000)},
        {"at": 1_700_000_000_000 + 5 * 3_600_000},
        {"place": Place(""), "text": "有人打架"},
        {"place": beside(250), "type": "parking", "text": "挪车"},
        {"place": beside(900)},
    ],
    ids=["far away", "hours later", "no place and no number", "another thing near by", "blocks away"],
)
def test_what_is_something_else_is_not_offered(room: Desk, more: dict[str, object]) -> None:
    assert look(room, **more) == ()


def test_the_same_number_ties_it_even_without_a_place(room: Desk) -> None:
    assert [one.incident for one in look(room, place=Place(""), contact=NUMBER)] == [1]


def test_before_the_type_is_known_place_and_words_are_enough(room: Desk) -> None:
    assert [one.incident for one in look(room, type="")] == [1]


def test_a_place_nobody_can_put_on_the_map_is_compared_by_its_words(room: Desk) -> None:
    room.do(c.OpenIncident("fight", Place("老榕树下"), text="有人打架"))
    (one, *_) = look(room, place=Place("老榕树下"))
    assert one.incident == 2
    assert Sign.PLACE in {reason.sign for reason in one.reasons}


def test_what_is_closed_or_linked_away_is_not_offered(room: Desk) -> None:
    room.do(c.OpenIncident("fight", CROSSING))
    room.do(c.LinkIncident(2, 1))
    assert [one.incident for one in look(room)] == [1]
    room.do(c.Finish(1, "cancelled", "和好"))
    assert look(room) == ()


def test_the_newest_callers_time_counts(room: Desk) -> None:
    later = room.now + 100 * 60_000
    assert look(room, at=later + 40 * 60_000) == ()
    room.now = later
    room.do(c.LinkReport(room.ring(), 1))
    assert look(room, at=later + 60_000)


def test_at_most_three_the_likeliest_first(room: Desk) -> None:
    for _ in range(5):
        room.do(c.OpenIncident("fight", CROSSING, text="有人打架"))
    found = look(room)
    assert len(found) == MOST
    assert [one.points for one in found] == sorted((one.points for one in found), reverse=True)


def test_made_up_evenings_precision_and_recall() -> None:
    """The big run is ``python -m benchmarks.bench_duplicates``; this guards what it measures, beside its bound."""
    score = measure(6, first_seed=1)
    _, _, precision, recall = bound(score)
    assert score.precision >= 0.92
    assert score.recall >= 0.95
    assert score.precision > precision
    assert score.recall >= recall - 0.02


def test_a_look_over_five_hundred_incidents_is_quick(room: Desk) -> None:
    for _ in range(499):
        room.do(c.OpenIncident("fight", CROSSING, text="夜宵摊有人打架"))
    call = Call(room.now, CROSSING, "fight", "有人打架", NUMBER)
    likely(room.board, call, rulebook())
    texts = count()
    assert effort(lambda: likely(room.board, replace(call, text=f"有人打架{next(texts)}"), rulebook())) < 90


# -- another caller who is in no queue ---------------------------------------------------------------------------------


def test_a_caller_who_is_in_no_queue_joins_with_everything_said(room: Desk) -> None:
    room.do(c.LinkReport(0, 1, "又有一人报", caller="陈某", contact="13800000000", place=CROSSING))
    report = room.report(room.incident(1).reports[-1])
    assert (report.text, report.caller, report.contact) == ("又有一人报", "陈某", "13800000000")
    assert report.incident == 1
    room.do(c.Undo())
    assert report.number not in room.incident(1).reports


def test_what_is_typed_while_linking_an_answered_call_is_kept_as_a_note(room: Desk) -> None:
    number = room.ring()
    facts = room.do(c.LinkReport(number, 1, "一人已跑"))
    assert [type(fact).__name__ for fact in facts] == ["ReportEnded", "NoteAdded"]
