"""``zz110 backup`` with real processes: beside a serving core, by its schedule, and back again."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from tests.e2e.conftest import Program
from tests.e2e.serving import core
from tests.support.stores import meddle
from tests.support.waiting import until
from zz110_tui.core.desks import Duty
from zz110_tui.server.userfile import User, UserFile
from zz110_tui.store.beside import users_of


@pytest.fixture
def settled(zz110: Program) -> Program:
    """A room with a slip, a key, and a folder for backups in its settings."""
    zz110.json("backup", "keygen", "backup.key")
    (zz110.home / "config").mkdir()
    (zz110.home / "config" / "config.toml").write_text(
        f'[backup]\nfolder = "{zz110.home}/backups"\nkey = "{zz110.home}/backup.key"\nkeep = 2\nevery = 1\n',
        encoding="utf-8",
    )
    zz110.env["ZZ110_CONFIG_DIR"] = str(zz110.home / "config")
    zz110.do("n 打架 @~东门口 / 一")
    return zz110


def test_the_list_of_users_goes_along_where_a_key_closes_it(settled: Program) -> None:
    users = UserFile(users_of(settled.store), create=True)
    users.add(User("wang", "王芳", (Duty.DISPATCH,), "a hash", "A KEY"))
    users.close()
    open_one = settled.run(
        "--lang", "en", "backup", "make", "--folder", "open", env={"ZZ110_CONFIG_DIR": str(settled.home)}
    )
    assert "NOT in it" in open_one.stderr
    assert "backup keygen" in open_one.stderr
    made = settled.json("backup", "make")
    assert (made["users"], made["users_state"]) == (True, "in_it")
    assert settled.json("backup", "test")["users"] == 1

    back = settled.json("backup", "restore", "--to", "new.zz110")
    assert (back["users_in_place"], back["users_file"]) == (True, f"{settled.home}/new.zz110.users")
    there = settled.json("--store", "new.zz110", "user", "list")
    assert [one["account"] for one in there] == ["wang"]

    (settled.home / "other.zz110.users").write_bytes(b"another list")
    said = settled.run("--lang", "en", "backup", "restore", "--to", "other.zz110")
    assert said.returncode == 0
    assert "left as it is" in said.stderr
    assert "other.zz110.users.restored" in said.stderr
    assert (settled.home / "other.zz110.users").read_bytes() == b"another list"


def test_a_scheduled_backup_that_leaves_the_users_out_is_in_the_log_in_health_and_in_the_list(settled: Program) -> None:
    users = UserFile(users_of(settled.store), create=True)
    users.add(User("wang", "王芳", (Duty.DISPATCH,), "a hash", "A KEY"))
    users.close()
    config = settled.home / "config" / "config.toml"
    with_key = config.read_text(encoding="utf-8")
    config.write_text(with_key.replace("backup.key", "nothing").replace("key =", "# key ="), encoding="utf-8")
    with core(settled) as served:
        asyncio.run(until(lambda: bool(files(settled))))
        asyncio.run(until(lambda: "without the list of users" in settled.run("--lang", "en", "health").stdout))
        code, said = served.end()
    assert code == 0
    notes = [json.loads(line[line.index("{") :]) for line in said.splitlines() if '"backup_incomplete"' in line]
    assert notes[0]["users"] == "no_key"
    assert "backup keygen" in notes[0]["remedy"]
    listed = settled.run("--lang", "en", "backup", "list").stderr
    assert "the newest: the list of users (.users) is NOT in it" in listed
    assert "→ make a key with zz110 backup keygen" in listed
    assert "最近一份：用户名单" in settled.run("--lang", "zh", "backup", "list").stderr

    config.write_text(with_key, encoding="utf-8")
    settled.json("backup", "make")
    again = settled.run("--lang", "en", "backup", "list")
    assert "NOT in it" not in again.stderr
    assert "in it" in again.stdout


def files(zz110: Program) -> list[Path]:
    return sorted((zz110.home / "backups").glob("*.zz110b"))


def test_a_serving_core_is_backed_up_by_hand_and_by_its_schedule(settled: Program) -> None:
    with core(settled) as served:
        asyncio.run(until(lambda: bool(files(settled))))
        by_hand = settled.json("backup", "make")
        settled.do("n 打架 @~东门口 / 二")
        assert served.end()[0] == 0
    assert by_hand["cipher"] == "aes-256-gcm"
    assert len(files(settled)) <= 2
    listed = settled.json("backup", "list")
    assert by_hand["file"] in [one["file"] for one in listed]
    tried = settled.json("backup", "test", by_hand["file"])
    assert (tried["good"], tried["live_store"], tried["position"]) == (True, "same", by_hand["position"])

    slips = settled.json("incident", "list")
    settled.json("backup", "make")
    settled.store.rename(settled.home / "broken")
    back = settled.json("backup", "restore")
    assert back["restored"] == str(settled.store)
    assert settled.json("incident", "list") == slips
    assert settled.json("journal", "verify")["position"] == back["position"]
    assert settled.run("backup", "restore").returncode == 73, "and never over it"
    settled.do("n 打架 @~东门口 / 三")


def test_what_cannot_be_done_is_refused_in_words(settled: Program) -> None:
    made = Path(settled.json("backup", "make")["file"])
    (settled.home / "config" / "config.toml").unlink()
    args = ("--folder", "backups", "--to", "new.zz110")
    assert settled.run("backup", "make").returncode == 2, "no folder"
    assert settled.run("backup", "list", "--folder", "nowhere").returncode == 66
    assert settled.run("backup", "restore", *args).returncode == 65, "no key"
    assert settled.run("backup", "restore", str(settled.store), *args).returncode == 65, "no backup"
    assert settled.run("backup", "restore", "nothing", *args).returncode == 66
    assert settled.run("backup", "make", "--folder", "/dev/null/x").returncode == 73
    made.write_bytes(made.read_bytes()[:-100])
    done = settled.run("--lang", "en", "backup", "test", str(made), "--key", "backup.key")
    assert done.returncode == 65
    assert "damaged" in done.stderr
    assert "zz110 backup list" in done.stderr
    assert json.loads(settled.run("backup", "list", "--folder", "backups", "--json").stdout)[0]["damaged"]
    meddle(settled.store, "DROP TRIGGER entry_is_never_removed", "DELETE FROM entry WHERE position = 2")
    assert settled.run("backup", "make", "--folder", "backups").returncode == 1
    assert files(settled) == [made]
    assert not (settled.home / "new.zz110").exists()
