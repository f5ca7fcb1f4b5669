"""Decisions about what the caller was asked and which steps are done."""

from __future__ import annotations

from zz110_tui.core import commands_intake as c
from zz110_tui.core import facts_intake as f
from zz110_tui.core.decisions.context import Context, checked_text, find_incident, find_report, find_unit, refuse
from zz110_tui.core.decisions.taking import known_type
from zz110_tui.core.incidents import Incident, IncidentStage
from zz110_tui.core.intake import Given, Reply
from zz110_tui.core.terms import incident_no, key_of
from zz110_tui.core.weblinks import MOST_LINKS, is_web_link
from zz110_tui.core.weighing import Weighing, weigh

Made = tuple[f.QuestionAnswered | f.StepTicked | f.LinkAttached | f.PriorityWeighed, ...]


def _live(ctx: Context, number: int) -> Incident:
    incident = find_incident(ctx, number)
    if incident.stage is IncidentStage.CLOSED:
        raise refuse("incident_over", incident=incident_no(number), stage=key_of(incident.stage))
    return incident


def answer_question(ctx: Context, cmd: c.AnswerQuestion) -> Made:
    """Write an answer down. What it raises is raised in the same step; a priority set by hand is never touched."""
    incident = _live(ctx, cmd.incident)
    kind = known_type(ctx, incident.type)
    question = next((q for q in kind.questions if q.code == cmd.question), None)
    if question is None:
        raise refuse("no_such_question", question=cmd.question, incident=incident_no(incident.number))
    text = checked_text(cmd.text)
    if cmd.reply is Reply.SAID and not text:
        raise refuse("answer_missing")
    if cmd.reply in (Reply.YES, Reply.NO) and not question.yes_no:
        raise refuse("needs_words")
    before = next((g for g in incident.answers if g.question == question.code), None)
    if before is not None and (before.reply, before.text) == (cmd.reply, text):
        return ()
    answered = f.QuestionAnswered(incident.number, question.code, cmd.reply, text, ctx.now)
    others = tuple(g for g in incident.answers if g.question != question.code)
    weighing = weigh(kind, (*others, Given(question.code, cmd.reply, text, ctx.now)))
    if incident.open and not incident.priority_by_hand and weighing.priority < incident.priority and weighing.because:
        return answered, _weighed(incident, weighing, agreed=False)
    return (answered,)


def weigh_priority(ctx: Context, cmd: c.WeighPriority) -> Made:
    """A person agrees with what the answers propose, up or down."""
    incident = _live(ctx, cmd.incident)
    weighing = weigh(known_type(ctx, incident.type), incident.answers)
    if not weighing.because or weighing.priority == incident.priority:
        raise refuse("nothing_proposed", incident=incident_no(incident.number), priority=incident.priority)
    return (_weighed(incident, weighing, agreed=True),)


def attach_link(ctx: Context, cmd: c.AttachLink) -> Made:
    """To the slip; to the call as long as it has none. The same address again changes nothing."""
    if not is_web_link(cmd.url):
        raise refuse("no_web_link")
    report = find_report(ctx, cmd.report) if cmd.report else None
    number = cmd.incident or (report.incident if report else 0)
    kept = _live(ctx, number).links if number or report is None else report.links
    if any(link.url == cmd.url for link in kept):
        return ()
    if len(kept) >= MOST_LINKS:
        raise refuse("links_full", limit=MOST_LINKS)
    return (f.LinkAttached(cmd.url, checked_text(cmd.text), number, cmd.report, ctx.now),)


def _weighed(incident: Incident, weighing: Weighing, *, agreed: bool) -> f.PriorityWeighed:
    return f.PriorityWeighed(incident.number, weighing.priority, weighing.points, weighing.reasons, agreed)


def tick_steps(ctx: Context, cmd: c.TickSteps) -> Made:
    incident = _live(ctx, cmd.incident)
    known = {step.code for step in known_type(ctx, incident.type).checklist}
    done = {ticked.step for ticked in incident.steps}
    if not cmd.steps:
        raise refuse("no_such_step", step="", incident=incident_no(incident.number))
    if cmd.unit:
        find_unit(ctx, cmd.unit)
    for step in cmd.steps:
        if step not in known | done:
            raise refuse("no_such_step", step=step, incident=incident_no(incident.number))
    return tuple(
        f.StepTicked(incident.number, step, cmd.done, cmd.unit, ctx.now)
        for step in dict.fromkeys(cmd.steps)
        if (step in done) != cmd.done
    )
