"""Who hears what happens: one bounded queue for each feed, so that a slow desk never holds up the room."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator

from zz110_tui.core.board import BoardImage
from zz110_tui.core.facts import Entry

BACKLOG = 20_000
"""How many entries a feed may be behind before it is cut off and has to join again."""


class Subscription:
    """The ``Feed`` of one reader: batches of entries after its image, in order and without a gap."""

    def __init__(self, image: BoardImage, room: Subscribers) -> None:
        self.image = image
        self.lagged = False
        self._room = room
        self._batches: deque[tuple[Entry, ...]] = deque()
        self._behind = 0
        self._wake = asyncio.Event()
        self._closed = False

    def offer(self, batch: tuple[Entry, ...]) -> None:
        if self._closed:
            return
        if self._behind + len(batch) > BACKLOG:
            self.lagged = True
            self.close()
            return
        self._batches.append(batch)
        self._behind += len(batch)
        self._wake.set()

    def take(self) -> tuple[Entry, ...]:
        """Everything that waits, without waiting for more; empty when there is nothing."""
        entries = tuple(entry for batch in self._batches for entry in batch)
        self._batches.clear()
        self._behind = 0
        self._wake.clear()
        return entries

    async def __aiter__(self) -> AsyncIterator[tuple[Entry, ...]]:
        while True:
            entries = self.take()
            if entries:
                yield entries
            elif self._closed:
                return
            else:
                await self._wake.wait()

    def close(self) -> None:
        self._closed = True
        self._wake.set()
        self._room.forget(self)


class Subscribers:
    def __init__(self) -> None:
        self._feeds: dict[int, Subscription] = {}

    def join(self, image: BoardImage) -> Subscription:
        feed = Subscription(image, self)
        self._feeds[id(feed)] = feed
        return feed

    def forget(self, feed: Subscription) -> None:
        self._feeds.pop(id(feed), None)

    def publish(self, batch: tuple[Entry, ...]) -> None:
        for feed in tuple(self._feeds.values()):
            feed.offer(batch)

    def close(self) -> None:
        for feed in tuple(self._feeds.values()):
            feed.close()

    def __len__(self) -> int:
        return len(self._feeds)
