"""Questions, answers and steps of a slip in words."""

from __future__ import annotations

from zz110_tui.core.incidents import Incident
from zz110_tui.core.intake import Given, Reply, Ticked
from zz110_tui.core.rulebook import IncidentType, Question, Step, Words
from zz110_tui.core.terms import incident_no, term
from zz110_tui.core.weighing import Weighing, next_question, proposal
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import colon, listed, priority_words, short_text

YES_NO = Words("y 是 n 否 dk 不详 skip 跳过", "y yes, n no, dk not known, skip")
IN_WORDS = Words("/ 内容，或 dk 不详 skip 跳过", "/ words, or dk not known, skip")


def kind_of(incident: Incident | None, scene: Scene) -> IncidentType | None:
    return None if incident is None else scene.rules.types.get(incident.type)


def question_words(code: str, kind: IncidentType | None, scene: Scene) -> str:
    """The question by its code; the code itself where the rulebook has it no more."""
    found = next((q for q in kind.questions if q.code == code), None) if kind else None
    return found.words.in_(scene.language) if found else code


def step_words(code: str, kind: IncidentType | None, scene: Scene) -> str:
    found = next((s for s in kind.checklist if s.code == code), None) if kind else None
    return found.words.in_(scene.language) if found else code


def reply_words(reply: Reply, text: str, scene: Scene) -> str:
    """``是 / 水果刀``; words alone where the answer is words."""
    if reply is Reply.SAID:
        return text
    return f"{term(reply, scene.language)} / {text}" if text else term(reply, scene.language)


def given_words(given: Given, scene: Scene) -> str:
    return reply_words(given.reply, given.text, scene)


def ticked_words(ticked: Ticked, scene: Scene) -> str:
    """By whom and when: ``07 14:32:07``."""
    who = ticked.unit or ticked.person or ticked.desk
    return f"{who} {scene.clock(ticked.at)}".strip()


def weighing_words(weighing: Weighing, scene: Scene) -> str:
    """``1级：有刀具或其他凶器吗？是 +2``."""
    reasons = (
        f"{question.words.in_(scene.language)} {given_words(given, scene)} {points:+d}"
        for question, given, points in weighing.because
    )
    return f"{priority_words(scene, weighing.priority)}{colon(scene)}{listed(reasons, scene.language)}"


def proposal_words(incident: Incident, scene: Scene) -> str:
    """What the answers propose where the priority differs, with the way to take it over; empty where they agree."""
    weighing = proposal(incident, scene.rules)
    if weighing is None:
        return ""
    why = (
        scene.say("（人工所定，不自动改）", " (set by hand, not changed by itself)")
        if incident.priority_by_hand
        else ""
    )
    said = scene.say("答复建议 ", "the answers propose ") + weighing_words(weighing, scene)
    return said + why + scene.say("；wt 采纳", "; wt takes it over")


def numbered_question(kind: IncidentType, question: Question, scene: Scene) -> str:
    """``4/6 有刀具或其他凶器吗？``"""
    return f"{kind.questions.index(question) + 1}/{len(kind.questions)} {question.words.in_(scene.language)}"


def next_words(incident: Incident | None, scene: Scene) -> str:
    """The next question and how it is answered; empty where none is left."""
    kind = kind_of(incident, scene)
    question = next_question(kind, incident) if kind and incident else None
    if kind is None or question is None:
        return ""
    how = YES_NO if question.yes_no else IN_WORDS
    return scene.say("问 ", "ask ") + f"{numbered_question(kind, question, scene)}  q {how.in_(scene.language)}"


def answer_lines(incident: Incident, scene: Scene) -> list[str]:
    """Every question of the type with its answer as far as there is one, in the type's order; other answers after."""
    kind = kind_of(incident, scene)
    given = {g.question: g for g in incident.answers}
    asked: tuple[Question, ...] = kind.questions if kind else ()
    lines = [
        f"{number} {q.words.in_(scene.language)}"
        + (f" — {given_words(given[q.code], scene)}" if q.code in given else "")
        for number, q in enumerate(asked, 1)
    ]
    others = given.keys() - {q.code for q in asked}
    return lines + [f"{code} — {given_words(given[code], scene)}" for code in given if code in others]


def step_lines(incident: Incident, scene: Scene) -> list[str]:
    """Every step of the checklist, ``[x]`` where it is done, with who and when."""
    kind = kind_of(incident, scene)
    done = {t.step: t for t in incident.steps}
    steps: tuple[Step, ...] = kind.checklist if kind else ()
    lines = [
        f"[{'x' if s.code in done else ' '}] {number} {s.words.in_(scene.language)}"
        + (f" — {ticked_words(done[s.code], scene)}" if s.code in done else "")
        for number, s in enumerate(steps, 1)
    ]
    known = {s.code for s in steps}
    return lines + [f"[x] {code} — {ticked_words(t, scene)}" for code, t in done.items() if code not in known]


def about(number: int, scene: Scene) -> str:
    """``0142 打架``: enough to know which slip an answer belongs to."""
    incident = scene.board.incidents.get(number)
    kind = kind_of(incident, scene)
    return f"{incident_no(number)} {kind.words.in_(scene.language) if kind else ''}".strip()


def shortened(reply: Reply, text: str, scene: Scene) -> str:
    return reply_words(reply, short_text(text), scene)
