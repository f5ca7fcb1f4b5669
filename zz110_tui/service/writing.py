"""The one writer: commands that wait are decided, stored in batches that share one fsync, and then answered.

While one batch is being stored, the next one is decided, against a board that is already ahead by what the first one
made; nobody hears of it, and no command is answered, before it is durable. When the store fails, that lead is thrown
away, whoever was in the batch is told, and what was decided after it is decided once more when the store is mended.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import field
from typing import Protocol

from zz110_tui.core.answers import Answer
from zz110_tui.core.commands import Command
from zz110_tui.core.desks import Actor
from zz110_tui.core.facts import Entry
from zz110_tui.core.records import dataclass
from zz110_tui.core.trouble import Trouble
from zz110_tui.service.meters import Meters
from zz110_tui.service.storethread import StoreThread
from zz110_tui.store.journal import Journal, Row

BATCH = 64
"""Commands that share one fsync at most."""


@dataclass(slots=True)
class Request:
    command: Command
    actor: Actor
    command_id: str
    named: bool
    seen: int | None = None


Waiting = tuple[Request, asyncio.Future[Answer]]
Done = Mapping[str, tuple[int, int]]
"""Commands that the journal has already, and their entries."""


class Room(Protocol):
    """What the writer writes for: the engine."""

    meters: Meters
    trouble: Trouble | None

    @property
    def journal(self) -> Journal: ...

    def mend(self) -> None:
        """After a failure: take the board from the store anew. Raises Trouble if it still fails."""
        ...

    def known(self, requests: Sequence[Request]) -> Done: ...

    def decide(self, request: Request, done: Done) -> tuple[Answer, list[Entry]]: ...

    def published(self, entries: Sequence[Entry], rows: Sequence[Row]) -> None: ...

    def wants_snapshot(self) -> bool: ...

    async def keep_snapshot(self) -> None: ...


@dataclass(slots=True)
class _Batch:
    """Commands that share one fsync, and what became of it."""

    waiting: list[Waiting] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    began: float = 0.0
    over: bool = False
    rows: Sequence[Row] = ()
    fault: BaseException | None = None


class Writer:
    def __init__(self, room: Room, begin_writing: Callable[[], None] | None) -> None:
        self.thread = StoreThread(begin_writing)
        self._room = room
        self._inbox: deque[Waiting] = deque()
        self._wake = asyncio.Event()
        self._writing = asyncio.Lock()
        self._deciding: list[Waiting] = []
        self._joining = 0
        self._resting: asyncio.Task[None] | None = None
        self._stopping = False

    def __len__(self) -> int:
        """Commands that wait to be decided."""
        return len(self._inbox)

    @property
    def closed(self) -> bool:
        """It takes no more commands."""
        return self._stopping

    def close(self) -> None:
        """Take no more; :meth:`run` ends when everything is done that was taken."""
        self._stopping = True
        self._wake.set()

    def put(self, request: Request) -> asyncio.Future[Answer]:
        waiting: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._inbox.append((request, waiting))
        self._wake.set()
        return waiting

    @contextlib.asynccontextmanager
    async def board_as_stored(self) -> AsyncIterator[None]:
        """While the board holds what is stored and nothing else."""
        self._joining += 1
        self._wake.set()
        try:
            await self._writing.acquire()
        finally:
            self._joining -= 1
        try:
            self._room.mend()
            yield
        finally:
            self._writing.release()

    async def run(self) -> None:
        while True:
            if not self._inbox:
                if self._stopping:
                    if self._resting is not None:
                        await self._resting
                    return
                self._wake.clear()
                await self._wake.wait()
                continue
            async with self._writing:
                await self._write()
            if self._room.wants_snapshot():
                await self._room.keep_snapshot()

    async def _rest(self) -> None:
        """Let the store keep house, beside the writer: nobody waits for it."""
        with contextlib.suppress(Trouble):
            await asyncio.to_thread(self._room.journal.rest)
        self._resting = None

    async def _write(self) -> None:
        """Batch after batch: while one is being stored, the next one is decided. Until nothing waits to be decided, or
        somebody waits for the board as it is stored."""
        storing: _Batch | None = None
        coming = _Batch()
        try:
            while True:
                if not self._let_others_in():
                    self._decide_some(coming, storing is None)
                if storing is None:
                    if not coming.waiting:
                        return
                    storing, coming = self._store(coming), _Batch()
                elif not storing.over:
                    self._wake.clear()
                    await self._wake.wait()
                elif isinstance(storing.fault, Trouble):
                    self._fail(storing.waiting, storing.fault)
                    # What was decided after it was decided on a board that never was: once more, when that is mended.
                    self._inbox.extendleft(reversed(coming.waiting))
                    storing, coming = None, _Batch()
                elif storing.fault is not None:
                    raise storing.fault
                else:
                    stored, storing = storing, None
                    if coming.waiting:
                        storing, coming = self._store(coming), _Batch()
                    self._tell(stored)
        except BaseException as bug:
            # The writer ends, but first everybody who waits is told: nobody is left hanging.
            self._stopping = True
            lost = storing.waiting if storing is not None else []
            self._fail([*lost, *coming.waiting, *self._deciding, *self._inbox], _bug(bug))
            raise

    def _let_others_in(self) -> bool:
        """Whether somebody needs the board without what is not stored yet: a desk that joins, a snapshot."""
        return self._joining > 0 or self._room.wants_snapshot()

    def _decide_some(self, batch: _Batch, alone: bool) -> None:
        """Decide what waits, as much as one batch takes. ``alone``: nothing is being stored meanwhile."""
        some = [self._inbox.popleft() for _ in range(min(BATCH - len(batch.waiting), len(self._inbox)))]
        if not some:
            return
        try:
            self._room.mend()
            done = self._room.known([request for request, _ in some])
        except Trouble as trouble:
            self._fail(some, trouble, broken=alone)
            return
        self._deciding = some
        for one in some:
            try:
                answer, made = self._room.decide(one[0], done)
            except Trouble as trouble:
                self._fail([one], trouble, broken=False)
                continue
            batch.waiting.append(one)
            batch.answers.append(answer)
            batch.entries += made
        self._deciding = []

    def _store(self, batch: _Batch) -> _Batch:
        def stored(rows: Sequence[Row] | None, fault: BaseException | None) -> None:
            batch.rows, batch.fault, batch.over = rows or (), fault, True
            self._wake.set()

        batch.began = time.perf_counter()
        if batch.entries:
            self.thread.do(stored, self._room.journal.append, batch.entries)
        else:
            batch.over = True
        return batch

    def _tell(self, batch: _Batch) -> None:
        """It is durable: whoever waits hears his answer, and everybody what happened."""
        if batch.entries:
            self._room.meters.committed.observe(time.perf_counter() - batch.began)
        refused = sum(answer.refusal is not None for answer in batch.answers)
        self._room.meters.outcomes["refused"] += refused
        self._room.meters.outcomes["accepted"] += len(batch.answers) - refused
        for (_, waiting), answer in zip(batch.waiting, batch.answers, strict=True):
            if not waiting.done():
                waiting.set_result(answer)
        self._room.published(batch.entries, batch.rows)
        if self._room.journal.tired and self._resting is None:
            self._resting = asyncio.create_task(self._rest())

    def _fail(self, commands: Sequence[Waiting], trouble: Trouble, *, broken: bool = True) -> None:
        """Nothing of these happened. ``broken``: the store has to be opened again before the next."""
        if broken:
            self._room.trouble = trouble
        self._room.meters.outcomes["failed"] += len(commands)
        for _, waiting in commands:
            if not waiting.done():
                waiting.set_exception(trouble)


def _bug(fault: BaseException) -> Trouble:
    return Trouble(
        "核心内部错误 / internal error of the core",
        f"{type(fault).__name__}",
        "已存的都在；重新启动，并把报告交给维护者 / what was acknowledged is stored; start again and report this",
        exit_code=70,
    )
