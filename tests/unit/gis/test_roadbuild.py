"""A road net from somebody's files: every kind of file gives the same net, and what is no road net is refused."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.support.cities import at, square_city
from tests.support.jinan import jinan
from zz110_tui.core.places import Point
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.canvas import Role
from zz110_tui.gis.check import check_city
from zz110_tui.gis.city import City, load_city
from zz110_tui.gis.datum import Bd09, Gcj02
from zz110_tui.gis.features import Landmark, RoadClass, Spelling
from zz110_tui.gis.packwrite import save_city
from zz110_tui.gis.raster import Layer, raster
from zz110_tui.gis.roadbuild import BuiltNet, build_net, write_net
from zz110_tui.gis.roadfile import NetFile
from zz110_tui.gis.roadgraph import drawn_lines, graph_from
from zz110_tui.gis.roadsource import Stopped
from zz110_tui.gis.view import View

# Two named streets that cross in the middle of the square city, a one-way lane between them, and a lane apart.
A, B, C, D, M = at(-900, 0), at(900, 0), at(0, -900), at(0, 900), at(0, 0)
LANE = (at(-400, 0), at(-400, 300), at(0, 300))
APART = (at(500, 500), at(700, 500))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    save_city(square_city(), tmp_path / "square")
    return tmp_path / "square"


def shapes(path: Path, shift: Callable[[Point], tuple[float, float]] = lambda p: (p.lon, p.lat)) -> list[Path]:
    def feature(line: tuple[Point, ...], **properties: str) -> dict[str, Any]:
        geometry = {"type": "LineString", "coordinates": [shift(p) for p in line]}
        return {"type": "Feature", "properties": properties, "geometry": geometry}

    features = [
        feature((A, at(-400, 0), M, B), name="东西大街", highway="primary"),
        feature((C, M, at(0, 300), D), name="钟楼路", highway="tertiary"),
        feature(LANE, highway="residential", oneway="yes"),
        feature(APART, highway="service"),
        feature((at(-100, 0), at(-100, 100)), highway="footway"),
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return [path]


def tables(folder: Path) -> list[Path]:
    points = [A, at(-400, 0), M, B, C, at(0, 300), D, *APART]
    two_way = [(0, 1, "primary", "东西大街"), (1, 2, "primary", "东西大街"), (2, 3, "primary", "东西大街")]
    two_way += [(4, 2, "tertiary", "钟楼路"), (2, 5, "tertiary", "钟楼路"), (5, 6, "tertiary", "钟楼路")]
    two_way += [(7, 8, "service", "")]
    rows = [(u, v, kind, name, "") for u, v, kind, name in two_way]
    rows += [(v, u, kind, name, "") for u, v, kind, name in two_way]
    rows.append((1, 5, "residential", "", ";".join(f"{p.lon} {p.lat}" for p in LANE)))
    nodes, edges = folder / "n.csv", folder / "e.csv.gz"
    nodes.write_text(
        "node,lat,lon\n" + "".join(f"{i},{p.lat},{p.lon}\n" for i, p in enumerate(points)), encoding="utf-8"
    )
    text = "u,v,highway,name,geometry_lonlat\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)
    edges.write_bytes(gzip.compress(text.encode()))
    return [edges, nodes]


def extract(path: Path) -> list[Path]:
    osmium = pytest.importorskip("osmium", reason="the optional library osmium reads OpenStreetMap files")
    ways = [
        ((A, at(-400, 0), M, B), {"highway": "primary", "name": "东西大街"}),
        ((C, M, at(0, 300), D), {"highway": "tertiary", "name": "钟楼路"}),
        (LANE[::-1], {"highway": "residential", "oneway": "-1"}),
        (APART, {"highway": "service"}),
        ((at(-100, 0), at(-100, 100)), {"highway": "footway"}),
        ((at(-200, 0), at(-200, 100)), {"highway": "track", "motor_vehicle": "no"}),
    ]
    numbers = {point: i for i, point in enumerate(dict.fromkeys(p for line, _ in ways for p in line), 1)}
    writer = osmium.SimpleWriter(str(path))
    for point, i in numbers.items():
        writer.add_node(osmium.osm.mutable.Node(id=i, location=(point.lon, point.lat)))
    for i, (line, tags) in enumerate(ways, 1):
        writer.add_way(osmium.osm.mutable.Way(id=i, nodes=[numbers[p] for p in line], tags=tags))
    writer.close()
    return [path]


def built(pack: Path, files: list[Path], datum: str = "wgs84", **more: Any) -> BuiltNet:
    return build_net(load_city(pack), files, datum, **more)


def driven(net: BuiltNet) -> dict[str, object]:
    """What a net is for whoever drives on it, whichever way it was numbered."""
    graph = net.graph
    at_node = [str(graph.node_point(node)) for node in range(graph.nodes)]
    ways = sorted((at_node[t], at_node[h]) for t, h in zip(graph.tail.tolist(), graph.head.tolist(), strict=True))
    return {"ways": ways, "km": round(net.km, 3), "classes": {share.kind: share.km for share in net.classes}}


def test_tables_geojson_and_openstreetmap_give_the_same_net(pack: Path, tmp_path: Path) -> None:
    first = built(pack, shapes(tmp_path / "roads.geojson"))
    assert driven(built(pack, tables(tmp_path))) == driven(first)
    for name in ("x.osm.pbf", "x.osm"):
        assert driven(built(pack, extract(tmp_path / name))) == driven(first)
    assert first.graph.nodes == 7
    assert first.graph.left_out == 2, "the lane apart leads nowhere"
    shares = {share.kind: share for share in first.classes}
    assert shares[RoadClass.LANE].km == shares[RoadClass.LANE].oneway_km == pytest.approx(0.7, abs=0.002)
    assert shares[RoadClass.TRUNK].km == pytest.approx(1.8, abs=0.002)
    assert first.not_driven == 1
    assert {road.name.text for road in first.city.roads} == {"东西大街", "钟楼路"}
    assert first.city.roads[0].name.initials == "dxdj"
    assert [junction.point for junction in first.city.junctions] == [M]


def test_what_is_written_is_driven_on_and_read_back_the_same(pack: Path, tmp_path: Path) -> None:
    net = built(pack, shapes(tmp_path / "roads.geojson"))
    before = load_city(pack).pack_hash
    write_net(net, pack, None)
    city = load_city(pack)
    assert city.pack_hash != before, "results on another net cannot be taken for these"
    assert not [one for one in check_city(city) if one.code in ("not_driven", "unreachable")]
    times = city.road_times
    assert times is not None
    for name in ("tail", "head", "metres", "kind", "vertex_x"):
        assert np.array_equal(getattr(times.graph, name), getattr(net.graph, name))
    there, back = times.between(A, at(-400, 200), 12), times.between(at(-400, 200), A, 12)
    assert back > there + 30, "up the lane, but not down: back one drives on to the crossing"
    assert city.net is not None
    assert sorted(map(str, city.driven)) == sorted(map(str, drawn_lines(city.net.lines)))
    again = built(pack, shapes(tmp_path / "roads.geojson"))
    assert again.written == net.written, "the same files give the same bytes"
    (pack / "roads.geojson").write_text((pack / "roads.geojson").read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert "not_driven" in {one.code for one in check_city(load_city(pack))}


def test_a_road_without_a_name_is_drawn_from_the_net_when_the_map_is_close(pack: Path, tmp_path: Path) -> None:
    net = built(pack, shapes(tmp_path / "roads.geojson"))
    assert not any(road.kind is RoadClass.LANE for road in net.city.roads), "it stands in the net only"
    for metres, lanes in ((20.0, True), (60.0, False)):
        frame = raster(net.city, View(at(-300, 200), metres, 80, 24), layers=frozenset({Layer.ROADS}))
        assert any(run.role is Role.LANE for row in frame.rows for run in row) is lanes


def test_a_copy_leaves_the_pack_as_it_is(pack: Path, tmp_path: Path) -> None:
    before = load_city(pack).pack_hash
    write_net(built(pack, shapes(tmp_path / "roads.geojson")), pack, tmp_path / "copy")
    assert load_city(pack).pack_hash == before
    assert load_city(tmp_path / "copy").net is not None


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_files_in_a_chinese_datum_come_to_lie_where_they_belong(pack: Path, tmp_path: Path, datum: str) -> None:
    def shift(p: Point) -> tuple[float, float]:
        if datum == "gcj02":
            gcj = Gcj02.of(p)
            return gcj.gcj_lon, gcj.gcj_lat
        bd = Bd09.of(p)
        return bd.bd_lon, bd.bd_lat

    net = built(pack, shapes(tmp_path / "shifted.geojson", shift), datum)
    right = built(pack, shapes(tmp_path / "right.geojson"))
    assert np.hypot(net.graph.x - right.graph.x, net.graph.y - right.graph.y).max() < 0.5
    assert net.looks_like == ""


def test_a_wrong_datum_is_noticed_by_the_places_of_the_pack(pack: Path, tmp_path: Path) -> None:
    city = load_city(pack)
    marks = [Landmark(Spelling(f"m{i}"), "", "shop", at(x, 0)) for i, x in enumerate(range(-800, 800, 100))]
    save_city(replace(city, landmarks=tuple(marks)), pack)

    def shift(p: Point) -> tuple[float, float]:
        gcj = Gcj02.of(p)
        return gcj.gcj_lon, gcj.gcj_lat

    assert built(pack, shapes(tmp_path / "shifted.geojson", shift), "wgs84").looks_like == "gcj02"


def test_how_far_the_places_of_a_pack_lie_from_the_net_is_told(pack: Path, tmp_path: Path) -> None:
    city = load_city(pack)
    off = dict(zip(("P01", "P02", "P03", "P04"), (0, 20, 40, 450), strict=True))
    posts = tuple(replace(post, point=at(500, -off[post.id])) for post in city.posts)
    save_city(replace(city, posts=posts), pack)
    found = {snap.what: snap for snap in built(pack, shapes(tmp_path / "r.geojson"), limit_m=300).snaps}["posts"]
    assert (found.count, found.worst) == (4, "P04")
    assert found.median_m == pytest.approx(30, abs=0.3)
    assert found.worst_m == pytest.approx(450, abs=0.3)
    assert found.p95_m == pytest.approx(0.15 * 40 + 0.85 * 450, abs=0.3)
    assert [name for name, _ in found.beyond] == ["P04"]


REFUSED: list[tuple[str, bytes, str]] = [
    ("empty.geojson", b"", "empty"),
    ("no.geojson", b"{", "JSON"),
    ("deep.geojson", b"[" * 200_000, "JSON"),
    ("list.geojson", b"[]", "FeatureCollection"),
    ("far.geojson", b'{"features": []}', "no road to drive on"),
    ("crs.geojson", b'{"crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}, "features": []}', "EPSG:4326"),
    ("nan.geojson", b'{"features": [{"geometry": {"type": "LineString", "coordinates": [["x", 1]]}}]}', "feature 1"),
    ("flat.geojson", b'{"features": [{"geometry": {"type": "LineString", "coordinates": 7}}]}', "feature 1"),
    ("one.csv", b"node,lat,lon\n1,2,3\n", "edges table"),
    ("other.csv", b"\xff\xfe\x00", "edges table"),
    ("broken.osm.pbf", b"\x00\x01\x02nonsense", "osmium extract"),
    ("broken.osm", b"<osm><way>", "osmium extract"),
]


@pytest.mark.parametrize(("name", "content", "says"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_what_is_no_road_net_is_refused_with_what_to_do(
    pack: Path, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    if ".osm" in name:
        pytest.importorskip("osmium")
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Trouble) as refusal:
        built(pack, [tmp_path / name])
    assert says in str(refusal.value)
    assert refusal.value.remedy


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda n, e: (n.replace("lat", "latitude"), e), "nodes"),
        (lambda n, e: (n, e + "0,99,primary,,\n"), "line 17"),
        (lambda n, e: (n + "77,north,5\n", e), "line 11"),
        (lambda n, e: (n, e + f'"{"x" * 200_000}",1,primary,,\n'), "field larger"),
    ],
)
def test_a_bad_row_is_named(pack: Path, tmp_path: Path, edit: Callable[[str, str], tuple[str, str]], says: str) -> None:
    packed, nodes = tables(tmp_path)
    texts = edit(nodes.read_text(encoding="utf-8"), gzip.decompress(packed.read_bytes()).decode())
    nodes.write_text(texts[0], encoding="utf-8")
    edges = tmp_path / "e.csv"
    edges.write_text(texts[1], encoding="utf-8")
    with pytest.raises(Trouble) as refusal:
        built(pack, [nodes, edges])
    assert says in str(refusal.value)


def test_a_gzipped_table_that_breaks_off_is_refused(pack: Path, tmp_path: Path) -> None:
    edges, nodes = tables(tmp_path)
    edges.write_bytes(edges.read_bytes()[:-30])
    with pytest.raises(Trouble):
        built(pack, [nodes, edges])


def test_sources_are_not_mixed_and_openstreetmap_has_one_datum(pack: Path, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="cannot be mixed"):
        built(pack, [*shapes(tmp_path / "r.geojson"), *tables(tmp_path)])
    with pytest.raises(Trouble, match="always WGS-84"):
        built(pack, extract(tmp_path / "x.osm.pbf"), "gcj02")


def test_without_the_library_it_is_said_how_to_get_it(
    pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.osm.pbf").write_bytes(b"x")
    monkeypatch.setitem(__import__("sys").modules, "osmium", None)
    with pytest.raises(Trouble) as refusal:
        built(pack, [tmp_path / "x.osm.pbf"])
    assert "zz110-tui[osm]" in refusal.value.remedy


def test_too_much_is_refused_and_stopping_is_heard(pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = shapes(tmp_path / "r.geojson")
    monkeypatch.setattr("zz110_tui.gis.roadsource.LOOK_EVERY", 1)
    with pytest.raises(Stopped):
        built(pack, files, stop=lambda: True)
    monkeypatch.setattr("zz110_tui.gis.roadsource.MOST_VERTICES", 5)
    with pytest.raises(Trouble, match="--margin"):
        built(pack, files)


def damaged(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randrange(1, 6)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed[: rng.randrange(len(changed))] if rng.random() < 0.3 else changed)


def test_a_damaged_net_is_refused_and_never_anything_else(pack: Path, tmp_path: Path) -> None:
    data = built(pack, shapes(tmp_path / "r.geojson")).written["roads.npz"]
    rng = random.Random(4)
    remedies = []
    for _ in range(300):
        try:
            graph_from(NetFile("x", damaged(data, rng)).lines)
        except Trouble as trouble:
            remedies.append(trouble.remedy)
    assert len(remedies) > 100
    assert all("zz110 city roads" in remedy for remedy in remedies)


def test_a_net_that_was_compressed_or_pickled_is_not_read(pack: Path, tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / "bomb.npz", about=np.zeros(10_000_000, np.uint8))
    np.savez(tmp_path / "pickle.npz", about=np.array([{"a": 1}], dtype=object))
    for name in ("bomb.npz", "pickle.npz"):
        with pytest.raises(Trouble):
            _ = NetFile("x", (tmp_path / name).read_bytes()).lines


def test_the_net_of_a_real_city_is_that_of_its_drawn_roads(shared_data: Callable[[str], Path], tmp_path: Path) -> None:
    files = [shared_data(f"data/jinan_roads_{what}.csv.gz") for what in ("nodes", "edges")]
    city = jinan_sized()
    save_city(city, tmp_path / "jinan")
    net = built(tmp_path / "jinan", files)
    assert (net.graph.nodes, net.graph.edges) == (8703, 20295)
    drawn = jinan(*files)
    assert (drawn.nodes, drawn.edges) == (net.graph.nodes, net.graph.edges)
    assert sorted(drawn.metres.tolist()) == pytest.approx(sorted(net.graph.metres.tolist()), abs=1e-6)


def jinan_sized() -> City:
    """The square city moved to Jinan, its outline as large as the town."""
    city = square_city()
    west, south, east, north = 116.7, 36.4, 117.4, 36.9
    ring = (Point(west, south), Point(east, south), Point(east, north), Point(west, north), Point(west, south))
    return replace(city, outline=type(city.outline)(((ring,),)))
