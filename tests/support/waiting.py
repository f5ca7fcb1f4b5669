"""Waiting for what must happen soon, without sleeping longer than it takes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

PATIENCE_S = 60.0
"""Longer than anything takes on a slow machine that is busy with something else; only a failure waits for so long."""


async def until(holds: Callable[[], bool]) -> None:
    """Raises TimeoutError when it does not come true."""
    async with asyncio.timeout(PATIENCE_S):
        while not holds():  # noqa: ASYNC110 - what is waited for has no event of its own
            await asyncio.sleep(0.002)
