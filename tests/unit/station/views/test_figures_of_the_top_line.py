"""The top line: what it counts, and what gives way when there is no room."""

from __future__ import annotations

import pytest

from tests.support.room import NOON, RULES, Room
from zz110_tui.core import commands as c
from zz110_tui.core.incidents import AssignmentStage
from zz110_tui.core.statistics import rate_of
from zz110_tui.language.scene import Scene
from zz110_tui.station.ui import Ui
from zz110_tui.station.views import topline
from zz110_tui.station.views.cells import plain, row_width
from zz110_tui.station.views.rates import FIVE_MINUTES, day_start, five_minute_rate
from zz110_tui.station.views.spans import span
from zz110_tui.station.views.work import work_of


def _rate(room: Room, clock: str = "received", later: int = 0) -> tuple[int, int]:
    rate = five_minute_rate(room.board, 0, room.now + later, clock)
    return rate.hits, rate.of


def test_an_arrival_within_five_minutes_of_the_call_counts_as_reached() -> None:
    room = Room()
    room.to_scene(room.fight(), "01")
    assert _rate(room) == (1, 1)


def test_the_two_clocks_can_differ() -> None:
    room = Room()
    number = room.fight()
    room.now += FIVE_MINUTES
    room.dispatch(number, "01")
    room.do(c.Advance(("01",), AssignmentStage.ON_SCENE))
    assert _rate(room, "received") == (0, 1)
    assert _rate(room, "dispatched") == (1, 1)


def test_one_that_nobody_reached_in_five_minutes_is_late_before_anybody_arrives() -> None:
    room = Room()
    room.fight()
    assert _rate(room) == (0, 0)
    assert _rate(room, later=FIVE_MINUTES + 1) == (0, 1)


def test_a_linked_slip_is_not_counted_twice() -> None:
    room = Room()
    one, two = room.fight(), room.fight()
    room.do(c.LinkIncident(two, one))
    room.to_scene(one, "01")
    assert _rate(room, later=2 * FIVE_MINUTES) == (1, 1)


def test_the_day_begins_at_midnight_of_the_room() -> None:
    assert (NOON - day_start(NOON, "Asia/Shanghai")) // 3_600_000 == 6
    assert (NOON - day_start(NOON, "UTC")) // 3_600_000 == 22


def _line(columns: int, *, lost: int = 0, drill: bool = False, language: str = "zh") -> str:
    room = Room()
    room.ring()
    room.fight()
    scene = Scene(room.board, RULES, room.now, "03", language=language)
    ui = Ui(language, lost_at=lost)
    work, counts = work_of(room.board, RULES), topline.count_units(room.board, scene)
    row = topline.row(
        work, counts, rate_of(9, 10), scene, ui, room_name="漳州110", drill=drill, columns=columns
    )  # fmt: skip
    assert row_width(row) == columns
    return plain(row)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [60, 80, 100, 132, 160, 250])
def test_mode_clock_and_counts_are_never_left_out(columns: int, language: str) -> None:
    line = _line(columns, language=language, drill=True)
    assert "DRILL" in line
    assert ":13:" in line or "06:13" in line or "22:13" in line
    for word in ("接", "派") if language == "zh" else ("ans", "queue" if columns < 100 else "send"):
        assert word in line


def test_with_room_everything_is_said_in_full() -> None:
    line = _line(160)
    assert "漳州110" in line
    assert "5分到场 90.0% [59.6,98.2]" in line


def test_a_core_that_is_gone_is_said_even_on_the_narrowest_line() -> None:
    assert "核心中断" in _line(60, lost=1)


@pytest.mark.parametrize(
    ("ms", "text"),
    [(-5, "0:00"), (41_000, "0:41"), (724_000, "12:04"), (5_999_000, "99:59"), (7_500_000, "2h05"), (93_600_000, "26h"),
     (40 * 86_400_000, "40d")],
)  # fmt: skip
def test_a_span_takes_at_most_five_columns(ms: int, text: str) -> None:
    assert span(ms) == text
    assert len(text) <= 5
