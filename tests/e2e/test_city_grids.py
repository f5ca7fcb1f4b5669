"""``zz110 city grids`` as a person runs it: text, JSON, picture, and the pack changed at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.e2e.conftest import Program
from tests.support.cities import at, square_city
from zz110_tui.gis.city import load_city
from zz110_tui.gis.features import DemandPoint
from zz110_tui.gis.packwrite import save_city


@pytest.fixture
def pack(zz110: Program) -> Path:
    """The square city, most of its calls from the south-west."""
    city = square_city()
    shares = {"G01": 0.1, "G02": 0.1, "G03": 0.7, "G04": 0.1}
    spots = tuple(DemandPoint(spot.point, spot.grid, shares[spot.grid]) for spot in city.demand.points)
    save_city(replace(city, demand=replace(city.demand, points=spots)), zz110.home / "square")
    return zz110.home / "square"


def test_grids_are_told_before_and_after_in_both_languages(zz110: Program, pack: Path) -> None:
    for language, words in (
        ("zh", ("负荷", "各成一片", "现在", "画后")),
        ("en", ("load", "in one piece", "before", "after")),
    ):
        done = zz110.run("--lang", language, "city", "grids", str(pack))
        assert done.returncode == 0, done.stderr
        for word in words:
            assert word in done.stdout


def test_grids_in_json_and_as_a_picture_that_needs_nothing_else(zz110: Program, pack: Path) -> None:
    told = zz110.json("city", "grids", str(pack), "--picture", "g.svg")
    assert told["written"] is None
    assert told["before"]["spread"] > 0.3
    assert told["after"]["spread"] < 0.1
    assert told["after"]["in_one_piece"] is True
    assert (told["after"]["missing_m2"], told["after"]["twice_m2"]) == (
        pytest.approx(0, abs=5),
        pytest.approx(0, abs=5),
    )
    assert [grid["grid"] for grid in told["after"]["grids"]] == ["G01", "G02", "G03", "G04"]
    drawn = (zz110.home / "g.svg").read_text(encoding="utf-8")
    ElementTree.fromstring(drawn)
    assert "http" not in drawn.replace('xmlns="http://www.w3.org/2000/svg"', "")


def test_grids_are_written_whole_and_the_pack_is_sound(zz110: Program, pack: Path) -> None:
    told = zz110.json("city", "grids", str(pack), "--write")
    city = load_city(pack)
    assert zz110.run("city", "check", str(pack)).returncode == 0
    assert all(city.grid_at(spot.point) is not None for spot in city.demand.points)
    again = zz110.json("city", "grids", str(pack))
    assert again["before"]["spread"] == pytest.approx(told["after"]["spread"], abs=0.08)
    assert [unit["home_grid"] for unit in told["units"]] == [unit.home_grid for unit in city.units]


def test_other_numbers_and_people_go_to_a_copy(zz110: Program, pack: Path) -> None:
    table = "lon,lat,people\n" + "".join(
        f"{at(x, 500).lon},{at(x, 500).lat},{1000 + x}\n" for x in range(-900, 901, 100)
    )
    (zz110.home / "people.csv").write_text(table, encoding="utf-8")
    before = load_city(pack).pack_hash
    told = zz110.json(
        "city", "grids", str(pack), "--count", "3", "--area", "1", "--people", "1", "--weigh-calls", "0",
        "--population", "people.csv", "--out", "copy",
    )  # fmt: skip
    assert told["weights"] == {"area": 1, "people": 1, "calls": 0}
    assert sum(grid["people"] for grid in told["after"]["grids"]) == pytest.approx(1, abs=1e-3)
    assert len(load_city(zz110.home / "copy").grids) == 3
    assert load_city(pack).pack_hash == before


def test_what_cannot_be_is_refused_with_what_to_do(zz110: Program, pack: Path) -> None:
    (zz110.home / "bad.csv").write_text("lon,lat,people\n117.65,24.51,many\n", encoding="utf-8")
    (zz110.home / "nohead.csv").write_text("117.65,24.51,10\n", encoding="utf-8")
    (zz110.home / "far.csv").write_text("lon,lat,people\n100,20,10\n", encoding="utf-8")
    population = ("--people", "1", "--population")
    for args, code, word in (
        ((str(pack), "--area", "0", "--weigh-calls", "0"), 1, "above 0"),
        ((str(pack), "--people", "1"), 1, "--population"),
        ((str(pack), *population, "bad.csv"), 65, "line 2"),
        ((str(pack), *population, "nohead.csv"), 65, "lon,lat,people"),
        ((str(pack), *population, "far.csv"), 65, "service area"),
        ((str(pack), *population, "none.csv"), 66, "none.csv"),
        (("zhangzhou", "--write"), 73, "--out"),
    ):
        done = zz110.run("city", "grids", *args)
        assert done.returncode == code, (args, done.stdout, done.stderr)
        assert word in done.stderr
