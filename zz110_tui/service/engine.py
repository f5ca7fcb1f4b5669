"""The running core: inbox → decide → append (durable) → publish, through one writer (``service.writing``).

When the store fails, the board is read again from what is stored, everybody who waits is told, and the next command
tries the store anew.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

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
from zz110_tui.core.veiling import clear_callers
from zz110_tui.service.access import forbidden
from zz110_tui.service.clock import Clock
from zz110_tui.service.meters import Meters
from zz110_tui.service.recovery import (
    SNAPSHOT_AT_LAST,
    SNAPSHOT_EVERY,
    SNAPSHOT_PAUSE_S,
    recover,
    save_snapshot,
)
from zz110_tui.service.subscribers import Queue, Stored, Subscribers, Subscription
from zz110_tui.service.timers import Timers
from zz110_tui.service.writing import Done, Heard, Request, Writer, tell
from zz110_tui.store.journal import Journal, Row
from zz110_tui.wire.codec import decode_entry

ANSWERS_KEPT = 8_192
"""Answers remembered for commands that are sent twice; older ones are looked up in the journal."""

FILE_EVERY_MS = 3_600_000
FILE_AFTER_MS = 86_400_000
"""Closed slips stay on the live board for a day and are filed at the full hour."""


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
        self.subscribers: Subscribers[Entry] = Subscribers()
        self.senders: Subscribers[Stored] = Subscribers()
        self.meters = Meters()
        self.trouble: Trouble | None = None
        self._journal = journal
        self._reopen = reopen
        self._timers = Timers(rules)
        self._due_changed = asyncio.Event()
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._tasks: list[asyncio.Task[None]] = []
        self._writer = Writer(self, begin_writing)
        self._snapshot_at = 0
        self._snapshot_made = 0.0
        self._next_filing = 0
        self._sleeps_until = 0
        self._told = 0
        self._made = 0

    # -- life ------------------------------------------------------------------------------------------------------

    async def start(self, *, timers: bool = True) -> None:
        """Recover the board and begin to serve. ``timers`` False leaves :meth:`run_due` to the caller (drills)."""
        self._recover()
        self._told = self.board.position
        if self._journal.blocking:
            self._tasks.append(asyncio.create_task(self._writer.run(), name="zz110-engine"))
        if timers:
            self._tasks.append(asyncio.create_task(self._time_forever(), name="zz110-timers"))

    async def stop(self) -> None:
        """Finish what is in the inbox, save a snapshot, end all feeds. The journal stays open: its opener closes it."""
        self._writer.close()
        self._due_changed.set()
        await asyncio.gather(*self._tasks)
        if self.trouble is None and self.board.position > self._snapshot_at:
            await self.keep_snapshot()
        self.subscribers.close()
        self.senders.close()
        self._writer.thread.stop()

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
        waiting: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

        def heard(outcome: Answer | Trouble, _rows: Sequence[Row]) -> None:
            if waiting.done():
                return
            if isinstance(outcome, Answer):
                waiting.set_result(outcome)
            else:
                waiting.set_exception(outcome)

        self.hand_in(command, actor, heard, command_id, seen)
        return await waiting

    def hand_in(
        self, command: Command, actor: Actor, heard: Heard, command_id: str = "", seen: int | None = None
    ) -> None:
        """The same for whoever does not wait: ``heard`` is called with what became of it, at once for a journal in
        memory. A task and a future for each command are a fifth of what it costs."""
        named = bool(command_id)
        if not named:
            self._made += 1
            command_id = f"{actor.desk}:{self.board.position}:{self._made}"
        request = Request(command, actor, command_id, named, seen, heard)
        if self._writer.closed:
            tell(heard, _closing())
        elif self._journal.blocking:
            self._writer.put(request)
        else:
            self._at_once(request)

    async def join(self) -> Subscription:
        """The board as it is durable now, and a feed of everything after it. Raises Trouble when the store failed."""
        async with self._writer.board_as_stored():
            feed = Subscription(self.board.image(), self.subscribers)
            self.subscribers.add(feed)
            return feed

    async def join_to_send(self) -> Queue[Stored]:
        """The same for whoever sends on what is stored (``server.room``)."""
        async with self._writer.board_as_stored():
            feed = Queue(self.board.image(), self.senders)
            self.senders.add(feed)
            return feed

    # -- deciding --------------------------------------------------------------------------------------------------

    def decide(self, request: Request, done: Done) -> tuple[Answer, list[Entry]]:
        """``done`` are the commands that the journal has already."""
        command_id, actor = request.command_id, request.actor
        known = self._known(command_id, done) if request.named else None
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
        told = clear_callers(self.board.reports, tuple(entries))
        return self._keep(Answer(command_id, self.board.position, tuple(entries), told=told)), entries

    def known(self, requests: Sequence[Request]) -> Done:
        """Which of these the journal has already. Asked once for all: one question costs as much as a decision."""
        return self._journal.find_commands(
            [each.command_id for each in requests if each.named and each.command_id not in self._answers]
        )

    def _known(self, command_id: str, done: Done) -> Answer | None:
        answer = self._answers.get(command_id)
        if answer is not None:
            return answer
        span = done.get(command_id)
        if span is None:
            return None
        first, last = span
        if first <= self._journal.base.position:
            raise _done_long_ago(command_id)
        entries = tuple(self._journal.read(first - 1, last - first + 1))
        told = clear_callers(self.board.reports, entries)
        return self._keep(Answer(command_id, last, entries, told=told))

    def _keep(self, answer: Answer) -> Answer:
        self._answers[answer.command] = answer
        if len(self._answers) > ANSWERS_KEPT:
            self._answers.popitem(last=False)
        return answer

    def published(self, entries: Sequence[Entry], rows: Sequence[Row]) -> None:
        if entries:
            self._told = entries[-1].position
            self.meters.entries += len(entries)
            changed = dict.fromkeys([subject for entry in entries for subject in timed_by(entry.fact)])
            self._timers.watch(self.board, changed)
            self.subscribers.publish(tuple(entries))
            if len(self.senders):
                self.senders.publish(tuple(zip(entries, rows, strict=True)))
            if self.next_due() < self._sleeps_until:
                self._due_changed.set()

    def _at_once(self, request: Request) -> None:
        """For a journal in memory: no thread, no wait."""
        rows: Sequence[Row] = ()
        try:
            answer, entries = self.decide(request, self.known((request,)))
            if entries:
                rows = self._journal.append(entries)
                self.published(entries, rows)
        except Trouble as trouble:
            tell(request.heard, trouble)
            return
        tell(request.heard, answer, rows)

    # -- what the writer asks --------------------------------------------------------------------------------------

    def mend(self) -> None:
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
        rows = list(self._journal.rows(self._told))
        self.published([decode_entry(row.payload) for row in rows], rows)

    def wants_snapshot(self) -> bool:
        """After so many entries; in a storm not before some seconds have gone by, for making one holds the room up."""
        behind = self.board.position - self._snapshot_at
        if behind < SNAPSHOT_EVERY or self.trouble is not None:
            return False
        return behind >= SNAPSHOT_AT_LAST or time.monotonic() - self._snapshot_made >= SNAPSHOT_PAUSE_S

    async def keep_snapshot(self) -> None:
        image = self.board.image()
        self._snapshot_at, self._snapshot_made = image.position, time.monotonic()
        # A snapshot is a shortcut: one that cannot be stored costs the next start some time and loses nothing.
        with contextlib.suppress(Trouble):
            await self._writer.thread.ask(save_snapshot, self._journal, image)

    # -- the clock -------------------------------------------------------------------------------------------------

    @property
    def inbox(self) -> int:
        """Commands that wait to be decided."""
        return len(self._writer)

    @property
    def busy(self) -> bool:
        """Whether a command is on its way: waits, or is being stored."""
        return self._writer.busy

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
        while not self._writer.closed:
            # A store that fails here has told everybody already; the timers try again with the next round.
            with contextlib.suppress(Trouble):
                await self.run_due()
            self._sleeps_until = self.next_due()
            wait_s = max(0.05, (self._sleeps_until - self.clock.now()) / 1000)
            self._due_changed.clear()
            # At most a second, so that a machine that slept or whose clock was set is noticed.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._due_changed.wait(), min(wait_s, 1.0))


def _done_long_ago(command_id: str) -> Trouble:
    return Trouble(
        "这条命令早已执行，记录已移入归档，不再执行 / this command was done long ago; it is in the archive, "
        "and it is not done again",
        command_id,
        "看一下现在的情况；仍需要时重新输入 / look at how things are; type it anew if it is still wanted",
        exit_code=2,
    )


def _closing() -> Trouble:
    return Trouble("核心正在停止 / the core is stopping", "", "稍后再发 / send it again later")
