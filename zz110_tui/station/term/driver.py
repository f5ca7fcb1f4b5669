"""The driver of Textual, mended where a control room needs it (docs/terminals.md says for each trap what is done).

A byte that is no text is replaced instead of ending the desk; signals leave the terminal as it was; when the terminal
is gone the desk ends instead of spinning; nothing suspends it or shells out of it; no query is sent that an old
terminal answers with letters on the screen. It leans on private parts of Textual 8.2.8, which is pinned.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import termios
import threading
import tty
from codecs import getincrementaldecoder
from typing import Any, Protocol, cast

from textual import events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from zz110_tui.station.glyphs import Tier
from zz110_tui.station.term import widths
from zz110_tui.station.term.incoming import Answer, Incoming
from zz110_tui.station.term.outlet import FENCE, Outlet
from zz110_tui.station.term.terminal import Terminal

READ_BYTES = 4096
POLL_S = 0.1
HELD_S = 0.03
"""How long the beginning of a key's sequence waits for the rest of it."""
ENDED_BY = 128
"""A process ended by a signal says so with this plus the signal's number."""

# Alternate screen, no cursor, no automatic line break, pastes in brackets.
_BEGIN = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h"
# What callers said must not stay on a terminal without an alternate screen: clear before leaving it.
_END = "\x1b[?2004l\x1b[?7h\x1b[m\x1b[2J\x1b[H\x1b[?1049l\x1b[?25h"


class Owner(Protocol):
    """What the driver asks of the app."""

    terminal: Terminal

    def on_outlet(self, outlet: Outlet | None) -> None:
        """Frames go there from now on; None: nowhere."""

    def on_key_read(self) -> None:
        """A key or a paste was read and is on its way; called in the reader's thread."""

    def on_taken(self) -> None:
        """The terminal took the last frame."""

    def on_widths(self, tier: Tier) -> None:
        """The terminal said how wide its signs are."""

    def on_woken(self) -> None:
        """The process was stopped and goes on: nothing is known of the screen."""


