"""Another verb for the same unit and incident: what of a line stays, written so that any verb reads it the same."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from zz110_tui.core.terms import incident_no, report_no
from zz110_tui.language.ask import Ask, Halt
from zz110_tui.language.line import read_line
from zz110_tui.language.parse import fill
from zz110_tui.language.scene import Scene
from zz110_tui.language.verb import Kind
from zz110_tui.language.verbs import verb_names

_WRITTEN: dict[Kind, Any] = {
    Kind.UNITS: ",".join,
    Kind.UNIT: str,
    Kind.INCIDENT: incident_no,
    Kind.REPORT: report_no,
}


def retarget(raw: str, scene: Scene) -> str:
    """The units, the incident and the report a line names, in full; empty where it names none."""
    names = verb_names(scene.aliases)
    line = read_line(raw, names)
    verb = names.get(line.verb.casefold()) if line else None
    if line is None or verb is None:
        return ""
    ask = Ask(scene, verb, line)
    with suppress(Halt):  # what was understood before the word that is unclear is kept
        fill(ask)
    kept = [_WRITTEN[slot.kind](ask.values[slot.field]) for slot in verb.slots if _stays(slot.kind, slot.field, ask)]
    return " ".join(word for word in kept if word)


def _stays(kind: Kind, field: str, ask: Ask) -> bool:
    return kind in _WRITTEN and bool(ask.values.get(field))
