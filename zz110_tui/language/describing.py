"""One report, incident or unit in a few lines of words: what ``show`` prints where there is no screen."""

from __future__ import annotations

from collections.abc import Iterator

from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.cleaning import visible
from zz110_tui.core.incidents import Assignment, Incident, Report
from zz110_tui.core.matters import Matter
from zz110_tui.core.terms import incident_no, report_no, subject_no, term
from zz110_tui.core.units import Unit
from zz110_tui.language.describing_matters import matter_lines
from zz110_tui.language.intakewords import answer_lines, proposal_words, step_lines
from zz110_tui.language.matterwords import matter_words
from zz110_tui.language.readers import alarm_words
from zz110_tui.language.saying import tell
from zz110_tui.language.scene import Scene
from zz110_tui.language.unitwords import doing
from zz110_tui.language.words import (
    colon,
    disposition_name,
    grid_name,
    incident_words,
    listed,
    minutes,
    priority_words,
    receiver_name,
    report,
    type_name,
    whole_place,
)


def title(subject: Subject, scene: Scene) -> str:
    """The thing in one short line; its number alone where it is not on the board."""
    known = lookup(subject, scene)
    if isinstance(known, Incident):
        return incident_words(scene, known)
    if isinstance(known, Report):
        return report(scene, known)
    if isinstance(known, Unit):
        return f"{known.call_sign} {doing(scene, known.call_sign)}"
    if known is not None:
        return matter_words(known, scene)
    return subject_no(subject)


def lookup(subject: Subject, scene: Scene) -> Report | Incident | Unit | Matter | None:
    """The thing itself, or None when it is not on the live board (it may be in the history)."""
    if subject.kind is SubjectKind.UNIT:
        return scene.board.units.get(subject.id)
    if subject.kind not in (SubjectKind.INCIDENT, SubjectKind.REPORT):
        return scene.board.matters.get(subject)
    if not (subject.id.isascii() and subject.id.isdecimal() and len(subject.id) < 12):
        return None
    number = int(subject.id)
    if subject.kind is SubjectKind.INCIDENT:
        return scene.board.incidents.get(number)
    return scene.board.reports.get(number)


def describe(subject: Subject, scene: Scene) -> tuple[str, ...]:
    """Everything the board knows about it, one line each, its alarms and its chronology last. Ready to be drawn; empty
    when it is not on the board."""
    known = lookup(subject, scene)
    if known is None:
        return ()
    if isinstance(known, Incident):
        lines = _incident(known, scene)
    elif isinstance(known, Report):
        lines = _report(known, scene)
    elif isinstance(known, Unit):
        lines = _unit(known, scene)
    else:
        lines = matter_lines(known, scene)
    alarms = (scene.say("警报 ", "alarm ") + alarm_words(scene, a.key) for a in scene.board.alarms_of(subject))
    told = (tell(entry, scene) for entry in scene.board.chronology(subject))
    return tuple(visible(line) for line in (title(subject, scene), *lines, *alarms, *told))


def _pairs(scene: Scene, *pairs: tuple[str, str, str]) -> Iterator[str]:
    """``级别：2`` for every pair that has a value."""
    for zh, en, value in pairs:
        if value:
            yield f"{scene.say(zh, en)}{colon(scene)}{value}"


def _incident(known: Incident, scene: Scene) -> Iterator[str]:
    held = scene.clock(known.held_until)[:5] if known.held_until else ""
    satisfied = {True: scene.say("满意", "yes"), False: scene.say("不满意", "no"), None: ""}[known.satisfied]
    yield from _pairs(
        scene,
        ("状态", "stage", f"{term(known.stage, scene.language)}，{priority_words(scene, known.priority)}"),
        ("地点", "place", whole_place(scene, known.place)),
        ("接警", "reports", listed(map(report_no, known.reports), scene.language)),
        ("内容", "text", known.text),
        ("主办", "lead", known.lead),
        ("挂起到", "on hold until", f"{held} {known.hold_reason}".strip()),
        ("处置结果", "disposition", disposition_name(scene, known.disposition) if known.disposition else ""),
        ("处置情况", "what was done", known.disposition_text),
        ("移交", "transferred to", receiver_name(scene, known.receiver) if known.receiver else ""),
        ("并入", "linked to", incident_no(known.linked_to) if known.linked_to else ""),
        ("反馈类别", "final type", type_name(scene, known.final_type) if known.final_type else ""),
        ("满意", "satisfied", satisfied),
    )
    for assignment in known.assignments:
        yield _assignment(known, assignment, scene)
    yield from _intake(known, scene)


def _intake(known: Incident, scene: Scene) -> Iterator[str]:
    """What the caller was asked and what has been done, as far as anything was."""
    proposed = proposal_words(known, scene)
    if proposed:
        yield proposed
    if known.answers:
        yield scene.say("问询要点", "questions")
        yield from (f"  {line}" for line in answer_lines(known, scene))
    if known.steps:
        yield scene.say("处置清单", "checklist")
        yield from (f"  {line}" for line in step_lines(known, scene))


def _assignment(known: Incident, assignment: Assignment, scene: Scene) -> str:
    """A unit's own times on the incident, and both clocks to arrival."""
    steps = (
        ("派", "sent", assignment.dispatched_at),
        ("签收", "signed", assignment.signed_at),
        ("出警", "en route", assignment.en_route_at),
        ("到场", "on scene", assignment.on_scene_at),
        ("离开", "left", assignment.ended_at),
    )
    times = " ".join(f"{scene.say(zh, en)} {scene.clock(at)}" for zh, en, at in steps if at)
    line = f"{assignment.unit} {term(assignment.stage, scene.language)} {times}"
    if assignment.on_scene_at:
        received = minutes((assignment.on_scene_at - known.received_at) / 1000)
        sent = minutes((assignment.on_scene_at - assignment.dispatched_at) / 1000)
        line += scene.say(f"（接警起 {received}，派警起 {sent}）", f" ({received} from received, {sent} from sent)")
    return line


def _report(known: Report, scene: Scene) -> Iterator[str]:
    answered = (
        f"{scene.clock(known.answered_at)} {known.answered_desk} {known.answered_by}" if known.answered_at else ""
    )
    yield from _pairs(
        scene,
        ("状态", "stage", term(known.stage, scene.language)),
        ("地点", "place", whole_place(scene, known.place)),
        ("内容", "text", known.text),
        ("接起", "answered", answered.strip()),
        ("结束", "ended as", term(known.end, scene.language) if known.end else ""),
        ("理由", "reason", known.end_reason),
        ("警情", "incident", incident_no(known.incident) if known.incident else ""),
    )


def _unit(known: Unit, scene: Scene) -> Iterator[str]:
    profile = known.profile
    yield from _pairs(
        scene,
        ("名称", "name", profile.name),
        ("种类", "kind", term(profile.kind, scene.language)),
        ("人数", "crew", str(profile.crew)),
        ("警区", "grid", grid_name(scene, profile.home_grid)),
        ("停靠点", "post", profile.post),
        ("状态", "status", f"{term(known.status, scene.language)} {known.reason}".strip()),
        ("警情", "incidents", listed(map(incident_no, known.incidents), scene.language)),
    )
