"""The core's own deadlines: when what becomes late, kept from the board's causes, with or without a desk attached."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from itertools import count

from zz110_tui.core.alarms import AlarmKind, Subject, SubjectKind, of_incident, of_report
from zz110_tui.core.board import Board
from zz110_tui.core.commands import RaiseAlarm
from zz110_tui.core.deadlines import Cause, causes_of, deadlines_of
from zz110_tui.core.rulebook import Rulebook

_Name = tuple[AlarmKind, Subject, str, int]


def _name(cause: Cause) -> _Name:
    """What tells one cause from another: the same thing late again since another time is another cause."""
    return (cause.kind, cause.subject, cause.unit, cause.since)


class Timers:
    """Due times by cause. A cause that went away or began anew is noticed when it is due, and passed over."""

    def __init__(self, rules: Rulebook) -> None:
        self._rules = rules
        self._heap: list[tuple[int, int, _Name]] = []
        self._waiting: dict[_Name, tuple[Cause, int]] = {}
        self._order = count()

    def start(self, board: Board) -> None:
        """Wind up from a recovered board."""
        self._heap.clear()
        self._waiting.clear()
        self.watch(board, (*map(of_report, board.reports), *map(of_incident, board.incidents)))

    def watch(self, board: Board, subjects: Iterable[Subject]) -> None:
        """Take up the causes that stand on these subjects now."""
        for subject in subjects:
            if subject.kind is SubjectKind.UNIT:
                continue
            for deadline in deadlines_of(board, subject, self._rules):
                name = _name(deadline.cause)
                known = self._waiting.get(name)
                if known is not None and known[1] == deadline.due:
                    continue
                # A changed priority changes the limit of a cause that already waits: the earlier entry becomes stale.
                self._waiting[name] = (deadline.cause, deadline.due)
                heapq.heappush(self._heap, (deadline.due, next(self._order), name))

    def next_due(self) -> int | None:
        """When the next deadline may pass (UTC ms), None when nothing waits."""
        self._drop_stale()
        return self._heap[0][0] if self._heap else None

    def _drop_stale(self) -> None:
        while self._heap:
            due, _, name = self._heap[0]
            waiting = self._waiting.get(name)
            if waiting is not None and waiting[1] == due:
                return
            heapq.heappop(self._heap)

    def take_due(self, board: Board, now: int) -> list[tuple[str, RaiseAlarm]]:
        """The alarms to raise now, each with a command id of its own that is the same on every machine.

        Most causes are gone when they would be due. They are passed over here, where that costs a look at the board,
        instead of being refused as commands.
        """
        due: list[tuple[str, RaiseAlarm]] = []
        while (at := self.next_due()) is not None and at <= now:
            _, _, name = heapq.heappop(self._heap)
            cause, _ = self._waiting.pop(name)
            if not any(_name(still) == name for still in causes_of(board, cause.subject)):
                continue
            due.append((f"timer:{cause.key}:{cause.since}:{at}", RaiseAlarm(cause.kind, cause.subject, cause.unit)))
        return due
