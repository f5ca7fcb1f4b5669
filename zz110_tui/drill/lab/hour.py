"""The next hour from a board, many times, for two things that could be done now (what if).

The laboratory's kernel begins with what is on the board (``drill.carryon``) instead of an empty room. In each run both
alternatives meet the same calls, crews and traffic, so what differs is what was done. Calls come for an hour; ten
minutes more are run, so that of the last call too it is known whether it was late. Nothing is read but what is given,
and nothing is written: any desk that has a board can ask.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from zz110_tui.core.coverage import COVER_S, HOLE_SHARE
from zz110_tui.core.figures import LATE_S, SOON_S
from zz110_tui.core.incidents import Incident, IncidentStage
from zz110_tui.core.rulebook import ResponsePlan, Rulebook
from zz110_tui.core.statistics import Interval, interval_of, quantile
from zz110_tui.core.whatif import HOUR_MS, Arrivals, Forecast, Option, Question, Side, Situation
from zz110_tui.drill.carryon import CarryOn, Prospects, case_key
from zz110_tui.drill.demand import Contact, Demand
from zz110_tui.drill.lab.kernel import ANSWERED, RECEIVED, Kernel
from zz110_tui.drill.lab.policies import BUILT_IN, Car, Case, Policy, Stage
from zz110_tui.drill.profile import Chances
from zz110_tui.drill.ways import home
from zz110_tui.gis.city import City
from zz110_tui.gis.ground import cover_ground
from zz110_tui.gis.travel import TravelModel

AFTER_MS = round(LATE_S * 1000)
"""Run on after the hour, so that of its last call too it is known whether somebody came within ten minutes."""


class Outlay:
    """What the runs of one question share: the city, and the grids without cover by who covers what."""

    def __init__(
        self,
        situation: Situation,
        city: City,
        rules: Rulebook,
        chances: Chances,
        travel: TravelModel,
        load: float = 1.0,
    ) -> None:
        self.situation = situation
        self.city = city
        self.rules = rules
        self.chances = chances
        self.travel = travel
        self.ground = cover_ground(city, travel)
        self.grids = tuple(self.ground.ground.masks)
        self.prospects = Prospects(situation, city, rules, chances, travel)
        self.demand = Demand(city, chances, 0, load, named=False)
        self._holes: dict[int, tuple[int, ...]] = {}

    def holes(self, once: int) -> tuple[int, ...]:
        """The numbers of the grids that have too little cover where these places are reached."""
        found = self._holes.get(once)
        if found is None:
            ground = self.ground.ground
            found = self._holes[once] = tuple(
                number
                for number, (grid, mask) in enumerate(ground.masks.items())
                if ground.weight(once & mask) < HOLE_SHARE * ground.grid_weights[grid]
            )
        return found

    def contacts(self, demand: Demand) -> list[Contact]:
        """The calls of the hour to come. Whoever called before is on the board, and so are those who call about it."""
        now = self.situation.now
        begin = now - now % HOUR_MS
        coming: list[Contact] = []
        gone: set[str] = set()
        for contact in demand.contacts(begin, 2):
            if contact.at >= now + HOUR_MS:
                break
            if contact.at <= now or contact.about in gone:
                gone.add(contact.key)
            else:
                coming.append(contact)
        return coming


class Hour(Kernel):
    """One run, from a board, with one alternative done at once. ``uncovered`` is milliseconds by grid."""

    def __init__(self, outlay: Outlay, policy: Policy, seed: int, carry: CarryOn, option: Option) -> None:
        profiles = [unit.profile for unit in outlay.situation.units]
        super().__init__(outlay.city, outlay.rules, outlay.chances, outlay.travel, policy, profiles, seed)
        self._outlay = outlay
        self.now = self.room.now = self._since = outlay.situation.now
        self.room.hour = self.hour()
        self._over = self.now + HOUR_MS
        self.uncovered = [0] * len(outlay.grids)
        self._reach = outlay.ground.reach(self.room.hour)
        self._reached = {car.call_sign: self._reaches(car) for car in self.cars.values()}
        self._cases = outlay.situation.next_incident - 1
        self.on_board = {incident.number: self._put(incident) for incident in outlay.situation.incidents}
        self._go_on(carry)
        self._do(option)
        for number, held in carry.waiting:
            case = self.on_board[number]
            if case.stage is Stage.QUEUED and held:
                self.plan(held, self._enqueue, case)
            elif case.stage is Stage.QUEUED:
                self._enqueue(case)
        self._open_holes = outlay.holes(self._once())

    # -- from the board --------------------------------------------------------------------------------------------

    def _put(self, incident: Incident) -> Case:
        kind = self.rules.types.get(incident.type)
        prospects = self._outlay.prospects
        there = [a.on_scene_at for a in incident.assignments if a.on_scene_at]
        case = Case(
            key=case_key(incident.number),
            number=incident.number,
            type=incident.type,
            category=prospects.category(incident),
            priority=incident.priority,
            plan=kind.plan if kind is not None else ResponsePlan(),
            scene=prospects.scene(incident),
            received_at=incident.received_at,
            contact=None,
            stage=Stage.QUEUED if incident.stage is IncidentStage.QUEUED else Stage.WORKING,
            dispatched_at=min((a.dispatched_at for a in incident.assignments), default=0),
            arrived_at=min(there, default=0),
        )
        self._all.append(case)
        return case

    def _go_on(self, carry: CarryOn) -> None:
        for call_sign, leg in carry.legs.items():
            self.cars[call_sign].leg = leg
        for incident in self._outlay.situation.incidents:
            for assignment in incident.working:
                car = self.cars.get(assignment.unit)
                if car is not None:
                    case = self.on_board[incident.number]
                    car.case, car.sent_at = case, assignment.dispatched_at
                    car.on_scene = bool(assignment.on_scene_at)
                    case.cars.append(car)
        for way in carry.ways:
            car, case = self.cars[way.unit], self.on_board[way.incident]
            car.leg = way.leg
            self.plan(way.leg.arrives, self._arrive, case, car, way.sent_at)
        for number, done_at in carry.done.items():
            self.on_board[number].done_at = done_at
            self.plan(done_at, self._finish_work, self.on_board[number], done_at)
        for unit, number, at in carry.leaving:
            self.plan(at, self._support_leaves, self.on_board[number], self.cars[unit])
        self._take_calls(carry)

    def _take_calls(self, carry: CarryOn) -> None:
        talking = len(carry.answered)
        self._takers = max(self._takers, talking) - talking
        for call in carry.answered:
            self._state[call.contact.key] = ANSWERED
            stream = self.stream("talk", call.contact.key)
            self.plan(call.until, self._finish_call, call.contact, stream)
        for call in carry.ringing:
            self._state[call.contact.key] = RECEIVED
            self.plan(call.until, self._give_up, call.contact)
            self._ringing.append(call.contact)
        self._assign_takers()

    def _do(self, option: Option) -> None:
        """The alternative itself, at once."""
        cars = [self.cars[unit] for unit in option.units]
        if option.point is not None:
            for car in cars:
                here = self.room.position(car)
                car.post(option.post, option.point)
                car.leg = home(self.travel, here, option.point, car.profile.kind, self.room.hour, self.now)
                self._reached[car.call_sign] = self._reaches(car)
        elif cars:
            case = self.on_board[option.incident]
            seconds = {o.unit: o.seconds for o in self.room.options(case.scene, self.room.hour)}
            for car in cars:
                self._take(case, car, seconds[car.call_sign])
            for car in cars:
                self._drive(case, car)

    # -- cover -----------------------------------------------------------------------------------------------------

    def _reaches(self, car: Car) -> int:
        if car.profile.second_line:
            return 0
        return self._reach(car.profile.post_point, car.profile.kind, COVER_S)

    def _once(self) -> int:
        once = 0
        for car in self.cars.values():
            if car.case is None:
                once |= self._reached[car.call_sign]
        return once

    def _count(self) -> None:
        """The holes that were open until now, within the hour."""
        until = min(self.now, self._over)
        for number in self._open_holes:
            self.uncovered[number] += max(0, until - self._since)
        self._since = until

    def _cover_changed(self) -> None:
        self._count()
        self._open_holes = self._outlay.holes(self._once())

    def _fill_in(self) -> None:
        moves = self._moves
        super()._fill_in()
        if self._moves != moves:
            self._reached = {car.call_sign: self._reaches(car) for car in self.cars.values()}
            self._cover_changed()

    def _send(self, case: Case) -> tuple[Car, ...]:
        sent = super()._send(case)
        if sent:
            self._cover_changed()
        return sent

    def _leave(self, case: Case, cars: list[Car]) -> None:
        super()._leave(case, cars)
        self._cover_changed()

    # -- what came of it -------------------------------------------------------------------------------------------

    def finish(self, contacts: Sequence[Contact]) -> None:
        """Run the hour and ten minutes more."""
        self.run(contacts, self._over + AFTER_MS)
        self.now = max(self.now, self._over)
        self._count()

    def late(self, limit_s: float, clock: str) -> int:
        """How many arrivals took longer than a limit, those among them that did not come at all. What was there when
        the hour began is not counted, nor is what needed nobody in the end."""
        end, limit, began = self._over + AFTER_MS, limit_s * 1000, self._outlay.situation.now
        late = 0
        for case in self._all:
            if case.arrived_at and case.arrived_at <= began:
                continue
            if not case.arrived_at and case.stage is Stage.OVER:
                continue
            since = case.received_at if clock == "received" else case.dispatched_at
            late += not since or (case.arrived_at or end) - since > limit
        return late


@dataclass(slots=True)
class _Tally:
    """One alternative over the runs. ``arrival`` in milliseconds from now to the first unit at the incident, -1 where
    nobody came; empty where no incident was asked about, or somebody is there already."""

    arrival: list[int] = field(default_factory=list)
    late_5: list[int] = field(default_factory=list)
    late_10: list[int] = field(default_factory=list)
    uncovered: list[list[int]] = field(default_factory=list)

    def add(self, hour: Hour, question: Question) -> None:
        now = question.situation.now
        arrived = hour.on_board[question.incident].arrived_at if question.incident else now
        if not arrived or arrived > now:
            self.arrival.append(arrived - now if arrived else -1)
        self.late_5.append(hour.late(SOON_S, question.clock))
        self.late_10.append(hour.late(LATE_S, question.clock))
        self.uncovered.append(hour.uncovered)


def foresee(
    question: Question,
    city: City,
    rules: Rulebook,
    chances: Chances,
    travel: TravelModel,
    *,
    policy: Policy = BUILT_IN["closest"],
    progress: Callable[[int, int], None] = lambda done, total: None,
    stop: Callable[[], bool] = lambda: False,
) -> Forecast | None:
    """Simulate both alternatives; None where ``stop`` broke it off. The room works by ``policy`` after that."""
    began = time.perf_counter()
    outlay = Outlay(question.situation, city, rules, chances, travel, question.load)
    tallies = (_Tally(), _Tally())
    for run in range(question.runs):
        if stop():
            return None
        seed = int.from_bytes(blake2b(f"what if:{question.seed}:{run}".encode(), digest_size=6).digest(), "big")
        demand = outlay.demand.with_seed(seed)
        carry, contacts = outlay.prospects.drawn(seed, demand), outlay.contacts(demand)
        for option, tally in zip(question.options, tallies, strict=True):
            hour = Hour(outlay, policy, seed, carry, option)
            hour.finish(contacts)
            tally.add(hour, question)
        progress(run + 1, question.runs)
    return _forecast(question, outlay, tallies, time.perf_counter() - began)


def _forecast(question: Question, outlay: Outlay, tallies: tuple[_Tally, _Tally], took_s: float) -> Forecast:
    first, second = tallies
    both = [(a, b) for a, b in zip(first.arrival, second.arrival, strict=True) if a >= 0 and b >= 0]
    return Forecast(
        question=question,
        sides=(_side(question, outlay, first), _side(question, outlay, second)),
        late_5=_difference(first.late_5, second.late_5),
        late_10=_difference(first.late_10, second.late_10),
        uncovered=_difference(_minutes(first), _minutes(second)),
        arrival_s=_difference([a / 1000 for a, _ in both], [b / 1000 for _, b in both]) if both else None,
        took_s=took_s,
    )


def _difference(first: Sequence[float], second: Sequence[float]) -> Interval:
    return interval_of([b - a for a, b in zip(first, second, strict=True)])


def _minutes(tally: _Tally) -> list[float]:
    return [sum(by_grid) / 60_000 for by_grid in tally.uncovered]


def _side(question: Question, outlay: Outlay, tally: _Tally) -> Side:
    runs = len(tally.uncovered)
    uncovered = {
        grid: sum(by_grid[number] for by_grid in tally.uncovered) / runs / 60_000
        for number, grid in enumerate(outlay.grids)
    }
    return Side(_arrivals(question, tally), interval_of(tally.late_5), interval_of(tally.late_10), uncovered)


def _arrivals(question: Question, tally: _Tally) -> Arrivals | None:
    incident = next((i for i in question.situation.incidents if i.number == question.incident), None)
    if incident is None or not tally.arrival:
        return None
    came = sorted(ms for ms in tally.arrival if ms >= 0)
    if not came:
        return Arrivals(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    waited, runs = question.situation.now - incident.received_at, len(tally.arrival)
    return Arrivals(
        came=len(came) / runs,
        median_s=quantile(came, 0.5) / 1000,
        low_s=quantile(came, 0.1) / 1000,
        high_s=quantile(came, 0.9) / 1000,
        within_5=sum(ms + waited <= SOON_S * 1000 for ms in came) / runs,
        within_10=sum(ms + waited <= LATE_S * 1000 for ms in came) / runs,
    )