class DeskDriver(LinuxDriver):
    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self._owner = cast(Owner, app)
        self.terminal = self._owner.terminal
        self.outlet: Outlet | None = None
        self._incoming = Incoming()
        self._columns: list[int] = []
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        signal.signal(signal.SIGCONT, self._woken)

    @property
    def can_suspend(self) -> bool:
        return False

    # -- beginning and end -------------------------------------------------------------------------------------------

    def start_application_mode(self) -> None:
        self.outlet = Outlet(self._out(), self._encode, on_taken=self._taken, on_gone=self._terminal_gone)
        signal.signal(signal.SIGWINCH, lambda *_: self._tell_size())
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            self._loop.add_signal_handler(number, self._told_to_end, number)
        with contextlib.suppress(termios.error):
            self.attrs_before = termios.tcgetattr(self.fileno)
        self._raw()
        self.write(_BEGIN)
        self._enable_mouse_support()
        if self.terminal.probes:
            self._incoming.probing = len(widths.PROBED)
            self.write(widths.question())
        if self.terminal.asks:
            self.write(FENCE)
        self._owner.on_outlet(self.outlet)
        self._tell_size()
        self._key_thread = threading.Thread(target=self._run_input_thread, name="textual-input", daemon=True)
        self._key_thread.start()

    def stop_application_mode(self) -> None:
        self._owner.on_outlet(None)
        self.disable_input()
        self.write(_END)

    def close(self) -> None:
        """What waits is written, or thrown away where the terminal takes nothing; then its modes are as before."""
        if self.outlet is not None:
            self.outlet.close()
        if self.attrs_before is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)

    def write(self, data: str) -> None:
        if self.outlet is not None:
            self.outlet.write(data)

    def _out(self) -> int:
        return self._file.fileno() if self._file is not None else self.fileno

    def _encode(self, text: str) -> bytes:
        return text.encode(self.terminal.encoding, "replace")

    def _raw(self) -> None:
        """Keys one by one, unechoed, none of them a signal; bytes of a GB18030 terminal as they are."""
        with contextlib.suppress(termios.error):
            mode = termios.tcgetattr(self.fileno)
            mode[tty.LFLAG] = self._patch_lflag(mode[tty.LFLAG])
            mode[tty.IFLAG] = self._patch_iflag(mode[tty.IFLAG]) & ~termios.ISTRIP
            mode[tty.CC][termios.VMIN] = 1
            termios.tcsetattr(self.fileno, termios.TCSANOW, mode)

    def _tell_size(self) -> None:
        size = Size(*self._get_terminal_size())
        self._in_loop(self._app.post_message, events.Resize(size, size))

    def _get_terminal_size(self) -> tuple[int, int]:
        with contextlib.suppress(OSError):
            size = os.get_terminal_size(self._out())
            if size.columns and size.lines:
                return size.columns, size.lines
        return super()._get_terminal_size()

    # -- signals -----------------------------------------------------------------------------------------------------

    def _told_to_end(self, number: int) -> None:
        self._app.exit(return_code=ENDED_BY + number)

    def _terminal_gone(self) -> None:
        self.exit_event.set()
        self._in_loop(self._told_to_end, signal.SIGHUP)

    def _woken(self, *_: object) -> None:
        """Stopped from outside (nothing inside can do it), and going on: somebody else may have used the terminal."""
        if self.outlet is not None:
            self._raw()
            self.write(_BEGIN)
            self._in_loop(self._owner.on_woken)

    def _in_loop(self, call: Any, *arguments: Any) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: the desk has ended
            self._loop.call_soon_threadsafe(call, *arguments)

    def _taken(self) -> None:
        self._in_loop(self._owner.on_taken)

    # -- input -------------------------------------------------------------------------------------------------------

    def _run_input_thread(self) -> None:
        """A bug here ends the desk by its own crash report; Textual would print the values of every frame."""
        try:
            self.run_input_thread()
        except Exception as bug:  # noqa: BLE001 (handed on, not swallowed)
            self._in_loop(self._app._handle_exception, bug)

    def run_input_thread(self) -> None:
        selector = selectors.SelectSelector()
        selector.register(self.fileno, selectors.EVENT_READ)
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder(self.terminal.encoding)("replace").decode
        incoming = self._incoming
        try:
            while not self.exit_event.is_set():
                if selector.select(HELD_S if incoming.holds else POLL_S):
                    if not self._take_input(parser, decode):
                        self._terminal_gone()
                        break
                elif incoming.holds:
                    self._feed(parser, incoming.release())
                for event in parser.tick():
                    self.process_message(event)
        finally:
            selector.close()
            with contextlib.suppress(EOFError, ParseError):
                for _ in parser.feed(""):
                    pass

    def process_message(self, message: Message) -> None:
        if isinstance(message, events.Key | events.Paste):
            self._owner.on_key_read()
        super().process_message(message)

    def _take_input(self, parser: XTermParser, decode: Any) -> bool:
        """Whether the terminal is still there."""
        try:
            data = os.read(self.fileno, READ_BYTES)
        except OSError:
            return False
        if not data:
            return False
        text, answers = self._incoming.take(decode(data))
        for answer in answers:
            self._answered(answer)
        self._feed(parser, text)
        return True

    def _feed(self, parser: XTermParser, text: str) -> None:
        if text:
            for event in parser.feed(text):
                self.process_message(event)

    def _answered(self, answer: Answer) -> None:
        if answer.column is None:
            self._in_loop(self._heard)
            return
        self._columns.append(answer.column)
        if len(self._columns) == len(widths.PROBED):
            self._in_loop(self._owner.on_widths, widths.tier_of(self._columns))

    def _heard(self) -> None:
        """The terminal answers: from now on each frame asks, and its answer says that it was seen."""
        if self.outlet is not None:
            if self.outlet.asks:
                self.outlet.answered()
            else:
                self.outlet.ask(True)
