"""The core's own deadlines: when what becomes late, kept from the board's causes, with or without a desk attached."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from itertools import count

from zz110_tui.core.alarms import AlarmKind, Subject, SubjectKind, of_incident, of_report
from zz110_tui.core.board import Board
from zz110_tui.core.causes import Cause
from zz110_tui.core.commands import RaiseAlarm
from zz110_tui.core.commands_matters import EndNotice
from zz110_tui.core.deadlines import Deadline, deadlines_of
from zz110_tui.core.rulebook import Rulebook

_Name = tuple[AlarmKind, Subject, str, int]


def _name(cause: Cause) -> _Name:
    """What tells one cause from another: the same thing late again since another time is another cause."""
    return (cause.kind, cause.subject, cause.unit, cause.since)


def _command(cause: Cause) -> RaiseAlarm | EndNotice:
    """What the core does by itself when a cause is due."""
    if cause.kind is AlarmKind.NOTICE_END:
        return EndNotice(cause.subject)
    return RaiseAlarm(cause.kind, cause.subject, cause.unit)


class Timers:
    """Due times by cause, kept exact: each subject that changes is watched again."""

    def __init__(self, rules: Rulebook) -> None:
        self._rules = rules
        self._heap: list[tuple[int, int, _Name]] = []
        self._waiting: dict[_Name, tuple[Cause, int]] = {}
        self._of: dict[Subject, tuple[_Name, ...]] = {}
        self._order = count()

    def start(self, board: Board) -> None:
        """Wind up from a recovered board."""
        self._heap.clear()
        self._waiting.clear()
        self._of.clear()
        self.watch(board, (*map(of_report, board.reports), *map(of_incident, board.incidents), *board.matters))

    def watch(self, board: Board, subjects: Iterable[Subject]) -> None:
        """Take up the causes that stand on these subjects and have rung no alarm yet; forget those that are gone."""
        for subject in subjects:
            if subject.kind is SubjectKind.UNIT:
                continue
            rung = {(a.kind, a.subject, a.unit, a.since) for a in board.alarms_of(subject)}
            standing = {_name(d.cause): d for d in deadlines_of(board, subject, self._rules)}
            for name in self._of.pop(subject, ()):
                if name not in standing:
                    self._waiting.pop(name, None)
            for name, deadline in standing.items():
                if name not in rung:
                    self._wait(name, deadline)
            if standing:
                self._of[subject] = tuple(standing)

    def _wait(self, name: _Name, deadline: Deadline) -> None:
        known = self._waiting.get(name)
        if known is None or known[1] != deadline.due:
            # A changed priority changes the limit of a cause that already waits: its earlier place becomes stale.
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

    def take_due(self, now: int) -> list[tuple[str, RaiseAlarm | EndNotice]]:
        """The alarms to raise now and the notices that end by themselves, each with a command id of its own that is
        the same on every machine."""
        due: list[tuple[str, RaiseAlarm | EndNotice]] = []
        while (at := self.next_due()) is not None and at <= now:
            _, _, name = heapq.heappop(self._heap)
            cause, _ = self._waiting.pop(name)
            due.append((f"timer:{cause.key}:{cause.since}:{at}", _command(cause)))
        return due
