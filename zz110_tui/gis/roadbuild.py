"""A pack's road net from somebody's road data: what is driven on, what is drawn, and how well it fits the pack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from zz110_tui.core.places import Point
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.bilingual import both
from zz110_tui.gis.city import City
from zz110_tui.gis.datum import DATUMS, Bd09, Gcj02, from_datum
from zz110_tui.gis.features import HOUR_BANDS, ROAD_CLASSES, RoadClass
from zz110_tui.gis.geometry import Box, length_m
from zz110_tui.gis.packread import read_files
from zz110_tui.gis.packwrite import roads_geojson, write_files
from zz110_tui.gis.roadfile import NET_FILE, NetFile, net_bytes
from zz110_tui.gis.roadfiles import junctions_of, read_drawn, roads_of
from zz110_tui.gis.roadgraph import Piece, RoadGraph, graph_from, lines_of
from zz110_tui.gis.roadsnap import RoadRaster
from zz110_tui.gis.roadsource import BAD_DATA, Drawn, Reading
from zz110_tui.gis.roadtimes import speeds_at

MARGIN_M = 1_500.0
"""How far around the box of the outline roads are taken: the way out of the city and in again may be the quickest."""
OFF_M = 40.0
CLEARLY = 0.35
"""Another datum is named when the pack's places lie :data:`OFF_M` off the net, and three times nearer with that one."""
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class ClassShare:
    """Roads of a class that are driven on: kilometres, of them one-way, and km/h by :data:`HOUR_BANDS`."""

    kind: RoadClass
    km: float
    oneway_km: float
    kmh: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SnapShare:
    """How far places of a kind lie from the net, in metres; ``beyond`` are those farther than the limit, worst
    first."""

    what: str
    count: int
    median_m: float
    p95_m: float
    worst_m: float
    worst: str
    beyond: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class BuiltNet:
    """A net and what there is to say of it. ``city`` is the pack as it would be with it."""

    city: City
    files: tuple[str, ...]
    datum: str
    lines_read: int
    not_driven: int
    lines_near: int
    km_near: float
    graph: RoadGraph
    classes: tuple[ClassShare, ...]
    snaps: tuple[SnapShare, ...]
    looks_like: str
    """Another datum that the pack's places would fit clearly better; empty mostly."""
    written: dict[str, bytes]

    @property
    def km(self) -> float:
        return sum(share.km for share in self.classes)


def around(city: City, margin_m: float) -> Box:
    """The box of the outline and a margin."""
    box, frame = city.outline.box, city.frame
    wide, high = margin_m / frame.east_m, margin_m / frame.north_m
    return Box(box.west - wide, box.south - high, box.east + wide, box.north + high)


def build_net(
    city: City,
    files: Sequence[Path],
    datum: str,
    *,
    margin_m: float = MARGIN_M,
    limit_m: float = 250.0,
    progress: Callable[[int, int], None] = lambda done, total: None,
    stop: Callable[[], bool] = lambda: False,
) -> BuiltNet:
    """Read the files and make the net; nothing is written yet.

    ``datum`` is that of the files (``wgs84``, ``gcj02``, ``bd09``). Raises Trouble for files that cannot be used or
    have no roads here, Stopped when ``stop`` says so.
    """
    reading = Reading(datum, around(city, margin_m), progress, stop)
    drawn = list(read_drawn(files, reading))
    lines = lines_of(_pieces(drawn))
    if lines is None:
        raise _nothing_here(files, reading)
    # What has no name cannot be asked for: it stands in the net only, and is drawn from there.
    roads, junctions = roads_of(one for one in drawn if one.name), junctions_of(drawn)
    shown = roads_geojson(roads, junctions).encode()
    drawn_hash = sha256(shown).hexdigest()
    about = {"files": [path.name for path in files], "datum": datum, "drawn": drawn_hash}
    net = NetFile(city.name, net_bytes(lines, about))
    graph = graph_from(lines)
    raster = RoadRaster(graph)
    return BuiltNet(
        city=replace(city, roads=roads, junctions=junctions, net=net, drawn_hash=drawn_hash),
        files=tuple(path.name for path in files),
        datum=datum,
        lines_read=reading.lines_read,
        not_driven=reading.not_driven,
        lines_near=len(drawn),
        km_near=sum(length_m(one.line, graph.frame) for one in drawn) / 1000,
        graph=graph,
        classes=_classes(graph, city),
        snaps=tuple(_snaps(city, raster, limit_m)),
        looks_like=_other_datum(city, raster, datum),
        written={"roads.geojson": shown, NET_FILE: net.data},
    )


