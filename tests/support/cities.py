"""Cities for tests: the shipped one, and a small square one whose every metre is known."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from zz110_tui.core.places import Point
from zz110_tui.core.units import UnitKind, UnitProfile
from zz110_tui.gis.city import City, load_city
from zz110_tui.gis.features import (
    AlarmPoint,
    Camera,
    Demand,
    DemandPoint,
    Grid,
    Junction,
    Landmark,
    Post,
    River,
    Road,
    RoadClass,
    Spelling,
    Station,
    TravelRules,
)
from zz110_tui.gis.geometry import Area, frame_around

ZHANGZHOU = Path(__file__).resolve().parents[2] / "cities" / "zhangzhou"
FRAME = frame_around(Point(117.65, 24.51))


@cache
def zhangzhou() -> City:
    return load_city(ZHANGZHOU)


def at(x: float, y: float) -> Point:
    """Metres east and north of the middle of the square city."""
    return FRAME.at(x, y)


def square(west: float, south: float, east: float, north: float) -> Area:
    ring = (at(west, south), at(east, south), at(east, north), at(west, north), at(west, south))
    return Area(((ring,),))


def square_city() -> City:
    """Two kilometres wide and high: four grids of one square kilometre, two roads that cross in the middle, a unit and
    a post in each grid."""
    corners = {"G01": (-1, 0), "G02": (0, 0), "G03": (-1, -1), "G04": (0, -1)}
    middles = {grid: at(x * 1000 + 500, y * 1000 + 500) for grid, (x, y) in corners.items()}
    beside = {"G01": ("G02", "G03"), "G02": ("G01", "G04"), "G03": ("G01", "G04"), "G04": ("G02", "G03")}
    grids = tuple(
        Grid(
            grid,
            Spelling(f"{grid}网格", f"{grid.lower()}wangge", f"{grid.lower()}wg"),
            f"Grid {grid}",
            square(x * 1000, y * 1000, x * 1000 + 1000, y * 1000 + 1000),
            f"0{i}",
            beside[grid],
            "S01",
        )
        for i, (grid, (x, y)) in enumerate(corners.items(), 1)
    )
    on_road = {"G01": at(-500, 0.5), "G02": at(500, 0.5), "G03": at(-500, -0.5), "G04": at(500, -0.5)}
    posts = tuple(
        Post(f"P0{i}", Spelling(f"停靠点{i}", f"tingkaodian{i}", f"tkd{i}"), f"Post {i}", on_road[grid], grid)
        for i, grid in enumerate(corners, 1)
    )
    units = tuple(
        UnitProfile(f"0{i}", UnitKind.PATROL_RESPONSE, f"0{i}", 3, grid, f"P0{i}", on_road[grid], "S01")
        for i, grid in enumerate(corners, 1)
    )
    east_west = Road(
        Spelling("东西大街", "dongxidajie", "dxdj"),
        "East West Street",
        RoadClass.TRUNK,
        ((at(-1000, 0), at(0, 0), at(1000, 0)),),
        (1, 201),
    )
    north = Road(
        Spelling("钟楼北路", "zhongloubeilu", "zlbl"), "Bell Road North", RoadClass.MAIN, ((at(0, 0), at(0, 1000)),)
    )
    south = Road(
        Spelling("钟楼南路", "zhonglounanlu", "zlnl"), "Bell Road South", RoadClass.MAIN, ((at(0, 0), at(0, -1000)),)
    )
    return City(
        name="square",
        name_zh="方城",
        name_en="Square City",
        schematic=True,
        remark="",
        licence="",
        timezone="Asia/Shanghai",
        cell_m=500.0,
        outline=square(-1000, -1000, 1000, 1000),
        grids=grids,
        stations=(Station("S01", Spelling("中心派出所", "zhongxinpaichusuo", "zxpcs"), "Central", at(20, 20)),),
        posts=posts,
        units=units,
        roads=(east_west, north, south),
        junctions=(Junction(("东西大街", "钟楼北路", "钟楼南路"), at(0, 0)),),
        rivers=(River(Spelling("小河", "xiaohe", "xh"), "Brook", square(-1000, -900, 1000, -700)),),
        landmarks=(
            Landmark(
                Spelling("方城医院", "fangchengyiyuan", "fcyy"),
                "Square Hospital",
                "hospital",
                at(-500, 500),
                (Spelling("市医院", "shiyiyuan", "syy"),),
            ),
            Landmark(Spelling("方城一中", "fangchengyizhong", "fcyz"), "No. 1 School", "school", at(500, 500)),
        ),
        cameras=(Camera("C01", Spelling("钟楼监控", "zhongloujiankong", "zljk"), at(0, 0)),),
        alarm_points=(AlarmPoint("A01", Spelling("银行报警点", "yinhangbaojingdian", "yhbjd"), "bank", at(300, -300)),),
        demand=Demand(
            143.33,
            (("criminal", 0.1), ("dispute_help", 0.9)),
            (1.0,) * 168,
            2.4,
            tuple(DemandPoint(middle, grid, 0.25) for grid, middle in middles.items()),
            1000.0,
            "drawn",
        ),
        travel=TravelRules(kmh=((UnitKind.PATROL_RESPONSE, 36.0),)),
        pack_hash="",
    )
