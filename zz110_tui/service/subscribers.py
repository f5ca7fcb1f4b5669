"""Who hears what happens: one bounded queue for each feed, so that a slow desk never holds up the room."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from typing import Generic, TypeVar

from zz110_tui.core.board import BoardImage
from zz110_tui.core.facts import Entry
from zz110_tui.store.journal import Row

BACKLOG = 20_000
"""How many entries a feed may be behind before it is cut off and has to join again."""

T = TypeVar("T")


Stored = tuple[Entry, Row]
"""An entry that is durable, and its row: whoever sends it on need not encode it again."""


class Queue(Generic[T]):
    """What one reader has not heard yet, in batches, in order and without a gap."""

    def __init__(self, image: BoardImage, room: Subscribers[T]) -> None:
        self.image = image
        self.lagged = False
        self._room = room
        self._batches: deque[tuple[T, ...]] = deque()
        self._behind = 0
        self._wake = asyncio.Event()
        self._closed = False

    def offer(self, batch: tuple[T, ...]) -> None:
        if self._closed:
            return
        if self._behind + len(batch) > BACKLOG:
            self.lagged = True
            self.close()
            return
        self._batches.append(batch)
        self._behind += len(batch)
        self._wake.set()

    def take(self) -> tuple[T, ...]:
        """Everything that waits, without waiting for more; empty when there is nothing."""
        entries = tuple(entry for batch in self._batches for entry in batch)
        self._batches.clear()
        self._behind = 0
        self._wake.clear()
        return entries

    async def __aiter__(self) -> AsyncIterator[tuple[T, ...]]:
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


class Subscription(Queue[Entry]):
    """The ``Feed`` of one reader: batches of entries after its image."""


class Subscribers(Generic[T]):
    def __init__(self) -> None:
        self._feeds: dict[int, Queue[T]] = {}

    def add(self, feed: Queue[T]) -> None:
        self._feeds[id(feed)] = feed

    def forget(self, feed: Queue[T]) -> None:
        self._feeds.pop(id(feed), None)

    def publish(self, batch: tuple[T, ...]) -> None:
        for feed in tuple(self._feeds.values()):
            feed.offer(batch)

    def close(self) -> None:
        for feed in tuple(self._feeds.values()):
            feed.close()

    def __len__(self) -> int:
        return len(self._feeds)
