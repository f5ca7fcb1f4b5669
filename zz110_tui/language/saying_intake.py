"""What happened to questions and checklists, in words; part of the table in ``language.saying``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zz110_tui.core import facts_intake as f
from zz110_tui.core.intake import Reply
from zz110_tui.core.terms import incident_no, report_no, term
from zz110_tui.language.intakewords import kind_of, question_words, reply_words, step_words
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import colon, listed, priority_words


def _answered(fact: f.QuestionAnswered, s: Scene) -> str:
    kind = kind_of(s.board.incidents.get(fact.incident), s)
    asked = question_words(fact.question, kind, s)
    return f"{incident_no(fact.incident)} {asked} {reply_words(fact.reply, fact.text, s)}"


def _ticked(fact: f.StepTicked, s: Scene) -> str:
    kind = kind_of(s.board.incidents.get(fact.incident), s)
    done = s.say("完成", "done") if fact.done else s.say("未完成", "not done after all")
    who = f" {fact.unit}" if fact.unit else ""
    return f"{incident_no(fact.incident)}{who} {done}{colon(s)}{step_words(fact.step, kind, s)}"


def _attached(fact: f.LinkAttached, s: Scene) -> str:
    to = incident_no(fact.incident) if fact.incident else report_no(fact.report)
    source = f" {report_no(fact.report)}" if fact.incident and fact.report else ""
    text = f"{fact.text} " if fact.text else ""
    return f"{to}{source} {s.say('附件', 'link')}{colon(s)}{text}{fact.url}"


def _weighed(fact: f.PriorityWeighed, s: Scene) -> str:
    kind = kind_of(s.board.incidents.get(fact.incident), s)
    reasons = listed((_reason(word, kind, s) for word in fact.because), s.language)
    how = (
        s.say("采纳答复建议", "as the answers propose")
        if fact.agreed
        else s.say("按答复自动升为", "raised by the answers to")
    )
    return (
        f"{incident_no(fact.incident)} {how} {priority_words(s, fact.priority)} ({fact.points:+d}{colon(s)}{reasons})"
    )


def _reason(word: str, kind: Any, s: Scene) -> str:
    """``weapon=yes`` in the rulebook's words."""
    code, _, reply = word.partition("=")
    said = term(Reply(reply), s.language) if reply in Reply._value2member_map_ else reply
    return f"{question_words(code, kind, s)} {said}"


INTAKE: dict[type, Callable[[Any, Scene], str]] = {
    f.QuestionAnswered: _answered,
    f.StepTicked: _ticked,
    f.LinkAttached: _attached,
    f.PriorityWeighed: _weighed,
}
