"""What of matters must have been seen as it is before it is changed: orders, warnings, support requests, notices, the
ledger and the roster, beside ``conflicts``.

What a unit reports (signed, on its way, there) is never held up; what a desk decides about it afterwards is.
"""

from __future__ import annotations

from typing import Any

from zz110_tui.core import commands_matters as c
from zz110_tui.core import facts_matters as m
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.roster import ROSTER

MATTER_ADDS = (m.MatterNoted, m.NoticeLookedAt, m.BoloSighted, m.MessageRead)
"""Facts that add to a matter and change nothing of it."""


def guarded_matters(command: Any) -> tuple[Subject, ...]:
    """The matters that a command overwrites or ends. Units that finish their own part of an order are never held up."""
    match command:
        case c.WithdrawMatter(matter=matter):
            return (matter,)
        case c.FinishOrder(order=n, units=()):
            return (_of(SubjectKind.ORDER, n),)
        case c.SuperviseWarning(warning=n) | c.FeedBackWarning(warning=n):
            return (_of(SubjectKind.WARNING, n),)
        case c.AcceptSupport(support=n) | c.ProvideSupport(support=n) | c.CloseSupport(support=n):
            return (_of(SubjectKind.SUPPORT, n),)
        case c.AssignLedger(entry=n) | c.SettleLedger(entry=n) | c.FollowUpLedger(entry=n) | c.CloseLedger(entry=n):
            return (_of(SubjectKind.LEDGER, n),)
        case c.SetSquad() | c.ChangeTurn():
            return (ROSTER,)
        case _:
            return ()


def _of(kind: SubjectKind, number: int) -> Subject:
    return Subject(kind, str(number))


def matter_detail(fact: Any) -> str:
    """What another desk made of a matter: the unit, the holder, the reason, the words. Never the words of a notice:
    they may be seen only with a recorded look."""
    match fact:
        case m.OrderAdvanced(unit=unit) | m.ErrandDone(unit=unit) | m.ErrandWithdrawn(unit=unit):
            return unit
        case m.LedgerAssigned(holder=holder):
            return holder
        case m.MatterWithdrawn(reason=text):
            return f"/ {text}"
        case m.OrderDone(text=text) | m.SupportAccepted(text=text) | m.SupportProvided(text=text) if text:
            return f"/ {text}"
        case m.SupportClosed(text=text) | m.LedgerSettled(text=text) | m.LedgerFollowedUp(text=text) if text:
            return f"/ {text}"
        case m.RosterSet(squads=squads):
            return ", ".join(squad.name for squad in squads)
        case m.TurnBegun(squad=squad):
            return squad
        case _:
            return ""
