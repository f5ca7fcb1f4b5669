"""``zz110 doctor``: what a desk needs of this machine and this terminal, what is wrong, and how to mend it."""

from __future__ import annotations

from typing import Annotated

import typer

from zz110_tui.cli.exits import OK, TROUBLE
from zz110_tui.cli.invocation import of


def doctor(
    ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False
) -> None:
    """Look at terminal, locale, settings, store, disk and city; say what is wrong and how to mend it.

    Nothing is changed: the disk is measured with a file of its own that is removed again. Exit code 0: nothing that has
    to be mended; 1: something has.
    """
    from zz110_tui.cli.examine import examine, print_findings

    findings = examine(of(ctx))
    print_findings(of(ctx), findings, as_json)
    raise typer.Exit(TROUBLE if any(found.status == "bad" for found in findings) else OK)
