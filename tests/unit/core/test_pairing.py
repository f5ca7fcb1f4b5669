"""Waiting slips and free units matched together: the sum of arrivals is least, the more urgent slip is served first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zz110_tui.core.board import Board
from zz110_tui.core.commands_cover import Sending
from zz110_tui.core.incidents import Incident, IncidentStage
from zz110_tui.core.pairing import pair
from zz110_tui.core.places import Place, Point, point
from zz110_tui.core.recommend import FIRST_LINE_NEAR_S, KIND_PATIENCE_S, Arrival
from zz110_tui.core.rulebook import ResponsePlan, TurnOut
from zz110_tui.core.units import Unit, UnitKind, UnitProfile, UnitStatus

PLAIN = ResponsePlan((TurnOut(1),))
PLACES = {number: point(117.60 + number / 100, 24.5) for number in range(1, 6)}


@dataclass(frozen=True)
class After:
    seconds: float

    def chance_within(self, limit_s: float, /) -> float:
        return float(self.seconds <= limit_s)


def unit(call_sign: str, *, kind: UnitKind = UnitKind.PATROL_RESPONSE, second: bool = False, crew: int = 3) -> Unit:
    profile = UnitProfile(call_sign, kind, "", crew, "G01", "P", PLACES[1], second_line=second)
    return Unit(profile, UnitStatus.FREE)


def slip(number: int, priority: int = 2, *, at: int = 0, held: int = 0, placed: bool = True) -> Incident:
    place = Place("x", PLACES[number] if placed else None)
    made = Incident(
        number=number, type="fight", priority=priority, place=place, text="", received_at=at, opened_at=at, fresh_at=at
    )
    return replace(made, stage=IncidentStage.QUEUED, held_until=held)


def paired(
    slips: list[Incident],
    units: list[Unit],
    seconds: dict[str, list[float]],
    plans: dict[int, ResponsePlan] | None = None,
) -> tuple[Sending, ...]:
    """``seconds`` of each unit to the slips 1, 2, … in their order."""
    board = Board(units={u.call_sign: u for u in units}, incidents={s.number: s for s in slips})
    number_at = {place: number for number, place in PLACES.items()}

    def travel(who: Unit, to: Point) -> Arrival | None:
        row = seconds.get(who.call_sign)
        return None if row is None else After(row[number_at[to] - 1])

    return pair(board, travel, lambda known: (plans or {}).get(known.number, PLAIN))


def test_the_first_slip_does_not_take_the_unit_the_second_needs_more() -> None:
    """One after the other would be 60 + 600 seconds; together it is 90 + 70."""
    found = paired([slip(1), slip(2, at=1)], [unit("01"), unit("02")], {"01": [60, 70], "02": [90, 600]})
    assert found == (Sending(1, ("02",)), Sending(2, ("01",)))


def test_with_too_few_units_the_more_urgent_slip_is_served_however_far_it_is() -> None:
    found = paired([slip(1, 3), slip(2, 1)], [unit("01")], {"01": [10, 2000]})
    assert found == (Sending(2, ("01",)),)


def test_of_equally_urgent_slips_the_one_that_waits_longer_is_served() -> None:
    found = paired([slip(1, at=50), slip(2, at=10)], [unit("01")], {"01": [10, 900]})
    assert found == (Sending(2, ("01",)),)


def test_first_places_of_all_come_before_the_second_of_one() -> None:
    two, units = {1: ResponsePlan((TurnOut(2),))}, [unit("01"), unit("02")]
    seconds = {"01": [10.0, 50.0], "02": [20.0, 60.0]}
    assert {sending.incident for sending in paired([slip(1), slip(2, at=1)], units, seconds, two)} == {1, 2}
    (only,) = paired([slip(1, 1), slip(2, 2, at=1)], units, seconds, two)
    assert only == Sending(1, ("01", "02")), "all places of the more urgent one come first"


def test_a_kind_the_plan_asks_for_is_worth_its_patience_and_no_more() -> None:
    wants = {1: ResponsePlan((TurnOut(1, UnitKind.TRAFFIC),))}
    units = [unit("01"), unit("09", kind=UnitKind.TRAFFIC)]
    assert paired([slip(1)], units, {"01": [60], "09": [59 + KIND_PATIENCE_S]}, wants) == (Sending(1, ("09",)),)
    assert paired([slip(1)], units, {"01": [60], "09": [61 + KIND_PATIENCE_S]}, wants) == (Sending(1, ("01",)),)


def test_too_small_a_crew_is_not_the_kind_that_was_asked_for() -> None:
    wants = {1: ResponsePlan((TurnOut(1, UnitKind.ASSAULT_SQUAD, 8),))}
    units = [unit("06", kind=UnitKind.ASSAULT_SQUAD, crew=6), unit("08", kind=UnitKind.ASSAULT_SQUAD, crew=8)]
    assert paired([slip(1)], units, {"06": [60], "08": [200]}, wants) == (Sending(1, ("08",)),)


def test_station_cars_are_matched_only_where_nobody_of_the_first_line_is_near() -> None:
    units = [unit("01"), unit("51", second=True)]
    near, far = FIRST_LINE_NEAR_S, FIRST_LINE_NEAR_S + 1
    assert paired([slip(1)], units, {"01": [near], "51": [10]}) == (Sending(1, ("01",)),)
    assert paired([slip(1)], units, {"01": [far], "51": [10]}) == (Sending(1, ("51",)),)


def test_held_and_unplaced_slips_wait_and_busy_units_stay() -> None:
    busy = replace(unit("02"), incidents=(9,))
    slips = [slip(1, held=99), slip(2, placed=False), slip(3)]
    found = paired(slips, [unit("01"), busy], {"01": [1, 1, 300], "02": [1, 1, 1]})
    assert found == (Sending(3, ("01",)),)


def test_nobody_who_can_come_is_nobody() -> None:
    assert paired([slip(1)], [], {}) == ()
    assert paired([], [unit("01")], {"01": [1]}) == ()
    assert paired([slip(1)], [unit("01")], {}) == (), "nobody can say how long it takes"


def test_the_most_urgent_slip_stands_first_in_the_answer() -> None:
    found = paired([slip(1, 3), slip(2, 1)], [unit("01"), unit("02")], {"01": [10, 20], "02": [10, 20]})
    assert [sending.incident for sending in found] == [2, 1]
