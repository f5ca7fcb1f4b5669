"""Coming back to a core that was lost: one attempt step by step, none of which may hold up the next attempt.

On a dead line nothing ever fails: every step only waits. So each has a limit of its own, and a line that is mended is
tried within 3 s, however long it was dead.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from zz110_tui.client.states import UNREACHED, Step, Trying
from zz110_tui.core.trouble import Trouble

T = TypeVar("T")

FIRST_STEP_S = 2.5
"""What comes first finds out whether anybody is there at all."""

NEXT_STEP_S = 5.0
"""Somebody is: what follows may take longer, on a thin line or with a core that forty desks come back to at once."""

DELAYS_S = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0)
"""From the beginning of one attempt to the next, the last one over and over; an attempt that takes longer is followed
by the next after the first of them."""


@dataclass(slots=True)
class Attempt:
    """``number`` 0 is the first time: a person waits for it and may break it off, and it has no limits of ours."""

    number: int
    tell: Callable[[Trying], None]
    _begun: bool = False

    async def step(self, step: Step, work: Awaitable[T]) -> T:
        """Raises Trouble where it fails, or takes too long."""
        limit = None if not self.number else NEXT_STEP_S if self._begun else FIRST_STEP_S
        self._begun = True
        self.tell(Trying(self.number, step))
        try:
            async with asyncio.timeout(limit):
                return await work
        except TimeoutError as fault:
            raise Trouble(
                "核心没有应答 / the core does not answer",
                f"{step}: {limit} s",
                "会继续重连 / it is tried again",
                UNREACHED,
            ) from fault


async def pause(number: int, lasted: float) -> None:
    """Before attempt ``number`` (from 1 on), after one that lasted so many seconds."""
    delay = DELAYS_S[min(number, len(DELAYS_S)) - 1] * random.uniform(0.75, 1.25)
    await asyncio.sleep(max(DELAYS_S[0], delay - lasted))
