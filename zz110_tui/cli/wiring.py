"""The composition root: the one place where a store, a core, a city and a desk are put together.

``open_room`` joins the core that serves the store, or embeds one, which is then its one writer. ``open_board`` reads,
also while another one writes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING

from zz110_tui.cli.chores import Chore, chores
from zz110_tui.cli.diagnostics import say, say_trouble
from zz110_tui.cli.documents import Pen
from zz110_tui.cli.exits import CONFIG
from zz110_tui.cli.joining import core_named, join_core
from zz110_tui.cli.keeping import usual_chores
from zz110_tui.cli.recordinglink import RecordingLink
from zz110_tui.cli.surroundings import Surroundings, city_of_store, the_city
from zz110_tui.client.local import LocalLink
from zz110_tui.client.replica import Replica
from zz110_tui.config.problems import both
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import Subject
from zz110_tui.core.answers import Answer
from zz110_tui.core.board import Board
from zz110_tui.core.desks import SYSTEM, Actor
from zz110_tui.core.records import dataclass
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.scene import Scene, zone
from zz110_tui.service.clock import SystemClock
from zz110_tui.service.engine import Engine
from zz110_tui.service.recovery import recover
from zz110_tui.service.subscribers import Subscription
from zz110_tui.store.journal import Journal, JournalReader
from zz110_tui.store.open import open_journal, open_read_only

if TYPE_CHECKING:
    from zz110_tui.cli.elsewhere import Elsewhere
    from zz110_tui.client.remote import RemoteLink
    from zz110_tui.gis.city import City
    from zz110_tui.gis.gazetteer import Gazetteer
    from zz110_tui.gis.travel import TravelModel


@dataclass(slots=True)
class Room:
    """A core with one desk of ours at it. ``replica`` is as of the last :meth:`catch_up`."""

    around: Surroundings
    actor: Actor
    city: City
    gazetteer: Gazetteer
    travel: TravelModel
    link: LocalLink | RemoteLink
    replica: Replica
    _feed: Subscription

    @property
    def board(self) -> Board:
        return self.replica.board

    @property
    def timezone(self) -> str:
        return self.around.timezone_in(self.city)

    @property
    def pen(self) -> Pen:
        return Pen(zone(self.timezone), self.around.rules)

    def catch_up(self) -> None:
        """Take in what happened: by our own commands, and by the core's timers."""
        self.replica.apply(self._feed.take())

    def scene(self, selected: Subject | None = None) -> Scene:
        """What a line typed now is read against."""
        settings = self.around.loaded.settings
        return Scene(
            board=self.board,
            rules=self.around.rules,
            now=self.link.now(),
            desk=self.actor.desk,
            language=self.around.language,
            gazetteer=self.gazetteer,
            travel=self.travel,
            selected=selected,
            timezone=self.timezone,
            aliases=settings.aliases,
            actor=self.actor,
        )


@asynccontextmanager
async def open_room(around: Surroundings, channel: str) -> AsyncIterator[Room]:
    """A desk at a core: the one that serves this store, if one is running, else one in this process.

    Raises Trouble: the store is being written by another process, is of the other kind, belongs to another city; the
    core that serves it does not take this desk in.
    """
    link = await join_core(around, channel)
    if link is None:
        async with embedded_core(around) as (engine, city):
            actor = around.actor(channel)
            recording = RecordingLink(around, engine, actor)
            try:
                async with seated(around, city, recording) as room:
                    yield room
            finally:
                await recording.close()
        return
    try:
        assert link.welcomed is not None
        city = the_city(around, link.welcomed.city)
        async with seated(around, city, link) as room:
            if room.board.pack_hash != city.pack_hash:
                say(around.say(PACK_DIFFERS[0], PACK_DIFFERS[1]))
            yield room
    finally:
        await link.close()


PACK_DIFFERS = (
    "本机的城市包与核心的不同：地图可能与核心不符；警力以核心为准",
    "this machine's city pack is not the core's: the map may differ; the units are the core's",
)

GOODBYE_S = 2.0
"""How long a desk that closes waits for its last step to be stored."""


@asynccontextmanager
async def embedded_core(
    around: Surroundings,
    more: Sequence[Chore] = (),
    tell: Callable[[Trouble], None] | None = None,
    begin_writing: Callable[[], None] | None = None,
) -> AsyncIterator[tuple[Engine, City]]:
    """A core in this process, the one writer of its store, with its city's pack taken; stopped at the end.

    Its chores (``more`` besides the usual ones) are done beside it; what fails in them goes to ``tell``, from their
    threads, or is said at the end.
    """
    opener = _Opener(around)
    journal = opener.open()
    try:
        for warning in journal.warnings:
            say_trouble(warning)
        engine = Engine(journal, around.rules, SystemClock(), opener.reopen, begin_writing)
        await engine.start()
        failed: list[Trouble] = []
        # Ended after the engine: the last head is then of the last thing that happened.
        with chores([*usual_chores(around, lambda: engine.journal), *more], tell or failed.append):
            try:
                city = the_city(around, engine.board.city)
                _accepted(await engine.submit(c.AdoptCity(city.name, city.pack_hash, city.units), SYSTEM))
                yield engine, city
            finally:
                await engine.stop()
        for trouble in failed:
            say_trouble(trouble)
    finally:
        opener.close()


