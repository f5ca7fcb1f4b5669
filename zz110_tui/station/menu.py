"""The menu: every command of the language and every action of the desk, with the key that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zz110_tui.core.rulebook import Words
from zz110_tui.language.usage import GROUP_WORDS
from zz110_tui.language.verb import Group
from zz110_tui.language.verbs import VERBS
from zz110_tui.station.actions import ACTIONS
from zz110_tui.station.screens import SCREENS
from zz110_tui.station.ui import MenuEntry

if TYPE_CHECKING:
    from zz110_tui.station.desk import Desk

_DESK = Words("席位", "The desk")
_SCREENS = Words("屏幕：按数字即到", "Screens: a digit goes there")


def entries(desk: Desk) -> tuple[MenuEntry, ...]:
    """In the order of a call's life; a line that needs more ends with a blank and only begins the command line."""
    language = desk.ui.language
    keys = desk.setup.keymap.bindings
    by_verb = {binding.verb: binding.key for binding in reversed(keys) if binding.verb}
    by_line = {binding.line: binding.key for binding in keys}
    made = [MenuEntry("", "", _SCREENS.in_(language))]
    for screen in SCREENS:
        key = by_line.get(screen.line, "").upper()
        made.append(MenuEntry(f"{screen.digit} {key}".rstrip(), screen.line, screen.words.in_(language)))
    for group in Group:
        made.append(MenuEntry("", "", GROUP_WORDS[group].in_(language)))
        for verb in VERBS:
            if verb.group is group:
                line = f"{verb.short} " if verb.slots else verb.short
                names = f"{verb.does.in_(language)}  ({verb.long} {verb.zh})"
                made.append(MenuEntry(by_verb.get(verb.key, "").upper(), line, names))
    made.append(MenuEntry("", "", _DESK.in_(language)))
    for action in ACTIONS.values():
        arguments = action.arguments if action.needs and action.arguments else ("",)
        for argument in arguments:
            line = f":{action.name} {argument}".rstrip()
            key = by_line.get(line, "").upper()
            if action.needs and not argument:
                line += " "
            made.append(MenuEntry(key, line, f"{action.does.in_(language)} {argument}".rstrip()))
    return tuple(made)
