"""Times are written with their day where it is not today's."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from zz110_tui.station.views.spans import day_clock

ZONE = "Asia/Shanghai"


def _at(year: int, month: int, day: int, hour: int, minute: int, second: int = 0) -> int:
    return int(datetime(year, month, day, hour, minute, second, tzinfo=ZoneInfo(ZONE)).timestamp() * 1000)


@pytest.mark.parametrize(
    ("then", "words"),
    [
        (_at(2026, 11, 26, 0, 0, 1), "00:00:01"),
        (_at(2026, 11, 25, 23, 59, 59), "11-25 23:59:59"),
        (_at(2025, 12, 31, 8, 5, 0), "2025-12-31 08:05:00"),
    ],
)
def test_a_time_of_another_day_says_which(then: int, words: str) -> None:
    assert day_clock(then, _at(2026, 11, 26, 0, 30), ZONE) == words
