"""A serving core keeps its history current by itself: in a process of its own, and only where something happened."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.support.entries import notes
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.keeping import history_chore
from zz110_tui.cli.surroundings import look_around
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.history import History, history_of
from zz110_tui.store.open import open_journal


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store.zz110"
    journal = open_journal(path, "live")
    journal.append(notes(1, 1)[:0])
    journal.close()
    return path


def test_the_history_is_brought_up_once_for_what_happened(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[list[str]] = []
    really = subprocess.run

    def counted(args: list[str], **settings: Any) -> Any:
        runs.append(args)
        return really(args, **settings)

    monkeypatch.setattr("subprocess.run", counted)
    chore = history_chore(look_around(Invocation(store=store)))
    assert chore.age_s() < chore.every_s, "a core that has just begun serves first"
    chore.work()
    chore.work()
    assert [args[-2:] for args in runs] == [["history", "update"]], "nothing happened between the two turns"
    assert runs[0][:3] == ["nice", "-n", "19"]
    history = History(history_of(store))
    state = history.state()
    history.close()
    assert state is None or state.position == 0
    assert not chore.at_end


def test_a_history_that_cannot_be_brought_up_is_told_about(store: Path) -> None:
    chore = history_chore(look_around(Invocation(store=store)))
    history_of(store).mkdir()
    with pytest.raises(Trouble, match="history was not brought up"):
        chore.work()
