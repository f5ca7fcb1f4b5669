"""The parts of a city pack, from tables and GeoJSON features to values."""

from __future__ import annotations

from zz110_tui.core.records import dataclass
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.units import UnitKind, UnitProfile
from zz110_tui.gis.bilingual import both
from zz110_tui.gis.features import (
    HOURS_PER_WEEK,
    ROAD_CLASSES,
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
    Station,
    TravelRules,
)
from zz110_tui.gis.geometry import Area
from zz110_tui.gis.packread import Feature, Table, trouble


@dataclass(frozen=True, slots=True)
class AreaFile:
    """What ``area.geojson`` holds."""

    outline: Area
    grids: tuple[Grid, ...]
    rivers: tuple[River, ...]
    demand: Feature


@dataclass(frozen=True, slots=True)
class PlacesFile:
    """What ``places.geojson`` holds."""

    stations: tuple[Station, ...]
    posts: tuple[Post, ...]
    landmarks: tuple[Landmark, ...]
    cameras: tuple[Camera, ...]
    alarm_points: tuple[AlarmPoint, ...]


def read_area(features: tuple[Feature, ...], pack: str) -> AreaFile:
    """Outline, grids, open water and the places calls come from."""
    grids: list[Grid] = []
    rivers: list[River] = []
    outlines: list[Area] = []
    demands: list[Feature] = []
    for feature in features:
        p = feature.properties
        if feature.role == "outline":
            outlines.append(feature.area())
        elif feature.role == "grid":
            grids.append(_grid(feature))
        elif feature.role == "river":
            wet = feature.area() if "Polygon" in feature.geometry else None
            rivers.append(River(p.spelling(), p.text("name_en", ""), wet, () if wet else feature.lines()))
        elif feature.role == "demand":
            demands.append(feature)
        else:
            raise unknown_role(feature)
    for role, found in (("outline", len(outlines)), ("demand", len(demands))):
        if found != 1:
            raise trouble(
                pack,
                "area.geojson",
                both(f"role '{role}' 有 {found} 个，应只有一个", f"{found} features with role '{role}' instead of one"),
            )
    if not grids:
        raise trouble(pack, "area.geojson", both("没有网格", "no grid"))
    return AreaFile(outlines[0], tuple(grids), tuple(rivers), demands[0])


def unknown_role(feature: Feature) -> Trouble:
    return feature.properties.wrong(both(f"未知的 role '{feature.role}'", f"unknown role '{feature.role}'"))


def _grid(feature: Feature) -> Grid:
    p = feature.properties
    return Grid(
        p.name("id"),
        p.spelling(),
        p.text("name_en", ""),
        feature.area(),
        p.text("home_unit", ""),
        p.texts("neighbours"),
        p.text("station", ""),
    )


def read_roads(features: tuple[Feature, ...]) -> tuple[tuple[Road, ...], tuple[Junction, ...]]:
    """Roads and the junctions between them."""
    roads: list[Road] = []
    junctions: list[Junction] = []
    for feature in features:
        p = feature.properties
        if feature.role == "road":
            numbers = p.numbers("numbers", 2) if "numbers" in p.values else None
            oneway = p.numbers("oneway") if "oneway" in p.values else ()
            roads.append(
                Road(
                    p.spelling(),
                    p.text("name_en", ""),
                    _road_class(p),
                    feature.lines(),
                    (int(numbers[0]), int(numbers[1])) if numbers else None,
                    frozenset(int(number) for number in oneway),
                )
            )
        elif feature.role == "junction":
            junctions.append(Junction(p.texts("roads"), feature.point()))
        else:
            raise unknown_role(feature)
    return tuple(roads), tuple(junctions)


def _road_class(p: Table) -> RoadClass:
    try:
        return RoadClass(p.text("class"))
    except ValueError as error:
        known = ", ".join(RoadClass)
        raise p.wrong(both(f"'class' 应是 {known} 之一", f"'class' is none of {known}")) from error


def read_places(features: tuple[Feature, ...]) -> PlacesFile:
    """Stations, posts, landmarks, cameras and alarm points."""
    stations: list[Station] = []
    posts: list[Post] = []
    landmarks: list[Landmark] = []
    cameras: list[Camera] = []
    alarms: list[AlarmPoint] = []
    for feature in features:
        p, where, name = feature.properties, feature.point(), feature.properties.spelling()
        if not name.text.strip():
            raise p.wrong(both("缺 'name'", "'name' is missing or empty"))
        english = p.text("name_en", "")
        if feature.role == "station":
            stations.append(Station(p.name("id"), name, english, where, p.text("address", "")))
        elif feature.role == "post":
            posts.append(Post(p.name("id"), name, english, where, p.text("grid", "")))
        elif feature.role == "landmark":
            aliases = tuple(alias.spelling() for alias in p.tables("aliases"))
            landmarks.append(Landmark(name, english, p.name("kind"), where, aliases))
        elif feature.role == "camera":
            cameras.append(Camera(p.name("id"), name, where))
        elif feature.role == "alarm_point":
            alarms.append(AlarmPoint(p.name("id"), name, p.name("kind"), where))
        else:
            raise unknown_role(feature)
    return PlacesFile(tuple(stations), tuple(posts), tuple(landmarks), tuple(cameras), tuple(alarms))


