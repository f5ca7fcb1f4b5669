"""Keeps a paced drill in step with the clock on the wall."""

from __future__ import annotations

import asyncio
import time

from zz110_tui.service.clock import ManualClock

SLICE_S = 0.2
"""How long a paced drill sleeps at most before it looks round."""


class Pace:
    """Keeps a drill in step with the clock on the wall, ``speed`` times as fast."""

    def __init__(self, clock: ManualClock, speed: float) -> None:
        self._clock = clock
        self._speed = speed
        self._began = time.monotonic()
        self._start = clock.now()

    async def reached(self, at: int) -> bool:
        """Whether it is that time already; if not, sleeps a little, so that what a person does meanwhile is heard."""
        now = self._start + int((time.monotonic() - self._began) * 1000 * self._speed)
        if now >= at:
            return True
        self._clock.set(max(now, self._clock.now()))
        await asyncio.sleep(min(SLICE_S, (at - now) / 1000 / self._speed))
        return False
