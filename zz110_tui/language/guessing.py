"""A line whose first word is no verb: perhaps it is not finished, perhaps a slip of the finger."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from zz110_tui.language.line import Line
from zz110_tui.language.parsed import Choice, Parsed, Status
from zz110_tui.language.scene import Scene
from zz110_tui.language.verb import Verb

MOST_NEAR = 6


def unknown_verb(line: Line, names: Mapping[str, Verb], scene: Scene) -> Parsed:
    """INCOMPLETE while the word may still become a verb, WRONG when it cannot; the nearest verbs as choices."""
    typed = line.verb.casefold()
    begins = [name for name in names if typed and name.startswith(typed)] if not line.words else []
    near = begins or difflib.get_close_matches(typed[:40], list(names), MOST_NEAR, 0.6)
    verbs = {names[name].key: name for name in reversed(near)}
    choices = tuple(
        Choice(_with_verb(line, name), f"{name} {names[name].does.in_(scene.language)}")
        for name in reversed(list(verbs.values()))
    )[:MOST_NEAR]
    if begins:
        hint = scene.say("继续写命令", "go on typing the verb")
        return Parsed(Status.INCOMPLETE, hint=hint, choices=choices)
    said = scene.say(f"没有命令“{line.verb}”", f"there is no verb “{line.verb}”")
    return Parsed(Status.WRONG, preview=said, hint=scene.say("? 列出命令", "? lists the verbs"), choices=choices)


def _with_verb(line: Line, name: str) -> str:
    return str(Line(name, line.words, line.text)) + ("" if line.words else " ")


def with_verb(raw: str, verb: str) -> str:
    """A recalled line with another verb: unit, incident and text stay."""
    head, blank, rest = raw.strip().partition(" ")
    return f"{verb} {rest}" if blank else verb if head else f"{verb} "
