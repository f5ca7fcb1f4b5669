"""``zz110 history``: what search, lists and figures are read from; computed from the journal, made again at will."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zz110_tui.cli.invocation import of

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]

app = typer.Typer(help="What search and figures are read from.", no_args_is_help=True)


@app.command()
def status(ctx: typer.Context, as_json: Json = False) -> None:
    """Say up to where the history is, and how many slips are in it."""
    from zz110_tui.cli.historywork import show_status

    show_status(of(ctx), as_json)


@app.command()
def update(ctx: typer.Context, as_json: Json = False) -> None:
    """Bring the history up to the journal; whoever asks it does that by itself."""
    from zz110_tui.cli.historywork import update_history

    update_history(of(ctx), as_json)


@app.command()
def rebuild(
    ctx: typer.Context,
    archive: Annotated[
        list[Path] | None,
        typer.Option("--archive", metavar="FILE", help="Where older entries went, oldest first."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Throw the history away and compute it again from the journal (and its archives).

    Needed after the rulebook was changed, if old slips are to be found by new words. Everything else is noticed.
    Archives are found by themselves: in --archive-folder, where they were put, or beside the store. Where one is
    missing the history that is there is left alone.
    """
    from zz110_tui.cli.historywork import rebuild_history

    rebuild_history(of(ctx), archive or [], as_json)
