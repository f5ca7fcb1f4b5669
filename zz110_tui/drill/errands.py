"""Simulated units and what is no call: they read messages, sign orders and warnings, and carry them out.

Whoever sent it, they do it. A call comes first: what a unit has in hand waits while it is on one (ADR 45).
"""

from __future__ import annotations

from functools import partial

from zz110_tui.core import commands_matters as m
from zz110_tui.core import facts_matters as fm
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.messages import Message, ReaderKind
from zz110_tui.core.notices import WarningNotice, WarningStage
from zz110_tui.core.orders import Errand, ErrandStage, Order, OrderKind
from zz110_tui.core.places import Place
from zz110_tui.drill.streams import Stream
from zz110_tui.drill.ways import home, standing
from zz110_tui.drill.world import Action, Ears, World

BUSY_MS = 300_000
"""After how long a unit that is on a call looks again whether it can go on with what else it has in hand."""
FOUND_SHARE = 0.4
"""Joint operations orders and warnings that lead to something."""


class Errands:
    def __init__(self, world: World) -> None:
        self._world = world

    def ears(self) -> Ears:
        return {
            fm.MessageSent: self._message,
            fm.OrderIssued: self._order,
            fm.WarningPushed: self._warning,
        }

    # -- messages ----------------------------------------------------------------------------------------------------

    def _message(self, fact: fm.MessageSent) -> None:
        for reader in fact.readers:
            if reader.kind is ReaderKind.UNIT:
                stream = self._stream("message", fact.message, reader.id)
                after = stream.lognormal_ms(self._world.profile.times.sign)
                self._plan(after, partial(self._read, fact.message, reader.id))

    async def _read(self, number: int, unit: str) -> None:
        message = self._world.board.matters.get(Subject(SubjectKind.MESSAGE, str(number)))
        reader = message.reader(ReaderKind.UNIT, unit) if isinstance(message, Message) else None
        if isinstance(message, Message) and message.open and reader is not None and not reader.read_at:
            await self._world.send(self._world.unit_link(unit), m.ReadMessage(number, unit))

    # -- orders ------------------------------------------------------------------------------------------------------

    def _order(self, fact: fm.OrderIssued) -> None:
        times = self._world.profile.times
        for sent in fact.sent:
            stream = self._stream("order", fact.order, sent.unit)
            signed, out = stream.lognormal_ms(times.sign), stream.lognormal_ms(times.set_out)
            self._plan(signed, partial(self._advance, fact.order, sent.unit, ErrandStage.SIGNED))
            self._plan(signed + out, partial(self._set_out, fact.order, sent.unit, stream))

    def _errand(self, number: int, unit: str) -> tuple[Order, Errand] | None:
        """The order and the unit's part in it, while it has something to do for it."""
        order = self._world.board.matters.get(Subject(SubjectKind.ORDER, str(number)))
        if not isinstance(order, Order) or not order.open:
            return None
        errand = next((e for e in order.errands if e.unit == unit and e.live), None)
        return None if errand is None else (order, errand)

    async def _advance(self, number: int, unit: str, stage: ErrandStage) -> None:
        found = self._errand(number, unit)
        if found is None or _STAGES.index(found[1].stage) >= _STAGES.index(stage):
            return
        await self._world.send(self._world.unit_link(unit), m.AdvanceOrder(number, (unit,), stage))

    async def _set_out(self, number: int, unit: str, stream: Stream) -> None:
        found = self._errand(number, unit)
        if found is None or self._waits(unit, partial(self._set_out, number, unit, stream)):
            return
        await self._advance(number, unit, ErrandStage.EN_ROUTE)
        after = self._drive(unit, found[0].place)
        self._plan(after, partial(self._arrive, number, unit, stream))

    async def _arrive(self, number: int, unit: str, stream: Stream) -> None:
        found = self._errand(number, unit)
        if found is None or self._waits(unit, partial(self._set_out, number, unit, stream)):
            return
        self._stand(unit, found[0].place)
        await self._advance(number, unit, ErrandStage.ON_SCENE)
        after = stream.lognormal_ms(self._world.profile.times.errand)
        self._plan(after, partial(self._finish, number, unit, stream))

    async def _finish(self, number: int, unit: str, stream: Stream) -> None:
        found = self._errand(number, unit)
        if found is None or self._waits(unit, partial(self._finish, number, unit, stream)):
            return
        order = found[0]
        last = all(e.unit == unit or not e.live for e in order.errands)
        result = stream.chance(FOUND_SHARE) if last and order.kind is OrderKind.JOINT_OPS else None
        await self._world.send(self._world.unit_link(unit), m.FinishOrder(number, (unit,), result))
        self._home(unit)

    # -- warnings ----------------------------------------------------------------------------------------------------

    def _warning(self, fact: fm.WarningPushed) -> None:
        stream = self._stream("warning", fact.warning, fact.unit)
        signed = stream.lognormal_ms(self._world.profile.times.sign)
        self._plan(signed, partial(self._sign, fact.warning))
        self._plan(signed + stream.lognormal_ms(self._world.profile.times.set_out), partial(self._go, fact, stream))

    def _open(self, number: int) -> WarningNotice | None:
        warning = self._world.board.matters.get(Subject(SubjectKind.WARNING, str(number)))
        return warning if isinstance(warning, WarningNotice) and warning.open else None

    async def _sign(self, number: int) -> None:
        warning = self._open(number)
        if warning is not None and warning.stage is WarningStage.PUSHED:
            await self._world.send(self._world.unit_link(warning.unit), m.SignWarning(number))

    async def _go(self, fact: fm.WarningPushed, stream: Stream) -> None:
        warning = self._open(fact.warning)
        if warning is None or self._waits(fact.unit, partial(self._go, fact, stream)):
            return
        after = self._drive(fact.unit, fact.place) + stream.lognormal_ms(self._world.profile.times.errand)
        self._plan(after, partial(self._check, fact, stream))

    async def _check(self, fact: fm.WarningPushed, stream: Stream) -> None:
        warning = self._open(fact.warning)
        if warning is None or self._waits(fact.unit, partial(self._go, fact, stream)):
            return
        link = self._world.unit_link(fact.unit)
        self._stand(fact.unit, fact.place)
        if warning.stage in (WarningStage.PUSHED, WarningStage.SIGNED):
            await self._world.send(link, m.CheckWarning(fact.warning, "已到现场核查"))
        found = stream.chance(FOUND_SHARE)
        await self._world.send(link, m.FeedBackWarning(fact.warning, found, "已处置" if found else "未发现"))
        self._home(fact.unit)

    # -- going -------------------------------------------------------------------------------------------------------

    def _waits(self, unit: str, again: Action) -> bool:
        """On a call now: it goes on with this when that is over."""
        known = self._world.board.units.get(unit)
        if known is None or not known.incidents:
            return False
        self._plan(BUSY_MS, again)
        return True

    def _drive(self, unit: str, place: Place) -> int:
        """How long the way takes (ms); the unit is on it from now on."""
        world = self._world
        if place.point is None:
            return 0
        here, kind = world.position(unit, world.now), world.board.units[unit].profile.kind
        leg = home(world.travel, here, place.point, kind, world.hour(world.now), world.now)
        world.legs[unit] = leg
        return max(0, leg.arrives - world.now)

    def _stand(self, unit: str, place: Place) -> None:
        if place.point is not None:
            self._world.legs[unit] = standing(place.point, self._world.now)

    def _home(self, unit: str) -> None:
        world = self._world
        known = world.board.units[unit]
        if not known.incidents:
            here, profile = world.position(unit, world.now), known.profile
            world.legs[unit] = home(
                world.travel, here, profile.post_point, profile.kind, world.hour(world.now), world.now
            )

    def _stream(self, *names: object) -> Stream:
        return self._world.stream("errand", *names)

    def _plan(self, after: int, action: Action) -> None:
        self._world.agenda.plan(self._world.now + after, action)


_STAGES = (ErrandStage.ISSUED, ErrandStage.SIGNED, ErrandStage.EN_ROUTE, ErrandStage.ON_SCENE)
