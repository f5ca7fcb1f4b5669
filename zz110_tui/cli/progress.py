"""How far a long piece of work is, on stderr: a bar for a person at a terminal, a line now and then for a log."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from zz110_tui.cli.diagnostics import say

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

LINE_EVERY_S = 5.0


class Progress:
    """Use it in a ``with`` statement, and ``show`` as often as you like."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._next_line = time.monotonic() + LINE_EVERY_S

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

            self._bar = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                TaskProgressColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task(self._what, total=None)
        return self

    def show(self, done: int, total: int, words: str) -> None:
        """``done`` of ``total`` in any unit; 0 for a total nobody knows."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=total or None, description=f"{self._what} {words}")
        elif time.monotonic() >= self._next_line:
            self._next_line = time.monotonic() + LINE_EVERY_S
            share = f" {100 * done / total:.0f} %" if total else ""
            say(f"{self._what}{share} {words}")

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, tb: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()
