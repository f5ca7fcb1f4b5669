"""A city pack from call records alone."""

from __future__ import annotations

import csv
import datetime
import gzip
import random
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from tests.support.cities import FRAME
from zz110_tui.core.places import point
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.units import UnitKind
from zz110_tui.gis.callplaces import Call
from zz110_tui.gis.check import check_city
from zz110_tui.gis.city import City
from zz110_tui.gis.gazetteer import Gazetteer
from zz110_tui.gis.hull import connected, count_calls, ground, lattice_for
from zz110_tui.gis.makecity import make_city
from zz110_tui.gis.packread import PACK_FILES
from zz110_tui.gis.tiling import shape_of

MONDAY = 1_704_038_400_000  # 2024-01-01 00:00 in Shanghai
DAY = 86_400_000


def synthetic_calls(count: int = 4000, seed: int = 3) -> list[Call]:
    """Two towns, one busier, joined by a road of few calls; busy at noon, quiet on Sundays; some faulty positions."""
    rng = random.Random(seed)
    calls = []
    for _ in range(count):
        place = rng.random()
        if place < 0.6:
            x, y = rng.gauss(-3000, 900), rng.gauss(0, 900)
        elif place < 0.9:
            x, y = rng.gauss(4000, 700), rng.gauss(500, 700)
        else:
            x, y = rng.uniform(-3000, 4000), rng.gauss(100, 150)
        where = FRAME.at(x, y)
        day = rng.choices(range(28), weights=[3, 3, 3, 3, 3, 3, 1] * 4)[0]
        hour = rng.choices(range(24), weights=[1] * 11 + [6, 6] + [2] * 11)[0]
        calls.append((where.lon, where.lat, MONDAY + day * DAY + hour * 3_600_000 + rng.randrange(3_600_000)))
    return [*calls, (0.0, 0.0, MONDAY), (float("nan"), 24.5, MONDAY), (117.0, 95.0, MONDAY), (10.0, 50.0, MONDAY)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> City:
    return make_city("twotowns", synthetic_calls(), out=tmp_path_factory.mktemp("packs") / "twotowns", second_line=2)


def test_what_is_made_has_no_fault(made: City) -> None:
    assert check_city(made) == []


def test_it_has_the_grids_and_units_that_were_asked_for(made: City) -> None:
    assert len(made.grids) == 12
    assert sum(not unit.second_line for unit in made.units) == 15
    assert [unit.call_sign for unit in made.units if unit.second_line] == ["51", "52"]
    assert {unit.home_grid for unit in made.units if not unit.second_line} == {grid.id for grid in made.grids}
    assert sum(unit.kind is UnitKind.PATROL_RESPONSE for unit in made.units) == 10
    assert not made.schematic


def test_grids_are_of_one_piece_and_of_like_weight(made: City) -> None:
    """Weight: half the share of the area, half the share of the calls."""
    whole = made.outline.square_metres(made.frame)
    calls = made.demand.grid_weights()
    weights = [grid.area.square_metres(made.frame) / whole / 2 + calls[grid.id] / 2 for grid in made.grids]
    assert all(len(grid.area.polygons) == 1 for grid in made.grids)
    assert sum(weights) == pytest.approx(1, abs=1e-3)
    assert max(weights) < 1.35 / 12
    assert min(weights) > 0.65 / 12


def test_the_city_is_one_piece_without_holes_around_nearly_all_calls(made: City) -> None:
    assert len(made.outline.polygons) == 1
    assert len(made.outline.polygons[0]) == 1
    shape = shape_of(made.outline, made.frame)
    assert shape.is_valid
    good = [call for call in synthetic_calls() if 117 < call[0] < 118 and call[1] < 90]
    inside = sum(made.grid_at(point(lon, lat)) is not None for lon, lat, _ in good)
    assert inside / len(good) >= 0.975


def test_the_week_is_learned_from_the_records(made: City) -> None:
    week = made.demand.week
    assert made.demand.calls_per_day == pytest.approx(4001 / 28, rel=0.01)
    noon = sum(week[day * 24 + 11] + week[day * 24 + 12] for day in range(7)) / 14
    night = sum(week[day * 24 + hour] for day in range(7) for hour in range(6)) / 42
    assert noon / night > 3.5
    sunday, tuesday = sum(week[144:168]) / 24, sum(week[24:48]) / 24
    assert sunday / tuesday == pytest.approx(1 / 3, abs=0.1)
    assert 1 <= made.demand.dispersion < 1.4, "independent calls are Poisson"


def test_the_same_calls_and_seed_give_the_same_bytes(made: City, tmp_path: Path) -> None:
    again = make_city("twotowns", iter(synthetic_calls()), out=tmp_path / "twotowns", second_line=2)
    assert again.pack_hash == made.pack_hash
    other = make_city("twotowns", synthetic_calls(), out=tmp_path / "other", second_line=2, seed=9)
    assert len(other.grids) == 12
    assert check_city(other) == []


def test_without_roads_places_are_cells_and_coordinates(made: City) -> None:
    names = Gazetteer(made)
    where = made.demand.points[0].point
    cell = made.cell_at(where)
    match = names.best(cell)
    assert match is not None
    assert match.kind == "cell"
    assert names.describe(where).text == cell
    assert names.best("Grid 01") is not None


@pytest.mark.parametrize(("grids", "units"), [(1, 1), (2, 5), (5, 2), (30, 40)])
def test_other_sizes_work_as_well(grids: int, units: int, tmp_path: Path) -> None:
    city = make_city("small", synthetic_calls(1500), out=tmp_path / "small", grids=grids, units=units)
    assert (len(city.grids), len(city.units)) == (grids, units)
    assert [one for one in check_city(city) if one.code not in ("no_unit", "lopsided")] == []


@pytest.mark.parametrize(
    ("name", "wishes", "says"),
    [
        ("Two Towns", {}, "plain name"),
        ("../up", {}, "plain name"),
        ("", {}, "plain name"),
        ("towns", {"grids": 0}, "cannot be drawn"),
        ("towns", {"units": 0}, "cannot be drawn"),
        ("towns", {"second_line": 13}, "cannot be drawn"),
        ("towns", {"timezone": "Mars/Olympus"}, "time zone"),
    ],
)
def test_bad_wishes_are_refused_and_nothing_is_written(
    name: str, wishes: dict[str, object], says: str, tmp_path: Path
) -> None:
    with pytest.raises(Trouble, match=says):
        make_city(name, synthetic_calls(400), out=tmp_path / "pack", **wishes)  # type: ignore[arg-type]
    assert not (tmp_path / "pack").exists()


def test_too_few_calls_or_places_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="only 3 calls"):
        make_city("few", [(117.6, 24.5, MONDAY)] * 3, out=tmp_path / "few")
    with pytest.raises(Trouble, match="places"):
        make_city("spot", [(117.6, 24.5, MONDAY)] * 900, out=tmp_path / "spot")


