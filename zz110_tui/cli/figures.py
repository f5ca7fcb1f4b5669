"""``zz110 figures``: counts, times and rates of any period, from the journal."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from zz110_tui.cli.invocation import of


class By(StrEnum):
    GRID = "grid"
    UNIT = "unit"
    TYPE = "type"
    CHANNEL = "channel"
    SQUAD = "squad"


def figures(
    ctx: typer.Context,
    start: Annotated[str, typer.Option("--from", metavar="TIME", help="2026-03-01 or 2026-03-01T08:00, local.")] = "",
    end: Annotated[
        str, typer.Option("--to", metavar="TIME", help="Up to and without this time (a day: with it).")
    ] = "",
    by: Annotated[By | None, typer.Option("--by", help="One row for each.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Answer in CSV.")] = False,
    as_html: Annotated[bool, typer.Option("--html", help="Answer as one HTML page with plots, for a file.")] = False,
) -> None:
    """Calls, answer and arrival times on both clocks, rates with 95 % intervals, utilisation."""
    from zz110_tui.cli.figurework import show_figures

    show_figures(of(ctx), start, end, by.value if by else "", as_json=as_json, as_csv=as_csv, as_html=as_html)
