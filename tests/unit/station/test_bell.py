"""When a desk rings, with the time passed in: for whom, how often, in which hours; and what a flash may do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from tests.support.room import LI, NOON, RULES, WANG, Room
from tests.unit.core.test_shelf import late
from zz110_tui.config.bundled import bundled
from zz110_tui.config.settings_alarms import AlarmSettings
from zz110_tui.config.themes import Depth, Role, load_theme
from zz110_tui.core import commands as c
from zz110_tui.core import commands_alarms as ca
from zz110_tui.core.alarms import Alarm, AlarmKind, of_unit
from zz110_tui.core.desks import SYSTEM
from zz110_tui.core.facts import Entry
from zz110_tui.core.rising import rise_due
from zz110_tui.station.bell import FLASH_MS, Bell, BellRules, Quiet, is_lit

DAY = datetime(2026, 11, 26, 14, 30, tzinfo=UTC)
NIGHT = datetime(2026, 11, 26, 23, 30, tzinfo=UTC)


def one(kind: str = "robbery", **changes: object) -> tuple[Entry, Alarm]:
    """A fact that raised an alarm, and the alarm."""
    room = Room()
    key = late(room, room.fight(kind))
    return room.journal[-1], replace(room.board.alarms[key], **changes)  # type: ignore[arg-type]


def test_the_first_priority_rings_and_a_lesser_one_only_where_it_is_wanted() -> None:
    assert Bell(BellRules(), "03").hears(*one("robbery"), DAY, NOON)
    assert not Bell(BellRules(), "03").hears(*one("fight"), DAY, NOON)
    assert Bell(BellRules(priority=2), "03").hears(*one("fight"), DAY, NOON)


def test_two_bells_are_some_seconds_apart() -> None:
    bell = Bell(BellRules(gap_ms=5_000), "03")
    rings = [bell.hears(*one(), DAY, NOON + ms) for ms in (0, 1_000, 4_999, 5_000, 9_000, 10_000)]
    assert rings == [True, False, False, True, False, True]


def test_what_this_desk_took_or_did_never_rings_here() -> None:
    entry, alarm = one()
    assert not Bell(BellRules(), "03").hears(entry, replace(alarm, owner="03", rises=1), DAY, NOON)
    assert Bell(BellRules(), "04").hears(entry, replace(alarm, owner="03", rises=1), DAY, NOON)
    assert not Bell(BellRules(), "04").hears(entry, replace(alarm, owner="03"), DAY, NOON), "taken: nobody is needed"
    room = Room()
    room.do(c.RaiseAlarm(AlarmKind.EMERGENCY, of_unit("01"), "01"), LI)
    pressed, emergency = room.journal[-1], room.board.alarms["emergency:unit:01:01"]
    assert not Bell(BellRules(), LI.desk).hears(pressed, emergency, DAY, NOON)
    assert Bell(BellRules(), WANG.desk).hears(pressed, emergency, DAY, NOON)


def test_a_bell_is_never_alone() -> None:
    """Without a row that wants a hand it does not ring: the alarm is over, or on the shelf."""
    entry, alarm = one("fight")
    bell = Bell(BellRules(priority=4), "03")
    assert not bell.hears(entry, None, DAY, NOON)
    room = Room()
    key = late(room, room.fight())
    room.do(ca.ShelveAlarm(key, "等"))
    assert not bell.hears(entry, room.board.alarms[key], DAY, NOON)
    assert bell.hears(entry, alarm, DAY, NOON)


def test_an_alarm_that_rose_rings_again_and_at_the_seat_it_names_whatever_its_priority() -> None:
    room = Room()
    key = late(room, room.fight("noise"))
    room.now = rise_due(room.board.alarms[key], RULES)
    room.do(ca.RiseAlarm(key), SYSTEM)
    entry, alarm = room.journal[-1], room.board.alarms[key]
    assert not Bell(BellRules(), "03").hears(entry, alarm, DAY, NOON)
    assert Bell(BellRules(), "09").hears(entry, replace(alarm, risen_to=("09",)), DAY, NOON)
    assert Bell(BellRules(priority=3), "03").hears(entry, alarm, DAY, NOON), "one higher than it was"


def test_in_quiet_hours_only_an_emergency_rings_and_only_where_they_hold() -> None:
    rules = BellRules(quiet=(Quiet(22, 6, "03"),))
    assert not Bell(rules, "03").hears(*one(), NIGHT, NOON)
    assert Bell(rules, "03").hears(*one(), DAY, NOON)
    assert Bell(rules, "04").hears(*one(), NIGHT, NOON)
    assert Bell(rules, "03").hears(*one(latched=True), NIGHT, NOON)
    assert not Bell(BellRules(quiet=(Quiet(22, 6),)), "04").hears(*one(), NIGHT, NOON)


@pytest.mark.parametrize(
    ("first", "last", "hours"), [(22, 6, {22, 23, 0, 1, 2, 3, 4, 5}), (12, 14, {12, 13}), (0, 0, set(range(24)))]
)
def test_quiet_hours_may_go_over_midnight(first: int, last: int, hours: set[int]) -> None:
    assert {hour for hour in range(24) if Quiet(first, last).holds("03", hour)} == hours


def test_what_nobody_took_rings_again_where_that_is_wanted() -> None:
    _, alarm = one()
    bell = Bell(BellRules(again=True, every_ms=60_000), "03")
    assert bell.reminds([alarm], DAY, NOON)
    assert [bell.reminds([alarm], DAY, NOON + s * 1_000) for s in (1, 59, 60, 61, 120)] == [
        False,
        False,
        True,
        False,
        True,
    ]
    assert not bell.reminds([replace(alarm, owner="04")], DAY, NOON + 600_000)
    assert not Bell(BellRules(), "03").reminds([alarm], DAY, NOON)


def test_a_mark_flashes_once_a_second_and_no_eye_is_hurt() -> None:
    phases = [is_lit(NOON + ms) for ms in range(0, 10_000, 10)]
    changes = sum(a != b for a, b in pairwise(phases))
    assert changes / 2 <= 10, "one flash a second"
    assert 1000 / (2 * FLASH_MS) <= 3
    assert is_lit(NOON)


@pytest.mark.parametrize("path", sorted(bundled("themes").glob("*.toml")), ids=lambda path: path.stem)
def test_both_halves_of_a_flash_differ_in_every_theme_and_neither_hides_the_mark(path) -> None:  # type: ignore[no-untyped-def]
    theme = load_theme(path)
    for depth in Depth:
        plain = theme.style(Role.TEXT, depth)
        assert theme.style(Role.DANGER, depth) != plain
        assert theme.style(Role.ATTENTION, depth) != plain


def test_the_settings_say_the_quiet_hours_by_seat() -> None:
    assert AlarmSettings(quiet="22-6 03:12-14 A1:0-24").quiet_hours() == (("", 22, 6), ("03", 12, 14), ("A1", 0, 0))
    assert AlarmSettings().quiet_hours() == ()
