"""When a seat rings, as its user set it: the same rules for the desk and for ``zz110 watch``."""

from __future__ import annotations

from zz110_tui.config.settings_alarms import AlarmSettings
from zz110_tui.station.bell import BellRules, Quiet


def bell_of(settings: AlarmSettings) -> BellRules:
    return BellRules(
        on=settings.bell != "off",
        again=settings.bell == "untaken",
        priority=settings.bell_priority,
        gap_ms=settings.bell_gap * 1000,
        every_ms=settings.bell_every * 1000,
        quiet=tuple(Quiet(first, last, seat) for seat, first, last in settings.quiet_hours()),
        flash=settings.flash,
    )
