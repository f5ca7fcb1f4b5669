"""When an app in a test has nothing left to do: known, not guessed from how busy the process looks.

Textual's pilot sleeps for 20 ms after each key, twice, and takes the process for idle when it had little of the
processor meanwhile. On a busy machine that is so while work is still to be done; on an idle one two thirds of a test
are these sleeps. Here the loop itself is asked whether anything is ready to run, and the threads whether they are done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import textual.app
import textual.pilot

LONGEST_S = 5.0
TURNS = 4
"""How many turns of the loop in a row have to find nothing: what one hands to the next comes a turn later."""


class Counted(ThreadPoolExecutor):
    """Threads that say whether anything was given to them that is not done."""

    def __init__(self) -> None:
        super().__init__(8, thread_name_prefix="counted")
        self.busy: set[Future[Any]] = set()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future = super().submit(fn, *args, **kwargs)
        self.busy.add(future)
        future.add_done_callback(self.busy.discard)
        return future


async def quiet(min_sleep: float = 0.0, max_sleep: float = LONGEST_S) -> None:
    """Until nothing is ready to run. What never ends (a thread that waits for the test) is waited for that long."""
    loop: Any = asyncio.get_running_loop()
    if not isinstance(loop._default_executor, Counted):
        loop.set_default_executor(Counted())
    threads: Counted = loop._default_executor
    end = loop.time() + max_sleep
    still = 0
    while still < TURNS and loop.time() < end:
        await asyncio.sleep(0.001 if threads.busy else 0)
        still = 0 if loop._ready or threads.busy else still + 1


def be_quiet() -> None:
    """The pilot waits this way from now on."""
    for module in (textual.app, textual.pilot):
        setattr(module, "wait_for_idle", quiet)  # noqa: B010 (a name of another package)
