"""The SQLite store: which files it takes, who may open it, what becomes of its log."""

from __future__ import annotations

import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from tests.support.entries import notes
from tests.support.stores import meddle
from zz110_tui.core.trouble import Trouble
from zz110_tui.store import reader, schema, sqlite
from zz110_tui.store.chain import verify
from zz110_tui.store.journal import Journal
from zz110_tui.store.open import open_journal, open_read_only

# -- opening -----------------------------------------------------------------------------------------------------------


def test_a_store_is_the_same_when_it_is_opened_again(store: Callable[[], Journal]) -> None:
    journal = store()
    journal.append(notes(1, 300, commands=2))
    stamp, head = journal.stamp, journal.head
    journal.save_snapshot(300, b"image")

    again = store()

    assert again.stamp == stamp
    assert again.head == head
    assert list(again.read()) == notes(1, 300, commands=2)
    assert again.find_commands(["c1"]) == {"c1": (3, 4)}
    assert again.latest_snapshot() == (300, b"image")
    assert again.append(notes(301, 302, commands=2))[-1].position == 302


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
    meddle(path, f"PRAGMA user_version = {schema.SEALED_VERSION + 1}")

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

    assert store().append(notes(1, 1))[-1].position == 1


# -- who may ----------------------------------------------------------------------------------------------------------


def test_two_writers_are_impossible(path: Path, store: Callable[[], Journal]) -> None:
    journal = store()
    linked = path.with_name("other-name")
    linked.symlink_to(path)

    for name in (path, linked):
        with pytest.raises(Trouble, match="another core"):
            open_journal(name, "live")

    assert journal.append(notes(1, 1))[-1].position == 1


def test_a_failed_opening_holds_no_lock(path: Path, store: Callable[[], Journal]) -> None:
    store().close()
    for _ in range(2):
        with pytest.raises(Trouble, match="drill"):
            open_journal(path, "drill")


def test_readers_come_and_go_while_the_writer_writes(path: Path, store: Callable[[], Journal]) -> None:
    journal = store()
    journal.append(notes(1, 3))
    one, other = open_read_only(path), open_read_only(path)
    journal.append(notes(4, 6))
    head = journal.head

    assert one.head == other.head == head
    assert list(one.read()) == notes(1, 6)
    assert verify(other.rows()).head == head
    assert one.stamp == journal.stamp
    one.close()
    assert journal.append(notes(7, 7))[-1].position == 7
    assert other.head.position == 7
    other.close()


def test_another_process_reads_what_was_acknowledged(path: Path, store: Callable[[], Journal]) -> None:
    journal = store()
    look = "import sys; from zz110_tui.store.open import open_read_only; print(open_read_only(sys.argv[1]).head)"
    for number in range(1, 4):
        journal.append(notes(number, number))
        head = journal.head
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
    assert store().append(notes(2, 2))[-1].position == 2


# -- the log -----------------------------------------------------------------------------------------------------------


def test_rest_empties_the_log_into_the_file(path: Path, store: Callable[[], Journal]) -> None:
    journal = store()
    small = path.stat().st_size
    journal.append(notes(1, 30_000))
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
    journal.append(notes(1, count))
    head = journal.head
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
