"""``zz110 calls``: call records of other systems, brought in once and never silently dropped."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zz110_tui.cli.invocation import of

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]

app = typer.Typer(help="Real calls: import records of other systems.", no_args_is_help=True)


@app.command("import")
def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, plain or gzip.")],
    mapping: Annotated[
        str,
        typer.Option("--map", metavar="MAPPING", help="A mapping by name or path; else the one that fits the header."),
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="The calls file [default: FILE's name with .calls, here]."),
    ] = None,
    rejects: Annotated[
        Path | None,
        typer.Option(
            "--rejects", metavar="FILE", help="Where rows go that cannot be used [default: beside the calls file]."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Import a file of call records into a calls file.

    Rows that cannot be used go to the reject file with line number and reason. The same file twice changes nothing the
    second time. Ctrl-C ends it; what was read is in, and the next run goes on.
    """
    from zz110_tui.cli.callswork import import_file

    raise typer.Exit(import_file(of(ctx), file, mapping, out, rejects, as_json))


@app.command()
def info(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A calls file, or a source's own file.")],
    mapping: Annotated[str, typer.Option("--map", metavar="MAPPING", help="For a source's own file.")] = "",
    as_json: Json = False,
) -> None:
    """Say what a file of calls holds: how many, from when to when, which types."""
    from zz110_tui.cli.callswork import tell_about

    tell_about(of(ctx), file, mapping, as_json)


@app.command()
def mappings(ctx: typer.Context, as_json: Json = False) -> None:
    """List the mappings there are."""
    from zz110_tui.cli.callswork import list_mappings

    list_mappings(of(ctx), as_json)
