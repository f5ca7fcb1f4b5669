"""Slips as they stand on the board, and those that left it: found again in the journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zz110_tui.core.alarms import of_incident, of_report
from zz110_tui.core.board import Board
from zz110_tui.core.evolve import evolve
from zz110_tui.core.facts import Entry, SlipsFiled
from zz110_tui.core.incidents import Incident, Report
from zz110_tui.store.journal import JournalReader


@dataclass(frozen=True, slots=True)
class Slip:
    """An incident with every report and everything that happened, oldest first."""

    incident: Incident
    reports: tuple[Report, ...]
    chronology: tuple[Entry, ...]


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


@dataclass(frozen=True, slots=True)
class Filed:
    """What left the board at one moment; ``board`` is as it was just before."""

    board: Board
    incidents: tuple[int, ...]
    reports: tuple[int, ...]


def filings(journal: JournalReader) -> Iterator[Filed]:
    """Every time slips were filed, oldest first. Reads the whole journal and keeps no more than the board."""
    board = Board()
    for entry in journal.read():
        if isinstance(entry.fact, SlipsFiled):
            yield Filed(board, entry.fact.incidents, entry.fact.reports)
        evolve(board, entry)


def filed_slip(journal: JournalReader, number: int) -> Slip | None:
    """The slip of an incident that was filed."""
    for filed in filings(journal):
        if number in filed.incidents:
            return slip_on(filed.board, number)
    return None
