"""``zz110 journal``: what happened, entry by entry, and whether it is still what was written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zz110_tui.cli.invocation import of

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]

app = typer.Typer(help="The journal: what happened, provably unaltered. 日志。", no_args_is_help=True)


@app.command()
def verify(
    ctx: typer.Context,
    pin: Annotated[
        list[str] | None,
        typer.Option(
            "--pin", metavar="POSITION:HASH", help="A head that was kept elsewhere; may be given several times."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Check every record against the hash chain: intact with its head, or exactly where it is not. 校验日志。

    Exit code 0: intact; 1: not, or there is no journal to be read.
    """
    from zz110_tui.cli.journalwork import verify_journal

    raise typer.Exit(verify_journal(of(ctx), pin or [], as_json))


@app.command()
def tail(
    ctx: typer.Context,
    count: Annotated[int, typer.Option("-n", "--lines", min=0, help="How many entries.")] = 10,
    follow: Annotated[bool, typer.Option("-f", "--follow", help="Go on with what happens, until Ctrl-C.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines, one entry each.")] = False,
) -> None:
    """Show the last entries in words; callers' names and numbers are masked. 看日志末尾。"""
    from zz110_tui.cli.journalwork import tail_journal

    tail_journal(of(ctx), count, follow, as_json)


@app.command()
def export(
    ctx: typer.Context,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="A new file instead of stdout.")] = None,
    after: Annotated[int, typer.Option("--after", min=0, help="Only entries after this position.")] = 0,
) -> None:
    """Write the entries as JSON lines, callers' names and numbers masked. 导出日志（隐去报警人）。

    The layout is that of docs/journal.md. A copy of the store itself is the backup; this is for reading.
    """
    from zz110_tui.cli.journalwork import export_journal

    export_journal(of(ctx), out, after)
