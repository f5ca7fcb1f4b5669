"""Positions wrong or missing: the advice gets vaguer, says so, and never stands in the way of a dispatch."""

from __future__ import annotations

import random
from dataclasses import replace
from statistics import fmean

import pytest

from tests.support.scenes import Desk, city
from zz110_tui.core import commands as c
from zz110_tui.core.places import Place, Point
from zz110_tui.core.recommend import Candidate, Reason
from zz110_tui.core.units import UnitStatus
from zz110_tui.gis.travel import TravelModel, travel_of
from zz110_tui.language.candidatewords import reason_words
from zz110_tui.language.parsed import Study
from zz110_tui.language.recommending import candidates
from zz110_tui.language.studying import studied

MINUTE_MS = 60_000


def patrolling(desk: Desk, rng: random.Random) -> dict[str, Point]:
    """Every street unit free, somewhere in the city, and just seen there."""
    true: dict[str, Point] = {}
    for unit in list(desk.board.units.values()):
        if unit.profile.second_line:
            continue
        where = rng.choice(city().demand.points).point
        true[unit.call_sign] = where
        desk.board.put_unit(
            replace(unit, status=UnitStatus.FREE, status_at=desk.now, position=where, position_at=desk.now)
        )
    return true


def spoil(desk: Desk, rng: random.Random, share: float) -> set[str]:
    """A share of the units: half of them seen ten minutes ago somewhere else, half of them never seen."""
    street = [name for name, unit in desk.board.units.items() if not unit.profile.second_line]
    spoiled = rng.sample(street, round(share * len(street)))
    for number, name in enumerate(spoiled):
        unit = desk.board.units[name]
        wrong = rng.choice(city().demand.points).point if number % 2 else None
        seen = desk.now - 10 * MINUTE_MS if wrong is not None else 0
        desk.board.put_unit(replace(unit, position=wrong, position_at=seen))
    return set(spoiled)


def advice(desk: Desk, number: int) -> tuple[Candidate, ...]:
    return candidates(desk.scene(), desk.board.incidents[number])


def why(desk: Desk, number: int, unit: str, travel: TravelModel) -> str:
    """What ``why`` says of a unit, with times by one model or another."""
    query = desk.read(f"why {unit} {number}", travel=travel).query
    assert isinstance(query, Study)
    return "\n".join(studied(query, desk.scene(travel=travel)).lines)


def test_with_thirty_per_cent_of_positions_wrong_the_advice_degrades_visibly_and_never_blocks() -> None:
    rng, travel = random.Random(4), travel_of(city())
    sure, vague, band, late = [], [], [], []
    for round_number in range(25):
        desk = Desk()
        true = patrolling(desk, rng)
        spot = rng.choice(city().demand.points)
        number = desk.board.next_incident
        desk.do(c.OpenIncident("fight", Place("路边", spot.point, spot.grid)))
        before = {one.unit: one for one in advice(desk, number)}
        spoiled = spoil(desk, rng, 0.3)
        after = [one for one in advice(desk, number) if one.unit in true]
        assert set(true) == {one.unit for one in after}, round_number  # nobody vanishes for want of a position
        for one in after:
            marked = {Reason.STALE_POSITION, Reason.ASSUMED_AT_POST} & set(one.reasons)
            assert bool(marked) == (one.unit in spoiled)
            if one.unit in spoiled:
                band.append(one.high / one.low)
            else:
                assert (one.low, one.high) == (before[one.unit].low, before[one.unit].high)
        kinds = {unit.call_sign: unit.kind for unit in city().units}
        really = {unit: travel.drive_s(where, spot.point, kinds[unit], 12) for unit, where in true.items()}
        late.append(really[after[0].unit] - min(really.values()))
        sure.append(max(one.chance_5min for one in before.values() if one.unit in spoiled))
        vague.append(max(one.chance_5min for one in after if one.unit in spoiled))
        desk.type(f"d i={number}")  # whoever is proposed is sent, position or not
        assert desk.board.incidents[number].working
    usual = next(one.high / one.low for one in before.values())
    assert min(band) > usual  # each is vaguer, all together much
    assert fmean(band) > 1.1 * usual
    assert fmean(vague) < fmean(sure)
    assert 0 < fmean(late) < 120  # it costs something, and not everything


def test_with_no_position_at_all_units_are_sent_from_their_posts() -> None:
    desk = Desk()
    number = desk.open()
    found = advice(desk, number)
    assert found
    assert all(Reason.ASSUMED_AT_POST in one.reasons for one in found)
    desk.type(f"d i={number}")
    assert desk.board.incidents[number].working


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "无路网，按直线估"), ("en", "no road known, by the straight line")]
)
def test_a_time_by_the_straight_line_is_called_that(language: str, words: str) -> None:
    desk = Desk(language=language)
    number = desk.open()
    driven = advice(desk, number)[0]
    assert words not in reason_words(driven, desk.scene())
    bare = travel_of(replace(city(), roads=()))
    guessed = candidates(desk.scene(travel=bare), desk.board.incidents[number])[0]
    assert words in reason_words(guessed, desk.scene())
    assert ("绕行系数" if language == "zh" else "detour") in why(desk, number, guessed.unit, bare)
    assert ("沿路网" if language == "zh" else "km over the roads") in why(desk, number, guessed.unit, travel_of(city()))
    desk.type(f"d {guessed.unit} i={number}")
    assert desk.board.incidents[number].working, "a guess is no reason not to send"
