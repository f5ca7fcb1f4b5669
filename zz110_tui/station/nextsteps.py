"""What usually comes next after a line was done, with the line or the key for it: nobody is left guessing.

It stands beside the answer until the next key; who knows the desk does not need it, and is not held up by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zz110_tui.core import facts as f
from zz110_tui.core.answers import Answer
from zz110_tui.core.cleaning import visible
from zz110_tui.core.facts_intake import QuestionAnswered
from zz110_tui.core.incidents import AssignmentStage, IncidentStage
from zz110_tui.core.terms import incident_no
from zz110_tui.language.intakewords import next_words
from zz110_tui.station.keynames import key_of
from zz110_tui.station.words import say

if TYPE_CHECKING:
    from zz110_tui.station.desk import Desk

_AFTER_STAGE = {
    AssignmentStage.SIGNED: "next_signed",
    AssignmentStage.EN_ROUTE: "next_en_route",
    AssignmentStage.ON_SCENE: "next_on_scene",
}


def what_next(desk: Desk, answer: Answer) -> str:
    """After the last fact of an answer that something usually follows; empty where nothing does."""
    facts = [entry.fact for entry in answer.entries]
    asked = next((x for x in facts if isinstance(x, f.IncidentOpened | QuestionAnswered)), None)
    question = "" if asked is None else visible(next_words(desk.board.incidents.get(asked.incident), desk.scene()))
    said = next((words for fact in reversed(facts) if (words := _after(fact, facts, desk))), "")
    return "  ".join(part for part in (said, question) if part)


def _after(fact: f.Fact, facts: list[f.Fact], desk: Desk) -> str:
    language = desk.ui.language
    match fact:
        case f.IncidentOpened():
            return say("next_opened", language, name=key_of(desk, "d ."))
        case f.IncidentHandled(incident=number):
            return say("next_handled", language, n=number)
        case f.IncidentFedBack(incident=number):
            return say("next_fed_back", language, n=number)
        case f.IncidentCalledBack(incident=number):
            return say("next_called_back", language, n=number)
        case f.ReportReceived() if len(facts) == 1:
            return say("next_received", language, name=key_of(desk, "a"))
        case f.ReportAnswered() if len(facts) == 1:
            return say("next_answered", language)
        case _:
            return _after_a_unit(fact, facts, desk)


def _after_a_unit(fact: f.Fact, facts: list[f.Fact], desk: Desk) -> str:
    """After what a unit did: its own next step, or what is left of the slip when it goes."""
    language = desk.ui.language
    match fact:
        case f.UnitAssigned(stacked=False):
            return say("next_assigned", language, u=_units(facts, f.UnitAssigned))
        case f.AssignmentAdvanced(incident=number, stage=AssignmentStage.ON_SCENE) if _others(desk, number, facts):
            others = _others(desk, number, facts)
            return say("next_one_leaves", language, u=_units(facts, f.AssignmentAdvanced), others=others)
        case f.AssignmentAdvanced(stage=stage) if stage in _AFTER_STAGE:
            return say(_AFTER_STAGE[stage], language, u=_units(facts, f.AssignmentAdvanced))
        case f.UnitCleared(incident=number) if _others(desk, number, facts):
            key = "next_still_coming" if _coming(desk, number) else "next_still_there"
            return say(key, language, n=incident_no(number), others=_others(desk, number, facts))
        case f.UnitWithdrawn(incident=number) if _waits(desk, number):
            return say("next_waits_again", language, n=incident_no(number), name=key_of(desk, "d ."))
        case _:
            return ""


def _others(desk: Desk, number: int, facts: list[f.Fact]) -> str:
    """The units that are still on a slip beside those the answer is about."""
    incident = desk.board.incidents.get(number)
    about = {getattr(fact, "unit", "") for fact in facts}
    there = incident.assignments if incident is not None else ()
    return visible(",".join(a.unit for a in there if a.live and a.unit not in about))


def _coming(desk: Desk, number: int) -> bool:
    """Whether somebody who is on the slip is not there yet."""
    incident = desk.board.incidents.get(number)
    return incident is not None and any(a.stage is not AssignmentStage.ON_SCENE for a in incident.working)


def _waits(desk: Desk, number: int) -> bool:
    incident = desk.board.incidents.get(number)
    return incident is not None and incident.stage is IncidentStage.QUEUED


def _units(facts: list[f.Fact], kind: type) -> str:
    return visible(",".join(dict.fromkeys(str(getattr(fact, "unit", "")) for fact in facts if isinstance(fact, kind))))
