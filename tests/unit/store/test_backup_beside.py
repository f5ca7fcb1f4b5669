"""What belongs to a store beside its journal: archives are named and held to their sums, the list of users comes along
only where nobody can read it, and comes back over nothing."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.support.entries import notes
from zz110_tui.core.desks import Duty
from zz110_tui.server.userfile import User, UserFile
from zz110_tui.store import sealed
from zz110_tui.store.archive import archive
from zz110_tui.store.backup import make_backup
from zz110_tui.store.beside import users_of
from zz110_tui.store.open import open_journal
from zz110_tui.store.restore import restore
from zz110_tui.store.sealed import read_header

KEY = bytes(range(32))
SOMEBODY = User("wang", "王芳", (Duty.DISPATCH,), "$argon2id$the-hash", "TOTPSECRET")


def nothing(_done: int, _total: int) -> None:
    """Nobody watches."""


@pytest.fixture
def live(path: Path) -> Path:
    journal = open_journal(path, "live", create=True)
    journal.append(notes(1, 40, commands=2))
    journal.close()
    return path


@pytest.fixture
def listed(live: Path) -> UserFile:
    """The list of users of that store, open as in a serving core."""
    users = UserFile(users_of(live), create=True)
    users.add(SOMEBODY)
    return users


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "again" / "restored.zz110"


@pytest.fixture
def old(live: Path, tmp_path: Path) -> Path:
    """The archive that the first entries of the store were moved to."""
    archive(live, 20, tmp_path / "old.zz110", lambda _reader, _position: b"a board", nothing)
    (tmp_path / "old.zz110").chmod(0o600)
    return tmp_path / "old.zz110"


def test_with_a_key_the_list_of_users_comes_back_for_its_owner_only(
    live: Path, listed: UserFile, folder: Path, target: Path
) -> None:
    made = make_backup(live, folder, KEY, "1", nothing)
    assert (made.users, made.header.users) == ("in_it", True)
    back = restore(made.path, target, KEY, nothing)
    assert back.users == users_of(target)
    assert back.users.stat().st_mode & 0o777 == 0o600
    again = UserFile(back.users)
    assert again.all() == (SOMEBODY,)
    assert again.key() == listed.key()
    assert sorted(one.name for one in target.parent.iterdir()) == [
        "restored.zz110",
        "restored.zz110.lock",
        "restored.zz110.users",
    ]


def test_without_a_key_no_hash_leaves_the_machine(live: Path, listed: UserFile, folder: Path, target: Path) -> None:
    made = make_backup(live, folder, None, "1", nothing)
    assert (made.users, made.header.users) == ("no_key", False)
    _, pieces = sealed.open_sealed(made.path, None)
    assert b"argon2id" not in b"".join(pieces)
    assert restore(made.path, target, None, nothing).users is None
    assert not users_of(target).exists()


def test_a_store_without_a_list_and_one_with_a_damaged_list_are_backed_up(
    live: Path, folder: Path, target: Path
) -> None:
    assert make_backup(live, folder, KEY, "1", nothing).users == "absent"
    users_of(live).write_bytes(b"no list of users" * 100)
    made = make_backup(live, folder, KEY, "1", nothing)
    assert (made.users, made.header.users) == ("unreadable", False)
    assert restore(made.path, target, KEY, nothing).header.position == 40


@pytest.mark.parametrize("lies_there", ["", "-journal", "-wal"])
def test_another_list_and_what_is_left_of_one_are_never_written_over(
    live: Path, listed: UserFile, folder: Path, target: Path, lies_there: str
) -> None:
    made = make_backup(live, folder, KEY, "1", nothing)
    other = target.with_name(users_of(target).name + lies_there)
    target.parent.mkdir()
    other.write_bytes(b"another")
    first = users_of(target).with_name(users_of(target).name + ".restored")
    first.write_bytes(b"of an earlier restore")
    back = restore(made.path, target, KEY, nothing)
    assert back.users == first.with_name(first.name + "-2")
    assert UserFile(back.users).all() == (SOMEBODY,)
    assert (other.read_bytes(), first.read_bytes()) == (b"another", b"of an earlier restore")


def test_a_restore_that_was_killed_after_the_list_takes_it_for_its_own(
    live: Path, listed: UserFile, folder: Path, target: Path
) -> None:
    made = make_backup(live, folder, KEY, "1", nothing)
    restore(made.path, target, KEY, nothing)
    target.unlink()
    assert restore(made.path, target, KEY, nothing).users == users_of(target)


def test_archives_are_named_in_the_head_and_held_to_their_sums(
    live: Path, old: Path, folder: Path, tmp_path: Path
) -> None:
    made = make_backup(live, folder, KEY, "1", nothing)
    assert [(one.first, one.last, one.file, one.sha256) for one in read_header(made.path).archives] == [
        (1, 20, str(old), sha256(old.read_bytes()).hexdigest())
    ]

    def state(name: str) -> str:
        [now] = restore(made.path, tmp_path / name, KEY, nothing).archives
        return now.state

    assert state("one") == "same"
    old.write_bytes(old.read_bytes()[:-1] + b"x")
    assert state("two") == "changed"
    old.unlink()
    assert state("three") == "missing"


def test_an_archive_out_of_reach_holds_up_no_backup(live: Path, old: Path, folder: Path, target: Path) -> None:
    away = old.rename(old.with_suffix(".away"))
    made = make_backup(live, folder, None, "1", nothing)
    assert [one.sha256 for one in made.header.archives] == [""]
    away.rename(old)
    assert [now.state for now in restore(made.path, target, None, nothing).archives] == ["unsummed"]


def test_a_backup_of_before_these_were_kept_is_read(live: Path, old: Path, folder: Path, target: Path) -> None:
    """Its header has neither field; its archives are named inside only."""
    path = make_backup(live, folder, None, "1", nothing).path
    raw = path.read_bytes()
    start = len(sealed.MAGIC) + 4
    end = start + int.from_bytes(raw[start - 4 : start], "big")
    header = json.loads(raw[start:end])
    del header["archives"]
    body = json.dumps({**header, "key": "", "salt": ""}).encode()
    older = sealed.MAGIC + len(body).to_bytes(4, "big") + body + raw[end:-32]
    path.write_bytes(older + sha256(older).digest())
    back = restore(path, target, None, nothing)
    assert (back.header.position, back.users) == (40, None)
    assert [(now.reference.file, now.state) for now in back.archives] == [(str(old), "unsummed")]
