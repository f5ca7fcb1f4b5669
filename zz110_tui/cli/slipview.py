"""Slips, units and alarms as lines of text for a terminal or a pager."""

from __future__ import annotations

from zz110_tui.cli.documents import Document, Pen, clock
from zz110_tui.core.facts import Entry
from zz110_tui.core.facts_catchup import CaughtUp
from zz110_tui.core.incidents import Assignment, Incident, Report
from zz110_tui.core.masking import mask_contact, mask_name
from zz110_tui.core.places import Place
from zz110_tui.core.terms import incident_no, report_no, speaker_words, term
from zz110_tui.core.units import Unit
from zz110_tui.language.intakewords import answer_lines, step_lines
from zz110_tui.language.saying import actor_words, tell_fact
from zz110_tui.language.scene import Scene, zone
from zz110_tui.language.words import disposition_name, receiver_name, type_name, whole_place
from zz110_tui.wire.asking import PastSlip


def slip_document(slip: PastSlip, pen: Pen, scene: Scene) -> Document:
    """The whole slip: the incident, its reports, its units, and everything that happened with who, when and where."""
    return {
        **pen.incident(slip.incident),
        "caught_up": paper_of(slip),
        "reports": [pen.report(report) for report in slip.reports],
        "chronology_elsewhere": slip.elsewhere or None,
        "chronology": [pen.told(entry, tell_fact(entry.fact, scene)) for entry in slip.chronology],
    }


def paper_of(slip: PastSlip) -> str | None:
    """The number on the paper a slip was entered from ("" where it had none); None for one entered at the time."""
    return next((entry.fact.paper for entry in slip.chronology if isinstance(entry.fact, CaughtUp)), None)


def slip_lines(slip: PastSlip, scene: Scene) -> list[str]:
    """The same to be read."""
    incident = slip.incident
    lines = [_heading(incident, scene), f"  {_where(incident.place, scene)}"]
    if incident.text:
        lines.append(f"  {incident.text}")
    paper = paper_of(slip)
    if paper is not None:
        lines.append(scene.say(f"  补录，时间抄自纸单 {paper}", f"  from paper {paper}, with the times on it").rstrip())
    lines += [f"  {line}" for line in _ending(incident, scene)]
    lines += ["", scene.say("接警", "Reports")]
    lines += [f"  {report_line(report, scene)}" for report in slip.reports]
    lines += ["", scene.say("时间", "Times")]
    lines += [f"  {line}" for line in _times(incident, scene)]
    if incident.assignments:
        lines += ["", scene.say("警力", "Units")]
        lines += [f"  {_assignment(a, scene, a.unit == incident.lead)}" for a in incident.assignments]
    if incident.answers:
        lines += ["", scene.say("问询要点", "Questions")]
        lines += [f"  {line}" for line in answer_lines(incident, scene)]
    if incident.steps:
        lines += ["", scene.say("处置清单", "Checklist")]
        lines += [f"  {line}" for line in step_lines(incident, scene)]
    lines += ["", scene.say("经过", "Chronology")]
    if slip.elsewhere:
        lines.append("  " + older_elsewhere(slip.elsewhere, scene))
    return lines + [f"  {told_line(entry, scene)}" for entry in slip.chronology]


def older_elsewhere(archive: str, scene: Scene) -> str:
    return scene.say(
        f"较早的在归档 {archive}，归档不在这里：用 --archive-folder 或设置 archive.folders 指出它现在的目录",
        f"what is older is in the archive {archive}, which is not here: name its folder with --archive-folder, or set "
        "archive.folders",
    )


def told_line(entry: Entry, scene: Scene) -> str:
    """When, at which desk and by whom, and what."""
    parts = (clock(entry.at, zone(scene.timezone)), actor_words(entry.actor, scene), tell_fact(entry.fact, scene))
    return "  ".join(part for part in parts if part)


def incident_line(incident: Incident, scene: Scene) -> str:
    return f"{_heading(incident, scene)}  {_where(incident.place, scene)}  {incident.text}".rstrip()


