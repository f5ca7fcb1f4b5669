"""The trips a journal tells of: from where a unit was when it was sent to where it arrived, and how long that took.

Only those count of which both ends and both times are known. A unit that drives somewhere without reporting it, a time
entered from memory, a place nobody placed are no measurement, and are counted by why.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from zz110_tui.core import facts as f
from zz110_tui.core.board import Board
from zz110_tui.core.incidents import AssignmentStage
from zz110_tui.core.places import Point
from zz110_tui.core.units import BACK_AFTER_MS, Unit, UnitKind, whereabouts

SEEN_MS = 60_000
"""A unit seen this shortly before is where it was seen."""
AT_ONCE_MS = 60_000
"""A time that is entered later than this after it was, was remembered and not measured."""
SHORTEST_MS, LONGEST_MS = 10_000, 7_200_000


class Unusable(StrEnum):
    """Why an arrival is no measured trip."""

    WHERE_FROM = "where_from"
    WHERE_TO = "where_to"
    ENTERED_LATER = "entered_later"
    NO_TIME = "no_time"


@dataclass(frozen=True, slots=True)
class Trip:
    """One unit's way to one incident. Times in UTC milliseconds."""

    incident: int
    unit: str
    kind: UnitKind
    start: Point
    end: Point
    sent_at: int
    arrived_at: int

    @property
    def seconds(self) -> float:
        """From being sent to having arrived."""
        return (self.arrived_at - self.sent_at) / 1000


@dataclass(frozen=True, slots=True)
class _Sent:
    at: int
    kind: UnitKind
    start: Point | None
    remembered: bool


@dataclass(slots=True)
class TripLog:
    """Feed it every entry of a journal in order, each *before* the board has taken it."""

    unusable: Counter[Unusable] = field(default_factory=Counter)
    _trips: dict[tuple[int, str, int], Trip] = field(default_factory=dict)
    _under_way: dict[tuple[int, str], _Sent] = field(default_factory=dict)

    @property
    def trips(self) -> tuple[Trip, ...]:
        """In the order of their arrivals."""
        return tuple(self._trips.values())

    def take(self, board: Board, entry: f.Entry) -> None:
        match entry.fact:
            case (
                f.UnitAssigned(incident=number, unit=name, at=at, stacked=False)
                | f.StackActivated(incident=number, unit=name, at=at)
            ):
                unit = board.units.get(name)
                if unit is not None:
                    late = entry.at - at > AT_ONCE_MS
                    self._under_way[number, name] = _Sent(at, unit.profile.kind, _known_place(unit, at), late)
            case f.AssignmentAdvanced(incident=number, unit=name, stage=AssignmentStage.ON_SCENE, at=at):
                self._arrived(board, number, name, at, entry.at - at > AT_ONCE_MS)
            case f.UnitWithdrawn(incident=number, unit=name) | f.UnitCleared(incident=number, unit=name):
                self._under_way.pop((number, name), None)
            case f.StepUndone(incidents=incidents):
                for incident in incidents:
                    self._taken_back(incident.number, {a.unit: a.on_scene_at for a in incident.assignments})

    def _arrived(self, board: Board, number: int, name: str, at: int, late: bool) -> None:
        sent = self._under_way.pop((number, name), None)
        if sent is None:
            return
        where = board.incidents[number].place.point
        if late or sent.remembered:
            self.unusable[Unusable.ENTERED_LATER] += 1
        elif sent.start is None:
            self.unusable[Unusable.WHERE_FROM] += 1
        elif where is None:
            self.unusable[Unusable.WHERE_TO] += 1
        elif not SHORTEST_MS <= at - sent.at <= LONGEST_MS:
            self.unusable[Unusable.NO_TIME] += 1
        else:
            self._trips[number, name, at] = Trip(number, name, sent.kind, sent.start, where, sent.at, at)

    def _taken_back(self, number: int, arrived: dict[str, int]) -> None:
        """A step was undone: what arrived only by it has not arrived, and is not followed any further."""
        for key in [key for key in self._trips if key[0] == number and arrived.get(key[1]) != key[2]]:
            del self._trips[key]
        for way in [way for way in self._under_way if way[0] == number]:
            del self._under_way[way]


def _known_place(unit: Unit, at: int) -> Point | None:
    """Where a unit is for sure: where it was just seen, or at its post where it has stood unsent for long enough to be
    back; None on the way between."""
    where, assumed = whereabouts(unit, at)
    if assumed:
        return where if at - max(unit.position_at, unit.status_at) > BACK_AFTER_MS else None
    return where if at - unit.position_at <= SEEN_MS else None
