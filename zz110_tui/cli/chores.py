"""What a running core does beside the room, on a schedule: exporting heads, making backups.

Each chore has a thread of its own, which ends with the process: a mount that hangs holds up neither the room nor its
end. A chore that fails is told about once, tried again at its next turn, and told about again when it failed otherwise.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from zz110_tui.core.trouble import Trouble

PATIENCE_S = 5.0
"""How long the end of a core waits for a last turn."""

SOON_S = 0.5
"""A core that has just begun serves first."""


@dataclass(frozen=True, slots=True)
class Chore:
    """``age_s`` says how long ago it was done last, also by another process; ``at_end``: do it when the core stops."""

    name: str
    every_s: float
    work: Callable[[], object]
    age_s: Callable[[], float]
    at_end: bool = True


class _Worker(threading.Thread):
    def __init__(self, chore: Chore, tell: Callable[[Trouble], None]) -> None:
        super().__init__(name=f"zz110-{chore.name}", daemon=True)
        self._chore = chore
        self._tell = tell
        self._told: tuple[object, ...] = ()
        self._ending = threading.Event()
        self._worked = False

    def run(self) -> None:
        wait = SOON_S
        while not self._ending.wait(wait):
            wait = self._chore.every_s - self._chore.age_s()
            if wait <= 0:
                self._turn()
                self._worked = True
                wait = self._chore.every_s
        if self._chore.at_end and (self._worked or self._chore.age_s() >= self._chore.every_s):
            self._turn()

    def _turn(self) -> None:
        try:
            self._chore.work()
            self._told = ()
        except Trouble as trouble:
            if trouble.args != self._told:
                self._told = trouble.args
                self._tell(trouble)

    def end(self) -> None:
        self._ending.set()
        self.join(PATIENCE_S)


@contextmanager
def chores(wanted: Sequence[Chore], tell: Callable[[Trouble], None]) -> Iterator[None]:
    """Do them for as long as the block lasts. ``tell`` is called from their threads."""
    workers = [_Worker(chore, tell) for chore in wanted]
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        for worker in workers:
            worker.end()
