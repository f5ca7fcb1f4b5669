"""Where a place is that somebody names, and how to name a place where something is (地名库).

``find`` answers what was typed after ``@`` with candidates, best first, each with a score and a reason. It never
guesses in silence: ``best`` gives an answer only when one candidate leaves the others clearly behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from zz110_tui.core.places import Place, Point, distance_m
from zz110_tui.core.records import dataclass
from zz110_tui.gis.city import City
from zz110_tui.gis.features import Grid, Spelling
from zz110_tui.gis.geometry import along
from zz110_tui.gis.nameindex import NameIndex
from zz110_tui.gis.nearby import Nearby
from zz110_tui.gis.placequery import Asked, read_query
from zz110_tui.gis.spelling import Key, Why, fold, make_key

CLEAR_MARGIN = 8
"""Points of score by which the best candidate has to lead before it is taken without asking."""
SURE_SCORE = 60
SAME_PLACE_M = 40.0
"""Candidates nearer to each other than this are one place for a car."""
LONGEST_QUERY = 120


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate. ``kind`` is landmark, station, post, road, crossing, address, grid, alarm_point, camera, cell or
    coordinates; ``score`` runs from 0 to 100."""

    place: Place
    kind: str
    score: int
    why: Why


@dataclass(frozen=True, slots=True)
class _Thing:
    kind: str
    text: str
    point: Point


class _Found(NamedTuple):
    """A candidate before anybody has looked which grid it is in."""

    text: str
    point: Point
    kind: str
    score: int
    why: Why


_RANK = ("landmark", "station", "crossing", "address", "road", "grid", "post", "alarm_point", "camera", "cell")


class Gazetteer:
    """The names of one city. Building it costs a few milliseconds; it never changes."""

    def __init__(self, city: City) -> None:
        self.city = city
        self._things: list[_Thing] = []
        keys: list[Key] = []
        road_keys: list[Key] = []
        self._nearby = Nearby(city)
        for road in city.roads:
            if road.name.text:
                middle = along(road.lines[0], 0.5, city.frame)
                thing = _Thing("road", road.name.text, middle)
                road_keys += self._add(thing, [road.name], road.name_en, road=True)
        keys += road_keys
        for thing, spellings, english in _named(city):
            keys += self._add(thing, spellings, english)
        self._names, self._road_names_index = NameIndex(keys), NameIndex(road_keys)
        self._roads = {road.name.text: road for road in city.roads}
        self._crossings: dict[tuple[str, str], list[Point]] = {}
        for junction in city.junctions:
            for one in junction.roads:
                for other in junction.roads:
                    if one != other:
                        self._crossings.setdefault((one, other), []).append(junction.point)

    def _add(self, thing: _Thing, spellings: Iterable[Spelling], english: str, *, road: bool = False) -> list[Key]:
        """The keys by which a thing is found."""
        number = len(self._things)
        self._things.append(thing)
        return [make_key(number, s.text, s.pinyin, s.initials, english, road=road) for s in spellings]

    def find(self, text: str, limit: int = 8) -> list[Match]:
        """Candidates for what was typed after ``@``, best first, at most ``limit``. Empty when nothing fits."""
        asked = read_query(text[:LONGEST_QUERY])
        found = [*self._at_position(asked), *self._at_crossing(asked), *self._at_number(asked)]
        for query, penalty in asked.names:
            for number, (score, why) in self._names.best(query, SURE_SCORE).items():
                thing = self._things[number]
                found.append(_Found(thing.text, thing.point, thing.kind, score - penalty, why))
        # Only what is shown is worth the way to its grid.
        return [self._match(*each) for each in _best_first(found)[:limit]]

    def best(self, text: str) -> Match | None:
        """The one place that is meant, or None when nothing fits or when several fit about as well."""
        return clear_winner(self.find(text))

    def describe(self, where: Point, *, english: bool = False) -> Place:
        """A place in words for a position: landmark, junction, road with house number, or the way from a landmark."""
        return self.place(self._nearby.words(where, english=english), where)

    def place(self, text: str, where: Point) -> Place:
        """A place with its grid and cell."""
        grid = self.city.grid_at(where)
        return Place(text, where, grid.id if grid else "", self.city.cell_at(where))

    def _match(self, text: str, where: Point, kind: str, score: int, why: Why) -> Match:
        return Match(self.place(text, where), kind, score, why)

    def _road_names(self, query: str, most: int = 8) -> list[tuple[str, int, Why]]:
        found = self._road_names_index.best(fold(query), SURE_SCORE)
        ranked = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))
        return [(self._things[number].text, score, why) for number, (score, why) in ranked[:most]]

    def _at_position(self, asked: Asked) -> Iterator[_Found]:
        if asked.cell:
            try:
                where = self.city.cell_point(asked.cell)
            except ValueError:
                return
            yield _Found(asked.cell.upper(), where, "cell", 100, Why.CELL)
        for where, swapped in asked.positions:
            text = f"{where.lon:.6f},{where.lat:.6f}"
            near = self.city.outline.box.holds(where.lon, where.lat)
            if near:
                yield _Found(
                    text, where, "coordinates", 80 if swapped else 100, Why.SWAPPED if swapped else Why.COORDINATES
                )
            elif not swapped:
                yield _Found(text, where, "coordinates", 70, Why.OUTSIDE)

    def _at_crossing(self, asked: Asked) -> Iterator[_Found]:
        for left, right, penalty in asked.crossings:
            others = self._road_names(right)
            for one, one_score, one_why in self._road_names(left) if others else ():
                for other, other_score, other_why in others:
                    # As people say it where they left the direction out; in full where they spelled it some other way.
                    text = f"{left if one_why is Why.STEM else one}x{right if other_why is Why.STEM else other}"
                    for where in self._crossings.get((one, other), ()):
                        score = (one_score + other_score) // 2 - penalty
                        yield _Found(text, where, "crossing", score, Why.CROSSING)

    def _at_number(self, asked: Asked) -> Iterator[_Found]:
        if asked.number is None:
            return
        for name, score, why in self._road_names(asked.street):
            road = self._roads[name]
            if road.numbers is None or score < SURE_SCORE or why is Why.WITHIN:
                continue
            first, last = road.numbers
            share = (asked.number - first) / (last - first) if last != first else 0.5
            where = along(road.lines[0], share, self.city.frame)
            text = f"{name}{asked.number}号"
            if 0 <= share <= 1:
                yield _Found(text, where, "address", score, Why.HOUSE_NUMBER)
            else:
                yield _Found(text, where, "address", min(score, SURE_SCORE - 2), Why.BEYOND_NUMBERS)


