"""What everybody in a drill shares: the running core, the simulated clock, the agenda, and where the units are.

The simulated people act by commands over Links of their own, like anybody else, and react to the facts that come back;
so a person at a desk can take over any part of the room and the rest goes on. They read the core's board in the same
process instead of keeping a replica each: nobody but the core changes it.
"""

from __future__ import annotations

import heapq
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from zz110_tui.client.local import LocalLink
from zz110_tui.core.answers import Answer
from zz110_tui.core.board import Board
from zz110_tui.core.commands import Command
from zz110_tui.core.desks import Actor, Duty, unit_seat
from zz110_tui.core.incidents import Incident
from zz110_tui.core.places import Place, Point
from zz110_tui.core.rulebook import Category, Rulebook
from zz110_tui.drill.demand import Contact
from zz110_tui.drill.profile import Chances, Profile
from zz110_tui.drill.streams import Stream
from zz110_tui.drill.ways import Leg
from zz110_tui.gis.city import City
from zz110_tui.gis.geometry import distance_to_line
from zz110_tui.gis.travel import TravelModel, travel_of
from zz110_tui.service.clock import ManualClock
from zz110_tui.service.engine import Engine

CHANNEL = "drill"
UNKNOWN_PLACE = "地点不明"

Action = Callable[[], Awaitable[None]]


Ears = Mapping[type, Callable[[Any], None]]
"""What to do when a fact of a type is heard, after the board has changed."""


class Office(Protocol):
    """Some of the people in a drill: what they listen for."""

    def ears(self) -> Ears: ...


class Agenda:
    """What is going to happen, by time; what was planned first comes first at the same time."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Action]] = []
        self._planned = 0

    def plan(self, at: int, action: Action) -> None:
        self._planned += 1
        heapq.heappush(self._heap, (at, self._planned, action))

    def next_at(self) -> int | None:
        return self._heap[0][0] if self._heap else None

    def take(self) -> Action:
        return heapq.heappop(self._heap)[2]


def travel_in(city: City) -> TravelModel:
    """The travel times that a drill takes for true."""
    return travel_of(city)


@dataclass(slots=True)
class World:
    city: City
    rules: Rulebook
    chances: Chances
    seed: int
    engine: Engine
    clock: ManualClock
    as_recorded: bool
    """A replay: its calls are what was recorded, so nothing is made up about how they go on."""
    agenda: Agenda = field(default_factory=Agenda)
    contacts: dict[str, Contact] = field(default_factory=dict)
    """Everybody who has called, by key."""
    reports: dict[str, int] = field(default_factory=dict)
    """The report of each contact."""
    legs: dict[str, Leg] = field(default_factory=dict)
    refusals: dict[str, int] = field(default_factory=dict)
    seats: set[str] = field(default_factory=set)
    """Where the drill's own people act: whoever sits elsewhere is a person."""
    travel: TravelModel = field(init=False)
    _unit_links: dict[str, LocalLink] = field(default_factory=dict)
    _places: dict[str, Place] = field(default_factory=dict)
    _zone: ZoneInfo = field(init=False)
    _rings: list[tuple[Point, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self.travel = travel_in(self.city)
        self._zone = ZoneInfo(self.city.timezone)
        self._rings = list(self.city.outline.rings)

    # -- reading ---------------------------------------------------------------------------------------------------

    @property
    def board(self) -> Board:
        return self.engine.board

    @property
    def now(self) -> int:
        return self.clock.now()

    @property
    def profile(self) -> Profile:
        return self.chances.profile

    def stream(self, *names: object) -> Stream:
        return Stream(self.seed, *names)

    def hour(self, at: int) -> int:
        """The local hour of the day."""
        return datetime.fromtimestamp(at / 1000, UTC).astimezone(self._zone).hour

    def category(self, type_code: str) -> Category:
        kind = self.rules.types.get(type_code)
        return kind.category if kind is not None else Category.OTHER

    def contact_of(self, incident: Incident) -> Contact | None:
        """Who called first about it; None when nobody of the drill did."""
        if not incident.reports:
            return None
        report = self.board.reports.get(incident.reports[0])
        return self.contacts.get(report.source) if report is not None else None

    def key_of(self, incident: Incident) -> str:
        """The name of an incident in the streams of chance: its first caller's, so that it is the same in another run
        where the room works otherwise."""
        contact = self.contact_of(incident)
        return contact.key if contact is not None else f"incident {incident.number}"

    # -- places ----------------------------------------------------------------------------------------------------

    def place(self, contact: Contact) -> Place:
        """Where somebody calls from, with grid and cell; outside the outline it has no grid, and is a place all the
        same; unknown it is words."""
        place = self._places.get(contact.key)
        if place is None:
            place = self._places[contact.key] = self._found(contact.point, contact.place)
        return place

    def _found(self, where: Point | None, text: str) -> Place:
        if where is None:
            return Place(text or UNKNOWN_PLACE)
        grid = self.city.grid_at(where)
        words = text or f"{where.lon:.5f},{where.lat:.5f}"
        return Place(words, where, grid.id if grid is not None else "", self.city.cell_at(where))

    def scene(self, incident: Incident) -> Point:
        """Where a unit drives to: the middle of the city while nobody knows better."""
        return incident.place.point or self.city.outline.box.middle

    def is_far(self, where: Point | None) -> bool:
        """Too far outside the outline to send anybody."""
        if where is None or self.city.outline.holds(where):
            return False
        far = self.profile.area.far_m
        return all(distance_to_line(where, ring, self.city.frame) > far for ring in self._rings)

    def position(self, unit: str, at: int) -> Point:
        """Where a unit is: on its way, where that ended, or at its post."""
        leg = self.legs.get(unit)
        if leg is None:
            return self.board.units[unit].profile.post_point
        return leg.at(at, self.city.frame, self.travel)

    # -- acting ----------------------------------------------------------------------------------------------------

    def link(self, person: str, desk: str, duty: Duty) -> LocalLink:
        """A Link whose command ids are the same in every run."""
        self.seats.add(desk)
        sent = 0

        def next_id() -> str:
            nonlocal sent
            sent += 1
            return f"drill:{self.seed}:{desk}:{sent}"

        return LocalLink(self.engine, Actor(person, desk, duty, CHANNEL), next_id)

    def unit_link(self, unit: str) -> LocalLink:
        """The Link by which a unit itself reports."""
        if unit not in self._unit_links:
            self._unit_links[unit] = self.link(unit, unit_seat(unit), Duty.UNIT)
        return self._unit_links[unit]

    async def send(self, link: LocalLink, command: Command) -> Answer:
        """Send a command. A refusal is counted: with only simulated people in the room there is none."""
        answer = await link.submit(command)
        if answer.refusal is not None:
            code = f"{type(command).__name__}: {answer.refusal.code}"
            self.refusals[code] = self.refusals.get(code, 0) + 1
        return answer
