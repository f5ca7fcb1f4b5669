"""One connection: its session, its queue of what goes out, and what is done with what comes in.

Three tasks: one reads and acts, one writes, one brings the desk up to date. None of them ever waits for another desk.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Sequence
from functools import partial
from typing import Literal, Protocol

from websockets.exceptions import ConnectionClosed

from zz110_tui.core.answers import Answer
from zz110_tui.core.trouble import Trouble
from zz110_tui.server.connection import Connection
from zz110_tui.server.people import Visitor
from zz110_tui.server.record import Record
from zz110_tui.server.room import RESUME_AT_MOST, Batch, Room, sent
from zz110_tui.server.settings import Settings
from zz110_tui.service.access import may_read
from zz110_tui.service.pastdesk import PastDesk, may_not_read, no_past
from zz110_tui.store.journal import Row
from zz110_tui.wire.goodbyes import Goodbye
from zz110_tui.wire.names import COMMANDS
from zz110_tui.wire.program import program
from zz110_tui.wire.session import Outgoing
from zz110_tui.wire.session_core import Asked, CoreEvent, CoreSession, Joined, Left, Questioned, Submitted

CLOSE_CODES = {"closing": 1001, "oversize": 1009, "too_slow": 1013, "room_full": 1013, "internal": 1011}
"""WebSocket close codes for goodbyes that have one; all others are 1000 or 1008 (policy)."""

RETRY_S = 0.25
"""Between two attempts to read for a desk what it has missed, while the store is broken."""

TOGETHER_BYTES = 64 << 10
"""Messages that wait for one desk go out together up to this size."""


class Reception(Protocol):
    """Where a member is let in: the server."""

    past: PastDesk | None

    @property
    def settings(self) -> Settings: ...

    @property
    def record(self) -> Record: ...

    @property
    def room(self) -> Room: ...

    def admit(self, member: Member, asked: Asked) -> Goodbye | None:
        """Let the member in by :meth:`Member.enter`, or say why not."""
        ...


def monotonic() -> int:
    """The driver's clock of sessions (ms)."""
    return time.monotonic_ns() // 1_000_000


