"""The laboratory's kernel: a room, its units and its calls without a journal, so that a month takes a second.

It is the drill of ``drill.simulation`` with everything left out that changes no trip: no commands, no facts, no alarms,
no paper. People, chance and travel are the same modules and the same streams, so the same calls under the plain policy
give the same trips, to the millisecond (``tests/simulation/test_lab_kernel.py`` holds it to that). Other policies meet
the same calls with the same luck: what differs is what the policy did.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from zz110_tui.core.places import Point
from zz110_tui.core.rulebook import Category, ResponsePlan, Rulebook
from zz110_tui.core.units import UnitProfile
from zz110_tui.drill.demand import Contact, Intent
from zz110_tui.drill.lab.policies import Car, Case, Policy, Room, Stage
from zz110_tui.drill.profile import Chances
from zz110_tui.drill.streams import Stream
from zz110_tui.drill.taking import SILENT_MS
from zz110_tui.drill.ways import LEAST_MS, home, reports_ms, standing, whole_way_ms
from zz110_tui.gis.city import City
from zz110_tui.gis.geometry import distance_to_line
from zz110_tui.gis.travel import Estimate, TravelModel

_SHORT = (Intent.ADVISED, Intent.INVALID, Intent.NUISANCE)
_QUARTER_MS = 900_000
"""Local hours begin at multiples of a quarter of an hour everywhere."""

RECEIVED, ANSWERED, ENDED = range(3)


@dataclass(frozen=True, slots=True)
class Arrival:
    """How long the first unit took to one call (milliseconds), on both clocks."""

    key: str
    from_received: int
    from_dispatched: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to. ``trips`` are (case, unit, dispatched, arrived) in UTC ms, of units that arrived; ``moves``
    counts fill-ins, ``moved_m`` the metres they drove; ``busy`` is the units' share (0 to 1) of the calls' time."""

    arrivals: tuple[Arrival, ...]
    trips: tuple[tuple[str, str, int, int], ...]
    moves: int
    moved_m: float
    busy: float
    most_waiting: int


