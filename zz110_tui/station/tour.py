"""The tour at work: which step it is at, whether that is done, and what was done instead.

It watches the desk and does nothing on it but to let the telephone ring: everything else is what the person does,
by the same keys and lines as ever. Where it is, is kept, so that it can be left and taken up again.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from zz110_tui.core.alarms import SubjectKind, of_incident
from zz110_tui.core.cleaning import visible
from zz110_tui.core.facts import Entry, ReportAnswered, ReportReceived
from zz110_tui.core.incidents import ReportStage
from zz110_tui.language.saying import tell
from zz110_tui.station.keynames import key_words
from zz110_tui.station.tourboard import slip
from zz110_tui.station.tourroom import FINISHED, TourRoom
from zz110_tui.station.toursteps import STEPS, Bound, Do, Fact, Press, Shown, Step
from zz110_tui.station.words import say

if TYPE_CHECKING:
    from zz110_tui.station.desk import Desk


_NAMES = [step.name for step in STEPS]


class Tour:
    def __init__(self, desk: Desk, room: TourRoom) -> None:
        self._desk = desk
        self._room = room
        self.at = _NAMES.index(room.begin) if room.begin in _NAMES else (len(STEPS) if room.begin == FINISHED else 0)
        self.instead = ""
        """What was done that is something else, in words; empty where nothing was."""
        self.again = False
        """Whether that took away what the steps after this one stand on, so that it is done again."""
        self._moved = asyncio.Event()
        self._ended_by = ""
        self._stood = False
        """Whether the ground of this step was there a moment ago: only what is taken away leads back."""

    @property
    def step(self) -> Step | None:
        """The step it is at; None when it is over."""
        return STEPS[self.at] if self.at < len(STEPS) else None

    # -- what it says ------------------------------------------------------------------------------------------------

    def instruction(self) -> str:
        """What to do now, in words, with the keys of the keymap that is on."""
        step = self.step
        if step is None:
            return ""
        then = say("tour_then", self._desk.ui.language)
        return then.join(self._words(do) for do in step.do if not self._is_done(do))

    def _is_done(self, do: Do) -> bool:
        """What is so already, because only a part of the step was taken back, is not asked for again."""
        unless = None if isinstance(do, Press) else do.unless
        return unless is not None and unless(self._desk.board, self._desk.room.link.actor.desk)

    def _words(self, do: Do) -> str:
        language, keymap = self._desk.ui.language, self._desk.setup.keymap
        if isinstance(do, Press):
            return say("tour_press", language, name=key_words(do.key, language))
        if isinstance(do, Bound):
            key = next((b.key for b in keymap.bindings if b.line == do.line), "")
            if key:
                return say("tour_press", language, name=key_words(key, language))
            return say("tour_enter", language, line=do.line)
        line = self.filled(do.line.in_(language))
        return say("tour_enter" if do.enter else "tour_type", language, line=line)

    def filled(self, line: str) -> str:
        """A line with the incident and the unit it is about."""
        incident = slip(self._desk.board)
        number = 0 if incident is None else incident.number
        live = [a.unit for a in incident.assignments if not a.over] if incident is not None else []
        last = [a.unit for a in incident.assignments] if incident is not None else []
        return line.format(n=number, u=next(iter(live or reversed(last)), "?"))

    # -- what it watches ---------------------------------------------------------------------------------------------

    async def go(self) -> None:
        """From step to step, for as long as the desk is open."""
        await self._desk.joined()
        while True:
            self._moved.clear()
            await self.begin()
            await self._moved.wait()

    async def begin(self) -> None:
        """The telephone rings, where the step begins with a call that is not there yet."""
        step, desk = self.step, self._desk
        if step is None:
            return
        incident = slip(desk.board)
        if incident is not None and (desk.ui.selected is None or desk.ui.selected.kind is not SubjectKind.INCIDENT):
            desk.ui.selected = of_incident(incident.number)
        waiting = any(report.stage is not ReportStage.ENDED for report in desk.board.reports.values())
        if step.rings is not None and not waiting:
            await self._room.ring(step.rings.in_(desk.ui.language))

    def hear(self, entry: Entry) -> None:
        """Something happened. What this desk did is the step, belongs to it, or is something else."""
        step, desk = self.step, self._desk
        if step is None or entry.actor.desk != desk.room.link.actor.desk or entry.command == self._ended_by:
            # Somebody else's doing, or what goes along with the fact that ended the step before.
            return
        if (isinstance(step.done, Fact) and step.done.is_met(entry.fact)) or self._is_so(step):
            self._ended_by = entry.command
            self._go_on()
        elif not isinstance(entry.fact, (*step.on_the_way, *_UNSAID)):
            self.instead, self.again = visible(tell(entry, desk.scene())), False

    def _holds(self, step: Step) -> bool:
        return step.ground(self._desk.board, self._desk.room.link.actor.desk)

    def _is_so(self, step: Step) -> bool:
        return step.so is not None and step.so(self._desk.board, self._desk.room.link.actor.desk)

    def look(self) -> None:
        """The screen may show what the step asks for; or what it stands on is gone from the board (undone, withdrawn,
        closed): then back to the last step before it that can be done on the board as it is."""
        step = self.step
        if step is None:
            return
        stands = self._holds(step)
        if self._stood and not stands:
            instead, at = self.instead, self.at
            while at and not self._holds(STEPS[at]):
                at -= 1
            self.skip(at - self.at)
            self.instead, self.again = instead, True
        elif isinstance(step.done, Shown) and self._desk.ui.page is step.done.page:
            self._go_on()
        else:
            self._stood = stands

    def skip(self, by: int) -> None:
        """The next step, or the one before, without doing this one."""
        self.at = max(0, min(self.at + by, len(STEPS)))
        self.instead, self.again = "", False
        self._stood = self.step is not None and self._holds(self.step)
        self._room.keep(self.name)
        self._moved.set()

    @property
    def name(self) -> str:
        return FINISHED if self.step is None else self.step.name

    def _go_on(self) -> None:
        self.skip(1)


_UNSAID = (ReportReceived, ReportAnswered)
"""Facts that go along with others and surprise nobody."""
