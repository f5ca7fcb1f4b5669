"""Two desks never quietly overwrite each other: what a command must have seen to be allowed.

A command says which position of the journal its sender looked at. If it would overwrite something that another desk
changed after that, it is refused and told who changed what. Only the things a command overwrites are guarded: a note,
or a report from a unit's own radio, adds to what is there and is never a conflict.
"""

from __future__ import annotations

from collections.abc import Sequence

from zz110_tui.core import commands as c
from zz110_tui.core import commands_cover as cc
from zz110_tui.core.alarms import Subject, SubjectKind, of_incident, of_report, of_unit
from zz110_tui.core.board import Board
from zz110_tui.core.cleaning import shorten
from zz110_tui.core.conflicts_matters import MATTER_ADDS, guarded_matters, matter_detail
from zz110_tui.core.desks import Actor
from zz110_tui.core.facts import AlarmRaised, Entry, IncidentAmended, IncidentOpened, NoteAdded, UnitContacted
from zz110_tui.core.facts_alarms import AlarmRisen, AlarmShelved, AlarmUnshelved, ShelfRestored
from zz110_tui.core.facts_cover import UnitFilledIn
from zz110_tui.core.facts_intake import LinkAttached, PriorityWeighed, QuestionAnswered, StepTicked
from zz110_tui.core.facts_seats import DataUnmasked
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.terms import key_of_fact, subject_no


def guarded(command: c.Command) -> tuple[Subject, ...]:
    """What the command overwrites or ends, and so must have been seen as it is."""
    match command:
        case c.AmendIncident(incident=i) | c.Hold(incident=i) | c.Release(incident=i) | c.Transfer(incident=i):
            return (of_incident(i),)
        case c.Finish(incident=i) | c.FeedBack(incident=i) | c.CloseIncident(incident=i) | c.Reopen(incident=i):
            return (of_incident(i),)
        case c.LinkIncident(incident=i, to=to):
            return (of_incident(i), of_incident(to))
        case c.Dispatch(incident=i) | cc.CloseRing(incident=i):
            return (of_incident(i),)
        case c.LinkReport(report=r) | c.EndReport(report=r) if r:
            return (of_report(r),)
        case cc.DispatchTogether(sendings=sendings):
            return tuple(of_incident(sending.incident) for sending in sendings)
        case cc.FillIn(unit=unit):
            return (of_unit(unit),)
        case _:
            return guarded_matters(command)


def conflict(board: Board, command: c.Command, actor: Actor, seen: int) -> Refusal | None:
    """The refusal of a command whose sender saw the board at position ``seen``, None when nothing stands against it.

    What the sender's own desk did, and what only adds (notes, contacts, alarms), is no conflict.
    """
    for subject in guarded(command):
        if board.version(subject) <= seen:
            continue
        told = board.day_of(subject.id) if subject.kind is SubjectKind.UNIT else board.chronology(subject)
        for entry in reversed(told):
            if entry.position <= seen:
                break
            if _counts(entry, actor):
                return _changed(subject, entry, _detail(entry, told))
    return None


def _counts(entry: Entry, actor: Actor) -> bool:
    return entry.actor.desk != actor.desk and not isinstance(entry.fact, _ADDS)


_ADDS = (
    NoteAdded,
    UnitContacted,
    AlarmRaised,
    AlarmShelved,
    AlarmUnshelved,
    AlarmRisen,
    ShelfRestored,
    QuestionAnswered,
    StepTicked,
    LinkAttached,
    PriorityWeighed,
    DataUnmasked,
    *MATTER_ADDS,
)
"""Facts that add to a slip. A call-taker who writes answers down must never keep a unit from being sent."""


DETAIL_LETTERS = 60


def _detail(entry: Entry, before: Sequence[Entry]) -> str:
    """What the fact changed, as it is now: the unit, or of a correction the values that differ from those before."""
    fact = entry.fact
    if isinstance(fact, UnitFilledIn):
        return f"→ {shorten(fact.post, DETAIL_LETTERS)}"
    if not isinstance(fact, IncidentAmended):
        return shorten(matter_detail(fact) or str(getattr(fact, "unit", "")), DETAIL_LETTERS)
    earlier = [e.fact for e in before if e.position < entry.position]
    was = next((f for f in reversed(earlier) if isinstance(f, IncidentAmended | IncidentOpened)), None)
    said: list[str] = []
    if was is None or was.priority != fact.priority:
        said.append(f"P{fact.priority}")
    if was is None or was.type != fact.type:
        said.append(fact.type)
    if was is None or was.place != fact.place:
        said.append(f"@{shorten(fact.place.text, DETAIL_LETTERS)}")
    if was is None or was.text != fact.text:
        said.append(f"/ {shorten(fact.text, DETAIL_LETTERS)}")
    return " ".join(said)


def _changed(subject: Subject, entry: Entry, detail: str) -> Refusal:
    return Refusal(
        "changed_meanwhile",
        (
            ("subject", subject_no(subject)),
            ("desk", entry.actor.desk),
            ("person", entry.actor.person),
            ("what", key_of_fact(entry.fact)),
            ("detail", detail),
        ),
    )
