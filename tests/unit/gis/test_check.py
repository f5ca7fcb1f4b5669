"""Every fault that the check knows is found when it is there, and only then."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.support.cities import at, square, square_city
from zz110_tui.gis.check import check_city, has_errors
from zz110_tui.gis.city import City
from zz110_tui.gis.features import DemandPoint, Junction, Road, RoadClass, Spelling
from zz110_tui.gis.findings import TEXTS, Severity
from zz110_tui.gis.geometry import Area
from zz110_tui.gis.roadfile import NetFile, net_bytes
from zz110_tui.gis.roadgraph import lines_of, roads_as_pieces

CITY = square_city()


def with_grid(number: int, **changes: Any) -> City:
    grids = list(CITY.grids)
    grids[number] = replace(grids[number], **changes)
    return replace(CITY, grids=tuple(grids))


def with_unit(number: int, **changes: Any) -> City:
    units = list(CITY.units)
    units[number] = replace(units[number], **changes)
    return replace(CITY, units=tuple(units))


def with_post(number: int, **changes: Any) -> City:
    posts = list(CITY.posts)
    posts[number] = replace(posts[number], **changes)
    return replace(CITY, posts=tuple(posts))


def with_demand(**changes: Any) -> City:
    return replace(CITY, demand=replace(CITY.demand, **changes))


def bow_tie() -> Area:
    ring = (at(-1000, 0), at(0, 1000), at(0, 0), at(-1000, 1000), at(-1000, 0))
    return Area(((ring,),))


ISLAND = Road(Spelling("孤岛路", "gudaolu", "gdl"), "Island Road", RoadClass.LANE, ((at(700, 700), at(900, 700)),))

LINES = lines_of(roads_as_pieces(CITY.roads))
assert LINES is not None
NET = net_bytes(LINES, {"drawn": "one"})

TORN = Area((*square(-1000, 0, -600, 1000).polygons, *square(-500, 0, 0, 1000).polygons))
ELSEWHERE = replace(CITY.landmarks[1], point=at(1500, 0))
STRAYED = tuple(replace(spot, grid="G01") for spot in CITY.demand.points)

FAULTS: list[tuple[str, str, City]] = [
    ("broken_shape", "G01", with_grid(0, area=bow_tie())),
    ("overlap", "G01, G02", with_grid(0, area=square(-1000, 0, 50, 1000))),
    ("hole", "117.64", with_grid(0, area=square(-1000, 0, -50, 1000))),
    ("outside", "G01", with_grid(0, area=square(-1200, 0, 0, 1000))),
    ("pieces", "G01", with_grid(0, area=TORN)),
    ("lopsided", "G01", with_grid(0, area=square(-1000, 0, -900, 1000))),
    ("twice", "01", with_unit(1, call_sign="01")),
    ("twice", "G01", with_grid(1, id="G01")),
    ("twice", "G01网格", with_grid(1, name=CITY.grids[0].name)),
    ("twice", "P01", with_post(1, id="P01")),
    ("twice", "钟楼北路", replace(CITY, roads=(*CITY.roads, CITY.roads[1]))),
    ("same_name", "方城医院", replace(CITY, landmarks=(*CITY.landmarks, replace(CITY.landmarks[0], point=at(5, 5))))),
    ("unknown", "G01", with_grid(0, home_unit="99")),
    ("unknown", "G01", with_grid(0, station="S99")),
    ("unknown", "01", with_unit(0, home_grid="G99")),
    ("unknown", "01", with_unit(0, post="P99")),
    ("unknown", "01", with_unit(0, station="S99")),
    ("unknown", "P01", with_post(0, grid="G99")),
    ("unknown", "东西大街x无名路", replace(CITY, junctions=(Junction(("东西大街", "无名路"), at(0, 0)),))),
    ("unknown", "demand point 1", with_demand(points=(DemandPoint(at(1, 1), "G99", 0.25), *CITY.demand.points[1:]))),
    ("not_neighbours", "G01", with_grid(0, neighbours=("G02", "G04"))),
    ("no_unit", "G01", with_unit(0, home_grid="G02")),
    ("wrong_grid", "P01", with_post(0, grid="G04")),
    ("wrong_grid", "demand point 2", with_demand(points=STRAYED)),
    ("unreachable", "P01", with_post(0, point=at(-500, 600))),
    ("unreachable", "P01", replace(with_post(0, point=at(800, 701), grid="G02"), roads=(*CITY.roads, ISLAND))),
    ("cut_off", "孤岛路", replace(CITY, roads=(*CITY.roads, ISLAND))),
    ("not_driven", "roads.geojson", replace(CITY, net=NetFile("square", NET), drawn_hash="another")),
    ("off_junction", "东西大街x钟楼北路", replace(CITY, junctions=(Junction(("东西大街", "钟楼北路"), at(0, 200)),))),
    ("far_away", "方城一中", replace(CITY, landmarks=(CITY.landmarks[0], ELSEWHERE))),
    ("far_away", "中心派出所", replace(CITY, stations=(replace(CITY.stations[0], point=at(0, 5000)),))),
    ("no_pinyin", "方城一中", replace(CITY, landmarks=(replace(CITY.landmarks[1], name=Spelling("方城一中")),))),
    ("no_calls", "G04", with_demand(points=tuple(replace(p, weight=1 / 3) for p in CITY.demand.points[:3]))),
    ("demand", "classes", with_demand(classes=(("criminal", 0.5),))),
    ("demand", "weights of points", with_demand(points=tuple(replace(p, weight=0.2) for p in CITY.demand.points))),
    ("demand", "hours of the week", with_demand(week=(2.0,) * 168)),
    ("demand", "calls_per_day", with_demand(calls_per_day=0.0)),
    ("timezone", "Asia/Zhangzhou", replace(CITY, timezone="Asia/Zhangzhou")),
]  # fmt: skip


def test_nothing_is_wrong_with_a_sound_city() -> None:
    assert check_city(CITY) == []


@pytest.mark.parametrize(("code", "where", "city"), FAULTS)
def test_a_fault_is_found_and_named(code: str, where: str, city: City) -> None:
    found = check_city(city)
    assert any(one.code == code and where in one.where for one in found), found


def test_every_finding_that_has_a_text_is_tried_here() -> None:
    assert {code for code, _, _ in FAULTS} == set(TEXTS)


@pytest.mark.parametrize(("code", "where", "city"), FAULTS)
def test_a_finding_speaks_both_languages_and_says_what_to_do(code: str, where: str, city: City) -> None:
    for one in check_city(city):
        assert any("\u4e00" <= letter <= "\u9fff" for letter in one.zh + one.remedy_zh)
        assert one.en
        assert one.remedy_en
        assert "{" not in one.zh + one.en


def test_errors_come_first_and_decide() -> None:
    found = check_city(replace(with_unit(0, home_grid="G02"), timezone="Mars/Olympus"))
    assert [one.severity for one in found] == sorted((one.severity for one in found), key=list(Severity).index)
    assert has_errors(found)
    assert not has_errors(check_city(with_unit(0, home_grid="G02")))
