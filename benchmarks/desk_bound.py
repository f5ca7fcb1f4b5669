"""The lower bound of ``bench_desk``: the desk's own views, painted by a hand-written diff on the bare terminal.

No Textual, no widgets, no compositor, no queue. It shares the desk's logic and views with the product, so that what is
left between the two is the price of the toolkit. Its diff is its own: nothing of ``station/term`` is used.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import termios
import tty
from codecs import getincrementaldecoder
from collections.abc import Collection

from rich.cells import split_graphemes
from rich.style import Style

from zz110_tui.config.themes import Role
from zz110_tui.station.actions import ACTIONS
from zz110_tui.station.desk import Desk
from zz110_tui.station.entry import press
from zz110_tui.station.frame import TYPING, cursor_column, draw, placed
from zz110_tui.station.room import Room
from zz110_tui.station.setup import set_up
from zz110_tui.station.views.layout import Pane

GATHER_S = 0.03
KEYS = {"\r": "enter", "\x15": "ctrl+u", "\x7f": "backspace", "\t": "tab"}


class Hand:
    """A desk's screen, as ``station.desk.Screen`` wants it."""

    def __init__(self, room: Room) -> None:
        self.desk = Desk(room, set_up(room, tuple(ACTIONS)))
        self.desk.screen = self
        self.desk.size = os.get_terminal_size(1)
        self.loop = asyncio.get_running_loop()
        width, height = self.desk.size
        self.codes = {role: _codes(self.desk.setup.looks[role]) for role in Role}
        self.blank = {role: _ground(self.desk.setup.looks[role]) for role in Role}
        self.cells: list[list[tuple[str, object]]] = [[("", None)] * width for _ in range(height)]
        self.role: Role | None = None
        self.at = (-1, -1)
        self.due = False
        self.done = asyncio.Event()

    def paint(self) -> None:
        if not self.due:
            self.due = True
            self.loop.call_later(GATHER_S, self.paint_now)

    def restyle(self) -> None:
        """The load never changes the theme."""

    def redraw(self) -> None:
        """Nobody asks for it here."""

    def ring(self) -> None:
        """Silent, as the desk beside it."""

    def leave(self) -> None:
        self.done.set()

    def paint_now(self, only: Collection[Pane] = ()) -> None:
        if not only:
            self.due = False
        out: list[str] = []
        for rect, rows in draw(self.desk, only).values():
            for y, row in enumerate(rows, rect.y):
                self._row(rect.x, y, row, out)
        line = placed(self.desk)[Pane.LINE]
        cursor = (cursor_column(self.desk), line.y)
        if out and cursor != self.at:
            out.append(f"\x1b[{cursor[1] + 1};{cursor[0] + 1}H")
            self.at = cursor
        if out:
            os.write(1, "".join(out).encode())

    def _row(self, x: int, y: int, row: tuple[tuple[str, Role], ...], out: list[str]) -> None:
        shown = self.cells[y]
        for text, role in row:
            for start, end, size in split_graphemes(text)[0]:
                letter = text[start:end]
                look = self.blank[role] if letter == " " else role
                if shown[x] != (letter, look):
                    shown[x] = (letter, look)
                    if size == 2:
                        shown[x + 1] = ("", look)
                    self._letter(x, y, letter, size, role, out)
                x += size

    def _letter(self, x: int, y: int, letter: str, size: int, role: Role, out: list[str]) -> None:
        if self.at != (x, y):
            gap = x - self.at[0]
            out.append(f"\x1b[{gap}C" if self.at[1] == y and gap > 0 else f"\x1b[{y + 1};{x + 1}H")
        same = self.role is not None and letter == " " and self.blank[self.role] == self.blank[role]
        if role is not self.role and not same:
            out.append(self._change(role))
            self.role = role
        out.append(letter)
        self.at = (x + size, y) if x + size < len(self.cells[y]) else (-1, -1)

    def _change(self, role: Role) -> str:
        attributes, colour, ground = self.codes[role]
        old = self.codes[self.role] if self.role is not None else (frozenset("x"), "", "")
        if old[0] <= attributes:
            parts = sorted(attributes - old[0])
            parts += [new for new, was in ((colour, old[1]), (ground, old[2])) if new != was]
        else:
            parts = ["0", *sorted(attributes), colour, ground]
        return f"\x1b[{';'.join(part for part in parts if part)}m"


def _codes(style: Style) -> tuple[frozenset[str], str, str]:
    names = {"1": style.bold, "2": style.dim, "3": style.italic, "4": style.underline, "7": style.reverse}
    colour = ";".join(style.color.get_ansi_codes()) if style.color is not None else "39"
    ground = ";".join(style.bgcolor.get_ansi_codes(foreground=False)) if style.bgcolor is not None else "49"
    return frozenset(code for code, on in names.items() if on), colour, ground


def _ground(style: Style) -> object:
    attributes, _, ground = _codes(style)
    return attributes & {"4", "7", "9"}, ground


async def paint_by_hand(room: Room) -> int:
    loop = asyncio.get_running_loop()
    hand = Hand(room)
    before = termios.tcgetattr(0)
    tty.setraw(0)
    os.write(1, b"\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J")
    decode = getincrementaldecoder("utf-8")("replace").decode

    def take() -> None:
        for letter in decode(os.read(0, 4096)):
            press(hand.desk, KEYS.get(letter, letter), letter)
            hand.paint_now(TYPING if letter.isprintable() else ())

    loop.add_reader(0, take)
    loop.add_signal_handler(signal.SIGTERM, hand.done.set)
    work = [asyncio.create_task(hand.desk.follow_forever()), asyncio.create_task(hand.desk.sender.send_forever())]

    def tick() -> None:
        hand.desk.ui.forget_stale(hand.desk.now)
        hand.paint_now()
        loop.call_later((1000 - hand.desk.now % 1000) / 1000 + 0.002, tick)

    tick()
    await hand.done.wait()
    for task in work:
        task.cancel()
    os.write(1, b"\x1b[?1049l\x1b[?25h\x1b[?7h")
    termios.tcsetattr(0, termios.TCSANOW, before)
    sys.stdout.flush()
    return 0
