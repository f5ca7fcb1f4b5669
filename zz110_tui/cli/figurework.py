"""The work behind ``zz110 figures``: read the journal, collect its slips, count."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from zz110_tui.cli import output
from zz110_tui.cli.exits import USAGE
from zz110_tui.cli.figureview import csv_columns, csv_row, figure_lines, figures_document, groups_of
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.progress import Progress
from zz110_tui.cli.surroundings import look_around
from zz110_tui.cli.wiring import open_board
from zz110_tui.config.problems import both, shown
from zz110_tui.core.board import Board
from zz110_tui.core.evolve import evolve
from zz110_tui.core.figures import figures, within
from zz110_tui.core.slips import ContactEnd, Slip, SlipCollector
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.journal import JournalReader

FOR_EVER = 1 << 62
SAY_EVERY = 5_000


def show_figures(invocation: Invocation, start: str, end: str, by: str, as_json: bool, as_csv: bool) -> None:
    if as_json and as_csv:
        raise Trouble(
            both("--json 与 --csv 只能用一个", "--json and --csv exclude each other"), "", "", exit_code=USAGE
        )
    around = look_around(invocation)
    with open_board(around) as reading, Progress(around.say("统计", "counting")) as progress:
        there = reading.pen.zone
        first, last = moment(start, there), moment(end, there, end_of_day=True)
        slips, contacts = collect(reading.journal, progress)
    chosen = within(slips, contacts, first or 0, last or FOR_EVER)
    found = figures(*chosen, around.rules)
    if as_json:
        output.document(figures_document(found, there, by))
    elif as_csv:
        output.rows_csv(csv_columns(by), [csv_row(by, group) for group in groups_of(found, by)])
    else:
        for line in figure_lines(found, around, there, by):
            output.text(line)


def collect(journal: JournalReader, progress: Progress) -> tuple[tuple[Slip, ...], tuple[ContactEnd, ...]]:
    """Every slip and every contact of a journal, those still open among them."""
    board, collector = Board(), SlipCollector()
    total = journal.head.position
    for entry in journal.read():
        evolve(board, entry)
        collector.on_entries((entry,), board)
        if entry.position % SAY_EVERY == 0:
            progress.show(entry.position, total, f"{entry.position}/{total}")
    return collector.slips(board), collector.contacts(board)


def moment(text: str, zone: tzinfo, *, end_of_day: bool = False) -> int | None:
    """A local time as somebody writes it, in UTC ms; None for "". A date alone means its beginning, or its end.

    Raises Trouble for a text that is no time.
    """
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
        if end_of_day and len(text) <= len("2026-03-01"):
            at += timedelta(days=1)
        at = at if at.tzinfo is not None else at.replace(tzinfo=zone)
        return round(at.timestamp() * 1000)
    except (ValueError, OverflowError) as fault:
        raise Trouble(
            both("这不是时间", "this is no time"),
            shown(text),
            both("写 2026-03-01 或 2026-03-01T08:00", "write 2026-03-01 or 2026-03-01T08:00"),
            exit_code=USAGE,
        ) from fault
