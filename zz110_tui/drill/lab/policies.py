"""Policies: whom to send, and whether to move somebody after that. Small pure functions over the state of a room.

A research group adds its own without touching the package: ``--policy their.module:name``, where ``name`` is a
:class:`Policy`. A policy sees a :class:`Room` and changes nothing in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from typing import NamedTuple, cast

from zz110_tui.core.coverage import COVER_S, Cover, cover
from zz110_tui.core.fillin import Standing, best_move
from zz110_tui.core.places import Point, distance_m
from zz110_tui.core.recommend import FIRST_LINE_NEAR_S, Candidate, pick
from zz110_tui.core.rulebook import Category, ResponsePlan, Rulebook
from zz110_tui.core.units import UnitKind, UnitProfile
from zz110_tui.drill.demand import Contact
from zz110_tui.drill.streams import Stream
from zz110_tui.drill.ways import Leg
from zz110_tui.gis.city import City
from zz110_tui.gis.ground import CoverGround, cover_ground
from zz110_tui.gis.travel import SHORTEST_S, TravelModel


class Stage(Enum):
    QUEUED = "queued"
    WORKING = "working"
    OVER = "over"


@dataclass(slots=True, eq=False)
class Case:
    """An incident, as far as it decides trips. Times in UTC ms, 0 for "not yet". ``contact`` is None for one that was
    on the board when the run began."""

    key: str
    number: int
    type: str
    category: Category
    priority: int
    plan: ResponsePlan
    scene: Point
    received_at: int
    contact: Contact | None
    stage: Stage = Stage.QUEUED
    linked: bool = False
    looked_at: bool = False
    cars: list[Car] = field(default_factory=list)
    done_at: int = 0
    dispatched_at: int = 0
    arrived_at: int = 0


@dataclass(slots=True, eq=False)
class Car:
    """A unit. ``leg`` is where it drives or stands, ``case`` what it is sent to, since ``sent_at`` (UTC ms)."""

    profile: UnitProfile
    leg: Leg
    case: Case | None = None
    sent_at: int = 0
    on_scene: bool = False
    expected_s: float = 0.0

    @property
    def call_sign(self) -> str:
        return self.profile.call_sign

    @property
    def available(self) -> bool:
        return self.case is None

    def go(self, start: Point, end: Point, leaves: int, arrives: int) -> None:
        self.leg = Leg(start, end, leaves, arrives)

    def post(self, post: str, point: Point) -> None:
        """Stand somewhere else from now on."""
        self.profile = replace(self.profile, post=post, post_point=point)


class Option(NamedTuple):
    """A free unit and the seconds it is expected to need (the median)."""

    unit: str
    kind: UnitKind
    seconds: float
    second_line: bool
    home_grid: str
    crew: int
    free: bool = True


class Move(NamedTuple):
    """A fill-in: a unit to a post."""

    unit: str
    post: str
    point: Point


class Room:
    """What a policy sees. ``now`` in UTC ms, ``hour`` the local hour, ``waiting`` how many cases have no unit."""

    def __init__(self, city: City, rules: Rulebook, travel: TravelModel, cars: Mapping[str, Car]) -> None:
        self.city = city
        self.rules = rules
        self.travel = travel
        self.cars = cars
        self.now = 0
        self.hour = 0
        self.waiting = 0

    def position(self, car: Car) -> Point:
        return car.leg.at(self.now, self.city.frame, self.travel)

    def options(self, scene: Point, hour: int) -> list[Option]:
        """The free units by the seconds they would need to a scene, ties by call sign."""
        free = [car for car in self.cars.values() if car.case is None]
        if not free:
            return []
        travel = self.travel
        roads = travel.roads
        if roads is None:
            drives = [travel.drive_s(self.position(car), scene, car.profile.kind, hour) for car in free]
        else:
            found = roads.from_all([self.position(car) for car in free], scene, hour)
            drives = [s / travel.pace(car.profile.kind) for s, car in zip(found.tolist(), free, strict=True)]
        told = travel.rules.turn_out_s
        options = [
            Option(p.call_sign, p.kind, max(SHORTEST_S, told + drive), p.second_line, p.home_grid, p.crew)
            for p, drive in zip((car.profile for car in free), drives, strict=True)
        ]
        options.sort(key=lambda option: (option.seconds, option.unit))
        return options

    @cached_property
    def ground(self) -> CoverGround:
        """Where calls come from, and where a unit may stand."""
        return cover_ground(self.city, self.travel)

    def covered(self, radius_s: float = COVER_S) -> Cover:
        """What the free first-line units cover now."""
        reach = self.ground.reach(self.hour)
        reached = {
            car.call_sign: reach(car.profile.post_point, car.profile.kind, radius_s)
            for car in self.cars.values()
            if car.case is None and not car.profile.second_line
        }
        return cover(self.ground.ground, reached, radius_s)

    def metres(self, a: Point, b: Point) -> float:
        """Metres by road, roughly: straight line times the detour factor."""
        return distance_m(a, b) * self.travel.rules.detour


DispatchRule = Callable[[Room, Case, Sequence[Option]], tuple[str, ...]]
FillRule = Callable[[Room], Move | None]


@dataclass(frozen=True, slots=True)
class Policy:
    """``second_line`` puts the second-line cars on duty; ``fill`` None leaves the posts as they are."""

    name: str
    zh: str
    en: str
    dispatch: DispatchRule
    fill: FillRule | None = None
    second_line: bool = False


def near(options: Sequence[Option]) -> Sequence[Option]:
    """Without the second line where somebody of the first is near, as the desk's recommendation has it."""
    if any(option.seconds <= FIRST_LINE_NEAR_S for option in options if not option.second_line):
        return [option for option in options if not option.second_line]
    return options


