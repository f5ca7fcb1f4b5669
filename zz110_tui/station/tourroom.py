"""What somebody who is shown around needs beside a desk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

FINISHED = "finished"
"""Where a tour is that has come to its end."""


@dataclass(frozen=True, slots=True)
class TourRoom:
    """What a tour needs beside a desk. ``begin`` is the name of the step to begin with, "" for the first; ``keep`` is
    told the step it is at; ``ring`` lets a caller call with these words."""

    begin: str
    keep: Callable[[str], None]
    ring: Callable[[str], Awaitable[None]]
