"""A matter that was filed is shown from the history: however long the journal, only its own entries are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.room import CROSSING, Room
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.matterwork import show_matter
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.commands import FileSlips
from zz110_tui.core.commands_matters import IssueOrder, WithdrawMatter
from zz110_tui.core.desks import SYSTEM
from zz110_tui.core.orders import OrderKind
from zz110_tui.server.securityfile import SecurityFile, security_of
from zz110_tui.service.recovery import save_snapshot
from zz110_tui.store.open import open_journal
from zz110_tui.store.reader import SqliteReader


def stored(path: Path, calls: int) -> Invocation:
    """A store in which an order was filed, and so many calls came after it."""
    room = Room()
    room.do(IssueOrder(OrderKind.PATROL_CHECK, ("01",), "", CROSSING))
    room.do(WithdrawMatter(Subject(SubjectKind.ORDER, "1"), "改派"))
    room.now += 1_000
    room.do(FileSlips(room.now), SYSTEM)
    for _ in range(calls):
        room.handled()
    journal = open_journal(path, "live")
    journal.append(list(room.journal))
    save_snapshot(journal, room.board.image())
    journal.close()
    return Invocation(store=path)


def shown(asked: Invocation, capsys: pytest.CaptureFixture[str]) -> Any:
    capsys.readouterr()
    assert show_matter(asked, "order", 1, True)
    return json.loads(capsys.readouterr().out)


def test_it_is_shown_with_all_that_happened_and_who_read_it_is_written_down(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = stored(tmp_path / "live.zz110", 2)
    found = shown(asked, capsys)
    assert found["name"] == "t1"
    assert [told["fact"] for told in found["chronology"]] == ["order_issued", "matter_withdrawn"]
    assert found["chronology_elsewhere"] is None
    file = SecurityFile(security_of(tmp_path / "live.zz110"))
    assert [(note.said["event"], note.said["what"], note.said["number"]) for note in file.last(9)] == [
        ("read", "order show", 1)
    ]
    assert not show_matter(asked, "order", 2, True)


def test_what_is_read_does_not_grow_with_the_journal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = 0
    rows = SqliteReader._chunks

    def counted(self: SqliteReader, after: int, limit: int | None) -> Iterator[tuple[int, bytes, bytes]]:
        nonlocal read
        for row in rows(self, after, limit):
            read += 1
            yield row

    monkeypatch.setattr(SqliteReader, "_chunks", counted)
    counts = []
    for calls in (5, 100):
        asked = stored(tmp_path / f"{calls}.zz110", calls)
        shown(asked, capsys)
        read = 0
        shown(asked, capsys)
        counts.append(read)
    assert counts[0] == counts[1]
