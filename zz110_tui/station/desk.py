"""One desk without its screen: the replica, what is selected, the line that is typed, and the commands on their way.

It decides nothing. Lines become core commands through ``language.parse`` and go out through the Link, one after the
other; what comes back changes the replica, and everything drawn is a function of (board, ui, now).
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import replace
from typing import Protocol

from zz110_tui.client.replica import Replica
from zz110_tui.client.states import LinkState
from zz110_tui.config.themes import Role
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.answers import Answer
from zz110_tui.core.board import Board
from zz110_tui.core.facts import Entry
from zz110_tui.core.incidents import Incident, Report
from zz110_tui.core.places import Point
from zz110_tui.core.statistics import Rate
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.units import Unit
from zz110_tui.language.helping import help_text
from zz110_tui.language.parse import parse
from zz110_tui.language.parsed import Parsed
from zz110_tui.language.scene import Scene
from zz110_tui.station.actions import read_action
from zz110_tui.station.bell import Bell, is_lit
from zz110_tui.station.cover import Cover
from zz110_tui.station.covering import CoverKeeper
from zz110_tui.station.editor import Editor
from zz110_tui.station.hearing import hear
from zz110_tui.station.overview import OverviewKeeper
from zz110_tui.station.past import PastKeeper
from zz110_tui.station.room import Room
from zz110_tui.station.sender import Sender
from zz110_tui.station.setup import Setup
from zz110_tui.station.tour import Tour
from zz110_tui.station.ui import Page, Said, Ui
from zz110_tui.station.unsent import Outgoing
from zz110_tui.station.views import handoverpage, tourrows, unitboard
from zz110_tui.station.views.about import Around
from zz110_tui.station.views.banner import Notice, notices
from zz110_tui.station.views.layout import Places, arrange
from zz110_tui.station.views.rates import day_start, five_minute_rate
from zz110_tui.station.views.signs import place_of
from zz110_tui.station.views.topline import Counts, count_units
from zz110_tui.station.views.work import Known, Work, work_of
from zz110_tui.station.wondering import Wondering
from zz110_tui.station.words import say

RECENT = 50
"""Events kept for the desk's own pane of what happened last."""
RATE_MS = 2_000
REJOIN_S = 1.0
CATCH_UP_S = 2.0
"""How long an answer waits for the feed to bring the facts before its own."""


class Screen(Protocol):
    """What a desk asks of whatever shows it."""

    def paint(self) -> None:
        """Something visible changed: draw soon."""

    def paint_now(self) -> None:
        """Draw what changed."""

    def restyle(self) -> None:
        """The theme or the signs changed: everything looks different."""

    def redraw(self) -> None:
        """Nothing is known of what the terminal shows: send it all."""

    def ring(self) -> None: ...

    def leave(self) -> None: ...


