"""``zz110 bulletin``: orders, warnings, leads and school guard of a period."""

from __future__ import annotations

from typing import Annotated

import typer

from zz110_tui.cli.invocation import of


def bulletin(
    ctx: typer.Context,
    start: Annotated[str, typer.Option("--from", metavar="TIME", help="From this local date or time on.")] = "",
    end: Annotated[str, typer.Option("--to", metavar="TIME", help="Up to it; a date alone is the whole day.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Count the orders, warnings, leads, school guard and support of a period, with the weekly bulletin's bands.

    Signing and turn-out count from when an order was issued or a warning pushed, feedback from when the unit was there.
    """
    from zz110_tui.cli.bulletinwork import show_bulletin

    show_bulletin(of(ctx), start, end, as_json)
