"""The ways out around a place: they cut every way, and no fewer points would; beside trying every set of points."""

from __future__ import annotations

import itertools
import random

import pytest

from tests.support.cities import at, square_city, zhangzhou
from zz110_tui.core.places import Point, distance_m
from zz110_tui.gis.exits import LEAST_WIDTH_M, LONGEST_PIECE_M, MOST_EXITS, road_net, ways_out

HERE = at(0, 0)


def escapes(net: dict[Point, frozenset[Point]], held: set[Point], inner_m: float, outer_m: float) -> bool:
    """Whether somebody inside gets outside without passing a held point."""
    away = {point: distance_m(HERE, point) for point in net}
    seen = {point for point, metres in away.items() if metres <= inner_m} - held
    edge = list(seen)
    while edge:
        here = edge.pop()
        if away[here] > outer_m:
            return True
        for step in net[here] - held - seen:
            seen.add(step)
            edge.append(step)
    return False


def fewest(net: dict[Point, frozenset[Point]], inner_m: float, outer_m: float) -> int:
    """How many points between the two distances cut every way out: every number tried, every set of that number."""
    between = [point for point in net if inner_m < distance_m(HERE, point) <= outer_m]
    for count in range(len(between) + 1):
        if any(not escapes(net, set(held), inner_m, outer_m) for held in itertools.combinations(between, count)):
            return count
    raise AssertionError("a point outside is next to one inside")


def random_net(seed: int) -> dict[Point, frozenset[Point]]:
    """A net of streets in a grid of 250 m, some of them missing."""
    rng = random.Random(seed)
    lines = []
    for i, j in itertools.product(range(-3, 4), repeat=2):
        for di, dj in ((1, 0), (0, 1)):
            if abs(i + di) <= 3 and abs(j + dj) <= 3 and rng.random() < 0.62:
                lines.append((at(i * 250, j * 250), at((i + di) * 250, (j + dj) * 250)))
    return road_net(lines, longest_m=1000)


@pytest.mark.parametrize("seed", range(12))
def test_no_way_out_is_left_and_no_fewer_points_would_do(seed: int) -> None:
    net = random_net(seed)
    inner, outer = 300.0, 720.0
    ring = ways_out(net, HERE, inner, outer)
    assert not escapes(net, set(ring.exits), inner, outer)
    assert all(inner < distance_m(HERE, point) <= outer for point in ring.exits)
    assert len(ring.exits) == fewest(net, inner, outer)
    for point in ring.exits:
        assert escapes(net, set(ring.exits) - {point}, inner, outer), "every one of them is needed"


def test_of_rings_with_as_few_points_the_nearest_is_held() -> None:
    net = road_net([(at(0, 0), at(400, 0), at(600, 0), at(800, 0), at(2000, 0))], longest_m=5000)
    assert ways_out(net, HERE, 300, 1000).exits == (at(400, 0),)


def test_a_street_that_only_goes_one_way_is_a_way_out_both_ways() -> None:
    there = road_net([(at(0, 0), at(500, 0), at(2000, 0))], longest_m=5000)
    back = road_net([(at(2000, 0), at(500, 0), at(0, 0))], longest_m=5000)
    assert ways_out(there, HERE, 300, 1000).exits == ways_out(back, HERE, 300, 1000).exits == (at(500, 0),)


def test_a_long_block_has_points_in_between_so_that_a_small_ring_crosses_it() -> None:
    line = (at(0, 0), at(3000, 0))
    net = road_net([line])
    assert len(net) > 3000 / LONGEST_PIECE_M
    assert all(max(distance_m(a, b) for b in net[a]) <= 2 * LONGEST_PIECE_M for a in net)
    (exit_,) = ways_out(net, HERE, 300, 900).exits
    assert 300 < distance_m(HERE, exit_) <= 900


def test_where_nothing_leads_out_nothing_is_held() -> None:
    net = road_net([(at(0, 0), at(200, 0))])
    assert ways_out(net, HERE, 300, 900).exits == ()
    assert ways_out(net, at(9000, 0), 300, 900).exits == ()
    assert ways_out({}, HERE, 300, 900).exits == ()


def test_a_ring_too_narrow_or_with_too_many_ways_out_is_refused() -> None:
    with pytest.raises(ValueError, match="wide"):
        ways_out({}, HERE, 300, 300 + LEAST_WIDTH_M - 1)
    with pytest.raises(ValueError, match="wide"):
        ways_out({}, HERE, -1, 900)
    star = [(at(0, 0), at(500, step * 20.0), at(2000, step * 80.0)) for step in range(MOST_EXITS + 1)]
    with pytest.raises(ValueError, match=str(MOST_EXITS)):
        ways_out(road_net(star, longest_m=5000), HERE, 300, 1500)


def test_zhangzhous_crossings_are_closed_and_the_same_every_time() -> None:
    city = zhangzhou()
    net = road_net(city.driven)
    for junction in city.junctions[::40]:
        ring = ways_out(net, junction.point, 400, 1400)
        assert ring == ways_out(net, junction.point, 400, 1400)
        away = {point: distance_m(junction.point, point) for point in net}
        seen = {point for point, metres in away.items() if metres <= 400}
        edge = list(seen)
        while edge:
            for step in net[edge.pop()] - set(ring.exits) - seen:
                seen.add(step)
                edge.append(step)
        assert max(away[point] for point in seen) <= 1400 or not seen


def test_the_square_city_has_four_ways_out_of_its_middle() -> None:
    """Three roads meet there, one of them goes on: east, west, north, south."""
    assert len(ways_out(road_net(square_city().driven), HERE, 300, 800).exits) == 4
