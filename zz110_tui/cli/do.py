"""``zz110 do``: the desk's own language, one line or a stream of them, each answered as it is done."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from zz110_tui.cli import output
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.exits import INTERRUPTED, OK, REFUSED, TERMINATED, TROUBLE
from zz110_tui.cli.invocation import of

if TYPE_CHECKING:
    from zz110_tui.cli.lineanswers import LineAnswer
    from zz110_tui.cli.lines import Incoming
    from zz110_tui.cli.surroundings import Surroundings
    from zz110_tui.cli.wiring import Room


def do(
    ctx: typer.Context,
    line: Annotated[
        str, typer.Argument(metavar="LINE", help="A line of the desk's language, or - for standard input.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON (one line per line with -).")] = False,
    stop_on_error: Annotated[
        bool, typer.Option("--stop-on-error", help="With -: end at the first line that is not accepted.")
    ] = False,
    command_id: Annotated[
        str, typer.Option("--id", metavar="ID", help="The command's own id: sent twice, it is done once.")
    ] = "",
) -> None:
    """Do one line of the desk's language, or every line of standard input (-). 执行一行指令，或逐行执行标准输入。

    \b
    zz110 do "n 打架 @胜利路x延安路 / 两人持刀"
    zz110 do "d 07 ." --json
    zz110 do - --json < lines.txt

    "." is what the last accepted line was about, "^" the newest incident. With - empty lines and lines that begin
    with # are passed over, a refused line does not stop, and the exit code is 0 if all were accepted, else 3.
    The verbs: zz110 do "?".
    """
    from zz110_tui.cli.surroundings import look_around

    around = look_around(of(ctx))
    if line == "-":
        raise typer.Exit(asyncio.run(_do_stream(around, as_json, stop_on_error)))
    raise typer.Exit(asyncio.run(_do_line(around, line, as_json, command_id)))


async def _do_line(around: Surroundings, text: str, as_json: bool, command_id: str) -> int:
    from zz110_tui.cli.lineanswers import Teller
    from zz110_tui.cli.lines import Line
    from zz110_tui.cli.wiring import open_room

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
    from zz110_tui.cli.lineanswers import Teller
    from zz110_tui.cli.lines import Incoming
    from zz110_tui.cli.wiring import open_room

    async with open_room(around, "cli") as room:
        teller = Teller(room)
        incoming = Incoming(sys.stdin.fileno(), sys.stdin.encoding or "utf-8")
        ended_by = _end_gently(incoming)
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
    return _summed_up(around, incoming, done, not_accepted, ended_by)


def _show(given: LineAnswer, room: Room, as_json: bool) -> None:
    if as_json:
        output.line(given.document(room.scene()))
    else:
        output.text(given.one_line())
        output.flush()


def _end_gently(incoming: Incoming) -> list[int]:
    """Ctrl-C and SIGTERM finish the line at hand, and then end. The signals that came are in the list."""
    came: list[int] = []

    def on(number: int) -> None:
        came.append(number)
        incoming.stop()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError, RuntimeError):  # a platform, or a thread, without signals
            loop.add_signal_handler(number, on, number)
    return came


def _summed_up(around: Surroundings, incoming: Incoming, done: int, not_accepted: int, ended_by: list[int]) -> int:
    say(
        around.say(
            f"执行 {done} 行，其中 {not_accepted} 行未被接受", f"{done} lines done, {not_accepted} of them not accepted"
        )
    )
    if incoming.fault is not None:
        reason = incoming.fault.strerror
        say(around.say(f"标准输入读不下去：{reason}", f"standard input could not be read further: {reason}"))
        return TROUBLE
    if ended_by:
        return TERMINATED if signal.SIGTERM in ended_by else INTERRUPTED
    return REFUSED if not_accepted else OK
