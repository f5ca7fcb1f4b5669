"""Paper slips and unmasking by the command line: entered, marked, counted apart; looked at for a reason, on record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.e2e.conftest import Program

SHANGHAI = ZoneInfo("Asia/Shanghai")


NOW = datetime.now(UTC)


def ago(minutes: int) -> str:
    return (NOW - timedelta(minutes=minutes)).astimezone(SHANGHAI).strftime("%m-%dT%H:%M")


def test_a_paper_slip_is_entered_marked_and_counted_apart(zz110: Program) -> None:
    line = (
        f"cu 打架 @F7 rcv={ago(90)} dis={ago(88)} arr={ago(70)} clr={ago(60)} 3 调解 pn=A-17 c=陈小明 tel=13912342207"
    )
    made, again = zz110.do_all(line, line, exit_code=3)
    assert made["status"] == "accepted"
    assert again["refusal"]["code"] == "paper_known"
    (listed,) = zz110.json("incident", "list")
    assert listed["caught_up"] is True
    slip = zz110.json("incident", "show", "1")
    assert slip["caught_up"] == "A-17"
    assert slip["handled_at"] - slip["received_at"] == 30 * 60_000
    assert slip["reports"][0]["contact"] == "139****2207"
    figures = zz110.json("figures")
    assert figures["caught_up"] == 1
    assert figures["from_received"]["within_5_min"]["of"] == 0
    assert figures["with_caught_up"]["within_5_min"]["of"] == 1


def test_data_are_given_once_for_a_reason_that_is_on_record(zz110: Program) -> None:
    opened, none, seen = zz110.do_all("n 打架 @F7 c=陈小明 tel=13912342207", "um 1", "um 1 / 回拨核实地址", exit_code=3)
    assert "13912342207" not in opened["says"] + str(opened["entries"])
    assert none["status"] == "incomplete"
    assert seen["result"] == {"report": "1", "caller": "陈小明", "contact": "13912342207"}
    assert "13912342207" not in str(zz110.json("incident", "show", "1"))
    told = zz110.json("incident", "show", "1")["chronology"]
    assert any("回拨核实地址" in entry["says"] for entry in told)


def test_a_desk_is_locked_and_handed_over_by_the_command_line(zz110: Program) -> None:
    zz110.do_all("ho / 对讲三频道有杂音")
    assert zz110.run("--duty", "supervise", "do", "fr 01 / 离岗").returncode == 3
