"""A journal by the name a user gives it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from zz110_tui.store.memory import MemoryJournal
from zz110_tui.store.open import open_journal
from zz110_tui.store.sqlite import SqliteJournal


def test_memory_has_its_own_name() -> None:
    journal = open_journal(":memory:", "drill")

    assert isinstance(journal, MemoryJournal)
    assert journal.stamp.kind == "drill"
    assert not journal.blocking


@pytest.mark.parametrize("as_text", [True, False])
def test_everything_else_is_a_file(tmp_path: Path, as_text: bool) -> None:
    path = tmp_path / "一号 store?mode=memory"
    journal = open_journal(str(path) if as_text else path, "live")

    assert isinstance(journal, SqliteJournal)
    assert journal.blocking
    assert path.exists()
    journal.close()


def test_sqlite_is_imported_only_for_a_file() -> None:
    look = "import sys, zz110_tui.store.open as o; o.open_journal(':memory:', 'drill'); sys.exit('apsw' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0
