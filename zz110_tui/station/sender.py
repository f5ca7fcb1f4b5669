"""How lines leave a desk: read and sent one after the other, each against the board that the one before it made."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from zz110_tui.client.outbox import Unsent
from zz110_tui.client.states import NotSent, Unanswered
from zz110_tui.config.themes import Role
from zz110_tui.core.alarms import of_incident, of_report
from zz110_tui.core.answers import Answer
from zz110_tui.core.cleaning import visible
from zz110_tui.core.commands import Command
from zz110_tui.core.commands_seats import LockDesk
from zz110_tui.core.facts import IncidentOpened, ReportAnswered, ReportEnded
from zz110_tui.core.facts_matters import NoticeLookedAt
from zz110_tui.core.facts_seats import DataUnmasked, DeskHandedOver
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.parse import parse
from zz110_tui.language.refusing import refusal_words
from zz110_tui.language.saying import say_answer
from zz110_tui.station.nextsteps import what_next
from zz110_tui.station.ui import Page
from zz110_tui.station.words import say

if TYPE_CHECKING:
    from zz110_tui.station.desk import Desk


UNMASKED_MS = 60_000
"""How long a caller's data can be seen after the reason was given."""


class Sender:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lines: asyncio.Queue[str | Unsent] = asyncio.Queue()

    def queue(self, line: str) -> None:
        """Put a line on its way; lines are read and sent one after the other, each against what the last one made."""
        self._queue(line)

    def queue_unsent(self, item: Unsent) -> None:
        """Put a line of the outbox on its way: somebody pressed the key for it."""
        self._queue(item)

    def _queue(self, line: str | Unsent) -> None:
        ui = self._desk.ui
        if not ui.sending:
            ui.sending_since = self._desk.now
        ui.sending += 1
        self._lines.put_nowait(line)

    async def send_forever(self) -> None:
        desk = self._desk
        while True:
            line = await self._lines.get()
            if isinstance(line, Unsent):
                await desk.outgoing.send(line)
                desk.ui.sending -= 1
            else:
                done = await self._send(line)
                desk.ui.sending -= 1
                if not done:
                    self._drop_waiting(line)
            desk.paint_now()

    async def _send(self, line: str) -> bool:
        """Whether the line was done, or is kept in the outbox. One that was not comes back to the command line."""
        desk = self._desk
        parsed = parse(line, desk.scene())
        if not parsed.ready or parsed.command is None:
            desk.say(parsed.preview, Role.DANGER, parsed.hint)
            return False
        if isinstance(parsed.command, LockDesk):
            desk.cover.lock()
            return True
        answer = await self._submit(line, parsed.command)
        if isinstance(answer, bool):
            return answer
        if answer.refusal is not None:
            self._refused(answer.refusal)
            return False
        await self.done(answer, line)
        return True

    async def done(self, answer: Answer, line: str) -> None:
        """A line was accepted: see what it made, and say it."""
        desk = self._desk
        await desk.take_in(answer)
        self._follow_selection(answer)
        desk.editor.remember(line)
        await self._of_the_seat(answer)
        desk.say(say_answer(answer, desk.scene()), more=what_next(desk, answer))

    async def _of_the_seat(self, answer: Answer) -> None:
        """Somebody else sits here now, or may see a caller's data for a moment: at this desk, and nowhere else."""
        desk = self._desk
        for entry in answer.entries:
            match entry.fact:
                case DeskHandedOver(arriving=person) if person:
                    await self._seat(person)
                case DataUnmasked(report=number, incident=incident):
                    until = desk.now + UNMASKED_MS
                    desk.ui.unmasked |= {caller.report: (until, caller) for caller in answer.told}
                    desk.ui.selected = of_incident(incident) if incident else of_report(number)
                    desk.ui.open(Page.DETAIL)
                case _:
                    pass

    async def _seat(self, person: str) -> None:
        link = self._desk.room.link
        self._desk.cover.forget_pin()
        with suppress(Trouble):
            await link.change_person(person)
        if link.actor.person != person:
            self._desk.cover.hand_over(person)

    async def _submit(self, line: str, command: Command) -> Answer | bool:
        """The answer; without one, whether the line is kept in the outbox."""
        desk = self._desk
        flight = ""
        try:
            return await desk.room.link.submit(command, seen=desk.board.position)
        except Unanswered as lost:
            trouble: Trouble = lost
            flight = lost.command_id
        except NotSent as away:
            trouble = away
        except Trouble as fault:
            desk.complain(fault)
            self._kept_on_the_line()
            return False
        if desk.room.outbox is None:
            desk.complain(trouble)
        elif desk.outgoing.keep(line, command, flight):
            return True
        self._kept_on_the_line()
        return False

    def _kept_on_the_line(self) -> None:
        desk = self._desk
        more = f"{say('not_sent', desk.ui.language)}  {desk.ui.said.more}".rstrip()
        desk.ui.said = replace(desk.ui.said, more=more)

    def _refused(self, refusal: Refusal) -> None:
        """An expected "no": the sentence, and what to do instead."""
        why, instead = refusal_words(refusal, self._desk.scene())
        self._desk.say(visible(why), Role.DANGER, visible(instead))

    def _drop_waiting(self, line: str) -> None:
        """After a line that was not done the ones typed ahead are not sent: they may have meant something else. The
        line comes back to be mended, unless somebody is typing already; then it is in the history."""
        desk = self._desk
        while not self._lines.empty():
            waiting = self._lines.get_nowait()
            desk.editor.remember(waiting if isinstance(waiting, str) else waiting.line)
            desk.ui.sending -= 1
        if not desk.editor.text:
            desk.editor.set(line)
        else:
            desk.editor.remember(line)

    def _follow_selection(self, answer: Answer) -> None:
        """A slip just opened, or a call just answered, is what the next line will be about."""
        ui = self._desk.ui
        for entry in answer.entries:
            match entry.fact:
                case NoticeLookedAt(notice=notice):
                    self._desk.ui.selected = notice
                    self._desk.ui.open(Page.DETAIL)
                case IncidentOpened(incident=number):
                    ui.selected = of_incident(number)
                case ReportAnswered(report=number):
                    ui.selected = of_report(number)
                case ReportEnded(report=number, incident=incident) if incident:
                    if ui.selected == of_report(number):
                        ui.selected = of_incident(incident)
                case _:
                    pass
