"""The tables of legal moves, and the words that go with them."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from zz110_tui.core.incidents import AssignmentStage, IncidentStage, ReportStage
from zz110_tui.core.refusals import SENTENCES, Refusal
from zz110_tui.core.terms import TERMS
from zz110_tui.core.transitions import ASSIGNMENT, INCIDENT, REPORT

ROOT = Path(__file__).resolve().parents[3]


def reachable(table: Mapping[tuple[Any, Any], Any], start: StrEnum) -> set[StrEnum]:
    found, todo = {start}, [start]
    while todo:
        now = todo.pop()
        for (stage, _), then in table.items():
            if stage is now and then not in found:
                found.add(then)
                todo.append(then)
    return found


def test_every_stage_of_an_assignment_can_be_reached_and_two_are_final() -> None:
    from_stack = reachable(ASSIGNMENT, AssignmentStage.STACKED)
    assert from_stack == set(AssignmentStage)
    final = set(AssignmentStage) - {stage for stage, _ in ASSIGNMENT}
    assert final == {AssignmentStage.CLEARED, AssignmentStage.WITHDRAWN}


def test_a_report_that_ended_stays_ended() -> None:
    assert all(stage is not ReportStage.ENDED for stage, _ in REPORT)
    assert reachable(REPORT, ReportStage.RECEIVED) == set(ReportStage)


def test_every_incident_can_be_closed_from_wherever_it_is() -> None:
    for stage in IncidentStage:
        assert IncidentStage.CLOSED in reachable(INCIDENT, stage)


def test_every_coded_value_has_words_in_both_languages() -> None:
    for kind, table in TERMS.items():
        assert {member.value for member in kind} == set(table)
        for words in table.values():
            assert words.zh
            assert words.en


def test_every_refusal_names_the_same_values_in_both_languages() -> None:
    for code, sentence in SENTENCES.items():
        zh, en = (set(re.findall(r"{(\w+)}", w)) for w in (sentence.why.zh, sentence.why.en))
        assert zh == en, code
        assert sentence.instead.zh, code
        assert sentence.instead.en, code
        refusal = Refusal(code, tuple((name, "x") for name in zh | {"unit", "incident", "first", "to"}))
        assert "{" not in refusal.sentence("zh") + refusal.remedy("en")


def test_the_documented_diagram_is_drawn_from_the_tables_of_today() -> None:
    spec = importlib.util.spec_from_file_location("draw_transitions", ROOT / "tools" / "draw_transitions.py")
    assert spec is not None
    assert spec.loader is not None
    drawing = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(drawing)
    for language, page in drawing.TARGETS.items():
        assert page.read_text(encoding="utf-8") == drawing.document(language), "run: python -m tools.draw_transitions"
