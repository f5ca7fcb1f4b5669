"""Orders (指令): tasks that are not incidents. A unit on an order stays free to be sent to a call (ADR 45)."""

from __future__ import annotations

from enum import StrEnum

from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.places import Place
from zz110_tui.core.records import dataclass


class OrderKind(StrEnum):
    """Where an order comes from and what it is for (指令种类)."""

    COMMAND = "command"
    JOINT_OPS = "joint_ops"
    PATROL_CHECK = "patrol_check"
    STANDING_POST = "standing_post"
    SCHOOL_GUARD = "school_guard"


class ErrandStage(StrEnum):
    """How far one unit is with one order."""

    ISSUED = "issued"
    SIGNED = "signed"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    DONE = "done"
    WITHDRAWN = "withdrawn"


LIVE_ERRAND = (ErrandStage.ISSUED, ErrandStage.SIGNED, ErrandStage.EN_ROUTE, ErrandStage.ON_SCENE)
"""Stages in which the unit still has something to do, the furthest last."""


class OrderStage(StrEnum):
    """How far an order is; ISSUED to ON_SCENE say what its furthest unit does."""

    ISSUED = "issued"
    SIGNED = "signed"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    ENTERED_IN_ERROR = "entered_in_error"


ORDER_OVER = (OrderStage.DONE, OrderStage.WITHDRAWN, OrderStage.ENTERED_IN_ERROR)


@dataclass(frozen=True, slots=True)
class Errand:
    """One unit's part of an order. ``crew`` is how many went, for person-turns; times in UTC ms, 0 for "not yet"."""

    unit: str
    crew: int
    issued_at: int
    stage: ErrandStage = ErrandStage.ISSUED
    signed_at: int = 0
    en_route_at: int = 0
    on_scene_at: int = 0
    ended_at: int = 0

    @property
    def live(self) -> bool:
        return self.stage in LIVE_ERRAND


@dataclass(frozen=True, slots=True)
class Order:
    """``due_at`` is by when it has to be done (UTC ms), 0 for no such time. ``result`` says whether it led to
    something, ``caught`` how many people, ``found`` what was reported; all are of the feedback that ended it."""

    number: int
    kind: OrderKind
    priority: int
    place: Place
    text: str
    desk: str
    person: str
    opened_at: int
    errands: tuple[Errand, ...]
    due_at: int = 0
    stage: OrderStage = OrderStage.ISSUED
    result: bool | None = None
    caught: int = 0
    found: str = ""
    ended_at: int = 0
    version: int = 0

    @property
    def subject(self) -> Subject:
        return Subject(SubjectKind.ORDER, str(self.number))

    @property
    def open(self) -> bool:
        return self.stage not in ORDER_OVER

    def errand(self, unit: str) -> Errand | None:
        return next((errand for errand in self.errands if errand.unit == unit), None)


def order_stage(errands: tuple[Errand, ...]) -> OrderStage:
    """What an order's units make of it: the furthest that still works on it; else done if anybody did it."""
    furthest = max((LIVE_ERRAND.index(errand.stage) for errand in errands if errand.live), default=None)
    if furthest is not None:
        return OrderStage(LIVE_ERRAND[furthest].value)
    done = any(errand.stage is ErrandStage.DONE for errand in errands)
    return OrderStage.DONE if done else OrderStage.WITHDRAWN
