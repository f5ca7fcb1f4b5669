"""Open a desk on a terminal."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace

from zz110_tui.core.trouble import Trouble
from zz110_tui.station.room import Room
from zz110_tui.station.term.profile import prepare
from zz110_tui.station.term.terminal import EXIT_NO_TERMINAL, terminal_for


async def open_desk(room: Room) -> int:
    """Show the desk until its user leaves, within a running event loop; the exit code of the process.

    Raises Trouble where theme or keymap are wrong, or there is no terminal.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Trouble(
            "没有终端 / there is no terminal",
            "席位需要终端 / a desk needs one",
            "无终端时用 zz110 do / without a terminal use zz110 do",
            exit_code=EXIT_NO_TERMINAL,
        )
    terminal = terminal_for(
        encoding=room.encoding, glyphs=room.glyphs, terminal=room.terminal, bandwidth=room.bandwidth
    )
    if terminal.probes:
        # Until it has said how wide its signs are.
        room = replace(room, glyphs="narrow")
    prepare()
    # Nothing that is made before the first paint is garbage; the app turns it on again (station.sweeping).
    gc.disable()
    from zz110_tui.station.app import DeskApp

    app = DeskApp(room, terminal=terminal)
    await app.run_async(mouse=False)
    return app.return_code or 0


def run_desk(room: Room) -> int:
    """The same for a caller without an event loop of its own."""
    import asyncio

    return asyncio.run(open_desk(room))
