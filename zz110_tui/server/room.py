"""What all desks of one core share: the feed of facts, encoded once for everybody, and an image made once for many."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from zz110_tui.core.facts import Entry
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.veiling import HOLDING, veiled_entry, veiled_image
from zz110_tui.service.engine import Engine
from zz110_tui.service.subscribers import Queue, Stored
from zz110_tui.store.journal import Row
from zz110_tui.wire.codec import decode_entry, encode_entry, encode_image
from zz110_tui.wire.frames import facts_frame
from zz110_tui.wire.session import Mark
from zz110_tui.wire.session_core import Packed, pack

CHUNK = 512
"""Entries in one frame of a desk that catches up."""

RESUME_AT_MOST = 20_000
"""A desk that missed more than this takes a new image: that is less to send, and less to work through."""

TOLD_AT_ONCE = 8
"""Desks that are told before the core looks whether something else waits: forty at once would be half a millisecond."""

TOLD_BETWEEN = 2
"""And while a command is on its way: at each turn of the loop it would wait for the eight."""

PACE_S = 0.02
"""In a busy room, between two frames of facts to the same desk; a desk redraws less often than that."""

IMAGE_GOOD_FOR = 1_000
"""An image may be so many facts old: a joining desk is sent those after it. A room that comes back after its core
was restarted asks for forty images at once, and gets one."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Facts that have just happened, ready to be sent."""

    first: int
    last: int
    payloads: tuple[bytes, ...]
    hash: bytes
    frame: bytes
    tails: dict[int, Batch] = field(default_factory=dict, compare=False)

    def after(self, position: int) -> Batch:
        """The part of it after a position, made once: desks that were answered together are equally far."""
        assert self.first <= position + 1, f"facts from {self.first} after {position}"
        tail = self.tails.get(position)
        if tail is None:
            tail = batch_of(position + 1, self.payloads[position + 1 - self.first :], self.hash)
            self.tails[position] = tail
        return tail


class Follower(Protocol):
    """A desk that is up to date and hears everything as it happens."""

    def take(self, batch: Batch) -> None:
        """It will be told with the next push."""
        ...

    def push(self) -> None:
        """Send what it has to be told."""
        ...

    def missed_something(self) -> None:
        """It has to join again."""
        ...


def batch_of(first: int, payloads: tuple[bytes, ...], hashed: bytes) -> Batch:
    return Batch(first, first + len(payloads) - 1, payloads, hashed, facts_frame(payloads, hashed))


def sent(entry: Entry, row: Row) -> bytes:
    """An entry as it goes out: as it is stored, unless it holds a caller's data."""
    veiled = veiled_entry(entry) if isinstance(entry.fact, HOLDING) else entry
    return row.payload if veiled is entry else encode_entry(veiled)


