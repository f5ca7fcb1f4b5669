"""When people call, learned from call records: a week of weights, and how bursty the hours are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.bilingual import both
from zz110_tui.gis.features import HOURS_PER_WEEK

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    import numpy as np
    from numpy.typing import NDArray

    Longs = NDArray[np.int64]

HOUR_MS = 3_600_000
DAY_HOURS = 24
PRIOR_CALLS = 8.0
"""An hour of the week is pulled towards hour-of-day times day-of-week as if this many calls had said so."""
DAYS_FOR_A_WEEK = 14
"""With fewer days on record than this, days of the week are not told apart."""
LOWEST_DISPERSION, HIGHEST_DISPERSION = 1.0, 10.0
STRETCH_DAYS = 28
"""The level of calls may drift from month to month without counting as bursts."""


def zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name. Raises Trouble when this machine does not know it."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Trouble(
            both("没有这个时区", "unknown time zone"),
            repr(name),
            both("用 IANA 名称，如 Asia/Shanghai", "use an IANA name such as Asia/Shanghai or America/Los_Angeles"),
        ) from error


def local_hours(received_ms: Longs, timezone: str) -> Longs:
    """Whole hours since 1970 on the local clock, for each call; hour 0 was a Thursday."""
    import datetime

    import numpy as np

    local = zone(timezone)
    hours = received_ms // HOUR_MS
    distinct, where = np.unique(hours, return_inverse=True)
    shift = np.empty(len(distinct), dtype=np.int64)
    for i, hour in enumerate(distinct.tolist()):
        moment = datetime.datetime.fromtimestamp(hour * 3600, tz=datetime.UTC).astimezone(local)
        shift[i] = (moment.utcoffset() or datetime.timedelta()) // datetime.timedelta(milliseconds=1)
    return (received_ms + shift[where]) // HOUR_MS


def learn_week(hours: Longs) -> tuple[float, tuple[float, ...], float]:
    """Calls a day, 168 weights (Monday 00:00 first, mean 1), and the dispersion of hourly counts.

    Days without any call are taken as gaps in the records, not as quiet days.
    """
    import numpy as np

    days, counts = _by_day(hours)
    per_day = counts.sum() / len(days)
    monday_first = (days + 3) % 7
    by_week = np.zeros((7, DAY_HOURS))
    seen = np.zeros(7)
    np.add.at(by_week, monday_first, counts)
    np.add.at(seen, monday_first, 1)
    clock = counts.sum(axis=0) + 0.5
    clock = clock / clock.mean()
    if len(days) < DAYS_FOR_A_WEEK or seen.min() == 0:
        week = np.tile(clock, (7, 1))
    else:
        level = by_week.sum(axis=1) / seen / per_day
        usual = np.outer(level, clock) * per_day / DAY_HOURS
        exposure = seen[:, None]
        week = (by_week + PRIOR_CALLS) / (exposure + PRIOR_CALLS / usual)
    week = week / week.mean()
    return float(per_day), tuple(float(weight) for weight in week.ravel()), _dispersion(days, counts, week)


def _by_day(hours: Longs) -> tuple[Longs, Longs]:
    """The days on record, and the calls in each of their 24 hours."""
    import numpy as np

    days, where = np.unique(hours // DAY_HOURS, return_inverse=True)
    counts = np.zeros((len(days), DAY_HOURS), dtype=np.int64)
    np.add.at(counts, (where, hours % DAY_HOURS), 1)
    return days, counts


def _dispersion(days: Longs, counts: Longs, week: NDArray[np.float64]) -> float:
    """Chi-square over degrees of freedom of the hourly counts around week and level (1 would be Poisson)."""
    import numpy as np

    if len(days) < DAYS_FOR_A_WEEK:
        return 1.0
    stretch = (days - days[0]) // STRETCH_DAYS
    total = np.zeros(int(stretch[-1]) + 1)
    length = np.zeros(len(total))
    np.add.at(total, stretch, counts.sum(axis=1))
    np.add.at(length, stretch, 1)
    level = total[stretch] / length[stretch] / DAY_HOURS
    expected = level[:, None] * week[(days + 3) % 7]
    free = counts.size - min(HOURS_PER_WEEK, counts.size // 2) - len(total)
    chi_square = float(((counts - expected) ** 2 / np.maximum(expected, 1e-9)).sum())
    return float(min(HIGHEST_DISPERSION, max(LOWEST_DISPERSION, chi_square / max(1, free))))