def _heading(incident: Incident, scene: Scene) -> str:
    priority = scene.say(f"{incident.priority}级", f"priority {incident.priority}")
    stage = term(incident.stage, scene.language)
    return f"{incident_no(incident.number)}  {type_name(scene, incident.type)}  {priority}  {stage}"


def _where(place: Place, scene: Scene) -> str:
    at = f"{place.point.lon:.6f},{place.point.lat:.6f}" if place.point is not None else ""
    return "  ".join(part for part in (whole_place(scene, place), at) if part)


def _ending(incident: Incident, scene: Scene) -> list[str]:
    lines = []
    if incident.disposition:
        result = f"{disposition_name(scene, incident.disposition)} {incident.disposition_text}".rstrip()
        lines.append(scene.say("处置结果：", "disposition: ") + result)
    if incident.receiver:
        lines.append(scene.say("移交：", "transferred to: ") + receiver_name(scene, incident.receiver))
    if incident.linked_to:
        lines.append(scene.say("已关联到：", "linked to: ") + incident_no(incident.linked_to))
    if incident.held_until:
        until = clock(incident.held_until, zone(scene.timezone))
        lines.append(scene.say("挂起至：", "on hold until: ") + f"{until} {incident.hold_reason}".rstrip())
    if incident.final_type:
        lines.append(scene.say("反馈定类：", "type by feedback: ") + type_name(scene, incident.final_type))
    if incident.reopened:
        lines.append(scene.say(f"重开 {incident.reopened} 次", f"re-opened {incident.reopened} times"))
    return lines


def _times(incident: Incident, scene: Scene) -> list[str]:
    named = (
        ("接警", "received", incident.received_at),
        ("立警情", "opened", incident.opened_at),
        ("处毕", "handled", incident.handled_at),
        ("反馈", "fed back", incident.fed_back_at),
        ("回访", "called back", incident.called_back_at),
        ("办结", "closed", incident.closed_at),
    )
    return _dated([(scene.say(zh, en), at) for zh, en, at in named], scene)


def _dated(named: list[tuple[str, int]], scene: Scene) -> list[str]:
    return [f"{clock(at, zone(scene.timezone))}  {name}" for name, at in named if at]


def _assignment(a: Assignment, scene: Scene, leads: bool) -> str:
    named = (
        ("派", "sent", a.dispatched_at),
        ("签", "signed", a.signed_at),
        ("出", "en route", a.en_route_at),
        ("到", "on scene", a.on_scene_at),
        ("结", "ended", a.ended_at),
    )
    times = " · ".join(f"{scene.say(zh, en)} {clock(at, zone(scene.timezone))[11:]}" for zh, en, at in named if at)
    stage = term(a.stage, scene.language)
    why = f" ({term(a.withdrawal, scene.language)})" if a.withdrawal else ""
    lead = scene.say(" 带队", " lead") if leads else ""
    return f"{a.unit}{lead}  {stage}{why}  {times}"


def report_line(report: Report, scene: Scene) -> str:
    end = term(report.end, scene.language) if report.end else term(report.stage, scene.language)
    caller = " ".join(part for part in (mask_name(report.caller), mask_contact(report.contact)) if part)
    answered = ""
    if report.answered_at:
        at = clock(report.answered_at, zone(scene.timezone))[11:]
        who = speaker_words(report.answered_desk, report.answered_by, scene.language)
        answered = scene.say(f"{at} {who} 接", f"answered {at} {who}")
    parts = (
        report_no(report.number),
        clock(report.received_at, zone(scene.timezone)),
        term(report.channel, scene.language),
        caller,
        end,
        answered,
        report.text,
    )
    return "  ".join(part for part in parts if part)


def unit_line(unit: Unit, scene: Scene) -> str:
    profile = unit.profile
    doing = " ".join(incident_no(number) for number in unit.incidents) or term(unit.status, scene.language)
    second = scene.say("二线", "second line") if profile.second_line else ""
    parts = (unit.call_sign, term(profile.kind, scene.language), profile.name, doing, unit.reason, second)
    return "  ".join(part for part in parts if part)
