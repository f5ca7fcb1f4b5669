"""Calls that nobody made: drawn from a city's demand profile, as bursty as real ones.

Each hour's rate is itself drawn (a gamma-modulated Poisson process): the counts of an hour then have the profile's
dispersion as variance over mean, where Poisson has 1 and real calls 2.2 to 2.7 (performance.md). Hours are independent.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from zz110_tui.core.incidents import Channel
from zz110_tui.core.places import Place, Point, distance_m
from zz110_tui.core.rulebook import Category
from zz110_tui.drill.profile import Chances
from zz110_tui.drill.streams import Choices, Stream
from zz110_tui.gis.city import City
from zz110_tui.gis.features import DemandPoint
from zz110_tui.gis.nearby import Nearby

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
TRIES = 20
"""Draws of a position around a demand point before the point itself is taken."""
NEAR_M = 60.0
"""How far apart two callers stand who report the same thing."""


class Intent(StrEnum):
    """What a contact is going to be. Those but SLIP and LINKED need no slip."""

    SLIP = "slip"
    LINKED = "linked"
    ADVISED = "advised"
    INVALID = "invalid"
    NUISANCE = "nuisance"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who is going to call. ``key`` names the contact in every stream of chance and in the report's source;
    ``about`` is the key of the contact that a second caller repeats. ``at`` in UTC ms."""

    key: str
    at: int
    intent: Intent
    category: Category
    type: str
    channel: Channel
    point: Point | None
    place: str
    text: str = ""
    about: str = ""


class Demand:
    """Draws the contacts of a shift. The same seed gives the same contacts, hour by hour, whatever is asked before.

    ``named`` False leaves out in what words each says where it is: the laboratory's kernel never reads them.
    """

    def __init__(self, city: City, chances: Chances, seed: int, load: float = 1.0, *, named: bool = True) -> None:
        self._city = city
        self._chances = chances
        self._seed = seed
        self._load = load
        self._named = named
        self._zone = ZoneInfo(city.timezone)
        self._classes = Choices({Category(name): share for name, share in city.demand.classes})
        self._spots = Choices({spot: spot.weight for spot in city.demand.points})
        self._nearby = Nearby(city)
        self._words: dict[DemandPoint, str] = {}

    def expected(self, hour: int) -> float:
        """Slips to be expected in the hour that begins at ``hour`` (UTC ms)."""
        local = datetime.fromtimestamp(hour / 1000, UTC).astimezone(self._zone)
        return self._city.demand.calls_per_hour(local.weekday(), local.hour) * self._load

    def slips_in(self, hour: int) -> list[int]:
        """The times of the calls that open slips in the hour that begins at ``hour`` (UTC ms), in order."""
        stream = Stream(self._seed, "hour", hour)
        expected, extra = self.expected(hour), self._city.demand.dispersion - 1.0
        rate = extra * stream.gamma(expected / extra) if extra > 1e-9 else expected
        return sorted(hour + int(stream.uniform(0, HOUR_MS)) for _ in range(stream.poisson(rate)))

    def with_seed(self, seed: int) -> Demand:
        """The same city with other luck; what does not depend on luck is shared."""
        other = copy(self)
        other._seed = seed
        return other

    def caller(self, stream: Stream, key: str, at: int, intent: Intent, place: Place) -> Contact:
        """Somebody who has called already and of whom no more is known than where, if that; the rest is drawn."""
        drawn = self._draw(stream, key, at, intent)
        return drawn if place.point is None else replace(drawn, point=place.point, place=place.text)

    def contacts(self, start: int, days: int) -> Iterator[Contact]:
        """Every contact from ``start`` (UTC ms, a full hour of the city) for days of 24 hours, in order of time."""
        waiting: list[Contact] = []
        number = 0
        for hour in range(start, start + days * DAY_MS, HOUR_MS):
            for at in self.slips_in(hour):
                number += 1
                waiting += self._around(f"{number:06d}", at, hour)
            waiting.sort(key=lambda contact: (contact.at, contact.key))
            due = [contact for contact in waiting if contact.at < hour + HOUR_MS]
            waiting = waiting[len(due) :]
            yield from due
        # Second callers about the last calls: they are not cut off with the last hour.
        yield from waiting

    def _around(self, key: str, at: int, hour: int) -> Iterator[Contact]:
        """A call that opens a slip, and the contacts that come with it."""
        stream = Stream(self._seed, "call", key)
        first = self._draw(stream, key, at, Intent.SLIP)
        yield first
        extra = self._chances.profile.extra
        if stream.chance(extra.linked):
            later = at + stream.lognormal_ms(self._chances.profile.times.second_caller)
            where = _beside(stream, first.point, self._city)
            yield Contact(
                key + "b",
                later,
                Intent.LINKED,
                first.category,
                first.type,
                Channel.PHONE,
                where,
                first.place,
                about=key,
            )
        for intent in (Intent.ADVISED, Intent.INVALID, Intent.NUISANCE, Intent.ABANDONED):
            if stream.chance(getattr(extra, intent.value)):
                yield self._draw(stream, key + intent.value[:2], hour + int(stream.uniform(0, HOUR_MS)), intent)

    def _draw(self, stream: Stream, key: str, at: int, intent: Intent) -> Contact:
        category = stream.pick(self._classes)
        kind = stream.pick(self._chances.types[category])
        channel = stream.pick(self._chances.channels)
        spot = stream.pick(self._spots)
        where = self._position(stream, spot)
        return Contact(key, at, intent, category, kind, channel, where, self._place(spot))

    def _position(self, stream: Stream, spot: DemandPoint) -> Point:
        """Somewhere around a demand point, inside the outline."""
        half = self._city.demand.spread_m / 2
        x, y = self._city.frame.xy(spot.point)
        for _ in range(TRIES):
            where = self._city.frame.at(x + stream.uniform(-half, half), y + stream.uniform(-half, half))
            if self._city.outline.holds(where):
                return where
        return spot.point

    def _place(self, spot: DemandPoint) -> str:
        if not self._named:
            return ""
        words = self._words.get(spot)
        if words is None:
            words = self._words[spot] = self._nearby.words(spot.point)
        return words


def _beside(stream: Stream, where: Point | None, city: City) -> Point | None:
    if where is None:
        return None
    x, y = city.frame.xy(where)
    other = city.frame.at(x + stream.uniform(-NEAR_M, NEAR_M) / 2, y + stream.uniform(-NEAR_M, NEAR_M) / 2)
    return other if distance_m(where, other) <= NEAR_M else where


def dispersion(counts: list[int], expected: list[float]) -> float:
    """Chi-square per degree of freedom of hourly counts against what was expected of each hour (1 for Poisson)."""
    hours = [(count, mean) for count, mean in zip(counts, expected, strict=True) if mean > 0]
    return sum((count - mean) ** 2 / mean for count, mean in hours) / len(hours)
