"""Who may do what: a table of duty by command, with default deny. The engine asks it before it decides anything.

What a duty may do at all is :data:`ALLOWED`; some cells have a condition (:data:`ONLY_IF`), such as that a unit
reports only about itself. ``docs/duties.md`` shows the table. A new command is nobody's until it stands here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from zz110_tui.core import commands as c
from zz110_tui.core import commands_alarms as ca
from zz110_tui.core import commands_catchup as cp
from zz110_tui.core import commands_cover as cc
from zz110_tui.core import commands_intake as ci
from zz110_tui.core import commands_matters as m
from zz110_tui.core import commands_seats as cs
from zz110_tui.core.alarms import AlarmKind, Subject, SubjectKind
from zz110_tui.core.board import Board
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.incidents import ReportEnd
from zz110_tui.core.notices import WarningNotice
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.terms import key_of
from zz110_tui.store.journal import StoreKind

SEATS = frozenset({Duty.TAKE, Duty.DISPATCH, Duty.SUPERVISE, Duty.TRAIN, Duty.AUDIT, Duty.ADMIN})
"""Duties of people at a desk: they may sit down, and get up."""

HANDS = frozenset({Duty.DISPATCH, Duty.SUPERVISE, Duty.TRAIN})
"""Who moves units and ends incidents."""

TAKERS = HANDS | {Duty.TAKE}
"""Who talks to callers and writes slips."""

ALLOWED: dict[type, frozenset[Duty]] = {
    c.AdoptCity: frozenset({Duty.ADMIN, Duty.TRAIN, Duty.SYSTEM}),
    c.OpenDesk: SEATS,
    c.CloseDesk: SEATS,
    c.ReceiveReport: TAKERS | {Duty.GATEWAY},
    c.AnswerReport: TAKERS,
    c.EndReport: TAKERS | {Duty.GATEWAY},
    c.OpenIncident: TAKERS,
    c.AmendIncident: TAKERS,
    c.LinkIncident: TAKERS,
    c.LinkReport: TAKERS,
    c.Transfer: TAKERS,
    c.Finish: TAKERS | {Duty.GATEWAY},
    c.CallBack: TAKERS,
    c.AddNote: TAKERS | {Duty.UNIT, Duty.GATEWAY},
    c.TakeAlarm: TAKERS,
    c.Undo: TAKERS | {Duty.UNIT},
    c.Split: HANDS,
    c.Dispatch: HANDS,
    c.Exchange: HANDS,
    c.PreEmpt: HANDS,
    c.NameLead: HANDS,
    c.Hold: HANDS,
    c.Release: HANDS,
    c.CloseIncident: HANDS,
    c.Reopen: HANDS,
    c.ClearAlarm: HANDS,
    c.Advance: HANDS | {Duty.UNIT},
    c.Contact: HANDS | {Duty.UNIT},
    c.Clear: HANDS | {Duty.UNIT},
    c.MakeAvailable: HANDS,
    c.SetStatus: HANDS | {Duty.UNIT},
    c.MoveToPost: HANDS | {Duty.UNIT},
    c.FeedBack: HANDS | {Duty.UNIT},
    c.RaiseAlarm: TAKERS | {Duty.UNIT, Duty.GATEWAY, Duty.SYSTEM},
    ca.ShelveAlarm: HANDS,
    ca.UnshelveAlarm: HANDS | {Duty.SYSTEM},
    ca.RiseAlarm: frozenset({Duty.SYSTEM}),
    c.FileSlips: frozenset({Duty.SYSTEM}),
    cp.CatchUp: TAKERS,
    cs.LockDesk: SEATS,
    cs.UnlockDesk: SEATS,
    cs.FreeDesk: frozenset({Duty.SUPERVISE}),
    cs.HandOver: SEATS - {Duty.AUDIT, Duty.ADMIN},
    cs.ReadHandOver: SEATS - {Duty.AUDIT, Duty.ADMIN},
    cs.Unmask: TAKERS,
    ci.AnswerQuestion: TAKERS,
    ci.TickSteps: TAKERS | {Duty.UNIT},
    ci.AttachLink: TAKERS | {Duty.UNIT, Duty.GATEWAY},
    ci.WeighPriority: TAKERS,
    cc.FillIn: HANDS,
    cc.DispatchTogether: HANDS,
    cc.CloseRing: HANDS,
    **dict.fromkeys((m.SendMessage, m.ReadMessage, m.AskSupport, m.OpenLedger), TAKERS | {Duty.UNIT}),
    **dict.fromkeys((m.ReportSighting, m.NoteMatter), TAKERS | {Duty.UNIT}),
    **dict.fromkeys((m.LookAtNotice, m.FollowUpLedger), TAKERS),
    **dict.fromkeys((m.AdvanceOrder, m.FinishOrder), HANDS | {Duty.UNIT}),
    **dict.fromkeys((m.SignWarning, m.CheckWarning, m.FeedBackWarning), HANDS | {Duty.UNIT}),
    **dict.fromkeys((m.IssueOrder, m.PushWarning, m.PutOutBolo, m.WithdrawMatter), HANDS),
    **dict.fromkeys((m.AcceptSupport, m.ProvideSupport, m.CloseSupport), HANDS),
    **dict.fromkeys((m.AssignLedger, m.SettleLedger, m.CloseLedger), HANDS),
    **dict.fromkeys((m.SetSquad, m.ChangeTurn), HANDS),
    m.SuperviseWarning: frozenset({Duty.SUPERVISE, Duty.TRAIN}),
    m.EndNotice: frozenset({Duty.SYSTEM}),
}
"""Command to the duties that may give it."""

READERS = frozenset({Duty.TAKE, Duty.DISPATCH, Duty.SUPERVISE, Duty.TRAIN, Duty.AUDIT, Duty.SYSTEM})
"""Who is sent the board and the facts. An administrator keeps the machine and cannot read slips."""

Condition: TypeAlias = Callable[[Any, Actor, Board], bool]


def _emergency(command: c.RaiseAlarm, _actor: Actor, _board: Board) -> bool:
    """The emergency button; deadlines are the core's own to notice."""
    return command.kind is AlarmKind.EMERGENCY


