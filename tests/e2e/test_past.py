"""What was filed is found, listed and counted with the real command, and the history can be thrown away."""

from __future__ import annotations

import json

from tests.e2e.conftest import Program


def test_slips_that_left_the_board_are_found_shown_listed_and_counted(drilled: Program) -> None:
    listed = drilled.json("--drill", "incident", "list", "--all")
    first = listed[0]
    found = drilled.json("--drill", "incident", "find", first["type_zh"], "--limit", "1000")
    assert [one["number"] for one in found][::-1] == [
        one["number"]
        for one in listed
        if first["type_zh"] in (one["type_zh"], None) or first["type"] == one["final_type"]
    ]
    shown = drilled.json("--drill", "incident", "show", first["number"])
    assert shown["chronology"][0]["fact"] in ("report_received", "incident_opened")
    assert shown["chronology_elsewhere"] is None
    whole = drilled.json("--drill", "figures")
    page = drilled.run("--drill", "figures", "--html")
    assert page.returncode == 0
    assert page.stdout.startswith("<!doctype html>")

    status = drilled.json("--drill", "history", "status")
    assert (status["position"], status["slips"]) == (status["journal"], len(listed))
    (drilled.home / "drill.zz110.history").unlink()
    rebuilt = drilled.json("--drill", "history", "rebuild")
    assert rebuilt["slips"] == len(listed)
    assert drilled.json("--drill", "figures") == whole

    assert drilled.run("--drill", "incident", "find", "没有这样的事").returncode == 1
    assert drilled.run("--drill", "incident", "find", "x", "--from", "yesterday").returncode == 2
    assert drilled.run("--drill", "figures", "--html", "--csv").returncode == 2
    early = drilled.json("--drill", "incident", "find", first["type_zh"], "--to", "2000-01-01", exit_code=1)
    assert early == []


def test_archived_years_are_verified_found_and_shown_from_the_archive(drilled: Program) -> None:
    listed = drilled.json("--drill", "incident", "list", "--all")
    whole = drilled.json("--drill", "journal", "verify")
    number = listed[0]["number"]
    before = drilled.json("--drill", "incident", "show", number)
    moved = drilled.json("--drill", "journal", "archive", "--before", "2024", "--to", "2023.zz110")
    assert (moved["first"], moved["last"]) == (1, whole["position"])
    verified = drilled.json("--drill", "journal", "verify")
    assert (verified["intact"], verified["first"], verified["head"]) == (True, 1, whole["head"])
    assert drilled.json("--drill", "incident", "list", "--all") == listed
    assert drilled.json("--drill", "incident", "show", number) == before
    assert drilled.run("--drill", "--store", "2023.zz110", "journal", "tail").returncode == 0

    (drilled.home / "2023.zz110").rename(drilled.home / "elsewhere")
    away = drilled.json("--drill", "incident", "show", number)
    assert (away["chronology"], away["chronology_elsewhere"]) == ([], moved["file"])
    assert drilled.json("--drill", "journal", "verify")["first"] == whole["position"] + 1
    assert drilled.json("--drill", "journal", "verify", "--archive", "elsewhere")["first"] == 1
    drilled.json("--drill", "history", "rebuild", "--archive", "elsewhere")
    assert drilled.run("--drill", "history", "rebuild").returncode == 66, "it is nowhere"
    assert drilled.json("--drill", "journal", "verify", "--archive-folder", ".")["first"] == 1
    drilled.json("--drill", "history", "rebuild", "--archive-folder", ".")
    assert drilled.json("--drill", "incident", "show", number, "--archive-folder", ".") == before
    assert drilled.run("--drill", "journal", "archive", "--before", "2023", "--to", "more.zz110").returncode == 2
    assert drilled.run("--drill", "journal", "archive", "--before", "2999", "--to", "more.zz110").returncode == 2


def test_a_caller_is_masked_in_what_is_found(zz110: Program) -> None:
    zz110.do("n 打架 @~东门口 tel=13912342207 / 两人持刀")
    found = zz110.run("incident", "find", "13912342207", "--json")
    assert found.returncode == 0, found.stderr
    assert "13912342207" not in found.stdout
    assert json.loads(found.stdout)[0]["text"] == "两人持刀"
    assert zz110.run("incident", "find", "1391234").returncode == 1, "not by a part that is hidden"
