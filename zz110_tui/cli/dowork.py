"""The work behind ``zz110 do``."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from zz110_tui.cli import output
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.exits import OK, REFUSED, TROUBLE, ended_by
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.lineanswers import LineAnswer, Teller
from zz110_tui.cli.lines import Incoming, Line
from zz110_tui.cli.outboxes import AWAY, not_sent
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.cli.wiring import Room, open_room
from zz110_tui.client.states import NotSent, Unanswered
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.scene import Scene
from zz110_tui.language.verbs import verb_index


def do_line(invocation: Invocation, text: str, as_json: bool, command_id: str, keep: bool) -> int:
    """The exit code. ``keep``: a line that cannot be sent now goes to the outbox."""
    return asyncio.run(_do_line(_surroundings(invocation), text, as_json, command_id, keep))


def do_stream(invocation: Invocation, as_json: bool, stop_on_error: bool, keep: bool) -> int:
    """The exit code."""
    return asyncio.run(_do_stream(_surroundings(invocation), as_json, stop_on_error, keep))


def _surroundings(invocation: Invocation) -> Surroundings:
    """Raises Trouble where an agency's alias is the name of another verb: no line is read in two ways."""
    around = look_around(invocation)
    verb_index(around.loaded.settings.aliases)
    return around


async def _do_line(around: Surroundings, text: str, as_json: bool, command_id: str, keep: bool) -> int:
    line, store = Line(1, text), ""
    try:
        async with open_room(around, "cli") as room:
            store = room.link.store
            given = await Teller(room).do(line, command_id)
            scene: Scene | None = room.scene()
    except Trouble as trouble:
        given, scene = not_sent(around, line, trouble, keep, store), None
    if as_json:
        output.document(given.document(scene))
    else:
        for shown in given.lines():
            output.text(shown) if given.reached else say(shown)
    output.flush()
    return given.exit_code


async def _do_stream(around: Surroundings, as_json: bool, stop_on_error: bool, keep: bool) -> int:
    incoming = Incoming(sys.stdin.fileno(), sys.stdin.encoding or "utf-8")
    came = end_gently(incoming.stop)
    run = _Run(around, as_json, keep)
    lines = aiter(incoming)
    try:
        async with open_room(around, "cli") as room:
            await _do_lines(run, room, lines, stop_on_error)
    except Trouble as trouble:
        if trouble.exit_code != AWAY:
            raise
        run.lost = run.lost or trouble
    if run.lost is not None and (keep or not run.done):
        # What was typed is not thrown away unread: it is kept, or the first line of it is named.
        async for line in lines:
            if not line.is_blank:
                run.count(not_sent(around, line, run.lost, keep), None)
                if not keep:
                    break
    code = _summed_up(around, incoming, run.done, run.not_accepted, came)
    return AWAY if run.lost is not None and code == REFUSED else code


@dataclass(slots=True)
class _Run:
    """A stream of lines: how many there were, and the trouble that put the core out of reach."""

    around: Surroundings
    as_json: bool
    keep: bool
    done: int = 0
    not_accepted: int = 0
    lost: Trouble | None = None

    def count(self, given: LineAnswer, scene: Scene | None) -> None:
        _show(given, scene, self.as_json)
        self.done += 1
        self.not_accepted += given.exit_code != OK


async def _do_lines(run: _Run, room: Room, lines: AsyncIterator[Line], stop_on_error: bool) -> None:
    """Until the lines end, one of them cannot be sent, or one was not accepted and that is to stop it."""
    teller = Teller(room)
    async for line in lines:
        if line.is_blank:
            continue
        try:
            given = await teller.do(line)
        except Trouble as trouble:
            given = not_sent(run.around, line, trouble, run.keep, room.link.store)
            # The lines after one that got no answer never went out.
            run.lost = NotSent(None) if isinstance(trouble, Unanswered) else trouble
        run.count(given, room.scene())
        if run.lost is not None or (stop_on_error and given.exit_code != OK):
            return


def _show(given: LineAnswer, scene: Scene | None, as_json: bool) -> None:
    if as_json:
        output.line(given.document(scene))
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
