"""``zz110 watch``: the room as lines that are only ever added, for screen readers and plain terminals."""

from __future__ import annotations

from typing import Annotated

import typer

from zz110_tui.cli.invocation import of


def watch(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document per line.")] = False,
    read_only: Annotated[bool, typer.Option("--read-only", help="Take no lines from standard input.")] = False,
    remind: Annotated[
        int,
        typer.Option(
            "--remind",
            metavar="SECONDS",
            min=0,
            help="Say alarms again that nobody took; 0 never.",
        ),
    ] = 60,
    bell: Annotated[bool, typer.Option("--bell/--no-bell", help="Ring as the desk does.")] = (True),
) -> None:
    """The room as lines, each said once and never drawn over.

    \b
    zz110 watch                      what is open, then everything that happens; a line typed is done
    zz110 watch --read-only --json   the same for a program

    A line that begins with !! wants a hand now, ! soon, = answers what you asked, > says what an unclear line lacks.
    Alarms that nobody took are said again every --remind seconds; an alarm that is over is said too. It joins the core
    that serves the store, or embeds one. The end of the input, "quit" or Ctrl-C ends it.
    """
    from zz110_tui.cli.watchwork import watch_room

    raise typer.Exit(watch_room(of(ctx), as_json=as_json, reads=not read_only, remind_s=remind, bell=bell))
