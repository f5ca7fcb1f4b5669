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


Heard = Callable[[Answer | Trouble, Sequence[Row]], None]
"""Called once, on the loop, with what became of a command: its answer, when that is durable and has been published, and
the rows of the entries it made (none for a refusal, and for an answer that is given again); or why it was not done."""


@dataclass(slots=True)
class Request:
    command: Command
    actor: Actor
    command_id: str
    named: bool
    seen: int | None
    heard: Heard
    began: float = 0.0


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
    """Commands that share one fsync, and what became of it. ``made``: how many of the entries are each one's."""

    requests: list[Request] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    made: list[int] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    began: float = 0.0
    over: bool = False
    rows: Sequence[Row] = ()
    fault: BaseException | None = None


class Writer:
    def __init__(self, room: Room, begin_writing: Callable[[], None] | None) -> None:
        self.thread = StoreThread(begin_writing)
        self._room = room
        self._inbox: deque[Request] = deque()
        self._wake = asyncio.Event()
        self._writing = asyncio.Lock()
        self._deciding: list[Request] = []
        self._storing: _Batch | None = None
        self._coming = _Batch()
        self._at_work = False
        self._bug: BaseException | None = None
        self._joining = 0
        self._resting: asyncio.Task[None] | None = None
        self._stopping = False

    def __len__(self) -> int:
        """Commands that wait to be decided."""
        return len(self._inbox)

    @property
    def busy(self) -> bool:
        """Whether a command waits to be decided or is being stored."""
        return bool(self._inbox or self._storing)

    @property
    def closed(self) -> bool:
        """It takes no more commands."""
        return self._stopping

    def close(self) -> None:
        """Take no more; :meth:`run` ends when everything is done that was taken."""
        self._stopping = True
        self._wake.set()

    def put(self, request: Request) -> None:
        request.began = time.perf_counter()
        self._inbox.append(request)
        self._wake.set()

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
        self._storing, self._coming = None, _Batch()
        self._at_work = True
        try:
            while self._turn():
                self._wake.clear()
                await self._wake.wait()
                if self._bug is not None:
                    raise self._bug
        except BaseException as bug:
            # The writer ends, but first everybody who waits is told: nobody is left hanging.
            self._stopping = True
            self._fail(self._not_told(), _bug(bug))
            raise
        finally:
            self._at_work = False

    def _not_told(self) -> list[Request]:
        stored = self._storing.requests if self._storing is not None else []
        return [*stored, *self._coming.requests, *self._deciding, *self._inbox]

    def _turn(self) -> bool:
        """Do what can be done now; whether something is being stored meanwhile."""
        while True:
            if not self._let_others_in():
                self._decide_some(self._coming, self._storing is None)
            storing = self._storing
            if storing is None:
                if not self._coming.requests:
                    return False
                self._store_what_came()
            elif not storing.over:
                return True
            elif isinstance(storing.fault, Trouble):
                self._fail(storing.requests, storing.fault)
                # What was decided after it was decided on a board that never was: once more, when that is mended.
                self._inbox.extendleft(reversed(self._coming.requests))
                self._storing, self._coming = None, _Batch()
            elif storing.fault is not None:
                raise storing.fault
            else:
                self._storing = None
                if self._coming.requests:
                    self._store_what_came()
                self._tell(storing)

    def _go_on(self) -> None:
        """A batch is with the disk no more. Done here and now: to wake :meth:`run` for it is a turn of the loop more
        that every command waits."""
        if not self._at_work:
            return
        try:
            if self._turn():
                return
        except BaseException as bug:  # noqa: BLE001 (handed on to the task, which ends with it)
            self._bug = bug
        self._wake.set()

    def _let_others_in(self) -> bool:
        """Whether somebody needs the board without what is not stored yet: a desk that joins, a snapshot."""
        return self._joining > 0 or self._room.wants_snapshot()

    def _decide_some(self, batch: _Batch, alone: bool) -> None:
        """Decide what waits, as much as one batch takes. ``alone``: nothing is being stored meanwhile."""
        some = [self._inbox.popleft() for _ in range(min(BATCH - len(batch.requests), len(self._inbox)))]
        if not some:
            return
        try:
            self._room.mend()
            done = self._room.known(some)
        except Trouble as trouble:
            self._fail(some, trouble, broken=alone)
            return
        self._deciding = some
        for one in some:
            try:
                answer, made = self._room.decide(one, done)
            except Trouble as trouble:
                self._fail([one], trouble, broken=False)
                continue
            batch.requests.append(one)
            batch.answers.append(answer)
            batch.made.append(len(made))
            batch.entries += made
        self._deciding = []

    def _store_what_came(self) -> None:
        """Hand the batch that was decided to the disk; the next one begins."""
        batch, self._coming = self._coming, _Batch()
        self._storing = batch

        def stored(rows: Sequence[Row] | None, fault: BaseException | None) -> None:
            batch.rows, batch.fault, batch.over = rows or (), fault, True
            self._go_on()

        batch.began = time.perf_counter()
        if batch.entries:
            self.thread.do(stored, self._room.journal.append, batch.entries)
        else:
            batch.over = True

    def _tell(self, batch: _Batch) -> None:
        """It is durable: everybody hears what happened, and whoever waits his answer."""
        meters, now = self._room.meters, time.perf_counter()
        if batch.entries:
            meters.committed.observe(now - batch.began)
        self._room.published(batch.entries, batch.rows)
        at = refused = 0
        for request, answer, made in zip(batch.requests, batch.answers, batch.made, strict=True):
            refused += answer.refusal is not None
            meters.answered.observe(now - request.began)
            tell(request.heard, answer, batch.rows[at : at + made])
            at += made
        meters.outcomes["refused"] += refused
        meters.outcomes["accepted"] += len(batch.answers) - refused
        if self._room.journal.tired and self._resting is None:
            self._resting = asyncio.create_task(self._rest())

    def _fail(self, commands: Sequence[Request], trouble: Trouble, *, broken: bool = True) -> None:
        """Nothing of these happened. ``broken``: the store has to be opened again before the next."""
        if broken:
            self._room.trouble = trouble
        self._room.meters.outcomes["failed"] += len(commands)
        for request in commands:
            tell(request.heard, trouble)


def tell(heard: Heard, outcome: Answer | Trouble, rows: Sequence[Row] = ()) -> None:
    """A bug of whoever hears it is his own, and ends neither the writer nor the answers of others."""
    try:
        heard(outcome, rows)
    except Exception as bug:  # noqa: BLE001 (handed to the loop, which reports it)
        asyncio.get_running_loop().call_exception_handler({"message": "an answer was not heard", "exception": bug})


def _bug(fault: BaseException) -> Trouble:
    return Trouble(
        "核心内部错误 / internal error of the core",
        f"{type(fault).__name__}",
        "已存的都在；重新启动，并把报告交给维护者 / what was acknowledged is stored; start again and report this",
        exit_code=70,
    )
