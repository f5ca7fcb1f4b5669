"""Signed heads with the real command: by hand, by a core that runs, and what they find."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import Program
from tests.e2e.serving import core
from tests.support.stores import meddle, rewritten
from tests.support.waiting import until


@pytest.fixture
def kept(zz110: Program) -> Program:
    """Two slips, the head of each kept in a file that is set, with its key, in the settings."""
    config = zz110.home / "config"
    config.mkdir()
    (config / "config.toml").write_text(
        f'[heads]\nfile = "{zz110.home}/heads.jsonl"\nkey = "{zz110.home}/key"\nevery = 1\n', encoding="utf-8"
    )
    zz110.json("journal", "keygen", "key")
    for number in range(2):
        zz110.do(f"n 打架 @~东门口 / 第{number}个")
        assert zz110.json("--config-dir", "config", "journal", "head")["head"] == 2
    return zz110


def verified(zz110: Program, exit_code: int = 1) -> dict[str, Any]:
    found = zz110.json("journal", "verify", "--heads", "heads.jsonl", "--key", "key.pub", exit_code=exit_code)
    assert isinstance(found, dict)
    return found


def test_heads_kept_by_hand_agree(kept: Program) -> None:
    found = verified(kept, 0)
    assert found["intact"] is True
    assert found["signed_heads"]["count"] == 2
    assert found["signed_heads"]["last_position"] == found["position"]


def cut(store: Path) -> None:
    meddle(
        store,
        "DROP TRIGGER entry_is_never_removed",
        "DELETE FROM entry WHERE position > (SELECT max(position) - 2 FROM entry)",
        "DELETE FROM snapshot",
    )


@pytest.mark.parametrize(("harm", "kind"), [(cut, "cut"), (lambda store: rewritten(store, 5), "rewritten")])
def test_what_the_chain_cannot_see_the_heads_do(kept: Program, harm: Callable[[Path], None], kind: str) -> None:
    whole = verified(kept, 0)
    harm(kept.store)
    assert kept.json("journal", "verify")["intact"] is True, "every hash fits"
    found = verified(kept)
    fault = found["fault"]
    assert isinstance(fault, dict)
    assert fault["kind"] == kind
    if kind == "cut":
        assert (fault["position"], fault["other"]) == (int(str(whole["position"])) - 1, whole["position"])
    else:
        assert fault["other"] <= 5 <= fault["position"]
    told = kept.run("--lang", "en", "journal", "verify", "--heads", "heads.jsonl", "--key", "key.pub")
    assert told.returncode == 1
    assert "not intact" in told.stdout
    assert "zz110 backup restore" in told.stderr
    after = kept.run("--config-dir", "config", "journal", "head")
    assert after.returncode == 65, "and no new head is signed over it"


def test_heads_without_the_key_that_signed_them_are_refused(kept: Program) -> None:
    kept.json("journal", "keygen", "other")
    assert kept.run("journal", "verify", "--heads", "heads.jsonl").returncode == 2
    assert kept.run("journal", "verify", "--heads", "heads.jsonl", "--key", "other.pub").returncode == 65
    assert kept.run("journal", "verify", "--heads", "nothing", "--key", "key.pub").returncode == 66
    assert kept.run("journal", "verify", "--heads", "heads.jsonl", "--key", "key").returncode == 78


def test_a_head_without_a_key_is_a_pin(zz110: Program) -> None:
    zz110.do("n 打架 @~东门口 / 一")
    head = zz110.json("journal", "head")["head"]
    assert zz110.json("journal", "verify", "--pin", head)["intact"] is True
    assert zz110.run("journal", "head", "--out", "x").returncode == 2


def test_a_running_core_keeps_its_heads_by_itself(kept: Program) -> None:
    heads = kept.home / "heads.jsonl"
    before = heads.read_bytes()
    kept.env["ZZ110_CONFIG_DIR"] = str(kept.home / "config")
    with core(kept) as served:
        kept.do("n 打架 @~东门口 / 四")
        asyncio.run(until(lambda: len(heads.read_bytes()) > len(before)))
        kept.do("n 打架 @~东门口 / 五")
        assert served.end()[0] == 0
    found = verified(kept, 0)
    assert found["signed_heads"]["last_position"] == found["position"], "the last one as it ended"


def test_a_mount_that_is_gone_is_told_and_the_room_works_on(kept: Program) -> None:
    (kept.home / "heads.jsonl").unlink()
    (kept.home / "heads.jsonl").mkdir()
    os.utime(kept.home / "heads.jsonl", (0, 0))
    done = kept.run("--config-dir", "config", "do", "n 打架 @~东门口 / 六")
    assert done.returncode == 0
    assert "the room is not touched" in done.stderr
