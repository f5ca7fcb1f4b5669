"""Simulated units: sign, set out, arrive, work, clear, and drive back to their post."""

from __future__ import annotations

from functools import partial

from zz110_tui.core import commands as c
from zz110_tui.core import facts as f
from zz110_tui.core.incidents import Assignment, AssignmentStage, Incident
from zz110_tui.drill.streams import Stream
from zz110_tui.drill.ways import LEAST_MS, Leg, home, reports_ms, standing, whole_way_ms
from zz110_tui.drill.world import Ears, World

_ORDER = (AssignmentStage.DISPATCHED, AssignmentStage.SIGNED, AssignmentStage.EN_ROUTE, AssignmentStage.ON_SCENE)


class Crews:
    """The crews of all units. What one does follows from the facts: whoever sent it, it goes."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._done_at: dict[int, int] = {}
        """When the work on each scene ends (UTC ms)."""

    def ears(self) -> Ears:
        return {
            f.UnitAssigned: self._assigned,
            f.StackActivated: self._activated,
            f.AssignmentAdvanced: self._advanced,
            f.UnitCleared: self._left,
            f.UnitWithdrawn: self._left,
            f.IncidentHandled: self._over,
            f.IncidentReopened: self._over,
        }

    def _assigned(self, fact: f.UnitAssigned) -> None:
        if not fact.stacked:
            self._sent(fact.incident, fact.unit)

    def _activated(self, fact: f.StackActivated) -> None:
        self._sent(fact.incident, fact.unit)

    def _advanced(self, fact: f.AssignmentAdvanced) -> None:
        if fact.stage is AssignmentStage.ON_SCENE:
            self._arrived(fact.incident, fact.unit)

    def _left(self, fact: f.UnitCleared | f.UnitWithdrawn) -> None:
        self._home(fact.unit)

    def _over(self, fact: f.IncidentHandled | f.IncidentReopened) -> None:
        self._done_at.pop(fact.incident, None)

    def _assignment(self, number: int, unit: str) -> tuple[Incident, Assignment] | None:
        """The incident and what the unit still has to do with it."""
        incident = self._world.board.incidents.get(number)
        assignment = incident.assignment(unit) if incident is not None else None
        if incident is None or assignment is None or not assignment.live:
            return None
        return incident, assignment

    # -- on the way ------------------------------------------------------------------------------------------------

    def _sent(self, number: int, unit: str) -> None:
        """Plan the way: the whole of it takes what the travel model says, with its scatter."""
        world = self._world
        found = self._assignment(number, unit)
        if found is None:
            return
        incident, sent_at = found[0], found[1].dispatched_at
        key, now = world.key_of(incident), world.now
        here, scene = world.position(unit, now), world.scene(incident)
        kind = world.board.units[unit].profile.kind
        stream = world.stream("way", key, unit)
        estimate = world.travel.estimate(here, scene, kind, world.hour(now))
        total = whole_way_ms(estimate, stream.normal())
        times = world.profile.times
        sign, leave = reports_ms(stream.lognormal_ms(times.sign), stream.lognormal_ms(times.set_out), total)
        world.legs[unit] = Leg(here, scene, now + leave, now + total)
        for stage, after in (
            (AssignmentStage.SIGNED, sign),
            (AssignmentStage.EN_ROUTE, leave),
            (AssignmentStage.ON_SCENE, total),
        ):
            world.agenda.plan(now + after, partial(self._report, number, unit, sent_at, stage))

    async def _report(self, number: int, unit: str, sent_at: int, stage: AssignmentStage) -> None:
        """Report a step, unless the unit was called away, sent anew, or somebody entered it already."""
        found = self._assignment(number, unit)
        if found is None or found[1].dispatched_at != sent_at:
            return
        if _ORDER.index(found[1].stage) < _ORDER.index(stage):
            await self._world.send(self._world.unit_link(unit), c.Advance((unit,), stage, number))

    # -- at the scene ----------------------------------------------------------------------------------------------

    def _arrived(self, number: int, unit: str) -> None:
        world = self._world
        incident = world.board.incidents[number]
        scene, now = world.scene(incident), world.now
        world.legs[unit] = standing(scene, now)
        done = self._done_at.get(number, 0)
        if done <= now:
            stream = world.stream("service", world.key_of(incident), incident.reopened)
            done = now + max(LEAST_MS, stream.lognormal_ms(world.profile.service[world.category(incident.type)]))
            self._done_at[number] = done
            disposition = stream.pick(world.chances.dispositions[world.category(incident.type)])
            world.agenda.plan(done, partial(self._finish, number, done, disposition))
        else:
            share = world.profile.shares.support_leaves
            leave = now + max(LEAST_MS, round((done - now) * share))
            world.agenda.plan(leave, partial(self._support_leaves, number, unit))
        self._plan_contact(number, unit, world.stream("contact", world.key_of(incident), unit))

    def _plan_contact(self, number: int, unit: str, stream: Stream) -> None:
        world = self._world
        at = world.now + stream.lognormal_ms(world.profile.times.contact)
        if at < self._done_at.get(number, 0):
            world.agenda.plan(at, partial(self._all_well, number, unit, stream))

    async def _all_well(self, number: int, unit: str, stream: Stream) -> None:
        found = self._assignment(number, unit)
        if found is not None and found[1].stage is AssignmentStage.ON_SCENE:
            await self._world.send(self._world.unit_link(unit), c.Contact((unit,)))
            self._plan_contact(number, unit, stream)

    async def _support_leaves(self, number: int, unit: str) -> None:
        """A unit that is not needed any more, while another stays."""
        found = self._assignment(number, unit)
        if found is not None and found[1].stage is AssignmentStage.ON_SCENE and len(found[0].working) > 1:
            await self._world.send(self._world.unit_link(unit), c.Clear(number, (unit,)))

    async def _finish(self, number: int, done: int, disposition: str) -> None:
        """The work is done: everybody on scene clears. Where nobody is left, the next to arrive begins anew."""
        world = self._world
        incident = world.board.incidents.get(number)
        if incident is None or self._done_at.get(number) != done:
            return
        there = [a.unit for a in incident.assignments if a.stage is AssignmentStage.ON_SCENE]
        if not there:
            self._done_at.pop(number)
            return
        unit = incident.lead if incident.lead in there else there[0]
        await world.send(self._world.unit_link(unit), c.Clear(number, disposition=disposition))

    # -- back ------------------------------------------------------------------------------------------------------

    def _home(self, unit: str) -> None:
        """Drive back to the post; what was stacked behind comes with a fact of its own and turns the unit round."""
        world = self._world
        now = world.now
        here, profile = world.position(unit, now), world.board.units[unit].profile
        world.legs[unit] = home(world.travel, here, profile.post_point, profile.kind, world.hour(now), now)
