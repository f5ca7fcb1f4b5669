"""One writer for one store, whoever asks and by whatever name."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from zz110_tui.core.trouble import Trouble
from zz110_tui.store.lockfile import StoreLock

HOLD = """
import sys, pathlib
from zz110_tui.store.lockfile import StoreLock
lock = StoreLock(pathlib.Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_lock_in_the_same_process_is_refused(tmp_path: Path) -> None:
    lock = StoreLock(tmp_path / "s")

    with pytest.raises(Trouble, match=str(os.getpid())):
        StoreLock(tmp_path / "s")

    lock.release()
    StoreLock(tmp_path / "s").release()


def test_the_refusal_did_not_take_the_lock_from_its_holder(tmp_path: Path) -> None:
    lock = StoreLock(tmp_path / "s")
    for _ in range(2):
        with pytest.raises(Trouble):
            StoreLock(tmp_path / "s")
    lock.release()


def test_a_lock_of_another_process_is_named_and_ends_with_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path / "s")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"

        with pytest.raises(Trouble, match=str(holder.pid)) as trouble:
            StoreLock(tmp_path / "s")
        assert f"kill {holder.pid}" in trouble.value.remedy

        holder.kill()
        holder.wait()

    StoreLock(tmp_path / "s").release()


def test_only_its_owner_reads_the_lock_file(tmp_path: Path) -> None:
    lock = StoreLock(tmp_path / "s")

    assert stat.S_IMODE((tmp_path / "s.lock").stat().st_mode) == 0o600
    lock.release()


def test_releasing_twice_is_releasing_once(tmp_path: Path) -> None:
    lock = StoreLock(tmp_path / "s")
    lock.release()
    other = StoreLock(tmp_path / "s")
    lock.release()

    with pytest.raises(Trouble):
        StoreLock(tmp_path / "s")
    other.release()


def test_a_place_where_no_file_can_be_made_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="folder"):
        StoreLock(tmp_path / "none" / "s")
