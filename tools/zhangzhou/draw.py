"""Draw the zhangzhou pack from the plan: ``python -m tools.zhangzhou.draw`` writes ``cities/zhangzhou``.

The pack files are the truth once written; this program only spares the hand that draws. It needs shapely, numpy and
pypinyin.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.ops import polygonize, unary_union

from tools.zhangzhou import net, sketch
from tools.zhangzhou.people import demand, header, travel, units_for
from tools.zhangzhou.places import ALARM_POINTS, LANDMARKS
from zz110_tui.core.places import Point, point
from zz110_tui.gis.city import City
from zz110_tui.gis.features import (
    AlarmPoint,
    Camera,
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
)
from zz110_tui.gis.geometry import Line, frame_around, length_m
from zz110_tui.gis.packwrite import save_city
from zz110_tui.gis.pinyin import spell, syllables_of
from zz110_tui.gis.siting import p_median
from zz110_tui.gis.staffing import hearts, home_unit
from zz110_tui.gis.tiling import area_of, neighbours_of

XY = tuple[float, float]
FRAME = frame_around(point(*sketch.MIDDLE))
REMARK = (
    "示意图：按真实地名手绘，位置未经测量，不可用于导航。"
    "Schematic: real names, drawn by hand, not surveyed; not for navigation."
)
METRES_PER_HOUSE_NUMBER = 7.0
DEMAND_STEP_M = 250.0
STREET_UNITS = 15
EXTRA_POSTS = 12
CAMERAS = 40
ROAD_WORDS = (
    ("大街", "Street"),
    ("大道", "Avenue"),
    ("巷", "Lane"),
    ("桥", "Bridge"),
    ("街", "Street"),
    ("道", "Way"),
    ("路", "Road"),
)
SIDES = {"东": "East", "西": "West", "南": "South", "北": "North"}


def on_ground(xy: XY) -> Point:
    return FRAME.at(*sketch.bent(*xy))


def plan_roads() -> tuple[net.Roads, net.Roads, dict[str, str]]:
    """The named roads, joined; the same with the unnamed lanes joined in; the classes."""
    drawn: net.Roads = {}
    classes: dict[str, str] = {}
    for row in sketch.ROADS.strip().splitlines():
        name, kind, points = row.split("|")
        classes[name] = kind
        drawn[name] = positions(points)
    named = net.join(drawn)
    return named, net.with_lanes(named, [positions(row) for row in sketch.LANES.strip().splitlines()]), classes


def positions(text: str) -> list[XY]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in text.split())]


def latin(text: str) -> str:
    return "".join(syllables_of(text)).capitalize()


def road_english(name: str) -> str:
    for end, word in ROAD_WORDS:
        if name.endswith(end):
            body = name[: -len(end)]
            side = SIDES.get(body[-1:]) if len(body) > 2 else None
            return f"{latin(body[:-1])} {word} {side}" if side else f"{latin(body)} {word}"
    return latin(name)


def roads_of(whole: net.Roads, classes: dict[str, str]) -> tuple[Road, ...]:
    roads = []
    for name, line in ((name, line) for name, line in whole.items() if not name.startswith(" ")):
        points: Line = tuple(on_ground(xy) for xy in line)
        last = max(2, round(length_m(points, FRAME) / METRES_PER_HOUSE_NUMBER))
        # Numbers grow away from the middle of the city, as they do in most Chinese towns.
        outward = math.hypot(*line[0]) <= math.hypot(*line[-1])
        numbers = None if name.endswith("桥") else ((1, last) if outward else (last, 1))
        roads.append(Road(spell(name), road_english(name), RoadClass(classes[name]), (points,), numbers))
    unnamed = tuple(tuple(on_ground(xy) for xy in line) for name, line in whole.items() if name.startswith(" "))
    return (*roads, Road(Spelling(""), "", RoadClass.LANE, unnamed))


def stretch(plan: net.Roads, name: str, start: XY, end: XY) -> list[XY]:
    """The part of a road between the vertices nearest to two positions."""
    line = plan[name]
    first, last = (line.index(min(line, key=partial(math.dist, to))) for to in (start, end))
    return line[min(first, last) : max(first, last) + 1]


def grid_polygons(plan: net.Roads) -> tuple[Polygon, dict[str, Polygon]]:
    """The outline and the grids it falls into along the borders, in metres on the ground."""
    outline = Polygon([sketch.bent(*xy) for xy in sketch.OUTLINE])
    lines = [LineString([sketch.bent(*xy) for xy in stretch(plan, *border)]) for border in sketch.BORDERS]
    tails = []
    for border_end, away in sketch.TAILS:
        node = min((xy for line in plan.values() for xy in line), key=lambda xy: math.dist(xy, border_end))
        tails.append(LineString([sketch.bent(*node), sketch.bent(*away)]))
    faces = [
        face for face in polygonize(unary_union([outline.exterior, *lines, *tails])) if outline.buffer(1).contains(face)
    ]
    grids: dict[str, Polygon] = {}
    for name, seed in sketch.GRIDS.items():
        home = shapely.Point(sketch.bent(*seed))
        grids[name] = next(face for face in faces if face.contains(home))
    if len(faces) != len(grids):
        raise SystemExit(f"{len(faces)} faces for {len(grids)} grids: a border does not reach the outline")
    return outline, grids


def river_polygon() -> Polygon:
    parts = []
    middle = [sketch.bent(*xy) for xy in sketch.RIVER_MIDDLE]
    for i in range(len(middle) - 1):
        a, b = (shapely.Point(middle[k]).buffer(sketch.RIVER_WIDTHS[k] / 2, quad_segs=3) for k in (i, i + 1))
        parts.append(unary_union([a, b]).convex_hull)
    shape = unary_union(parts).simplify(6)
    assert isinstance(shape, Polygon)
    return shape


def rivers(wet: Polygon) -> tuple[River, ...]:
    lake = Polygon([sketch.bent(*xy) for xy in sketch.LAKE])
    canal = tuple(on_ground(xy) for xy in sketch.CANAL)
    return (
        River(spell("九龙江西溪"), "Xixi River", area_of(wet, FRAME)),
        River(spell("碧湖"), "Bihu Lake", area_of(lake, FRAME)),
        River(spell("九十九湾"), "Jiushijiu Bay", None, (canal,)),
    )


def demand_points(outline: Polygon, grids: dict[str, Polygon], ids: dict[str, str], wet: Polygon) -> list[DemandPoint]:
    """Where calls come from: the peaks of the plan over a floor, on a lattice of dry land."""
    west, south, east, north = outline.bounds
    peaks = [(*sketch.bent(x, y), reach, strength) for x, y, reach, strength in sketch.PEAKS]
    spots = []
    for x in np.arange(west + DEMAND_STEP_M / 2, east, DEMAND_STEP_M):
        for y in np.arange(south + DEMAND_STEP_M / 2, north, DEMAND_STEP_M):
            spot = shapely.Point(float(x), float(y))
            grid = next((ids[name] for name, face in grids.items() if face.contains(spot)), None)
            if grid is None or wet.contains(spot):
                continue
            weight = sketch.EVERYWHERE
            for px, py, reach, strength in peaks:
                weight += strength * math.exp(-((x - px) ** 2 + (y - py) ** 2) / (2 * reach * reach))
            spots.append(DemandPoint(FRAME.at(float(x), float(y)), grid, weight))
    total = sum(spot.weight for spot in spots)
    return [replace(spot, weight=spot.weight / total) for spot in spots]


def landmarks() -> tuple[Landmark, ...]:
    found = []
    for row in LANDMARKS.strip().splitlines():
        names, english, kind, xy = row.split("|")
        name, *aliases = names.split(";")
        x, y = xy.split(",")
        where = on_ground((float(x), float(y)))
        found.append(Landmark(spell(name), english, kind, where, tuple(spell(alias) for alias in aliases)))
    return tuple(found)


def xys(points: Iterable[Point]) -> np.ndarray:
    return np.array([FRAME.xy(p) for p in points])


def short(roads: tuple[str, ...]) -> str:
    """Two roads of a junction that are not one road with another ending."""
    other = next((name for name in roads[1:] if name[:2] != roads[0][:2]), roads[-1])
    return f"{roads[0]}{other}口"


def posts_for(
    junctions: list[Junction], spots: list[DemandPoint], stations: tuple[Station, ...], grid_at: dict[Point, str]
) -> list[Post]:
    """Fifteen posts of the street units by p-median, one at each station, and some more to fill in from."""
    places, weights = xys(spot.point for spot in spots), np.array([spot.weight for spot in spots])
    sites = xys(junction.point for junction in junctions)
    chosen = sorted(
        p_median(places, weights, sites, STREET_UNITS), key=lambda i: (grid_at[junctions[i].point], sites[i][0])
    )
    more = [i for i in p_median(places, weights, sites, STREET_UNITS + EXTRA_POSTS) if i not in chosen][:EXTRA_POSTS]
    posts = []
    for i in [*chosen, *more]:
        junction = junctions[i]
        english = " x ".join(road_english(name) for name in (junction.roads[0], junction.roads[-1]))
        posts.append((spell(short(junction.roads)), english, junction.point))
    posts += [(spell(f"{station.name.text}门口"), f"{station.name_en} gate", station.point) for station in stations]
    return [Post(f"P{i:02}", name, english, where, grid_at[where]) for i, (name, english, where) in enumerate(posts, 1)]


def main() -> None:
    plan, whole_net, classes = plan_roads()
    outline, faces = grid_polygons(plan)
    wet = river_polygon()
    ids = {name: f"G{i:02}" for i, name in enumerate(faces, 1)}
    station_ids = {name: f"S{i:02}" for i, name in enumerate(faces, 1)}
    stations = tuple(
        Station(
            station_ids[name], spell(f"{name}派出所"), f"{latin(name)} Police Station", on_ground(sketch.STATIONS[name])
        )
        for name in faces
    )
    crossings = [Junction(tuple(names), on_ground(xy)) for xy, names in net.crossings(plan).items()]
    spots = demand_points(outline, faces, ids, wet)
    areas = {ids[name]: area_of(face, FRAME) for name, face in faces.items()}
    inside = {
        p: grid
        for p in [*(j.point for j in crossings), *(s.point for s in stations)]
        for grid, area in areas.items()
        if area.holds(p)
    }
    posts = posts_for([j for j in crossings if j.point in inside], spots, stations, inside)
    names = {ids[name]: name for name in faces}
    heart_of = hearts(spots)
    people = units_for(posts, names, {ids[name]: station_ids[name] for name in faces}, spots, STREET_UNITS)
    near = neighbours_of({ids[name]: face for name, face in faces.items()})
    grids = tuple(
        Grid(
            ids[name],
            spell(f"{name}网格"),
            f"{latin(name)} Grid",
            areas[ids[name]],
            home_unit(ids[name], people, heart_of),
            near[ids[name]],
            station_ids[name],
        )
        for name in faces
    )
    known = landmarks()
    whole = unary_union(list(faces.values()))
    assert isinstance(whole, Polygon)
    save_city(
        City(
            name="zhangzhou",
            name_zh="漳州市区",
            name_en="Zhangzhou",
            schematic=True,
            remark=REMARK,
            licence="Apache-2.0",
            timezone="Asia/Shanghai",
            cell_m=500.0,
            outline=area_of(whole, FRAME),
            grids=grids,
            stations=stations,
            posts=tuple(posts),
            units=people,
            roads=roads_of(whole_net, classes),
            junctions=tuple(crossings),
            rivers=rivers(wet),
            landmarks=known,
            cameras=cameras(crossings, spots),
            alarm_points=alarm_points(known),
            demand=demand(spots, DEMAND_STEP_M),
            travel=travel(),
            pack_hash="",
        ),
        Path("cities/zhangzhou"),
        header=header(),
    )


def cameras(crossings: list[Junction], spots: list[DemandPoint]) -> tuple[Camera, ...]:
    """At the crossings with the most calls around them, not nearer to each other than 250 m."""
    places, weights = xys(spot.point for spot in spots), np.array([spot.weight for spot in spots])
    load = {}
    for junction in crossings:
        away = np.hypot(*(places - np.array(FRAME.xy(junction.point))).T)
        load[junction.point] = float(weights @ np.exp(-((away / 400) ** 2)))
    kept: list[Junction] = []
    for junction in sorted(crossings, key=lambda j: -load[j.point]):
        if all(math.dist(FRAME.xy(junction.point), FRAME.xy(other.point)) >= 250 for other in kept):
            kept.append(junction)
    return tuple(
        Camera(f"C{i:02}", spell(f"{short(junction.roads)}监控"), junction.point)
        for i, junction in enumerate(kept[:CAMERAS], 1)
    )


def alarm_points(known: tuple[Landmark, ...]) -> tuple[AlarmPoint, ...]:
    by_name = {landmark.name.text: landmark for landmark in known}
    rows = [row.split("|") for row in ALARM_POINTS.strip().splitlines()]
    return tuple(
        AlarmPoint(f"A{i:02}", spell(f"{name}报警点"), kind, by_name[name].point)
        for i, (name, kind) in enumerate(rows, 1)
    )


if __name__ == "__main__":
    main()
