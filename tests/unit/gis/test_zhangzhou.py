"""The shipped pack: what issue and calibration table ask of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from tests.support.cities import zhangzhou
from zz110_tui.core.units import UnitKind
from zz110_tui.gis.check import check_city, summary
from zz110_tui.gis.pinyin import spell
from zz110_tui.gis.roadnet import main_net
from zz110_tui.gis.siting import p_median

CITY = zhangzhou()


def test_it_has_what_the_calibration_table_counts() -> None:
    figures = summary(CITY)
    assert (figures["grids"], figures["stations"], figures["street_units"], figures["second_line_units"]) == (
        12,
        12,
        15,
        5,
    )
    assert 44 <= CITY.outline.square_metres(CITY.frame) / 1e6 <= 46
    assert CITY.demand.calls_per_day == pytest.approx(143.33)
    shares = dict(CITY.demand.classes)
    assert shares["criminal"] == pytest.approx(990 / 21_499, abs=1e-5)
    assert shares["dispute_help"] + shares["other"] == pytest.approx(0.8196, abs=1e-4)
    assert 2.2 <= CITY.demand.dispersion <= 2.7


def test_it_has_names_enough_to_work_with() -> None:
    assert len(CITY.roads) >= 45
    assert len(CITY.junctions) >= 120
    assert len(CITY.landmarks) >= 150
    assert len(CITY.posts) >= 30
    assert len(CITY.cameras) >= 40
    assert len(CITY.alarm_points) >= 20
    *named, lanes = CITY.roads
    assert all(road.name.pinyin and road.name.initials and road.name_en for road in named)
    assert lanes.name.text == ""
    assert all(landmark.name_en for landmark in CITY.landmarks)


def test_nothing_is_wrong_with_it() -> None:
    assert check_city(CITY) == []


def test_call_signs_kinds_and_homes() -> None:
    street = [unit for unit in CITY.units if not unit.second_line]
    cars = [unit for unit in CITY.units if unit.second_line]
    assert [unit.call_sign for unit in street] == [f"{i:02}" for i in range(1, 16)]
    assert [unit.call_sign for unit in cars] == ["51", "52", "53", "54", "55"]
    assert all(unit.kind is UnitKind.STATION_UNIT for unit in cars)
    kinds = Counter(unit.kind for unit in street)
    assert kinds[UnitKind.PATROL_RESPONSE] == 10
    assert kinds[UnitKind.MOBILE_RESERVE] == 3
    assert kinds[UnitKind.PLAIN_CLOTHES] == kinds[UnitKind.ASSAULT_SQUAD] == 1
    assert {unit.home_grid for unit in street} == {grid.id for grid in CITY.grids}
    assert len({unit.post for unit in street}) == 15


def test_the_roads_hang_together() -> None:
    main = main_net(CITY.roads)
    assert all(line[0] in main for road in CITY.roads for line in road.lines)
    assert all(junction.point in main for junction in CITY.junctions)


def test_a_car_gets_everywhere_on_them() -> None:
    net = CITY.road_times
    assert net is not None
    assert net.graph.left_out == 0
    assert net.graph.nodes >= 280
    assert max(net.snap(post.point).metres for post in CITY.posts) < 80
    assert max(net.snap(station.point).metres for station in CITY.stations) < 80
    named = [landmark.point for landmark in CITY.landmarks] + [alarm.point for alarm in CITY.alarm_points]
    assert max(net.snap(where).metres for where in named) < 250
    assert max(net.snap(spot.point).metres for spot in CITY.demand.points) < 300
    driven = {grid.id for i in range(net.graph.nodes) if (grid := CITY.grid_at(net.graph.node_point(i))) is not None}
    assert driven == {grid.id for grid in CITY.grids}


def test_every_stored_pinyin_is_what_the_tools_spell() -> None:
    for landmark in CITY.landmarks:
        assert landmark.name == spell(landmark.name.text)
    assert spell("长泰路").pinyin == "changtailu"
    assert spell("厦门路").initials == "xml"


def test_the_posts_are_the_p_median_of_the_calls() -> None:
    """No other fifteen junctions that a greedy start and swaps find would bring the units nearer to the calls."""
    spots = CITY.demand.points
    places = np.array([CITY.frame.xy(spot.point) for spot in spots])
    weights = np.array([spot.weight for spot in spots])

    def mean_way(points: list[tuple[float, float]]) -> float:
        sites = np.array(points)
        away = np.hypot(places[:, 0, None] - sites[None, :, 0], places[:, 1, None] - sites[None, :, 1])
        return float(weights @ away.min(axis=1))

    sites = [CITY.frame.xy(junction.point) for junction in CITY.junctions if CITY.grid_at(junction.point)]
    best = mean_way([sites[i] for i in p_median(places, weights, np.array(sites), 15)])
    ours = mean_way([CITY.frame.xy(unit.post_point) for unit in CITY.units if not unit.second_line])
    assert ours <= best * 1.001


def test_calls_come_most_from_the_old_city_and_less_outside() -> None:
    weights = CITY.demand.grid_weights()
    per_km2 = {g.name.text: weights[g.id] / g.area.square_metres(CITY.frame) * 1e6 for g in CITY.grids}
    assert min(per_km2[name] for name in ("东铺头网格", "巷口网格", "新桥网格")) > 0.03
    assert max(per_km2[name] for name in ("石亭网格", "蓝田网格", "芝山网格")) < 0.02


def test_it_lies_inside_the_two_districts(shared_data: Callable[[str], Path]) -> None:
    file = shared_data("data/zhangzhou_boundaries_wgs84.geojson")
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    names = {"芗城区", "龙文区"}
    districts = shapely.unary_union(
        [shape(f["geometry"]).buffer(0) for f in features if f["properties"]["name"] in names]
    )
    corners = [(p.lon, p.lat) for p in CITY.outline.rings[0]]
    beyond = shapely.Polygon(corners).difference(districts).area
    assert beyond * CITY.frame.east_m * CITY.frame.north_m < 10_000, "square metres of the outline in another district"
