"""Which chores a running core has, from the settings: what is to be kept outside, and how often."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from zz110_tui.cli.chores import Chore
from zz110_tui.cli.surroundings import Surroundings
from zz110_tui.config.problems import both
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.journal import JournalReader

SUFFIX = ".zz110b"
"""The end of a backup's name (``store.backup``, which is imported when one is made)."""


def usual_chores(around: Surroundings, journal: Callable[[], JournalReader]) -> tuple[Chore, ...]:
    """Those of every core, embedded or serving. ``journal`` gives the store as it is open now."""
    heads = heads_chore(around, journal)
    return (heads,) if heads is not None else ()


def backup_chore(around: Surroundings) -> Chore | None:
    """Backups of a serving core, if a folder and a schedule are set. They are made by a process of their own with a
    low priority: reading and packing a whole store here would take turns with the room."""
    settings = around.loaded.settings.backup
    if not settings.folder or not settings.every:
        return None
    folder = Path(settings.folder).expanduser()
    return Chore("backup", settings.every, lambda: _back_up(around, folder), lambda: _newest_s(folder), at_end=False)


def _back_up(around: Surroundings, folder: Path) -> None:
    asked = around.invocation
    args = ["--store", str(around.store), *(["--drill"] if asked.drill else [])]
    args += ["--config-dir", str(asked.config_dir)] if asked.config_dir is not None else []
    gentle = ["nice", "-n", "10"] if shutil.which("nice") else []
    done = subprocess.run(
        [*gentle, sys.executable, "-m", "zz110_tui", *args, "backup", "make"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()[-4:]
        raise Trouble(
            both("定时备份没有做成", "the scheduled backup was not made"),
            f"{folder}: {' '.join(said)}",
            both("手工运行 zz110 backup make 看原因", "run zz110 backup make by hand and see why"),
        )


def _newest_s(folder: Path) -> float:
    return min((_age_s(path) for path in folder.glob(f"*{SUFFIX}")), default=float("inf"))


def heads_chore(around: Surroundings, journal: Callable[[], JournalReader]) -> Chore | None:
    """Its heads, signed and added to a file, if a file and a key are set."""
    settings = around.loaded.settings.heads
    if not settings.file or not settings.key:
        return None
    file, key = Path(settings.file).expanduser(), Path(settings.key).expanduser()

    def export() -> None:
        from zz110_tui.store.headfile import append_head
        from zz110_tui.store.heads import Signer

        append_head(file, Signer(key), journal(), time.time_ns() // 1_000_000)

    return Chore("heads", settings.every, export, lambda: _age_s(file))


def _age_s(file: Path) -> float:
    """Seconds since something was added."""
    try:
        return max(0.0, time.time() - file.stat().st_mtime)
    except OSError:
        return float("inf")
