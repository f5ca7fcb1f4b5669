"""Write docs/life-of-a-call.md from the tables of legal moves. Run it after the tables changed; a test says when."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from zz110_tui.core.incidents import WORKING, IncidentStage
from zz110_tui.core.terms import TERMS
from zz110_tui.core.transitions import ASSIGNMENT, INCIDENT, REPORT, UNIT, IncidentMove
from zz110_tui.core.transitions_matters import BOLO, ERRAND, LEDGER, MESSAGE, SUPPORT, WARNING

TARGET = Path(__file__).resolve().parents[1] / "docs" / "life-of-a-call.md"

HEAD = """# The life of a call, as the core allows it

Drawn from the tables in `zz110_tui/core/transitions.py` and `transitions_matters.py` by `tools/draw_transitions.py`.
What is not here is refused.
The stages `dispatched` to `on_scene` of an incident are those of its furthest unit; when its last unit leaves without
clearing, it is `queued` again.
"""


def _words(kind: type[StrEnum]) -> str:
    return ", ".join(f"`{value}` {words.zh}" for value, words in TERMS[kind].items())


def _chart(title: str, table: Mapping[tuple[Any, Any], Any]) -> str:
    stages = type(next(iter(table.values())))
    lines = [f"## {title}", "", _words(stages), "", "```mermaid", "stateDiagram-v2"]
    for (stage, move), then in table.items():
        if move is IncidentMove.WORK:
            continue
        lines.append(f"    {stage.value} --> {then.value}: {move.value}")
    if stages is IncidentStage:
        for stage in WORKING:
            lines.append(f"    queued --> {stage.value}: work")
            lines.append(f"    {stage.value} --> queued: the last unit leaves")
    return "\n".join([*lines, "```", ""])


def document() -> str:
    charts = [
        _chart("A report (接警单)", REPORT),
        _chart("An incident (警情)", INCIDENT),
        _chart("An assignment (派警)", ASSIGNMENT),
        _chart("A unit on no incident (警力)", UNIT),
        _chart("A message (消息)", MESSAGE),
        _chart("A unit's part of an order (指令)", ERRAND),
        _chart("A warning (预警)", WARNING),
        _chart("A watch notice (布控)", BOLO),
        _chart("A support request (支撑请求)", SUPPORT),
        _chart("A ledger entry (台账)", LEDGER),
    ]
    return "\n".join([HEAD, *charts])


if __name__ == "__main__":
    TARGET.write_text(document(), encoding="utf-8")
