"""``zz110 tour``: ten minutes that teach the desk, on a drill of their own."""

from __future__ import annotations

from typing import Annotated

import typer

from zz110_tui.cli.invocation import of


def tour(
    ctx: typer.Context,
    listed: Annotated[bool, typer.Option("--list", help="Say the steps, and which are done.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Begin anew with an empty drill.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The list in JSON.")] = False,
) -> None:
    """Be shown around a desk in ten minutes, on a drill that no live store knows of.

    It can be left at any step (Ctrl+Q) and goes on there the next time.
    """
    from zz110_tui.cli import tourwork

    if listed:
        tourwork.show_steps(of(ctx), as_json)
        return
    raise typer.Exit(tourwork.open_tour(of(ctx), again))
