"""``zz110 lab``: policies tried out on many simulated months before anybody works by them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zz110_tui.cli.invocation import of

app = typer.Typer(help="The laboratory: what a rule would change.", no_args_is_help=True)


@app.command()
def compare(
    ctx: typer.Context,
    policy: Annotated[
        list[str],
        typer.Option(
            "--policy", metavar="NAME", help="A policy (zz110 lab policies), or module:name; the first is the base."
        ),
    ],
    load: Annotated[str, typer.Option("--load", metavar="N,N…", help="Times the usual number of calls.")] = "1",
    units: Annotated[
        str, typer.Option("--units", metavar="N,N…", help="How many street units are on duty; 0 is all.")
    ] = "0",
    reps: Annotated[int, typer.Option("--reps", min=1, max=10_000, help="Replications.")] = 20,
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="Days in each replication.")] = 30,
    seed: Annotated[int, typer.Option("--seed", help="Same seed, same table, on any machine.")] = 0,
    tuning: Annotated[
        bool, typer.Option("--tuning", help="Draw from the seeds for tuning, which no test ever uses.")
    ] = False,
    calls: Annotated[
        Path | None,
        typer.Option("--calls", metavar="FILE", help="Recorded calls, not drawn ones: calls file, store or CSV."),
    ] = None,
    first_day: Annotated[str, typer.Option("--from", metavar="DATE", help="The first day, with --calls.")] = "",
    mapping: Annotated[str, typer.Option("--map", metavar="MAPPING", help="How to read the calls.")] = "",
    jobs: Annotated[int, typer.Option("--jobs", min=0, max=256, help="Processes; 0 is one per processor.")] = 0,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write the result as a page of its own, with plots.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Compare policies on the same calls with the same luck (--city PACK says where).

    \b
    zz110 lab compare --city zhangzhou --policy closest --policy fill-in --load 1,2,3 --reps 20 --seed 1

    Differences are paired: within each replication every policy meets the same calls, crews and traffic. Intervals are
    95 %, over replications. Ctrl-C ends it with what is finished by then (exit code 130).
    """
    from zz110_tui.cli import labwork

    wanted = labwork.Wanted(
        policies=tuple(policy),
        loads=labwork.numbers_of("--load", load, least=0.01),
        units=tuple(int(n) for n in labwork.numbers_of("--units", units, least=0)),
        reps=reps,
        days=days,
        seed=seed,
        tuning=tuning,
        calls=calls,
        first_day=first_day,
        mapping=mapping,
        jobs=jobs,
        html=html,
        as_json=as_json,
    )
    raise typer.Exit(labwork.compare_policies(of(ctx), wanted))


@app.command("what-if")
def what_if(
    ctx: typer.Context,
    line: Annotated[str, typer.Argument(metavar="LINE", help="What the line wi takes, such as '3 7 142' or '4 P06'.")],
    runs: Annotated[int, typer.Option("--runs", min=2, max=100_000, help="How often the hour is simulated.")] = 200,
    seed: Annotated[
        int, typer.Option("--seed", min=-1, help="Same seed, same answer; -1 is the journal's position.")
    ] = -1,
    load: Annotated[float, typer.Option("--load", min=0.01, max=100, help="Times the usual number of calls.")] = 1.0,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Two things that could be done now, and the next hour after each.

    \b
    zz110 lab what-if '3 7 142'

    The board is read from the store as it stands, also while a core writes it; nothing is recorded. At a desk the same
    is the line wi.
    """
    from zz110_tui.cli import whatifs

    raise typer.Exit(whatifs.what_if_on_store(of(ctx), line, runs, seed, load, as_json))


@app.command()
def policies(
    ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False
) -> None:
    """The policies there are, and what each does."""
    from zz110_tui.cli import labwork

    labwork.list_policies(of(ctx), as_json)
