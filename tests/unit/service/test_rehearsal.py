"""A backup that was tried: whole, replayed, the same board, and the same past as the store in use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.stores import meddle, rewritten
from zz110_tui.config.bundled import bundled
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.core.board import Board
from zz110_tui.core.evolve import evolve
from zz110_tui.drill.simulation import run_shift
from zz110_tui.gis.city import load_city
from zz110_tui.service.recovery import save_snapshot
from zz110_tui.service.rehearsal import Rehearsal, rehearse
from zz110_tui.store.backup import make_backup
from zz110_tui.store.open import open_journal


@dataclass
class Place:
    live: Path
    backup: Path
    scratch: Path

    def rehearse(self) -> Rehearsal:
        return rehearse(self.backup, self.scratch, None, self.live, lambda _step, _done, _total: None)


@pytest.fixture
async def place(tmp_path: Path) -> Place:
    """A drilled morning with a snapshot in its middle, and a backup of it."""
    live = tmp_path / "drill.zz110"
    journal = open_journal(live, "drill")
    city, rules = load_city(bundled("cities") / "zhangzhou"), load_rulebook(bundled("rulebook"))
    stop = iter([False] * 2 + [True] * 1000)
    await run_shift(city, rules, seed=3, journal=journal, stop=lambda: next(stop))
    board = Board()
    for entry in journal.read(0, journal.head.position // 2):
        evolve(board, entry)
    meddle(live, "DELETE FROM snapshot")
    save_snapshot(journal, board.image())
    journal.close()
    made = make_backup(live, tmp_path / "backups", None, "1", lambda _done, _total: None)
    (tmp_path / "scratch").mkdir()
    return Place(live, made.path, tmp_path / "scratch")


async def test_a_good_backup_is_good(place: Place) -> None:
    found = place.rehearse()
    assert found.good
    assert found.snapshot * 2 <= found.header.position < found.snapshot * 2 + 2
    assert (found.verdict.intact, found.boards, found.live, found.live_board) == (True, True, "same", True)
    assert found.restore_s > 0
    assert found.start_s > 0


async def test_a_snapshot_that_lies_is_found(place: Place, tmp_path: Path) -> None:
    """It fits its checksum and its place in the chain, and shows another board than the entries do."""
    journal = open_journal(place.live, "drill")
    board = Board()
    for entry in journal.read(0, 100):
        evolve(board, entry)
    board.city = "elsewhere"
    meddle(place.live, "DELETE FROM snapshot")
    save_snapshot(journal, board.image())
    journal.close()
    place.backup = make_backup(place.live, tmp_path / "more", None, "1", lambda _done, _total: None).path
    found = place.rehearse()
    assert found.verdict.intact
    assert not found.boards
    assert not found.good


@pytest.mark.parametrize("at", [20, 60])
async def test_a_store_that_was_rewritten_since_is_found(place: Place, at: int) -> None:
    rewritten(place.live, at)
    found = place.rehearse()
    assert found.live == "differs"
    assert not found.good


async def test_a_store_that_lost_its_tail_since_is_told(place: Place) -> None:
    meddle(place.live, "DROP TRIGGER entry_is_never_removed", "DELETE FROM entry WHERE position > 90")
    found = place.rehearse()
    assert found.live == "behind"
    assert found.good, "it is the backup that is good"


async def test_a_store_that_is_gone_is_no_reason_against_its_backup(place: Place) -> None:
    place.live.unlink()
    found = place.rehearse()
    assert (found.live, found.good) == ("absent", True)
