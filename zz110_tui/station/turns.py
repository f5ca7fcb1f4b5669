"""Painting the whole screen a few panes at a time, so that a key never waits for more than one of them.

What is drawn that way is shown at once, when the last pane is there: nobody sees half of a change. What the line shows
is drawn with the last turn, because a key that came in between has already changed it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from zz110_tui.station.desk import Desk
from zz110_tui.station.frame import TYPING, Drawn, draw, placed
from zz110_tui.station.views.layout import Pane

TURNS: tuple[tuple[Pane, ...], ...] = (
    (Pane.LIST,),
    (Pane.TOP, Pane.BANNER, Pane.ALARMS),
    (Pane.MAP,),
    (Pane.UNITS, Pane.KEYS),
    (Pane.DETAIL,),
    (Pane.PAGE,),
)
"""What is drawn without a pause. All panes but those of the line, what needs a hand first."""
MOST_PASSES = 16
"""A key passes some queues from the terminal to the desk. The next turn waits for it, but no longer than so many passes
of the loop: it may be one that nobody takes."""


class Turns:
    """``show`` puts a drawn screen on the terminal."""

    def __init__(self, desk: Desk, show: Callable[[Drawn], None]) -> None:
        self._desk = desk
        self._show = show
        self._number = 0
        self._running = self._again = False
        self._key_comes = False
        self.took_s = 0.0
        """How long the last whole paint took, all turns together."""

    def key_read(self) -> None:
        """A key was read from the terminal and is on its way (any thread)."""
        self._key_comes = True

    def key_taken(self) -> None:
        self._key_comes = False

    def whole(self, took_s: float) -> None:
        """The whole screen was painted at once: what is being drawn in turns is older than that."""
        self._number += 1
        self.took_s = took_s

    async def paint(self) -> None:
        """Paint in turns; asked again meanwhile, once more afterwards."""
        self._again = True
        if self._running:
            return
        self._running = True
        try:
            while self._again:
                self._again = False
                await self._paint()
        finally:
            self._running = False

    async def _paint(self) -> None:
        number, took = self._number, 0.0
        drawn: Drawn = {}
        for panes in TURNS:
            began = time.perf_counter()
            drawn |= draw(self._desk, panes)
            took += time.perf_counter() - began
            await self._let_keys_in()
            if number != self._number:
                return
        began = time.perf_counter()
        drawn |= draw(self._desk, TYPING)
        if {pane: rect for pane, (rect, _) in drawn.items()} != placed(self._desk):
            # Something came up that moved the panes while they were drawn.
            drawn = draw(self._desk)
        self._show(drawn)
        self.took_s = took + time.perf_counter() - began

    async def _let_keys_in(self) -> None:
        await asyncio.sleep(0)
        for _ in range(MOST_PASSES):
            if not self._key_comes:
                return
            await asyncio.sleep(0)
        self._key_comes = False
