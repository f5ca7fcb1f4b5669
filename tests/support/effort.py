"""What something costs, without a stopwatch: in the time of this process alone, and as a multiple of a plain piece of
work done beside it. A slow machine, or one that is busy with something else, hardly changes that. It guards the kind
of growth (something read once that is read for every row); the figures are the benchmarks'."""

from __future__ import annotations

import time
from collections.abc import Callable


def _plain_work() -> int:
    """A millisecond or so of what Python does all day."""
    seen: dict[int, str] = {}
    for n in range(5_000):
        seen[n * 7 % 5_003] = str(n)
    return len(seen)


def _took(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


def effort(call: Callable[[], object], tries: int = 5) -> float:
    """How many times as long as the plain work: the best of some tries of both."""
    both = [(_took(call), min(_took(_plain_work), _took(_plain_work))) for _ in range(tries)]
    return min(took for took, _ in both) / min(plain for _, plain in both)
