"""Going on from a board: what is under way on it, and when each of these things is going to end.

A board says since when a unit drives or works, and when somebody began to ring; it does not say when that ends. Here it
is drawn, under the condition that it has not ended yet, from the same travel times and durations that a drill draws a
call's from. The laboratory's kernel begins its hour with it, and a test lets the drill's own people go on from the same
board with the same draw (``tests/simulation/test_whatif_kernel.py``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from zz110_tui.core.incidents import Assignment, AssignmentStage, Incident, IncidentStage, Report, ReportStage
from zz110_tui.core.places import Point
from zz110_tui.core.rulebook import Category, Rulebook
from zz110_tui.core.units import Unit, whereabouts
from zz110_tui.core.whatif import Situation
from zz110_tui.drill.demand import Contact, Demand, Intent
from zz110_tui.drill.profile import Chances
from zz110_tui.drill.streams import Choices, Stream
from zz110_tui.drill.taking import SILENT_MS
from zz110_tui.drill.ways import LEAST_MS, Leg, home, standing, whole_way_ms
from zz110_tui.gis.city import City
from zz110_tui.gis.travel import SHORTEST_S, Estimate, TravelModel

TRIES = 64
"""Draws of a duration that has to be longer than what has passed of it."""
LATER_MS = 60_000
"""What is left of something that has lasted longer than any draw: nobody can say, it ends soon."""


@dataclass(frozen=True, slots=True)
class Way:
    """A unit that was sent at ``sent_at`` (UTC ms) and is not there yet."""

    unit: str
    incident: int
    sent_at: int
    leg: Leg


@dataclass(frozen=True, slots=True)
class Call:
    """A call that has not ended. ``until`` is when its caller gives up; of one that was answered, when it ends."""

    contact: Contact
    report: int
    desk: str
    until: int


@dataclass(frozen=True, slots=True)
class CarryOn:
    """What goes on, as drawn once. ``legs`` of every unit that is on no way; ``done`` when the work on a scene ends;
    ``leaving`` are units that are not needed to the end: unit, incident, time. ``waiting`` are the incidents without a
    unit in the order in which they get one, with the time until which each is held (0: it is not). Times in UTC ms."""

    legs: dict[str, Leg]
    ways: tuple[Way, ...]
    done: dict[int, int]
    leaving: tuple[tuple[str, int, int], ...]
    ringing: tuple[Call, ...]
    answered: tuple[Call, ...]
    waiting: tuple[tuple[int, int], ...]


def case_key(incident: int) -> str:
    """The name in the streams of chance of an incident whose callers belong to no drill."""
    return f"incident {incident}"


@dataclass(frozen=True, slots=True)
class _Driving:
    """``estimate`` is of the way that began at ``since``; ``here`` is where the unit is now."""

    unit: str
    incident: int
    sent_at: int
    since: int
    here: Leg
    estimate: Estimate


class Prospects:
    """What is under way in a situation. What does not depend on luck is found out once; :meth:`drawn` is cheap."""

    def __init__(
        self, situation: Situation, city: City, rules: Rulebook, chances: Chances, travel: TravelModel
    ) -> None:
        self._situation = situation
        self._city = city
        self._rules = rules
        self._chances = chances
        self._travel = travel
        self._hour = datetime.fromtimestamp(situation.now / 1000, UTC).astimezone(ZoneInfo(city.timezone)).hour
        self._intents = _intents(chances)
        self._legs: dict[str, Leg] = {}
        self._driving: list[_Driving] = []
        self._there: dict[int, list[Assignment]] = {}
        incidents = {incident.number: incident for incident in situation.incidents}
        for unit in situation.units:
            incident = incidents.get(unit.incidents[0]) if unit.incidents else None
            assignment = incident.assignment(unit.call_sign) if incident is not None else None
            if incident is None or assignment is None or not assignment.live:
                self._legs[unit.call_sign] = self._going_home(unit)
            elif assignment.stage is AssignmentStage.ON_SCENE:
                self._legs[unit.call_sign] = standing(self.scene(incident), situation.now)
                self._there.setdefault(incident.number, []).append(assignment)
            else:
                self._driving.append(self._on_its_way(unit, incident, assignment))
        self._incidents = incidents
        self._waiting = tuple(
            (i.number, i.held_until if i.held_until > situation.now else 0)
            for i in sorted(situation.incidents, key=lambda i: (i.priority, i.received_at, i.number))
            if i.stage is IncidentStage.QUEUED
        )

    def scene(self, incident: Incident) -> Point:
        """Where a unit drives to: the middle of the city while nobody knows better."""
        return incident.place.point or self._city.outline.box.middle

    def category(self, incident: Incident) -> Category:
        kind = self._rules.types.get(incident.type)
        return kind.category if kind is not None else Category.OTHER

    def _going_home(self, unit: Unit) -> Leg:
        now, post = self._situation.now, unit.profile.post_point
        here = whereabouts(unit, now)[0]
        return home(self._travel, here, post, unit.profile.kind, self._hour, now)

    def _on_its_way(self, unit: Unit, incident: Incident, assignment: Assignment) -> _Driving:
        """From where it was last seen; or, where nothing was heard since it was sent, from where it was then."""
        now, scene = self._situation.now, self.scene(incident)
        here = whereabouts(unit, now)[0]
        estimate = self._travel.estimate(here, scene, unit.profile.kind, self._hour)
        since = assignment.dispatched_at
        if unit.position_at > since:
            since = unit.position_at
            if assignment.stage is AssignmentStage.EN_ROUTE:
                seconds = max(SHORTEST_S, estimate.seconds - self._travel.rules.turn_out_s)
                estimate = Estimate(seconds, estimate.spread)
        there = Leg(here, scene, now, now)
        return _Driving(unit.call_sign, incident.number, assignment.dispatched_at, since, there, estimate)

    # -- what luck decides -----------------------------------------------------------------------------------------

    def drawn(self, seed: int, demand: Demand) -> CarryOn:
        """How all of it goes on with the luck of a seed."""
        now = self._situation.now
        ways = []
        for way in self._driving:
            stream = Stream(seed, "still on the way", case_key(way.incident), way.unit)
            total = _longer((whole_way_ms(way.estimate, stream.normal()) for _ in range(TRIES)), now - way.since)
            arrives = max(now + LEAST_MS, way.since + total)
            leg = Leg(way.here.start, way.here.end, now, arrives)
            ways.append(Way(way.unit, way.incident, way.sent_at, leg))
        done, leaving = self._scenes(seed)
        ringing, answered = self._calls(seed, demand)
        return CarryOn(self._legs, tuple(ways), done, leaving, ringing, answered, self._waiting)

    def _scenes(self, seed: int) -> tuple[dict[int, int], tuple[tuple[str, int, int], ...]]:
        now, profile = self._situation.now, self._chances.profile
        done: dict[int, int] = {}
        leaving: list[tuple[str, int, int]] = []
        for number, there in self._there.items():
            incident = self._incidents[number]
            first, *others = sorted(there, key=lambda a: (a.on_scene_at, a.unit))
            stream = Stream(seed, "still on scene", case_key(number))
            spread = profile.service[self.category(incident)]
            total = _longer((stream.lognormal_ms(spread) for _ in range(TRIES)), now - first.on_scene_at)
            done[number] = max(now + LEAST_MS, first.on_scene_at + total)
            for other in others:
                stays = round((done[number] - other.on_scene_at) * profile.shares.support_leaves)
                leaving.append((other.unit, number, max(now + LEAST_MS, other.on_scene_at + stays)))
        return done, tuple(leaving)

    def _calls(self, seed: int, demand: Demand) -> tuple[tuple[Call, ...], tuple[Call, ...]]:
        now, profile = self._situation.now, self._chances.profile
        ringing, answered = [], []
        for report in sorted(self._situation.reports, key=lambda r: (r.received_at, r.number)):
            stream = Stream(seed, "report", report.number)
            intent = stream.pick(self._intents)
            contact = demand.caller(stream, f"report {report.number}", report.received_at, intent, report.place)
            if report.stage is ReportStage.RECEIVED:
                patience = profile.times.hang_up if intent is Intent.ABANDONED else profile.times.patience
                total = _longer((stream.lognormal_ms(patience) for _ in range(TRIES)), now - report.received_at)
                ringing.append(Call(contact, report.number, "", max(now, report.received_at + total)))
            else:
                ends = max(now, report.answered_at + self._talk(stream, contact, report))
                answered.append(Call(contact, report.number, report.answered_desk, ends))
        return tuple(ringing), tuple(answered)

    def _talk(self, stream: Stream, contact: Contact, report: Report) -> int:
        times, passed = self._chances.profile.times, self._situation.now - report.answered_at
        if contact.intent is Intent.ABANDONED:
            return SILENT_MS
        short = contact.intent is not Intent.SLIP
        spread = times.short_talk if short else self._chances.profile.questions[contact.category]
        return _longer((stream.lognormal_ms(spread) for _ in range(TRIES)), passed)


def _longer(draws: Iterable[int], passed: int) -> int:
    """The first duration that is longer than what has passed of it, in milliseconds."""
    return next((value for value in draws if value > passed), passed + LATER_MS)


def _intents(chances: Chances) -> Choices[Intent]:
    """What a call turns out to be of which nothing is known but that it rings."""
    extra = chances.profile.extra
    others = (Intent.ADVISED, Intent.INVALID, Intent.NUISANCE, Intent.ABANDONED)
    return Choices({Intent.SLIP: 1.0, **{intent: getattr(extra, intent.value) for intent in others}})
