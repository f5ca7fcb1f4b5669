"""``zz110 config``: what is set, where it came from, and what is wrong with it."""

from __future__ import annotations

from typing import Annotated

import typer

from zz110_tui.cli.invocation import of

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]

app = typer.Typer(help="Settings: what counts, and where it came from.", no_args_is_help=True)


@app.command()
def show(ctx: typer.Context, as_json: Json = False) -> None:
    """Show every setting, its value and the file and line it came from."""
    from zz110_tui.cli.configwork import show_settings

    show_settings(of(ctx), as_json)


@app.command()
def check(ctx: typer.Context, as_json: Json = False) -> None:
    """Check all settings files, the theme, the keymap and the city they choose.

    Exit code 0: all is well; 78: something has to be mended.
    """
    from zz110_tui.cli.configwork import check_settings

    raise typer.Exit(check_settings(of(ctx), as_json))


@app.command()
def where(ctx: typer.Context, as_json: Json = False) -> None:
    """Say which settings files are looked for, the one that wins first, and which are there."""
    from zz110_tui.cli.configwork import where_settings

    where_settings(of(ctx), as_json)


@app.command()
def example(ctx: typer.Context) -> None:
    """Write an example of config.toml with every setting, its meaning and its default."""
    from zz110_tui.cli.configwork import write_example

    write_example()