def write_net(built: BuiltNet, pack: Path, out: Path | None) -> Path:
    """Put the net into its pack, or into a copy of the pack. The folder it is in now. Raises Trouble."""
    if out is None:
        write_files(pack, built.written)
        return pack
    write_files(out, {**read_files(pack), **built.written})
    return out


def _pieces(drawn: Iterable[Drawn]) -> Iterator[Piece]:
    for one in drawn:
        yield one.line, ROAD_CLASSES.index(one.kind), one.oneway


def _nothing_here(files: Sequence[Path], reading: Reading) -> Trouble:
    box = reading.box
    where = f"{box.west:.4f},{box.south:.4f} … {box.east:.4f},{box.north:.4f}"
    return Trouble(
        both("这里没有可开车的路", "there is no road to drive on here"),
        both(
            f"{', '.join(path.name for path in files)}：读了 {reading.lines_read} 条线，辖区范围 {where}",
            f"{', '.join(path.name for path in files)}: {reading.lines_read} lines read, service area {where}",
        ),
        both(
            "核对文件是否是这座城市的、--datum 是否写对、经度纬度是否写反、单行道是否都画反",
            "is it this city's file, is --datum right, are longitude and latitude in this order, do the lines meet?",
        ),
        exit_code=BAD_DATA,
    )


def _classes(graph: RoadGraph, city: City) -> tuple[ClassShare, ...]:
    import numpy as np

    along = graph.forward
    metres, kinds, oneway = graph.metres[along], graph.kind[along], graph.twin[along] < 0
    found = []
    for number, kind in enumerate(ROAD_CLASSES):
        mine = kinds == number
        if not mine.any():
            continue
        kmh = tuple(
            round(float(np.mean([speeds_at(city.travel, hour)[number] * 3.6 for hour in range(*band)])), 1)
            for band in HOUR_BANDS
        )
        km, one_way_km = float(metres[mine].sum()) / 1000, float(metres[mine & oneway].sum()) / 1000
        found.append(ClassShare(kind, round(km, 3), round(one_way_km, 3), kmh))
    return tuple(found)


def _named(city: City) -> Iterator[tuple[str, list[tuple[str, Point]]]]:
    yield "posts", [(post.id, post.point) for post in city.posts]
    yield "stations", [(station.id, station.point) for station in city.stations]
    places = [(landmark.name.text, landmark.point) for landmark in city.landmarks]
    places += [(camera.id, camera.point) for camera in city.cameras]
    places += [(alarm.id, alarm.point) for alarm in city.alarm_points]
    yield "places", places
    yield "calls", [(city.cell_at(spot.point), spot.point) for spot in city.demand.points]


def _snaps(city: City, raster: RoadRaster, limit_m: float) -> Iterator[SnapShare]:
    import numpy as np

    for what, places in _named(city):
        if not places:
            continue
        away = [(name, raster.snap(where).metres) for name, where in places]
        metres = np.array([far for _, far in away])
        by_far = sorted(away, key=lambda pair: (-pair[1], pair[0]))
        yield SnapShare(
            what,
            len(away),
            round(float(np.median(metres)), 1),
            round(float(np.quantile(metres, 0.95)), 1),
            round(by_far[0][1], 1),
            by_far[0][0],
            tuple((name, round(far, 1)) for name, far in by_far if far > limit_m),
        )


def _other_datum(city: City, raster: RoadRaster, datum: str) -> str:
    """The datum that the files rather seem to be in, judged by how near the pack's own places then lie to their
    roads."""
    import numpy as np

    places = [where for what, group in _named(city) if what != "calls" for _, where in group]
    if not places:
        return ""
    away = {
        name: float(np.median([raster.snap(_as_if(where, name, datum)).metres for where in places])) for name in DATUMS
    }
    best = min(DATUMS, key=lambda name: away[name])
    return best if away[datum] > OFF_M and away[best] < CLEARLY * away[datum] else ""


def _as_if(where: Point, really: str, read_as: str) -> Point:
    """Where a place would lie if files in one datum were read as another."""
    match really:
        case "gcj02":
            shifted = Gcj02.of(where)
            lon, lat = shifted.gcj_lon, shifted.gcj_lat
        case "bd09":
            far = Bd09.of(where)
            lon, lat = far.bd_lon, far.bd_lat
        case _:
            lon, lat = where.lon, where.lat
    return from_datum(read_as, lon, lat)
