"""``zz110 city posts`` as a person runs it: text, JSON, picture, and the pack changed at once."""

from __future__ import annotations

import json
import random
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.e2e.conftest import Program
from tests.support.cities import at, square_city
from zz110_tui.gis.city import load_city
from zz110_tui.gis.packwrite import save_city


@pytest.fixture
def pack(zz110: Program) -> Path:
    save_city(square_city(), zz110.home / "square")
    return zz110.home / "square"


def calls(zz110: Program) -> None:
    """Six hundred calls in the north-east, as a file that is imported first."""
    rng = random.Random(2)
    rows = ["id,at,lon,lat,type"]
    for number in range(600):
        where = at(rng.uniform(300, 900), rng.uniform(300, 900))
        when = f"2023-11-{number % 28 + 1:02} {number % 24:02}:{number % 60:02}:00"
        rows.append(f"{number},{when},{where.lon},{where.lat},dispute")
    (zz110.home / "calls.csv").write_text("\n".join(rows), encoding="utf-8")
    (zz110.home / "mine.toml").write_text(
        'format = 1\nid = "mine"\n[time]\nzone = "Asia/Shanghai"\nformats = ["iso"]\n[columns]\nid = "id"\n'
        'received = "at"\nlon = "lon"\nlat = "lat"\ntype = "type"\n[types]\n"*" = "other"\n',
        encoding="utf-8",
    )


def test_posts_are_told_before_and_after_in_both_languages(zz110: Program, pack: Path) -> None:
    for language, words in (
        ("zh", ("p-中位", "现在", "排后", "停靠点")),
        ("en", ("p-median", "before", "after", "post")),
    ):
        done = zz110.run("--lang", language, "city", "posts", str(pack), "--count", "3")
        assert done.returncode == 0, done.stderr
        for word in words:
            assert word in done.stdout
    assert "--write" in done.stderr or "written" in done.stderr, "three posts for four units"


def test_posts_in_json_and_as_a_picture_that_needs_nothing_else(zz110: Program, pack: Path) -> None:
    told = zz110.json("city", "posts", str(pack), "--count", "4", "--by", "cover", "--picture", "p.svg")
    assert (told["by"], told["within_s"], told["written"]) == ("cover", 300, None)
    assert len(told["posts"]) == 4
    assert {"mean_s", "within_180_s", "within_300_s", "within_600_s", "grids"} == set(told["after"])
    assert [row["grid"] for row in told["before"]["grids"]] == ["G01", "G02", "G03", "G04"]
    drawn = (zz110.home / "p.svg").read_text(encoding="utf-8")
    ElementTree.fromstring(drawn)
    assert "http" not in drawn.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert zz110.json("city", "posts", str(pack), "--count", "4", "--by", "cover") == told


def test_posts_are_written_whole_and_the_pack_is_sound(zz110: Program, pack: Path) -> None:
    told = zz110.json("city", "posts", str(pack), "--write")
    city = load_city(pack)
    at_post = {unit.call_sign: unit.post for unit in city.units}
    assert at_post == {post["unit"]: post["post"] for post in told["posts"]}
    assert zz110.run("city", "check", str(pack)).returncode == 0
    again = zz110.json("city", "posts", str(pack))
    assert again["before"] == told["after"]


def test_posts_of_a_files_calls_go_to_a_copy(zz110: Program, pack: Path) -> None:
    calls(zz110)
    before = load_city(pack).pack_hash
    told = zz110.json(
        "city", "posts", str(pack), "--calls", "calls.csv", "--map", "./mine.toml", "--count", "4", "--out", "copy"
    )
    assert told["calls"] == "600 call records"
    assert [row["grid"] for row in told["after"]["grids"]] == ["G02"]
    assert told["after"]["mean_s"] < told["before"]["mean_s"]
    assert load_city(pack).pack_hash == before
    assert load_city(zz110.home / "copy").demand == load_city(pack).demand


def test_what_cannot_be_is_refused_with_what_to_do(zz110: Program, pack: Path) -> None:
    (zz110.home / "full").mkdir()
    (zz110.home / "full" / "x").write_text("", encoding="utf-8")
    for args, code, word in (
        ((str(pack), "--count", "99"), 1, "--count"),
        ((str(pack), "--count", "3", "--write"), 1, "--write"),
        (("zhangzhou", "--write"), 73, "--out"),
        ((str(pack), "--out", "full"), 73, "--out"),
        ((str(pack), "--calls", "none.csv"), 66, "none.csv"),
        ((str(pack), "--picture", "no/where.svg"), 73, "where.svg"),
    ):
        done = zz110.run("city", "posts", *args)
        assert done.returncode == code, (args, done.stdout, done.stderr)
        assert word in done.stderr
    assert json.loads(zz110.run("city", "show", str(pack), "--json").stdout)["posts"] == 4
