"""The core's own deadlines: when what becomes late, when an alarm rises or its time on the shelf is over; kept from the
board's causes and alarms, with or without a desk attached.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from itertools import count

from zz110_tui.core.alarms import Alarm, AlarmKind, Subject, of_incident, of_report
from zz110_tui.core.board import Board
from zz110_tui.core.causes import Cause
from zz110_tui.core.commands import RaiseAlarm
from zz110_tui.core.commands_alarms import RiseAlarm, UnshelveAlarm
from zz110_tui.core.commands_matters import EndNotice
from zz110_tui.core.deadlines import deadlines_of
from zz110_tui.core.rising import rise_due
from zz110_tui.core.rulebook import Rulebook

Own = RaiseAlarm | EndNotice | RiseAlarm | UnshelveAlarm
"""What the core does by itself."""

_Name = tuple[str, int]
"""What tells one cause from another: the same thing late again since another time is another cause."""


def _command(cause: Cause) -> RaiseAlarm | EndNotice:
    """What the core does by itself when a cause is due."""
    if cause.kind is AlarmKind.NOTICE_END:
        return EndNotice(cause.subject)
    return RaiseAlarm(cause.kind, cause.subject, cause.unit)


def _of_an_alarm(alarm: Alarm, rules: Rulebook) -> tuple[_Name, int, Own]:
    """What a standing alarm waits for: the end of its time on the shelf, or to rise."""
    if alarm.shelf is not None:
        return (f"shelf:{alarm.key}", alarm.shelf.at), alarm.shelf.until, UnshelveAlarm(alarm.key)
    due = rise_due(alarm, rules)
    return (f"rise:{alarm.key}", due), due, RiseAlarm(alarm.key)


class Timers:
    """Due times by cause, kept exact: each subject that changes is watched again."""

    def __init__(self, rules: Rulebook) -> None:
        self._rules = rules
        self._heap: list[tuple[int, int, _Name]] = []
        self._waiting: dict[_Name, tuple[Own, int]] = {}
        self._of: dict[Subject, tuple[_Name, ...]] = {}
        self._order = count()

    def start(self, board: Board) -> None:
        """Wind up from a recovered board."""
        self._heap.clear()
        self._waiting.clear()
        self._of.clear()
        alarmed = (alarm.subject for alarm in board.alarms.values())
        self.watch(
            board,
            dict.fromkeys(
                (*map(of_report, board.reports), *map(of_incident, board.incidents), *board.matters, *alarmed)
            ),
        )

    def watch(self, board: Board, subjects: Iterable[Subject]) -> None:
        """Take up the causes that stand on these subjects and have rung no alarm yet, and what their alarms wait for;
        forget those that are gone."""
        for subject in subjects:
            alarms = board.alarms_of(subject)
            standing = {(d.cause.key, d.cause.since): d for d in deadlines_of(board, subject, self._rules)}
            if not (alarms or standing or subject in self._of):
                continue
            rung = {(a.key, a.since) for a in alarms}
            due: dict[_Name, tuple[Own, int]] = {
                name: (_command(d.cause), d.due) for name, d in standing.items() if name not in rung
            }
            for name, at, command in (_of_an_alarm(alarm, self._rules) for alarm in alarms):
                due[name] = (command, at)
            for name in self._of.pop(subject, ()):
                if name not in due:
                    self._waiting.pop(name, None)
            for name, (command, at) in due.items():
                self._wait(name, command, at)
            if due:
                self._of[subject] = tuple(due)

    def _wait(self, name: _Name, command: Own, due: int) -> None:
        known = self._waiting.get(name)
        if known is None or known[1] != due:
            # A changed priority changes the limit of a cause that already waits: its earlier place becomes stale.
            self._waiting[name] = (command, due)
            heapq.heappush(self._heap, (due, next(self._order), name))

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

    def take_due(self, now: int) -> list[tuple[str, Own]]:
        """The alarms to raise now, those that rise or come back from the shelf, and the notices that end by themselves,
        each with a command id of its own that is the same on every machine."""
        due: list[tuple[str, Own]] = []
        while (at := self.next_due()) is not None and at <= now:
            _, _, name = heapq.heappop(self._heap)
            command, _ = self._waiting.pop(name)
            due.append((f"timer:{name[0]}:{name[1]}:{at}", command))
        return due
