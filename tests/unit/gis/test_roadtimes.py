"""Driving times over a road net: the same as a reference library's, by direction, by hour, and beside the road."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import dijkstra

from tests.support.cities import at, zhangzhou
from tests.support.jinan import jinan
from zz110_tui.core.places import Point, distance_m
from zz110_tui.gis.features import Road, RoadClass, Spelling, TravelRules
from zz110_tui.gis.geometry import distance_to_line
from zz110_tui.gis.roadgraph import RoadGraph, graph_of
from zz110_tui.gis.roadtimes import RoadTimes, speeds_at

RULES = TravelRules(detour=1.5, road_kmh=(72.0, 54.0, 36.0, 27.0, 18.0))


def road(kind: RoadClass, *lines: tuple[Point, ...], oneway: tuple[int, ...] = ()) -> Road:
    return Road(Spelling(""), "", kind, lines, None, frozenset(oneway))


def times(*roads: Road, rules: TravelRules = RULES) -> RoadTimes:
    graph = graph_of(roads)
    assert graph is not None
    return RoadTimes(graph, rules)


CROSS = (
    road(RoadClass.MAIN, (at(-1000, 0), at(0, 0), at(1000, 0))),
    road(RoadClass.LANE, (at(0, -1000), at(0, 0), at(0, 1000))),
)


def test_lines_that_share_a_vertex_are_joined_and_both_ways_can_be_driven() -> None:
    net = times(*CROSS)
    assert (net.graph.nodes, net.graph.edges, net.graph.left_out) == (5, 8, 0)
    # 500 m of main road at 10 m/s, 300 m of lane at 5 m/s
    assert net.between(at(-500, 0), at(0, 300), 12) == pytest.approx(50 + 60, rel=1e-3)
    assert net.between(at(0, 300), at(-500, 0), 12) == pytest.approx(110, rel=1e-3)


def test_hours_that_slow_alike_are_searched_once_for_the_same_places() -> None:
    rules = TravelRules(hour_factors=tuple(1.0 + hour / 100 for hour in range(24)))
    net, fresh = times(*CROSS, rules=rules), times(*CROSS, rules=rules)
    points = (at(300, 0), at(0, 400), at(0, 900))
    spots = net.spots(points)
    at_eight = net.to_each(at(-500, 0), spots, 8)
    net._fields.clear()  # whoever searches now fills it again
    at_nine = net.to_each(at(-500, 0), spots, 9)
    assert not net._fields
    assert list(at_nine) == pytest.approx(list(fresh.to_each(at(-500, 0), points, 9)))
    assert list(at_eight) == pytest.approx(list(fresh.to_each(at(-500, 0), points, 8)))
    others = (at(-300, 0), at(0, -400))
    assert list(net.to_each(at(-500, 0), net.spots(others), 9)) == pytest.approx(
        list(fresh.to_each(at(-500, 0), others, 9))
    )


def test_a_way_knows_how_far_it_is_driven() -> None:
    way = times(*CROSS).way(at(-500, 30), at(0, 300), 12)
    assert way.metres == pytest.approx(800, abs=1)


def test_a_point_is_snapped_onto_the_road_and_not_to_the_crossing() -> None:
    net = times(*CROSS)
    spot = net.snap(at(400, 30))
    assert spot.metres == pytest.approx(30, abs=0.2)
    # Both on the same stretch: nobody drives to the crossing and back; 30 m of unknown ground at a lane's speed.
    assert net.between(at(400, 30), at(700, 0), 12) == pytest.approx(30 + 30 * 1.5 / 5, rel=5e-3)


def test_a_oneway_street_is_driven_round_the_block() -> None:
    ring = road(RoadClass.MAIN, (at(0, 0), at(600, 0), at(600, 600), at(0, 600), at(0, 0)), oneway=(0,))
    net = times(ring, road(RoadClass.MAIN, (at(0, 0), at(-600, 0))))
    assert net.between(at(100, 0), at(500, 0), 12) == pytest.approx(40, rel=1e-3)
    assert net.between(at(500, 0), at(100, 0), 12) == pytest.approx(200, rel=1e-3)


def test_at_a_crossing_every_way_is_open_whatever_street_was_nearest() -> None:
    ring = road(RoadClass.MAIN, (at(0, 0), at(600, 0), at(600, 600), at(0, 600), at(0, 0)), oneway=(0,))
    net = times(ring, road(RoadClass.MAIN, (at(0, 0), at(-600, 0))))
    for x, y in ((0, 3), (3, 0), (-3, 0)):
        assert net.between(at(-300, 0), at(x, y), 12) == pytest.approx(30, abs=1)
        assert net.between(at(x, y), at(-300, 0), 12) == pytest.approx(30, abs=1)
        assert list(net.from_all([at(x, y)], at(-300, 0), 12)) == pytest.approx(
            [net.between(at(x, y), at(-300, 0), 12)]
        )


def test_what_leads_nowhere_is_left_out() -> None:
    trap = road(RoadClass.MAIN, (at(1000, 0), at(2000, 0)), oneway=(0,))
    island = road(RoadClass.MAIN, (at(5000, 5000), at(6000, 5000)))
    net = times(*CROSS, trap, island)
    assert (net.graph.nodes, net.graph.left_out) == (5, 3)
    assert graph_of([]) is None
    assert graph_of([road(RoadClass.MAIN, (at(0, 0), at(100, 0)), oneway=(0,))]) is None


def test_far_from_any_road_the_detour_factor_stands_for_the_ground() -> None:
    net = times(*CROSS)
    a, b = at(3000, 3000), at(3400, 3000)
    assert net.between(a, b, 12) == pytest.approx(distance_m(a, b) * 1.5 / 5, rel=1e-3)
    # From the road, nobody takes the short cut.
    assert net.between(at(800, 0), at(0, 800), 12) == pytest.approx(80 + 160, rel=1e-3)


def test_speeds_are_by_class_and_hour() -> None:
    slow_lanes = TravelRules(
        road_kmh=RULES.road_kmh,
        hour_factors=(1.2,) * 7 + (0.8,) * 17,
        road_hours=((RoadClass.LANE, (1.0,) * 7 + (0.5,) * 17),),
    )
    net = times(*CROSS, rules=slow_lanes)
    assert net.between(at(-500, 0), at(0, 300), 3) == pytest.approx(500 / 12 + 300 / 5, rel=1e-3)
    assert net.between(at(-500, 0), at(0, 300), 8) == pytest.approx(500 / 8 + 300 / 2.5, rel=1e-3)
    assert speeds_at(slow_lanes, 3)[2] == pytest.approx(12)


def test_hours_that_are_alike_scale_one_search() -> None:
    rules = TravelRules(road_kmh=RULES.road_kmh, hour_factors=(1.25, *(1.0,) * 23))
    net = times(*CROSS, rules=rules)
    noon, night = net.to(at(400, 30), 12), net.to(at(400, 30), 0)
    assert night.seconds == pytest.approx(noon.seconds / 1.25)
    assert night.at(net.snap(at(0, 500))) == pytest.approx(noon.at(net.snap(at(0, 500))) / 1.25)
    assert net.between(at(0, 500), at(400, 30), 0) == pytest.approx(net.between(at(0, 500), at(400, 30), 12) / 1.25)


def test_many_at_once_is_the_same_as_one_after_another() -> None:
    city = zhangzhou()
    net = city.road_times
    assert net is not None
    posts = [post.point for post in city.posts]
    rng = random.Random(3)
    for spot in rng.sample(city.demand.points, 40):
        for to in (spot.point, rng.choice(posts)):
            together = net.from_all(posts, to, 8)
            assert list(together) == pytest.approx([net.between(post, to, 8) for post in posts], rel=1e-12)


def test_what_one_place_reaches_is_every_way_from_it() -> None:
    city = zhangzhou()
    net = city.road_times
    assert net is not None
    spots = [spot.point for spot in city.demand.points[::20]]
    for post in city.posts[::7]:
        together = net.to_each(post.point, spots, 18)
        assert list(together) == pytest.approx([net.between(post.point, spot, 18) for spot in spots], rel=1e-9)


def test_there_and_back_agree_where_no_road_is_oneway() -> None:
    city = zhangzhou()
    net = city.road_times
    assert net is not None
    a, b = city.posts[0].point, city.posts[9].point
    assert net.between(a, b, 12) == pytest.approx(net.between(b, a, 12))
    away = net.away(a, 12)
    spot = net.snap(b)
    ground = spot.metres * city.travel.detour / speeds_at(city.travel, 12)[4]
    assert away.at(spot) + ground == pytest.approx(net.between(a, b, 12))


def seconds_matrix(graph: RoadGraph, rules: TravelRules, hour: int) -> csr_matrix:
    """The graph as the reference library wants it: of parallel edges the quickest."""
    speeds = np.array(speeds_at(rules, hour))
    seconds = graph.metres / speeds[graph.kind]
    order = np.lexsort((seconds, graph.head, graph.tail))
    tail, head, seconds = graph.tail[order], graph.head[order], seconds[order]
    first = np.concatenate([[True], (np.diff(tail) != 0) | (np.diff(head) != 0)])
    return coo_matrix((seconds[first], (tail[first], head[first])), shape=(graph.nodes, graph.nodes)).tocsr()


def test_the_router_is_the_reference_library_on_the_jinan_graph(shared_data: Callable[[str], Path]) -> None:
    graph = jinan(shared_data("data/jinan_roads_nodes.csv.gz"), shared_data("data/jinan_roads_edges.csv.gz"))
    net = RoadTimes(graph, TravelRules())
    reference = seconds_matrix(graph, TravelRules(), 8)
    rng = random.Random(11)
    targets = rng.sample(range(graph.nodes), 12)
    to_all = dijkstra(reference.T.tocsr(), indices=targets)
    from_all = dijkstra(reference, indices=targets)
    for row, target in enumerate(targets):
        assert net._search(8, True).times([(target, 0.0)]) == pytest.approx(to_all[row], rel=1e-6, abs=1e-6)
        assert net._search(8, False).times([(target, 0.0)]) == pytest.approx(from_all[row], rel=1e-6, abs=1e-6)


def test_a_place_between_nodes_is_as_far_as_a_node_put_there(shared_data: Callable[[str], Path]) -> None:
    """Random pairs of places on roads of Jinan against the reference library on a graph with two more nodes."""
    graph = jinan(shared_data("data/jinan_roads_nodes.csv.gz"), shared_data("data/jinan_roads_edges.csv.gz"))
    net = RoadTimes(graph, TravelRules())
    n, rng = graph.nodes, random.Random(5)
    speeds = np.array(speeds_at(TravelRules(), 8))
    seconds = graph.metres / speeds[graph.kind]
    compared = 0
    for _ in range(60):
        a, field = net.snap(_on_road(graph, rng)), net.to(_on_road(graph, rng), 8)
        b = field.spot
        if a.edge == b.edge or not (0 < a.share < 1 and 0 < b.share < 1):
            continue
        compared += 1
        rows, columns, values = list(graph.tail), list(graph.head), list(seconds)
        for node, spot in ((n, a), (n + 1, b)):
            for edge, share in ((spot.edge, spot.share), (int(graph.twin[spot.edge]), 1 - spot.share)):
                if edge >= 0:
                    rows += [graph.tail[edge], node]
                    columns += [node, graph.head[edge]]
                    values += [max(1e-12, seconds[edge] * share), max(1e-12, seconds[edge] * (1 - share))]
        order = np.lexsort((values, columns, rows))
        r, c, v = (np.array(x)[order] for x in (rows, columns, values))
        first = np.concatenate([[True], (np.diff(r) != 0) | (np.diff(c) != 0)])
        whole = coo_matrix((v[first], (r[first], c[first])), shape=(n + 2, n + 2)).tocsr()
        expected = float(dijkstra(whole, indices=n)[n + 1])
        assert field.at(a) - field.access_s == pytest.approx(expected, rel=1e-6)
    assert compared > 15


def _xy(graph: RoadGraph, edge: int, share: float) -> tuple[float, float]:
    x, y = graph.shape(edge)
    run = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
    return float(np.interp(share * run[-1], run, x)), float(np.interp(share * run[-1], run, y))


def _on_road(graph: RoadGraph, rng: random.Random) -> Point:
    return graph.frame.at(*_xy(graph, rng.randrange(graph.edges), rng.random()))


def test_the_nearest_road_is_found_wherever_a_point_lies() -> None:
    city = zhangzhou()
    net = city.road_times
    assert net is not None
    lines = [line for road in city.roads for line in road.lines]
    rng = random.Random(2)
    for _ in range(150):
        reach = rng.choice((300, 3000, 9000))
        where = city.frame.at(rng.uniform(-reach, reach), rng.uniform(-reach, reach))
        nearest = min(distance_to_line(where, line, net.graph.frame) for line in lines)
        assert net.snap(where).metres == pytest.approx(nearest, abs=0.01)
