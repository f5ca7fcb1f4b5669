"""What the running core counts about itself: how many commands, how they ended, how long they took. No names."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

BOUNDS_S = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Upper ends of the histograms' steps: half a millisecond is a quick disk, five seconds is a room that waits."""


class Histogram:
    """Spans in seconds, counted by step; the last step has no upper end."""

    def __init__(self, bounds: tuple[float, ...] = BOUNDS_S) -> None:
        self.bounds = bounds
        self.steps = [0] * (len(bounds) + 1)
        self.sum = 0.0

    @property
    def count(self) -> int:
        return sum(self.steps)

    def observe(self, seconds: float) -> None:
        self.steps[bisect_left(self.bounds, seconds)] += 1
        self.sum += seconds


@dataclass(slots=True)
class Meters:
    """``answered``: from a command's arrival to its answer; ``committed``: one append with its fsync."""

    answered: Histogram = field(default_factory=Histogram)
    committed: Histogram = field(default_factory=Histogram)
    outcomes: Counter[str] = field(default_factory=Counter)
    entries: int = 0
