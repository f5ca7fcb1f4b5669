"""Whoever reads slips that are over, or takes the store's content away, is in the security record."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.entries import notes
from zz110_tui.cli.backupwork import make_one
from zz110_tui.cli.boardlists import list_incidents, list_reports
from zz110_tui.cli.figurework import show_figures
from zz110_tui.cli.historywork import find_incidents
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.journalwork import export_journal, tail_journal
from zz110_tui.cli.noting import account
from zz110_tui.server.securityfile import SecurityFile, security_of
from zz110_tui.store.open import open_journal


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store.zz110"
    journal = open_journal(path, "live")
    journal.append(notes(1, 3)[:0])
    journal.close()
    return path


def noted(store: Path) -> list[tuple[object, object, object]]:
    file = SecurityFile(security_of(store))
    try:
        assert file.judge().intact
        return [(note.said["event"], note.said["what"], note.said["account"]) for note in file.last(100)]
    finally:
        file.close()


@pytest.mark.parametrize(
    ("read", "event", "what"),
    [
        (lambda i, _: list_incidents(i, True, True), "read", "incident list --all"),
        (lambda i, _: list_reports(i, True, True), "read", "report list --all"),
        (lambda i, _: find_incidents(i, ["打架"], "", "", 5, True), "read", "incident find"),
        (lambda i, _: show_figures(i, "", "", "", as_json=True, as_csv=False, as_html=False), "read", "figures"),
        (lambda i, _: tail_journal(i, 5, False, True), "read", "journal tail"),
        (lambda i, p: export_journal(i, p / "out.jsonl", 0), "export", "journal export"),
        (lambda i, p: make_one(i, p / "backups", None, None, True), "export", "backup make"),
    ],
)
def test_a_reading_command_is_written_down(
    store: Path, tmp_path: Path, read: Callable[[Invocation, Path], object], event: str, what: str
) -> None:
    read(Invocation(store=store), tmp_path)
    assert noted(store) == [(event, what, account())]


def test_what_is_on_the_board_anyway_is_not(store: Path) -> None:
    list_incidents(Invocation(store=store), False, True)
    assert not security_of(store).exists()


def test_many_who_read_at_once_leave_one_chain(store: Path) -> None:
    """The core and any number of readers add to the same file."""

    def add(who: str) -> None:
        file = SecurityFile(security_of(store), create=True)
        for number in range(10):
            file.append([{"t": number, "event": "read", "what": who, "account": ""}])
        file.close()

    SecurityFile(security_of(store), create=True).close()
    threads = [threading.Thread(target=add, args=(str(n),)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    file = SecurityFile(security_of(store))
    assert (file.judge().intact, file.head().position) == (True, 40)
    file.close()
