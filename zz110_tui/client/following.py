"""What a link hears: boards that arrive, feeds that begin with them, and where in the history all of it is."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

from zz110_tui.client.feeds import Feeds, RemoteFeed
from zz110_tui.client.states import NotSent
from zz110_tui.core.board import Board
from zz110_tui.core.evolve import evolve
from zz110_tui.core.facts import Entry
from zz110_tui.core.trouble import Trouble
from zz110_tui.wire.goodbyes import Goodbye
from zz110_tui.wire.session import Mark
from zz110_tui.wire.session_desk import DeskSession, ImageCame

LARGE_IMAGE = 64 << 10
"""Packed bytes from which an image is unpacked beside the loop."""

Waiting = asyncio.Future[RemoteFeed]


@dataclass(slots=True)
class _Arriving:
    """A board that is not yet the one of now. ``waiting`` None: nobody has asked for it yet."""

    board: Board
    head: int
    waiting: Waiting | None

    def take(self, entries: tuple[Entry, ...]) -> None:
        for entry in entries:
            if entry.position > self.board.position:
                evolve(self.board, entry)


class Following:
    def __init__(self) -> None:
        self._feeds = Feeds()
        self._asked: deque[Waiting | None] = deque()
        self._arriving: list[_Arriving] = []
        self._ready: RemoteFeed | None = None
        self._mark: Mark | None = None
        self._store = ""

    # -- asking ----------------------------------------------------------------------------------------------------

    def ready(self) -> RemoteFeed | None:
        """A feed that came without being asked for, because the old ones could not go on; given once."""
        ready, self._ready = self._ready, None
        return None if ready is None or ready.lagged else ready

    def ask(self, session: DeskSession) -> Waiting:
        """A new feed. The future raises NotSent when the link is lost meanwhile, Trouble where there is no board."""
        waiting: Waiting = asyncio.get_running_loop().create_future()
        self._asked.append(waiting)
        session.join()
        return waiting

    def go_on(self, session: DeskSession, store: str) -> None:
        """There is a new connection: the feeds go on where they were."""
        if self._mark is not None and len(self._feeds):
            self._asked.append(None)
            session.join(self._mark, self._store)
        self._store = store

    # -- hearing ---------------------------------------------------------------------------------------------------

    def facts(self, entries: tuple[Entry, ...]) -> None:
        self._feeds.publish(entries)
        self._arrive(entries)

    def resumed(self) -> None:
        self._asked.popleft()

    async def image(self, event: ImageCame, session: DeskSession) -> None:
        """Raises Trouble for a board that cannot be read: the link must end then, for facts after it would follow."""
        waiting = self._asked.popleft()
        try:
            image = await asyncio.to_thread(event.image) if len(event.data) > LARGE_IMAGE else event.image()
        except Trouble as trouble:
            self._nowhere(session)
            _fail(waiting, trouble)
            raise
        if waiting is None:
            # We asked to go on, and cannot: too much has happened, or it is another history.
            self._feeds.cut_off()
        self._arriving.append(_Arriving(Board.from_image(image), event.head, waiting))
        self._arrive(())

    def refused(self, trouble: Trouble, session: DeskSession) -> None:
        """The core cannot give its board now."""
        waiting = self._asked.popleft()
        if waiting is None:
            self._nowhere(session)
        _fail(waiting, trouble)

    def _arrive(self, entries: tuple[Entry, ...]) -> None:
        """An image may be a little old: whoever joins is given the board of now, and a feed from there."""
        for coming in tuple(self._arriving):
            coming.take(entries)
            if coming.board.position < coming.head:
                continue
            self._arriving.remove(coming)
            feed = self._feeds.join(coming.board.image())
            if coming.waiting is None:
                self._ready = feed
            elif coming.waiting.done():
                feed.close()
            else:
                coming.waiting.set_result(feed)

    # -- losing ----------------------------------------------------------------------------------------------------

    def lost(self, session: DeskSession, why: Goodbye) -> None:
        """The connection ended. Feeds wait for the next one; whoever was about to join is told."""
        self._mark = session.mark or self._mark
        for waiting in (*self._asked, *(coming.waiting for coming in self._arriving)):
            _fail(waiting, NotSent(why))
        self._asked.clear()
        self._arriving.clear()

    def end(self) -> None:
        """No connection will follow."""
        self._feeds.close()
        self._ready = None

    def _nowhere(self, session: DeskSession) -> None:
        """We do not know where we are in the history: everybody has to join again."""
        self._mark = session.mark = None
        self._feeds.cut_off()


def _fail(waiting: Waiting | None, trouble: Trouble) -> None:
    if waiting is not None and not waiting.done():
        waiting.set_exception(trouble)
