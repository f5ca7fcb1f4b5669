"""The instruction for a major incident, filled from its slip: what the units on it are told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zz110_tui.core.incidents import Incident
from zz110_tui.core.intake import Reply
from zz110_tui.core.rulebook import Instruction
from zz110_tui.core.terms import incident_no
from zz110_tui.language.intakewords import given_words, kind_of, question_words
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import listed, type_name, whole_place

_BLANK = re.compile(r"\{([a-z]+)\}")


def instruction_for(incident: Incident, scene: Scene) -> Instruction | None:
    """The first one that is about the incident's type, its class, or any type."""
    kind = kind_of(incident, scene)
    category = kind.category.value if kind else ""
    return next((one for one in scene.rules.instructions if one.is_about(incident.type, category)), None)


def filled(template: Instruction, incident: Incident, units: Sequence[str], scene: Scene) -> str:
    """The text in the desk's language. What callers said is put in once and never read as a blank."""
    values = {
        "number": incident_no(incident.number),
        "type": type_name(scene, incident.type),
        "priority": str(incident.priority),
        "place": whole_place(scene, incident.place),
        "time": scene.clock(incident.received_at)[:5],
        "units": listed(units, scene.language),
        "callers": str(max(1, len(incident.reports))),
        "known": known(incident, scene),
    }
    return _BLANK.sub(lambda blank: values.get(blank[1], blank[0]), template.words.in_(scene.language))


def known(incident: Incident, scene: Scene) -> str:
    """The words of the slip and what was answered; what nobody knows is left out."""
    kind = kind_of(incident, scene)
    told = [
        f"{question_words(given.question, kind, scene)}{given_words(given, scene)}"
        for given in incident.answers
        if given.reply in (Reply.YES, Reply.NO, Reply.SAID)
    ]
    parts = [part for part in (incident.text.replace("\n", " "), *told) if part]
    return scene.say("；", "; ").join(parts) or scene.say("尚无", "nothing yet")
