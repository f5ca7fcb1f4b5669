"""A backup is the store up to a position, whole or not at all; what is damaged never becomes a store."""

from __future__ import annotations

import errno
import os
import zlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.support.entries import notes
from tests.support.stores import meddle
from zz110_tui.core.trouble import Trouble
from zz110_tui.store import backup as backup_module
from zz110_tui.store import sealed
from zz110_tui.store.backup import backups_in, make_backup, prune
from zz110_tui.store.chain import verify
from zz110_tui.store.journal import Journal
from zz110_tui.store.open import open_journal, open_read_only
from zz110_tui.store.restore import restore
from zz110_tui.store.sealed import make_backup_key, read_backup_key

COUNT = 40


def nothing(_done: int, _total: int) -> None:
    """Nobody watches."""


@pytest.fixture
def live(path: Path) -> Path:
    """A store with a snapshot, its log not yet written back."""
    journal = open_journal(path, "live", create=True)
    journal.append(notes(1, COUNT, commands=2))
    journal.save_snapshot(COUNT - 3, b"an image")
    journal.close()
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def key(tmp_path: Path) -> bytes:
    make_backup_key(tmp_path / "key")
    return read_backup_key(tmp_path / "key")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "again" / "restored.zz110"


def contents(store: Path) -> tuple[object, ...]:
    reader = open_read_only(store)
    try:
        commands = reader.find_commands([f"c{n}" for n in range(COUNT)])
        return reader.stamp, list(reader.rows()), commands, reader.latest_snapshot()
    finally:
        reader.close()


@pytest.mark.parametrize("encrypted", [False, True])
def test_what_comes_back_is_what_was_there(live: Path, folder: Path, target: Path, key: bytes, encrypted: bool) -> None:
    secret = key if encrypted else None
    made = make_backup(live, folder, secret, "1", nothing)
    header = restore(made.path, target, secret, nothing).header
    assert contents(target) == contents(live)
    assert (header.position, header.kind, made.manifest.entries) == (COUNT, "live", COUNT)
    assert target.stat().st_mode & 0o777 == 0o600
    assert made.path.stat().st_mode & 0o777 == 0o600
    open_journal(target, "live", create=False).append(notes(COUNT + 1, COUNT + 1))


