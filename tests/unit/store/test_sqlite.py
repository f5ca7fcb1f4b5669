"""The SQLite store: which files it takes, who may open it, what it does with damage."""

from __future__ import annotations

import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest

from tests.support.entries import notes
from zz110_tui.core.trouble import Trouble
from zz110_tui.store import reader, schema, sqlite
from zz110_tui.store.chain import FaultKind, verify
from zz110_tui.store.journal import SNAPSHOTS_KEPT, Journal
from zz110_tui.store.open import open_journal, open_read_only


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


def meddle(path: Path, *statements: str) -> None:
    """What someone with a SQLite shell would do to a store nobody has open."""
    connection = apsw.Connection(str(path))
    for statement in statements:
        connection.execute(statement).fetchall()
    connection.close()


# -- opening -----------------------------------------------------------------------------------------------------------


def test_a_store_is_the_same_when_it_is_opened_again(store: Callable[[], Journal]) -> None:
    journal = store()
    stamp, head = journal.stamp, journal.append(notes(1, 300, commands=2))
    journal.save_snapshot(300, b"image")

    again = store()

    assert again.stamp == stamp
    assert again.head == head
    assert list(again.read()) == notes(1, 300, commands=2)
    assert again.find_command("c1") == (3, 4)
    assert again.latest_snapshot() == (300, b"image")
    assert again.append(notes(301, 302, commands=2)).position == 302


def test_the_stamp_says_when_it_was_made(path: Path, store: Callable[[], Journal]) -> None:
    before = time.time_ns() // 1_000_000
    made = store().stamp

    assert before <= made.created <= time.time_ns() // 1_000_000
    assert len(bytes.fromhex(made.id)) == 16


def test_folders_are_made_and_only_their_owner_reads_what_is_in_them(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "store.zz110"
    journal = open_journal(path, "live")
    journal.append(notes(1, 1))

    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {f"store.zz110{end}": 0o600 for end in ("", "-wal", "-shm", ".lock")}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    journal.close()


def test_nothing_is_made_where_nothing_was_asked_for(path: Path) -> None:
    with pytest.raises(Trouble, match="no such store"):
        open_journal(path, "live", create=False)
    with pytest.raises(Trouble, match="no such store"):
        open_read_only(path)

    assert list(path.parent.iterdir()) == []


def test_a_file_as_a_folder_is_trouble(path: Path) -> None:
    path.write_bytes(b"")
    with pytest.raises(Trouble, match="folder"):
        open_journal(path / "store", "live")


def test_a_folder_as_a_store_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="cannot be opened"):
        open_journal(tmp_path, "live")


FOREIGN: dict[str, Callable[[Path], object]] = {
    "text": lambda path: path.write_text("接警记录\n" * 1_000, encoding="utf-8"),
    "one byte": lambda path: path.write_bytes(b"x"),
    "another database": lambda path: meddle(path, "CREATE TABLE t (x)"),
    "another program's": lambda path: meddle(path, "PRAGMA application_id = 17", "VACUUM"),
    "another program's log": lambda path: meddle(path, "PRAGMA journal_mode = wal", "CREATE TABLE t (x)"),
}


@pytest.mark.parametrize("make", FOREIGN.values(), ids=FOREIGN.keys())
def test_a_foreign_file_is_refused_and_left_alone(path: Path, make: Callable[[Path], object]) -> None:
    make(path)
    before = path.read_bytes()

    with pytest.raises(Trouble, match="not a zz110 store"):
        open_journal(path, "live")
    with pytest.raises(Trouble, match="not a zz110 store"):
        open_read_only(path)

    assert path.read_bytes() == before


