"""What a supervisor looks at, reckoned beside what is drawn and kept for a moment: the rate of alarms, what will be
late next, the grids, and the month's miss budget as the history has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from zz110_tui.core.alarmrate import AlarmRate, AlarmTally, operators
from zz110_tui.core.facts import Entry
from zz110_tui.core.figures import MissBudget
from zz110_tui.core.incidents import IncidentStage
from zz110_tui.core.outlook import OutOfReach, coming, out_of_reach
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.workload import worked
from zz110_tui.language.scene import Scene
from zz110_tui.station.past import kept_ms, untold
from zz110_tui.station.ui import Known
from zz110_tui.station.views.rates import day_start, month_start
from zz110_tui.station.views.signs import place_of
from zz110_tui.station.views.supervisorpage import GridLook, Month, Overview

if TYPE_CHECKING:
    from zz110_tui.station.desk import Desk

KEPT_MS = 2_000
REACH_KEPT_MS = 5_000
"""Arrivals of all free units at all waiting slips take the longest to reckon."""


class OverviewKeeper:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tally = AlarmTally()
        self._kept: tuple[object, Overview] | None = None
        self._reach: tuple[object, tuple[OutOfReach, ...]] | None = None
        self._month = Month(Known.ABSENT)
        self._month_at = 0

    def join(self, told: Iterable[Entry]) -> None:
        """Begin again from the chronologies of a board."""
        self._tally = AlarmTally(told)

    def hear(self, entry: Entry) -> None:
        self._tally.hear(entry)

    def rate(self) -> AlarmRate:
        board = self._desk.board
        return self._tally.rate(self._desk.now, operators(board.desks.values()), self._desk.room.rules.alarms)

    def look(self, scene: Scene) -> Overview:
        """Everything but the clocks, which run while it is drawn."""
        board = scene.board
        key = (id(board), board.position, scene.now // KEPT_MS)
        if self._kept is None or self._kept[0] != key:
            self._kept = (key, self._reckon(scene))
        return replace(self._kept[1], month=self._month_now(scene))

    def _reckon(self, scene: Scene) -> Overview:
        board, room = scene.board, self._desk.room
        since = day_start(scene.now, scene.timezone)
        return Overview(
            rate=self.rate(),
            coming=coming(board, scene.rules, scene.now),
            beyond=tuple(slip for slip in self._beyond(scene) if _waits_still(scene, slip.incident)),
            grids=self._grids(scene),
            sent={unit: done.sent for unit, done in worked(board, since, scene.now).items()},
            month=self._month,
            clock=room.headline_clock,
        )

    def _beyond(self, scene: Scene) -> tuple[OutOfReach, ...]:
        travel = scene.arrivals()
        if travel is None or not self._desk.coverage.warm:
            return ()
        key = (id(scene.board), scene.now // REACH_KEPT_MS)
        if self._reach is None or self._reach[0] != key:
            self._reach = (key, out_of_reach(scene.board, travel, scene.now, self._desk.room.headline_clock))
        return self._reach[1]

    def _grids(self, scene: Scene) -> tuple[GridLook, ...]:
        """The grids of the city pack in its order. A free unit counts where it is."""
        city, board = self._desk.room.city, scene.board
        live = [i for i in board.incidents.values() if i.open]
        waiting = Counter(i.place.grid for i in live if i.stage is IncidentStage.QUEUED and not i.held_until)
        working = Counter(i.place.grid for i in live if i.stage is not IncidentStage.QUEUED)
        here = (city.grid_at(place_of(unit)) for unit in board.units.values() if unit.available)
        free = Counter(grid.id for grid in here if grid is not None)
        cover = dict(self._desk.coverage.look(scene).by_grid)
        return tuple(
            GridLook(grid.id, waiting[grid.id], working[grid.id], free[grid.id], cover.get(grid.id))
            for grid in city.grids
        )

    def _month_now(self, scene: Scene) -> Month:
        past = self._desk.room.past
        if past is None:
            return Month(Known.ABSENT)
        if scene.now - self._month_at >= kept_ms(self._month.known):
            if not self._month_at:
                self._month = Month(Known.ASKED)
            self._month_at = scene.now
            start = month_start(scene.now, scene.timezone)
            self._desk.past.ask(self._ask_month(start, scene.now + 1))
        return self._month

    async def _ask_month(self, start: int, end: int) -> None:
        past = self._desk.room.past
        assert past is not None
        try:
            budgets: tuple[MissBudget, ...] = await past.budgets(start, end, self._desk.room.headline_clock)
            self._month = Month(Known.TOLD, budgets)
        except Trouble as fault:
            self._month = Month(untold(fault))
        self._desk.repaint()


def _waits_still(scene: Scene, number: int) -> bool:
    incident = scene.board.incidents.get(number)
    return incident is not None and incident.stage is IncidentStage.QUEUED
