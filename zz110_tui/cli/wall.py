"""``zz110 wall``: the room on a large screen."""

from __future__ import annotations

from dataclasses import replace

import typer

from zz110_tui.cli.invocation import of

SEAT = "wall"
"""A seat of its own: a wall takes nobody's place."""


def wall(ctx: typer.Context) -> None:
    """Counts, map, units and alarms for a large screen; nothing can be typed there.

    Nothing of a caller is shown. It is a seat of its own with the duty audit, which may look and do nothing, unless
    --desk and --duty say otherwise.
    Ctrl+Q leaves it.
    """
    from zz110_tui.cli.desk import open_desk

    invocation = of(ctx)
    seated = replace(invocation, desk=invocation.desk or SEAT, duty=invocation.duty or "audit")
    raise typer.Exit(open_desk(seated, wall=True))
