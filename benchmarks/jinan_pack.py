"""A pack to try the laboratory on a real city's roads: Zhangzhou's profile on a window of 45 km² in Jinan.

``python -m benchmarks.jinan_pack DIR``. The roads are OpenStreetMap's (ODbL), from ``../shared``; the pack is not part
of the project. Calls are Zhangzhou's: how many, of which class, at which hour, and how they thin out from the middle –
the place of each of Zhangzhou's demand points in the box of them all becomes the same place in the window; one call in
six comes from anywhere in the window, so that the whole of it is served. From these calls ``zz110 city new`` draws 12
grids and the posts of 15 units and 5 station cars; travel rules are Zhangzhou's; the net is the one that
``zz110 city roads`` builds. The same every time.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.roadnets import SHARED
from zz110_tui.config.bundled import bundled
from zz110_tui.gis.callplaces import Call
from zz110_tui.gis.check import check_city, summary
from zz110_tui.gis.city import City, load_city
from zz110_tui.gis.geometry import box_of
from zz110_tui.gis.makecity import make_city
from zz110_tui.gis.packwrite import save_city
from zz110_tui.gis.roadbuild import build_net, write_net

NODES, EDGES = SHARED / "jinan_roads_nodes.csv.gz", SHARED / "jinan_roads_edges.csv.gz"
CALLS = 21_499
GRIDS, UNITS, STATION_CARS = 12, 15, 5
ANYWHERE = 1 / 6
MONDAY_MS = 1_672_588_800_000


def window() -> np.ndarray:
    """Longitude and latitude of the crossings in the window, shape (3333, 2)."""
    with gzip.open(NODES, "rt", encoding="utf-8", newline="") as file:
        rows = [(float(r["lon"]), float(r["lat"])) for r in csv.DictReader(file) if r["in_core_45km2"] == "1"]
    return np.array(rows)


def calls_of(model: City, crossings: np.ndarray) -> list[Call]:
    """As many calls as the model city's calibration counts, all of them in the window."""
    rng = random.Random(1)
    box = box_of(spot.point for spot in model.demand.points)
    (west, south), (east, north) = crossings.min(axis=0).tolist(), crossings.max(axis=0).tolist()
    wide, high = (east - west) / (box.east - box.west), (north - south) / (box.north - box.south)
    half = model.demand.spread_m / 2
    weights = [spot.weight for spot in model.demand.points]
    found: list[Call] = []
    for number, spot in enumerate(rng.choices(model.demand.points, weights, k=CALLS)):
        dx, dy = rng.uniform(-half, half) / model.frame.east_m, rng.uniform(-half, half) / model.frame.north_m
        lon = west + (spot.point.lon + dx - box.west) * wide
        lat = south + (spot.point.lat + dy - box.south) * high
        if rng.random() < ANYWHERE:
            lon, lat = rng.uniform(west, east), rng.uniform(south, north)
        found.append((min(east, max(west, lon)), min(north, max(south, lat)), MONDAY_MS + number * 600_000))
    return found


def make(out: Path) -> City:
    """Write the pack and return it. Needs the shared data."""
    model = load_city(bundled("cities", "zhangzhou"))
    with tempfile.TemporaryDirectory() as folder:
        drawn = make_city(
            "jinan",
            calls_of(model, window()),
            out=Path(folder) / "jinan",
            grids=GRIDS,
            units=UNITS,
            second_line=STATION_CARS,
            roads=(NODES, EDGES),
            name_zh="济南样区",
            name_en="Jinan window",
        )
    demand = replace(
        model.demand, points=drawn.demand.points, spread_m=drawn.demand.spread_m, source="Zhangzhou's profile"
    )
    remark = "Zhangzhou's profile on a window of Jinan's roads, for the laboratory."
    city = replace(
        drawn, demand=demand, travel=model.travel, remark=remark, licence="© OpenStreetMap contributors, ODbL"
    )
    save_city(city, out, header="Made by benchmarks/jinan_pack.py.")
    write_net(build_net(load_city(out), [NODES, EDGES], "wgs84"), out, None)
    return load_city(out)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("out", type=Path, metavar="DIR", help="where the pack goes")
    city = make(options.parse_args().out)
    for key, value in summary(city).items():
        print(f"{key:<18} {value}")
    for one in check_city(city):
        print(one.severity.value, one.en)


if __name__ == "__main__":
    main()
