"""Which chores a running core has, from the settings: what is to be kept outside, and how often."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from zz110_tui.cli.chores import Chore
from zz110_tui.cli.surroundings import Surroundings
from zz110_tui.store.journal import JournalReader


def usual_chores(around: Surroundings, journal: Callable[[], JournalReader]) -> tuple[Chore, ...]:
    """Those of every core, embedded or serving. ``journal`` gives the store as it is open now."""
    heads = heads_chore(around, journal)
    return (heads,) if heads is not None else ()


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
