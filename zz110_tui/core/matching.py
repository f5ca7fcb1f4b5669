"""Small assignment problems: who goes where, so that the sum, or the last arrival, is as small as can be.

Sizes are those of a room (tens of units, tens of places), so plain Python does: the cost of 50 by 50 is a few
milliseconds. Tests compare both with another solver.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Costs = Sequence[Sequence[float]]
"""One row for each task, one column for each worker; ``math.inf`` where a worker cannot do a task."""


def least_total(costs: Costs) -> tuple[int | None, ...]:
    """The worker of each task so that as many tasks as possible have one and their costs add up to the least.

    None for a task that gets nobody. Shortest augmenting paths with potentials (Jonker and Volgenant 1987, after Kuhn
    and Munkres), O(tasks² · workers). Raises ValueError for rows of unequal length and for NaN.
    """
    rows, columns = len(costs), _columns(costs)
    if not rows or not columns:
        return (None,) * rows
    finite = [cost for row in costs for cost in row if cost < math.inf]
    if any(math.isnan(cost) for row in costs for cost in row):
        raise ValueError("a cost is not a number")
    # Leaving a task to nobody costs more than any way to serve them all: dummy workers, one for each task.
    span = max(finite, default=0.0) - min(finite, default=0.0) + 1.0
    nobody = max(finite, default=0.0) + span * (rows + 1)
    never = nobody * (rows + 1) + span
    padded = [[c if c < math.inf else never for c in row] + [nobody] * rows for row in costs]
    return tuple(who if who is not None and who < columns else None for who in _augment(padded))


def _columns(costs: Costs) -> int:
    columns = len(costs[0]) if costs else 0
    if any(len(row) != columns for row in costs):
        raise ValueError("the rows of the costs differ in length")
    return columns


def _augment(costs: Costs) -> list[int | None]:
    """Every row gets a column of its own; there are at least as many columns as rows."""
    rows, columns = len(costs), len(costs[0])
    search = _Search(costs, [0.0] * (rows + 1), [0.0] * (columns + 1), [0] * (columns + 1))
    for row in range(1, rows + 1):
        search.place(row)
    found: list[int | None] = [None] * rows
    for column in range(1, columns + 1):
        if search.owner[column]:
            found[search.owner[column] - 1] = column - 1
    return found


@dataclass(slots=True)
class _Search:
    """Potentials of rows and columns, and the row that owns each column; rows and columns count from 1, 0 is none."""

    costs: Costs
    of_row: list[float]
    of_column: list[float]
    owner: list[int]

    def place(self, row: int) -> None:
        """Give a row a column, moving others along the cheapest way."""
        columns = len(self.owner)
        self.owner[0], at = row, 0
        least, came, used = [math.inf] * columns, [0] * columns, [False] * columns
        while at == 0 or self.owner[at]:
            used[at] = True
            at = self._step(at, least, came, used)
        while at:
            self.owner[at] = self.owner[came[at]]
            at = came[at]

    def _step(self, at: int, least: list[float], came: list[int], used: list[bool]) -> int:
        """The next column on the way, with the potentials moved so that going there costs nothing."""
        here, delta, following = self.owner[at], math.inf, 0
        line, lift = self.costs[here - 1], self.of_row[here]
        free = [column for column in range(1, len(used)) if not used[column]]
        for column in free:
            reduced = line[column - 1] - lift - self.of_column[column]
            if reduced < least[column]:
                least[column], came[column] = reduced, at
            if least[column] < delta:
                delta, following = least[column], column
        for column, taken in enumerate(used):
            if taken:
                self.of_row[self.owner[column]] += delta
                self.of_column[column] -= delta
        for column in free:
            least[column] -= delta
        return following


def least_last(times: Costs) -> tuple[int | None, ...]:
    """The worker of each task so that as many tasks as possible have one and the last of them begins as early as can be
    (bottleneck assignment); among all such ways the one whose times add up to the least.

    None for a task that gets nobody.
    """
    columns = _columns(times)
    values = sorted({time for row in times for time in row if time < math.inf})
    if not values or not columns:
        return (None,) * len(times)
    most = _matched(times, values[-1])
    low, high = 0, len(values) - 1
    while low < high:
        middle = (low + high) // 2
        if _matched(times, values[middle]) == most:
            high = middle
        else:
            low = middle + 1
    limit = values[low]
    return least_total([[time if time <= limit else math.inf for time in row] for row in times])


def _matched(times: Costs, limit: float) -> int:
    """How many tasks can have a worker of their own within a limit (augmenting paths, Kuhn)."""
    allowed = [[column for column, time in enumerate(row) if time <= limit] for row in times]
    owner: dict[int, int] = {}
    return sum(_find(row, allowed, owner, set()) for row in range(len(times)))


def _find(row: int, allowed: Sequence[Sequence[int]], owner: dict[int, int], seen: set[int]) -> bool:
    for column in allowed[row]:
        if column not in seen:
            seen.add(column)
            if column not in owner or _find(owner[column], allowed, owner, seen):
                owner[column] = row
                return True
    return False
