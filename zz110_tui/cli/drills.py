"""``zz110 drill``: the same core on a simulated clock, with simulated callers and units."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zz110_tui.cli.invocation import of

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Seed = Annotated[int, typer.Option("--seed", help="Same seed, same journal, on any machine.")]
Speed = Annotated[str, typer.Option("--speed", metavar="max|N", help="As fast as it goes, or N times real time.")]
Second = Annotated[bool, typer.Option("--second-line", help="Send station cars when nobody else is near.")]

Filling = Annotated[bool, typer.Option("--fill-in", help="A supervisor follows the fill-in proposals.")]

Matters = Annotated[bool, typer.Option("--matters", help="Orders, warnings, requests, messages come as well.")]

app = typer.Typer(help="Drills: a day, a week, a month without anybody waiting.", no_args_is_help=True)
run = typer.Typer(help="Run a drill without a desk.", no_args_is_help=True)
app.add_typer(run, name="run")


@run.command()
def replay(
    ctx: typer.Context,
    calls: Annotated[Path, typer.Option("--calls", metavar="FILE", help="Calls file, a store, or CSV with --map.")],
    first_day: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day, such as 2015-07-04.")],
    days: Annotated[int, typer.Option("--days", min=1, max=3660, help="How many days.")] = 1,
    mapping: Annotated[str, typer.Option("--map", metavar="MAPPING", help="How to read the CSV.")] = "",
    speed: Speed = "max",
    seed: Seed = 0,
    second_line: Second = False,
    fill_in: Filling = False,
    matters: Matters = False,
    as_json: Json = False,
) -> None:
    """Replay the real calls of some days (--city PACK says where).

    Every call ends in exactly one recorded end. With --store the drill's journal is kept, never in a live store.
    """
    from zz110_tui.cli import drillwork

    wanted = drillwork.Wanted(days, seed, drillwork.speed_of(speed), second_line, fill_in, matters, as_json)
    raise typer.Exit(drillwork.replay(of(ctx), calls, mapping, first_day, wanted))


@run.command()
def shift(
    ctx: typer.Context,
    days: Annotated[int, typer.Option("--days", min=1, max=3660, help="How many days.")] = 1,
    load: Annotated[float, typer.Option("--load", min=0.01, max=100, help="Times the usual number of calls.")] = 1.0,
    speed: Speed = "max",
    seed: Seed = 0,
    second_line: Second = False,
    fill_in: Filling = False,
    matters: Matters = False,
    as_json: Json = False,
) -> None:
    """Draw calls from the city's profile and let the room work on them."""
    from zz110_tui.cli import drillwork

    wanted = drillwork.Wanted(days, seed, drillwork.speed_of(speed), second_line, fill_in, matters, as_json)
    raise typer.Exit(drillwork.shift(of(ctx), load, wanted))
