"""``zz110 city learn`` as a person runs it, on a journal of a drill and on an empty one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.e2e.conftest import Program
from zz110_tui.gis.city import load_city

CITY = Path(__file__).resolve().parents[2] / "cities" / "zhangzhou"


@pytest.fixture
def pack(zz110: Program) -> Path:
    shutil.copytree(CITY, zz110.home / "zhangzhou")
    return zz110.home / "zhangzhou"


def test_a_journal_without_trips_changes_nothing(zz110: Program, pack: Path) -> None:
    before = load_city(pack).pack_hash
    zz110.do("n 打架 @漳州医院")
    told = zz110.json("city", "learn", str(pack))
    assert (told["trips"], told["written"], told["held_out"]) == (0, False, None)
    assert {row["factor"] for row in told["factors"]} == {1.0}
    assert load_city(pack).pack_hash == before


def test_a_drill_says_what_it_was_made_from_and_teaches_no_pack(zz110: Program, pack: Path) -> None:
    assert zz110.run("drill", "run", "shift", "--days", "3", "--seed", "4", "--store", "drill.zz110").returncode == 0
    told = zz110.json("--drill", "--store", "drill.zz110", "city", "learn", str(pack), "--dry-run")
    assert told["trips"] > 100
    assert told["overall"]["low"] < 1 < told["overall"]["high"], "its times were made from the pack's own"
    assert told["spread"] == pytest.approx(0.22, abs=0.03)
    refused = zz110.run("--store", "drill.zz110", "city", "learn", str(pack))
    assert refused.returncode == 3
    assert "--dry-run" in refused.stderr
    assert not (pack / "times.toml").exists()


def test_a_pack_that_comes_with_zz110_is_not_changed(zz110: Program) -> None:
    zz110.do("n 打架 @漳州医院")
    done = zz110.run("city", "learn", "zhangzhou")
    assert done.returncode == 73
    assert not (CITY / "times.toml").exists()
