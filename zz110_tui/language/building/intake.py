"""Lines about the call being taken: answers to questions, steps of the checklist, the priority they propose."""

from __future__ import annotations

from zz110_tui.core import commands_intake as c
from zz110_tui.core.alarms import SubjectKind
from zz110_tui.core.commands_matters import SendMessage
from zz110_tui.core.incidents import Incident, IncidentStage
from zz110_tui.core.intake import Reply
from zz110_tui.core.messages import PRESSING
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.rulebook import IncidentType, Question
from zz110_tui.core.terms import incident_no, term
from zz110_tui.core.weighing import next_question
from zz110_tui.language.ask import Ask
from zz110_tui.language.explaining import refuse
from zz110_tui.language.instructing import filled, instruction_for
from zz110_tui.language.intakewords import IN_WORDS, YES_NO, answer_lines, kind_of, numbered_question, step_lines
from zz110_tui.language.parsed import Choice
from zz110_tui.language.readers import EVERY_NUMBER, selected_number
from zz110_tui.language.verb import Fits


def about(ask: Ask) -> tuple[Incident, IncidentType]:
    """The slip named, the one selected (or that of the selected call), or the only one there is."""
    scene, number = ask.scene, ask.number("i") or selected_slip(ask)
    number = number or ask.only_incident(Fits.OPEN)
    incident = scene.board.incidents.get(number)
    if incident is None:
        refuse(ask, Refusal("no_such_incident", (("incident", incident_no(number)),)))
    kind = kind_of(incident, scene)
    if kind is None:
        ask.wrong(f"没有警情类别 {incident.type}", f"there is no incident type {incident.type}")
    return incident, kind


def selected_slip(ask: Ask) -> int:
    """The live slip selected, or the one of the selected call; 0 where there is none."""
    board = ask.scene.board
    number = selected_number(ask.scene, SubjectKind.INCIDENT)
    report = board.reports.get(selected_number(ask.scene, SubjectKind.REPORT))
    known = board.incidents.get(number or (report.incident if report else 0))
    return known.number if known is not None and known.stage is not IncidentStage.CLOSED else 0


def answer_question(ask: Ask) -> c.AnswerQuestion:
    incident, kind = about(ask)
    question = _question(ask, incident, kind)
    reply: Reply | None = ask.values.get("v")
    if reply is None:
        if not ask.text:
            _ask_it(ask, kind, question)
        reply = Reply.SAID
    elif reply in (Reply.YES, Reply.NO) and not question.yes_no:
        if not ask.text:
            said = numbered_question(kind, question, ask.scene)
            ask.missing(f"{said} 要写内容：/ 内容", f"{said} takes words: / words")
        reply = Reply.SAID
    return c.AnswerQuestion(incident.number, question.code, reply, ask.text)


def _question(ask: Ask, incident: Incident, kind: IncidentType) -> Question:
    chosen = ask.scene.question if incident.number == selected_slip(ask) else 0
    number = ask.number("n") or min(chosen, len(kind.questions))
    if number > len(kind.questions):
        ask.wrong(
            f"{incident_no(incident.number)} 只有 {len(kind.questions)} 问",
            f"{incident_no(incident.number)} has {len(kind.questions)} questions",
            choices=_questions(ask, incident),
        )
    if number:
        return kind.questions[number - 1]
    question = next_question(kind, incident)
    if question is None:
        ask.missing("都问过了：写问号可改答复", "all are answered: a number changes one", _questions(ask, incident))
    return question


def _questions(ask: Ask, incident: Incident) -> list[Choice]:
    lines = answer_lines(incident, ask.scene)
    kind = kind_of(incident, ask.scene)
    asked = lines[: len(kind.questions)] if kind else []
    # The number that was written, if one was, gives way to the one that is chosen.
    words = [word for word in ask.line.words if not ((word.isdecimal() and len(word) <= 2) or word.startswith("n="))]
    return [Choice(ask.line.only(str(n), *words), line) for n, line in enumerate(asked, 1)]


