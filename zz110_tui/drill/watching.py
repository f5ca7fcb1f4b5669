"""The simulated watch officer (值班长): answers what comes to the room beside calls, where no person has done so."""

from __future__ import annotations

from functools import partial

from zz110_tui.core import commands as c
from zz110_tui.core import commands_matters as m
from zz110_tui.core import facts as f
from zz110_tui.core import facts_matters as fm
from zz110_tui.core.alarms import AlarmKind, Subject, SubjectKind, alarm_key
from zz110_tui.core.desks import Duty
from zz110_tui.core.messages import Message, ReaderKind
from zz110_tui.core.supports import Support, SupportStage
from zz110_tui.drill.incoming import WATCH_DESK
from zz110_tui.drill.world import Action, Ears, World

FOUND_SHARE = 0.4
"""Requests that lead to something."""


class WatchOfficer:
    def __init__(self, world: World) -> None:
        self._world = world
        self._link = world.link("值班长", WATCH_DESK, Duty.SUPERVISE)

    async def start(self) -> None:
        await self._world.send(self._link, c.OpenDesk(Duty.SUPERVISE))

    def ears(self) -> Ears:
        return {
            fm.MessageSent: self._message,
            fm.SupportAsked: self._support,
            fm.BoloPutOut: self._notice,
            f.AlarmRaised: self._alarm,
        }

    def _attend(self, what: str, number: object, action: Action) -> None:
        after = self._world.stream("watch", what, number).lognormal_ms(self._world.profile.times.attend)
        self._plan(after, action)

    def _plan(self, after: int, action: Action) -> None:
        self._world.agenda.plan(self._world.now + after, action)

    # -- messages, notices -------------------------------------------------------------------------------------------

    def _message(self, fact: fm.MessageSent) -> None:
        if any(reader.kind is ReaderKind.DESK and reader.id == WATCH_DESK for reader in fact.readers):
            self._attend("message", fact.message, partial(self._read, fact.message))

    async def _read(self, number: int) -> None:
        message = self._world.board.matters.get(Subject(SubjectKind.MESSAGE, str(number)))
        reader = message.reader(ReaderKind.DESK, WATCH_DESK) if isinstance(message, Message) else None
        if isinstance(message, Message) and message.open and reader is not None and not reader.read_at:
            await self._world.send(self._link, m.ReadMessage(number))

    def _notice(self, fact: fm.BoloPutOut) -> None:
        subject = Subject(SubjectKind.BOLO, str(fact.bolo))
        self._attend("notice", fact.bolo, partial(self._look, subject))

    async def _look(self, subject: Subject) -> None:
        if subject in self._world.board.matters:
            await self._world.send(self._link, m.LookAtNotice(subject, "交接传达"))

    # -- support -----------------------------------------------------------------------------------------------------

    def _support(self, fact: fm.SupportAsked) -> None:
        self._attend("support", fact.support, partial(self._accept, fact.support))

    def _asked(self, number: int, stage: SupportStage) -> bool:
        support = self._world.board.matters.get(Subject(SubjectKind.SUPPORT, str(number)))
        return isinstance(support, Support) and support.stage is stage

    async def _accept(self, number: int) -> None:
        if self._asked(number, SupportStage.ASKED):
            await self._world.send(self._link, m.AcceptSupport(number, "已受理"))
            stream = self._world.stream("watch", "provide", number)
            self._plan(stream.lognormal_ms(self._world.profile.times.errand), partial(self._provide, number))

    async def _provide(self, number: int) -> None:
        if self._asked(number, SupportStage.ACCEPTED):
            await self._world.send(self._link, m.ProvideSupport(number, "已提供"))
            stream = self._world.stream("watch", "close", number)
            found = stream.chance(FOUND_SHARE)
            self._plan(stream.lognormal_ms(self._world.profile.times.close), partial(self._close, number, found))

    async def _close(self, number: int, found: bool) -> None:
        if self._asked(number, SupportStage.PROVIDED):
            await self._world.send(self._link, m.CloseSupport(number, found))

    # -- emergencies -------------------------------------------------------------------------------------------------

    def _alarm(self, fact: f.AlarmRaised) -> None:
        if fact.kind is AlarmKind.EMERGENCY:
            key = alarm_key(fact.kind, fact.subject, fact.unit)
            self._attend("emergency", f"{key} {fact.at}", partial(self._take, key))

    async def _take(self, key: str) -> None:
        alarm = self._world.board.alarms.get(key)
        if alarm is not None and alarm.untaken:
            await self._world.send(self._link, c.TakeAlarm(key))
            stream = self._world.stream("watch", "calm", key, alarm.raised_at)
            self._plan(stream.lognormal_ms(self._world.profile.times.contact), partial(self._calm, key))

    async def _calm(self, key: str) -> None:
        alarm = self._world.board.alarms.get(key)
        if alarm is not None and alarm.owner == WATCH_DESK:
            await self._world.send(self._link, c.ClearAlarm(key, "已联系，人员安全"))
