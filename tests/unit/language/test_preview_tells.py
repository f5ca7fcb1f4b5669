"""What stands under the line is what Enter does: every number, unit, name and word of the facts is in the preview, and
every unit and incident in the preview is in the facts or was said to be something else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.reading_desk import desk
from zz110_tui.core import facts as f
from zz110_tui.core import facts_intake as fi
from zz110_tui.core.decide import decide
from zz110_tui.core.incidents import ReportEnd
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.terms import incident_no, report_no, term
from zz110_tui.language.intakewords import question_words, step_words
from zz110_tui.language.scene import Scene
from zz110_tui.language.verb import Text, Verb
from zz110_tui.language.verbs import VERBS
from zz110_tui.language.words import TEXT_SHOWN, disposition_name, receiver_name, type_name

PIECES = (
    "137", "138", "139", "140", "141", "142", "143", "42", ".", "^", "r17", "r18", "r=new", "1", "3", "5", "6", "7",
    "9", "14", "15", "3,7", "1-3", "@F7", "@漳州医院", "@胜利路x延安路", "@~巷子里", "打架", "抢劫", "盗窃", "调解",
    "已归档", "12345", "119", "满意", "不满意", "10m", "23:30", "p=1", "p=3", "t=抢劫", "微信", "c=陈某",
    "tel=13912342207", "stack=yes", "u=07", "i=142", "i=139", "to=07", "y", "n", "dk", "2", "4", "done=no", "*",
)  # fmt: skip
TEXTS = ("", " / 车坏了", " / 报警人称对方持刀，已离开", " / " + "很长的话" * 30)
lines = st.builds(
    lambda verb, pieces, text: " ".join([verb, *pieces]) + text,
    st.sampled_from([verb.short for verb in VERBS]),
    st.lists(st.sampled_from(PIECES), max_size=4, unique=True),
    st.sampled_from(TEXTS),
)

MATTERS = ("order", "warning", "support", "notice", "message", "ledger", "leave", "turn")
"""Numbers of matters are written in their own way; what orders and notices say is held to in tests of their own."""


def wanted(fact: f.Fact, scene: Scene) -> list[str]:
    """What a preview has to say about one fact."""
    return [*_things(fact, scene), *_names(fact, scene), *_own(fact, scene), *_words(fact)]


def _things(fact: Any, scene: Scene) -> list[str]:
    """The incidents, reports and units there are already."""
    board = scene.board
    numbers = [getattr(fact, name, None) for name in ("incident", "to")]
    said = [incident_no(number) for number in numbers if number in board.incidents]
    if getattr(fact, "report", None) in board.reports and not isinstance(fact, f.ReportAnswered):
        said.append(report_no(fact.report))
    unit = getattr(fact, "unit", "")
    return [*said, unit] if isinstance(unit, str) and unit in board.units else said


def _names(fact: Any, scene: Scene) -> list[str]:
    disposition, receiver = getattr(fact, "disposition", ""), getattr(fact, "receiver", "")
    said = [disposition_name(scene, disposition)] if disposition else []
    return [*said, receiver_name(scene, receiver)] if receiver else said


def _own(fact: Any, scene: Scene) -> list[str]:
    """What only facts of this class have."""
    board = scene.board
    match fact:
        case f.ReportEnded(end=end) if end not in (ReportEnd.SLIP, ReportEnd.LINKED):
            return [term(end, scene.language)]
        case f.IncidentOpened():
            return [type_name(scene, fact.type), str(fact.priority), fact.place.text]
        case fi.QuestionAnswered():
            return [question_words(fact.question, scene.rules.types[board.incidents[fact.incident].type], scene)]
        case fi.StepTicked():
            return [step_words(fact.step, scene.rules.types[board.incidents[fact.incident].type], scene)]
        case fi.PriorityWeighed():
            return [str(fact.priority)]
        case _:
            return []


def _words(fact: Any) -> list[str]:
    given = (getattr(fact, "text", ""), getattr(fact, "reason", ""))
    return [words.split("\n")[0][: TEXT_SHOWN - 2] for words in given if words]


def amended(fact: f.IncidentAmended, scene: Scene) -> list[str]:
    """Of a correction, what it changes."""
    before = scene.board.incidents[fact.incident]
    said = [incident_no(fact.incident)]
    if fact.type != before.type:
        said.append(type_name(scene, fact.type))
    if fact.priority != before.priority:
        said.append(str(fact.priority))
    if fact.place != before.place:
        said.append(fact.place.text)
    if fact.text != before.text:
        said.append(fact.text[: TEXT_SHOWN - 2])
    return said


def facts_of(line: str, scene: Scene, command: Any) -> tuple[f.Fact, ...]:
    decision = decide(scene.board, command, scene.who, scene.now, scene.rules)
    assert not isinstance(decision, Refusal), line
    return decision


def held_to_its_preview(line: str, language: str) -> bool:
    """Whether the line can be sent; if so, everything it does was said."""
    scene = desk().scene(language=language)
    parsed = desk().read(line, language=language)
    if not parsed.ready or parsed.command is None:
        return False
    told = f"{parsed.preview} {parsed.whole}"
    facts = facts_of(line, scene, parsed.command)
    if not facts:
        assert ("没有变化" if language == "zh" else "nothing changes") in told, line
    for fact in facts:
        if isinstance(fact, f.StepUndone) or any(hasattr(fact, name) for name in MATTERS):
            continue
        for words in amended(fact, scene) if isinstance(fact, f.IncidentAmended) else wanted(fact, scene):
            assert words in told, (line, type(fact).__name__, words, told)
    return True


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(line=lines, language=st.sampled_from(["zh", "en"]))
def test_the_preview_names_everything_that_enter_then_does(line: str, language: str) -> None:
    held_to_its_preview(line, language)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.key)
def test_the_preview_of_each_verb_with_each_word(verb: Verb) -> None:
    """Every verb with every piece, with text where it takes one."""
    for number, piece in enumerate(("", *PIECES)):
        for text in TEXTS[:2] if verb.text is Text.MAY else TEXTS[1:2] if verb.text is Text.MUST else TEXTS[:1]:
            held_to_its_preview(f"{verb.short} {piece}{text}".strip(), ("zh", "en")[number % 2])


@pytest.mark.parametrize("line", ["am 142 t=打架", "lead 05 139", "am 142 p=2", "am 142 @胜利路x延安路"])
def test_what_changes_nothing_says_so(line: str) -> None:
    assert "没有变化" in desk().read(line).preview
    assert "nothing changes" in desk().read(line, language="en").preview


_UNIT_TO = re.compile(r"^(?:派|Send)[^→]*? ([\d、, ]+) → (\d{4})")


sending = st.builds(
    lambda verb, pieces: " ".join([verb, *pieces]),
    st.sampled_from(["d", "de", "do"]),
    st.lists(st.sampled_from(PIECES[:25]), max_size=3, unique=True),
)


@settings(max_examples=200, deadline=None)
@given(line=sending)
def test_a_dispatch_sends_exactly_the_units_it_names_and_no_other(line: str) -> None:
    scene = desk().scene()
    parsed = desk().read(line)
    if not parsed.ready or parsed.command is None:
        return
    match = _UNIT_TO.match(parsed.preview)
    assert match is not None, parsed.preview
    sent = [fact for fact in facts_of(line, scene, parsed.command) if isinstance(fact, f.UnitAssigned)]
    assert [fact.unit for fact in sent] == match[1].split("、")
    assert {incident_no(fact.incident) for fact in sent} == {match[2]}


def test_enough_lines_can_be_sent_for_this_to_mean_something() -> None:
    texts = {verb.key: TEXTS[0] if verb.text is Text.NONE else TEXTS[1] for verb in VERBS}
    sent = {v.key for v in VERBS for p in ("", *PIECES) if held_to_its_preview(f"{v.short} {p}{texts[v.key]}", "zh")}
    assert len(sent) >= 35, sorted(sent)
