"""Simulated paper work: feedback, the answer of whoever took a transferred slip, call-back, closing."""

from __future__ import annotations

from functools import partial

from zz110_tui.core import commands as c
from zz110_tui.core import facts as f
from zz110_tui.core.desks import Duty
from zz110_tui.core.incidents import TRANSFERRED, Incident, IncidentStage
from zz110_tui.drill.streams import Choices, Lognormal
from zz110_tui.drill.world import Action, World


class Clerks:
    """Whoever finishes a slip after the scene. One desk in the journal; the units' feedback comes through it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._link = world.link("反馈员", "F1", Duty.SUPERVISE)

    async def start(self) -> None:
        await self._world.send(self._link, c.OpenDesk(Duty.SUPERVISE))

    def hear(self, entry: f.Entry) -> None:
        times = self._world.profile.times
        match entry.fact:
            case f.IncidentHandled(incident=number):
                self._plan(number, times.feed_back, partial(self._feed_back, number))
            case f.IncidentTransferred(incident=number):
                self._plan(number, times.receiver_answer, partial(self._feed_back, number))
            case f.IncidentFedBack(incident=number):
                incident = self._world.board.incidents[number]
                stream = self._world.stream("call back", self._world.key_of(incident), incident.reopened)
                if incident.disposition != TRANSFERRED and stream.chance(self._world.profile.shares.call_back):
                    satisfied = stream.chance(self._world.profile.shares.satisfied)
                    self._plan(number, times.call_back, partial(self._call_back, number, satisfied))
                else:
                    self._plan(number, times.close, partial(self._close, number))
            case f.IncidentCalledBack(incident=number):
                self._plan(number, times.close, partial(self._close, number))

    def _plan(self, number: int, span: Lognormal, action: Action) -> None:
        world = self._world
        incident = world.board.incidents[number]
        stream = world.stream("paper", world.key_of(incident), incident.stage.value, incident.reopened)
        world.agenda.plan(world.now + stream.lognormal_ms(span), action)

    def _incident(self, number: int, *stages: IncidentStage) -> Incident | None:
        incident = self._world.board.incidents.get(number)
        return incident if incident is not None and incident.stage in stages else None

    async def _feed_back(self, number: int) -> None:
        incident = self._incident(number, IncidentStage.HANDLED)
        if incident is not None:
            await self._world.send(self._link, c.FeedBack(number, self._final_type(incident)))

    def _final_type(self, incident: Incident) -> str:
        """Mostly the type of the intake ("" keeps it), sometimes another one of its class."""
        world = self._world
        stream = world.stream("final type", world.key_of(incident), incident.reopened)
        if not stream.chance(world.profile.shares.reclassified):
            return ""
        category = world.category(incident.type)
        others = {
            code: weight
            for code, weight in world.profile.types.get(category, {}).items()
            if code != incident.type and code in world.rules.types
        }
        return stream.pick(Choices(others)) if any(others.values()) else ""

    async def _call_back(self, number: int, satisfied: bool) -> None:
        if self._incident(number, IncidentStage.FED_BACK) is not None:
            await self._world.send(self._link, c.CallBack(number, satisfied))

    async def _close(self, number: int) -> None:
        if self._incident(number, IncidentStage.FED_BACK, IncidentStage.CALLED_BACK) is not None:
            await self._world.send(self._link, c.CloseIncident(number))