def road_files(folder: Path) -> tuple[Path, Path]:
    """A lattice of streets 400 m apart, some one-way, and a named avenue; one edge far outside; one loose lane."""
    nodes, edges = folder / "nodes.csv", folder / "edges.csv.gz"
    places = {(i, j): FRAME.at(i * 400, j * 400) for i in range(-14, 18) for j in range(-8, 9)}
    rows = [f"{i}_{j},{p.lat},{p.lon}" for (i, j), p in places.items()]
    loose = [FRAME.at(150, 150), FRAME.at(200, 200)]
    rows += [f"loose{k},{p.lat},{p.lon}" for k, p in enumerate(loose)]
    nodes.write_text("node,lat,lon\n" + "\n".join(rows) + "\nfar,1.0,1.0\n", encoding="utf-8")
    lines = ["u,v,length_m,highway,name,geometry_lonlat"]
    for i, j in places:
        for ni, nj in ((i + 1, j), (i, j + 1)):
            if (ni, nj) in places:
                name = "人民大街" if j == 0 and nj == 0 else "中山路" if i == 0 and ni == 0 else ""
                kind = "primary" if name else "residential"
                lines.append(f"{i}_{j},{ni}_{nj},400,{kind},{name},")
                if (i + j) % 5 or name:
                    lines.append(f"{ni}_{nj},{i}_{j},400,{kind},{name},")
    a, b = loose
    lines.append(f"loose0,loose1,70,service,,{a.lon} {a.lat};{a.lon} {b.lat};{b.lon} {b.lat}")
    lines.append("far,0_0,1,primary,,")
    with gzip.open(edges, "wt", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return nodes, edges


def test_with_roads_posts_stand_on_them_and_names_are_found(tmp_path: Path) -> None:
    city = make_city("roads", synthetic_calls(), out=tmp_path / "roads", roads=road_files(tmp_path))
    assert [one for one in check_city(city) if one.code != "far_away"] == []
    named = {road.name.text: road for road in city.roads if road.name.text}
    assert set(named) == {"人民大街", "中山路"}
    assert not named["人民大街"].oneway
    lanes = next(road for road in city.roads if not road.name.text and road.kind == "lane")
    assert lanes.oneway
    assert any(len(line) == 3 for line in lanes.lines)
    match = Gazetteer(city).best("rmdj x zsl")
    assert match is not None
    assert match.place.text == "人民大街x中山路"


@pytest.mark.parametrize(
    ("nodes", "edges", "says"),
    [
        ("id,lat,lon\n1,2,3\n", "u,v\n", "node"),
        ("node,lat,lon\n1,2,3\n", "from,to\n", "u, v"),
        ("node,lat,lon\n1,2,3\n", "u,v\n1,9\n", "'9'"),
        ("node,lat,lon\n1,200,3\n", "u,v\n", "line 2"),
        ("node,lat,lon\n1,2,3\n2,2,3\n", "u,v,geometry_lonlat\n1,2,3 2;x;3 2\n", "line 2"),
    ],
)
def test_bad_road_files_are_refused_with_their_line(nodes: str, edges: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "nodes.csv").write_text(nodes, encoding="utf-8")
    (tmp_path / "edges.csv").write_text(edges, encoding="utf-8")
    files = tmp_path / "nodes.csv", tmp_path / "edges.csv"
    with pytest.raises(Trouble) as refusal:
        make_city("roads", synthetic_calls(600), out=tmp_path / "pack", roads=files)
    assert says in refusal.value.cause
    assert not (tmp_path / "pack").exists()


def test_the_ground_of_scattered_calls_is_joined(tmp_path: Path) -> None:
    calls = synthetic_calls(800)[:800]
    lons, lats = np.array([call[0] for call in calls]), np.array([call[1] for call in calls])
    lattice = lattice_for(lons, lats)
    assert len(connected(ground(count_calls(lattice, lons, lats)))) == 1


def seattle_calls(path: Path) -> list[Call]:
    zone = ZoneInfo("America/Los_Angeles")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return [
            (
                float(row["lon"]),
                float(row["lat"]),
                int(datetime.datetime.fromisoformat(row["at_scene_time"]).replace(tzinfo=zone).timestamp() * 1000),
            )
            for row in csv.DictReader(file)
        ]


def test_seattle_is_made_from_all_its_calls_without_fault(shared_data: Callable[[str], Path], tmp_path: Path) -> None:
    calls = seattle_calls(shared_data("data/seattle_police_2015.csv.gz"))
    city = make_city("seattle", calls, out=tmp_path / "seattle", timezone="America/Los_Angeles")
    assert check_city(city) == []
    assert sorted(file.name for file in (tmp_path / "seattle").iterdir()) == sorted(PACK_FILES)
    assert 180 < city.outline.square_metres(city.frame) / 1e6 < 240, "Seattle has 217 square kilometres of land"
    assert 2.2 <= city.demand.dispersion <= 2.8, "performance.md: real calls are burstier than Poisson"
    weights = city.demand.grid_weights()
    whole = city.outline.square_metres(city.frame)
    loads = [grid.area.square_metres(city.frame) / whole / 2 + weights[grid.id] / 2 for grid in city.grids]
    assert max(loads) < 1.2 / 12
    assert min(loads) > 0.8 / 12