def read_units(table: Table, posts: tuple[Post, ...]) -> tuple[UnitProfile, ...]:
    """The units, each at its post. Raises Trouble when two share a call sign or a post is unknown."""
    by_id = {post.id: post for post in posts}
    units: dict[str, UnitProfile] = {}
    for row in table.tables("unit"):
        call_sign, post = row.name("call_sign"), by_id.get(row.text("post"))
        if call_sign in units:
            raise row.wrong(both(f"呼号 '{call_sign}' 重复", f"call sign '{call_sign}' is used twice"))
        if post is None:
            named = row.text("post")
            raise row.wrong(both(f"places.geojson 里没有停靠点 '{named}'", f"post '{named}' is not in places.geojson"))
        units[call_sign] = UnitProfile(
            call_sign=call_sign,
            kind=_unit_kind(row, row.text("kind")),
            name=row.text("name", ""),
            crew=int(row.number("crew", low=0, high=1000)),
            home_grid=row.text("home_grid", ""),
            post=post.id,
            post_point=post.point,
            station=row.text("station", ""),
            second_line=row.flag("second_line"),
        )
    if not units:
        raise table.wrong(both("没有 [[unit]]", "no [[unit]]"))
    return tuple(units.values())


def _unit_kind(row: Table, text: str) -> UnitKind:
    try:
        return UnitKind(text)
    except ValueError as error:
        known = ", ".join(UnitKind)
        raise row.wrong(
            both(f"没有警力种类 '{text}'，已知 {known}", f"'{text}' is no kind of unit; known are {known}")
        ) from error


def read_demand(table: Table, area: AreaFile) -> Demand:
    """The demand profile. Weights are taken as proportions and scaled, so that a person may write round numbers."""
    spots, place = area.demand.points(), area.demand.properties
    weights = place.numbers("weights", len(spots))
    everything = sum(weights)
    if not spots or min(weights) < 0 or everything <= 0:
        raise place.wrong(both("'weights' 有负数，或合计为零", "'weights' are negative or add up to nothing"))
    grids = place.texts("grids")
    if len(grids) != len(spots):
        raise place.wrong(both("'grids' 与点数不符", "'grids' does not name one grid for each point"))
    classes = table.table("classes")
    shares = tuple((name, classes.number(name, low=0, high=1e9)) for name in classes.values)
    total = sum(share for _, share in shares)
    if total <= 0:
        raise classes.wrong(both("各类占比合计为零", "the shares add up to nothing"))
    return Demand(
        calls_per_day=table.number("calls_per_day", low=0, high=1e7),
        classes=tuple((name, share / total) for name, share in shares),
        week=_week(table.table("time")),
        dispersion=table.number("dispersion", 1.0, low=1, high=100),
        points=tuple(
            DemandPoint(spot, grid, weight / everything)
            for spot, grid, weight in zip(spots, grids, weights, strict=True)
        ),
        spread_m=place.number("spread_m", low=0, high=1e5),
        source=table.text("source", ""),
    )


def _week(table: Table) -> tuple[float, ...]:
    """168 weights with mean 1, either written out or as hours of the day times days of the week."""
    if "hour_of_week" in table.values:
        week = table.numbers("hour_of_week", HOURS_PER_WEEK)
    else:
        hours, days = table.numbers("hour_of_day", 24), table.numbers("weekday", 7)
        week = tuple(day * hour for day in days for hour in hours)
    mean = sum(week) / HOURS_PER_WEEK
    if mean <= 0 or min(week) < 0:
        raise table.wrong(both("权重有负数，或合计为零", "the weights are negative or add up to nothing"))
    return tuple(weight / mean for weight in week)


def read_travel(table: Table) -> TravelRules:
    """Travel times; what the pack does not say keeps its default."""
    usual = TravelRules()
    speeds = table.table("kmh")
    kmh = tuple((_unit_kind(speeds, kind), speeds.number(kind, low=1, high=300)) for kind in speeds.values)
    factors = table.numbers("hour_factors", 24) if "hour_factors" in table.values else usual.hour_factors
    if min(factors) <= 0:
        raise table.wrong(both("'hour_factors' 应都大于 0", "'hour_factors' are not all above 0"))
    roads, hours = table.table("road_kmh"), table.table("road_hours")
    for named in (*roads.values, *hours.values):
        if named not in ROAD_CLASSES:
            raise table.wrong(both(f"没有道路等级 '{named}'", f"'{named}' is no class of road"))
    road_hours = tuple((RoadClass(kind), hours.numbers(kind, 24)) for kind in hours.values)
    if any(min(factors) <= 0 for _, factors in road_hours):
        raise hours.wrong(both("系数应都大于 0", "the factors are not all above 0"))
    return TravelRules(
        detour=table.number("detour", usual.detour, low=1, high=10),
        turn_out_s=table.number("turn_out_s", usual.turn_out_s, low=0, high=3600),
        spread=table.number("spread", usual.spread, low=0, high=3),
        kmh=kmh,
        default_kmh=table.number("default_kmh", usual.default_kmh, low=1, high=300),
        hour_factors=factors,
        road_kmh=tuple(
            roads.number(kind, kmh, low=1, high=300) for kind, kmh in zip(ROAD_CLASSES, usual.road_kmh, strict=True)
        ),
        road_hours=road_hours,
        emergency=table.number("emergency", usual.emergency, low=0.5, high=3),
    )
