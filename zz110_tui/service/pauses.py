"""Fewer pauses of the interpreter, for a process in which a whole room waits for one loop.

Python looks for garbage among everything that lives whenever a quarter more lives than the last time: a busy room would
stand still for 40 ms, again and again, to find nothing, for what is thrown away here hardly ever hangs in a circle. And
the thread that comes back from the disk waits up to 5 ms for Python's lock while the loop computes.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import sys
from collections.abc import AsyncIterator

from zz110_tui.service.engine import Engine

SWITCH_S = 0.0005
"""How long a thread that has something to do waits at most for one that computes (Python's own: 5 ms)."""

YOUNG = 5_000
"""New objects among which garbage is looked for at once: a millisecond's work. What stays is looked at in quiet."""

AT_LAST = 1_000
"""And if there never is quiet, after so many times :data:`YOUNG`."""

LOOK_S = 1.0


@contextlib.asynccontextmanager
async def few_pauses(engine: Engine) -> AsyncIterator[None]:
    """While this core serves. What lives already, lives as long as the process."""
    before = gc.get_threshold(), sys.getswitchinterval()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, AT_LAST, 1)
    sys.setswitchinterval(SWITCH_S)
    collecting = asyncio.create_task(_collect_in_quiet(engine))
    try:
        yield
    finally:
        collecting.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await collecting
        gc.set_threshold(*before[0])
        sys.setswitchinterval(before[1])
        gc.unfreeze()


async def _collect_in_quiet(engine: Engine) -> None:
    """All garbage, in a second in which nothing was entered, where there may be some."""
    position = engine.board.position
    while True:
        await asyncio.sleep(LOOK_S)
        before, position = position, engine.board.position
        if position == before and not engine.inbox and gc.get_count()[1]:
            gc.collect()
