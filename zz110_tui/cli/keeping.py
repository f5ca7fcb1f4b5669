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

HISTORY_EVERY_S = 60.0
HISTORY_FIRST_S = 5.0
"""A core that has just begun serves first; then a store without a history gets one soon."""


def usual_chores(around: Surroundings, journal: Callable[[], JournalReader]) -> tuple[Chore, ...]:
    """Those of every core, embedded or serving. ``journal`` gives the store as it is open now."""
    heads = heads_chore(around, journal)
    return (heads,) if heads is not None else ()


def history_chore(around: Surroundings) -> Chore:
    """The history of a serving core, kept up to its journal, so that a question about last year waits for nothing. By a
    process of its own with the lowest priority; one that is ended on the way goes on where it was."""
    began = time.monotonic()
    done = [began - HISTORY_EVERY_S + HISTORY_FIRST_S, -1.0]

    def bring_up() -> None:
        from zz110_tui.store.open import open_read_only

        done[0] = time.monotonic()
        reader = open_read_only(around.store)
        head = reader.head.position
        reader.close()
        if head == done[1]:
            return
        said, _ = beside_the_room(around, 19, "history", "update")
        if said:
            raise Trouble(
                both("历史没有更新", "the history was not brought up"),
                said,
                both("手工运行 zz110 history update 看原因", "run zz110 history update by hand and see why"),
            )
        done[1] = head

    return Chore("history", HISTORY_EVERY_S, bring_up, lambda: time.monotonic() - done[0], at_end=False)


def beside_the_room(around: Surroundings, nice: int, *words: str) -> tuple[str, str]:
    """Run a command on the same store in a process of its own, gently; what it said if it failed, and what it told."""
    asked = around.invocation
    args = ["--store", str(around.store), *(["--drill"] if asked.drill else [])]
    args += ["--config-dir", str(asked.config_dir)] if asked.config_dir is not None else []
    for folder in asked.archive_folders:
        args += ["--archive-folder", str(folder)]
    gentle = ["nice", "-n", str(nice)] if shutil.which("nice") else []
    done = subprocess.run(
        [*gentle, sys.executable, "-m", "zz110_tui", *args, *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if not done.returncode:
        return "", done.stdout.decode(errors="replace")
    said = done.stderr.decode(errors="replace").strip().splitlines()[-4:]
    return " ".join(said) or f"exit code {done.returncode}", ""


def heads_chore(around: Surroundings, journal: Callable[[], JournalReader]) -> Chore | None:
    """The heads of its journal and of its security record, signed and added to a file, if a file and a key are set."""
    settings = around.loaded.settings.heads
    if not settings.file or not settings.key:
        return None
    file, key = Path(settings.file).expanduser(), Path(settings.key).expanduser()

    def export() -> None:
        from zz110_tui.server.securityfile import RecordOf
        from zz110_tui.store.headfile import append_head
        from zz110_tui.store.heads import Signer

        append_head(file, Signer(key), journal(), time.time_ns() // 1_000_000, RecordOf(around.store))

    return Chore("heads", settings.every, export, lambda: age_s(file))


def age_s(file: Path) -> float:
    """Seconds since something was added."""
    try:
        return max(0.0, time.time() - file.stat().st_mtime)
    except OSError:
        return float("inf")