class Member:
    def __init__(self, connection: Connection, visitor: Visitor, server: Reception) -> None:
        self.visitor = visitor
        self.account = visitor.account
        self.session = CoreSession(server.settings.limits, monotonic(), program())
        self._server = server
        self._connection = connection
        self._out: deque[Outgoing] = deque()
        self._queued = 0
        self._to_write = asyncio.Event()
        self._went = asyncio.Event()
        self._to_join: deque[Joined] = deque()
        self._joining: asyncio.Task[None] | None = None
        self._late: set[asyncio.Task[None]] = set()
        self._asking: set[asyncio.Task[None]] = set()
        self._reading = False
        self._progress = (monotonic(), 0)
        connection.on_data = lambda: self.session.noise(monotonic())
        connection.on_text = self._hear

    # -- life ------------------------------------------------------------------------------------------------------

    async def serve(self) -> None:
        """Until the link ends, by whomever."""
        writing = asyncio.create_task(self._write())
        try:
            await self._read()
            await writing
        finally:
            writing.cancel()
            self._server.room.forget(self)
            # A command that is with the core stays there: it is done, or not, whoever waits for the answer.
            for task in (self._joining, *self._late, *self._asking):
                if task is not None:
                    task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writing

    async def _read(self) -> None:
        session = self.session
        try:
            async for message in self._connection:
                self._reading = True
                pause = session.pause(monotonic())
                if pause:
                    await asyncio.sleep(pause / 1000)
                self._receive(message)
                self._reading = False
                if session.over is not None:
                    return
        except ConnectionClosed:
            sent = self._connection.protocol.close_sent
            if session.over is None and sent is not None and sent.code == 1009:
                self._server.record.note("oversize", account=self.account, address=self.visitor.address)
        finally:
            if session.over is None:
                session.cut()
            self._to_write.set()

    def _hear(self, message: str) -> bool:
        """A message straight from the socket, without a task that wakes for it. False: it waits its turn behind others,
        or until this desk may send again."""
        if self._reading or self.session.over is not None or self.session.pause(monotonic()):
            return False
        self._receive(message)
        return True

    def _receive(self, message: str | bytes) -> None:
        event = self.session.receive(message, monotonic())
        if event is not None:
            self._act(event)
        self.push()
        if self.session.over is not None:
            self._to_write.set()

    def _act(self, event: CoreEvent) -> None:
        match event:
            case Asked():
                no = self._server.admit(self, event)
                if no is not None:
                    self.session.over_with(no)
            case Submitted():
                assert self.session.actor is not None
                heard = partial(self._outcome, event)
                self._server.room.engine.hand_in(event.command, self.session.actor, heard, event.id, event.seen)
            case Questioned():
                asking = asyncio.create_task(self._ask(event))
                self._asking.add(asking)
                asking.add_done_callback(self._asking.discard)
            case Joined():
                self._to_join.append(event)
                if self._joining is None or self._joining.done():
                    self._joining = asyncio.create_task(self._bring_up_to_date())
                    self._joining.add_done_callback(self._if_broken)
            case Left():
                self._to_join.clear()
                self._server.room.forget(self)
            case _:
                pass

    def enter(self, account: str) -> None:
        """The server lets it in, for this account."""
        self.account = account
        self._connection.known()

    def abort(self) -> None:
        """Cut the connection, whatever is still to be sent."""
        self._connection.abort()

    def end(self, code: str, **values: object) -> None:
        """Say goodbye; the connection closes when that has been sent."""
        self.session.end(code, **values)
        self._server.room.forget(self)
        self.push()

    def tick(self, now: int, clock: int) -> None:
        """Called some times a second for all members together."""
        self.session.tick(now, clock)
        self.push()
        waiting = self._connection.waiting_bytes()
        since, before = self._progress
        if not waiting or waiting != before:
            self._progress = (now, waiting)
        elif now - since > self._server.settings.stalled_ms:
            self._drop()

    @property
    def busy(self) -> bool:
        """Whether a command of this desk has no answer yet, or an answer is not sent yet."""
        return bool(self._out or (self.session.over is None and self.session.waiting))

    @property
    def queued(self) -> int:
        """Bytes that wait to be sent to this desk."""
        return self._queued + self._connection.waiting_bytes()

    # -- commands --------------------------------------------------------------------------------------------------

    def _outcome(self, asked: Submitted, outcome: Answer | Trouble, rows: Sequence[Row]) -> None:
        """What became of a command of this desk."""
        if self.session.over is not None:
            return
        if isinstance(outcome, Trouble):
            self.session.trouble(asked.n, outcome)
            self.push()
        elif self._joining is not None and not self._joining.done():
            # The desk is being brought up to date: the facts of this answer come on that way, and before it.
            late = asyncio.create_task(self._answer_after(self._joining, asked, outcome, rows))
            self._late.add(late)
            late.add_done_callback(self._late.discard)
        else:
            self._answer(asked, outcome, rows)

    async def _answer_after(
        self, joining: asyncio.Task[None], asked: Submitted, answer: Answer, rows: Sequence[Row]
    ) -> None:
        await asyncio.wait([joining])
        self._answer(asked, answer, rows)

    def _answer(self, asked: Submitted, answer: Answer, rows: Sequence[Row]) -> None:
        session, actor = self.session, self.session.actor
        assert actor is not None
        if answer.entries and answer.entries[0].actor.person != actor.person:
            session.trouble(asked.n, _not_his(answer.command))
        else:
            self._server.room.bring(self)
            written = [sent(entry, row) for entry, row in zip(answer.entries, rows, strict=True)] if rows else None
            session.answer(asked.n, answer, written)
            if answer.refusal is not None:
                self._server.record.note(
                    "refused",
                    account=self.account,
                    desk=actor.desk,
                    duty=actor.duty.value,
                    command=COMMANDS.of[type(asked.command)].text,
                    code=answer.refusal.code,
                )
        self.push()

    async def _ask(self, asked: Questioned) -> None:
        """The past is looked up beside the core; nobody waits for it here."""
        session, past = self.session, self._server.past
        assert session.actor is not None
        try:
            if past is None:
                raise no_past()
            session.told(asked.n, await past.ask(session.actor, self.account, asked.question))
        except Trouble as trouble:
            session.untold(asked.n, trouble)
        self.push()

    # -- facts -----------------------------------------------------------------------------------------------------

    async def _bring_up_to_date(self) -> None:
        while self._to_join:
            wanted = self._to_join.popleft()
            try:
                await self._begin(wanted)
            except Trouble as trouble:
                self.session.trouble(0, trouble)
                self.push()

    def _if_broken(self, task: asyncio.Task[None]) -> None:
        """Whatever went wrong, no desk waits for ever for facts that nobody sends: it comes again."""
        if not task.cancelled() and task.exception() is not None:
            self.end("internal")

    async def _begin(self, wanted: Joined) -> None:
        room, session, mark = self._server.room, self.session, wanted.mark
        if session.actor is None or not may_read(session.actor.duty):
            raise may_not_read(session.actor.duty.value if session.actor else "?")
        why: Literal["asked", "too_far", "other_history"] = "asked"
        if mark is not None:
            same = wanted.store == room.engine.journal.stamp.id and await room.agrees(mark)
            why = "too_far" if same else "other_history"
        if mark is not None and why == "too_far" and room.position - mark.position <= RESUME_AT_MOST:
            room.forget(self)
            session.resume(mark)
        else:
            packed = await room.image()
            # Whoever already follows has heard everything up to the image before it comes.
            room.flush()
            room.forget(self)
            session.begin(packed, room.position, why)
        self.push()
        await self._catch_up()

    async def _catch_up(self) -> None:
        """The facts from where the desk is to where the room is, and from then on live."""
        room, session = self._server.room, self.session
        while session.over is None:
            await self._drained()
            room.flush()
            if session.position >= room.position:
                room.follow(self)
                return
            try:
                missed = await room.missed(session.position)
            except Trouble:
                # The store failed after the desk was told where it stands: it hears the rest when that is mended.
                await asyncio.sleep(RETRY_S)
                continue
            session.facts(missed.first, missed.last, missed.frame)
            self.push()

    def take(self, batch: Batch) -> None:
        position = self.session.position
        if batch.last <= position or not self.session.following:
            return
        part = batch if batch.first == position + 1 else batch.after(position)
        self.session.facts(part.first, part.last, part.frame)

    def missed_something(self) -> None:
        self._drop()

    # -- out -------------------------------------------------------------------------------------------------------

    def push(self) -> None:
        """Hand over to the writer what the session wants to say."""
        out = self.session.take(monotonic())
        if not out:
            return
        if self._may_go_at_once(out) and self._connection.send_now(out):
            return
        self._out += out
        # An image is as large as it is; what counts is what piles up behind it.
        self._queued += sum(len(message.data) for message in out if message.text)
        if self._queued > self._server.settings.backlog:
            self._drop()
        self._to_write.set()

    def _may_go_at_once(self, out: list[Outgoing]) -> bool:
        """Nothing waits before it, it is small, and the link goes on after it."""
        return (
            not self._out
            and self.session.over is None
            and all(message.text for message in out)
            and sum(len(message.data) for message in out) <= TOGETHER_BYTES
        )

    async def _drained(self) -> None:
        """Wait until what was pushed has gone out, so that catching up does not count as being slow."""
        while self._out and self.session.over is None:
            self._went.clear()
            await self._went.wait()

    def _drop(self) -> None:
        """The desk takes in too slowly: it holds nobody up, and resumes when it can."""
        if self.session.over is None:
            self._server.record.note("too_slow", account=self.account, queued=self._queued)
            self._out.clear()
            self.session.end("too_slow")
            self._server.room.forget(self)
            self._out += self.session.take(monotonic())
            self._connection.abort_after(1.0)
        self._to_write.set()

    async def _write(self) -> None:
        """Send what is queued, as fast as the desk takes it in."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                while self._out:
                    together = self._next_together()
                    await self._connection.send_all(together)
                    self._queued -= sum(len(message.data) for message in together if message.text)
                self._went.set()
                if self.session.over is not None:
                    break
                self._to_write.clear()
                if not self._out:
                    await self._to_write.wait()
        over = self.session.over
        code = 1000 if over is None or over.by_peer or over.code == "left" else CLOSE_CODES.get(over.code, 1008)
        await self._connection.close(code)

    def _next_together(self) -> list[Outgoing]:
        """What goes out next, in one piece: small messages together, so that a busy room costs few system calls."""
        together = [self._out.popleft()]
        size = len(together[0].data)
        while self._out and (size := size + len(self._out[0].data)) <= TOGETHER_BYTES:
            together.append(self._out.popleft())
        return together


def _not_his(command_id: str) -> Trouble:
    """The answer to somebody else's command is none of this desk's business."""
    return Trouble(
        "命令编号已被他人用过 / this command id was used by somebody else",
        command_id,
        "换一个编号再发 / send it again under another id",
        exit_code=2,
    )