def clear_winner(matches: list[Match]) -> Match | None:
    """The first candidate if it is good and no other place comes near its score."""
    if not matches or matches[0].score < SURE_SCORE:
        return None
    first = matches[0]
    for other in matches[1:]:
        if other.score <= first.score - CLEAR_MARGIN:
            return first
        if not _same_place(first, other):
            return None
    return first


def _same_place(a: Match, b: Match) -> bool:
    here, there = a.place.point, b.place.point
    return here is not None and there is not None and distance_m(here, there) <= SAME_PLACE_M


def _best_first(found: list[_Found]) -> list[_Found]:
    """Sorted, and of the same words for the same point only the best."""
    kept: dict[tuple[str, Point], _Found] = {}
    crossings: set[Point] = set()
    for each in sorted(found, key=_order):
        if each.kind == "crossing":
            if each.point in crossings:
                continue
            crossings.add(each.point)
        kept.setdefault((each.text, each.point), each)
    return list(kept.values())


def _order(each: _Found) -> tuple[int, int, int, str]:
    rank = _RANK.index(each.kind) if each.kind in _RANK else len(_RANK)
    return -each.score, rank, len(each.text), each.text


def _named(city: City) -> Iterator[tuple[_Thing, tuple[Spelling, ...], str]]:
    """Everything with a name except roads, in the order of the pack."""
    for landmark in city.landmarks:
        spellings = (landmark.name, *landmark.aliases)
        yield _Thing("landmark", landmark.name.text, landmark.point), spellings, landmark.name_en
    for station in city.stations:
        yield _Thing("station", station.name.text, station.point), (station.name,), station.name_en
    for grid in city.grids:
        yield _Thing("grid", grid.name.text, _heart(city, grid)), (grid.name,), grid.name_en
    for post in city.posts:
        yield _Thing("post", post.name.text, post.point), (post.name,), post.name_en
    for alarm in city.alarm_points:
        yield _Thing("alarm_point", alarm.name.text, alarm.point), (alarm.name,), ""
    for camera in city.cameras:
        yield _Thing("camera", camera.name.text, camera.point), (camera.name,), ""


def _heart(city: City, grid: Grid) -> Point:
    """Where in a grid the calls come from: its heaviest demand point (always inside), or the middle of its box."""
    spots = [spot for spot in city.demand.points if spot.grid == grid.id]
    if not spots:
        return grid.area.box.middle
    return max(spots, key=lambda spot: (spot.weight, spot.point.lon, spot.point.lat)).point
