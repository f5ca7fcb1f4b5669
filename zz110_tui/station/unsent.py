"""The lines of a desk that could not be sent: kept on its disk, shown, and sent again only by a key for each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zz110_tui.client.outbox import Unsent, fresh, send, settle
from zz110_tui.client.states import NotSent, Unanswered
from zz110_tui.config.themes import Role
from zz110_tui.core.cleaning import visible
from zz110_tui.core.commands import Command
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.offering import Offer, changes_since, offer
from zz110_tui.language.refusing import refusal_words
from zz110_tui.language.saying import say_answer
from zz110_tui.station.ui import Page
from zz110_tui.station.words import say

if TYPE_CHECKING:
    from zz110_tui.station.desk import Desk


class Outgoing:
    """``items`` are what is in the outbox, as this desk last saw it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.items: tuple[Unsent, ...] = ()

    @property
    def current(self) -> Unsent | None:
        at = self._desk.ui.cursor
        return self.items[at] if 0 <= at < len(self.items) else None

    def load(self) -> None:
        """What an earlier run of this desk left. A fault is said; the desk works without it."""
        box = self._desk.room.outbox
        if box is not None:
            try:
                self.items = box.items()
            except Trouble as trouble:
                self._desk.complain(trouble)

    def keep(self, line: str, command: Command, flight: str = "") -> bool:
        """Keep a line that was not sent, or (``flight``) that has no answer; whether it is on the disk."""
        desk = self._desk
        box = desk.room.outbox
        if box is None:
            return False
        item = fresh(line, desk.now, desk.room.link.actor.person, desk.room.link.store, desk.board.position, command)
        try:
            self.items = box.keep(replace(item, flight=flight))
        except Trouble as trouble:
            desk.complain(trouble)
            return False
        key = "kept_flying" if flight else "kept"
        desk.say(say(key, desk.ui.language, n=len(self.items)), Role.ATTENTION, visible(line))
        if flight and desk.room.link.state.connected:
            # The link was back before the line was written down.
            desk.sender.queue_unsent(self.items[-1])
        return True

    # -- what the page shows ---------------------------------------------------------------------------------------

    def offer(self, item: Unsent) -> Offer:
        """What the line would do now, or why it cannot be sent."""
        desk = self._desk
        language = desk.ui.language
        if item.flight:
            return Offer(None, say("flying", language), say("flying_hint", language))
        if item.store and item.store != desk.room.link.store:
            return Offer(None, say("other_store", language), say("other_store_hint", language))
        return offer(item.command, item.line, item.at, desk.scene())

    def changes(self, item: Unsent) -> tuple[str, ...]:
        scene = self._desk.scene()
        return changes_since(item.command or self.offer(item).command, item.position, scene)

    # -- what the keys do ------------------------------------------------------------------------------------------

    def open(self, do: str) -> bool:
        """The action ``:outbox``: open the page, or send, edit or drop the chosen line."""
        ui = self._desk.ui
        if not do:
            ui.open(Page.DESK if ui.page is Page.OUTBOX else Page.OUTBOX)
            return True
        item = self.current if ui.page is Page.OUTBOX else None
        if item is None:
            self._desk.tell("choose_unsent", Role.ATTENTION)
            return False
        return {"send": self._send, "edit": self._edit, "drop": self._drop}[do](item)

    def _send(self, item: Unsent) -> bool:
        desk = self._desk
        if not desk.room.link.state.connected:
            desk.tell("still_lost", Role.ATTENTION)
            return False
        made = self.offer(item)
        if made.command is None and not item.flight:
            desk.say(made.words, Role.DANGER, made.hint)
            return False
        desk.sender.queue_unsent(item)
        return True

    def _edit(self, item: Unsent) -> bool:
        """The line comes back to the command line; what is sent then is a new one."""
        if item.flight:
            self._desk.tell("flying", Role.ATTENTION)
            return False
        if self._gone(item, "edited"):
            self._desk.editor.remember(self._desk.editor.text)
            self._desk.editor.set(item.line)
            self._desk.ui.open(Page.DESK)
        return True

    def _drop(self, item: Unsent) -> bool:
        if self._gone(item, "dropped"):
            self._desk.editor.remember(item.line)
            self._desk.say(say("dropped", self._desk.ui.language, line=visible(item.line)), Role.TEXT)
        return True

    def _gone(self, item: Unsent, how: str) -> bool:
        box = self._desk.room.outbox
        try:
            if box is not None:
                box.drop(item, how)
        except Trouble as trouble:
            self._desk.complain(trouble)
            return False
        self._look()
        return True

    # -- on the way ------------------------------------------------------------------------------------------------

    async def send(self, item: Unsent) -> None:
        """Send one line, because a person pressed the key for it."""
        desk, box = self._desk, self._desk.room.outbox
        if item not in self.items or box is None:
            return
        if item.flight:
            await self._settle(item)
            return
        made = self.offer(item)
        if made.command is None:
            desk.say(made.words, Role.DANGER, made.hint)
            return
        try:
            answer = await send(box, desk.room.link, item, made.command, desk.board.position)
        except Unanswered:
            desk.tell("kept_flying", Role.ATTENTION, n=len(self.items))
        except NotSent:
            desk.tell("still_lost", Role.ATTENTION)
        except Trouble as trouble:
            desk.complain(trouble)
        else:
            if answer.refusal is not None:
                why, instead = refusal_words(answer.refusal, desk.scene())
                desk.say(visible(why), Role.DANGER, visible(instead))
            else:
                await desk.sender.done(answer, item.line)
        self._look()

    async def settle_all(self) -> None:
        """The core is back: find out what became of the lines that were on their way."""
        for item in self.items:
            if item.flight:
                await self._settle(item)

    async def _settle(self, item: Unsent) -> None:
        desk, box = self._desk, self._desk.room.outbox
        if box is None:
            return
        try:
            answer = await settle(box, desk.room.link, item)
        except (NotSent, Unanswered):
            return
        except Trouble as trouble:
            desk.complain(trouble)
            return
        if answer is None:
            desk.say(say("was_not_done", desk.ui.language, line=visible(item.line)), Role.ATTENTION)
        else:
            await desk.take_in(answer)
            words = say_answer(answer, desk.scene())
            desk.say(say("was_done", desk.ui.language, line=visible(item.line)), Role.TEXT, words)
        self._look()

    def _look(self) -> None:
        """What is in the outbox now; with nothing left its page is closed."""
        self.load()
        ui = self._desk.ui
        ui.cursor = max(0, min(ui.cursor, len(self.items) - 1)) if ui.page is Page.OUTBOX else ui.cursor
        if not self.items and ui.page is Page.OUTBOX:
            ui.open(Page.DESK)
