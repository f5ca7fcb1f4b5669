"""The one thread that writes the store. A hand-over costs half of what an executor's does, and every command waits for
two of them."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")

Then = Callable[[Any, BaseException | None], None]
_Work = tuple[Callable[..., Any], tuple[object, ...], Then, asyncio.AbstractEventLoop]


class StoreThread:
    """Does one thing after another, in the order in which they were given. Started by the first."""

    def __init__(self, begin: Callable[[], None] | None = None) -> None:
        """``begin`` is called first in the thread (its priority)."""
        self._begin = begin
        self._work: SimpleQueue[_Work | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def do(self, then: Then, work: Callable[..., Any], *values: object) -> None:
        """Have ``work`` done; ``then`` is called on the running loop with what it gave, or with what it raised."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="zz110-writer", daemon=True)
            self._thread.start()
        self._work.put((work, values, then, asyncio.get_running_loop()))

    async def ask(self, work: Callable[..., T], *values: object) -> T:
        """Have ``work`` done, and wait for what it gives."""
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()

        def then(given: Any, fault: BaseException | None) -> None:
            if answer.done():
                return
            if fault is None:
                answer.set_result(given)
            else:
                answer.set_exception(fault)

        self.do(then, work, *values)
        return await answer

    def stop(self) -> None:
        """Wait until everything is done that was given."""
        if self._thread is not None:
            self._work.put(None)
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        if self._begin is not None:
            self._begin()
        while (one := self._work.get()) is not None:
            work, values, then, loop = one
            given: Any = None
            fault: BaseException | None = None
            try:
                given = work(*values)
            except BaseException as raised:  # noqa: BLE001 (handed on, not swallowed)
                fault = raised
            # A loop that is closed waits for nothing any more.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(then, given, fault)
            del one, work, values, then, given, fault
