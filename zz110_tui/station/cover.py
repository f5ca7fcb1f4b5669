"""The lock of a desk (锁屏): the screen is covered at once, alarms still sound, and a PIN kept here uncovers it.

Whether the desk is locked is a fact of the room; :meth:`Cover.agree_forever` makes the room and the screen agree. What
proves the person is in docs/adr/0041: the PIN he set at this seat, or logging in anew.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import os
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING

from zz110_tui.core.commands import Command
from zz110_tui.core.commands_seats import LockDesk, UnlockDesk
from zz110_tui.core.facts import Entry
from zz110_tui.core.facts_seats import DeskFreed, DeskLocked, DeskUnlocked
from zz110_tui.core.trouble import Trouble

if TYPE_CHECKING:
    from zz110_tui.station.desk import Desk

LEAST_PIN, MOST_PIN = 4, 32
TRIES = 5
WAIT_MS = 30_000
"""After so many wrong PINs in a row, each further one costs this."""


class Step(StrEnum):
    """What the covered screen waits for."""

    OPEN = "open"
    SET = "set"
    AGAIN = "again"
    LOCKED = "locked"
    HANDED = "handed"
    """Somebody else has this seat now, and has to log in with an account of his own."""


class Cover:
    """``typed`` is what was typed so far and never drawn; ``said`` the key of what was last said."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.step = Step.OPEN
        self.since = 0
        self.typed = ""
        self.said = ""
        self.to = ""
        self.wait_until = 0
        self._first = ""
        self._salt = b""
        self._pin = b""
        self._wrong = 0
        self._touched = 0
        self._changed = asyncio.Event()

    @property
    def on(self) -> bool:
        return self.step is not Step.OPEN

    @property
    def has_pin(self) -> bool:
        return bool(self._pin)

    # -- covering and uncovering -----------------------------------------------------------------------------------

    def lock(self, *, by_hand: bool = True) -> None:
        """Cover the desk now. Its person is asked for a PIN if he has none yet; nobody is there to be asked later."""
        if self.on:
            return
        self.since = self._desk.now
        self._cover(Step.SET if by_hand and not self.has_pin else Step.LOCKED)

    def hand_over(self, to: str) -> None:
        """The seat is somebody else's, whom the core knows only by his own account."""
        self.since, self.to = self._desk.now, to
        self._cover(Step.HANDED)

    def forget_pin(self) -> None:
        """It was the PIN of somebody who does not sit here any more."""
        self._pin = self._salt = b""

    def _cover(self, step: Step) -> None:
        self.step = step
        self.typed = self._first = self.said = ""
        self._desk.ui.choosing = False
        self._changed.set()

    def _open(self) -> None:
        self._touched = self._desk.now
        self._wrong = self.wait_until = 0
        self._cover(Step.OPEN)

    # -- keys ------------------------------------------------------------------------------------------------------

    def touch(self) -> None:
        """A key was pressed: somebody is there."""
        self._touched = self._desk.now

    @property
    def untouched_ms(self) -> int:
        """How long ago the last key was."""
        return self._desk.now - self._touched

    def idle(self) -> None:
        """Lock by itself after so long without a key, where the settings say so."""
        after = self._desk.room.lock_after * 1000
        if not self._touched:
            self.touch()
        elif after and not self.on and self._desk.now - self._touched >= after:
            self.lock(by_hand=False)

    def press(self, key: str, character: str | None) -> None:
        """A key while the desk is covered: of the PIN, or Ctrl+Q, which leaves."""
        if key == "ctrl+q":
            if self._desk.screen is not None:
                self._desk.screen.leave()
        elif key == "escape":
            self._escape()
        elif key == "enter":
            self._enter()
        elif key == "backspace":
            self.typed = self.typed[:-1]
        elif character is not None and character.isprintable() and len(self.typed) < MOST_PIN:
            self.typed += character
            self.said = ""

    def _escape(self) -> None:
        """Before there is a PIN its person is still there, and may think better of it."""
        if self.step in (Step.SET, Step.AGAIN):
            self._open()
        self.typed = ""

    def _enter(self) -> None:
        typed, self.typed = self.typed, ""
        match self.step:
            case Step.SET if len(typed) < LEAST_PIN:
                self.said = "pin_short"
            case Step.SET:
                self._first, self.step, self.said = typed, Step.AGAIN, ""
            case Step.AGAIN if typed != self._first:
                self._first, self.step, self.said = "", Step.SET, "pin_differs"
            case Step.AGAIN:
                self._salt = os.urandom(16)
                self._pin = _made(typed, self._salt)
                self._cover(Step.LOCKED)
            case Step.LOCKED if typed:
                self._try(typed)
            case _:
                pass

    def _try(self, typed: str) -> None:
        now = self._desk.now
        if not self.has_pin:
            self.said = "pin_none"
        elif now < self.wait_until:
            self.said = "pin_wait"
        elif hmac.compare_digest(_made(typed, self._salt), self._pin):
            self._open()
        else:
            self._wrong += 1
            self.said = "pin_wrong"
            if self._wrong >= TRIES:
                self.wait_until = now + WAIT_MS
                self.said = "pin_wait"

    # -- the room --------------------------------------------------------------------------------------------------

    def hear(self, entry: Entry) -> None:
        """Somebody locked, unlocked or freed this desk elsewhere: by a script, or a supervisor."""
        desk = self._desk
        me = desk.room.link.actor
        fact = entry.fact
        if not isinstance(fact, DeskLocked | DeskUnlocked | DeskFreed) or fact.desk != me.desk:
            return
        if isinstance(fact, DeskFreed):
            if desk.screen is not None:
                desk.screen.leave()
        elif entry.actor.channel != me.channel:
            if isinstance(fact, DeskLocked):
                self.lock(by_hand=False)
            elif self.step is Step.LOCKED:
                self._open()

    def look(self) -> None:
        """The core is there (again): see whether it agrees."""
        self._changed.set()

    async def agree_forever(self) -> None:
        """Tell the room what the screen is. A desk that its person opened anew is unlocked: he has just logged in."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            command = self._wanted()
            if command is not None:
                # What cannot be told now is told when the core is back; the screen is covered meanwhile all the same.
                with suppress(Trouble):
                    await self._desk.room.link.submit(command)

    def _wanted(self) -> Command | None:
        link = self._desk.room.link
        seat = self._desk.board.desks.get(link.actor.desk)
        if seat is None or not link.state.connected or self.step is Step.HANDED:
            return None
        if self.step is Step.LOCKED and not seat.locked_at:
            return LockDesk()
        if self.step is Step.OPEN and seat.locked_at and seat.person == link.actor.person:
            return UnlockDesk()
        return None


def _made(pin: str, salt: bytes) -> bytes:
    """16 MB and some tens of milliseconds for each guess."""
    return hashlib.scrypt(pin.encode(), salt=salt, n=1 << 14, r=8, p=1)
