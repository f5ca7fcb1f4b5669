"""Which things on the board a fact is about. One place, because versions, alarms, timers and undo all ask it."""

from __future__ import annotations

from zz110_tui.core import facts as f
from zz110_tui.core import facts_cover as fc
from zz110_tui.core.alarms import Subject, of_incident, of_report, of_unit


def subjects_of(fact: f.Fact) -> tuple[Subject, ...]:
    """The reports, incidents and units a fact changes, in a fixed order."""
    match fact:
        case f.ReportReceived(report=r) | f.ReportAnswered(report=r):
            return (of_report(r),)
        case f.ReportEnded(report=r, incident=i):
            return (of_report(r), of_incident(i)) if i else (of_report(r),)
        case f.IncidentLinked(incident=i, to=other, reports=rs) | f.IncidentSplit(incident=i, out_of=other, reports=rs):
            return (of_incident(i), of_incident(other), *map(of_report, rs))
        case f.StepUndone(reports=reports, incidents=incidents, units=units):
            return (
                *(of_report(r.number) for r in reports),
                *(of_incident(i.number) for i in incidents),
                *(of_unit(u.call_sign) for u in units),
            )
        case f.UnitStatusChanged(unit=u) | f.UnitPosted(unit=u) | fc.UnitFilledIn(unit=u):
            return (of_unit(u),)
        case f.LeadNamed(incident=i) | f.NoteAdded(incident=i) | f.UnitContacted(incident=i):
            return (of_incident(i),)
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
        case f.CityAdopted() | f.DeskOpened() | f.DeskClosed() | f.AlarmTaken() | f.AlarmCleared() | f.SlipsFiled():
            return ()
        case _:
            return (of_incident(fact.incident),)
