"""When garbage is looked for: while nobody types.

What a desk and its core keep are values without circles, which go as soon as nobody holds them. Circles are few (tasks,
exceptions, the lines that Textual has drawn); but to find them everything alive is looked at: a tenth of a second at a
full desk, in which no key is heard, and left to itself Python does it in the middle of typing.
"""

from __future__ import annotations

import gc

YOUNG, MIDDLE, NEVER = 5_000, 20, 1_000_000_000
"""Thresholds of the three generations: the young are looked at seldom, for a millisecond; the old not by themselves."""
QUIET_MS = 2_000
"""So long after the last key somebody is taken to be reading."""
EVERY_MS = 10_000
LONGEST_MS = 60_000
"""Where the keys never rest, it is done all the same: for a tenth of a second, once a minute."""


class Sweeper:
    """Nothing happens before :meth:`begin`, nor where collection was on by then (tests): others see to it there."""

    def __init__(self) -> None:
        self._on = False
        self._swept_at = 0

    def begin(self, now: int) -> None:
        """The first screen is painted: what is there stays to the end, no collection needs to look at it again."""
        if gc.isenabled():
            return
        self._on, self._swept_at = True, now
        gc.freeze()
        gc.set_threshold(YOUNG, MIDDLE, NEVER)
        gc.enable()

    def tick(self, now: int, untouched_ms: int) -> bool:
        """Whether it was swept: in a quiet moment, now and then. What outlives it is not frozen: lines that are drawn
        now are garbage in a minute, and what is frozen is never found."""
        since = now - self._swept_at
        wanted = (since >= EVERY_MS and untouched_ms >= QUIET_MS) or since >= LONGEST_MS
        if not self._on or not wanted:
            return False
        self._swept_at = now
        gc.collect()
        return True
