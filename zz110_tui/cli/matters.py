"""``zz110 message|order|warning|support|bolo|ledger|roster``: what the room follows beside calls."""

from __future__ import annotations

from typing import Annotated

import typer

from zz110_tui.cli.exits import TROUBLE
from zz110_tui.cli.invocation import of

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
All = Annotated[bool, typer.Option("--all", help="Ended and filed ones too, from the history.")]

Number = Annotated[str, typer.Argument(metavar="N", help="Its number as the list shows it, or without its letter.")]


def _family(kind: str, letter: str, many: str, what: str = "") -> typer.Typer:
    """``list`` and ``show`` for one family of matters."""
    app = typer.Typer(help=f"{many}{what}.", no_args_is_help=True)

    @app.command("list", help=f"List the {many.lower()} that are open; with --all every one there ever was.")
    def list_(ctx: typer.Context, every: All = False, as_json: Json = False) -> None:
        from zz110_tui.cli.matterwork import list_matters

        list_matters(of(ctx), kind, every, as_json)

    @app.command("show", help="Show one with all its times, persons and desks, and all that happened.")
    def show(
        ctx: typer.Context,
        number: Number,
        as_json: Json = False,
    ) -> None:
        from zz110_tui.cli.matterwork import show_matter

        digits = number.lower().removeprefix(letter)
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
            raise typer.BadParameter(f"a number is like 12 or {letter}12", param_hint="N")
        if not show_matter(of(ctx), kind, int(digits), as_json):
            raise typer.Exit(TROUBLE)

    return app


message = _family("message", "m", "Messages", " between desks and units")
order = _family("order", "t", "Orders", ": tasks that are not calls")
warning = _family("warning", "w", "Warnings", ": graded notices to be checked on the spot")
support = _family("support", "s", "Support requests", " of stations")
bolo = _family("bolo", "b", "Watch notices")
ledger = _family("ledger", "e", "Ledger entries", ": disputes and hazards followed to their end")

roster = typer.Typer(help="The roster: squads, turns, who is on.", no_args_is_help=True)


@roster.command("show")
def roster_show(ctx: typer.Context, as_json: Json = False) -> None:
    """Show the squads, whose turn it is, and when the next begins."""
    from zz110_tui.cli.matterwork import show_matter

    if not show_matter(of(ctx), "roster", 1, as_json):
        raise typer.Exit(TROUBLE)
