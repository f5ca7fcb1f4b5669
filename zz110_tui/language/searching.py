"""What a search asks for: words, a unit, and a period as people write one (``昨天``, ``11-20..11-25``, ``7d``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from zz110_tui.core.incidents import Incident
from zz110_tui.language.reading import FULL
from zz110_tui.language.scene import LAST_MS, Scene
from zz110_tui.language.unitwords import call_signs

_DAYS_AGO = {
    "今天": 0, "今日": 0, "today": 0, "昨天": 1, "昨日": 1, "yesterday": 1, "前天": 2,
}  # fmt: skip
_DATE = re.compile(r"(?:(\d{4})[-年])?(\d{2}|\d{1,2}(?=月))[-月](\d{2}|\d{1,2}(?=日))日?")
"""``11-25``, ``2026-11-25``, ``3月5日``; ``3-5`` is a house or a few units."""
_LAST_DAYS = re.compile(r"(?:近(\d{1,3})[天日]|(\d{1,3})d)")
_RANGE = re.compile(r"(.*?)(?:\.\.|~|到|至)(.*)")
_UNIT = re.compile(r"(?:u|unit|警力)=(.+)")


@dataclass(frozen=True, slots=True)
class Search:
    """``words`` are what is left when units and days are taken out. Slips received from ``start`` on and before ``end``
    (UTC ms); 0 and the end of time where no day was named."""

    words: str
    start: int = 0
    end: int = LAST_MS
    unit: str = ""

    @property
    def dated(self) -> bool:
        return (self.start, self.end) != (0, LAST_MS)

    @property
    def for_history(self) -> str:
        """The words for the history, which knows a slip by its units as well."""
        return f"{self.words} {self.unit}".strip()

    def takes(self, incident: Incident) -> bool:
        """Whether a slip is of the period and of the unit."""
        of_unit = not self.unit or any(a.unit == self.unit for a in incident.assignments)
        return of_unit and self.start <= incident.received_at < self.end


def search_of(text: str, scene: Scene) -> Search:
    """A typed search. A word that is no day and no unit is a word to look for."""
    kept: list[str] = []
    period, unit = (0, LAST_MS), ""
    for word in text.split():
        found = _period(word, scene)
        named = _UNIT.fullmatch(word)
        signs, strength = call_signs(named[1], scene.board.units) if named else ([], FULL)
        if found is not None:
            period = found
        elif len(signs) == 1 and strength is FULL:
            unit = signs[0]
        else:
            kept.append(word)
    return Search(" ".join(kept), *period, unit)


def _period(word: str, scene: Scene) -> tuple[int, int] | None:
    """From the beginning of the first day to the end of the last one, by the room's wall clock."""
    last = _LAST_DAYS.fullmatch(word.casefold())
    if last:
        days = int(last[1] or last[2])
        return (_ms(_midnight(scene) - timedelta(days=days - 1)), LAST_MS) if days else None
    ends = _RANGE.fullmatch(word)
    if ends and (ends[1] or ends[2]):
        first, final = _day(ends[1], scene), _day(ends[2], scene)
        if (ends[1] and first is None) or (ends[2] and final is None):
            return None
        return (_ms(first) if first else 0, _ms(final + timedelta(days=1)) if final else LAST_MS)
    day = _day(word, scene)
    return (_ms(day), _ms(day + timedelta(days=1))) if day is not None else None


def _midnight(scene: Scene) -> datetime:
    return scene.local(scene.now).replace(hour=0, minute=0, second=0, microsecond=0)


def _day(word: str, scene: Scene) -> datetime | None:
    """The beginning of a day; one without a year is the last one that there was."""
    today = _midnight(scene)
    ago = _DAYS_AGO.get(word.casefold())
    if ago is not None:
        return today - timedelta(days=ago)
    match = _DATE.fullmatch(word)
    if match is None:
        return None
    try:
        day = today.replace(year=int(match[1] or today.year), month=int(match[2]), day=int(match[3]))
        return day if match[1] or day <= today else day.replace(year=day.year - 1)
    except ValueError:
        return None


def _ms(day: datetime) -> int:
    return round(day.timestamp() * 1000)
