"""The whole life of a call through ``zz110 do``, and what the reading commands then say about it."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

from tests.e2e.conftest import Program

LIFE = (
    "n 打架 @胜利路x延安路 tel=13912342207 / 两人持刀",
    "d 07 .",
    "ack 07",
    "er 07",
    "os 07",
    "nt . / 一人轻伤",
    "cl . 调解 / 双方和解",
    "fb . / 邻里纠纷",
    "cb . 满意",
    "close .",
)


def test_every_step_in_a_process_of_its_own_goes_on_where_the_last_one_ended(zz110: Program) -> None:
    answers = [zz110.do(line) for line in LIFE]
    assert [answer["status"] for answer in answers] == ["accepted"] * len(LIFE)
    positions = [answer["position"] for answer in answers]
    assert positions == sorted(positions)
    slip = zz110.json("incident", "show", "1")
    assert_whole(slip)


def test_the_same_lines_in_one_stream(zz110: Program) -> None:
    answers = zz110.do_all("# a remark", "", *LIFE)
    assert [answer["status"] for answer in answers] == ["accepted"] * len(LIFE)
    assert [answer["n"] for answer in answers] == list(range(3, 3 + len(LIFE)))
    assert_whole(zz110.json("incident", "show", "0001"))
    assert zz110.json("journal", "verify")["intact"] is True


def assert_whole(slip: dict[str, Any]) -> None:
    """Every time, person and desk is on the slip."""
    assert slip["stage"] == "closed"
    assert slip["type"] == "fight"
    assert slip["disposition"] == "mediated"
    assert slip["satisfied"] is True
    [unit] = slip["units"]
    times = [
        slip["received_at"],
        slip["opened_at"],
        unit["dispatched_at"],
        unit["signed_at"],
        unit["en_route_at"],
        unit["on_scene_at"],
        unit["ended_at"],
        slip["handled_at"],
        slip["fed_back_at"],
        slip["called_back_at"],
        slip["closed_at"],
    ]
    assert all(one <= other for one, other in pairwise(times))
    assert slip["opened_at_local"].endswith("+08:00")
    assert {(told["person"], told["desk"]) for told in slip["chronology"]} == {("li", "01")}
    assert all(told["at"] and told["says"] for told in slip["chronology"])
    [report] = slip["reports"]
    assert report["contact"] == "139****2207"


def test_a_refused_line_changes_nothing_and_says_what_to_do_instead(zz110: Program) -> None:
    zz110.do(LIFE[0])
    before = zz110.json("incident", "show", "1")
    answer = zz110.do("cl i=1 调解", exit_code=3)
    assert answer["status"] == "refused"
    assert answer["refusal"]["code"] == "nobody_on_scene"
    assert all(answer["refusal"][key] for key in ("zh", "en", "remedy_zh", "remedy_en"))
    assert answer["entries"] == []
    assert zz110.json("incident", "show", "1") == before


def test_a_line_that_is_not_clear_is_not_done(zz110: Program) -> None:
    for line in ("n", "d 99 1", "xyzzy", "n 打架"):
        answer = zz110.do(line, exit_code=4)
        assert answer["status"] in ("incomplete", "ambiguous", "wrong"), line
        assert answer["entries"] == []
        assert answer["says"] or answer["hint"]
    assert zz110.json("incident", "list") == []


def test_a_refused_line_does_not_stop_the_stream_unless_asked(zz110: Program) -> None:
    lines = ("cl 9 调解", "n 打架 @F7", "d 07 .")
    assert [a["status"] for a in zz110.do_all(*lines, exit_code=3)][1:] == ["accepted", "accepted"]
    stopped = zz110.run("do", "-", "--json", "--stop-on-error", stdin="\n".join(lines))
    assert stopped.returncode == 3
    assert len(stopped.stdout.splitlines()) == 1


def test_a_command_with_an_id_is_done_once(zz110: Program) -> None:
    first, again = (zz110.json("do", "n 打架 @F7", "--id", "web-17") for _ in range(2))
    assert first["entries"] == again["entries"]
    assert len(zz110.json("incident", "list")) == 1


def test_an_undone_step_is_on_record(zz110: Program) -> None:
    zz110.do_all("n 打架 @F7", "d 07 .")
    assert zz110.do("undo")["status"] == "accepted"
    slip = zz110.json("incident", "show", "1")
    assert slip["stage"] == "queued"
    assert slip["chronology"][-1]["fact"] == "step_undone"


def test_questions_are_answered(zz110: Program) -> None:
    zz110.do(LIFE[0])
    assert zz110.do("show i=1")["result"]["incident"]["number"] == "0001"
    found = zz110.do("find 打架")["result"]
    assert [incident["incident"] for incident in found["incidents"]] == [1]
    assert zz110.do("show u=07")["result"]["unit"]["unit"] == "07"
    assert zz110.do("?")["result"]["lines"]


def test_units_alarms_and_reports_are_listed(zz110: Program) -> None:
    zz110.do_all("rp 微信 @F7 / 有人打架", "n 打架 @F7", "d 07 .")
    units = {unit["unit"]: unit for unit in zz110.json("unit", "list")}
    assert len(units) == 20
    assert units["07"]["incidents"] == [1]
    assert zz110.json("unit", "show", "07")["on"][0]["number"] == "0001"
    assert [report["stage"] for report in zz110.json("report", "list")] == ["received"]
    assert len(zz110.json("report", "list", "--all")) == 2
    assert zz110.json("alarm", "list") == []


def test_what_is_not_there_is_said_so(zz110: Program) -> None:
    none = zz110.run("incident", "list")
    assert (none.returncode, none.stdout) == (1, "")
    assert "--store" in none.stderr
    zz110.do("n 打架 @F7")
    for args in (("incident", "show", "77"), ("unit", "show", "zz")):
        missing = zz110.run(*args)
        assert (missing.returncode, missing.stdout) == (1, "")
        assert args[-1] in missing.stderr


def test_the_journal_can_be_followed_and_exported(zz110: Program) -> None:
    zz110.do_all(*LIFE)
    lines = zz110.run("journal", "tail", "-n", "3", "--json").stdout.splitlines()
    assert [json.loads(line)["fact"] for line in lines][-1] == "desk_closed"
    exported = zz110.run("journal", "export")
    records = [json.loads(line) for line in exported.stdout.splitlines()]
    assert [record["p"] for record in records] == list(range(1, len(records) + 1))
    assert "13912342207" not in exported.stdout
    assert zz110.run("journal", "export", "--out", "a.jsonl").returncode == 0
    assert (zz110.home / "a.jsonl").read_text(encoding="utf-8") == exported.stdout
    assert zz110.run("journal", "export", "--out", "a.jsonl").returncode == 1


def test_figures_of_the_day(zz110: Program) -> None:
    zz110.do_all(*LIFE)
    figures = zz110.json("figures", "--by", "type")
    assert figures["slips"] == 1
    assert figures["from_received"]["within_5_min"]["hits"] == 1
    assert [group["key"] for group in figures["by_type"]] == ["fight"]
    assert zz110.json("figures", "--from", "1999-01-01", "--to", "1999-12-31")["slips"] == 0
    table = zz110.run("figures", "--by", "unit", "--csv").stdout.splitlines()
    assert table[0].startswith("unit,count,share,")
    assert table[1].startswith("07,1,1.0,")
    assert zz110.run("figures", "--from", "yesterday").returncode == 2


def test_a_desk_does_only_what_its_duty_allows(zz110: Program) -> None:
    zz110.do("n 打架 @F7")
    answer = zz110.json("do", "d 07 i=1", "--desk", "09", "--duty", "audit", "--person", "wang", exit_code=3)
    assert answer["refusal"]["code"] == "not_yours_to_do"
    told = zz110.json("incident", "show", "1")["chronology"]
    assert "wang" not in {line["person"] for line in told}


def test_an_alias_that_is_another_verbs_name_is_an_error_before_any_line_is_read(zz110: Program) -> None:
    folder = zz110.home / "settings"
    folder.mkdir()
    (folder / "config.toml").write_text('[aliases]\n"q" = "dispatch"\n', encoding="utf-8")
    ran = zz110.run("do", "find 1", "--config-dir", str(folder))
    assert ran.returncode == 2
    assert "question" in ran.stderr
