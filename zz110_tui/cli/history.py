"""Slips on the board and those that left it: the history beside the store, brought up to date whenever it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from zz110_tui.cli.noting import note_reading
from zz110_tui.cli.progress import Progress
from zz110_tui.cli.surroundings import Surroundings
from zz110_tui.core.alarms import Subject, of_incident, of_report
from zz110_tui.core.board import Board
from zz110_tui.core.facts import Entry
from zz110_tui.core.matters import Matter
from zz110_tui.service.filed import chronology_of, place_of, slip_in
from zz110_tui.service.historian import catch_up
from zz110_tui.store.history import History
from zz110_tui.store.journal import JournalReader
from zz110_tui.wire.asking import PastSlip


def slip_on(board: Board, number: int) -> PastSlip | None:
    """The slip of an incident on the board."""
    incident = board.incidents.get(number)
    if incident is None:
        return None
    reports = tuple(board.reports[n] for n in incident.reports if n in board.reports)
    entries = {e.position: e for e in board.chronology(of_incident(number))}
    for report in reports:
        entries |= {e.position: e for e in board.chronology(of_report(report.number))}
    return PastSlip(incident, reports, tuple(entries[position] for position in sorted(entries)))


@contextmanager
def open_history(around: Surroundings, journal: JournalReader) -> Iterator[History]:
    """The history of a store, up to its journal. Raises Trouble where it cannot be brought there.

    Whoever may read the store and write nothing beside it gets one of his own, made anew and gone with the process.
    """
    history = History(place_of(around.store))
    try:
        with Progress(around.say("更新历史", "bringing the history up")) as progress:
            catch_up(
                journal,
                history,
                around.rules,
                lambda done, total: progress.show(done, total, f"{done}/{total}"),
                lambda: _archives(around),
            )
        yield history
    finally:
        history.close()


def _archives(around: Surroundings) -> AbstractContextManager[Sequence[JournalReader]]:
    from zz110_tui.cli.archivefiles import all_archives

    return all_archives(around)


def filed_slip(around: Surroundings, journal: JournalReader, number: int) -> PastSlip | None:
    """The slip of an incident that was filed; that it was read is written down."""
    note_reading(around, "read", "incident show", incident=number)
    with open_history(around, journal) as history:
        return slip_in(history, around.store, journal, number, around.archive_folders)


def filed_matter(
    around: Surroundings, journal: JournalReader, subject: Subject
) -> tuple[Matter, tuple[Entry, ...], str] | None:
    """An order, a warning or the like that was filed, with everything that happened to it, and the archive that has
    what is missing of it ("": nothing is); that it was read is written down."""
    note_reading(around, "read", f"{subject.kind} show", number=int(subject.id))
    with open_history(around, journal) as history:
        kept = history.matter(subject)
    return (
        None
        if kept is None
        else (kept.matter, *chronology_of(around.store, journal, kept.told, around.archive_folders))
    )
