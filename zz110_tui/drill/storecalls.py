"""The calls a store has worked on, as records to replay, to compare policies on or to draw a pack from.

One call for each slip a unit was sent to, or that waits for one: where and what it was in the end, its times. What was
linked to another, advised, transferred or entered in error needed no unit of its own. Callers and words stay in the
store.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from zz110_tui.core.board import Board
from zz110_tui.core.evolve import evolve
from zz110_tui.core.facts import SlipsFiled
from zz110_tui.core.incidents import ENTERED_IN_ERROR, LINKED, Channel, Incident
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.core.terms import incident_no
from zz110_tui.drill.rows import CallRecord
from zz110_tui.service.recovery import first_board
from zz110_tui.store.open import open_read_only
from zz110_tui.store.schema import APPLICATION_ID

_MARK_AT = 68
"""Where SQLite keeps the application id of a database: four bytes, the highest first."""


def is_store(path: Path) -> bool:
    """Whether a file says of itself that it is a store of zz110."""
    with path.open("rb") as file:
        file.seek(_MARK_AT)
        return file.read(4) == APPLICATION_ID.to_bytes(4, "big")


def read_store(path: Path, rules: Rulebook | None = None) -> Iterator[CallRecord]:
    """The calls of a store's journal, by the time they were received. Raises Trouble for a store that cannot be read.

    Of a store whose older entries were moved to an archive those that are left.
    """
    journal = open_read_only(path)
    try:
        board = first_board(journal)
        found: dict[int, CallRecord] = {}
        for entry in journal.read(board.position):
            if isinstance(entry.fact, SlipsFiled):
                _keep(board, entry.fact.incidents, rules, found)
            evolve(board, entry)
        _keep(board, tuple(board.incidents), rules, found)
    finally:
        journal.close()
    yield from sorted(found.values(), key=lambda call: (call.received_ms, call.source))


def _keep(board: Board, numbers: tuple[int, ...], rules: Rulebook | None, found: dict[int, CallRecord]) -> None:
    for number in numbers:
        incident = board.incidents.get(number)
        if incident is not None and _needed_a_unit(incident):
            found[number] = _call(board, incident, rules)


def _needed_a_unit(incident: Incident) -> bool:
    if incident.disposition in (LINKED, ENTERED_IN_ERROR):
        return False
    return bool(incident.assignments) or incident.open


def _call(board: Board, incident: Incident, rules: Rulebook | None) -> CallRecord:
    first = board.reports.get(incident.reports[0]) if incident.reports else None
    kind = incident.final_type or incident.type
    known = rules.types.get(kind) if rules is not None else None
    sent = [a.dispatched_at for a in incident.assignments if a.dispatched_at]
    there = [a.on_scene_at for a in incident.assignments if a.on_scene_at]
    return CallRecord(
        source=incident_no(incident.number),
        received_ms=incident.received_at,
        dispatched_ms=min(sent, default=0),
        arrived_ms=min(there, default=0),
        closed_ms=incident.closed_at,
        point=incident.place.point,
        type=kind,
        category=known.category.value if known is not None else "",
        channel=first.channel if first is not None else Channel.PHONE,
    )
