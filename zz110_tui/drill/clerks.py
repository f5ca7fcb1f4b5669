"""Simulated paper work: feedback, the answer of whoever took a transferred slip, call-back, closing."""

from __future__ import annotations

from functools import partial

from zz110_tui.core import commands as c
from zz110_tui.core import facts as f
from zz110_tui.core.desks import Duty
from zz110_tui.core.incidents import TRANSFERRED, Incident, IncidentStage
from zz110_tui.drill.streams import Choices, Stream
from zz110_tui.drill.world import Action, Ears, World


class Clerks:
    """Whoever finishes a slip after the scene. One desk in the journal; the units' feedback comes through it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._link = world.link("反馈员", "F1", Duty.SUPERVISE)

    async def start(self) -> None:
        await self._world.send(self._link, c.OpenDesk(Duty.SUPERVISE))

    def ears(self) -> Ears:
        return {
            f.IncidentHandled: self._handled,
            f.IncidentTransferred: self._transferred,
            f.IncidentFedBack: self._fed_back,
            f.IncidentCalledBack: self._called_back,
        }

    def _handled(self, fact: f.IncidentHandled) -> None:
        stream = self._stream(fact.incident)
        after = stream.lognormal_ms(self._world.profile.times.feed_back)
        self._plan(after, partial(self._feed_back, fact.incident, stream))

    def _transferred(self, fact: f.IncidentTransferred) -> None:
        stream = self._stream(fact.incident)
        after = stream.lognormal_ms(self._world.profile.times.receiver_answer)
        self._plan(after, partial(self._feed_back, fact.incident, stream))

    def _fed_back(self, fact: f.IncidentFedBack) -> None:
        """Some callers are called back; the others' slips are closed soon."""
        times, shares = self._world.profile.times, self._world.profile.shares
        stream = self._stream(fact.incident)
        transferred = self._world.board.incidents[fact.incident].disposition == TRANSFERRED
        if not transferred and stream.chance(shares.call_back):
            satisfied = stream.chance(shares.satisfied)
            action: Action = partial(self._call_back, fact.incident, satisfied)
            self._plan(stream.lognormal_ms(times.call_back), action)
        else:
            self._plan(stream.lognormal_ms(times.close), partial(self._close, fact.incident))

    def _called_back(self, fact: f.IncidentCalledBack) -> None:
        after = self._stream(fact.incident).lognormal_ms(self._world.profile.times.close)
        self._plan(after, partial(self._close, fact.incident))

    def _stream(self, number: int) -> Stream:
        incident = self._world.board.incidents[number]
        key = self._world.key_of(incident)
        return self._world.stream("paper", key, incident.stage.value, incident.reopened)

    def _plan(self, after: int, action: Action) -> None:
        self._world.agenda.plan(self._world.now + after, action)

    def _incident(self, number: int, *stages: IncidentStage) -> Incident | None:
        incident = self._world.board.incidents.get(number)
        return incident if incident is not None and incident.stage in stages else None

    async def _feed_back(self, number: int, stream: Stream) -> None:
        incident = self._incident(number, IncidentStage.HANDLED)
        if incident is not None:
            await self._world.send(self._link, c.FeedBack(number, self._final_type(incident, stream)))

    def _final_type(self, incident: Incident, stream: Stream) -> str:
        """Mostly the type of the intake ("" keeps it), sometimes another one of its class."""
        world = self._world
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
