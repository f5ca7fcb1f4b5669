"""Simulated callers and call-takers: ringing, answering, asking, opening a slip or ending the call without one."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import partial

from zz110_tui.client.local import LocalLink
from zz110_tui.core import commands as c
from zz110_tui.core import facts as f
from zz110_tui.core.desks import Duty
from zz110_tui.core.incidents import IncidentStage, Report, ReportEnd, ReportStage
from zz110_tui.drill.demand import Contact, Intent
from zz110_tui.drill.streams import Stream
from zz110_tui.drill.world import Ears, World

SILENT_MS = 5_000
"""How long a call-taker listens to silence."""

_REASON = {
    Intent.ADVISED: (ReportEnd.ADVISED, "咨询，已解答"),
    Intent.INVALID: (ReportEnd.INVALID, "误拨"),
    Intent.NUISANCE: (ReportEnd.NUISANCE, "骚扰"),
}


class Callers:
    """Everybody outside the room. They call at their time, give up, or call off."""

    def __init__(self, world: World, contacts: Iterator[Contact]) -> None:
        self._world = world
        self._contacts = contacts
        self._exchange = world.link("", "exchange", Duty.GATEWAY)
        self.made = 0

    def start(self) -> None:
        self._plan_next()

    def _plan_next(self) -> None:
        contact = next(self._contacts, None)
        if contact is not None:
            self._world.agenda.plan(max(contact.at, self._world.now), partial(self._call, contact))

    async def _call(self, contact: Contact) -> None:
        world = self._world
        self._plan_next()
        self.made += 1
        world.contacts[contact.key] = contact
        place = world.place(contact)
        await world.send(
            self._exchange,
            c.ReceiveReport(contact.channel, place=place, text=contact.text, source=contact.key),
        )
        stream = world.stream("caller", contact.key)
        times = world.profile.times
        patience = times.hang_up if contact.intent is Intent.ABANDONED else times.patience
        world.agenda.plan(world.now + stream.lognormal_ms(patience), partial(self._give_up, contact))
        called_off = contact.intent is Intent.SLIP and stream.chance(world.profile.shares.cancelled)
        if called_off and not world.as_recorded:
            world.agenda.plan(world.now + stream.lognormal_ms(times.cancel), partial(self._call_off, contact))

    async def _give_up(self, contact: Contact) -> None:
        """The caller rings off before anybody answered; the call still gets its recorded end."""
        report = self._report(contact)
        if report is not None and report.stage is ReportStage.RECEIVED:
            reason = "未接通前挂断"
            await self._world.send(self._exchange, c.EndReport(report.number, ReportEnd.ABANDONED, reason))

    async def _call_off(self, contact: Contact) -> None:
        """Nobody need come any more; too late when somebody is there, or when there is no slip yet."""
        report = self._report(contact)
        if report is None or report.end is not ReportEnd.SLIP:
            return
        incident = self._world.board.incidents.get(report.incident)
        if incident is not None and incident.open and incident.stage is not IncidentStage.ON_SCENE:
            await self._world.send(self._exchange, c.Finish(incident.number, "cancelled", "报警人来电撤销"))

    def _report(self, contact: Contact) -> Report | None:
        number = self._world.reports.get(contact.key)
        return None if number is None else self._world.board.reports.get(number)


class Takers:
    """The call-takers of the room and the callers who wait for one."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._free = deque(
            world.link(f"接警员{n}", f"T{n}", Duty.TAKE) for n in range(1, world.profile.room.takers + 1)
        )
        self._ringing: deque[int] = deque()
        self.most_ringing = 0

    async def start(self) -> None:
        for link in tuple(self._free):
            await self._world.send(link, c.OpenDesk(Duty.TAKE))

    def ears(self) -> Ears:
        return {f.ReportReceived: self._rings, f.ReportEnded: self._over}

    def _rings(self, fact: f.ReportReceived) -> None:
        if fact.source in self._world.contacts:
            self._world.reports[fact.source] = fact.report
            self._ringing.append(fact.report)
            self._assign()
            self.most_ringing = max(self.most_ringing, len(self._ringing))

    def _over(self, fact: f.ReportEnded) -> None:
        """The caller rang off, or somebody else took the call."""
        if fact.report in self._ringing:
            self._ringing.remove(fact.report)

    def _assign(self) -> None:
        """Whoever has been free longest takes whoever has waited longest."""
        while self._free and self._ringing:
            link, number = self._free.popleft(), self._ringing.popleft()
            contact = self._world.contacts[self._world.board.reports[number].source]
            stream = self._world.stream("talk", contact.key)
            delay = stream.lognormal_ms(self._world.profile.times.answer)
            self._world.agenda.plan(self._world.now + delay, partial(self._answer, link, contact, number, stream))

    def _release(self, link: LocalLink) -> None:
        self._free.append(link)
        self._assign()

    async def _free_again(self, link: LocalLink) -> None:
        self._release(link)

    def _stage(self, number: int) -> ReportStage:
        report = self._world.board.reports.get(number)
        return ReportStage.ENDED if report is None else report.stage

    async def _answer(self, link: LocalLink, contact: Contact, number: int, stream: Stream) -> None:
        world = self._world
        if self._stage(number) is not ReportStage.RECEIVED:
            self._release(link)
            return
        await world.send(link, c.AnswerReport(number))
        if contact.intent is Intent.ABANDONED:
            delay = SILENT_MS
        elif contact.intent in _REASON:
            delay = stream.lognormal_ms(world.profile.times.short_talk)
        else:
            delay = stream.lognormal_ms(world.profile.questions[contact.category])
        world.agenda.plan(world.now + delay, partial(self._finish, link, contact, number, stream))

    async def _finish(self, link: LocalLink, contact: Contact, number: int, stream: Stream) -> None:
        world = self._world
        if self._stage(number) is ReportStage.ANSWERED:
            await world.send(link, self._outcome(contact, number, stream))
        delay = stream.lognormal_ms(world.profile.times.wrap_up)
        world.agenda.plan(world.now + delay, partial(self._free_again, link))

    def _outcome(self, contact: Contact, number: int, stream: Stream) -> c.Command:
        if contact.intent is Intent.ABANDONED:
            return c.EndReport(number, ReportEnd.ABANDONED, "接通后无声，回拨不应")
        if contact.intent in _REASON:
            end, reason = _REASON[contact.intent]
            return c.EndReport(number, end, reason)
        known = same_thing(self._world, contact)
        if known and not stream.chance(self._world.profile.shares.linked_late):
            return c.LinkReport(number, known)
        place = self._world.place(contact)
        return c.OpenIncident(contact.type, place, report=number, text=contact.text)


def same_thing(world: World, contact: Contact) -> int:
    """The slip that a second caller's contact is about, while it can be linked to; 0 for none."""
    report = world.board.reports.get(world.reports.get(contact.about, 0))
    if report is None or report.end is not ReportEnd.SLIP:
        return 0
    incident = world.board.incidents.get(report.incident)
    if incident is None or incident.linked_to or not incident.open:
        return 0
    return incident.number
