"""The work behind ``zz110 tour``: a drill of its own beside the store, a simulated caller, and where the tour is."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from zz110_tui.cli import output
from zz110_tui.cli.desk import NO_TERMINAL_WORDS, has_terminal, prepare_terminal, seat_of
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.exits import NO_TERMINAL
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.core.commands import ReceiveReport
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.incidents import Channel

STORE = "tour.zz110"
"""Beside the usual store, whatever that is called: a tour never opens the store of a room."""


def open_tour(invocation: Invocation, again: bool) -> int:
    """The exit code. Raises Trouble where the tour's drill is open somewhere else, or cannot be made."""
    if not has_terminal():
        say(NO_TERMINAL_WORDS)
        return NO_TERMINAL
    prepare_terminal()
    return asyncio.run(_tour(_around(invocation), again))


def show_steps(invocation: Invocation, as_json: bool) -> None:
    """Every step with its number and whether it is done."""
    from zz110_tui.station.tourroom import FINISHED
    from zz110_tui.station.toursteps import STEPS

    around = _around(invocation)
    names = [step.name for step in STEPS]
    begin = _kept(around)
    at = len(STEPS) if begin == FINISHED else names.index(begin) if begin in names else 0
    if as_json:
        steps = [
            {"n": n, "name": s.name, "title": s.title.in_(around.language), "done": n <= at}
            for n, s in enumerate(STEPS, 1)
        ]
        output.document({"store": str(around.store), "at": begin or names[0], "steps": steps})
        return
    for number, step in enumerate(STEPS, 1):
        mark = "x" if number <= at else ">" if number == at + 1 else " "
        output.text(f"[{mark}] {number:2} {step.title.in_(around.language)}")


def _around(invocation: Invocation) -> Surroundings:
    """As for a drill, on the tour's own store; another core that was named has nothing to do with it."""
    around = look_around(replace(invocation, drill=True, core=""))
    return replace(around, store=around.store.with_name(STORE))


async def _tour(around: Surroundings, again: bool) -> int:
    from zz110_tui.cli.pastwork import past_of_desk
    from zz110_tui.cli.whatifs import foreseer_of
    from zz110_tui.cli.wiring import embedded_core, seated
    from zz110_tui.client.local import LocalLink
    from zz110_tui.service.pastdesk import nothing_noted
    from zz110_tui.station.run import open_desk as show
    from zz110_tui.station.tourroom import TourRoom

    if again:
        _forget(around)
    begin = _kept(around)
    async with embedded_core(around) as (engine, city):
        caller = LocalLink(engine, Actor("导览", "tour", Duty.GATEWAY, "drill"))

        async def ring(text: str) -> None:
            await caller.submit(ReceiveReport(Channel.PHONE, contact="13900000110", text=text))

        def keep(name: str) -> None:
            with suppress(OSError):
                _progress(around).write_text(json.dumps({"step": name}), encoding="utf-8")

        link = LocalLink(engine, around.actor("keyboard"), past=past_of_desk(around, nothing_noted))
        async with (
            seated(around, city, link) as room,
            foreseer_of(city, around.rules) as foreseer,
        ):
            shown_around = TourRoom(begin, keep, ring)
            seat = seat_of(around, room)
            return await show(replace(seat, foreseer=foreseer, tour=shown_around, outbox=None))


def _progress(around: Surroundings) -> Path:
    return around.store.with_name(f"{STORE}.step")


def _kept(around: Surroundings) -> str:
    """The step to go on with; empty for the first one."""
    if not around.store.is_file():
        return ""
    with suppress(OSError, ValueError, AttributeError):
        return str(json.loads(_progress(around).read_text(encoding="utf-8")).get("step", ""))
    return ""


def _forget(around: Surroundings) -> None:
    """Raises Trouble where somebody has the tour's drill open."""
    from zz110_tui.store.open import open_journal

    if around.store.is_file():
        open_journal(around.store, "drill").close()
    for path in around.store.parent.glob(f"{STORE}*"):
        path.unlink(missing_ok=True)
