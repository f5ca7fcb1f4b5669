"""The driver of Textual, mended where a control room needs it (performance.md, "Terminal traps").

A byte that is no UTF-8 (a GBK terminal, a bad paste) is replaced instead of ending the desk; SIGTERM and SIGHUP leave
the terminal as it was; when the terminal is gone the desk ends instead of spinning; no query is sent that an old
terminal answers with letters on the screen. It leans on private parts of Textual 8.2.8, which is pinned.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import selectors
import signal
from codecs import getincrementaldecoder
from typing import Any

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

READ_BYTES = 4096
POLL_S = 0.1
ENDED_BY = 128
"""A process ended by a signal says so with this plus the signal's number."""


class DeskDriver(LinuxDriver):
    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._told_to_end, number)

    def _told_to_end(self, number: int) -> None:
        self._app.exit(return_code=ENDED_BY + number)

    def _terminal_gone(self) -> None:
        self.exit_event.set()
        self._app.call_later(self._app.exit, return_code=ENDED_BY + signal.SIGHUP)

    def _request_terminal_sync_mode_support(self) -> None:
        """No query: older terminals print a stray ``p``."""

    def _query_in_band_window_resize(self) -> None:
        """No query; SIGWINCH tells of a new size."""

    def run_input_thread(self) -> None:
        """As Textual's, with a decoder that replaces what is no text, and an end where the terminal ends."""
        selector = selectors.SelectSelector()
        selector.register(self.fileno, selectors.EVENT_READ)
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        try:
            while not self.exit_event.is_set():
                if selector.select(POLL_S) and not self._take_input(parser, decode):
                    self._terminal_gone()
                    break
                for event in parser.tick():
                    self.process_message(event)
        finally:
            selector.close()
            with contextlib.suppress(EOFError, ParseError):
                for _ in parser.feed(""):
                    pass

    def _take_input(self, parser: XTermParser, decode: Any) -> bool:
        """Whether the terminal is still there."""
        try:
            data = os.read(self.fileno, READ_BYTES)
        except OSError:
            return False
        if not data:
            return False
        text = decode(data)
        if text:
            for event in parser.feed(text):
                self.process_message(event)
        return True
