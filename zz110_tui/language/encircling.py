"""Closing a ring around an incident (围堵): which ways out there are, who holds which, when the last one is there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from zz110_tui.core.commands_cover import CloseRing, Hold
from zz110_tui.core.incidents import AssignmentStage, Incident
from zz110_tui.core.matching import least_last
from zz110_tui.core.places import Point
from zz110_tui.core.units import Unit, UnitStatus
from zz110_tui.gis.city import City
from zz110_tui.gis.exits import Net, Ring, road_net, ways_out
from zz110_tui.gis.nearby import Nearby
from zz110_tui.gis.pursuit import METRES_PER_SECOND, Pace
from zz110_tui.language.scene import Scene

HEAD_START_S = 120.0
"""What the ring allows for until the first units stand: the time to send them and to drive there."""
LEAST_INNER_M, MOST_INNER_M = 300.0, 6_000.0
STEP_M = 100.0
"""The ring moves outward in steps, so that the places do not change with every second somebody thinks."""
WIDTH = 2.0
"""The ring's outer distance over its inner one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """``command`` sends it; ``last_s`` is when the last held place has somebody; ``inner_m`` is the distance inside of
    which the suspect may already be."""

    command: CloseRing
    exits: int
    last_s: float
    inner_m: float


@lru_cache(maxsize=4)
def _net(city: City) -> Net:
    return road_net(city.driven)


@lru_cache(maxsize=4)
def nearby(city: City) -> Nearby:
    """Words for positions in a city; made once."""
    return Nearby(city)


@lru_cache(maxsize=64)
def ring_around(city: City, centre: Point, inner_m: float) -> Ring | None:
    """The ways out around a point; None where there are too many to hold."""
    try:
        return ways_out(_net(city), centre, inner_m, inner_m * WIDTH + 2 * LEAST_INNER_M)
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _name(city: City, point: Point, english: bool) -> str:
    return nearby(city).words(point, english=english)


def inner_for(elapsed_s: float, pace: Pace) -> float:
    """How far from the place the ring begins, in metres: farther than somebody gets who left ``elapsed_s`` ago."""
    metres = (max(0.0, elapsed_s) + HEAD_START_S) * METRES_PER_SECOND[pace]
    return min(MOST_INNER_M, max(LEAST_INNER_M, math.ceil(metres / STEP_M) * STEP_M))


def plan_ring(scene: Scene, incident: Incident, pace: Pace, metres: int) -> Plan | None:
    """Who would hold which way out; None where the city has no roads there, or too many ways out.

    Free units and those on their way to the incident are asked; whoever is at the scene stays. Where there are fewer
    units than ways out, as many as possible are held, and the rest is listed as open.
    """
    travel, centre, gazetteer = scene.arrivals(), incident.place.point, scene.gazetteer
    if travel is None or centre is None or gazetteer is None:
        return None
    city = gazetteer.city
    inner = float(metres) if metres else inner_for((scene.now - incident.received_at) / 1000, pace)
    ring = ring_around(city, centre, inner)
    if ring is None or not ring.exits:
        return None
    units = [unit for unit in scene.board.units.values() if _may_hold(unit, incident)]
    times = []
    for place in ring.exits:
        arrivals = (travel(unit, place) for unit in units)
        times.append([arrival.seconds if arrival is not None else math.inf for arrival in arrivals])
    chosen = least_last(times) if units else (None,) * len(ring.exits)
    english = scene.language == "en"
    holds, left, last = [], [], 0.0
    for number, (place, who) in enumerate(zip(ring.exits, chosen, strict=True)):
        name = _name(city, place, english)
        if who is None:
            left.append(name)
        else:
            seconds = times[number][who]
            last = max(last, seconds)
            holds.append(Hold(units[who].call_sign, name, place, round(seconds)))
    holds.sort(key=lambda hold: (hold.seconds, hold.unit))
    return Plan(CloseRing(incident.number, centre, tuple(holds), tuple(left)), len(ring.exits), last, inner)


def _may_hold(unit: Unit, incident: Incident) -> bool:
    if unit.status is not UnitStatus.FREE:
        return False
    if not unit.incidents:
        return True
    there = incident.assignment(unit.call_sign)
    return unit.incidents[0] == incident.number and there is not None and there.stage is not AssignmentStage.ON_SCENE
