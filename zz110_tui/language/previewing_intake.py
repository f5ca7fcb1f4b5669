"""What Enter will do with a line about questions and checklists; part of the table in ``language.previewing``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zz110_tui.core import commands_intake as c
from zz110_tui.core import facts_intake as f
from zz110_tui.core.decide import decide
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.terms import report_no
from zz110_tui.core.weighing import proposal
from zz110_tui.language.intakewords import about, kind_of, question_words, shortened, step_words, weighing_words
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import colon, listed, priority_words


def _answer(cmd: c.AnswerQuestion, scene: Scene) -> str:
    """The question, the answer, and the priority it raises at once."""
    kind = kind_of(scene.board.incidents.get(cmd.incident), scene)
    asked = question_words(cmd.question, kind, scene)
    said = f"{about(cmd.incident, scene)} {asked} → {shortened(cmd.reply, cmd.text, scene)}"
    decision = decide(scene.board, cmd, scene.who, scene.now, scene.rules)
    for fact in () if isinstance(decision, Refusal) else decision:
        if isinstance(fact, f.PriorityWeighed):
            now = priority_words(scene, fact.priority)
            said += scene.say(f"；即升为{now}", f"; raised to {now} at once")
    return scene.say("答 ", "Answer ") + said


def _tick(cmd: c.TickSteps, scene: Scene) -> str:
    kind = kind_of(scene.board.incidents.get(cmd.incident), scene)
    steps = listed((step_words(code, kind, scene) for code in cmd.steps), scene.language)
    who = f" ({cmd.unit})" if cmd.unit else ""
    said = scene.say("处置清单勾选", "Tick of the checklist") if cmd.done else scene.say("取消勾选", "Untick")
    return f"{said} {about(cmd.incident, scene)}{who}{colon(scene)}{steps}"


def _attach(cmd: c.AttachLink, scene: Scene) -> str:
    to = about(cmd.incident, scene) if cmd.incident else report_no(cmd.report)
    return f"{scene.say('附件', 'Attach to')} {to}{colon(scene)}{cmd.url}" + (f" / {cmd.text}" if cmd.text else "")


def _weigh(cmd: c.WeighPriority, scene: Scene) -> str:
    incident = scene.board.incidents.get(cmd.incident)
    weighing = proposal(incident, scene.rules) if incident else None
    words = weighing_words(weighing, scene) if weighing else ""
    return f"{scene.say('按答复定级', 'By the answers')} {about(cmd.incident, scene)} → {words}"


INTAKE: dict[type, Callable[[Any, Scene], str]] = {
    c.AnswerQuestion: _answer,
    c.TickSteps: _tick,
    c.AttachLink: _attach,
    c.WeighPriority: _weigh,
}
