"""What comes to the room beside calls, where a drill has it: orders, warnings, support requests, emergencies of units,
messages of other agencies, watch notices. How often and in what words says the profile (``[matters]``, ``[stories]``).

Chance hangs on kind, hour and number alone: another load of calls, or another rule for them, changes nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from zz110_tui.client.local import LocalLink
from zz110_tui.core import commands as c
from zz110_tui.core import commands_matters as m
from zz110_tui.core.alarms import AlarmKind, of_unit
from zz110_tui.core.desks import Duty
from zz110_tui.core.messages import PRESSING, USUAL
from zz110_tui.core.notices import Warrant
from zz110_tui.core.orders import OrderKind
from zz110_tui.core.places import Place
from zz110_tui.core.units import Unit, UnitStatus
from zz110_tui.drill.streams import Stream
from zz110_tui.drill.world import World

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
DUE_MS = 3 * HOUR_MS
"""By when an order that says where has to be done."""
PRESSING_SHARE = 0.4
"""Messages that somebody has to read at once."""
DRILL_CASE = "演练"
WATCH_DESK = "W1"
"""Where the simulated watch officer sits, who answers what is no call."""
_ANYWHERE = (OrderKind.COMMAND, OrderKind.JOINT_OPS)
_READS = (Duty.TAKE, Duty.DISPATCH, Duty.SUPERVISE)

T = TypeVar("T")

Say = Callable[[Stream], c.Command | None]


@dataclass(slots=True)
class Incoming:
    """Everybody outside the room who wants something that is no call, from ``start`` for ``days`` (UTC ms)."""

    world: World
    start: int
    days: int
    load: float = 1.0
    made: int = 0

    def begin(self) -> None:
        """Put all of it on the agenda."""
        world = self.world
        above, outside = world.link("", "above", Duty.TRAIN), world.link("", "outside", Duty.TRAIN)
        for kind, link, say in (
            ("orders", above, self._order),
            ("warnings", above, self._warning),
            ("supports", outside, self._support),
            ("messages", outside, self._message),
            ("notices", above, self._notice),
        ):
            for at, stream in self._times(kind):
                world.agenda.plan(at, partial(self._send, link, say, stream))
        for at, stream in self._times("emergencies"):
            world.agenda.plan(at, partial(self._emergency, stream))

    def _times(self, kind: str) -> list[tuple[int, Stream]]:
        """When something of a kind comes: as often in one hour as in another, each with a stream of its own."""
        rate: float = getattr(self.world.profile.matters, kind) * self.load / 24
        found: list[tuple[int, Stream]] = []
        for hour in range(self.start, self.start + self.days * DAY_MS, HOUR_MS):
            drawn = self.world.stream("matters", kind, hour)
            times = [hour + int(drawn.uniform(0, HOUR_MS)) for _ in range(drawn.poisson(rate))]
            found += [(at, self.world.stream("matter", kind, hour, n)) for n, at in enumerate(times)]
        return found

    async def _send(self, link: LocalLink, say: Say, stream: Stream) -> None:
        command = say(stream)
        if command is not None:
            self.made += 1
            await self.world.send(link, command)

    # -- what is said ------------------------------------------------------------------------------------------------

    def _order(self, stream: Stream) -> c.Command | None:
        unit = self._unit(stream)
        story = _one(stream, self.world.profile.stories.orders)
        if unit is None:
            return None
        if story.kind in _ANYWHERE:
            return m.IssueOrder(story.kind, (unit.call_sign,), story.text, priority=2)
        place = self._somewhere(stream)
        return m.IssueOrder(story.kind, (unit.call_sign,), story.text, place, due_at=self.world.now + DUE_MS)

    def _warning(self, stream: Stream) -> c.Command | None:
        unit = self._unit(stream)
        story = _one(stream, self.world.profile.stories.warnings)
        if unit is None:
            return None
        grade = 1 + int(stream.uniform(0, 4))
        warrant = self._warrant(stream)
        return m.PushWarning(grade, story.about, unit.call_sign, warrant, story.text, self._somewhere(stream))

    def _support(self, stream: Stream) -> c.Command | None:
        story = _one(stream, self.world.profile.stories.supports)
        stations = self.world.city.stations
        station = _one(stream, stations).name.text if stations else "派出所"
        return m.AskSupport(story.kind, station, story.text, priority=2 + int(stream.uniform(0, 2)))

    def _message(self, stream: Stream) -> c.Command | None:
        """To every desk where a person sits; to the simulated watch officer where none does."""
        staffed = [d.id for d in self.world.board.desks.values() if d.staffed and d.duty in _READS]
        persons = [desk for desk in staffed if desk not in self.world.seats]
        text = _one(stream, self.world.profile.stories.messages)
        priority = PRESSING if stream.chance(PRESSING_SHARE) else USUAL
        desks = tuple(persons) or tuple(desk for desk in staffed if desk == WATCH_DESK)
        return m.SendMessage(text, desks=desks, priority=priority) if desks else None

    def _notice(self, stream: Stream) -> c.Command | None:
        story = _one(stream, self.world.profile.stories.notices)
        return m.PutOutBolo(story.about, self._warrant(stream), story.text)

    async def _emergency(self, stream: Stream) -> None:
        """The button of a unit that is on scene, if one is; of any that is on a call otherwise."""
        board = self.world.board
        busy = [u for u in board.units.values() if u.status is UnitStatus.FREE and u.incidents]
        if not busy:
            return
        unit = _one(stream, busy).call_sign
        if any(alarm.latched and alarm.unit == unit for alarm in board.alarms.values()):
            return
        self.made += 1
        link = self.world.unit_link(unit)
        await self.world.send(link, c.RaiseAlarm(AlarmKind.EMERGENCY, of_unit(unit), unit))

    # -- what it is about --------------------------------------------------------------------------------------------

    def _unit(self, stream: Stream) -> Unit | None:
        """One that is on duty and not on a call, else one that is; of the first line."""
        on = [u for u in self.world.board.units.values() if u.status is UnitStatus.FREE and not u.profile.second_line]
        idle = [unit for unit in on if not unit.incidents]
        return _one(stream, idle or on) if on else None

    def _somewhere(self, stream: Stream) -> Place:
        city = self.world.city
        if not city.posts:
            middle = city.outline.box.middle
            return Place("市中心", middle, "", city.cell_at(middle))
        post = _one(stream, city.posts)
        return Place(post.name.text, post.point, post.grid, city.cell_at(post.point))

    def _warrant(self, stream: Stream) -> Warrant:
        case = f"{DRILL_CASE}{int(stream.uniform(1000, 10_000))}"
        return Warrant(case, DRILL_CASE, "演练导调", self.world.now + DAY_MS)


def _one(stream: Stream, among: Sequence[T]) -> T:
    return among[int(stream.uniform(0, len(among)))]
