"""The work behind ``zz110 city roads``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zz110_tui.cli import output
from zz110_tui.cli.callswork import stoppable
from zz110_tui.cli.citywork import may_be_written
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.documents import Document
from zz110_tui.cli.exits import OK, USAGE, ended_by
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.progress import Progress
from zz110_tui.cli.surroundings import Surroundings, find_city, look_around
from zz110_tui.config.problems import both, shown
from zz110_tui.core.rulebook import Words
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.city import load_city
from zz110_tui.gis.datum import DATUMS
from zz110_tui.gis.features import HOUR_BANDS
from zz110_tui.gis.roadbuild import MOST_NAMED, BuiltNet, SnapShare, build_net, write_net
from zz110_tui.gis.roadosm import is_extract
from zz110_tui.gis.roadsource import Stopped

WHAT = {
    "posts": Words("停靠点", "posts"),
    "stations": Words("派出所", "stations"),
    "places": Words("地名", "named places"),
    "calls": Words("警情来处", "where calls come from"),
}
CLASSES = {
    "expressway": Words("快速路", "expressway"),
    "trunk": Words("主干路", "trunk"),
    "main": Words("次干路", "main"),
    "minor": Words("支路", "minor"),
    "lane": Words("街巷", "lane"),
}
LITTLE = 0.6
"""A net of which less than this share of the kilometres hangs together is most likely drawn without common points."""


@dataclass(frozen=True, slots=True)
class WantedRoads:
    """What somebody asked ``zz110 city roads`` for."""

    pack: str
    files: tuple[Path, ...]
    datums: tuple[str, ...]
    margin_m: float
    limit_m: float
    out: Path | None
    dry_run: bool
    as_json: bool


def build_roads(invocation: Invocation, wanted: WantedRoads) -> int:
    """The exit code. Nothing is written before the whole net is made."""
    around = look_around(invocation)
    datum = _datum(wanted.datums)
    pack = find_city(wanted.pack, around.loaded)
    if not wanted.dry_run:
        may_be_written(pack, wanted.out)
    city = load_city(pack)
    with stoppable() as came, Progress(around.say("读路网", "reading roads")) as progress:
        try:
            built = build_net(
                city,
                wanted.files,
                datum,
                margin_m=wanted.margin_m,
                limit_m=wanted.limit_m,
                progress=lambda done, total: progress.show(done, total, ""),
                stop=lambda: bool(came),
            )
        except Stopped:
            say(around.say("中断了：城市包没有改动", "broken off: the pack is as it was"))
            return ended_by(came)
    place = pack if wanted.dry_run else write_net(built, pack, wanted.out)
    if wanted.as_json:
        output.document(_document(built, wanted, place))
    else:
        _show(built, wanted, around)
    _warn(built, wanted, around)
    if not wanted.dry_run:
        say(around.say(f"已写入 {place}", f"written to {place}"))
    return OK


def _datum(named: tuple[str, ...]) -> str:
    known = ", ".join(DATUMS)
    if not named:
        raise Trouble(
            both("没有说这些文件用哪种坐标", "it is not said which datum the files are in"),
            "--datum",
            both(
                f"加上 --datum（{known}）：OSM 与 GPS 是 wgs84，高德、腾讯是 gcj02，百度是 bd09",
                f"add --datum ({known}): OpenStreetMap and GPS are wgs84, AMap and Tencent gcj02, Baidu bd09",
            ),
            exit_code=USAGE,
        )
    wanted = {name.lower() for name in named}
    if len(wanted) > 1:
        raise Trouble(
            both("一张路网不能混用两种坐标", "one net cannot mix two datums"),
            ", ".join(sorted(shown(name) for name in wanted)),
            both("只用同一种坐标的文件", "give files of one datum only"),
            exit_code=USAGE,
        )
    datum = wanted.pop()
    if datum not in DATUMS:
        raise Trouble(
            both(f"没有坐标系 {shown(datum)}", f"there is no datum {shown(datum)}"),
            "--datum",
            both(f"可用 {known}", f"there are {known}"),
            exit_code=USAGE,
        )
    return datum


# -- what is said ------------------------------------------------------------------------------------------------------


def _document(built: BuiltNet, wanted: WantedRoads, place: Path) -> Document:
    graph = built.graph
    return {
        "pack": built.city.name,
        "path": str(place),
        "written": not wanted.dry_run,
        "files": list(built.files),
        "datum": built.datum,
        "lines_read": built.lines_read,
        "not_driven": built.not_driven,
        "lines_near": built.lines_near,
        "km_near": round(built.km_near, 3),
        "nodes": graph.nodes,
        "edges": graph.edges,
        "km": round(built.km, 3),
        "nodes_left_out": graph.left_out,
        "named_roads": sum(bool(road.name.text) for road in built.city.roads),
        "junctions": len(built.city.junctions),
        "classes": [
            {
                "class": share.kind.value,
                "km": share.km,
                "oneway_km": share.oneway_km,
                "kmh": {f"{first:02}-{last:02}": kmh for (first, last), kmh in zip(HOUR_BANDS, share.kmh, strict=True)},
            }
            for share in built.classes
        ],
        "snap": [_snap_document(snap, wanted.limit_m) for snap in built.snaps],
        "looks_like": built.looks_like or None,
        "bytes": {name: len(data) for name, data in built.written.items()},
    }


def _snap_document(snap: SnapShare, limit_m: float) -> Document:
    return {
        "what": snap.what,
        "count": snap.count,
        "median_m": snap.median_m,
        "p95_m": snap.p95_m,
        "worst_m": snap.worst_m,
        "worst": snap.worst,
        "limit_m": limit_m,
        "beyond": [{"name": name, "metres": metres} for name, metres in snap.beyond],
    }


def _show(built: BuiltNet, wanted: WantedRoads, around: Surroundings) -> None:
    graph, language, name = built.graph, around.language, built.city.name
    read, not_driven, near, km = built.lines_read, built.not_driven, built.lines_near, built.km_near
    output.text(
        around.say(
            f"{name}：读 {read} 条线（{not_driven} 条不能开车），辖区一带 {near} 条 {km:.1f} 公里",
            f"{name}: {read} lines read ({not_driven} not for cars), {near} around the service area, {km:.1f} km",
        )
    )
    net = f"{built.km:.1f}"
    output.text(
        around.say(
            f"最大连通部分：{graph.nodes} 个节点，{graph.edges} 条有向边，{net} 公里；略去 {graph.left_out} 个节点",
            f"largest connected part: {graph.nodes} nodes, {graph.edges} directed edges, {net} km; "
            f"{graph.left_out} nodes left out",
        )
    )
    output.text()
    bands = [f"{first:02}–{last:02}" for first, last in HOUR_BANDS]
    heads = (around.say("等级", "class"), around.say("公里", "km"), around.say("其中单行", "one-way"))
    output.table(
        (*heads, *(f"km/h {band}" for band in bands)),
        [
            [CLASSES[s.kind.value].in_(language), f"{s.km:.1f}", f"{s.oneway_km:.1f}", *(f"{kmh:g}" for kmh in s.kmh)]
            for s in built.classes
        ],
        right=range(1, 3 + len(HOUR_BANDS)),
    )
    output.text()
    snap_heads = (
        ("到路网的距离", "数", "中位 m", "95 % m", "最远 m", "", f"超过 {wanted.limit_m:g} m")
        if language == "zh"
        else ("off the net", "count", "median m", "95 % m", "worst m", "", f"beyond {wanted.limit_m:g} m")
    )
    rows = [
        [
            WHAT[s.what].in_(language),
            str(s.count),
            f"{s.median_m:.0f}",
            f"{s.p95_m:.0f}",
            f"{s.worst_m:.0f}",
            s.worst,
            str(len(s.beyond)),
        ]
        for s in built.snaps
    ]
    output.table(snap_heads, rows, right=(1, 2, 3, 4, 6))


def _warn(built: BuiltNet, wanted: WantedRoads, around: Surroundings) -> None:
    for snap in built.snaps:
        if snap.beyond and snap.what != "calls":
            named = ", ".join(f"{name} {metres:.0f} m" for name, metres in snap.beyond[:MOST_NAMED])
            say(
                around.say(f"离路太远的{WHAT[snap.what].zh}：{named}", f"{WHAT[snap.what].en} far off the net: {named}")
            )
    if built.km < LITTLE * built.km_near:
        say(
            around.say(
                f"只有 {100 * built.km / built.km_near:.0f} % 的路连在一起：相交的线要共用端点",
                f"only {100 * built.km / built.km_near:.0f} % of the roads hang together: lines that meet must share a "
                "point",
            )
        )
    if built.looks_like:
        say(
            around.say(
                f"这些文件像是 {built.looks_like}，不像 {built.datum}：本包的地点按它离路近得多",
                f"the files look like {built.looks_like}, not {built.datum}: the pack's places would lie much nearer",
            )
        )
    if any(is_extract(path) for path in wanted.files):
        say(
            around.say(
                "OSM 数据依 ODbL：在 city.toml 的 licence 写明 © OpenStreetMap contributors",
                "OpenStreetMap data are under the ODbL: say '© OpenStreetMap contributors' in city.toml's licence",
            )
        )
