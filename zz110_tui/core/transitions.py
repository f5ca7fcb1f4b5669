"""THE tables of legal moves. ``decide`` looks moves up here, and the diagram in the documentation is drawn from it.

A move that is not in its table is not possible: ``decide`` refuses it and no fact for it is ever made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from zz110_tui.core.incidents import (
    LIVE_ASSIGNMENT,
    WORKING,
    Assignment,
    AssignmentStage,
    IncidentStage,
    ReportStage,
)
from zz110_tui.core.units import UnitStatus


class ReportMove(StrEnum):
    ANSWER = "answer"
    END = "end"


class AssignmentMove(StrEnum):
    SIGN = "sign"
    SET_OUT = "set_out"
    ARRIVE = "arrive"
    CLEAR = "clear"
    WITHDRAW = "withdraw"
    ACTIVATE = "activate"


class IncidentMove(StrEnum):
    WORK = "work"
    """A unit was sent, moved on or left: the stage becomes what its units say (:func:`working_stage`)."""
    HANDLE = "handle"
    TRANSFER = "transfer"
    FINISH = "finish"
    LINK = "link"
    SPLIT = "split"
    FEED_BACK = "feed_back"
    CALL_BACK = "call_back"
    CLOSE = "close"
    REOPEN = "reopen"


class UnitMove(StrEnum):
    COME_ON = "come_on"
    GO_OFF = "go_off"
    FALL_OUT = "fall_out"
    RETURN = "return"


Stage = TypeVar("Stage", bound=StrEnum)
Move = TypeVar("Move", bound=StrEnum)
Table = Mapping[tuple[Stage, Move], Stage]


def table(rows: dict[tuple[Stage, Move], Stage]) -> Table[Stage, Move]:
    return MappingProxyType(rows)


REPORT: Table[ReportStage, ReportMove] = table(
    {
        (ReportStage.RECEIVED, ReportMove.ANSWER): ReportStage.ANSWERED,
        # A caller who rang off before anybody answered still gets a recorded end.
        (ReportStage.RECEIVED, ReportMove.END): ReportStage.ENDED,
        (ReportStage.ANSWERED, ReportMove.END): ReportStage.ENDED,
    }
)

_A = AssignmentStage
ASSIGNMENT: Table[AssignmentStage, AssignmentMove] = table(
    {
        (_A.STACKED, AssignmentMove.ACTIVATE): _A.DISPATCHED,
        (_A.STACKED, AssignmentMove.WITHDRAW): _A.WITHDRAWN,
        (_A.DISPATCHED, AssignmentMove.SIGN): _A.SIGNED,
        # A unit may report by radio that it is under way, or there, without having signed first.
        (_A.DISPATCHED, AssignmentMove.SET_OUT): _A.EN_ROUTE,
        (_A.DISPATCHED, AssignmentMove.ARRIVE): _A.ON_SCENE,
        (_A.DISPATCHED, AssignmentMove.WITHDRAW): _A.WITHDRAWN,
        (_A.SIGNED, AssignmentMove.SET_OUT): _A.EN_ROUTE,
        (_A.SIGNED, AssignmentMove.ARRIVE): _A.ON_SCENE,
        (_A.SIGNED, AssignmentMove.WITHDRAW): _A.WITHDRAWN,
        (_A.EN_ROUTE, AssignmentMove.ARRIVE): _A.ON_SCENE,
        (_A.EN_ROUTE, AssignmentMove.WITHDRAW): _A.WITHDRAWN,
        (_A.ON_SCENE, AssignmentMove.CLEAR): _A.CLEARED,
        (_A.ON_SCENE, AssignmentMove.WITHDRAW): _A.WITHDRAWN,
    }
)

_I = IncidentStage
_M = IncidentMove
INCIDENT: Table[IncidentStage, IncidentMove] = table(
    {
        **{(stage, _M.WORK): stage for stage in (_I.QUEUED, *WORKING)},
        **{(stage, _M.HANDLE): _I.HANDLED for stage in WORKING},
        # A transferred slip waits for the receiver's answer like any handled one: that is its loop back.
        **{(stage, _M.TRANSFER): _I.HANDLED for stage in (_I.QUEUED, *WORKING)},
        **{(stage, _M.FINISH): _I.CLOSED for stage in (_I.QUEUED, *WORKING)},
        **{(stage, _M.LINK): _I.CLOSED for stage in (_I.QUEUED, *WORKING)},
        (_I.CLOSED, _M.SPLIT): _I.QUEUED,
        (_I.HANDLED, _M.FEED_BACK): _I.FED_BACK,
        (_I.FED_BACK, _M.FEED_BACK): _I.FED_BACK,
        (_I.FED_BACK, _M.CALL_BACK): _I.CALLED_BACK,
        (_I.FED_BACK, _M.CLOSE): _I.CLOSED,
        (_I.CALLED_BACK, _M.CLOSE): _I.CLOSED,
        **{(s, _M.REOPEN): _I.QUEUED for s in (_I.HANDLED, _I.FED_BACK, _I.CALLED_BACK, _I.CLOSED)},
    }
)

UNIT: Table[UnitStatus, UnitMove] = table(
    {
        (UnitStatus.OFF_DUTY, UnitMove.COME_ON): UnitStatus.FREE,
        (UnitStatus.FREE, UnitMove.GO_OFF): UnitStatus.OFF_DUTY,
        (UnitStatus.OUT_OF_SERVICE, UnitMove.GO_OFF): UnitStatus.OFF_DUTY,
        (UnitStatus.FREE, UnitMove.FALL_OUT): UnitStatus.OUT_OF_SERVICE,
        (UnitStatus.OUT_OF_SERVICE, UnitMove.RETURN): UnitStatus.FREE,
    }
)


def after(table: Table[Stage, Move], stage: Stage, move: Move) -> Stage | None:
    """The stage a move leads to, or None where the table does not allow it."""
    return table.get((stage, move))


def working_stage(assignments: Iterable[Assignment]) -> IncidentStage:
    """What an open incident's units make of it: the furthest live one; QUEUED when none is on the way."""
    furthest = max((LIVE_ASSIGNMENT.index(a.stage) for a in assignments if a.live), default=None)
    return IncidentStage.QUEUED if furthest is None else IncidentStage(LIVE_ASSIGNMENT[furthest].value)
