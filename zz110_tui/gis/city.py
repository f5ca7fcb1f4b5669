"""A city: the data a desk needs to know where things are, read from a city pack.

``load_city(path)`` reads a pack with the standard library alone. docs/city-pack.md describes the files.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from zz110_tui.core.places import Point
from zz110_tui.core.units import UnitProfile
from zz110_tui.gis import packparts, packread
from zz110_tui.gis.bilingual import both
from zz110_tui.gis.cells import CellGrid, cell_grid
from zz110_tui.gis.features import (
    AlarmPoint,
    Camera,
    Demand,
    Grid,
    Junction,
    Landmark,
    Post,
    River,
    Road,
    Station,
    TravelRules,
)
from zz110_tui.gis.geometry import Area, Frame, Line, frame_around
from zz110_tui.gis.roadfile import NET_FILE, NetFile

if TYPE_CHECKING:
    from zz110_tui.gis.roadtimes import RoadTimes


@dataclass(frozen=True, eq=False)
class City:
    """A city pack in memory. Two cities are the same when their ``pack_hash`` is; comparison is by identity, so that a
    city can be a cheap cache key. ``schematic`` means drawn by hand, not surveyed: every map of it has to say so."""

    name: str
    name_zh: str
    name_en: str
    schematic: bool
    remark: str
    licence: str
    timezone: str
    cell_m: float
    outline: Area
    grids: tuple[Grid, ...]
    stations: tuple[Station, ...]
    posts: tuple[Post, ...]
    units: tuple[UnitProfile, ...]
    roads: tuple[Road, ...]
    junctions: tuple[Junction, ...]
    rivers: tuple[River, ...]
    landmarks: tuple[Landmark, ...]
    cameras: tuple[Camera, ...]
    alarm_points: tuple[AlarmPoint, ...]
    demand: Demand
    travel: TravelRules
    pack_hash: str
    folder: Path | None = None
    """Where it was read from; None for a city that was never a pack."""
    net: NetFile | None = None
    """The net to drive on, where the pack has one of its own besides the roads that are drawn."""
    prior: TravelRules | None = None
    """What ``city.toml`` says of travel, where ``times.toml`` has learned otherwise."""
    times: bytes = b""
    """``times.toml`` as it is; empty where there is none."""
    drawn_hash: str = ""
    """SHA-256 of ``roads.geojson``, by which ``net`` knows whether it still goes with it."""

    @cached_property
    def road_times(self) -> RoadTimes | None:
        """The road net to drive on, made or loaded when first asked for; None for a pack without roads."""
        from zz110_tui.gis.roadgraph import graph_from, graph_of
        from zz110_tui.gis.roadtimes import RoadTimes

        graph = graph_from(self.net.lines) if self.net is not None else graph_of(self.roads)
        return RoadTimes(graph, self.travel) if graph is not None else None

    @property
    def driven(self) -> Iterable[Line]:
        """Every stretch of road that leads somewhere, drawn or not, one-way ones too."""
        if self.net is None:
            return [line for road in self.roads for line in road.lines]
        from zz110_tui.gis.roadgraph import drawn_lines

        return drawn_lines(self.net.lines)

    @cached_property
    def frame(self) -> Frame:
        """Metres around the middle of the outline's box."""
        return frame_around(self.outline.box.middle)

    @cached_property
    def cells(self) -> CellGrid:
        return cell_grid(self.outline.box, self.cell_m)

    @cached_property
    def _grids_by_id(self) -> dict[str, Grid]:
        return {grid.id: grid for grid in self.grids}

    @cached_property
    def _posts_by_id(self) -> dict[str, Post]:
        return {post.id: post for post in self.posts}

    @cached_property
    def _stations_by_id(self) -> dict[str, Station]:
        return {station.id: station for station in self.stations}

    def grid(self, grid_id: str) -> Grid | None:
        return self._grids_by_id.get(grid_id)

    def post(self, post_id: str) -> Post | None:
        return self._posts_by_id.get(post_id)

    def station(self, station_id: str) -> Station | None:
        return self._stations_by_id.get(station_id)

    def grid_at(self, where: Point) -> Grid | None:
        """The grid that holds a point, or None outside the city."""
        for grid in self.grids:
            if grid.area.holds(where):
                return grid
        return None

    def cell_at(self, where: Point) -> str:
        """The map cell that holds a point, such as ``F7``; empty outside the box of the outline."""
        return self.cells.name_at(where)

    def cell_point(self, name: str) -> Point:
        """The middle of a map cell. Raises ValueError for a name that is no cell of this map."""
        return self.cells.middle(name)


def load_city(path: Path) -> City:
    """Read a city pack from its directory.

    Raises Trouble, with the file and feature, for a pack that is missing, damaged or refers to nothing.
    """
    collecting = gc.isenabled()
    gc.disable()  # all that is made here stays: to look for garbage meanwhile costs a third of the time of a large pack
    try:
        return _read_city(path)
    finally:
        if collecting:
            gc.enable()


def _read_city(path: Path) -> City:
    files = packread.read_files(path)
    pack = path.name
    about = packread.read_toml(pack, "city.toml", files["city.toml"])
    if about.values.get("format") != packread.PACK_FORMAT:
        raise about.wrong(both(f"'format' 不是 {packread.PACK_FORMAT}", f"'format' is not {packread.PACK_FORMAT}"))
    head = about.table("city")
    area = packparts.read_area(packread.read_geojson(pack, "area.geojson", files["area.geojson"]), pack)
    roads, junctions = packparts.read_roads(packread.read_geojson(pack, "roads.geojson", files["roads.geojson"]))
    places = packparts.read_places(packread.read_geojson(pack, "places.geojson", files["places.geojson"]))
    units = packparts.read_units(packread.read_toml(pack, "units.toml", files["units.toml"]), places.posts)
    profile = packread.read_toml(pack, "demand.toml", files["demand.toml"])
    prior = packparts.read_travel(about.table("travel"))
    travel, times = prior, files.get("times.toml", b"")
    if times:
        from zz110_tui.gis.timesfile import read_times

        travel = read_times(packread.read_toml(pack, "times.toml", times), prior)
    return City(
        name=head.name("id"),
        name_zh=head.name("name_zh"),
        name_en=head.name("name_en"),
        schematic=head.flag("schematic"),
        remark=head.text("remark", ""),
        licence=head.text("licence", ""),
        timezone=head.name("timezone"),
        cell_m=about.table("map").number("cell_m", 500.0, low=50, high=50_000),
        outline=area.outline,
        grids=area.grids,
        stations=places.stations,
        posts=places.posts,
        units=units,
        roads=roads,
        junctions=junctions,
        rivers=area.rivers,
        landmarks=places.landmarks,
        cameras=places.cameras,
        alarm_points=places.alarm_points,
        demand=packparts.read_demand(profile, area),
        travel=travel,
        pack_hash=packread.pack_hash(files),
        folder=path,
        prior=prior if times else None,
        times=times,
        net=NetFile(pack, files[NET_FILE]) if NET_FILE in files else None,
        drawn_hash=sha256(files["roads.geojson"]).hexdigest() if NET_FILE in files else "",
    )
