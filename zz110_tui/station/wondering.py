"""What if, at the desk: a question is handed to whoever simulates, and its page shows how far that is, and the answer.

The desk gives what it sees, its replica's board, and gets values back; it waits for nothing, sends nothing and changes
nothing. One question at a time: a new one, Esc or another page gives up the one before.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from zz110_tui.config.themes import Role
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.whatif import Forecast, Question, situation_of
from zz110_tui.language.parsed import WhatIf
from zz110_tui.language.verbs import verb_names
from zz110_tui.language.whatifwords import better_side, option_line
from zz110_tui.station.ui import Page

if TYPE_CHECKING:
    from zz110_tui.station.desk import Desk

VERB = "what_if"


class Wondering:
    """``asked`` is the question whose page is open, ``at`` the moment (core's clock) it was asked for; ``done`` of its
    runs are finished; ``found`` is the answer, None until it is there."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.asked: WhatIf | None = None
        self.at = 0
        self.done = 0
        self.found: Forecast | None = None
        self._changed = asyncio.Event()
        self._warmed = False

    def ask(self, asked: WhatIf) -> None:
        """Open the page and begin."""
        desk = self._desk
        if desk.room.foreseer is None:
            desk.tell("no_foreseer", Role.ATTENTION)
            return
        self.asked, self.at, self.done, self.found = asked, desk.scene().now, 0, None
        desk.ui.open(Page.WHAT_IF)
        self._changed.set()

    def give_up(self) -> None:
        """Nobody waits for the answer any more."""
        if self.asked is not None:
            self.asked = self.found = None
            self._changed.set()

    def line(self) -> str:
        """What Enter would send: the chosen alternative; empty where there is nothing to do."""
        return "" if self.asked is None else option_line(self.asked.options[self._desk.ui.cursor], self._desk.scene())

    def warm_up(self, text: str) -> None:
        """Somebody begins to type a question: the simulating process is started meanwhile."""
        word = text.split(maxsplit=1)[0] if text.strip() else ""
        verb = verb_names(self._desk.room.aliases).get(word.casefold()) if text.endswith(" ") else None
        if verb is not None and verb.key == VERB and not self._warmed:
            self._warmed = True
            self._changed.set()

    # -- finding out -------------------------------------------------------------------------------------------------

    async def wonder_forever(self) -> None:
        """Beside everything else the desk does; what is given up is cancelled."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            work = asyncio.create_task(self._find_out(), name="zz110-what-if")
            changed = asyncio.create_task(self._changed.wait())
            try:
                await asyncio.wait({work, changed}, return_when=asyncio.FIRST_COMPLETED)
                if not work.done():
                    work.cancel()
                with suppress(asyncio.CancelledError):
                    await work
            finally:
                work.cancel()
                changed.cancel()

    async def _find_out(self) -> None:
        foreseer, asked = self._desk.room.foreseer, self.asked
        if foreseer is None or (asked is not None and self.found is not None):
            return
        try:
            if asked is None:
                if self._warmed:
                    await foreseer.warm_up()
                return
            self.found = await foreseer.ask(self._question(asked), self._heard)
            if self._desk.ui.page is Page.WHAT_IF:
                self._desk.ui.cursor = max(0, better_side(self.found) - 1)
        except Trouble as trouble:
            self.asked = None
            if self._desk.ui.page is Page.WHAT_IF:
                self._desk.ui.open(Page.DESK)
            self._desk.complain(trouble)
        self._desk.paint_now()

    def _question(self, asked: WhatIf) -> Question:
        board = self._desk.board
        return Question(
            situation_of(board, self.at),
            asked.options,
            asked.incident,
            seed=board.position,
            clock=self._desk.room.headline_clock,
        )

    def _heard(self, runs: int) -> None:
        if self._desk.ui.page is not Page.WHAT_IF:
            self.give_up()
        self.done = runs
        self._desk.repaint()
