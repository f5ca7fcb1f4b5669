"""Where the past is asked for: whose duty it is, what is written down about it, and who answers beside the core.

The core's own loop never reads a history. In a desk's own process a thread does it; for a room a process of its own
does, with a low priority, so that no question, however slow, delays an answer to a command.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import msgspec

from zz110_tui.core.desks import Actor
from zz110_tui.core.trouble import Trouble
from zz110_tui.service.access import may_read
from zz110_tui.service.pastreader import PastReader
from zz110_tui.wire.asking import MonthBudgets, Page, Question, said_of
from zz110_tui.wire.shapes import UNREADABLE, write_json

ANSWER_S = 20.0
"""A question that takes longer is given up, and the process that answers with it."""

IDLE_S = 600.0
"""So long after the last question the process is kept."""

MOST_WAITING = 64
"""Questions of the whole room that wait for their turn."""

LINE_BYTES = 64 << 20


class Answerer(Protocol):
    async def answer(self, question: Question) -> Page:
        """Raises Trouble where there is no answer."""
        ...

    async def close(self) -> None: ...


class PastDesk:
    """``note`` writes into the security record."""

    def __init__(self, answerer: Answerer, note: Callable[..., None]) -> None:
        self._answerer = answerer
        self._note = note

    async def ask(self, actor: Actor, account: str, question: Question) -> Page:
        """Raises Trouble where it is not this duty's to ask, or there is no answer."""
        who = {"account": account, "desk": actor.desk, "duty": actor.duty.value}
        if not may_read(actor.duty):
            self._note("refused", **who, command=said_of(question)["what"], code="may_not_read")
            raise may_not_read(actor.duty.value)
        if not isinstance(question, MonthBudgets):
            self._note("read", **who, **said_of(question))
        return await self._answerer.answer(question)

    async def close(self) -> None:
        await self._answerer.close()


def may_not_read(duty: str) -> Trouble:
    return Trouble(
        f"职责“{duty}”不能看警情 / the duty “{duty}” may not read slips",
        "",
        "请用有此职责的席位 / use a desk whose duty it is",
        exit_code=77,
    )


def no_past() -> Trouble:
    return Trouble(
        "这里没有历史可查 / there is no history here",
        "",
        "请在核心所在的机器上查 / ask at the core's machine",
        exit_code=69,
    )


class InThread:
    """Answers in a thread of this process: for a core that has one desk."""

    def __init__(self, reader: PastReader) -> None:
        self._reader = reader
        self._thread = ThreadPoolExecutor(1, "zz110-past")
        self._closed = False

    async def answer(self, question: Question) -> Page:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._reader.answer, question)

    async def close(self) -> None:
        """Twice is once."""
        if not self._closed:
            self._closed = True
            await asyncio.get_running_loop().run_in_executor(self._thread, self._reader.close)
            self._thread.shutdown(wait=False)


class Reply(msgspec.Struct, frozen=True):
    """What the process says, one line for each question: a page, or ``trouble``: title, cause, remedy, exit code."""

    items: tuple[msgspec.Raw, ...] = ()
    next: int = 0
    trouble: tuple[str, str, str, int] | None = None


_reply = msgspec.json.Decoder(Reply).decode
_question: Callable[[bytes], Question] = msgspec.json.Decoder(Question).decode


class InProcess:
    """Answers in a process of its own, which ``command`` starts: it is begun by the first question, and anew after it
    died or was given up. One question at a time; the others wait for their turn."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._asking: set[asyncio.Task[Page]] = set()
        self._idle: asyncio.TimerHandle | None = None

    async def answer(self, question: Question) -> Page:
        if len(self._asking) >= MOST_WAITING:
            raise _given_up("问的人太多 / too many are asking")
        # Whoever does not wait any more leaves his question: its answer must not be taken for that of the next one.
        task = asyncio.create_task(self._exchange(question))
        self._asking.add(task)
        task.add_done_callback(self._done)
        return await asyncio.shield(task)

    def _done(self, task: asyncio.Task[Page]) -> None:
        self._asking.discard(task)
        if not task.cancelled():
            task.exception()

    async def _exchange(self, question: Question) -> Page:
        async with self._turn:
            if self._idle is not None:
                self._idle.cancel()
            try:
                async with asyncio.timeout(ANSWER_S):
                    return _page_of(await self._ask(write_json(question)))
            except (TimeoutError, OSError, ValueError, *UNREADABLE) as fault:
                await self._end()
                raise _given_up(f"{type(fault).__name__} {fault}".strip()) from fault
            except asyncio.CancelledError:
                await self._end()
                raise
            finally:
                self._idle = asyncio.get_running_loop().call_later(IDLE_S, self._let_go)

    async def _ask(self, question: bytes) -> bytes:
        process = self._process
        if process is None or process.returncode is not None:
            pipe, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
            self._process = process = await asyncio.create_subprocess_exec(
                *self._command, stdin=pipe, stdout=pipe, stderr=nothing, limit=LINE_BYTES
            )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(question + b"\n")
        await process.stdin.drain()
        return await process.stdout.readline()

    def _let_go(self) -> None:
        """Nobody has asked for a while: its input ends, and so does it."""
        if self._process is not None and self._process.stdin is not None and not self._asking:
            self._process.stdin.close()
            self._process = None

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def close(self) -> None:
        for task in tuple(self._asking):
            task.cancel()
        await asyncio.gather(*self._asking, return_exceptions=True)
        if self._idle is not None:
            self._idle.cancel()
        await self._end()


def _page_of(line: bytes) -> Page:
    """Raises Trouble where the process says so, ValueError where it said nothing."""
    if not line:
        raise ValueError("it ended")
    reply = _reply(line)
    if reply.trouble is not None:
        title, cause, remedy, code = reply.trouble
        raise Trouble(title, cause, remedy, exit_code=code)
    return Page(tuple(map(bytes, reply.items)), reply.next)


def _given_up(cause: str) -> Trouble:
    return Trouble(
        "历史没有答复 / the history did not answer",
        cause,
        "缩短时段或稍后再问 / ask for a shorter period, or later",
        exit_code=75,
    )


def answer_line(reader: PastReader, line: bytes) -> bytes:
    """What the process answers to one line. A bug ends the process, and the question is one that was given up."""
    try:
        page = reader.answer(_question(line))
        reply = Reply(tuple(map(msgspec.Raw, page.items)), page.next)
    except Trouble as fault:
        reply = Reply(trouble=(fault.title, fault.cause, fault.remedy, fault.exit_code))
    return write_json(reply) + b"\n"


def nothing_noted(event: str, **values: Any) -> None:
    """For a core without a security record."""
    del event, values