class Desk:
    def __init__(self, room: Room, setup: Setup) -> None:
        self.room = room
        self.setup = setup
        self.ui = Ui(setup.language, Page.WALL if room.wall else Page.DESK)
        self.editor = Editor()
        self.screen: Screen | None = None
        self.size = (160, 50)
        self.events: deque[Entry] = deque(maxlen=RECENT)
        self._replica: Replica | None = None
        self._empty = Board()
        self.sender = Sender(self)
        self.outgoing: Outgoing = Outgoing(self)
        self.cover: Cover = Cover(self)
        self._moved = asyncio.Event()
        self._parsed: tuple[object, Parsed] | None = None
        self.coverage = CoverKeeper()
        self.past = PastKeeper(self)
        self.wondering: Wondering = Wondering(self)
        self.tour = None if room.tour is None else Tour(self, room.tour)
        self.overview = OverviewKeeper(self)
        self.bell = Bell(room.bell, room.link.actor.desk)
        self._work: tuple[object, Work] | None = None
        self._work_known: Known = {}
        self._units: tuple[object, tuple[Unit, ...]] | None = None
        self._rate: tuple[object, Rate] | None = None

    # -- what there is to see --------------------------------------------------------------------------------------

    @property
    def board(self) -> Board:
        return self._empty if self._replica is None else self._replica.board

    @property
    def now(self) -> int:
        return self.room.link.now()

    def scene(self) -> Scene:
        """What a line typed now is read against, and every view drawn from."""
        return Scene(
            board=self.board,
            rules=self.room.rules,
            now=max(self.now, self.board.at),
            desk=self.room.link.actor.desk,
            language=self.ui.language,
            gazetteer=self.room.gazetteer,
            travel=self.room.travel,
            selected=self.ui.selected,
            timezone=self.room.timezone,
            aliases=self.room.aliases,
            actor=self.room.link.actor,
            keys=self.setup.keymap.keys_of_verbs,
            unmasked={n: caller for n, (until, caller) in self.ui.unmasked.items() if until > self.now},
            question=self.ui.chosen.question if self.ui.chosen is not None else 0,
        )

    def scene_of_selected(self) -> Scene:
        """The same for the page of the selected one, which may be a slip that left the board."""
        scene, filed = self.scene(), self.past.board_of(self.ui.selected)
        return scene if filed is None else replace(scene, board=filed)

    def around(self) -> Around:
        """What the page of the selected one needs beside the board."""
        return Around(self.past.here(self.ui.selected), self.setup.tier)

    def parsed(self) -> Parsed:
        """The line as it stands, read against the board of now; read again when either changed."""
        key = (
            self.editor.text,
            self.board.position,
            id(self.board),
            self.ui.selected,
            self.ui.chosen,
            self.ui.language,
            self.now // 1000,
        )
        if self._parsed is None or self._parsed[0] != key:
            text = self.editor.text
            read = read_action(text, self.ui.language) if text.startswith(":") else parse(text, self.scene())
            self._parsed = (key, read)
        return self._parsed[1]

    def help_text(self) -> str:
        """The help page that is open, in the desk's language."""
        return help_text(self.ui.topic, self.scene())

    def selected_point(self) -> Point | None:
        """Where the selected one is, if anybody knows."""
        subject = self.ui.selected
        if subject is None:
            return None
        if subject.kind is SubjectKind.UNIT:
            unit = self.board.units.get(subject.id)
            return None if unit is None else place_of(unit)
        matter = self.board.matters.get(subject)
        if matter is not None:
            place = getattr(matter, "place", None)
            return None if place is None else place.point
        if subject.kind not in (SubjectKind.INCIDENT, SubjectKind.REPORT):
            return None
        table = self.board.incidents if subject.kind is SubjectKind.INCIDENT else self.board.reports
        thing: Incident | Report | None = table.get(int(subject.id))
        return None if thing is None else thing.place.point

    @property
    def work(self) -> Work:
        key = (id(self.board), self.board.position)
        if self._work is None or self._work[0] != key:
            self._work = (key, work_of(self.board, self.room.rules, self._work_known))
        return self._work[1]

    @property
    def units(self) -> tuple[Unit, ...]:
        key = (id(self.board), self.board.position)
        if self._units is None or self._units[0] != key:
            self._units = (key, unitboard.order(self.board))
        return self._units[1]

    def rate(self) -> Rate:
        """Today's five-minute rate, counted again every other second: it looks at every incident of the day."""
        now = self.now
        key = (id(self.board), now // RATE_MS)
        if self._rate is None or self._rate[0] != key:
            since = day_start(now, self.room.timezone)
            self._rate = (key, five_minute_rate(self.board, since, now, self.room.headline_clock))
        return self._rate[1]

    @property
    def flashes(self) -> bool:
        """Whether a mark flashes now: an alarm that nobody took, on a line that carries it."""
        wanted = self.room.bell.flash and not self.ui.thin_line
        return wanted and any(alarm.untaken for alarm in self.board.alarms.values())

    @property
    def lit(self) -> bool:
        return not self.flashes or is_lit(self.now)

    def notices(self) -> tuple[Notice, ...]:
        """What everybody here must know now, the most important first."""
        made = notices(self.ui, self.room.link.state, self.now, len(self.outgoing.items))
        return (*made, *handoverpage.notice(self.scene()))

    def counts(self, scene: Scene) -> Counts:
        return count_units(self.board, scene)

    def places(self, choices: int = 0) -> Places:
        """Where the panes stand now, with so many ways to go on listed above the line."""
        banner = len(self.notices()) + (0 if self.tour is None else tourrows.HEIGHT)
        layout, full = self.setup.layout, self.ui.full
        return arrange(*self.size, self.ui.page, choices, banner=banner, layout=layout, full=full)

    # -- selecting -------------------------------------------------------------------------------------------------

    def subjects(self) -> list[Subject]:
        """What PgUp and PgDn walk through: the units on the unit page, else the list of work."""
        if self.ui.page is Page.UNITS:
            return [Subject(SubjectKind.UNIT, unit.call_sign) for unit in self.units]
        return [item.subject for item in self.work.items]

    def select(self, step: int) -> None:
        """Move the selection; it begins at the first, and a subject that left the list is gone from it."""
        subjects = self.subjects()
        if not subjects:
            return
        if self.ui.selected not in subjects:
            self.ui.selected = subjects[0 if step > 0 else -1]
            return
        at = subjects.index(self.ui.selected) + step
        self.ui.selected = subjects[max(0, min(at, len(subjects) - 1))]

    # -- saying ----------------------------------------------------------------------------------------------------

    def say(self, text: str, role: Role = Role.TEXT, more: str = "") -> None:
        self.ui.said = Said(text, role, more)

    def tell(self, key: str, role: Role = Role.TEXT, **values: object) -> None:
        """One of the desk's own sentences."""
        self.say(say(key, self.ui.language, **values), role)

    def complain(self, trouble: Trouble) -> None:
        """A fault of the surroundings in words: title, cause, remedy."""
        text = f"{trouble.title}: {trouble.cause}" if trouble.cause else trouble.title
        self.say(text, Role.DANGER, trouble.remedy)

    # -- sending ---------------------------------------------------------------------------------------------------

    def queue(self, line: str) -> None:
        """Put a line on its way (:class:`~zz110_tui.station.sender.Sender`)."""
        self.sender.queue(line)

    async def take_in(self, answer: Answer) -> None:
        """See what we did ourselves at once, without waiting for the feed to say it."""
        deadline = asyncio.get_running_loop().time() + CATCH_UP_S
        while self._replica is not None and self._replica.position < answer.position:
            if answer.entries and answer.entries[0].position == self._replica.position + 1:
                self.take(answer.entries)
                continue
            self._moved.clear()
            left = deadline - asyncio.get_running_loop().time()
            try:
                await asyncio.wait_for(self._moved.wait(), max(0.0, left))
            except TimeoutError:
                return

    # -- hearing ---------------------------------------------------------------------------------------------------

    async def know_cover(self) -> None:
        """Load the roads beside the desk, once there is a board to reckon on."""
        await self.joined()
        profiles = [unit.profile for unit in self.board.units.values()]
        await asyncio.to_thread(self.coverage.warm_up, self.scene(), profiles)
        self.repaint()

    async def joined(self) -> None:
        """Until there is a board."""
        while self._replica is None:
            await self._moved.wait()

    async def follow_forever(self) -> None:
        """Join the core and take in what happens; join again after a gap, or when the core was away."""
        while True:
            try:
                feed = await self.room.link.join()
            except Trouble as trouble:
                if self._lose():
                    self.complain(trouble)
                self.repaint()
                await asyncio.sleep(REJOIN_S)
                continue
            self._replica = Replica(feed.image)
            self.events = deque(feed.image.chronology[-RECENT:], RECENT)
            self.overview.join(feed.image.chronology)
            self._regain()
            self.cover.look()
            self._moved.set()
            self.repaint()
            gap = False
            async for batch in feed:
                try:
                    self.take(batch)
                except ValueError:
                    gap = True
                    feed.close()
                    break
            if not gap and not feed.lagged:
                self._lose()
                self.repaint()
                await asyncio.sleep(REJOIN_S)

    async def watch_forever(self) -> None:
        """The core is lost, or is back and its facts go on where they were: say so.

        A task of the desk's own: the link calls from one of its own, which knows no screen.
        """
        changed = asyncio.Event()
        link = self.room.link
        self.outgoing.load()

        def on_state(_: LinkState) -> None:
            changed.set()

        link.on_state = on_state
        while True:
            if link.state.connected:
                self._regain()
                self.cover.look()
                self.repaint()
                await self.outgoing.settle_all()
            else:
                self._lose()
            self.repaint()
            await changed.wait()
            changed.clear()

    def _lose(self) -> bool:
        """Whether it was there until now."""
        if self.ui.lost_at:
            return False
        self.ui.lost_at = self.now - self.room.link.silence()
        return True

    def _regain(self) -> None:
        if self.ui.lost_at and self.room.link.state.connected:
            self.ui.back_at, self.ui.gone_for = self.now, self.now - self.ui.lost_at
            self.ui.lost_at = 0

    def take(self, batch: tuple[Entry, ...]) -> None:
        """Facts into the replica. Raises ValueError on a gap."""
        if self._replica is None:
            return
        seen = self._replica.position
        self._replica.apply(batch)
        now = self.now
        for entry in batch:
            if entry.position <= seen:
                continue
            hear(self, entry, now)
        if self.tour is not None:
            self.tour.look()
        self._moved.set()
        self.repaint()

    def restyle(self) -> None:
        if self.screen is not None:
            self.screen.restyle()

    def paint_now(self) -> None:
        """What we did ourselves is shown at once; what others do may wait a moment and come together."""
        if self.screen is not None:
            self.screen.paint_now()

    def repaint(self) -> None:
        """Something that is shown may have changed: draw soon."""
        if self.screen is not None:
            self.screen.paint()
