"""Reading a city pack: quickly, completely, and with a clear refusal of everything that is wrong."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.cities import ZHANGZHOU, square_city, zhangzhou
from tests.support.effort import effort
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.city import load_city
from zz110_tui.gis.packread import PACK_FILES
from zz110_tui.gis.packwrite import save_city


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    save_city(square_city(), tmp_path / "square", header="for tests")
    return tmp_path / "square"


def edit(file: Path, change: Callable[[Any], None]) -> None:
    document = json.loads(file.read_text(encoding="utf-8"))
    change(document["features"])
    file.write_text(json.dumps(document), encoding="utf-8")


def role(features: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(feature for feature in features if feature["properties"]["role"] == name)


def test_what_was_written_is_read_back(pack: Path) -> None:
    here, there = square_city(), load_city(pack)
    for field in ("name", "name_zh", "schematic", "timezone", "stations", "posts", "units", "roads", "junctions"):
        assert getattr(there, field) == getattr(here, field), field
    assert there.landmarks == here.landmarks
    assert there.cameras == here.cameras
    assert there.alarm_points == here.alarm_points
    assert there.travel == here.travel
    assert [(grid.id, grid.neighbours, grid.area.polygons) for grid in there.grids] == [
        (grid.id, grid.neighbours, grid.area.polygons) for grid in here.grids
    ]
    assert there.demand.points == here.demand.points
    assert there.demand.week == pytest.approx(here.demand.week)
    assert there.rivers[0].name == here.rivers[0].name


def test_the_same_city_has_the_same_bytes(pack: Path, tmp_path: Path) -> None:
    save_city(load_city(pack), tmp_path / "again", header="for tests")
    for name in PACK_FILES:
        assert (tmp_path / "again" / name).read_bytes() == (pack / name).read_bytes()


def test_the_hash_covers_every_file_and_no_newlines_of_the_system(pack: Path) -> None:
    first = load_city(pack).pack_hash
    for name in PACK_FILES:
        old = (pack / name).read_bytes()
        (pack / name).write_bytes(old.replace(b"\n", b"\r\n"))
        assert load_city(pack).pack_hash == first
        (pack / name).write_bytes(old + b"\n")
        assert load_city(pack).pack_hash != first
        (pack / name).write_bytes(old)


def test_loading_takes_no_third_party_library_and_little_time() -> None:
    """The desk starts within half a second: heavy imports are for the pack tools only."""
    probe = (
        "import sys, time; from pathlib import Path; from zz110_tui.gis.city import load_city;"
        "from zz110_tui.gis.gazetteer import Gazetteer; from zz110_tui.gis.raster import raster;"
        "city = load_city(Path(sys.argv[1])); Gazetteer(city);"
        "print(sorted(name for name in ('shapely', 'numpy', 'pypinyin', 'textual', 'zoneinfo') if name in sys.modules))"
    )
    answer = subprocess.run([sys.executable, "-c", probe, str(ZHANGZHOU)], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
    assert effort(lambda: load_city(ZHANGZHOU)) < 200


def test_schematic_is_said() -> None:
    city = zhangzhou()
    assert city.schematic
    assert "示意" in city.remark
    assert "Schematic" in city.remark


def test_a_grid_is_found_by_its_point() -> None:
    city = square_city()
    for grid in city.grids:
        spot = next(spot for spot in city.demand.points if spot.grid == grid.id)
        found = city.grid_at(spot.point)
        assert found is not None
        assert found.id == grid.id
    assert city.grid_at(city.frame.at(1500, 0)) is None
    assert city.grid("G09") is None
    assert city.post("P01") is city.posts[0]


@pytest.mark.parametrize("name", PACK_FILES)
def test_a_missing_or_broken_file_is_named(pack: Path, name: str) -> None:
    (pack / name).write_bytes(b"\xff not a pack file")
    with pytest.raises(Trouble) as broken:
        load_city(pack)
    assert name in broken.value.cause
    (pack / name).unlink()
    with pytest.raises(Trouble) as missing:
        load_city(pack)
    assert name in missing.value.cause
    assert missing.value.remedy


def test_no_directory_no_city(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="no such directory"):
        load_city(tmp_path / "nowhere")


def without_grids(features: list[dict[str, Any]]) -> None:
    features[:] = [feature for feature in features if feature["properties"]["role"] != "grid"]


BREAKS: list[tuple[str, str, Callable[[list[dict[str, Any]]], None]]] = [
    ("area.geojson", "instead of one", lambda fs: fs.remove(role(fs, "outline"))),
    ("area.geojson", "instead of one", lambda fs: fs.append(role(fs, "outline"))),
    ("area.geojson", "no grid", without_grids),
    ("area.geojson", "unknown role", lambda fs: role(fs, "river")["properties"].update(role="sea")),
    ("area.geojson", "not closed", lambda fs: role(fs, "grid")["geometry"]["coordinates"][0].pop()),
    ("area.geojson", "fewer than 4", lambda fs: role(fs, "grid")["geometry"].update(coordinates=[[[1, 2], [1, 2]]])),
    ("area.geojson", "WGS-84", lambda fs: role(fs, "outline")["geometry"]["coordinates"][0].insert(1, [24.5, 117.6])),
    ("area.geojson", "WGS-84", lambda fs: role(fs, "outline")["geometry"]["coordinates"][0].insert(1, ["a", "b"])),
    ("area.geojson", "WGS-84", lambda fs: role(fs, "outline")["geometry"]["coordinates"][0].insert(1, float("nan"))),
    ("area.geojson", "'weights'", lambda fs: role(fs, "demand")["properties"]["weights"].pop()),
    ("area.geojson", "negative", lambda fs: role(fs, "demand")["properties"].update(weights=[1, 1, 1, -1])),
    ("area.geojson", "'id'", lambda fs: role(fs, "grid")["properties"].update(id="")),
    ("roads.geojson", "cannot be a Polygon", lambda fs: role(fs, "road")["geometry"].update(type="Polygon")),
    ("roads.geojson", "'class'", lambda fs: role(fs, "road")["properties"].update({"class": "motorway"})),
    ("roads.geojson", "'numbers'", lambda fs: role(fs, "road")["properties"].update(numbers=["1", "2"])),
    ("places.geojson", "'name'", lambda fs: role(fs, "landmark")["properties"].pop("name")),
    ("places.geojson", "printed", lambda fs: role(fs, "landmark")["properties"].update(name="医院\x1b[31m")),
    ("places.geojson", "printed", lambda fs: role(fs, "landmark")["properties"].update(name="a\u202eb")),
    ("places.geojson", "not in places", lambda fs: fs.remove(role(fs, "post"))),
    ("places.geojson", "missing", lambda fs: fs.append({"type": "Feature"})),
    ("places.geojson", "missing", lambda fs: fs.append(None)),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("name", "says", "change"), BREAKS)
def test_a_wrong_feature_is_refused_with_its_file(
    pack: Path, name: str, says: str, change: Callable[[Any], None]
) -> None:
    edit(pack / name, change)
    with pytest.raises(Trouble) as refusal:
        load_city(pack)
    assert says in str(refusal.value)
    assert str(refusal.value).isprintable()
    if says != "not in places":
        assert name in refusal.value.cause


TOML_BREAKS = [
    ("city.toml", "format = 1", "format = 2", "'format'"),
    ("city.toml", "schematic = true", 'schematic = "yes"', "'schematic'"),
    ("city.toml", "cell_m = 500", "cell_m = 0", "'cell_m'"),
    ("city.toml", "detour = 1.35", "detour = 0.5", "'detour'"),
    ("city.toml", "patrol_response = 36", "horse = 36", "horse"),
    ("units.toml", 'call_sign = "02"', 'call_sign = "01"', "used twice"),
    ("units.toml", 'kind = "patrol_response"', 'kind = "cavalry"', "cavalry"),
    ("units.toml", "[[unit]]", "[[horse]]", "no [[unit]]"),
    ("demand.toml", "calls_per_day = 143.33", 'calls_per_day = "many"', "'calls_per_day'"),
    ("demand.toml", "dispersion = 2.4", "dispersion = 0.5", "'dispersion'"),
    ("demand.toml", "hour_of_week = [", "hour_of_week = [1,", "168"),
]


@pytest.mark.parametrize(("name", "old", "new", "says"), TOML_BREAKS)
def test_a_wrong_value_is_refused_with_its_file(pack: Path, name: str, old: str, new: str, says: str) -> None:
    text = (pack / name).read_text(encoding="utf-8")
    assert old in text
    (pack / name).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(Trouble) as refusal:
        load_city(pack)
    assert name in refusal.value.cause
    assert says in refusal.value.cause


def test_hours_and_days_may_be_written_apart(pack: Path) -> None:
    text = (pack / "demand.toml").read_text(encoding="utf-8")
    head = text[: text.index("[time]")]
    hours, days = [1] * 12 + [3] * 12, [1, 1, 1, 1, 1, 2, 2]
    (pack / "demand.toml").write_text(f"{head}[time]\nhour_of_day = {hours}\nweekday = {days}\n", encoding="utf-8")
    demand = load_city(pack).demand
    assert sum(demand.week) == pytest.approx(168)
    assert demand.calls_per_hour(6, 23) == pytest.approx(6 * demand.calls_per_hour(0, 0))
    assert sum(demand.calls_per_hour(day, hour) for day in range(7) for hour in range(24)) == pytest.approx(7 * 143.33)


def test_a_full_disk_is_told_and_the_old_pack_stays(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = load_city(pack).pack_hash

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(Trouble, match="No space left"):
            save_city(square_city(), pack)
    assert load_city(pack).pack_hash == before
    assert not list(pack.glob("*.new")), "nothing half written is left"


def test_a_pack_may_stand_anywhere(pack: Path, tmp_path: Path) -> None:
    shutil.copytree(pack, tmp_path / "elsewhere")
    assert load_city(tmp_path / "elsewhere").pack_hash == load_city(pack).pack_hash
