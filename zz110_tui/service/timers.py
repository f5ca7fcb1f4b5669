"""The core's own deadlines: when what becomes late, kept from the board's causes, with or without a desk attached."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from zz110_tui.core.alarms import Subject, SubjectKind, of_incident, of_report
from zz110_tui.core.board import Board
from zz110_tui.core.commands import RaiseAlarm
from zz110_tui.core.deadlines import Cause, causes_of, deadlines_of
from zz110_tui.core.rulebook import Rulebook


class Timers:
    """Due times by cause. A cause that went away or began anew is noticed when it is due, and passed over."""

    def __init__(self, rules: Rulebook) -> None:
        self._rules = rules
        self._heap: list[tuple[int, str, int]] = []
        self._waiting: dict[tuple[str, int], tuple[Cause, int]] = {}

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
                cause = deadline.cause
                name = (cause.key, cause.since)
                if name in self._waiting and self._waiting[name][1] == deadline.due:
                    continue
                # A changed priority changes the limit of a cause that already waits: the earlier entry becomes stale.
                self._waiting[name] = (cause, deadline.due)
                heapq.heappush(self._heap, (deadline.due, cause.key, cause.since))

    def next_due(self) -> int | None:
        """When the next deadline may pass (UTC ms), None when nothing waits."""
        self._drop_stale()
        return self._heap[0][0] if self._heap else None

    def _drop_stale(self) -> None:
        while self._heap:
            due, key, since = self._heap[0]
            waiting = self._waiting.get((key, since))
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
            _, key, since = heapq.heappop(self._heap)
            cause, _ = self._waiting.pop((key, since))
            if not any(still.key == key and still.since == since for still in causes_of(board, cause.subject)):
                continue
            due.append((f"timer:{key}:{since}:{at}", RaiseAlarm(cause.kind, cause.subject, cause.unit)))
        return due
