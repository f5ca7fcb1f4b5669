"""What usually comes next after a line was done, with the line or the key for it: nobody is left guessing.

It stands beside the answer until the next key; who knows the desk does not need it, and is not held up by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zz110_tui.core import facts as f
from zz110_tui.core.answers import Answer
from zz110_tui.core.cleaning import visible
from zz110_tui.core.facts_intake import QuestionAnswered
from zz110_tui.core.incidents import AssignmentStage
from zz110_tui.language.intakewords import next_words
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
            key = next((bound.key for bound in desk.setup.keymap.bindings if bound.line == "d ."), "d .")
            return say("next_opened", language, name=key.upper() if len(key) <= len("f10") else key)
        case f.UnitAssigned(stacked=False):
            return say("next_assigned", language, u=_units(facts, f.UnitAssigned))
        case f.AssignmentAdvanced(stage=stage) if stage in _AFTER_STAGE:
            return say(_AFTER_STAGE[stage], language, u=_units(facts, f.AssignmentAdvanced))
        case f.IncidentHandled(incident=number):
            return say("next_handled", language, n=number)
        case f.IncidentFedBack(incident=number):
            return say("next_fed_back", language, n=number)
        case f.IncidentCalledBack(incident=number):
            return say("next_called_back", language, n=number)
        case f.ReportAnswered() if len(facts) == 1:
            return say("next_answered", language)
        case _:
            return ""


def _units(facts: list[f.Fact], kind: type) -> str:
    return visible(",".join(dict.fromkeys(str(getattr(fact, "unit", "")) for fact in facts if isinstance(fact, kind))))