class Room:
    """``position`` is what every follower has heard, or is just being told. Made by :meth:`open`.

    In a quiet room a fact goes out at once. In a busy one what happens within ``PACE_S`` goes out together: forty desks
    are then sent fifty frames a second each, however many facts there are. Only the desk that waits for the answer to a
    command of its own hears the facts before that answer, and so may be ahead of the others (:meth:`bring`).
    """

    def __init__(self, engine: Engine, feed: Queue[Stored]) -> None:
        self.engine = engine
        self.position = feed.image.position
        self._feed = feed
        self._followers: dict[int, Follower] = {}
        self._fresh: list[bytes] = []
        self._hash = b""
        self._ahead: Batch | None = None
        self._passed_at = 0.0
        self._telling: tuple[Batch, Iterator[Follower]] | None = None
        self._passing: asyncio.Handle | None = None
        self._packed: Packed | None = None
        self._packing = asyncio.Lock()

    @classmethod
    async def open(cls, engine: Engine) -> Room:
        """Raises Trouble when the store has failed."""
        return cls(engine, await engine.join_to_send())

    async def spread(self) -> None:
        """Pass on everything that happens, until the core stops. Raises Trouble when the store has failed."""
        while True:
            async for entries in self._feed:
                self._take_in(entries)
            if not self._feed.lagged:
                return
            # This whole process could not keep up. Nobody is left with a hole: everybody resumes from the journal.
            self._feed = await self.engine.join_to_send()
            self._fresh.clear()
            self.position = self._feed.image.position
            for follower in tuple(self._followers.values()):
                follower.missed_something()

    def flush(self) -> None:
        """Pass on to everybody, now, all that has been published."""
        self._take_in(self._feed.take())
        self._pass_on()
        self._tell_all()

    def bring(self, follower: Follower) -> None:
        """Let one follower take all that has been published: facts go out before the answer to the command that made
        them, and with it. The others hear it in their turn."""
        self._take_in(self._feed.take())
        if self._telling is not None and id(follower) in self._followers:
            # What is being passed on may not have come to this one yet; it has to be heard before what is newer.
            follower.take(self._telling[0])
        if self._fresh and id(follower) in self._followers:
            batch = self._ahead
            if batch is None or len(batch.payloads) != len(self._fresh):
                self._ahead = batch = batch_of(self.position + 1, tuple(self._fresh), self._hash)
            follower.take(batch)

    def close(self) -> None:
        if self._passing is not None:
            self._passing.cancel()
        self._feed.close()

    def _take_in(self, entries: tuple[Stored, ...]) -> None:
        """What has happened; it goes out soon, and is written once for everybody."""
        if not entries:
            return
        first, next_one = entries[0][1].position, self.position + len(self._fresh) + 1
        assert first == next_one, f"facts from {first} where {next_one} is next"
        self._fresh += [sent(entry, row) for entry, row in entries]
        self._hash = entries[-1][1].hash
        if self._passing is None:
            loop = asyncio.get_running_loop()
            wait = self._passed_at + PACE_S - loop.time()
            self._passing = loop.call_later(wait, self._pass_on) if wait > 0 else loop.call_soon(self._pass_on)

    def _pass_on(self) -> None:
        if self._passing is not None:
            self._passing.cancel()
            self._passing = None
        if not self._fresh:
            return
        self._tell_all()
        batch = batch_of(self.position + 1, tuple(self._fresh), self._hash)
        self._fresh.clear()
        self._ahead = None
        self._passed_at = asyncio.get_running_loop().time()
        self.position = batch.last
        self._telling = batch, iter(tuple(self._followers.values()))
        self._tell_some()

    def _tell_some(self) -> None:
        """Tell a few followers, then let the loop do what waits (an answer, a command), then the next few."""
        if self._telling is None:
            return
        batch, others = self._telling
        some = tuple(islice(others, TOLD_BETWEEN if self.engine.busy else TOLD_AT_ONCE))
        if not some:
            self._telling = None
            return
        asyncio.get_running_loop().call_soon(self._tell_some)
        for follower in some:
            follower.take(batch)
            follower.push()

    def _tell_all(self) -> None:
        """Finish what :meth:`_tell_some` has begun."""
        if self._telling is not None:
            (batch, others), self._telling = self._telling, None
            for follower in others:
                follower.take(batch)
                follower.push()

    def follow(self, follower: Follower) -> None:
        """From now on; what was before is the follower's own affair (:meth:`missed`)."""
        self._followers[id(follower)] = follower

    def forget(self, follower: Follower) -> None:
        self._followers.pop(id(follower), None)

    @property
    def followers(self) -> int:
        return len(self._followers)

    # -- what a desk has not heard ---------------------------------------------------------------------------------

    async def agrees(self, mark: Mark) -> bool:
        """Whether a mark is of this history. Raises Trouble when the store cannot be read."""
        self.flush()  # a desk that was ahead of the others may be the one that comes back
        if not 0 < mark.position <= self.position:
            return mark == Mark()
        return mark == await self._mark(mark.position)

    async def missed(self, after: int) -> Batch:
        """Some of what comes after a position, which is before ``self.position``. Raises Trouble."""
        return await asyncio.to_thread(self._missed, after, min(CHUNK, self.position - after))

    def _missed(self, after: int, count: int) -> Batch:
        rows = self._rows(after, count)
        return batch_of(after + 1, tuple(sent(decode_entry(row.payload), row) for row in rows), rows[-1].hash)

    def _rows(self, after: int, count: int) -> list[Row]:
        rows = list(self.engine.journal.rows(after, count))
        if [row.position for row in rows] != list(range(after + 1, after + count + 1)):
            raise _gap(after)
        return rows

    async def _mark(self, position: int) -> Mark:
        if not position:
            return Mark()
        (row,) = await asyncio.to_thread(self._rows, position - 1, 1)
        return Mark(row.position, row.hash)

    async def image(self) -> Packed:
        """A recent board, ready to be sent. Raises Trouble when the store has failed."""
        async with self._packing:
            packed = self._packed
            if packed is None or self.position - packed.mark.position > IMAGE_GOOD_FOR:
                feed = await self.engine.join()
                feed.close()
                mark = await self._mark(feed.image.position)
                packed = await asyncio.to_thread(lambda: pack(mark, encode_image(veiled_image(feed.image))))
                self._packed = packed
            return packed


def _gap(after: int) -> Trouble:
    return Trouble(
        "日志不完整 / the journal is not whole",
        str(after),
        "运行 zz110 journal verify / run zz110 journal verify",
    )
