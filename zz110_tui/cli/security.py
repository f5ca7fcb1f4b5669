"""``zz110 security``: who came in, who was refused, and why; for an auditor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zz110_tui.cli.invocation import of

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]

app = typer.Typer(help="The security record: entries, refusals, failed logins.", no_args_is_help=True)


@app.command("list")
def list_all(
    ctx: typer.Context,
    count: Annotated[int, typer.Option("-n", "--lines", min=1, help="How many.")] = 50,
    event: Annotated[
        str, typer.Option("--event", metavar="NAME", help="Only login, entered, refused, read, export, …")
    ] = "",
    hours: Annotated[float, typer.Option("--hours", min=0, metavar="H", help="Only of the last H hours.")] = 0,
    as_json: Json = False,
) -> None:
    """List the last notes, oldest first.

    \b
    zz110 security list
    zz110 security list --event login --hours 24

    It holds accounts, addresses and codes, and nothing of any slip. Much of one kind from one source is counted, not
    listed: the last column then says how many more there were in that minute.
    """
    from zz110_tui.cli.securitywork import list_notes

    list_notes(of(ctx), count, event, hours, as_json)


@app.command()
def verify(
    ctx: typer.Context,
    pin: Annotated[
        list[str] | None,
        typer.Option("--pin", metavar="NUMBER:HASH", help="A head that was kept elsewhere; several times."),
    ] = None,
    heads: Annotated[
        Path | None,
        typer.Option("--heads", metavar="FILE", help="Signed heads that were kept elsewhere."),
    ] = None,
    key: Annotated[
        list[Path] | None,
        typer.Option("--key", metavar="PUB", help="Public key they are signed with; several times."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Check that no note was changed, removed, inserted or swapped: intact with its head, or where not.

    \b
    zz110 security verify
    zz110 security verify --heads /mnt/other/heads.jsonl --key heads.key.pub

    A cut tail, and a record that was computed anew, are found by heads that were kept elsewhere: the signed heads of
    zz110 journal head cover this record as well, and zz110 journal verify --heads checks both.

    Exit code 0: intact; 1: not; 65: the file of heads cannot be used.
    """
    from zz110_tui.cli.securitywork import verify_notes

    raise typer.Exit(verify_notes(of(ctx), pin or [], heads, key or [], as_json))