def closest(room: Room, case: Case, options: Sequence[Option]) -> tuple[str, ...]:
    """Whom the desk's recommendation takes: by arrival, as the response plan prefers them."""
    return pick(cast(Sequence[Candidate], near(options)), case.plan)


def keep_one_back(room: Room, case: Case, options: Sequence[Option]) -> tuple[str, ...]:
    """The last free first-line unit is kept for criminal and public-order calls; for others the case waits."""
    grave = case.category in (Category.CRIMINAL, Category.PUBLIC_ORDER)
    first_line = [option for option in options if not option.second_line]
    if not grave and len(first_line) <= 1:
        options = [option for option in options if option.second_line]
    return closest(room, case, options)


EXTRA_S = 60.0
"""How much later than the nearest one a unit may come that leaves a smaller hole."""


def spare_the_cover(room: Room, case: Case, options: Sequence[Option]) -> tuple[str, ...]:
    """Of those hardly later than the nearest, the one whose leaving costs the least cover. Measured to do harm
    (performance.md): it is here to be held against the others."""
    options = near(options)
    if not options or len(case.plan.first) != 1:
        return closest(room, case, options)
    now = room.covered()
    close = [option for option in options if option.seconds <= options[0].seconds + EXTRA_S]
    best = min(close, key=lambda option: (now.loss(option.unit), option.seconds, option.unit))
    return (best.unit,)


LOST_SHARE = 0.3
"""Of the free units so many are somewhere else than the room believes, or have no position at all."""


def with_positions_lost(room: Room, case: Case, options: Sequence[Option]) -> tuple[str, ...]:
    """Whom the recommendation takes where three positions in ten cannot be relied on: half of those units are believed
    at their posts, half at somebody else's. They drive from where they really are. It is here to show what positions
    are worth; which ones are lost hangs on the call and the unit."""
    others = [car.profile.post_point for car in room.cars.values()]
    told = room.travel.rules.turn_out_s
    believed = []
    for option in options:
        luck = Stream(0, "lost", case.key, option.unit)
        if not luck.chance(LOST_SHARE):
            believed.append(option)
            continue
        where = room.cars[option.unit].profile.post_point
        if luck.chance(0.5):
            where = others[int(luck.uniform(0, len(others)))]
        drive = room.travel.drive_s(where, case.scene, option.kind, room.hour)
        believed.append(option._replace(seconds=max(SHORTEST_S, told + drive)))
    return closest(room, case, sorted(believed, key=lambda option: (option.seconds, option.unit)))


def fill_in(room: Room) -> Move | None:
    """The desk's own proposal, taken at once: at most one free unit to a post, where that closes a hole."""
    if room.waiting or not room.rules.fill_in.on:
        return None
    free = sorted(
        (car.profile for car in room.cars.values() if car.available and not car.profile.second_line),
        key=lambda profile: profile.call_sign,
    )
    known = room.ground.number_of_post
    taken = {known.get(profile.post_point) for profile in free}
    places = [place for number, place in enumerate(room.ground.posts) if number not in taken]
    standing = [Standing(profile.call_sign, profile.post_point, profile.kind) for profile in free]
    own, rules = room.ground.own, room.rules.fill_in
    found = best_move(standing, room.ground.outlook, places, own, rules, room.hour)
    if found is None:
        return None
    number, place, _, _ = found
    return Move(standing[number].unit, place.id, place.point)


BUILT_IN: dict[str, Policy] = {
    policy.name: policy
    for policy in (
        Policy("closest", "最近空闲，停靠点不动", "closest free unit, posts as they are", closest),
        Policy("fill-in", "最近空闲，补位叠加", "closest free unit, and fill-in", closest, fill_in),
        Policy("second-line", "最近空闲，加二线车", "closest free unit, second line", closest, second_line=True),
        Policy("both", "补位叠加，加二线车", "fill-in and second line", closest, fill_in, second_line=True),
        Policy("spare-cover", "派警顾及空缺", "a little later, but a smaller hole", spare_the_cover),
        Policy(
            "lost-30", "最近空闲，三成位置错或缺", "closest, 30 % of positions wrong or missing", with_positions_lost
        ),
        Policy("reserve", "留一组给刑事与治安警情", "one unit kept back for grave calls", keep_one_back),
    )
}
