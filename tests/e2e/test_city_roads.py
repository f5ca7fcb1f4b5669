"""``zz110 city roads`` as a person runs it: what is told, what is refused, and that nothing is half done."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from tests.e2e.conftest import Program
from tests.support.cities import at, square_city
from zz110_tui.gis.city import load_city
from zz110_tui.gis.packwrite import save_city


@pytest.fixture
def pack(zz110: Program) -> Path:
    save_city(square_city(), zz110.home / "square")
    lines = {"primary": [at(-900, 0), at(0, 0), at(900, 0)], "residential": [at(0, 0), at(0, 400)]}
    features = [
        {
            "properties": {"highway": highway},
            "geometry": {"type": "LineString", "coordinates": [(p.lon, p.lat) for p in line]},
        }
        for highway, line in lines.items()
    ]
    (zz110.home / "r.geojson").write_text(json.dumps({"features": features}), encoding="utf-8")
    return zz110.home / "square"


def test_a_dry_run_tells_and_writes_nothing(zz110: Program, pack: Path) -> None:
    before = load_city(pack).pack_hash
    told = zz110.json("city", "roads", str(pack), "r.geojson", "--datum", "wgs84", "--dry-run")
    assert (told["nodes"], told["edges"], told["written"]) == (4, 6, False)
    assert [share["class"] for share in told["classes"]] == ["trunk", "lane"]
    assert {snap["what"] for snap in told["snap"]} == {"posts", "stations", "places", "calls"}
    assert load_city(pack).pack_hash == before
    assert zz110.json("city", "roads", str(pack), "r.geojson", "--datum", "wgs84")["written"] is True
    city = load_city(pack)
    assert city.net is not None
    assert zz110.run("city", "check", str(pack)).returncode == 0


def test_it_is_told_in_both_languages(zz110: Program, pack: Path) -> None:
    for language, word in (("zh", "最大连通部分"), ("en", "largest connected part")):
        done = zz110.run("--lang", language, "city", "roads", str(pack), "r.geojson", "--datum", "wgs84", "--dry-run")
        assert word in done.stdout, done.stderr


def test_what_is_wrong_is_said_with_what_to_do(zz110: Program, pack: Path) -> None:
    (zz110.home / "full").mkdir()
    (zz110.home / "full" / "x").write_text("", encoding="utf-8")
    for args, code, word in (
        ((str(pack), "r.geojson"), 2, "--datum"),
        ((str(pack), "r.geojson", "--datum", "mars"), 2, "gcj02"),
        ((str(pack), "r.geojson", "--datum", "wgs84", "--datum", "gcj02"), 2, "datums"),
        (("zhangzhou", "r.geojson", "--datum", "wgs84"), 73, "--out"),
        ((str(pack), "r.geojson", "--datum", "wgs84", "--out", "full"), 73, "--out"),
        ((str(pack), "none.geojson", "--datum", "wgs84"), 66, "none.geojson"),
        (("zhangzhou", "r.geojson", "--datum", "bd09", "--margin", "0", "--dry-run"), 0, ""),
    ):
        done = zz110.run("city", "roads", *args)
        assert done.returncode == code, (args, done.stderr)
        assert word in done.stderr


def test_ctrl_c_leaves_the_pack_as_it_was(zz110: Program, pack: Path) -> None:
    nodes = "".join(f"{i},24.51,{117.62 + (i % 4000) * 1e-5:.6f}\n" for i in range(400_000))
    (zz110.home / "n.csv").write_text("node,lat,lon\n" + nodes, encoding="utf-8")
    edges = "".join(f"{i},{i + 1}\n" for i in range(399_999))
    (zz110.home / "e.csv").write_text("u,v\n" + edges, encoding="utf-8")
    before = load_city(pack).pack_hash
    work = zz110.start("city", "roads", str(pack), "n.csv", "e.csv", "--datum", "gcj02")
    assert work.stderr is not None
    assert "读路网" in work.stderr.readline().decode(), "it says now and then how far it is"
    work.send_signal(signal.SIGINT)
    assert work.wait(240) == 130
    assert load_city(pack).pack_hash == before
    assert not list(pack.glob("*.new"))
