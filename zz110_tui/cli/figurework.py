"""The work behind ``zz110 figures``: the slips of a period from the history, counted."""

from __future__ import annotations

from zz110_tui.cli import output
from zz110_tui.cli.exits import USAGE
from zz110_tui.cli.figureview import csv_columns, csv_row, figure_lines, figures_document, groups_of
from zz110_tui.cli.history import open_history
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.noting import note_reading
from zz110_tui.cli.surroundings import look_around
from zz110_tui.cli.times import moment
from zz110_tui.cli.wiring import open_board
from zz110_tui.config.problems import both
from zz110_tui.core.figures import figures
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.history import FOR_EVER


def show_figures(
    invocation: Invocation, start: str, end: str, by: str, *, as_json: bool, as_csv: bool, as_html: bool
) -> None:
    if as_json + as_csv + as_html > 1:
        raise Trouble(
            both("--json、--csv 与 --html 只能用一个", "--json, --csv and --html exclude each other"),
            "",
            "",
            exit_code=USAGE,
        )
    around = look_around(invocation)
    note_reading(around, "read", "figures", **{name: text for name, text in (("from", start), ("to", end)) if text})
    with open_board(around) as reading, open_history(around, reading.journal) as history:
        there = reading.pen.zone
        first, last = moment(start, there), moment(end, there, end_of_day=True)
        chosen = history.figures(first or 0, last or FOR_EVER)
        turns = history.turns(first or 0, last or FOR_EVER)
        city = reading.city
    found = figures(*chosen, around.rules, turns)
    if as_json:
        output.document(figures_document(found, there, by))
    elif as_csv:
        output.rows_csv(csv_columns(by), [csv_row(by, group) for group in groups_of(found, by)])
    elif as_html:
        from zz110_tui.cli.figurepage import figure_page

        output.markup(figure_page(found, chosen[0], around, there, city))
    else:
        for line in figure_lines(found, around, there, by):
            output.text(line)
