"""The running core: one writer. Inbox → decide → append (durable) → publish, in batches that share one fsync.

Commands are decided against a board that is already ahead by what the current batch made; nobody hears of it, and no
command is answered, before the batch is durable. When the store fails, that lead is thrown away: the board is read
again from what is stored, everybody who waits is told, and the next command tries the store anew.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from zz110_tui.core.answers import Answer
from zz110_tui.core.board import Board
from zz110_tui.core.commands import Command, FileSlips
from zz110_tui.core.conflicts import conflict
from zz110_tui.core.decide import Decision, decide
from zz110_tui.core.desks import SYSTEM, Actor
from zz110_tui.core.evolve import evolve
from zz110_tui.core.facts import Entry
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.core.subjects import timed_by
from zz110_tui.core.trouble import Trouble
from zz110_tui.service.access import forbidden
from zz110_tui.service.clock import Clock
from zz110_tui.service.meters import Meters
from zz110_tui.service.recovery import SNAPSHOT_EVERY, recover, save_snapshot
from zz110_tui.service.subscribers import Subscribers, Subscription
from zz110_tui.service.timers import Timers
from zz110_tui.store.journal import Journal

BATCH = 64
"""Commands that share one fsync at most."""

ANSWERS_KEPT = 8_192
"""Answers remembered for commands that are sent twice; older ones are looked up in the journal."""

FILE_EVERY_MS = 3_600_000
FILE_AFTER_MS = 86_400_000
"""Closed slips stay on the live board for a day and are filed at the full hour."""


@dataclass(slots=True)
class _Request:
    command: Command
    actor: Actor
    command_id: str
    named: bool
    seen: int | None = None


_Waiting = tuple[_Request, asyncio.Future[Answer]]


class Engine:
    def __init__(
        self,
        journal: Journal,
        rules: Rulebook,
        clock: Clock,
        reopen: Callable[[], Journal] | None = None,
        begin_writing: Callable[[], None] | None = None,
    ) -> None:
        """``reopen`` opens the same store again after it failed; without it a failed store stays failed.

        ``begin_writing`` is called first in the thread that writes (its priority, ``service.priority``).
        """
        self.rules = rules
        self.clock = clock
        self.board = Board()
        self.subscribers = Subscribers()
        self.meters = Meters()
        self.trouble: Trouble | None = None
        self._journal = journal
        self._reopen = reopen
        self._timers = Timers(rules)
        self._inbox: deque[_Waiting] = deque()
        self._wake = asyncio.Event()
        self._due_changed = asyncio.Event()
        self._writing = asyncio.Lock()
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._tasks: list[asyncio.Task[None]] = []
        self._store = ThreadPoolExecutor(1, "zz110-writer", initializer=begin_writing)
        self._snapshot_at = 0
        self._next_filing = 0
        self._told = 0
        self._made = 0
        self._stopping = False

    # -- life ------------------------------------------------------------------------------------------------------

    async def start(self, *, timers: bool = True) -> None:
        """Recover the board and begin to serve. ``timers`` False leaves :meth:`run_due` to the caller (drills)."""
        self._recover()
        self._told = self.board.position
        if self._journal.blocking:
            self._tasks.append(asyncio.create_task(self._write_forever(), name="zz110-engine"))
        if timers:
            self._tasks.append(asyncio.create_task(self._time_forever(), name="zz110-timers"))

    async def stop(self) -> None:
        """Finish what is in the inbox, save a snapshot, end all feeds. The journal stays open: its opener closes it."""
        self._stopping = True
        self._wake.set()
        self._due_changed.set()
        await asyncio.gather(*self._tasks)
        if self.trouble is None:
            await self._keep_snapshot(at_least=1)
        self.subscribers.close()
        self._store.shutdown()

    async def ended(self) -> None:
        """Wait until the writer or the timers end: when the core is stopped, or by a bug (:meth:`stop` raises it)."""
        await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)

    def _recover(self) -> None:
        self.board, self._snapshot_at = recover(self._journal)
        self._timers.start(self.board)
        self._answers.clear()
        self._next_filing = self.clock.now() // FILE_EVERY_MS * FILE_EVERY_MS + FILE_EVERY_MS

    @property
    def journal(self) -> Journal:
        """The store as it is open now (another object after a fault was mended): to be read, never to be written."""
        return self._journal

    # -- the way in ------------------------------------------------------------------------------------------------

    async def submit(self, command: Command, actor: Actor, command_id: str = "", seen: int | None = None) -> Answer:
        """Decide, store, publish; returns when durable. The same ``command_id`` again gives the same answer.

        Raises Trouble when the store failed: the command was then not done.
        """
        named = bool(command_id)
        if not named:
            self._made += 1
            command_id = f"{actor.desk}:{self.board.position}:{self._made}"
        if self._stopping:
            raise _closing()
        if not self._journal.blocking:
            return self._at_once(_Request(command, actor, command_id, named, seen))
        began = time.perf_counter()
        waiting: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._inbox.append((_Request(command, actor, command_id, named, seen), waiting))
        self._wake.set()
        answer = await waiting
        self.meters.answered.observe(time.perf_counter() - began)
        return answer

    async def join(self) -> Subscription:
        """The board as it is durable now, and a feed of everything after it. Raises Trouble when the store failed."""
        async with self._writing:
            if self.trouble is not None:
                self._mend()
            return self.subscribers.join(self.board.image())

    # -- deciding --------------------------------------------------------------------------------------------------

    def _decide(self, request: _Request) -> tuple[Answer, list[Entry]]:
        command_id, actor = request.command_id, request.actor
        known = self._known(command_id) if request.named else None
        if known is not None:
            return known, []
        now = max(self.clock.now(), self.board.at)
        decision: Decision | None = forbidden(request.command, actor, self.board, self._journal.stamp.kind)
        if decision is None and request.seen is not None:
            decision = conflict(self.board, request.command, actor, request.seen)
        if decision is None:
            decision = decide(self.board, request.command, actor, now, self.rules)
        if isinstance(decision, Refusal):
            return self._keep(Answer(command_id, self.board.position, refusal=decision)), []
        entries: list[Entry] = []
        for fact in decision:
            entry = Entry(self.board.position + 1, now, actor, command_id, fact)
            evolve(self.board, entry)
            entries.append(entry)
        return self._keep(Answer(command_id, self.board.position, tuple(entries))), entries

    def _known(self, command_id: str) -> Answer | None:
        answer = self._answers.get(command_id)
        if answer is not None:
            return answer
        span = self._journal.find_command(command_id)
        if span is None:
            return None
        first, last = span
        entries = tuple(self._journal.read(first - 1, last - first + 1))
        return self._keep(Answer(command_id, last, entries))

    def _keep(self, answer: Answer) -> Answer:
        self._answers[answer.command] = answer
        if len(self._answers) > ANSWERS_KEPT:
            self._answers.popitem(last=False)
        return answer

    def _published(self, entries: list[Entry]) -> None:
        if entries:
            self._told = entries[-1].position
            self.meters.entries += len(entries)
            changed = dict.fromkeys(subject for entry in entries for subject in timed_by(entry.fact))
            self._timers.watch(self.board, changed)
            self.subscribers.publish(tuple(entries))
            self._due_changed.set()

    def _at_once(self, request: _Request) -> Answer:
        """For a journal in memory: no thread, no wait."""
        answer, entries = self._decide(request)
        if entries:
            self._journal.append(entries)
            self._published(entries)
        return answer

    # -- the writer ------------------------------------------------------------------------------------------------

    async def _write_forever(self) -> None:
        while True:
            if not self._inbox:
                if self._stopping:
                    return
                self._wake.clear()
                await self._rest()
                await self._wake.wait()
                continue
            batch = [self._inbox.popleft() for _ in range(min(BATCH, len(self._inbox)))]
            async with self._writing:
                await self._write(batch)
            await self._keep_snapshot(at_least=SNAPSHOT_EVERY)

    async def _write(self, batch: list[_Waiting]) -> None:
        try:
            self._mend()
            answers: list[Answer] = []
            entries: list[Entry] = []
            for request, _ in batch:
                answer, made = self._decide(request)
                answers.append(answer)
                entries += made
            if entries:
                began = time.perf_counter()
                await self._in_store(self._journal.append, entries)
                self.meters.committed.observe(time.perf_counter() - began)
        except Trouble as trouble:
            self._fail(batch, trouble)
            return
        except BaseException as bug:
            # The writer ends, but first everybody who waits is told: nobody is left hanging.
            self._stopping = True
            self._fail([*batch, *self._inbox], _bug(bug))
            raise
        for (_, waiting), answer in zip(batch, answers, strict=True):
            self.meters.outcomes["accepted" if answer.refusal is None else "refused"] += 1
            if not waiting.done():
                waiting.set_result(answer)
        self._published(entries)

    def _fail(self, batch: list[_Waiting], trouble: Trouble) -> None:
        """Nothing of this batch happened."""
        self.trouble = trouble
        self.meters.outcomes["failed"] += len(batch)
        for _, waiting in batch:
            if not waiting.done():
                waiting.set_exception(trouble)

    def _mend(self) -> None:
        """After a failure: open the store again and take the board from it. Raises Trouble if it still fails."""
        if self.trouble is None:
            return
        if self._reopen is None:
            raise self.trouble
        self._journal.close()
        self._journal = self._reopen()
        self._recover()
        self.trouble = None
        # An append that failed may be stored after all. Then it happened, and everybody hears of it.
        self._published(list(self._journal.read(self._told)))

    async def _keep_snapshot(self, at_least: int) -> None:
        if self.trouble is None and self.board.position - self._snapshot_at >= at_least:
            image = self.board.image()
            self._snapshot_at = image.position
            # A snapshot is a shortcut: one that cannot be stored costs the next start some time and loses nothing.
            with contextlib.suppress(Trouble):
                await self._in_store(save_snapshot, self._journal, image)

    async def _rest(self) -> None:
        """Let the store keep house (its checkpoint) while nobody waits for it."""
        with contextlib.suppress(Trouble):
            await self._in_store(self._journal.rest)

    async def _in_store(self, work: Callable[..., object], *values: object) -> None:
        """Do something with the store in its own thread."""
        await asyncio.get_running_loop().run_in_executor(self._store, work, *values)

    # -- the clock -------------------------------------------------------------------------------------------------

    @property
    def inbox(self) -> int:
        """Commands that wait to be decided."""
        return len(self._inbox)

    def next_due(self) -> int:
        """When the core has something to do by itself (UTC ms)."""
        due = self._timers.next_due()
        return self._next_filing if due is None else min(due, self._next_filing)

    async def run_due(self) -> None:
        """Raise what is late now, and file what closed long ago."""
        now = self.clock.now()
        for command_id, command in self._timers.take_due(now):
            await self.submit(command, SYSTEM, command_id)
        if now >= self._next_filing:
            hour = self._next_filing
            self._next_filing = now // FILE_EVERY_MS * FILE_EVERY_MS + FILE_EVERY_MS
            await self.submit(FileSlips(hour - FILE_AFTER_MS), SYSTEM, f"file:{hour}")

    async def _time_forever(self) -> None:
        while not self._stopping:
            # A store that fails here has told everybody already; the timers try again with the next round.
            with contextlib.suppress(Trouble):
                await self.run_due()
            wait_s = max(0.05, (self.next_due() - self.clock.now()) / 1000)
            self._due_changed.clear()
            # At most a second, so that a machine that slept or whose clock was set is noticed.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._due_changed.wait(), min(wait_s, 1.0))


def _closing() -> Trouble:
    return Trouble("核心正在停止 / the core is stopping", "", "稍后再发 / send it again later")


def _bug(fault: BaseException) -> Trouble:
    return Trouble(
        "核心内部错误 / internal error of the core",
        f"{type(fault).__name__}",
        "已存的都在；重新启动，并把报告交给维护者 / what was acknowledged is stored; start again and report this",
        exit_code=70,
    )
