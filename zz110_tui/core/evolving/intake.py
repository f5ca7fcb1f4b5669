"""What answers and ticked steps change on the slip."""

from __future__ import annotations

from zz110_tui.core import facts as f
from zz110_tui.core import facts_intake as fi
from zz110_tui.core.board import Board
from zz110_tui.core.evolving.changing import put_assignment, put_incident
from zz110_tui.core.intake import Given, Ticked
from zz110_tui.core.values import changed
from zz110_tui.core.weblinks import WebLink


def question_answered(board: Board, entry: f.Entry, fact: fi.QuestionAnswered) -> None:
    """In the order in which they were first answered; an answer that is changed keeps its place."""
    given = Given(fact.question, fact.reply, fact.text, fact.at, entry.actor.desk, entry.actor.person)
    answers = board.incidents[fact.incident].answers
    if any(known.question == fact.question for known in answers):
        answers = tuple(given if known.question == fact.question else known for known in answers)
    else:
        answers = (*answers, given)
    put_incident(board, entry, fact.incident, answers=answers)


def step_ticked(board: Board, entry: f.Entry, fact: fi.StepTicked) -> None:
    steps = tuple(known for known in board.incidents[fact.incident].steps if known.step != fact.step)
    if fact.done:
        steps = (*steps, Ticked(fact.step, fact.at, fact.unit, entry.actor.desk, entry.actor.person))
    put_incident(board, entry, fact.incident, steps=steps)
    if fact.unit and board.incidents[fact.incident].assignment(fact.unit) is not None:
        put_assignment(board, entry, fact.incident, fact.unit, contact_at=entry.at)


def link_attached(board: Board, entry: f.Entry, fact: fi.LinkAttached) -> None:
    link = WebLink(fact.url, fact.text, fact.at, fact.report, entry.actor.desk, entry.actor.person)
    if fact.incident:
        put_incident(board, entry, fact.incident, links=(*board.incidents[fact.incident].links, link))
    else:
        report = board.reports[fact.report]
        board.put_report(changed(report, links=(*report.links, link), version=entry.position))


def priority_weighed(board: Board, entry: f.Entry, fact: fi.PriorityWeighed) -> None:
    put_incident(board, entry, fact.incident, priority=fact.priority, priority_by_hand=False)
