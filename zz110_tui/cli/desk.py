"""``zz110`` without a command: the desk, on a core of its own in this process."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.exits import NO_TERMINAL
from zz110_tui.cli.invocation import Invocation

if TYPE_CHECKING:
    from zz110_tui.cli.surroundings import Surroundings
    from zz110_tui.cli.wiring import Room
    from zz110_tui.station.room import Room as Seat

NO_TERMINAL_WORDS = """\
zz110: 这里没有终端，席位打不开 / there is no terminal here, so no desk can be opened
  → 在终端里运行 zz110，或用无需终端的命令 / run zz110 in a terminal, or use what needs none:
      zz110 do "n 打架 @胜利路x延安路"      一行指令 / one line (- : 标准输入 / standard input)
      zz110 drill run shift --days 1        推演 / a drill
      zz110 --help"""


def has_terminal() -> bool:
    """Keys come from standard input; the screen is drawn on standard output, errors of a dying desk on stderr."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def open_desk(invocation: Invocation, *, wall: bool = False) -> int:
    """The exit code. Raises Trouble for a store, a city, a theme or a keymap that cannot be used."""
    if not has_terminal():
        say(NO_TERMINAL_WORDS)
        return NO_TERMINAL
    prepare_terminal()
    return asyncio.run(_open(invocation, wall))


def prepare_terminal() -> None:
    """Before Textual is imported."""
    # Textual reads it at its first import; with it on, several terminals lose Chinese input (performance.md).
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    # Nothing that is made before the first paint is garbage; looking for it costs a tenth of the time until then.
    gc.disable()


async def _open(invocation: Invocation, wall: bool) -> int:
    from zz110_tui.cli.surroundings import look_around
    from zz110_tui.cli.whatifs import foreseer_of
    from zz110_tui.cli.wiring import open_room
    from zz110_tui.station.run import open_desk as show

    around = look_around(invocation)
    async with (
        open_room(around, "keyboard") as room,
        foreseer_of(room.city, around.rules) as foreseer,
    ):
        seat = replace(seat_of(around, room), foreseer=foreseer)
        return await show(replace(seat, wall=True, lock_after=0) if wall else seat)


def seat_of(around: Surroundings, room: Room) -> Seat:
    """What the desk is opened on: the core it talks to, the city it draws, and what its user set."""
    from zz110_tui.cli.bells import bell_of
    from zz110_tui.cli.outboxes import outbox_of
    from zz110_tui.client.past import LinkPast
    from zz110_tui.station.room import Room as Seat

    settings = around.loaded.settings
    return Seat(
        link=room.link,
        past=LinkPast(room.link),
        city=room.city,
        gazetteer=room.gazetteer,
        travel=room.travel,
        rules=around.rules,
        language=around.language,
        theme=settings.theme,
        keymap=settings.keymap,
        layout=settings.layout,
        glyphs=settings.glyphs,
        colour=settings.colour,
        encoding=settings.encoding,
        terminal=settings.terminal,
        bandwidth="low" if around.invocation.low_bandwidth else settings.bandwidth,
        timezone=room.timezone,
        headline_clock=settings.headline_clock,
        drill=around.kind == "drill",
        store_label=around.store.name,
        aliases=settings.aliases,
        folders=around.loaded.folders,
        outbox=outbox_of(around),
        lock_after=settings.lock_after,
        bell=bell_of(settings.alarms),
    )