@asynccontextmanager
async def seated(around: Surroundings, city: City, link: LocalLink | RemoteLink) -> AsyncIterator[Room]:
    """A desk at a core: staffed, if it was not, and left again."""
    from zz110_tui.gis.gazetteer import Gazetteer
    from zz110_tui.gis.travel import travel_of

    actor = link.actor
    opened = bool(_accepted(await link.submit(c.OpenDesk(actor.duty))).entries)
    feed = await link.join()
    try:
        yield Room(
            around=around,
            actor=actor,
            city=city,
            gazetteer=Gazetteer(city),
            travel=travel_of(city),
            link=link,
            replica=Replica(feed.image),
            _feed=feed,
        )
    finally:
        if opened:
            # A store that has failed, or a core that is gone, cannot be told that nobody sits here any more.
            with suppress(Trouble, TimeoutError):
                async with asyncio.timeout(GOODBYE_S):
                    await link.submit(c.CloseDesk())
        await link.close()


class _Opener:
    """Keeps hold of the journal, which the engine may replace after a fault of the disk."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._journal: Journal | None = None

    def open(self) -> Journal:
        self._journal = open_journal(self._around.store, self._around.kind)
        return self._journal

    def reopen(self) -> Journal:
        return self.open()

    def close(self) -> None:
        if self._journal is not None:
            self._journal.close()


def _accepted(answer: Answer) -> Answer:
    """Raises Trouble for a refusal of what a room needs to begin at all."""
    no = answer.refusal
    if no is None:
        return answer
    raise Trouble(
        both("席位开不了", "the desk cannot be opened"),
        both(no.sentence("zh"), no.sentence("en")),
        both(no.remedy("zh"), no.remedy("en")),
        exit_code=CONFIG,
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """A store as it stands, read beside whoever writes it; or, ``elsewhere``, that of a core on another machine.
    ``city`` is None where its pack is not on this machine."""

    around: Surroundings
    stored: JournalReader | None
    board: Board
    city: City | None
    elsewhere: Elsewhere | None = None

    @property
    def journal(self) -> JournalReader:
        """Raises Trouble where it is on another machine."""
        if self.stored is None:
            raise _only_there(core_named(self.around))
        return self.stored

    @property
    def pen(self) -> Pen:
        return Pen(zone(self._timezone), self.around.rules)

    @property
    def _timezone(self) -> str:
        return self.around.timezone_in(self.city)

    def scene(self) -> Scene:
        """For saying what happened."""
        from zz110_tui.gis.gazetteer import Gazetteer

        actor = self.around.actor("cli")
        return Scene(
            board=self.board,
            rules=self.around.rules,
            now=self.board.at,
            desk=actor.desk,
            language=self.around.language,
            gazetteer=Gazetteer(self.city) if self.city is not None else None,
            timezone=self._timezone,
            aliases=self.around.loaded.settings.aliases,
            actor=actor,
        )


@contextmanager
def open_journal_to_read(around: Surroundings) -> Iterator[JournalReader]:
    """The journal alone, without making a board of it. Raises Trouble when there is no store, or it is elsewhere."""
    if around.invocation.core:
        raise _only_there(around.invocation.core)
    journal = open_read_only(around.store)
    try:
        yield journal
    finally:
        journal.close()


@contextmanager
def open_board(around: Surroundings) -> Iterator[Reading]:
    """The board as the store has it now, or as the core that was named has it. Raises Trouble when there is no store,
    it is damaged, or the core cannot be reached."""
    if core_named(around):
        from zz110_tui.cli.elsewhere import board_elsewhere

        with board_elsewhere(around) as (board, elsewhere):
            yield Reading(around, None, board, city_of_store(around, board.city), elsewhere)
        return
    with open_journal_to_read(around) as journal:
        board, _ = recover(journal)
        for warning in journal.warnings:
            say_trouble(warning)
        yield Reading(around, journal, board, city_of_store(around, board.city))


def _only_there(core: str) -> Trouble:
    return Trouble(
        both(
            "这条命令读案卷库本身，要在核心的机器上用",
            "this command reads the store itself, at the core's machine",
        ),
        core,
        both(
            "在那台机器上运行；警情、接警、事项的查询可以隔着核心做",
            "run it there; incidents, reports and matters can be asked for through the core",
        ),
        exit_code=69,
    )
