"""What the answers say about the priority: a sum of points, and the priority it proposes.

Two points are one level. Points above nothing make an incident more urgent than its type usually is, points below
nothing less. What is raised is raised at once; what is lowered waits for a person (ADR 48).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from zz110_tui.core.incidents import LOWEST_PRIORITY, Incident
from zz110_tui.core.intake import Given, Reply
from zz110_tui.core.rulebook import IncidentType, Question, Rulebook

POINTS_A_LEVEL = 2
_NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Weighing:
    """``because`` has (question, answer, points) of every answer that weighs."""

    priority: int
    points: int
    because: tuple[tuple[Question, Given, int], ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(f"{question.code}={given.reply.value}" for question, given, _ in self.because)


def weigh(kind: IncidentType, answers: Iterable[Given]) -> Weighing:
    """The priority that the answers propose for an incident of a kind; that of the kind where none weighs."""
    asked = {question.code: question for question in kind.questions}
    because = tuple(
        (asked[given.question], given, points)
        for given in answers
        if given.question in asked and (points := points_of(asked[given.question], given))
    )
    total = sum(points for _, _, points in because)
    levels = int(total / POINTS_A_LEVEL)
    return Weighing(min(LOWEST_PRIORITY, max(1, kind.priority - levels)), total, because)


def points_of(question: Question, given: Given) -> int:
    """What one answer weighs: by yes or no, or by the first number in its words."""
    if given.reply in (Reply.YES, Reply.NO):
        return question.yes if given.reply is Reply.YES else question.no
    number = _NUMBER.search(unicodedata.normalize("NFKC", given.text)) if given.reply is Reply.SAID else None
    if number is None:
        return 0
    return max((points for least, points in question.counts if int(number[0]) >= least), default=0)


def proposal(incident: Incident, rules: Rulebook) -> Weighing | None:
    """What the answers would make of the priority, where that differs from what it is; None where they agree."""
    kind = rules.types.get(incident.type)
    if kind is None or not incident.answers:
        return None
    weighing = weigh(kind, incident.answers)
    return weighing if weighing.because and weighing.priority != incident.priority else None


def next_question(kind: IncidentType, incident: Incident) -> Question | None:
    """The first question in the type's order that has no answer yet."""
    given = {answer.question for answer in incident.answers}
    return next((question for question in kind.questions if question.code not in given), None)