def _ask_it(ask: Ask, kind: IncidentType, question: Question) -> None:
    """Nothing answered yet: the question, and how to answer."""
    language = ask.scene.language
    words = numbered_question(kind, question, ask.scene)
    replies = (Reply.YES, Reply.NO, Reply.UNKNOWN, Reply.SKIPPED) if question.yes_no else (Reply.UNKNOWN, Reply.SKIPPED)
    choices = [Choice(ask.line.plus(_TYPED[reply]), f"{_TYPED[reply]} {term(reply, language)}") for reply in replies]
    how = YES_NO.in_(language) if question.yes_no else IN_WORDS.in_(language)
    ask.missing(f"{words}  {how}", f"{words}  {how}", choices)


def attach_link(ask: Ask) -> c.AttachLink:
    """To the call named or selected where it has no slip yet, else to the slip."""
    url = ask.word("url") or ask.missing("写网址 url=https://…", "write the address: url=https://…")
    report = ask.number("r")
    number = 0 if report else ask.number("i") or selected_slip(ask)
    if not number and not report:
        report = selected_number(ask.scene, SubjectKind.REPORT)
    if not number and not report:
        number = ask.only_incident(Fits.OPEN)
    return c.AttachLink(url, number, report, ask.text)


_TYPED = {Reply.YES: "y", Reply.NO: "n", Reply.UNKNOWN: "dk", Reply.SKIPPED: "skip"}


def tick_steps(ask: Ask) -> c.TickSteps:
    incident, kind = about(ask)
    numbers: tuple[int, ...] = ask.values.get("n", ())
    done = bool(ask.values.get("done", True))
    if not numbers:
        choices = [Choice(ask.line.plus(str(n)), line) for n, line in enumerate(step_lines(incident, ask.scene), 1)]
        ask.missing("哪一步？写步骤号", "which step? write its number", choices[: len(kind.checklist)])
    ticked = {t.step for t in incident.steps}
    if EVERY_NUMBER in numbers:
        steps = tuple(s.code for s in kind.checklist if (s.code in ticked) != done)
        if not steps:
            ask.wrong("没有剩下的步骤", "no step is left")
        return c.TickSteps(incident.number, steps, done, ask.word("u"))
    if max(numbers) > len(kind.checklist):
        ask.wrong(
            f"{incident_no(incident.number)} 只有 {len(kind.checklist)} 步",
            f"{incident_no(incident.number)} has {len(kind.checklist)} steps",
        )
    steps = tuple(kind.checklist[n - 1].code for n in numbers)
    if all((step in ticked) == done for step in steps):
        ask.wrong("已经如此", "it is so already", "done=no 取消勾选", "done=no unticks")
    return c.TickSteps(incident.number, steps, done, ask.word("u"))


def weigh(ask: Ask) -> c.WeighPriority:
    number = ask.number("i") or selected_slip(ask) or ask.only_incident(Fits.OPEN)
    return c.WeighPriority(number)


def instruct(ask: Ask) -> SendMessage:
    """The instruction for the incident's type, filled from the slip, to the units named or to all that are on it."""
    incident, _ = about(ask)
    template = instruction_for(incident, ask.scene)
    if template is None:
        ask.wrong("此类别没有指令模板", "there is no instruction for this type", "用 msg 写消息", "write it with msg")
    units = ask.units or tuple(a.unit for a in incident.assignments if not a.over)
    if not units:
        number = incident_no(incident.number)
        ask.wrong(
            f"{number} 上没有警力", f"no unit is on {number}", f"先派警 d {number}", f"send one first: d {number}"
        )
    text = filled(template, incident, units, ask.scene)
    ask.whole = f"{text} {ask.text}".strip()
    return SendMessage(ask.whole, units, priority=min(incident.priority, PRESSING), incident=incident.number)
