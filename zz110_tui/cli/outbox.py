"""``zz110 outbox``: lines that could not be sent, one by one."""

from __future__ import annotations

from typing import Annotated

import typer

from zz110_tui.cli.invocation import of

app = typer.Typer(help="Lines that could not be sent, on this desk's own disk.", no_args_is_help=True)

Which = Annotated[str, typer.Argument(metavar="ID", help="An id that list shows, or its beginning.")]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


@app.command("list")
def list_them(ctx: typer.Context, as_json: Json = False) -> None:
    """List what was not sent, the oldest first."""
    from zz110_tui.cli.outboxes import list_unsent

    list_unsent(of(ctx), as_json)


@app.command("send")
def send_one(ctx: typer.Context, which: Which, as_json: Json = False) -> None:
    """Send one, or find out what became of it. Nothing is ever sent by itself, or done twice."""
    from zz110_tui.cli.outboxes import send_unsent

    raise typer.Exit(send_unsent(of(ctx), which, as_json))


@app.command("drop")
def drop_one(ctx: typer.Context, which: Which) -> None:
    """Drop one: it is never sent."""
    from zz110_tui.cli.outboxes import drop_unsent

    drop_unsent(of(ctx), which)
