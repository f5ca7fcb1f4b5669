"""Finishing the name of a desk action, and what several words have in common."""

from __future__ import annotations

from zz110_tui.station.actions import ACTIONS


def complete_action(text: str) -> str:
    """An action of the desk as far as only one is meant; empty where none is."""
    name, blank, argument = text[1:].partition(" ")
    if not blank:
        fitting = [action for action in ACTIONS.values() if action.name.startswith(name)]
        if len(fitting) == 1:
            return f":{fitting[0].name}" + (" " if fitting[0].needs or fitting[0].usage else "")
        return f":{agreed([action.name for action in fitting])}" if fitting else ""
    action = ACTIONS.get(name)
    words = [word for word in action.arguments if word.startswith(argument)] if action is not None else []
    return f":{name} {agreed(words)}" if words else ""


def agreed(words: list[str]) -> str:
    """The beginning that all words share."""
    first, last = min(words), max(words)
    end = next((i for i, letter in enumerate(first) if i >= len(last) or last[i] != letter), len(first))
    return first[:end]
