"""The security record: what is kept, that it cannot be altered unseen, and that nobody fills the disk with it."""

from __future__ import annotations

import stat
import time
from pathlib import Path

import apsw
import pytest

from tests.support.serving import Notes
from zz110_tui.core.trouble import Trouble
from zz110_tui.server.keeper import Keeper
from zz110_tui.server.securityfile import SecurityFile, security_of
from zz110_tui.server.throttle import MOST_KEYS, OF_ALL, OF_ONE, WINDOW_MS, Throttle

AT = 1_700_000_000_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return security_of(tmp_path / "room.zz110")


def said(count: int, event: str = "login") -> list[dict[str, object]]:
    return [{"t": AT + n, "event": event, "account": f"a{n}"} for n in range(1, count + 1)]


def break_open(path: Path, sql: str) -> None:
    connection = apsw.Connection(str(path))
    connection.execute("DROP TRIGGER note_stays; DROP TRIGGER note_is_as_it_is").fetchall()
    connection.execute(sql).fetchall()
    connection.close()


def test_what_was_noted_is_there_in_order_after_it_was_opened_again(path: Path) -> None:
    file = SecurityFile(path, create=True)
    file.append(said(3))
    file.append(said(1, "refused"))
    file.close()
    again = SecurityFile(path)
    assert [(note.number, note.said["event"]) for note in again.last(10)] == [
        (1, "login"),
        (2, "login"),
        (3, "login"),
        (4, "refused"),
    ]
    assert [note.number for note in again.last(2)] == [3, 4]
    assert [note.number for note in again.last(10, since=AT + 3)] == [3]
    assert again.judge().intact
    assert again.judge().head == again.head()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_notes_are_only_added(path: Path) -> None:
    SecurityFile(path, create=True).append(said(2))
    connection = apsw.Connection(str(path))
    for sql in ("DELETE FROM note", "UPDATE note SET said = x'7b7d' WHERE number = 1"):
        with pytest.raises(apsw.ConstraintError, match="only added"):
            connection.execute(sql)


def test_what_is_no_record_is_said_so(path: Path) -> None:
    with pytest.raises(Trouble, match="no security record"):
        SecurityFile(path)
    path.write_bytes(b"x" * 5_000)
    with pytest.raises(Trouble):
        SecurityFile(path)


# -- how much ----------------------------------------------------------------------------------------------------------


def test_much_of_one_kind_from_one_source_is_counted_and_others_are_still_written_down() -> None:
    throttle = Throttle()
    loud, quiet = ("login", "li", "10.0.0.9"), ("login", "wang", "10.0.0.8")
    throttle.passed(AT)
    taken = [throttle.takes(loud, AT) for _ in range(1_000)]
    assert taken == [True] * OF_ONE + [False] * (1_000 - OF_ONE)
    assert throttle.takes(quiet, AT)
    assert throttle.passed(AT + WINDOW_MS - 1) == []
    assert throttle.passed(AT + WINDOW_MS) == [(loud, 1_000 - OF_ONE)]
    assert throttle.takes(loud, AT + WINDOW_MS)


def test_a_crowd_with_a_million_names_writes_no_more_than_a_crowd_may() -> None:
    throttle = Throttle()
    throttle.passed(AT)
    taken = sum(throttle.takes(("login", f"n{n}", "10.0.0.9"), AT) for n in range(20_000))
    more = throttle.passed(AT + WINDOW_MS)
    assert taken == OF_ALL
    assert sum(count for _, count in more) == 20_000 - OF_ALL
    assert len(more) <= MOST_KEYS + 1


# -- who writes it -----------------------------------------------------------------------------------------------------


def test_what_matters_is_kept_and_everything_is_passed_on(path: Path) -> None:
    through = Notes()
    keeper = Keeper(SecurityFile(path, create=True), through, lambda: AT)
    keeper.note("login", account="li\x1b[2J", address="10.0.0.9", result="wrong")
    keeper.note("ended", account="li", code="left")
    keeper.note("ended", account="li", code="garbage")
    keeper.note("writer_priority", got="nice")
    for n in range(100):
        keeper.note("refused", account="li", address=f"pid {n}", code="unit_busy")
    keeper.close()
    kept = [note.said for note in SecurityFile(path).last(200)]
    assert [each["event"] for each in kept] == ["login", "ended", *["refused"] * OF_ONE, "refused"]
    assert kept[0] == {"t": AT, "event": "login", "account": "li␛[2J", "address": "10.0.0.9", "result": "wrong"}
    assert kept[-1]["more"] == 100 - OF_ONE
    assert len(through.all) == 104
    assert keeper.counts == {"login": 1, "ended": 1, "refused": 100}


def test_a_disk_that_fails_holds_nobody_up_and_nothing_is_lost_when_it_works_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zz110_tui.server.keeper.RETRY_S", 0.01)
    file = SecurityFile(path, create=True)
    store, tries = file.append, []

    def failing(notes: object) -> None:
        tries.append(notes)
        raise Trouble("disk full", "no space", "")

    file.append = failing  # type: ignore[method-assign, assignment]
    through = Notes()
    keeper = Keeper(file, through, lambda: AT)
    keeper.note("login", account="li", result="wrong")
    while len(tries) < 3:
        time.sleep(0.001)
    assert keeper.failing
    file.append = store  # type: ignore[method-assign]
    keeper.note("login", account="wang", result="wrong")
    keeper.close()
    assert [note.said["account"] for note in SecurityFile(path).last(9)] == ["li", "wang"]
    assert [event for event, _ in through.all].count("security_record_failed") == 1
