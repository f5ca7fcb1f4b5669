"""``zz110 health``: whether the core that serves this store is well."""

from __future__ import annotations

from typing import Annotated

import typer

from zz110_tui.cli.invocation import of


def health(
    ctx: typer.Context,
    metrics: Annotated[bool, typer.Option("--metrics", help="Print its Prometheus metrics instead.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Ask the core that serves this store whether it is well.

    Exit code 0: well, or with warnings; 1: something has failed; 75: no core answers.
    """
    from zz110_tui.cli.healthwork import ask_health

    raise typer.Exit(ask_health(of(ctx), metrics, as_json))
