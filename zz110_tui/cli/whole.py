"""The whole command: everything that can be said after ``zz110``. Importing it adds the commands to the app."""

from __future__ import annotations

from zz110_tui.cli import (
    backups,
    bulletin,
    calls,
    cities,
    configs,
    do,
    drills,
    figures,
    health,
    histories,
    journals,
    labs,
    matters,
    outbox,
    output,
    security,
    serve,
    slips,
    tours,
    users,
    wall,
    watch,
)
from zz110_tui.cli.doctor import doctor
from zz110_tui.cli.main import app as app  # noqa: PLC0414 (handed on, complete)

app.command("do", short_help="Do lines of the desk's language.")(do.do)
app.command("watch", short_help="The room as lines.")(watch.watch)
app.command("serve", short_help="One core for many desks.")(serve.serve)
app.command("wall", short_help="The room on a large screen.")(wall.wall)
app.command("tour", short_help="Be shown around in ten minutes.")(tours.tour)
app.command("health", short_help="Is the core well?")(health.health)
app.command("figures", short_help="Counts, times and rates of any period.")(figures.figures)
app.command("bulletin", short_help="Orders, warnings, leads of any period.")(bulletin.bulletin)
app.command("doctor", short_help="What is wrong here, and how to mend it.")(doctor)
_GROUPS = (
    (slips.incident, "incident", "The slips."),
    (slips.report, "report", "Every contact with a caller."),
    (slips.unit, "unit", "Who can be sent, and what each does now."),
    (slips.alarm, "alarm", "What is late, and who owns it."),
    (matters.message, "message", "Words that somebody has to have read."),
    (matters.order, "order", "Tasks that are not calls."),
    (matters.warning, "warning", "Graded notices to be checked on the spot."),
    (matters.support, "support", "Stations that ask for help."),
    (matters.bolo, "bolo", "Watch notices."),
    (matters.ledger, "ledger", "Disputes and hazards followed to their end."),
    (matters.roster, "roster", "Squads, turns, who is on."),
    (journals.app, "journal", "What happened, provably unaltered."),
    (backups.app, "backup", "Backups that were tested."),
    (histories.app, "history", "What search and figures are read from."),
    (cities.app, "city", "City packs: where things are."),
    (calls.app, "calls", "Call records of other systems."),
    (drills.app, "drill", "Simulated calls and units, on a clock of their own."),
    (labs.app, "lab", "What a rule would change, before anybody works by it."),
    (security.app, "security", "Who came in, who was refused."),
    (users.app, "user", "Who may come in at a serving core."),
    (outbox.app, "outbox", "Lines that could not be sent."),
    (configs.app, "config", "What is set, and where it came from."),
)
for _group, _name, _short in _GROUPS:
    app.add_typer(_group, name=_name, short_help=_short)


@app.command(short_help="Say which zz110 this is.")
def version() -> None:
    """Say which zz110 this is."""
    from importlib.metadata import version as version_of

    output.text(f"zz110 {version_of('zz110-tui')}")
