"""The line that asks "what if": which two things it holds against each other, and what its answer says."""

from __future__ import annotations

import pytest

from tests.support.scenes import Desk
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import of_incident
from zz110_tui.core.statistics import Interval
from zz110_tui.core.whatif import Arrivals, Forecast, Option, Question, Side, situation_of
from zz110_tui.language.parsed import Status, WhatIf
from zz110_tui.language.whatifwords import forecast_document, forecast_lines, option_line, verdict


@pytest.fixture
def desk() -> Desk:
    """0142 waits, and 05 is at work on 0143."""
    desk = Desk(first_incident=142)
    desk.do(desk.command("n 打架 @胜利路x延安路"))
    desk.do(desk.command("n 打架 @南山寺"))
    desk.do(c.Dispatch(143, ("05",)))
    return desk


def asked(desk: Desk, line: str) -> WhatIf:
    parsed = desk.read(line)
    assert parsed.ready, parsed
    assert isinstance(parsed.query, WhatIf)
    return parsed.query


def units(desk: Desk, line: str) -> tuple[tuple[str, ...], ...]:
    return tuple(option.units for option in asked(desk, line).options)


@pytest.mark.parametrize("line", ["wi 3 7 142", "wi 3,7 142", "what-if 142 3 7", "如果 3 7 142", "wi 3 142 or=7"])
def test_two_units_are_held_against_each_other(desk: Desk, line: str) -> None:
    assert units(desk, line) == (("03",), ("07",))
    assert {option.incident for option in asked(desk, line).options} == {142}


def test_several_are_held_against_several(desk: Desk) -> None:
    assert units(desk, "wi 3,4 142 or=7,9") == (("03", "04"), ("07", "09"))


def test_one_is_held_against_whom_the_core_would_send_and_that_one_against_the_next(desk: Desk) -> None:
    command = desk.command("d 142")
    assert isinstance(command, c.Dispatch)
    best = command.units
    assert units(desk, "wi 09 142") == (("09",), best)
    first, second = units(desk, "wi 142")
    assert first == best
    assert best[0] not in second
    assert len(second) == len(first)
    chosen = desk.read("wi .", selected=of_incident(142)).query
    assert isinstance(chosen, WhatIf)
    assert chosen.options[0].units == best


def test_to_move_is_held_against_to_stay_or_against_to_be_sent(desk: Desk) -> None:
    moved, stay = asked(desk, "wi 4 P06").options
    assert (moved.units, moved.moves, stay) == (("04",), True, Option())
    sent, moved = asked(desk, "wi 4 142 to=P06").options
    assert (sent, moved.units, moved.moves) == (Option(("04",), 142), ("04",), True)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("wi 3 3 142", None),
        ("wi 5 7 142", Status.WRONG),
        ("wi 3 7 9 142", Status.INCOMPLETE),
        ("wi 3,4 P06", Status.WRONG),
        ("wi P06", Status.INCOMPLETE),
        ("wi 3 142 or=3", Status.WRONG),
        ("wi 1 P01", Status.WRONG),
        ("wi 3 7 142 / text", Status.WRONG),
    ],
)
def test_what_cannot_be_tried_out_is_said(desk: Desk, line: str, status: Status | None) -> None:
    for language in ("zh", "en"):
        parsed = desk.read(line, language=language)
        assert parsed.status is (status or Status.READY)
        assert parsed.preview
        assert status is None or parsed.hint


def test_the_line_of_an_alternative_does_it(desk: Desk) -> None:
    sent, moved = asked(desk, "wi 4 142 to=P06").options
    assert desk.command(option_line(sent, desk.scene())) == desk.command("d 4 142")
    assert desk.command(option_line(moved, desk.scene())) == desk.command("mv 4 P06")
    assert option_line(Option(), desk.scene()) == ""


# -- the answer --------------------------------------------------------------------------------------------------------

NO = Interval(0.0, -0.1, 0.1)


def side(late: float) -> Side:
    mean = Interval(late, late - 0.2, late + 0.2)
    return Side(Arrivals(1.0, 100.0, 80.0, 130.0, 0.99, 1.0), mean, NO, {"G01": 3.0, "G02": 0.1})


def forecast(desk: Desk, late_5: Interval = NO, arrival: Interval = NO) -> Forecast:
    query = asked(desk, "wi 3 7 142")
    question = Question(situation_of(desk.board, desk.now), query.options, 142)
    return Forecast(question, (side(1.0), side(2.0)), late_5, NO, NO, arrival)


def test_the_verdict_is_no_more_than_the_runs_show(desk: Desk) -> None:
    zh, en = desk.scene(), desk.scene(language="en")
    assert verdict(forecast(desk), en) == "no difference that 200 runs can show"
    assert verdict(forecast(desk), zh) == "200 次推演看不出差别"
    later = Interval(50.0, 40.0, 60.0)
    assert verdict(forecast(desk, arrival=later), en) == "better: 03 → 0142: there 0:50 earlier"
    fewer = Interval(-0.4, -0.5, -0.3)
    assert "07 → 0142" in verdict(forecast(desk, late_5=fewer), zh)
    both = verdict(forecast(desk, late_5=fewer, arrival=later), en)
    assert both.startswith("each has its own: 03 → 0142: there 0:50 earlier; 07 → 0142: 0.40 fewer over 5 min")


def test_lines_and_document_have_both_sides_and_only_grids_that_matter(desk: Desk) -> None:
    found = forecast(desk, late_5=Interval(-0.4, -0.5, -0.3))
    lines = forecast_lines(found, desk.scene(language="en"))
    assert lines[:2] == ["1 03 → 0142", "2 07 → 0142"]
    assert any("1:40 (1:20-2:10)" in line for line in lines)
    assert any("-0.40 [-0.50, -0.30]" in line for line in lines)
    assert sum("3.0 | 3.0" in line for line in lines) == 1
    document = forecast_document(found, desk.scene())
    assert document["better"] == 2
    assert [one["line"] for one in document["alternatives"]] == ["d 03 0142", "d 07 0142"]
    assert document["second_less_first"]["late_5"] == {"mean": -0.4, "low": -0.5, "high": -0.3}


def test_where_others_drive_there_already_it_says_why_and_compares_those_who_would_be_sent(desk: Desk) -> None:
    """05 is first at 0143 whatever is done: the first arrivals are alike, those of the ones to be sent are not."""
    query = asked(desk, "wi 3 7 143")
    question = Question(situation_of(desk.board, desk.now), query.options, 143)
    found = Forecast(question, (side(1.0), side(1.0)), NO, NO, NO, NO)
    for language, why, label in (("zh", "05 已派到这起", "所派的到"), ("en", "05 sent there already", "those sent")):
        scene = desk.scene(language=language)
        assert verdict(found, scene).startswith(why)
        line = next(line for line in forecast_lines(found, scene) if line.startswith(label))
        first, second = line.partition("  ")[2].split("  (")[0].split(" | ")
        assert first != second, "they come from elsewhere"
    assert "05" not in verdict(forecast(desk), desk.scene()), "of 0142 nobody is on the way"
