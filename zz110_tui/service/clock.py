"""Time as the core sees it: an argument, so that a drill can run a month in seconds."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    def now(self) -> int:
        """UTC milliseconds."""
        ...


class SystemClock:
    """The machine's clock, never running backwards within one process."""

    def __init__(self) -> None:
        self._last = 0

    def now(self) -> int:
        self._last = max(self._last, time.time_ns() // 1_000_000)
        return self._last


class ManualClock:
    """A clock that stands until it is set: for drills and tests."""

    def __init__(self, at: int = 0) -> None:
        self._at = at

    def now(self) -> int:
        return self._at

    def set(self, at: int) -> None:
        """Move to a time (UTC ms). Raises ValueError for a step backwards."""
        if at < self._at:
            raise ValueError(f"the clock cannot go back from {self._at} to {at}")
        self._at = at
