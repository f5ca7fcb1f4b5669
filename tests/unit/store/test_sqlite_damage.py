"""Somebody or something changed the file: what is found, what is told, and that the room works on where it can."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from tests.support.entries import notes
from tests.support.stores import meddle
from zz110_tui.core.trouble import Trouble
from zz110_tui.store import sqlite
from zz110_tui.store.chain import FaultKind, verify
from zz110_tui.store.journal import SNAPSHOTS_KEPT, Journal
from zz110_tui.store.open import open_read_only


def test_the_file_itself_refuses_to_change_the_past(path: Path, store: Callable[[], Journal]) -> None:
    store().append(notes(1, 3))
    store().close()

    for statement in ("UPDATE entry SET payload = x'00' WHERE position = 2", "DELETE FROM entry WHERE position = 2"):
        with pytest.raises(apsw.ConstraintError, match="append-only"):
            meddle(path, statement)


UNLOCK = ("DROP TRIGGER entry_is_never_changed", "DROP TRIGGER entry_is_never_removed")

MEDDLING: dict[FaultKind, tuple[str, ...]] = {
    FaultKind.REMOVED: ("DELETE FROM entry WHERE position = 150",),
    FaultKind.CHANGED: (
        """UPDATE entry SET payload = CAST(replace(CAST(payload AS TEXT), '已到场 150', '未到场 150') AS BLOB)
           WHERE position = 150""",
    ),
    FaultKind.UNDECODABLE: ("UPDATE entry SET payload = x'7b7d' WHERE position = 150",),
    FaultKind.SWAPPED: (
        "UPDATE entry SET position = -1 WHERE position = 150",
        "UPDATE entry SET position = 150 WHERE position = 151",
        "UPDATE entry SET position = 151 WHERE position = -1",
    ),
    FaultKind.DOUBLED: (
        "UPDATE entry SET payload = (SELECT payload FROM entry WHERE position = 9) WHERE position = 150",
    ),
}


@pytest.mark.parametrize("kind", MEDDLING)
def test_meddling_with_the_file_is_found(path: Path, store: Callable[[], Journal], kind: FaultKind) -> None:
    store().append(notes(1, 300))
    store().close()
    meddle(path, *UNLOCK, *MEDDLING[kind])

    looking = open_read_only(path)
    fault = verify(looking.rows()).fault

    assert fault is not None
    assert (fault.kind, fault.position) == (kind, 150)
    looking.close()


@pytest.mark.parametrize("kind", [FaultKind.REMOVED, FaultKind.UNDECODABLE, FaultKind.SWAPPED, FaultKind.DOUBLED])
def test_no_board_is_ever_computed_from_such_a_journal(
    path: Path, store: Callable[[], Journal], kind: FaultKind
) -> None:
    store().append(notes(1, 300))
    store().close()
    meddle(path, *UNLOCK, *MEDDLING[kind])

    looking = open_read_only(path)
    with pytest.raises(Trouble, match="verify"):
        list(looking.read())
    looking.close()


def test_a_fault_near_the_head_is_told_at_opening_and_the_room_works_on(
    path: Path, store: Callable[[], Journal]
) -> None:
    store().append(notes(1, 160))
    store().close()
    meddle(path, *UNLOCK, *MEDDLING[FaultKind.CHANGED])

    journal = store()

    assert ["150" in warning.cause for warning in journal.warnings] == [True]
    assert journal.append(notes(161, 161))[-1].position == 161
    assert verify(journal.rows()).fault is not None


@pytest.mark.parametrize("count", [1, sqlite.TAIL - 1, sqlite.TAIL, sqlite.TAIL + 1, sqlite.TAIL + 2])
def test_a_whole_tail_is_no_warning(store: Callable[[], Journal], count: int) -> None:
    store().append(notes(1, count))

    assert store().warnings == ()


def test_a_damaged_snapshot_is_passed_over_with_a_warning(path: Path, store: Callable[[], Journal]) -> None:
    journal = store()
    journal.append(notes(1, 9))
    journal.save_snapshot(5, b"five")
    journal.save_snapshot(9, b"nine")
    store().close()
    meddle(path, "UPDATE snapshot SET image = x'00' WHERE position = 9")

    journal = store()

    assert journal.latest_snapshot() == (5, b"five")
    assert journal.latest_snapshot() == (5, b"five")
    assert ["checksum" in warning.cause for warning in journal.warnings] == [True]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE snapshot SET chain = zeroblob(32)", "UPDATE snapshot SET position = 17", "DELETE FROM entry"],
)
def test_a_snapshot_of_another_past_is_passed_over(path: Path, store: Callable[[], Journal], statement: str) -> None:
    journal = store()
    journal.append(notes(1, 9))
    journal.save_snapshot(9, b"nine")
    store().close()
    meddle(path, *UNLOCK, statement)

    journal = store()

    assert journal.latest_snapshot() is None
    assert ["chain" in warning.cause for warning in journal.warnings] == [True]


def test_old_snapshots_leave_the_file(path: Path, store: Callable[[], Journal]) -> None:
    journal = store()
    journal.append(notes(1, 9))
    for position in range(1, 10):
        journal.save_snapshot(position, b"image")
    journal.close()

    connection = apsw.Connection(str(path))
    assert connection.execute("SELECT count(*) FROM snapshot").get == SNAPSHOTS_KEPT
    connection.close()
