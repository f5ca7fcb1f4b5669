"""What is known of one incident: what, where, who called, who was sent and when, what to ask and do, what happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zz110_tui.config.themes import Role
from zz110_tui.core.alarms import of_incident
from zz110_tui.core.cleaning import lookalikes, visible
from zz110_tui.core.facts import Entry
from zz110_tui.core.incidents import Assignment, Incident, IncidentStage, Report
from zz110_tui.core.masking import mask_contact, mask_name
from zz110_tui.core.recommend import Candidate
from zz110_tui.core.terms import incident_no, report_no, term
from zz110_tui.core.weighing import next_question
from zz110_tui.language.candidatewords import doing_words
from zz110_tui.language.intakewords import answer_lines, proposal_words, step_lines
from zz110_tui.language.recommending import candidates as recommended
from zz110_tui.language.saying import tell
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import minutes, percent
from zz110_tui.station.ui import Stop, question_stop
from zz110_tui.station.views.alarmrows import alarm_row
from zz110_tui.station.views.blocks import Block, Lines, paragraph
from zz110_tui.station.views.cells import Cell, Row, join, left, right
from zz110_tui.station.views.signs import (
    STAGE_ROLE,
    disposition_name,
    place_cell,
    place_words,
    receiver_name,
    type_name,
)
from zz110_tui.station.views.spans import clock, day_clock
from zz110_tui.station.words import KIND_CODE, STAGE_CODE, say

_TIME = 9
_CANDIDATES = 4


def title(incident: Incident, scene: Scene) -> str:
    """The heading of its page: number, type, priority, stage."""
    language = scene.language
    kind = type_name(incident.type, scene)
    if incident.final_type and incident.final_type != incident.type:
        kind = f"{type_name(incident.final_type, scene)} ({kind})"
    priority = say("priority", language, n=incident.priority)
    return f"{incident_no(incident.number)}  {kind}  {priority}  {term(incident.stage, language)}"


def blocks(incident: Incident, scene: Scene, columns: int) -> list[Block]:
    """Everything about an incident, the most needed first."""
    language = scene.language
    waiting = incident.stage is IncidentStage.QUEUED
    return [
        Block("", what(incident, scene, columns), most=5),
        Block(heads(language), recommended_units(incident, scene) if waiting else (), most=3),
        Block(times_title(language), assignments(incident, scene), most=4),
        Block("", tuple(alarm_row(alarm, scene) for alarm in scene.board.alarms_of(of_incident(incident.number))), 2),
        Block("", (times(incident, scene),), most=1),
        Block(say("callers", language), callers(incident, scene, columns), most=2),
        open_first(questions(incident, scene, columns)).block(say("questions", language), 3 if waiting else 0),
        open_first(checklist(incident, scene, columns)).block(say("checklist", language), 0 if waiting else 3),
    ]


def told(entry: Entry, scene: Scene, columns: int) -> tuple[Row, ...]:
    """One line of a chronology, in as many rows as it needs."""
    time = clock(entry.at, scene.timezone)
    words = tell(entry, scene).removeprefix(time).lstrip()
    return paragraph(words, columns, mark=f"{day_clock(entry.at, scene.now, scene.timezone)} ")


def what(incident: Incident, scene: Scene, columns: int) -> tuple[Row, ...]:
    """Where, the words, and how it ended."""
    language = scene.language
    grid = scene.gazetteer.city.grid(incident.place.grid) if scene.gazetteer is not None else None
    area = "" if grid is None else (grid.name_en if language == "en" else grid.name.text)
    place = join(
        (
            (place_words(incident.place, scene), Role.TEXT),
            (visible(place_cell(incident.place, scene)), Role.TEXT),
            (visible(area), Role.MUTED),
        )
    )
    text = visible(incident.text) + _suspicious(incident.text)
    rows: list[Row] = [((" ", Role.TEXT), *place)]
    rows += paragraph(text, columns, most=4) if text else []
    proposed = proposal_words(incident, scene)
    rows += paragraph(visible(proposed), columns, Role.ATTENTION, most=2) if proposed else []
    ended = _ended(incident, scene)
    if ended:
        rows.append(((" ", Role.TEXT), *ended))
        rows += paragraph(visible(incident.disposition_text), columns, Role.MUTED, most=3)
    return tuple(rows)


def _suspicious(text: str) -> str:
    """A Cyrillic letter in a number plate is not what it looks like; say so."""
    found = lookalikes(text)
    return f"  [{', '.join(f'{letter}≠{double}' for letter, double in found)}]" if found else ""


def times(incident: Incident, scene: Scene) -> Row:
    """When it was reported, opened and handled."""
    language, zone = scene.language, scene.timezone
    known = (("received", incident.received_at), ("opened", incident.opened_at), ("handled", incident.handled_at))
    told = join(tuple((f"{say(key, language)} {clock(at, zone)}", Role.MUTED) for key, at in known if at))
    return ((" ", Role.TEXT), *told)


def _ended(incident: Incident, scene: Scene) -> Row:
    """Hold, disposition, transfer, link, feedback and call-back, where there are any."""
    language = scene.language
    pieces: list[Cell] = []
    if scene.board.was_caught_up(incident.number):
        pieces.append((say("from_paper_long", language), Role.ATTENTION))
    if incident.held_until:
        until = say("held_until", language, at=clock(incident.held_until, scene.timezone))
        pieces.append((f"{until} {visible(incident.hold_reason)}".rstrip(), Role.ATTENTION))
    if incident.disposition:
        name = disposition_name(incident.disposition, scene)
        pieces.append((f"{say('disposition', language)} {name}", Role.TEXT))
    if incident.receiver:
        pieces.append((say("receiver", language, to=receiver_name(incident.receiver, scene)), Role.TEXT))
    if incident.linked_to:
        pieces.append((say("linked_to", language, to=incident_no(incident.linked_to)), Role.TEXT))
    if incident.satisfied is not None:
        pieces.append((say("satisfied" if incident.satisfied else "not_satisfied", language), Role.TEXT))
    return join(pieces)


def times_title(language: str) -> str:
    """The names over the columns of the units that were sent."""
    heads = "".join(left(word, _TIME) for word in say("times", language).split())
    return left(say("assigned", language), 15) + heads


def assignments(incident: Incident, scene: Scene) -> tuple[Row, ...]:
    """Every unit that was ever sent, with its times."""
    return tuple(_assignment(a, incident, scene) for a in incident.assignments)


def _assignment(a: Assignment, incident: Incident, scene: Scene) -> Row:
    """One unit with all its times: sent, signed, set out, arrived, ended."""
    role = STAGE_ROLE[a.stage]
    lead = say("lead", scene.language) if a.unit == incident.lead and not a.over else ""
    why = term(a.withdrawal, scene.language) if a.withdrawal is not None else ""
    times = (a.dispatched_at, a.signed_at, a.en_route_at, a.on_scene_at, a.ended_at)
    return (
        (f" {left(visible(a.unit), 4)} ", Role.TEXT if not a.over else Role.MUTED),
        (left(STAGE_CODE[a.stage].in_(scene.language), 5), role),
        (left(lead, 5), Role.MUTED),
        *((left(clock(at, scene.timezone) or "-", _TIME), Role.TEXT if not a.over else Role.MUTED) for at in times),
        (why, Role.MUTED),
    )


def candidates(incident: Incident, scene: Scene) -> tuple[Candidate, ...]:
    """Whom the core would send; none where nobody knows the place or the way."""
    return recommended(scene, incident, _CANDIDATES)


def recommended_units(incident: Incident, scene: Scene) -> tuple[Row, ...]:
    """Whom to send, one a row, or why nobody."""
    language = scene.language
    found = candidates(incident, scene)
    if not found:
        return (((f" {say('nobody_free', language)}", Role.ATTENTION),),) if incident.place.point else ()
    return tuple(candidate_row(candidate, scene) for candidate in found)


def candidate_row(candidate: Candidate, scene: Scene) -> Row:
    """Unit, arrival, eight in ten, the chances, what it does, what it costs."""
    language = scene.language
    kind = KIND_CODE[candidate.kind].in_(language)
    between = f"{minutes(candidate.low)}-{minutes(candidate.high)}"
    columns = (
        left(visible(candidate.unit), 4),
        left(kind, 3),
        right(minutes(candidate.seconds), 5),
        right(between, 12),
        right(percent(candidate.chance_5min), 5),
        right(percent(candidate.chance_10min), 6),
        " ",
    )
    worked = str(candidate.worked.sent) if candidate.worked.sent else ""
    doing = left(doing_words(candidate, scene), 6 if language == "zh" else 8)
    notes = (doing, right(worked, 2), " ", _costs(candidate, scene))
    return ((f" {''.join(columns)}", Role.TEXT), ("".join(notes), Role.MUTED))


def _costs(candidate: Candidate, scene: Scene) -> str:
    """The hole, and what to know before sending it, in a few words."""
    language = scene.language
    notes = [say("second_line", language)] if candidate.second_line else []
    notes += [
        say("lost", language, grid=_grid(x.grid, scene), before=round(100 * x.before), after=round(100 * x.after))
        for x in candidate.losses[:2]
    ]
    if candidate.hole and not candidate.losses:
        notes.append(say("hole", language, grid=_grid(candidate.hole, scene)))
    return " ".join(notes)


def heads(language: str) -> str:
    """The names over the columns of the candidates."""
    arrival, eight, five, ten, now = say("candidate_heads", language).split()
    eight = eight.replace("_", " ")
    title = left(say("recommended", language), 8)
    return f"{title}{right(arrival, 5)}{right(eight, 12)}{right(five, 5)}{right(ten, 6)} {now}"


def _grid(code: str, scene: Scene) -> str:
    grid = scene.gazetteer.city.grid(code) if scene.gazetteer is not None else None
    if grid is None:
        return visible(code)
    return grid.name_en if scene.language == "en" else grid.name.text


def callers(incident: Incident, scene: Scene, columns: int) -> tuple[Row, ...]:
    """Every contact, one a row."""
    reports = (scene.board.reports.get(number) for number in incident.reports)
    return tuple(row for report in reports if report is not None for row in caller_rows(report, scene, columns))


def _who(report: Report, scene: Scene) -> tuple[Cell, ...]:
    """The caller masked; as he is, and so marked, where this desk may see him for a moment."""
    told = scene.unmasked.get(report.number)
    if told is not None:
        shown = (visible(told.caller), visible(told.contact), say("unmasked", scene.language))
        return tuple((text, Role.ATTENTION) for text in shown if text)
    return (visible(mask_name(report.caller)), Role.TEXT), (visible(mask_contact(report.contact)), Role.TEXT)


def caller_rows(report: Report, scene: Scene, columns: int) -> tuple[Row, ...]:
    """One contact: number, channel, the caller masked, when, and the words."""
    row = join(
        (
            (f" {report_no(report.number)}", Role.TEXT),
            (term(report.channel, scene.language), Role.TEXT),
            *_who(report, scene),
            (clock(report.received_at, scene.timezone), Role.MUTED),
            (visible(report.text), Role.MUTED),
        )
    )
    return (row,)


def questions(incident: Incident, scene: Scene, columns: int) -> list[Asked]:
    """Every question of the type in its order with its answer, the one to ask next marked; other answers after."""
    lines = answer_lines(incident, scene)
    kind = scene.rules.types.get(incident.type)
    following = None if kind is None else next_question(kind, incident)
    given = {answer.question for answer in incident.answers}
    codes = [question.code for question in kind.questions] if kind else []
    made = []
    for i, line in enumerate(lines):
        known = i < len(codes)
        asked = known and following is not None and codes[i] == following.code
        still_open = known and codes[i] not in given
        role = Role.ATTENTION if asked else Role.TEXT if still_open else Role.MUTED
        rows = paragraph(visible(line), columns, role, mark="> " if asked else "  ")
        made.append(Asked(rows, still_open, question_stop(i + 1) if known else None))
    return made


def checklist(incident: Incident, scene: Scene, columns: int) -> list[Asked]:
    """Every step in its order, ticked or not."""
    done = {ticked.step for ticked in incident.steps}
    kind = scene.rules.types.get(incident.type)
    codes = [step.code for step in kind.checklist] if kind else []
    made = []
    for i, line in enumerate(step_lines(incident, scene)):
        known = i < len(codes)
        still_open = known and codes[i] not in done
        rows = paragraph(visible(line), columns, Role.TEXT if still_open else Role.MUTED)
        again = "" if still_open else " done=no"
        made.append(Asked(rows, still_open, Stop(f"st {i + 1}", f"st {i + 1} .{again}") if known else None))
    return made


@dataclass(frozen=True, slots=True)
class Asked:
    """A question or a step: its rows, whether it is still open, and what Enter does with it."""

    rows: tuple[Row, ...]
    open: bool
    stop: Stop | None


def open_first(asked: list[Asked]) -> Lines:
    """What is still to be done comes first."""
    return in_lines(sorted(asked, key=lambda one: not one.open))


def in_lines(asked: Iterable[Asked]) -> Lines:
    made = Lines()
    for one in asked:
        made.add(one.rows, one.stop)
    return made
