"""Finishing the word at the cursor: of a line, or of an action of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zz110_tui.config.themes import Role
from zz110_tui.language.complete import complete
from zz110_tui.station.actions import ACTIONS
from zz110_tui.station.oneline import line_changed

if TYPE_CHECKING:
    from zz110_tui.station.desk import Desk


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


def finish_word(desk: Desk) -> None:
    """Finish the word at the cursor where only one is meant, else as far as all agree."""
    editor = desk.editor
    if editor.text.startswith(":"):
        found = complete_action(editor.text[: editor.cursor])
        if found:
            editor.set(found)
            line_changed(desk)
        return
    offers = complete(editor.text, editor.cursor, desk.scene())
    if not offers:
        offered = desk.parsed().offer
        if offered:
            editor.set(offered)
            line_changed(desk)
        return
    if len(offers) == 1:
        editor.text, editor.cursor = offers[0].line, offers[0].cursor
    else:
        head = editor.text[: editor.cursor]
        common = agreed([offer.line[: offer.cursor] for offer in offers])
        if len(common) > len(head) and common.startswith(head):
            editor.text, editor.cursor = common + editor.text[editor.cursor :], len(common)
    line_changed(desk)
    if len(offers) > 1:
        desk.say("  ".join(f"{offer.word} {offer.words}".rstrip() for offer in offers), Role.MUTED)
