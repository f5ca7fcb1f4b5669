"""A store that is opened again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from zz110_tui.store.journal import Journal
from zz110_tui.store.open import open_journal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.zz110"


@pytest.fixture
def store(path: Path) -> Iterator[Callable[[], Journal]]:
    """Opens the store again and again, closing the one before."""
    opened: list[Journal] = []

    def reopen() -> Journal:
        if opened:
            opened.pop().close()
        opened.append(open_journal(path, "live"))
        return opened[-1]

    yield reopen
    if opened:
        opened.pop().close()
