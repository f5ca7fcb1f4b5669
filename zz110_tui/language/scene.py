"""What a line is read against: the board, the rules, the clock and the desk it is typed at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from zz110_tui.core.alarms import Subject
from zz110_tui.core.board import Board
from zz110_tui.core.desks import Actor
from zz110_tui.core.places import Point
from zz110_tui.core.recommend import Arrival, Travel
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.core.units import Unit, whereabouts
from zz110_tui.core.veiling import Caller
from zz110_tui.gis.gazetteer import Gazetteer
from zz110_tui.gis.travel import TravelModel, unsure_of

LAST_MS = 253_370_764_800_000
"""The year 9999 in UTC milliseconds: later times are nobody's."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything :func:`language.parse.parse` may look at. ``now`` in UTC ms by the core's clock.

    ``selected`` is what ``.`` means. ``travel`` is the city's travel model, or any function of a unit and a point.
    ``aliases`` are an agency's own names for verbs (``{"派车": "dispatch"}``). ``actor`` is who would send the command;
    without it a dispatcher at ``desk``. ``keys`` has the desk's keys of each verb, for help.
    ``unmasked`` are the callers, by report, that this desk was allowed to see, for a moment. ``question`` is the number
    of the question that is chosen on the page of the selected one, 0 for none: an answer without a number is for it.
    """

    board: Board
    rules: Rulebook
    now: int
    desk: str
    language: str = "zh"
    gazetteer: Gazetteer | None = None
    travel: TravelModel | Travel | None = None
    selected: Subject | None = None
    timezone: str = "Asia/Shanghai"
    aliases: Mapping[str, str] = field(default_factory=dict)
    actor: Actor | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    unmasked: Mapping[int, Caller] = field(default_factory=dict)
    question: int = 0

    @property
    def who(self) -> Actor:
        return self.actor or Actor("", self.desk)

    def say(self, zh: str, en: str) -> str:
        """The one of two sentences that is in the desk's language."""
        return zh if self.language == "zh" else en

    def local(self, at: int) -> datetime:
        """A time (UTC ms) by the room's wall clock; what no calendar holds becomes its nearest end."""
        return datetime.fromtimestamp(min(max(at, 0), LAST_MS) / 1000, zone(self.timezone))

    def clock(self, at: int) -> str:
        """``14:32:07`` by the room's wall clock."""
        return self.local(at).strftime("%H:%M:%S")

    def arrivals(self) -> Travel | None:
        """How long a unit needs to a point, from where it is now; None where the city has no travel model."""
        model = self.travel
        return travel_by(model, self.local(self.now).hour, self.now) if isinstance(model, TravelModel) else model


def travel_by(model: TravelModel, hour: int, now: int) -> Travel:
    """A city's travel model as ``core.recommend`` asks it, at a local hour of the day and a time (UTC ms): the older a
    unit's position, the wider the spread."""

    def travel(unit: Unit, to: Point) -> Arrival:
        where = whereabouts(unit, now)[0]
        return model.estimate(where, to, unit.profile.kind, hour, unsure_of(unit, now))

    return travel


@lru_cache(maxsize=8)
def zone(name: str) -> tzinfo:
    """A time zone by its name. On a machine without zone data China keeps its one fixed offset, others get UTC."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return timezone(timedelta(hours=8)) if name in _CHINA else UTC


_CHINA = ("Asia/Shanghai", "Asia/Chongqing", "Asia/Harbin", "PRC")
