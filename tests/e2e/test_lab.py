"""``zz110 lab`` as a person runs it."""

from __future__ import annotations

from tests.e2e.conftest import Program

QUICK = ("--policy", "closest", "--policy", "fill-in", "--reps", "2", "--days", "1", "--jobs", "1")


def test_a_table_a_document_and_a_page(zz110: Program) -> None:
    found = zz110.json("lab", "compare", *QUICK, "--html", "page.html")
    assert [row["policy"] for row in found["rows"]] == ["closest", "fill-in"]
    assert found["complete"] is True
    assert found["rows"][0]["late_change"] is None
    page = (zz110.home / "page.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "fill-in" in page
    assert "http" not in page.replace("http-equiv", ""), "it needs nothing from elsewhere"
    assert zz110.json("lab", "compare", *QUICK) == found, "the same seed, the same document"


def test_what_is_wrong_is_said_with_what_to_do(zz110: Program) -> None:
    for args, code, word in (
        (("--policy", "nosuch"), 64, "fill-in"),
        (("--policy", "closest", "--load", "much"), 2, "--load"),
        (("--policy", "closest", "--calls", "x.csv"), 2, "--from"),
        (("--policy", "closest", "--html", "/nowhere/at/all.html", "--reps", "1", "--days", "1"), 73, "--html"),
    ):
        done = zz110.run("lab", "compare", "--jobs", "1", *args)
        assert done.returncode == code, (args, done.stderr)
        assert word in done.stderr


def test_the_policies_are_listed(zz110: Program) -> None:
    assert {"closest", "fill-in", "second-line", "both"} <= {p["policy"] for p in zz110.json("lab", "policies")}


def test_what_if_reads_the_store_and_records_nothing(zz110: Program) -> None:
    zz110.run("do", "n 打架 @胜利路x延安路")
    head = zz110.json("journal", "head")
    args = ("lab", "what-if", "13 5 1", "--runs", "20", "--seed", "4")
    found = zz110.json(*args)
    assert [one["line"] for one in found["alternatives"]] == ["d 13 0001", "d 05 0001"]
    assert (found["better"], found["runs"], found["seed"]) == (2, 20, 4)
    assert zz110.json(*args) == found, "the same seed, the same answer"
    assert zz110.json("journal", "head") == head
    assert zz110.run("lab", "what-if", "13 13 99").returncode != 0
    at_the_desk = zz110.json("do", "wi 13 5 1")
    assert at_the_desk["result"]["alternatives"][1]["arrival"]["median_s"] < 120


def test_the_calls_of_a_store_are_worked_on_by_every_policy(zz110: Program) -> None:
    kept = zz110.json("drill", "run", "shift", "--days", "2", "--seed", "3", "--store", "drill.zz110")
    first = zz110.json("calls", "info", "drill.zz110")
    assert 0.8 * kept["figures"]["slips"] < first["calls"] <= kept["figures"]["slips"]
    day = first["first_local"][:10]
    found = zz110.json("lab", "compare", *QUICK, "--calls", "drill.zz110", "--from", day)
    assert found["calls"] == "drill.zz110"
    assert 0 < found["rows"][0]["arrivals"] <= first["calls"]
