"""Slips on the board and those that left it: the history beside the store, brought up to date whenever it is asked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from zz110_tui.cli.noting import note_reading
from zz110_tui.cli.progress import Progress
from zz110_tui.cli.surroundings import Surroundings
from zz110_tui.core.alarms import Subject, of_incident, of_report
from zz110_tui.core.board import Board
from zz110_tui.core.facts import Entry
from zz110_tui.core.incidents import Incident, Report
from zz110_tui.core.matters import Matter
from zz110_tui.service.historian import catch_up
from zz110_tui.store.history import History, history_of
from zz110_tui.store.journal import JournalReader
from zz110_tui.store.open import open_read_only


@dataclass(frozen=True, slots=True)
class Slip:
    """An incident with every report and everything that happened, oldest first. ``elsewhere`` names the archive that
    has what is missing from ``chronology``, "" where nothing is."""

    incident: Incident
    reports: tuple[Report, ...]
    chronology: tuple[Entry, ...]
    elsewhere: str = ""


def slip_on(board: Board, number: int) -> Slip | None:
    """The slip of an incident on the board."""
    incident = board.incidents.get(number)
    if incident is None:
        return None
    reports = tuple(board.reports[n] for n in incident.reports if n in board.reports)
    entries = {e.position: e for e in board.chronology(of_incident(number))}
    for report in reports:
        entries |= {e.position: e for e in board.chronology(of_report(report.number))}
    return Slip(incident, reports, tuple(entries[position] for position in sorted(entries)))


@contextmanager
def open_history(around: Surroundings, journal: JournalReader) -> Iterator[History]:
    """The history of a store, up to its journal. Raises Trouble where it cannot be brought there.

    Whoever may read the store and write nothing beside it gets one of his own, made anew and gone with the process.
    """
    history = History(place_of(around))
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


def place_of(around: Surroundings) -> Path | None:
    """Where a history of ours goes; None for a temporary one."""
    path = history_of(around.store)
    if os.access(path if path.exists() else path.parent, os.R_OK | os.W_OK):
        return path
    return None


def filed_slip(around: Surroundings, journal: JournalReader, number: int) -> Slip | None:
    """The slip of an incident that was filed; that it was read is written down."""
    note_reading(around, "read", "incident show", incident=number)
    with open_history(around, journal) as history:
        return slip_in(history, around, journal, number)


def slip_in(history: History, around: Surroundings, journal: JournalReader, number: int) -> Slip | None:
    """The same from a history that is open."""
    kept = history.slip(number)
    if kept is None:
        return None
    chronology, elsewhere = _chronology(around, journal, kept.told)
    return Slip(kept.incident, kept.reports, chronology, elsewhere)


def filed_matter(
    around: Surroundings, journal: JournalReader, subject: Subject
) -> tuple[Matter, tuple[Entry, ...], str] | None:
    """An order, a warning or the like that was filed, with everything that happened to it, and the archive that has
    what is missing of it ("": nothing is); that it was read is written down."""
    note_reading(around, "read", f"{subject.kind} show", number=int(subject.id))
    with open_history(around, journal) as history:
        kept = history.matter(subject)
    return None if kept is None else (kept.matter, *_chronology(around, journal, kept.told))


def _chronology(around: Surroundings, journal: JournalReader, told: tuple[int, ...]) -> tuple[tuple[Entry, ...], str]:
    """The entries at these positions, from the store and from its archives where they are to be had."""
    here = [position for position in told if position > journal.base.position]
    entries = [entry for position in here for entry in journal.read(position - 1, 1)]
    gone = [position for position in told if position <= journal.base.position]
    if not gone:
        return tuple(entries), ""
    from zz110_tui.cli.archivefiles import archive_places

    older, elsewhere = list[Entry](), ""
    for place in archive_places(around):
        wanted = [position for position in gone if place.archived.first <= position <= place.archived.last]
        if not wanted:
            continue
        if place.file is None:
            elsewhere = place.archived.file
            continue
        archive = open_read_only(place.file)
        try:
            older += [entry for position in wanted for entry in archive.read(position - 1, 1)]
        finally:
            archive.close()
    return (*older, *entries), elsewhere
