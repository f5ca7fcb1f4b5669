"""Words that name a person, a seat, or a time that is past; part of the table in ``language.readers``."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from zz110_tui.language.line import unquoted
from zz110_tui.language.reading import Reading

if TYPE_CHECKING:
    from zz110_tui.language.readers import Asked

_PAST = re.compile(r"(?:(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2})[T_ ])?(\d{1,2})[:点时](\d{2})(?:[:分](\d{2}))?[分秒]?")
_SEAT = re.compile(r"[0-9A-Za-z]{1,8}")
MOST_NAME = 40


def person(asked: Asked) -> Reading | None:
    name = unquoted(asked.word).strip()
    return Reading(name) if 0 < len(name) <= MOST_NAME else None


def seat(asked: Asked) -> Reading | None:
    return Reading(asked.word) if _SEAT.fullmatch(asked.word) else None


def past(asked: Asked) -> Reading | None:
    """A time (UTC ms): the last ``14:32`` or ``14:32:05`` there was, or ``11-25T14:32`` of a day."""
    found = _PAST.fullmatch(unquoted(asked.word))
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) if part else 0 for part in found.groups())
    now = asked.scene.local(asked.scene.now)
    try:
        at = now.replace(hour=hour, minute=minute, second=second, microsecond=0)
        if month:
            at = _of_a_day(at, now, year, month, day)
        elif at > now:
            at -= timedelta(days=1)
    except ValueError:
        return None
    return Reading(round(at.timestamp() * 1000))


def _of_a_day(at: datetime, now: datetime, year: int, month: int, day: int) -> datetime:
    """Without a year, the last such day. Raises ValueError for a day that there is not."""
    dated = at.replace(year=year or now.year, month=month, day=day)
    return dated.replace(year=now.year - 1) if not year and dated > now else dated
