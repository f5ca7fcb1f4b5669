"""``zz110 incident``, ``report``, ``unit``, ``alarm``: what the board holds, read beside whoever is working on it."""

from __future__ import annotations

from typing import Annotated

import typer

from zz110_tui.cli.exits import TROUBLE
from zz110_tui.cli.invocation import of

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
All = Annotated[bool, typer.Option("--all", help="Closed and filed ones too, from the history.")]

incident = typer.Typer(help="Incidents: the slips.", no_args_is_help=True)
report = typer.Typer(help="Reports: every contact with a caller.", no_args_is_help=True)
unit = typer.Typer(help="Units: who can be sent, and what each does now.", no_args_is_help=True)
alarm = typer.Typer(help="Alarms: what is late, and who owns it.", no_args_is_help=True)


@incident.command("list")
def incident_list(ctx: typer.Context, every: All = False, as_json: Json = False) -> None:
    """List the incidents that are not closed; with --all every one there ever was."""
    from zz110_tui.cli.boardlists import list_incidents

    list_incidents(of(ctx), every, as_json)


@incident.command("show")
def incident_show(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="N", help="The incident's number: 142 or 0142.")],
    as_json: Json = False,
) -> None:
    """Show a whole slip: reports, units, every time, person and desk, and all that happened."""
    from zz110_tui.cli.boardlists import show_incident

    if not show_incident(of(ctx), _number(number), as_json):
        raise typer.Exit(TROUBLE)


@incident.command("find")
def incident_find(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORD…", help="All of them must occur.")],
    start: Annotated[str, typer.Option("--from", metavar="TIME", help="2026-03-01 or 2026-03-01T08:00, local.")] = "",
    end: Annotated[
        str, typer.Option("--to", metavar="TIME", help="Up to and without this time (a day: with it).")
    ] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="The newest so many.")] = 50,
    as_json: Json = False,
) -> None:
    """Find slips, also filed ones, newest first: by type, place, text, unit, number, caller.

    \b
    zz110 incident find 打架 江滨公园
    zz110 incident find 13912342207 --from 2026-01-01

    A caller is found by a whole name or number, by a family name, and by a number's last four digits: by what the
    answer shows, and by what whoever asks knows already. Exit code 0: found; 1: nothing.
    """
    from zz110_tui.cli.historywork import find_incidents

    if not find_incidents(of(ctx), words, start, end, limit, as_json):
        raise typer.Exit(TROUBLE)


@report.command("list")
def report_list(ctx: typer.Context, every: All = False, as_json: Json = False) -> None:
    """List the reports that have not ended; with --all every one there ever was."""
    from zz110_tui.cli.boardlists import list_reports

    list_reports(of(ctx), every, as_json)


@unit.command("list")
def unit_list(ctx: typer.Context, as_json: Json = False) -> None:
    """List all units with what each does now."""
    from zz110_tui.cli.boardlists import list_units

    list_units(of(ctx), as_json)


@unit.command("show")
def unit_show(
    ctx: typer.Context,
    call_sign: Annotated[str, typer.Argument(metavar="UNIT", help="Its call sign, such as 07.")],
    as_json: Json = False,
) -> None:
    """Show one unit and the incidents it is on."""
    from zz110_tui.cli.boardlists import show_unit

    if not show_unit(of(ctx), call_sign, as_json):
        raise typer.Exit(TROUBLE)


@alarm.command("list")
def alarm_list(ctx: typer.Context, as_json: Json = False) -> None:
    """List the alarms that stand."""
    from zz110_tui.cli.boardlists import list_alarms

    list_alarms(of(ctx), as_json)


@alarm.command("rate")
def alarm_rate(
    ctx: typer.Context,
    start: Annotated[str, typer.Option("--from", metavar="TIME", help="2026-03-01 or 2026-03-01T08:00, local.")] = "",
    end: Annotated[
        str, typer.Option("--to", metavar="TIME", help="Up to and without this time (a day: with it).")
    ] = "",
    desks: Annotated[
        int, typer.Option("--desks", min=0, help="Desks that share the alarms; 0: those that are staffed now.")
    ] = 0,
    as_json: Json = False,
) -> None:
    """Alarms in ten minutes for each desk against the budget, the worst, what makes most of them.

    Of the last day where no time is named. The budget is [alarms] in the settings (ISA-18.2, EEMUA 191).
    """
    from zz110_tui.cli.alarmwork import show_rate

    show_rate(of(ctx), start, end, desks, as_json)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise typer.BadParameter("an incident's number has digits only, such as 0142", param_hint="N")
    return int(text)
