"""Calls of another system come in once, make a city, and are replayed; a drill is the same twice."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.e2e.conftest import Program

MAPPING = """
format = 1
id = "elsewhere"

[time]
zone = "Asia/Shanghai"
formats = ["%Y-%m-%d %H:%M:%S"]

[columns]
id = "no"
received = "when"
lon = "x"
lat = "y"
place = "where"
type = "what"

[types]
"*fight*" = "fight"
"""
CALLS = 600
SPOILT = ("bad1,yesterday,117.65,24.51,here,fight", "bad2,2026-03-02 10:00:00,0,0,nowhere,fight", "bad3")


@pytest.fixture
def source(zz110: Program) -> Path:
    """Two days of calls around one centre, and three rows that are none."""
    chance = Random(7)
    path = zz110.home / "calls.csv"
    first = datetime(2026, 3, 2)  # noqa: DTZ001 - a source's local time, as it stands in its file
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["no", "when", "x", "y", "where", "what"])
        for number in range(CALLS):
            when = first + timedelta(seconds=number * 2 * 86_400 // CALLS)
            x, y = 117.65 + chance.gauss(0, 0.02), 24.51 + chance.gauss(0, 0.02)
            writer.writerow([number, when, f"{x:.6f}", f"{y:.6f}", f"{number} Main St", "fight in progress"])
        file.write("".join(f"{row}\n" for row in SPOILT))
    (zz110.home / "elsewhere.toml").write_text(MAPPING, encoding="utf-8")
    return path


def test_calls_come_in_once_and_no_row_goes_missing(zz110: Program, source: Path) -> None:
    args = ("calls", "import", source.name, "--map", "./elsewhere.toml", "--rejects", "no.csv")
    first, again = zz110.json(*args), zz110.json(*args)
    assert (first["read"], first["added"], first["rejected"]) == (CALLS + 3, CALLS, 3)
    assert (again["added"], again["known"], again["rejected"]) == (0, CALLS, 3)
    rejects = (zz110.home / "no.csv").read_text(encoding="utf-8").splitlines()
    assert rejects[0] == "line,reason,detail,row"
    assert [line.split(",")[:2] for line in rejects[1:]] == [
        [str(CALLS + 2), "bad_time"],
        [str(CALLS + 3), "zero_place"],
        [str(CALLS + 4), "ragged"],
    ]
    info = zz110.json("calls", "info", "calls.calls")
    assert info["calls"] == CALLS
    assert info["types"] == {"fight": CALLS}
    assert info["first_local"].startswith("2026-03-02T00:00:00")


def test_a_city_is_made_from_its_calls_and_found_by_its_name(zz110: Program, source: Path) -> None:
    made = zz110.json(
        "city", "new", "elsewhere", "--calls", source.name, "--map", "./elsewhere.toml", "--grids", "4", "--units", "5"
    )
    assert (made["grids"], made["street_units"], made["ok"]) == (4, 5, True)
    assert Path(made["path"]).is_relative_to(zz110.home)
    assert "elsewhere" in [city["pack"] for city in zz110.json("city", "list")]
    assert zz110.json("city", "check", "elsewhere")["ok"] is True
    (zz110.home / "config.toml").write_text('city = "elsewhere"\n', encoding="utf-8")
    assert zz110.run("config", "check", "--config-dir", ".").returncode == 0
    again = zz110.run("city", "new", "elsewhere", "--calls", source.name, "--map", "./elsewhere.toml")
    assert again.returncode == 73
    # A store made with it belongs to it, and needs no --city from then on.
    zz110.run("do", "n fight at=117.65,24.51", "--city", "elsewhere")
    assert zz110.do("n 打架 at=117.65,24.51")["status"] == "accepted"
    other = zz110.run("do", "n 打架 @F7", "--city", "zhangzhou")
    assert other.returncode == 78
    assert "elsewhere" in other.stderr


def test_a_replay_gives_every_call_one_end_and_the_same_bytes_twice(zz110: Program, source: Path) -> None:
    zz110.run("calls", "import", source.name, "--map", "./elsewhere.toml")
    zz110.run("city", "new", "elsewhere", "--calls", "calls.calls", "--grids", "4", "--units", "5")
    args = ("drill", "run", "replay", "--city", "elsewhere", "--calls", "calls.calls", "--from", "2026-03-02", "--json")
    first, again = (zz110.run(*args, "--days", "2", "--seed", "3") for _ in range(2))
    assert first.returncode == 0, first.stderr
    assert first.stdout == again.stdout
    result = json.loads(first.stdout)
    assert result["calls"] == CALLS
    assert sum(result["ends"].values()) == CALLS
    assert result["figures"]["from_dispatched"]["within_5_min"]["low"] is not None
    other = json.loads(zz110.run(*args, "--days", "2", "--seed", "4").stdout)
    assert other["head_hash"] != result["head_hash"]


def test_a_drills_journal_is_kept_only_where_asked(zz110: Program) -> None:
    args = ("drill", "run", "shift", "--city", "zhangzhou", "--days", "1", "--seed", "5")
    loose = zz110.json(*args)
    assert not zz110.store.exists(), "ZZ110_STORE names the live store; a drill never goes there"
    kept = zz110.json(*args, "--store", "drill.zz110")
    assert kept["head_hash"] == loose["head_hash"]
    verdict = zz110.json("journal", "verify", "--store", "drill.zz110")
    assert (verdict["intact"], verdict["hash"], verdict["kind"]) == (True, kept["head_hash"], "drill")
    figures = zz110.json("figures", "--store", "drill.zz110")
    assert figures["slips"] == kept["figures"]["slips"]
    assert zz110.run(*args, "--store", "drill.zz110").returncode == 73, "one journal, one drill"
    slips = zz110.json("incident", "list", "--all", "--store", "drill.zz110")
    assert [slip["stage"] for slip in slips] == ["closed"] * len(slips)
    assert len(slips) >= kept["figures"]["slips"]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("shift", "--speed", "fast"), 2),
        (("shift", "--days", "0"), 2),
        (("replay", "--calls", "none.csv", "--from", "2026-03-02"), 66),
        (("replay", "--calls", "none.csv", "--from", "March"), 2),
        (("shift", "--city", "atlantis"), 78),
    ],
)
def test_what_cannot_be_run_is_refused_with_a_reason(zz110: Program, args: tuple[str, ...], code: int) -> None:
    done = zz110.run("drill", "run", *args)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
