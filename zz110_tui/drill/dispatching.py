"""Simulated dispatchers: the most urgent slip first, the recommended units, and a wait where nobody is free."""

from __future__ import annotations

import heapq
from functools import partial

from zz110_tui.client.local import LocalLink
from zz110_tui.core import commands as c
from zz110_tui.core import facts as f
from zz110_tui.core.desks import Duty
from zz110_tui.core.incidents import Incident, IncidentStage
from zz110_tui.core.places import Point
from zz110_tui.core.recommend import Arrival, pick, recommend
from zz110_tui.core.rulebook import ResponsePlan
from zz110_tui.core.units import Unit
from zz110_tui.drill.demand import Intent
from zz110_tui.drill.taking import same_thing
from zz110_tui.drill.world import Ears, World

Waiting = tuple[int, int, int]
"""Priority, time received, number: the order in which slips get a unit."""


class Dispatchers:
    """The dispatchers of the room and the slips that wait for one of them, or for a unit."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._free = [
            world.link(f"派警员{n}", f"D{n}", Duty.DISPATCH) for n in range(1, world.profile.room.dispatchers + 1)
        ]
        self._queue: list[Waiting] = []
        self._no_unit: list[Waiting] = []
        self._looked_at: dict[int, bool] = {}
        self.most_waiting = 0

    async def start(self) -> None:
        for link in tuple(self._free):
            await self._world.send(link, c.OpenDesk(Duty.DISPATCH))

    def ears(self) -> Ears:
        return {
            f.IncidentOpened: self._to_send,
            f.IncidentReopened: self._to_send,
            f.IncidentSplit: self._to_send,
            f.UnitWithdrawn: self._withdrawn,
            f.UnitCleared: self._units_changed,
            f.UnitStatusChanged: self._units_changed,
        }

    def _to_send(self, fact: f.IncidentOpened | f.IncidentReopened | f.IncidentSplit) -> None:
        self._enqueue(fact.incident)

    def _withdrawn(self, fact: f.UnitWithdrawn) -> None:
        if self._world.board.incidents[fact.incident].stage is IncidentStage.QUEUED:
            self._enqueue(fact.incident)
        self._units_changed(fact)

    # -- queues ----------------------------------------------------------------------------------------------------

    def _enqueue(self, number: int) -> None:
        incident = self._world.board.incidents[number]
        place: Waiting = (incident.priority, incident.received_at, number)
        if place not in self._queue and place not in self._no_unit:
            heapq.heappush(self._queue, place)
            self.most_waiting = max(self.most_waiting, len(self._queue) + len(self._no_unit))
        self._look()

    def _units_changed(self, fact: f.UnitWithdrawn | f.UnitCleared | f.UnitStatusChanged) -> None:
        """A unit is free: those who waited for one come back into the queue, as many as there are units."""
        if not self._no_unit:
            return
        free = sum(unit.available for unit in self._world.board.units.values())
        while self._no_unit and free > len(self._queue):
            heapq.heappush(self._queue, heapq.heappop(self._no_unit))
        self._look()

    def _look(self) -> None:
        """Each free dispatcher takes up the most urgent slip."""
        while self._free and self._queue:
            place = heapq.heappop(self._queue)
            incident = self._world.board.incidents.get(place[2])
            if incident is None or incident.stage is not IncidentStage.QUEUED:
                continue
            link = self._free.pop(0)
            again = place[2] in self._looked_at
            self._looked_at[place[2]] = True
            stream = self._world.stream("dispatch", self._world.key_of(incident), again)
            delay = stream.lognormal_ms(self._world.profile.times.dispatch)
            self._world.agenda.plan(self._world.now + delay, partial(self._decide, link, place))

    # -- deciding --------------------------------------------------------------------------------------------------

    async def _decide(self, link: LocalLink, place: Waiting) -> None:
        incident = self._world.board.incidents.get(place[2])
        if incident is not None and incident.stage is IncidentStage.QUEUED:
            command = self._command(incident)
            if command is None:
                heapq.heappush(self._no_unit, place)
            else:
                await self._world.send(link, command)
        self._free.append(link)
        self._look()

    def _command(self, incident: Incident) -> c.Command | None:
        """What to do with a slip; None when no unit is free."""
        world = self._world
        if world.is_far(incident.place.point):
            return c.Transfer(incident.number, world.profile.area.far_receiver, "不在本辖区")
        contact = world.contact_of(incident)
        if contact is not None and contact.intent is Intent.LINKED:
            known = same_thing(world, contact)
            if known and known != incident.number:
                return c.LinkIncident(incident.number, known)
        if contact is not None and not world.as_recorded and world.chances.receivers is not None:
            stream = world.stream("transfer", contact.key)
            if stream.chance(world.chances.transferred):
                return c.Transfer(incident.number, stream.pick(world.chances.receivers), "属其他部门职责")
        units = self.recommended(incident)
        return c.Dispatch(incident.number, units) if units else None

    def recommended(self, incident: Incident) -> tuple[str, ...]:
        """The units that the recommendation would send in the first turn-out; fewer when not so many are free."""
        world = self._world
        now, hour = world.now, world.hour(world.now)

        def travel(unit: Unit, scene: Point) -> Arrival | None:
            where = world.position(unit.call_sign, now)
            return world.travel.estimate(where, scene, unit.profile.kind, hour)

        kind = world.rules.types.get(incident.type)
        found = recommend(world.board, world.rules, world.scene(incident), incident.type, travel, now, limit=1_000)
        return pick(found, kind.plan if kind is not None else ResponsePlan())