def test_what_happens_meanwhile_is_not_in_it_and_does_no_harm(
    live: Path, folder: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writer works on, snapshots and checkpoints, between two entries of the copy."""
    monkeypatch.setattr(backup_module, "SAY_EVERY", 10)
    journal = open_journal(live, "live", create=False)

    def meanwhile(_done: int, _total: int) -> None:
        position = journal.head.position
        journal.append(notes(position + 1, position + 3))
        journal.save_snapshot(position + 3, b"a later image")
        journal.save_snapshot(position + 2, b"another one")

    made = make_backup(live, folder, None, "1", meanwhile)
    journal.close()
    restore(made.path, target, None, nothing)
    reader = open_read_only(target)
    assert reader.head.position == COUNT
    assert verify(reader.rows()).intact
    reader.close()


def test_nobody_reads_an_encrypted_one_and_no_word_of_it_is_in_the_file(live: Path, folder: Path, key: bytes) -> None:
    plain = make_backup(live, folder, None, "1", nothing).path
    closed = make_backup(live, folder, key, "1", nothing).path
    assert sealed.read_header(closed).key == sealed.key_id(key)
    _, pieces = sealed.open_sealed(plain, None)
    assert "已到场".encode() in b"".join(pieces)
    raw = closed.read_bytes()
    head = len(sealed.MAGIC) + 4 + int.from_bytes(raw[8:12], "big") + 4
    with pytest.raises(zlib.error):
        zlib.decompress(raw[head:])


@pytest.mark.parametrize("wrong", [None, bytes(32)])
def test_another_key_or_none_is_refused_in_words(
    live: Path, folder: Path, target: Path, key: bytes, wrong: bytes | None
) -> None:
    made = make_backup(live, folder, key, "1", nothing)
    with pytest.raises(Trouble, match="not its key"):
        restore(made.path, target, wrong, nothing)
    assert not target.exists()


def damages() -> list[object]:
    """Every part of a file is hit: magic, header, piece, end, checksum."""
    hit = [pytest.param(lambda raw, n=n: flipped(raw, n), id=f"byte {n}") for n in (0, 9, 12, 40, 150, 400, -100, -50)]
    hit += [pytest.param(lambda raw, n=n: flipped(raw, n), id=f"byte {n}") for n in (-40, -36, -33, -32, -1)]
    hit += [pytest.param(lambda raw, n=n: raw[:n], id=f"cut at {n}") for n in (0, 4, 11, 200, 700, -41, -40, -33, -1)]
    return [*hit, pytest.param(lambda raw: raw + b"x", id="something behind it")]


def flipped(raw: bytes, place: int) -> bytes:
    changed = bytearray(raw)
    changed[place] ^= 1
    return bytes(changed)


@pytest.mark.parametrize("encrypted", [False, True])
@pytest.mark.parametrize("damage", damages())
def test_a_damaged_backup_is_refused_and_leaves_nothing_behind(
    live: Path, folder: Path, target: Path, key: bytes, damage: Callable[[bytes], bytes], encrypted: bool
) -> None:
    secret = key if encrypted else None
    made = make_backup(live, folder, secret, "1", nothing)
    made.path.write_bytes(damage(made.path.read_bytes()))
    with pytest.raises(Trouble):
        restore(made.path, target, secret, nothing)
    assert [path.name for path in target.parent.iterdir()] == ["restored.zz110.lock"]


def test_pieces_of_an_encrypted_backup_cannot_be_swapped_or_left_out(
    path: Path, folder: Path, target: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed, "PIECE", 500)
    journal = open_journal(path, "live")
    journal.append(notes(1, COUNT))
    journal.close()
    raw = make_backup(path, folder, key, "1", nothing).path.read_bytes()
    start = len(sealed.MAGIC) + 4 + int.from_bytes(raw[8:12], "big")
    pieces, place = [], start
    while not raw[place:].startswith(sealed.END):
        length = 4 + (int.from_bytes(raw[place : place + 4], "big") & (sealed.LAST - 1))
        pieces.append(raw[place : place + length])
        place += length
    assert len(pieces) > 5
    one, two, *rest = pieces
    for wrong in ([two, one, *rest], [one, *rest], [one, one, two, *rest], [one, two, rest[-1]]):
        body = raw[:start] + b"".join(wrong) + sealed.END
        forged = folder / f"forged{backup_module.SUFFIX}"
        forged.write_bytes(body + sha256(body).digest())
        with pytest.raises(Trouble, match="does not open"):
            restore(forged, target, key, nothing)


def test_a_store_whose_chain_is_broken_is_not_backed_up(live: Path, folder: Path) -> None:
    good = make_backup(live, folder, None, "1", nothing)
    meddle(
        live,
        "DROP TRIGGER entry_is_never_changed",
        "UPDATE entry SET payload = CAST(payload || ' ' AS BLOB) WHERE position = 17",
    )
    with pytest.raises(Trouble) as trouble:
        make_backup(live, folder, None, "1", nothing)
    assert trouble.value.cause == "17"
    assert [one.path for one in backups_in(folder)] == [good.path]


def test_a_store_is_never_overwritten(live: Path, folder: Path, target: Path) -> None:
    made = make_backup(live, folder, None, "1", nothing)
    restore(made.path, target, None, nothing)
    before = contents(target)
    with pytest.raises(Trouble, match="never overwritten"):
        restore(made.path, target, None, nothing)
    assert contents(target) == before


def test_a_log_that_an_older_store_left_is_in_the_way(live: Path, folder: Path, target: Path) -> None:
    """SQLite would play it back into the restored store."""
    made = make_backup(live, folder, None, "1", nothing)
    target.parent.mkdir()
    target.with_name(target.name + "-wal").write_bytes(b"left behind")
    with pytest.raises(Trouble, match="-wal"):
        restore(made.path, target, None, nothing)


def test_a_place_that_a_core_holds_is_refused(live: Path, folder: Path, store: Callable[[], Journal]) -> None:
    made = make_backup(live, folder, None, "1", nothing)
    store()
    with pytest.raises(Trouble) as trouble:
        restore(made.path, live, None, nothing)
    assert trouble.value.exit_code == 75


def killed_in(work: Callable[[Callable[[int, int], None]], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Do it in a process that ends half-way, as with ``kill -9``: nothing is tidied up."""
    monkeypatch.setattr(backup_module, "SAY_EVERY", 10)
    monkeypatch.setattr("zz110_tui.store.restore.SAY_EVERY", 10)

    def die(_done: int, _total: int) -> None:
        os._exit(9)

    child = os.fork()
    if not child:
        work(die)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def test_a_backup_killed_half_way_is_none_and_the_next_one_tidies_up(
    live: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_in(lambda die: make_backup(live, folder, None, "1", die), monkeypatch)
    assert len(list(folder.iterdir())) == 1
    assert backups_in(folder) == []
    made = make_backup(live, folder, None, "1", nothing)
    assert list(folder.iterdir()) == [made.path]


def test_a_backup_that_is_being_made_is_not_swept_away(
    live: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_module, "SAY_EVERY", 30)
    made = []

    def another(_done: int, _total: int) -> None:
        made.append(make_backup(live, folder, None, "1", nothing))

    made.append(make_backup(live, folder, None, "1", another))
    assert len(backups_in(folder)) == len(made) == 2


def test_a_restore_killed_half_way_is_no_store_and_can_be_done_again(
    live: Path, folder: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_backup(live, folder, None, "1", nothing)
    killed_in(lambda die: restore(made.path, target, None, die), monkeypatch)
    assert not target.exists()
    restore(made.path, target, None, nothing)
    assert contents(target) == contents(live)
    assert sorted(path.name for path in target.parent.iterdir() if "restoring" in path.name) == []


@pytest.mark.parametrize("left", [0, 100, 900])
def test_a_full_disk_leaves_what_was_there(
    live: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, left: int
) -> None:
    good = make_backup(live, folder, None, "1", nothing)
    put = sealed.SealedWriter._put

    def full(self: sealed.SealedWriter, data: bytes) -> None:
        if self.written + len(data) > left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        put(self, data)

    monkeypatch.setattr(sealed.SealedWriter, "_put", full)
    with pytest.raises(Trouble, match="No space left") as trouble:
        make_backup(live, folder, None, "1", nothing)
    assert trouble.value.exit_code == 73
    assert list(folder.iterdir()) == [good.path]


def test_the_oldest_go_and_others_stay(live: Path, folder: Path, tmp_path: Path) -> None:
    other = open_journal(tmp_path / "other.zz110", "drill")
    other.append(notes(1, 3))
    other.close()
    kept = make_backup(tmp_path / "other.zz110", folder, None, "1", nothing).path
    made = [make_backup(live, folder, None, "1", nothing).path for _ in range(4)]
    broken = folder / f"broken{backup_module.SUFFIX}"
    broken.write_bytes(made[0].read_bytes()[:-1])
    store = backups_in(folder)[-1].header
    assert store is not None
    assert prune(folder, store.store, 2) == made[:2]
    assert {one.path for one in backups_in(folder)} == {kept, broken, *made[2:]}
    assert [one.path for one in backups_in(folder) if one.header is None] == [broken]


def test_a_key_that_others_can_read_or_that_is_none_is_refused(tmp_path: Path) -> None:
    make_backup_key(tmp_path / "key")
    with pytest.raises(Trouble, match="never overwritten"):
        make_backup_key(tmp_path / "key")
    (tmp_path / "key").chmod(0o644)
    with pytest.raises(Trouble, match="0644"):
        read_backup_key(tmp_path / "key")
    for wrong in (b"", b"00" * 31, b"zz" * 32, "钥".encode()):
        (tmp_path / "wrong").write_bytes(wrong)
        (tmp_path / "wrong").chmod(0o600)
        with pytest.raises(Trouble):
            read_backup_key(tmp_path / "wrong")