class Kernel:
    """One run. ``contacts`` in the order of their times; ``units`` the profiles of who is on duty."""

    def __init__(
        self,
        city: City,
        rules: Rulebook,
        chances: Chances,
        travel: TravelModel,
        policy: Policy,
        units: Sequence[UnitProfile],
        seed: int,
        *,
        as_recorded: bool = False,
    ) -> None:
        self.city = city
        self.rules = rules
        self.chances = chances
        self.travel = travel
        self.policy = policy
        self.seed = seed
        self.as_recorded = as_recorded
        self.now = 0
        self.cars = {p.call_sign: Car(p, standing(p.post_point, 0)) for p in units}
        self.room = Room(city, rules, travel, self.cars)
        self._zone = ZoneInfo(city.timezone)
        self._hours: dict[int, int] = {}
        self._heap: list[tuple[int, int, Callable[..., None], tuple[Any, ...]]] = []
        self._planned = 0
        self._contacts: Iterator[Contact] = iter(())
        self._state: dict[str, int] = {}
        self._ringing: deque[Contact] = deque()
        self._takers = chances.profile.room.takers
        self._dispatchers = chances.profile.room.dispatchers
        self._queue: list[tuple[int, int, int, Case]] = []
        self._no_unit: list[tuple[int, int, int, Case]] = []
        self._cases = 0
        self._case_of: dict[str, Case] = {}
        self._all: list[Case] = []
        self._trips: list[tuple[str, str, int, int]] = []
        self._busy_ms = 0
        self._moves = 0
        self._moved_m = 0.0
        self._most_waiting = 0

    # -- time ------------------------------------------------------------------------------------------------------

    def run(self, contacts: Iterable[Contact], until: int | None = None) -> Outcome:
        """All calls to the end of the last one's work, or as far as a time (UTC ms)."""
        self._contacts = iter(contacts)
        self._plan_next()
        heap = self._heap
        while heap:
            at, _, act, values = heapq.heappop(heap)
            if until is not None and at > until:
                break
            self.now = self.room.now = at
            act(*values)
        return self.outcome()

    def outcome(self) -> Outcome:
        span = self._all[-1].received_at - self._all[0].received_at if len(self._all) > 1 else 0
        share = self._busy_ms / (span * len(self.cars)) if span and self.cars else 0.0
        arrivals = tuple(
            Arrival(case.key, case.arrived_at - case.received_at, case.arrived_at - case.dispatched_at)
            for case in self._all
            if case.arrived_at and not case.linked
        )
        return Outcome(arrivals, tuple(self._trips), self._moves, self._moved_m, share, self._most_waiting)

    def plan(self, at: int, act: Callable[..., None], *values: object) -> None:
        self._planned += 1
        heapq.heappush(self._heap, (at, self._planned, act, values))

    def hour(self) -> int:
        """The local hour of the day now."""
        quarter = self.now // _QUARTER_MS
        found = self._hours.get(quarter)
        if found is None:
            local = datetime.fromtimestamp(quarter * _QUARTER_MS / 1000, UTC).astimezone(self._zone)
            found = self._hours[quarter] = local.hour
        return found

    def stream(self, *names: object) -> Stream:
        return Stream(self.seed, *names)

    # -- calls -----------------------------------------------------------------------------------------------------

    def _plan_next(self) -> None:
        contact = next(self._contacts, None)
        if contact is not None:
            self.plan(max(contact.at, self.now), self._call, contact)

    def _call(self, contact: Contact) -> None:
        self._plan_next()
        times = self.chances.profile.times
        self._state[contact.key] = RECEIVED
        stream = self.stream("caller", contact.key)
        patience = times.hang_up if contact.intent is Intent.ABANDONED else times.patience
        self.plan(self.now + stream.lognormal_ms(patience), self._give_up, contact)
        called_off = contact.intent is Intent.SLIP and stream.chance(self.chances.profile.shares.cancelled)
        if called_off and not self.as_recorded:
            self.plan(self.now + stream.lognormal_ms(times.cancel), self._call_off, contact)
        self._ringing.append(contact)
        self._assign_takers()

    def _give_up(self, contact: Contact) -> None:
        if self._state[contact.key] == RECEIVED:
            self._state[contact.key] = ENDED
            if contact in self._ringing:
                self._ringing.remove(contact)

    def _call_off(self, contact: Contact) -> None:
        case = self._case_of.get(contact.key)
        if case is None or case.stage is Stage.OVER or any(car.on_scene for car in case.cars):
            return
        case.stage = Stage.OVER
        self._leave(case, list(case.cars))

    def _assign_takers(self) -> None:
        while self._takers and self._ringing:
            self._takers -= 1
            contact = self._ringing.popleft()
            stream = self.stream("talk", contact.key)
            delay = stream.lognormal_ms(self.chances.profile.times.answer)
            self.plan(self.now + delay, self._answer, contact, stream)

    def _free_taker(self) -> None:
        self._takers += 1
        self._assign_takers()

    def _answer(self, contact: Contact, stream: Stream) -> None:
        if self._state[contact.key] != RECEIVED:
            self._free_taker()
            return
        self._state[contact.key] = ANSWERED
        profile = self.chances.profile
        if contact.intent is Intent.ABANDONED:
            delay = SILENT_MS
        elif contact.intent in _SHORT:
            delay = stream.lognormal_ms(profile.times.short_talk)
        else:
            delay = stream.lognormal_ms(profile.questions[contact.category])
        self.plan(self.now + delay, self._finish_call, contact, stream)

    def _finish_call(self, contact: Contact, stream: Stream) -> None:
        opened: Case | None = None
        if self._state[contact.key] == ANSWERED:
            self._state[contact.key] = ENDED
            if contact.intent in (Intent.SLIP, Intent.LINKED):
                known = self._same_thing(contact)
                late = self.chances.profile.shares.linked_late
                if known is None or stream.chance(late):
                    opened = self._open(contact)
        self.plan(self.now + stream.lognormal_ms(self.chances.profile.times.wrap_up), self._free_taker)
        if opened is not None:
            self._enqueue(opened)

    def _same_thing(self, contact: Contact) -> Case | None:
        case = self._case_of.get(contact.about)
        return case if case is not None and case.stage is not Stage.OVER else None

    def _open(self, contact: Contact) -> Case:
        kind = self.rules.types.get(contact.type)
        self._cases += 1
        case = Case(
            key=contact.key,
            number=self._cases,
            type=contact.type,
            category=kind.category if kind is not None else Category.OTHER,
            priority=kind.priority if kind is not None else 3,
            plan=kind.plan if kind is not None else ResponsePlan(),
            scene=contact.point or self.city.outline.box.middle,
            received_at=max(contact.at, 0),
            contact=contact,
        )
        self._case_of[contact.key] = case
        self._all.append(case)
        return case

    # -- sending ---------------------------------------------------------------------------------------------------

    def _enqueue(self, case: Case) -> None:
        heapq.heappush(self._queue, (case.priority, case.received_at, case.number, case))
        self.room.waiting += 1
        self._most_waiting = max(self._most_waiting, len(self._queue) + len(self._no_unit))
        self._look()

    def _look(self) -> None:
        while self._dispatchers and self._queue:
            case = heapq.heappop(self._queue)[3]
            if case.stage is not Stage.QUEUED:
                continue
            self._dispatchers -= 1
            again, case.looked_at = case.looked_at, True
            stream = self.stream("dispatch", case.key, again)
            self.plan(self.now + stream.lognormal_ms(self.chances.profile.times.dispatch), self._decide, case)

    def _decide(self, case: Case) -> None:
        sent: tuple[Car, ...] = ()
        if case.stage is Stage.QUEUED:
            gone = self._needs_nobody(case)
            sent = () if gone else self._send(case)
            if gone or sent:
                self.room.waiting -= 1
            else:
                heapq.heappush(self._no_unit, (case.priority, case.received_at, case.number, case))
        self._dispatchers += 1
        self._look()
        for car in sent:
            self._drive(case, car)
        if sent:
            self._fill_in()

    def _needs_nobody(self, case: Case) -> bool:
        """Given to others, or part of another case: it is over for the units."""
        contact = case.contact
        if contact is None:
            # From a board: a person has looked at it already, and it can only lie too far away.
            case.stage = Stage.OVER if self._is_far(case.scene) else case.stage
            return case.stage is Stage.OVER
        known = self._same_thing(contact) if contact.intent is Intent.LINKED else None
        if self.as_recorded and self._is_far(contact.point):
            case.stage = Stage.OVER
        elif known is not None and known is not case:
            case.stage, case.linked = Stage.OVER, True
        elif not self.as_recorded and self._is_given_away(contact):
            case.stage = Stage.OVER
        return case.stage is Stage.OVER

    def _is_given_away(self, contact: Contact) -> bool:
        chances = self.chances
        return chances.receivers is not None and self.stream("transfer", contact.key).chance(chances.transferred)

    def _is_far(self, where: Point | None) -> bool:
        if where is None or self.city.outline.holds(where):
            return False
        far = self.chances.profile.area.far_m
        return all(distance_to_line(where, ring, self.city.frame) > far for ring in self.city.outline.rings)

    def _send(self, case: Case) -> tuple[Car, ...]:
        """Whom the policy sends now; nobody where nobody is free."""
        hour = self.room.hour = self.hour()
        options = self.room.options(case.scene, hour)
        chosen = tuple(self.cars[unit] for unit in self.policy.dispatch(self.room, case, options))
        seconds = {option.unit: option.seconds for option in options}
        for car in chosen:
            self._take(case, car, seconds[car.call_sign])
        return chosen

    def _take(self, case: Case, car: Car, expected_s: float) -> None:
        car.case, car.sent_at, car.on_scene, car.expected_s = case, self.now, False, expected_s
        case.cars.append(car)
        case.stage = Stage.WORKING
        case.dispatched_at = case.dispatched_at or self.now

    # -- driving and working -----------------------------------------------------------------------------------------

    def _drive(self, case: Case, car: Car) -> None:
        times = self.chances.profile.times
        stream = self.stream("way", case.key, car.call_sign)
        total = whole_way_ms(Estimate(car.expected_s, self.travel.rules.spread), stream.normal())
        _, leave = reports_ms(stream.lognormal_ms(times.sign), stream.lognormal_ms(times.set_out), total)
        car.go(self.room.position(car), case.scene, self.now + leave, self.now + total)
        self.plan(self.now + total, self._arrive, case, car, car.sent_at)

    def _arrive(self, case: Case, car: Car, sent_at: int) -> None:
        if car.case is not case or car.sent_at != sent_at or car.on_scene:
            return
        now = self.now
        car.on_scene, car.leg = True, standing(case.scene, now)
        self._trips.append((case.key, car.call_sign, sent_at, now))
        case.arrived_at = case.arrived_at or now
        profile = self.chances.profile
        if case.done_at <= now:
            case.done_at = now + max(LEAST_MS, self.service_ms(case))
            self.plan(case.done_at, self._finish_work, case, case.done_at)
        else:
            leave = now + max(LEAST_MS, round((case.done_at - now) * profile.shares.support_leaves))
            self.plan(leave, self._support_leaves, case, car)

    def service_ms(self, case: Case) -> int:
        """How long the work on a scene takes."""
        return self.stream("service", case.key, 0).lognormal_ms(self.chances.profile.service[case.category])

    def _support_leaves(self, case: Case, car: Car) -> None:
        if car.case is case and car.on_scene and len(case.cars) > 1:
            self._leave(case, [car])

    def _finish_work(self, case: Case, done_at: int) -> None:
        if case.stage is Stage.OVER or case.done_at != done_at:
            return
        there = [car for car in case.cars if car.on_scene]
        if not there:
            case.done_at = 0
            return
        case.stage = Stage.OVER
        self._leave(case, there + [car for car in case.cars if not car.on_scene])

    def _leave(self, case: Case, cars: list[Car]) -> None:
        """Units are free: whoever waits is looked at again, and they drive home."""
        now, hour = self.now, self.hour()
        if case.stage is Stage.OVER and not case.dispatched_at:
            self.room.waiting -= 1
        for car in cars:
            case.cars.remove(car)
            car.case = None
            self._busy_ms += now - car.sent_at
        for car in cars:
            self._units_changed()
            profile = car.profile
            car.leg = home(self.travel, self.room.position(car), profile.post_point, profile.kind, hour, now)
        if cars:
            self._fill_in()

    def _units_changed(self) -> None:
        if not self._no_unit:
            return
        free = sum(car.available for car in self.cars.values())
        while self._no_unit and free > len(self._queue):
            heapq.heappush(self._queue, heapq.heappop(self._no_unit))
        self._look()

    def _fill_in(self) -> None:
        """At most one free unit moves after each change, where the policy says so."""
        if self.policy.fill is None:
            return
        self.room.hour = self.hour()
        move = self.policy.fill(self.room)
        if move is None:
            return
        car = self.cars[move.unit]
        here = self.room.position(car)
        car.post(move.post, move.point)
        car.leg = home(self.travel, here, move.point, car.profile.kind, self.room.hour, self.now)
        self._moves += 1
        self._moved_m += self.room.metres(here, move.point)
