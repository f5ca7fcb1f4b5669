"""When a standing alarm rises (升级) by itself. Pure: the alarm, the rulebook and the time say it; the core's timers
make it a fact, so that every desk, the history and a replay know the same.
"""

from __future__ import annotations

from zz110_tui.core.alarms import Alarm
from zz110_tui.core.board import Board
from zz110_tui.core.desks import Duty
from zz110_tui.core.rulebook import Rulebook

MOST_DOUBLINGS = 10
"""Each time it waits twice as long: an alarm in an empty room fills no journal."""


def rise_due(alarm: Alarm, rules: Rulebook) -> int:
    """When the alarm rises next unless somebody takes it (UTC ms); 0 while it is on the shelf."""
    if alarm.shelf is not None:
        return 0
    since = max(alarm.raised_at, alarm.taken_at, alarm.risen_at, alarm.back_at)
    return since + (_limit_ms(alarm, rules) << min(alarm.rises, MOST_DOUBLINGS))


def _limit_ms(alarm: Alarm, rules: Rulebook) -> int:
    limits = rules.limits_for(alarm.priority)
    if alarm.owner and not alarm.rises:
        return limits.taken
    return rules.alarms.untaken.get(alarm.kind.value, limits.untaken)


def supervisors(board: Board) -> tuple[str, ...]:
    """The desks that supervise now."""
    return tuple(sorted(d.id for d in board.desks.values() if d.staffed and d.duty is Duty.SUPERVISE))
