"""The work behind ``zz110 do``."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable

from zz110_tui.cli import output
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.exits import OK, REFUSED, TROUBLE, ended_by
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.lineanswers import LineAnswer, Teller
from zz110_tui.cli.lines import Incoming, Line
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.cli.wiring import Room, open_room


def do_line(invocation: Invocation, text: str, as_json: bool, command_id: str) -> int:
    """The exit code."""
    return asyncio.run(_do_line(look_around(invocation), text, as_json, command_id))


def do_stream(invocation: Invocation, as_json: bool, stop_on_error: bool) -> int:
    """The exit code."""
    return asyncio.run(_do_stream(look_around(invocation), as_json, stop_on_error))


async def _do_line(around: Surroundings, text: str, as_json: bool, command_id: str) -> int:
    async with open_room(around, "cli") as room:
        given = await Teller(room).do(Line(1, text), command_id)
        if as_json:
            output.document(given.document(room.scene()))
        else:
            for shown in given.lines():
                output.text(shown)
        output.flush()
        return given.exit_code


async def _do_stream(around: Surroundings, as_json: bool, stop_on_error: bool) -> int:
    async with open_room(around, "cli") as room:
        teller = Teller(room)
        incoming = Incoming(sys.stdin.fileno(), sys.stdin.encoding or "utf-8")
        came = end_gently(incoming.stop)
        done = not_accepted = 0
        async for line in incoming:
            if line.is_blank:
                continue
            given = await teller.do(line)
            _show(given, room, as_json)
            done += 1
            not_accepted += given.exit_code != OK
            if stop_on_error and given.exit_code != OK:
                break
    return _summed_up(around, incoming, done, not_accepted, came)


def _show(given: LineAnswer, room: Room, as_json: bool) -> None:
    if as_json:
        output.line(given.document(room.scene()))
    else:
        output.text(given.one_line())
        output.flush()


def end_gently(stop: Callable[[], None]) -> list[int]:
    """Ctrl-C and SIGTERM finish what is at hand, and then end. The signals that came are in the list."""
    came: list[int] = []

    def on(number: int) -> None:
        came.append(number)
        stop()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError, RuntimeError):  # a platform, or a thread, without signals
            loop.add_signal_handler(number, on, number)
    return came


def _summed_up(around: Surroundings, incoming: Incoming, done: int, not_accepted: int, came: list[int]) -> int:
    say(
        around.say(
            f"执行 {done} 行，其中 {not_accepted} 行未被接受", f"{done} lines done, {not_accepted} of them not accepted"
        )
    )
    if incoming.fault is not None:
        reason = incoming.fault.strerror
        say(around.say(f"标准输入读不下去：{reason}", f"standard input could not be read further: {reason}"))
        return TROUBLE
    if came:
        return ended_by(came)
    return REFUSED if not_accepted else OK