def test_a_newer_store_is_refused(path: Path, store: Callable[[], Journal]) -> None:
    store().close()
    meddle(path, f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")

    with pytest.raises(Trouble, match="newer") as trouble:
        open_journal(path, "live")
    assert "upgrade" in trouble.value.remedy
    with pytest.raises(Trouble, match="newer"):
        open_read_only(path)


def test_drill_and_live_never_share_a_store(path: Path, store: Callable[[], Journal]) -> None:
    store().close()

    with pytest.raises(Trouble, match="drill"):
        open_journal(path, "drill")
    open_journal(path, "live").close()


def test_a_making_that_was_cut_short_is_done_again(path: Path, store: Callable[[], Journal]) -> None:
    path.touch(mode=0o600)
    meddle(path, "PRAGMA journal_mode = wal")

    assert store().append(notes(1, 1)).position == 1


# -- who may ----------------------------------------------------------------------------------------------------------


def test_two_writers_are_impossible(path: Path, store: Callable[[], Journal]) -> None:
    journal = store()
    linked = path.with_name("other-name")
    linked.symlink_to(path)

    for name in (path, linked):
        with pytest.raises(Trouble, match="another core"):
            open_journal(name, "live")

    assert journal.append(notes(1, 1)).position == 1


def test_a_failed_opening_holds_no_lock(path: Path, store: Callable[[], Journal]) -> None:
    store().close()
    for _ in range(2):
        with pytest.raises(Trouble, match="drill"):
            open_journal(path, "drill")


def test_readers_come_and_go_while_the_writer_writes(path: Path, store: Callable[[], Journal]) -> None:
    journal = store()
    journal.append(notes(1, 3))
    one, other = open_read_only(path), open_read_only(path)
    head = journal.append(notes(4, 6))

    assert one.head == other.head == head
    assert list(one.read()) == notes(1, 6)
    assert verify(other.rows()).head == head
    assert one.stamp == journal.stamp
    one.close()
    assert journal.append(notes(7, 7)).position == 7
    assert other.head.position == 7
    other.close()


def test_another_process_reads_what_was_acknowledged(path: Path, store: Callable[[], Journal]) -> None:
    journal = store()
    look = "import sys; from zz110_tui.store.open import open_read_only; print(open_read_only(sys.argv[1]).head)"
    for number in range(1, 4):
        head = journal.append(notes(number, number))
        seen = subprocess.run([sys.executable, "-c", look, str(path)], capture_output=True, check=True, text=True)
        assert seen.stdout.strip() == str(head)


def test_a_reader_cannot_write(path: Path, store: Callable[[], Journal]) -> None:
    store()
    looking = reader.SqliteReader(path)

    assert looking._connection is not None
    with pytest.raises(apsw.ReadOnlyError):
        looking._connection.execute("INSERT INTO command VALUES ('x', 1, 1)")
    looking.close()


def test_another_program_that_holds_the_file_is_trouble_not_a_hang(
    path: Path, store: Callable[[], Journal], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_MS", 10)
    journal = store()
    journal.append(notes(1, 1))
    shell = apsw.Connection(str(path))
    shell.execute("BEGIN IMMEDIATE")

    with pytest.raises(Trouble, match="another program"):
        journal.append(notes(2, 2))
    assert journal.broken is not None

    shell.execute("ROLLBACK")
    shell.close()
    assert store().append(notes(2, 2)).position == 2


# -- damage ------------------------------------------------------------------------------------------------------------


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
    assert journal.append(notes(161, 161)).position == 161
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


# -- the log -----------------------------------------------------------------------------------------------------------


def test_rest_empties_the_log_into_the_file(path: Path, store: Callable[[], Journal]) -> None:
    journal = store()
    small = path.stat().st_size
    journal.append(notes(1, 6_000))
    assert path.stat().st_size == small

    journal.rest()

    assert path.stat().st_size > 100 * 4096


def test_the_log_does_not_grow_without_end_when_nobody_rests(
    path: Path, store: Callable[[], Journal], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "WAL_PAGES", 200)
    journal = store()
    for start in range(1, 6_001, 100):
        journal.append(notes(start, start + 99))

    assert path.with_name(path.name + "-wal").stat().st_size < 600 * 4096
    assert verify(journal.rows()).head == journal.head


@pytest.mark.parametrize("count", [1, 100, 20_000])
def test_a_store_left_behind_with_its_log_is_whole(
    path: Path, tmp_path: Path, store: Callable[[], Journal], count: int
) -> None:
    journal = store()
    head = journal.append(notes(1, count))
    copy = tmp_path / "copy.zz110"
    for end in ("", "-wal"):
        copy.with_name(copy.name + end).write_bytes(path.with_name(path.name + end).read_bytes())

    left = open_journal(copy, "live")

    assert left.head == head
    assert verify(left.rows()).head == head
    left.close()


def test_a_clean_close_leaves_one_file_and_its_lock(path: Path, store: Callable[[], Journal]) -> None:
    journal = store()
    journal.append(notes(1, 3))
    journal.close()

    assert sorted(file.name for file in path.parent.iterdir()) == [path.name, f"{path.name}.lock"]
