"""Which things on the board a fact is about. One place, because versions, alarms, timers and undo all ask it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zz110_tui.core import facts as f
from zz110_tui.core import facts_cover as fc
from zz110_tui.core import facts_intake as fi
from zz110_tui.core import facts_matters as m
from zz110_tui.core import facts_seats as fs
from zz110_tui.core.alarms import Subject, SubjectKind, of_incident, of_report, of_unit, subject_of_key
from zz110_tui.core.facts_alarms import AlarmFact
from zz110_tui.core.facts_matters import MatterFact
from zz110_tui.core.matters import every
from zz110_tui.core.roster import ROSTER

_OF_THE_ROOM = (
    f.CityAdopted,
    f.DeskOpened,
    f.DeskClosed,
    f.AlarmTaken,
    f.AlarmCleared,
    f.SlipsFiled,
    fs.DeskLocked,
    fs.DeskUnlocked,
    fs.DeskFreed,
    fs.DeskHandedOver,
    fs.HandOverRead,
)
"""Facts that are about no report, incident or unit."""


_BY_KEY = (f.AlarmTaken, f.AlarmCleared)
"""Facts that name an alarm by its key."""


def subjects_of(fact: f.Fact) -> tuple[Subject, ...]:
    """What a fact changes: reports, incidents, units, matters; in a fixed order."""
    only = _ONLY_ONE.get(type(fact))
    if only is not None:
        return (only(fact),)
    if isinstance(fact, AlarmFact):
        return (fact.subject,)
    return _of_a_matter(fact) if isinstance(fact, MatterFact) else _of_a_call(fact)


def timed_by(fact: f.Fact) -> tuple[Subject, ...]:
    """The subjects whose deadlines, or whose alarms', the core has to look at again after a fact."""
    if isinstance(fact, _BY_KEY):
        subject = subject_of_key(fact.key)
        return () if subject is None else (subject,)
    return subjects_of(fact)


def _unit(fact: Any) -> Subject:
    return of_unit(fact.unit)


def _incident(fact: Any) -> Subject:
    return of_incident(fact.incident)


_ONLY_ONE: dict[type, Callable[[Any], Subject]] = {
    **dict.fromkeys((f.UnitStatusChanged, f.UnitPosted, fc.UnitFilledIn), _unit),
    **dict.fromkeys((f.LeadNamed, f.NoteAdded, f.UnitContacted, f.IncidentOpened, f.IncidentAmended), _incident),
}
"""The frequent facts about one thing, looked up at once: this is asked several times for every fact."""


def _of_a_call(fact: Any) -> tuple[Subject, ...]:
    if isinstance(fact, _OF_THE_ROOM):
        return ()
    match fact:
        case f.ReportReceived(report=r) | f.ReportAnswered(report=r):
            return (of_report(r),)
        case f.ReportEnded(report=r, incident=i) | fs.DataUnmasked(report=r, incident=i):
            return (of_report(r), of_incident(i)) if i else (of_report(r),)
        case f.IncidentLinked(incident=i, to=other, reports=rs) | f.IncidentSplit(incident=i, out_of=other, reports=rs):
            return (of_incident(i), of_incident(other), *map(of_report, rs))
        case f.StepUndone(reports=reports, incidents=incidents, units=units):
            return (
                *(of_report(r.number) for r in reports),
                *(of_incident(i.number) for i in incidents),
                *(of_unit(u.call_sign) for u in units),
            )
        case fi.LinkAttached(report=r, incident=0):
            return (of_report(r),)
        case (
            f.UnitAssigned(incident=i, unit=u)
            | f.StackActivated(incident=i, unit=u)
            | f.AssignmentAdvanced(incident=i, unit=u)
            | f.UnitCleared(incident=i, unit=u)
            | f.UnitWithdrawn(incident=i, unit=u)
        ):
            return (of_incident(i), of_unit(u))
        case f.AlarmRaised(subject=subject):
            return (subject,)
        case _:
            incident: int = fact.incident
            return (of_incident(incident),)


_FIELD = {
    "message": SubjectKind.MESSAGE,
    "order": SubjectKind.ORDER,
    "warning": SubjectKind.WARNING,
    "support": SubjectKind.SUPPORT,
    "bolo": SubjectKind.BOLO,
    "entry": SubjectKind.LEDGER,
}
"""The field that holds a matter's number, in the facts about one family."""


def _of_a_matter(fact: m.MatterFact) -> tuple[Subject, ...]:
    """The matters a fact changes. Filed ones are none's any more."""
    match fact:
        case m.MattersRestored(matters=matters):
            return tuple(matter.subject for matter in every(matters))
        case m.MattersFiled():
            return ()
        case m.RosterSet() | m.TurnBegun():
            return (ROSTER,)
        case m.NoticeLookedAt(notice=subject) | m.NoticeExpired(notice=subject):
            return (subject,)
        case m.MatterWithdrawn(matter=subject) | m.MatterNoted(matter=subject):
            return (subject,)
        case _:
            fields = ((kind, getattr(fact, name, 0)) for name, kind in _FIELD.items())
            return tuple(Subject(kind, str(number)) for kind, number in fields if number)
