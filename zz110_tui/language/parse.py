"""From a typed line to what it means: a command, a question, or what is still missing. Never raises on any input."""

from __future__ import annotations

from zz110_tui.language.parsed import Choice, Find, Help, Parsed, Query, Show, Status
from zz110_tui.language.scene import Scene
from zz110_tui.language.verbs import verb_index

__all__ = ["Choice", "Find", "Help", "Parsed", "Query", "Scene", "Show", "Status", "parse"]


def parse(line: str, scene: Scene) -> Parsed:
    """Read a line against a scene. Only a READY result may be sent."""
    words = line.split()
    if not words:
        return Parsed(Status.EMPTY)
    verb = verb_index(scene.aliases).get(words[0].casefold())
    return Parsed(Status.INCOMPLETE if verb else Status.WRONG, verb=verb)