def _own_emergency(command: c.RaiseAlarm, actor: Actor, _board: Board) -> bool:
    return command.kind is AlarmKind.EMERGENCY and command.unit == actor.person


def _own_units(command: Any, actor: Actor, _board: Board) -> bool:
    """A unit reports about itself: its person is its call sign."""
    return bool(command.units == (actor.person,))


def _own_unit(command: Any, actor: Actor, _board: Board) -> bool:
    return bool(command.unit == actor.person)


def _there(command: Any, actor: Actor, board: Board) -> bool:
    """The unit is, or was, on that incident."""
    incident = board.incidents.get(command.incident)
    return incident is not None and any(a.unit == actor.person for a in incident.assignments)


def _own_clear(command: c.Clear, actor: Actor, board: Board) -> bool:
    """Itself; or, naming nobody, everybody on an incident that it works on: the lead reports for all."""
    if command.units:
        return command.units == (actor.person,)
    return _there(command, actor, board)


def _own_note(command: c.AddNote | ci.TickSteps, actor: Actor, board: Board) -> bool:
    return command.unit == actor.person and _there(command, actor, board)


def _own_warning(command: Any, actor: Actor, board: Board) -> bool:
    """The warning was pushed to this unit."""
    warning = board.matters.get(Subject(SubjectKind.WARNING, str(command.warning)))
    return isinstance(warning, WarningNotice) and warning.unit == actor.person


def _gave_up(command: c.EndReport, _actor: Actor, _board: Board) -> bool:
    """The caller hung up before anybody answered: the exchange knows, nobody else does."""
    return command.end is ReportEnd.ABANDONED


def _called_off(command: c.Finish, _actor: Actor, _board: Board) -> bool:
    return command.disposition == "cancelled"


def _as_oneself(command: c.OpenDesk, actor: Actor, _board: Board) -> bool:
    """A seat is taken with the duty one has."""
    return command.duty is actor.duty


ONLY_IF: dict[tuple[Duty, type], Condition] = {
    **{(duty, c.OpenDesk): _as_oneself for duty in SEATS},
    **{(duty, c.RaiseAlarm): _emergency for duty in (*TAKERS, Duty.GATEWAY)},
    (Duty.UNIT, c.RaiseAlarm): _own_emergency,
    (Duty.UNIT, c.Advance): _own_units,
    (Duty.UNIT, c.Contact): _own_units,
    (Duty.UNIT, c.SetStatus): _own_units,
    (Duty.UNIT, c.MoveToPost): _own_unit,
    (Duty.UNIT, c.Clear): _own_clear,
    (Duty.UNIT, c.FeedBack): _there,
    (Duty.UNIT, c.AddNote): _own_note,
    (Duty.UNIT, ci.TickSteps): _own_note,
    (Duty.UNIT, ci.AttachLink): _there,
    **{(Duty.UNIT, cls): _own_units for cls in (m.AdvanceOrder, m.FinishOrder)},
    **{(Duty.UNIT, cls): _own_unit for cls in (m.ReadMessage, m.ReportSighting, m.NoteMatter)},
    **{(Duty.UNIT, cls): _own_warning for cls in (m.SignWarning, m.CheckWarning, m.FeedBackWarning)},
    (Duty.GATEWAY, c.EndReport): _gave_up,
    (Duty.GATEWAY, c.Finish): _called_off,
}
"""Cells of the table that hold only under a condition."""

LIVE_TRAINING = frozenset({c.OpenDesk, c.CloseDesk, cs.LockDesk, cs.UnlockDesk})
"""A trainer does everything in a drill. In a live store he may sit there and watch."""


def forbidden(command: c.Command, actor: Actor, board: Board, kind: StoreKind) -> Refusal | None:
    """The refusal of a command that is not this actor's to give; None when it is."""
    cls = type(command)
    if actor.duty in ALLOWED.get(cls, ()):
        condition = ONLY_IF.get((actor.duty, cls))
        trains_here = actor.duty is not Duty.TRAIN or kind == "drill" or cls in LIVE_TRAINING
        if trains_here and (condition is None or condition(command, actor, board)):
            return None
    return Refusal("not_yours_to_do", (("duty", key_of(actor.duty)),))


def may_read(duty: Duty) -> bool:
    """Whether a duty is sent slips at all."""
    return duty in READERS
